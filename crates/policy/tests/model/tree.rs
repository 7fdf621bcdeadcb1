//! `Tree`: a TOML text as nothing but texts, lists and tables.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

/// Numbers, days and truth values are kept as they are written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Tree {
    Text(String),
    List(Vec<Tree>),
    Table(BTreeMap<String, Tree>),
}

impl Tree {
    pub(crate) fn read(text: &str) -> Result<Tree, String> {
        let table = DeTable::parse(text).map_err(|error| error.to_string())?;
        Ok(of_table(table.get_ref()))
    }

    /// What lies at the end of a way of keys, if anything.
    pub(crate) fn find(&self, way: &[&str]) -> Option<&Tree> {
        way.iter().try_fold(self, |tree, key| match tree {
            Tree::Table(table) => table.get(*key),
            _ => None,
        })
    }

    /// The text under a key, if it is there.
    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        self.find(&[key]).map(Tree::as_text)
    }

    /// The text under a key that must be there.
    pub(crate) fn must(&self, key: &str) -> &str {
        self.text(key)
            .unwrap_or_else(|| panic!("no {key} in {self:?}"))
    }

    pub(crate) fn as_text(&self) -> &str {
        match self {
            Tree::Text(text) => text,
            _ => panic!("not a text: {self:?}"),
        }
    }

    /// The rows under a key; none if it is absent.
    pub(crate) fn rows(&self, key: &str) -> &[Tree] {
        match self.find(&[key]) {
            Some(Tree::List(rows)) => rows,
            None => &[],
            Some(other) => panic!("{key} is not a list: {other:?}"),
        }
    }

    /// A text or a list of texts, as a list; nothing if it is absent.
    pub(crate) fn texts(&self, key: &str) -> Option<Vec<&str>> {
        match self.find(&[key])? {
            Tree::List(list) => Some(list.iter().map(Tree::as_text).collect()),
            one => Some(vec![one.as_text()]),
        }
    }
}

fn of_table(table: &DeTable<'_>) -> Tree {
    Tree::Table(
        table
            .iter()
            .map(|(key, value)| (key.get_ref().to_string(), of_value(value.get_ref())))
            .collect(),
    )
}

fn of_value(value: &DeValue<'_>) -> Tree {
    match value {
        DeValue::String(text) => Tree::Text(text.to_string()),
        DeValue::Integer(number) => Tree::Text(number.as_str().to_owned()),
        DeValue::Float(number) => Tree::Text(number.as_str().to_owned()),
        DeValue::Boolean(truth) => Tree::Text(truth.to_string()),
        DeValue::Datetime(day) => Tree::Text(day.to_string()),
        DeValue::Array(list) => {
            Tree::List(list.iter().map(|item| of_value(item.get_ref())).collect())
        }
        DeValue::Table(table) => of_table(table),
    }
}
