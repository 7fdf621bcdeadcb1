//! `Reader`: takes a node apart by its table and collects every fault, not only the first.
//!
//! A getter that fails has noted its fault; [`Reader::finish`] gives the value only if there was none.

use std::cell::RefCell;

use jiff::civil::{Date, DateTime};

use super::fields::{Field, Kind, Need, Shape};
use super::node::Node;

mod bytes;
mod decimal;
mod fault;
mod moment;
mod rest;
mod spelling;

#[cfg(test)]
mod tests;

pub use fault::{Fault, Rule};
pub use moment::{day, time};

type Members<'m> = [(std::borrow::Cow<'m, str>, Node<'m>)];

/// How much of the table is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Only what is asked for by a getter; other breaches of the table are warnings.
    #[default]
    Lenient,
    /// All that the table says: what must be there, lengths, codes.
    Strict,
}

/// A fault was noted. The value that was asked for does not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Faulty;

/// So many faults or warnings of one message are told; who has more looks at these first.
const MOST_FAULTS: usize = 50;

/// Reads one input or output.
#[derive(Debug)]
pub struct Reader<'m> {
    root: &'static str,
    node: &'m Node<'m>,
    mode: Mode,
    spelling: bool,
    faults: RefCell<Vec<Fault>>,
    warnings: RefCell<Vec<Fault>>,
}

impl<'m> Reader<'m> {
    /// Reads an input.
    #[must_use]
    pub fn input(node: &'m Node<'m>, mode: Mode) -> Reader<'m> {
        Reader::of("input", node, mode)
    }

    /// Reads an output.
    #[must_use]
    pub fn output(node: &'m Node<'m>, mode: Mode) -> Reader<'m> {
        Reader::of("output", node, mode)
    }

    fn of(root: &'static str, node: &'m Node<'m>, mode: Mode) -> Reader<'m> {
        Reader {
            root,
            node,
            mode,
            spelling: false,
            faults: RefCell::default(),
            warnings: RefCell::default(),
        }
    }

    /// Keys that look like one of the table are warned of, too.
    #[must_use]
    pub fn with_spelling(self, spelling: bool) -> Reader<'m> {
        Reader { spelling, ..self }
    }

    /// The one row of a node that must be there.
    ///
    /// # Errors
    /// When it is missing or no object; the fault is noted.
    pub fn one(&'m self, shape: &'static Shape) -> Result<Fields<'m>, Faulty> {
        match self.opt_one(shape)? {
            Some(fields) => Ok(fields),
            None => Err(self.fault(Fault::node(self.place(shape), None, Rule::Present))),
        }
    }

    /// The one row of a node, if it is there.
    ///
    /// # Errors
    /// When it is no object; the fault is noted.
    pub fn opt_one(&'m self, shape: &'static Shape) -> Result<Option<Fields<'m>>, Faulty> {
        let Some(node) = self.find(shape) else {
            return Ok(None);
        };
        let place = Place::of(self, shape);
        match node {
            Node::List(rows) if rows.len() == 1 => place.fields(shape, &rows[0]).map(Some),
            node => place.fields(shape, node).map(Some),
        }
    }

    /// The rows of a node that must be there and have one at least.
    ///
    /// # Errors
    /// When there is none, or one is no object; the fault is noted.
    pub fn many(&'m self, shape: &'static Shape) -> Result<Vec<Fields<'m>>, Faulty> {
        let rows = self.opt_many(shape)?;
        if rows.is_empty() {
            return Err(self.fault(Fault::node(self.place(shape), None, Rule::Rows)));
        }
        Ok(rows)
    }

    /// The rows of a node, none if it is missing; a single object is a list of one.
    ///
    /// # Errors
    /// When one is no object; the fault is noted.
    pub fn opt_many(&'m self, shape: &'static Shape) -> Result<Vec<Fields<'m>>, Faulty> {
        match self.find(shape) {
            Some(node) => Place::of(self, shape).rows(shape, node),
            None => Ok(Vec::new()),
        }
    }

    /// The value, if nothing was wrong.
    ///
    /// # Errors
    /// When a fault was noted: all of them, in the order they were found.
    pub fn finish<T>(&self, value: Result<T, Faulty>) -> Result<T, Vec<Fault>> {
        let faults = self.faults.take();
        match value {
            Ok(value) if faults.is_empty() => Ok(value),
            _ => Err(faults),
        }
    }

    /// What breaks the table and was let pass.
    #[must_use]
    pub fn warnings(&self) -> Vec<Fault> {
        self.warnings.borrow().clone()
    }

    fn find(&self, shape: &'static Shape) -> Option<&'m Node<'m>> {
        if shape.node.is_empty() {
            return Some(self.node);
        }
        let mut node = self.node;
        for key in shape.node.split('.') {
            let members = node.members();
            node = &members[position(members, key, 0)?].1;
        }
        Some(node).filter(|node| !node.is_empty())
    }

    fn place(&self, shape: &Shape) -> String {
        match shape.node {
            "" => self.root.to_owned(),
            node => format!("{}.{node}", self.root),
        }
    }

    fn fault(&self, fault: Fault) -> Faulty {
        note(&self.faults, fault);
        Faulty
    }
}

