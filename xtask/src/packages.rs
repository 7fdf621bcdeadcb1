//! Debian's packages that the tests need, installed where they are missing.

use std::process::{Command, Stdio};

/// A program that the tests start, the package that has it, and what for.
const NEEDED: [(&str, &str, &str); 3] = [
    (
        "curl",
        "curl",
        "the tests of the service send messages with it",
    ),
    (
        "chromium",
        "chromium",
        "the tests of the pages read them in it",
    ),
    (
        "chromedriver",
        "chromium-driver",
        "the tests of the pages tell the browser through it what to do",
    ),
];

/// Installs what the tests run as it is. PostgreSQL is looked for where it is started.
pub(crate) fn run() -> Result<(), String> {
    for (program, package, why) in NEEDED {
        if done(Command::new(program).arg("--version")).is_ok() {
            continue;
        }
        println!("── no {program}: installing Debian's package `{package}`");
        install(package).map_err(|failed| {
            format!("{why}; `{program}` was not found, and only root can install Debian's package `{package}` ({failed})")
        })?;
    }
    Ok(())
}

/// Installs a package.
pub(crate) fn install(package: &str) -> Result<(), String> {
    done(Command::new("apt-get").args(["update", "-q"]))?;
    let mut install = Command::new("apt-get");
    install.env("DEBIAN_FRONTEND", "noninteractive");
    install.args(["install", "-q", "-y", "--no-install-recommends"]);
    done(install.arg(package))
}

/// Runs a command to its end; what it said is told only if it fails.
pub(crate) fn done(command: &mut Command) -> Result<(), String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.stdin(Stdio::null()).output();
    let output = output.map_err(|why| format!("cannot start `{name}`: {why}"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).trim().to_owned();
    Err(format!("`{name}` failed ({}): {said}", output.status))
}
