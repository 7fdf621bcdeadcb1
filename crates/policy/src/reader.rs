//! `Reader`: takes a tree apart and collects every error; an unknown key is one.

use domain::bill::{Quantity, UnitPrice};
use domain::{Fen, Ratio};
use jiff::civil::Date;

use crate::error::{Error, Errors};
use crate::figure;
use crate::node::{Entry, Node, Value, joined};
use crate::source::{Source, place, whole};

/// A value with the path that leads to it.
#[derive(Clone, Debug)]
pub(crate) struct Field<'n> {
    pub(crate) node: &'n Node,
    pub(crate) path: String,
}

/// A table whose keys are taken one by one; what is left over is unknown.
pub(crate) struct Table<'n> {
    /// First byte.
    pub(crate) at: usize,
    pub(crate) path: String,
    entries: &'n [Entry],
    asked: Vec<&'static str>,
}

/// Collects what is wrong. Every reading function returns nothing where it has told an error.
pub(crate) struct Reader<'s> {
    source: &'s Source,
    /// Each with its byte; positions are counted at the end.
    errors: Vec<(usize, Error)>,
    /// How many more there were than are told.
    untold: usize,
}

/// Characters of the Chinese keyboard that are easily typed for half-width ones.
pub(crate) const FULL_WIDTH: [char; 10] =
    ['“', '”', '‘', '’', '，', '％', '：', '＝', '．', '\u{3000}'];

/// Said of an empty list that selects.
pub(crate) const EMPTY: &str =
    "an empty list was found, which names nothing; name something or leave the key out";

/// So many errors of a file are told; who has more looks at these first.
const MOST_ERRORS: usize = 100;

