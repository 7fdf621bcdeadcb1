//! What rows refer to by id: documents, classes, diseases, base amounts; and what every row has: a selector and a cite.

use std::collections::BTreeMap;

use domain::account::OwnPart;
use domain::bill::{Place, Setting};
use domain::cite::{Cite, Standing};
use domain::policy::{BaseAmount, Selector, Set};
use domain::ratio::Round;
use domain::words::Name;

use crate::bill::needed;
use crate::node::shortened;
use crate::reader::{EMPTY, Field, Reader, Table};

/// What rows refer to by id. An id is known even when its row is wrong, so that one error does not lead to others.
pub(super) struct Ids {
    pub(super) documents: IdList,
    pub(super) facilities: IdList,
    pub(super) persons: IdList,
    pub(super) diseases: IdList,
    pub(super) base_ids: IdList,
    pub(super) base_amounts: Vec<BaseAmount>,
    pub(super) fund_round: Option<Round>,
}

/// The ids of one table with their numbers, from 0.
pub(super) struct IdList {
    table: &'static str,
    numbers: BTreeMap<String, usize>,
    /// How many of them are ids that the form knows of itself, not rows.
    reserved: usize,
}

impl IdList {
    /// Of a table.
    pub(super) fn new(table: &'static str) -> IdList {
        IdList {
            table,
            numbers: BTreeMap::new(),
            reserved: 0,
        }
    }

    /// The next id; an id stands once.
    pub(super) fn add(&mut self, r: &mut Reader<'_>, field: &Field<'_>, id: &str) {
        if let Some(first) = self.numbers.get(id) {
            let (table, first) = (self.table, first - self.reserved + 1);
            let rule = format!("`{table}[{first}]` has this id; an id stands once");
            r.tell_field(field, &rule);
        } else {
            self.numbers.insert(id.to_owned(), self.numbers.len());
        }
    }

    /// Is it the list of this table?
    pub(super) fn is(&self, table: &str) -> bool {
        self.table == table
    }

    /// An id that the form knows of itself.
    pub(super) fn reserve(&mut self, id: &str) {
        self.numbers.insert(id.to_owned(), self.numbers.len());
        self.reserved += 1;
    }

    /// The number of an id that a field names.
    fn named(&self, r: &mut Reader<'_>, field: &Field<'_>) -> Option<usize> {
        let id = r.text(field)?;
        let number = self.numbers.get(id).copied();
        if number.is_none() {
            r.tell_field(field, &self.unknown());
        }
        number
    }

    /// The number of an id.
    pub(super) fn number(&self, id: &str) -> Option<usize> {
        self.numbers.get(id).copied()
    }

    /// The rule that an unknown id breaks.
    pub(super) fn unknown(&self) -> String {
        let most = 32;
        let mut known: Vec<(&String, &usize)> = self.numbers.iter().take(most).collect();
        known.sort_by_key(|(_, number)| **number);
        let known: Vec<String> = known
            .iter()
            .map(|(id, _)| format!("`{}`", shortened(id, 40)))
            .collect();
        let more = if self.numbers.len() > most {
            ", …"
        } else {
            ""
        };
        let rows = match self.table {
            "document" => "`[document.…]`".to_owned(),
            table => format!("`[[{table}]]`"),
        };
        if known.is_empty() {
            return format!("this file has no {rows}");
        }
        format!(
            "no {rows} of this file has this id; known are {}{more}",
            known.join(", ")
        )
    }
}

impl Ids {
    pub(super) fn new(documents: IdList) -> Ids {
        Ids {
            documents,
            facilities: IdList::new("facility"),
            persons: IdList::new("person"),
            diseases: IdList::new("disease"),
            base_ids: IdList::new("base_amount"),
            base_amounts: Vec::new(),
            fund_round: None,
        }
    }

