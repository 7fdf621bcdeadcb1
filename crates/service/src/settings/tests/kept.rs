//! What is kept of messages and told in the log, as the settings say it.

use super::*;

#[test]
fn a_sandbox_keeps_its_messages_unless_told_otherwise() {
    for (written, expected) in [
        ("", None),
        ("trace = \"off\"", None),
        ("sandbox = true", Some("data/trace.jsonl")),
        ("sandbox = true\ntrace = \"off\"", None),
        ("sandbox = true\ntrace = \"/t\"", Some("/t")),
    ] {
        let place = Place::with(written);
        let settings = place.load(&[], &[]).expect("settings");
        assert_eq!(
            settings.trace.as_deref(),
            expected.map(Path::new),
            "{written}"
        );
        let told = settings.told().iter().filter(|told| told.key == "trace");
        assert_eq!(told.count(), usize::from(!written.is_empty()));
    }
}

#[test]
fn where_the_trace_is_can_be_known_without_the_secrets() {
    let hunan =
        "code = \"H1\"\nprofile = \"hunan\"\naccess_key = \"AK\"\nsecret_file = \"nowhere\"";
    let place = Place::with(&format!("trace = \"t\"\n{}", institution(hunan)));
    let file = place.path();
    let of = |file| {
        Settings::trace_of(&Sources {
            flags: &[],
            environment: &|_| None,
            file,
            home: Path::new("data"),
        })
    };
    assert_eq!(of(Some(&file)), place.0.path().join("t"));
    assert_eq!(of(None), Path::new("data/trace.jsonl"));
}

#[test]
fn the_level_of_the_log_is_said_by_the_variable_that_every_program_knows_too() {
    let place = Place::with("log = \"warn\"");
    for (variables, expected) in [
        (&[][..], "warn"),
        (&[("RUST_LOG", "debug")], "debug"),
        (&[("RUST_LOG", "debug"), ("YIBAO_LOG", "error")], "error"),
    ] {
        let settings = place.load(&[], variables).expect("settings");
        assert_eq!(settings.log, expected);
    }
}

#[test]
fn pages_that_others_can_reach_are_warned_of() {
    for (written, warned) in [
        ("sandbox = true\nlisten = \"0.0.0.0:80\"", true),
        (
            "sandbox = true\nlisten = \"0.0.0.0:80\"\ntrace = \"off\"",
            false,
        ),
        ("sandbox = true", false),
        ("listen = \"0.0.0.0:80\"", false),
    ] {
        let settings = Place::with(written).load(&[], &[]).expect("settings");
        let told = settings
            .warnings()
            .iter()
            .any(|text| text.contains("/trace"));
        assert_eq!(told, warned, "{written}");
    }
}
