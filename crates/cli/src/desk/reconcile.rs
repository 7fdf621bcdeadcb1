//! `yibao reconcile`: what the agency has of an institution by day, and where the institution's own rows differ: months, days, bills.

mod bills;
mod narrowed;

use std::collections::BTreeMap;
use std::process::ExitCode;

use agency::{Agency, AgencyError};
use comfy_table::Cell;
use domain::words::Lang;
use jiff::civil::Date;
use serde_json::{Value, json};
use service::reconcile::narrowed::Narrowed;
use service::reconcile::ours::{Asked, DaySums, NoRows};
use service::reconcile::sums::Sums;
use service::reconcile::{Which, yuan};
use service::wire::statement;
use store::StoreError;

use super::Desk;
use crate::args::reconcile::Reconcile;
use crate::output::{Output, numbers_right, pretty, right};

pub(crate) fn run(command: &Reconcile, desk: &Desk<'_>) -> Result<ExitCode, String> {
    let asked = asked(command)?;
    let agency = open(desk)?;
    let days = asked.by_day(&agency).map_err(|e| desk.stored(e))?;
    let narrowed = match &command.their {
        Some(file) => {
            let bytes = std::fs::read(file);
            let bytes = bytes.map_err(|e| format!("{}: {e}", file.display()))?;
            Some(narrowed(&asked, &agency, desk, &bytes)?)
        }
        None => None,
    };
    if command.json {
        let mut told = as_json(&asked, &days);
        if let Some(narrowed) = &narrowed {
            told["equal"] = json!(narrowed.is_equal());
            told["differences"] = narrowed::as_json(narrowed);
        }
        desk.output.line(&pretty(&told));
    } else {
        tell(&days, desk.output);
        if let Some(narrowed) = &narrowed {
            narrowed::tell(narrowed, desk.output);
        }
    }
    Ok(match narrowed.is_none_or(|narrowed| narrowed.is_equal()) {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}

fn asked(command: &Reconcile) -> Result<Asked, String> {
    let month = command
        .month
        .map(|month| (month.first_day(), month.last_day()));
    let period = month.or(command.from.zip(command.to));
    let (from, until) = period.ok_or("name a month, or --from and --to")?;
    if until < from {
        return Err(format!("--to {until} < --from {from}"));
    }
    Ok(Asked {
        scheme: command.scheme,
        settings: command.setting.into_iter().collect(),
        with_account: command.funds_with_account,
        ..Asked::all(&command.institution, from, until)
    })
}

/// A server that runs holds the directory: then it is said who can be asked.
fn open(desk: &Desk<'_>) -> Result<Agency, String> {
    let region = desk.region()?;
    let opened = Agency::open(&desk.options(region));
    opened.map_err(|error| {
        let told = desk.told(&error);
        if !matches!(error, AgencyError::Store(StoreError::InUse { .. })) {
            return told;
        }
        let hint = desk.output.say(
            "服务运行时由机构在线对账（3201、3202），或停止服务后再用本命令",
            "while the service runs, institutions reconcile with it (3201, 3202); stop it to use this command",
        );
        format!("{told}\n{hint}")
    })
}

fn narrowed(
    asked: &Asked,
    agency: &Agency,
    desk: &Desk<'_>,
    bytes: &[u8],
) -> Result<Narrowed, String> {
    let theirs = statement::rows(bytes).map_err(|faults| {
        let told = faults.iter().map(|fault| match desk.lang() {
            Lang::Zh => fault.zh(),
            Lang::En => fault.en(),
        });
        told.collect::<Vec<_>>().join("\n")
    })?;
    let ours = asked.rows(agency).map_err(|error| match error {
        NoRows::Store(error) => desk.stored(error),
        error @ NoRows::TooMany(_) => error.to_string(),
    })?;
    Ok(Narrowed::of(ours, theirs))
}

fn as_json(asked: &Asked, days: &BTreeMap<Date, DaySums>) -> Value {
    let days = days.iter().map(|(day, sums)| {
        json!({
            "day": day.to_string(),
            "settlements": sums_json(sums.settlements),
            "refunds": sums_json(sums.refunds),
        })
    });
    json!({
        "institution": asked.institution,
        "from": asked.from.to_string(),
        "to": asked.until.to_string(),
        "days": days.collect::<Vec<_>>(),
    })
}

fn sums_json(sums: Sums) -> Value {
    let [total, funds, account] = sums.each().map(yuan);
    let count = i64::try_from(sums.count).unwrap_or(i64::MAX);
    json!({ "count": count, "total": total, "funds": funds, "account": account })
}

fn tell(days: &BTreeMap<Date, DaySums>, output: &Output) {
    if days.is_empty() {
        output.line(output.say("没有结算。", "There is no settlement."));
        return;
    }
    let header = [
        output.say("日期", "day"),
        output.say("结算笔数", "settled"),
        output.say("总额（元）", "total, yuan"),
        output.say("基金", "funds"),
        output.say("账户", "account"),
        output.say("退费笔数", "taken back"),
        output.say("总额（元）", "total, yuan"),
        output.say("基金", "funds"),
        output.say("账户", "account"),
    ];
    let mut table = output.table(&header);
    numbers_right(&mut table, 1..9);
    let mut whole = DaySums::default();
    for (day, sums) in days {
        whole.settlements += sums.settlements;
        whole.refunds += sums.refunds;
        table.add_row(row(&day.to_string(), *sums));
    }
    table.add_row(row(output.say("合计", "together"), whole));
    output.line(&table.to_string());
}

fn row(name: &str, sums: DaySums) -> Vec<Cell> {
    let mut cells = vec![Cell::new(name)];
    for which in [Which::Settlements, Which::Refunds] {
        let sums = sums.sums(which);
        cells.push(right(sums.count.to_string()));
        cells.extend(sums.each().map(|amount| right(yuan(amount))));
    }
    cells
}
