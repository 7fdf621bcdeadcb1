//! Messages spoilt: bytes, or fields of a message that is otherwise good.

use serde_json::{Map, Value, json};

/// A number below so many; the source of all chance.
pub(crate) type Roll<'a> = &'a mut dyn FnMut(usize) -> usize;

/// Words that mean something to whoever reads a message.
const WORDS: &[&str] = &[
    "\"",
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "null",
    "\"null\"",
    "0",
    "-1",
    "1e9",
    "1.5",
    "\\u0000",
    "\\ud800",
    "=",
    "%7B",
    "+",
    "\u{feff}",
    "\"input\"",
    "\"infno\"",
    "2207",
    "9999999999999999999999",
    "\u{0}",
    "医保",
];

/// A text spoilt at a few places.
pub(crate) fn bytes(body: &mut Vec<u8>, roll: Roll<'_>) {
    for _ in 0..=roll(3) {
        let at = roll(body.len() + 1);
        let until = (at + roll(24)).min(body.len());
        match roll(6) {
            0 if at < body.len() => body[at] = u8::try_from(roll(256)).unwrap_or(0),
            1 => drop(body.drain(at..until)),
            2 => {
                let copy = body[at..until].to_vec();
                let to = roll(body.len() + 1);
                body.splice(to..to, copy);
            }
            3 => body.truncate(at),
            _ => {
                let word = WORDS[roll(WORDS.len())];
                body.splice(at..at, word.bytes());
            }
        }
    }
}

/// A message with a few fields said otherwise; `known` are numbers that were really given.
pub(crate) fn fields(message: &mut Value, known: &[String], roll: Roll<'_>) {
    for _ in 0..=roll(3) {
        // The envelope seldom, the input mostly.
        if roll(8) > 0 {
            field(&mut message["input"], known, roll);
        } else {
            field(message, known, roll);
        }
    }
}

fn field(node: &mut Value, known: &[String], roll: Roll<'_>) {
    let deeper = roll(6) > 0;
    match node {
        Value::Object(members) if !members.is_empty() => {
            let n = roll(members.len());
            let key = members.keys().nth(n).cloned().unwrap_or_default();
            match roll(12) {
                0 if !deeper => drop(members.remove(&key)),
                1 if !deeper => swap(members, &key, roll),
                _ => field(&mut members[&key], known, roll),
            }
        }
        Value::Array(rows) if !rows.is_empty() => {
            let n = roll(rows.len());
            match roll(8) {
                0 => drop(rows.remove(n)),
                1 => rows.push(rows[n].clone()),
                _ => field(&mut rows[n], known, roll),
            }
        }
        node => *node = odd(node, known, roll),
    }
}

/// What one field says is said by another.
fn swap(members: &mut Map<String, Value>, key: &str, roll: Roll<'_>) {
    let n = roll(members.len());
    let other = members.keys().nth(n).cloned().unwrap_or_default();
    let (a, b) = (members[key].clone(), members[&other].clone());
    members[key] = b;
    members[&other] = a;
}

/// Something else than was said. A table.
fn odd(node: &Value, known: &[String], roll: Roll<'_>) -> Value {
    let text = node
        .as_str()
        .map_or_else(|| node.to_string(), str::to_owned);
    match roll(24) {
        0 => Value::Null,
        1 => "".into(),
        2 => "null".into(),
        3 => json!(-1),
        4 => json!(0),
        5 => json!(true),
        6 => json!([]),
        7 => json!({}),
        8 => json!([node, node]),
        9 => json!({ "a": node }),
        10 => "9".repeat(roll(60)).into(),
        11 => "好".repeat(roll(600)).into(),
        12 => format!("-{text}").into(),
        13 => format!("{text}0").into(),
        14 => format!(" {text} ").into(),
        15 => "2025-02-30 25:00:00".into(),
        16 => "1899-12-31 00:00:00".into(),
        17 => "9999-12-31 23:59:59".into(),
        18 => "0000".into(),
        19 => json!(1_000_000_000_000_000_u64),
        20 => "\u{0}\n\t\"\\".into(),
        21 => "0.0000001".into(),
        _ if known.is_empty() => Value::Null,
        _ => known[roll(known.len())].clone().into(),
    }
}
