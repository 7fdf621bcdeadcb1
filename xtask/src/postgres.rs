//! A PostgreSQL server for the tests: made in a temporary folder, stopped and removed with the command that it was started for.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::packages::{self, done};

/// The tests read from it where the server is.
const VARIABLE: &str = "YIBAO_TEST_POSTGRES";

/// What the books need of a server (`fsync`, `lz4`: `pglz` costs four fifths of the speed), and a quiet one for tests:
/// no TCP, so no port can be taken, and only this user reaches the socket.
const SETTINGS: &str = "
fsync = on
synchronous_commit = on
full_page_writes = on
wal_compression = lz4
max_wal_size = 4GB
shared_buffers = 256MB
listen_addresses = ''
unix_socket_permissions = 0700
logging_collector = off
";

const ABSENT: &str = "no PostgreSQL server was found in /usr/lib/postgresql/*/bin or on the path, and only root can install it; \
    install Debian's package `postgresql`, or set YIBAO_TEST_POSTGRES to the URL of a server's empty database";

/// Runs a command line with a server that ends with it.
pub(crate) fn run(line: &[String]) -> Result<(), String> {
    let (program, arguments) = line
        .split_first()
        .ok_or("a command is missing, as in `cargo xtask postgres cargo test -p store`")?;
    let mut command = Command::new(program);
    command.args(arguments);
    // A server that is there already is told by the variable that the tests read.
    let server = match told(VARIABLE) {
        Some(_) => None,
        None => Some(Server::start()?),
    };
    if let Some(server) = &server {
        command.env(VARIABLE, server.url());
    }
    let status = command.status();
    drop(server);
    let status = status.map_err(|why| format!("cannot start `{program}`: {why}"))?;
    match status.success() {
        true => Ok(()),
        false => Err(format!("`{}` failed ({status})", line.join(" "))),
    }
}

/// A running server.
pub(crate) struct Server {
    folder: PathBuf,
    /// It waits until we let go of its input, however this process ends, then stops the server and removes the folder.
    keeper: Child,
}

impl Server {
    pub(crate) fn start() -> Result<Server, String> {
        let programs = programs()?;
        let folder = std::env::temp_dir().join(format!("yibao-postgres-{}", std::process::id()));
        fs::DirBuilder::new()
            .mode(0o700)
            .create(&folder)
            .map_err(|why| format!("cannot make {}: {why}", folder.display()))?;
        let user = (folder_is_roots(&folder)?).then_some("postgres");
        if let Some(user) = user {
            done(Command::new("chown").arg(user).arg(&folder))?;
        }
        // From here on the keeper cleans up, whatever fails.
        let keeper = keeper(&programs, &folder, user)?;
        let server = Server { folder, keeper };
        let data = server.folder.join("data");
        let mut initdb = server.command(user, &programs.join("initdb"));
        initdb.arg("-D").arg(&data);
        initdb.args(["--username=yibao", "--auth=trust", "--encoding=UTF8"]);
        done(initdb.args(["--locale=C", "--no-sync", "--no-instructions"]))?;
        let configuration = data.join("postgresql.conf");
        let socket = format!("unix_socket_directories = '{}'\n", server.folder.display());
        fs::OpenOptions::new()
            .append(true)
            .open(&configuration)
            .and_then(|mut file| file.write_all(format!("{SETTINGS}{socket}").as_bytes()))
            .map_err(|why| format!("cannot write {}: {why}", configuration.display()))?;
        let mut start = server.command(user, &programs.join("pg_ctl"));
        start.arg("-D").arg(&data);
        start.arg("-l").arg(server.folder.join("log"));
        let started = done(start.args(["-w", "-t", "60", "start"]));
        started.map_err(|why| {
            let log = fs::read_to_string(server.folder.join("log")).unwrap_or_default();
            format!("{why}\n{log}")
        })?;
        Ok(server)
    }

    pub(crate) fn url(&self) -> String {
        let folder = self.folder.display().to_string();
        format!("postgres://yibao@{}/postgres", folder.replace('/', "%2F"))
    }

    /// The folder of its data.
    pub(crate) fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// The process that has started all its others.
    pub(crate) fn process(&self) -> Result<u32, String> {
        let told = fs::read_to_string(self.data().join("postmaster.pid")).ok();
        let process = told.and_then(|told| told.lines().next()?.trim().parse().ok());
        process.ok_or_else(|| "the PostgreSQL server does not tell its process".to_owned())
    }

    /// A program of the server, as the user who may run it: the server refuses root.
    fn command(&self, user: Option<&str>, program: &Path) -> Command {
        let mut command = match user {
            Some(user) => {
                let mut command = Command::new("runuser");
                command.args(["-u", user, "--"]).arg(program);
                command
            }
            None => Command::new(program),
        };
        command.current_dir(&self.folder);
        command
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        // The server stops in any case; that its keeper could not be waited for changes nothing.
        let _ = self.keeper.wait();
    }
}

/// A shell in a process group of its own, so that an interrupt from the keyboard leaves it to its work.
fn keeper(programs: &Path, folder: &Path, user: Option<&str>) -> Result<Child, String> {
    let run_as = user.map_or(String::new(), |user| format!("runuser -u {user} -- "));
    let script = format!(
        "cat > /dev/null; cd \"$2\" && {run_as}\"$1/pg_ctl\" -D \"$2/data\" -m immediate -w stop; cd / && rm -rf \"$2\""
    );
    Command::new("sh")
        .args(["-c", &script, "sh"])
        .arg(programs)
        .arg(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .map_err(|why| format!("cannot start `sh`: {why}"))
}

/// What we make is root's exactly if we are root.
fn folder_is_roots(folder: &Path) -> Result<bool, String> {
    let metadata = fs::metadata(folder);
    let metadata = metadata.map_err(|why| format!("cannot read {}: {why}", folder.display()))?;
    Ok(metadata.uid() == 0)
}

/// The folder of the server's programs; they are installed if there are none.
fn programs() -> Result<PathBuf, String> {
    if let Some(found) = find() {
        return Ok(found);
    }
    println!("── no PostgreSQL server: installing Debian's package `postgresql`");
    packages::install("postgresql").map_err(|why| format!("{ABSENT} ({why})"))?;
    find().ok_or_else(|| ABSENT.to_owned())
}

/// The newest of Debian's, or what is on the path.
fn find() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql");
    let debian = versions.into_iter().flatten().flatten().map(|version| {
        let number = version.file_name().to_string_lossy().parse::<u32>();
        (number.unwrap_or(0), version.path().join("bin"))
    });
    let newest = debian.filter(|(_, bin)| complete(bin)).max();
    newest.map(|(_, bin)| bin).or_else(|| {
        let path = told("PATH")?;
        std::env::split_paths(&path).find(|bin| complete(bin))
    })
}

#[expect(
    clippy::disallowed_methods,
    reason = "where programs and servers are is told by the environment"
)]
fn told(variable: &str) -> Option<std::ffi::OsString> {
    std::env::var_os(variable)
}

fn complete(bin: &Path) -> bool {
    ["initdb", "pg_ctl", "postgres"]
        .iter()
        .all(|program| bin.join(program).exists())
}
