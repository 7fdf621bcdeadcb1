//! `Anchor`: published worked examples, settled by the model alone, so that it rests on more than our own reading.
//! Each is a small policy and bill; the names are those of the collection of published examples.

use crate::bill::Bill;
use crate::chain::{self, Amounts};
use crate::rule::Rule;
use crate::seen::Seen;
use crate::tree::Tree;

const HEAD: &str = r#"
[year]
starts = "01-01"
cross = "discharge"
age_on = "service"
[coverage]
days = "both"
[rounding]
line = "half_up"
fund = "half_up"
boundary = "half_up"
bands = "sum"
[place]
known = ["home"]
[[setting]]
id = "inpatient"
payer = "pooled"
[[setting]]
id = "outpatient"
payer = "pooled"
[[facility]]
id = "any"
[[person]]
id = "active"
status = ["active", "resident"]
[[person]]
id = "retired"
status = ["retired"]
"#;

const STAY: &str = r#"
region = "990000"
setting = "inpatient"
[days]
admission = 2023-03-01
discharge = 2023-03-11
[facility]
level = 3
"#;

const VISIT: &str = r#"
region = "990000"
setting = "outpatient"
[days]
service = 2023-03-01
[facility]
level = 3
"#;

const ACTIVE: &str = "[person]\nstatus = \"active\"\n";
const RETIRED: &str = "[person]\nstatus = \"retired\"\n";

/// Settles by the rows of a policy and the tables of a bill; both texts without their heads.
fn settled(rows: &str, bill: &[&str]) -> Amounts {
    let rule = Rule::of(Tree::read(&format!("{HEAD}{rows}")).expect("a policy"));
    let bill = Bill::of(Tree::read(&bill.concat()).expect("a bill"));
    chain::settle(&rule, &bill, &mut Seen::default()).expect("a settlement")
}

/// Amounts expected, in fen.
fn expect(found: &Amounts, expected: &[(&str, i128)]) {
    for (name, fen) in expected {
        assert_eq!(found.get(name), *fen, "{name} of {found:?}");
    }
}

fn funds(found: &Amounts) -> i128 {
    [
        "pooled",
        "large_amount",
        "catastrophic",
        "retiree_supplement",
        "medical_aid",
        "tilted_aid",
    ]
    .iter()
    .map(|f| found.get(f))
    .sum()
}

#[test]
fn qingyuan_2023_ip_chain() {
    let rows = r#"
[[deductible]]
per = "stay"
amount = "1200元"
[[band]]
origin = "absolute"
accumulates = "stay"
over = "0元"
ratio = "91%"
[[cap]]
per = "year"
basis = "fund"
amount = "6.5万元"
[[layer]]
kind = "large_amount"
base = ["over_cap"]
over = "0元"
origin = "absolute"
accumulates = "year"
bands = [{ ratio = "95%" }]
cap = "60万元"
cap_basis = "cost"
[[layer]]
kind = "catastrophic"
base = ["own_share", "large_own_share"]
over = "14370元"
origin = "above_deductible"
accumulates = "year"
bands = [{ ratio = "60%" }]
cap = "none"
"#;
    let found = settled(rows, &[STAY, ACTIVE, "[cost]\nin_scope = 300000\n"]);
    expect(
        &found,
        &[
            ("deductible", 120_000),
            ("pooled", 6_500_000),
            ("large_amount", 21_600_286),
        ],
    );
    expect(&found, &[("catastrophic", 205_628), ("cash", 1_694_086)]);
    assert_eq!(funds(&found), 28_305_914);
}

