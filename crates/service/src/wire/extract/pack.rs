//! The ZIP of a download: one text, its cells divided by tabs, in the order of the table's columns.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Write};

use agency::domain::bill::ItemClass;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::wire::items::{Listed, record, version};

/// What stands in an empty cell.
const NOTHING: &str = "null";

/// Which of an item's words a column has.
#[derive(Clone, Copy)]
enum Cell {
    Code,
    Name,
    Class,
    Restriction,
    Restricted,
    From,
    Until,
    Valid,
    Record,
    Changed,
    Version,
}

/// The columns of all lists that are filled, by their published names. A table.
const CELLS: &[(&str, Cell)] = &[
    ("医疗目录编码", Cell::Code),
    ("药品商品名", Cell::Name),
    ("药品通用名", Cell::Name),
    ("单味药名称", Cell::Name),
    ("医疗服务项目名称", Cell::Name),
    ("耗材名称", Cell::Name),
    ("国家医保药品目录甲乙类标识", Cell::Class),
    ("限制使用范围", Cell::Restriction),
    ("医保限用范围", Cell::Restriction),
    ("限制使用标志", Cell::Restricted),
    ("开始日期", Cell::From),
    ("结束日期", Cell::Until),
    ("有效标志", Cell::Valid),
    ("唯一记录号", Cell::Record),
    ("数据创建时间", Cell::From),
    ("数据更新时间", Cell::Changed),
    ("版本号", Cell::Version),
    ("版本名称", Cell::Version),
];

/// A ZIP with one text; the same text makes the same bytes.
pub(super) fn zip(
    name: &str,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file(name, options)?;
    write(&mut zip)?;
    Ok(zip.finish()?.into_inner())
}

/// The rows of a list of items.
pub(super) fn items<'a>(
    text: &mut dyn Write,
    names: &[&str],
    rows: impl Iterator<Item = Listed<'a>>,
) -> io::Result<()> {
    let cell = |name: &&str| CELLS.iter().find(|(known, _)| known == name);
    let cells: Vec<Option<Cell>> = names
        .iter()
        .map(|name| cell(name).map(|(_, cell)| *cell))
        .collect();
    let mut line = String::new();
    for row in rows {
        line.clear();
        for cell in &cells {
            let value = cell.and_then(|cell| told(cell, row));
            push(&mut line, value.as_deref());
        }
        end(text, &mut line)?;
    }
    Ok(())
}

/// The rows of the list of diseases.
pub(super) fn diseases(
    text: &mut dyn Write,
    names: &[&str],
    diseases: &BTreeMap<String, String>,
    area: &str,
) -> io::Result<()> {
    let mut line = String::new();
    for (code, name) in diseases {
        let record = record(&[code, name]);
        line.clear();
        for column in names {
            let value = match *column {
                "门慢门特病种目录代码" => Some(code.as_str()),
                "门慢门特病种名称" => Some(name.as_str()),
                "医保区划" => Some(area),
                "有效标志" => Some("1"),
                "唯一记录号" => Some(record.as_str()),
                _ => None,
            };
            push(&mut line, value);
        }
        end(text, &mut line)?;
    }
    Ok(())
}

fn told(cell: Cell, row: Listed<'_>) -> Option<String> {
    let item = row.item;
    let told = match cell {
        Cell::Code => item.code.clone(),
        Cell::Name => item.name.clone(),
        Cell::Class => class(item.class).to_owned(),
        Cell::Restriction => return item.restriction.clone(),
        Cell::Restricted => row.restricted().to_owned(),
        Cell::From => item.from.to_string(),
        Cell::Until => return item.until.map(|until| until.to_string()),
        Cell::Valid => "1".to_owned(),
        Cell::Record => row.record(),
        Cell::Changed => row.changed.to_string(),
        Cell::Version => version(row.changed),
    };
    Some(told)
}

const fn class(class: ItemClass) -> &'static str {
    match class {
        ItemClass::A => "甲",
        ItemClass::B => "乙",
        ItemClass::C => "丙",
    }
}

/// One cell and the tab after it. What would end a cell or a line is a space within it.
fn push(line: &mut String, value: Option<&str>) {
    match value.map(str::trim).filter(|value| !value.is_empty()) {
        Some(value) => line.extend(value.chars().map(|c| if c.is_control() { ' ' } else { c })),
        None => line.push_str(NOTHING),
    }
    line.push('\t');
}

fn end(text: &mut dyn Write, line: &mut String) -> io::Result<()> {
    // The last tab divides nothing.
    line.pop();
    line.push('\n');
    text.write_all(line.as_bytes())
}
