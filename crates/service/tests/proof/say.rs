//! What institutions say: the messages of visits, filled in as the tables ask, by a person, a visit and lines.

use serde_json::{Value, json};

use super::{Person, REGION};

/// The day on which everything happens unless told otherwise.
pub(crate) const DAY: &str = "2025-03-03";

/// A fee line; amounts in fen, quantity in whole units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) number: String,
    pub(crate) item: &'static str,
    pub(crate) count: i64,
    pub(crate) price: i64,
    pub(crate) day: String,
    /// Of which line it is a return.
    pub(crate) of: Option<String>,
}

/// So many units of an item at a price in fen.
pub(crate) fn line(number: &str, item: &'static str, count: i64, price: i64) -> Line {
    Line {
        number: number.to_owned(),
        item,
        count,
        price,
        day: DAY.to_owned(),
        of: None,
    }
}

impl Line {
    pub(crate) fn amount(&self) -> i64 {
        self.count * self.price
    }

    /// So many units of it come back.
    pub(crate) fn back(&self, number: &str, count: i64) -> Line {
        Line {
            number: number.to_owned(),
            count: -count,
            of: Some(self.number.clone()),
            ..self.clone()
        }
    }
}

/// What lines come to.
pub(crate) fn sum(lines: &[Line]) -> i64 {
    lines.iter().map(Line::amount).sum()
}

/// Fen as a number of yuan.
pub(crate) fn yuan(fen: i64) -> Value {
    let sign = if fen < 0 { "-" } else { "" };
    let fen = fen.unsigned_abs();
    serde_json::from_str(&format!("{sign}{}.{:02}", fen / 100, fen % 100)).unwrap()
}

/// A whole message.
pub(crate) fn message(institution: &str, number: &str, id: &str, input: &Value) -> Value {
    json!({
        "infno": number, "msgid": id, "mdtrtarea_admvs": REGION, "insuplc_admdvs": REGION,
        "recer_sys_code": "TEST", "dev_no": "", "dev_safe_info": "", "cainfo": "", "signtype": "",
        "infver": "V1.0", "opter_type": "1", "opter": "01", "opter_name": "甲",
        "inf_time": format!("{DAY} 10:00:00"), "fixmedins_code": institution, "fixmedins_name": "",
        "sign_no": "", "input": input,
    })
}

/// The same input with some fields of a node said otherwise.
pub(crate) fn but(mut input: Value, node: &str, changes: Value) -> Value {
    let fields = match &mut input[node] {
        Value::Array(rows) => &mut rows[0],
        fields => fields,
    };
    let Value::Object(changes) = changes else {
        return input;
    };
    for (key, value) in changes {
        fields[key] = value;
    }
    input
}

fn clock(day: &str) -> String {
    format!("{day} 09:00:00")
}

fn one(line: &Line) -> Value {
    json!({
        "feedetl_sn": line.number, "rxno": "", "rx_circ_flag": "0", "fee_ocur_time": clock(&line.day),
        "med_list_codg": line.item, "medins_list_codg": "HIS1",
        "det_item_fee_sumamt": yuan(line.amount()), "cnt": line.count, "pric": yuan(line.price),
        "sin_dos_dscr": "", "used_frqu_dscr": "", "prd_days": 0, "medc_way_dscr": "",
        "bilg_dr_codg": "D1", "bilg_dr_name": "医师", "tcmdrug_used_way": "", "exp_content": "",
    })
}

fn with(mut row: Value, more: Value) -> Value {
    if let (Value::Object(row), Value::Object(more)) = (&mut row, more) {
        row.extend(more);
    }
    row
}

/// 1101.
pub(crate) fn person(person: &Person) -> Value {
    json!({ "data": {
        "mdtrt_cert_type": "02", "mdtrt_cert_no": person.identity, "card_sn": "", "begntime": "",
        "psn_cert_type": "01", "certno": person.identity, "psn_name": person.name,
    }})
}

