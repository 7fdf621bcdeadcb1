//! `catalogue.csv`: what the insurance pays for, item by item.

use std::io::Read;

use domain::Ratio;
use domain::bill::{Category, ItemClass};
use domain::catalogue::{Catalogue, CatalogueItem, Overlap};

use super::cells::{Cells, Column};
use super::row_error::{RowError, RowErrors};
use super::sheet::{Form, Row, Sheet};
use super::spelling;
use crate::figure;

const FORM: Form<CatalogueItem> = Form {
    columns: &[
        Column::needed("code", &["医保目录编码", "项目编码"]),
        Column::needed("name", &["医保目录名称", "项目名称"]),
        Column::needed("category", &["目录类别"]),
        Column::needed("class", &["收费项目等级", "甲乙类"]),
        Column::optional("limit", &["限价", "医保支付标准"]),
        Column::optional("first_share", &["先自付比例", "先行自付比例"]),
        Column::optional("restriction", &["限制使用范围"]),
        Column::needed("from", &["开始日期"]),
        Column::optional("until", &["结束日期"]),
    ],
    read,
    // One code may have several versions; those that overlap are found when the catalogue is made.
    once: None,
};

/// The items of a file, row by row.
///
/// # Errors
/// What is wrong with the header.
pub fn catalogue_rows<R: Read>(file: &str, input: R) -> Result<Sheet<CatalogueItem, R>, RowErrors> {
    Sheet::with_header(file, input, &FORM)
}

/// The catalogue of a file.
///
/// # Errors
/// Everything that is wrong with the file, up to a thousand faults, or the versions that overlap.
pub fn catalogue(file: &str, input: impl Read) -> Result<Catalogue, RowErrors> {
    let rows = catalogue_rows(file, input)?.gather()?;
    let items = rows
        .into_iter()
        .map(|Row { line, row }| (line, row))
        .collect();
    Catalogue::new(items).map_err(|overlaps| {
        RowErrors(
            overlaps
                .iter()
                .map(|overlap| overlapping(file, overlap))
                .collect(),
        )
    })
}

fn overlapping(file: &str, overlap: &Overlap) -> RowError {
    RowError {
        file: file.to_owned(),
        line: overlap.lines.last().copied(),
        column: None,
        value: None,
        rule: overlap.to_string(),
    }
}

fn read(cells: &mut Cells<'_>) -> Option<CatalogueItem> {
    let code = cells.need("code", spelling::code);
    let name = cells.need("name", spelling::text);
    let category = cells.need("category", |cell| {
        spelling::word(cell, Category::ALL, Category::code, Category::name)
    });
    let class = cells.need("class", |cell| {
        spelling::word(cell, ItemClass::ALL, ItemClass::code, ItemClass::name)
    });
    let limit = cells.optional("limit", figure::unit_price);
    let first_share = cells.optional("first_share", figure::ratio);
    let restriction = cells.optional("restriction", spelling::text);
    let days = cells.days("from", "until");
    if let (Some(ItemClass::C), Some(Some(share))) = (class, first_share)
        && share != Ratio::ONE
    {
        cells.fault(
            "first_share",
            "an item of class C is paid by the person: it has no first share but 100%",
        );
    }
    let (from, until) = days?;
    Some(CatalogueItem {
        code: code?,
        name: name?,
        category: category?,
        class: class?,
        limit: limit?,
        first_share: first_share?,
        restriction: restriction?,
        from,
        until,
    })
}
