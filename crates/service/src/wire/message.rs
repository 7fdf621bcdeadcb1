//! `Message`: the envelope of a request; `Reply`: the envelope of its answer.

use std::borrow::Cow;
use std::fmt::Write as _;

use jiff::civil::DateTime;

use super::fields::envelope::REQUEST;
use super::node::{Node, NotJson};
use super::read::{Fault, Rule};
use crate::trace::Why;

#[cfg(test)]
mod tests;

/// The transaction that brings a file.
pub const UPLOAD: &str = "9101";
/// The number of a message stands within so many bytes of its beginning, else it is not looked for.
const HEAD: usize = 2048;

/// The longest transaction number: suffixed and six-digit ones exist beside the four of the table.
const LONGEST_NUMBER: usize = 10;
const LONGEST_ID: usize = 30;
/// What a cashier is shown, in characters.
pub(super) const LONGEST_TEXT: usize = 200;

/// A request, read leniently: only its number, its id and its institution must be there. What was left out is empty.
#[derive(Clone, Debug)]
pub struct Message<'a> {
    /// Which transaction.
    pub number: Cow<'a, str>,
    /// The sender's own name for this message.
    pub id: Cow<'a, str>,
    /// The institution's code.
    pub institution: Cow<'a, str>,
    /// The institution's name.
    pub institution_name: Cow<'a, str>,
    /// Who sends: a person or a terminal.
    pub operator: Cow<'a, str>,
    /// Their name.
    pub operator_name: Cow<'a, str>,
    /// Operator, self-service terminal or mobile terminal.
    pub operator_kind: Cow<'a, str>,
    /// Where the care is given.
    pub care_area: Cow<'a, str>,
    /// Where the person is insured; empty is here.
    pub insured_area: Cow<'a, str>,
    /// The system that is meant to receive it.
    pub receiver: Cow<'a, str>,
    /// The terminal's number.
    pub device: Cow<'a, str>,
    /// What the terminal says of its safety.
    pub device_safety: Cow<'a, str>,
    /// The signature over the message.
    pub signature: Cow<'a, str>,
    /// How it was made.
    pub signature_kind: Cow<'a, str>,
    /// How the input is enciphered; empty is not.
    pub cipher: Cow<'a, str>,
    /// The version of the interface that the sender knows.
    pub version: Cow<'a, str>,
    /// The sender's clock, if it can be read.
    pub time: Option<DateTime>,
    /// From the sign-in; may be empty.
    pub sign_in: Cow<'a, str>,
    /// An object, or a text that is enciphered.
    pub input: Node<'a>,
    /// Every key of the envelope but the input, as it came: what a signature is laid over.
    pub envelope: Vec<(Cow<'a, str>, Node<'a>)>,
}

/// Why a body is no message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoMessage {
    /// It is not JSON, or its input is a text that begins like JSON and is not.
    NotJson(NotJson),
    /// It is JSON and lacks what every message has.
    Faults(Vec<Fault>),
}

impl NoMessage {
    /// All that is known of it, for the trace.
    #[must_use]
    pub fn why(&self) -> Why {
        let (zh, en, faults) = match self {
            NoMessage::NotJson(not) => {
                (not_json(not), format!("it is not JSON: {not}"), Vec::new())
            }
            NoMessage::Faults(faults) => {
                let zh: Vec<String> = faults.iter().map(Fault::zh).collect();
                let en: Vec<String> = faults.iter().map(Fault::en).collect();
                (zh.join("；"), en.join("; "), faults.clone())
            }
        };
        Why {
            code: "no_message".to_owned(),
            zh,
            en,
            faults,
            ..Why::default()
        }
    }
}

fn not_json(not: &NotJson) -> String {
    let NotJson { line, column, .. } = not;
    let found = match not.found.as_str() {
        "" => "报文结束".to_owned(),
        found => format!("“{found}”"),
    };
    let rule = not.rule_zh;
    format!("报文不是有效的JSON：第{line}行第{column}列为{found}，{rule}")
}

impl From<NotJson> for NoMessage {
    fn from(not: NotJson) -> NoMessage {
        NoMessage::NotJson(not)
    }
}

