//! The sheet of one settlement, to read and to print: who paid what, every step with its clause, what is left.

use maud::{Markup, html};

use super::super::division::Division;
use super::PersonRecord;
use super::settlements::place;

/// None if the person has no such settlement.
pub(super) fn of(record: &PersonRecord, number: u64) -> Option<Markup> {
    let (entry, settled, reversal) = record.settlement(number)?;
    let division = Division::of(&record.reader, &record.office, entry.policy, settled)?;
    Some(html! {
        @if let Some(later) = reversal { p.bad { (record.t("已于以下日期退费：", "Taken back on ")) (later.day) } }
        p { (place(record, &entry.party, settled)) " · " (entry.day) " · " (record.t("记录 ", "entry ")) (entry.seq) }
        (division.payers())
        (division.lines(false))
        (division.steps())
        (division.left())
        p.note { (record.t("用浏览器的打印功能可打印此页。", "Print this page with the browser.")) }
    })
}
