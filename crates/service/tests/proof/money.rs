//! `Books`: the identities of money that every answer keeps, checked answer by answer as a careful institution would.

use std::collections::BTreeMap;

use serde_json::Value;

use super::OPENING;

/// The funds of a settlement's own fields.
const FUNDS: [&str; 8] = [
    "hifp_pay",
    "cvlserv_pay",
    "hifes_pay",
    "hifmi_pay",
    "hifob_pay",
    "maf_pay",
    "hifdm_pay",
    "oth_pay",
];
/// Its other amounts.
const AMOUNTS: [&str; 12] = [
    "medfee_sumamt",
    "fulamt_ownpay_amt",
    "overlmt_selfpay",
    "preselfpay_amt",
    "inscp_scp_amt",
    "act_pay_dedc",
    "fund_pay_sumamt",
    "psn_part_amt",
    "acct_pay",
    "psn_cash_pay",
    "hosp_part_amt",
    "acct_mulaid_pay",
];

/// What was answered so far.
#[derive(Debug, Default)]
pub(crate) struct Books {
    /// By its number.
    settled: BTreeMap<String, Value>,
    /// By the person's number.
    balance: BTreeMap<String, i64>,
    /// The last trial, while nothing else has come.
    trial: Option<(String, Value)>,
    /// What was checked, by the identity's number.
    pub(crate) checked: BTreeMap<u8, u64>,
}

/// An amount of an answer in fen.
pub(crate) fn fen(value: &Value) -> i64 {
    let text = match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    };
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.as_str()),
    };
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    assert!(fraction.len() <= 2, "{value} has more than two decimals");
    let whole: i64 = whole
        .parse()
        .unwrap_or_else(|_| panic!("{value} is no amount"));
    let fraction: i64 = format!("{fraction:0<2}").parse().unwrap();
    sign * (whole * 100 + fraction)
}

impl Books {
    /// Checks an answer that went well: all of (1) to (10) that it is about.
    pub(crate) fn check(&mut self, number: &str, input: &Value, output: &Value) {
        for rows in ["result", "detlcutinfo"] {
            for row in output[rows].as_array().into_iter().flatten() {
                self.line(row);
            }
        }
        let told = &output["setlinfo"];
        // An enquiry tells a settlement in other words.
        if told.is_null() || number.starts_with('5') {
            return;
        }
        self.settlement(output);
        match number {
            "2101" | "2206" | "2303" => {
                let left = fen(&told["balc"]);
                let before = self.before(told);
                assert_eq!(left, before - own(told), "(10) {told}");
                self.trial = Some((about(input), output.clone()));
            }
            "2102" | "2207" | "2304" => self.booked(input, output),
            _ => self.reversed(input, output),
        }
    }

    fn saw(&mut self, identity: u8) {
        *self.checked.entry(identity).or_default() += 1;
    }

    fn line(&mut self, row: &Value) {
        let parts = [
            "fulamt_ownpay_amt",
            "overlmt_amt",
            "preselfpay_amt",
            "inscp_scp_amt",
        ];
        let sum: i64 = parts.iter().map(|part| fen(&row[part])).sum();
        assert_eq!(fen(&row["det_item_fee_sumamt"]), sum, "(1) {row}");
        self.saw(1);
    }

    /// (2) to (7).
    fn settlement(&mut self, output: &Value) {
        let told = &output["setlinfo"];
        let amount = |name: &str| fen(&told[name]);
        let all = amount("medfee_sumamt");
        let parts = &AMOUNTS[1..5];
        let parts: i64 = parts.iter().map(|part| amount(part)).sum();
        assert_eq!(all, parts, "(2) {told}");
        let (funds, own, hospital) = (
            amount("fund_pay_sumamt"),
            amount("psn_part_amt"),
            amount("hosp_part_amt"),
        );
        assert_eq!(all, funds + own + hospital, "(3) {told}");
        let each: i64 = FUNDS.iter().map(|fund| amount(fund)).sum();
        assert_eq!(funds, each, "(4) {told}");
        let (account, relatives) = (amount("acct_pay"), amount("acct_mulaid_pay"));
        assert_eq!(own, account + amount("psn_cash_pay"), "(5) {told}");
        let (least, most) = (account.min(0), account.max(0));
        assert!((least..=most).contains(&relatives), "(5) {told}");
        let outside = amount("fulamt_ownpay_amt") + amount("overlmt_selfpay");
        let inside = amount("preselfpay_amt") + amount("inscp_scp_amt") - funds - hospital;
        assert_eq!(own, outside + inside, "(6) {told}");
        let deductible = amount("act_pay_dedc").abs();
        assert!(deductible <= amount("inscp_scp_amt").abs(), "{told}");
        let rows = output["setldetail"].as_array().unwrap();
        let paid = |of_fund: bool| -> i64 {
            let of = |row: &&Value| {
                let code = row["fund_pay_type"].as_str().unwrap();
                of_fund != (code.starts_with("3102") || code == "999996")
            };
            let rows = rows.iter().filter(of);
            rows.map(|row| fen(&row["fund_payamt"])).sum()
        };
        assert_eq!(paid(true), funds, "(7) {output}");
        assert_eq!(paid(false), account + hospital, "(7) {output}");
        for identity in 2..=7 {
            self.saw(identity);
        }
    }

