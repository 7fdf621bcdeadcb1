//! A row by its table: every field in its order, from what is known, else from what the institution said, else empty.

use super::fields::{Field, Kind, Need, Shape};
use super::node::Node;
use super::write::Out;

/// Writes all fields of a table. `known` writes a field and says that it did; `said` tells what an institution said of it.
pub(super) fn write<'n>(
    out: &mut Out,
    shape: &Shape,
    mut known: impl FnMut(&mut Out, &'static str) -> bool,
    said: impl Fn(&str) -> Option<&'n Node<'n>>,
) {
    for field in shape.fields {
        if !known(out, field.name) {
            echo(out, field, said(field.name));
        }
    }
}

/// What an institution said, in the form that the table asks for.
fn echo(out: &mut Out, field: &Field, said: Option<&Node<'_>>) {
    let text = said.and_then(Node::scalar).filter(|text| !text.is_empty());
    match (field.kind, text) {
        (Kind::Number(..), Some(text)) if is_decimal(text) => out.raw(field.name, text),
        (Kind::Number(..), _) => out.null(field.name),
        (_, Some(text)) => out.text(field.name, text),
        (Kind::Text(_), None) if field.need == Need::Required => out.text(field.name, ""),
        (_, None) => out.null(field.name),
    };
}

/// A number as JSON has it.
fn is_decimal(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = match unsigned.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (unsigned, None),
    };
    let plain = whole == "0" || !whole.starts_with('0');
    text.len() <= 24 && digits(whole) && plain && fraction.is_none_or(digits)
}

/// What several papers said, the latest first.
#[derive(Debug, Default)]
pub(super) struct Said(Vec<Node<'static>>);

impl Said {
    /// Of one object.
    pub(super) fn one(node: Node<'static>) -> Said {
        Said(vec![node])
    }

    /// What is said later stands before it.
    pub(super) fn later(&mut self, node: Node<'static>) {
        self.0.insert(0, node);
    }

    /// The latest that was said of a field.
    pub(super) fn of(&self, name: &str) -> Option<&Node<'static>> {
        let said = self.0.iter().filter_map(|node| node.get(name));
        said.into_iter().find(|node| !node.is_empty())
    }

    /// The same as a text.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.of(name).and_then(Node::scalar)
    }
}
