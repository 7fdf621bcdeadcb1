//! Making an operator: what is wanted is held against the office, and a password is given that is to be changed at once.

use agency::domain::words::{Lang, Name};
use agency::office::Office;
use agency::operator::{Operator, Role};
use jiff::civil::Date;

use crate::access_log::names_somebody;
use crate::password;

/// As long as what people call somebody is at most, in characters.
const LONGEST: usize = 40;

/// What is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The name by which one signs in.
    pub name: String,
    /// What people call the person.
    pub called: String,
    /// The role.
    pub role: Role,
    /// A cashier's institution; empty for others.
    pub institution: String,
}

/// Why an operator is not made as wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unmade {
    /// The name has another form.
    Name(String),
    /// What people call the person is empty, or too long.
    Called(String),
    /// The name, or what people call the person, holds an identity number: both stand in the log.
    Identity,
    /// A cashier is of an institution that is known here.
    NoInstitution(String),
    /// No other role is of an institution.
    OfNone(String),
    /// No password can be given.
    Failed(String),
}

impl Unmade {
    /// In a sentence.
    #[must_use]
    pub fn describe(&self) -> Name {
        let name = |zh: String, en: String| Name { zh, en };
        match self {
            Unmade::Name(text) => name(
                format!("用户名“{text}”不合规则：2到32个小写字母、数字、“.”、“-”、“_”，以字母开头"),
                format!(
                    "the name `{text}`: 2 to 32 small letters, digits, `.`, `-` and `_`, a letter first"
                ),
            ),
            Unmade::Called(text) => name(
                format!("姓名“{text}”不合规则：1到{LONGEST}个字"),
                format!("what people call the person, `{text}`: 1 to {LONGEST} characters"),
            ),
            Unmade::Identity => name(
                "用户名和姓名中不要写身份证号码：日志不保存身份证号码".to_owned(),
                "no identity number in the name, nor in what people call the person: the log keeps none".to_owned(),
            ),
            Unmade::NoInstitution(text) => name(
                format!("没有编码为“{text}”的机构：收费员属于一家机构"),
                format!("the institution `{text}` is not known here: a cashier is of one that is"),
            ),
            Unmade::OfNone(text) => name(
                format!("机构“{text}”：只有收费员属于机构"),
                format!("the institution `{text}`: only a cashier is of an institution"),
            ),
            Unmade::Failed(why) => name(
                format!("不能生成密码：{why}"),
                format!("no password can be given: {why}"),
            ),
        }
    }
}

impl Wanted {
    /// An operator as it is.
    #[must_use]
    pub fn of(operator: &Operator) -> Wanted {
        Wanted {
            name: operator.name.clone(),
            called: operator.called.clone(),
            role: operator.role,
            institution: operator.institution.clone().unwrap_or_default(),
        }
    }

    /// What is wanted, or what is wrong with it.
    ///
    /// # Errors
    /// Everything that is wrong.
    pub fn checked(self, office: &Office, today: Date) -> Result<Wanted, Vec<Unmade>> {
        let wanted = Wanted {
            name: self.name.trim().to_owned(),
            called: self.called.trim().to_owned(),
            institution: self.institution.trim().to_owned(),
            role: self.role,
        };
        let mut faults = Vec::new();
        if !Operator::is_name(&wanted.name) {
            faults.push(Unmade::Name(wanted.name.clone()));
        }
        let length = wanted.called.chars().count();
        if !(1..=LONGEST).contains(&length) || wanted.called.chars().any(char::is_control) {
            faults.push(Unmade::Called(wanted.called.clone()));
        }
        if [&wanted.name, &wanted.called]
            .into_iter()
            .any(|text| names_somebody(text))
        {
            faults.push(Unmade::Identity);
        }
        let institution = wanted.institution.clone();
        let known = office.institution(&institution, today);
        match wanted.role {
            Role::Cashier if known.is_err() => faults.push(Unmade::NoInstitution(institution)),
            Role::Cashier => {}
            _ if !institution.is_empty() => faults.push(Unmade::OfNone(institution)),
            _ => {}
        }
        if faults.is_empty() {
            Ok(wanted)
        } else {
            Err(faults)
        }
    }

    /// The operator, with the password that is to be changed at once.
    ///
    /// # Errors
    /// When no password can be given.
    pub fn made(self, today: Date) -> Result<(Operator, String), Unmade> {
        let given = password::given();
        let given = given.ok_or_else(|| Unmade::Failed("there is no randomness".to_owned()))?;
        let operator = self.with(&given, today)?;
        let operator = Operator {
            given: true,
            ..operator
        };
        Ok((operator, given))
    }

    /// The operator with a password of the own.
    ///
    /// # Errors
    /// When the password cannot be digested.
    pub fn with(self, password: &str, today: Date) -> Result<Operator, Unmade> {
        Ok(Operator {
            name: self.name,
            called: self.called,
            role: self.role,
            institution: Some(self.institution).filter(|code| !code.is_empty()),
            password: password::digest(password).map_err(Unmade::Failed)?,
            given: false,
            version: 1,
            since: today,
            until: None,
        })
    }
}

/// All faults as one text, for the command line.
#[must_use]
pub fn told(faults: &[Unmade], lang: Lang) -> String {
    let told: Vec<String> = faults
        .iter()
        .map(|fault| fault.describe().lang(lang).to_owned())
        .collect();
    told.join("\n")
}
