//! The dictionary (1901): the tables of codes, row by row.

use super::codes;
use super::fields::person::IN_1901_DATA;
use super::node::shortened;
use super::refusal::Refusal;
use super::work::{Done, Work};
use super::write::Out;

/// The tables stand as they are since the agency answers; no day is kept with them.
const SINCE: &str = "2000-01-01";

/// 1901: a table by its name. Tables hold for every area and day here, and have no tables above them.
pub(super) fn table(work: &Work<'_>) -> Result<Done, Refusal> {
    let (name, valid) = work.read(|reader| {
        let data = reader.one(&IN_1901_DATA)?;
        let name = data.text("type").map(str::to_owned);
        let valid = data.opt_flag("Vali_Flag");
        Ok((name?, valid?.unwrap_or(true)))
    })?;
    let table = codes::table(&name).ok_or_else(|| unknown(&name))?;
    // None of the codes is out of use.
    let rows = if valid { table.rows } else { &[] };
    let mut out = Out::new();
    out.list("list", |list| {
        for (sort, (value, label)) in (1..).zip(rows) {
            list.row(|row| {
                row.text("type", &table.name.to_ascii_uppercase())
                    .text("label", label)
                    .text("value", value)
                    .text("parentValue", "")
                    .whole("sort", sort)
                    .text("valiFlag", "1")
                    .text("createUser", work.window.area.as_str())
                    .text("createDate", SINCE)
                    .whole("version", 1);
            });
        }
    });
    Ok(Done::Output(out.json()))
}

fn unknown(name: &str) -> Refusal {
    let name = shortened(name);
    Refusal::door(
        "no_table",
        format!("没有字典类型{name}，请核对type"),
        format!("there is no table {name}"),
    )
}
