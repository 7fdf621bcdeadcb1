//! The profile `sm2-sm4`.

use sm2::dsa::signature::{Signer as _, Verifier as _};
use sm2::dsa::{DerSignature, Signature, SigningKey, VerifyingKey};
use sm4::Sm4;

use super::*;

const PLAIN: &str = "{\"data\":{\"number\":\"1\"}}";
/// `PLAIN` under `SM4_KEY`, as OpenSSL encrypts it.
const ENCRYPTED: &str = "nS5OymdlZJZ537yL81nJZtRys1/2IJatdb9Jl2s68Uo=";
/// `PLAIN` signed by OpenSSL with `SM2_SECRET` for the user `client-0001`.
const SIGNED: &str = "MEYCIQDBZxvY91nazyl3JefQ0nj6LbjbLyBcxj7yOCbfZ4dR+gIhAIj2Y2DYw00zaVWLAlkajEl8GyMGv1mxUzZSjoC2xJ1e";

fn unhex(text: &str) -> Vec<u8> {
    super::super::hex::unhex(text).expect("digits")
}

fn signing_key(user: &str) -> SigningKey {
    SigningKey::from_slice(user, &unhex(SM2_SECRET)).expect("a key")
}

fn signed_as(user: &str, text: &str) -> String {
    let signature: Signature = signing_key(user).sign(text.as_bytes());
    STANDARD.encode(signature.to_bytes())
}

/// SM4 with padding, written once more.
fn encrypted(key: &str, plain: &[u8]) -> String {
    use sm4::cipher::{BlockCipherEncrypt as _, KeyInit as _};
    let cipher = Sm4::new_from_slice(key.as_bytes()).expect("a key");
    let mut bytes = plain.to_vec();
    let padding = 16 - plain.len() % 16;
    bytes.extend(std::iter::repeat_n(padding as u8, padding));
    raw(&mut bytes, |block| cipher.encrypt_block(block))
}

fn raw(bytes: &mut [u8], turn: impl Fn(&mut sm4::cipher::Block<Sm4>)) -> String {
    for block in bytes.chunks_exact_mut(16) {
        let mut one = sm4::cipher::Block::<Sm4>::try_from(&*block).expect("a block");
        turn(&mut one);
        block.copy_from_slice(&one);
    }
    STANDARD.encode(bytes)
}

fn message(input: &str, signature: &str) -> Message {
    Message {
        input: Some(input.to_owned()),
        signature: Some(signature.to_owned()),
        ..Message::from("H4")
    }
}

#[test]
fn the_published_vector_is_opened() {
    let plain = concat!("{\"data\":{\"psn", "_no\":\"1\"}}");
    let input = "ChFgtqWBcdv8o7TzWPaMh9Rys1/2IJatdb9Jl2s68Uo=";
    let message = message(input, &signed_as("client-0001", plain));
    let admitted = message.admit(&doors()).expect("let in");
    assert_eq!(admitted.input.as_deref(), Some(plain));
}

#[test]
fn what_openssl_encrypts_and_signs_is_opened() {
    let admitted = message(ENCRYPTED, SIGNED).admit(&doors()).expect("let in");
    assert_eq!(admitted.input.as_deref(), Some(PLAIN));
    assert_eq!(
        (admitted.institution.as_str(), admitted.profile),
        ("H4", Profile::Sm2Sm4)
    );
}

#[test]
fn whatever_is_changed_is_refused() {
    let signed = signed_as("client-0001", PLAIN);
    let other = PLAIN.replace('1', "2");
    let broken = format!("MEYA{}", &SIGNED[4..]);
    let lines = format!("{}\r\n{}\n", &ENCRYPTED[..20], &ENCRYPTED[20..]);
    for (message, word) in [
        (message(ENCRYPTED, SIGNED), "in"),
        (message(ENCRYPTED, &signed), "in"),
        (message(&lines, &signed), "in"),
        (
            message(&encrypted(SM4_KEY, other.as_bytes()), &signed),
            "bad_signature",
        ),
        (
            message(ENCRYPTED, &signed_as("client-0001", &other)),
            "bad_signature",
        ),
        (
            message(ENCRYPTED, &signed_as("client-0002", PLAIN)),
            "bad_signature",
        ),
        (
            message(&encrypted("fedcba9876543210", PLAIN.as_bytes()), &signed),
            "bad_signature",
        ),
        (message(&ENCRYPTED[..20], &signed), "bad_signature"),
        (message("not base64!", &signed), "bad_signature"),
        (message(PLAIN, &signed), "bad_signature"),
        (message(ENCRYPTED, &broken), "bad_signature"),
        (message(ENCRYPTED, "AAAA"), "bad_signature"),
        (
            message(ENCRYPTED, &STANDARD.encode([0; 64])),
            "bad_signature",
        ),
        (
            message(ENCRYPTED, &STANDARD.encode([255; 64])),
            "bad_signature",
        ),
        (message(ENCRYPTED, ""), "unsealed"),
        (message("", &signed), "unsealed"),
        (Message::from("H4"), "unsealed"),
    ] {
        assert_eq!(
            message.word(),
            word,
            "{:?} {:?}",
            message.input,
            message.signature
        );
    }
}

