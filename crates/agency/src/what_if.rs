//! `WhatIf`: what a bill comes to, and what the same bill would come to if one thing about it were otherwise. Nothing of it touches the books.

mod settled;
#[cfg(test)]
mod tests;
mod unanswered;
mod year;

use std::sync::Arc;

use domain::account::Accounts;
use domain::bill::Bill;
use domain::facility::FacilityKind;
use domain::policy::Point;
use domain::region::Region;
use domain::setting::Setting;
use domain::settlement::Settlement;
use domain::step::Payer;
use domain::words::Name;
use jiff::civil::Date;
use policy::{Library, PolicyFile};

pub use settled::SettledIf;
pub use unanswered::Unanswered;
pub use year::Told;

/// A bill, the policy that holds for it, what it comes to, and what it would come to otherwise.
#[derive(Clone, Debug)]
pub struct WhatIf {
    /// The bill, with its year as the policy counts it.
    pub bill: Bill,
    /// Its policy.
    pub file: Arc<PolicyFile>,
    /// Where in the policy's space it falls.
    pub point: Point,
    /// What it comes to.
    pub settlement: Settlement,
    /// What it would come to if the accounts were empty.
    pub empty: Settlement,
    /// What else would change it.
    pub others: Vec<Other>,
}

/// The bill with one thing changed.
#[derive(Clone, Debug)]
pub struct Other {
    /// What is otherwise.
    pub changed: Changed,
    /// What it would come to, or why that cannot be said.
    pub outcome: Result<Settlement, Name>,
}

/// What is otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changed {
    /// There is nothing in the accounts.
    EmptyAccount,
    /// The hospital is of another level.
    Level(u8),
    /// It is a community health centre.
    Community,
    /// The same stay again, later in the year.
    Again,
    /// The person is insured in another region.
    Region(Region, Name),
    /// The rules are those that are in force from this day on.
    Rules(Date),
}

impl WhatIf {
    /// Settles a bill, and each bill that differs from it in one thing.
    ///
    /// # Errors
    /// Why the bill itself cannot be settled.
    pub fn of(library: &Library, bill: Bill) -> Result<WhatIf, Unanswered> {
        let Answered {
            bill,
            file,
            settlement,
        } = Answered::of(library, bill)?;
        let point = file.plan.point(&bill);
        let point = point.map_err(|e| Unanswered::Unsettled(Arc::clone(&file), e))?;
        let without = Bill {
            accounts: Accounts::default(),
            ..bill.clone()
        };
        let empty = Answered::of(library, without)?.settlement;
        let mut others = Vec::new();
        for (changed, bill) in changes(library, &bill, &settlement, &file) {
            let outcome = outcome(library, bill);
            others.push(Other { changed, outcome });
        }
        Ok(WhatIf {
            bill,
            file,
            point,
            settlement,
            empty,
            others,
        })
    }
}

/// A bill, under the policy of its day.
struct Answered {
    bill: Bill,
    file: Arc<PolicyFile>,
    settlement: Settlement,
}

impl Answered {
    fn of(library: &Library, bill: Bill) -> Result<Answered, Unanswered> {
        let file = library.in_force(bill.region, bill.scheme, bill.days.settlement());
        let file = file.map_err(Unanswered::Unfit)?;
        // Another region may count a setting as another one.
        let counted = |year| year::counted(year, &file.plan);
        let bill = Bill {
            year: counted(&bill.year),
            year_before: bill.year_before.as_ref().map(counted),
            ..bill
        };
        let settlement = domain::settle(&bill, &file.plan);
        let settlement = settlement.map_err(|e| Unanswered::Unsettled(Arc::clone(&file), e))?;
        Ok(Answered {
            bill,
            file,
            settlement,
        })
    }
}

/// What a bill that was changed would come to.
fn outcome(library: &Library, bill: Bill) -> Result<Settlement, Name> {
    let answered = Answered::of(library, bill).map_err(|why| why.name())?;
    Ok(answered.settlement)
}

/// Everything that may be otherwise, with the bill that it makes.
fn changes(
    library: &Library,
    bill: &Bill,
    settlement: &Settlement,
    file: &PolicyFile,
) -> Vec<(Changed, Bill)> {
    let mut all = Vec::new();
    all.extend(emptied(bill));
    all.extend(elsewhere(bill));
    if bill.setting == Setting::Inpatient {
        all.push((Changed::Again, again(bill, settlement, file)));
    }
    all.extend(regions(library, bill));
    all
}

/// Nothing in the accounts, where there is something.
fn emptied(bill: &Bill) -> Option<(Changed, Bill)> {
    let accounts = Accounts::default();
    let changed = Bill {
        accounts,
        ..bill.clone()
    };
    (!bill.accounts.are_empty()).then_some((Changed::EmptyAccount, changed))
}

/// The other regions that have the scheme.
fn regions(library: &Library, bill: &Bill) -> Vec<(Changed, Bill)> {
    let others = library.regions().iter();
    let others =
        others.filter(|known| known.region != bill.region && known.schemes.contains(&bill.scheme));
    let each = others.map(|known| {
        let changed = Bill {
            region: known.region,
            ..bill.clone()
        };
        (Changed::Region(known.region, known.name.clone()), changed)
    });
    each.collect()
}

/// The same care at hospitals of other levels; a pharmacy has none.
fn elsewhere(bill: &Bill) -> Vec<(Changed, Bill)> {
    let facility = &bill.facility;
    if facility.kind != FacilityKind::General {
        return Vec::new();
    }
    let at = |level, community| {
        let mut changed = bill.clone();
        (changed.facility.level, changed.facility.community) = (level, community);
        changed
    };
    let levels = [3, 2, 1].into_iter();
    let levels = levels.filter(|level| facility.community || *level != facility.level);
    let mut all: Vec<_> = levels
        .map(|level| (Changed::Level(level), at(level, false)))
        .collect();
    if !facility.community {
        all.push((Changed::Community, at(1, true)));
    }
    all
}

/// The same stay again: the first counts to the year, and what it took from the account is gone.
fn again(bill: &Bill, first: &Settlement, file: &PolicyFile) -> Bill {
    let mut bill = bill.clone();
    let setting = file.plan.stands_for(bill.setting).unwrap_or(bill.setting);
    bill.year.record(setting, first.totals());
    bill.year.stays += 1;
    let accounts = &mut bill.accounts;
    accounts.current = accounts.current.beyond(first.paid_by(Payer::Current));
    accounts.prior = accounts.prior.beyond(first.paid_by(Payer::Prior));
    bill
}
