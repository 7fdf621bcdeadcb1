//! Settlements, fee lines, visits, diagnoses, sums and policy items, asked about after they came to be.

use serde_json::json;

use crate::care::{admit, bill, buy, charge, diagnosis, line, number, visit};
use crate::house::{CENTRE, HOSPITAL, House, LI, PHARMACY, WANG, has_all, told};

/// A visit of two batches, of which the first is settled.
fn settled(house: &House, person: &str, kind: &str) -> (String, String) {
    let visit = visit(house, person, "v", kind);
    let first = [
        line("F1", "XB01", "2", "50", "100.00"),
        line("F2", "001101", "1", "1000", "1000.00"),
        line("F3", "ZZ99", "1", "12.34", "12.34"),
    ];
    charge(house, person, &visit, "B1", &first);
    charge(
        house,
        person,
        &visit,
        "B2",
        &[line("F4", "XA01", "1", "10", "10.00")],
    );
    let output = house.done(
        HOSPITAL,
        "2207",
        "settle-1",
        bill(person, &visit, "B1", kind, "1112.34"),
    );
    (visit, number(&output))
}

#[test]
fn a_settlement_is_told_again_by_its_number_its_visit_and_its_message() {
    let house = House::new();
    let li = house.person(LI);
    let (visit, number) = settled(&house, &li, "11");
    let ask = |setl: &str, mdtrt: &str| json!({ "data": { "psn_no": li, "setl_id": setl, "mdtrt_id": mdtrt } });
    let by_number = house.done(HOSPITAL, "5203", "q1", ask(&number, &visit));
    has_all(&by_number["setlinfo"], "5203", "setlinfo");
    insta::assert_snapshot!("settlement", told(&by_number));
    for input in [ask(&number, ""), ask("", &visit), ask("settle-1", "")] {
        assert_eq!(house.done(HOSPITAL, "5203", "q2", input), by_number);
    }
    // Whose it is not, does not see it.
    let refused = [
        house.refused(CENTRE, "5203", "q3", ask(&number, &visit)),
        house.refused(CENTRE, "5203", "q4", ask("settle-1", "")),
        house.refused(HOSPITAL, "5203", "q5", ask("settle-9", "")),
        house.refused(HOSPITAL, "5203", "q6", ask("", "")),
        house.refused(
            HOSPITAL,
            "5203",
            "q7",
            json!({ "data": { "psn_no": house.person(WANG), "setl_id": number } }),
        ),
    ];
    insta::assert_snapshot!("settlement-refused", refused.join("\n"));
}

#[test]
fn what_was_taken_back_is_told_as_its_negative() {
    let house = House::new();
    let li = house.person(LI);
    let (visit, number) = settled(&house, &li, "11");
    let ids = |setl: &str| json!({ "data": { "psn_no": li, "setl_id": setl, "mdtrt_id": visit } });
    let taken = house.done(HOSPITAL, "2208", "back", ids(&number));
    let back = crate::care::number(&taken);
    let negative = house.done(HOSPITAL, "5203", "q1", ids(&back));
    insta::assert_snapshot!("reversal", told(&negative));
    let original = house.done(HOSPITAL, "5203", "q2", ids(&number));
    assert_eq!(original["setlinfo"]["refd_setl_flag"], json!("1"));
    insta::assert_snapshot!(house.refused(HOSPITAL, "5203", "q3", ids("")), @"该就诊没有有效的结算");
    let lines = house.done(HOSPITAL, "5204", "q4", ids(&back));
    let total: f64 = lines
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["det_item_fee_sumamt"].as_f64().unwrap())
        .sum();
    assert_eq!(format!("{total:.2}"), "-1112.34");
}

#[test]
fn fee_lines_are_those_of_the_batch_with_what_was_said_of_each() {
    let house = House::new();
    let li = house.person(LI);
    let (visit, number) = settled(&house, &li, "11");
    let ask = json!({ "data": { "psn_no": li, "setl_id": number, "mdtrt_id": visit } });
    let lines = house.done(HOSPITAL, "5204", "q1", ask);
    has_all(&lines[0], "5204", "");
    insta::assert_snapshot!("lines", told(&lines));
    // A purchase has its lines with it, and a visit of its own.
    let bought = buy(&house, &li, "buy");
    let ask = json!({ "data": { "psn_no": li, "setl_id": crate::care::number(&bought), "mdtrt_id": "" } });
    insta::assert_snapshot!("lines-bought", told(&house.done(CENTRE, "5204", "q2", ask)));
}

#[test]
fn visits_of_a_time_are_those_of_this_institution() {
    let house = House::new();
    let li = house.person(LI);
    let (_, _) = settled(&house, &li, "11");
    buy(&house, &li, "buy");
    let stay = admit(&house, &li, "admit");
    let ask = |kind: &str| {
        json!({ "data": { "psn_no": li, "med_type": kind,
            "begntime": "2026-03-01 00:00:00", "endtime": "2026-03-31 23:59:59" } })
    };
    let all = house.done(HOSPITAL, "5201", "q1", ask(""));
    has_all(&all["mdtrtinfo"][0], "5201", "mdtrtinfo");
    insta::assert_snapshot!("visits", told(&all));
    let of = |institution: &str, kind: &str| {
        let output = house.done(institution, "5201", "q2", ask(kind));
        output["mdtrtinfo"].as_array().unwrap().len()
    };
    assert_eq!(
        (of(HOSPITAL, "11"), of(HOSPITAL, "21"), of(HOSPITAL, "14")),
        (1, 1, 0)
    );
    assert_eq!((of(CENTRE, ""), of(PHARMACY, "")), (1, 0));
    // Who lies here now.
    let inside = |institution: &str| house.done(institution, "5303", "q3", ask(""));
    has_all(&inside(HOSPITAL)["data"][0], "5303", "data");
    insta::assert_snapshot!("inside", told(&inside(HOSPITAL)));
    assert_eq!(inside(CENTRE)["data"], json!([]));
    let nobody = json!({ "data": { "begntime": "2026-03-01", "endtime": "2026-03-31" } });
    insta::assert_snapshot!(house.refused(HOSPITAL, "5303", "q4", nobody), @"在院信息须按人员编号查询");
    house.done(
        HOSPITAL,
        "2404",
        "cancel",
        json!({ "data": { "psn_no": li, "mdtrt_id": stay } }),
    );
    assert_eq!(inside(HOSPITAL)["data"], json!([]));
    assert_eq!(of(HOSPITAL, "21"), 0);
}

