//! Where both sides differ, printed: months, days, bills.

use comfy_table::Cell;
use serde_json::{Value, json};
use service::reconcile::narrowed::Narrowed;
use service::reconcile::sums::Sums;
use service::reconcile::yuan;

use super::{bills, sums_json};
use crate::output::{Output, numbers_right, right};

pub(super) fn tell(narrowed: &Narrowed, output: &Output) {
    if narrowed.is_equal() {
        output.line(output.say("与机构明细一致。", "The institution's rows agree."));
        return;
    }
    let unknown = || output.say("日期不明", "day unknown").to_owned();
    output.heading(output.say("有差异的月份", "Months that differ"));
    let months = narrowed.months();
    let months = months.iter().map(|(month, sides)| {
        let name = month.map_or_else(unknown, |month| month.to_string());
        (name, sides.ours, sides.theirs, sides.open)
    });
    sides(output, output.say("月份", "month"), months);
    output.heading(output.say("有差异的日期", "Days that differ"));
    let days = narrowed.differing().map(|(day, sums)| {
        let name = day.map_or_else(unknown, |day| day.to_string());
        (name, sums.ours, sums.theirs, sums.open.len())
    });
    sides(output, output.say("日期", "day"), days);
    output.heading(output.say("有差异的单据", "Bills that differ"));
    for (day, sums) in narrowed.differing() {
        let name = day.map_or_else(unknown, |day| day.to_string());
        for &open in &sums.open {
            bills::tell(narrowed, &narrowed.findings[open], &name, output);
        }
    }
}

pub(super) fn as_json(narrowed: &Narrowed) -> Value {
    let months = narrowed.months();
    let months = months.iter().map(|(month, sides)| {
        let month = month.map(|month| month.to_string());
        let (ours, theirs) = (sums_json(sides.ours), sums_json(sides.theirs));
        json!({ "month": month, "ours": ours, "theirs": theirs, "bills": sides.open })
    });
    let days = narrowed.differing().map(|(day, sums)| {
        let day = day.map(|day| day.to_string());
        let (ours, theirs) = (sums_json(sums.ours), sums_json(sums.theirs));
        json!({ "day": day, "ours": ours, "theirs": theirs, "bills": sums.open.len() })
    });
    let bills = narrowed.differing().flat_map(|(day, sums)| {
        let bill = |&open: &usize| bills::as_json(narrowed, &narrowed.findings[open], *day);
        sums.open.iter().map(bill).collect::<Vec<_>>()
    });
    json!({
        "months": months.collect::<Vec<_>>(),
        "days": days.collect::<Vec<_>>(),
        "bills": bills.collect::<Vec<_>>(),
    })
}

/// A table of both sides' sums.
fn sides(output: &Output, first: &str, rows: impl Iterator<Item = (String, Sums, Sums, usize)>) {
    let header = [
        first,
        output.say("中心笔数", "ours"),
        output.say("机构笔数", "theirs"),
        output.say("中心总额（元）", "our total, yuan"),
        output.say("机构总额（元）", "their total, yuan"),
        output.say("差异单据", "bills that differ"),
    ];
    let mut table = output.table(&header);
    numbers_right(&mut table, 1..6);
    for (name, ours, theirs, open) in rows {
        table.add_row([
            Cell::new(name),
            right(ours.count.to_string()),
            right(theirs.count.to_string()),
            right(yuan(ours.total)),
            right(yuan(theirs.total)),
            right(open.to_string()),
        ]);
    }
    output.line(&table.to_string());
}
