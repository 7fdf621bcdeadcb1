//! `Out`: an answer's output, written as JSON text as it is told.

use std::borrow::Cow;

use agency::domain::Fen;

use super::node::Node;

#[cfg(test)]
mod tests;

/// An object that is being written: one key after another, amounts with exactly their decimals.
///
/// ```
/// use service::wire::write::Out;
/// let mut out = Out::new();
/// out.object("data", |data| {
///     data.text("name", "张三").signed_fen("sum", -31_599).null("id");
/// });
/// assert_eq!(out.json(), r#"{"data":{"name":"张三","sum":-315.99,"id":null}}"#);
/// ```
#[derive(Debug)]
pub struct Out {
    json: String,
    /// Something stands already in the innermost object or list.
    begun: bool,
}

/// A list that is being written.
#[derive(Debug)]
pub struct Rows<'o> {
    out: &'o mut Out,
}

impl Default for Out {
    fn default() -> Out {
        Out::new()
    }
}

impl Out {
    /// An empty object.
    #[must_use]
    pub fn new() -> Out {
        let mut json = String::with_capacity(1024);
        json.push('{');
        Out { json, begun: false }
    }

    /// The whole as JSON text.
    #[must_use]
    pub fn json(mut self) -> String {
        self.json.push('}');
        self.json
    }

