//! 5204 and 5205: fee lines of a settlement as they were settled, and the drugs of chronic visits.

use std::collections::HashMap;

use agency::domain::bill::Category;
use agency::domain::catalogue::Catalogue;
use agency::domain::setting::Setting;
use agency::record::{Cost, Event, FeeLine, Settled};
use agency::{Answer, EntryRow, Look, Refused, divided};

use super::super::bill::spelt;
use super::super::charges::{self, Divided};
use super::super::fields::Shape;
use super::super::fields::query::{IN_5204_DATA, IN_5205_DATA, OUT_5204_ROWS, OUT_5205_FEEDETAIL};
use super::super::kinds;
use super::super::node::Node;
use super::super::refusal::Refusal;
use super::super::rows;
use super::super::settled::Sign;
use super::super::work::{Done, Work};
use super::super::write::{Out, Rows};
use super::Range;
use super::found::{Asked, Found};

/// 5204: the lines that the settlement took; of what took it back, the negative.
pub(in crate::wire) async fn lines(work: &Work<'_>) -> Result<Done, Refusal> {
    let asked = work.read(|reader| Asked::read(work, &reader.one(&IN_5204_DATA)?))?;
    let found = Found::find(work, asked).await?;
    let settled = found.settled()?;
    let history = match settled.visit {
        Some(_) => work.window.history(found.person).await?,
        None => Vec::new(),
    };
    let taken = Taken {
        settled,
        answer: &found.settlement,
        said: said(settled, found.settlement.entry, &history),
        sign: found.sign(),
        person: work.person_id(found.person),
        visit: found.visit_id(work)?,
        settlement: found.settlement_id(work),
    };
    Ok(Done::Output(Out::list_of(|rows| {
        taken.write(work, rows, &OUT_5204_ROWS, |_| true);
    })))
}

/// 5205: the drugs of a person's chronic visits here.
pub(in crate::wire) async fn chronic(work: &Work<'_>) -> Result<Done, Refusal> {
    let (person, range) = work.read(|reader| {
        let data = reader.one(&IN_5205_DATA)?;
        let person = work.person(&data);
        let range = Range::read(&data);
        Ok((person?, range?))
    })?;
    let look = Look {
        person,
        ..Look::default()
    };
    let state = work.look(look).await?.state;
    let state = state.ok_or(Refused::NoPerson(person))?;
    let history = work.window.history(person).await?;
    let lane = work.window.agency.lane_of(person);
    let mut out = Out::new();
    out.list("feedetail", |rows| {
        for (row, event) in &history {
            let Event::Settled(settled) = event else {
                continue;
            };
            let care = &settled.care;
            let ours = care.facility == work.message.institution;
            let wanted = ours && care.setting == Setting::Chronic;
            if !wanted || state.taken_back.contains(&row.seq) {
                continue;
            }
            let Ok(answer) = Answer::of(lane, row.clone()) else {
                continue;
            };
            let taken = Taken {
                settled,
                answer: &answer,
                said: said(settled, row.seq, &history),
                sign: Sign::Plus,
                person: work.person_id(person),
                visit: String::new(),
                settlement: String::new(),
            };
            taken.write(work, rows, &OUT_5205_FEEDETAIL, |line| {
                let day = line.day.unwrap_or(care.when.from);
                line.category == Category::Drug && range.has(day)
            });
        }
    });
    Ok(Done::Output(out.json()))
}

/// What an institution said beside each line, by the line's number. A purchase has it with its lines; of a visit it stands where the
/// lines came.
fn said(
    settled: &Settled,
    entry: u64,
    history: &[(EntryRow, Event)],
) -> HashMap<String, Node<'static>> {
    let mut said = HashMap::new();
    let mut all = |lines: &[FeeLine]| {
        for line in lines {
            let (Some(number), Some(detail)) = (&line.number, &line.detail) else {
                continue;
            };
            if let Ok(node) = Node::parse(detail) {
                said.insert(number.clone(), node.into_owned());
            }
        }
    };
    if let Cost::Lines(lines) = &settled.care.cost {
        all(lines);
    }
    for (_, event) in history.iter().filter(|(row, _)| row.seq < entry) {
        match event {
            Event::LinesAdded(added) if settled.visit == Some(added.visit) => all(&added.lines),
            _ => {}
        }
    }
    said
}

