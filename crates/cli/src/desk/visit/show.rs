//! `yibao visit show`: a visit with its fee lines, and what has become of each.

use agency::Refused;
use agency::record::FeeLine;
use agency::visit::{VisitLine, VisitState};
use comfy_table::Cell;
use domain::Fen;
use domain::explain::amount;
use domain::words::Lang;
use serde_json::{Value, json};

use crate::args::visit::Show;
use crate::desk::{Desk, person};
use crate::output::{numbers_right, pretty, right};

pub(super) fn run(command: &Show, desk: &Desk<'_>) -> Result<(), String> {
    let agency = desk.open()?;
    let (person, _) = person::find(&agency, desk, &command.person)?;
    let number = command.visit;
    let visit = agency.visit(person, number).map_err(|e| desk.stored(e))?;
    let visit = visit.ok_or_else(|| Refused::NoVisit(number).describe(desk.lang()))?;
    if command.json {
        desk.output.line(&pretty(&as_json(person, number, &visit)));
        return Ok(());
    }
    head(number, &visit, desk);
    lines(&visit, desk);
    Ok(())
}

fn head(number: u64, visit: &VisitState, desk: &Desk<'_>) {
    let (output, lang) = (desk.output, desk.lang());
    let setting = visit.care.setting.name(lang);
    let (facility, from) = (&visit.care.facility, visit.care.when.from);
    output.heading(&match lang {
        Lang::Zh => format!("就诊 {number} · {setting} · {facility} · {from} 起"),
        Lang::En => format!("Visit {number} · {setting} · {facility} · from {from}"),
    });
    if let Some(on) = visit.discharged {
        output.line(&format!("{} {on}", output.say("出院", "discharged on")));
    }
    if visit.deposit > 0 {
        let sum = amount(Fen::new(visit.deposit));
        output.line(&format!("{} {sum}", output.say("预交金", "deposits")));
    }
    if visit.settled > 0 {
        let entry = visit.settled;
        output.line(&format!(
            "{} {entry}",
            output.say("已结算：记录", "settled by entry")
        ));
    }
}

fn lines(visit: &VisitState, desk: &Desk<'_>) {
    let (output, lang) = (desk.output, desk.lang());
    let header = [
        "",
        output.say("日期", "day"),
        output.say("项目", "item"),
        output.say("类别", "class"),
        output.say("数量", "quantity"),
        output.say("单价", "price"),
        output.say("状态", "state"),
    ];
    let mut table = output.table(&header);
    numbers_right(&mut table, 0..1);
    numbers_right(&mut table, 4..6);
    for (number, line) in (1..).zip(&visit.lines) {
        let of: &FeeLine = &line.line;
        let number: u64 = number;
        table.add_row([
            right(number.to_string()),
            Cell::new(of.day.map_or_else(String::new, |day| day.to_string())),
            Cell::new(&of.item),
            Cell::new(of.class.name(lang)),
            right(decimal(of.quantity, 4)),
            right(decimal(of.unit_price, 6)),
            Cell::new(state(line, lang)),
        ]);
    }
    output.line(&table.to_string());
}

fn state(line: &VisitLine, lang: Lang) -> String {
    match (line.removed, line.settled, lang) {
        (true, _, Lang::Zh) => "已撤销".to_owned(),
        (true, _, Lang::En) => "taken out".to_owned(),
        (false, 0, Lang::Zh) => "待结算".to_owned(),
        (false, 0, Lang::En) => "open".to_owned(),
        (false, entry, Lang::Zh) => format!("已结算（记录 {entry}）"),
        (false, entry, Lang::En) => format!("settled by entry {entry}"),
    }
}

/// A whole number of parts as a decimal: 25,000 ten-thousandths are `2.5`.
fn decimal(parts: u64, places: usize) -> String {
    let digits = format!("{parts:0>width$}", width = places + 1);
    let (whole, rest) = digits.split_at(digits.len() - places);
    match rest.trim_end_matches('0') {
        "" => whole.to_owned(),
        rest => format!("{whole}.{rest}"),
    }
}

fn as_json(person: u64, number: u64, visit: &VisitState) -> Value {
    let lines = visit.lines.iter().map(|line| {
        let of = &line.line;
        json!({
            "item": of.item,
            "day": of.day.map(|day| day.to_string()),
            "class": of.class.code(),
            "category": of.category.code(),
            "quantity": decimal(of.quantity, 4),
            "unit_price": decimal(of.unit_price, 6),
            "limit": of.limit.map(|limit| decimal(limit, 6)),
            "first_share": of.first_share.map(|(num, den)| format!("{num}/{den}")),
            "barred": of.barred,
            "settled_by": (line.settled > 0).then_some(line.settled),
            "removed": line.removed,
        })
    });
    json!({
        "person": person,
        "visit": number,
        "facility": visit.care.facility,
        "setting": visit.care.setting.code(),
        "from": visit.care.when.from.to_string(),
        "discharged": visit.discharged.map(|day| day.to_string()),
        "deposits": Fen::new(visit.deposit).to_string(),
        "settled_by": (visit.settled > 0).then_some(visit.settled),
        "lines": lines.collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn parts_are_written_as_decimals() {
        for (parts, places, written) in [
            (10_000, 4, "1"),
            (25_000, 4, "2.5"),
            (1, 4, "0.0001"),
            (0, 6, "0"),
            (12_340_000, 6, "12.34"),
        ] {
            assert_eq!(decimal(parts, places), written);
        }
    }
}
