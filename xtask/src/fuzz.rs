//! A fuzzing round: every target in `fuzz/fuzz_targets` for the same number of seconds.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::stages;

const TARGETS: &str = "fuzz/fuzz_targets";
const SECONDS: u32 = 60;

/// What to tell a user without cargo-fuzz. Coverage guidance works on the stable toolchain; only the
/// sanitizers need nightly, and code without `unsafe` has little use for them.
const INSTALL: &str = "cargo-fuzz is not installed; install it with `cargo install cargo-fuzz --locked` \
    (it needs a C++ compiler, not a nightly toolchain)";

pub(crate) fn run(argument: Option<&str>) -> Result<(), String> {
    let seconds = seconds(argument)?;
    let targets = targets(Path::new(TARGETS))?;
    if !installed() {
        return Err(INSTALL.to_owned());
    }
    let stages: Vec<(&str, String)> = targets
        .iter()
        .map(|target| (target.as_str(), line(target, seconds)))
        .collect();
    let stages: Vec<(&str, &str)> = stages
        .iter()
        .map(|(name, line)| (*name, line.as_str()))
        .collect();
    stages::run(&stages)
}

fn seconds(argument: Option<&str>) -> Result<u32, String> {
    let Some(text) = argument else {
        return Ok(SECONDS);
    };
    match text.parse() {
        Ok(seconds) if seconds > 0 => Ok(seconds),
        _ => Err(format!(
            "`{text}` is not a number of seconds (a whole number above zero)"
        )),
    }
}

/// The names of the targets, sorted. No target is an error: a round that fuzzes nothing proves nothing.
fn targets(folder: &Path) -> Result<Vec<String>, String> {
    let nothing = || format!("there is no target in {}", folder.display());
    let entries = std::fs::read_dir(folder).map_err(|_| nothing())?;
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter_map(|name| Some(name.strip_suffix(".rs")?.to_owned()))
        .collect();
    names.sort();
    if names.is_empty() {
        return Err(nothing());
    }
    Ok(names)
}

fn installed() -> bool {
    Command::new("cargo")
        .args(["fuzz", "--version"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

fn line(target: &str, seconds: u32) -> String {
    format!("cargo fuzz run --sanitizer none {target} -- -max_total_time={seconds}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_a_whole_number_above_zero() {
        assert_eq!(seconds(None), Ok(SECONDS));
        assert_eq!(seconds(Some("5")), Ok(5));
        for wrong in ["0", "-1", "1.5", "long"] {
            assert!(seconds(Some(wrong)).is_err(), "{wrong}");
        }
    }

    #[test]
    fn targets_are_the_rust_files_and_none_is_an_error() {
        let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let names = targets(&here).expect("xtask has sources");
        assert!(names.contains(&"fuzz".to_owned()));
        assert!(names.is_sorted());
        assert!(targets(&here.join("tidy/nowhere")).is_err());
    }
}
