//! What a reform changed: old beside new, each with its clauses.

use std::sync::Arc;

use agency::PolicyFile;
use agency::domain::cite::Cite;
use agency::domain::words::Lang;
use agency::reform::{Line, Reform};
use maud::{Markup, html};

use super::super::Reader;
use super::super::clause::cited;
use super::Files;
use super::asking::{Between, no_day};

/// The title, and what changes.
///
/// # Errors
/// When a day is none, or no file begins on it, or both are not in their order.
pub(super) fn told(
    reader: &Reader,
    files: &Files<'_>,
    between: &Between,
) -> Result<(String, Markup), String> {
    let both = [
        file(reader, files, &between.from)?,
        file(reader, files, &between.to)?,
    ];
    let [old, new] = &both;
    let (was, is) = (&old.plan.policy, &new.plan.policy);
    if was.effective >= is.effective {
        let order = reader.say(
            "第一个日期须早于第二个",
            "the first day must be before the second",
        );
        return Err(order.to_owned());
    }
    let reform = Reform::of(old, new, reader.lang).map_err(|apart| apart.to_string())?;
    let (name, from) = (files.title(reader), is.effective);
    let title = match reader.lang {
        Lang::Zh => format!("{name}：自 {from} 起的变化"),
        Lang::En => format!("{name}: what changes from {from} on"),
    };
    let body = html! {
        p.note { (was.effective) " → " (is.effective) }
        @if reform.sections.is_empty() {
            p { (reader.say("没有影响金额的变化；文件、依据等级或注释可能不同", "nothing that changes an amount; documents, standings or comments may differ")) }
        }
        @for section in &reform.sections {
            h2 { (section.title) }
            div.wide { table {
                thead { tr {
                    th scope="col" { (reader.say("内容", "What")) }
                    th scope="col" { (reader.say("原", "Old")) " · " (was.effective) }
                    th scope="col" { (reader.say("新", "New")) " · " (is.effective) }
                } }
                tbody { @for line in &section.lines { (row(reader, line, &both)) } }
            } }
        }
    };
    Ok((title, body))
}

fn row(reader: &Reader, line: &Line, both: &[Arc<PolicyFile>; 2]) -> Markup {
    let mark = if line.is_exception { "– " } else { "" };
    let sides = line.sides.iter().zip(&line.clauses).zip(both);
    html! { tr {
        th scope="row" { (mark) (line.subject) }
        @for ((value, clauses), file) in sides { (side(reader, value.as_deref(), clauses, file)) }
    } }
}

fn side(reader: &Reader, value: Option<&str>, clauses: &[Cite], file: &PolicyFile) -> Markup {
    html! { td {
        (value.unwrap_or("—"))
        @for clause in clauses { (cited(&file.plan.policy, clause, reader.lang)) }
    } }
}

/// The file that begins on a typed day.
fn file(reader: &Reader, files: &Files<'_>, typed: &str) -> Result<Arc<PolicyFile>, String> {
    let day = agency::day(typed.trim()).ok_or_else(|| no_day(reader, typed))?;
    let file = files.library.beginning(files.region, files.scheme, day);
    let file = file.map_err(|errors| errors.to_string())?;
    file.ok_or_else(|| match reader.lang {
        Lang::Zh => format!("没有自 {day} 起的文件"),
        Lang::En => format!("no file begins on {day}"),
    })
}