    /// A list as the whole output.
    #[must_use]
    pub fn list_of(rows: impl FnOnce(&mut Rows<'_>)) -> String {
        let mut out = Out {
            json: String::with_capacity(1024),
            begun: false,
        };
        out.enclosed('[', ']', |out| rows(&mut Rows { out }));
        out.json
    }

    /// A text.
    pub fn text(&mut self, name: &str, value: &str) -> &mut Out {
        self.key(name);
        quote(&mut self.json, value);
        self
    }

    /// A text, `null` if there is none.
    pub fn opt_text(&mut self, name: &str, value: Option<&str>) -> &mut Out {
        match value {
            Some(value) => self.text(name, value),
            None => self.null(name),
        }
    }

    /// An amount: `315.99`.
    pub fn fen(&mut self, name: &str, value: Fen) -> &mut Out {
        self.decimal(name, false, value.fen(), 2)
    }

    /// An amount that is told as less than nothing: `-315.99`, `0.00` if it is nothing.
    pub fn minus_fen(&mut self, name: &str, value: Fen) -> &mut Out {
        self.decimal(name, !value.is_zero(), value.fen(), 2)
    }

    /// An amount in fen, of either sign.
    pub fn signed_fen(&mut self, name: &str, value: i64) -> &mut Out {
        self.decimal(name, value < 0, value.unsigned_abs(), 2)
    }

    /// A price in millionths of a yuan: `20.000000`.
    pub fn price(&mut self, name: &str, value: u64) -> &mut Out {
        self.decimal(name, false, value, 6)
    }

    /// A quantity in ten-thousandths: `-2.0000`.
    pub fn quantity(&mut self, name: &str, value: i64) -> &mut Out {
        self.decimal(name, value < 0, value.unsigned_abs(), 4)
    }

    /// A share in ten-thousandths: `0.6000`.
    pub fn ratio(&mut self, name: &str, value: u32) -> &mut Out {
        self.decimal(name, false, value.into(), 4)
    }

    /// An age in whole years: `35.0`.
    pub fn age(&mut self, name: &str, years: u16) -> &mut Out {
        self.decimal(name, false, u64::from(years) * 10, 1)
    }

    /// A whole number.
    pub fn whole(&mut self, name: &str, value: u64) -> &mut Out {
        self.decimal(name, false, value, 0)
    }

    /// `null`.
    pub fn null(&mut self, name: &str) -> &mut Out {
        self.raw(name, "null")
    }

    /// JSON that was written elsewhere.
    pub fn raw(&mut self, name: &str, json: &str) -> &mut Out {
        self.key(name);
        self.json.push_str(json);
        self
    }

    /// JSON inside a text.
    pub fn within_text(&mut self, name: &str, inner: impl FnOnce(&mut Out)) -> &mut Out {
        let mut out = Out::new();
        inner(&mut out);
        self.text(name, &out.json())
    }

    /// An object.
    pub fn object(&mut self, name: &str, inner: impl FnOnce(&mut Out)) -> &mut Out {
        self.key(name);
        self.enclosed('{', '}', inner);
        self
    }

    /// A list of objects.
    pub fn list(&mut self, name: &str, rows: impl FnOnce(&mut Rows<'_>)) -> &mut Out {
        self.key(name);
        self.enclosed('[', ']', |out| rows(&mut Rows { out }));
        self
    }

    fn enclosed(&mut self, open: char, close: char, inner: impl FnOnce(&mut Out)) {
        self.json.push(open);
        self.begun = false;
        inner(self);
        self.json.push(close);
        self.begun = true;
    }

    fn comma(&mut self) {
        if self.begun {
            self.json.push(',');
        }
        self.begun = true;
    }

    fn key(&mut self, name: &str) {
        self.comma();
        quote(&mut self.json, name);
        self.json.push(':');
    }

    fn decimal(&mut self, name: &str, negative: bool, value: u64, scale: usize) -> &mut Out {
        self.key(name);
        if negative {
            self.json.push('-');
        }
        decimal(&mut self.json, value, scale);
        self
    }
}

impl Rows<'_> {
    /// One row.
    pub fn row(&mut self, inner: impl FnOnce(&mut Out)) -> &mut Self {
        self.out.comma();
        self.out.enclosed('{', '}', inner);
        self
    }
}

/// Writes a number of units of ten to the minus `scale`, with exactly `scale` decimals.
fn decimal(json: &mut String, value: u64, scale: usize) {
    // A u64 has twenty digits; a number below one has a zero before its point.
    let mut digits = [b'0'; 24];
    let (mut at, mut rest) = (digits.len(), value);
    while rest > 0 || digits.len() - at <= scale {
        at -= 1;
        digits[at] = b'0' + u8::try_from(rest % 10).unwrap_or_default();
        rest /= 10;
    }
    let digits = str::from_utf8(&digits[at..]).unwrap_or_default();
    let (whole, fraction) = digits.split_at(digits.len() - scale);
    json.push_str(whole);
    if scale > 0 {
        json.push('.');
        json.push_str(fraction);
    }
}

/// Writes what of a node says something, compactly; false, and nothing written, when nothing of it does.
pub(super) fn said(json: &mut String, node: &Node<'_>) -> bool {
    let start = json.len();
    match node {
        _ if node.is_empty() => return false,
        Node::Null => return false,
        Node::Bool(b) => json.push_str(if *b { "true" } else { "false" }),
        Node::Number(number) => json.push_str(number),
        Node::Text(text) => quote(json, text),
        Node::List(rows) => {
            json.push('[');
            each(json, rows.iter(), |json, row| said(json, row));
            json.push(']');
        }
        Node::Object(members) => return said_members(json, members.iter()),
    }
    let nothing = json.len() - start == 2 && matches!(node, Node::List(_));
    if nothing {
        json.truncate(start);
    }
    !nothing
}

/// The same of an object's members.
pub(super) fn said_members<'m, 'n: 'm>(
    json: &mut String,
    members: impl Iterator<Item = &'m (Cow<'n, str>, Node<'n>)>,
) -> bool {
    let start = json.len();
    json.push('{');
    each(json, members, |json, (key, node)| {
        let start = json.len();
        quote(json, key);
        json.push(':');
        let says = said(json, node);
        if !says {
            json.truncate(start);
        }
        says
    });
    json.push('}');
    let nothing = json.len() - start == 2;
    if nothing {
        json.truncate(start);
    }
    !nothing
}

/// Those that say something, with commas between.
fn each<T>(
    json: &mut String,
    all: impl Iterator<Item = T>,
    mut write: impl FnMut(&mut String, T) -> bool,
) {
    let mut begun = false;
    for one in all {
        let start = json.len();
        if begun {
            json.push(',');
        }
        if write(json, one) {
            begun = true;
        } else {
            json.truncate(start);
        }
    }
}

/// Writes a JSON string.
pub(super) fn quote(json: &mut String, text: &str) {
    let plain = |b: u8| b >= b' ' && b != b'"' && b != b'\\';
    if text.bytes().all(plain) {
        json.push('"');
        json.push_str(text);
        json.push('"');
        return;
    }
    // A text always has a form as JSON.
    json.push_str(&serde_json::to_string(text).unwrap_or_default());
}