/// 2101 and 2102.
pub(crate) fn purchase(person: &Person, lines: &[Line]) -> Value {
    let rows: Vec<Value> = lines.iter().map(one).collect();
    json!({
        "druginfo": {
            "psn_no": person.id, "mdtrt_cert_type": "02", "mdtrt_cert_no": person.identity, "card_sn": "",
            "psn_cert_type": "01", "certno": person.identity, "psn_type": "11", "psn_name": person.name,
            "begntime": clock(DAY), "medfee_sumamt": yuan(sum(lines)), "invono": "", "insutype": "310",
            "dise_codg": "", "dise_name": "", "acct_used_flag": "1", "med_type": "41", "exp_content": "",
        },
        "drugdetail": rows,
    })
}

/// 2201.
pub(crate) fn register(person: &Person) -> Value {
    json!({ "data": {
        "psn_no": person.id, "insutype": "310", "begntime": clock(DAY), "mdtrt_cert_type": "02",
        "mdtrt_cert_no": person.identity, "card_sn": "", "psn_cert_type": "01", "certno": person.identity,
        "psn_type": "11", "psn_name": person.name, "ipt_otp_no": "MZ1", "atddr_no": "D1", "dr_name": "医师",
        "dept_code": "A03", "dept_name": "内科", "caty": "A03", "exp_content": "",
    }})
}

/// 2203.
pub(crate) fn describe(person: &Person, visit: &str, kind: &str) -> Value {
    json!({
        "mdtrtinfo": {
            "mdtrt_id": visit, "psn_no": person.id, "med_type": kind, "begntime": clock(DAY),
            "main_cond_dscr": "咳嗽", "dise_codg": "", "dise_name": "", "exp_content": "",
        },
        "diseinfo": [{
            "diag_type": "1", "diag_srt_no": 1, "diag_code": "J20.900", "diag_name": "急性支气管炎",
            "diag_dept": "A03", "dise_dor_no": "D1", "dise_dor_name": "医师", "diag_time": clock(DAY),
            "vali_flag": "1",
        }],
    })
}

/// 2204.
pub(crate) fn lines(person: &Person, visit: &str, batch: &str, lines: &[Line]) -> Value {
    let row = |line: &Line| {
        with(
            one(line),
            json!({
                "mdtrt_id": visit, "psn_no": person.id, "chrg_bchno": batch, "dise_codg": "",
                "bilg_dept_codg": "A03", "bilg_dept_name": "内科", "hosp_appr_flag": "0",
            }),
        )
    };
    let rows: Vec<Value> = lines.iter().map(row).collect();
    json!({ "feedetail": rows })
}

/// 2205.
pub(crate) fn remove_batch(person: &Person, visit: &str, batch: &str) -> Value {
    json!({ "data": { "mdtrt_id": visit, "chrg_bchno": batch, "psn_no": person.id, "exp_content": "" }})
}

/// 2206 and 2207.
pub(crate) fn settle(person: &Person, visit: &str, batch: &str, total: i64) -> Value {
    json!({ "data": {
        "psn_no": person.id, "mdtrt_cert_type": "02", "mdtrt_cert_no": person.identity, "card_sn": "",
        "psn_cert_type": "01", "certno": person.identity, "psn_type": "11", "psn_name": person.name,
        "med_type": "11", "medfee_sumamt": yuan(total), "psn_setlway": "01", "mdtrt_id": visit,
        "chrg_bchno": batch, "acct_used_flag": "1", "insutype": "310", "invono": "", "exp_content": "",
        "fulamt_ownpay_amt": 0, "overlmt_selfpay": 0, "preselfpay_amt": 0, "inscp_scp_amt": 0,
    }})
}

/// 2202, 2404 and 2405.
pub(crate) fn cancel(person: &Person, visit: &str) -> Value {
    json!({ "data": { "psn_no": person.id, "mdtrt_id": visit, "ipt_otp_no": "MZ1", "exp_content": "" }})
}

/// 2103, 2208 and 2305.
pub(crate) fn take_back(person: &Person, visit: &str, settlement: &str) -> Value {
    json!({ "data": { "setl_id": settlement, "mdtrt_id": visit, "psn_no": person.id, "exp_content": "" }})
}

