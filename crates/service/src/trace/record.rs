//! `Record`: one message word for word, with what came of it and how long each part took.

use std::net::IpAddr;

use jiff::Timestamp;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use crate::clock;
use crate::wire::read::Fault;

/// The longest body that is kept whole, where the files are large enough.
const LONGEST: u64 = 1 << 20;

/// So long may a body be that a record of two of them, escaped, still fits into a file of this size.
pub(super) fn longest(file: u64) -> usize {
    usize::try_from((file / 8).min(LONGEST)).unwrap_or(usize::MAX)
}

/// One message. A text that is not known is empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// When it came.
    pub time: Timestamp,
    /// The service's number for it.
    pub request: String,
    /// The institution's code, as it was proved or only claimed.
    pub institution: String,
    /// The number of the transaction.
    pub number: String,
    /// The sender's number for the message.
    pub message: String,
    /// Where it came from.
    pub address: IpAddr,
    /// The path it came by.
    pub path: String,
    /// The body of the request.
    pub asked: String,
    /// The input, where the body had it enciphered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened: Option<String>,
    /// The body of the answer; nothing where a file was answered.
    pub answered: String,
    /// The output, where the body has it enciphered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unsealed: Option<String>,
    /// So many bytes of a file were answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<usize>,
    /// A body was longer than what is kept of it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cut: bool,
    /// The HTTP status.
    pub status: u16,
    /// Why it was not carried out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Why>,
    /// What the cashier should know although it went well.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
    /// The person's number with the agency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<u64>,
    /// The visit, as the interface names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<String>,
    /// The settlement, as the interface names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settlement: Option<String>,
    /// The steps of the settlement, or of its trial.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Sentence>,
    /// How long each part took.
    pub timings: Timings,
}

/// Why a message was not carried out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    /// A stable code for machines.
    pub code: String,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
    /// What to do, in Chinese, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint_zh: Option<String>,
    /// What to do, in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint_en: Option<String>,
    /// The fields that break rules, each with its place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<Fault>,
}

/// One sentence in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// The stage of the law, in Chinese.
    pub stage_zh: String,
    /// The stage of the law, in English.
    pub stage_en: String,
    /// The amount, in yuan.
    pub amount: String,
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// How long each part took, in microseconds; together the whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timings {
    /// Until it was let in.
    pub admit: u64,
    /// Reading the input.
    pub read: u64,
    /// Waiting for the agency.
    pub agency: u64,
    /// The rest: writing the answer.
    pub write: u64,
}

impl Timings {
    /// The whole, in microseconds.
    #[must_use]
    pub fn whole(&self) -> u64 {
        self.admit + self.read + self.agency + self.write
    }
}

impl Record {
    /// When it came, in China.
    #[must_use]
    pub fn came(&self) -> DateTime {
        clock::civil(self.time)
    }

    /// About how much memory it takes.
    pub(super) fn size(&self) -> usize {
        let opened = self.opened.as_ref().map_or(0, String::len);
        let unsealed = self.unsealed.as_ref().map_or(0, String::len);
        let steps: usize = self.steps.iter().map(|s| s.zh.len() + s.en.len()).sum();
        1024 + self.asked.len() + self.answered.len() + opened + unsealed + steps
    }
}
