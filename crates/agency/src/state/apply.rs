//! Applying an entry to a person's state: the money by its postings, the rest by its record.

use domain::Fen;
use domain::bill::Scheme;
use domain::day::days_between;
use domain::ledger::{Chart, EntryKind, LedgerAccount, Posting, YearSum};
use domain::membership::{Enrolment, Leaving};
use domain::month::Month;
use jiff::civil::Date;
use store::EntryRow;

use super::{AccountState, Held, PersonState, Received};
use crate::record::money::Grant;
use crate::record::{Changed, Closed, Enrolled, Event, Reversed, Settled};

/// Why an entry cannot follow the entries before it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("entry {entry}: {found}")]
pub struct Broken {
    /// Which.
    pub entry: u64,
    /// What is wrong.
    pub found: String,
}

impl PersonState {
    /// Applies the person's next entry.
    ///
    /// # Errors
    /// When it does not follow the state: a balance or a sum would fall below zero, an account does not exist, a month is none.
    pub fn apply(&mut self, entry: &EntryRow, event: &Event) -> Result<(), Broken> {
        let broken = |found: String| Broken {
            entry: entry.seq,
            found,
        };
        if counts(entry, event) {
            self.account.count_to(entry.day);
        }
        let scheme = match event {
            Event::Settled(settled) => Some(settled.scheme),
            Event::Reversed(reversed) => reversed.scheme,
            _ => None,
        };
        for posting in &entry.postings {
            self.post(entry, scheme, posting).map_err(broken)?;
        }
        self.years.tidy();
        self.happened(entry, event).map_err(broken)?;
        self.last = entry.seq;
        Ok(())
    }

    fn post(
        &mut self,
        entry: &EntryRow,
        scheme: Option<Scheme>,
        posting: &Posting,
    ) -> Result<(), String> {
        let amount = posting.amount;
        for (number, debit) in [(posting.debit, true), (posting.credit, false)] {
            let account =
                Chart::of(number).ok_or_else(|| format!("there is no account {}", number.0))?;
            match account {
                Chart::Money(account) => {
                    self.account.change(account, amount, debit)?;
                }
                Chart::Year(sum) => {
                    let year = entry.year.ok_or("it sums a year and names none")?;
                    let year = benefit_year(year, sum)?;
                    let scheme = scheme.ok_or("it sums a year and names no scheme")?;
                    let own = YearSum {
                        before: false,
                        ..sum
                    };
                    self.years
                        .change((scheme, year), own.into(), amount.fen(), debit)
                        .ok_or_else(|| format!("year sum {} would fall below zero", number.0))?;
                }
            }
        }
        Ok(())
    }

    /// What each kind of entry changes beside the money. A table.
    fn happened(&mut self, entry: &EntryRow, event: &Event) -> Result<(), String> {
        match event {
            Event::Enrolled(enrolled) => self.enrolled(enrolled),
            Event::Changed(changed) => self.changed(changed)?,
            Event::Closed(closed) => self.closed(closed),
            Event::Registered(registered) => self.registrations.push(Held {
                entry: entry.seq,
                registration: registered.registration(),
            }),
            Event::Unregistered(cancelled) => {
                let registered = cancelled.registered;
                self.registrations.retain(|held| held.entry != registered);
            }
            Event::Premium(paid) => {
                let (first, last) = months(paid.first, paid.last)?;
                self.membership.pay(first, last, paid.late);
                self.account.paid_on((paid.first, paid.last), paid.base);
            }
            Event::Credit(credit) => {
                let first = Month::of_digits(credit.month).ok_or("the month credited is none")?;
                let months = i32::try_from(credit.months).map_err(|_| "too many months")?;
                let last = first.plus(months - 1);
                self.account.credit((first, last));
                self.account.paid_off((first.digits(), last.digits()));
                if credit.withdrawable {
                    let to = entry.postings.iter();
                    let to = to.filter(|p| p.credit == LedgerAccount::Current.number());
                    self.account.withdrawable += to.map(|p| p.amount).sum::<Fen>();
                }
            }
            Event::Interest(_) => {
                self.account.current_days = 0;
                self.account.prior_days = 0;
            }
            Event::VisitOpened(_) => self.visits.push(entry.seq),
            Event::VisitCancelled(cancelled) => {
                self.visits.retain(|open| *open != cancelled.visit);
            }
            // An outpatient visit is closed by the settlement of its last batch; another batch opens it again.
            Event::LinesAdded(added) => self.open(Some(added.visit)),
            Event::Settled(settled) => self.settled(entry.seq, settled)?,
            Event::Reversed(reversed) => self.reversed(entry, reversed)?,
            Event::GrantReceived(received) => self.received.push(Received {
                grant: received.grant,
                from: received.from,
                left: entry.postings.iter().map(|p| p.amount).sum(),
            }),
            // It stays with nothing left: a settlement that drew on it may yet be reversed.
            Event::GrantReturned(returned) => {
                let received = self.received.iter_mut();
                received
                    .filter(|r| r.grant == returned.grant)
                    .for_each(|r| r.left = Fen::ZERO);
            }
            Event::Died(died) => {
                self.end(died.on, Leaving::Died);
                self.heir = Some(died.to);
            }
            Event::MovedOut(moved) => self.end(moved.until, Leaving::TransferredOut),
            Event::YearClosed(closed) => {
                self.account.rolled = Some(closed.begins);
                self.account.rolled_by = entry.seq;
            }
            Event::Withdrawn(_) => {
                let drawn: Fen = entry.postings.iter().map(|p| p.amount).sum();
                self.account.withdrawable = self.account.withdrawable.beyond(drawn);
            }
            Event::Described(_)
            | Event::LinesRemoved(_)
            | Event::Discharged(_)
            | Event::Undischarged(_)
            | Event::Filed(_)
            | Event::Forestalled(_)
            | Event::Deposited(_)
            | Event::GrantGiven(_)
            | Event::GrantRestored(_)
            | Event::Inherited(_)
            | Event::Listed(_) => {}
        }
        Ok(())
    }

