//! `Fault`: which field breaks which rule, what was found there, and what to do; in both languages.

use agency::domain::setting::Setting;
use agency::domain::words::Lang;
use serde::{Deserialize, Serialize};

use super::{Field, Kind, Mode, Need, Node, decimal, moment};
use crate::wire::codes::Table;

/// One field that breaks one rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// `input.data.psn_no`; rows are counted from 1.
    pub path: String,
    /// What stands there, shortened; empty when nothing does.
    pub found: String,
    /// The rule, with the field's Chinese name.
    pub rule_zh: String,
    /// The rule.
    pub rule_en: String,
    /// What to do.
    pub hint_zh: String,
    /// What to do.
    pub hint_en: String,
}

/// What can be asked of a field.
#[derive(Clone, Copy, Debug)]
pub enum Rule {
    /// It says something.
    Present,
    /// The list has one row at least.
    Rows,
    /// It is an object.
    Object,
    /// It is a text or a number.
    Text,
    /// It has at most so many characters.
    Length(usize),
    /// It has digits only.
    Digits,
    /// It is a number.
    Number,
    /// It has at most so many decimals.
    Decimals(u8),
    /// It is not negative.
    Positive,
    /// It is not larger than the field can hold.
    Size,
    /// It lies between 0 and 1.
    Share,
    /// It is a day.
    Day,
    /// It is a time.
    Time,
    /// It is 0 or 1.
    Flag,
    /// It is JSON.
    Json,
    /// It is a file: base64, or a list of bytes.
    Bytes,
    /// It is a name of a file.
    FileName,
    /// It is the institution that sends the message.
    Sender,
    /// It was read as another key.
    ReadAs(&'static str),
    /// It is nearly another key, and was not read.
    Like(&'static str),
    /// It is a region's own code, taken as this setting of care.
    Local(Setting),
    /// It is one of the codes of a table.
    Code(&'static Table),
    /// It is an id that this agency gave.
    Ours,
    /// It is a code that this agency knows.
    Known,
    /// It does not lie in the future.
    Past,
    /// It is quantity times price, but for a few fen of rounding.
    Product,
    /// It is the identity number of the person named.
    SamePerson,
    /// It is not zero.
    Something,
    /// It is the visit and the person of the rows before it.
    OneVisit,
}

impl Fault {
    /// The fault of a field with its Chinese name.
    #[must_use]
    pub fn new(path: impl Into<String>, found: Option<&Node<'_>>, rule: Rule, zh: &str) -> Fault {
        let path = path.into();
        let name = path.rsplit('.').next().unwrap_or(&path);
        let (rule_zh, rule_en) = rule.told();
        let (hint_zh, hint_en) = rule.hint();
        Fault {
            found: found.map(Node::shown).unwrap_or_default(),
            rule_zh: format!("{zh}{name}{rule_zh}"),
            rule_en: format!("{name} {rule_en}"),
            hint_zh: hint_zh.into(),
            hint_en: hint_en.into(),
            path,
        }
    }

    /// The fault of a whole node.
    pub(super) fn node(path: String, found: Option<&Node<'_>>, rule: Rule) -> Fault {
        Fault::new(path, found, rule, "节点")
    }

    /// The whole in Chinese, for the operator's window.
    #[must_use]
    pub fn zh(&self) -> String {
        let Fault { path, found, .. } = self;
        format!("{}[{path}={found}],{}", self.rule_zh, self.hint_zh)
    }

    /// The whole in English.
    #[must_use]
    pub fn en(&self) -> String {
        let Fault { path, found, .. } = self;
        format!(
            "{path}: found `{found}`; {}; {}",
            self.rule_en, self.hint_en
        )
    }
}

impl Rule {
    /// The table of the rules.
    fn told(self) -> (String, String) {
        let (zh, en) = match self {
            Rule::Length(n) => {
                return (
                    format!("不能超过{n}个字符"),
                    format!("has at most {n} characters"),
                );
            }
            Rule::Decimals(n) => {
                return (
                    format!("最多{n}位小数"),
                    format!("has at most {n} decimals"),
                );
            }
            Rule::Code(table) => {
                let Table { name, zh, .. } = table;
                return (
                    format!("不在{zh}({name})字典内"),
                    format!("is a code of the table {name}"),
                );
            }
            Rule::ReadAs(name) => {
                return (format!("被读作{name}"), format!("is read as {name}"));
            }
            Rule::Like(name) => {
                return (
                    format!("不是此处的字段，未读取，是否为{name}"),
                    format!("is no field here and was not read; is {name} meant?"),
                );
            }
            Rule::Local(setting) => {
                return (
                    format!("是地方代码，按{}处理", setting.name(Lang::Zh)),
                    format!(
                        "is a region's own code, taken as {}",
                        setting.name(Lang::En)
                    ),
                );
            }
            Rule::Present => ("不能为空", "must say something"),
            Rule::Rows => ("至少要有一行", "has one row at least"),
            Rule::Object => ("必须是对象", "is an object"),
            Rule::Text => ("必须是文本", "is a text"),
            Rule::Digits => ("只能是数字字符", "has digits only"),
            Rule::Number => ("不是有效的数值", "is a number"),
            Rule::Positive => ("不能为负数", "is not negative"),
            Rule::Size => ("数值过大", "is not so large"),
            Rule::Share => ("必须在0到1之间", "lies between 0 and 1"),
            Rule::Day => ("不是有效的日期", "is a day"),
            Rule::Time => ("不是有效的时间", "is a time"),
            Rule::Flag => ("只能是0或1", "is 0 or 1"),
            Rule::Json => ("不是有效的JSON", "is JSON"),
            Rule::Bytes => ("不是Base64文本或字节数组", "is base64 or a list of bytes"),
            Rule::FileName => ("不是有效的文件名", "is a name of a file"),
            Rule::Sender => (
                "与报文中的定点医药机构编号不一致",
                "is the institution that sends the message",
            ),
            Rule::Ours => ("不是本中心的编号", "is an id that this agency gave"),
            Rule::Known => ("本中心没有此代码", "is a code that this agency knows"),
            Rule::Past => ("不能晚于当前时间", "does not lie in the future"),
            Rule::Product => ("与数量乘单价不符", "is quantity times price"),
            Rule::SamePerson => (
                "与人员编号不是同一人",
                "is the identity number of the person named",
            ),
            Rule::Something => ("不能为零", "is not zero"),
            Rule::OneVisit => (
                "与前面各行不是同一次就诊",
                "is the visit and the person of the rows before it",
            ),
        };
        (zh.into(), en.into())
    }

    /// The table of what to do.
    fn hint(self) -> (&'static str, &'static str) {
        match self {
            Rule::Present => ("请补充后重新提交", "fill it in and send again"),
            Rule::Rows => ("请补充明细后重新提交", "add the rows and send again"),
            Rule::Length(_) => ("请缩短后重新提交", "shorten it and send again"),
            Rule::Decimals(_) => (
                "请按规定的小数位数四舍五入后重新提交",
                "round it and send again",
            ),
            Rule::Code(_) => (
                "请按字典(1901)核对后重新提交",
                "look it up with 1901 and send again",
            ),
            Rule::Day => ("请使用yyyy-MM-dd格式", "write it as yyyy-MM-dd"),
            Rule::Time => (
                "请使用yyyy-MM-dd HH:mm:ss格式",
                "write it as yyyy-MM-dd HH:mm:ss",
            ),
            Rule::ReadAs(_) | Rule::Like(_) => ("请按接口规范拼写", "spell it as the table does"),
            Rule::Known | Rule::Local(_) => ("请核对代码", "compare the code"),
            Rule::SamePerson => (
                "请用1101重新取得人员编号",
                "look the person up again with 1101",
            ),
            Rule::Ours => (
                "请使用本中心返回的编号",
                "send it as this agency answered it",
            ),
            Rule::Object | Rule::Text | Rule::Json => {
                ("请核对报文格式", "compare the form of the message")
            }
            _ => ("请核对后重新提交", "correct it and send again"),
        }
    }
}

/// The rule of the table that a field breaks, if it breaks one. An overlong text is nothing to speak of in lenient mode.
pub(super) fn breach(field: &Field, node: Option<&Node<'_>>, mode: Mode) -> Option<Rule> {
    let Some(node) = node.filter(|node| !node.is_empty()) else {
        return (field.need == Need::Required).then_some(Rule::Present);
    };
    match field.kind {
        Kind::Json => (mode == Mode::Strict).then(|| json(node).err()).flatten(),
        Kind::Bytes => (!matches!(node, Node::Text(_) | Node::List(_))).then_some(Rule::Text),
        kind => scalar(field, kind, node, mode).err(),
    }
}

fn scalar(field: &Field, kind: Kind, node: &Node<'_>, mode: Mode) -> Result<(), Rule> {
    let text = text(node)?;
    let long = |n: u16| mode == Mode::Strict && text.chars().count() > usize::from(n);
    match kind {
        Kind::Text(n) | Kind::Digits(n) if long(n) => Err(Rule::Length(n.into())),
        Kind::Digits(_) if !text.bytes().all(|b| b.is_ascii_digit()) => Err(Rule::Digits),
        Kind::Number(p, s) => number(text, p, s),
        Kind::Day if moment::day(text).is_none() => Err(Rule::Day),
        Kind::Time if moment::time(text).is_none() => Err(Rule::Time),
        _ => match field.table {
            Some(table) if !table.knows(text) => Err(Rule::Code(table)),
            _ => Ok(()),
        },
    }
}

fn number(text: &str, precision: u8, scale: u8) -> Result<(), Rule> {
    let value = decimal::scaled(text, scale)?;
    let largest = 10_i128.checked_pow(u32::from(precision));
    match largest {
        Some(largest) if value.abs() >= largest => Err(Rule::Size),
        _ => Ok(()),
    }
}

fn json(node: &Node<'_>) -> Result<(), Rule> {
    match node {
        Node::Text(text) => Node::parse(text).map(|_| ()).map_err(|_| Rule::Json),
        _ => Ok(()),
    }
}

pub(super) fn text<'m>(node: &'m Node<'_>) -> Result<&'m str, Rule> {
    node.scalar().ok_or(Rule::Text)
}

pub(super) fn flag(node: &Node<'_>) -> Result<bool, Rule> {
    match (node, node.scalar()) {
        (Node::Bool(b), _) => Ok(*b),
        (_, Some("0")) => Ok(false),
        (_, Some("1")) => Ok(true),
        _ => Err(Rule::Flag),
    }
}
