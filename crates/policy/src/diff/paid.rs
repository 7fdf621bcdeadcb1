//! What changes in what is paid in and credited: premium by premium, and credits where either policy tells persons apart.

use domain::Fen;
use domain::cite::Standing;
use domain::class::Span;
use domain::person::Status;
use domain::policy::contribution::{
    Cell, Contributor, Credit, Every, Figures, Premium, PremiumPurse, cells,
};
use domain::policy::{Policy, Spelt};
use jiff::civil::Date;

use super::Changed;

/// One figure that changes, or the same figure with another standing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaidChange {
    /// Which.
    pub what: Paid,
    /// For persons of these statuses; for everyone if none.
    pub statuses: Vec<Status>,
    /// As it was and as it is, each with its standing.
    pub value: Sides,
}

/// A figure as it was and as it is, each with its standing.
type Sides = Changed<(Due, Standing)>;

/// Which figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Paid {
    /// The least base of contribution.
    Floor,
    /// The largest.
    Ceiling,
    /// What one pays into one purse for persons with all and without any of these identities.
    Premium(Contributor, PremiumPurse, [Vec<String>; 2]),
    /// What the account is credited, of these ages and days of retirement.
    Credit(Span<u16>, Span<Date>),
}

/// What it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// A bound of the base.
    Bound(Fen),
    /// A sum, and how often.
    Sum(Every, Figures),
}

/// Everything that changes, in the order of the tables; those of whom the same changes are told together.
pub(super) fn changes(old: &Policy, new: &Policy) -> Vec<PaidChange> {
    let mut all: Vec<PaidChange> = Vec::new();
    for (what, value) in bounds(old, new) {
        add(&mut all, what, None, value);
    }
    for &status in Status::ALL {
        for (what, value) in premiums([old, new], status) {
            add(&mut all, what, Some(status), value);
        }
    }
    for &status in Status::ALL {
        for (what, value) in credits([old, new], status) {
            add(&mut all, what, Some(status), value);
        }
    }
    all
}

fn add(all: &mut Vec<PaidChange>, what: Paid, status: Option<Status>, value: Sides) {
    if value.from == value.to {
        return;
    }
    let same = |known: &&mut PaidChange| known.what == what && known.value == value;
    match all.iter_mut().find(same) {
        Some(known) => known.statuses.extend(status),
        None => all.push(PaidChange {
            what,
            statuses: status.into_iter().collect(),
            value,
        }),
    }
}

fn bounds(old: &Policy, new: &Policy) -> [(Paid, Sides); 2] {
    let side = |policy: &Policy, floor: bool| {
        let base = policy.contributions.base.as_ref()?;
        let bound: &Spelt<Fen> = if floor { &base.floor } else { &base.ceiling }.as_ref()?;
        Some((Due::Bound(bound.value), base.cite.standing))
    };
    [(Paid::Floor, true), (Paid::Ceiling, false)].map(|(what, floor)| {
        let value = Changed {
            from: side(old, floor),
            to: side(new, floor),
        };
        (what, value)
    })
}

/// The premiums of a status, those of the new policy first.
fn premiums(policies: [&Policy; 2], status: Status) -> Vec<(Paid, Sides)> {
    let of = |policy: &'_ Policy| -> Vec<(Paid, (Due, Standing))> {
        let premiums = policy.contributions.premiums.iter();
        let premiums = premiums.filter(|p| p.statuses.contains(&status));
        premiums.map(|p| (name(p), premium(policy, p))).collect()
    };
    let [old, new] = policies.map(of);
    let mut names: Vec<Paid> = Vec::new();
    for (name, _) in new.iter().chain(&old) {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    let find = |side: &[(Paid, (Due, Standing))], name: &Paid| {
        let found = side.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| *value)
    };
    let sides = |name: Paid| {
        let value = Changed {
            from: find(&old, &name),
            to: find(&new, &name),
        };
        (name, value)
    };
    names.into_iter().map(sides).collect()
}

fn name(premium: &Premium) -> Paid {
    let identities = [premium.identities.clone(), premium.without.clone()];
    Paid::Premium(premium.payer, premium.into, identities)
}

fn premium(policy: &Policy, premium: &Premium) -> (Due, Standing) {
    let due = Due::Sum(premium.every, policy.figures(&premium.sum));
    (due, premium.cite.standing)
}

/// The credits of a status; cells beside each other in which the same changes are joined.
fn credits(policies: [&Policy; 2], status: Status) -> Vec<(Paid, Sides)> {
    let [old, new] = policies;
    let mut joined: Vec<(Cell, Sides)> = Vec::new();
    let both = [&old.contributions, &new.contributions];
    for (ages, days) in cells(&both, status) {
        let value = |policy: &Policy| {
            let credit = policy.contributions.credit_in(status, &(ages, days))?;
            Some(credited(policy, credit))
        };
        let sides = Changed {
            from: value(old),
            to: value(new),
        };
        match joined.last_mut() {
            Some((cell, last)) if *last == sides && cell.1 == days => cell.0.until = ages.until,
            _ => joined.push(((ages, days), sides)),
        }
    }
    let told = |((ages, days), sides)| (Paid::Credit(ages, days), sides);
    over_days(joined).into_iter().map(told).collect()
}

/// The same ages with the same change on days that follow each other are one.
fn over_days(cells: Vec<(Cell, Sides)>) -> Vec<(Cell, Sides)> {
    let mut joined: Vec<(Cell, Sides)> = Vec::new();
    for ((ages, days), sides) in cells {
        let follows = |((known, before), same): &&mut (Cell, Sides)| {
            let next = before.until.and_then(|until| until.tomorrow().ok());
            *known == ages && *same == sides && next.is_some() && next == days.from
        };
        match joined.iter_mut().find(follows) {
            Some(((_, before), _)) => before.until = days.until,
            None => joined.push(((ages, days), sides)),
        }
    }
    joined
}

fn credited(policy: &Policy, credit: &Credit) -> (Due, Standing) {
    let due = Due::Sum(credit.every, policy.figures(&credit.sum));
    (due, credit.cite.standing)
}
