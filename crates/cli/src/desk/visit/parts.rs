//! A visit in parts: opened, fee lines added and taken out, deposits, discharge.

use agency::act::Act;
use agency::record::{Care, Cost, Discharged, VisitOpened, When};
use domain::Fen;
use domain::explain::amount;
use domain::words::Lang;
use policy::Source;
use serde_json::json;

use super::{care_of, lines};
use crate::args::visit::{Add, Deposit, Discharge, Open, Remove};
use crate::desk::counter::Counter;
use crate::desk::{Desk, person};

pub(super) fn open(command: &Open, desk: &Desk<'_>) -> Result<(), String> {
    let care = match &command.bill {
        Some(path) => {
            let source = Source::read_or_stdin(path).map_err(|e| e.to_string())?;
            let bill = policy::bill::read(&source).map_err(|e| e.to_string())?;
            care_of(&command.facility, &bill)
        }
        None => {
            let from = command.from.unwrap_or_else(person::today);
            let when = When { from, until: None };
            Care {
                emergency: command.emergency,
                disease: command.disease.clone(),
                spare_account: command.spare_account,
                ..Care::new(&command.facility, command.setting, when, Cost::none())
            }
        }
    };
    // The lines come later, and so does the discharge.
    let care = Care {
        when: When {
            until: None,
            ..care.when
        },
        interim: false,
        cost: Cost::none(),
        ..care
    };
    let counter = Counter::open(&command.asked, desk)?;
    let setting = care.setting.name(desk.lang());
    let done = counter.ask(
        Act::Open(Box::new(VisitOpened { care, paper: None })),
        false,
    )?;
    let visit = done.answer.entry;
    let told = match desk.lang() {
        Lang::Zh => format!("就诊号 {visit}，{setting}。"),
        Lang::En => format!("Visit {visit}, {setting}."),
    };
    counter.tell(&done, &told, json!({ "visit": visit }));
    Ok(())
}

pub(super) fn add(command: &Add, desk: &Desk<'_>) -> Result<(), String> {
    let source = Source::read_or_stdin(&command.lines).map_err(|e| e.to_string())?;
    let counter = Counter::open(&command.asked, desk)?;
    let on = command.on.unwrap_or_else(person::today);
    let unknown = lines::unknown(command.unknown_self_funded);
    let office = counter.agency.office();
    let lines = lines::read(&source, &office.catalogue, (on, unknown), desk.lang())?;
    let (visit, count) = (command.visit, lines.len());
    counter.carry_out(
        Act::AddLines {
            visit,
            lines,
            returns: Vec::new(),
            on,
        },
        |_| match desk.lang() {
            Lang::Zh => format!("就诊 {visit}：费用 {count} 条。"),
            Lang::En => format!("Visit {visit}: lines added: {count}."),
        },
    )
}

pub(super) fn remove(command: &Remove, desk: &Desk<'_>) -> Result<(), String> {
    let visit = command.visit;
    let act = Act::RemoveLines {
        visit,
        // None means all.
        lines: command.line.clone(),
        on: command.on.unwrap_or_else(person::today),
    };
    let counter = Counter::open(&command.asked, desk)?;
    counter.carry_out(act, |done| {
        let count = match &done.answer.event {
            agency::record::Event::LinesRemoved(removed) => removed.lines.len(),
            _ => 0,
        };
        match desk.lang() {
            Lang::Zh => format!("就诊 {visit}：撤销费用 {count} 条。"),
            Lang::En => format!("Visit {visit}: lines taken out: {count}."),
        }
    })
}

pub(super) fn deposit(command: &Deposit, desk: &Desk<'_>) -> Result<(), String> {
    let (visit, sum) = (command.visit, command.amount);
    let act = Act::Deposit {
        visit,
        amount: sum,
        on: command.on.unwrap_or_else(person::today),
    };
    let counter = Counter::open(&command.asked, desk)?;
    let done = counter.ask(act, false)?;
    let state = counter.agency.visit(counter.person, visit);
    let state = state.map_err(|e| desk.stored(e))?;
    let all = state.map_or(sum, |state| Fen::new(state.deposit));
    let told = match desk.lang() {
        Lang::Zh => format!("就诊 {visit}：{} 元，共 {} 元。", amount(sum), amount(all)),
        Lang::En => format!("Visit {visit}: {}, together {}.", amount(sum), amount(all)),
    };
    counter.tell(&done, &told, json!({ "deposits": all.to_string() }));
    Ok(())
}

pub(super) fn discharge(command: &Discharge, desk: &Desk<'_>) -> Result<(), String> {
    let visit = command.visit;
    let on = command.on.unwrap_or_else(person::today);
    let counter = Counter::open(&command.asked, desk)?;
    let discharged = Box::new(Discharged {
        visit,
        on,
        paper: None,
    });
    counter.carry_out(Act::Discharge(discharged), |_| match desk.lang() {
        Lang::Zh => format!("就诊 {visit}：{on} 出院。"),
        Lang::En => format!("Visit {visit}: discharged on {on}."),
    })
}
