//! `yibao policy`: list, show, check, compare.

mod coverage;
mod diff;
mod figures;
mod list;
mod show;

use std::path::Path;
use std::process::ExitCode;

use domain::policy::Policy;
use domain::words::Lang;
use jiff::civil::Date;
use policy::shelf::Slot;
use policy::{PolicyFile, Shelf};

use crate::args;
use crate::args::Form;
use crate::output::Output;
use crate::{check, schema};

pub(crate) use figures::{by_standing, counted};

pub(crate) fn run(
    command: &args::Policy,
    policies: &Path,
    output: &Output,
) -> Result<ExitCode, String> {
    match command {
        args::Policy::List { json } => list::run(*json, policies, output),
        args::Policy::Show {
            region,
            scheme,
            day,
        } => show::run(*region, *scheme, *day, policies, output),
        args::Policy::Check { files } => check::run(files, policies, output),
        args::Policy::Coverage => coverage::run(policies, output),
        args::Policy::Diff { from, to } => diff::run(from, to, output),
        args::Policy::Schema => schema::print(Form::Policy, output),
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

/// Each gap of these policies once, with the numbers of those that have it.
pub(crate) fn gaps<'p>(policies: &[&'p Policy], lang: Lang) -> Vec<(&'p str, Vec<usize>)> {
    let mut gaps: Vec<(&str, Vec<usize>)> = Vec::new();
    for (number, policy) in policies.iter().enumerate() {
        for about in policy.gaps.iter().map(|gap| gap.about.lang(lang)) {
            match gaps.iter_mut().find(|(known, _)| *known == about) {
                Some((_, numbers)) => numbers.push(number),
                None => gaps.push((about, vec![number])),
            }
        }
    }
    gaps
}

/// The last day of a policy: its own, or the day before the next one's first; none while it is open.
pub(crate) fn until(policy: &Policy, next: Option<Date>) -> Option<Date> {
    let before_next = next.and_then(|day| day.yesterday().ok());
    policy.ends.into_iter().chain(before_next).min()
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
    until(&file.plan.policy, next)
}
