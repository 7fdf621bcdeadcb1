//! The files of the national catalogue, combined into the catalogue of the region.

use std::io::Read;
use std::path::{Path, PathBuf};

use domain::words::Lang;
use policy::import::national::{
    Choice, Combination, LeftOut, first_shares, insured_items, layout, listed_items, price_limits,
    with_text,
};
use policy::import::{Row, RowErrors, Sheet};

use super::lists::items_listed;
use super::{Came, Work};
use crate::output::count;

/// Which list a file is, by its name or by what stands before it.
const LISTS: &[&str] = &[
    "insured-items",
    "price-limits",
    "first-shares",
    "drugs",
    "herbs",
    "preparations",
    "services",
    "materials",
];

pub(super) fn import(work: &Work<'_>) -> Result<Came, String> {
    let command = work.command;
    let mut combination = Combination::new(Choice {
        region: work.agency.region(),
        scheme: command.scheme,
        limit_type: command.limit_type.clone(),
    });
    let files: Vec<String> = command
        .files
        .iter()
        .map(|f| f.display().to_string())
        .collect();
    let mut came = Came::of(&files.join(", "));
    for file in &command.files {
        let (list, path) = list(work, file)?;
        let read = with_text(&path, |name, input| {
            take(list, name, input, &mut combination, &mut came);
        });
        if let Err(errors) = read {
            came.refuse(errors);
        }
    }
    came.whole = came.refused > 0 && !command.keep_good;
    if came.whole {
        return Ok(came);
    }
    match combination.finish() {
        Ok(combined) => {
            let items = combined.catalogue.items().to_vec();
            items_listed(work, &mut came, items)?;
            if !command.json {
                left_out(work, combined.left_out);
            }
        }
        Err(clashes) => {
            for clash in &clashes {
                came.refuse_row(clash.lines[1], clash.to_string());
            }
            came.whole = true;
        }
    }
    Ok(came)
}

/// `insured-items=FILE`, or the file's own name.
fn list(work: &Work<'_>, file: &Path) -> Result<(&'static str, PathBuf), String> {
    let text = file.to_string_lossy();
    let (named, path) = match text.split_once('=') {
        Some((list, path)) => (list.to_owned(), PathBuf::from(path)),
        None => {
            let stem = file.file_stem().unwrap_or_default();
            (stem.to_string_lossy().into_owned(), file.to_owned())
        }
    };
    let known = LISTS.iter().find(|list| **list == named);
    let list = known.ok_or_else(|| {
        let lists = LISTS.join(", ");
        match work.desk.lang() {
            Lang::Zh => format!("{text}：文件名应为 {lists} 之一，或写作 insured-items=文件"),
            Lang::En => {
                format!("{text}: its name is one of {lists}, or write insured-items=FILE")
            }
        }
    })?;
    Ok((list, path))
}

fn take(
    list: &str,
    name: &str,
    input: &mut dyn Read,
    combination: &mut Combination,
    came: &mut Came,
) {
    let layout = match list {
        "insured-items" => {
            return rows(insured_items(name, input), came, |r| combination.insured(r));
        }
        "price-limits" => {
            return rows(price_limits(name, input), came, |r| combination.limit(r));
        }
        "first-shares" => {
            return rows(first_shares(name, input), came, |r| {
                combination.first_share(r);
            });
        }
        "drugs" => &layout::DRUGS,
        "herbs" => &layout::HERBS,
        "preparations" => &layout::PREPARATIONS,
        "services" => &layout::SERVICES,
        _ => &layout::MATERIALS,
    };
    rows(listed_items(layout, name, input), came, |r| {
        combination.listed(r);
    });
}

fn rows<T, R: Read>(sheet: Sheet<T, R>, came: &mut Came, mut take: impl FnMut(Row<T>)) {
    for row in sheet {
        match row {
            Ok(row) => take(row),
            Err(errors @ RowErrors(_)) => came.refuse(errors),
        }
    }
}

/// What the lists say that is no part of this region's catalogue.
fn left_out(work: &Work<'_>, left: LeftOut) {
    let output = work.desk.output;
    for (number, zh, en) in [
        (left.elsewhere, "属其他地区", "of other areas"),
        (left.invalid, "无效", "not valid"),
        (left.not_medical, "非医疗保险", "of another insurance"),
        (
            left.of_others,
            "属其他险种或人员的先自付比例",
            "first shares of others",
        ),
        (
            left.other_shares,
            "非先自付比例",
            "ratios that are no first share",
        ),
        (
            left.other_limits,
            "其他类型的限价",
            "price limits of another type",
        ),
        (
            left.not_insured,
            "不在医保目录内",
            "codes that are not insured",
        ),
    ] {
        if number > 0 {
            let words = output.say(zh, en);
            output.line(&format!("{:>12}  {words}", count(number)));
        }
    }
}
