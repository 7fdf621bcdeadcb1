//! `Node`: one JSON value as it came; numbers keep their text.

use std::borrow::Cow;
use std::fmt;

use jsonc_parser::Scanner;
use jsonc_parser::ScannerOptions;
use jsonc_parser::errors::ParseError;
use jsonc_parser::tokens::Token;

#[cfg(test)]
mod tests;

/// JSON has one spelling of each thing; what is looser is not meant.
const STRICT: ScannerOptions = ScannerOptions {
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};
/// The interface nests four deep; more than this comes from nobody who means well.
const DEEPEST: usize = 32;
/// The widest table of the interface has a hundred fields.
const MOST_KEYS: usize = 500;
/// A value takes many times the room of its text; a file of so many bytes goes as base64 or beside the message.
const MOST_VALUES: usize = 2 * 1024 * 1024;

/// A JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as it was written.
    Number(Cow<'a, str>),
    /// A string, its escapes undone.
    Text(Cow<'a, str>),
    /// `[…]`.
    List(Vec<Node<'a>>),
    /// `{…}`, in the order it was written; no key stands twice.
    Object(Vec<(Cow<'a, str>, Node<'a>)>),
}

/// Why a text is not JSON, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotJson {
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// What was found there, shortened; empty at the end.
    pub found: String,
    /// What is asked for instead.
    pub rule_zh: &'static str,
    /// The same in English.
    pub rule_en: String,
}

impl fmt::Display for NotJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let NotJson {
            line,
            column,
            found,
            rule_en: rule,
            ..
        } = self;
        let found = match found.as_str() {
            "" => "the end",
            found => found,
        };
        write!(f, "line {line}, column {column}: found `{found}`; {rule}")
    }
}

impl<'a> Node<'a> {
    /// The value of a whole JSON text.
    ///
    /// # Errors
    /// When it is not JSON, is nested too deeply, or names a key twice.
    pub fn parse(text: &'a str) -> Result<Node<'a>, NotJson> {
        let mut parser = Parser {
            scanner: Scanner::new(text, &STRICT),
            text,
            values: 0,
        };
        let first = parser.next()?;
        let node = parser.value(first, 0)?;
        match parser.next()? {
            None => Ok(node),
            Some(_) => {
                Err(parser.wrong(("报文之后不得再有内容", "nothing follows the first value")))
            }
        }
    }

    /// The value that belongs to a key of an object; none for what is no object.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node<'a>> {
        self.members()
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, node)| node)
    }

    /// The keys and values of an object; none of anything else.
    #[must_use]
    pub fn members(&self) -> &[(Cow<'a, str>, Node<'a>)] {
        match self {
            Node::Object(members) => members,
            _ => &[],
        }
    }

    /// Nothing was said: `null`, an empty text, or the word `null` in quotes, which some senders write.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Node::Null => true,
            Node::Text(text) => is_empty(text),
            _ => false,
        }
    }

    /// The text of a text or number that says something.
    #[must_use]
    pub fn scalar(&self) -> Option<&str> {
        match self {
            Node::Text(text) if !is_empty(text) => Some(text.trim()),
            Node::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The same value, standing by itself.
    #[must_use]
    pub fn into_owned(self) -> Node<'static> {
        let own = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        match self {
            Node::Null => Node::Null,
            Node::Bool(b) => Node::Bool(b),
            Node::Number(number) => Node::Number(own(number)),
            Node::Text(text) => Node::Text(own(text)),
            Node::List(list) => Node::List(list.into_iter().map(Node::into_owned).collect()),
            Node::Object(members) => Node::Object(
                members
                    .into_iter()
                    .map(|(key, node)| (own(key), node.into_owned()))
                    .collect(),
            ),
        }
    }

    /// What kind of value it is, in a few words for a fault.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Node::Null => "null".into(),
            Node::Bool(b) => b.to_string(),
            Node::Number(number) => shortened(number),
            Node::Text(text) => shortened(text),
            Node::List(list) => format!("[…{}]", list.len()),
            Node::Object(members) => format!("{{…{}}}", members.len()),
        }
    }
}

fn is_empty(text: &str) -> bool {
    matches!(text.trim(), "" | "null" | "NULL")
}

/// Enough of a text to know it again.
#[must_use]
pub fn shortened(text: &str) -> String {
    const MOST: usize = 40;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The JSON text in a body: without a byte order mark, and out of a form (`=<url-encoded JSON>`) if it came in one.
///
/// # Errors
/// When the bytes are no UTF-8.
pub fn text(body: &[u8]) -> Result<Cow<'_, str>, NotJson> {
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    let text = match form(body) {
        Some(decoded) => Cow::Owned(String::from_utf8(decoded).map_err(|e| no_utf8(e.as_bytes()))?),
        None => Cow::Borrowed(str::from_utf8(body).map_err(|_| no_utf8(body))?),
    };
    Ok(text)
}

/// A JSON text never has `=` or `%7B` before its first bracket; a form's body always does.
fn form(body: &[u8]) -> Option<Vec<u8>> {
    let body = body.trim_ascii();
    let head = &body[..body.len().min(64)];
    let brackets = |b: &u8| matches!(b, b'{' | b'[' | b'"' | b' ');
    let name = head.iter().take_while(|b| !brackets(b));
    let equals = name.clone().position(|b| *b == b'=');
    let value = match equals {
        Some(at) => &body[at + 1..],
        None if head.starts_with(b"%7B") || head.starts_with(b"%7b") => body,
        None => return None,
    };
    Some(url_decoded(value))
}

