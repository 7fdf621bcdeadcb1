//! The sheet of one settlement, to read and to print: who paid what, every step with its clause, what is left.

use agency::record::Event;
use maud::{Markup, html};

use super::super::division::Division;
use super::Mine;
use super::settlements::place;

/// None if the person has no such settlement.
pub(super) fn of(mine: &Mine, number: u64) -> Option<Markup> {
    let found = mine.history.iter().find(|(entry, _)| entry.seq == number);
    let (entry, Event::Settled(settled)) = found? else {
        return None;
    };
    let division = Division::of(&mine.reader, &mine.office, entry.policy, settled)?;
    let reversal = mine
        .history
        .iter()
        .find(|(later, event)| later.about == number && matches!(event, Event::Reversed(_)));
    Some(html! {
        @if let Some((later, _)) = reversal { p.bad { (mine.t("已于以下日期退费：", "Taken back on ")) (later.day) } }
        p { (place(mine, &entry.party, settled)) " · " (entry.day) " · " (mine.t("记录 ", "entry ")) (entry.seq) }
        (division.payers())
        (division.lines(false))
        (division.steps())
        (division.left())
        p.note { (mine.t("用浏览器的打印功能可打印此页。", "Print this page with the browser.")) }
    })
}
