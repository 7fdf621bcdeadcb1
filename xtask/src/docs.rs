//! Generated documents: what the program says of the shipped policies and examples, written into `docs/`.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Each generated document and the command that prints it. `yibao` is the program as built from here.
const DOCUMENTS: &[(&str, &str)] = &[
    ("docs/coverage.md", "yibao --lang en policy coverage"),
    ("docs/coverage.zh-CN.md", "yibao --lang zh policy coverage"),
    ("docs/examples.md", "yibao --lang en verify --markdown"),
];

/// Writes each document, or with `check` only says which is not current.
pub(crate) fn run(check: bool) -> Result<(), String> {
    let mut stale = Vec::new();
    for (path, line) in DOCUMENTS {
        let printed = printed(line)?;
        if check {
            if std::fs::read(path).ok().as_deref() != Some(printed.as_slice()) {
                stale.push(*path);
            }
        } else {
            std::fs::write(path, printed).map_err(|why| format!("cannot write {path}: {why}"))?;
            println!("{path}  $ {line}");
        }
    }
    if stale.is_empty() {
        Ok(())
    } else {
        let stale = stale.join(", ");
        Err(format!(
            "not current: {stale}; write them anew with `cargo xtask docs`"
        ))
    }
}

/// What the command prints; a published example is in a file of this name or in the folder of those without a region.
fn printed(line: &str) -> Result<Vec<u8>, String> {
    let mut words = line.split_whitespace().skip(1).collect::<Vec<_>>();
    let published: Vec<String> = if words.contains(&"verify") {
        published(Path::new("policies"))?
    } else {
        Vec::new()
    };
    words.extend(published.iter().map(String::as_str));
    let output = Command::new("cargo")
        .args(["run", "--quiet", "--package", "cli", "--"])
        .args(&words)
        .output()
        .map_err(|why| format!("cannot start cargo: {why}"))?;
    if output.status.success() {
        Ok(output.stdout)
    } else {
        let why = String::from_utf8_lossy(&output.stderr);
        Err(format!(
            "`{line}` failed: {}{why}",
            String::from_utf8_lossy(&output.stdout)
        ))
    }
}

fn published(policies: &Path) -> Result<Vec<String>, String> {
    let mut found = Vec::new();
    for region in folder(policies)? {
        let examples = region.ends_with("examples");
        for below in folder(&region)? {
            let case = below.join(if examples {
                "case.toml"
            } else {
                "cases/published.toml"
            });
            if case.is_file() {
                found.push(case.to_string_lossy().into_owned());
            }
        }
    }
    Ok(found)
}

/// The folders in a folder, by name.
fn folder(path: &Path) -> Result<Vec<PathBuf>, String> {
    let failed = |why: std::io::Error| format!("{} cannot be read: {why}", path.display());
    let entries = std::fs::read_dir(path).map_err(failed)?;
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.map(|e| e.path()))
        .collect::<Result<_, _>>()
        .map_err(failed)?;
    paths.retain(|path| path.is_dir());
    paths.sort();
    Ok(paths)
}
