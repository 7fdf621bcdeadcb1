//! The options of `cargo xtask load`.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use super::visit::{Kind, Mix};

/// The options, in the order in which the help prints them: name, value, what it is.
const OPTIONS: &[(&str, &str, &str)] = &[
    (
        "--mix",
        "MIX",
        "purchase (if absent), outpatient, inpatient, mixed",
    ),
    ("--seconds", "N", "how long is measured, 30 if absent"),
    ("--warmup", "N", "seconds before that, 3 if absent"),
    ("--every", "N", "seconds between two lines, 10 if absent"),
    (
        "--connections",
        "N",
        "kept alive, a message in flight on each; 64 if absent",
    ),
    ("--threads", "N", "of the load tool, 1 if absent"),
    (
        "--rate",
        "N",
        "visits begun in a second, timed from when they were due; as fast as answers come if absent",
    ),
    ("--seed", "N", "of everything that is drawn, 1 if absent"),
    (
        "--now",
        "TIME",
        "what the messages say, `2025-03-03 17:00:00`; the machine's time in China if absent",
    ),
    ("--region", "CODE", "of the agency, 420100 if absent"),
    (
        "--server",
        "ADDRESS",
        "a server that runs already, as in 127.0.0.1:8080",
    ),
    (
        "--path",
        "PATH",
        "where it takes messages, /fsi/api/rsfComIfsService/callService if absent",
    ),
    (
        "--header",
        "TEXT",
        "a header of every request, `Name: value`; may be repeated",
    ),
    (
        "--with",
        "WORD",
        "a further argument of `yibao serve`; may be repeated",
    ),
    (
        "--pid",
        "PID",
        "a process to watch, with all that it started; may be repeated (a database server)",
    ),
    (
        "--disk",
        "DIR",
        "a folder to watch; of a server started here it is the data directory",
    ),
    (
        "--persons",
        "FILE",
        "CSV: number,identity,name,insurance and, if there, kind,area",
    ),
    (
        "--items",
        "FILE",
        "CSV: code,price (yuan) and, if there, own (code), use (drug, service)",
    ),
    (
        "--institutions",
        "FILE",
        "CSV: code,name,kind (pharmacy, hospital) and, if there, area,doctor,doctor_name,department,department_name,sign",
    ),
    (
        "--bare",
        "",
        "load a bare server too, which reads the same messages and answers a constant; alone if no other is named",
    ),
    (
        "--serve",
        "",
        "start `yibao serve` on a demo town; so it is if neither --server nor --bare is given",
    ),
    (
        "--persons-count",
        "N",
        "of the demo town, kept under target/ for the next time; 20000 if absent",
    ),
    (
        "--data",
        "DIR",
        "a data directory to serve instead of the demo town",
    ),
    (
        "--store",
        "URL",
        "the demo town's books in this PostgreSQL database; name --pid and --disk of its server",
    ),
    (
        "--json",
        "",
        "print JSON, times in microseconds and sizes in bytes",
    ),
    (
        "--bare-serve",
        "FILE",
        "be the bare server, and write the address to FILE",
    ),
];

const EXAMPLES: &str = "
Examples:
  cargo xtask load --bare --serve --persons-count 1000000     purchases, the limit and the server beside each other
  cargo xtask load --rate 325 --persons-count 1000000         latency at a day's mean
  cargo xtask load --mix outpatient --bare --serve            visits of six calls
  cargo xtask load --rate 3500 --seconds 600                  ten minutes: is it flat, how much disk a settlement
  cargo xtask load --postgres --persons-count 100000          purchases on the other engine
  cargo xtask load --bare                                     the limit of this machine alone
  cargo xtask load --server 127.0.0.1:8080 --pid 4711 --disk yibao-data --persons p.csv --items i.csv --institutions h.csv