fn url_decoded(value: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(value.len());
    let mut at = 0;
    while let Some(b) = value.get(at) {
        let hex = value.get(at + 1..at + 3).and_then(two_hex);
        match (b, hex) {
            (b'%', Some(byte)) => {
                decoded.push(byte);
                at += 2;
            }
            (b'+', _) => decoded.push(b' '),
            _ => decoded.push(*b),
        }
        at += 1;
    }
    decoded
}

fn two_hex(digits: &[u8]) -> Option<u8> {
    let digit = |b: &u8| char::from(*b).to_digit(16);
    match digits {
        [high, low] => u8::try_from(digit(high)? * 16 + digit(low)?).ok(),
        _ => None,
    }
}

fn no_utf8(bytes: &[u8]) -> NotJson {
    let valid = bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    let found = bytes.get(valid.len()).copied().unwrap_or_default();
    NotJson {
        found: format!("0x{found:02X}"),
        ..at(valid, valid.len(), ("应为UTF-8编码", "a message is UTF-8"))
    }
}

fn at(text: &str, byte: usize, (zh, en): (&'static str, &str)) -> NotJson {
    let before = text.get(..byte).unwrap_or(text);
    let line = before.rsplit('\n').next().unwrap_or_default();
    let rest = text.get(byte..).unwrap_or_default();
    NotJson {
        line: before.matches('\n').count() + 1,
        column: line.chars().count() + 1,
        found: rest.chars().take(12).collect(),
        rule_zh: zh,
        rule_en: en.to_owned(),
    }
}

struct Parser<'a> {
    scanner: Scanner<'a>,
    text: &'a str,
    /// So many so far.
    values: usize,
}

impl<'a> Parser<'a> {
    fn next(&mut self) -> Result<Option<Token<'a>>, NotJson> {
        self.scanner.scan().map_err(|e| self.scanned(&e))
    }

    fn scanned(&self, error: &ParseError) -> NotJson {
        let rule = error.kind().to_string();
        at(self.text, error.range().start, ("不符合JSON语法", &rule))
    }

    /// The token just read is wrong.
    fn wrong(&self, rule: (&'static str, &str)) -> NotJson {
        at(self.text, self.scanner.token_start(), rule)
    }

    fn value(&mut self, token: Option<Token<'a>>, depth: usize) -> Result<Node<'a>, NotJson> {
        let Some(token) = token else {
            return Err(self.wrong(("此处应为值", "a value was awaited")));
        };
        if depth > DEEPEST {
            return Err(self.wrong(("嵌套过深", "a message is not nested so deeply")));
        }
        self.values += 1;
        if self.values > MOST_VALUES {
            return Err(self.wrong(("值过多", "a message has not so many values")));
        }
        match token {
            Token::OpenBrace => self.object(depth),
            Token::OpenBracket => self.list(depth),
            // No database keeps it.
            Token::String(text) if text.contains('\0') => Err(self.wrong((
                "文本不得含编号为0的字符",
                "a text has no character of number 0",
            ))),
            Token::String(text) => Ok(Node::Text(text)),
            Token::Number(number) => Ok(Node::Number(Cow::Borrowed(number))),
            Token::Boolean(b) => Ok(Node::Bool(b)),
            Token::Null => Ok(Node::Null),
            _ => Err(self.wrong(("此处应为值", "a value was awaited"))),
        }
    }

    fn list(&mut self, depth: usize) -> Result<Node<'a>, NotJson> {
        let mut list = Vec::new();
        let mut token = self.next()?;
        if matches!(token, Some(Token::CloseBracket)) {
            return Ok(Node::List(list));
        }
        loop {
            list.push(self.value(token, depth + 1)?);
            match self.next()? {
                Some(Token::Comma) => token = self.next()?,
                Some(Token::CloseBracket) => return Ok(Node::List(list)),
                _ => return Err(self.wrong(("此处应为“,”或“]”", "`,` or `]` was awaited"))),
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<Node<'a>, NotJson> {
        let mut members: Vec<(Cow<'a, str>, Node<'a>)> = Vec::with_capacity(16);
        let mut seen = Seen::default();
        let mut token = self.next()?;
        if matches!(token, Some(Token::CloseBrace)) {
            return Ok(Node::Object(Vec::new()));
        }
        loop {
            let Some(Token::String(key)) = token else {
                return Err(
                    self.wrong(("此处应为双引号内的键", "a key in double quotes was awaited"))
                );
            };
            if members.len() == MOST_KEYS {
                return Err(self.wrong(("键过多", "an object has not so many keys")));
            }
            if seen.perhaps(&key) && members.iter().any(|(known, _)| *known == key) {
                return Err(self.wrong(("键重复", "the key stands twice; a key stands once")));
            }
            if !matches!(self.next()?, Some(Token::Colon)) {
                return Err(self.wrong(("此处应为“:”", "`:` was awaited")));
            }
            let first = self.next()?;
            members.push((key, self.value(first, depth + 1)?));
            match self.next()? {
                Some(Token::Comma) => token = self.next()?,
                Some(Token::CloseBrace) => return Ok(Node::Object(members)),
                _ => return Err(self.wrong(("此处应为“,”或“}”", "`,` or `}` was awaited"))),
            }
        }
    }
}

/// Which keys an object has, roughly, so that most new keys are known to be new without a look at the others.
#[derive(Default)]
struct Seen(u128);

impl Seen {
    /// Notes the key; false when nothing like it was noted before.
    fn perhaps(&mut self, key: &str) -> bool {
        let mixed = key.bytes().fold(key.len() as u32, |mixed, b| {
            mixed.wrapping_mul(31).wrapping_add(u32::from(b))
        });
        let bit = 1_u128 << (mixed & 127);
        let before = self.0 & bit != 0;
        self.0 |= bit;
        before
    }
}
