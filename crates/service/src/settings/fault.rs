//! `Fault`: one thing that is wrong with the settings: where, which key, the value found, the rule.

use std::fmt;

use super::Origin;

/// One thing that is wrong with the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Who said it.
    pub at: Origin,
    /// Which key; may be empty when no key can be named.
    pub key: String,
    /// What was found; absent when nothing was, or when it may be a secret.
    pub value: Option<String>,
    /// The rule, without a full stop.
    pub rule: String,
    /// What to do, where that is clear.
    pub hint: Option<String>,
}

impl Fault {
    /// A key that nobody knows. Its value may be a mistyped secret, so it is shown only where it came by the command line.
    pub(super) fn unknown(at: Origin, key: &str, value: &str) -> Fault {
        let shown = matches!(at, Origin::Flag(_)).then(|| value.to_owned());
        Fault {
            at,
            key: key.to_owned(),
            value: shown,
            rule: "there is no such key".to_owned(),
            hint: None,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.at)?;
        match &self.value {
            Some(value) => write!(f, "`{}` = `{value}`: ", self.key)?,
            None if self.key.is_empty() => {}
            None => write!(f, "`{}`: ", self.key)?,
        }
        f.write_str(&self.rule)?;
        match &self.hint {
            Some(hint) => write!(f, "\n  hint: {hint}"),
            None => Ok(()),
        }
    }
}

/// Everything that is wrong with the settings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl Faults {
    pub(super) fn push(&mut self, fault: Fault) {
        self.0.push(fault);
    }

    pub(super) fn or<T>(self, value: T) -> Result<T, Faults> {
        if self.0.is_empty() {
            Ok(value)
        } else {
            Err(self)
        }
    }
}

impl From<Fault> for Faults {
    fn from(fault: Fault) -> Faults {
        Faults(vec![fault])
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, fault) in self.0.iter().enumerate() {
            if number > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{fault}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Faults {}
