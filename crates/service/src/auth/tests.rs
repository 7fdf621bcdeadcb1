//! Knocks at the doors: those that are let in, and for every way of doing it wrong one that is not.

use std::collections::BTreeMap;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};

use super::*;
use crate::settings::Sources;

mod hunan;
mod sealed;
mod signed;

const NOW: i64 = 1_741_000_000;
/// Of the published vectors.
const TEST_SECRET: &str = "test-secret-0001";
const SM4_KEY: &str = "0123456789abcdef";
/// A pair that OpenSSL made for these tests, and nothing else.
const SM2_PUBLIC: &str = "0412a04b6afbb68e7cce14a352d5eb46b6430d1dd3f49ff304d9e7ec39e96a7c45ea058e083e77df2f92f1491784\
    81afbb51e57ea7b6eb41084bad1a8611cef7c6";
const SM2_SECRET: &str = "68d2481252f29a97d8a8237b51f29b15a8febac0a3c030441edab9fec8ecbe6d";

/// The same public key.
const SM2_PUBLIC_PEM: &str = "-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoEcz1UBgi0DQgAEEqBLavu2jnzOFKNS1etGtkMNHdP0
n/ME2efsOelqfEXqBY4IPnffL5LxSReEga+7UeV+p7brQQhLrRqGEc73xg==
-----END PUBLIC KEY-----
";

/// H1 to H6: one of each profile, one more of `x-ca`, and nobody else.
const SETTINGS: &str = r#"
[[institution]]
code = "H1"
profile = "hunan"
access_key = "AKTEST0001"
secret_env = "HUNAN"

[[institution]]
code = "H2"
profile = "x-tif"
access_key = "tif-2"
secret_env = "SHARED"

[[institution]]
code = "H3"
profile = "x-ca"
access_key = "ca-3"
secret_env = "SHARED"

[[institution]]
code = "H4"
profile = "sm2-sm4"
access_key = "client-0001"
secret_env = "SM4"
public_key_file = "public"
signing_key_env = "SIGNING"

[[institution]]
code = "H5"
profile = "none"

[[institution]]
code = "H6"
profile = "x-ca"
access_key = "ca-6"
secret_env = "OTHER"
"#;

fn settings(text: &str, variables: &[(&str, &str)]) -> Settings {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("written");
        path
    };
    write("public", SM2_PUBLIC);
    write("public.pem", SM2_PUBLIC_PEM);
    let path = write("settings.toml", text);
    let environment = |name: &str| {
        let mut variables = variables.iter();
        variables
            .find(|(key, _)| *key == name)
            .map(|(_, value)| (*value).to_owned())
    };
    let sources = Sources {
        flags: &[],
        environment: &environment,
        file: Some(&path),
        home: Path::new("data"),
    };
    Settings::load(sources).expect("settings")
}

const VARIABLES: [(&str, &str); 5] = [
    ("HUNAN", "SKTEST0001"),
    ("SHARED", TEST_SECRET),
    ("SM4", SM4_KEY),
    ("SIGNING", SM2_SECRET),
    ("OTHER", "another-secret"),
];

fn doors() -> Doors {
    doors_with(&[])
}

/// With other secrets in the place of some.
fn doors_with(other: &[(&str, &str)]) -> Doors {
    let variables = [other, &VARIABLES[..]].concat();
    Doors::new(&settings(SETTINGS, &variables)).expect("keys")
}

/// A knock that owns what it is made of, so that a test can change one thing.
#[derive(Clone, Default)]
struct Message {
    headers: BTreeMap<&'static str, String>,
    body: Vec<u8>,
    institution: &'static str,
    number: &'static str,
    input: Option<String>,
    signature: Option<String>,
    now: i64,
}

impl Message {
    fn from(institution: &'static str) -> Message {
        Message {
            institution,
            number: "2207",
            body: b"{\"a\":1}".to_vec(),
            now: NOW,
            ..Message::default()
        }
    }

    fn with(mut self, header: &'static str, value: &str) -> Message {
        self.headers.insert(header, value.to_owned());
        self
    }

    fn without(mut self, header: &str) -> Message {
        self.headers.remove(header);
        self
    }

    fn at(self, now: i64) -> Message {
        Message { now, ..self }
    }

    fn says(self, institution: &'static str) -> Message {
        Message {
            institution,
            ..self
        }
    }

    fn admit(&self, doors: &Doors) -> Result<Admitted, Denied> {
        doors.admit(&Knock {
            headers: &|name| self.headers.get(name).map(String::as_str),
            body: &self.body,
            institution: self.institution,
            number: self.number,
            input: self.input.as_deref(),
            signature: self.signature.as_deref(),
            now: self.now,
        })
    }

    /// The word of the refusal by doors that have seen nothing yet; `in` when it is let in.
    fn word(&self) -> &'static str {
        self.admit(&doors())
            .map_or_else(|denied| denied.word(), |_| "in")
    }
}

/// The headers of `x-tif`, as a client makes them.
fn tif(secret: &str, time: i64, nonce: &str) -> Message {
    let digest = Sha256::digest(format!("{time}{secret}{nonce}{time}"));
    Message::from("H2")
        .with("x-tif-paasid", "tif-2")
        .with("x-tif-timestamp", &time.to_string())
        .with("x-tif-nonce", nonce)
        .with("x-tif-signature", &hex_of(&digest))
}

