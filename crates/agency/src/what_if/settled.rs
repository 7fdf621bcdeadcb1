//! `SettledIf`: a settlement of the books made again, and what the same bill would have come to if one thing about it had been otherwise.

use domain::Plan;
use domain::bill::Bill;
use domain::settlement::Settlement;
use domain::step::Step;
use domain::words::{Lang, Name};
use policy::Library;
use store::EntryRow;

use super::{Changed, Other, elsewhere, emptied, outcome, regions};
use crate::office::Office;
use crate::record::{Event, Settled};
use crate::remade;
use crate::state::PersonState;

/// A settlement made again, and what the bill would have come to otherwise.
#[derive(Clone, Debug)]
pub struct SettledIf {
    /// The bill as it was settled.
    pub bill: Bill,
    /// What it came to: the steps are those of the books.
    pub settlement: Settlement,
    /// What else it would have come to.
    pub others: Vec<Other>,
}

impl SettledIf {
    /// Settles the bill of an entry again, and each bill that differs from it in one thing; none if the person has no such settlement.
    ///
    /// # Errors
    /// When the settlement cannot be made again as the books have it.
    pub fn of(
        office: &Office,
        library: &Library,
        history: &[(EntryRow, Event)],
        number: u64,
    ) -> Result<Option<SettledIf>, Name> {
        let found = history.iter().find(|(entry, _)| entry.seq == number);
        let Some((entry, Event::Settled(recorded))) = found else {
            return Ok(None);
        };
        let before = before(history, number)?;
        let told = (entry.policy, &**recorded);
        let bill = remade(office, (entry.person, &before), told);
        let bill = bill.map_err(|refused| in_both(|lang| refused.describe(lang)))?;
        // It was there when the bill was made.
        let Some(version) = office.policies.numbered(entry.policy) else {
            return Ok(None);
        };
        let plan = &version.file.plan;
        let settlement = under(plan, &bill)?;
        if !is_recorded(&settlement, recorded) {
            return Err(other_steps(number));
        }
        let own = emptied(&bill).into_iter().chain(elsewhere(&bill));
        let mut others: Vec<Other> = own
            .map(|(changed, bill)| Other {
                changed,
                outcome: under(plan, &bill),
            })
            .collect();
        others.extend(of_other_days(office, plan, &bill));
        others.extend(regions(library, &bill).into_iter().map(|(changed, bill)| {
            let outcome = outcome(library, bill);
            Other { changed, outcome }
        }));
        Ok(Some(SettledIf {
            bill,
            settlement,
            others,
        }))
    }
}

/// The person's state before an entry: the fold over the entries before it.
fn before(history: &[(EntryRow, Event)], number: u64) -> Result<PersonState, Name> {
    let mut state = PersonState::default();
    for (entry, event) in history.iter().filter(|(entry, _)| entry.seq < number) {
        let applied = state.apply(entry, event);
        applied.map_err(|broken| in_both(|_| broken.to_string()))?;
    }
    Ok(state)
}

fn under(plan: &Plan, bill: &Bill) -> Result<Settlement, Name> {
    domain::settle(bill, plan).map_err(|e| in_both(|lang| e.describe(lang)))
}

fn is_recorded(settlement: &Settlement, recorded: &Settled) -> bool {
    let steps: Option<Vec<Step>> = recorded.steps.iter().map(|form| form.step()).collect();
    steps.as_deref() == Some(settlement.steps())
}

fn other_steps(number: u64) -> Name {
    Name {
        zh: format!("结算 {number} 按当时政策重算，步骤与账目不符，请核查账目"),
        en: format!(
            "settlement {number} made again gives other steps than the books have; have them audited"
        ),
    }
}

/// The region's rules of other days, as if they had been in force on the day of the bill.
fn of_other_days<'a>(
    office: &'a Office,
    plan: &'a Plan,
    bill: &'a Bill,
) -> impl Iterator<Item = Other> {
    let own = &plan.policy;
    let others = office.policies.current().iter();
    let others = others.filter(move |version| {
        let policy = version.policy();
        policy.scheme == own.scheme && policy.effective != own.effective
    });
    others.map(|version| {
        let from = version.policy().effective;
        let mut plan = version.file.plan.clone();
        (plan.policy.effective, plan.policy.ends) = (bill.days.first(), None);
        Other {
            changed: Changed::Rules(from),
            outcome: under(&plan, bill),
        }
    })
}

fn in_both(text: impl Fn(Lang) -> String) -> Name {
    Name {
        zh: text(Lang::Zh),
        en: text(Lang::En),
    }
}