#[test]
fn a_wrong_padding_is_refused_whatever_was_signed() {
    use sm4::cipher::{BlockCipherEncrypt as _, KeyInit as _};
    let cipher = Sm4::new_from_slice(SM4_KEY.as_bytes()).expect("a key");
    for end in [[7, 0], [7, 17], [1, 2], [16, 16], [0, 255]] {
        let mut block = [b'a'; 16];
        block[14..].copy_from_slice(&end);
        // The signature holds for the bytes as they stand, with what should be padding.
        let signature: Signature = signing_key("client-0001").sign(&block);
        let input = raw(&mut block, |one| cipher.encrypt_block(one));
        let message = message(&input, &STANDARD.encode(signature.to_bytes()));
        assert_eq!(message.word(), "bad_signature", "{end:?}");
    }
    // Signed well, but no text.
    let bytes = [0xff, 0xfe];
    let signature: Signature = signing_key("client-0001").sign(&bytes);
    let message = message(
        &encrypted(SM4_KEY, &bytes),
        &STANDARD.encode(signature.to_bytes()),
    );
    assert_eq!(message.word(), "bad_signature");
}

#[test]
fn an_answer_is_sealed_as_the_message_was() {
    let doors = doors();
    let key = VerifyingKey::from_sec1_bytes("client-0001", &unhex(SM2_PUBLIC)).expect("a key");
    for (signature, der) in [
        (SIGNED.to_owned(), true),
        (signed_as("client-0001", PLAIN), false),
    ] {
        let admitted = message(ENCRYPTED, &signature)
            .admit(&doors)
            .expect("let in");
        for output in [
            "",
            "{}",
            "sixteen bytes ..",
            "{\"名\":\"三\"}",
            &"x".repeat(1000),
        ] {
            let sealed = doors.seal(&admitted, output).expect("sealed");
            assert_eq!(sealed.output, encrypted(SM4_KEY, output.as_bytes()));
            let bytes = STANDARD
                .decode(sealed.signature.expect("signed"))
                .expect("base64");
            let signature = if der {
                let form = DerSignature::try_from(bytes.as_slice()).expect("ASN.1");
                Signature::try_from(form).expect("a signature")
            } else {
                Signature::from_slice(&bytes).expect("64 bytes")
            };
            assert!(key.verify(output.as_bytes(), &signature).is_ok());
        }
    }
    // Other profiles answer in the clear.
    let admitted = tif(TEST_SECRET, NOW, "n").admit(&doors).expect("let in");
    assert_eq!(doors.seal(&admitted, "{}"), None);
}

#[test]
fn what_is_sealed_is_opened_again() {
    let doors = doors();
    let mut admitted = message(ENCRYPTED, SIGNED).admit(&doors).expect("let in");
    for length in [0, 1, 15, 16, 17, 31, 32, 33, 4096] {
        let output = "y".repeat(length);
        let sealed = doors.seal(&admitted, &output).expect("sealed");
        let back = message(&sealed.output, &sealed.signature.expect("signed"));
        admitted = back.admit(&doors).expect("let in");
        assert_eq!(admitted.input.as_deref(), Some(output.as_str()));
    }
}

#[test]
fn while_a_key_is_replaced_each_is_answered_with_its_own() {
    let new = "fedcba9876543210";
    let doors = doors_with(&[("SM4", &format!("{new}\n{SM4_KEY}\n"))]);
    for key in [new, SM4_KEY] {
        let input = encrypted(key, PLAIN.as_bytes());
        let message = message(&input, &signed_as("client-0001", PLAIN));
        let admitted = message.admit(&doors).expect("let in");
        let sealed = doors.seal(&admitted, "{}").expect("sealed");
        assert_eq!(sealed.output, encrypted(key, b"{}"));
    }
}

#[test]
fn keys_are_read_as_digits_and_as_pem() {
    let pem = "-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqBHM9VAYItBG0wawIBAQQgaNJIElLympfYqCN7
UfKbFaj+usCjwDBEHtq5/sjsvm2hRANCAAQSoEtq+7aOfM4Uo1LV60a2Qw0d0/Sf
8wTZ5+w56Wp8ReoFjgg+d98vkvFJF4SBr7tR5X6ntutBCEutGoYRzvfG
-----END PRIVATE KEY-----
";
    let digits = "30313233343536373839616263646566";
    let variables = [&[("SIGNING", pem), ("SM4", digits)][..], &VARIABLES[..]].concat();
    let text = SETTINGS.replace("\"public\"", "\"public.pem\"");
    let doors = Doors::new(&settings(&text, &variables)).expect("keys");
    let admitted = message(ENCRYPTED, SIGNED).admit(&doors).expect("let in");
    let sealed = doors.seal(&admitted, PLAIN).expect("sealed");
    assert_eq!(sealed.output, ENCRYPTED);
}
