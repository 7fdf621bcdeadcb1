//! Proposals: what waits for a decision and what was decided; a reviewer decides on what others proposed, and what is approved is carried out.

mod deciding;

use std::collections::BTreeMap;
use std::sync::Arc;

use agency::act::Act;
use agency::operator::Right;
use agency::proposal::{Proposal, Stand};
use agency::{Answer, Holder, Look, Numbered};
use axum::Router;
use axum::extract::State;
use axum::routing::get;
use maud::{Markup, html};

use super::super::operator::{AtWork, broken};
use super::super::reason::{self, Reason};
use super::super::{Page, Reader};
use super::record::PERSONS;
use super::{page, told};
use crate::door::Door;
use crate::wire::refusal::Refusal;

pub(super) use deciding::{deciding, withdrawing};

/// Where the page is.
pub(super) const PROPOSALS: &str = "/agency/proposals";

/// Where the page is.
pub(super) fn routes() -> Router<Arc<Door>> {
    Router::new().route(PROPOSALS, get(listed))
}

async fn listed(State(door): State<Arc<Door>>, work: AtWork) -> Page {
    shown(&door, work, &html! {}).await
}

/// The page, with what came of a form over it.
async fn shown(door: &Door, work: AtWork, note: &Markup) -> Page {
    let read = Listed::read(door).await;
    let listed = match read {
        Ok(listed) => listed,
        Err(refusal) => return broken(work.reader, &refusal),
    };
    let t = |zh, en| work.reader.say(zh, en);
    let office = door.window.agency.office();
    let what = |proposal: &Proposal| {
        let about = listed.about(proposal);
        told::act(&work.reader, &office, &proposal.act, about)
    };
    let body = html! {
        (note)
        h2 { (t("待办", "To be done")) }
        @if listed.open.is_empty() { p { (t("没有待办业务", "Nothing waits")) } }
        @else { ul.cards { @for (number, proposal) in &listed.open { li {
            h3 { (number) " · " (what(proposal)) }
            (card(&work, &listed, *number, proposal))
        } } } }
        h2 { (t("最近办结", "Decided last")) }
        @if listed.decided.is_empty() { p { (t("还没有", "There is none yet")) } }
        @else { (decided(&work.reader, &listed, &what)) }
    };
    let reader = Reader {
        here: PROPOSALS.to_owned(),
        ..work.reader.clone()
    };
    page(AtWork { reader, ..work }, ("业务复核", "Proposals"), &body)
}

/// The proposals, with the masked names of those whom they are about, and the entries that would be cancelled or taken back.
struct Listed {
    open: Vec<Numbered>,
    decided: Vec<Numbered>,
    names: BTreeMap<u64, String>,
    entries: BTreeMap<(u64, u64), Answer>,
}

impl Listed {
    async fn read(door: &Door) -> Result<Listed, Refusal> {
        let (open, decided) = door.window.proposals().await?;
        let mut about: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
        for (_, proposal) in open.iter().chain(&decided) {
            let entries = about.entry(proposal.person).or_default();
            entries.extend(told::about(&proposal.act));
        }
        let (mut names, mut entries) = (BTreeMap::new(), BTreeMap::new());
        for (person, of) in about {
            let look = Look {
                person,
                entries: of,
                who: true,
                ..Look::default()
            };
            // Where the person's lane cannot be read now, the numbers say enough.
            let seen = door.window.look(look).await.unwrap_or_default();
            let found = seen.entries.into_iter().flatten();
            entries.extend(found.map(|answer| ((person, answer.entry), answer)));
            let sealed = seen.sealed;
            let key = door.window.agency.key();
            let holder = sealed.and_then(|sealed| Holder::open(key, person, &sealed).ok());
            names.insert(
                person,
                holder.map(|one| one.masked().name).unwrap_or_default(),
            );
        }
        Ok(Listed {
            open,
            decided,
            names,
            entries,
        })
    }

