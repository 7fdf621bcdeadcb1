//! A month with settlements, refunds, another institution, edges of days, two schemes and settings; and what 3201 answers.

use agency::domain::setting::Setting;
use jiff::civil::datetime;
use serde_json::{Value, json};

use crate::house::{CENTRE, HOSPITAL, House, LI, MEI};

/// What an institution sends: the period, the sums, the count.
pub(crate) fn asked(period: (&str, &str), sums: [&str; 3], count: u64) -> Value {
    json!({ "data": {
        "insutype": "310", "clr_type": "11", "setl_optins": "310000",
        "stmt_begndate": period.0, "stmt_enddate": period.1,
        "medfee_sumamt": sums[0], "fund_pay_sumamt": sums[1], "acct_pay": sums[2],
        "fixmedins_setl_cnt": count, "refd_setl_flag": "", "fixmedins_refd_setl_flag": "0",
    }})
}

fn with(mut input: Value, name: &str, value: &str) -> Value {
    input["data"][name] = value.into();
    input
}

/// What is answered, and what the cashier is told beside it.
fn told(house: &House, input: &Value) -> String {
    let answer = house.answer(HOSPITAL, "3201", "r", input);
    if answer["infcode"] != json!(0) {
        return format!("refused: {}", answer["err_msg"].as_str().unwrap());
    }
    let told = &answer["output"]["stmtinfo"];
    assert_eq!(told["setl_optins"], json!("310000"));
    let warned = answer["warn_msg"].as_str();
    let warned = warned.map(|text| format!(" ({text})")).unwrap_or_default();
    let told = [&told["stmt_rslt"], &told["stmt_rslt_dscr"]].map(|text| text.as_str().unwrap());
    format!("{} {}{warned}", told[0], told[1])
}

fn march() -> House {
    let mut house = House::new();
    let outpatient = Setting::Outpatient;
    let li = (HOSPITAL, LI, outpatient);
    let first = datetime(2024, 3, 1, 0, 0, 0, 0);
    house.settle(li, datetime(2024, 2, 29, 23, 59, 59, 0), 1111);
    house.settle(li, first, 10_000);
    let second = house.settle(li, datetime(2024, 3, 3, 23, 59, 59, 0), 20_000);
    house.settle(li, datetime(2024, 3, 4, 0, 0, 0, 0), 30_001);
    house.take_back(second, datetime(2024, 3, 4, 9, 0, 0, 0));
    house.settle((CENTRE, LI, outpatient), first, 50_000);
    house.settle((HOSPITAL, MEI, outpatient), first, 70_000);
    house.settle((HOSPITAL, LI, Setting::Inpatient), first, 900_000);
    house.settle(li, datetime(2024, 3, 31, 23, 59, 59, 0), 40_000);
    house.settle(li, datetime(2024, 4, 1, 0, 0, 0, 0), 2222);
    house
}

#[test]
fn totals_of_a_month() {
    let house = march();
    let month = ("2024-03-01", "2024-03-31");
    let right = asked(month, ["800.01", "357.78", "322.23"], 5);
    let mut tale = vec![
        ("the whole month", right.clone()),
        ("amounts as numbers", {
            let mut input = right.clone();
            input["data"]["medfee_sumamt"] = json!(800.01);
            input
        }),
        (
            "settlements alone",
            with(
                asked(month, ["1000.01", "357.78", "522.23"], 4),
                "refd_setl_flag",
                "0",
            ),
        ),
        (
            "refunds alone",
            with(
                asked(month, ["-200", "0", "-200"], 1),
                "refd_setl_flag",
                "1",
            ),
        ),
        (
            "refunds alone, by the own flag",
            with(
                asked(month, ["-200", "0", "-200"], 1),
                "fixmedins_refd_setl_flag",
                "1",
            ),
        ),
        (
            "the last second of a day",
            asked(("2024-03-03", "2024-03-03"), ["200", "0", "200"], 1),
        ),
        (
            "the first second of the next",
            asked(
                ("2024-03-04", "2024-03-04"),
                ["100.01", "77.78", "22.23"],
                2,
            ),
        ),
        (
            "a day without anything",
            asked(("2024-03-05", "2024-03-05"), ["0", "0", "0"], 0),
        ),
        (
            "the refund forgotten",
            asked(month, ["1000.01", "357.78", "522.23"], 4),
        ),
        (
            "a day forgotten",
            asked(month, ["400.01", "77.78", "322.23"], 4),
        ),
        (
            "a fen too much",
            asked(month, ["800.02", "357.78", "322.23"], 5),
        ),
        ("nothing", asked(month, ["0", "0", "0"], 0)),
    ];
    let year = ("2024-02-01", "2025-01-31");
    tale.push((
        "over a year",
        asked(year, ["833.34", "373.33", "333.34"], 7),
    ));
    let mut text = String::new();
    for (what, input) in tale {
        text += &format!("{what}: {}\n", told(&house, &input));
    }
    insta::assert_snapshot!(text);
}

#[test]
fn what_is_asked_must_be_known() {
    let house = march();
    let right = asked(
        ("2024-03-01", "2024-03-31"),
        ["800.01", "357.78", "322.23"],
        5,
    );
    let mut text = String::new();
    for (name, value) in [
        ("insutype", "320"),
        ("insutype", "999"),
        ("clr_type", "12"),
        ("clr_type", "99915"),
        ("refd_setl_flag", "2"),
        ("fixmedins_refd_setl_flag", "x"),
        ("stmt_enddate", "2024-02-28"),
        ("stmt_begndate", "03/01"),
        ("medfee_sumamt", "1.005"),
        ("fixmedins_setl_cnt", "-1"),
    ] {
        let input = with(right.clone(), name, value);
        text += &format!("{name} {value}: {}\n", told(&house, &input));
    }
    insta::assert_snapshot!(text);
}

#[test]
fn another_institution_sees_its_own_only() {
    let house = march();
    let month = ("2024-03-01", "2024-03-31");
    let input = asked(month, ["500", "240", "260"], 1);
    let answer = house.answer(CENTRE, "3201", "r", &input);
    assert_eq!(
        answer["output"]["stmtinfo"]["stmt_rslt"],
        json!("0"),
        "{answer}"
    );
}
