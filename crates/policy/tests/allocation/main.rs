//! What allocates nothing: settling when only sums are kept, looking up an item; counted by an allocator, not by eye.

use std::path::Path;

use domain::account::{Accounts, FamilyAccount};
use domain::bill::{Bill, Scheme};
use domain::fen::Fen;
use domain::membership::{Enrolment, Joining, Leaving, Membership};
use domain::month::Month;
use domain::person::{CoverageState, Status};
use domain::settle::settle_case;
use domain::step::{Payer, Totals};
use jiff::civil::date;
use policy::{Shelf, Source, cases};

/// Every shipped case, as it stands and with full accounts, is settled with sums only: not one allocation, not one byte.
#[test]
fn settling_with_sums_only_allocates_nothing() {
    let policies = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies");
    let shelf = Shelf::open(&policies).unwrap();
    let (mut settled, mut paid) = (0, Fen::ZERO);
    for path in shelf.case_files().unwrap() {
        for case in cases::read(&Source::read(&path).unwrap()).unwrap() {
            let own = case.own_policy(&path).map(Result::unwrap);
            let file = own.unwrap_or_else(|| shelf.policy_for(&case.bill).unwrap());
            for bill in [case.bill.clone(), with_family(&case.bill)] {
                let laid = file.plan.case(&bill).unwrap();
                let mut totals = Totals::default();
                let counted = allocation_counter::measure(|| {
                    settle_case(&file.plan, &laid, &mut totals).unwrap();
                });
                assert_eq!(
                    (counted.count_total, counted.bytes_total),
                    (0, 0),
                    "{}",
                    case.name
                );
                settled += 1;
                paid += totals.paid[Payer::Pooled.index()];
            }
        }
    }
    assert!(
        settled >= 400 && paid > Fen::ZERO,
        "{settled} bills were settled"
    );
}

/// Every item of the sample catalogue is looked up, on a day of it and on one before it.
#[test]
fn looking_up_an_item_allocates_nothing() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogues/sample.csv");
    let file = std::fs::File::open(path).unwrap();
    let catalogue = policy::import::catalogue("sample.csv", file).unwrap();
    let (day, before) = (date(2024, 8, 1), date(2000, 1, 1));
    let mut found = 0;
    let counted = allocation_counter::measure(|| {
        for item in catalogue.items() {
            found += u32::from(catalogue.on(&item.code, day).is_some());
            found += u32::from(catalogue.on(&item.code, before).is_some());
        }
    });
    assert_eq!((counted.count_total, counted.bytes_total), (0, 0));
    assert_eq!(found as usize, catalogue.items().len());
}

/// The counter counts: a list of steps is an allocation.
#[test]
fn the_counter_sees_an_allocation() {
    let counted = allocation_counter::measure(|| {
        std::hint::black_box(Vec::<u64>::with_capacity(32));
    });
    assert_eq!(counted.count_total, 1);
}

fn with_family(bill: &Bill) -> Bill {
    let family = FamilyAccount {
        name: "child".into(),
        balance: Fen::from_yuan(100),
    };
    let accounts = Accounts {
        family: vec![family],
        ..bill.accounts.clone()
    };
    Bill {
        accounts,
        ..bill.clone()
    }
}

/// Whether a person is covered is asked once a settlement: of twenty years with arrears each year, on every kind of day.
#[test]
fn judging_coverage_allocates_nothing() {
    let policies = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies");
    let shelf = Shelf::open(&policies).unwrap();
    let region = domain::region::Region::parse("330100").unwrap();
    let day = date(2024, 6, 1);
    let file = shelf.in_force(region, Scheme::Employee, day).unwrap();
    let mut membership = Membership {
        enrolments: vec![Enrolment {
            status: Status::Active,
            joining: Joining::First,
            from: date(2004, 1, 1),
            until: Some((date(2023, 12, 31), Leaving::Retired)),
        }],
        ..Membership::default()
    };
    membership.enrolments.push(Enrolment {
        status: Status::Retired,
        joining: Joining::Return,
        from: date(2024, 1, 1),
        until: None,
    });
    for year in 2004..2024 {
        let month = |number| Month::new(year, number).unwrap();
        membership.pay(month(1), month(9), None);
        membership.pay(month(10), month(12), Some(date(year + 1, 2, 20)));
    }
    let states = [date(2003, 1, 1), date(2015, 12, 1), date(2020, 5, 1), day].map(|day| {
        let mut covered = None;
        let counted = allocation_counter::measure(|| {
            covered = Some(file.plan.policy.coverage(&membership, day).state);
        });
        assert_eq!((counted.count_total, counted.bytes_total), (0, 0), "{day}");
        covered
    });
    let told = [
        CoverageState::None,
        CoverageState::Suspended,
        CoverageState::InForce,
        CoverageState::InForce,
    ];
    assert_eq!(states, told.map(Some));
}
