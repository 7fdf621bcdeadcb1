//! `Typed`: the fields of a form whose number is not fixed: fee lines, and figures of the year; by their names.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, Visitor};

/// What is typed, by the names of the fields.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed(BTreeMap<String, String>);

impl Typed {
    /// Nothing where there is no such field.
    pub(super) fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str).trim()
    }
}

impl<'de> Deserialize<'de> for Typed {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Typed, D::Error> {
        from.deserialize_map(Once)
    }
}

/// A field that stands twice is a fault, as it is for the fields that are fixed.
struct Once;

impl<'de> Visitor<'de> for Once {
    type Value = Typed;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("fields, each once")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Typed, A::Error> {
        let mut typed = BTreeMap::new();
        while let Some((name, text)) = map.next_entry::<String, String>()? {
            if typed.contains_key(&name) {
                return Err(A::Error::custom(format!("the field `{name}` stands twice")));
            }
            typed.insert(name, text);
        }
        Ok(Typed(typed))
    }
}
