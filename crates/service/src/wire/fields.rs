//! `Shape`: one table of the specification as data; the folder has them, a file for each family.

use super::codes::Table;

#[cfg(test)]
mod tests;

/// One node of a transaction's input or output.
#[derive(Debug)]
pub struct Shape {
    /// The transaction.
    pub number: &'static str,
    /// Input or output.
    pub way: Way,
    /// The key of the node; empty when the fields stand directly in the input or output.
    pub node: &'static str,
    /// Many rows?
    pub list: bool,
    /// In the order of the specification.
    pub fields: &'static [Field],
}

/// To us or from us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// What an institution sends.
    In,
    /// What it is answered.
    Out,
}

/// One row of a table of the specification.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The key.
    pub name: &'static str,
    /// Its Chinese name.
    pub zh: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Which codes it may be, if there is a list of them.
    pub table: Option<&'static Table>,
    /// May it be left out?
    pub need: Need,
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// So many characters.
    Text(u16),
    /// So many digits.
    Digits(u16),
    /// A decimal of so many digits, of which so many stand behind the point.
    Number(u8, u8),
    /// `yyyy-MM-dd`.
    Day,
    /// `yyyy-MM-dd HH:mm:ss`.
    Time,
    /// JSON inside a text, or a node of its own.
    Json,
    /// A file: numbers of a list, or base64.
    Bytes,
}

/// Whether a field must say something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// The table asks for it.
    Required,
    /// It may be empty or missing.
    Optional,
}

impl Shape {
    /// The field of this name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

impl Field {
    const fn of(mut self, table: &'static Table) -> Field {
        self.table = Some(table);
        self
    }
}

const fn must(name: &'static str, zh: &'static str, kind: Kind) -> Field {
    Field {
        name,
        zh,
        kind,
        table: None,
        need: Need::Required,
    }
}

const fn may(name: &'static str, zh: &'static str, kind: Kind) -> Field {
    Field {
        need: Need::Optional,
        ..must(name, zh, kind)
    }
}

const fn takes(
    number: &'static str,
    node: &'static str,
    list: bool,
    fields: &'static [Field],
) -> Shape {
    Shape {
        number,
        way: Way::In,
        node,
        list,
        fields,
    }
}

const fn gives(
    number: &'static str,
    node: &'static str,
    list: bool,
    fields: &'static [Field],
) -> Shape {
    Shape {
        way: Way::Out,
        ..takes(number, node, list, fields)
    }
}
