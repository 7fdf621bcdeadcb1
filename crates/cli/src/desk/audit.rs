//! `yibao audit`: derives everything anew from the entries and says what was checked and what does not hold.

use std::process::ExitCode;

use agency::audit::{Report, audit};
use comfy_table::Cell;
use domain::words::Lang;

use super::Desk;
use super::progress::Progress;
use crate::args::desk::Audit;
use crate::output::{count, numbers_right, pretty, right};

pub(crate) fn run(command: &Audit, desk: &Desk<'_>) -> Result<ExitCode, String> {
    let agency = desk.open()?;
    let progress = Progress::of(None, desk.output.say("稽核", "audit"));
    let report = audit(&agency, |entries| progress.add(entries));
    progress.done();
    let report = report.map_err(|e| desk.stored(e))?;
    if command.json {
        desk.output.line(&pretty(&report.json()));
    } else {
        tell(&report, desk);
    }
    Ok(if report.is_clean() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn tell(report: &Report, desk: &Desk<'_>) {
    let output = desk.output;
    let (lanes, entries, postings, persons) = (
        count(report.lanes),
        count(report.entries),
        count(report.postings),
        count(report.persons),
    );
    output.line(&match output.lang {
        Lang::Zh => {
            format!("分道 {lanes} 个，记录 {entries} 条，分录 {postings} 笔，参保人 {persons} 人")
        }
        Lang::En => {
            format!("Lanes {lanes}, entries {entries}, postings {postings}, persons {persons}")
        }
    });
    let header = [
        output.say("检查", "check"),
        output.say("次数", "times"),
        output.say("不符", "broken"),
    ];
    let mut table = output.table(&header);
    numbers_right(&mut table, 1..3);
    for (check, (made, broken)) in &report.checks {
        table.add_row([
            Cell::new(check.name(output.lang)),
            right(count(*made)),
            right(count(*broken)),
        ]);
    }
    output.line(&table.to_string());
    for one in &report.breaks {
        let check = one.check.name(output.lang);
        output.line(&format!("! {} {check}: {}", one.lane, one.found));
    }
    output.line(if report.is_clean() {
        output.say("全部相符。", "Everything holds.")
    } else {
        output.say(
            "有不符之处，请勿继续记账。",
            "Something does not hold: record nothing more before it is understood.",
        )
    });
}
