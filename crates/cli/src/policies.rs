//! `yibao policy`: list, show, check, compare.

mod coverage;
mod diff;
mod figures;
mod list;
pub(crate) mod phrases;
mod show;

use std::path::Path;
use std::process::ExitCode;

use domain::words::Lang;
use jiff::civil::Date;
use policy::shelf::Slot;
use policy::{PolicyFile, Shelf};

use crate::args::{Form, Policy};
use crate::output::Output;
use crate::{check, schema};

pub(crate) use figures::{by_standing, counted};

pub(crate) fn run(command: &Policy, policies: &Path, output: &Output) -> Result<ExitCode, String> {
    match command {
        Policy::List { json } => list::run(*json, policies, output),
        Policy::Show {
            region,
            scheme,
            day,
        } => show::run(*region, *scheme, *day, policies, output),
        Policy::Check { files } => check::run(files, policies, output),
        Policy::Coverage => coverage::run(policies, output),
        Policy::Diff { from, to } => diff::run(from, to, output),
        Policy::Schema => schema::print(Form::Policy, output),
    }
}

/// Opens the folder of the policies; where there is none, says how to name it.
pub(crate) fn open(policies: &Path, lang: Lang) -> Result<Shelf, String> {
    if policies.is_dir() {
        return Shelf::open(policies).map_err(|e| e.to_string());
    }
    let folder = policies.display();
    Err(match lang {
        Lang::Zh => {
            format!("{folder}：没有这个政策目录；用 --policies DIR 或环境变量 YIBAO_POLICIES 指定")
        }
        Lang::En => format!(
            "{folder}: there is no such folder of policies; name it by --policies DIR or the variable YIBAO_POLICIES"
        ),
    })
}

/// The last day of a file: its own, or the day before the next one; none while it is open.
pub(crate) fn last_day(file: &PolicyFile, slot: &Slot, shelf: &Shelf) -> Option<Date> {
    let after = |s: &&Slot| {
        s.region == slot.region && s.scheme == slot.scheme && s.effective > slot.effective
    };
    let next = shelf
        .slots()
        .iter()
        .filter(after)
        .map(|s| s.effective)
        .min();
    let before_next = next.and_then(|day| day.yesterday().ok());
    match (file.plan.policy.ends, before_next) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}
