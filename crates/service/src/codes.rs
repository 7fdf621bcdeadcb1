//! `Codes`: one-time codes by which an insured person proves to be the one; how they are sent, and how often one may be wrong.

mod count;

use std::collections::HashMap;
use std::fmt;
use std::io::Write as _;
use std::net::IpAddr;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use subtle::ConstantTimeEq as _;

use self::count::{Counts, Most};
use crate::limits::network;
use crate::random;

/// How long a code can be used.
const LIFE: Duration = Duration::from_mins(5);
/// For one person from one address.
const BOTH: Most = Most { wrong: 5, sent: 5 };
/// For one person from all addresses. Six digits are not guessed by so many tries; and one address alone keeps nobody out.
const PERSON: Most = Most {
    wrong: 15,
    sent: 15,
};
/// From one address for all persons.
const ADDRESS: Most = Most {
    wrong: 20,
    sent: 30,
};
/// So many codes are remembered; beyond them the oldest are forgotten.
const MOST: usize = 100_000;

/// How a code reaches a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Delivery {
    /// Not at all: nobody signs in.
    #[default]
    Off,
    /// On the page itself. Only for a sandbox: it proves nothing.
    Shown,
    /// A program sends it: it is told the person's number and the code on its standard input, a line each.
    Program(PathBuf),
}

/// One-time codes.
#[derive(Debug, Default)]
pub struct Codes {
    delivery: Delivery,
    known: Mutex<Known>,
}

/// What is known of those who sign in.
#[derive(Debug)]
struct Known {
    pending: HashMap<u64, Pending>,
    both: Counts<(u64, IpAddr)>,
    persons: Counts<u64>,
    addresses: Counts<IpAddr>,
}

/// The last code of a person.
#[derive(Clone, Debug)]
struct Pending {
    code: String,
    until: Instant,
}

/// Who signs in, from where.
#[derive(Clone, Copy, Debug)]
struct Knock {
    person: u64,
    from: IpAddr,
    /// What comes from this machine itself comes through a proxy, or from nobody else: such an address is not that of one who signs in.
    is_local: bool,
}

/// What came of asking for a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    /// It is on its way, or would be if anybody were known.
    Away,
    /// It is to be brought, beside the answer: how long that takes is not seen.
    Errand(Errand),
    /// It is to be shown.
    Shown(String),
    /// There were too many.
    Locked,
    /// There is no way, or no code.
    Failed(String),
}

/// A code that a program brings to a person.
#[derive(Clone, PartialEq, Eq)]
pub struct Errand {
    program: PathBuf,
    person: u64,
    code: String,
}

impl fmt::Debug for Errand {
    /// Without the code.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Errand({} to {})", self.program.display(), self.person)
    }
}

impl Errand {
    /// Runs the program and waits for it.
    ///
    /// # Errors
    /// When it cannot be run, or fails.
    pub fn carry_out(&self) -> std::io::Result<()> {
        tell(Command::new(&self.program), self.person, &self.code)
    }
}

/// What came of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proved {
    /// It is the one; it cannot be used again.
    Yes,
    /// It is not, or there is none, or it is too old.
    No,
    /// It was wrong too often.
    Locked,
}

impl Codes {
    /// Codes that are sent in this way.
    #[must_use]
    pub fn new(delivery: Delivery) -> Codes {
        Codes {
            delivery,
            known: Mutex::default(),
        }
    }

    /// Whether anybody can sign in.
    #[must_use]
    pub fn are_sent(&self) -> bool {
        self.delivery != Delivery::Off
    }

    /// Makes a code for a person, to be sent. For who is not `known` no code is right, and all that is seen is the same: whoever asks does not
    /// learn of it.
    #[must_use]
    pub fn send(&self, person: u64, known: bool, from: IpAddr, now: Instant) -> Sent {
        let Some(code) = random::digits() else {
            return Sent::Failed("there is no randomness".to_owned());
        };
        let right = if known { code.as_str() } else { "" };
        if !self.note(Knock::of(person, from), right, now) {
            return Sent::Locked;
        }
        match &self.delivery {
            _ if !known => Sent::Away,
            Delivery::Off => Sent::Failed("no way to send codes is set".to_owned()),
            Delivery::Shown => Sent::Shown(code),
            Delivery::Program(program) => Sent::Errand(Errand {
                program: program.clone(),
                person,
                code,
            }),
        }
    }

