//! Tests of `message`.

use jiff::civil::date;

use super::*;
use crate::wire::ids::Region;
use crate::wire::node;

const PLAIN: &str = r#"{"infno":"2207","msgid":"m1","fixmedins_code":"H1","input":{"data":{}}}"#;

fn message(text: &str) -> Message<'_> {
    Message::parse(text).expect(text)
}

/// A message with this said instead of `"input":{"data":{}}`.
fn with(keys: &str) -> String {
    PLAIN.replace("\"input\":{\"data\":{}}", keys)
}

#[test]
fn the_envelope_is_read_by_its_names() {
    let text = include_bytes!("../../../samples/2102.request.json");
    let text = node::text(text).expect("UTF-8");
    let message = message(&text);
    assert_eq!(message.number, "2102");
    assert_eq!(message.id, "P43010099902202503031700000023");
    assert_eq!(message.institution, "P43010099902");
    assert_eq!(message.institution_name, "示例大药房");
    assert_eq!((&*message.operator, &*message.operator_kind), ("0053", "1"));
    assert_eq!(message.operator_name, "测试操作员");
    assert_eq!(
        (&*message.care_area, &*message.insured_area),
        ("430100", "430100")
    );
    assert_eq!((&*message.receiver, &*message.version), ("99", "1.0.0"));
    assert_eq!(message.time, Some(date(2025, 3, 3).at(17, 0, 0, 0)));
    assert_eq!(message.sign_in, "SN20250303080001");
    assert_eq!((&*message.device, &*message.signature), ("", ""));
    assert_eq!(message.envelope.len(), 17);
    assert!(!message.is_sealed());
    assert!(message.input.get("drugdetail").is_some());
}