    fn settled(&mut self, entry: u64, settled: &Settled) -> Result<(), String> {
        self.draw(&settled.drawn)?;
        if let (Some(visit), false) = (settled.visit, settled.care.interim || settled.goes_on) {
            self.visits.retain(|open| *open != visit);
        }
        self.last_settlement = entry;
        Ok(())
    }

    fn reversed(&mut self, entry: &EntryRow, reversed: &Reversed) -> Result<(), String> {
        self.undraw(&reversed.drawn)?;
        for &(first, last) in &reversed.months {
            let (from, until) = months(first, last)?;
            match reversed.kind {
                EntryKind::Credit => self.account.uncredit((from, until)),
                _ => {
                    self.membership.unpay(from, until);
                    self.account.paid_off((first, last));
                }
            }
        }
        self.open(reversed.visit);
        self.taken_back.push(entry.about);
        Ok(())
    }

    fn open(&mut self, visit: Option<u64>) {
        self.visits
            .extend(visit.filter(|visit| !self.visits.contains(visit)));
    }

    fn enrolled(&mut self, enrolled: &Enrolled) {
        let membership = &mut self.membership;
        membership.birth = enrolled.birth.or(membership.birth);
        membership.sex = enrolled.sex.or(membership.sex);
        let earlier = membership.earlier_months;
        membership.earlier_months = earlier.saturating_add(enrolled.earlier_months);
        membership.enrolments.push(Enrolment {
            status: enrolled.status,
            joining: enrolled.joining,
            from: enrolled.from,
            until: None,
        });
        self.retired = enrolled.retired.or(self.retired);
        self.identities
            .set(enrolled.from, enrolled.identities.clone());
        self.employer.clone_from(&enrolled.employer);
        if let Some(base) = enrolled.base {
            self.bases.set(enrolled.from, base);
        }
    }

    fn changed(&mut self, changed: &Changed) -> Result<(), String> {
        if let Some(status) = changed.status {
            let before = changed.from.yesterday().map_err(|e| e.to_string())?;
            let leaving = match status {
                domain::person::Status::Retired => Leaving::Retired,
                _ => Leaving::Left,
            };
            self.end(before, leaving);
            self.membership.enrolments.push(Enrolment {
                status,
                joining: domain::membership::Joining::Return,
                from: changed.from,
                until: None,
            });
        }
        self.retired = changed.retired.or(self.retired);
        if let Some(identities) = &changed.identities {
            self.identities.set(changed.from, identities.clone());
        }
        if let Some(employer) = &changed.employer {
            self.employer = Some(employer.clone()).filter(|e| !e.is_empty());
        }
        if let Some(base) = changed.base {
            self.bases.set(changed.from, base);
        }
        Ok(())
    }

    fn closed(&mut self, closed: &Closed) {
        self.end(closed.until, closed.leaving);
    }

    fn end(&mut self, until: Date, leaving: Leaving) {
        if let Some(open) = self.membership.enrolments.last_mut()
            && open.until.is_none()
        {
            open.until = Some((until, leaving));
        }
    }

    fn draw(&mut self, drawn: &[(Grant, u64)]) -> Result<(), String> {
        for &(grant, amount) in drawn {
            let received = self.received.iter_mut().find(|r| r.grant == grant);
            let received = received.ok_or("it draws on a grant that was not given")?;
            let left = received.left.fen().checked_sub(amount);
            received.left = Fen::new(left.ok_or("it draws more than was granted")?);
        }
        Ok(())
    }

    fn undraw(&mut self, drawn: &[(Grant, u64)]) -> Result<(), String> {
        for &(grant, amount) in drawn {
            let received = self.received.iter_mut().find(|r| r.grant == grant);
            let received = received.ok_or("it drew on a grant that was not given")?;
            let left = received.left.checked_add(Fen::new(amount));
            received.left = left.ok_or("the grant is too large")?;
        }
        Ok(())
    }
}

