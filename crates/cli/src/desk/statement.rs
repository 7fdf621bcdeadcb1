//! `yibao statement`: a person's account like a bank statement: the day, what, in, out, and the balance of both parts.

use std::process::ExitCode;

use agency::Agency;
use agency::record::Event;
use agency::state::{AccountState, PersonState};
use comfy_table::Cell;
use domain::Fen;
use domain::explain::amount;
use domain::ledger::EntryKind;
use domain::month::Month;
use domain::words::Lang;
use jiff::civil::Date;
use serde_json::{Value, json};
use store::EntryRow;

use super::{Desk, person};
use crate::args::desk::Statement;
use crate::output::{numbers_right, pretty, right};

/// One line of the statement.
struct Line {
    entry: u64,
    day: Date,
    kind: EntryKind,
    what: String,
    into: Fen,
    out: Fen,
    current: Fen,
    prior: Fen,
}

pub(crate) fn run(command: &Statement, desk: &Desk<'_>) -> Result<ExitCode, String> {
    let agency = desk.open()?;
    let (person, _) = person::find(&agency, desk, &command.person)?;
    let holder = holder(&agency, desk, person, command.show_name)?;
    let lines = lines(&agency, desk, person)?;
    let within = |line: &&Line| {
        command.from.is_none_or(|from| from <= line.day)
            && command.to.is_none_or(|to| line.day <= to)
    };
    let lines: Vec<&Line> = lines.iter().filter(within).collect();
    if command.json {
        desk.output.line(&pretty(&as_json(person, &holder, &lines)));
        return Ok(ExitCode::SUCCESS);
    }
    let output = desk.output;
    let (name, identity) = &holder;
    output.heading(&match output.lang {
        Lang::Zh => format!("{name} · {identity} · 人员编号 {person}"),
        Lang::En => format!("{name} · {identity} · person {person}"),
    });
    let header = [
        output.say("日期", "day"),
        output.say("记录", "entry"),
        output.say("事项", "what"),
        output.say("收入", "in"),
        output.say("支出", "out"),
        output.say("当年余额", "current year"),
        output.say("历年余额", "prior years"),
    ];
    let mut table = output.table(&header);
    numbers_right(&mut table, 1..2);
    numbers_right(&mut table, 3..7);
    let blank = |sum: Fen| match sum.is_zero() {
        true => String::new(),
        false => amount(sum),
    };
    for line in lines {
        table.add_row([
            Cell::new(line.day),
            right(line.entry.to_string()),
            Cell::new(&line.what),
            right(blank(line.into)),
            right(blank(line.out)),
            right(amount(line.current)),
            right(amount(line.prior)),
        ]);
    }
    output.line(&table.to_string());
    Ok(ExitCode::SUCCESS)
}

/// Every entry of the person with the balances after it, worked out from the first entry on.
fn lines(agency: &Agency, desk: &Desk<'_>, person: u64) -> Result<Vec<Line>, String> {
    let history = agency.history(person).map_err(|e| desk.stored(e))?;
    let office = agency.office();
    let institution = |code: &str, day: Date| {
        let known = office.institution(code, day).ok();
        known.map_or_else(|| code.to_owned(), |agreement| agreement.name.clone())
    };
    let mut state = PersonState::default();
    let mut lines = Vec::new();
    for (entry, event) in history {
        let before = sum(&state.account);
        state
            .apply(&entry, &event)
            .map_err(|broken| broken.to_string())?;
        let after = sum(&state.account);
        lines.push(Line {
            entry: entry.seq,
            day: entry.day,
            kind: event.kind(),
            what: what(&entry, &event, desk.lang(), &institution),
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

/// Name and identity number, masked unless they are asked for.
fn holder(
    agency: &Agency,
    desk: &Desk<'_>,
    person: u64,
    full: bool,
) -> Result<(String, String), String> {
    let sealed = agency.sealed(person).map_err(|e| desk.stored(e))?;
    let Some(sealed) = sealed else {
        let unknown = desk.output.say("姓名未登记", "no name is kept").to_owned();
        return Ok((unknown, "—".to_owned()));
    };
    let opened = agency.key().open(person, &sealed);
    let opened = opened.map_err(|e| e.to_string())?;
    let value: Value = serde_json::from_str(&opened).map_err(|e| e.to_string())?;
    let text = |field: &str| value[field].as_str().unwrap_or_default().to_owned();
    let (name, number) = (text("name"), text("identity_number"));
    Ok(match full {
        true => (name, number),
        false => (masked(&name, 1, 0), masked(&number, 4, 4)),
    })
}

/// All but the first and the last characters as stars; what would be shown whole is hidden whole.
fn masked(text: &str, first: usize, last: usize) -> String {
    let length = text.chars().count();
    if length <= first + last {
        return "*".repeat(length);
    }
    let star = |(place, character)| match place < first || place + last >= length {
        true => character,
        false => '*',
    };
    text.chars().enumerate().map(star).collect()
}

fn as_json(person: u64, (name, identity): &(String, String), lines: &[&Line]) -> Value {
    let line = |line: &&Line| {
        json!({
            "entry": line.entry,
            "day": line.day.to_string(),
            "kind": line.kind.code(),
            "what": line.what,
            "in": line.into.to_string(),
            "out": line.out.to_string(),
            "current": line.current.to_string(),
            "prior": line.prior.to_string(),
        })
    };
    json!({
        "person": person,
        "name": name,
        "identity_number": identity,
        "lines": lines.iter().map(line).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn a_name_shows_its_first_character_and_a_number_four_at_each_end() {
        assert_eq!(masked("王建国", 1, 0), "王**");
        assert_eq!(masked("42010219660103100X", 4, 4), "4201**********100X");
        assert_eq!(masked("赵", 1, 0), "*");
        assert_eq!(masked("", 1, 0), "");
    }
}