The line of an interval and of the whole: latencies in milliseconds over all requests; processor time of the server and of this
tool by request, in microseconds; memory of the server; growth of its data on disk by settlement, the log with it, so that a
short run shows more than a long one. Every answer is checked: each
line's parts, the total by use and by payer, the funds, the account, the shares, the trial before it and the balance before it.
The exit code is 1 if an answer was wrong, a connection broke, a call was refused or a start could not be begun in time.
";

/// What a run is asked to do.
#[derive(Clone, Debug)]
pub(super) struct Options {
    pub(super) mix: Mix,
    pub(super) length: Duration,
    pub(super) warmup: Duration,
    pub(super) every: Duration,
    pub(super) connections: usize,
    pub(super) threads: usize,
    pub(super) rate: Option<u64>,
    pub(super) seed: u64,
    pub(super) now: Option<String>,
    pub(super) region: String,
    pub(super) server: Option<SocketAddr>,
    pub(super) path: String,
    pub(super) headers: Vec<String>,
    pub(super) with: Vec<String>,
    pub(super) processes: Vec<u32>,
    pub(super) disk: Option<PathBuf>,
    pub(super) persons: Option<PathBuf>,
    pub(super) items: Option<PathBuf>,
    pub(super) institutions: Option<PathBuf>,
    pub(super) bare: bool,
    pub(super) serve: bool,
    pub(super) persons_count: usize,
    pub(super) data: Option<PathBuf>,
    pub(super) store: Option<String>,
    pub(super) postgres: bool,
    pub(super) json: bool,
    pub(super) bare_serve: Option<PathBuf>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            mix: Mix::Only(Kind::Purchase),
            length: Duration::from_secs(30),
            warmup: Duration::from_secs(3),
            every: Duration::from_secs(10),
            connections: 64,
            threads: 1,
            rate: None,
            seed: 1,
            now: None,
            region: "420100".to_owned(),
            server: None,
            path: "/fsi/api/rsfComIfsService/callService".to_owned(),
            headers: Vec::new(),
            with: Vec::new(),
            processes: Vec::new(),
            disk: None,
            persons: None,
            items: None,
            institutions: None,
            bare: false,
            serve: false,
            persons_count: 20_000,
            data: None,
            store: None,
            postgres: false,
            json: false,
            bare_serve: None,
        }
    }
}

impl Options {
    /// Reads the words of the command line.
    pub(super) fn read(words: &[String]) -> Result<Options, String> {
        let mut options = Options::default();
        let mut words = words.iter();
        while let Some(name) = words.next() {
            let known = OPTIONS.iter().find(|(known, ..)| known == name);
            let (name, value, _) = known.ok_or(format!("there is no option `{name}`"))?;
            let told = match value.is_empty() {
                true => "",
                false => words
                    .next()
                    .ok_or(format!("`{name}` needs a value, {value}"))?,
            };
            options.take(name, told)?;
        }
        options.serve |= options.server.is_none() && !options.bare;
        options.agree()?;
        Ok(options)
    }

    fn take(&mut self, name: &str, told: &str) -> Result<(), String> {
        match name {
            "--mix" => self.mix = Mix::named(told).ok_or(format!("there is no mix `{told}`"))?,
            "--seconds" => self.length = Duration::from_secs(number(name, told, 1)?),
            "--warmup" => self.warmup = Duration::from_secs(number(name, told, 0)?),
            "--every" => self.every = Duration::from_secs(number(name, told, 1)?),
            "--connections" => self.connections = number(name, told, 1)? as usize,
            "--threads" => self.threads = number(name, told, 1)? as usize,
            "--rate" => self.rate = Some(number(name, told, 1)?),
            "--seed" => self.seed = number(name, told, 0)?,
            "--now" => self.now = Some(told.to_owned()),
            "--region" => self.region = told.to_owned(),
            "--server" => {
                let address = told.parse();
                self.server = Some(address.map_err(|_| format!("`{told}` is no address"))?);
            }
            "--path" => self.path = told.to_owned(),
            "--header" => self.headers.push(told.to_owned()),
            "--with" => self.with.push(told.to_owned()),
            "--pid" => {
                let process = u32::try_from(number(name, told, 1)?);
                self.processes
                    .push(process.map_err(|_| format!("`{told}` is no process"))?);
            }
            "--disk" => self.disk = Some(told.into()),
            "--persons" => self.persons = Some(told.into()),
            "--items" => self.items = Some(told.into()),
            "--institutions" => self.institutions = Some(told.into()),
            "--bare" => self.bare = true,
            "--serve" => self.serve = true,
            "--persons-count" => self.persons_count = number(name, told, 1)? as usize,
            "--data" => self.data = Some(told.into()),
            "--store" => self.store = Some(told.to_owned()),
            "--postgres" => self.postgres = true,
            "--json" => self.json = true,
            "--bare-serve" => self.bare_serve = Some(told.into()),
            _ => return Err(format!("`{name}` is not read")),
        }
        Ok(())
    }

