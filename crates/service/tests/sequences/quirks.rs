//! What senders really do: paths, content types, forms, inputs as texts, numbers as texts, nothings of every kind.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::proof::HOSPITAL;
use crate::proof::say::{self, line};
use crate::tale::Tale;

const ONE: &str = "/fsi/api/rsfComIfsService/callService";

/// One line for each way of sending; its answer.
struct Ways {
    tale: Tale,
    text: String,
    serial: u32,
}

impl Ways {
    fn message(&mut self, number: &str, input: &Value) -> Value {
        self.serial += 1;
        say::message(HOSPITAL, number, &format!("q{}", self.serial), input)
    }

    /// Sends bytes on a path with a content type.
    fn send(&mut self, what: &str, (path, kind): (&str, Option<&str>), body: &[u8]) -> Value {
        let answered = self.tale.client.post(path, kind, body).unwrap();
        let told: Value = serde_json::from_slice(&answered.body).unwrap();
        let text = |key: &str| told[key].as_str().unwrap_or_default().to_owned();
        let _ = writeln!(
            self.text,
            "{what}\n  → HTTP {} {} {} {} {}",
            answered.status,
            answered.header("content-type"),
            told["infcode"],
            text("err_msg"),
            text("warn_msg")
        );
        told
    }

    /// Sends a message on the path of all.
    fn tell(&mut self, what: &str, message: &Value) -> Value {
        self.send(what, (ONE, None), message.to_string().as_bytes())
    }
}

fn ways() -> Ways {
    Ways {
        tale: Tale::new(2),
        text: String::new(),
        serial: 0,
    }
}

#[test]
fn paths_content_types_and_forms() {
    let mut ways = ways();
    let li = ways.tale.person(0);
    let input = say::person(&li);
    let json = Some("application/json;charset=UTF-8");
    for path in [
        ONE,
        "/mbs-fsi/web/api/fsi/callService",
        "/fsi/api/rsfComIfsService/callService/1101",
        "/fsi/api/1101",
        "/fsi/api/fsiPsnInfoService/queryPsnInfo",
        "/fsi/api/fsiPsnInfoService/queryPsnInfo/",
        "/fsi/api/hospSettService/settV2",
        "/fsi/api/2207",
        "/elsewhere",
        "/",
    ] {
        let body = ways.message("1101", &input).to_string();
        ways.send(&format!("path {path}"), (path, json), body.as_bytes());
    }
    for kind in [
        "text/plain; charset=utf-8",
        "application/x-www-form-urlencoded",
        "nonsense",
    ] {
        let body = ways.message("1101", &input).to_string();
        ways.send(
            &format!("JSON as {kind}"),
            (ONE, Some(kind)),
            body.as_bytes(),
        );
    }
    let form = Some("application/x-www-form-urlencoded");
    for (what, name) in [
        ("a form without a name", "="),
        ("a form with a name", "json="),
    ] {
        let body = ways.message("1101", &input).to_string();
        let body = format!("{name}{}", encoded(&body));
        ways.send(what, (ONE, form), body.as_bytes());
    }
    let body = ways.message("1101", &input).to_string();
    ways.send(
        "with a byte order mark",
        (ONE, json),
        format!("\u{feff}{body}").as_bytes(),
    );
    for (what, body) in [
        ("nothing", ""),
        ("no JSON", "{\"infno\": "),
        ("a list", "[]"),
        ("an empty object", "{}"),
        ("a text", "\"1101\""),
    ] {
        ways.send(what, (ONE, json), body.as_bytes());
    }
    ways.send(
        "bytes that are no text",
        (ONE, json),
        b"{\"infno\":\"\xff\"}",
    );
    insta::assert_snapshot!(ways.text);
}

fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => out.push(char::from(byte)),
            b' ' => out.push('+'),
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

