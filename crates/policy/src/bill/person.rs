//! The person of a bill, and the balances of the accounts.

use domain::account::{Accounts, FamilyAccount};
use domain::bill::{Days, Scheme};
use domain::fen::Fen;
use domain::person::{Coverage, CoverageState, Person, Spell, Status};
use jiff::civil::Date;

use super::{amount, needed, optional, texts};
use crate::node::Value;
use crate::reader::{Field, Reader, Table};

pub(super) fn person(
    r: &mut Reader<'_>,
    t: &mut Table<'_>,
    scheme: Option<Scheme>,
    days: Option<Days>,
) -> Option<Person> {
    let field = r.need(t, "person")?;
    let mut t = r.table(&field)?;
    let status = needed(r, &mut t, "status", |r, f| {
        Some(Placed::new(r.word(f, Status::ALL, Status::code)?, f))
    });
    let day = |r: &mut Reader<'_>, f: &Field<'_>| Some(Placed::new(r.date(f)?, f));
    let birth = optional(r, &mut t, "birth", day);
    let retired = optional(r, &mut t, "retired", day);
    let identities = texts(r, &mut t, "identities");
    let coverage = match t.take("coverage") {
        None => Some(Coverage::Always(CoverageState::InForce)),
        Some(f) => coverage(r, &f),
    };
    r.done(t);
    let (birth, retired) = (birth.flatten(), retired.flatten());
    if let (Some(status), Some(scheme)) = (&status, scheme) {
        belongs(r, status, scheme);
    }
    if let (Some(status), Some(retired)) = (&status, &retired) {
        may_be_retired(r, status, retired);
    }
    if let Some(days) = days {
        in_order(r, birth.as_ref(), retired.as_ref(), days);
    }
    Some(Person {
        status: status?.value,
        birth: birth.map(|birth| birth.value),
        retired: retired.map(|retired| retired.value),
        identities: identities?,
        coverage: coverage?,
    })
}

/// A value and where it stands.
struct Placed<T> {
    value: T,
    at: usize,
    path: String,
}

impl<T> Placed<T> {
    fn new(value: T, field: &Field<'_>) -> Placed<T> {
        Placed {
            value,
            at: field.node.at,
            path: field.path.clone(),
        }
    }

    fn tell(&self, r: &mut Reader<'_>, message: String) {
        r.tell(self.at, &self.path, message);
    }
}

/// Residents are in the scheme of the residents, all others in that of the employees.
fn belongs(r: &mut Reader<'_>, status: &Placed<Status>, scheme: Scheme) {
    if (status.value == Status::Resident) != (scheme == Scheme::Resident) {
        let (found, scheme) = (status.value.code(), scheme.code());
        let rule = "residents are in the scheme `resident`, all others in the scheme `employee`";
        status.tell(
            r,
            format!("`{found}` was found in the scheme `{scheme}`; {rule}"),
        );
    }
}

fn may_be_retired(r: &mut Reader<'_>, status: &Placed<Status>, retired: &Placed<Date>) {
    if status.value != Status::Retired {
        let (found, status) = (retired.value, status.value.code());
        let rule = "only the status `retired` has a day of retirement";
        retired.tell(
            r,
            format!("{found} was found with the status `{status}`; {rule}"),
        );
    }
}

/// Birth, retirement and care follow each other.
fn in_order(
    r: &mut Reader<'_>,
    birth: Option<&Placed<Date>>,
    retired: Option<&Placed<Date>>,
    days: Days,
) {
    let (first, day) = (days.first(), days.settlement());
    if let Some(retired) = retired.filter(|retired| retired.value > day) {
        let found = retired.value;
        retired.tell(
            r,
            format!("retirement on {found} lies after the settlement day, {day}"),
        );
    }
    if let Some(birth) = birth.filter(|birth| birth.value > first) {
        let found = birth.value;
        birth.tell(
            r,
            format!("birth on {found} lies after the first day of care, {first}"),
        );
    }
    if let (Some(birth), Some(retired)) = (birth, retired)
        && retired.value <= birth.value
    {
        let (found, birth) = (retired.value, birth.value);
        retired.tell(
            r,
            format!("retirement on {found} does not lie after birth on {birth}"),
        );
    }
}

fn coverage(r: &mut Reader<'_>, field: &Field<'_>) -> Option<Coverage> {
    if matches!(field.node.value, Value::Text(_)) {
        return state(r, field).map(Coverage::Always);
    }
    if !matches!(field.node.value, Value::List(_)) {
        r.tell_field(
            field,
            "a state, like \"in_force\", or a list of spells is expected here",
        );
        return None;
    }
    let spells = r.each(field, |r, f| Some(Placed::new(spell(r, f)?, f)))?;
    let mut order: Vec<&Placed<Spell>> = spells.iter().collect();
    order.sort_by_key(|spell| spell.value.from);
    for pair in order.windows(2) {
        let (earlier, later) = (&pair[0].value, &pair[1].value);
        if earlier.until.is_none_or(|until| later.from <= until) {
            let rule = format!("it overlaps the one from {}", earlier.from);
            pair[1].tell(r, format!("a spell from {} was found; {rule}", later.from));
        }
    }
    Some(Coverage::Spells(
        spells.into_iter().map(|s| s.value).collect(),
    ))
}

fn state(r: &mut Reader<'_>, field: &Field<'_>) -> Option<CoverageState> {
    r.word(field, CoverageState::ALL, CoverageState::code)
}

fn spell(r: &mut Reader<'_>, field: &Field<'_>) -> Option<Spell> {
    let mut t = r.table(field)?;
    let from = needed(r, &mut t, "from", Reader::date);
    let until = optional(r, &mut t, "until", Reader::date);
    let state = needed(r, &mut t, "state", state);
    r.done(t);
    let spell = Spell {
        from: from?,
        until: until?,
        state: state?,
    };
    if let Some(until) = spell.until.filter(|until| *until < spell.from) {
        r.tell(
            field.node.at,
            &field.path,
            format!(
                "the spell ends on {until}, before it begins on {}",
                spell.from
            ),
        );
        return None;
    }
    Some(spell)
}

pub(super) fn accounts(
    r: &mut Reader<'_>,
    t: &mut Table<'_>,
    scheme: Option<Scheme>,
) -> Option<Accounts> {
    let Some(field) = t.take("accounts") else {
        return Some(Accounts::default());
    };
    let mut t = r.table(&field)?;
    let current = amount(r, &mut t, "current");
    let prior = amount(r, &mut t, "prior");
    let family = match t.take("family") {
        None => Some(Vec::new()),
        Some(f) => r.each(&f, family),
    };
    let at = t.at;
    r.done(t);
    let (current, prior, family) = (current?, prior?, family?);
    let own = current + prior;
    if scheme == Some(Scheme::Resident) && own > Fen::ZERO {
        let message = format!(
            "an own account of {own} was found in the scheme `resident`; residents have no personal account"
        );
        r.tell(at, &field.path, message);
    }
    Some(Accounts {
        current,
        prior,
        family,
    })
}

fn family(r: &mut Reader<'_>, field: &Field<'_>) -> Option<FamilyAccount> {
    let mut t = r.table(field)?;
    let name = needed(r, &mut t, "name", |r, f| r.text(f).map(str::to_owned));
    let balance = needed(r, &mut t, "balance", Reader::yuan);
    r.done(t);
    Some(FamilyAccount {
        name: name?,
        balance: balance?,
    })
}