impl AccountState {
    /// Counts the fen-days up to a day; an entry of an earlier day counts from the day that is reached.
    pub(crate) fn count_to(&mut self, day: Date) {
        let counted = *self.counted.get_or_insert(day);
        if day <= counted {
            return;
        }
        let days = u64::from(days_between(counted, day));
        let product = |fen: Fen| fen.fen().saturating_mul(days);
        self.current_days = self.current_days.saturating_add(product(self.current));
        self.prior_days = self.prior_days.saturating_add(product(self.prior));
        self.counted = Some(day);
    }

    /// Keeps the base that months were paid on, until they are credited.
    fn paid_on(&mut self, (first, last): (u32, u32), base: Option<Fen>) {
        let Some(base) = base.filter(|_| !self.is_credited(first)) else {
            return;
        };
        match self.paid_bases.last_mut() {
            Some((_, until, known))
                if *known == base && *until < first && next(*until) == first =>
            {
                *until = last;
            }
            _ => self.paid_bases.push((first, last, base)),
        }
    }

    /// Months are credited, or not paid any more: their base is of no use.
    fn paid_off(&mut self, (first, last): (u32, u32)) {
        let mut kept = Vec::with_capacity(self.paid_bases.len());
        for &(from, until, base) in &self.paid_bases {
            if until < first || last < from {
                kept.push((from, until, base));
                continue;
            }
            if from < first {
                kept.push((from, previous(first), base));
            }
            if last < until {
                kept.push((next(last), until, base));
            }
        }
        self.paid_bases = kept;
    }

    /// Counts months as credited, or joins them to the stretches around.
    fn credit(&mut self, months: (Month, Month)) {
        let (mut first, mut last) = months;
        let mut apart = Vec::with_capacity(self.credits.len() + 1);
        for (from, until) in self.stretches() {
            if from > last.next() || until.next() < first {
                apart.push((from, until));
            } else {
                (first, last) = (first.min(from), last.max(until));
            }
        }
        apart.push((first, last));
        apart.sort_unstable();
        self.keep_credits(&apart);
    }

    /// Counts months as not credited.
    fn uncredit(&mut self, (first, last): (Month, Month)) {
        let mut left = Vec::with_capacity(self.credits.len() + 1);
        for (from, until) in self.stretches() {
            if from < first {
                left.push((from, until.min(first.previous())));
            }
            if until > last {
                left.push((from.max(last.next()), until));
            }
        }
        self.keep_credits(&left);
    }

    fn stretches(&self) -> Vec<(Month, Month)> {
        let credits = self.credits.iter();
        let months = credits
            .filter_map(|(first, last)| Month::of_digits(*first).zip(Month::of_digits(*last)));
        months.collect()
    }

    fn keep_credits(&mut self, stretches: &[(Month, Month)]) {
        let digits = |(first, last): &(Month, Month)| (first.digits(), last.digits());
        self.credits = stretches.iter().map(digits).collect();
    }

    fn change(&mut self, account: LedgerAccount, amount: Fen, debit: bool) -> Result<(), String> {
        // The account of what is owed has its balance on the debit side, the others on the credit side.
        let (balance, adds) = match account {
            LedgerAccount::Current => (&mut self.current, !debit),
            LedgerAccount::Prior => (&mut self.prior, !debit),
            LedgerAccount::Awaiting => (&mut self.awaiting, !debit),
            LedgerAccount::Owed => (&mut self.owed, debit),
            _ => return Ok(()),
        };
        let changed = if adds {
            balance.checked_add(amount)
        } else {
            balance.fen().checked_sub(amount.fen()).map(Fen::new)
        };
        *balance = changed.ok_or_else(|| {
            format!(
                "account {} ({}) would fall below zero",
                account.number().0,
                account.code()
            )
        })?;
        Ok(())
    }
}

/// Only what moves the account, or asks for its interest, carries the count of days on; a registration of another day does not.
fn counts(entry: &EntryRow, event: &Event) -> bool {
    let of_account = |number| {
        number == LedgerAccount::Current.number() || number == LedgerAccount::Prior.number()
    };
    matches!(event, Event::Interest(_))
        || entry
            .postings
            .iter()
            .any(|p| of_account(p.debit) || of_account(p.credit))
}

/// The month after, and before, one like 202611.
fn next(month: u32) -> u32 {
    Month::of_digits(month).map_or(month, |m| m.next().digits())
}

fn previous(month: u32) -> u32 {
    Month::of_digits(month).map_or(month, |m| m.previous().digits())
}

/// The benefit year of a sum: the entry's own, or the one before it.
fn benefit_year(first: Date, sum: YearSum) -> Result<Date, String> {
    if !sum.before {
        return Ok(first);
    }
    let before = Date::new(first.year() - 1, first.month(), first.day());
    before.map_err(|e| e.to_string())
}

fn months(first: u32, last: u32) -> Result<(Month, Month), String> {
    let (first, last) = (Month::of_digits(first), Month::of_digits(last));
    first
        .zip(last)
        .filter(|(first, last)| first <= last)
        .ok_or_else(|| "the months paid are none".to_owned())
}
