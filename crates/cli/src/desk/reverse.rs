//! `yibao reverse`: takes a settlement, a premium or a credit back by a mirrored entry.

use std::process::ExitCode;

use agency::act::Act;
use domain::words::Lang;
use jiff::civil::Date;
use serde_json::json;

use super::Desk;
use super::counter::{Counter, left};
use crate::args::visit::Reverse;

pub(crate) fn run(command: &Reverse, desk: &Desk<'_>) -> Result<ExitCode, String> {
    /// Before every entry: a reversal counts to the entry's day at the earliest.
    const EARLIEST: Date = Date::constant(1900, 1, 1);
    let counter = Counter::open(&command.asked, desk)?;
    let of = command.entry;
    let act = Act::Reverse {
        entry: of,
        on: command.on.unwrap_or(EARLIEST),
    };
    let done = counter.ask(act, false)?;
    let left = left(&done, desk.lang());
    let told = match desk.lang() {
        Lang::Zh => format!("记录 {of} 已冲正。{left}"),
        Lang::En => format!("Entry {of} is taken back. {left}"),
    };
    counter.tell(&done, &told, json!({ "reversed": of }));
    Ok(ExitCode::SUCCESS)
}
