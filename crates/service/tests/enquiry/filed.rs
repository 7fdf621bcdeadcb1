//! What is filed, and read back.

use serde_json::{Value, json};
use service::wire::filing::read_back;

use crate::care::visit;
use crate::house::{CENTRE, HOSPITAL, House, LI, PHARMACY, has_all, told};

fn back(house: &House, institution: &str, number: &str, id: &str) -> Option<String> {
    let window = &house.door.window;
    house
        .run(read_back(window, institution, number, id))
        .unwrap()
}

#[test]
fn what_is_about_a_person_is_filed_with_the_person_and_read_back_word_for_word() {
    let house = House::new();
    let li = house.person(LI);
    let visit = visit(&house, &li, "v", "11");
    let list = json!({
        "setlinfo": { "psn_no": li, "mdtrt_id": visit, "setl_id": "", "medcasno": "MR1", "bill_code": "票1" },
        "diseinfo": [{ "diag_code": "I10", "maindiag_flag": "1" }],
    });
    let output = house.done(HOSPITAL, "4101", "list-1", list.clone());
    let id = output["data"]["setl_list_id"].as_str().unwrap().to_owned();
    assert_eq!(id.len(), 9);
    // The same message is the same list.
    assert_eq!(house.done(HOSPITAL, "4101A", "list-1", list), output);
    let said = back(&house, HOSPITAL, "4101", "list-1").unwrap();
    insta::assert_snapshot!(
        "list",
        said.replace(&li, "(psn)").replace(&visit, "(visit)")
    );
    assert_eq!(back(&house, CENTRE, "4101", "list-1"), None);
    assert_eq!(back(&house, HOSPITAL, "4101", "list"), None);
    // Another institution's visit is not there, and a person must be named.
    let other = json!({ "setlinfo": { "psn_no": li, "mdtrt_id": visit, "setl_id": "" } });
    let nobody = json!({ "setlinfo": { "psn_no": "123", "mdtrt_id": "", "setl_id": "" } });
    let refused = [
        house.refused(CENTRE, "4101", "list-2", other),
        house.refused(HOSPITAL, "4101", "list-3", nobody),
        house.refused(HOSPITAL, "4101", "list-4", json!({})),
    ];
    insta::assert_snapshot!("list-refused", refused.join("\n"));
    let memo = json!({ "data": { "psn_no": li, "mdtrt_id": visit, "bkkp_sn": "F1", "med_list_codg": "XA01", "memo": "补录" } });
    assert_eq!(house.done(HOSPITAL, "2306", "memo", memo), json!({}));
    assert!(
        back(&house, HOSPITAL, "2306", "memo")
            .unwrap()
            .contains("补录")
    );
}

#[test]
fn clinical_records_are_kept_with_the_person_or_with_the_institution() {
    let house = House::new();
    let li = house.person(LI);
    for number in [
        "4301", "4302", "4401", "4402", "4501", "4503", "4506", "4601", "4701", "3601", "3704",
    ] {
        let input = json!({ "data": { "psn_no": li, "text": number } });
        assert_eq!(
            house.done(HOSPITAL, number, "c1", input),
            json!({}),
            "{number}"
        );
        assert!(
            back(&house, HOSPITAL, number, "c1")
                .unwrap()
                .contains(number)
        );
    }
    for number in ["4201", "4261", "4262", "4263"] {
        let input = json!({ "fsiOwnpayPatnFeeListDDTO": [{ "fixmedins_mdtrt_id": "S1", "psn_name": "外人" }] });
        assert_eq!(
            house.done(HOSPITAL, number, "s1", input),
            json!({}),
            "{number}"
        );
        assert!(
            back(&house, HOSPITAL, number, "s1")
                .unwrap()
                .contains("外人")
        );
    }
    insta::assert_snapshot!(house.refused(HOSPITAL, "4301", "c2", json!({})), @"报文没有内容");
    let li_gone = json!({ "data": { "psn_no": "3301000000000000000000009", "text": "无此人" } });
    let refused = house.refused(HOSPITAL, "4301", "c3", li_gone);
    assert!(refused.contains("9"), "{refused}");
}

