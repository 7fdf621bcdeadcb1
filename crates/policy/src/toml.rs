//! TOML text to nodes; numbers and dates keep their text.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::error::Error;
use crate::node::{Entry, Node, Value};
use crate::reader::FULL_WIDTH;
use crate::source::Source;

/// The tree of a TOML text.
pub(crate) fn parse(source: &Source) -> Result<Node, Error> {
    match DeTable::parse(&source.text) {
        Ok(table) => {
            let at = table.span().start;
            Ok(Node {
                at,
                value: Value::Table(entries(source, table.into_inner())),
            })
        }
        Err(error) => {
            let byte = error.span().map_or(0, |span| span.start);
            if error.message().contains("recurs") {
                return Err(source.too_deep(byte));
            }
            let mut malformed =
                source.malformed(byte, "TOML", &error.message().replace('\n', ", "));
            if source.line_at(byte).contains(FULL_WIDTH) {
                let hint = "a full-width character stands in this line: quotes, commas and signs are half-width";
                malformed.hint = Some(hint.to_owned());
            }
            Err(malformed)
        }
    }
}

fn entries(source: &Source, table: DeTable<'_>) -> Vec<Entry> {
    let entry = |(key, value): (Spanned<_>, Spanned<DeValue<'_>>)| Entry {
        at: key.span().start,
        key: std::borrow::Cow::into_owned(key.into_inner()),
        node: node(source, value),
    };
    table.into_iter().map(entry).collect()
}

fn node(source: &Source, value: Spanned<DeValue<'_>>) -> Node {
    let span = value.span();
    let at = span.start;
    let value = match value.into_inner() {
        DeValue::String(text) => Value::Text(text.into_owned()),
        // As it stands there: `0x10` and `1_000` are numbers of TOML, and no reader takes them for amounts.
        DeValue::Integer(_) | DeValue::Float(_) => Value::Number(source.text[span].to_owned()),
        DeValue::Boolean(b) => Value::Bool(b),
        DeValue::Datetime(date) => Value::Date(date.to_string()),
        DeValue::Array(list) => Value::List(list.into_iter().map(|v| node(source, v)).collect()),
        DeValue::Table(table) => Value::Table(entries(source, table)),
    };
    Node { at, value }
}
