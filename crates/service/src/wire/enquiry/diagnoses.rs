//! 5202: the diagnoses of a visit, as its papers tell them one after the other.

use std::collections::BTreeMap;

use agency::{Look, Refused};

use super::super::fields::query::{IN_5202_DATA, OUT_5202_DISEINFO};
use super::super::node::Node;
use super::super::outpatient::named;
use super::super::refusal::Refusal;
use super::super::rows;
use super::super::work::{Done, Work};
use super::super::write::Out;
use super::opened;

/// One diagnosis: which, the entry that said it last, and what it says.
type Told = BTreeMap<(&'static str, u64), (u64, Node<'static>)>;

/// 5202.
pub(in crate::wire) async fn diagnoses(work: &Work<'_>) -> Result<Done, Refusal> {
    let (person, visit) = work.read(|reader| named(work, &reader.one(&IN_5202_DATA)?))?;
    let look = Look {
        person,
        visit: Some(visit.entry),
        ..Look::default()
    };
    let state = work.look(look).await?.visit;
    let own = |state: &agency::visit::VisitState| state.care.facility == work.message.institution;
    let state = state.filter(own).ok_or(Refused::NoVisit(visit.entry))?;
    let mut entries = vec![visit.entry];
    entries.extend(state.papers.iter().filter(|entry| **entry != visit.entry));
    let look = Look {
        person,
        entries,
        ..Look::default()
    };
    let mut told = Told::new();
    for answer in work.look(look).await?.entries.into_iter().flatten() {
        let Some(paper) = answer.event.paper() else {
            continue;
        };
        if let (Some(when), Some(said)) = (when(&paper.kind), opened(work, person, paper)) {
            lay(&mut told, answer.entry, when, &said);
        }
    }
    let mut out = Out::new();
    let visit_id = work.visit_id(visit.lane, visit.entry, false);
    out.list("diseinfo", |rows| {
        for ((when, order), (entry, said)) in &told {
            rows.row(|out| {
                let know = |out: &mut Out, name: &'static str| {
                    match name {
                        "diag_info_id" => {
                            let (area, lane) = (work.window.area, visit.lane);
                            let id = format!("{area}{lane:02}D{entry:014}{when}{order:02}");
                            out.text(name, &id)
                        }
                        "mdtrt_id" => out.text(name, &visit_id),
                        "psn_no" => out.text(name, &work.person_id(person)),
                        "inout_diag_type" => out.text(name, when),
                        "diag_srt_no" => out.whole(name, *order),
                        _ => return false,
                    };
                    true
                };
                rows::write(out, &OUT_5202_DISEINFO, know, |name| said.get(name));
            });
        }
    });
    Ok(Done::Output(out.json()))
}

/// At the admission, or at the discharge; an outpatient's are of the first kind. None of papers that tell no diagnosis.
fn when(kind: &str) -> Option<&'static str> {
    match kind {
        "2201" | "2203" | "2401" | "2403" => Some("1"),
        "2402" => Some("2"),
        _ => None,
    }
}

/// A row of the same place takes the place of the earlier one; one that is void takes it away.
fn lay(told: &mut Told, entry: u64, when: &'static str, said: &Node<'static>) {
    let rows = match said.get("diseinfo") {
        Some(Node::List(rows)) => rows.as_slice(),
        Some(row) => std::slice::from_ref(row),
        None => return,
    };
    for (place, row) in (1..).zip(rows) {
        let text = |name| row.get(name).and_then(Node::scalar);
        let order = text("diag_srt_no").and_then(|text| text.parse().ok());
        let key = (when, order.unwrap_or(place));
        match text("vali_flag") {
            Some("0") => told.remove(&key),
            _ => told.insert(key, (entry, row.clone())),
        };
    }
}
