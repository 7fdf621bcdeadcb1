//! Whom a credit is for, and the cells between which credits do not distinguish.

use jiff::civil::{Date, date};

use super::{Contributions, Credit, Every, Sum, cells};
use crate::cite::{Cite, Standing};
use crate::class::Span;
use crate::fen::Fen;
use crate::person::Status;
use crate::policy::{RowRef, Spelt};

fn credit(yuan: u64, age: Option<Span<u16>>, retired: Option<Span<Date>>) -> Credit {
    Credit {
        statuses: vec![Status::Retired],
        age,
        retired,
        every: Every::Month,
        sum: Sum::Fixed(Spelt {
            value: Fen::from_yuan(yuan),
            text: format!("{yuan}元"),
        }),
        cite: Cite {
            document: 0,
            place: String::new(),
            standing: Standing::Official,
        },
        row: RowRef {
            table: "credit",
            number: 0,
        },
    }
}

fn upto<T>(until: T) -> Option<Span<T>> {
    Some(Span {
        from: None,
        until: Some(until),
    })
}

fn from<T>(from: T) -> Option<Span<T>> {
    Some(Span {
        from: Some(from),
        until: None,
    })
}

fn of(credits: Vec<Credit>) -> Contributions {
    Contributions {
        credits,
        ..Contributions::default()
    }
}

fn yuan(credit: Option<&Credit>) -> Option<String> {
    match &credit?.sum {
        Sum::Fixed(amount) => Some(amount.text.clone()),
        Sum::Part(..) => None,
    }
}

#[test]
fn a_credit_goes_by_status_and_age() {
    let of = of(vec![
        credit(100, upto(69), None),
        credit(110, from(70), None),
    ]);
    let told = |status, age| yuan(of.credit(status, age, None));
    assert_eq!(told(Status::Retired, 0), Some("100元".into()));
    assert_eq!(told(Status::Retired, 69), Some("100元".into()));
    assert_eq!(told(Status::Retired, 70), Some("110元".into()));
    assert_eq!(told(Status::Retired, 150), Some("110元".into()));
    assert_eq!(told(Status::Active, 69), None);
    assert_eq!(told(Status::Resident, 70), None);
}

#[test]
fn a_credit_goes_by_the_day_of_retirement() {
    let of = of(vec![
        credit(100, None, upto(date(2000, 12, 31))),
        credit(90, None, from(date(2001, 1, 1))),
    ]);
    let told = |day| yuan(of.credit(Status::Retired, 60, day));
    assert_eq!(told(Some(date(2000, 12, 31))), Some("100元".into()));
    assert_eq!(told(Some(date(2001, 1, 1))), Some("90元".into()));
    assert_eq!(told(None), None);
}

#[test]
fn cells_cover_every_age_and_day_once() {
    let (old, new) = (
        of(vec![credit(1, upto(69), None), credit(2, from(70), None)]),
        of(vec![
            credit(1, upto(150), upto(date(2000, 12, 31))),
            credit(2, from(0), from(date(2001, 1, 1))),
        ]),
    );
    let all = cells(&[&old, &new], Status::Retired);
    assert_eq!(all.len(), 4);
    for age in 0..=150 {
        for day in [Date::MIN, date(2000, 12, 31), date(2001, 1, 1), Date::MAX] {
            let holding = all
                .iter()
                .filter(|(ages, days)| ages.holds(&age) && days.holds(&day));
            assert_eq!(holding.count(), 1, "{age} {day}");
        }
    }
    for cell in &all {
        assert!(old.credit_in(Status::Retired, cell).is_some(), "{cell:?}");
        assert!(new.credit_in(Status::Retired, cell).is_some(), "{cell:?}");
    }
    assert_eq!(cells(&[&old, &new], Status::Active).len(), 1);
}