#[test]
fn chongqing_yubei_2023_aid() {
    let rows = r#"
[[deductible]]
per = "stay"
amount = "300元"
[[band]]
origin = "above_deductible"
accumulates = "stay"
over = "0元"
ratio = "70%"
[[cap]]
per = "year"
basis = "fund"
amount = "none"
[[layer]]
kind = "medical_aid"
base = ["deductible", "own_share"]
over = "0元"
origin = "absolute"
accumulates = "visit"
bands = [{ ratio = "70%" }]
cap = "none"
[[layer]]
kind = "tilted_aid"
base = ["deductible", "own_share"]
over = "3000元"
origin = "above_deductible"
accumulates = "visit"
bands = [{ ratio = "60%" }]
cap = "none"
"#;
    let cost =
        "[person]\nstatus = \"resident\"\n[cost]\nself_funded = 2000\nin_scope = \"50000\"\n";
    let found = settled(rows, &[STAY, cost]);
    expect(
        &found,
        &[
            ("pooled", 3_479_000),
            ("medical_aid", 1_064_700),
            ("tilted_aid", 93_780),
            ("cash", 562_520),
        ],
    );
}

const RESIDENT_TABLE: &str = r#"
[[band]]
origin = "absolute"
accumulates = "stay"
over = "0元"
upto = "1万元"
ratio = "80%"
[[band]]
origin = "absolute"
accumulates = "stay"
over = "1万元"
upto = "3万元"
ratio = "85%"
[[band]]
origin = "absolute"
accumulates = "stay"
over = "3万元"
ratio = "90%"
[[cap]]
per = "year"
basis = "fund"
amount = "6万元"
[[deductible]]
per = "stay"
"#;

#[test]
fn resident_table_level_3() {
    let first = format!("{RESIDENT_TABLE}amount = [\"400元\", \"70%\", \"50%\"]\n");
    let second = format!("{RESIDENT_TABLE}amount = [\"200元\", \"70%\", \"50%\"]\n");
    let cost = "[person]\nstatus = \"resident\"\n[cost]\nin_scope = 30000\n";
    let stays = |n: u32| format!("[year]\nstays = {n}\n");
    expect(
        &settled(&first, &[STAY, cost]),
        &[("deductible", 40_000), ("pooled", 2_468_000)],
    );
    expect(
        &settled(&first, &[STAY, cost, &stays(2)]),
        &[("deductible", 20_000), ("pooled", 2_484_000)],
    );
    expect(
        &settled(&second, &[STAY, cost, &stays(1)]),
        &[("deductible", 14_000), ("pooled", 2_488_800)],
    );
    // The last band runs until the fund has paid 60,000: 35,320 more, reached at 30,000 + 35,320 / 90%.
    let cost = "[person]\nstatus = \"resident\"\n[cost]\nin_scope = 100000\n";
    expect(
        &settled(&first, &[STAY, cost]),
        &[("pooled", 6_000_000), ("over_cap", 10_000_000 - 6_924_444)],
    );
}

#[test]
fn zhenjiang_2023_op_active_3() {
    let rows = r#"
[[deductible]]
per = "year"
amount = "800元"
[[band]]
origin = "above_deductible"
accumulates = "year"
over = "0元"
ratio = "60%"
[[cap]]
per = "year"
basis = "cost_above_deductible"
amount = "1万元"
[[layer]]
kind = "catastrophic"
base = ["deductible", "own_share", "over_cap"]
over = "6000元"
origin = "above_deductible"
accumulates = "year"
bands = [{ ratio = "60%" }]
cap = "none"
"#;
    let found = settled(rows, &[VISIT, ACTIVE, "[cost]\nin_scope = 20000\n"]);
    expect(
        &found,
        &[
            ("deductible", 80_000),
            ("pooled", 600_000),
            ("catastrophic", 480_000),
            ("cash", 920_000),
        ],
    );
    expect(
        &found,
        &[
            ("own_share", 400_000),
            ("over_cap", 920_000),
            ("base_catastrophic", 1_400_000),
        ],
    );
}

const PLAIN: &str = r#"
[[band]]
origin = "absolute"
accumulates = "year"
over = "0元"
ratio = "50%"
[[cap]]
per = "year"
basis = "fund"
amount = "8000元"
[[account]]
after = ["current", "prior"]
pays = ["deductible", "own_share", "over_cap"]
family = true
[[deductible]]
per = "year"
"#;

