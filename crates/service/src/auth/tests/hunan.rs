//! The profile `hunan`.

use sha1::Sha1;

use super::*;

/// The headers, as the gateway's clients make them.
fn message(secret: &str, name: &str, millis: i64) -> Message {
    let text = format!(
        "_api_access_key=AKTEST0001&_api_name={name}&_api_timestamp={millis}&_api_version=1.0"
    );
    let mut mac = Hmac::<Sha1>::new_from_slice(secret.as_bytes()).expect("a key");
    mac.update(text.as_bytes());
    Message::from("H1")
        .with("_api_access_key", "AKTEST0001")
        .with("_api_name", name)
        .with("_api_timestamp", &millis.to_string())
        .with("_api_version", "1.0")
        .with(
            "_api_signature",
            &STANDARD.encode(mac.finalize().into_bytes()),
        )
}

fn good() -> Message {
    message("SKTEST0001", "2207", NOW * 1000)
}

#[test]
fn the_vector_of_a_real_client_is_let_in() {
    let millis = 1_795_414_953_596;
    let message = message("SKTEST0001", "api_9001", millis)
        .with("_api_signature", "aeyGEJXeZPYOC5E0jvTXpE8pNUE=");
    let message = Message {
        number: "9001",
        ..message.at(millis / 1000)
    };
    let admitted = message.admit(&doors()).expect("let in");
    assert_eq!(
        (admitted.institution.as_str(), admitted.profile),
        ("H1", Profile::Hunan)
    );
}

#[test]
fn whatever_is_changed_is_refused() {
    for (message, word) in [
        (good(), "in"),
        (good().with("_api_access_key", "AKTEST0002"), "unknown_key"),
        (good().with("_api_name", "2208"), "bad_signature"),
        (good().with("_api_version", "2.0"), "bad_signature"),
        (
            good().with("_api_timestamp", "1741000000001"),
            "bad_signature",
        ),
        (good().with("_api_timestamp", "1741000000"), "no_time"),
        (good().with("_api_timestamp", "+741000000000"), "no_time"),
        (
            good().with("_api_signature", "aeyGEJXeZPYOC5E0jvTXpE8pNUE="),
            "bad_signature",
        ),
        (good().with("_api_signature", "not base64"), "bad_signature"),
        (good().with("_api_signature", "aeyG"), "bad_signature"),
        (message("another", "2207", NOW * 1000), "bad_signature"),
        // Signed well, but for another transaction.
        (
            message("SKTEST0001", "2208", NOW * 1000),
            "other_transaction",
        ),
        (message("SKTEST0001", "api_2207", NOW * 1000), "in"),
        (good().without("_api_access_key"), "no_header"),
        (good().without("_api_name"), "no_header"),
        (good().without("_api_timestamp"), "no_header"),
        (good().without("_api_version"), "no_header"),
        (good().without("_api_signature"), "no_header"),
        (good().with("_api_signature", ""), "no_header"),
    ] {
        assert_eq!(message.word(), word, "{:?}", message.headers);
    }
}

#[test]
fn a_signature_is_good_for_half_an_hour() {
    for (seconds, word) in [
        (1800, "in"),
        (1801, "signed_late"),
        (-300, "in"),
        (-301, "signed_early"),
    ] {
        assert_eq!(good().at(NOW + seconds).word(), word, "{seconds}");
    }
}

#[test]
fn the_other_form_of_a_transaction_goes_by_its_plain_number() {
    for (number, name, word) in [
        ("2207A", "2207", "in"),
        ("2207A", "2207A", "in"),
        ("2207A", "api_2207a", "in"),
        ("2207", "2207A", "other_transaction"),
        ("", "", "no_header"),
        ("", "api_", "other_transaction"),
    ] {
        let message = message("SKTEST0001", name, NOW * 1000);
        let message = Message { number, ..message };
        assert_eq!(message.word(), word, "{number} {name}");
    }
}

/// The body is not covered and nothing is remembered: the docs say so.
#[test]
fn the_same_headers_may_come_again_with_another_body() {
    let doors = doors();
    assert!(good().admit(&doors).is_ok());
    let other = Message {
        body: b"{\"a\":2}".to_vec(),
        ..good()
    };
    assert!(other.admit(&doors).is_ok());
}

#[test]
fn while_a_secret_is_replaced_both_hold() {
    let doors = doors_with(&[("HUNAN", "SKTEST0002\nSKTEST0001\n")]);
    assert!(good().admit(&doors).is_ok());
    let new = message("SKTEST0002", "2207", NOW * 1000);
    assert!(new.admit(&doors).is_ok());
    let older = message("SKTEST0000", "2207", NOW * 1000);
    assert_eq!(older.admit(&doors), Err(Denied::Signature));
}
