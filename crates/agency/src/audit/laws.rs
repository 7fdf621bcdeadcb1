//! The laws of the domain, checked on one entry as the fold comes to it.

use domain::Fen;
use domain::account::Accounts;
use domain::bill::{Category, ItemClass, Line, Quantity, UnitPrice};
use domain::ledger::{Chart, LedgerAccount, Posting};
use domain::month::Month;
use domain::settlement::Settlement;
use domain::step::{Effect, Payer, Stage, Step};
use domain::words::Lang;
use jiff::civil::Date;
use store::{EntryRow, LaneId};

use super::Report;
use super::check::Check;
use super::fold::Reversal;
use crate::act::settle::{Case, Told, posted};
use crate::act::{Act, Draft, Known, decide};
use crate::office::Office;
use crate::record::{Event, Settled};
use crate::state::PersonState;

/// Who checks, and where the counts go.
pub(super) struct Laws<'a> {
    pub(super) office: &'a Office,
    pub(super) lane: LaneId,
}

impl Laws<'_> {
    /// A settlement, with the state before it.
    pub(super) fn settled(
        &self,
        report: &mut Report,
        entry: &EntryRow,
        before: &PersonState,
        settled: &Settled,
    ) {
        let at = |what: &str| format!("entry {}: {what}", entry.seq);
        let Some(version) = self.office.policies.numbered(entry.policy) else {
            report.check(Check::SettledAgain, self.lane, false, || {
                at(&format!("policy {} is not there", entry.policy))
            });
            return;
        };
        let stay = settled.stay.unwrap_or_default();
        let case = Case::of(&Told {
            office: self.office,
            version,
            person: entry.person,
            state: before,
            care: &settled.care,
            institution: &settled.institution,
            stay: domain::bill::StaySoFar {
                in_scope: Fen::new(stay.0),
                deductible: Fen::new(stay.1),
            },
            deposit: settled.deposit.map(Fen::new),
        });
        let plan = &version.file.plan;
        let again = case
            .map_err(|refused| refused.describe(Lang::En))
            .and_then(|case| {
                let settlement = domain::settle(&case.bill, plan);
                let settlement = settlement.map_err(|e| e.describe(Lang::En))?;
                Ok((case, settlement))
            });
        let (case, again) = match again {
            Ok(settled_again) => settled_again,
            Err(why) => {
                report.check(Check::SettledAgain, self.lane, false, || at(&why));
                return;
            }
        };
        let recorded: Option<Vec<Step>> = settled.steps.iter().map(|s| s.step()).collect();
        let said = (settled.scheme, settled.place) == (case.bill.scheme, case.bill.place);
        let same = said && recorded.as_deref() == Some(again.steps());
        report.check(Check::SettledAgain, self.lane, same, || {
            at("settled again it gives other steps")
        });
        self.paid(report, entry, &recorded.unwrap_or_default());
        let posted = posted(&again, plan, &settled.care);
        self.reasons(report, entry, &posted, case.year);
        self.account(report, entry, &case, &again);
        self.more(report, entry, case, &again);
    }

    /// Laws 1 and 5 on what was recorded.
    fn paid(&self, report: &mut Report, entry: &EntryRow, steps: &[Step]) {
        let paid = |of: fn(&Payer) -> bool| -> u64 {
            let paid = steps.iter().filter_map(|step| match step.effect {
                Effect::Paid(payer) if of(&payer) => Some(step.amount.fen()),
                _ => None,
            });
            paid.sum()
        };
        let posted = |of: fn(LedgerAccount) -> bool| -> u64 {
            let postings = entry.postings.iter().filter(|p| {
                let account = Chart::of(p.credit);
                matches!(account, Some(Chart::Money(account)) if of(account))
            });
            postings.map(|p| p.amount.fen()).sum()
        };
        let total = paid(|_| true);
        let to_institution =
            posted(|account| matches!(account, LedgerAccount::Payable | LedgerAccount::Collected));
        let holds = total == to_institution;
        report.check(Check::Conservation, self.lane, holds, || {
            format!(
                "entry {}: {total} fen of cost, {to_institution} posted",
                entry.seq
            )
        });
        let refused = steps
            .iter()
            .any(|s| matches!(s.effect, Effect::Noted(domain::step::Note::Refused(_))));
        if refused {
            let funds = paid(|payer| payer.is_fund());
            report.check(Check::Refused, self.lane, funds == 0, || {
                format!("entry {}: refused, and funds pay {funds} fen", entry.seq)
            });
        }
    }

    /// Every posting, with its rule and its sum of the year, is what the steps come to, and nothing else is posted.
    fn reasons(&self, report: &mut Report, entry: &EntryRow, posted: &[Posting], year: Date) {
        let holds = entry.postings == posted && entry.year == Some(year);
        report.check(Check::Reasons, self.lane, holds, || {
            format!(
                "entry {}: its postings are not those of its steps",
                entry.seq
            )
        });
    }

    fn account(&self, report: &mut Report, entry: &EntryRow, case: &Case<'_>, again: &Settlement) {
        if case.bill.accounts.are_empty() {
            return;
        }
        // Where the account pays before the deductible (Shanghai and Zhejiang, outpatient) it is a rule of theirs that what it paid
        // does not count; everything after it is as the law has it.
        let first = Stage::AccountBefore;
        let keeps = again.steps().iter().any(|s| s.stage == first);
        let mut bill = case.bill.clone();
        bill.accounts = Accounts {
            current: if keeps {
                case.bill.accounts.current
            } else {
                Fen::ZERO
            },
            ..Accounts::default()
        };
        let empty = domain::settle(&bill, &case.version.file.plan);
        let holds = empty.is_ok_and(|empty| {
            Payer::ALL
                .iter()
                .filter(|payer| payer.is_fund())
                .all(|payer| empty.paid_by(*payer) == again.paid_by(*payer))
        });
        report.check(Check::EmptyAccount, self.lane, holds, || {
            format!(
                "entry {}: with an empty account the funds pay otherwise",
                entry.seq
            )
        });
    }

    /// One more yuan in scope. A stay that is split over two years is left out: its lines stand in days.
    fn more(&self, report: &mut Report, entry: &EntryRow, case: Case<'_>, again: &Settlement) {
        let mut bill = case.bill;
        match &mut bill.cost {
            domain::bill::Cost::Sums(sums) => sums.in_scope += Fen::from_yuan(1),
            domain::bill::Cost::Lines(lines) => lines.push(Line {
                item: "one more yuan".into(),
                class: ItemClass::A,
                category: Category::Service,
                quantity: Quantity(10_000),
                unit_price: UnitPrice(1_000_000),
                amount: None,
                limit: None,
                first_share: None,
                barred: false,
                hospital: false,
                tolerance: Fen::ZERO,
                day: Some(bill.days.settlement()),
            }),
        }
        let more = domain::settle(&bill, &case.version.file.plan);
        let holds = more
            .as_ref()
            .is_ok_and(|more| more.funds() >= again.funds());
        report.check(Check::MoreNeverLowers, self.lane, holds, || {
            let more = more.map_or_else(|e| e.describe(Lang::En), |m| m.funds().fen().to_string());
            format!(
                "entry {}: funds pay {}, with one more yuan {more}",
                entry.seq,
                again.funds().fen()
            )
        });
    }

    /// A reversal and what it takes back; none when that is not there or was taken back before.
    pub(super) fn reversed(
        &self,
        report: &mut Report,
        reversal: &Reversal,
        original: Option<&[Posting]>,
    ) {
        let sums = |postings: &[Posting], mirrored: bool| {
            let mut sums = std::collections::BTreeMap::new();
            for posting in postings {
                let (debit, credit) = if mirrored {
                    (posting.credit, posting.debit)
                } else {
                    (posting.debit, posting.credit)
                };
                *sums.entry(one_account(debit)).or_insert(0_i128) -=
                    i128::from(posting.amount.fen());
                *sums.entry(one_account(credit)).or_insert(0_i128) +=
                    i128::from(posting.amount.fen());
            }
            sums.retain(|_, sum| *sum != 0);
            sums
        };
        let (gone_on, mirror): (Vec<Posting>, Vec<Posting>) = reversal
            .entry
            .postings
            .iter()
            .partition(|posting| reversal.dead && of_account(posting.debit));
        let back = |postings: &[Posting], debit: bool| -> Fen {
            let of = |p: &&Posting| of_account(if debit { p.debit } else { p.credit });
            postings.iter().filter(of).map(|p| p.amount).sum()
        };
        let holds = original
            .is_some_and(|original| sums(original, true) == sums(&mirror, false))
            // To somebody who has died nothing comes back that does not go on.
            && (!reversal.dead || back(&mirror, false) == back(&gone_on, true));
        report.check(Check::Mirrored, self.lane, holds, || {
            format!(
                "entry {}: it does not mirror entry {}",
                reversal.entry.seq, reversal.entry.about
            )
        });
    }

    /// Premiums, credits, interest, roll-over and death are decided again on the state before them, where their policy is still in force:
    /// the money must be the same.
    pub(super) fn decided(
        &self,
        report: &mut Report,
        entry: &EntryRow,
        before: &PersonState,
        event: &Event,
    ) {
        let Some(act) = again(entry, event) else {
            return;
        };
        let known = Known {
            office: self.office,
            person: entry.person,
            state: Some(before),
            visit: None,
            entry: None,
            trial: false,
            by: None,
        };
        let draft = decide(&known, &act);
        let other_policy = |draft: &Draft| draft.policy != entry.policy;
        if draft.as_ref().is_ok_and(other_policy) {
            return;
        }
        let holds = draft
            .as_ref()
            .is_ok_and(|draft| draft.postings == entry.postings);
        report.check(Check::DecidedAgain, self.lane, holds, || {
            let why = draft.err().map(|refused| refused.describe(Lang::En));
            let why = why.unwrap_or_else(|| "it comes to other money".into());
            format!("entry {}: decided again: {why}", entry.seq)
        });
    }

    /// Credits of residents.
    pub(super) fn credited(
        &self,
        report: &mut Report,
        entry: &EntryRow,
        before: &PersonState,
        event: &Event,
    ) {
        if let Event::Credit(credited) = event {
            // In the month that is credited: who is a resident by now may still be owed the months before.
            let month = Month::of_digits(credited.month);
            let scheme = month.and_then(|month| before.scheme(month.last_day()));
            let holds = scheme == Some(domain::bill::Scheme::Employee);
            report.check(Check::Residents, self.lane, holds, || {
                format!("entry {}: a resident's account is credited", entry.seq)
            });
        }
    }
}