    /// What contradicts itself is refused before anything is built.
    fn agree(&self) -> Result<(), String> {
        let lists = [&self.persons, &self.items, &self.institutions];
        let named = lists.iter().filter(|list| list.is_some()).count();
        if self.server.is_some() && self.serve {
            return Err("either a server runs already, or it is started here".to_owned());
        }
        if named != 0 && named != lists.len() {
            return Err("--persons, --items and --institutions belong together".to_owned());
        }
        if self.server.is_some() && named == 0 {
            return Err("of a server that runs already, the lists must be named".to_owned());
        }
        if self.store.is_some() && self.data.is_none() {
            return Err("of books that are in a database already, --data must be named".to_owned());
        }
        if self.postgres && (self.store.is_some() || self.data.is_some() || !self.serve) {
            return Err("--postgres makes a town of its own, for a server started here".to_owned());
        }
        if let Some(header) = self.headers.iter().find(|header| !header.contains(": ")) {
            return Err(format!("`{header}` is no header, as in `Name: value`"));
        }
        if self.connections < self.threads {
            return Err("each thread needs a connection".to_owned());
        }
        Ok(())
    }
}

fn number(name: &str, told: &str, least: u64) -> Result<u64, String> {
    let number = told.parse().ok().filter(|number| *number >= least);
    number.ok_or(format!(
        "`{name}` needs a whole number from {least}, not `{told}`"
    ))
}

/// The help of this command alone.
pub(super) fn help() -> String {
    let mut text = String::from("Usage: cargo xtask load [OPTIONS]\n\n");
    for (name, value, does) in OPTIONS {
        let left = format!("{name} {value}");
        text += &format!("  {left:<22} {does}\n");
    }
    text + EXAMPLES
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Options, String> {
        let words = line.split_whitespace().map(str::to_owned);
        Options::read(&words.collect::<Vec<_>>())
    }

    #[test]
    fn every_option_of_the_help_is_read() {
        for (name, value, _) in OPTIONS {
            let told = match *name {
                "--mix" => "mixed",
                "--server" => "127.0.0.1:1",
                _ if value.is_empty() => "",
                _ => "5",
            };
            let mut options = Options::default();
            assert_eq!(options.take(name, told), Ok(()), "{name}");
        }
    }

    #[test]
    fn without_a_server_the_own_one_is_started() {
        assert!(read("--rate 325").expect("options").serve);
        assert!(!read("--bare").expect("options").serve);
        let both = read("--bare --serve").expect("options");
        assert!(both.bare && both.serve);
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        for wrong in [
            "--rate 0",
            "--rate",
            "--mix all",
            "--fast",
            "--server here",
            "--server 127.0.0.1:1",
            "--server 127.0.0.1:1 --serve --persons a --items b --institutions c",
            "--persons a",
            "--header a:b",
            "--store postgres://x",
            "--postgres --data a",
            "--postgres --bare",
            "--threads 4 --connections 2",
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
