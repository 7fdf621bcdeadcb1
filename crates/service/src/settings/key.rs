//! `Key`: the table of the keys that have one value, with default and rule.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use super::{Settings, TlsFiles};
use crate::Profile;
use crate::codes::Delivery;
use crate::logging::{self, Form};

/// A key with one value: in the file by its name, as an argument and in the environment by a name made from it.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// In the file.
    pub name: &'static str,
    /// What holds where nothing is said.
    pub default: Option<&'static str>,
    /// The rule that the value is held to.
    pub rule: &'static str,
    /// Reads the text into the settings; none when it breaks the rule.
    pub(super) set: fn(&mut Settings, &str, &Path) -> Option<()>,
}

impl Key {
    /// As an argument: `--access-log`.
    #[must_use]
    pub fn flag(&self) -> String {
        format!("--{}", self.name.replace('_', "-"))
    }

    /// In the environment: `YIBAO_ACCESS_LOG`.
    #[must_use]
    pub fn variable(&self) -> String {
        format!("YIBAO_{}", self.name.to_ascii_uppercase())
    }

    /// All variables that may say it, the strongest first: for the level of the log there is one that every program knows.
    pub(super) fn variables(&self) -> impl Iterator<Item = String> + use<> {
        let known = (self.name == "log").then(|| "RUST_LOG".to_owned());
        [self.variable()].into_iter().chain(known)
    }
}

const SIZE: &str =
    "a size is a whole number of bytes above zero, or of `KiB`, `MiB` or `GiB`, such as `2 MiB`";
const RATE: &str = "a rate is a whole number of messages a second, 1 to 1000000";
/// What says that there is none.
const OFF: &str = "off";
const FILE: &str = "a path is not empty";

/// The table of the keys.
pub const KEYS: &[Key] = &[
    Key {
        name: "listen",
        default: Some("127.0.0.1:8787"),
        rule: "an address to listen on is a number of the network and a port, such as `127.0.0.1:8787` or `[::]:8787`",
        set: |to, text, _| put(&mut to.listen, text.parse::<SocketAddr>().ok()),
    },
    Key {
        name: "certificate",
        default: None,
        rule: FILE,
        set: |to, text, folder| put(&mut tls(to).certificate, path(text, folder)),
    },
    Key {
        name: "certificate_key",
        default: None,
        rule: FILE,
        set: |to, text, folder| put(&mut tls(to).key, path(text, folder)),
    },
    Key {
        name: "sandbox",
        default: Some("false"),
        rule: "it is `true` or `false`",
        set: |to, text, _| put(&mut to.sandbox, text.parse().ok()),
    },
    Key {
        name: "default_profile",
        default: None,
        rule: "an institution that is not listed is refused (`refused`) or believed (`none`)",
        set: |to, text, _| put(&mut to.default_profile, default_profile(text)),
    },
    Key {
        name: "window",
        default: Some("300"),
        rule: "a window is 10 to 1800 seconds",
        set: |to, text, _| put(&mut to.window, within(text, 10, 1800)),
    },
    Key {
        name: "institution_rate",
        default: Some("200"),
        rule: RATE,
        set: |to, text, _| put(&mut to.bounds.institution_rate, rate(text)),
    },
    Key {
        name: "address_rate",
        default: Some("1000"),
        rule: RATE,
        set: |to, text, _| put(&mut to.bounds.address_rate, rate(text)),
    },
    Key {
        name: "body_limit",
        default: Some("2 MiB"),
        rule: SIZE,
        set: |to, text, _| put(&mut to.bounds.body, memory(text)),
    },
    Key {
        name: "upload_limit",
        default: Some("32 MiB"),
        rule: SIZE,
        set: |to, text, _| put(&mut to.bounds.upload, memory(text)),
    },
    Key {
        name: "waiting_limit",
        default: Some("4096"),
        rule: "the number of messages that may wait is 1 to 1000000",
        set: |to, text, _| {
            let waiting = within(text, 1, 1_000_000).and_then(|number| number.try_into().ok());
            put(&mut to.bounds.waiting, waiting)
        },
    },
    Key {
        name: "access_log",
        default: Some("access.jsonl"),
        rule: FILE,
        set: |to, text, folder| put(&mut to.access_log, path(text, folder)),
    },
    Key {
        name: "access_log_size",
        default: Some("256 MiB"),
        rule: SIZE,
        set: |to, text, _| put(&mut to.access_log_size, size(text)),
    },
    Key {
        name: "trace",
        default: None,
        rule: "a path is not empty; `off` is none",
        set: |to, text, folder| match text {
            OFF => put(&mut to.trace, Some(None)),
            _ => put(&mut to.trace, path(text, folder).map(Some)),
        },
    },
    Key {
        name: "trace_size",
        default: Some("64 MiB"),
        rule: SIZE,
        set: |to, text, _| put(&mut to.trace_size, size(text)),
    },
    Key {
        name: "log",
        default: Some("info"),
        rule: "a level is `error`, `warn`, `info`, `debug`, `trace` or `off`; a room may have its own, as in `info,service=debug`",
        set: |to, text, _| {
            put(
                &mut to.log,
                logging::is_level(text).then(|| text.to_owned()),
            )
        },
    },
    Key {
        name: "log_form",
        default: Some("auto"),
        rule: "it is `text`, `json`, or `auto`: text on a terminal and JSON elsewhere",
        set: |to, text, _| put(&mut to.log_form, Form::named(text)),
    },
    Key {
        name: "files",
        default: Some("files"),
        rule: FILE,
        set: |to, text, folder| put(&mut to.files, path(text, folder)),
    },
    Key {
        name: "one_time_codes",
        default: None,
        rule: "it is the path of a program that sends codes, `shown` in a sandbox, or `off`",
        set: |to, text, folder| put(&mut to.one_time_codes, delivery(text, folder)),
    },
    Key {
        name: "operators",
        default: None,
        rule: "operators sign in at the pages where it is `on`, and nobody where it is `off`",
        set: |to, text, _| put(&mut to.operators, switch(text)),
    },
    Key {
        name: "proxy",
        default: Some("off"),
        rule: "it is `on` where a proxy on this machine tells the client's address in X-Forwarded-For, and `off` elsewhere",
        set: |to, text, _| put(&mut to.proxy, switch(text)),
    },
];

