//! A bill's text into a [`domain::Bill`]; `docs/bill.md` is the form.

mod cost;
pub mod fees;
mod person;
mod year;

use domain::bill::{Bill, Continuation, Days, Place, Scheme, Setting, StaySoFar};
use domain::facility::{Facility, FacilityKind};
use domain::fen::Fen;
use domain::region::Region;
use domain::unsettled::Unsettled;
use domain::words::Lang;
use domain::year::YearToDate;
use jiff::civil::Date;

use crate::error::{Error, Errors};
use crate::node::Value;
use crate::reader::{Field, Reader, Table};
use crate::source::Source;

/// Reads a bill.
///
/// # Errors
/// Everything that is wrong with it, each with its place, the value found and the rule.
pub fn read(source: &Source) -> Result<Bill, Errors> {
    let tree = source.tree()?;
    let mut reader = Reader::new(source);
    let bill = bill(&mut reader, Table::root(&tree));
    reader.finish(bill)
}

/// Why a bill cannot be settled, at its place in the text of the bill.
#[must_use]
pub fn unsettled(source: &Source, why: &Unsettled, lang: Lang) -> Error {
    source.error_at(&why.path(), why.sentence(lang))
}

/// Reads a bill from one table of a document.
pub(crate) fn bill(r: &mut Reader<'_>, mut t: Table<'_>) -> Option<Bill> {
    let region = needed_region(r, &mut t, "region");
    let scheme = needed(r, &mut t, "scheme", |r, f| {
        r.word(f, Scheme::ALL, Scheme::code)
    });
    let setting = needed(r, &mut t, "setting", |r, f| {
        r.word(f, Setting::ALL, Setting::code)
    });
    let place = place(r, &mut t, region);
    let disease = optional(r, &mut t, "disease", |r, f| r.text(f).map(str::to_owned));
    let causes = texts(r, &mut t, "causes");
    let third_party_unpaid = optional(r, &mut t, "third_party_unpaid", |r, f| {
        let unpaid = r.bool(f)?;
        if unpaid && causes.as_ref().is_some_and(Vec::is_empty) {
            r.tell_field(f, "no cause is given; name it in `causes`");
        }
        Some(unpaid)
    });
    let deposit = optional(r, &mut t, "deposit", Reader::yuan);
    let use_account = flag(r, &mut t, "use_account", true);
    let days = days(r, &mut t, setting);
    let facility = facility(r, &mut t, setting);
    let person = person::person(r, &mut t, scheme, days);
    let accounts = person::accounts(r, &mut t, scheme);
    let year = year::year(r, &mut t, "year");
    let year_before = year::year(r, &mut t, "year_before");
    let stay_field = t.take("stay");
    let (stay, continuation, interim) = match &stay_field {
        None => (Some(StaySoFar::default()), Some(None), Some(false)),
        Some(field) => stay(r, field, setting),
    };
    if let (Some(field), Some(stay)) = (&stay_field, stay) {
        let years = [Some(&year), Some(&year_before)].into_iter().flatten();
        let years = years.filter_map(|year| year.as_ref()?.as_ref());
        in_the_year(r, field, stay, years);
    }
    let cost = cost::cost(r, &mut t);
    r.done(t);
    Some(Bill {
        region: region?,
        scheme: scheme?,
        place: place?,
        setting: setting?,
        disease: disease?,
        causes: causes?,
        third_party_unpaid: third_party_unpaid?.unwrap_or(false),
        days: days?,
        facility: facility?,
        person: person?,
        accounts: accounts?,
        use_account: use_account?,
        year: year?.unwrap_or_default(),
        year_before: year_before?,
        stay: stay?,
        continuation: continuation?,
        interim: interim?,
        deposit: deposit?,
        cost: cost?,
    })
}

/// The value of a key that must be there.
pub(crate) fn needed<'s, 'n, T>(
    r: &mut Reader<'s>,
    t: &mut Table<'n>,
    key: &'static str,
    read: impl FnOnce(&mut Reader<'s>, &Field<'n>) -> Option<T>,
) -> Option<T> {
    let field = r.need(t, key)?;
    read(r, &field)
}

