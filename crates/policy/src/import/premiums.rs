//! `premiums.csv`: the contributions that were paid, month by month.

use std::io::Read;

use domain::Fen;
use domain::identity_number::IdentityNumber;
use jiff::civil::Date;

use super::cells::{Cells, Column};
use super::row_error::RowErrors;
use super::sheet::{Form, Once, Sheet};
use super::spelling;
use crate::figure;

/// A person's contribution of one month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PremiumRow {
    /// The person.
    pub identity_number: IdentityNumber,
    /// The month for which it was paid, as its first day.
    pub month: Date,
    /// The base of contribution (缴费基数).
    pub base: Fen,
    /// The day on which it was paid.
    pub paid: Date,
}

const FORM: Form<PremiumRow> = Form {
    columns: &[
        Column::needed(
            "identity_number",
            &["身份证号", "身份证号码", "公民身份号码"],
        ),
        Column::needed("month", &["费款所属期", "缴费月份"]),
        Column::needed("base", &["缴费基数"]),
        Column::needed("paid", &["到账日期", "缴费日期"]),
    ],
    read,
    once: Some(Once {
        column: "month",
        what: "this month of this person",
        of: |row| format!("{} {}", row.identity_number, row.month),
    }),
};

/// The contributions of a file.
///
/// # Errors
/// What is wrong with the header.
pub fn premiums<R: Read>(file: &str, input: R) -> Result<Sheet<PremiumRow, R>, RowErrors> {
    Sheet::with_header(file, input, &FORM)
}

fn read(cells: &mut Cells<'_>) -> Option<PremiumRow> {
    let identity_number = cells.need("identity_number", spelling::identity_number);
    let month = cells.need("month", spelling::month);
    let base = cells.need("base", figure::yuan);
    let paid = cells.need("paid", spelling::day);
    Some(PremiumRow {
        identity_number: identity_number?,
        month: month?,
        base: base?,
        paid: paid?,
    })
}
