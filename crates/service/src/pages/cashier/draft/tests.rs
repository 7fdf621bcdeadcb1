//! The bill that is being made: its forms, its lines, its sums, the kinds of care that it may be.

use agency::domain::membership::Membership;
use agency::domain::registration::Registration;
use agency::state::Held;
use jiff::civil::date;

use super::*;

fn line(item: &str, quantity: u64, price: u64) -> Line {
    Line {
        number: 0,
        item: item.into(),
        quantity,
        price,
        approved: false,
    }
}

/// Each change makes the forms of before old, and no number of a line comes twice.
#[test]
fn a_form_is_of_one_state_of_one_bill() {
    let mut till = Till::default();
    assert!(!till.draft.is(&till.draft.mark()), "an empty name is none");
    assert_eq!(till.meet(7), 0);
    let before = till.draft.mark();
    assert!(till.draft.is(&before));
    assert!(till.draft.add(line("A", 10_000, 1_000_000)));
    assert!(!till.draft.is(&before));
    assert!(till.draft.add(line("B", 10_000, 1_000_000)));
    till.draft
        .change(|says| says.lines.retain(|line| line.number != 1));
    assert!(till.draft.add(line("C", 10_000, 1_000_000)));
    let numbers: Vec<u32> = till.draft.says.lines.iter().map(|l| l.number).collect();
    assert_eq!(numbers, [0, 3]);
    // The same person again keeps the bill, another does not.
    assert_eq!(till.meet(7), 0);
    assert_eq!(till.draft.says.lines.len(), 2);
    let name = till.draft.name.clone();
    assert_eq!(till.meet(8), 2);
    assert_ne!(till.draft.name, name);
    till.finish(&name, "1-2");
    assert_eq!(till.person, Some(8), "another bill is open");
    assert_eq!(till.receipt(&name), Some("1-2"));
    assert_eq!(till.receipt("other"), None);
}

#[test]
fn a_bill_has_at_most_a_hundred_lines_and_no_larger_sum_than_any() {
    let mut draft = Draft::begin();
    for _ in 0..MOST_LINES {
        assert!(draft.add(line("A", 10_000, 1_005_000)));
    }
    assert!(!draft.add(line("A", 10_000, 1_000_000)));
    // Each line is rounded by itself, half a fen up.
    assert_eq!(draft.says.total(), Fen::new(10_100));
    let mut large = Draft::begin();
    let most = 99_999_999_999_990_000;
    assert!(large.add(line("A", 10_000, most)) && large.add(line("A", 10_000, most)));
    assert!(large.says.total() > Fen::LARGEST);
}

#[test]
fn a_pharmacy_has_its_own_kinds_and_a_chronic_disease_is_a_registered_one() {
    let today = date(2026, 3, 5);
    let held = |disease: &str, until| Held {
        entry: 1,
        registration: Registration {
            kind: RegistrationKind::Disease,
            disease: Some(disease.into()),
            facility: None,
            region: None,
            from: date(2026, 1, 1),
            until,
        },
    };
    let state = PersonState {
        membership: Membership::default(),
        registrations: vec![held("高血压", None), held("糖尿病", Some(date(2026, 3, 4)))],
        ..PersonState::default()
    };
    let (all, few) = (&[Setting::Pharmacy, Setting::Emergency][..], &[][..]);
    for (kind, settings, expected) in [
        (
            FacilityKind::Pharmacy,
            all,
            &["pharmacy", "chronic/高血压"][..],
        ),
        (
            FacilityKind::Pharmacy,
            few,
            &["outpatient", "chronic/高血压"],
        ),
        (
            FacilityKind::Clinic,
            all,
            &["outpatient", "emergency", "chronic/高血压"],
        ),
        (FacilityKind::Clinic, few, &["outpatient", "chronic/高血压"]),
    ] {
        let kinds = known(kind, |setting| settings.contains(&setting), &state, today);
        let written: Vec<String> = kinds.iter().map(Kind::written).collect();
        assert_eq!(written, expected, "{kind:?}");
    }
    let kinds = known(FacilityKind::Pharmacy, |_| true, &state, today);
    for (chosen, expected) in [("", 0), ("chronic/高血压", 1), ("chronic/糖尿病", 0)] {
        let says = Says {
            kind: chosen.into(),
            ..Says::default()
        };
        assert_eq!(says.kind(&kinds), kinds.get(expected), "{chosen}");
    }
}