#[test]
fn region_unnamed_2024_ip_chemo_bill() {
    let cost = "[cost]\nself_funded = \"9340.22\"\nfirst_share = 40.66\nin_scope = 4821.43\ntotal = \"14202.31\"\n";
    let found = settled(
        &format!("{PLAIN}amount = \"60元\"\n"),
        &[STAY, ACTIVE, cost],
    );
    expect(&found, &[("pooled", 238_072), ("cash", 1_182_159)]);
}

#[test]
fn yangzhou_2023_op_retired_3_capped_and_nantong_family() {
    let year = "[year.outpatient]\nin_scope = 20000\ndeductible = 500\npooled = 8000\n";
    let accounts = "[accounts]\ncurrent = 500\n";
    let found = settled(
        &format!("{PLAIN}amount = \"500元\"\n"),
        &[VISIT, RETIRED, year, accounts, "[cost]\nin_scope = 200\n"],
    );
    expect(
        &found,
        &[
            ("deductible", 0),
            ("pooled", 0),
            ("over_cap", 20_000),
            ("account_current", 20_000),
            ("cash", 0),
        ],
    );

    let accounts = "[accounts]\ncurrent = 100\nfamily = [{ name = \"son\", balance = 2000 }]\n";
    let found = settled(
        &format!("{PLAIN}amount = \"0元\"\n"),
        &[VISIT, RETIRED, accounts, "[cost]\nin_scope = 1200\n"],
    );
    expect(
        &found,
        &[
            ("pooled", 60_000),
            ("account_current", 10_000),
            ("family", 50_000),
            ("cash", 0),
        ],
    );
}

#[test]
fn wuhan_2023_op_retired_1_and_the_deposit_of_a_stay() {
    let rows = r#"
[[deductible]]
per = "year"
amount = "500元"
[[band]]
origin = "above_deductible"
accumulates = "year"
over = "0元"
ratio = { any = "84%" }
[[cap]]
per = "year"
basis = "fund"
amount = "4000元"
[[account]]
after = ["current"]
pays = ["deductible", "own_share", "over_cap"]
"#;
    let found = settled(
        rows,
        &[
            VISIT,
            RETIRED,
            "[accounts]\ncurrent = \"996.00\"\n[cost]\nin_scope = \"5000.00\"\n",
        ],
    );
    expect(
        &found,
        &[
            ("deductible", 50_000),
            ("pooled", 378_000),
            ("account_current", 99_600),
            ("cash", 22_400),
        ],
    );

    let deposit = format!("deposit = 1200\n{STAY}");
    let rows = rows.replace("500元", "300元").replace("84%", "80%");
    let found = settled(
        &rows,
        &[
            &deposit,
            RETIRED,
            "[cost]\nfirst_share = 100\nin_scope = 2900\n",
        ],
    );
    expect(
        &found,
        &[
            ("pooled", 208_000),
            ("cash", 92_000),
            ("refund", 28_000),
            ("collect", 0),
        ],
    );
}

