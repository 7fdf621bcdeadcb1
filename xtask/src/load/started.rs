//! A server that is started for a run, and stopped after it; and what it needs to have something to serve.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use jiff::civil::DateTime;
use rustix::process::{Pid, Signal, kill_process};

use super::options::Options;
use crate::postgres;

/// How long a server may take until it listens: it may have a long log to read first.
const PATIENCE: Duration = Duration::from_secs(120);
/// How long it may take to end when asked to.
const LEAVE: Duration = Duration::from_secs(30);
const LOOK: Duration = Duration::from_millis(20);

/// A process that listens.
pub(super) struct Started {
    process: Child,
    ready: PathBuf,
    pub(super) address: SocketAddr,
}

/// The program, its data and the lists that a run draws from.
pub(super) struct Town {
    program: PathBuf,
    data: PathBuf,
    store: Option<String>,
    region: String,
    with: Vec<String>,
    lists: PathBuf,
}

impl Started {
    /// Starts a command that writes its address to the file when it listens.
    pub(super) fn start(command: &mut Command, ready: PathBuf) -> Result<Started, String> {
        // One of an earlier run would be taken for the answer.
        let _ = std::fs::remove_file(&ready);
        let name = command.get_program().to_string_lossy().into_owned();
        let process = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn();
        let process = process.map_err(|why| format!("cannot start `{name}`: {why}"))?;
        let address = SocketAddr::from(([0, 0, 0, 0], 0));
        let mut started = Started {
            process,
            ready,
            address,
        };
        started.address = started.listening(&name)?;
        Ok(started)
    }

    fn listening(&mut self, name: &str) -> Result<SocketAddr, String> {
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            if let Some(address) = address(&self.ready) {
                return Ok(address);
            }
            if let Some(status) = self.process.try_wait().ok().flatten() {
                return Err(format!("`{name}` ended before it listened ({status})"));
            }
            std::thread::park_timeout(LOOK);
        }
        let seconds = PATIENCE.as_secs();
        Err(format!("`{name}` does not listen after {seconds} seconds"))
    }

    pub(super) fn process(&self) -> u32 {
        self.process.id()
    }
}

impl Drop for Started {
    /// Asks first, so that what is in hand is finished; then ends it.
    fn drop(&mut self) {
        let id = i32::try_from(self.process.id())
            .ok()
            .and_then(Pid::from_raw);
        let asked = id.map(|id| kill_process(id, Signal::TERM));
        let began = Instant::now();
        while matches!(asked, Some(Ok(()))) && began.elapsed() < LEAVE {
            if !matches!(self.process.try_wait(), Ok(None)) {
                break;
            }
            std::thread::park_timeout(LOOK);
        }
        // Both fail only if it has ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = std::fs::remove_file(&self.ready);
    }
}

/// The address that the file tells, as `127.0.0.1:1234` or as a URL; none while there is none.
fn address(ready: &Path) -> Option<SocketAddr> {
    let told = std::fs::read_to_string(ready).ok()?;
    let told = told.trim().trim_start_matches("http://");
    told.trim_end_matches('/').parse().ok()
}

/// A load comes from one address and from few institutions, none of which proves itself.
const OPEN: [&str; 3] = [
    "--address-rate=1000000",
    "--institution-rate=1000000",
    "--default-profile=none",
];

impl Town {
    /// The data directory that was named, or a demo town under `target`, made if it is not there;
    /// in a database that was started for this run it never is.
    pub(super) fn ready(
        target: &Path,
        options: &Options,
        database: Option<&postgres::Server>,
        begins: DateTime,
    ) -> Result<Town, String> {
        let count = options.persons_count;
        let place = match database {
            Some(_) => "load/town-postgres".to_owned(),
            None => format!("load/town-{}-{count}", options.region),
        };
        let town = Town {
            program: target.join("release/yibao"),
            data: options.data.clone().unwrap_or(target.join(place)),
            store: options
                .store
                .clone()
                .or(database.map(postgres::Server::url)),
            region: options.region.clone(),
            with: options.with.clone(),
            lists: target.join("load/lists"),
        };
        let done = town.data.with_extension("made");
        if options.data.is_none() && (database.is_some() || !done.exists()) {
            town.make(count, begins)?;
            std::fs::write(&done, "").map_err(|why| format!("{}: {why}", done.display()))?;
        }
        std::fs::create_dir_all(&town.lists)
            .map_err(|why| format!("{}: {why}", town.lists.display()))?;
        let mut lists = town.serve();
        lists.arg("--load-lists").arg(&town.lists);
        finish(&mut lists)?;
        Ok(town)
    }

