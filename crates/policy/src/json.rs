//! JSON text to nodes; numbers keep their text, a key twice is an error.

use jsonc_parser::ast;
use jsonc_parser::common::Ranged;
use jsonc_parser::errors::ParseError;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use crate::error::Error;
use crate::node::{Entry, Node, Value, joined};
use crate::source::Source;

/// JSON as RFC 8259 has it, nothing looser.
const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// The tree of a JSON text.
pub(crate) fn parse(source: &Source) -> Result<Node, Error> {
    let scan = Scan::of(&source.text);
    if let Some(at) = scan.too_deep {
        return Err(source.too_deep(at));
    }
    let parsed = parse_to_ast(&source.text, &CollectOptions::default(), &STRICT);
    let wrong = parsed.as_ref().err().map(ParseError::range);
    let stray = scan
        .stray
        .filter(|(at, _)| wrong.is_none_or(|wrong| *at <= wrong.start));
    if let Some((at, rule)) = stray {
        return Err(source.malformed(at, "JSON", rule));
    }
    let wrong =
        |e: ParseError| source.malformed(e.range().start, "JSON", &lower(&e.kind().to_string()));
    let parsed = parsed.map_err(wrong)?;
    match parsed.value {
        Some(value) => node(source, "", &value),
        None => Err(source.error(0, "", "not JSON: the text is empty".into())),
    }
}

fn lower(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars
        .next()
        .map(|c| c.to_lowercase().chain(chars).collect())
        .unwrap_or_default()
}

/// What the parser does not see, or sees too late.
#[derive(Default)]
struct Scan {
    /// The first bracket that is nested too deeply.
    too_deep: Option<usize>,
    /// The first character that may not stand where it stands, and the rule.
    stray: Option<(usize, &'static str)>,
}

impl Scan {
    fn of(text: &str) -> Scan {
        let mut scan = Scan::default();
        let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
        let mut before = ' ';
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let then = chars.peek().map_or(' ', |(_, c)| *c);
            match c {
                '"' if !escaped => quoted = !quoted,
                '\0'..'\x20' if quoted => {
                    scan.stray(at, "control characters in strings are escaped")
                }
                _ if quoted => {}
                '{' | '[' => depth += 1,
                '}' | ']' => depth = depth.saturating_sub(1),
                '0' if then.is_ascii_digit() && !in_number(before) => {
                    scan.stray(at, "a number does not begin with a needless zero");
                }
                ' ' | '\t' | '\n' | '\r' => {}
                c if c.is_whitespace() => {
                    scan.stray(at, "only blanks, tabs and ends of lines are white space")
                }
                _ => {}
            }
            escaped = quoted && c == '\\' && !escaped;
            before = c;
            if depth > Source::DEEPEST {
                scan.too_deep = Some(at);
                break;
            }
        }
        scan
    }

    fn stray(&mut self, at: usize, rule: &'static str) {
        self.stray.get_or_insert((at, rule));
    }
}

fn in_number(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '.' || c == '+'
}

fn node(source: &Source, path: &str, value: &ast::Value<'_>) -> Result<Node, Error> {
    let at = value.range().start;
    let value = match value {
        ast::Value::StringLit(text) => Value::Text(text.value.to_string()),
        ast::Value::NumberLit(number) => Value::Number(number.value.to_owned()),
        ast::Value::BooleanLit(b) => Value::Bool(b.value),
        ast::Value::NullKeyword(_) => Value::Null,
        ast::Value::Array(list) => {
            let element = |(n, e)| node(source, &format!("{path}[{}]", n + 1), e);
            Value::List(
                list.elements
                    .iter()
                    .enumerate()
                    .map(element)
                    .collect::<Result<_, _>>()?,
            )
        }
        ast::Value::Object(object) => Value::Table(entries(source, path, object)?),
    };
    Ok(Node { at, value })
}

fn entries(source: &Source, path: &str, object: &ast::Object<'_>) -> Result<Vec<Entry>, Error> {
    let mut entries: Vec<Entry> = Vec::with_capacity(object.properties.len());
    let mut known = std::collections::BTreeSet::new();
    for property in &object.properties {
        let key = property.name.as_str();
        let path = joined(path, key);
        if !known.insert(key) {
            return Err(source.error(
                property.range.start,
                &path,
                "the key stands twice; a key stands once".into(),
            ));
        }
        let node = node(source, &path, &property.value)?;
        entries.push(Entry {
            at: property.range.start,
            key: key.to_owned(),
            node,
        });
    }
    Ok(entries)
}