#[test]
fn stock_is_kept_by_institution_and_asked_by_what_it_says() {
    let house = House::new();
    let sale = |batch: &str, code: &str| {
        json!({
            "med_list_codg": code, "fixmedins_hilist_id": code, "fixmedins_hilist_name": "药", "fixmedins_bchno": batch,
            "sel_retn_cnt": "2", "sel_retn_time": "2026-03-05 10:00:00", "psn_no": house.person(LI),
        })
    };
    house.done(
        PHARMACY,
        "3505",
        "s1",
        json!({ "selinfo": sale("B1", "XA01") }),
    );
    house.done(
        PHARMACY,
        "3505A",
        "s2",
        json!({ "selinfo": [sale("B2", "XA01"), sale("B3", "XB01")] }),
    );
    house.done(
        CENTRE,
        "3505",
        "s3",
        json!({ "selinfo": sale("B9", "XA01") }),
    );
    let ask = |question: Value| {
        let output = house.done(PHARMACY, "3512", "q", json!({ "data": question }));
        let rows = output["data"].as_array().unwrap();
        let batches = rows
            .iter()
            .map(|row| row["fixmedins_bchno"].as_str().unwrap());
        batches.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(ask(json!({})), "B1 B2 B3");
    assert_eq!(
        ask(json!({ "med_list_codg": "XA01", "page_num": 1 })),
        "B1 B2"
    );
    let delete = json!({ "data": { "fixmedins_bchno": "B2", "inv_data_type": "5" } });
    house.done(PHARMACY, "3507", "d1", delete);
    assert_eq!(ask(json!({})), "B1 B3");
    assert_eq!(
        house.done(PHARMACY, "3508", "q2", json!({ "data": {} }))["data"],
        json!([])
    );
    insta::assert_snapshot!(
        "stock-refused",
        house.refused(PHARMACY, "3501", "s4", json!({ "data": {} }))
    );
}

#[test]
fn departments_are_those_that_stand() {
    let house = House::new();
    let department = |code: &str, name: &str| {
        json!({
            "hosp_dept_codg": code, "hosp_dept_name": name, "caty": "A03", "begntime": "2026-01-01 00:00:00",
            "itro": "", "dept_resper_name": "孙", "dept_resper_tel": "1", "dept_estbdat": "2001-01-01 00:00:00",
            "aprv_bed_cnt": "20", "poolarea_no": "330100", "dr_psncnt": 5, "phar_psncnt": "0", "nurs_psncnt": "9", "tecn_psncnt": "1",
        })
    };
    house.done(
        HOSPITAL,
        "3401",
        "d1",
        json!({ "deptinfo": department("01", "内科") }),
    );
    let several = json!({ "deptinfo": [department("02", "外科"), department("03", "儿科")] });
    house.done(HOSPITAL, "3401A", "d2", several);
    house.done(
        HOSPITAL,
        "3402",
        "d3",
        json!({ "deptinfo": department("02", "普外科") }),
    );
    let end = |code: &str| json!({ "data": { "hosp_dept_codg": code, "hosp_dept_name": "儿科", "begntime": "2026-01-01" } });
    house.done(HOSPITAL, "3403", "d4", end("03"));
    insta::assert_snapshot!(house.refused(HOSPITAL, "3403", "d5", end("03")), @"未查询到本机构的科室：03");
    let all = house.done(HOSPITAL, "5101", "q1", json!(""));
    has_all(&all["feedetail"][0], "5101", "feedetail");
    insta::assert_snapshot!("departments", told(&all));
    assert_eq!(
        house.done(CENTRE, "5101", "q2", json!({ "data": {} }))["feedetail"],
        json!([])
    );
}

#[test]
fn clearing_is_applied_for_and_withdrawn() {
    let house = House::new();
    let apply = json!({ "data": {
        "clr_type": "11", "setlym": "202603", "psntime": "1", "medfee_sumamt": "10.00", "med_sumfee": "10.00",
        "fund_appy_sum": "5.00", "cash_payamt": "5.00", "acct_pay": "0.00", "begndate": "2026-03-01", "enddate": "2026-03-31",
    }});
    let applied = house.done(HOSPITAL, "3203", "a1", apply.clone());
    let id = applied["result"]["clr_appy_evt_id"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!((id.len(), &id[..9]), (23, "33010000C"));
    assert_eq!(house.done(HOSPITAL, "3203", "a1", apply), applied);
    let withdraw = || json!({ "data": { "clr_appy_evt_id": id } });
    insta::assert_snapshot!(house.refused(CENTRE, "3204", "w1", withdraw()), @"未查询到本机构的该笔清算申请");
    house.done(HOSPITAL, "3204", "w2", withdraw());
}

#[test]
fn the_state_of_lists_is_the_last_that_was_told() {
    let house = House::new();
    let row =
        |setl: &str, state: &str| json!({ "psn_no": "1", "setl_id": setl, "stas_type": state });
    let mark = |rows: Value| json!({ "data": { "stastinfo": rows } });
    house.done(
        HOSPITAL,
        "4102",
        "m1",
        mark(json!([row("S1", "0"), row("S2", "0")])),
    );
    house.done(HOSPITAL, "4102", "m2", mark(json!([row("S1", "1")])));
    let ask = json!({ "data": { "psn_no": "1", "setl_id": "S1" } });
    let state = house.done(HOSPITAL, "4103", "q1", ask);
    assert_eq!(state, json!({ "data": { "stastinfo": [row("S1", "1")] } }));
    let all = house.done(HOSPITAL, "4103", "q2", json!({ "data": {} }));
    assert_eq!(all["data"]["stastinfo"].as_array().unwrap().len(), 2);
}

#[test]
fn what_is_not_looked_at_and_what_is_not_offered_say_so() {
    let house = House::new();
    let li = house.person(LI);
    for number in ["3101", "3102", "3103"] {
        let input = json!({ "data": { "patient_dtos": [{ "patn_id": li }] } });
        assert_eq!(
            house.done(HOSPITAL, number, "c", input),
            json!({ "result": [] })
        );
    }
    let doctors = json!({ "data": { "prac_psn_type": "1" } });
    assert_eq!(
        house.done(HOSPITAL, "5102", "p", doctors),
        json!({ "feedetail": [] })
    );
    assert_eq!(
        house.done(HOSPITAL, "4104", "p", json!({ "data": {} })),
        json!({ "data": [] })
    );
    let numbers = [
        "2161", "5401", "5501", "4902", "6201", "7101", "9601", "8101", "1161",
    ];
    let refused = numbers.map(|number| house.refused(HOSPITAL, number, "n", json!({ "data": {} })));
    insta::assert_snapshot!("not-offered", refused.join("\n"));
}

#[test]
fn an_operator_signs_in_and_out() {
    let house = House::new();
    let sign = json!({ "signIn": { "opter_no": "01", "ip": "10.0.0.1", "mac": "00-11" } });
    let first = house.done(HOSPITAL, "9001", "i1", sign.clone());
    let number = first["signinoutb"]["sign_no"].as_str().unwrap().to_owned();
    let again = house.done(HOSPITAL, "9001", "i2", sign);
    assert_eq!(
        again["signinoutb"]["sign_no"].as_str(),
        Some(number.as_str())
    );
    let out = || json!({ "signOut": { "opter_no": "01", "sign_no": number } });
    house.done(HOSPITAL, "9002", "o1", out());
    insta::assert_snapshot!(house.refused(HOSPITAL, "9002", "o2", out()), @"操作员01今日没有未签退的签到");
}