impl<'s> Reader<'s> {
    pub(crate) fn new(source: &'s Source) -> Reader<'s> {
        Reader {
            source,
            errors: Vec::new(),
            untold: 0,
        }
    }

    /// The value, if nothing was wrong.
    pub(crate) fn finish<T>(mut self, value: Option<T>) -> Result<T, Errors> {
        match value {
            Some(value) if self.errors.is_empty() => Ok(value),
            _ => {
                self.errors.sort_by_key(|(at, _)| *at);
                let mut errors = place(&self.source.text, self.errors);
                if self.untold > 0 {
                    let message = format!(
                        "{} more errors; the first {MOST_ERRORS} are told",
                        self.untold
                    );
                    errors.push(whole(&self.source.name, message));
                }
                Err(Errors(errors))
            }
        }
    }

    pub(crate) fn tell(&mut self, at: usize, path: &str, message: impl Into<String>) {
        if self.errors.len() < MOST_ERRORS {
            let error = Error {
                path: path.to_owned(),
                ..whole(&self.source.name, message.into())
            };
            self.errors.push((at, error));
        } else {
            self.untold += 1;
        }
    }

    pub(crate) fn tell_field(&mut self, field: &Field<'_>, rule: &str) {
        let mut message = format!("{} was found; {rule}", field.node.found());
        if matches!(&field.node.value, Value::Text(text) if text.contains(FULL_WIDTH)) {
            message.push_str("; it holds a full-width character, half-width ones are read");
        }
        self.tell(field.node.at, &field.path, message);
    }

    fn read<T>(
        &mut self,
        field: &Field<'_>,
        read: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let text = match &field.node.value {
            Value::Number(text) | Value::Text(text) => text,
            _ => {
                self.tell_field(field, "a number is expected here");
                return None;
            }
        };
        read(text)
            .map_err(|rule| self.tell_field(field, &rule))
            .ok()
    }

    pub(crate) fn yuan(&mut self, field: &Field<'_>) -> Option<Fen> {
        self.read(field, figure::yuan)
    }

    pub(crate) fn quantity(&mut self, field: &Field<'_>) -> Option<Quantity> {
        self.read(field, figure::quantity)
    }

    pub(crate) fn unit_price(&mut self, field: &Field<'_>) -> Option<UnitPrice> {
        self.read(field, figure::unit_price)
    }

    /// A ratio; in bills `0` may be a number.
    pub(crate) fn ratio(&mut self, field: &Field<'_>) -> Option<Ratio> {
        self.read(field, figure::ratio)
    }

    pub(crate) fn text<'n>(&mut self, field: &Field<'n>) -> Option<&'n str> {
        match &field.node.value {
            Value::Text(text) => Some(text),
            _ => {
                self.tell_field(field, "a string in quotes is expected here");
                None
            }
        }
    }

    pub(crate) fn bool(&mut self, field: &Field<'_>) -> Option<bool> {
        match field.node.value {
            Value::Bool(b) => Some(b),
            _ => {
                self.tell_field(field, "`true` or `false` is expected here");
                None
            }
        }
    }

    /// A whole number up to `most`.
    pub(crate) fn count(&mut self, field: &Field<'_>, most: u32) -> Option<u32> {
        let number = match &field.node.value {
            Value::Number(text) if text.bytes().all(|b| b.is_ascii_digit()) => text.parse().ok(),
            _ => None,
        };
        let number = number.filter(|n| *n <= most);
        if number.is_none() {
            self.tell_field(
                field,
                &format!("a whole number from 0 to {most} is expected here"),
            );
        }
        number
    }

    pub(crate) fn date(&mut self, field: &Field<'_>) -> Option<Date> {
        let date = match &field.node.value {
            Value::Date(text) | Value::Text(text) => figure::day(text),
            _ => None,
        };
        if date.is_none() {
            let spelt = |text: &str| {
                let zeros = text.replace(|c: char| c.is_ascii_digit(), "0");
                zeros == "0000-00-00"
            };
            self.tell_field(
                field,
                match &field.node.value {
                    Value::Text(text) if spelt(text) => "the calendar has no such day",
                    _ => "a day is expected here, like 2005-06-01",
                },
            );
        }
        date
    }

    /// One of the words of an enum.
    pub(crate) fn word<T: Copy>(
        &mut self,
        field: &Field<'_>,
        all: &[T],
        code: impl Fn(T) -> &'static str,
    ) -> Option<T> {
        let text = self.text(field)?;
        let word = all.iter().copied().find(|w| code(*w) == text);
        if word.is_none() {
            let codes: Vec<String> = all.iter().map(|w| format!("`{}`", code(*w))).collect();
            let one_of = if codes.len() == 1 { "" } else { "one of " };
            self.tell_field(field, &format!("expected is {one_of}{}", codes.join(", ")));
        }
        word
    }

    /// A list; each element keeps its path.
    pub(crate) fn list<'n>(&mut self, field: &Field<'n>) -> Option<Vec<Field<'n>>> {
        match &field.node.value {
            Value::List(list) => Some(elements(list, &field.path)),
            _ => {
                self.tell_field(field, "a list is expected here");
                None
            }
        }
    }

    /// A list, every element of which is read, so that every error is told.
    pub(crate) fn each<'n, T>(
        &mut self,
        field: &Field<'n>,
        mut read: impl FnMut(&mut Self, &Field<'n>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let list: Vec<Option<T>> = self.list(field)?.iter().map(|f| read(self, f)).collect();
        list.into_iter().collect()
    }

    /// Like [`Reader::each`], of a list that says for whom something is: an empty one would say for nobody.
    pub(crate) fn some<'n, T>(
        &mut self,
        field: &Field<'n>,
        read: impl FnMut(&mut Self, &Field<'n>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let list = self.each(field, read)?;
        if list.is_empty() {
            self.tell(field.node.at, &field.path, EMPTY);
        }
        Some(list)
    }

    /// A value alone, or a list of values.
    pub(crate) fn one_or_list<'n>(&mut self, field: &Field<'n>) -> Vec<Field<'n>> {
        match &field.node.value {
            Value::List(list) => elements(list, &field.path),
            _ => vec![field.clone()],
        }
    }

    pub(crate) fn table<'n>(&mut self, field: &Field<'n>) -> Option<Table<'n>> {
        match &field.node.value {
            Value::Table(entries) => {
                let (at, path) = (field.node.at, field.path.clone());
                Some(Table {
                    at,
                    path,
                    entries,
                    asked: Vec::new(),
                })
            }
            _ => {
                self.tell_field(field, "a table is expected here");
                None
            }
        }
    }

    /// The tables of `[[name]]`, none when it is absent.
    pub(crate) fn tables<'n>(&mut self, of: &mut Table<'n>, name: &'static str) -> Vec<Table<'n>> {
        let Some(field) = of.take(name) else {
            return Vec::new();
        };
        if !matches!(field.node.value, Value::List(_)) {
            self.tell_field(&field, &format!("rows, `[[{name}]]`, are expected here"));
            return Vec::new();
        }
        let list = self.one_or_list(&field);
        list.iter().filter_map(|f| self.table(f)).collect()
    }

    /// The tables of `[[name]]`, of which there is at least one.
    pub(crate) fn some_tables<'n>(
        &mut self,
        of: &mut Table<'n>,
        name: &'static str,
    ) -> Vec<Table<'n>> {
        let (at, path) = (of.at, of.path_of(name));
        let rule = format!("there is at least one `[[{name}]]`");
        match of.take(name).map(|field| field.node) {
            None => self.tell(at, &path, format!("it is missing; {rule}")),
            Some(Node {
                at,
                value: Value::List(list),
            }) if list.is_empty() => {
                self.tell(*at, &path, format!("an empty list was found; {rule}"));
            }
            Some(_) => {}
        }
        self.tables(of, name)
    }

    /// The value of a key that must be there.
    pub(crate) fn need<'n>(&mut self, of: &mut Table<'n>, key: &'static str) -> Option<Field<'n>> {
        let field = of.take(key);
        if field.is_none() {
            let path = of.path_of(key);
            self.tell(of.at, &path, "it is missing");
        }
        field
    }

    /// All keys have been asked for: the others are unknown.
    pub(crate) fn done(&mut self, table: Table<'_>) {
        let mut known: Vec<&str> = table.asked.clone();
        known.sort_unstable();
        known.dedup();
        for entry in table
            .entries
            .iter()
            .filter(|e| !table.asked.contains(&e.key.as_str()))
        {
            if self.errors.len() < MOST_ERRORS {
                let message = format!("the key is unknown; known here are {}", known.join(", "));
                self.tell(entry.at, &table.path_of(&entry.key), message);
            } else {
                self.untold += 1;
            }
        }
    }
}

