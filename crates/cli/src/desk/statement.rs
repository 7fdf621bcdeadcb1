//! `yibao statement`: a person's account like a bank statement: the day, what, in, out, and the balance of both parts.

use std::process::ExitCode;

use agency::Holder;
use agency::statement::{self, Line, Move};
use comfy_table::{Cell, Table};
use domain::Fen;
use domain::explain::amount;
use domain::words::Lang;
use serde_json::{Value, json};

use super::{Desk, person};
use crate::args::desk::Statement;
use crate::output::{numbers_right, pretty, right};

pub(crate) fn run(command: &Statement, desk: &Desk<'_>) -> Result<ExitCode, String> {
    let agency = desk.open()?;
    let (person, _) = person::find(&agency, desk, &command.person)?;
    let sealed = agency.sealed(person).map_err(|e| desk.stored(e))?;
    let holder = sealed.map(|sealed| Holder::open(agency.key(), person, &sealed));
    let mut holder = holder.transpose()?.unwrap_or_else(|| Holder {
        name: desk.output.say("姓名未登记", "no name is kept").to_owned(),
        identity_number: "—".to_owned(),
    });
    if !command.show_name {
        holder = holder.masked();
    }
    let history = agency.history(person).map_err(|e| desk.stored(e))?;
    let lines = statement::lines(&history, &agency.office(), desk.lang())?;
    let within = |line: &&Line| {
        command.from.is_none_or(|from| from <= line.day)
            && command.to.is_none_or(|to| line.day <= to)
    };
    let granted: Vec<Move<'_>> = statement::of_relatives(&lines)
        .into_iter()
        .filter(|moved| within(&moved.line))
        .collect();
    let lines: Vec<&Line> = lines.iter().filter(within).collect();
    if command.json {
        desk.output.line(&pretty(&as_json(person, &holder, &lines)));
        return Ok(ExitCode::SUCCESS);
    }
    let output = desk.output;
    let (name, identity) = (&holder.name, &holder.identity_number);
    output.heading(&match output.lang {
        Lang::Zh => format!("{name} · {identity} · 人员编号 {person}"),
        Lang::En => format!("{name} · {identity} · person {person}"),
    });
    let header = [
        output.say("日期", "day"),
        output.say("记录", "entry"),
        output.say("事项", "what"),
        output.say("收入", "in"),
        output.say("支出", "out"),
        output.say("当年余额", "current year"),
        output.say("历年余额", "prior years"),
    ];
    let mut table = output.table(&header);
    numbers_right(&mut table, 1..2);
    numbers_right(&mut table, 3..7);
    for line in &lines {
        table.add_row([
            Cell::new(line.day),
            right(line.entry.to_string()),
            Cell::new(&line.what),
            right(blank(line.into)),
            right(blank(line.out)),
            right(amount(line.current)),
            right(amount(line.prior)),
        ]);
    }
    output.line(&table.to_string());
    if !granted.is_empty() {
        output.heading(output.say("亲属共济", "granted by relatives"));
        output.line(&of_relatives(&granted, desk).to_string());
    }
    Ok(ExitCode::SUCCESS)
}

/// What relatives granted, movement by movement.
fn of_relatives(moves: &[Move<'_>], desk: &Desk<'_>) -> Table {
    let output = desk.output;
    let header = [
        output.say("日期", "day"),
        output.say("记录", "entry"),
        output.say("事项", "what"),
        output.say("收入", "in"),
        output.say("支出", "out"),
        output.say("余额", "left"),
    ];
    let mut table = output.table(&header);
    numbers_right(&mut table, 1..2);
    numbers_right(&mut table, 3..6);
    for Move { line, into, out } in moves {
        table.add_row([
            Cell::new(line.day),
            right(line.entry.to_string()),
            Cell::new(&line.what),
            right(blank(*into)),
            right(blank(*out)),
            right(amount(line.granted)),
        ]);
    }
    table
}

fn blank(sum: Fen) -> String {
    match sum.is_zero() {
        true => String::new(),
        false => amount(sum),
    }
}

fn as_json(person: u64, holder: &Holder, lines: &[&Line]) -> Value {
    let line = |line: &&Line| {
        json!({
            "entry": line.entry,
            "day": line.day.to_string(),
            "kind": line.kind.code(),
            "what": line.what,
            "in": line.into.to_string(),
            "out": line.out.to_string(),
            "current": line.current.to_string(),
            "prior": line.prior.to_string(),
            "granted": line.granted.to_string(),
        })
    };
    json!({
        "person": person,
        "name": holder.name,
        "identity_number": holder.identity_number,
        "lines": lines.iter().map(line).collect::<Vec<_>>(),
    })
}
