//! What a bill may claim, as tables: a wanderer between Wuhan (420100), Yichang (420500) and Sanya (460200).

use super::*;
use crate::words::Lang;
use jiff::civil::date;

const HOSPITAL: &str = "H46020000001";

fn region(code: &str) -> Region {
    Region::parse(code).unwrap()
}

fn registered(kind: RegistrationKind) -> Registration {
    Registration {
        kind,
        disease: None,
        facility: None,
        region: None,
        from: date(2024, 1, 1),
        until: Some(date(2024, 12, 31)),
    }
}

fn visit(care: &str) -> Visit<'static> {
    Visit {
        day: date(2024, 6, 1),
        home: region("420100"),
        region: region(care),
        facility: HOSPITAL,
        emergency: false,
        disease: None,
    }
}

#[test]
fn the_place_follows_what_is_registered() {
    use RegistrationKind::{Approval, Disease, LongTerm, Referral, Temporary};
    let rows: [(&str, &[RegistrationKind], bool, Place); 12] = [
        ("420106", &[], false, Place::Home),
        ("420106", &[LongTerm], true, Place::Home),
        ("420500", &[], false, Place::Unreferred),
        ("460200", &[], false, Place::Unreferred),
        ("460200", &[], true, Place::Emergency),
        ("460200", &[LongTerm], false, Place::LongTerm),
        ("460200", &[Referral], false, Place::Referred),
        ("460200", &[Referral], true, Place::Referred),
        ("460200", &[Referral, LongTerm], true, Place::LongTerm),
        ("460200", &[Temporary], false, Place::Unreferred),
        ("460200", &[Temporary], true, Place::Emergency),
        ("460200", &[Disease, Approval], false, Place::Unreferred),
    ];
    for (care, kinds, emergency, place) in rows {
        let registered: Vec<_> = kinds.iter().map(|kind| registered(*kind)).collect();
        let visit = Visit {
            emergency,
            ..visit(care)
        };
        let found = claim(registered.iter(), &visit).place;
        assert_eq!(found, place, "{care} {kinds:?}, emergency: {emergency}");
    }
}

#[test]
fn a_registration_holds_on_its_days_at_its_provider_and_in_its_region() {
    let good = registered(RegistrationKind::LongTerm);
    let on = |day| Visit {
        day,
        ..visit("460200")
    };
    let summer = on(date(2024, 6, 1));
    let at = |facility: &str| Registration {
        facility: Some(facility.into()),
        ..good.clone()
    };
    let within = |code| Registration {
        region: Some(region(code)),
        ..good.clone()
    };
    let open = Registration {
        until: None,
        ..good.clone()
    };
    for (what, registration, visit, place) in [
        ("first day", &good, on(date(2024, 1, 1)), Place::LongTerm),
        ("last day", &good, on(date(2024, 12, 31)), Place::LongTerm),
        ("before", &good, on(date(2023, 12, 31)), Place::Unreferred),
        ("after", &good, on(date(2025, 1, 1)), Place::Unreferred),
        ("open", &open, on(date(2030, 1, 1)), Place::LongTerm),
        ("provider", &at(HOSPITAL), summer, Place::LongTerm),
        ("another", &at("H46020000002"), summer, Place::Unreferred),
        ("city", &within("460200"), summer, Place::LongTerm),
        ("province", &within("460000"), summer, Place::LongTerm),
        ("elsewhere", &within("460100"), summer, Place::Unreferred),
    ] {
        let found = claim(std::iter::once(registration), &visit).place;
        assert_eq!(found, place, "{what}");
    }
}

#[test]
fn a_disease_is_claimed_only_when_it_is_registered() {
    let dialysis = Registration {
        disease: Some("dialysis".into()),
        facility: Some(HOSPITAL.into()),
        ..registered(RegistrationKind::Disease)
    };
    let of_another_kind = Registration {
        kind: RegistrationKind::Approval,
        ..dialysis.clone()
    };
    for (registration, asked, facility, claimed) in [
        (&dialysis, Some("dialysis"), HOSPITAL, Some("dialysis")),
        (&dialysis, Some("dialysis"), "H1", None),
        (&dialysis, Some("diabetes"), HOSPITAL, None),
        (&dialysis, None, HOSPITAL, None),
        (&of_another_kind, Some("dialysis"), HOSPITAL, None),
    ] {
        let visit = Visit {
            disease: asked,
            facility,
            ..visit("420106")
        };
        let found = claim(std::iter::once(registration), &visit).disease;
        assert_eq!(found, claimed, "{asked:?} at {facility}");
    }
}

#[test]
fn care_is_approved_only_by_an_approval_for_that_provider() {
    let approval = Registration {
        facility: Some(HOSPITAL.into()),
        ..registered(RegistrationKind::Approval)
    };
    let elsewhere = Visit {
        facility: "H1",
        ..visit("420106")
    };
    let approved =
        |registration, visit: &Visit<'_>| claim(std::iter::once(registration), visit).approved;
    assert!(approved(&approval, &visit("420106")));
    assert!(!approved(&approval, &elsewhere));
    let referral = registered(RegistrationKind::Referral);
    assert!(!approved(&referral, &visit("420106")));
    assert_eq!(RegistrationKind::Approval.name(Lang::Zh), "审批");
}
