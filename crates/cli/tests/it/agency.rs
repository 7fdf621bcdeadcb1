//! The agency's commands, in a folder of their own: registers taken in, months, visits, books, backups; all figures are the same each time.

use std::path::{Path, PathBuf};

use crate::transcripts::{compare_with, stable};
use crate::{root, yibao_in};

/// A folder with the shipped policies and catalogues and a key that is no secret, so that persons have the same numbers each time.
pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    pub(crate) fn new() -> Folder {
        let folder = tempfile::tempdir().expect("a folder");
        for shipped in ["policies", "catalogues"] {
            let link = folder.path().join(shipped);
            std::os::unix::fs::symlink(root().join(shipped), link).expect("the folder is ours");
        }
        let folder = Folder(folder);
        folder.write("yibao-data.key", &format!("{}\n", "07".repeat(64)));
        folder
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path().join(name);
        std::fs::write(&path, text).expect("the folder is ours");
        path
    }

    /// The commands and all they print, with the ends of chains left out: sealed names differ each time.
    pub(crate) fn told(&self, lang: &str, commands: &[&str]) -> String {
        let mut text = String::new();
        for line in commands {
            let mut args = vec!["--lang", lang];
            args.extend(line.split_whitespace());
            let ran = yibao_in(self.path(), &args, "");
            text.push_str(&format!("$ yibao {line}\n{}", without_hashes(&ran.out)));
            text.push_str(&without_hashes(&ran.err));
            if ran.code != Some(0) {
                text.push_str(&format!("[exit code {:?}]\n", ran.code.unwrap_or(-1)));
            }
            text.push('\n');
        }
        text
    }

    /// Runs a command that must succeed, and returns what it printed.
    pub(crate) fn runs(&self, line: &str) -> String {
        let mut args = vec!["--lang", "en"];
        args.extend(line.split_whitespace());
        let ran = yibao_in(self.path(), &args, "");
        assert_eq!(ran.code, Some(0), "{line}\n{}{}", ran.out, ran.err);
        ran.out
    }
}

fn without_hashes(text: &str) -> String {
    let shown = |word: &str| {
        let bare = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        let hash = bare.len() == 64 && bare.chars().all(|c| c.is_ascii_hexdigit());
        if hash {
            word.replace(bare, "…")
        } else {
            word.to_owned()
        }
    };
    let lines = stable(text);
    let lines = lines.lines().map(|line| {
        let words: Vec<String> = line.split(' ').map(shown).collect();
        words.join(" ") + "\n"
    });
    lines.collect()
}

const BILL: &str = "region = \"420100\"\nscheme = \"employee\"\nsetting = \"outpatient\"\n[days]\nservice = 2024-03-20\n\
                    [facility]\nlevel = 3\n[person]\nstatus = \"active\"\n[cost]\nin_scope = \"1300.00\"\n";
/// Of the registers: 王建国, in active employment.
pub(crate) const PERSON: &str = "42010219660103100X";
/// What the collector reports where the policy has no rows.
pub(crate) const STATED: &str = "--stated employer:pooled:8% --stated person:account:2%";

#[test]
fn a_quarter_of_an_agency() {
    for lang in ["zh", "en"] {
        let folder = Folder::new();
        folder.write("bill.toml", BILL);
        let contribute = |month: &str| format!("contribute --month {month} {STATED}");
        let months = ["2024-01", "2024-02", "2024-03"].map(contribute);
        let premiums = format!("import premiums --keep-good {STATED} catalogues/premiums.csv");
        let settle = format!("visit settle {PERSON} bill.toml --facility H42010600001");
        let (trial, once) = (
            format!("{settle} --trial"),
            format!("{settle} --request H1:1"),
        );
        let forecast = format!("forecast {PERSON} --amount 900 --facility H42010600001");
        let commands = [
            "init --region 420100",
            "import employers catalogues/employers.csv",
            "import facilities catalogues/facilities.csv",
            "import catalogue catalogues/sample.csv",
            "import persons catalogues/persons.csv",
            "import persons catalogues/persons.csv",
            "import registrations catalogues/registrations.csv",
            &premiums,
            &premiums,
            &months[0],
            "credit --month 2024-01 --on 2024-02-05",
            &months[1],
            "credit --month 2024-02 --on 2024-03-05",
            &months[2],
            "contribute --month 2024-03",
            "contribute --year 2024 --stated person:pooled:380 --stated government:pooled:640",
            &trial,
            &once,
            &once,
            &format!("coverage {PERSON} 2024-03-20"),
            &format!("coverage {PERSON} 2025-03-20"),
            &format!("{forecast} --on 2024-03-21"),
            &format!("statement {PERSON}"),
            &format!("statement {PERSON} --from 2024-03-01 --show-name"),
            &format!("reverse {PERSON} 1"),
            "interest --until 2024-06-30",
            "close-year --year 2025-01-01",
            "funds",
            "funds --from 2024-02 --to 2024-02",
            "audit",
            "backup copy",
            "backup copy",
            "restore copy",
            "restore copy --data second --key yibao-data.key",
            "funds --data second --key yibao-data.key --from 2024-03 --to 2024-03",
            "audit --data second --key yibao-data.key",
        ];
        compare_with(
            &format!("agency-quarter-{lang}"),
            &folder.told(lang, &commands),
        );
    }
}

