//! How the personal account is kept: the tables `interest` and `account_keeping`.

use domain::account::AccountPart;
use domain::interest::RateWord;
use domain::policy::Keeping;
use domain::policy::keeping::{InterestEvery, InterestRule, KeepingRule, OnDeath, Says};

use super::Places;
use super::ids::{Ids, each_once};
use super::membership::count;
use super::rows::read_rows;
use crate::bill::{needed, optional};
use crate::figure;
use crate::reader::{EMPTY, Field, Reader, Table};

pub(super) fn keeping(
    r: &mut Reader<'_>,
    t: &mut Table<'_>,
    ids: &Ids,
    places: &mut Places,
) -> Keeping {
    Keeping {
        interest: read_rows(r, t, "interest", |r, t| {
            interest(r, t, ids, places).into_iter().collect()
        }),
        rules: read_rows(r, t, "account_keeping", |r, t| {
            rule(r, t, ids, places).into_iter().collect()
        }),
    }
}

fn interest(
    r: &mut Reader<'_>,
    t: &mut Table<'_>,
    ids: &Ids,
    places: &mut Places,
) -> Option<InterestRule> {
    let row = places.add("interest", t.at);
    let parts = needed(r, t, "parts", parts);
    let rate = needed(r, t, "rate", |r, f| {
        r.word(f, RateWord::ALL, RateWord::code)
    });
    let every = needed(r, t, "every", |r, f| {
        r.word(f, InterestEvery::ALL, InterestEvery::code)
    });
    let on = optional(r, t, "on", |r, f| {
        if every == Some(InterestEvery::Quarter) {
            r.tell_field(
                f,
                "only yearly interest, `every = \"year\"`, has a day of the year",
            );
        }
        day_of_year(r, f)
    });
    let cite = ids.cite(r, t);
    Some(InterestRule {
        parts: parts?,
        rate: rate?,
        every: every?,
        on: on?,
        cite: cite?,
        row,
    })
}

fn parts(r: &mut Reader<'_>, field: &Field<'_>) -> Option<Vec<AccountPart>> {
    let parts = each_once(r, field, AccountPart::ALL, AccountPart::code)?;
    if parts.is_empty() {
        r.tell(field.node.at, &field.path, EMPTY);
    }
    Some(parts)
}

/// Month and day of a day that every year has.
fn day_of_year(r: &mut Reader<'_>, field: &Field<'_>) -> Option<(i8, i8)> {
    let text = r.text(field)?;
    let day = Some(text).filter(|text| text.len() == 5);
    let day = day.and_then(|text| figure::day(&format!("2001-{text}")));
    if day.is_none() {
        r.tell_field(field, "a day of the year is month and day, like `12-31`");
    }
    day.map(|day| (day.month(), day.day()))
}

fn rule(
    r: &mut Reader<'_>,
    t: &mut Table<'_>,
    ids: &Ids,
    places: &mut Places,
) -> Option<KeepingRule> {
    let row = places.add("account_keeping", t.at);
    let by_day = optional(r, t, "credit_by_day", |r, f| {
        let day = count(r, f, 1, 28)?;
        i8::try_from(day).ok()
    });
    let before = optional(r, t, "withdrawable_before", Reader::date);
    let family = optional(r, t, "family_uses", parts);
    let death = optional(r, t, "on_death", |r, f| {
        r.word(f, OnDeath::ALL, OnDeath::code)
    });
    let cite = ids.cite(r, t);
    let said = [
        by_day?.map(Says::CreditByDay),
        before?.map(Says::WithdrawableBefore),
        family?.map(Says::FamilyUses),
        death?.map(Says::OnDeath),
    ];
    let mut said = said.into_iter().flatten();
    let (Some(says), None) = (said.next(), said.next()) else {
        let message =
            "give exactly one of `credit_by_day`, `withdrawable_before`, `family_uses`, `on_death`";
        r.tell(t.at, &t.path, message);
        return None;
    };
    Some(KeepingRule {
        says,
        cite: cite?,
        row,
    })
}
