//! `Codes`: one-time codes by which an insured person proves to be the one; how they are sent, and how often one may be wrong.

use std::collections::HashMap;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use subtle::ConstantTimeEq as _;

use crate::random;

/// How long a code can be used.
const LIFE: Duration = Duration::from_mins(5);
/// How often a code may be wrong before the person is locked out.
const TRIES: u8 = 5;
/// How long a person is locked out.
const LOCK: Duration = Duration::from_mins(15);
/// How many codes are sent to a person within that time.
const SENT: u8 = 5;
/// So many persons are remembered; beyond them the oldest are forgotten.
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
    persons: Mutex<HashMap<u64, Pending>>,
}

/// What is known of a person who signs in.
#[derive(Clone, Debug)]
struct Pending {
    code: String,
    until: Instant,
    wrong: u8,
    sent: u8,
    since: Instant,
}

/// What came of asking for a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    /// It is on its way.
    Away,
    /// It is to be shown.
    Shown(String),
    /// There were too many.
    Locked,
    /// The program that sends it failed.
    Failed(String),
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
            persons: Mutex::default(),
        }
    }

    /// Whether anybody can sign in.
    #[must_use]
    pub fn are_sent(&self) -> bool {
        self.delivery != Delivery::Off
    }

    /// Makes a code for a person and sends it. It waits for the program that sends it. For who is not `known` no code is right, and all else
    /// is the same: whoever asks does not learn of it.
    #[must_use]
    pub fn send(&self, person: u64, known: bool, now: Instant) -> Sent {
        let Some(code) = random::digits() else {
            return Sent::Failed("there is no randomness".to_owned());
        };
        let right = if known { code.as_str() } else { "" };
        if !self.note(person, right, now) {
            return Sent::Locked;
        }
        match &self.delivery {
            _ if !known => Sent::Away,
            Delivery::Off => Sent::Failed("no way to send codes is set".to_owned()),
            Delivery::Shown => Sent::Shown(code),
            Delivery::Program(program) => {
                let told = tell(Command::new(program), person, &code);
                told.map_or_else(|why| Sent::Failed(why.to_string()), |()| Sent::Away)
            }
        }
    }

    /// Remembers a code; not if too many were sent, or too many were wrong.
    fn note(&self, person: u64, code: &str, now: Instant) -> bool {
        let mut persons = self.persons.lock().unwrap_or_else(PoisonError::into_inner);
        forget(&mut persons, now);
        let pending = persons.entry(person).or_insert_with(|| Pending {
            code: String::new(),
            until: now,
            wrong: 0,
            sent: 0,
            since: now,
        });
        if pending.wrong >= TRIES || pending.sent >= SENT {
            return false;
        }
        pending.sent += 1;
        code.clone_into(&mut pending.code);
        pending.until = now + LIFE;
        true
    }

    /// Whether the person knows the code. A right one is used up.
    #[must_use]
    pub fn prove(&self, person: u64, code: &str, now: Instant) -> Proved {
        let mut persons = self.persons.lock().unwrap_or_else(PoisonError::into_inner);
        forget(&mut persons, now);
        let Some(pending) = persons.get_mut(&person) else {
            return Proved::No;
        };
        if pending.wrong >= TRIES {
            return Proved::Locked;
        }
        let same = bool::from(pending.code.as_bytes().ct_eq(code.as_bytes()));
        if same && !code.is_empty() && now < pending.until {
            persons.remove(&person);
            return Proved::Yes;
        }
        pending.wrong += 1;
        Proved::No
    }
}

/// Who began long ago is forgotten, and with it that codes were wrong; of too many, whoever began first.
fn forget(persons: &mut HashMap<u64, Pending>, now: Instant) {
    if persons.len() < MOST / 2 {
        persons.retain(|_, pending| now.saturating_duration_since(pending.since) < LOCK);
        return;
    }
    persons.retain(|_, pending| now.saturating_duration_since(pending.since) < LIFE);
    if persons.len() >= MOST {
        let oldest = persons.iter().min_by_key(|(_, pending)| pending.since);
        if let Some(oldest) = oldest.map(|(person, _)| *person) {
            persons.remove(&oldest);
        }
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
    use super::*;

    fn shown(codes: &Codes, person: u64, now: Instant) -> String {
        match codes.send(person, true, now) {
            Sent::Shown(code) => code,
            other => panic!("{other:?}"),
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
        assert_eq!(codes.prove(8, &code, now), Proved::No);
        assert_eq!(codes.prove(7, other(&code), now), Proved::No);
        assert_eq!(codes.prove(7, &code, now), Proved::Yes);
        assert_eq!(codes.prove(7, &code, now), Proved::No);
        assert_eq!(codes.prove(7, "", now), Proved::No);
    }

    #[test]
    fn a_code_is_too_old_after_five_minutes() {
        let codes = Codes::new(Delivery::Shown);
        let now = Instant::now();
        let code = shown(&codes, 7, now);
        assert_eq!(codes.prove(7, &code, now + LIFE), Proved::No);
    }

    #[test]
    fn who_is_wrong_five_times_is_locked_out_for_a_quarter_of_an_hour() {
        let codes = Codes::new(Delivery::Shown);
        let now = Instant::now();
        let code = shown(&codes, 7, now);
        for _ in 0..TRIES {
            assert_eq!(codes.prove(7, other(&code), now), Proved::No);
        }
        assert_eq!(codes.prove(7, &code, now), Proved::Locked);
        assert_eq!(codes.send(7, true, now), Sent::Locked);
        let later = now + LOCK;
        let code = shown(&codes, 7, later);
        assert_eq!(codes.prove(7, &code, later), Proved::Yes);
    }

    #[test]
    fn five_codes_are_sent_and_no_more() {
        let codes = Codes::new(Delivery::Shown);
        let now = Instant::now();
        for _ in 0..SENT {
            shown(&codes, 7, now);
        }
        assert_eq!(codes.send(7, true, now), Sent::Locked);
        assert_ne!(codes.send(8, true, now), Sent::Locked);
    }

    /// For who is not insured here everything is the same, but that no code is right.
    #[test]
    fn nobody_learns_who_is_insured() {
        let codes = Codes::new(Delivery::Program("/bin/cat".into()));
        let now = Instant::now();
        for _ in 0..SENT {
            assert_eq!(codes.send(7, true, now), codes.send(8, false, now));
        }
        assert_eq!(codes.send(7, true, now), Sent::Locked);
        assert_eq!(codes.send(8, false, now), Sent::Locked);
        assert_eq!(codes.prove(8, "", now), Proved::No);
        let codes = Codes::new(Delivery::Program("/bin/cat".into()));
        let both = [(7, true), (8, false)].map(|(person, known)| {
            assert_eq!(codes.send(person, known, now), Sent::Away);
            let tries = (0..TRIES + 2).map(|_| codes.prove(person, "no code", now));
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
        assert_eq!(codes.send(42, true, Instant::now()), Sent::Away);
        let told = std::fs::read_to_string(told).expect("told");
        let (person, code) = told.trim().split_once('\n').expect("two lines");
        assert_eq!(person, "42");
        assert_eq!(codes.prove(42, code, Instant::now()), Proved::Yes);
        let broken = Codes::new(Delivery::Program("/nonexistent/program".into()));
        assert!(matches!(
            broken.send(42, true, Instant::now()),
            Sent::Failed(_)
        ));
    }
}
