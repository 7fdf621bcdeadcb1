//! `Refusal`: why a message was not carried out: by its form, by the agency, or by the door.

mod hints;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use agency::Refused;
use agency::domain::words::Lang;

use super::message::LONGEST_TEXT;
use super::read::Fault;
use crate::trace::Why;

/// Why a message was not carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Fields break rules.
    Form(Vec<Fault>),
    /// The agency refuses.
    Agency(Refused),
    /// The door refuses.
    Door(Denial),
}

/// A refusal of the door's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Denial {
    /// A stable code for machines.
    pub code: &'static str,
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl From<Refused> for Refusal {
    fn from(refused: Refused) -> Refusal {
        Refusal::Agency(refused)
    }
}

impl Refusal {
    /// A refusal of the door's own.
    #[must_use]
    pub fn door(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Refusal {
        let (zh, en) = (zh.into(), en.into());
        Refusal::Door(Denial { code, zh, en })
    }

    /// A stable code for the log.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Refusal::Form(_) => "form",
            Refusal::Agency(refused) => refused.code(),
            Refusal::Door(denial) => denial.code,
        }
    }

    /// What the cashier reads. With `detail`, all that is known and has room, for whoever builds the program that sent it; the
    /// reason stands before what to do about it, and that before the code.
    #[must_use]
    pub fn told(&self, detail: bool) -> String {
        let (zh, code) = match self {
            Refusal::Form(faults) if detail => {
                let told: Vec<String> = faults.iter().map(Fault::zh).collect();
                return fitted(&told);
            }
            Refusal::Form(faults) => return faults.first().map(Fault::zh).unwrap_or_default(),
            Refusal::Agency(refused) => (refused.describe(Lang::Zh), refused.code()),
            Refusal::Door(denial) => (denial.zh.clone(), denial.code),
        };
        if !detail {
            return zh;
        }
        let after = match hints::of(self) {
            Some((hint, _)) => format!("。{hint}[{code}]"),
            None => format!("[{code}]"),
        };
        let room = LONGEST_TEXT.saturating_sub(after.chars().count());
        format!("{}{after}", shortened_to(&zh, room))
    }

    /// All that is known of it, for the trace.
    #[must_use]
    pub fn why(&self) -> Why {
        let (faults, zh) = match self {
            Refusal::Form(faults) => {
                let told: Vec<String> = faults.iter().map(Fault::zh).collect();
                (faults.clone(), told.join("；"))
            }
            _ => (Vec::new(), self.told(false)),
        };
        let hint = hints::of(self);
        Why {
            code: self.code().to_owned(),
            zh,
            en: self.english(),
            hint_zh: hint.map(|(zh, _)| zh.to_owned()),
            hint_en: hint.map(|(_, en)| en.to_owned()),
            faults,
        }
    }

    /// In English, for the log and the page of a message.
    #[must_use]
    pub fn english(&self) -> String {
        match self {
            Refusal::Form(faults) => {
                let told: Vec<String> = faults.iter().map(Fault::en).collect();
                told.join("; ")
            }
            Refusal::Agency(refused) => refused.describe(Lang::En),
            Refusal::Door(denial) => denial.en.clone(),
        }
    }

    /// The reason in a language.
    #[must_use]
    pub fn describe(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.told(false),
            Lang::En => self.english(),
        }
    }

    /// Nobody knows whether it was carried out: the sender asks again, or takes it back.
    #[must_use]
    pub const fn is_unknown(&self) -> bool {
        matches!(self, Refusal::Agency(Refused::Unavailable(_)))
    }
}

/// As many texts as a cashier's window has room for, each whole, and how many more there are.
#[must_use]
pub fn fitted(texts: &[String]) -> String {
    let more = |left: usize| match left {
        0 => String::new(),
        left => format!("；另有{left}处"),
    };
    let mut told = String::new();
    for (place, text) in texts.iter().enumerate() {
        let apart = if place == 0 { "" } else { "；" };
        let longer = format!("{told}{apart}{text}");
        let left = texts.len() - place - 1;
        let length = longer.chars().count() + more(left).chars().count();
        if place > 0 && length > LONGEST_TEXT {
            return told + &more(left + 1);
        }
        told = longer;
    }
    told
}

fn shortened_to(text: &str, most: usize) -> Cow<'_, str> {
    if text.chars().count() <= most {
        return Cow::Borrowed(text);
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    Cow::Owned(kept + "…")
}
