//! The profiles `x-tif` and `x-ca`.

use super::*;

const NONCE: &str = "0f8fad5b-d9cb-469f-a165-70867728950e";

fn tif_good() -> Message {
    tif(TEST_SECRET, NOW, NONCE)
}

fn ca_good() -> Message {
    ca(TEST_SECRET, NOW, b"{\"a\":1}")
}

#[test]
fn the_published_vectors_are_let_in() {
    let tif = tif_good().with(
        "x-tif-signature",
        "9d9f1aca03251bc366eeed162a83a219eb3e7e56457aa20b8657835fbdc30e68",
    );
    let admitted = tif.admit(&doors()).expect("let in");
    assert_eq!(
        (admitted.institution.as_str(), admitted.profile),
        ("H2", Profile::XTif)
    );
    let ca = ca_good().with(
        "x-ca-signature",
        "1741000000:70AE782B9E0D5F5B48C8D4960F1ACBE2E95A8491F58894BC833036B085BA583E",
    );
    let body = concat!("{\"inf", "no\":\"9001\"}").as_bytes().to_vec();
    let admitted = Message { body, ..ca }.admit(&doors()).expect("let in");
    assert_eq!(
        (admitted.institution.as_str(), admitted.profile),
        ("H3", Profile::XCa)
    );
}

#[test]
fn whatever_is_changed_under_x_tif_is_refused() {
    let upper = tif_good().headers["x-tif-signature"].to_uppercase();
    for (message, word) in [
        (tif_good(), "in"),
        (tif_good().with("x-tif-signature", &upper), "in"),
        (tif_good().with("x-tif-paasid", "tif-3"), "unknown_key"),
        (tif_good().with("x-tif-nonce", "another"), "bad_signature"),
        (
            tif_good().with("x-tif-timestamp", "1741000001"),
            "bad_signature",
        ),
        (tif_good().with("x-tif-timestamp", "01741000000"), "no_time"),
        (
            tif_good().with("x-tif-timestamp", "1741000000000"),
            "no_time",
        ),
        (tif_good().with("x-tif-signature", "9d9f"), "bad_signature"),
        (tif_good().with("x-tif-signature", "9d9"), "bad_signature"),
        (
            tif_good().with("x-tif-signature", "nothing"),
            "bad_signature",
        ),
        (tif("another", NOW, NONCE), "bad_signature"),
        (tif_good().without("x-tif-paasid"), "no_header"),
        (tif_good().without("x-tif-timestamp"), "no_header"),
        (tif_good().without("x-tif-nonce"), "no_header"),
        (tif_good().without("x-tif-signature"), "no_header"),
    ] {
        assert_eq!(message.word(), word, "{:?}", message.headers);
    }
}

#[test]
fn whatever_is_changed_under_x_ca_is_refused() {
    let signature = ca_good().headers["x-ca-signature"].clone();
    let other_time = signature.replace("1741000000:", "1741000001:");
    let body = Message {
        body: b"{\"a\":2}".to_vec(),
        ..ca_good()
    };
    for (message, word) in [
        (ca_good(), "in"),
        (
            ca_good().with("x-ca-signature", &signature.to_lowercase()),
            "in",
        ),
        (body, "bad_signature"),
        (ca_good().with("x-ca-key", "ca-4"), "unknown_key"),
        (
            ca_good().with("x-ca-signature", &other_time),
            "bad_signature",
        ),
        (
            ca_good().with("x-ca-signature", &signature[11..]),
            "bad_signature",
        ),
        (
            ca_good().with("x-ca-signature", &signature[..20]),
            "bad_signature",
        ),
        (ca_good().with("x-ca-signature", ":"), "no_time"),
        (ca("another", NOW, b"{\"a\":1}"), "bad_signature"),
        (ca_good().without("x-ca-key"), "no_header"),
        (ca_good().without("x-ca-signature"), "no_header"),
    ] {
        assert_eq!(message.word(), word, "{:?}", message.headers);
    }
}

#[test]
fn a_signature_is_good_for_the_window() {
    for (seconds, word) in [
        (300, "in"),
        (301, "signed_late"),
        (-300, "in"),
        (-301, "signed_early"),
    ] {
        assert_eq!(tif_good().at(NOW + seconds).word(), word, "{seconds}");
        assert_eq!(ca_good().at(NOW + seconds).word(), word, "{seconds}");
    }
    let narrow = format!("window = 10\n{SETTINGS}");
    let doors = Doors::new(&settings(&narrow, &VARIABLES)).expect("keys");
    for (seconds, outcome) in [
        (
            11,
            Err(Denied::Late {
                age: 11,
                window: 10,
            }),
        ),
        (-11, Err(Denied::Early { ahead: 11 })),
        (10, Ok(())),
    ] {
        let message = tif_good().at(NOW + seconds);
        assert_eq!(message.admit(&doors).map(|_| ()), outcome);
    }
}

#[test]
fn the_same_signed_message_is_let_in_once_and_a_new_one_of_the_same_content_again() {
    for (message, anew) in [
        (tif_good(), tif(TEST_SECRET, NOW, "another-nonce")),
        (ca_good(), ca(TEST_SECRET, NOW + 1, b"{\"a\":1}")),
    ] {
        let doors = doors();
        assert!(message.admit(&doors).is_ok());
        assert_eq!(message.admit(&doors), Err(Denied::Repeated));
        assert_eq!(
            message.clone().at(NOW + 200).admit(&doors),
            Err(Denied::Repeated)
        );
        assert!(anew.admit(&doors).is_ok());
        let late = message.at(NOW + 301).admit(&doors);
        assert!(matches!(late, Err(Denied::Late { .. })), "{late:?}");
    }
}

#[test]
fn the_digits_of_a_signature_written_otherwise_make_no_other_message() {
    for (message, header) in [
        (tif_good(), "x-tif-signature"),
        (ca_good(), "x-ca-signature"),
    ] {
        let doors = doors();
        assert!(message.admit(&doors).is_ok());
        for written in [
            message.headers[header].to_lowercase(),
            message.headers[header].to_uppercase(),
        ] {
            let again = message.clone().with(header, &written);
            assert_eq!(again.admit(&doors), Err(Denied::Repeated));
        }
    }
}

#[test]
fn what_is_refused_uses_nothing_up_and_what_was_not_carried_out_may_come_again() {
    let doors = doors();
    let forged = tif_good().with("x-tif-signature", "00");
    assert_eq!(forged.admit(&doors), Err(Denied::Signature));
    let admitted = tif_good().admit(&doors).expect("let in");
    doors.release(&admitted);
    assert!(tif_good().admit(&doors).is_ok());
    assert_eq!(tif_good().admit(&doors), Err(Denied::Repeated));
}
