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
use super::fold::Reversal;
use crate::act::settle::{Case, Told, posted};
use crate::act::{Act, Draft, Known, decide};
use crate::office::Office;
use crate::record::{Event, Settled};
use crate::state::PersonState;

/// What is checked. The table of the checks and their names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Check {
    /// Every entry's hash follows from it and the one before it.
    Chain,
    /// Entries are of a known form and follow the state before them.
    Form,
    /// Persons' states are those of the entries.
    Persons,
    /// Visits are those of the entries.
    Visits,
    /// Sums by account and month are those of the entries.
    Balances,
    /// Slips are those of the settlements.
    Slips,
    /// What is in transit is what messages carry.
    Transit,
    /// Law 1.
    Conservation,
    /// Law 2.
    EmptyAccount,
    /// Law 3.
    NeverNegative,
    /// Law 4.
    Residents,
    /// Law 5.
    Refused,
    /// Law 6.
    MoreNeverLowers,
    /// Laws 3, 6, 7 by settling again.
    SettledAgain,
    /// Premiums, credits, interest, roll-over, death by deciding again.
    DecidedAgain,
    /// Law 8.
    Mirrored,
    /// Law 9.
    Once,
    /// Law 10.
    Reasons,
}

impl Check {
    /// A stable code for machines. A table.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Check::Chain => "chain",
            Check::Form => "form",
            Check::Persons => "persons",
            Check::Visits => "visits",
            Check::Balances => "balances",
            Check::Slips => "slips",
            Check::Transit => "transit",
            Check::Conservation => "law_1_conservation",
            Check::EmptyAccount => "law_2_empty_account",
            Check::NeverNegative => "law_3_never_negative",
            Check::Residents => "law_4_residents",
            Check::Refused => "law_5_refused",
            Check::MoreNeverLowers => "law_6_more_never_lowers",
            Check::SettledAgain => "law_7_settled_again",
            Check::DecidedAgain => "decided_again",
            Check::Mirrored => "law_8_mirrored",
            Check::Once => "law_9_once",
            Check::Reasons => "law_10_reasons",
        }
    }

    /// What people read. A table.
    #[must_use]
    pub const fn name(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Check::Chain => (
                "记录逐条相接，无一字节改动",
                "every entry follows the one before it, no byte changed",
            ),
            Check::Form => (
                "记录形式正确，余额不为负，可接续前一状态",
                "entries are of a known form and follow the state before them",
            ),
            Check::Persons => (
                "参保人状态等于其记录之和",
                "persons' states are what their entries come to",
            ),
            Check::Visits => (
                "就诊状态等于其记录之和",
                "visits are what their entries come to",
            ),
            Check::Balances => (
                "各科目月度发生额等于记录之和",
                "sums by account and month are those of the entries",
            ),
            Check::Slips => (
                "对账明细等于结算与冲正记录",
                "slips are what settlements and their reversals come to",
            ),
            Check::Transit => (
                "在途资金等于未送达的消息",
                "what is in transit is what messages carry",
            ),
            Check::Conservation => (
                "一：费用等于各方支付之和",
                "law 1: the bill is the sum of what all pay",
            ),
            Check::EmptyAccount => (
                "二：账户余额不影响基金支付",
                "law 2: the account never changes what the funds pay",
            ),
            Check::NeverNegative => ("三：账户不透支", "law 3: no account falls below zero"),
            Check::Residents => (
                "四：居民没有个人账户划入",
                "law 4: residents' accounts are not credited",
            ),
            Check::Refused => (
                "五：不予支付时基金支付为零，并有理由",
                "law 5: refused, the funds pay nothing, and a rule is named",
            ),
            Check::MoreNeverLowers => (
                "六：范围内费用多一元，基金支付不减",
                "law 6: one more yuan in scope never lowers what the funds pay",
            ),
            Check::SettledAgain => (
                "三、六、七：按当时政策重算，逐步相同",
                "laws 3, 6, 7: settled again under the policy of then, step by step the same",
            ),
            Check::DecidedAgain => (
                "缴费、划入、计息、结转、死亡清算按当时状态重算，金额相同",
                "premiums, credits, interest, roll-over and death decided again come to the same money",
            ),
            Check::Mirrored => (
                "八：冲正为原记录之镜像",
                "law 8: a reversal mirrors its entry",
            ),
            Check::Once => (
                "九：同一请求只办理一次",
                "law 9: a request is carried out once",
            ),
            Check::Reasons => ("十：每笔金额有依据", "law 10: every amount has its reason"),
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

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