fn put<T>(place: &mut T, value: Option<T>) -> Option<()> {
    *place = value?;
    Some(())
}

fn tls(settings: &mut Settings) -> &mut TlsFiles {
    settings.tls.get_or_insert_with(|| TlsFiles {
        certificate: PathBuf::new(),
        key: PathBuf::new(),
    })
}

fn default_profile(text: &str) -> Option<Option<Profile>> {
    match text {
        "refused" => Some(None),
        "none" => Some(Some(Profile::None)),
        _ => None,
    }
}

fn switch(text: &str) -> Option<bool> {
    match text {
        "on" => Some(true),
        OFF => Some(false),
        _ => None,
    }
}

fn delivery(text: &str, folder: &Path) -> Option<Delivery> {
    match text {
        OFF => Some(Delivery::Off),
        "shown" => Some(Delivery::Shown),
        _ => path(text, folder).map(Delivery::Program),
    }
}

fn within(text: &str, least: u32, most: u32) -> Option<u32> {
    let number = digits(text)?.parse().ok()?;
    (least..=most).contains(&number).then_some(number)
}

fn rate(text: &str) -> Option<NonZeroU32> {
    NonZeroU32::new(within(text, 1, 1_000_000)?)
}

/// Digits alone: `parse` would take a sign.
fn digits(text: &str) -> Option<&str> {
    text.bytes()
        .all(|byte| byte.is_ascii_digit())
        .then_some(text)
}

pub(super) fn path(text: &str, folder: &Path) -> Option<PathBuf> {
    (!text.is_empty()).then(|| folder.join(text))
}

fn memory(text: &str) -> Option<usize> {
    size(text)?.try_into().ok()
}

fn size(text: &str) -> Option<u64> {
    const UNITS: [(&str, u64); 3] = [("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30)];
    let unit = UNITS
        .iter()
        .find_map(|(name, bytes)| Some((text.strip_suffix(name)?, *bytes)));
    let (number, bytes) = unit.unwrap_or((text, 1));
    let number: u64 = digits(number.trim_end())?.parse().ok()?;
    number.checked_mul(bytes).filter(|size| *size > 0)
}
