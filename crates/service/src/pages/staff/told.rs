//! What a proposal would have done, in words.

use agency::act::Act;
use agency::domain::registration::Registration;
use agency::domain::words::Lang;
use agency::office::Office;

use super::super::Reader;

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
        (Act::Register(registered), Lang::Zh) => {
            format!(
                "备案：{}",
                registration(reader, office, &registered.registration())
            )
        }
        (Act::Register(registered), Lang::En) => {
            format!(
                "register: {}",
                registration(reader, office, &registered.registration())
            )
        }
        (Act::Unregister { registered, .. }, Lang::Zh) => format!("撤销备案（记录 {registered}）"),
        (Act::Unregister { registered, .. }, Lang::En) => {
            format!("cancel the registration of entry {registered}")
        }
        (Act::Reverse { entry, .. }, Lang::Zh) => format!("退费（结算 {entry}）"),
        (Act::Reverse { entry, .. }, Lang::En) => format!("take settlement {entry} back"),
        (_, lang) => super::super::say(lang, "其他业务", "something else").to_owned(),
    }
}

/// The kind, the disease, where, and the days.
pub(super) fn registration(reader: &Reader, office: &Office, held: &Registration) -> String {
    let mut parts = vec![held.kind.name(reader.lang).to_owned()];
    parts.extend(held.disease.as_ref().map(|id| disease(reader, office, id)));
    parts.extend(held.region.map(|region| region.to_string()));
    parts.extend(held.facility.as_ref().map(|code| {
        let known = office.institution(code, held.from).ok();
        known.map_or_else(|| code.clone(), |agreement| agreement.name.clone())
    }));
    let until = held.until.map_or_else(String::new, |day| day.to_string());
    parts.push(format!("{} – {until}", held.from).trim_end().to_owned());
    parts.join(reader.say("，", ", "))
}

/// By the last policy that names it.
fn disease(reader: &Reader, office: &Office, id: &str) -> String {
    let policies = office.policies.current().iter().rev();
    let mut named = policies.flat_map(|version| &version.policy().diseases);
    let found = named.find(|(known, _)| known == id);
    found.map_or_else(
        || id.to_owned(),
        |(_, name)| name.lang(reader.lang).to_owned(),
    )
}
