//! What a proposal would have done, in words.

use agency::act::Act;
use agency::domain::words::Lang;
use agency::office::Office;

use super::super::Reader;
use super::super::person::registered;

/// For the log, in no language: the act, and the entry or the kind that it is about.
pub(super) fn code(act: &Act) -> String {
    match act {
        Act::Register(registered) => format!("register {}", registered.kind.code()),
        Act::Unregister { registered, .. } => format!("unregister {registered}"),
        Act::Reverse { entry, .. } => format!("reverse {entry}"),
        _ => "other".to_owned(),
    }
}

/// For whoever decides.
pub(super) fn act(reader: &Reader, office: &Office, act: &Act) -> String {
    match (act, reader.lang) {
        (Act::Register(of), Lang::Zh) => {
            format!("备案：{}", registered(reader, office, &of.registration()))
        }
        (Act::Register(of), Lang::En) => {
            format!(
                "register: {}",
                registered(reader, office, &of.registration())
            )
        }
        (
            Act::Unregister {
                registered: entry, ..
            },
            Lang::Zh,
        ) => format!("撤销备案（记录 {entry}）"),
        (
            Act::Unregister {
                registered: entry, ..
            },
            Lang::En,
        ) => {
            format!("cancel the registration of entry {entry}")
        }
        (Act::Reverse { entry, .. }, Lang::Zh) => format!("退费（结算 {entry}）"),
        (Act::Reverse { entry, .. }, Lang::En) => format!("take settlement {entry} back"),
        (_, lang) => super::super::say(lang, "其他业务", "something else").to_owned(),
    }
}
