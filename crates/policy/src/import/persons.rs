//! `persons.csv`: the insured persons of a region.

use std::io::Read;

use domain::Fen;
use domain::credit_code::CreditCode;
use domain::identity_number::IdentityNumber;
use domain::membership::Sex;
use domain::person::{Identity, Status};
use domain::words::Lang;
use jiff::civil::Date;

use super::cells::{Cells, Column};
use super::row_error::RowErrors;
use super::sheet::{Form, Once, Sheet};
use super::spelling;
use crate::figure;

/// An insured person, as enrolled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRow {
    /// The identity number; the day of birth and the sex are taken from it.
    pub identity_number: IdentityNumber,
    /// The name.
    pub name: String,
    /// The day of birth.
    pub birth: Date,
    /// The sex.
    pub sex: Sex,
    /// Status in the scheme.
    pub status: Status,
    /// What a policy may ask about, by code.
    pub identities: Vec<String>,
    /// The employer.
    pub employer: Option<CreditCode>,
    /// The monthly wage.
    pub wage: Option<Fen>,
    /// The day of enrolment.
    pub from: Date,
    /// The day of joining work (参加工作日期).
    pub joining: Option<Date>,
    /// The day of retirement.
    pub retired: Option<Date>,
}

const FORM: Form<PersonRow> = Form {
    columns: &[
        Column::needed(
            "identity_number",
            &["身份证号", "身份证号码", "公民身份号码"],
        ),
        Column::needed("name", &["姓名"]),
        Column::optional("birth", &["出生日期"]),
        Column::needed("status", &["人员状态", "人员类别"]),
        Column::optional("identities", &["人员身份"]),
        Column::optional("employer", &["单位代码", "单位统一社会信用代码"]),
        Column::optional("wage", &["月工资", "缴费工资"]),
        Column::needed("from", &["参保日期"]),
        Column::optional("joining", &["参加工作日期"]),
        Column::optional("retired", &["退休日期"]),
    ],
    read,
    once: Some(Once {
        column: "identity_number",
        what: "this person",
        of: |row| row.identity_number.to_string(),
    }),
};

/// The persons of a file.
///
/// # Errors
/// What is wrong with the header.
pub fn persons<R: Read>(file: &str, input: R) -> Result<Sheet<PersonRow, R>, RowErrors> {
    Sheet::with_header(file, input, &FORM)
}

fn read(cells: &mut Cells<'_>) -> Option<PersonRow> {
    let identity_number = cells.need("identity_number", spelling::identity_number);
    let name = cells.need("name", spelling::text);
    let birth = cells.optional("birth", spelling::day);
    let status = cells.need("status", |cell| {
        spelling::word(cell, Status::ALL, Status::code, Status::name)
    });
    let identities = cells.list("identities", identity);
    let employer = cells.optional("employer", spelling::credit_code);
    let wage = cells.optional("wage", figure::yuan);
    let from = cells.need("from", spelling::day);
    let joining = cells.optional("joining", spelling::day);
    let retired = cells.optional("retired", spelling::day);
    let born = identity_number.map(IdentityNumber::birth);
    if let (Some(Some(told)), Some(born)) = (birth, born)
        && told != born
    {
        cells.fault(
            "birth",
            format!("the identity number has the day of birth {born}"),
        );
    }
    follow(
        cells,
        born,
        &[
            ("from", from),
            ("joining", joining.flatten()),
            ("retired", retired.flatten()),
        ],
    );
    if let Some(status) = status {
        belongs(
            cells,
            status,
            [
                ("employer", employer.flatten().is_some()),
                ("wage", wage.flatten().is_some()),
            ],
        );
        if retired.flatten().is_some() && status != Status::Retired {
            cells.fault(
                "retired",
                "only the status `retired` has a day of retirement",
            );
        }
    }
    let identity_number = identity_number?;
    Some(PersonRow {
        identity_number,
        name: name?,
        birth: identity_number.birth(),
        sex: identity_number.sex(),
        status: status?,
        identities: identities?,
        employer: employer?,
        wage: wage?,
        from: from?,
        joining: joining?,
        retired: retired?,
    })
}

/// An identity by its code or its Chinese name, or another word that a policy may name.
fn identity(cell: &str) -> Result<String, String> {
    let named = |identity: &&Identity| identity.name(Lang::Zh) == cell;
    match Identity::ALL.iter().find(named) {
        Some(identity) => Ok(identity.code().to_owned()),
        None => spelling::policy_word(cell),
    }
}

/// Nothing lies before the day of birth.
fn follow(cells: &mut Cells<'_>, born: Option<Date>, days: &[(&str, Option<Date>)]) {
    for (column, day) in days {
        if let (Some(born), Some(day)) = (born, day)
            && *day < born
        {
            cells.fault(column, format!("it lies before the day of birth, {born}"));
        }
    }
}

/// Residents have no employer and no wage.
fn belongs(cells: &mut Cells<'_>, status: Status, given: [(&str, bool); 2]) {
    for (column, given) in given {
        if given && status == Status::Resident {
            cells.fault(column, "a resident has no employer and no wage");
        }
    }
}
