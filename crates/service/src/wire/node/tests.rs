//! Tests of `node`.

use super::*;

fn parsed(text: &str) -> Node<'_> {
    Node::parse(text).expect(text)
}

fn wrong(text: &str) -> NotJson {
    Node::parse(text).expect_err(text)
}

#[test]
fn numbers_keep_their_text() {
    let node = parsed(r#"{"a":1200.00,"b":-0,"c":1.0E7,"d":[true,null,"x"]}"#);
    let number = |key| node.get(key).map(Node::shown);
    assert_eq!(number("a").as_deref(), Some("1200.00"));
    assert_eq!(number("b").as_deref(), Some("-0"));
    assert_eq!(number("c").as_deref(), Some("1.0E7"));
    let list = Node::List(vec![Node::Bool(true), Node::Null, Node::Text("x".into())]);
    assert_eq!(node.get("d"), Some(&list));
}

#[test]
fn escapes_are_undone() {
    let node = parsed(r#""\u4e2d\n\"\\\/\ud83d\ude00""#);
    assert_eq!(node, Node::Text("中\n\"\\/😀".into()));
}

#[test]
fn nothing_looser_than_json_is_taken() {
    for text in [
        "",
        "  ",
        "{'a':1}",
        "{a:1}",
        "{\"a\":1,}",
        "[1,]",
        "[1 2]",
        "{\"a\" 1}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":1}/* x */",
        "{} {}",
        "// x\n{}",
        "01",
        "+1",
        ".5",
        "5.",
        "0x10",
        "NaN",
        "Infinity",
        "nul",
        "\"a",
        "\"\\x41\"",
        "\"\\ud800\"",
        "[",
        "{\"a\":",
        "}",
        ",",
        ":",
    ] {
        wrong(text);
    }
}

#[test]
fn the_place_is_told() {
    let wrong = wrong("{\n  \"名\": 1,\n  \"称\": 中\n}");
    assert_eq!((wrong.line, wrong.column), (3, 8));
    assert!(wrong.found.starts_with('中'), "{wrong}");
    let end = super::tests::wrong("{\"a\": 1");
    assert_eq!((end.line, end.column, end.found.as_str()), (1, 8, ""));
}

#[test]
fn a_key_stands_once() {
    assert!(wrong(r#"{"a":1,"b":2,"a":3}"#).rule_en.contains("twice"));
    assert!(wrong(r#"{"ab":1,"\u0061b":2}"#).rule_en.contains("twice"));
    parsed(r#"{"a":{"a":{"a":1}}}"#);
}

#[test]
fn depth_and_width_have_an_end() {
    let deep = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n));
    parsed(&deep(DEEPEST));
    wrong(&deep(DEEPEST + 2));
    wrong(&deep(200_000));
    wrong(&"[".repeat(200_000));
    wrong(&"{\"a\":".repeat(200_000));
    let wide = |n: usize| {
        let keys: Vec<_> = (0..n).map(|n| format!("\"k{n}\":0")).collect();
        format!("{{{}}}", keys.join(","))
    };
    assert_eq!(parsed(&wide(MOST_KEYS)).members().len(), MOST_KEYS);
    wrong(&wide(MOST_KEYS + 1));
}

#[test]
fn a_body_comes_with_a_mark_or_in_a_form() {
    let json = "{\"a\":\"中 +%\"}";
    let whole = |body: &[u8]| text(body).expect("UTF-8").into_owned();
    assert_eq!(whole(json.as_bytes()), json);
    assert_eq!(whole(format!("\u{feff}{json}").as_bytes()), json);
    let coded = "%7B%22a%22%3A%22%E4%B8%AD+%2B%25%22%7d";
    for form in [
        format!("={coded}"),
        format!("data={coded}"),
        coded.to_owned(),
    ] {
        assert_eq!(whole(form.as_bytes()), json, "{form}");
    }
    assert_eq!(whole(b"={\"a\":1}"), "{\"a\":1}");
    assert_eq!(whole(b"%7B%2"), "{%2", "a half escape stays");
    let bad = text(b"{\n\"a\xFF\"}").expect_err("no UTF-8");
    assert_eq!((bad.line, bad.column, bad.found.as_str()), (2, 3, "0xFF"));
    assert!(text(b"=%FF").is_err());
}

#[test]
fn what_says_nothing_is_empty() {
    for empty in ["null", "\"\"", "\"  \"", "\"null\"", "\"NULL\""] {
        assert!(parsed(empty).is_empty(), "{empty}");
        assert_eq!(parsed(empty).scalar(), None);
    }
    for full in ["0", "false", "{}", "[]", "\"Null\""] {
        assert!(!parsed(full).is_empty(), "{full}");
    }
    assert_eq!(parsed("\" a \"").scalar(), Some("a"));
}