/// One of the two parts of a person's account.
fn of_account(number: domain::ledger::AccountNumber) -> bool {
    let parts = [LedgerAccount::Current, LedgerAccount::Prior];
    parts.iter().any(|part| part.number() == number)
}

/// The act that an entry came of; none where the entry does not tell it all: a premium that was stated, of nothing perhaps.
fn again(entry: &EntryRow, event: &Event) -> Option<Act> {
    let by_rules = !entry.postings.is_empty() && entry.postings.iter().all(|p| p.rule > 0);
    match event {
        Event::Premium(paid) if by_rules => Some(Act::Pay {
            first: paid.first,
            last: paid.last,
            base: paid.base,
            stated: Vec::new(),
            paid: entry.day,
        }),
        Event::Credit(credit) => Some(Act::Credit {
            month: credit.month,
            on: entry.day,
        }),
        Event::Interest(paid) => Some(Act::Interest { until: paid.until }),
        Event::YearClosed(closed) => Some(Act::CloseYear {
            begins: closed.begins,
        }),
        Event::Died(died) => Some(Act::Die {
            on: died.on,
            to: died.to,
        }),
        _ => None,
    }
}

/// The parts of a person's account, and what is owed to it, count as one: what was rolled over comes back to another part.
fn one_account(number: domain::ledger::AccountNumber) -> domain::ledger::AccountNumber {
    let parts = [LedgerAccount::Prior, LedgerAccount::Owed];
    if parts.iter().any(|part| part.number() == number) {
        LedgerAccount::Current.number()
    } else {
        number
    }
}
