//! `Vouchers`: e-vouchers that insured persons show at institutions: for whom each is, until when, and who has used it.
//!
//! They are kept in memory alone: one that is lost is shown anew.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::random;

/// How long a voucher can be used.
const LIFE: Duration = Duration::from_mins(5);
/// So many persons have one; beyond them the oldest are forgotten.
const MOST: usize = 100_000;
/// How the tokens of this agency begin.
const OURS: &str = "YB";

/// E-vouchers.
#[derive(Default)]
pub struct Vouchers(Mutex<All>);

/// A person's voucher.
#[derive(Clone, PartialEq, Eq)]
pub struct Voucher {
    /// What is shown.
    pub token: String,
    /// It is good before this moment.
    pub until: Instant,
    /// The institution that used it; nobody else can.
    pub used_by: Option<String>,
}

#[derive(Default)]
struct All {
    persons: HashMap<u64, Voucher>,
    tokens: HashMap<String, u64>,
    /// In the order in which they end.
    ends: BTreeSet<(Instant, u64)>,
}

impl Vouchers {
    /// Whether a text has the form of a token of this agency.
    #[must_use]
    pub fn is_token(text: &str) -> bool {
        text.strip_prefix(OURS).is_some_and(random::is_name)
    }

    /// Makes a person's voucher, in place of the one before; none where there is no randomness.
    #[must_use]
    pub fn make(&self, person: u64, now: Instant) -> Option<Voucher> {
        let voucher = Voucher {
            token: format!("{OURS}{}", random::name()?),
            until: now + LIFE,
            used_by: None,
        };
        let mut all = self.all(now);
        all.forget(person);
        if all.persons.len() >= MOST
            && let Some(&(_, oldest)) = all.ends.first()
        {
            all.forget(oldest);
        }
        all.ends.insert((voucher.until, person));
        all.tokens.insert(voucher.token.clone(), person);
        all.persons.insert(person, voucher.clone());
        Some(voucher)
    }

    /// A person's voucher, while it is good.
    #[must_use]
    pub fn of(&self, person: u64, now: Instant) -> Option<Voucher> {
        self.all(now).persons.get(&person).cloned()
    }

    /// Whose token an institution has read. From then on no other institution can use it.
    #[must_use]
    pub fn used(&self, token: &str, institution: &str, now: Instant) -> Option<u64> {
        let mut all = self.all(now);
        let person = *all.tokens.get(token)?;
        let voucher = all.persons.get_mut(&person)?;
        let by = voucher
            .used_by
            .get_or_insert_with(|| institution.to_owned());
        (by == institution).then_some(person)
    }

    /// All that are good.
    fn all(&self, now: Instant) -> MutexGuard<'_, All> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while let Some(&(until, person)) = all.ends.first()
            && until <= now
        {
            all.forget(person);
        }
        all
    }
}

impl All {
    fn forget(&mut self, person: u64) {
        if let Some(voucher) = self.persons.remove(&person) {
            self.tokens.remove(&voucher.token);
            self.ends.remove(&(voucher.until, person));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_tells_its_person_for_five_minutes_and_no_longer() {
        let (vouchers, now) = (Vouchers::default(), Instant::now());
        let token = vouchers.make(7, now).expect("one").token;
        assert!(Vouchers::is_token(&token), "{token}");
        let last = now + LIFE - Duration::from_millis(1);
        assert_eq!(vouchers.used(&token, "H1", last), Some(7));
        assert!(vouchers.of(7, last).is_some());
        assert_eq!(vouchers.used(&token, "H1", now + LIFE), None);
        assert!(vouchers.of(7, now + LIFE).is_none());
        // Neither comes back when the clock is asked for an earlier moment.
        assert_eq!(vouchers.used(&token, "H1", now), None);
    }

    #[test]
    fn the_institution_that_used_it_may_again_and_no_other() {
        let (vouchers, now) = (Vouchers::default(), Instant::now());
        let token = vouchers.make(7, now).expect("one").token;
        assert_eq!(vouchers.used(&token, "H1", now), Some(7));
        assert_eq!(vouchers.used(&token, "H2", now), None);
        assert_eq!(vouchers.used(&token, "H1", now), Some(7));
        let voucher = vouchers.of(7, now).expect("it is good");
        assert_eq!(voucher.used_by.as_deref(), Some("H1"));
    }

    #[test]
    fn a_person_has_one_and_a_new_one_ends_the_other() {
        let (vouchers, now) = (Vouchers::default(), Instant::now());
        let old = vouchers.make(7, now).expect("one").token;
        let others = vouchers.make(8, now).expect("one").token;
        let later = now + Duration::from_mins(1);
        let new = vouchers.make(7, later).expect("one").token;
        assert_eq!(vouchers.used(&old, "H1", later), None);
        assert_eq!(vouchers.used(&new, "H1", later), Some(7));
        // The end of the old one does not end the new one.
        assert_eq!(vouchers.used(&new, "H1", now + LIFE), Some(7));
        assert_eq!(vouchers.used(&others, "H1", now + LIFE), None);
    }

    #[test]
    fn of_too_many_the_oldest_goes() {
        let (vouchers, now) = (Vouchers::default(), Instant::now());
        let first = vouchers.make(0, now).expect("one").token;
        let later = now + Duration::from_secs(1);
        for person in 1..=MOST as u64 {
            assert!(vouchers.make(person, later).is_some());
        }
        assert_eq!(vouchers.used(&first, "H1", later), None);
        let all = vouchers.all(later);
        assert_eq!(
            (all.persons.len(), all.tokens.len(), all.ends.len()),
            (MOST, MOST, MOST)
        );
    }

    #[test]
    fn nothing_else_is_a_token() {
        let identity = "330102198005061226";
        for text in [
            "",
            "YB",
            identity,
            &"A".repeat(34),
            &format!("YB{}", "g".repeat(32)),
        ] {
            assert!(!Vouchers::is_token(text), "{text}");
        }
        assert_eq!(Vouchers::default().used("YB", "H1", Instant::now()), None);
    }
}
