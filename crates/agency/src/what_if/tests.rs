//! What would change a bill, against the bill settled by itself.

use std::path::{Path, PathBuf};

use domain::Fen;
use domain::step::Payer;
use domain::year::YearToDate;
use policy::Source;

use super::*;

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(path)
}

fn bill(path: &str) -> Bill {
    let source = Source::read(&project(path)).expect("the example");
    policy::bill::read(&source).expect("a bill")
}

fn library() -> Library {
    Library::open(&[&project("policies")]).expect("the policies")
}

fn outcome<'w>(what: &'w WhatIf, changed: &Changed) -> &'w Settlement {
    let found = what.others.iter().find(|other| other.changed == *changed);
    let found = found.unwrap_or_else(|| panic!("{changed:?} is not told"));
    found.outcome.as_ref().expect("it is settled")
}

#[test]
fn an_empty_account_moves_the_own_share_to_cash() {
    let what = WhatIf::of(&library(), bill("examples/wuhan-outpatient-2023.toml"));
    let what = what.expect("it is settled");
    let paid = |settlement: &Settlement| {
        let cash = settlement.paid_by(Payer::Cash);
        [settlement.funds(), settlement.account(), cash].map(Fen::fen)
    };
    assert_eq!(paid(&what.settlement), [344_000, 98_000, 58_000]);
    let empty = outcome(&what, &Changed::EmptyAccount);
    assert_eq!(paid(empty), [344_000, 0, 156_000]);
    assert_eq!(empty, &what.empty);
}

/// Each change is the bill with that one thing changed, and nothing else.
#[test]
fn each_change_is_settled_as_if_it_were_asked_alone() {
    let library = library();
    let bill = bill("examples/wuhan-outpatient-2023.toml");
    let what = WhatIf::of(&library, bill.clone()).expect("it is settled");
    let alone = |change: &dyn Fn(&mut Bill)| {
        let mut bill = bill.clone();
        change(&mut bill);
        let what = WhatIf::of(&library, bill).map_err(|why| why.name());
        what.map(|what| what.settlement)
    };
    for level in [2, 3] {
        let expected = alone(&|bill| bill.facility.level = level).expect("it is settled");
        assert_eq!(outcome(&what, &Changed::Level(level)), &expected);
    }
    assert!(what.others.iter().all(|o| o.changed != Changed::Level(1)));
    let mut regions = 0;
    for other in &what.others {
        let Changed::Region(region, _) = other.changed else {
            continue;
        };
        let expected = alone(&|bill| bill.region = region);
        assert_eq!(other.outcome, expected, "{region}");
        regions += usize::from(other.outcome.is_ok());
    }
    assert!(regions > 3, "{regions} regions settle it");
}

#[test]
fn the_second_stay_counts_the_first() {
    let library = library();
    let first = bill("examples/beijing-retired-inpatient.json");
    let what = WhatIf::of(&library, first.clone()).expect("it is settled");
    let again = outcome(&what, &Changed::Again);
    let second = super::again(&first, &what.settlement, &what.file);
    assert_eq!(second.year.stays, first.year.stays + 1);
    let taken = what.settlement.paid_by(Payer::Current);
    assert_eq!(second.accounts.current + taken, first.accounts.current);
    let expected = domain::settle(&second, &what.file.plan).expect("it is settled");
    assert_eq!(again, &expected);
    // In Beijing the second stay of a year has half the deductible.
    let borne = |settlement: &Settlement| settlement.own(domain::account::OwnPart::Deductible);
    assert!(borne(again) < borne(&what.settlement));
}

/// What is told counts as if it had been recorded, and what is left out follows from the rest.
#[test]
fn a_year_that_is_told_is_the_year_that_was_recorded() {
    let library = library();
    let mut first = bill("examples/beijing-retired-inpatient.json");
    first.year = YearToDate::default();
    let what = WhatIf::of(&library, first).expect("it is settled");
    let mut recorded = YearToDate::default();
    recorded.record(Setting::Inpatient, what.settlement.totals());
    let at = Setting::Inpatient.index();
    let sums = recorded.settings[at];
    let mut told = Told {
        in_scope: sums.in_scope,
        deductible: sums.deductible,
        pooled: sums.pooled,
        ..Told::default()
    };
    for (layer, sums) in told.layers.iter_mut().zip(&recorded.layers) {
        *layer = (Some(sums[at].base), sums[at].paid);
    }
    let mut year = YearToDate::default();
    told.count(&mut year, Setting::Inpatient);
    assert_eq!(year, recorded);
    assert_ne!(year.settings[at].own_share, Fen::ZERO);
}

/// Of every region that counts a setting as another one: what is told there is not lost, and the bill is settled.
#[test]
fn sums_of_a_setting_that_counts_as_another_go_to_that_other() {
    let library = library();
    let told = Told {
        in_scope: Fen::from_yuan(3000),
        pooled: Fen::from_yuan(1000),
        ..Told::default()
    };
    let mut moved = 0;
    for known in library.regions() {
        for &scheme in &known.schemes {
            let day = jiff::civil::date(2025, 6, 1);
            let Ok(file) = library.in_force(known.region, scheme, day) else {
                continue;
            };
            for &setting in Setting::ALL {
                let Some(to) = file.plan.stands_for(setting).filter(|to| *to != setting) else {
                    continue;
                };
                let mut year = YearToDate::default();
                told.count(&mut year, setting);
                let counted = year::counted(&year, &file.plan);
                assert!(counted.is_empty(setting), "{} {setting:?}", known.region);
                let sums = counted.settings[to.index()];
                assert_eq!(sums.in_scope, told.in_scope, "{} {to:?}", known.region);
                assert_eq!(sums.own_share, Fen::from_yuan(2000), "{}", known.region);
                moved += 1;
            }
        }
    }
    assert!(moved > 0, "no region counts a setting as another");
}