impl<'a> Message<'a> {
    /// The message in a JSON text (see [`super::node::text`]).
    ///
    /// # Errors
    /// When it is not JSON, or lacks its number, id or institution.
    pub fn parse(text: &'a str) -> Result<Message<'a>, NoMessage> {
        Message::of(Node::parse(text)?)
    }

    /// The message in a node.
    ///
    /// # Errors
    /// As of [`Message::parse`].
    pub fn of(node: Node<'a>) -> Result<Message<'a>, NoMessage> {
        let Node::Object(mut envelope) = node else {
            let fault = Fault::new("message", Some(&node), Rule::Object, "报文");
            return Err(NoMessage::Faults(vec![fault]));
        };
        let input = take_input(&mut envelope)?;
        let faults = missing(&envelope);
        if !faults.is_empty() {
            return Err(NoMessage::Faults(faults));
        }
        let key = |name: &str| value(&envelope, name);
        Ok(Message {
            number: key("infno"),
            id: key("msgid"),
            institution: institution(&envelope),
            institution_name: key("fixmedins_name"),
            operator: key("opter"),
            operator_name: key("opter_name"),
            operator_kind: key("opter_type"),
            care_area: key("mdtrtarea_admvs"),
            insured_area: key("insuplc_admdvs"),
            receiver: key("recer_sys_code"),
            device: key("dev_no"),
            device_safety: key("dev_safe_info"),
            signature: key("cainfo"),
            signature_kind: key("signtype"),
            cipher: key("enctype"),
            version: key("infver"),
            time: super::read::time(&key("inf_time")),
            sign_in: sign_in(&envelope),
            input,
            envelope,
        })
    }

    /// The same message with an input that was deciphered.
    ///
    /// # Errors
    /// When the text is not JSON.
    pub fn with_input(self, text: &str) -> Result<Message<'a>, NotJson> {
        let input = unwrapped(Node::Text(Cow::Borrowed(text)))?.into_owned();
        Ok(Message { input, ..self })
    }

    /// What of the envelope breaks its table: for a warning, or for who is strict. The input is not looked at.
    #[must_use]
    pub fn breaches(&self) -> Vec<Fault> {
        let mut envelope = self.envelope.clone();
        let input = Node::Object(Vec::new());
        envelope.push((Cow::Borrowed("input"), input));
        super::read::breaches(&Node::Object(envelope), &REQUEST)
    }

    /// Is the input still a text that must be deciphered?
    #[must_use]
    pub fn is_sealed(&self) -> bool {
        matches!(self.input, Node::Text(_))
    }
}

/// Does this beginning of a body say that the message brings a file? A guess that decides only how much is read.
#[must_use]
pub fn begins_upload(body: &[u8]) -> bool {
    let head = &body[..body.len().min(HEAD)];
    // Nearly no message has it.
    let upload = UPLOAD.as_bytes();
    if !head.windows(upload.len()).any(|part| part == upload) {
        return false;
    }
    let spoken: Vec<u8> = head
        .iter()
        .filter(|b| b.is_ascii_alphanumeric() || **b == b':')
        .map(u8::to_ascii_lowercase)
        .collect();
    let sought = [b"infno:", upload].concat();
    spoken.windows(sought.len()).any(|part| part == sought)
}

/// Keys are compared without case and underscores: `Input`, `encType`, `enc_type` are seen beside the spelling of the table.
fn value<'a>(envelope: &[(Cow<'a, str>, Node<'a>)], name: &str) -> Cow<'a, str> {
    let exact = envelope.iter().find(|(key, _)| key == name);
    let found = exact.or_else(|| {
        envelope
            .iter()
            .find(|(key, _)| super::read::alike(key, name))
    });
    match found.map(|(_, node)| node) {
        Some(node @ Node::Text(text)) if !node.is_empty() => trimmed(text),
        Some(Node::Number(number)) => number.clone(),
        _ => Cow::Borrowed(""),
    }
}

fn trimmed<'a>(text: &Cow<'a, str>) -> Cow<'a, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}

/// A middleware's clients send its own key for the institution.
fn institution<'a>(envelope: &[(Cow<'a, str>, Node<'a>)]) -> Cow<'a, str> {
    let code = value(envelope, "fixmedins_code");
    if code.is_empty() {
        value(envelope, "medins_code")
    } else {
        code
    }
}

/// Before the first sign-in some clients send the name of the key as its value.
fn sign_in<'a>(envelope: &[(Cow<'a, str>, Node<'a>)]) -> Cow<'a, str> {
    let sign = value(envelope, "sign_no");
    if sign == "sign_no" {
        Cow::Borrowed("")
    } else {
        sign
    }
}

fn missing(envelope: &[(Cow<'_, str>, Node<'_>)]) -> Vec<Fault> {
    let table = [
        ("infno", "交易编号", LONGEST_NUMBER),
        ("msgid", "发送方报文ID", LONGEST_ID),
        ("fixmedins_code", "定点医药机构编号", LONGEST_ID),
    ];
    let mut faults = Vec::new();
    for (name, zh, longest) in table {
        let text = match name {
            "fixmedins_code" => institution(envelope),
            _ => value(envelope, name),
        };
        let node = Node::Text(text);
        let rule = match &node {
            Node::Text(text) if text.is_empty() => Rule::Present,
            Node::Text(text) if text.chars().count() > longest => Rule::Length(longest),
            _ => continue,
        };
        faults.push(Fault::new(name, Some(&node), rule, zh));
    }
    faults
}