#[test]
fn beijing_bands_with_the_retirees_share_and_supplement() {
    let rows = r#"
[[deductible]]
per = "stay"
amount = ["1300元", "650元"]
[[band]]
origin = "absolute"
accumulates = "year"
over = "0元"
upto = "3万元"
ratio = "85%"
[[band]]
origin = "absolute"
accumulates = "year"
over = "3万元"
upto = "4万元"
ratio = "90%"
[[band]]
origin = "absolute"
accumulates = "year"
over = "4万元"
ratio = "95%"
[[adjust]]
person = "retired"
reason = "retired"
own_times = "60%"
[[cap]]
per = "year"
basis = "fund"
amount = "7万元"
[[layer]]
kind = "retiree_supplement"
person = "retired"
base = ["own_share"]
over = "0元"
origin = "absolute"
accumulates = "visit"
bands = [{ ratio = "50%" }]
cap = "none"
"#;
    // Published as 55,765: the top band on the whole, which the rule's own text does not give.
    let found = settled(rows, &[STAY, ACTIVE, "[cost]\nin_scope = 60000\n"]);
    expect(&found, &[("pooled", 5_239_500), ("deductible", 130_000)]);
    // The published table of the retiree with the supplement: 95.5%, 97% and 98.5% of the three bands.
    let found = settled(rows, &[STAY, RETIRED, "[cost]\nin_scope = 60000\n"]);
    assert_eq!(
        funds(&found),
        (2_870_000 * 955 + 1_000_000 * 970 + 2_000_000 * 985) / 1000
    );
}

#[test]
fn a_line_is_limited_then_shared_then_rounded() {
    let rows =
        format!("{PLAIN}amount = \"500元\"\n[[first_share]]\nclass = \"B\"\nratio = \"5%\"\n");
    // national-2021-op-account-rounding: 4.52 at 5% is 0.23, in scope 4.29.
    let drug = "[[line]]\nitem = \"drug\"\nclass = \"B\"\nunit_price = 4.52\n";
    let found = settled(&rows, &[VISIT, ACTIVE, drug]);
    expect(
        &found,
        &[
            ("first_share", 23),
            ("in_scope", 429),
            ("deductible", 429),
            ("pooled", 0),
        ],
    );
    // qingdao-item-stent-active-limited: 9000 under a limit of 5000, 20% of the limit first, 4000 in scope.
    let stent = "[[line]]\nitem = \"stent\"\nclass = \"B\"\nunit_price = 9000\nlimit = 5000\nfirst_share = \"20%\"\n";
    let found = settled(&rows, &[VISIT, ACTIVE, stent]);
    expect(
        &found,
        &[
            ("over_limit", 400_000),
            ("first_share", 100_000),
            ("in_scope", 400_000),
        ],
    );
}

/// Catastrophic insurance alone, on an own cost that the basic fund leaves over.
fn catastrophic(origin: &str, over: &str, bands: &str, own: &str) -> i128 {
    let rows = format!(
        "{PLAIN}amount = \"0元\"\n[[layer]]\nkind = \"catastrophic\"\nbase = [\"own_share\", \"over_cap\"]\n\
         over = {over:?}\norigin = {origin:?}\naccumulates = \"year\"\nbands = {bands}\ncap = \"none\"\n"
    );
    let used_up =
        "[year.inpatient]\npooled = 8000\ncatastrophic = { base = 0 }\n[cost]\nin_scope = ";
    settled(&rows, &[STAY, ACTIVE, used_up, own]).get("catastrophic")
}

#[test]
fn catastrophic_bands_of_both_origins() {
    let hubei = r#"[{ upto = "3万元", ratio = "60%" }, { upto = "10万元", ratio = "65%" }, { ratio = "75%" }]"#;
    assert_eq!(
        catastrophic("absolute", "12000元", hubei, "150000"),
        9_380_000
    );
    let ziyang = r#"[{ upto = "5万元", ratio = "50%" }, { upto = "10万元", ratio = "60%" }, { ratio = "70%" }]"#;
    assert_eq!(
        catastrophic("absolute", "8000元", ziyang, "80000"),
        3_900_000
    );
    let unnamed = r#"[{ upto = "2万元", ratio = "30%" }, { upto = "5万元", ratio = "40%" }, { ratio = "50%" }]"#;
    assert_eq!(
        catastrophic("above_deductible", "2万元", unnamed, "50000"),
        1_000_000
    );
    let changsha = r#"[{ upto = "3万元", ratio = "50%" }, { ratio = "60%" }]"#;
    assert_eq!(
        catastrophic("above_deductible", "2万元", changsha, "30000"),
        500_000
    );
}