/// An amount of money in fen, of either sign, from its text.
pub(crate) fn amount(text: &str) -> Result<i64, Rule> {
    decimal::signed_fen(&Node::Text(text.into()))
}

/// All that breaks a table in one object, which stands nowhere but by itself.
pub(super) fn breaches(node: &Node<'_>, shape: &'static Shape) -> Vec<Fault> {
    let reader = Reader::of("message", node, Mode::Strict);
    let read = reader.opt_one(shape).map(|_| ());
    reader.finish(read).err().unwrap_or_default()
}

fn note(list: &RefCell<Vec<Fault>>, fault: Fault) {
    let mut list = list.borrow_mut();
    let known = list.iter().any(|known| known.path == fault.path);
    if list.len() < MOST_FAULTS && !known {
        list.push(fault);
    }
}

/// Where a row stands.
#[derive(Clone, Copy, Debug)]
struct Place<'m> {
    reader: &'m Reader<'m>,
    node: &'static str,
    row: Option<usize>,
    within: Option<(&'static str, Option<usize>)>,
}

impl<'m> Place<'m> {
    fn of(reader: &'m Reader<'m>, shape: &'static Shape) -> Place<'m> {
        Place {
            reader,
            node: shape.node,
            row: None,
            within: None,
        }
    }

    fn rows(self, shape: &'static Shape, node: &'m Node<'m>) -> Result<Vec<Fields<'m>>, Faulty> {
        let Node::List(rows) = node else {
            return Ok(vec![self.fields(shape, node)?]);
        };
        let row = |(at, node)| {
            let row = Some(at);
            Place { row, ..self }.fields(shape, node)
        };
        // Every row is looked at before the first faulty one ends it.
        let rows: Vec<_> = rows.iter().enumerate().map(row).collect();
        rows.into_iter().collect()
    }

    fn fields(self, shape: &'static Shape, node: &'m Node<'m>) -> Result<Fields<'m>, Faulty> {
        let Node::Object(members) = node else {
            let fault = Fault::node(self.told(), Some(node), Rule::Object);
            return Err(self.reader.fault(fault));
        };
        let fields = Fields {
            place: self,
            shape,
            members,
        };
        fields.check();
        Ok(fields)
    }

    fn told(&self) -> String {
        let mut path = self.reader.root.to_owned();
        if let Some((node, row)) = self.within {
            step(&mut path, node, row);
        }
        step(&mut path, self.node, self.row);
        path
    }
}

fn step(path: &mut String, node: &str, row: Option<usize>) {
    if !node.is_empty() {
        path.push('.');
        path.push_str(node);
    }
    if let Some(row) = row {
        path.push_str(&format!("[{}]", row + 1));
    }
}

/// One row, read by the names of its table.
#[derive(Clone, Copy, Debug)]
pub struct Fields<'m> {
    place: Place<'m>,
    shape: &'static Shape,
    members: &'m Members<'m>,
}

impl<'m> Fields<'m> {
    /// Holds the row against its table.
    fn check(&self) {
        let mut hint = 0;
        let reader = self.place.reader;
        if reader.spelling {
            self.spelling();
        }
        for field in self.shape.fields {
            let at = position(self.members, field.name, hint);
            hint = at.map_or(hint, |at| at + 1);
            let node = at.map(|at| &self.members[at].1);
            let Some(rule) = fault::breach(field, node, reader.mode) else {
                continue;
            };
            let list = match reader.mode {
                Mode::Strict => &reader.faults,
                Mode::Lenient => &reader.warnings,
            };
            if list.borrow().len() < MOST_FAULTS {
                note(list, self.told(field.name, node, rule));
            }
        }
    }

    fn told(&self, name: &str, node: Option<&Node<'_>>, rule: Rule) -> Fault {
        let zh = self.shape.field(name).map_or("", |field| field.zh);
        Fault::new(self.path(name), node, rule, zh)
    }

    /// Where a field of this row stands: `input.feedetail[3].cnt`.
    #[must_use]
    pub fn path(&self, name: &str) -> String {
        format!("{}.{name}", self.place.told())
    }

    /// Notes a fault of a field for a reason of the caller's.
    pub fn refuse(&self, name: &str, rule: Rule) -> Faulty {
        let fault = self.told(name, self.node(name), rule);
        self.place.reader.fault(fault)
    }

    /// A field as it came; none when it says nothing.
    #[must_use]
    pub fn node(&self, name: &str) -> Option<&'m Node<'m>> {
        let at = position(self.members, name, 0)?;
        Some(&self.members[at].1).filter(|node| !node.is_empty())
    }

    /// The rows of a node inside this row, none if it is missing.
    ///
    /// # Errors
    /// When one is no object; the fault is noted.
    pub fn opt_many(&self, shape: &'static Shape) -> Result<Vec<Fields<'m>>, Faulty> {
        let Some(node) = self.node(shape.node) else {
            return Ok(Vec::new());
        };
        let place = Place {
            node: shape.node,
            row: None,
            within: Some((self.place.node, self.place.row)),
            ..self.place
        };
        place.rows(shape, node)
    }

    /// JSON inside a text, or a node of its own.
    ///
    /// # Errors
    /// When the text is not JSON; the fault is noted.
    pub fn opt_json(&self, name: &str) -> Result<Option<Node<'static>>, Faulty> {
        match self.node(name) {
            None => Ok(None),
            Some(Node::Text(text)) => match Node::parse(text) {
                Ok(node) => Ok(Some(node.into_owned())),
                Err(_) => Err(self.refuse(name, Rule::Json)),
            },
            Some(node) => Ok(Some(node.clone().into_owned())),
        }
    }

    fn opt<T>(
        &self,
        name: &str,
        read: impl FnOnce(&'m Node<'m>) -> Result<T, Rule>,
    ) -> Result<Option<T>, Faulty> {
        let Some(node) = self.node(name) else {
            return Ok(None);
        };
        read(node).map(Some).map_err(|rule| self.refuse(name, rule))
    }

    fn required<T>(&self, name: &str, value: Option<T>) -> Result<T, Faulty> {
        value.ok_or_else(|| self.refuse(name, Rule::Present))
    }
}

/// The getters: what a field is read as, each with and without the duty to be there.
macro_rules! getters {
    ($($(#[$doc:meta])* $must:ident, $may:ident: $type:ty = $read:expr;)*) => {
        impl<'m> Fields<'m> {
            $(
                $(#[$doc])*
                ///
                /// # Errors
                /// When it says nothing or something else; the fault is noted.
                pub fn $must(&self, name: &str) -> Result<$type, Faulty> {
                    let value = self.$may(name)?;
                    self.required(name, value)
                }

                $(#[$doc])*
                /// None if it says nothing.
                ///
                /// # Errors
                /// When it says something else; the fault is noted.
                pub fn $may(&self, name: &str) -> Result<Option<$type>, Faulty> {
                    self.opt(name, $read)
                }
            )*
        }
    };
}

getters! {
    /// A text, without blanks around it; a number is taken as its text.
    text, opt_text: &'m str = fault::text;
    /// An amount of money that is not negative.
    fen, opt_fen: agency::domain::Fen = decimal::fen;
    /// An amount of money in fen, of either sign.
    signed_fen, opt_signed_fen: i64 = decimal::signed_fen;
    /// A quantity in ten-thousandths, of either sign.
    quantity, opt_quantity: i64 = decimal::quantity;
    /// A price in millionths of a yuan.
    price, opt_price: u64 = decimal::price;
    /// A share of the whole in ten-thousandths, at most 10 000.
    ratio, opt_ratio: u32 = decimal::ratio;
    /// A whole number that is not negative.
    whole, opt_whole: u64 = decimal::whole;
    /// A day; the time of day is left out.
    day, opt_day: Date = |node| fault::text(node).and_then(|text| day(text).ok_or(Rule::Day));
    /// A time; of a bare day its beginning.
    time, opt_time: DateTime = |node| fault::text(node).and_then(|text| time(text).ok_or(Rule::Time));
    /// 0 or 1.
    flag, opt_flag: bool = fault::flag;
}

impl<'m> Fields<'m> {
    /// A code. Whether it is one of its table is asked in strict mode only: regions have codes of their own.
    ///
    /// # Errors
    /// When it says nothing or is no text; the fault is noted.
    pub fn code(&self, name: &str) -> Result<&'m str, Faulty> {
        self.text(name)
    }

    /// As [`Fields::code`]; none if it says nothing.
    ///
    /// # Errors
    /// When it is no text; the fault is noted.
    pub fn opt_code(&self, name: &str) -> Result<Option<&'m str>, Faulty> {
        self.opt_text(name)
    }
}

/// Names that stand for one another in the field.
const ALIASES: &[(&str, &str)] = &[
    ("durg_trac_info", "drug_trac_info"),
    ("dscginfo", "mdtrtinfo"),
    ("dise_codg", "dise_code"),
    ("dscg_dept_codg", "dscg_dept_code"),
    ("dld_end_time", "dld_endtime"),
    ("dld_endtime", "dld_end_time"),
];

/// Where a key stands; `hint` is looked at first, since most senders keep the order of the table.
fn position(members: &Members<'_>, name: &str, hint: usize) -> Option<usize> {
    if members.get(hint).is_some_and(|(key, _)| key == name) {
        return Some(hint);
    }
    let exact = |name: &str| members.iter().position(|(key, _)| key == name);
    let other = || {
        let mut others = ALIASES.iter().filter(|(known, _)| *known == name);
        others.find_map(|(_, other)| exact(other))
    };
    let like = || members.iter().position(|(key, _)| alike(key, name));
    exact(name).or_else(like).or_else(other)
}

/// The same key but for case and underscores: `dscgTime` is `dscg_time`.
pub(super) fn alike(one: &str, other: &str) -> bool {
    let letters = |text: &'_ str| -> Option<u8> { text.bytes().next() };
    let (Some(a), Some(b)) = (letters(one), letters(other)) else {
        return false;
    };
    if !a.eq_ignore_ascii_case(&b) {
        return false;
    }
    let significant = |b: &u8| *b != b'_';
    let one = one.bytes().filter(significant);
    let other = other.bytes().filter(significant);
    one.map(|b| b.to_ascii_lowercase())
        .eq(other.map(|b| b.to_ascii_lowercase()))
}
