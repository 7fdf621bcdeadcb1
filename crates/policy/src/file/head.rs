//! The head of a policy file: region, scheme, days, documents, and the rules that hold for all rows.

use domain::bill::{Place, Scheme};
use domain::cite::{Cite, Document};
use domain::day::YearStart;
use domain::policy::{
    AgeOn, CoverageDays, CoverageRule, Cross, PlaceRule, RoundBands, RoundingRule, YearRule,
};
use domain::ratio::Round;
use domain::region::Region;
use domain::words::Name;
use jiff::civil::Date;

use super::Places;
use super::ids::{IdList, Ids, each_once, name};
use crate::bill::{needed, optional, region};
use crate::figure;
use crate::node::Value;
use crate::reader::{Field, Reader, Table};

/// The version of the form that this program reads.
const SCHEMA: u32 = 1;

type Head = (Region, Name, Scheme, Date, Option<Date>);

pub(super) fn head(r: &mut Reader<'_>, t: &mut Table<'_>, places: &mut Places) -> Option<Head> {
    let schema = schema(r, t);
    let region = needed(r, t, "region", region);
    let region_name = needed(r, t, "region_name", name);
    let scheme = needed(r, t, "scheme", |r, f| r.word(f, Scheme::ALL, Scheme::code));
    let effective = needed(r, t, "effective", Reader::date);
    let ends = optional(r, t, "ends", |r, f| {
        places.add("ends", f.node.at);
        r.date(f)
    });
    schema?;
    Some((region?, region_name?, scheme?, effective?, ends?))
}

/// The version of the form; nothing if it is another one.
pub(super) fn schema(r: &mut Reader<'_>, t: &mut Table<'_>) -> Option<u32> {
    needed(r, t, "schema", |r, f| {
        let known = matches!(&f.node.value, Value::Number(text) if *text == SCHEMA.to_string());
        if !known {
            r.tell_field(f, &format!("this program reads `schema = {SCHEMA}`"));
        }
        known.then_some(SCHEMA)
    })
}

/// The documents, and their ids.
pub(super) fn documents(r: &mut Reader<'_>, t: &mut Table<'_>) -> (Vec<Document>, IdList) {
    let mut documents = Vec::new();
    let mut ids = IdList::new("document");
    let field = r.need(t, "document");
    let table = field.and_then(|field| r.table(&field));
    if let Some(table) = table.as_ref().filter(|table| table.keys() == 0) {
        let message = "an empty table was found; a policy rests on at least one document";
        r.tell(table.at, &table.path, message);
    }
    for (entry, field) in table.map(Table::take_all).unwrap_or_default() {
        ids.reserve(&entry.key);
        documents.extend(document(r, &entry.key, &field));
    }
    (documents, ids)
}

fn document(r: &mut Reader<'_>, id: &str, field: &Field<'_>) -> Option<Document> {
    let mut t = r.table(field)?;
    let text = |r: &mut Reader<'_>, f: &Field<'_>| r.text(f).map(str::to_owned);
    let title = needed(r, &mut t, "title", text);
    let number = optional(r, &mut t, "number", text);
    let issued = optional(r, &mut t, "issued", Reader::date);
    let source = optional(r, &mut t, "source", text);
    r.done(t);
    Some(Document {
        id: id.to_owned(),
        title: title?,
        number: number?,
        issued: issued?,
        source: source?,
    })
}

fn section<'n>(r: &mut Reader<'_>, t: &mut Table<'n>, key: &'static str) -> Option<Table<'n>> {
    let field = r.need(t, key)?;
    r.table(&field)
}

pub(super) fn year(r: &mut Reader<'_>, t: &mut Table<'_>, ids: &Ids) -> Option<YearRule> {
    let mut t = section(r, t, "year")?;
    let starts = needed(r, &mut t, "starts", year_start);
    let cross = needed(r, &mut t, "cross", |r, f| {
        r.word(f, Cross::ALL, Cross::code)
    });
    let age_on = needed(r, &mut t, "age_on", |r, f| {
        r.word(f, AgeOn::ALL, AgeOn::code)
    });
    let cite = ids.cite(r, &mut t);
    r.done(t);
    Some(YearRule {
        starts: starts?,
        cross: cross?,
        age_on: age_on?,
        cite: cite?,
    })
}

fn year_start(r: &mut Reader<'_>, field: &Field<'_>) -> Option<YearStart> {
    let text = r.text(field)?;
    // A year that has every day up to the 28th of every month.
    let day = Some(text)
        .filter(|text| text.len() == 5)
        .and_then(|text| figure::day(&format!("2001-{text}")));
    let start = day
        .map(|day| YearStart {
            month: day.month(),
            day: day.day(),
        })
        .filter(|start| start.day <= 28);
    if start.is_none() {
        r.tell_field(field, "the first day of the benefit year is month and day up to the 28th, like `01-01` or `07-01`");
    }
    start
}

pub(super) fn coverage(r: &mut Reader<'_>, t: &mut Table<'_>, ids: &Ids) -> Option<CoverageRule> {
    let mut t = section(r, t, "coverage")?;
    let days = needed(r, &mut t, "days", |r, f| {
        r.word(f, CoverageDays::ALL, CoverageDays::code)
    });
    let cite = ids.cite(r, &mut t);
    r.done(t);
    Some(CoverageRule {
        days: days?,
        cite: cite?,
    })
}

pub(super) fn rounding(r: &mut Reader<'_>, t: &mut Table<'_>, ids: &Ids) -> Option<RoundingRule> {
    let mut t = section(r, t, "rounding")?;
    let line = needed(r, &mut t, "line", round);
    let fund = needed(r, &mut t, "fund", round);
    let boundary = needed(r, &mut t, "boundary", round);
    let bands = needed(r, &mut t, "bands", |r, f| {
        r.word(f, RoundBands::ALL, RoundBands::code)
    });
    let cite = ids.cite(r, &mut t);
    r.done(t);
    Some(RoundingRule {
        line: line?,
        fund: fund?,
        boundary: boundary?,
        bands: bands?,
        cite: cite?,
    })
}

fn round(r: &mut Reader<'_>, field: &Field<'_>) -> Option<Round> {
    const ROUNDS: [Round; 4] = [Round::HalfUp, Round::HalfEven, Round::Up, Round::Down];
    r.word(field, &ROUNDS, |round| match round {
        Round::HalfUp => "half_up",
        Round::HalfEven => "half_even",
        Round::Up => "up",
        Round::Down => "down",
    })
}

pub(super) fn rest(r: &mut Reader<'_>, t: &mut Table<'_>, ids: &Ids) -> Option<Cite> {
    let mut t = section(r, t, "rest")?;
    let cite = ids.cite(r, &mut t);
    r.done(t);
    cite
}

pub(super) fn place(r: &mut Reader<'_>, t: &mut Table<'_>, ids: &Ids) -> Option<PlaceRule> {
    let mut t = section(r, t, "place")?;
    let known = needed(r, &mut t, "known", |r, f| {
        each_once(r, f, Place::ALL, Place::code)
    });
    let cite = ids.cite(r, &mut t);
    r.done(t);
    Some(PlaceRule {
        known: known?,
        cite: cite?,
    })
}