/// 2401.
pub(crate) fn admit(person: &Person) -> Value {
    json!({
        "mdtrtinfo": {
            "psn_no": person.id, "insutype": "310", "coner_name": "", "tel": "", "begntime": clock(DAY),
            "mdtrt_cert_type": "02", "mdtrt_cert_no": person.identity, "card_sn": "", "cert_type": "01",
            "certno": person.identity, "med_type": "21", "ipt_no": "ZY1", "atddr_no": "D1",
            "chfpdr_name": "医师", "adm_diag_dscr": "急性阑尾炎", "adm_dept_codg": "A04",
            "adm_dept_name": "外科", "adm_bed": "12", "dscg_maindiag_code": "K35.900",
            "dscg_maindiag_name": "急性阑尾炎", "dise_codg": "", "dise_name": "", "exp_content": "",
            "insuplc_admdvs": REGION, "mdtrtarea_admvs": REGION,
        },
        "diseinfo": [],
    })
}

/// 2403.
pub(crate) fn change(person: &Person, visit: &str) -> Value {
    json!({
        "adminfo": {
            "mdtrt_id": visit, "psn_no": person.id, "begntime": clock(DAY), "mdtrt_cert_type": "02",
            "med_type": "21", "ipt_otp_no": "ZY1", "adm_bed": "14", "exp_content": "",
        },
        "diseinfo": [],
    })
}

/// 2301.
pub(crate) fn stay_lines(person: &Person, visit: &str, lines: &[Line]) -> Value {
    let row = |line: &Line| {
        with(
            one(line),
            json!({
                "init_feedetl_sn": line.of.clone().unwrap_or_default(), "mdtrt_id": visit, "drord_no": "",
                "psn_no": person.id, "med_type": "21", "bilg_dept_codg": "A04", "bilg_dept_name": "外科",
                "hosp_appr_flag": "0",
            }),
        )
    };
    let rows: Vec<Value> = lines.iter().map(row).collect();
    json!({ "feedetail": rows })
}

/// 2302.
pub(crate) fn remove_lines(person: &Person, visit: &str, numbers: &[&str]) -> Value {
    let row =
        |number: &&str| json!({ "feedetl_sn": number, "mdtrt_id": visit, "psn_no": person.id });
    json!({ "data": numbers.iter().map(row).collect::<Vec<_>>() })
}

/// 2402.
pub(crate) fn discharge(person: &Person, visit: &str, day: &str) -> Value {
    json!({
        "dscginfo": {
            "mdtrt_id": visit, "psn_no": person.id, "insutype": "310", "endtime": clock(day),
            "dise_codg": "", "dise_name": "", "cop_flag": "0", "dscg_dept_codg": "A04",
            "dscg_dept_name": "外科", "dscg_bed": "12", "dscg_way": "1", "exp_content": "",
        },
        "diseinfo": [],
    })
}

/// 2303 and 2304; up to a day in between, or to the end.
pub(crate) fn settle_stay(
    person: &Person,
    visit: &str,
    total: i64,
    (interim, day): (bool, &str),
) -> Value {
    json!({ "data": {
        "psn_no": person.id, "mdtrt_cert_type": "02", "mdtrt_cert_no": person.identity, "card_sn": "",
        "psn_cert_type": "01", "certno": person.identity, "psn_type": "11", "psn_name": person.name,
        "medfee_sumamt": yuan(total), "psn_setlway": "01", "mdtrt_id": visit, "acct_used_flag": "1",
        "insutype": "310", "mid_setl_flag": if interim { "1" } else { "0" }, "invono": "",
        "dscgTime": day, "insuplc_admdvs": REGION, "mdtrtarea_admvs": REGION, "exp_content": "",
    }})
}

/// 2601.
pub(crate) fn undo(person: &Person, number: &str, id: &str) -> Value {
    json!({ "data": { "psn_no": person.id, "omsgid": id, "oinfno": number }})
}
