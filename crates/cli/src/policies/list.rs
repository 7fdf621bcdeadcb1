//! `yibao policy list`: every policy file with its days, how sure its figures are, and its gaps.

use std::path::Path;
use std::process::ExitCode;

use comfy_table::{Cell, CellAlignment};
use domain::cite::Standing;
use jiff::civil::Date;
use policy::{PolicyFile, Shelf};
use serde_json::{Map, Value, json};

use super::{counted, last_day, open};
use crate::output::Output;
use policy::phrases::Phrases;

struct Entry {
    file: PolicyFile,
    until: Option<Date>,
    figures: [usize; Standing::COUNT],
}

pub(super) fn run(json: bool, policies: &Path, output: &Output) -> Result<ExitCode, String> {
    let entries = entries(&open(policies, output.lang)?)?;
    if json {
        output.line(&as_json(&entries));
    } else {
        print(&entries, output);
    }
    Ok(ExitCode::SUCCESS)
}

fn entries(shelf: &Shelf) -> Result<Vec<Entry>, String> {
    let mut entries = Vec::new();
    for slot in shelf.slots() {
        let file = slot.read().map_err(|e| e.to_string())?;
        let (until, figures) = (last_day(&file, slot, shelf), counted(&file.plan.policy));
        entries.push(Entry {
            file,
            until,
            figures,
        });
    }
    Ok(entries)
}

fn print(entries: &[Entry], output: &Output) {
    let fixed = [
        ("统筹区", "region"),
        ("险种", "scheme"),
        ("自", "from"),
        ("至", "until"),
    ];
    let mut header: Vec<&str> = fixed.iter().map(|(zh, en)| output.say(zh, en)).collect();
    header.extend(Standing::ALL.iter().map(|s| s.name(output.lang)));
    header.push(output.say("缺口", "gaps"));
    let mut table = output.table(&header);
    let mut before = String::new();
    for entry in entries {
        let policy = &entry.file.plan.policy;
        let name = format!("{} {}", policy.region, policy.region_name.lang(output.lang));
        let scheme = Phrases { lang: output.lang }.scheme(policy.scheme);
        let key = format!("{name}{scheme}");
        let again = key == before;
        before = key;
        let first = if again { String::new() } else { name };
        let scheme = if again { "" } else { scheme };
        let until = entry
            .until
            .map_or(output.say("今", "open").to_owned(), |day| day.to_string());
        let mut row = vec![
            Cell::new(first),
            Cell::new(scheme),
            Cell::new(policy.effective),
            Cell::new(until),
        ];
        row.extend(entry.figures.iter().map(|n| number(*n)));
        row.push(number(policy.gaps.len()));
        table.add_row(row);
    }
    output.line(&table.to_string());
    output.line(output.say(
        "中间各栏：按依据等级计的数字（金额和比例）个数。缺口的内容见 `yibao policy check`。",
        "The columns in the middle count figures (amounts and ratios) by how sure they are. `yibao policy check` tells the gaps.",
    ));
}

/// A dash for nothing, so that what is there stands out.
fn number(n: usize) -> Cell {
    let text = if n == 0 {
        "·".to_owned()
    } else {
        n.to_string()
    };
    Cell::new(text).set_alignment(CellAlignment::Right)
}

fn as_json(entries: &[Entry]) -> String {
    let entry = |entry: &Entry| {
        let policy = &entry.file.plan.policy;
        let figures = Standing::ALL
            .iter()
            .map(|s| (s.code().to_owned(), Value::from(entry.figures[s.index()])));
        json!({
            "region": policy.region.to_string(),
            "name": { "zh": policy.region_name.zh, "en": policy.region_name.en },
            "scheme": policy.scheme.code(),
            "from": policy.effective.to_string(),
            "until": entry.until.map(|day| day.to_string()),
            "file": entry.file.name,
            "sha256": entry.file.hash,
            "figures": Value::Object(figures.collect::<Map<String, Value>>()),
            "gaps": policy.gaps.len(),
        })
    };
    let value = json!({ "policies": entries.iter().map(entry).collect::<Vec<_>>() });
    serde_json::to_string_pretty(&value).unwrap_or_default()
}
