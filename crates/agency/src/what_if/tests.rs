//! What would change a bill, against the bill settled by itself.

use std::path::{Path, PathBuf};

use domain::Fen;
use domain::step::Payer;
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
        WhatIf::of(&library, bill).map(|what| what.settlement)
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
