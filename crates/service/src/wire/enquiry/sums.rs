//! 5206: what a person has had in a benefit year, a row a figure.

use agency::domain::bill::Scheme;
use agency::domain::ledger::{Chart, YearFigure};
use agency::domain::month::Month;
use agency::domain::setting::Setting;
use agency::state::YearSums;
use agency::{Look, Refused};

use super::super::fields::query::IN_5206_DATA;
use super::super::kinds;
use super::super::read::Rule;
use super::super::refusal::Refusal;
use super::super::work::{Done, Work};
use super::super::write::{Out, Rows};

/// 5206: the sums of the benefit years that are kept, or of the one that a month falls in.
pub(in crate::wire) async fn sums(work: &Work<'_>) -> Result<Done, Refusal> {
    let (person, month) = work.read(|reader| {
        let data = reader.one(&IN_5206_DATA)?;
        let person = work.person(&data);
        let month = match data.opt_text("cum_ym")? {
            // A bare year asks for all of it.
            Some(text) if text.len() == 4 => {
                let year = text.parse().ok().and_then(|year| Month::new(year, 12));
                Some(year.ok_or_else(|| data.refuse("cum_ym", Rule::Known))?)
            }
            Some(text) => {
                let digits = text.parse().ok().filter(|_| text.len() == 6);
                let month = digits.and_then(Month::of_digits);
                Some(month.ok_or_else(|| data.refuse("cum_ym", Rule::Known))?)
            }
            None => None,
        };
        Ok((person?, month))
    })?;
    let look = Look {
        person,
        ..Look::default()
    };
    let state = work.look(look).await?.state;
    let state = state.ok_or(Refused::NoPerson(person))?;
    let now = Month::of(work.now.date());
    let mut out = Out::new();
    out.list("cuminfo", |rows| {
        for year in &state.years.0 {
            let first = Month::of(year.first);
            let last = first.plus(11);
            match month {
                Some(month) if month < first || last < month => {}
                Some(month) => write(rows, year, month),
                None => write(rows, year, last.min(now).max(first)),
            }
        }
    });
    Ok(Done::Output(out.json()))
}

fn write(rows: &mut Rows<'_>, year: &YearSums, month: Month) {
    for (account, amount) in &year.sums {
        let Some(Chart::Year(sum)) = Chart::of(*account) else {
            continue;
        };
        let (code, units) = code(sum.setting, sum.figure);
        let amount = i64::try_from(amount.saturating_mul(units)).unwrap_or(i64::MAX);
        rows.row(|row| {
            row_of(
                row,
                year.scheme,
                (year.first.year(), month),
                (&code, amount),
            )
        });
    }
}

fn row_of(row: &mut Out, scheme: Scheme, (year, month): (i16, Month), (code, fen): (&str, i64)) {
    row.text("insutype", kinds::insurance(scheme))
        .text("year", &year.to_string())
        .text("cum_ym", &month.digits().to_string())
        .text("cum_type_code", code)
        .signed_fen("cum", fen);
}

/// The code of a figure: what is cleared together, and a letter; stays are counted in ones, everything else in fen. A table.
fn code(setting: Setting, figure: YearFigure) -> (String, u64) {
    let clearing = kinds::clearing(setting);
    let (letter, units) = match figure {
        YearFigure::Stays => ("N".to_owned(), 100),
        YearFigure::InScope => ("I".to_owned(), 1),
        YearFigure::Deductible => ("D".to_owned(), 1),
        YearFigure::Pooled => ("P".to_owned(), 1),
        YearFigure::OwnShare => ("O".to_owned(), 1),
        YearFigure::LayerBase(kind) => (format!("B{}", kind.index() + 1), 1),
        YearFigure::LayerPaid(kind) => (format!("L{}", kind.index() + 1), 1),
    };
    (format!("{clearing}{letter}"), units)
}
