//! `PersonRecord`: all that a page may tell of a person: to the person under `/mine`, to the agency's staff under `/agency/persons`.

mod account;
mod cover;
mod settlements;
mod sheet;
mod year;

use std::sync::Arc;

use agency::domain::bill::Scheme;
use agency::domain::explain::amount;
use agency::domain::words::Lang;
use agency::forecast::next_credit;
use agency::office::Office;
use agency::record::{Event, Settled};
use agency::state::PersonState;
use agency::{EntryRow, Holder, Look};
use jiff::civil::Date;
use maud::{Markup, html};

use super::Reader;
use crate::clock;
use crate::door::Door;
use crate::wire::refusal::Refusal;

pub(super) use account::At;
pub(super) use cover::{disease, registered};
pub(super) use settlements::totals;
pub(super) use sheet::Recorded;

/// All that a page may tell of a person.
pub(super) struct PersonRecord {
    pub(super) reader: Reader,
    pub(super) person: u64,
    pub(super) today: Date,
    pub(super) office: Arc<Office>,
    pub(super) state: PersonState,
    pub(super) history: Vec<(EntryRow, Event)>,
    pub(super) holder: Option<Holder>,
    /// Where its pages are.
    pub(super) base: String,
    /// It is the reader's own.
    pub(super) own: bool,
}

impl PersonRecord {
    /// What the books have of a person, told to the person; an empty record of a number that nobody has.
    pub(super) async fn read(
        door: &Door,
        reader: Reader,
        person: u64,
    ) -> Result<PersonRecord, Refusal> {
        let look = Look {
            person,
            who: true,
            ..Look::default()
        };
        let seen = door.window.look(look).await?;
        let history = door.window.history(person).await?;
        let key = door.window.agency.key();
        let holder = seen.sealed;
        let holder = holder.and_then(|sealed| Holder::open(key, person, &sealed).ok());
        Ok(PersonRecord {
            reader,
            person,
            today: clock::now().date(),
            office: door.window.agency.office(),
            state: seen.state.unwrap_or_default(),
            history,
            holder,
            base: "/mine".to_owned(),
            own: true,
        })
    }

    pub(super) const fn lang(&self) -> Lang {
        self.reader.lang
    }

    pub(super) const fn t(&self, zh: &'static str, en: &'static str) -> &'static str {
        self.reader.say(zh, en)
    }

    /// What the person reads of the own record, or what another reads of it.
    const fn own_or(
        &self,
        own: (&'static str, &'static str),
        other: (&'static str, &'static str),
    ) -> &'static str {
        let (zh, en) = if self.own { own } else { other };
        self.t(zh, en)
    }

    /// A settlement of the person, and the entry that took it back.
    pub(super) fn settlement(
        &self,
        number: u64,
    ) -> Option<(&EntryRow, &Settled, Option<&EntryRow>)> {
        let found = self.history.iter().find(|(entry, _)| entry.seq == number);
        let (entry, Event::Settled(settled)) = found? else {
            return None;
        };
        let reversed = |(later, event): &&(EntryRow, Event)| {
            later.about == number && matches!(event, Event::Reversed(_))
        };
        let reversal = self.history.iter().find(reversed);
        Some((entry, settled, reversal.map(|(later, _)| later)))
    }

    pub(super) fn overview(&self) -> Markup {
        html! {
            (self.ended())
            (balances(self))
            (cover::today(self))
            (year::pictures(self))
            (settlements::last(self, 5))
            p { a href={ (self.base) "/settlements" } { (self.t("全部结算", "All settlements")) } }
        }
    }

    /// The person has died, by the books.
    pub(super) const fn is_over(&self) -> bool {
        self.state.heir.is_some()
    }

    /// That the relation has ended with a death.
    pub(super) fn ended(&self) -> Markup {
        html! { @if self.is_over() { p.bad role="status" { strong { (self.t(
            "参保人已登记死亡，医保关系已终止，不再享受待遇，也不能出示电子凭证。",
            "The person is registered as having died: the insurance has ended, nothing is paid any more, and no e-voucher is made.",
        )) } } } }
    }

    pub(super) fn account(&self, at: &At) -> Markup {
        html! { (balances(self)) (account::movements(self, at)) }
    }

    pub(super) fn settlements(&self) -> Markup {
        settlements::last(self, usize::MAX)
    }

    /// None if the person has no such settlement.
    pub(super) fn sheet(&self, number: u64) -> Option<Markup> {
        sheet::of(self, number, None)
    }

    /// The same with the settlement's number and time.
    pub(super) fn recorded_sheet(&self, number: u64, told: &Recorded) -> Option<Markup> {
        sheet::of(self, number, Some(told))
    }

    pub(super) fn coverage(&self) -> Markup {
        html! { (cover::today(self)) (cover::history(self)) }
    }
}

/// There is no such settlement of the person.
pub(super) fn no_settlement(reader: &Reader) -> Markup {
    html! { p { (reader.say("没有这笔结算", "There is no such settlement")) } }
}

/// Both parts of the account, what relatives granted, and when the next credit comes.
fn balances(record: &PersonRecord) -> Markup {
    let account = &record.state.account;
    let scheme = record.state.scheme(record.today);
    let version = scheme.and_then(|scheme| record.office.policies.on(scheme, record.today).ok());
    let policy = version.map(|version| version.policy());
    let credit = next_credit(&record.office, record.person, &record.state, record.today);
    let parts = [
        (
            record.t("合计", "together"),
            account.current + account.prior,
        ),
        (record.t("当年账户", "current year"), account.current),
        (record.t("历年账户", "prior years"), account.prior),
        (
            record.t("亲属共济", "granted by relatives"),
            record.state.granted(),
        ),
    ];
    let resident = scheme == Some(Scheme::Resident) && parts.iter().all(|(_, sum)| sum.is_zero());
    let credit = credit.filter(|_| record.state.open_enrolment().is_some());
    html! {
        section aria-labelledby="balances" {
            h2 #balances { (record.t("账户余额（元）", "Account, yuan")) }
            @if resident { p { (record.t("居民医保没有个人账户。", "Residents have no account.")) } } @else {
            dl.figures { @for (name, sum) in parts { div { dt { (name) } dd { (amount(sum)) } } } }
            p { @match credit {
                Some(credit) => { (credit.told(policy, record.lang())) }
                None => { (record.own_or(("政策不再为您划入个人账户。", "No credit is to come by the policy."), ("政策不再划入个人账户。", "No credit is to come by the policy."))) }
            } }
            }
        }
    }
}
