//! What the program's log looks like.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use super::*;

#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl io::Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn written(level: &str, form: Form, terminal: bool, say: impl FnOnce()) -> String {
    let kept = Kept::default();
    let to = kept.clone();
    let log = subscriber(level, form, terminal, move || to.clone()).expect("a log");
    tracing::subscriber::with_default(log, say);
    let bytes = kept.0.lock().expect("nobody fell").clone();
    String::from_utf8(bytes).expect("UTF-8")
}

fn one_event() {
    let span = tracing::info_span!("message", request = "r-1", institution = "H1");
    span.in_scope(|| tracing::warn!(address = "127.0.0.1", "not let in"));
}

#[test]
fn elsewhere_than_on_a_terminal_each_event_is_a_line_of_json_with_the_message_it_is_of() {
    let text = written("info", Form::Auto, false, one_event);
    let line: serde_json::Value = serde_json::from_str(text.trim_end()).expect("one line");
    assert_eq!(line["level"], "WARN");
    assert_eq!(line["message"], "not let in");
    assert_eq!(line["address"], "127.0.0.1");
    assert_eq!(line["span"]["request"], "r-1");
    assert_eq!(line["span"]["institution"], "H1");
    assert!(line["timestamp"].is_string());
}

#[test]
fn on_a_terminal_it_is_read_by_people_and_has_colour() {
    let text = written("info", Form::Auto, true, one_event);
    assert!(text.contains("\u{1b}["), "{text}");
    assert!(text.contains("not let in"), "{text}");
    let plain = written("info", Form::Text, false, one_event);
    assert!(
        !plain.contains('\u{1b}') && !plain.starts_with('{'),
        "{plain}"
    );
    assert!(written("info", Form::Json, true, one_event).starts_with('{'));
}

#[test]
fn what_is_below_the_level_is_not_told() {
    assert_eq!(written("error", Form::Text, false, one_event), "");
    assert_eq!(written("off", Form::Text, false, one_event), "");
    assert_ne!(
        written("error,service=warn", Form::Text, false, one_event),
        ""
    );
}

#[test]
fn a_level_is_one_of_the_known_words() {
    for good in ["info", "off", "info,service=debug", "service::door=trace"] {
        assert!(is_level(good), "{good}");
    }
    for bad in ["", "loud", "info,", "info,loud", "service=loud"] {
        assert!(!is_level(bad), "{bad}");
    }
}

#[test]
fn a_panic_is_told_with_its_place() {
    let text = written("info", Form::Json, false, || {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(fallen));
        let fell = std::panic::catch_unwind(|| panic!("a beam broke"));
        std::panic::set_hook(before);
        assert!(fell.is_err());
    });
    assert!(text.contains("panicked: a beam broke"), "{text}");
    assert!(text.contains("logging/tests.rs"), "{text}");
}
