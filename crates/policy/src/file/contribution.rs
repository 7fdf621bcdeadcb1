//! What is paid in and credited: the tables `contribution_base`, `premium` and `credit`.

use domain::person::Status;
use domain::policy::contribution::{
    Basis, ContributionBase, Contributions, Contributor, Credit, Every, Premium, PremiumPurse, Sum,
};

use super::Places;
use super::amounts::{plain_amount, ratio};
use super::ids::Ids;
use super::rows::read_rows;
use super::space::{ages, days};
use crate::bill::{needed, optional, texts};
use crate::reader::{EMPTY, Field, Reader, Table};

pub(super) fn contributions(
    r: &mut Reader<'_>,
    t: &mut Table<'_>,
    ids: &Ids,
    places: &mut Places,
) -> Contributions {
    Contributions {
        base: base(r, t, ids, places),
        premiums: read_rows(r, t, "premium", |r, t| {
            premium(r, t, ids, places).into_iter().collect()
        }),
        credits: read_rows(r, t, "credit", |r, t| {
            credit(r, t, ids, places).into_iter().collect()
        }),
    }
}

fn base(
    r: &mut Reader<'_>,
    t: &mut Table<'_>,
    ids: &Ids,
    places: &mut Places,
) -> Option<ContributionBase> {
    let field = t.take("contribution_base")?;
    let mut t = r.table(&field)?;
    let row = places.add("contribution_base", t.at);
    let floor = optional(r, &mut t, "floor", plain_amount);
    let ceiling = optional(r, &mut t, "ceiling", plain_amount);
    if matches!((&floor, &ceiling), (Some(None), Some(None))) {
        r.tell(t.at, &t.path, "give `floor`, `ceiling` or both");
    }
    let cite = ids.cite(r, &mut t);
    r.done(t);
    Some(ContributionBase {
        floor: floor?,
        ceiling: ceiling?,
        cite: cite?,
        row,
    })
}

fn premium(
    r: &mut Reader<'_>,
    t: &mut Table<'_>,
    ids: &Ids,
    places: &mut Places,
) -> Option<Premium> {
    let row = places.add("premium", t.at);
    let statuses = needed(r, t, "status", statuses);
    let identities = texts(r, t, "identities");
    let without = texts(r, t, "without");
    let payer = needed(r, t, "payer", |r, f| {
        r.word(f, Contributor::ALL, Contributor::code)
    });
    let into = needed(r, t, "into", |r, f| {
        r.word(f, PremiumPurse::ALL, PremiumPurse::code)
    });
    let every = needed(r, t, "every", every);
    let sum = sum(r, t, Some(Basis::Contribution));
    let cite = ids.cite(r, t);
    Some(Premium {
        statuses: statuses?,
        identities: identities?,
        without: without?,
        payer: payer?,
        into: into?,
        every: every?,
        sum: sum?,
        cite: cite?,
        row,
    })
}

fn credit(r: &mut Reader<'_>, t: &mut Table<'_>, ids: &Ids, places: &mut Places) -> Option<Credit> {
    let row = places.add("credit", t.at);
    let statuses = needed(r, t, "status", statuses);
    let age = optional(r, t, "age", ages);
    let others = statuses.iter().flatten().any(|s| *s != Status::Retired);
    let retired = optional(r, t, "retired", |r, f| {
        if others {
            r.tell_field(f, "only the status `retired` has a day of retirement");
        }
        days(r, f)
    });
    let every = needed(r, t, "every", every);
    let sum = credited(r, t, ids);
    let cite = ids.cite(r, t);
    Some(Credit {
        statuses: statuses?,
        age: age?,
        retired: retired?,
        every: every?,
        sum: sum?,
        cite: cite?,
        row,
    })
}

/// One status or a list of them.
pub(super) fn statuses(r: &mut Reader<'_>, field: &Field<'_>) -> Option<Vec<Status>> {
    let fields = r.one_or_list(field);
    if fields.is_empty() {
        r.tell(field.node.at, &field.path, EMPTY);
    }
    let read: Vec<_> = fields
        .iter()
        .map(|f| r.word(f, Status::ALL, Status::code))
        .collect();
    read.into_iter().collect()
}

fn every(r: &mut Reader<'_>, field: &Field<'_>) -> Option<Every> {
    r.word(field, Every::ALL, Every::code)
}

/// `ratio`, of this basis, or `amount`.
fn sum(r: &mut Reader<'_>, t: &mut Table<'_>, basis: Option<Basis>) -> Option<Sum> {
    match (t.take("ratio"), t.take("amount")) {
        (Some(field), None) => Some(Sum::Part(ratio(r, &field)?, basis?)),
        (None, Some(field)) => plain_amount(r, &field).map(Sum::Fixed),
        _ => {
            r.tell(t.at, &t.path, "give exactly one of `ratio` and `amount`");
            None
        }
    }
}

/// Of what a credit is a part: the figure that `of` names, or the base of contribution.
fn credited(r: &mut Reader<'_>, t: &mut Table<'_>, ids: &Ids) -> Option<Sum> {
    let of = t.take("of");
    let basis = match &of {
        None => Some(Basis::Contribution),
        Some(field) => ids.base_number(r, field).map(Basis::Figure),
    };
    let sum = sum(r, t, basis);
    if let (Some(field), Some(Sum::Fixed(_))) = (&of, &sum) {
        let message = "it goes with `ratio`; an `amount` is a part of nothing";
        r.tell(field.node.at, &field.path, message);
    }
    sum
}
