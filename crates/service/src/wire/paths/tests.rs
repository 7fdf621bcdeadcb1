//! Tests of `paths`.

use super::*;

#[test]
fn the_three_styles_are_understood() {
    for (path, expected) in [
        ("/fsi/api/rsfComIfsService/callService", Asked::Body),
        ("/mbs-hiIntf-x/web/api/fsi/callService/", Asked::Body),
        ("callService", Asked::Body),
        ("/fsi/api/callService/2207", Asked::Number("2207")),
        ("/fsi/api/2203A?x=1", Asked::Number("2203A")),
        ("/fsi/api/100001", Asked::Number("100001")),
        (
            "/fsi/api/outpatientSettleService/saveSettletmentV2",
            Asked::Number("2207"),
        ),
        (
            "/other/outpatientDocInfoService/outpatientRregistration",
            Asked::Number("2201"),
        ),
        (
            "/fsi/api/catalogdownservice/downCatalog1307",
            Asked::Number("1307"),
        ),
    ] {
        assert_eq!(asked(path), Some(expected), "{path}");
    }
    for path in [
        "",
        "/",
        "/fsi/api/",
        "/fsi/api/nothing",
        "/x/123",
        "/x/downCatalog",
        "/x/A",
    ] {
        assert_eq!(asked(path), None, "{path}");
    }
}

#[test]
fn a_number_and_its_alias_agree() {
    assert!(agree(Asked::Body, "2207"));
    assert!(agree(Asked::Number("2207A"), "2207"));
    assert!(agree(Asked::Number("2207"), "2207A"));
    assert!(!agree(Asked::Number("3202"), "3201"));
    assert!(
        !agree(Asked::Number("3401"), "3401A"),
        "a batch is no alias"
    );
}

#[test]
fn no_service_stands_twice_and_each_names_a_number() {
    for (at, (service, number)) in SERVICES.iter().enumerate() {
        assert!(is_number(number), "{service}");
        let again = SERVICES[at + 1..].iter().any(|(other, _)| other == service);
        assert!(!again, "{service}");
    }
}