    /// The town has lived the month before and the first days of this one, so that premiums are paid and accounts filled.
    fn make(&self, persons: usize, begins: DateTime) -> Result<(), String> {
        let before = begins.date().first_of_month().yesterday();
        let before = before.map_err(|why| format!("there is no month before: {why}"))?;
        let _ = std::fs::remove_dir_all(&self.data); // half a town of an interrupted run
        if let Some(folder) = self.data.parent() {
            std::fs::create_dir_all(folder)
                .map_err(|why| format!("{}: {why}", folder.display()))?;
        }
        let mut demo = self.command("demo");
        demo.args([
            "--persons",
            &persons.to_string(),
            "--months",
            "2",
            "--no-visits",
        ]);
        demo.args([
            "--start",
            &format!("{:04}-{:02}", before.year(), before.month()),
        ]);
        finish(&mut demo)
    }

    fn command(&self, name: &str) -> Command {
        let mut command = Command::new(&self.program);
        command.arg(name).args(["--region", &self.region]);
        command.arg("--data").arg(&self.data);
        if let Some(store) = &self.store {
            command.args(["--store", store]);
        }
        command
    }

    fn serve(&self) -> Command {
        self.command("serve")
    }

    /// Starts the server.
    pub(super) fn start(&self, target: &Path) -> Result<Started, String> {
        let ready = target.join(format!("load/ready-{}", std::process::id()));
        let mut serve = self.serve();
        serve.args(["--listen", "127.0.0.1:0", "--ready-file"]);
        serve.arg(&ready).args(OPEN).args(&self.with);
        Started::start(&mut serve, ready)
    }

    pub(super) fn list(&self, name: &str) -> PathBuf {
        self.lists.join(name)
    }

    pub(super) fn data(&self) -> &Path {
        &self.data
    }
}

/// Starts this program as the bare server.
pub(super) fn bare(target: &Path) -> Result<Started, String> {
    let folder = target.join("load");
    std::fs::create_dir_all(&folder).map_err(|why| format!("{}: {why}", folder.display()))?;
    let ready = folder.join(format!("bare-{}", std::process::id()));
    let program = std::env::current_exe().map_err(|why| format!("no program: {why}"))?;
    let mut command = Command::new(program);
    command.args(["load", "--bare-serve"]).arg(&ready);
    Started::start(&mut command, ready)
}

/// Runs a command to its end; what it prints on its way is seen on standard error.
pub(super) fn finish(command: &mut Command) -> Result<(), String> {
    let line = format!("{command:?}").replace('"', "");
    eprintln!("── {line}");
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).status();
    let status = status.map_err(|why| format!("cannot start `{line}`: {why}"))?;
    match status.success() {
        true => Ok(()),
        false => Err(format!("`{line}` failed ({status})")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Stands in for `yibao`: notes what it is asked, writes lists, tells an address.
    const PROGRAM: &str = "#!/bin/sh
echo \"$@\" >> \"$0.asked\"
if [ \"$6\" = --load-lists ]; then echo code > \"$7/items.csv\"; fi
if [ \"$8\" = --ready-file ]; then echo http://127.0.0.1:9/ > \"$9\"; exec tail -f /dev/null; fi
";

    #[test]
    fn a_town_is_made_once_and_served() {
        let target = std::env::temp_dir().join(format!("yibao-town-{}", std::process::id()));
        std::fs::create_dir_all(target.join("release")).expect("a folder");
        std::fs::write(target.join("source"), PROGRAM).expect("a script");
        // Another process writes it: what a test beside this one starts would hold it open for writing.
        let program = target.join("release/yibao");
        let mut install = Command::new("install");
        finish(install.arg(target.join("source")).arg(&program)).expect("installed");
        let options = Options::default();
        let begins = DateTime::constant(2025, 1, 15, 8, 0, 0, 0);
        for _ in 0..2 {
            let town = Town::ready(&target, &options, None, begins).expect("a town");
            assert!(town.list("items.csv").exists());
            let server = town.start(&target).expect("a server");
            assert_eq!(server.address.port(), 9);
        }
        let asked = std::fs::read_to_string(target.join("release/yibao.asked")).expect("notes");
        let data = target.join("load/town-420100-20000").display().to_string();
        let demos: Vec<_> = asked
            .lines()
            .filter(|line| line.starts_with("demo"))
            .collect();
        let demo = "--persons 20000 --months 2 --no-visits --start 2024-12";
        assert_eq!(
            demos,
            [format!("demo --region 420100 --data {data} {demo}")]
        );
        assert_eq!(asked.lines().count(), 5, "{asked}");
        std::fs::remove_dir_all(&target).expect("removed");
    }

    fn shell(script: &str, ready: &Path) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script, "sh"]).arg(ready);
        command
    }

    #[test]
    fn a_server_is_started_when_it_tells_its_address_and_ended_after() {
        let ready = std::env::temp_dir().join(format!("yibao-load-{}", std::process::id()));
        let script = "echo 127.0.0.1:7 > \"$1\"; exec tail -f /dev/null";
        let started = Started::start(&mut shell(script, &ready), ready.clone()).expect("started");
        let process = started.process();
        assert_eq!(started.address.port(), 7);
        drop(started);
        assert!(!ready.exists() && !Path::new(&format!("/proc/{process}")).exists());
        let ended = Started::start(&mut shell("exit 3", &ready), ready).err();
        assert!(ended.unwrap_or_default().contains("before it listened"));
    }
}