#[test]
fn an_input_comes_in_many_forms() {
    let data = |keys: &str| message(&with(keys)).input.into_owned();
    let expected = Node::Object(vec![("data".into(), Node::Object(Vec::new()))]);
    for keys in [
        r#""input":{"data":{}}"#,
        r#""Input":{"data":{}}"#,
        r#""INPUT":"{\"data\":{}}""#,
        r#""input":" {\"data\" : {} }""#,
    ] {
        assert_eq!(data(keys), expected, "{keys}");
    }
    for keys in [
        r#""input":"""#,
        r#""input":null"#,
        r#""input":"null""#,
        r#""x":0"#,
    ] {
        assert_eq!(data(keys), Node::Object(Vec::new()), "{keys}");
    }
    let rows = data(r#""input":[1]"#);
    assert_eq!(rows, Node::List(vec![Node::Number("1".into())]));
    let broken = with(r#""input":"{\"data\":""#);
    assert!(matches!(
        Message::parse(&broken),
        Err(NoMessage::NotJson(_))
    ));
}

#[test]
fn a_sealed_input_is_opened_later() {
    let text = with(r#""input":"9w0KGgo=","encType":"SM4""#);
    let sealed = message(&text);
    assert!(sealed.is_sealed());
    assert_eq!(sealed.cipher, "SM4");
    let opened = sealed.with_input("{\"data\":1}").expect("JSON");
    assert_eq!(opened.input.get("data"), Some(&Node::Number("1".into())));
    assert_eq!(opened.number, "2207");
}

#[test]
fn careless_envelopes_are_understood() {
    let text = r#"{"infno":2207,"msgid":" m1 ","medins_code":"H2","fixmedins_code":"","sign_no":"null",
        "insuplc_admdvs":"NULL","inf_time":"20210401102833","opter":53,"enc_type":"x","signtype":null,"other":[1]}"#;
    let message = message(text);
    assert_eq!((&*message.number, &*message.id), ("2207", "m1"));
    assert_eq!(message.institution, "H2");
    assert_eq!((&*message.sign_in, &*message.insured_area), ("", ""));
    assert_eq!(message.time, Some(date(2021, 4, 1).at(10, 28, 33, 0)));
    assert_eq!((&*message.operator, &*message.cipher), ("53", "x"));
    let placeholder = with(r#""sign_no":"sign_no","inf_time":"soon""#);
    let message = super::tests::message(&placeholder);
    assert_eq!((&*message.sign_in, message.time), ("", None));
}

#[test]
fn what_every_message_has_is_asked_for_all_at_once() {
    let faults = |text: &str| match Message::parse(text) {
        Err(NoMessage::Faults(faults)) => faults.iter().map(|f| f.path.clone()).collect(),
        other => vec![format!("{other:?}")],
    };
    assert_eq!(faults("{}"), ["infno", "msgid", "fixmedins_code"]);
    assert_eq!(faults("[]"), ["message"]);
    let long = PLAIN
        .replace("2207", "22070000001")
        .replace("m1", &"m".repeat(31));
    assert_eq!(faults(&long), ["infno", "msgid"]);
    let just = PLAIN
        .replace("2207", "100001")
        .replace("m1", &"m".repeat(30));
    message(&just);
}

#[test]
fn what_breaks_the_table_of_the_envelope_is_told() {
    let text = include_bytes!("../../../samples/2102.request.json");
    let text = node::text(text).expect("UTF-8");
    assert_eq!(message(&text).breaches(), []);
    let bad = with(r#""opter_type":"9","inf_time":"soon","opter":"1","infver":"1.0""#);
    let told: Vec<_> = message(&bad)
        .breaches()
        .iter()
        .map(|f| f.path.clone())
        .collect();
    assert_eq!(
        told,
        [
            "message.mdtrtarea_admvs",
            "message.recer_sys_code",
            "message.opter_type",
            "message.opter_name",
            "message.inf_time",
            "message.fixmedins_name"
        ]
    );
}

fn reply() -> Reply<'static> {
    Reply {
        code: 0,
        form: CodeForm::Number,
        reference: None,
        received: date(2025, 3, 3).at(8, 33, 0, 120_000_000),
        answered: date(2025, 3, 3).at(8, 33, 0, 345_999_999),
        error: None,
        warning: None,
        signature: None,
        signature_kind: None,
        output: None,
    }
}

#[test]
fn an_answer_has_every_key_in_its_order() {
    let json = reply().json();
    let node = Node::parse(&json).expect("JSON");
    let keys: Vec<_> = node.members().iter().map(|(key, _)| &**key).collect();
    assert_eq!(
        keys,
        [
            "infcode",
            "inf_refmsgid",
            "refmsg_time",
            "respond_time",
            "err_msg",
            "warn_msg",
            "cainfo",
            "signtype",
            "output"
        ]
    );
    assert_eq!(node.get("infcode"), Some(&Node::Number("0".into())));
    assert_eq!(crate::wire::fields::envelope::RESPONSE.fields.len(), 6);
    let time = |key| node.get(key).and_then(Node::scalar);
    assert_eq!(time("refmsg_time"), Some("20250303083300120"));
    assert_eq!(time("respond_time"), Some("20250303083300345"));
    assert_eq!(node.get("output"), Some(&Node::Null));
}

#[test]
fn an_answer_is_told_as_its_institution_wants_it() {
    let region = Region::parse("430100").expect("digits");
    let reference = reference(region, date(2025, 3, 3).at(8, 33, 0, 0), 35);
    assert_eq!(reference, "430100202503030833000000000035");
    let long = "错\"".repeat(150);
    let json = Reply {
        code: -1,
        form: CodeForm::Text,
        reference: Some(&reference),
        error: Some(&long),
        output: Some("{\"a\":1}"),
        ..reply()
    }
    .json();
    let node = Node::parse(&json).expect("JSON");
    assert_eq!(node.get("infcode"), Some(&Node::Text("-1".into())));
    assert_eq!(
        node.get("inf_refmsgid").and_then(Node::scalar),
        Some(&*reference)
    );
    let error = node.get("err_msg").and_then(Node::scalar).expect("a text");
    assert_eq!(error, "错\"".repeat(100));
    assert!(
        node.get("output")
            .is_some_and(|output| output.get("a").is_some())
    );
}
