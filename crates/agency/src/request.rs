//! `Request`: an act for a person, with the caller's key.

use jiff::civil::DateTime;
use sha2::{Digest as _, Sha256};
use store::Hash;

use crate::act::Act;

/// An act for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The person's number.
    pub person: u64,
    /// More of the keyed hash, when somebody is enrolled.
    pub lookup: Option<String>,
    /// The caller's key (institution and message number): carried out once, however often it comes.
    pub key: Option<String>,
    /// What is asked.
    pub act: Act,
    /// Only tell what it would come to; nothing is recorded.
    pub trial: bool,
    /// What was asked, word for word as a door had it, in place of the act: the act may rest on a catalogue that has changed since.
    pub said: Option<String>,
    /// The institution that asks: it touches only what is its own. None for the agency's own staff.
    pub by: Option<String>,
    /// The door's clock, China's time; the agency has none. It is recorded and is no part of the content.
    pub at: Option<DateTime>,
    /// The answer is to say who it was, too.
    pub who: bool,
}

impl Request {
    /// An act that is carried out once for its key.
    #[must_use]
    pub fn keyed(person: u64, key: String, act: Act) -> Request {
        Request {
            key: Some(key),
            ..Request::plain(person, act)
        }
    }

    /// An act without a key, for what cannot be done twice anyway.
    #[must_use]
    pub fn plain(person: u64, act: Act) -> Request {
        Request {
            person,
            lookup: None,
            key: None,
            act,
            trial: false,
            at: None,
            who: false,
            by: None,
            said: None,
        }
    }

    /// A trial: what it would come to.
    #[must_use]
    pub fn trial(person: u64, act: Act) -> Request {
        Request {
            trial: true,
            ..Request::plain(person, act)
        }
    }

    /// Keys of other lanes' messages begin so; no caller's may.
    pub(crate) const OF_LANES: &str = "lane:";

    /// The content of a key by which a request was forestalled: no request has it.
    pub(crate) const FORESTALLED: &str = "forestalled";

    /// The key, if it is one that a caller may not use, as it may be shown.
    pub(crate) fn bad_key(&self) -> Option<String> {
        let key = self.key.as_ref()?;
        let sound = (1..=128).contains(&key.len())
            && key.bytes().all(|b| b.is_ascii_graphic())
            && !key.starts_with(Request::OF_LANES);
        (!sound).then(|| {
            key.chars()
                .take(40)
                .flat_map(char::escape_default)
                .collect()
        })
    }

    /// A digest of the content, by which the same key with another content is told: 32 hexadecimal digits.
    #[must_use]
    pub(crate) fn content(&self) -> String {
        let mut hasher = Sha256::new();
        hasher.update(self.person.to_be_bytes());
        match &self.said {
            Some(said) => hasher.update(said),
            // An act always has a JSON form; an empty one would only make contents look alike, never lose one.
            None => hasher.update(serde_json::to_vec(&self.act).unwrap_or_default()),
        }
        let mut digits = Hash(hasher.finalize().into()).hex();
        digits.truncate(32);
        digits
    }
}
