//! `employers.csv`: the employers that pay contributions.

use std::io::Read;

use domain::credit_code::CreditCode;
use jiff::civil::Date;

use super::cells::{Cells, Column};
use super::row_error::RowErrors;
use super::sheet::{Form, Once, Sheet};
use super::spelling;

/// An employer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmployerRow {
    /// The unified social credit code.
    pub code: CreditCode,
    /// The name.
    pub name: String,
    /// First day.
    pub from: Date,
    /// Last day; open if absent.
    pub until: Option<Date>,
}

const FORM: Form<EmployerRow> = Form {
    columns: &[
        Column::needed("code", &["统一社会信用代码", "单位代码"]),
        Column::needed("name", &["单位名称"]),
        Column::needed("from", &["参保日期", "开始日期"]),
        Column::optional("until", &["终止日期", "结束日期"]),
    ],
    read,
    once: Some(Once {
        column: "code",
        what: "this employer",
        of: |row| row.code.to_string(),
    }),
};

/// The employers of a file.
///
/// # Errors
/// What is wrong with the header.
pub fn employers<R: Read>(file: &str, input: R) -> Result<Sheet<EmployerRow, R>, RowErrors> {
    Sheet::with_header(file, input, &FORM)
}

fn read(cells: &mut Cells<'_>) -> Option<EmployerRow> {
    let code = cells.need("code", spelling::credit_code);
    let name = cells.need("name", spelling::text);
    let days = cells.days("from", "until");
    let (from, until) = days?;
    Some(EmployerRow {
        code: code?,
        name: name?,
        from,
        until,
    })
}
