//! Bad input: for each error the smallest text that provokes it, and the exact message, as tables that can be read aloud.
//!
//! Most tables are files beside this one (`*.snap`): what stands under a `## name` is the input, what follows `! ` is
//! what the program says to it. Whoever adds a case writes the name and the input and lets `cargo xtask golden` add the
//! rest; then he reads what it says. Texts that cannot be written into a file are in [`bytes`].

mod bytes;
mod kinds;
mod registers;
mod shelf;
mod table;

use domain::Plan;
use domain::words::Lang;
use policy::{Errors, PolicyFile, Source, bill, cases};

use table::Table;

#[test]
fn bills() {
    Table::read("bills").check(|table, section| {
        let source = section.source("bill.toml", table.base("bill"));
        match source.and_then(|source| bill::read(&source)) {
            Ok(_) => Vec::new(),
            Err(errors) => told(&errors),
        }
    });
}

#[test]
fn fees() {
    Table::read("fees").check(|table, section| {
        let source = section.source("lines.toml", table.base("lines"));
        match source.and_then(|source| bill::fees::read(&source)) {
            Ok(_) => Vec::new(),
            Err(errors) => told(&errors),
        }
    });
}

#[test]
fn policies() {
    Table::read("policies").check(|table, section| {
        let source = section.source("policy.toml", table.base("policy"));
        match source.and_then(|source| PolicyFile::read(&source)) {
            Ok(_) => Vec::new(),
            Err(errors) => told(&errors),
        }
    });
}

#[test]
fn case_files() {
    Table::read("cases").check(|table, section| {
        let source = section.source("case.toml", table.base("case"));
        match source.and_then(|source| cases::read(&source)) {
            Ok(_) => Vec::new(),
            Err(errors) => told(&errors),
        }
    });
}

/// Bills that are read and cannot be settled under a policy that is right, and bills that the funds refuse.
#[test]
fn settlements() {
    Table::read("settlements").check(settle);
}

fn settle(table: &Table, section: &table::Section) -> Vec<String> {
    let (plan, source, bill) = match laid(table, section) {
        Ok(laid) => laid,
        Err(errors) => return told(&errors),
    };
    match domain::settle(&bill, &plan) {
        Err(why) => [Lang::En, Lang::Zh]
            .iter()
            .map(|lang| bill::unsettled(&source, &why, *lang).to_string())
            .collect(),
        Ok(settlement) => match settlement.refusal() {
            None => Vec::new(),
            Some(refusal) => {
                let (number, en, zh) = (
                    refusal.number(),
                    refusal.name(Lang::En),
                    refusal.name(Lang::Zh),
                );
                vec![format!("refused, {number}: {en} ({zh})")]
            }
        },
    }
}

/// The plan, the text of the bill and the bill of a section.
fn laid(table: &Table, section: &table::Section) -> Result<(Plan, Source, domain::Bill), Errors> {
    let policy = section
        .part("policy")
        .source("policy.toml", table.base("policy"))?;
    let plan = PolicyFile::read(&policy)?.plan;
    let source = section
        .part("bill")
        .source("bill.toml", table.base("bill"))?;
    let bill = bill::read(&source)?;
    Ok((plan, source, bill))
}

fn told(errors: &Errors) -> Vec<String> {
    errors.0.iter().map(ToString::to_string).collect()
}