    fn before(&self, told: &Value) -> i64 {
        let person = told["psn_no"].as_str().unwrap();
        self.balance.get(person).copied().unwrap_or(OPENING)
    }

    /// A settlement: (9) as it was tried, (10) from what was left.
    fn booked(&mut self, input: &Value, output: &Value) {
        let told = &output["setlinfo"];
        let id = told["setl_id"].as_str().unwrap().to_owned();
        if let Some(before) = self.settled.get(&id) {
            assert_eq!(before, output, "the same settlement, told again");
            return;
        }
        if let Some((of, tried)) = self.trial.take()
            && of == about(input)
        {
            assert_eq!(plain(&tried["setlinfo"]), plain(told), "(9) {told}");
            assert_eq!(tried["setldetail"], output["setldetail"], "(9)");
            self.saw(9);
        }
        let left = self.before(told) - own(told);
        assert_eq!(fen(&told["balc"]), left, "(10) {told}");
        self.saw(10);
        self.balance
            .insert(told["psn_no"].as_str().unwrap().to_owned(), left);
        self.settled.insert(id, output.clone());
    }

    /// (8): the exact negative, fund by fund.
    fn reversed(&mut self, input: &Value, output: &Value) {
        let told = &output["setlinfo"];
        let id = told["setl_id"].as_str().unwrap().to_owned();
        if let Some(before) = self.settled.get(&id) {
            assert_eq!(before, output, "the same reversal, told again");
            return;
        }
        self.trial = None;
        let original = input["data"]["setl_id"].as_str().unwrap();
        let original = &self.settled[original];
        let negative: Vec<i64> = plain(&original["setlinfo"]).iter().map(|n| -n).collect();
        assert_eq!(plain(told), negative, "(8) {told}");
        let rows = |output: &Value, sign: i64| -> Vec<(String, i64)> {
            let rows = output["setldetail"].as_array().unwrap().iter();
            let each = rows.map(|row| {
                let code = row["fund_pay_type"].as_str().unwrap().to_owned();
                (code, sign * fen(&row["fund_payamt"]))
            });
            each.collect()
        };
        assert_eq!(rows(output, -1), rows(original, 1), "(8)");
        let left = self.before(told) - own(told);
        assert_eq!(fen(&told["balc"]), left, "(10) {told}");
        self.saw(8);
        self.saw(10);
        self.balance
            .insert(told["psn_no"].as_str().unwrap().to_owned(), left);
        self.settled.insert(id, output.clone());
    }

    /// Something of a person was undone without being told the amounts.
    pub(crate) fn undone(&mut self, settlement: &str) {
        let told = &self.settled[settlement]["setlinfo"];
        let left = self.before(told) + own(told);
        let person = told["psn_no"].as_str().unwrap().to_owned();
        self.balance.insert(person, left);
        self.trial = None;
    }

    /// Something changed what a trial was about.
    pub(crate) fn moved(&mut self) {
        self.trial = None;
    }
}

/// What the own account paid.
fn own(told: &Value) -> i64 {
    fen(&told["acct_pay"]) - fen(&told["acct_mulaid_pay"])
}

/// All amounts but the balance.
fn plain(told: &Value) -> Vec<i64> {
    let names = AMOUNTS.iter().chain(&FUNDS);
    names.map(|name| fen(&told[name])).collect()
}

/// Which visit, batch and total a message is about.
fn about(input: &Value) -> String {
    let data = match input.get("data") {
        Some(data) => data,
        None => &input["druginfo"],
    };
    let names = [
        "psn_no",
        "mdtrt_id",
        "chrg_bchno",
        "medfee_sumamt",
        "mid_setl_flag",
        "dscgTime",
    ];
    names.map(|name| data[name].to_string()).join("|")
}
