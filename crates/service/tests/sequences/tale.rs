//! `Tale`: what institutions say over one kept connection and what they are answered, written down.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::proof::http::{Client, Server};
use crate::proof::money::{Books, fen};
use crate::proof::{House, Person, say};

/// A tale in the making.
pub(crate) struct Tale {
    pub(crate) house: House,
    pub(crate) client: Client,
    books: Books,
    text: String,
    serial: u64,
    last: Value,
    /// Numbers that were given, in the order in which they came, and what they are called.
    names: Vec<(String, String)>,
    /// Ends before the house.
    _server: Server,
}

impl Tale {
    /// With so many persons.
    pub(crate) fn new(persons: usize) -> Tale {
        let house = House::new(persons);
        let server = Server::start(house.door.clone());
        let client = Client::new(server.address).unwrap();
        Tale {
            house,
            client,
            books: Books::default(),
            text: String::new(),
            serial: 0,
            last: Value::Null,
            names: Vec::new(),
            _server: server,
        }
    }

    pub(crate) fn person(&self, n: usize) -> Person {
        self.house.people[n].clone()
    }

    /// A remark of the teller.
    pub(crate) fn note(&mut self, text: &str) {
        let _ = writeln!(self.text, "\n# {text}");
    }

    /// A message under a name of its own; the output.
    pub(crate) fn say(&mut self, by: &str, number: &str, what: &str, input: Value) -> Value {
        self.serial += 1;
        let id = format!("m{}", self.serial);
        self.named(by, (number, &id), what, input)
    }

    /// A message under a given name; the output.
    pub(crate) fn named(
        &mut self,
        by: &str,
        (number, id): (&str, &str),
        what: &str,
        input: Value,
    ) -> Value {
        self.last = say::message(by, number, id, &input);
        let who = self.house_name(by);
        let _ = writeln!(self.text, "{who} {number} {id} {what}");
        self.send()
    }

    /// The last message once more, word for word.
    pub(crate) fn again(&mut self) -> Value {
        let id = self.last["msgid"].as_str().unwrap().to_owned();
        let _ = writeln!(self.text, "  the same message {id} again");
        self.send()
    }

    /// The name of the last message.
    pub(crate) fn last_id(&self) -> String {
        self.last["msgid"].as_str().unwrap().to_owned()
    }

    /// A settlement was undone by the message's name.
    pub(crate) fn undone(&mut self, settlement: &Value) {
        self.books.undone(settlement.as_str().unwrap());
    }

    fn house_name(&self, by: &str) -> &'static str {
        match by.chars().last() {
            Some('3') => "hospital",
            Some('2') => "another",
            _ => "pharmacy",
        }
    }

    fn send(&mut self) -> Value {
        let body = self.last.to_string();
        let kind = Some("application/json;charset=UTF-8");
        let path = "/fsi/api/rsfComIfsService/callService";
        let answered = self.client.post(path, kind, body.as_bytes()).unwrap();
        assert_eq!(answered.status, 200);
        let answer: Value = serde_json::from_slice(&answered.body).unwrap();
        self.tell(&answer);
        if answer["infcode"] == json!(0) {
            let number = self.last["infno"].as_str().unwrap();
            let output = &answer["output"];
            self.books.check(number, &self.last["input"], output);
        }
        answer["output"].clone()
    }

    /// The answer in short.
    pub(crate) fn tell(&mut self, answer: &Value) {
        let mut line = format!("  → {}", answer["infcode"]);
        for (mark, key) in [("", "err_msg"), ("! ", "warn_msg")] {
            if let Some(text) = answer[key].as_str() {
                let _ = write!(line, " {mark}{text}");
            }
        }
        let output = &answer["output"];
        for given in ["data", "result"] {
            if let Some(id) = output[given]["mdtrt_id"].as_str() {
                let _ = write!(line, " {}", self.called(id, "visit"));
            }
        }
        let told = output["setlinfo"].clone();
        if !told.is_null() {
            let id = told["setl_id"]
                .as_str()
                .map(|id| self.called(id, "settlement"));
            let _ = write!(
                line,
                " {}: {}",
                id.unwrap_or("a trial".into()),
                amounts(&told)
            );
            let rows = output["setldetail"].as_array().unwrap().iter();
            let rows = rows.map(|row| {
                format!(
                    "{} {}",
                    row["fund_pay_type"].as_str().unwrap(),
                    yuan(&row["fund_payamt"])
                )
            });
            let _ = write!(line, " [{}]", rows.collect::<Vec<_>>().join(", "));
        }
        let _ = writeln!(self.text, "{line}");
        for rows in ["result", "detlcutinfo"] {
            for row in output[rows].as_array().into_iter().flatten() {
                let _ = writeln!(self.text, "      {}", row_of(row));
            }
        }
    }

    fn called(&mut self, id: &str, kind: &str) -> String {
        if let Some((_, name)) = self.names.iter().find(|(known, _)| known == id) {
            return name.clone();
        }
        let count = self.names.iter().filter(|(_, name)| name.starts_with(kind));
        let name = format!("{kind} {}", count.count() + 1);
        self.names.push((id.to_owned(), name.clone()));
        name
    }

    /// Ends the tale: the books are whole. What was told.
    pub(crate) fn end(self) -> String {
        let report = agency::audit::audit(self.house.agency(), |_| ()).unwrap();
        assert!(report.is_clean(), "{:?}", report.breaks);
        let checked = self.books.checked;
        format!("{}\nidentities checked: {checked:?}\n", self.text)
    }
}

fn yuan(value: &Value) -> String {
    let fen = fen(value);
    let sign = if fen < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", fen.abs() / 100, fen.abs() % 100)
}

/// The sums of a settlement.
fn amounts(told: &Value) -> String {
    let amount = |name: &str| yuan(&told[name]);
    let mut text = format!(
        "{} = {} own + {} over + {} first + {} in scope; deductible {}, funds {}, account {}, cash {}",
        amount("medfee_sumamt"),
        amount("fulamt_ownpay_amt"),
        amount("overlmt_selfpay"),
        amount("preselfpay_amt"),
        amount("inscp_scp_amt"),
        amount("act_pay_dedc"),
        amount("fund_pay_sumamt"),
        amount("acct_pay"),
        amount("psn_cash_pay"),
    );
    let _ = write!(text, "; balance {}", amount("balc"));
    text
}

/// What a line divides into.
fn row_of(row: &Value) -> String {
    let amount = |name: &str| yuan(&row[name]);
    format!(
        "line {}: {} = {} own + {} over + {} first + {} in scope",
        row["feedetl_sn"].as_str().unwrap(),
        amount("det_item_fee_sumamt"),
        amount("fulamt_ownpay_amt"),
        amount("overlmt_amt"),
        amount("preselfpay_amt"),
        amount("inscp_scp_amt"),
    )
}