/// The value of a key that may be absent; nothing only when it is there and wrong.
#[expect(
    clippy::option_option,
    reason = "outside: was it right; inside: is it there"
)]
pub(crate) fn optional<'s, 'n, T>(
    r: &mut Reader<'s>,
    t: &mut Table<'n>,
    key: &'static str,
    read: impl FnOnce(&mut Reader<'s>, &Field<'n>) -> Option<T>,
) -> Option<Option<T>> {
    match t.take(key) {
        None => Some(None),
        Some(field) => read(r, &field).map(Some),
    }
}

fn flag(r: &mut Reader<'_>, t: &mut Table<'_>, key: &'static str, default: bool) -> Option<bool> {
    Some(optional(r, t, key, Reader::bool)?.unwrap_or(default))
}

/// An amount that is nothing when absent.
fn amount(r: &mut Reader<'_>, t: &mut Table<'_>, key: &'static str) -> Option<Fen> {
    Some(optional(r, t, key, Reader::yuan)?.unwrap_or(Fen::ZERO))
}

/// A list of strings, empty when absent.
pub(crate) fn texts(
    r: &mut Reader<'_>,
    t: &mut Table<'_>,
    key: &'static str,
) -> Option<Vec<String>> {
    let Some(field) = t.take(key) else {
        return Some(Vec::new());
    };
    r.each(&field, |r, f| r.text(f).map(str::to_owned))
}

pub(crate) fn region(r: &mut Reader<'_>, field: &Field<'_>) -> Option<Region> {
    let region = match &field.node.value {
        Value::Text(text) => Region::parse(text),
        _ => None,
    };
    if region.is_none() {
        r.tell_field(
            field,
            "a region is six digits in quotes, the first not 0, like \"110000\"",
        );
    }
    region
}

fn needed_region(r: &mut Reader<'_>, t: &mut Table<'_>, key: &'static str) -> Option<Region> {
    needed(r, t, key, region)
}

/// Where the care was given, seen from the region of insurance.
fn place(r: &mut Reader<'_>, t: &mut Table<'_>, home: Option<Region>) -> Option<Place> {
    let care_field = t.take("care_region");
    let care = care_field.as_ref().map(|f| region(r, f));
    let field = t.take("off_region");
    let elsewhere = &Place::ALL[1..];
    let word = field.as_ref().map(|f| r.word(f, elsewhere, Place::code));
    let home = home?;
    let care = match care {
        None => home,
        Some(care) => care?,
    };
    match (home.covers(care), field, word) {
        (true, None, _) => Some(Place::Home),
        (true, Some(field), _) => {
            let local = match care_field {
                None => "`care_region` is missing".to_owned(),
                Some(_) => format!("{care} lies in {home}"),
            };
            r.tell_field(
                &field,
                &format!("only care outside the region has it, and {local}"),
            );
            None
        }
        (false, _, None) => Some(Place::Unreferred),
        (false, _, Some(word)) => word,
    }
}

fn days(r: &mut Reader<'_>, t: &mut Table<'_>, setting: Option<Setting>) -> Option<Days> {
    let field = r.need(t, "days")?;
    let mut t = r.table(&field)?;
    let days = match setting {
        Some(Setting::Inpatient) => {
            let admission = needed(r, &mut t, "admission", Reader::date);
            let discharge = r.need(&mut t, "discharge");
            discharge.and_then(|field| stay_days(r, &field, admission))
        }
        Some(_) => needed(r, &mut t, "service", Reader::date).map(Days::Service),
        // Which days there must be is not known; the setting is told.
        None => {
            for key in ["admission", "discharge", "service"] {
                let _day = optional(r, &mut t, key, Reader::date);
            }
            None
        }
    };
    r.done(t);
    days
}

fn stay_days(r: &mut Reader<'_>, field: &Field<'_>, admission: Option<Date>) -> Option<Days> {
    let discharge = r.date(field)?;
    let admission = admission?;
    if discharge < admission {
        let message = format!("discharge on {discharge} lies before admission on {admission}");
        r.tell(field.node.at, &field.path, message);
        return None;
    }
    Some(Days::Stay {
        admission,
        discharge,
    })
}

