//! The operators of a demonstration: one of each role, the cashiers at a pharmacy and at a small clinic of the town.

use agency::Agency;
use agency::office::Office;
use domain::facility::FacilityKind;
use domain::region::Region;
use service::demo::{self, At};
use service::operators::{Wanted, told};

use crate::desk::person::today;
use crate::desk::{Desk, operator};

pub(super) fn made(agency: &Agency, desk: &Desk<'_>) -> Result<(), String> {
    let office = agency.office();
    for one in demo::OPERATORS {
        let Some(institution) = institution(&office, one.at) else {
            continue;
        };
        let wanted = Wanted {
            name: one.name.to_owned(),
            called: one.called.to_owned(),
            role: one.role,
            institution,
        };
        let wanted = wanted.checked(&office, today());
        let wanted = wanted.map_err(|faults| told(&faults, desk.lang()))?;
        let operator = wanted.with(&demo::password(one.name), today());
        let operator = operator.map_err(|fault| told(&[fault], desk.lang()))?;
        operator::hired(agency, operator, desk)?;
    }
    Ok(())
}

/// The first institution of the kind by code; a clinic is the smallest there is. None where the town has none.
fn institution(office: &Office, at: At) -> Option<String> {
    let agreements = office.agreements.values().flatten();
    // The districts of a pooling region have its first four digits.
    let pool = |region: Region| region.digits() / 100;
    let own = agreements.filter(|a| pool(a.region) == pool(office.region) && a.until.is_none());
    let found = own.filter(|a| match at {
        At::Agency => false,
        At::Pharmacy => a.kind == FacilityKind::Pharmacy,
        At::Clinic => a.kind == FacilityKind::General,
    });
    let first = found.min_by_key(|a| (a.level, !a.community, a.code.clone()));
    match at {
        At::Agency => Some(String::new()),
        At::Pharmacy | At::Clinic => first.map(|a| a.code.clone()),
    }
}