/// The headers of `x-ca`, as a client makes them.
fn ca(secret: &str, time: i64, body: &[u8]) -> Message {
    let mut mac = Hmac::<sm3::Sm3>::new_from_slice(secret.as_bytes()).expect("a key");
    mac.update(format!("{time}\n").as_bytes());
    mac.update(body);
    let code = hex_of(&mac.finalize().into_bytes()).to_uppercase();
    let message = Message::from("H3")
        .with("x-ca-key", "ca-3")
        .with("x-ca-signature", &format!("{time}:{code}"));
    Message {
        body: body.to_vec(),
        ..message
    }
}

fn hex_of(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn who_is_not_listed_is_refused_unless_the_settings_say_otherwise() {
    let stranger = Message::from("H9");
    assert_eq!(stranger.word(), "unknown_institution");
    for (text, outcome) in [
        ("", Err(Denied::Institution)),
        ("sandbox = true", Ok(Profile::None)),
        ("default_profile = \"none\"", Ok(Profile::None)),
    ] {
        let doors = Doors::new(&settings(text, &[])).expect("no keys");
        let profile = stranger.admit(&doors).map(|admitted| admitted.profile);
        assert_eq!(profile, outcome, "{text}");
    }
    assert_eq!(Message::from("H5").word(), "in");
}

#[test]
fn a_key_of_one_institution_cannot_speak_for_another() {
    let body = b"{\"a\":1}";
    for (message, word) in [
        (ca(TEST_SECRET, NOW, body), "in"),
        // Another of the same profile, another profile, one that proves nothing, one that is not listed.
        (ca(TEST_SECRET, NOW, body).says("H6"), "others_key"),
        (ca(TEST_SECRET, NOW, body).says("H2"), "others_key"),
        (ca(TEST_SECRET, NOW, body).says("H5"), "others_key"),
        (ca(TEST_SECRET, NOW, body).says("H9"), "others_key"),
        // A good proof of H2 beside the key of H3.
        (
            tif(TEST_SECRET, NOW, "n").with("x-ca-key", "ca-3"),
            "others_key",
        ),
        (
            tif(TEST_SECRET, NOW, "n").with("x-ca-key", "nobody's"),
            "in",
        ),
        (tif(TEST_SECRET, NOW, "n").says("H1"), "others_key"),
    ] {
        assert_eq!(message.word(), word, "{}", message.institution);
    }
    // In a sandbox as well, where strangers are believed.
    let sandbox = format!("sandbox = true\n{SETTINGS}");
    let doors = Doors::new(&settings(&sandbox, &VARIABLES)).expect("keys");
    let message = ca(TEST_SECRET, NOW, body).says("H9");
    let header = "x-ca-key";
    assert_eq!(message.admit(&doors), Err(Denied::OthersKey { header }));
}

#[test]
fn every_refusal_has_the_gateways_text_and_an_english_sentence() {
    let name = "x-tif-nonce";
    let header = "x-ca-key";
    let (missing, late) = ("缺少服务网关的请求头!", "签名时间戳超时!");
    let (nobody, differs) = ("非法用户!", "签名不一致!");
    for (denied, text, sentence) in [
        (
            Denied::Header { name },
            missing,
            "the header `x-tif-nonce` is missing",
        ),
        (
            Denied::NoTime { name },
            late,
            "the time in `x-tif-nonce` is not written in the digits that the profile asks for",
        ),
        (
            Denied::Late {
                age: 400,
                window: 300,
            },
            late,
            "it was signed 400 seconds ago, and 300 are allowed",
        ),
        (
            Denied::Early { ahead: 400 },
            late,
            "it is signed 400 seconds ahead of the agency's clock",
        ),
        (
            Denied::Repeated,
            late,
            "this signed message was here before; to ask again, sign it anew with another time or nonce",
        ),
        (
            Denied::Forgotten,
            late,
            "it was signed before messages that were already let in and forgotten; sign it anew",
        ),
        (
            Denied::Institution,
            nobody,
            "the institution is not known to the service",
        ),
        (
            Denied::Key { header },
            nobody,
            "the key in `x-ca-key` is not the institution's",
        ),
        (
            Denied::OthersKey { header },
            nobody,
            "the key in `x-ca-key` belongs to another institution than the message names",
        ),
        (
            Denied::Transaction { header },
            differs,
            "the signed name in `x-ca-key` is not that of the message's transaction",
        ),
        (
            Denied::Unsealed { what: "signature" },
            differs,
            "the message has no signature",
        ),
        (
            Denied::Signature,
            differs,
            "the signature does not hold for this message and the institution's key",
        ),
    ] {
        assert_eq!(denied.gateway_text(), text);
        assert_eq!(denied.to_string(), sentence);
    }
    assert_eq!(Denied::CODE, 401);
}

#[test]
fn a_key_that_is_none_is_told_without_being_shown() {
    for (variable, value, rule) in [
        (
            "SHARED",
            "a\nb\nc",
            "a secret is one line, or two while one takes the place of the other",
        ),
        (
            "SM4",
            "short",
            "an SM4 key is 16 characters or 32 hexadecimal digits; two lines while one takes the place of the other",
        ),
        (
            "SIGNING",
            "77",
            "an SM2 private key is PEM (PKCS#8), or 64 hexadecimal digits",
        ),
        (
            "SIGNING",
            "-----BEGIN PRIVATE KEY-----",
            "an SM2 private key is PEM (PKCS#8), or 64 hexadecimal digits",
        ),
    ] {
        let variables = [&[(variable, value)][..], &VARIABLES[..]].concat();
        let Err(faults) = Doors::new(&settings(SETTINGS, &variables)) else {
            panic!("{variable}: {value}");
        };
        for fault in &faults {
            let told = fault.to_string();
            let institution = &fault.institution;
            assert_eq!(
                told,
                format!("institution {institution}: environment {variable}: {rule}")
            );
        }
    }
}
