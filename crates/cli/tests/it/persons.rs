//! One person at the desk: a stay in parts, changes of the membership, grants, withdrawal, death; as transcripts in both languages.

use crate::agency::{Folder, PERSON, STATED};
use crate::transcripts::compare_with;

const LINES: &str = r#"
[[line]]
item = "XJ01CAA040A001010100001"
quantity = "3"
unit_price = "12.50"
day = 2024-03-02

[[line]]
item = "XA02BCP004A012010100004"
quantity = "2"
unit_price = "8.00"

[[line]]
item = "operation"
class = "A"
category = "service"
unit_price = "9000.00"
day = 2024-03-08
"#;

const UNKNOWN: &str = "[[line]]\nitem = \"X1\"\nunit_price = \"5.00\"\n\n\
                       [[line]]\nitem = \"X2\"\nunit_price = \"5.00\"\nday = 2024-03-04\n";
const WRONG: &str =
    "[[line]]\nitem = \"X1\"\nunit_price = \"5.00\"\nlimit = \"3.00\"\n[[line]]\nunit_price = 5\n";

/// An agency of Wuhan with the registers, the premiums of a quarter, and a person in hospital; the number of the stay.
fn admitted(folder: &Folder) -> u64 {
    folder.write("lines.toml", LINES);
    folder.write("unknown.toml", UNKNOWN);
    folder.write("wrong.toml", WRONG);
    folder.runs("init --region 420100");
    folder.runs("import facilities catalogues/facilities.csv");
    folder.runs("import catalogue catalogues/sample.csv");
    folder.runs("import persons catalogues/persons.csv");
    for month in ["2024-01", "2024-02", "2024-03"] {
        folder.runs(&format!("contribute --month {month} {STATED}"));
        folder.runs(&format!("credit --month {month}"));
    }
    let open = "--facility H42010600001 --from 2024-03-01 --request H42010600001:1";
    let told = folder.runs(&format!("visit open {PERSON} {open} --json"));
    let told: serde_json::Value = serde_json::from_str(&told).expect("it is JSON");
    told["visit"].as_u64().expect("a number")
}

/// A demonstration prints a person's number as the interface has it: the region's six digits and nineteen of the number.
#[test]
fn a_person_is_found_by_the_number_of_the_interface() {
    let folder = Folder::new();
    admitted(&folder);
    let told = folder.runs(&format!("statement {PERSON} --json"));
    let parsed: serde_json::Value = serde_json::from_str(&told).expect("it is JSON");
    let number = parsed["person"].as_u64().expect("a number");
    for named in [number.to_string(), format!("420100{number:019}")] {
        assert_eq!(folder.runs(&format!("statement {named} --json")), told);
        folder.runs(&format!("coverage {named} 2024-03-01"));
    }
    // Of another region it is nobody's here.
    let refused = folder.told("en", &[&format!("statement 110000{number:019}")]);
    assert!(
        refused.contains("is neither a person's number"),
        "{refused}"
    );
}

#[test]
fn a_stay_in_parts() {
    for lang in ["zh", "en"] {
        let folder = Folder::new();
        let visit = admitted(&folder);
        let stay = |verb: &str, rest: &str| format!("visit {verb} {PERSON} {visit} {rest}");
        let open = format!("visit open {PERSON} --facility H42010600001 --from 2024-03-01");
        let commands = [
            format!("{open} --request H42010600001:1"),
            format!("{open} --disease diabetes --request H42010600001:1"),
            stay("deposit", "--amount 2000 --on 2024-03-01"),
            stay("add", "lines.toml --on 2024-03-03"),
            stay("add", "unknown.toml --on 2024-03-03"),
            stay("add", "wrong.toml --on 2024-03-03"),
            stay("add", "unknown.toml --on 2024-03-03 --unknown-self-funded"),
            stay("remove", ""),
            stay("remove", "--line 5 --on 2024-03-03"),
            stay("remove", "--line 5 --on 2024-03-03"),
            stay("show", ""),
            stay("close", ""),
            stay("interim", "--until 2024-03-05"),
            stay("discharge", "--on 2024-02-05"),
            stay("discharge", "--on 2024-03-12"),
            format!("account show {PERSON}"),
            stay("close", "--trial"),
            stay("close", "--request H42010600001:2"),
            stay("close", "--request H42010600001:2"),
            stay("close", ""),
            stay("show", "--json"),
            format!("account show {PERSON} --json"),
            format!("reverse {PERSON} {}", visit + 5),
            format!("reverse {PERSON} {} --request H42010600001:3", visit + 7),
            format!("reverse {PERSON} {} --request H42010600001:3", visit + 7),
            format!("account show {PERSON}"),
        ];
        let commands: Vec<&str> = commands.iter().map(|line| line.trim_end()).collect();
        let told = folder.told(lang, &commands);
        compare_with(&format!("person-stay-{lang}"), &told);
        let audit: serde_json::Value =
            serde_json::from_str(&folder.runs("audit --json")).expect("it is JSON");
        assert_eq!(audit["clean"], true, "{audit}");
    }
}

