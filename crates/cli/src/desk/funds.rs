//! `yibao funds`: income, outlay and balance of each fund by month, with a bar.

use std::collections::BTreeMap;
use std::process::ExitCode;

use agency::Agency;
use comfy_table::Cell;
use domain::Fen;
use domain::explain::amount;
use domain::ledger::{Chart, Holder, LedgerAccount};
use domain::month::Month;
use serde_json::json;

use super::Desk;
use crate::args::desk::Funds;
use crate::output::{bar, numbers_right, pretty, right};

/// What came in and what went out, in a month.
type Flow = (Fen, Fen);

/// What came in and went out by month.
type Months = BTreeMap<u32, Flow>;

/// One fund's month.
struct Row {
    month: u32,
    income: Fen,
    outlay: Fen,
    balance: Balance,
}

/// What is left since the beginning; a fund may owe.
#[derive(Clone, Copy)]
struct Balance {
    income: Fen,
    outlay: Fen,
}

impl Balance {
    fn size(self) -> Fen {
        self.income.beyond(self.outlay) + self.outlay.beyond(self.income)
    }

    fn text(self) -> String {
        let sign = if self.income < self.outlay { "-" } else { "" };
        format!("{sign}{}", amount(self.size()))
    }

    fn plain(self) -> String {
        self.text().replace(',', "")
    }
}

pub(crate) fn run(command: &Funds, desk: &Desk<'_>) -> Result<ExitCode, String> {
    let agency = desk.open()?;
    let funds = flows(&agency, desk)?;
    let output = desk.output;
    let within = (command.from, command.to);
    if command.json {
        let funds = funds.iter().map(|(account, months)| {
            let months = rows(months, within);
            let months = months.iter().map(|row| {
                json!({
                    "month": month(row.month),
                    "income": row.income.to_string(),
                    "outlay": row.outlay.to_string(),
                    "balance": row.balance.plain(),
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

fn tell(rows: &[Row], desk: &Desk<'_>) {
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
            Cell::new(month(row.month)),
            right(amount(row.income)),
            right(amount(row.outlay)),
            right(row.balance.text()),
            Cell::new(bar(row.balance.size().fen(), largest, 24)),
        ]);
    }
    output.line(&table.to_string());
}

/// The funds' months of all lanes together.
fn flows(agency: &Agency, desk: &Desk<'_>) -> Result<BTreeMap<LedgerAccount, Months>, String> {
    let mut funds: BTreeMap<LedgerAccount, Months> = BTreeMap::new();
    for lane in agency.lane_ids() {
        let balances = agency.read(lane, |store| store.balances());
        for row in balances.map_err(|e| desk.stored(e))? {
            let Some(Chart::Money(account)) = Chart::of(row.account) else {
                continue;
            };
            if account.holder() == Holder::Fund {
                let flow = funds
                    .entry(account)
                    .or_default()
                    .entry(row.month)
                    .or_default();
                flow.0 += row.credit;
                flow.1 += row.debit;
            }
        }
    }
    Ok(funds)
}

/// The months asked for, each with the balance since the beginning.
fn rows(months: &Months, (from, to): (Option<Month>, Option<Month>)) -> Vec<Row> {
    let mut balance = Balance {
        income: Fen::ZERO,
        outlay: Fen::ZERO,
    };
    let mut rows = Vec::new();
    for (&month, &(income, outlay)) in months {
        balance.income += income;
        balance.outlay += outlay;
        let within = from.is_none_or(|from| from.digits() <= month)
            && to.is_none_or(|to| month <= to.digits());
        if within {
            rows.push(Row {
                month,
                income,
                outlay,
                balance,
            });
        }
    }
    rows
}

/// `2024-01`.
fn month(digits: u32) -> String {
    format!("{}-{:02}", digits / 100, digits % 100)
}
