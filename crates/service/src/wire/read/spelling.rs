//! Spelling: keys that nobody reads although they look like one of the table; told in a sandbox only, where it may cost time.

use super::super::codes::care::MED_TYPE;
use super::super::kinds;
use super::{ALIASES, Fields, Rule, alike, note};

/// So far may a key be from the one that is meant.
const NEAR: usize = 2;
/// A short key is near to too many.
const SHORTEST: usize = 4;

impl Fields<'_> {
    /// Warns of keys that are read under another spelling, or not read although they are nearly one of the table, and of kinds
    /// of care that a region has beside those of the table.
    pub(super) fn spelling(&self) {
        for (key, node) in self.members {
            let rule = match self.is_known(key) {
                true => self.local(key),
                false => self.meant(key),
            };
            if let Some(rule) = rule {
                note(
                    &self.place.reader.warnings,
                    self.told(key, Some(node), rule),
                );
            }
        }
    }

    fn is_known(&self, key: &str) -> bool {
        let other = |known: &str| ALIASES.contains(&(known, key));
        let fields = self.shape.fields.iter();
        self.shape.field(key).is_some() || fields.clone().any(|field| other(field.name))
    }

    fn meant(&self, key: &str) -> Option<Rule> {
        let is_there = |name: &str| self.members.iter().any(|(key, _)| key == name);
        let free = || {
            let names = self.shape.fields.iter().map(|field| field.name);
            names.filter(|name| !is_there(name))
        };
        if let Some(name) = free().find(|name| alike(key, name)) {
            return Some(Rule::ReadAs(name));
        }
        let near = free().map(|name| (distance(key, name), name));
        let (far, name) = near.min()?;
        (far <= NEAR && key.len() >= SHORTEST).then_some(Rule::Like(name))
    }

    fn local(&self, key: &str) -> Option<Rule> {
        if key != MED_TYPE.name {
            return None;
        }
        let code = self
            .scalar(key)
            .filter(|code| MED_TYPE.lookup(code).is_none())?;
        let (setting, _) = kinds::care(code)?;
        Some(Rule::Local(setting))
    }
}

/// How many letters must be changed, added, left out or exchanged with their neighbours to make one text of the other.
pub(super) fn distance(one: &str, other: &str) -> usize {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len().abs_diff(other.len()) > NEAR {
        return usize::MAX;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in other.iter().enumerate() {
            let changed = last[j] + usize::from(a != b);
            let mut least = changed.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *a == other[j - 1] && one[i - 1] == *b {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[other.len()]
}
