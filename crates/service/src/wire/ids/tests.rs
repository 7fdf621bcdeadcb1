//! Tests of `ids`.

use super::*;

fn region(text: &str) -> Region {
    Region::parse(text).expect("six digits")
}

#[test]
fn ids_go_there_and_back() {
    let mut random = fastrand::Rng::with_seed(7);
    for _ in 0..20_000 {
        let region = region(&format!("{:06}", random.u32(0..1_000_000)));
        let person = PersonId {
            region,
            number: random.u64(..) >> random.u32(1..64),
        };
        let told = person.told().expect("63 bits");
        assert_eq!((told.len(), PersonId::parse(&told)), (25, Some(person)));
        let (lane, entry) = (random.u8(0..=LAST_LANE), random.u64(0..=LAST_ENTRY));
        let visit = VisitId {
            region,
            lane,
            entry,
            purchase: random.bool(),
        };
        let told = visit.told().expect("small");
        assert_eq!((told.len(), VisitId::parse(&told)), (23, Some(visit)));
        assert_eq!(SettlementId::parse(&told), None);
        let settlement = SettlementId {
            region,
            lane,
            entry,
        };
        let told = settlement.told().expect("small");
        assert_eq!(SettlementId::parse(&told), Some(settlement));
        assert_eq!(VisitId::parse(&told), None);
    }
}

#[test]
fn they_look_as_the_interface_has_them() {
    let region = region("430100");
    let person = PersonId { region, number: 42 };
    assert_eq!(person.told().as_deref(), Some("4301000000000000000000042"));
    let visit = VisitId {
        region,
        lane: 3,
        entry: 12,
        purchase: false,
    };
    assert_eq!(visit.told().as_deref(), Some("43010003V00000000000012"));
    let purchase = VisitId {
        purchase: true,
        ..visit
    };
    assert_eq!(purchase.told().as_deref(), Some("43010003P00000000000012"));
}

#[test]
fn what_cannot_be_told_is_not() {
    let region = region("430100");
    let person = |number| PersonId { region, number }.told();
    assert!(person(i64::MAX.unsigned_abs()).is_some());
    assert_eq!(person(1 << 63), None);
    let settlement = |lane, entry| {
        SettlementId {
            region,
            lane,
            entry,
        }
        .told()
    };
    assert!(settlement(99, LAST_ENTRY).is_some());
    assert_eq!(settlement(100, 1), None);
    assert_eq!(settlement(1, LAST_ENTRY + 1), None);
}

#[test]
fn nothing_looser_is_an_id() {
    for text in [
        "",
        "430100",
        "43010000000000000000000042",
        "430100000000000000000004",
        "430100+00000000000000042x",
        "430100 000000000000000042",
        "43010x0000000000000000042",
        "4301009999999999999999999",
        "中文字符中文字符中",
    ] {
        assert_eq!(PersonId::parse(text), None, "{text}");
    }
    for text in [
        "",
        "43010003V0000000000012",
        "43010003V000000000000012",
        "430100+3V00000000000012",
        "43010003v00000000000012",
        "43010003X00000000000012",
        "43010003S00000000000012",
        "43010003V+0000000000012",
        "430100中V00000000000012",
    ] {
        assert_eq!(VisitId::parse(text), None, "{text}");
    }
}

#[test]
fn a_registration_is_none_of_the_others() {
    let id = RegistrationId {
        region: region("330100"),
        lane: 1,
        entry: 20,
    };
    let told = id.told();
    assert_eq!(told.as_deref(), Some("33010001R00000000000020"));
    let told = told.unwrap_or_default();
    assert_eq!(RegistrationId::parse(&told), Some(id));
    assert_eq!(SettlementId::parse(&told), None);
    assert_eq!(VisitId::parse(&told), None);
}