    /// Remembers a code; not if too many were sent, or too many were wrong.
    fn note(&self, knock: Knock, code: &str, now: Instant) -> bool {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.forget(now);
        if !known.may_send(knock) {
            return false;
        }
        known.sent(knock, now);
        let pending = Pending {
            code: code.to_owned(),
            until: now + LIFE,
        };
        known.pending.insert(knock.person, pending);
        true
    }

    /// Whether the person knows the code. A right one is used up.
    #[must_use]
    pub fn prove(&self, person: u64, code: &str, from: IpAddr, now: Instant) -> Proved {
        let knock = Knock::of(person, from);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.forget(now);
        if !known.may_try(knock) {
            return Proved::Locked;
        }
        let is_right = known.pending.get(&person).is_some_and(|pending| {
            let same = bool::from(pending.code.as_bytes().ct_eq(code.as_bytes()));
            same && !code.is_empty() && now < pending.until
        });
        if is_right {
            known.proved(knock);
            return Proved::Yes;
        }
        known.wrong(knock, now);
        Proved::No
    }
}

impl Knock {
    fn of(person: u64, from: IpAddr) -> Knock {
        Knock {
            person,
            from: network(from),
            is_local: from.to_canonical().is_loopback(),
        }
    }

    fn both(self) -> (u64, IpAddr) {
        (self.person, self.from)
    }
}

impl Default for Known {
    fn default() -> Known {
        Known {
            pending: HashMap::new(),
            both: Counts::new(BOTH),
            persons: Counts::new(PERSON),
            addresses: Counts::new(ADDRESS),
        }
    }
}

impl Known {
    /// What is too old is forgotten; of too many codes, the one that ends first.
    fn forget(&mut self, now: Instant) {
        self.both.forget(now);
        self.persons.forget(now);
        self.addresses.forget(now);
        self.pending.retain(|_, pending| now < pending.until);
        if self.pending.len() >= MOST {
            let oldest = self.pending.iter().min_by_key(|(_, pending)| pending.until);
            if let Some(oldest) = oldest.map(|(person, _)| *person) {
                self.pending.remove(&oldest);
            }
        }
    }

    fn may_try(&self, knock: Knock) -> bool {
        self.both.may_try(knock.both())
            && self.persons.may_try(knock.person)
            && (knock.is_local || self.addresses.may_try(knock.from))
    }

    fn may_send(&self, knock: Knock) -> bool {
        self.both.may_send(knock.both())
            && self.persons.may_send(knock.person)
            && (knock.is_local || self.addresses.may_send(knock.from))
    }

    fn sent(&mut self, knock: Knock, now: Instant) {
        self.both.sent(knock.both(), now);
        self.persons.sent(knock.person, now);
        self.addresses.sent(knock.from, now);
    }

    fn wrong(&mut self, knock: Knock, now: Instant) {
        self.both.wrong(knock.both(), now);
        self.persons.wrong(knock.person, now);
        self.addresses.wrong(knock.from, now);
    }

    /// The address stays counted: who has a code of one's own cannot begin anew with those of others.
    fn proved(&mut self, knock: Knock) {
        self.pending.remove(&knock.person);
        self.both.clear(knock.both());
        self.persons.clear(knock.person);
    }
}

fn tell(mut program: Command, person: u64, code: &str) -> std::io::Result<()> {
    let mut child = program
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()?;
    if let Some(mut input) = child.stdin.take() {
        input.write_all(format!("{person}\n{code}\n").as_bytes())?;
    }
    let status = child.wait()?;
    match status.success() {
        true => Ok(()),
        false => Err(std::io::Error::other(format!("it ended with {status}"))),
    }
}

#[cfg(test)]
mod tests;
