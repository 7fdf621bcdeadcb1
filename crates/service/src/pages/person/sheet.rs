//! The sheet of one settlement, to read and to print: who paid what, every step with its clause, what is left.

use agency::statement::worked_out_with;
use jiff::civil::DateTime;
use maud::{Markup, html};

use super::super::division::Division;
use super::PersonRecord;
use super::settlements::place;

/// A settlement as the interface has it.
pub(in crate::pages) struct Recorded {
    /// Its number.
    pub(in crate::pages) id: String,
    /// When it was recorded, where a clock was told.
    pub(in crate::pages) at: Option<DateTime>,
}

/// None if the person has no such settlement.
pub(super) fn of(record: &PersonRecord, number: u64, told: Option<&Recorded>) -> Option<Markup> {
    let (entry, settled, reversal) = record.settlement(number)?;
    let division = Division::of(&record.reader, &record.office, entry.policy, settled)?;
    let at = told.and_then(|told| told.at);
    let at = at.map(|at| at.strftime("%Y-%m-%d %H:%M:%S").to_string());
    Some(html! {
        @if let Some(later) = reversal { p.bad { (record.t("已于以下日期退费：", "Taken back on ")) (later.day) } }
        (beside(record, number))
        p { (place(record, &entry.party, settled)) " · " (at.unwrap_or_else(|| entry.day.to_string())) " · "
            @match told {
                Some(told) => { (record.t("结算编号 ", "settlement ")) span #settlement { (told.id) } }
                None => { (record.t("记录 ", "entry ")) (entry.seq) }
            }
        }
        (division.payers())
        (division.lines(true))
        (division.steps())
        (division.left())
        p.note { (record.t("用浏览器的打印功能可打印此页。", "Print this page with the browser.")) }
    })
}

/// What a reversal out of order has left as it was, told of either settlement.
fn beside(record: &PersonRecord, number: u64) -> Markup {
    let left = worked_out_with(&record.history, number);
    let taken_back = record.history.iter().filter_map(|(entry, _)| {
        let with =
            entry.about != 0 && worked_out_with(&record.history, entry.about).contains(&number);
        with.then_some(entry.about)
    });
    let links = |entries: &[u64]| {
        html! { @for entry in entries { " " a href={ (record.base) "/settlements/" (entry) } {
            @match record.settlement(*entry) { Some((row, ..)) => { (row.day) " (" (entry) ")" } None => (entry) }
        } } }
    };
    let taken_back: Vec<u64> = taken_back.collect();
    html! {
        @if !left.is_empty() { p.note {
            (record.t("以下结算在它之后、退费之前办理，不变，仍按含它的累计算出：", "These settlements came after it and before it was taken back; they stand as they were worked out with it:"))
            (links(&left))
        } }
        @if !taken_back.is_empty() { p.note {
            (record.t("本结算是按含以下结算的累计算出的，后者其后已退费：", "This was worked out with settlements that were taken back later:"))
            (links(&taken_back))
        } }
    }
}