#[test]
fn diagnoses_are_laid_one_over_the_other() {
    let house = House::new();
    let li = house.person(LI);
    let stay = admit(&house, &li, "admit");
    house.done(
        HOSPITAL,
        "2403",
        "change",
        json!({
            "adminfo": { "mdtrt_id": stay, "psn_no": li, "begntime": "2026-03-05 08:00:00", "med_type": "21" },
            "diseinfo": [diagnosis("1", "I21", "急性心肌梗死", "1"), diagnosis("2", "E11", "2型糖尿病", "1")],
        }),
    );
    house.done(
        HOSPITAL,
        "2403",
        "change-2",
        json!({
            "adminfo": { "mdtrt_id": stay, "psn_no": li, "begntime": "2026-03-05 08:00:00", "med_type": "21" },
            "diseinfo": [diagnosis("2", "E11", "2型糖尿病", "0"), diagnosis("3", "I10", "原发性高血压", "1")],
        }),
    );
    house.done(
        HOSPITAL,
        "2402",
        "out",
        json!({
            "dscginfo": { "mdtrt_id": stay, "psn_no": li, "insutype": "310", "endtime": "2026-03-09 10:00:00", "dscg_way": "1" },
            "diseinfo": [diagnosis("1", "I21", "急性心肌梗死", "1")],
        }),
    );
    let ask = json!({ "data": { "psn_no": li, "mdtrt_id": stay } });
    let told_ = house.done(HOSPITAL, "5202", "q1", ask.clone());
    has_all(&told_["diseinfo"][0], "5202", "diseinfo");
    insta::assert_snapshot!("diagnoses", told(&told_));
    let refused = house.refused(CENTRE, "5202", "q2", ask);
    assert!(refused.starts_with("此人没有编号为"), "{refused}");
}

#[test]
fn sums_of_the_year_have_a_row_a_figure() {
    let house = House::new();
    let li = house.person(LI);
    settled(&house, &li, "11");
    let ask = |month: &str| json!({ "data": { "psn_no": li, "cum_ym": month } });
    insta::assert_snapshot!(
        "sums",
        told(&house.done(HOSPITAL, "5206", "q1", ask("202603")))
    );
    assert_eq!(
        house.done(HOSPITAL, "5206", "q2", ask("202503"))["cuminfo"],
        json!([])
    );
    assert_eq!(
        house.done(HOSPITAL, "5206", "q3", ask(""))["cuminfo"][0]["year"],
        json!("2026")
    );
    insta::assert_snapshot!(
        "sums-refused",
        house.refused(HOSPITAL, "5206", "q4", ask("20261"))
    );
}

#[test]
fn policy_items_explain_the_settlement_clause_by_clause() {
    let house = House::new();
    let li = house.person(LI);
    let (visit, number) = settled(&house, &li, "11");
    // Each program spells the keys in its own way.
    let national = json!({ "data": { "psn_No": li, "setl_Id": number, "mdtrt_Id": visit } });
    let items = house.done(HOSPITAL, "100001", "q1", national);
    has_all(&items["data"][0], "100001", "data");
    insta::assert_snapshot!("items", told(&items));
    for input in [
        json!({ "data": { "psnNo": li, "setlId": number, "mdtrtId": visit } }),
        json!({ "data": { "psn_no": li, "setl_id": number, "mdtrt_id": visit } }),
    ] {
        assert_eq!(house.done(HOSPITAL, "100001", "q2", input), items);
    }
    let li_s = json!({ "data": { "psn_No": li, "setl_Id": number } });
    let refused = house.refused(CENTRE, "100001", "q3", li_s);
    assert!(refused.starts_with("此人没有编号为"), "{refused}");
}

#[test]
fn drugs_of_chronic_visits_are_those_that_stand() {
    let house = House::new();
    let li = house.person(LI);
    let (visit, number) = settled(&house, &li, "14");
    let ask =
        || json!({ "data": { "psn_no": li, "begntime": "2026-01-01", "endtime": "2026-12-31" } });
    let drugs = house.done(HOSPITAL, "5205", "q1", ask());
    has_all(&drugs["feedetail"][0], "5205", "feedetail");
    insta::assert_snapshot!("drugs", told(&drugs));
    assert_eq!(
        house.done(CENTRE, "5205", "q2", ask())["feedetail"],
        json!([])
    );
    let ids = json!({ "data": { "psn_no": li, "setl_id": number, "mdtrt_id": visit } });
    house.done(HOSPITAL, "2208", "back", ids);
    assert_eq!(
        house.done(HOSPITAL, "5205", "q3", ask())["feedetail"],
        json!([])
    );
}
