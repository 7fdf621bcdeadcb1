//! What institutions register for a person, and what cancels it.

use serde_json::{Value, json};

use crate::house::{CENTRE, HOSPITAL, House, LI, WANG, has_all, told};

fn disease(person: &str) -> Value {
    json!({ "data": {
        "psn_no": person, "insutype": "310", "opsp_dise_code": "M03900", "opsp_dise_name": "高血压病",
        "insu_optins": "330100", "ide_fixmedins_no": HOSPITAL, "ide_fixmedins_name": "市一医院",
        "hosp_ide_date": "2026-01-04", "diag_dr_codg": "D330100000001", "diag_dr_name": "赵医生",
        "begndate": "2026-01-05", "enddate": "2027-01-04",
    }})
}

fn number(output: &Value) -> String {
    output["result"]["trt_dcla_detl_sn"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[test]
fn a_disease_is_registered_once_and_cancelled_by_whoever_registered_it() {
    let house = House::new();
    let li = house.person(LI);
    let registered = house.done(HOSPITAL, "2503", "r1", disease(&li));
    let id = number(&registered);
    assert_eq!((id.len(), &id[..6], &id[8..9]), (23, "330100", "R"));
    // The same message again is the same registration; another message with the same is told so.
    assert_eq!(house.done(HOSPITAL, "2503", "r1", disease(&li)), registered);
    insta::assert_snapshot!(house.refused(HOSPITAL, "2503", "r2", disease(&li)), @"相同的备案已存在");
    let ask = || json!({ "data": { "psn_no": li } });
    let held = house.done(CENTRE, "5301", "q1", ask());
    has_all(&held["feedetail"][0], "5301", "feedetail");
    insta::assert_snapshot!("disease", told(&held));
    let cancel = |person: &str| json!({ "data": { "trt_dcla_detl_sn": id, "psn_no": person, "memo": "误登记" } });
    let refused = [
        house.refused(CENTRE, "2504", "c1", cancel(&li)),
        house.refused(HOSPITAL, "2502", "c2", cancel(&li)),
        house.refused(HOSPITAL, "2504", "c3", cancel(&house.person(WANG))),
    ];
    insta::assert_snapshot!("cancel-refused", refused.join("\n"));
    for _ in 0..2 {
        house.done(HOSPITAL, "2504", "c4", cancel(&li));
    }
    assert_eq!(
        house.done(CENTRE, "5301", "q2", ask())["feedetail"],
        json!([])
    );
    let refused = house.refused(HOSPITAL, "2504", "c5", cancel(&li));
    assert!(refused.starts_with("此人没有编号为"), "{refused}");
}

#[test]
fn referrals_designations_and_accidents_are_told_with_what_was_said() {
    let house = House::new();
    let li = house.person(LI);
    let referral = json!({ "refmedin": {
        "psn_no": li, "insutype": "310", "diag_code": "I20", "diag_name": "心绞痛",
        "reflin_medins_no": "H31010000009", "reflin_medins_name": "上海某医院", "mdtrtarea_admdvs": "310000",
        "refl_type": "1", "refl_date": "2026-02-10", "refl_rea": "无手术条件", "refl_opnn": "同意",
        "begndate": "2026-02-11", "enddate": "2026-05-10",
    }});
    let refer = number(&house.done(HOSPITAL, "2501", "r1", referral));
    let designation = json!({ "data": {
        "psn_no": li, "biz_appy_type": "03", "begndate": "2026-01-01", "fix_srt_no": "1",
        "fixmedins_code": CENTRE, "fixmedins_name": "社区", "memo": "就近",
    }});
    let chosen = number(&house.done(CENTRE, "2505", "r2", designation));
    let accident = json!({ "data": {
        "dcla_souc": "01", "psn_no": li, "psn_cert_type": "01", "certno": LI, "psn_name": "李四",
        "insu_admdvs": "330100", "chk_pay_flag": "0", "begndate": "2026-02-01", "trum_rea": "摔伤",
    }});
    house.done(HOSPITAL, "2507", "r3", accident);
    let time =
        json!({ "data": { "psn_no": li, "begntime": "2026-03-01", "endtime": "2026-03-31" } });
    let referrals = house.done(HOSPITAL, "5304", "q1", time);
    has_all(&referrals["refmedin"][0], "5304", "refmedin");
    let purpose = |purpose: &str| json!({ "data": { "psn_no": li, "biz_appy_type": purpose } });
    let designations = house.done(HOSPITAL, "5302", "q2", purpose("03"));
    has_all(&designations["psnfixmedin"][0], "5302", "psnfixmedin");
    assert_eq!(
        house.done(HOSPITAL, "5302", "q3", purpose("01"))["psnfixmedin"],
        json!([])
    );
    insta::assert_snapshot!(
        "registered",
        format!("{}\n{}", told(&referrals), told(&designations))
    );
    let later = json!({ "data": { "psn_no": li, "begntime": "2026-06-01" } });
    assert_eq!(
        house.done(HOSPITAL, "5304", "q4", later)["refmedin"],
        json!([])
    );
    let cancel =
        |id: &str| json!({ "data": { "trt_dcla_detl_sn": id, "psn_no": li, "memo": "撤销" } });
    house.done(HOSPITAL, "2502", "c1", cancel(&refer));
    house.done(CENTRE, "2506", "c2", cancel(&chosen));
    let unknown = json!({ "data": {
        "psn_no": li, "biz_appy_type": "03", "begndate": "2026-01-01", "fix_srt_no": "1",
        "fixmedins_code": "H00000000000", "fixmedins_name": "无",
    }});
    insta::assert_snapshot!(
        "designation-refused",
        house.refused(CENTRE, "2505", "r4", unknown)
    );
}
