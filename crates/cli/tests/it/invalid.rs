//! A table of documents that are wrong in one place each: the schema refuses them, and so does the program.

use crate::schemas::{document, validator};
use crate::{root, yibao};

const BILL: &str = r#"
region = "110000"
scheme = "employee"
setting = "inpatient"
[days]
admission = 2005-06-01
discharge = 2005-06-15
[facility]
level = 3
[person]
status = "active"
[accounts]
current = "10.00"
[year]
stays = 1
[year.inpatient]
in_scope = 2000
[stay]
continuation = "transfer"
[cost]
in_scope = "50000.00"
"#;

/// What is replaced, by what, and why that is wrong.
const BILLS: &[(&str, &str, &str)] = &[
    ("region = \"110000\"\n", "", "no region"),
    ("\"110000\"", "\"11000\"", "five digits"),
    ("\"110000\"", "110000", "a number for a region"),
    ("\"employee\"", "\"worker\"", "no such scheme"),
    ("\"inpatient\"\n", "\"hospital\"\n", "no such setting"),
    (
        "\"inpatient\"\n",
        "\"outpatient\"\n",
        "the days of a stay for a visit",
    ),
    (
        "\"inpatient\"\n",
        "\"pharmacy\"\n",
        "a pharmacy setting without a pharmacy",
    ),
    ("discharge = 2005-06-15\n", "", "a stay without discharge"),
    ("2005-06-15", "\"15 June 2005\"", "a day in words"),
    ("2005-06-15", "\"2005-13-15\"", "a thirteenth month"),
    ("level = 3", "level = 4", "a fourth level"),
    ("level = 3", "level = \"3\"", "a level in quotes"),
    ("level = 3", "levle = 3", "an unknown key"),
    ("[person]\nstatus = \"active\"", "[person]", "no status"),
    (
        "\"active\"",
        "\"resident\"",
        "a resident in the employees' scheme",
    ),
    (
        "\"active\"",
        "\"active\"\nretired = 2001-01-01",
        "an active person with a day of retirement",
    ),
    (
        "\"active\"",
        "\"active\"\ncoverage = \"paused\"",
        "no such state of coverage",
    ),
    (
        "\"active\"",
        "\"active\"\ncoverage = [{ from = 2005-01-01 }]",
        "a spell without a state",
    ),
    ("\"10.00\"", "\"10.005\"", "three decimals"),
    ("\"10.00\"", "\"-10.00\"", "a negative amount"),
    ("\"10.00\"", "-10.00", "a negative number"),
    ("\"10.00\"", "\"1e3\"", "an exponent"),
    ("\"10.00\"", "\"10.00元\"", "a unit"),
    ("\"10.00\"", "\"100000000000\"", "above the largest amount"),
    ("stays = 1", "stays = -1", "negative stays"),
    ("stays = 1", "stays = 1.5", "half a stay"),
    ("[year.inpatient]", "[year.hospital]", "sums of no setting"),
    ("in_scope = 2000", "in_scop = 2000", "an unknown sum"),
    ("\"transfer\"", "\"pause\"", "no such continuation"),
    ("[cost]\nin_scope = \"50000.00\"", "", "no cost"),
    (
        "[cost]",
        "[[line]]\nitem = \"x\"\nclass = \"A\"\nunit_price = 1\n[cost]",
        "both sums and lines",
    ),
    (
        "[cost]\nin_scope = \"50000.00\"",
        "[[line]]\nitem = \"x\"\nclass = \"D\"\nunit_price = 1",
        "no such class",
    ),
    (
        "[cost]\nin_scope = \"50000.00\"",
        "[[line]]\nitem = \"x\"\nclass = \"A\"",
        "a line without a price",
    ),
    (
        "[cost]\nin_scope = \"50000.00\"",
        "[[line]]\nitem = \"x\"\nclass = \"A\"\nunit_price = 1\nquantity = 0",
        "a quantity of zero",
    ),
    (
        "[cost]\nin_scope = \"50000.00\"",
        "[[line]]\nitem = \"x\"\nclass = \"B\"\nunit_price = 1\nfirst_share = \"110%\"",
        "a share above all",
    ),
];

