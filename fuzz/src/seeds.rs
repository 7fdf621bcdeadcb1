//! The shipped policies, cases and bills: seeds of the corpora, and the policies under which bills are settled.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use domain::Plan;
use policy::{PolicyFile, Source};

/// The project's folder.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The shipped policies, as texts.
pub fn policies() -> &'static [String] {
    static POLICIES: OnceLock<Vec<String>> = OnceLock::new();
    POLICIES.get_or_init(|| texts(&root().join("policies"), is_policy))
}

/// The shipped policies, compiled, and each once more with the switches the other way: no shipped one splits a stay by
/// day, or rounds band by band, or upwards.
pub fn plans() -> &'static [Plan] {
    static PLANS: OnceLock<Vec<Plan>> = OnceLock::new();
    PLANS.get_or_init(|| {
        let shipped = policies().iter().map(|text| plan(text));
        let switched = policies().iter().map(|text| plan(&switched(text)));
        shipped.chain(switched).collect()
    })
}

fn switched(text: &str) -> String {
    let switches = [
        ("cross = \"discharge\"", "cross = \"split_by_day\""),
        ("line = \"half_up\"", "line = \"half_even\""),
        ("fund = \"half_up\"", "fund = \"up\""),
        ("boundary = \"half_up\"", "boundary = \"down\""),
        ("bands = \"sum\"", "bands = \"each\""),
    ];
    switches.iter().fold(text.to_owned(), |text, (one, other)| {
        text.replace(one, other)
    })
}

fn plan(text: &str) -> Plan {
    let source = Source::new("policy.toml", text.as_bytes().to_vec()).expect("a text");
    PolicyFile::read(&source)
        .expect("a shipped policy is good")
        .plan
}

/// The shipped case files.
pub fn case_files() -> Vec<String> {
    texts(&root().join("policies"), is_case_file)
}

/// Bills in TOML and JSON: those to try, those with every key, and those of the shipped cases.
pub fn bills() -> Vec<String> {
    let mut bills = texts(&root().join("examples"), |_| true);
    bills.extend(texts(&root().join("fuzz/seeds"), |_| true));
    for text in case_files() {
        bills.extend(text.split("[[case]]").filter_map(bill_of_case));
    }
    bills
}

/// The bill of a case, as a text of its own.
fn bill_of_case(case: &str) -> Option<String> {
    let (_, bill) = case.split_once("[case.bill]\n")?;
    let (bill, _) = bill.split_once("[case.expected]").unwrap_or((bill, ""));
    Some(bill.replace("case.bill.", ""))
}

/// The shipped registers and the sample catalogue, each in pieces with its header: small seeds are mutated better.
pub fn registers() -> Vec<String> {
    let csv = |path: &Path| path.extension().is_some_and(|end| end == "csv");
    let mut pieces = Vec::new();
    for text in texts(&root().join("catalogues"), csv) {
        let mut lines = text.lines();
        let header = lines.next().unwrap_or_default();
        let rows: Vec<&str> = lines.collect();
        for few in rows.chunks(6) {
            pieces.push(format!("{header}\n{}\n", few.join("\n")));
        }
    }
    pieces
}

/// The shipped national lists, each alone and all of them together, divided by `#`.
pub fn national() -> Vec<String> {
    let txt = |path: &Path| path.extension().is_some_and(|end| end == "txt");
    let mut lists = texts(&root().join("catalogues/national"), txt);
    lists.push(lists.join("#"));
    lists
}

/// So many bills are settled under each policy that still reads: enough to reach every stage, few enough to be quick.
const GOOD: usize = 24;

/// Good bills, read: those to try and with every key, then some of the cases.
pub fn good_bills() -> &'static [domain::Bill] {
    static BILLS: OnceLock<Vec<domain::Bill>> = OnceLock::new();
    BILLS.get_or_init(|| {
        let good = bills().into_iter().filter_map(|text| bill(&text));
        good.take(GOOD).collect()
    })
}

fn bill(text: &str) -> Option<domain::Bill> {
    let source = Source::new("-", text.as_bytes().to_vec()).ok()?;
    policy::bill::read(&source).ok()
}

fn is_case_file(path: &Path) -> bool {
    let in_cases = path
        .parent()
        .is_some_and(|folder| folder.ends_with("cases"));
    in_cases || path.ends_with("case.toml")
}

/// A national frame settles nothing.
fn is_policy(path: &Path) -> bool {
    let national = path
        .parent()
        .is_some_and(|folder| folder.ends_with("national"));
    !national && !is_case_file(path)
}

/// The texts of all files below a folder, in the order of their paths.
fn texts(folder: &Path, wanted: impl Fn(&Path) -> bool + Copy) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder of the project");
    let mut paths: Vec<PathBuf> = entries.filter_map(|e| Some(e.ok()?.path())).collect();
    paths.sort();
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            found.extend(texts(&path, wanted));
        } else if wanted(&path) {
            found.extend(std::fs::read_to_string(&path));
        }
    }
    found
}

/// Writes seeds into the corpus of the target, which libFuzzer is about to read; those that are there already stay.
pub fn plant<T: AsRef<[u8]>>(target: &str, seeds: impl IntoIterator<Item = T>) {
    let corpus = std::env::args().skip(1).map(PathBuf::from);
    let Some(corpus) = corpus
        .into_iter()
        .find(|p| p.is_dir() && p.ends_with(target))
    else {
        return;
    };
    for (number, seed) in seeds.into_iter().enumerate() {
        let path = corpus.join(format!("seed-{number:03}"));
        if !path.exists() {
            // Without this seed the round is poorer, not wrong.
            let _ = std::fs::write(path, seed);
        }
    }
}
