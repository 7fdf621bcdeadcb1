//! The folder of the policies: files at the wrong place or unreadable, and bills for which it holds no policy.

use std::path::{Path, PathBuf};

use policy::{Errors, Shelf, Source, bill};

use crate::table::{Table, snapshot};

#[test]
fn shelf() {
    let mut text =
        String::from("# Folders that shelf.rs makes, and what is said to them and to bills.\n\n");
    for (number, (name, make, day)) in CASES.iter().enumerate() {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("shelf-{number}"));
        if root.exists() {
            std::fs::remove_dir_all(&root).expect("an old folder");
        }
        std::fs::create_dir_all(&root).expect("a folder");
        make(&Folder(root.clone()));
        let said = match found(&root.join("policies"), day) {
            Ok(()) => "nothing is said".to_owned(),
            Err(errors) => errors.to_string(),
        };
        let said = said.replace(&format!("{}/", root.display()), "");
        text.push_str(&format!("## {name}\n"));
        for line in said.lines() {
            text.push_str(&format!("! {line}\n"));
        }
        text.push('\n');
    }
    snapshot("shelf", &text);
}

/// A name, what makes the folder, and the bill.
type Case = (&'static str, fn(&Folder), &'static str);

struct Folder(PathBuf);

impl Folder {
    /// The good policy, with this region and scheme and these days, at this place.
    fn policy(&self, path: &str, changes: &[(&str, &str)]) {
        let table = Table::read("policies");
        let mut text = table.base("policy").to_owned();
        for (from, to) in changes {
            assert!(text.contains(from), "{from}");
            text = text.replace(from, to);
        }
        self.file(path, text.as_bytes());
    }

    fn file(&self, path: &str, bytes: &[u8]) {
        let path = self.0.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    }

    fn folder(&self, path: &str) {
        std::fs::create_dir_all(self.0.join(path)).expect("a folder");
    }
}

/// The policy that a folder holds for a bill.
fn found(root: &Path, bill: &str) -> Result<(), Errors> {
    let source = Source::new("bill.toml", bill.as_bytes().to_vec())?;
    let bill = bill::read(&source)?;
    let shelf = Shelf::open(root)?;
    match shelf.policy_for(&bill) {
        Ok(_) => Ok(()),
        Err(unfit) => Err(unfit.errors(&source, &bill)),
    }
}

const GOOD: &str = "policies/110000/employee/2005-01-01.toml";
const BILL: &str = "region = \"110000\"\nscheme = \"employee\"\nsetting = \"inpatient\"\n\
    days = { admission = 2005-06-01, discharge = 2005-06-15 }\nfacility = {}\nperson = { status = \"active\" }\n\
    cost = {}\n";
const VISIT_2004: &str = "region = \"110000\"\nscheme = \"employee\"\nsetting = \"outpatient\"\n\
    days = { service = 2004-12-31 }\nfacility = {}\nperson = { status = \"active\" }\ncost = {}\n";
const RESIDENT: &str = "region = \"110000\"\nscheme = \"resident\"\nsetting = \"outpatient\"\n\
    days = { service = 2005-06-01 }\nfacility = {}\nperson = { status = \"resident\" }\ncost = {}\n";
const SHANGHAI: &str = "region = \"310000\"\nscheme = \"employee\"\nsetting = \"outpatient\"\n\
    days = { service = 2005-06-01 }\nfacility = {}\nperson = { status = \"active\" }\ncost = {}\n";

const CASES: &[Case] = &[
    ("a good policy", |f| f.policy(GOOD, &[]), BILL),
    ("no folder", |_| {}, BILL),
    (
        "a file where the folder should be",
        |f| f.file("policies", b""),
        BILL,
    ),
    ("an empty folder", |f| f.folder("policies"), BILL),
    (
        "files that are called wrongly",
        |f| {
            f.policy("policies/Beijing/employee/2005-01-01.toml", &[]);
            f.policy("policies/110000/workers/2005-01-01.toml", &[]);
            f.policy("policies/110000/employee/2005.toml", &[]);
            f.policy("policies/110000/employee/20050101.toml", &[]);
            f.policy("policies/110000/employee/2005-02-30.toml", &[]);
        },
        BILL,
    ),
    (
        "a policy of another region",
        |f| {
            f.policy(GOOD, &[("region = \"110000\"", "region = \"310000\"")]);
        },
        BILL,
    ),
    (
        "a policy of another day",
        |f| {
            f.policy(
                GOOD,
                &[("effective = 2005-01-01", "effective = 2005-01-02")],
            );
        },
        BILL,
    ),
    (
        "a folder that is called like a policy",
        |f| f.folder(GOOD),
        BILL,
    ),
    (
        "a policy that is no text",
        |f| f.file(GOOD, b"schema = 1\nregion = \"\xb1\xb1\"\n"),
        BILL,
    ),
    ("a policy that is empty", |f| f.file(GOOD, b""), BILL),
    (
        "a policy that is wrong",
        |f| f.policy(GOOD, &[("\"85%\"", "\"850%\"")]),
        BILL,
    ),
    (
        "no policy for the region",
        |f| f.policy(GOOD, &[]),
        SHANGHAI,
    ),
    (
        "no policy for the scheme",
        |f| f.policy(GOOD, &[]),
        RESIDENT,
    ),
    (
        "no policy yet on the day",
        |f| f.policy(GOOD, &[]),
        VISIT_2004,
    ),
    (
        "a policy that had ended",
        |f| {
            f.policy(GOOD, &[("schema = 1", "schema = 1\nends = 2005-06-14")]);
        },
        BILL,
    ),
];

/// What only Unix has: a name that leads nowhere.
#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_cannot_be_opened() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("shelf-link/policies/110000/employee");
    std::fs::create_dir_all(&folder).expect("a folder");
    let link = folder.join("2005-01-01.toml");
    if link.symlink_metadata().is_err() {
        std::os::unix::fs::symlink("nowhere", &link).expect("a link");
    }
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("shelf-link/policies");
    let said = found(&root, BILL).expect_err("nothing to read").to_string();
    assert!(
        said.ends_with("2005-01-01.toml: cannot be opened: No such file or directory (os error 2)"),
        "{said}"
    );
}
