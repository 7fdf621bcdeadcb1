//! The binary as a user meets it: transcripts of commands, and documents held against the schemas that it prints.

mod agency;
mod invalid;
mod operators;
mod pages;
mod persons;
mod schemas;
mod serve;
mod trace;
mod transcripts;
mod year;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The project's root, where examples and policies lie.
fn root() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.canonicalize().expect("the project has a root")
}

/// What a command printed, and how it ended.
struct Ran {
    out: String,
    err: String,
    code: Option<i32>,
}

/// Runs `yibao` in the project's root; without a terminal there is no colour, and tables are 120 columns wide.
fn yibao(args: &[&str], input: &str) -> Ran {
    yibao_in(&root(), args, input)
}

/// The same, in another folder: what is printed then holds no path that differs from machine to machine.
fn yibao_in(folder: &Path, args: &[&str], input: &str) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yibao"));
    command.args(args).current_dir(folder);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let mut stdin = child.stdin.take().expect("its input is a pipe");
    // A command that does not read its input may have ended.
    let _ended = stdin.write_all(input.as_bytes());
    drop(stdin);
    let output = child.wait_with_output().expect("it ends");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it prints UTF-8");
    Ran {
        out: text(output.stdout),
        err: text(output.stderr),
        code: output.status.code(),
    }
}

/// The files below a folder of the project with one of these endings, by name.
fn files(folder: &str, endings: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("the folder is there") {
            let path = entry.expect("it can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if endings.iter().any(|e| path.to_string_lossy().ends_with(e)) {
                let inside = path.strip_prefix(root()).expect("it lies in the project");
                found.push(inside.to_string_lossy().into_owned());
            }
        }
    }
    found.sort();
    found
}

/// The bills among the examples; the messages beside them are none.
fn bills() -> Vec<String> {
    let mut bills = files("examples", &[".toml", ".json"]);
    bills.retain(|file| !file.starts_with("examples/interface/"));
    bills
}
