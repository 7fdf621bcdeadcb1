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
mod tests {
    use super::count::LOCK;
    use super::*;

    /// Addresses of different networks, by number; none is this machine's own.
    fn at(number: u8) -> IpAddr {
        IpAddr::from([203, 0, 113, number])
    }

    fn shown(codes: &Codes, person: u64, now: Instant) -> String {
        match codes.send(person, true, at(1), now) {
            Sent::Shown(code) => code,
            other => panic!("{other:?}"),
        }
    }

    /// What whoever asks sees of it.
    fn seen(sent: Sent) -> Sent {
        match sent {
            Sent::Errand(_) => Sent::Away,
            other => other,
        }
    }

    /// Another than this one.
    fn other(code: &str) -> &'static str {
        if code == "000000" { "000001" } else { "000000" }
    }

    #[test]
    fn a_code_is_right_once_and_not_for_another() {
        let codes = Codes::new(Delivery::Shown);
        let now = Instant::now();
        let code = shown(&codes, 7, now);
        assert_eq!(code.len(), 6);
        assert_eq!(codes.prove(8, &code, at(1), now), Proved::No);
        assert_eq!(codes.prove(7, other(&code), at(1), now), Proved::No);
        assert_eq!(codes.prove(7, &code, at(1), now), Proved::Yes);
        assert_eq!(codes.prove(7, &code, at(1), now), Proved::No);
        assert_eq!(codes.prove(7, "", at(1), now), Proved::No);
    }

    #[test]
    fn a_code_is_too_old_after_five_minutes() {
        let codes = Codes::new(Delivery::Shown);
        let now = Instant::now();
        let code = shown(&codes, 7, now);
        assert_eq!(codes.prove(7, &code, at(1), now + LIFE), Proved::No);
    }

    #[test]
    fn who_is_wrong_five_times_is_locked_out_for_a_quarter_of_an_hour() {
        let codes = Codes::new(Delivery::Shown);
        let now = Instant::now();
        let code = shown(&codes, 7, now);
        for _ in 0..BOTH.wrong {
            assert_eq!(codes.prove(7, other(&code), at(1), now), Proved::No);
        }
        assert_eq!(codes.prove(7, &code, at(1), now), Proved::Locked);
        assert_eq!(codes.send(7, true, at(1), now), Sent::Locked);
        let later = now + LOCK;
        let code = shown(&codes, 7, later);
        assert_eq!(codes.prove(7, &code, at(1), later), Proved::Yes);
    }

    #[test]
    fn five_codes_are_sent_and_no_more() {
        let codes = Codes::new(Delivery::Shown);
        let now = Instant::now();
        for _ in 0..BOTH.sent {
            shown(&codes, 7, now);
        }
        assert_eq!(codes.send(7, true, at(1), now), Sent::Locked);
        assert_ne!(codes.send(8, true, at(1), now), Sent::Locked);
    }

    /// From one address nobody is kept out who comes from another; from three together somebody is, and guesses no further.
    #[test]
    fn a_stranger_does_not_lock_a_person_out() {
        let codes = Codes::new(Delivery::Shown);
        let now = Instant::now();
        let code = shown(&codes, 7, now);
        for _ in 0..BOTH.wrong {
            assert_eq!(codes.prove(7, other(&code), at(2), now), Proved::No);
        }
        assert_eq!(codes.prove(7, &code, at(2), now), Proved::Locked);
        assert_eq!(codes.prove(7, &code, at(1), now), Proved::Yes);
        let code = shown(&codes, 7, now);
        for tried in 0..PERSON.wrong {
            let from = at(3 + tried / BOTH.wrong);
            assert_eq!(codes.prove(7, other(&code), from, now), Proved::No);
        }
        assert_eq!(codes.prove(7, &code, at(1), now), Proved::Locked);
        let code = shown(&codes, 7, now + LOCK);
        assert_eq!(codes.prove(7, &code, at(1), now + LOCK), Proved::Yes);
    }

    /// As many codes as strangers may ask for, and no more: somebody's telephone is left in peace.
    #[test]
    fn a_person_is_sent_fifteen_codes_from_all_addresses() {
        let codes = Codes::new(Delivery::Shown);
        let now = Instant::now();
        let sent = |from| codes.send(7, true, from, now) != Sent::Locked;
        for asked in 0..PERSON.sent {
            assert!(sent(at(1 + asked / BOTH.sent)), "{asked}");
        }
        assert!(!sent(at(9)));
    }

    #[test]
    fn an_address_tries_and_asks_so_often_for_all_persons_together() {
        let now = Instant::now();
        let six = |last: u16| IpAddr::from([0x2001, 0xdb8, 0, 7, 0, 0, 0, last]);
        let next = IpAddr::from([0x2001, 0xdb8, 0, 8, 0, 0, 0, 1]);
        // Whoever asks, by the number of the try; and somebody from elsewhere.
        let table: [(&dyn Fn(u16) -> IpAddr, IpAddr); 2] = [(&|_| at(1), at(2)), (&six, next)];
        for (from, elsewhere) in table {
            let codes = Codes::new(Delivery::Shown);
            for person in 0..u16::from(ADDRESS.wrong) {
                let proved = codes.prove(person.into(), "000000", from(person), now);
                assert_eq!(proved, Proved::No, "{person}");
            }
            assert_eq!(codes.prove(99, "000000", from(99), now), Proved::Locked);
            assert_eq!(codes.send(99, true, from(98), now), Sent::Locked);
            assert_eq!(codes.prove(99, "000000", elsewhere, now), Proved::No);
            assert_eq!(codes.prove(99, "000000", from(99), now + LOCK), Proved::No);
            let codes = Codes::new(Delivery::Shown);
            for person in 0..u16::from(ADDRESS.sent) {
                let sent = codes.send(person.into(), true, from(person), now);
                assert!(matches!(sent, Sent::Shown(_)), "{person}: {sent:?}");
            }
            assert_eq!(codes.send(99, true, from(99), now), Sent::Locked);
            assert!(matches!(
                codes.send(99, true, elsewhere, now),
                Sent::Shown(_)
            ));
        }
    }

    /// Signing in does not give an address back what it spent on others.
    #[test]
    fn who_signs_in_between_does_not_begin_anew() {
        let codes = Codes::new(Delivery::Shown);
        let now = Instant::now();
        for person in 0..u64::from(ADDRESS.wrong) {
            assert_eq!(codes.prove(person, "000000", at(1), now), Proved::No);
            if person == 10 {
                let code = shown(&codes, 1_000, now);
                assert_eq!(codes.prove(1_000, &code, at(1), now), Proved::Yes);
            }
        }
        assert_eq!(codes.prove(99, "000000", at(1), now), Proved::Locked);
    }

    /// Behind a proxy on the same machine all have its address: there only persons are counted.
    #[test]
    fn this_machine_is_no_address_of_a_person() {
        let now = Instant::now();
        for local in ["127.0.0.1", "::1", "::ffff:127.0.0.1"] {
            let from: IpAddr = local.parse().expect("an address");
            let codes = Codes::new(Delivery::Shown);
            for person in 0..100 {
                assert_eq!(codes.prove(person, "000000", from, now), Proved::No);
            }
            let tries = (0..=BOTH.wrong).map(|_| codes.prove(700, "000000", from, now));
            assert_eq!(tries.last(), Some(Proved::Locked), "{local}");
        }
    }

    /// For who is not insured here everything is the same, but that no code is right.
    #[test]
    fn nobody_learns_who_is_insured() {
        let codes = Codes::new(Delivery::Program("/bin/cat".into()));
        let now = Instant::now();
        for _ in 0..BOTH.sent {
            assert_eq!(
                seen(codes.send(7, true, at(1), now)),
                seen(codes.send(8, false, at(1), now))
            );
        }
        assert_eq!(codes.send(7, true, at(1), now), Sent::Locked);
        assert_eq!(codes.send(8, false, at(1), now), Sent::Locked);
        assert_eq!(codes.prove(8, "", at(1), now), Proved::No);
        let codes = Codes::new(Delivery::Program("/bin/cat".into()));
        let both = [(7, true), (8, false)].map(|(person, known)| {
            assert_eq!(seen(codes.send(person, known, at(1), now)), Sent::Away);
            let tries = (0..BOTH.wrong + 2).map(|_| codes.prove(person, "no code", at(1), now));
            tries.collect::<Vec<_>>()
        });
        assert_eq!(both[0], both[1]);
    }

    #[test]
    fn a_program_is_told_the_person_and_the_code() {
        let folder = tempfile::tempdir().expect("a folder");
        let (program, told) = (folder.path().join("send"), folder.path().join("told"));
        let script = format!("#!/bin/sh\ncat > '{}'\n", told.display());
        // Another process writes it: what a test beside this one starts would hold it open for writing.
        let made = Command::new("sh")
            .args(["-c", "cat > \"$1\"; chmod +x \"$1\"", "sh"])
            .arg(&program)
            .stdin(Stdio::piped())
            .spawn()
            .and_then(|mut child| {
                child
                    .stdin
                    .take()
                    .expect("its input")
                    .write_all(script.as_bytes())?;
                child.wait()
            });
        assert!(made.expect("written").success());
        let codes = Codes::new(Delivery::Program(program));
        let Sent::Errand(errand) = codes.send(42, true, at(1), Instant::now()) else {
            panic!("a program is told");
        };
        errand.carry_out().expect("it is told");
        let told = std::fs::read_to_string(told).expect("told");
        let (person, code) = told.trim().split_once('\n').expect("two lines");
        assert_eq!(person, "42");
        assert_eq!(codes.prove(42, code, at(1), Instant::now()), Proved::Yes);
        let broken = Codes::new(Delivery::Program("/nonexistent/program".into()));
        let Sent::Errand(errand) = broken.send(42, true, at(1), Instant::now()) else {
            panic!("a program is told");
        };
        assert!(errand.carry_out().is_err());
        assert!(!format!("{errand:?}").contains(&errand.code));
    }
}