/// Beijing's accounts are credited by the fifth of the month.
#[test]
fn whoever_can_wait_for_the_next_credit_is_told() {
    let folder = Folder::new();
    folder.write(
        "facilities.csv",
        "code,name,region,kind,level,agreement_from\nH11010500001,朝阳医院,110105,general,3,2020-01-01\n",
    );
    let enrol =
        "enrol --identity-number 11010519491231002X --name 赵 --status retired --from 2024-01-01";
    let enrol = format!("{enrol} --retired 2009-12-31 --earlier-months 360 --joining transfer_in");
    let forecast = "forecast 11010519491231002X --facility H11010500001 --on 2024-12-03 --amount";
    let late = forecast.replace("2024-12-03", "2024-12-06");
    let commands = [
        "init --region 110000",
        "import facilities facilities.csv",
        &enrol,
        &format!("{forecast} 2000"),
        &format!("{late} 2000"),
        "credit --month 2024-12",
        &format!("{forecast} 2000"),
        &format!("{forecast} 50 --json"),
        "statement 11010519491231002X",
    ];
    let mut text = folder.told("en", &commands);
    let late = late.replace("2024-12-06", "2025-01-06");
    let chinese = [format!("{forecast} 2000"), format!("{late} 2000")];
    text.push_str(&folder.told("zh", &[&chinese[0], &chinese[1]]));
    compare_with("agency-forecast", &text);
}

#[test]
fn a_settlement_that_is_taken_back_leaves_the_account_as_it_was() {
    let folder = Folder::new();
    folder.write("bill.toml", BILL);
    folder.runs("init --region 420100");
    folder.runs("import facilities catalogues/facilities.csv");
    folder.runs("import persons catalogues/persons.csv");
    folder.runs(&format!("contribute --month 2024-03 {STATED}"));
    folder.runs("credit --month 2024-03");
    let state = || {
        let text = folder.runs(&format!("statement {PERSON} --json"));
        let value: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
        value["lines"]
            .as_array()
            .and_then(|lines| lines.last().cloned())
            .expect("a line")
    };
    let before = state();
    let settle = format!("visit settle {PERSON} bill.toml --facility H42010600001 --json");
    let settled: serde_json::Value =
        serde_json::from_str(&folder.runs(&settle)).expect("it is JSON");
    let after = state();
    assert_eq!(before["current"], "104.00");
    assert_eq!(
        (&after["current"], &after["out"]),
        (&"0.00".into(), &"104.00".into())
    );
    folder.runs(&format!("reverse {PERSON} {}", settled["entry"]));
    let back = state();
    assert_eq!(
        (&back["current"], &back["in"]),
        (&"104.00".into(), &"104.00".into())
    );
}