fn facility(r: &mut Reader<'_>, t: &mut Table<'_>, setting: Option<Setting>) -> Option<Facility> {
    let field = r.need(t, "facility")?;
    let mut t = r.table(&field)?;
    let kind_field = t.take("kind");
    let kind = match &kind_field {
        None => Some(FacilityKind::General),
        Some(f) => r.word(f, FacilityKind::ALL, FacilityKind::code),
    };
    if setting == Some(Setting::Pharmacy) && kind.is_some_and(|k| k != FacilityKind::Pharmacy) {
        let (found, at) = match &kind_field {
            Some(f) => (f.node.found(), f.node.at),
            None => ("no kind".to_owned(), field.node.at),
        };
        let rule = "the setting is `pharmacy`, so the kind of the provider is \"pharmacy\"";
        r.tell(at, &t.path_of("kind"), format!("{found} was found; {rule}"));
    }
    let level = optional(r, &mut t, "level", |r, f| r.count(f, 3));
    let community = flag(r, &mut t, "community", false);
    let tags = texts(r, &mut t, "tags");
    let designated = flag(r, &mut t, "designated", true);
    let approved = flag(r, &mut t, "approved", false);
    r.done(t);
    Some(Facility {
        kind: kind?,
        level: u8::try_from(level?.unwrap_or(0)).unwrap_or(0),
        community: community?,
        tags: tags?,
        designated: designated?,
        approved: approved?,
    })
}

/// Cost in scope, and the deductible that was borne of it.
pub(super) fn borne(r: &mut Reader<'_>, t: &mut Table<'_>) -> (Option<Fen>, Option<Fen>) {
    let in_scope = amount(r, t, "in_scope");
    let field = t.take("deductible");
    let deductible = field.as_ref().map_or(Some(Fen::ZERO), |f| r.yuan(f));
    if let (Some(field), Some(deductible), Some(in_scope)) = (&field, deductible, in_scope)
        && deductible > in_scope
    {
        let rule = format!("the deductible is borne of the cost in scope, {in_scope}");
        r.tell(
            field.node.at,
            &field.path,
            format!("{deductible} was found; {rule}"),
        );
    }
    (in_scope, deductible)
}

/// The sums of a stay settled in parts are sums of its year, too.
fn in_the_year<'y>(
    r: &mut Reader<'_>,
    field: &Field<'_>,
    stay: StaySoFar,
    years: impl Iterator<Item = &'y YearToDate>,
) {
    let inpatient = Setting::Inpatient.index();
    let (mut in_scope, mut deductible) = (Fen::ZERO, Fen::ZERO);
    for year in years {
        in_scope += year.settings[inpatient].in_scope;
        deductible += year.settings[inpatient].deductible;
    }
    if stay.in_scope > in_scope || stay.deductible > deductible {
        r.tell(
            field.node.at,
            &field.path,
            format!(
                "{} in scope and a deductible of {} were found; they are also part of `year.inpatient`, which has {in_scope} and {deductible}",
                stay.in_scope, stay.deductible
            ),
        );
    }
}

/// What was settled of the stay before, how it goes on from another, and whether it goes on after this bill.
fn stay(
    r: &mut Reader<'_>,
    field: &Field<'_>,
    setting: Option<Setting>,
) -> (
    Option<StaySoFar>,
    Option<Option<Continuation>>,
    Option<bool>,
) {
    let Some(mut t) = r.table(field) else {
        return (None, None, None);
    };
    if setting.is_some_and(|setting| setting != Setting::Inpatient) {
        r.tell_field(field, "only a stay (`setting = \"inpatient\"`) has it");
    }
    let (in_scope, deductible) = borne(r, &mut t);
    let continuation = optional(r, &mut t, "continuation", |r, f| {
        r.word(f, Continuation::ALL, Continuation::code)
    });
    let interim = flag(r, &mut t, "interim", false);
    r.done(t);
    let stay = in_scope
        .zip(deductible)
        .map(|(in_scope, deductible)| StaySoFar {
            in_scope,
            deductible,
        });
    (stay, continuation, interim)
}
