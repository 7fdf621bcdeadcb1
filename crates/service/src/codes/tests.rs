//! Codes are right once, in time, and not guessed.

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