/// Sums by day; then the institution's rows, of which one is lacking, one differs and one is nobody's.
#[test]
fn an_institution_is_reconciled_from_months_to_bills() {
    let folder = Folder::new();
    folder.write("bill.toml", BILL);
    folder.write("none.txt", "");
    folder.runs("init --region 420100");
    folder.runs("import facilities catalogues/facilities.csv");
    folder.runs("import persons catalogues/persons.csv");
    folder.runs(&format!("contribute --month 2024-03 {STATED}"));
    let settle = |key: &str| {
        let line = format!("visit settle {PERSON} bill.toml --facility H42010600001");
        let told = folder.runs(&format!("{line} --request H42010600001/2207/{key} --json"));
        let told: serde_json::Value = serde_json::from_str(&told).expect("it is JSON");
        told["entry"].clone()
    };
    let _ = settle("m1");
    let _ = settle("m2");
    let last = settle("m3");
    folder.runs(&format!("reverse {PERSON} {last} --on 2024-03-20"));
    let reconcile = "reconcile --institution H42010600001 --month 2024-03";
    let mut text = folder.told("zh", &[reconcile]);
    // Without rows of its own an institution lacks everything: so all of ours is told.
    let all = folder.told("en", &[&format!("{reconcile} --their none.txt --json")]);
    let all = all.trim_start_matches(|c| c != '{');
    let all = all.split("[exit code 1]").next().unwrap_or_default();
    let all: serde_json::Value = serde_json::from_str(all).expect("it is JSON");
    let bills = all["differences"]["bills"].as_array().expect("bills");
    assert_eq!(bills.len(), 4);
    let row = |bill: &serde_json::Value| {
        let ours = &bill["ours"][0];
        let amounts = &ours["amounts"];
        let told = [
            &ours["settlement"],
            &ours["visit"],
            &ours["person"],
            &amounts["total"],
            &amounts["funds"],
            &amounts["account"],
        ];
        let cells = told.map(|cell| cell.as_str().unwrap_or_default());
        format!(
            "{}\t{}\n",
            cells.join("\t"),
            u8::from(ours["refund"] == true)
        )
    };
    let rows: Vec<String> = bills.iter().map(row).collect();
    folder.write("all.txt", &rows.concat());
    let other = rows[1]
        .replacen("\t0\n", "\tnull\n", 1)
        .replacen(".00\t", ".01\t", 1);
    let unknown = "S1\tV1\tP1\t10.00\t0.00\t10.00\t0\n";
    folder.write(
        "some.txt",
        &[rows[0].as_str(), &other, &rows[2], unknown].concat(),
    );
    folder.write("bad.txt", "S1\tV1\tP1\t10.001\t0.00\tx\t0\n");
    let with = |file: &str| format!("{reconcile} --their {file}");
    text += &folder.told(
        "en",
        &[&with("all.txt"), &with("some.txt"), &with("bad.txt")],
    );
    text += &folder.told("zh", &[&with("some.txt")]);
    compare_with("agency-reconciled", &text);
}

#[test]
fn bad_rows_are_told_by_line_and_the_good_ones_taken_only_when_asked() {
    let folder = Folder::new();
    folder.write(
        "persons.csv",
        "identity_number,name,status,wage,from\n\
         42010219660103100X,王建国,active,5200.00,2010-07-01\n\
         420102196601031008,李一,active,5200.00,2010-07-01\n\
         420103196802041032,李磊,working,,2010-13-01\n",
    );
    folder.write(
        "premiums.csv",
        "identity_number,month,base,paid\n\
         42010219660103100X,2024-01,5200.00,2024-01-11\n\
         420103196802041032,2024-01,5813.37,2024-01-11\n",
    );
    folder.write("nothing.csv", "");
    folder.write("odd.csv", "name,colour\n王,红\n");
    let premiums = format!("import premiums {STATED} premiums.csv");
    let commands = [
        "init --region 420100 --json",
        "import persons persons.csv",
        "import persons --keep-good persons.csv",
        "import persons --keep-good persons.csv",
        &premiums,
        &premiums.replace("import", "import --keep-good"),
        "import premiums premiums.csv",
        "import persons nothing.csv odd.csv",
        "import persons nowhere.csv",
        "import employers --national catalogues/national/drugs.txt",
        "import catalogue --national catalogues/national/insured-items.txt catalogues/national/price-limits.txt \
         catalogues/national/first-shares.txt catalogues/national/drugs.zip",
        "import catalogue --national catalogues/national/insured-items.txt catalogues/national/price-limits.txt \
         catalogues/national/first-shares.txt catalogues/national/drugs.zip",
        "import catalogue --national catalogues/sample.csv",
        "import persons --json persons.csv",
    ];
    compare_with("agency-bad-rows", &folder.told("en", &commands));
}