    /// `cite` and `standing` of a row.
    pub(super) fn cite(&self, r: &mut Reader<'_>, t: &mut Table<'_>) -> Option<Cite> {
        let cite = needed(r, t, "cite", |r, field| {
            let text = r.text(field)?;
            let (id, place) = text.split_once(' ').unwrap_or((text, ""));
            let document = self.documents.number(id);
            // That there are no documents at all is told once, not at every row.
            if document.is_none() && !self.documents.numbers.is_empty() {
                r.tell_field(
                    field,
                    &format!(
                        "a cite begins with the id of a document; {}",
                        self.documents.unknown()
                    ),
                );
            }
            Some((document?, place.trim().to_owned()))
        });
        let standing = needed(r, t, "standing", |r, f| {
            r.word(f, Standing::ALL, Standing::code)
        });
        let (document, place) = cite?;
        Some(Cite {
            document,
            place,
            standing: standing?,
        })
    }

    /// `setting`, `facility`, `person`, `place`, `disease` of a row.
    pub(super) fn selector(&self, r: &mut Reader<'_>, t: &mut Table<'_>) -> Selector {
        let setting = |r: &mut Reader<'_>, f: &Field<'_>| {
            r.word(f, Setting::ALL, Setting::code).map(Setting::index)
        };
        let place = |r: &mut Reader<'_>, f: &Field<'_>| {
            r.word(f, Place::ALL, Place::code).map(Place::index)
        };
        Selector {
            settings: set(r, t, "setting", setting),
            facilities: set(r, t, "facility", |r, f| self.facility(r, f)),
            persons: set(r, t, "person", |r, f| self.persons.named(r, f)),
            places: set(r, t, "place", place),
            diseases: set(r, t, "disease", |r, f| self.diseases.named(r, f)),
        }
    }

    pub(super) fn facility(&self, r: &mut Reader<'_>, f: &Field<'_>) -> Option<usize> {
        self.facilities.named(r, f)
    }

    /// The base amount that a field names; nothing is told where its own row is wrong.
    pub(super) fn base_amount(&self, r: &mut Reader<'_>, f: &Field<'_>) -> Option<&BaseAmount> {
        let number = self.base_number(r, f)?;
        self.base_amounts.get(number)
    }

    /// Its place among the base amounts of the policy.
    pub(super) fn base_number(&self, r: &mut Reader<'_>, f: &Field<'_>) -> Option<usize> {
        self.base_ids.named(r, f)?;
        let id = r.text(f)?;
        self.base_amounts.iter().position(|base| base.id == id)
    }
}

/// A set named by one id or a list of ids; everything when absent.
fn set<'n>(
    r: &mut Reader<'_>,
    t: &mut Table<'n>,
    key: &'static str,
    number: impl Fn(&mut Reader<'_>, &Field<'n>) -> Option<usize>,
) -> Set {
    let Some(field) = t.take(key) else {
        return Set::ALL;
    };
    let fields = r.one_or_list(&field);
    if fields.is_empty() {
        r.tell(field.node.at, &field.path, EMPTY);
    }
    Set::of(fields.iter().filter_map(|f| number(r, f)))
}

/// A list of settings.
pub(super) fn settings(r: &mut Reader<'_>, field: &Field<'_>) -> Option<Vec<Setting>> {
    r.some(field, |r, f| r.word(f, Setting::ALL, Setting::code))
}

/// A list of own parts.
pub(super) fn own_parts(r: &mut Reader<'_>, field: &Field<'_>) -> Option<Vec<OwnPart>> {
    each_once(r, field, OwnPart::ALL, OwnPart::code)
}

/// A list of words of an enum in which each stands once.
pub(super) fn each_once<T: Copy + PartialEq>(
    r: &mut Reader<'_>,
    field: &Field<'_>,
    all: &[T],
    code: impl Fn(T) -> &'static str,
) -> Option<Vec<T>> {
    let mut words = Vec::new();
    let mut good = true;
    for field in r.list(field)? {
        match r.word(&field, all, &code) {
            Some(word) if words.contains(&word) => {
                r.tell_field(&field, "it stands before in the list; each stands once");
                good = false;
            }
            Some(word) => words.push(word),
            None => good = false,
        }
    }
    good.then_some(words)
}

/// A name in both languages.
pub(super) fn name(r: &mut Reader<'_>, field: &Field<'_>) -> Option<Name> {
    let mut t = r.table(field)?;
    let zh = needed(r, &mut t, "zh", |r, f| r.text(f).map(str::to_owned));
    let en = needed(r, &mut t, "en", |r, f| r.text(f).map(str::to_owned));
    r.done(t);
    Some(Name { zh: zh?, en: en? })
}