/// In the policy of Beijing, 2005.
const POLICIES: &[(&str, &str, &str)] = &[
    ("schema = 1", "schema = 2", "another version of the form"),
    ("effective = 2005-01-01\n", "", "no first day"),
    ("zh = \"北京市\", ", "", "a name in one language"),
    (
        "cite = \"READING\"\nstanding = \"unconfirmed\"\n\n[coverage]",
        "cite = \"READING\"\n\n[coverage]",
        "no standing",
    ),
    (
        "starts = \"01-01\"",
        "starts = \"02-30\"",
        "no such day in every year",
    ),
    (
        "line = \"half_up\"",
        "line = \"nearest\"",
        "no such rounding",
    ),
    ("payer = \"pooled\"", "payer = \"cash\"", "no fund"),
    (
        "payer = \"pooled\"",
        "payer = \"pooled\"\nfunds = \"none\"",
        "a fund and none",
    ),
    ("age = \"..69\"", "age = \"up to 69\"", "an age in words"),
    ("levels = [3]", "levels = [4]", "a fourth level"),
    (
        "[\"1300元\", \"650元\"]",
        "[\"1300元\", 650]",
        "a bare number",
    ),
    ("[\"1300元\", \"650元\"]", "[]", "no figure"),
    ("\"2000元\"", "\"2000\"", "no unit"),
    ("\"2000元\"", "\"2,000元\"", "a comma"),
    ("per = \"stay\"", "per = \"month\"", "no such period"),
    (
        "per = \"stay\"",
        "per = \"stay\"\nperiod = \"again\"",
        "a period without days",
    ),
    ("over = \"0元\"", "above = \"0元\"", "an unknown key"),
    ("\"3\" = \"85%\"", "\"3\" = \"0.85\"", "a decimal ratio"),
    ("\"3\" = \"85%\"", "\"3\" = \"185%\"", "a ratio above all"),
    (
        "own_times = \"60%\"",
        "own_times = \"60%\"\npoints = \"+5%\"",
        "two changes in one row",
    ),
    (
        "own_times = \"60%\"",
        "points = \"5%\"",
        "points without a direction",
    ),
    ("basis = \"fund\"", "basis = \"money\"", "no such basis"),
    (
        "bands = [{ ratio = \"70%\" }]",
        "bands = []",
        "a layer without bands",
    ),
    (
        "cap_basis = \"fund\"\n",
        "",
        "a cap of a layer without its basis",
    ),
    (
        "base = [\"over_cap\"]",
        "base = [\"overcap\"]",
        "no such own part",
    ),
    (
        "after = [\"current\", \"prior\"]",
        "after = [\"current\", \"current\"]",
        "a part twice",
    ),
    ("along = \"band\"", "along = \"time\"", "no such claim"),
    ("sex = \"male\"", "sex = \"man\"", "no such sex"),
    ("years = 25", "years = 61", "more years than a life of work"),
    (
        "years = 25",
        "years = 25\nreally_paid_years = \"ten\"",
        "years in words",
    ),
    (
        "# ── 缺口 ──",
        "[[waiting]]\nstatus = \"flexible\"\njoining = [\"newborn\"]\nmonths = 6\ncounts_from = \"payment\"\ncite = \"R68\"\nstanding = \"law\"\n",
        "a wait of newborns",
    ),
    (
        "# ── 缺口 ──",
        "[[waiting]]\nstatus = \"flexible\"\njoining = [\"first\"]\nmonths = 6\nfrom_month = 7\ncounts_from = \"payment\"\ncite = \"R68\"\nstanding = \"law\"\n",
        "a wait told twice",
    ),
    (
        "# ── 缺口 ──",
        "[[arrears]]\nstatus = \"active\"\nsuspended_from_month = 0\nrestores = \"payment\"\ncite = \"R68\"\nstanding = \"law\"\n",
        "a month before the first",
    ),
    (
        "# ── 缺口 ──",
        "[[arrears]]\nstatus = \"active\"\nsuspended_from_month = 1\nrepair_days = 60\nrepair_months = 2\nrestores = \"payment\"\ncite = \"R68\"\nstanding = \"law\"\n",
        "two times for repair",
    ),
    (
        "# ── 缺口 ──",
        "[newborn]\npaid_within_days = 90\ncite = \"R68\"\nstanding = \"law\"\n",
        "newborns paid for late, forgotten",
    ),
    (
        "# ── 缺口 ──",
        "[[interest]]\nparts = []\nrate = \"demand\"\nevery = \"year\"\ncite = \"R68\"\nstanding = \"law\"\n",
        "interest of nothing",
    ),
    (
        "# ── 缺口 ──",
        "[[interest]]\nparts = [\"current\"]\nrate = \"demand\"\nevery = \"month\"\ncite = \"R68\"\nstanding = \"law\"\n",
        "interest by the month",
    ),
    (
        "# ── 缺口 ──",
        "[[account_keeping]]\ncredit_by_day = 5\non_death = \"heirs\"\ncite = \"R68\"\nstanding = \"law\"\n",
        "two rules in one row",
    ),
    (
        "# ── 缺口 ──",
        "[[account_keeping]]\ncredit_by_day = 29\ncite = \"R68\"\nstanding = \"law\"\n",
        "a day that not every month has",
    ),
];

