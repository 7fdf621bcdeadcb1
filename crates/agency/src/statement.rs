//! `Statement`: a person's account like a bank statement: the day, what, in, out, and the balance of both parts.

use domain::Fen;
use domain::ledger::EntryKind;
use domain::month::Month;
use domain::words::Lang;
use jiff::civil::Date;
use store::EntryRow;

use crate::office::Office;
use crate::record::Event;
use crate::state::{AccountState, PersonState};

/// One line of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The entry's number.
    pub entry: u64,
    /// The day of the entry.
    pub day: Date,
    /// What kind of entry it is.
    pub kind: EntryKind,
    /// What happened, in words.
    pub what: String,
    /// Came into the account.
    pub into: Fen,
    /// Went out of it.
    pub out: Fen,
    /// Balance of the current-year part after it.
    pub current: Fen,
    /// Balance of the prior years' part after it.
    pub prior: Fen,
}

/// Every entry of a person, the first one first, with the balances after it, worked out from the first entry on.
///
/// # Errors
/// When an entry cannot follow those before it.
pub fn lines(
    history: &[(EntryRow, Event)],
    office: &Office,
    lang: Lang,
) -> Result<Vec<Line>, String> {
    let institution = |code: &str, day: Date| {
        let known = office.institution(code, day).ok();
        known.map_or_else(|| code.to_owned(), |agreement| agreement.name.clone())
    };
    let mut state = PersonState::default();
    let mut lines = Vec::new();
    for (entry, event) in history {
        let before = sum(&state.account);
        state
            .apply(entry, event)
            .map_err(|broken| broken.to_string())?;
        let after = sum(&state.account);
        lines.push(Line {
            entry: entry.seq,
            day: entry.day,
            kind: event.kind(),
            what: what(entry, event, lang, &institution),
            into: after.beyond(before),
            out: before.beyond(after),
            current: state.account.current,
            prior: state.account.prior,
        });
    }
    Ok(lines)
}

fn sum(account: &AccountState) -> Fen {
    account.current + account.prior
}

/// What happened, with the months, the institution, or the entry that it takes back.
fn what(
    entry: &EntryRow,
    event: &Event,
    lang: Lang,
    institution: &impl Fn(&str, Date) -> String,
) -> String {
    let name = event.kind().name(lang);
    let about = match event {
        Event::Enrolled(enrolled) => enrolled.status.name(lang).to_owned(),
        Event::Changed(changed) => changed
            .status
            .map_or_else(String::new, |s| s.name(lang).to_owned()),
        Event::Closed(closed) => closed.leaving.name(lang).to_owned(),
        Event::Registered(registered) => registered.kind.name(lang).to_owned(),
        Event::Premium(paid) => match paid.first == paid.last {
            true => month(paid.first),
            false => format!("{}–{}", month(paid.first), month(paid.last)),
        },
        Event::Credit(credit) => match (credit.months, lang) {
            (1, _) => month(credit.month),
            (months, Lang::Zh) => format!("{} 起 {months} 个月", month(credit.month)),
            (months, Lang::En) => format!("{months} months from {}", month(credit.month)),
        },
        Event::Settled(settled) => {
            let setting = settled.care.setting.name(lang);
            format!("{setting}, {}", institution(&entry.party, entry.day))
        }
        Event::Reversed(reversed) => {
            format!("{} {}", reversed.kind.name(lang), entry.about)
        }
        _ => String::new(),
    };
    match (about.is_empty(), lang) {
        (true, _) => name.to_owned(),
        (false, Lang::Zh) => format!("{name}：{}", about.replace(", ", "，")),
        (false, Lang::En) => format!("{name}: {about}"),
    }
}

/// `2024-01`.
fn month(digits: u32) -> String {
    Month::of_digits(digits).map_or_else(
        || digits.to_string(),
        |m| format!("{}-{:02}", m.year(), m.month()),
    )
}