/// The lines that a settlement took.
struct Taken<'a> {
    settled: &'a Settled,
    answer: &'a Answer,
    said: HashMap<String, Node<'static>>,
    sign: Sign,
    person: String,
    visit: String,
    settlement: String,
}

impl Taken<'_> {
    fn write(
        &self,
        work: &Work<'_>,
        rows: &mut Rows<'_>,
        shape: &Shape,
        wanted: impl Fn(&FeeLine) -> bool,
    ) {
        let Cost::Lines(lines) = &self.settled.care.cost else {
            return;
        };
        let office = work.window.agency.office();
        let Some(version) = office.policies.numbered(self.answer.policy) else {
            return;
        };
        let steps = self.settled.steps.iter().filter_map(|form| form.step());
        let steps: Vec<_> = steps.collect();
        let parts = divided::divided(&steps, lines, &version.file.plan);
        let care = &self.settled.care;
        let institution = office.institution(&care.facility, self.answer.day);
        let institution = institution.map_or("", |one| one.name.as_str());
        for (line, parts) in lines.iter().zip(parts).filter(|(line, _)| wanted(line)) {
            let number = line.number.as_deref().unwrap_or_default();
            let divided = Divided {
                line,
                number,
                quantity: self.sign.of(line.quantity),
                parts: parts.map(|fen| self.sign.of(fen)),
            };
            let said = self.said.get(number);
            let know = |out: &mut Out, name: &'static str| match name {
                "fixmedins_name" => {
                    out.text(name, institution);
                    true
                }
                name => self.know(out, name, &divided, &office.catalogue),
            };
            rows.row(|out| {
                rows::write(out, shape, know, |name| {
                    said.and_then(|said| said.get(name))
                });
            });
        }
    }

    /// Writes a field of a line. A table.
    fn know(
        &self,
        out: &mut Out,
        name: &'static str,
        divided: &Divided<'_>,
        catalogue: &Catalogue,
    ) -> bool {
        let (line, care) = (divided.line, &self.settled.care);
        let day = line.day.unwrap_or(care.when.from);
        let item = catalogue.on(&line.item, day);
        let [self_funded, over, first, in_scope] = divided.parts;
        match name {
            "psn_no" => out.text(name, &self.person),
            "mdtrt_id" => out.text(name, &self.visit),
            "setl_id" => out.text(name, &self.settlement),
            "fixmedins_code" => out.text(name, &care.facility),
            "feedetl_sn" => out.text(name, divided.number),
            "med_type" => out.text(name, care.called.as_deref().unwrap_or_default()),
            "fee_ocur_time" => {
                let said = self
                    .said
                    .get(divided.number)
                    .and_then(|said| said.get(name));
                let said = said.and_then(Node::scalar);
                let time = said.and_then(super::super::read::time);
                let time = time.unwrap_or_else(|| day.at(0, 0, 0, 0));
                out.text(name, &spelt(time))
            }
            "cnt" => out.quantity(name, divided.quantity),
            "pric" => out.price(name, line.unit_price),
            "det_item_fee_sumamt" => out.signed_fen(name, divided.parts.iter().sum()),
            "pric_uplmt_amt" => out.price(name, line.limit.unwrap_or(charges::NO_LIMIT)),
            "selfpay_prop" => out.ratio(name, divided.share()),
            "fulamt_ownpay_amt" => out.signed_fen(name, self_funded),
            "overlmt_amt" => out.signed_fen(name, over),
            "preselfpay_amt" => out.signed_fen(name, first),
            "inscp_scp_amt" => out.signed_fen(name, in_scope),
            "chrgitm_lv" => out.text(name, kinds::item_class(line.class)),
            "hilist_code" | "med_list_codg" => out.text(name, &line.item),
            "hilist_name" => match item {
                Some(item) => out.text(name, &item.name),
                None => out.text(name, &line.item),
            },
            "list_type" => out.text(name, kinds::list(line.category)),
            "med_chrgitm_type" => out.text(name, kinds::charge(line.category)),
            "lmt_used_flag" => {
                let restricted = item.is_some_and(|item| item.restriction.is_some());
                out.text(name, if restricted { "1" } else { "0" })
            }
            "opt_time" => out.opt_text(name, self.answer.at.map(spelt).as_deref()),
            _ => return false,
        };
        true
    }
}