    /// The entry that would be cancelled or taken back.
    fn about(&self, proposal: &Proposal) -> Option<&Answer> {
        let entry = told::about(&proposal.act)?;
        self.entries.get(&(proposal.person, entry))
    }

    /// The person's number, which leads to the record, and the masked name.
    fn person(&self, reader: &Reader, proposal: &Proposal) -> Markup {
        let person = proposal.person;
        html! {
            a href={ (PERSONS) "/" (person) } { (person) }
            @if let Some(name) = self.names.get(&person) { " " (name) }
            @if let Act::Reverse { entry, .. } = &proposal.act {
                " · " a href={ (PERSONS) "/" (person) "/settlements/" (entry) } { (reader.say("结算单 ", "settlement ")) (entry) }
            }
        }
    }
}

fn when(proposal: &Proposal) -> String {
    let at = proposal
        .at
        .map(|at| at.strftime("%Y-%m-%d %H:%M").to_string());
    at.unwrap_or_default()
}

/// One that waits, with what the reader may do about it.
fn card(work: &AtWork, listed: &Listed, number: u64, proposal: &Proposal) -> Markup {
    let t = |zh, en| work.reader.say(zh, en);
    let own = proposal.by == work.operator.name;
    let decides = work.operator.may(Right::Decide) && !own;
    let here = format!("{PROPOSALS}/{number}");
    html! {
        p { (listed.person(&work.reader, proposal)) }
        p { (t("理由：", "Why: ")) (proposal.why) }
        p.note { (proposal.by) " · " (when(proposal)) " · " (proposal.stand.name(work.reader.lang))
            @if let Some(by) = &proposal.decided_by { " · " (t("复核：", "decided by ")) (by) } }
        @match proposal.stand {
            Stand::Approved if work.operator.may(Right::Decide) => {
                form method="post" action={ (here) "/carry-out" } { button aria-label={ (t("办理业务 ", "Carry out proposal ")) (number) } { (t("办理", "Carry out")) } }
            }
            Stand::Open if decides => {
                form method="post" action={ (here) "/approve" } { button aria-label={ (t("通过业务 ", "Approve proposal ")) (number) } { (t("通过并办理", "Approve and carry out")) } }
                form.ask method="post" action={ (here) "/turn-down" } {
                    (reason::field(&work.reader, Reason::SENTENCE))
                    button aria-label={ (t("不通过业务 ", "Turn proposal down: ")) (number) } { (t("不通过", "Turn down")) }
                }
            }
            Stand::Open if own => {
                form method="post" action={ (here) "/withdraw" } { button aria-label={ (t("撤回业务 ", "Withdraw proposal ")) (number) } { (t("撤回", "Withdraw")) } }
            }
            _ => {}
        }
    }
}

/// Those that were decided, the last one first.
fn decided(reader: &Reader, listed: &Listed, what: &impl Fn(&Proposal) -> String) -> Markup {
    let t = |zh, en| reader.say(zh, en);
    let heads = [
        t("编号", "no."),
        t("事项", "what"),
        t("参保人", "person"),
        t("理由", "why"),
        t("提出", "by"),
        t("复核", "decided by"),
        t("办理", "carried out by"),
        t("结果", "outcome"),
    ];
    html! {
        div.wide { table {
            thead { tr { @for head in heads { th scope="col" { (head) } } } }
            tbody { @for (number, proposal) in &listed.decided { tr {
                td { (number) } td { (what(proposal)) } td { (listed.person(reader, proposal)) } td { (proposal.why) }
                td { (proposal.by) " " (when(proposal)) }
                td { @if let Some(by) = &proposal.decided_by { (by) } }
                td { @if let Some(by) = &proposal.carried_out_by { (by) } }
                td { (proposal.stand.name(reader.lang))
                    @if let Some(entry) = proposal.entry { " · " (t("记录 ", "entry ")) (entry) }
                    @if !proposal.told.is_empty() { " · " (proposal.told) } }
            } } }
        } }
    }
}
