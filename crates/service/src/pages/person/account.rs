//! The account movement by movement, as on a bank statement; the latest first, in pages.

use std::mem::replace;

use agency::domain::explain::amount;
use agency::domain::fen::Fen;
use agency::statement::{self, Line, Move};
use maud::{Markup, html};
use serde::Deserialize;

use super::PersonRecord;

/// So many lines stand on a page.
const LINES: usize = 50;

/// Where in the movements a reader is.
#[derive(Clone, Debug, Default, Deserialize)]
pub(in crate::pages) struct At {
    /// The number of an entry: what came before it is shown. Anything else is the latest.
    #[serde(default)]
    before: String,
}

pub(super) fn movements(record: &PersonRecord, at: &At) -> Markup {
    let lines = statement::lines(&record.history, &record.office, record.lang());
    let Ok(lines) = lines else {
        tracing::error!(
            person = record.person,
            "a person's entries do not follow one another"
        );
        return html! { p.bad { (record.t("明细暂时无法显示", "The movements cannot be shown now")) } };
    };
    let granted = of_relatives(record, &lines);
    let moved = moved(lines);
    let before = at.before.parse().unwrap_or(u64::MAX);
    let (first, shown) = page(&moved, before);
    let heads = [
        record.t("收入", "in"),
        record.t("支出", "out"),
        record.t("当年余额", "current year"),
        record.t("历年余额", "prior years"),
    ];
    html! {
        h2 { (record.t("明细", "Movements")) }
        @if shown.is_empty() { p { (record.t("没有明细", "There are none")) } } @else {
        div.wide { table {
            thead { tr { th scope="col" { (record.t("日期", "day")) } th scope="col" { (record.t("事项", "what")) } @for head in heads { th.n scope="col" { (head) } } } }
            tbody { @for line in shown { tr {
                td { (line.day) } td { (line.what) }
                td.n { (blank(line.into)) } td.n { (blank(line.out)) } td.n { (amount(line.current)) } td.n { (amount(line.prior)) }
            } } }
        } }
        }
        p {
            @if first > 0 { a href=(newer(&record.base, &moved, first)) { (record.t("较近的", "Newer")) } " " }
            @if moved.len() > first + shown.len() && let Some(last) = shown.last() {
                a href={ (record.base) "/account?before=" (last.entry) } { (record.t("较早的", "Older")) }
            }
        }
        (granted)
    }
}

/// What relatives granted, the latest movement first; nothing for who never had any.
fn of_relatives(record: &PersonRecord, lines: &[Line]) -> Markup {
    let moves = statement::of_relatives(lines);
    let heads = [
        record.t("收入", "in"),
        record.t("支出", "out"),
        record.t("余额", "left"),
    ];
    html! { @if !moves.is_empty() {
        h2 #relatives { (record.t("亲属共济明细", "Granted by relatives: movements")) }
        div.wide { table {
            thead { tr { th scope="col" { (record.t("日期", "day")) } th scope="col" { (record.t("事项", "what")) } @for head in heads { th.n scope="col" { (head) } } } }
            tbody { @for Move { line, into, out } in moves.iter().rev() { tr {
                td { (line.day) } td { (line.what) }
                td.n { (blank(*into)) } td.n { (blank(*out)) } td.n { (amount(line.granted)) }
            } } }
        } }
    } }
}

fn blank(sum: Fen) -> String {
    match sum.is_zero() {
        true => String::new(),
        false => amount(sum),
    }
}

/// The entries that move money of the account, also from one part of it to the other; the latest first.
fn moved(lines: Vec<Line>) -> Vec<Line> {
    let mut held = (Fen::ZERO, Fen::ZERO);
    let mut moved = lines;
    moved.retain(|line| {
        let after = (line.current, line.prior);
        replace(&mut held, after) != after
    });
    moved.reverse();
    moved
}

/// The lines that come before an entry, and how many are newer.
fn page(moved: &[Line], before: u64) -> (usize, &[Line]) {
    let first = moved.partition_point(|line| line.entry >= before);
    let rest = moved.get(first..).unwrap_or_default();
    (first, rest.get(..LINES).unwrap_or(rest))
}

/// The page before the one that begins at a line.
fn newer(base: &str, moved: &[Line], first: usize) -> String {
    let above = first.checked_sub(LINES + 1);
    match above.and_then(|above| moved.get(above)) {
        Some(line) => format!("{base}/account?before={}", line.entry),
        None => format!("{base}/account"),
    }
}

#[cfg(test)]
mod tests {
    use agency::domain::ledger::EntryKind;
    use jiff::civil::date;

    use super::*;

    /// An entry after which the parts of the account hold this.
    fn line(entry: u64, current: u64, prior: u64) -> Line {
        Line {
            entry,
            day: date(2026, 1, 1),
            kind: EntryKind::Credit,
            what: String::new(),
            into: Fen::ZERO,
            out: Fen::ZERO,
            current: Fen::new(current),
            prior: Fen::new(prior),
            granted: Fen::ZERO,
        }
    }

    fn entries(lines: &[Line]) -> Vec<u64> {
        lines.iter().map(|line| line.entry).collect()
    }

    #[test]
    fn only_what_moves_money_is_listed() {
        let lines = vec![
            line(1, 0, 0),
            line(2, 500, 0),
            line(3, 500, 0),
            // The year's end moves money from one part to the other.
            line(4, 0, 500),
            line(5, 0, 500),
            line(6, 0, 0),
        ];
        assert_eq!(entries(&moved(lines)), [6, 4, 2]);
    }

    /// From the latest to the oldest by the older links, and back by the newer ones, each line once.
    #[test]
    fn pages_follow_one_another_without_a_gap() {
        let lines = (1..=120).map(|n| line(n * 3, n, 0)).collect();
        let moved = moved(lines);
        let table: [(u64, (u64, u64), &str); 5] = [
            (u64::MAX, (360, 213), "/mine/account"),
            (213, (210, 63), "/mine/account"),
            (63, (60, 3), "/mine/account?before=213"),
            // A number between two entries is as good.
            (62, (60, 3), "/mine/account?before=213"),
            (300, (297, 150), "/mine/account"),
        ];
        for (before, (newest, oldest), above) in table {
            let (first, shown) = page(&moved, before);
            let ends = shown.first().zip(shown.last());
            let ends = ends.map(|(a, b)| (a.entry, b.entry));
            assert_eq!(ends, Some((newest, oldest)), "{before}");
            assert_eq!(newer("/mine", &moved, first), above, "{before}");
        }
        assert_eq!(page(&moved, 3), (120, &[][..]));
        assert_eq!(newer("/mine", &moved, 120), "/mine/account?before=153");
    }
}
