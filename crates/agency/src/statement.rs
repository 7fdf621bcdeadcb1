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
    /// What is left after it of what relatives granted.
    pub granted: Fen,
}

/// The settlements that stand and were worked out with one that was taken back after them: of its scheme and benefit year, between it and
/// its reversal. They are not worked out again.
#[must_use]
pub fn worked_out_with(history: &[(EntryRow, Event)], taken_back: u64) -> Vec<u64> {
    let reversal = |number: u64| {
        let mut later = history.iter();
        let of = |(entry, event): &&(EntryRow, Event)| {
            entry.about == number && matches!(event, Event::Reversed(_))
        };
        later.find(of).map(|(entry, _)| entry.seq)
    };
    let settled = history.iter().filter_map(|(entry, event)| match event {
        Event::Settled(settled) => Some((entry, settled.scheme)),
        _ => None,
    });
    let (Some((first, scheme)), Some(until)) = (
        settled.clone().find(|(entry, _)| entry.seq == taken_back),
        reversal(taken_back),
    ) else {
        return Vec::new();
    };
    let between = settled.filter(|(entry, of)| {
        let is_between = first.seq < entry.seq && entry.seq < until;
        is_between && *of == scheme && entry.year == first.year
    });
    let stand = between.filter(|(entry, _)| reversal(entry.seq).is_none());
    stand.map(|(entry, _)| entry.seq).collect()
}

/// A movement of what relatives granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move<'l> {
    /// What happened.
    pub line: &'l Line,
    /// Came in: granted, or given back by a settlement that was taken back.
    pub into: Fen,
    /// Went out: spent, or returned to who granted it.
    pub out: Fen,
}

/// The lines that move what relatives granted, in their order.
#[must_use]
pub fn of_relatives(lines: &[Line]) -> Vec<Move<'_>> {
    let mut held = Fen::ZERO;
    let moves = lines.iter().map(|line| {
        let before = std::mem::replace(&mut held, line.granted);
        Move {
            line,
            into: line.granted.beyond(before),
            out: before.beyond(line.granted),
        }
    });
    moves.filter(|moved| moved.into != moved.out).collect()
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
            what: what(entry, event, lang, &institution) + &beside(history, entry, event, lang),
            into: after.beyond(before),
            out: before.beyond(after),
            current: state.account.current,
            prior: state.account.prior,
            granted: state.granted(),
        });
    }
    Ok(lines)
}

/// Which settlements a reversal leaves as they were worked out.
fn beside(history: &[(EntryRow, Event)], entry: &EntryRow, event: &Event, lang: Lang) -> String {
    let left = match event {
        Event::Reversed(_) => worked_out_with(history, entry.about),
        _ => Vec::new(),
    };
    if left.is_empty() {
        return String::new();
    }
    let left: Vec<String> = left.iter().map(u64::to_string).collect();
    match lang {
        Lang::Zh => format!("；其后的结算 {} 不变，仍按含它的累计算出", left.join("、")),
        Lang::En => format!(
            "; later settlements stand as they were worked out with it: {}",
            left.join(", ")
        ),
    }
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
