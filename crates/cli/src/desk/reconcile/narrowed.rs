//! `Narrowed`: where both sides differ, from the months over the days to the bills.

use std::collections::BTreeMap;

use comfy_table::Cell;
use domain::month::Month;
use jiff::civil::Date;
use serde_json::{Value, json};
use service::reconcile::compare::{Finding, Ours, Theirs, compare};
use service::reconcile::days::{Day, days};
use service::reconcile::sums::Sums;
use service::reconcile::yuan;

use super::{bills, sums_json};
use crate::output::{Output, numbers_right, right};

/// Both sides' rows, and what came of them.
pub(super) struct Narrowed {
    pub(super) ours: Vec<Ours>,
    pub(super) theirs: Vec<Theirs>,
    pub(super) findings: Vec<Finding>,
    days: BTreeMap<Option<Date>, Day>,
}

impl Narrowed {
    pub(super) fn of(ours: Vec<Ours>, theirs: Vec<Theirs>) -> Narrowed {
        let findings = compare(&ours, &theirs);
        Narrowed {
            days: days(&ours, &theirs, &findings),
            ours,
            theirs,
            findings,
        }
    }

    pub(super) fn is_equal(&self) -> bool {
        self.findings.iter().all(|one| one.verdict.is_equal())
    }

    /// The months in which something differs, then the days; none stands for a day that nobody knows.
    fn months(&self) -> BTreeMap<Option<u32>, (Sums, Sums, usize)> {
        let mut months: BTreeMap<Option<u32>, (Sums, Sums, usize)> = BTreeMap::new();
        for (day, sums) in &self.days {
            let month = months.entry(day.map(|day| Month::of(day).digits()));
            let (ours, theirs, open) = month.or_default();
            *ours += sums.ours;
            *theirs += sums.theirs;
            *open += sums.open.len();
        }
        months.retain(|_, (.., open)| *open > 0);
        months
    }

    fn differing(&self) -> impl Iterator<Item = (&Option<Date>, &Day)> {
        self.days.iter().filter(|(_, day)| !day.open.is_empty())
    }

    pub(super) fn tell(&self, output: &Output) {
        if self.is_equal() {
            output.line(output.say("与机构明细一致。", "The institution's rows agree."));
            return;
        }
        let unknown = || output.say("日期不明", "day unknown").to_owned();
        output.heading(output.say("有差异的月份", "Months that differ"));
        let months = self.months();
        let months = months.iter().map(|(month, (ours, theirs, open))| {
            let name = month.map_or_else(unknown, |month| {
                format!("{}-{:02}", month / 100, month % 100)
            });
            (name, *ours, *theirs, *open)
        });
        sides(output, output.say("月份", "month"), months);
        output.heading(output.say("有差异的日期", "Days that differ"));
        let days = self.differing().map(|(day, sums)| {
            let name = day.map_or_else(unknown, |day| day.to_string());
            (name, sums.ours, sums.theirs, sums.open.len())
        });
        sides(output, output.say("日期", "day"), days);
        output.heading(output.say("有差异的单据", "Bills that differ"));
        for (day, sums) in self.differing() {
            let name = day.map_or_else(unknown, |day| day.to_string());
            for &open in &sums.open {
                bills::tell(self, &self.findings[open], &name, output);
            }
        }
    }

    pub(super) fn as_json(&self) -> Value {
        let months = self.months();
        let months = months.iter().map(|(month, (ours, theirs, open))| {
            let month = month.map(|month| format!("{}-{:02}", month / 100, month % 100));
            json!({ "month": month, "ours": sums_json(*ours), "theirs": sums_json(*theirs), "bills": open })
        });
        let days = self.differing().map(|(day, sums)| {
            let day = day.map(|day| day.to_string());
            let (ours, theirs) = (sums_json(sums.ours), sums_json(sums.theirs));
            json!({ "day": day, "ours": ours, "theirs": theirs, "bills": sums.open.len() })
        });
        let bills = self.differing().flat_map(|(day, sums)| {
            let bill = |&open: &usize| bills::as_json(self, &self.findings[open], *day);
            sums.open.iter().map(bill).collect::<Vec<_>>()
        });
        json!({
            "months": months.collect::<Vec<_>>(),
            "days": days.collect::<Vec<_>>(),
            "bills": bills.collect::<Vec<_>>(),
        })
    }
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
