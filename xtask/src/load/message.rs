//! Messages: the templates of `xtask/load/`, and how a call of a visit fills them.

use super::fen;
use super::lists::Lists;
use super::scan::Amount;
use super::visit::{Call, Line, Visit};

const ENVELOPE: &str = include_str!("../../load/envelope.json");

/// The table of messages: each call's input, and the form of a line in it.
const MESSAGES: &[(Call, &str, &str)] = &[
    (Call::Person, include_str!("../../load/1101.json"), ""),
    (
        Call::Purchase,
        include_str!("../../load/2102.json"),
        include_str!("../../load/2102.line.json"),
    ),
    (Call::Register, include_str!("../../load/2201.json"), ""),
    (Call::Diagnose, include_str!("../../load/2203.json"), ""),
    (
        Call::Lines,
        include_str!("../../load/2204.json"),
        include_str!("../../load/2204.line.json"),
    ),
    (Call::Try, include_str!("../../load/2206.json"), ""),
    (Call::Settle, include_str!("../../load/2207.json"), ""),
    (Call::Admit, include_str!("../../load/2401.json"), ""),
    (
        Call::StayLines,
        include_str!("../../load/2301.json"),
        include_str!("../../load/2301.line.json"),
    ),
    (Call::Discharge, include_str!("../../load/2402.json"), ""),
    (Call::TryStay, include_str!("../../load/2303.json"), ""),
    (Call::SettleStay, include_str!("../../load/2304.json"), ""),
];

/// What stands in a template between double braces.
#[derive(Clone, Copy)]
enum Hole {
    Lines,
    Number,
    Message,
    Area,
    InsuredArea,
    Now,
    Day,
    /// A column of the institution's or the person's row.
    Institution(usize),
    Person(usize),
    Visit,
    VisitNumber,
    Batch,
    Total,
    Tried(Amount),
    LineNumber,
    Item,
    OwnItem,
    Amount,
    Count,
    Price,
    Trace,
}

/// The table of holes.
const HOLES: &[(&str, Hole)] = &[
    ("lines", Hole::Lines),
    ("number", Hole::Number),
    ("message", Hole::Message),
    ("area", Hole::Area),
    ("insured_area", Hole::InsuredArea),
    ("now", Hole::Now),
    ("day", Hole::Day),
    ("institution", Hole::Institution(0)),
    ("institution_name", Hole::Institution(1)),
    ("doctor", Hole::Institution(4)),
    ("doctor_name", Hole::Institution(5)),
    ("department", Hole::Institution(6)),
    ("department_name", Hole::Institution(7)),
    ("sign", Hole::Institution(8)),
    ("person", Hole::Person(0)),
    ("identity", Hole::Person(1)),
    ("name", Hole::Person(2)),
    ("insurance", Hole::Person(3)),
    ("kind", Hole::Person(4)),
    ("visit", Hole::Visit),
    ("visit_number", Hole::VisitNumber),
    ("batch", Hole::Batch),
    ("total", Hole::Total),
    ("own_pay", Hole::Tried(Amount::OwnPay)),
    ("over_limit", Hole::Tried(Amount::OverLimit)),
    ("first_share", Hole::Tried(Amount::FirstShare)),
    ("in_scope", Hole::Tried(Amount::InScope)),
    ("line_number", Hole::LineNumber),
    ("item", Hole::Item),
    ("own_item", Hole::OwnItem),
    ("amount", Hole::Amount),
    ("count", Hole::Count),
    ("price", Hole::Price),
    ("trace", Hole::Trace),
];

/// A text with holes: each piece is followed by its hole, the last by none.
type Template = Vec<(String, Option<Hole>)>;

/// All templates, in the order of the calls.
pub(super) struct Messages {
    calls: Vec<(Template, Template)>,
}

/// What a message says beside its visit.
pub(super) struct Saying<'a> {
    pub(super) lists: &'a Lists,
    pub(super) visit: &'a Visit,
    pub(super) call: Call,
    /// Unique in the run, and with the run's own text in the world.
    pub(super) serial: u64,
    pub(super) run: &'a str,
    /// `2025-03-03 17:00:00`
    pub(super) now: &'a str,
    /// The region, where a list does not say another.
    pub(super) area: &'a str,
}

impl Messages {
    pub(super) fn read() -> Result<Messages, String> {
        let calls = MESSAGES.iter().map(|(_, input, line)| {
            let whole = compact(ENVELOPE).replace("{{input}}", &compact(input));
            Ok((template(&whole)?, template(&compact(line))?))
        });
        Ok(Messages {
            calls: calls.collect::<Result<_, String>>()?,
        })
    }

    /// Writes a message.
    pub(super) fn write(&self, saying: &Saying<'_>, out: &mut Vec<u8>) {
        let (whole, line) = &self.calls[saying.call as usize];
        for (text, hole) in whole {
            out.extend_from_slice(text.as_bytes());
            match hole {
                Some(Hole::Lines) => {
                    for number in saying.visit.lines_of(saying.call) {
                        if !out.ends_with(b"[") {
                            out.push(b',');
                        }
                        saying.lay(line, number, out);
                    }
                }
                Some(hole) => saying.fill(*hole, 0, out),
                None => {}
            }
        }
    }
}

