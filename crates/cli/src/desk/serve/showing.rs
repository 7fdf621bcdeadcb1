//! What a demonstration shows at its start: the test persons, and three commands to try.

use agency::Agency;
use comfy_table::ColumnConstraint;
use domain::month::Month;
use domain::person::Status;
use domain::words::Lang;
use serde_json::{Value, json};
use service::wire::ids::{PersonId, Region};

use super::lives;
use super::samples::{SAMPLES, Sample, Situation};
use crate::desk::Desk;
use crate::desk::person::today;
use crate::output::pretty;

/// The newborn of a demonstration that is older than so many months is not looked for.
const OLDEST: i32 = 60;

/// A test person that the agency knows.
pub(super) struct Known {
    sample: &'static Sample,
    identity: String,
    /// The person's number as the interface has it.
    number: String,
    insurance: &'static str,
}

/// The test persons that the agency knows.
pub(super) fn known(agency: &Agency, desk: &Desk<'_>) -> Result<Vec<Known>, String> {
    let mut all = Vec::new();
    for sample in SAMPLES {
        let found = identities(sample).find_map(|identity| {
            let person = agency.find(&identity).0;
            match agency.person(person) {
                Ok(None) => None,
                Ok(Some(_)) => Some(Ok((identity, person))),
                Err(e) => Some(Err(desk.stored(e))),
            }
        });
        let Some(found) = found else { continue };
        let (identity, number) = found?;
        let id = PersonId {
            region: Region::of(agency.region()),
            number,
        };
        all.push(Known {
            sample,
            identity,
            number: id.told().unwrap_or_default(),
            insurance: service::wire::insurance(sample.status.scheme()),
        });
    }
    Ok(all)
}

/// The identity numbers that a test person may have: the newborn's goes by the month in which the town was made.
fn identities(sample: &Sample) -> impl Iterator<Item = String> {
    let months = match sample.situation {
        Situation::Newborn => OLDEST,
        _ => 1,
    };
    let now = Month::of(today());
    (0..months).map(move |back| sample.identity(lives::born(sample, now.plus(-back))))
}

/// The list and the commands.
pub(super) fn show(known: &[Known], base: &str, as_json: bool, desk: &Desk<'_>) {
    let output = desk.output;
    if as_json {
        output.line(&pretty(&as_value(known, base)));
        return;
    }
    if known.is_empty() {
        return;
    }
    output.heading(output.say("测试人员", "Test persons"));
    let heading = [
        output.say("姓名", "name"),
        output.say("公民身份号码", "identity number"),
        output.say("人员编号", "person's number"),
        output.say("险种", "type"),
        output.say("情形", "situation"),
        output.say("购药会怎样", "what to expect of a purchase"),
    ];
    let mut table = output.table(&heading);
    for column in 0..4 {
        if let Some(column) = table.column_mut(column) {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
    }
    for one in known {
        let sample = one.sample;
        table.add_row([
            sample.name,
            &one.identity,
            &one.number,
            one.insurance,
            output.say(sample.told.0, sample.told.1),
            output.say(sample.expect.0, sample.expect.1),
        ]);
    }
    output.line(&table.to_string());
    output.heading(output.say(
        "试一试（另开一个终端，在项目目录）",
        "To try (in another terminal, in the project's folder)",
    ));
    for command in commands(base) {
        output.line(&command);
    }
    output.line(match output.lang {
        Lang::Zh => "同一报文ID再发，得到同一结果，不会再扣一次；另一笔请改报文ID。",
        Lang::En => "The same message sent again gives the same answer and takes nothing twice; another purchase has another message id.",
    });
}

/// Three commands.
fn commands(base: &str) -> [String; 3] {
    [
        format!(
            "  curl -sS {base}/fsi/api/rsfComIfsService/callService -d @examples/interface/purchase.json"
        ),
        format!("  sh examples/interface/outpatient.sh {base}"),
        format!("  sh examples/interface/inpatient.sh {base}"),
    ]
}

fn as_value(known: &[Known], base: &str) -> Value {
    let one = |known: &Known| {
        let sample = known.sample;
        json!({
            "name": sample.name,
            "identity_number": known.identity,
            "number": known.number,
            "insurance": known.insurance,
            "retired": sample.status == Status::Retired,
            "situation": { "zh": sample.told.0, "en": sample.told.1 },
            "expect": { "zh": sample.expect.0, "en": sample.expect.1 },
        })
    };
    json!({
        "address": base,
        "persons": known.iter().map(one).collect::<Vec<_>>(),
        "commands": commands(base).map(|command| command.trim().to_owned()),
    })
}