#[test]
fn what_an_agency_refuses() {
    let folder = Folder::new();
    folder.write("bill.toml", BILL);
    let enrol = "enrol --identity-number 42010219660103100X --name 王建国 --status active --from 2024-01-01";
    let joined = format!("{enrol} --base 8000 --joining transfer_in --opening 100");
    let settle = |facility: &str| format!("visit settle {PERSON} bill.toml --facility {facility}");
    let commands = [
        "funds",
        "init",
        "init --region 420100",
        "init --region 420100",
        &joined,
        &joined,
        "enrol --identity-number 420102196601031001 --name 王 --status active --from 2024-01-01",
        "enrol --identity-number 42010219660103100X --name 王 --status employed --from 2024-01-01",
        "contribute",
        "contribute --month 2024-13",
        "contribute --month 2024-01",
        "contribute --month 2024-01 --stated nobody:pooled:8%",
        "contribute --month 2024-01 --stated employer:pooled:8",
        "credit --month 2024-01",
        &settle("H42010600001"),
        "statement 17",
        "statement nobody",
        "statement 420103196802041032",
        &format!("statement {PERSON}"),
        &format!("reverse {PERSON} 1"),
        "restore nowhere",
        "init --region 310000",
        "funds",
        "funds --region 110000",
        "funds --region 310000",
        "funds --key nowhere.key --region 310000",
    ];
    for lang in ["zh", "en"] {
        let folder = if lang == "zh" {
            &folder
        } else {
            &Folder::new()
        };
        folder.write("bill.toml", BILL);
        compare_with(
            &format!("agency-refuses-{lang}"),
            &folder.told(lang, &commands),
        );
    }
}

#[test]
fn a_second_process_is_kept_out() {
    let folder = Folder::new();
    folder.runs("init --region 420100");
    let owned = store::Directory::open(&folder.path().join("yibao-data")).expect("nobody has it");
    let mut text = folder.told("en", &["funds", "credit --month 2024-01"]);
    text.push_str(&folder.told("zh", &["funds"]));
    drop(owned);
    text.push_str(&folder.told("en", &["funds"]));
    compare_with("agency-second-process", &text);
}

#[test]
fn a_changed_backup_is_not_restored() {
    let folder = Folder::new();
    folder.runs("init --region 420100");
    folder.runs("import persons catalogues/persons.csv");
    folder.runs("backup copy");
    let manifest = folder.path().join("copy/manifest.json");
    let whole = std::fs::read_to_string(&manifest).expect("it is there");
    let mut text = String::new();
    for changed in [
        whole.replacen("\"entries\": ", "\"entries\": 1", 2),
        whole.replacen("\"number\": 0", "\"number\": 7", 1),
        whole.replacen("\"form\": 1", "\"form\": 2", 1),
        "{".to_owned(),
    ] {
        folder.write("copy/manifest.json", &changed);
        text.push_str(&folder.told("en", &["restore copy --data second"]));
        assert!(
            !folder.path().join("second").exists(),
            "nothing is left behind"
        );
    }
    folder.write("copy/manifest.json", &whole);
    folder.runs("restore copy --data second --key yibao-data.key");
    compare_with("agency-changed-backup", &text);
}

/// The same seed gives the same books to the last byte of every lane; another seed gives others; and they stand the audit.
#[test]
fn a_demonstration_is_the_same_each_time() {
    let folder = Folder::new();
    let ends = |seed: u32, data: &str| {
        let line = format!("demo --persons 1500 --months 3 --seed {seed} --data {data} --json");
        let value: serde_json::Value =
            serde_json::from_str(&folder.runs(&line)).expect("it is JSON");
        for kind in ["enrolled", "premium", "credit", "settlement", "death"] {
            assert!(value["kinds"][kind].as_u64() > Some(0), "{kind}: {value}");
        }
        value["lanes"].clone()
    };
    let first = ends(4, "one");
    assert_eq!(first, ends(4, "two"));
    assert_ne!(first, ends(5, "three"));
    let audit: serde_json::Value =
        serde_json::from_str(&folder.runs("audit --data one --json")).expect("it is JSON");
    assert_eq!(audit["clean"], true, "{audit}");
}