/// In a case file.
const CASES: &[(&str, &str, &str)] = &[
    ("source = \"arithmetic\"\n", "", "no source"),
    ("pooled = \"47000\"", "poold = \"47000\"", "no such figure"),
    ("pooled = \"47000\"", "pooled = \"47,000\"", "a comma"),
    (
        "pooled = \"47000\"",
        "refused = \"no_money\"",
        "no such refusal",
    ),
    (
        "[case.expected]\npooled = \"47000\"",
        "",
        "nothing is expected",
    ),
    (
        "[case.expected]\npooled = \"47000\"",
        "[case.expected]",
        "an empty expectation",
    ),
    (
        "name = \"a\"",
        "name = \"a\"\nwrong = \"a slip\"",
        "a wrong source without its figures",
    ),
    ("level = 3", "levle = 3", "an unknown key in the bill"),
];

/// A name, a wrong document, and how the program is asked about it.
fn refused(form: &str, good: &str, table: &[(&str, &str, &str)], ask: impl Fn(&str) -> bool) {
    let validator = validator(form);
    assert!(
        validator.is_valid(&document("good.toml", good)),
        "{form}: the good one is refused by its schema"
    );
    assert!(!ask(good), "{form}: the good one is refused by the program");
    for (from, to, why) in table {
        assert!(
            good.contains(from),
            "{form}, {why}: `{from}` is not in the good one"
        );
        let bad = good.replacen(from, to, 1);
        assert!(
            !validator.is_valid(&document("bad.toml", &bad)),
            "{form}: the schema allows {why}"
        );
        assert!(ask(&bad), "{form}: the program allows {why}");
    }
}

#[test]
fn wrong_bills() {
    refused("bill", BILL, BILLS, |bill| {
        yibao(&["settle", "-"], bill).code == Some(1)
    });
}

#[test]
fn wrong_policies() {
    let good = root().join("policies/110000/employee/2005-01-01.toml");
    let good = std::fs::read_to_string(good).expect("the policy is there");
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("wrong-policy.toml");
    refused("policy", &good, POLICIES, |policy| {
        std::fs::write(&path, policy).expect("the folder is ours");
        yibao(&["policy", "check", &path.to_string_lossy()], "").code == Some(1)
    });
}

#[test]
fn wrong_case_files() {
    let bill = BILL.replace("\n[", "\n[case.bill.");
    let good = format!(
        "[[case]]\nname = \"a\"\nsource = \"arithmetic\"\n[case.bill]{bill}[case.expected]\npooled = \"47000\"\n"
    );
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("wrong-case.toml");
    refused("case", &good, CASES, |case| {
        std::fs::write(&path, case).expect("the folder is ours");
        // A case that can be read may still differ: then it is listed, not told as an error.
        yibao(&["--lang", "en", "verify", &path.to_string_lossy()], "")
            .err
            .contains("error")
    });
}
