//! Visits, stays and purchases as they are done before something is asked.

use serde_json::{Value, json};

use crate::house::{CENTRE, HOSPITAL, House};

/// A fee line; a unit for so many yuan.
pub(crate) fn line(number: &str, code: &str, count: &str, price: &str, amount: &str) -> Value {
    json!({
        "feedetl_sn": number, "med_list_codg": code, "cnt": count, "pric": price,
        "det_item_fee_sumamt": amount, "fee_ocur_time": "2026-03-05 09:30:00",
        "medins_list_codg": format!("本院{code}"), "medins_list_name": format!("院内{code}"),
        "rx_drord_no": "RX1", "bilg_dr_codg": "D330100000001", "bilg_dept_name": "内科",
    })
}

/// An outpatient visit that is registered and described; its number.
pub(crate) fn visit(house: &House, person: &str, id: &str, kind: &str) -> String {
    let opened = house.done(
        HOSPITAL,
        "2201",
        &format!("{id}-open"),
        json!({ "data": {
            "psn_no": person, "insutype": "310", "begntime": "2026-03-05 09:00:00",
            "mdtrt_cert_type": "02", "mdtrt_cert_no": "", "ipt_otp_no": "OP1",
            "atddr_no": "D330100000001", "dr_name": "赵医生", "dept_code": "01", "dept_name": "内科", "caty": "A03",
        }}),
    );
    let visit = opened["data"]["mdtrt_id"].as_str().unwrap().to_owned();
    house.done(
        HOSPITAL,
        "2203",
        &format!("{id}-describe"),
        json!({
            "mdtrtinfo": {
                "mdtrt_id": visit, "psn_no": person, "med_type": kind, "begntime": "2026-03-05 09:00:00",
                "main_cond_dscr": "头晕", "dise_codg": "M03900", "dise_name": "高血压",
            },
            "diseinfo": [
                diagnosis("1", "I10", "原发性高血压", "1"),
                diagnosis("2", "J00", "急性鼻咽炎", "1"),
            ],
        }),
    );
    visit
}

pub(crate) fn diagnosis(order: &str, code: &str, name: &str, valid: &str) -> Value {
    json!({
        "diag_type": "1", "diag_srt_no": order, "diag_code": code, "diag_name": name, "diag_dept": "内科",
        "dise_dor_no": "D330100000001", "dise_dor_name": "赵医生", "diag_time": "2026-03-05 09:10:00",
        "vali_flag": valid,
    })
}

/// Fee lines of a batch.
pub(crate) fn charge(house: &House, person: &str, visit: &str, batch: &str, lines: &[Value]) {
    let rows = lines.iter().map(|line| {
        let mut row = line.clone();
        row["mdtrt_id"] = visit.into();
        row["psn_no"] = person.into();
        row["chrg_bchno"] = batch.into();
        row
    });
    let rows: Vec<Value> = rows.collect();
    house.done(
        HOSPITAL,
        "2204",
        &format!("{visit}-{batch}"),
        json!({ "feedetail": rows }),
    );
}

/// What settles a batch.
pub(crate) fn bill(person: &str, visit: &str, batch: &str, kind: &str, total: &str) -> Value {
    json!({ "data": {
        "psn_no": person, "mdtrt_cert_type": "02", "mdtrt_cert_no": "", "med_type": kind,
        "medfee_sumamt": total, "psn_setlway": "01", "mdtrt_id": visit, "chrg_bchno": batch,
        "insutype": "310", "acct_used_flag": "1",
    }})
}

/// The number of what was settled.
pub(crate) fn number(output: &Value) -> String {
    output["setlinfo"]["setl_id"].as_str().unwrap().to_owned()
}

/// A purchase, as outpatient care: the region has no rules of its own for pharmacies.
pub(crate) fn purchase(person: &str) -> Value {
    json!({
        "druginfo": {
            "psn_no": person, "mdtrt_cert_type": "02", "mdtrt_cert_no": "", "begntime": "2026-03-04 11:00:00",
            "medfee_sumamt": "60.00", "insutype": "310", "med_type": "11", "acct_used_flag": "1",
        },
        "drugdetail": [line("P1", "XA01", "3", "20", "60.00")],
    })
}

/// Somebody is admitted and still lies there.
pub(crate) fn admit(house: &House, person: &str, id: &str) -> String {
    let output = house.done(
        HOSPITAL,
        "2401",
        id,
        json!({
            "mdtrtinfo": {
                "psn_no": person, "insutype": "310", "begntime": "2026-03-05 08:00:00", "mdtrt_cert_type": "02",
                "med_type": "21", "ipt_no": "ZY1", "medrcdno": "MR1", "atddr_no": "D330100000001",
                "chfpdr_name": "赵医生", "adm_diag_dscr": "胸痛", "adm_dept_codg": "02", "adm_dept_name": "心内科",
                "adm_bed": "12", "dscg_maindiag_code": "I20", "dscg_maindiag_name": "心绞痛",
            },
            "diseinfo": [diagnosis("1", "I20", "心绞痛", "1")],
        }),
    );
    output["result"]["mdtrt_id"].as_str().unwrap().to_owned()
}

/// It is bought at the centre.
pub(crate) fn buy(house: &House, person: &str, id: &str) -> Value {
    house.done(CENTRE, "2102", id, purchase(person))
}