#[test]
fn a_membership_changes() {
    for lang in ["zh", "en"] {
        let folder = Folder::new();
        folder.runs("init --region 420100");
        folder.runs("import facilities catalogues/facilities.csv");
        folder.runs("import persons catalogues/persons.csv");
        let member = |verb: &str, rest: &str| format!("member {verb} {PERSON} {rest}");
        let pay = |rest: &str| member("pay", &format!("{rest} {STATED}"));
        let commands = [
            member("change", "--from 2024-01-01"),
            member(
                "change",
                "--from 2024-01-01 --base 9000 --no-employer --request D:1",
            ),
            member(
                "change",
                "--from 2024-01-01 --base 9000 --no-employer --request D:1",
            ),
            member("change", "--from 2024-01-01 --base 9001 --request D:1"),
            member(
                "change",
                "--from 2024-02-01 --identities civil_servant;veteran",
            ),
            member("pay", "--month 2024-01"),
            pay("--month 2024-01 --to 2024-02 --paid 2024-02-10"),
            pay("--month 2024-02 --to 2024-04"),
            pay("--month 2024-02 --to 2024-04"),
            "credit --month 2024-01".to_owned(),
            member("register", "--kind disease --from 2024-01-01"),
            member(
                "register",
                "--kind disease --disease diabetes --from 2024-01-01",
            ),
            member(
                "register",
                "--kind disease --disease diabetes --from 2024-01-01",
            ),
            member(
                "register",
                "--kind long_term --in-region 310000 --from 2024-01-01",
            ),
            member(
                "change",
                "--from 2026-01-04 --status retired --retired 2026-01-03",
            ),
            member("leave", "--until 2010-06-30"),
            member("leave", "--until 2026-03-31 --json"),
            member("leave", "--until 2026-03-31"),
            format!("statement {PERSON}"),
        ];
        let commands: Vec<&str> = commands.iter().map(String::as_str).collect();
        let told = folder.told(lang, &commands);
        compare_with(&format!("person-membership-{lang}"), &told);
    }
}

/// In Shanghai relatives may use the account.
#[test]
fn a_family_and_what_it_inherits() {
    let (mother, son) = ("420103196802041032", "420111197204061097");
    for lang in ["zh", "en"] {
        let folder = Folder::new();
        folder.runs("init --region 310000");
        for (number, opening) in [(mother, 5000), (son, 0)] {
            let enrol = format!("enrol --identity-number {number} --name 李 --status active");
            folder.runs(&format!(
                "{enrol} --from 2024-01-01 --base 8000 --joining transfer_in --opening {opening}"
            ));
        }
        let give = format!("account grant {mother} --to {son} --on 2024-02-01 --amount");
        let told = folder.runs(&format!("{give} 1000 --request F:1 --json"));
        let told: serde_json::Value = serde_json::from_str(&told).expect("it is JSON");
        let grant = told["grant"].as_str().expect("a grant");
        let back = format!("account give-back {son} --grant {grant} --on 2024-02-03");
        let commands = [
            format!("{give} 6000"),
            format!("{give} 1000 --request F:1"),
            format!("{give} 250"),
            format!("account show {son}"),
            format!("account show {mother}"),
            "account give-back 1 --grant 17".to_owned(),
            back.clone(),
            back,
            format!("account show {mother} --json"),
            format!("account withdraw {mother} --amount 10 --on 2024-02-05"),
            format!("member died {mother} --on 2024-03-01"),
            format!("member died {mother} --on 2024-03-01 --heir {mother}"),
            format!("member died {mother} --on 2024-03-01 --heir {son}"),
            format!("member died {mother} --on 2024-03-01 --in-cash"),
            format!("account show {son}"),
            format!("member move-out {son} --until 2024-04-30 --to 420100"),
            format!("statement {son}"),
        ];
        let commands: Vec<&str> = commands.iter().map(String::as_str).collect();
        let told = folder.told(lang, &commands);
        compare_with(&format!("person-family-{lang}"), &told);
    }
}
