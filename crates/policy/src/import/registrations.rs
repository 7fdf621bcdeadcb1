//! `registrations.csv`: what is registered for persons: diseases, care elsewhere, approvals.

use std::io::Read;

use domain::identity_number::IdentityNumber;
use domain::registration::{Registration, RegistrationKind};

use super::cells::{Cells, Column};
use super::row_error::RowErrors;
use super::sheet::{Form, Sheet};
use super::spelling;

/// Something registered for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistrationRow {
    /// The person.
    pub identity_number: IdentityNumber,
    /// What is registered.
    pub registration: Registration,
}

const FORM: Form<RegistrationRow> = Form {
    columns: &[
        Column::needed(
            "identity_number",
            &["身份证号", "身份证号码", "公民身份号码"],
        ),
        Column::needed("kind", &["备案类型"]),
        Column::optional("disease", &["病种"]),
        Column::optional("facility", &["机构编码", "定点医药机构编号"]),
        Column::optional("region", &["就医地区划", "医保区划"]),
        Column::needed("from", &["开始日期"]),
        Column::optional("until", &["结束日期"]),
    ],
    read,
    once: None,
};

/// The registrations of a file.
///
/// # Errors
/// What is wrong with the header.
pub fn registrations<R: Read>(
    file: &str,
    input: R,
) -> Result<Sheet<RegistrationRow, R>, RowErrors> {
    Sheet::with_header(file, input, &FORM)
}

fn read(cells: &mut Cells<'_>) -> Option<RegistrationRow> {
    let identity_number = cells.need("identity_number", spelling::identity_number);
    let kind = cells.need("kind", |cell| {
        spelling::word(
            cell,
            RegistrationKind::ALL,
            RegistrationKind::code,
            RegistrationKind::name,
        )
    });
    let disease = cells.optional("disease", spelling::policy_word);
    let facility = cells.optional("facility", spelling::code);
    let region = cells.optional("region", spelling::region);
    let days = cells.days("from", "until");
    if let (Some(kind), Some(disease), Some(facility), Some(region)) =
        (kind, &disease, &facility, region)
    {
        complete(
            cells,
            kind,
            [disease.is_some(), facility.is_some(), region.is_some()],
        );
    }
    let (from, until) = days?;
    let registration = Registration {
        kind: kind?,
        disease: disease?,
        facility: facility?,
        region: region?,
        from,
        until,
    };
    Some(RegistrationRow {
        identity_number: identity_number?,
        registration,
    })
}

/// What each kind must say; what it does not say holds for all. A long stay elsewhere and a referral lead somewhere
/// (医保发〔2022〕22号); an approval is of one provider.
fn complete(cells: &mut Cells<'_>, kind: RegistrationKind, [disease, facility, region]: [bool; 3]) {
    match kind {
        RegistrationKind::Disease if !disease => {
            cells.fault("disease", "the kind `disease` names the disease");
        }
        RegistrationKind::Disease => {}
        _ if disease => cells.fault("disease", "only the kind `disease` names a disease"),
        RegistrationKind::LongTerm if !region => {
            cells.fault(
                "region",
                "the kind `long_term` names the region of the stay",
            );
        }
        RegistrationKind::Referral if !region && !facility => {
            cells.fault("region", "the kind `referral` names a region or a provider");
        }
        RegistrationKind::Approval if !facility => {
            cells.fault("facility", "the kind `approval` names the provider");
        }
        RegistrationKind::Designation if !facility => {
            cells.fault("facility", "the kind `designation` names the provider");
        }
        _ => {}
    }
}