impl Saying<'_> {
    fn lay(&self, template: &Template, line: usize, out: &mut Vec<u8>) {
        for (text, hole) in template {
            out.extend_from_slice(text.as_bytes());
            if let Some(hole) = hole {
                self.fill(*hole, line, out);
            }
        }
    }

    fn fill(&self, hole: Hole, number: usize, out: &mut Vec<u8>) {
        let visit = self.visit;
        let line: &Line = &visit.lines[number];
        let item = &self.lists.items[line.item];
        let (institution, person) = (visit.institution, visit.person);
        match hole {
            Hole::Lines => {}
            Hole::Number => out.extend_from_slice(self.call.number().as_bytes()),
            Hole::Message => self.message(out),
            Hole::Area => out.extend(self.area_or(self.lists.institutions.value(institution, 3))),
            Hole::InsuredArea => out.extend(self.area_or(self.lists.persons.value(person, 5))),
            Hole::Now => out.extend_from_slice(self.now.as_bytes()),
            Hole::Day => out.extend(self.now.bytes().take(10)),
            Hole::Institution(column) => {
                out.extend(self.lists.institutions.value(institution, column).bytes());
            }
            Hole::Person(column) => out.extend(self.lists.persons.value(person, column).bytes()),
            Hole::Visit => out.extend_from_slice(&visit.number),
            Hole::VisitNumber | Hole::Batch => {
                out.extend_from_slice(self.run.as_bytes());
                out.push(if matches!(hole, Hole::Batch) {
                    b'B'
                } else {
                    b'V'
                });
                fen::whole(visit.serial, out);
            }
            Hole::Total => fen::write(visit.total(), out),
            Hole::Tried(amount) => {
                let tried = visit.tried.as_ref().and_then(|of| of[amount as usize]);
                fen::write(tried.unwrap_or(0), out);
            }
            Hole::LineNumber => fen::whole(number as u64 + 1, out),
            Hole::Item => out.extend_from_slice(item.code.as_bytes()),
            Hole::OwnItem => out.extend_from_slice(item.own.as_bytes()),
            Hole::Amount => fen::write(line.amount, out),
            Hole::Count => fen::whole(line.count.unsigned_abs(), out),
            Hole::Price => fen::write(item.price, out),
            Hole::Trace => self.trace(number, out),
        }
    }

    /// Long enough to be like no other run's, short enough for the wire's thirty characters.
    fn message(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.run.as_bytes());
        out.push(b'-');
        fen::whole(self.serial, out);
    }

    /// Twenty digits that no other box has: an eight as made-up ones have it, ten of the run, nine of the box.
    fn trace(&self, line: usize, out: &mut Vec<u8>) {
        let run = self.run.len().saturating_sub(10);
        out.push(b'8');
        out.extend_from_slice(&self.run.as_bytes()[run..]);
        let start = out.len();
        fen::whole(
            1_000_000_000 + (self.serial * 10 + line as u64) % 1_000_000_000,
            out,
        );
        out.remove(start);
    }

    fn area_or<'a>(&'a self, area: &'a str) -> std::str::Bytes<'a> {
        if area.is_empty() { self.area } else { area }.bytes()
    }
}

/// A template without the white space of its file; no text in it goes over a line.
fn compact(file: &str) -> String {
    let line = |line: &str| line.trim().replacen("\": ", "\":", 1);
    file.lines().map(line).collect()
}

fn template(text: &str) -> Result<Template, String> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, after) = after.split_once("}}").ok_or("a hole has no end")?;
        let hole = HOLES.iter().find(|(known, _)| *known == name);
        let (_, hole) = hole.ok_or(format!("there is no hole `{name}`"))?;
        parts.push((before.to_owned(), Some(*hole)));
        rest = after;
    }
    parts.push((rest.to_owned(), None));
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::super::visit::{CALLS, Kind};
    use super::*;

    #[test]
    fn every_call_has_its_message_in_its_place() {
        assert_eq!(MESSAGES.len(), CALLS.len());
        for (place, (call, _, _)) in MESSAGES.iter().enumerate() {
            assert_eq!((*call as usize, CALLS[place]), (place, *call));
        }
    }

    #[test]
    fn every_message_is_json_of_its_number_with_its_total() {
        let lists = Lists::made_up(5).expect("lists");
        let messages = Messages::read().expect("templates");
        let mut random = fastrand::Rng::with_seed(1);
        for call in CALLS {
            let mut visit = Visit::draw(Kind::Inpatient, 2, &lists, &mut random, 77);
            visit.number = b"NUMBER".to_vec();
            let saying = Saying {
                lists: &lists,
                visit: &visit,
                call: *call,
                serial: 9,
                run: "R",
                now: "2025-03-03 17:00:00",
                area: "310000",
            };
            let mut out = Vec::new();
            messages.write(&saying, &mut out);
            let text = String::from_utf8(out).expect("UTF-8");
            let tree: serde_json::Value = serde_json::from_str(&text).expect("JSON");
            let values: Vec<_> = tree.as_object().expect("an object").values().collect();
            assert_eq!(
                (values[0], values[1]),
                (&call.number().into(), &"R-9".into())
            );
            assert!(!text.contains("{{") && !text.contains('\n'), "{text}");
        }
    }

    #[test]
    fn a_hole_that_is_not_known_is_refused() {
        assert!(template("{{nothing}}").is_err());
        assert!(template("{{now").is_err());
    }
}