#[test]
fn envelopes_as_they_come() {
    let mut ways = ways();
    let li = ways.tale.person(0);
    let input = say::person(&li);
    let mut odd = |what: &str, change: &dyn Fn(&mut Value)| {
        let mut message = ways.message("1101", &input);
        change(&mut message);
        ways.tell(what, &message);
    };
    odd("input as a text", &|m| {
        m["input"] = m["input"].to_string().into()
    });
    odd("input as no JSON", &|m| m["input"] = "{\"data\":".into());
    odd("Input with a capital", &|m| {
        let object = m.as_object_mut().unwrap();
        let input = object.remove("input").unwrap();
        object.insert("Input".into(), input);
    });
    odd("no input", &|m| m["input"] = Value::Null);
    odd("an empty text as input", &|m| m["input"] = "".into());
    odd("unknown keys", &|m| m["serv_code"] = json!({ "a": [1] }));
    odd("only what must be", &|m| {
        let object = m.as_object_mut().unwrap();
        object
            .retain(|key, _| ["infno", "msgid", "fixmedins_code", "input"].contains(&key.as_str()));
    });
    odd("a middleware's key", &|m| {
        let object = m.as_object_mut().unwrap();
        let code = object.remove("fixmedins_code").unwrap();
        object.insert("medins_code".into(), code);
    });
    odd("the word null", &|m| m["sign_no"] = "null".into());
    odd("nulls", &|m| m["dev_no"] = Value::Null);
    odd("the number as a number", &|m| m["infno"] = json!(1101));
    odd("another time", &|m| m["inf_time"] = "20250303100000".into());
    odd("no institution", &|m| m["fixmedins_code"] = "".into());
    odd("no message id", &|m| m["msgid"] = Value::Null);
    odd("a long message id", &|m| m["msgid"] = "9".repeat(31).into());
    odd("an unknown transaction", &|m| m["infno"] = "90502".into());
    insta::assert_snapshot!(ways.text);
}

/// A table of messages, in the order in which they are sent.
#[test]
fn fields_as_they_come() {
    let mut ways = ways();
    let (li, other) = (ways.tale.person(0), ways.tale.person(1));
    let bought = [line("1", "XA00SYN004A001010100004", 2, 2000)];
    let mut odd = |what: &str, change: &dyn Fn(&mut Value)| {
        let mut input = say::purchase(&li, &bought);
        change(&mut input);
        let message = ways.message("2102", &input);
        ways.tell(what, &message);
    };
    odd("numbers as texts", &|m| {
        m["druginfo"]["medfee_sumamt"] = "40.00".into();
        m["drugdetail"][0]["cnt"] = "2".into();
        m["drugdetail"][0]["pric"] = " 20.0000 ".into();
    });
    odd("one object for a list", &|m| {
        m["drugdetail"] = m["drugdetail"][0].clone()
    });
    odd("a list for one object", &|m| {
        m["druginfo"] = json!([m["druginfo"]])
    });
    odd("nulls and the word null", &|m| {
        m["druginfo"]["card_sn"] = "null".into();
        m["druginfo"]["invono"] = Value::Null;
        m["druginfo"]["exp_content"] = "NULL".into();
        m["drugdetail"][0]["prd_days"] = "".into();
    });
    odd("unknown keys", &|m| m["druginfo"]["more"] = json!([[{}]]));
    odd("optional keys missing", &|m| {
        let object = m["druginfo"].as_object_mut().unwrap();
        for key in [
            "card_sn",
            "invono",
            "dise_codg",
            "dise_name",
            "exp_content",
            "acct_used_flag",
        ] {
            object.remove(key);
        }
    });
    odd("a day for a time", &|m| {
        m["druginfo"]["begntime"] = "2025-03-03".into()
    });
    odd("a time of the future", &|m| {
        m["druginfo"]["begntime"] = "2199-03-03 09:00:00".into()
    });
    odd("no day", &|m| {
        m["druginfo"]["begntime"] = "2025-02-30 09:00:00".into()
    });
    odd("several faults at once", &|m| {
        m["druginfo"]["psn_no"] = "".into();
        m["druginfo"]["insutype"] = "999".into();
        m["drugdetail"][0]["cnt"] = "two".into();
        m["drugdetail"][0]["pric"] = json!(-1);
    });
    odd("no lines", &|m| m["drugdetail"] = json!([]));
    odd("an amount of many decimals", &|m| {
        m["druginfo"]["medfee_sumamt"] = "40.005".into()
    });
    odd("a huge amount", &|m| {
        m["druginfo"]["medfee_sumamt"] = "99999999999999999999".into()
    });
    odd("a price that is not the amount's", &|m| {
        m["drugdetail"][0]["pric"] = json!(21)
    });
    odd("an unknown item", &|m| {
        m["drugdetail"][0]["med_list_codg"] = "ZZ99".into()
    });
    odd("another scheme", &|m| {
        m["druginfo"]["insutype"] = "390".into()
    });
    odd("a person of another place", &|m| {
        m["druginfo"]["psn_no"] = "1101000000000000000000001".into();
    });
    odd("another's identity number", &|m| {
        m["druginfo"]["certno"] = other.identity.clone().into()
    });
    insta::assert_snapshot!(ways.text);
}