fn take_input<'a>(envelope: &mut Vec<(Cow<'a, str>, Node<'a>)>) -> Result<Node<'a>, NotJson> {
    let exact = envelope.iter().position(|(key, _)| key == "input");
    let any = || {
        let like = |(key, _): &(Cow<'_, str>, _)| key.eq_ignore_ascii_case("input");
        envelope.iter().position(like)
    };
    match exact.or_else(any) {
        Some(at) => unwrapped(envelope.remove(at).1),
        None => Ok(Node::Object(Vec::new())),
    }
}

/// An input may be JSON inside a text; one that says nothing is an empty object.
fn unwrapped(input: Node<'_>) -> Result<Node<'_>, NotJson> {
    match input {
        Node::Text(text) if text.trim_start().starts_with(['{', '[']) => match text {
            Cow::Borrowed(text) => Node::parse(text),
            Cow::Owned(text) => Node::parse(&text).map(Node::into_owned),
        },
        node if node.is_empty() => Ok(Node::Object(Vec::new())),
        node => Ok(node),
    }
}

/// How an institution's program wants to be told whether it went well.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CodeForm {
    /// `0`, as most platforms answer.
    #[default]
    Number,
    /// `"0"`.
    Text,
}

/// The envelope of an answer.
#[derive(Clone, Debug)]
pub struct Reply<'a> {
    /// 0 is well, -1 refused.
    pub code: i32,
    /// How the code is written.
    pub form: CodeForm,
    /// Our name for this message (see [`reference`]).
    pub reference: Option<&'a str>,
    /// When the request was received.
    pub received: DateTime,
    /// When it was answered.
    pub answered: DateTime,
    /// What a cashier is told, if it went wrong.
    pub error: Option<&'a str>,
    /// What a cashier should know although it went well.
    pub warning: Option<&'a str>,
    /// The signature over the answer.
    pub signature: Option<&'a str>,
    /// How it was made.
    pub signature_kind: Option<&'a str>,
    /// The output as JSON text.
    pub output: Option<&'a str>,
}

impl Reply<'_> {
    /// The whole answer as JSON text: every key, in the order of the table.
    #[must_use]
    pub fn json(&self) -> String {
        let length = self.output.map_or(0, str::len);
        let mut json = String::with_capacity(length + 512);
        let quote = if self.form == CodeForm::Text {
            "\""
        } else {
            ""
        };
        // Writing to a string cannot fail.
        let _ = write!(json, "{{\"infcode\":{quote}{}{quote}", self.code);
        text(&mut json, "inf_refmsgid", self.reference);
        text(&mut json, "refmsg_time", Some(&stamp(self.received)));
        text(&mut json, "respond_time", Some(&stamp(self.answered)));
        text(&mut json, "err_msg", self.error.map(cut));
        text(&mut json, "warn_msg", self.warning.map(cut));
        text(&mut json, "cainfo", self.signature);
        text(&mut json, "signtype", self.signature_kind);
        json.push_str(",\"output\":");
        json.push_str(self.output.unwrap_or("null"));
        json.push('}');
        json
    }
}

fn text(json: &mut String, key: &str, value: Option<&str>) {
    json.push_str(",\"");
    json.push_str(key);
    json.push_str("\":");
    match value {
        Some(value) => super::write::quote(json, value),
        None => json.push_str("null"),
    }
}

/// At most so much as a cashier's window shows.
fn cut(text: &str) -> &str {
    let end = text.char_indices().nth(LONGEST_TEXT);
    end.map_or(text, |(end, _)| &text[..end])
}

/// `yyyyMMddHHmmssSSS`.
#[must_use]
pub fn stamp(time: DateTime) -> String {
    format!("{}{:03}", second(time), time.millisecond())
}

/// `yyyyMMddHHmmss`.
fn second(time: DateTime) -> String {
    format!(
        "{:04}{:02}{:02}{:02}{:02}{:02}",
        time.year(),
        time.month(),
        time.day(),
        time.hour(),
        time.minute(),
        time.second()
    )
}

/// Our name for a message: the receiver's area, the time, and a serial number of which ten digits are told.
#[must_use]
pub fn reference(area: super::ids::Region, time: DateTime, serial: u64) -> String {
    format!("{area}{}{:010}", second(time), serial % 10_000_000_000)
}
