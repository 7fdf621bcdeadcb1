//! A full disk: a file that does not fit is refused, nothing of it stays, and what stands is still given.
//!
//! It starts itself anew, where a small disk in memory is mounted that no other process sees.
#![allow(clippy::unwrap_used, reason = "what fails ends the test")]

use std::fs;
use std::path::Path;
use std::process::Command;

use jiff::civil::date;
use service::files::{FileError, FileNumber, Files, Label};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match &arguments[..] {
        [word, root] if word == "disk" => inside(Path::new(root)),
        _ => outside(),
    }
}

/// As root this works wherever mounting is allowed; others need user namespaces.
fn outside() {
    let root = tempfile::tempdir().unwrap();
    let out = Command::new("unshare")
        .args(["--map-root-user", "--mount"])
        .arg(std::env::current_exe().unwrap())
        .args(["disk".as_ref(), root.path().as_os_str()])
        .output()
        .unwrap();
    let complained = String::from_utf8_lossy(&out.stderr);
    assert!(out.status.success(), "{complained}");
}

fn inside(root: &Path) {
    let mounted = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=256k", "tmpfs"])
        .arg(root)
        .status();
    assert!(mounted.unwrap().success(), "cannot mount");
    let files = Files::new(root.join("files"));
    let (owner, day) = ("H1", date(2025, 3, 3));
    let keep = |name: &str, size: usize| {
        let label = Label::new(name, owner, day);
        files.keep(&FileNumber::of(name), label, &vec![7; size])
    };
    keep("small", 60_000).unwrap();
    for name in ["large", "larger"] {
        assert_eq!(keep(name, 300_000), Err(FileError::Full));
        let number = FileNumber::of(name);
        assert_eq!(files.fetch(&number, owner, day), Err(FileError::Absent));
    }
    let left = fs::read_dir(root.join("files")).unwrap();
    assert_eq!(left.count(), 1, "nothing of what did not fit");
    let (_, bytes) = files.fetch(&FileNumber::of("small"), owner, day).unwrap();
    assert_eq!(bytes.len(), 60_000);
    keep("fits", 60_000).unwrap();
    read_only(root, &files);
    let unmounted = Command::new("umount").arg(root).status();
    assert!(unmounted.unwrap().success());
}

fn read_only(root: &Path, files: &Files) {
    let remounted = Command::new("mount")
        .args(["-o", "remount,ro"])
        .arg(root)
        .status();
    assert!(remounted.unwrap().success());
    let day = date(2025, 3, 3);
    let label = Label::new("late", "H1", day);
    let told = files.keep(&FileNumber::of("late"), label, b"x");
    assert!(matches!(told, Err(FileError::Broken(_))), "{told:?}");
    let small = FileNumber::of("small");
    assert!(files.fetch(&small, "H1", day).is_ok());
}
