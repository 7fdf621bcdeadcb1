//! `Node`: a value of a file with its place; the same for TOML and JSON.

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    /// First byte.
    pub(crate) at: usize,
    /// What it is.
    pub(crate) value: Value,
}

/// What a value is.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    /// `null`, only in JSON.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, by its text.
    Number(String),
    /// A string.
    Text(String),
    /// A TOML date or time, by its text.
    Date(String),
    /// A list.
    List(Vec<Node>),
    /// A table; keys are unique.
    Table(Vec<Entry>),
}

/// A key with its value.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// First byte of the key.
    pub(crate) at: usize,
    /// The key.
    pub(crate) key: String,
    /// The value.
    pub(crate) node: Node,
}

impl Node {
    /// Where tables and lists are nested more than `levels` deep, if anywhere.
    pub(crate) fn deeper_than(&self, levels: usize) -> Option<usize> {
        let within = levels.checked_sub(1);
        match (&self.value, within) {
            (Value::List(_) | Value::Table(_), None) => Some(self.at),
            (Value::List(list), Some(levels)) => list.iter().find_map(|n| n.deeper_than(levels)),
            (Value::Table(entries), Some(levels)) => {
                entries.iter().find_map(|e| e.node.deeper_than(levels))
            }
            (
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) | Value::Date(_),
                _,
            ) => None,
        }
    }

    /// First byte of the value that a path like `line[2].amount` leads to, elements counted from 1; of the last value on the way if there is none.
    pub(crate) fn at_path(&self, path: &str) -> usize {
        let mut node = self;
        for step in path.split(['.', '[']) {
            let next = match (&node.value, step.strip_suffix(']')) {
                (Value::List(list), Some(number)) => {
                    let number = number.parse().ok().and_then(|n: usize| n.checked_sub(1));
                    number.and_then(|n| list.get(n))
                }
                (Value::Table(entries), None) => {
                    entries.iter().find(|e| e.key == step).map(|e| &e.node)
                }
                _ => None,
            };
            let Some(next) = next else { break };
            node = next;
        }
        node.at
    }

    /// What was found, for an error.
    pub(crate) fn found(&self) -> String {
        match &self.value {
            Value::Null => "null".into(),
            Value::Bool(b) => format!("`{b}`"),
            Value::Number(n) => format!("the number `{}`", on_one_line(n, 40)),
            Value::Text(t) => format!("\"{}\"", shortened(t, 40)),
            Value::Date(d) => format!("the date `{d}`"),
            Value::List(_) => "a list".into(),
            Value::Table(_) => "a table".into(),
        }
    }
}

/// At most so many characters of a text between quotation marks, for an error.
pub(crate) fn shortened(text: &str, most: usize) -> String {
    cut(text, most, |c| c.escape_debug().collect())
}

/// At most so many characters of a text, on one line, for an error.
pub(crate) fn on_one_line(text: &str, most: usize) -> String {
    cut(text, most, |c| match c {
        '"' | '\'' | '\\' => c.to_string(),
        _ => c.escape_debug().collect(),
    })
}

fn cut(text: &str, most: usize, spell: impl Fn(char) -> String) -> String {
    let mut chars = text.chars();
    let head: String = chars.by_ref().take(most).map(spell).collect();
    let more = if chars.next().is_some() { "…" } else { "" };
    format!("{head}{more}")
}

/// The path of a key below a path; a key that is not a plain word is quoted, on one line.
pub(crate) fn joined(path: &str, key: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let dot = if path.is_empty() { "" } else { "." };
    if !key.is_empty() && key.chars().count() <= 40 && key.chars().all(plain) {
        format!("{path}{dot}{key}")
    } else {
        format!("{path}{dot}\"{}\"", shortened(key, 40))
    }
}
