//! A second process at the same data: refused while the first works, welcome when it has ended.

use std::path::Path;

use agency::Agency;

use crate::house::{House, options};
use crate::myself;

/// One after the other, and both at once.
pub(crate) fn two_processes() {
    let House {
        agency,
        root,
        options,
    } = House::new("310000", 1);
    let data = root.path().join("data");
    let in_use = format!(
        "{}: another process is working with this data directory\n",
        data.display()
    );
    assert_eq!(said(root.path()), in_use);
    let within = Agency::open(&options).map(drop).unwrap_err();
    assert_eq!(
        format!("{within}\n"),
        in_use,
        "the same process a second time"
    );
    drop(agency);
    assert_eq!(said(root.path()), "opened\n");
    drop(Agency::open(&options).unwrap());
    println!("a second process: refused while the first works, opened afterwards");
}

fn said(root: &Path) -> String {
    let out = myself()
        .args(["second".as_ref(), root.as_os_str()])
        .output()
        .unwrap();
    assert!(out.status.success(), "{out:?}");
    String::from_utf8(out.stdout).unwrap()
}

/// The part of the second process.
pub(crate) fn other(root: &Path) {
    match Agency::open(&options(root, "310000")) {
        Ok(_) => println!("opened"),
        Err(error) => println!("{error}"),
    }
}
