//! `yibao serve`: the doors of the agency open; with a town to try if there is nothing yet.

mod again;
mod lists;
mod lives;
mod making;
mod operators;
mod samples;
mod showing;

use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;

use domain::words::Lang;
use policy::Library;
use service::settings::{Settings, Sources};

use super::Desk;
use crate::args::serve::Serve;

/// Codes of chronic diseases as hospitals may send them. The region is invented, and so is which code means what there.
const DISEASES: [(&str, &str); 2] = [("M03900", "hypertension"), ("M01600", "diabetes")];

pub(crate) fn run(command: &Serve, desk: &Desk<'_>) -> Result<ExitCode, String> {
    let settings = settings(command, desk)?;
    if command.print_settings {
        print(&settings, desk);
        return Ok(ExitCode::SUCCESS);
    }
    for warning in settings.warnings() {
        desk.output.aside(&warning);
    }
    let agency = match command.demo {
        true => making::opened(command, desk)?,
        false => desk.open()?,
    };
    // With a server the data directory holds only the logs and files of the service.
    let home = &desk.place.data;
    std::fs::create_dir_all(home).map_err(|e| format!("{}: {e}", home.display()))?;
    if let Some(folder) = &command.load_lists {
        lists::write(&agency, folder, desk)?;
        return Ok(ExitCode::SUCCESS);
    }
    let persons = match command.demo {
        true => showing::known(&agency, desk)?,
        false => Vec::new(),
    };
    let secure = settings.tls.is_some();
    let mut unwritten = None;
    let listening = |address: SocketAddr| {
        let base = base(address, secure);
        if !command.json {
            told(&base, desk);
        }
        showing::show(&persons, &base, command.json, desk);
        if let Some(path) = &command.ready_file {
            unwritten = ready(path, address).err();
        }
    };
    let library = library(command, desk)?;
    service::open(agency, library, settings, listening).map_err(|e| e.to_string())?;
    match unwritten {
        Some(why) => Err(why),
        None => Ok(ExitCode::SUCCESS),
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "settings of a service may be told by its environment"
)]
fn settings(command: &Serve, desk: &Desk<'_>) -> Result<Settings, String> {
    let mut flags = command.of_settings.given();
    if command.demo && command.of_settings.sandbox.is_none() {
        flags.push(("sandbox", "true".to_owned()));
    }
    let environment = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let loaded = Settings::load(Sources {
        flags: &flags,
        environment: &environment,
        file: command.settings.as_deref(),
        home: &desk.place.data,
    });
    let mut settings = loaded.map_err(|faults| faults.to_string())?;
    if command.is_sandbox(desk.place.of_region) && settings.diseases.is_empty() {
        let diseases = DISEASES.map(|(code, name)| (code.to_owned(), name.to_owned()));
        settings.diseases.extend(diseases);
    }
    Ok(settings)
}

/// The rules that anyone may ask about: the agency's own, and in a sandbox those of the real regions beside them where they lie.
fn library(command: &Serve, desk: &Desk<'_>) -> Result<Library, String> {
    let beside = Path::new("policies");
    let mut folders = vec![desk.policies];
    if command.is_sandbox(desk.place.of_region) && desk.policies != beside && beside.is_dir() {
        folders.push(beside);
    }
    Library::open(&folders).map_err(|e| e.to_string())
}

fn print(settings: &Settings, desk: &Desk<'_>) {
    let output = desk.output;
    let heading = [
        output.say("设置", "setting"),
        output.say("值", "value"),
        output.say("来源", "said by"),
    ];
    let mut table = output.table(&heading);
    for told in settings.told() {
        table.add_row([told.key.clone(), told.value.clone(), told.from.to_string()]);
    }
    output.line(&table.to_string());
    for warning in settings.warnings() {
        output.aside(&warning);
    }
}

fn base(address: SocketAddr, secure: bool) -> String {
    let scheme = if secure { "https" } else { "http" };
    format!("{scheme}://{address}")
}

fn told(base: &str, desk: &Desk<'_>) {
    desk.output.line(&match desk.lang() {
        Lang::Zh => format!(
            "两定接口已开通：{base}/fsi/api/rsfComIfsService/callService\n健康检查 {base}/healthz，指标 {base}/metrics\n网页 {base}/"
        ),
        Lang::En => format!(
            "The doors are open: {base}/fsi/api/rsfComIfsService/callService\nhealth {base}/healthz, measures {base}/metrics\nFor people: {base}/"
        ),
    });
}

/// The address in a file, whole or not at all: whoever waits for it may read at any moment.
fn ready(path: &Path, address: SocketAddr) -> Result<(), String> {
    let told = |e: std::io::Error| format!("{}: {e}", path.display());
    let beside = path.with_extension("new");
    std::fs::write(&beside, address.to_string()).map_err(told)?;
    std::fs::rename(&beside, path).map_err(told)
}