fn elements<'n>(list: &'n [Node], path: &str) -> Vec<Field<'n>> {
    list.iter()
        .enumerate()
        .map(|(n, node)| Field {
            node,
            path: format!("{path}[{}]", n + 1),
        })
        .collect()
}

impl<'n> Table<'n> {
    /// The whole document.
    pub(crate) fn root(node: &'n Node) -> Table<'n> {
        let entries: &[Entry] = match &node.value {
            Value::Table(entries) => entries,
            _ => &[],
        };
        Table {
            at: node.at,
            path: String::new(),
            entries,
            asked: Vec::new(),
        }
    }

    /// The value of a key; JSON's `null` counts as absent.
    pub(crate) fn take(&mut self, key: &'static str) -> Option<Field<'n>> {
        self.asked.push(key);
        let entry = self.entries.iter().find(|e| e.key == key)?;
        let absent = matches!(entry.node.value, Value::Null);
        (!absent).then(|| Field {
            node: &entry.node,
            path: self.path_of(key),
        })
    }

    /// How many keys there are.
    pub(crate) fn keys(&self) -> usize {
        self.entries.len()
    }

    /// Every key with its value, for tables whose keys are data.
    pub(crate) fn take_all(self) -> Vec<(&'n Entry, Field<'n>)> {
        let field = |entry: &'n Entry| Field {
            node: &entry.node,
            path: self.path_of(&entry.key),
        };
        self.entries
            .iter()
            .map(|entry| (entry, field(entry)))
            .collect()
    }

    pub(crate) fn path_of(&self, key: &str) -> String {
        joined(&self.path, key)
    }
}
