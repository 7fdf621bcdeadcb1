//! `yibao verify`: settles case files and compares with what is expected.

mod markdown;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use comfy_table::Table;
use domain::explain;
use domain::words::Lang;
use policy::cases::{self, Case, Difference};
use policy::{Shelf, Source};
use serde_json::json;

use crate::args;
use crate::output::Output;
use crate::policies::open;

/// One case and what came of it.
struct Outcome {
    file: String,
    case: Case,
    result: Result<Vec<Difference>, String>,
}

impl Outcome {
    fn agrees(&self) -> bool {
        self.result.as_ref().is_ok_and(Vec::is_empty)
    }
}

pub(crate) fn run(
    command: &args::Verify,
    policies: &Path,
    output: &Output,
) -> Result<ExitCode, String> {
    let open = || open(policies, output.lang);
    let files = if command.files.is_empty() {
        open()?.case_files().map_err(|e| e.to_string())?
    } else {
        command.files.clone()
    };
    if files.is_empty() {
        let folder = policies.display();
        return Err(match output.lang {
            Lang::Zh => format!("{folder}：没有算例文件（<地区>/<险种>/cases/*.toml）"),
            Lang::En => {
                format!("{folder}: there are no case files (<region>/<scheme>/cases/*.toml)")
            }
        });
    }
    // Cases that name their own policy need no folder.
    let shelf = std::cell::LazyCell::new(open);
    let mut outcomes = Vec::new();
    for path in &files {
        let source = Source::read(path).map_err(|e| e.to_string())?;
        for case in cases::read(&source).map_err(|e| e.to_string())? {
            let result = settle(
                &case,
                path,
                || shelf.as_ref().map_err(String::clone),
                output.lang,
            );
            outcomes.push(Outcome {
                file: source.name.clone(),
                case,
                result,
            });
        }
    }
    let differ = outcomes.iter().filter(|o| !o.agrees()).count();
    if command.json {
        output.line(&as_json(&outcomes));
    } else if command.markdown {
        output.line(markdown::page(&outcomes, output).trim_end());
    } else {
        print(&outcomes, &files, command.all, differ, output);
    }
    Ok(if differ == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn settle<'a>(
    case: &Case,
    path: &Path,
    shelf: impl FnOnce() -> Result<&'a Shelf, String>,
    lang: Lang,
) -> Result<Vec<Difference>, String> {
    let file = match case.own_policy(path) {
        Some(own) => own.map_err(|e| e.to_string())?,
        None => shelf()?.policy_for(&case.bill).map_err(|e| e.to_string())?,
    };
    let settlement = domain::settle(&case.bill, &file.plan).map_err(|e| e.describe(lang))?;
    Ok(case.differences(&settlement))
}

fn print(outcomes: &[Outcome], files: &[PathBuf], all: bool, differ: usize, output: &Output) {
    let shown: Vec<&Outcome> = outcomes.iter().filter(|o| all || !o.agrees()).collect();
    if !shown.is_empty() {
        output.line(&table(&shown, output).to_string());
    }
    let wrong = outcomes.iter().filter(|o| o.case.wrong.is_some()).count();
    let (cases, files) = (outcomes.len(), files.len());
    output.line(&match output.lang {
        Lang::Zh => format!("{files} 个文件，{cases} 个算例（其中 {wrong} 个来源有误，须不一致），{differ} 个不符"),
        Lang::En => format!(
            "{cases} cases in {files} files ({wrong} whose source is wrong and must not agree), {differ} differ"
        ),
    });
}

fn table(outcomes: &[&Outcome], output: &Output) -> Table {
    let header = [
        output.say("算例", "case"),
        output.say("结果", "result"),
        output.say("差异", "differences"),
    ];
    let mut table = output.table(&header);
    for outcome in outcomes {
        let sign = if outcome.agrees() { "✓" } else { "✗" };
        let name = format!("{}\n  {}", outcome.case.name, outcome.file);
        table.add_row([
            name,
            sign.to_owned(),
            differences(outcome, output).join("\n"),
        ]);
    }
    table
}

fn differences(outcome: &Outcome, output: &Output) -> Vec<String> {
    match &outcome.result {
        Err(error) => vec![error.clone()],
        Ok(differences) => differences.iter().map(|d| sentence(d, output)).collect(),
    }
}

fn sentence(difference: &Difference, output: &Output) -> String {
    let lang = output.lang;
    match difference {
        Difference::Amount {
            figure,
            expected,
            found,
        } => {
            let (name, expected_text, found_text) = (
                figure.name(lang),
                explain::amount(*expected),
                explain::amount(*found),
            );
            let (sign, off) = if found > expected {
                ('+', found.beyond(*expected))
            } else {
                ('-', expected.beyond(*found))
            };
            match lang {
                Lang::Zh => format!("{name}：应为 {expected_text}，得 {found_text}（{sign}{off}）"),
                Lang::En => {
                    format!("{name}: expected {expected_text}, found {found_text} ({sign}{off})")
                }
            }
        }
        Difference::Refusal { expected, found } => {
            let name = |refusal: &Option<domain::refusal::Refusal>| {
                refusal
                    .map_or(output.say("不拒付", "not refused"), |r| r.name(lang))
                    .to_owned()
            };
            match lang {
                Lang::Zh => format!("拒付：应为“{}”，得“{}”", name(expected), name(found)),
                Lang::En => format!(
                    "refusal: expected `{}`, found `{}`",
                    name(expected),
                    name(found)
                ),
            }
        }
        Difference::Agrees => output
            .say(
                "来源有误的数字却全部算出",
                "the figures of a wrong source came out all the same",
            )
            .to_owned(),
    }
}

fn as_json(outcomes: &[Outcome]) -> String {
    let english = Output::in_language(Lang::En);
    let case = |o: &Outcome| {
        json!({
            "file": o.file,
            "case": o.case.name,
            "source": o.case.source,
            "agrees": o.agrees(),
            "wrong_source": o.case.wrong.as_ref().map(|(why, _)| why.as_str()),
            "differences": differences(o, &english),
        })
    };
    let value = json!({ "cases": outcomes.iter().map(case).collect::<Vec<_>>() });
    serde_json::to_string_pretty(&value).unwrap_or_default()
}
