//! What a proposal would have done, in words: a registration by what it says, a settlement by its day, place and amount.

use agency::Answer;
use agency::act::Act;
use agency::domain::explain::amount;
use agency::domain::words::Lang;
use agency::office::Office;
use agency::record::Event;

use super::super::Reader;
use super::super::person::{registered, totals};

/// For the log, in no language: the act, and the entry or the kind that it is about.
pub(super) fn code(act: &Act) -> String {
    match act {
        Act::Register(registered) => format!("register {}", registered.kind.code()),
        Act::Unregister { registered, .. } => format!("unregister {registered}"),
        Act::Reverse { entry, .. } => format!("reverse {entry}"),
        _ => "other".to_owned(),
    }
}

/// The entry that would be cancelled or taken back.
pub(super) const fn about(act: &Act) -> Option<u64> {
    match act {
        Act::Unregister { registered, .. } => Some(*registered),
        Act::Reverse { entry, .. } => Some(*entry),
        _ => None,
    }
}

/// For whoever decides. Where the entry that it is about cannot be read now, its number is told alone.
pub(super) fn act(reader: &Reader, office: &Office, act: &Act, of: Option<&Answer>) -> String {
    let of = of.and_then(|answer| entry(reader, office, answer));
    match (act, reader.lang) {
        (Act::Register(new), lang) => {
            let new = registered(reader, office, &new.registration());
            match lang {
                Lang::Zh => format!("备案：{new}"),
                Lang::En => format!("register: {new}"),
            }
        }
        (Act::Unregister { registered, .. }, Lang::Zh) => {
            let of = of.map(|of| format!("：{of}")).unwrap_or_default();
            format!("撤销备案{of}（记录 {registered}）")
        }
        (Act::Unregister { registered, .. }, Lang::En) => {
            let of = of.map(|of| format!(": {of}")).unwrap_or_default();
            format!("cancel the registration of entry {registered}{of}")
        }
        (Act::Reverse { entry, .. }, Lang::Zh) => {
            let of = of.map(|of| format!("：{of}")).unwrap_or_default();
            format!("退费{of}（结算 {entry}）")
        }
        (Act::Reverse { entry, .. }, Lang::En) => {
            let of = of.map(|of| format!(": {of}")).unwrap_or_default();
            format!("take settlement {entry} back{of}")
        }
        (_, lang) => super::super::say(lang, "其他业务", "something else").to_owned(),
    }
}

/// A registration, or a settlement.
fn entry(reader: &Reader, office: &Office, answer: &Answer) -> Option<String> {
    match &answer.event {
        Event::Registered(of) => Some(registered(reader, office, &of.registration())),
        Event::Settled(settled) => {
            let place = office.institution(&answer.party, settled.care.when.from);
            let place = place.map_or(answer.party.as_str(), |agreement| &agreement.name);
            let (day, sum) = (answer.day, amount(totals(settled).total()));
            Some(match reader.lang {
                Lang::Zh => format!("{day}，{place}，{sum}元"),
                Lang::En => format!("{day}, {place}, {sum} yuan"),
            })
        }
        _ => None,
    }
}
