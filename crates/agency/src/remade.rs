//! The bill of a settlement that was recorded, made again from what was known before it: for those who explain it.

use domain::Fen;
use domain::bill::{Bill, StaySoFar};

use crate::act::settle::{Case, Told};
use crate::office::Office;
use crate::record::Settled;
use crate::refused::Refused;
use crate::state::PersonState;

/// The bill that was settled under a policy of the office, with the person's state before the settlement.
///
/// # Errors
/// When there is no such policy, or the state is not the one that the settlement followed.
pub fn remade(
    office: &Office,
    (person, before): (u64, &PersonState),
    (policy, settled): (u32, &Settled),
) -> Result<Bill, Refused> {
    let version = office.policies.numbered(policy);
    let version =
        version.ok_or_else(|| Refused::Unavailable(format!("there is no policy {policy}")))?;
    let (in_scope, deductible) = settled.stay.unwrap_or_default();
    let case = Case::of(&Told {
        office,
        version,
        person,
        state: before,
        care: &settled.care,
        institution: &settled.institution,
        stay: StaySoFar {
            in_scope: Fen::new(in_scope),
            deductible: Fen::new(deductible),
        },
        deposit: settled.deposit.map(Fen::new),
    })?;
    Ok(case.bill)
}
