//! The settlement core allocates nothing when only sums are kept: counted by an allocator, not by eye.

use std::path::Path;

use domain::account::{Accounts, FamilyAccount};
use domain::bill::Bill;
use domain::fen::Fen;
use domain::settle::settle_case;
use domain::step::{Payer, Totals};
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
