//! `yibao funds`: income, outlay and balance of each fund by month, with a bar.

use std::process::ExitCode;

use agency::funds::{FundMonth, by_month};
use comfy_table::Cell;
use domain::explain::amount;
use domain::month::Month;
use serde_json::json;

use super::Desk;
use crate::args::desk::Funds;
use crate::output::{bar, numbers_right, pretty, right};

pub(crate) fn run(command: &Funds, desk: &Desk<'_>) -> Result<ExitCode, String> {
    let agency = desk.open()?;
    let funds = by_month(&agency).map_err(|e| desk.stored(e))?;
    let output = desk.output;
    let within = (command.from, command.to);
    if command.json {
        let funds = funds.iter().map(|(account, months)| {
            let months = rows(months, within);
            let months = months.iter().map(|row| {
                json!({
                    "month": row.month.to_string(),
                    "income": row.income.to_string(),
                    "outlay": row.outlay.to_string(),
                    "balance": row.balance.text().replace(',', ""),
                })
            });
            json!({ "fund": account.code(), "months": months.collect::<Vec<_>>() })
        });
        let funds: Vec<_> = funds.collect();
        output.line(&pretty(&json!({ "funds": funds })));
        return Ok(ExitCode::SUCCESS);
    }
    let mut shown = false;
    for (account, months) in &funds {
        let rows = rows(months, within);
        shown |= !rows.is_empty();
        if !rows.is_empty() {
            output.heading(account.name(output.lang));
            tell(&rows, desk);
        }
    }
    if !shown {
        output.line(output.say("没有收支。", "There is no income and no outlay."));
    }
    Ok(ExitCode::SUCCESS)
}

fn tell(rows: &[FundMonth], desk: &Desk<'_>) {
    let output = desk.output;
    let header = [
        output.say("月份", "month"),
        output.say("收入（元）", "income, yuan"),
        output.say("支出（元）", "outlay, yuan"),
        output.say("结存（元）", "balance, yuan"),
        "",
    ];
    let mut table = output.table(&header);
    numbers_right(&mut table, 1..4);
    let largest = rows.iter().map(|row| row.balance.size()).max();
    let largest = largest.unwrap_or_default().fen();
    for row in rows {
        table.add_row([
            Cell::new(row.month),
            right(amount(row.income)),
            right(amount(row.outlay)),
            right(row.balance.text()),
            Cell::new(bar(row.balance.size().fen(), largest, 24)),
        ]);
    }
    output.line(&table.to_string());
}

/// The months asked for.
fn rows(months: &[FundMonth], (from, to): (Option<Month>, Option<Month>)) -> Vec<FundMonth> {
    let within = |row: &&FundMonth| {
        from.is_none_or(|from| from <= row.month) && to.is_none_or(|to| row.month <= to)
    };
    months.iter().filter(within).copied().collect()
}
