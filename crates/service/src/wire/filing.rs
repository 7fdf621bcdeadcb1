//! Filing: what institutions hand in and nobody reckons with: kept word for word, sealed, and read back.

mod clearing;
mod department;
mod lists;
mod stock;

pub(super) use clearing::{apply, withdraw};
pub(super) use department::{departments, end, enter};
pub(super) use lists::{mark, marks};
pub(super) use stock::query;

use agency::act::Act;
use agency::record::{Filed, Paper};
use agency::{Look, Refused};
use serde::{Deserialize, Serialize};

use super::fields::{Way, shapes};
use super::ids::{PersonId, VisitId};
use super::node::Node;
use super::outpatient;
use super::read::{Faulty, Fields, Reader};
use super::refusal::Refusal;
use super::transactions::table::Whose;
use super::work::{self, Done, Work};
use super::write::Out;
use crate::window::Window;

/// Papers of the office are sealed as those of nobody.
const NOBODY: u64 = 0;

/// What the office keeps of a message: the message, or where it stands.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kept {
    /// The input, sealed.
    Said(String),
    /// It is filed with a person, under this entry.
    With(u64, u64),
}

/// Keeps a message.
pub(super) async fn keep(work: &Work<'_>, whose: Whose) -> Result<Done, Refusal> {
    let about = work.read(|reader| {
        look_over(work, reader)?;
        about(work, reader, whose)
    })?;
    let Some((person, visit)) = about else {
        file(work, work.number, &work.message.id, &said(work)?).await?;
        return Ok(Done::Nothing);
    };
    let paper = outpatient::paper(work, person);
    let paper = paper.ok_or_else(nothing)?;
    let filed = Box::new(Filed { visit, paper });
    let on = work.day();
    let answer = work.ask(person, Act::File { filed, on }).await?;
    let with = Kept::With(person, answer.entry);
    put(work, work.number, &work.message.id, &with).await?;
    if work.number != "4101" {
        return Ok(Done::Nothing);
    }
    let mut out = Out::new();
    out.object("data", |data| {
        let (lane, entry) = (answer.lane.number, answer.entry);
        data.text("setl_list_id", &format!("{lane:02}{entry:07}"));
    });
    Ok(Done::Output(out.json()))
}

/// What breaks the tables is told, in strict mode, though nothing is taken from them.
fn look_over<'m>(work: &Work<'_>, reader: &'m Reader<'m>) -> Result<(), Faulty> {
    let mut first = None;
    let mut rows = 0;
    for shape in shapes(work.number, Way::In) {
        first = first.or(Some(shape));
        rows += reader.opt_many(shape)?.len();
    }
    match first {
        Some(shape) if rows == 0 => reader.many(shape).map(|_| ()),
        _ => Ok(()),
    }
}

/// The person and the visit that a message is about.
fn about<'m>(
    work: &Work<'_>,
    reader: &'m Reader<'m>,
    whose: Whose,
) -> Result<Option<(u64, Option<u64>)>, Faulty> {
    let shape = shapes(work.number, Way::In).next();
    match (whose, shape) {
        (Whose::Institution, _) => Ok(None),
        (Whose::Person, Some(shape)) => {
            let row = reader.one(shape)?;
            let person = work.person(&row)?;
            Ok(Some((person, visit(work, &row, person)?)))
        }
        _ => Ok(named(work).map(|person| (person, None))),
    }
}

/// A visit of ours that a row names; a purchase has none.
fn visit(work: &Work<'_>, row: &Fields<'_>, person: u64) -> Result<Option<u64>, Faulty> {
    let Some(text) = row.opt_text("mdtrt_id")? else {
        return Ok(None);
    };
    let lane = work.window.agency.lane_of(person).number;
    let id = VisitId::parse(text).filter(|id| id.region == work.window.area && id.lane == lane);
    match id {
        Some(id) => Ok((!id.purchase).then_some(id.entry)),
        None => Err(row.refuse("mdtrt_id", super::read::Rule::Ours)),
    }
}

/// The one person of this agency that the rows of a message name; none when they name several, or others.
fn named(work: &Work<'_>) -> Option<u64> {
    let mut persons = Vec::new();
    for (_, node) in work.message.input.members() {
        let rows = match node {
            Node::List(rows) => rows.as_slice(),
            node => std::slice::from_ref(node),
        };
        persons.extend(rows.iter().filter_map(|row| row.get("psn_no")?.scalar()));
    }
    persons.dedup();
    let [person] = persons.as_slice() else {
        return None;
    };
    let id = PersonId::parse(person).filter(|id| id.region == work.window.area);
    id.map(|id| id.number)
}

fn said(work: &Work<'_>) -> Result<String, Refusal> {
    work::said(&work.message.input).ok_or_else(nothing)
}

fn nothing() -> Refusal {
    Refusal::door("says_nothing", "报文没有内容", "the message says nothing")
}

/// Files a text with the institution's papers of a kind, sealed.
async fn file(work: &Work<'_>, kind: &str, name: &str, text: &str) -> Result<(), Refusal> {
    let sealed = work.window.agency.key().seal_same(NOBODY, text);
    let sealed = sealed.map_err(|error| Refused::Unavailable(error.to_string()))?;
    put(work, kind, name, &Kept::Said(sealed)).await
}

async fn put(work: &Work<'_>, kind: &str, name: &str, kept: &Kept) -> Result<(), Refusal> {
    let body = serde_json::to_string(kept).unwrap_or_default();
    let code = code(&work.message.institution, name);
    work.window.file(kind, code, work.day(), body).await
}

/// An institution's papers begin with its code. The end keeps names apart of which one begins with the other.
fn code(institution: &str, name: &str) -> String {
    format!("{institution}/{name}/").replace('\0', "")
}

/// The institution's papers of a kind whose names begin so, by name and day: name, and what was said. Of those with a person, nothing.
async fn all(
    window: &Window,
    institution: &str,
    kind: &str,
    begins: &str,
) -> Result<Vec<(String, Node<'static>)>, Refusal> {
    let prefix = format!("{institution}/{begins}").replace('\0', "");
    let own = format!("{institution}/");
    let mut all = Vec::new();
    for paper in window.filed(kind, prefix).await? {
        let Ok(Kept::Said(sealed)) = serde_json::from_str(&paper.body) else {
            continue;
        };
        let text = window.agency.key().open(NOBODY, &sealed).ok();
        let node = text.and_then(|text| Some(Node::parse(&text).ok()?.into_owned()));
        let name = paper.code.strip_prefix(&own).unwrap_or_default();
        all.extend(node.map(|node| (name.trim_end_matches('/').to_owned(), node)));
    }
    Ok(all)
}

/// What an institution said in a message that was kept, word for word; none if there is no such message.
///
/// # Errors
/// When the papers cannot be read.
pub async fn read_back(
    window: &Window,
    institution: &str,
    number: &str,
    id: &str,
) -> Result<Option<String>, Refusal> {
    let papers = window.filed(number, code(institution, id)).await?;
    let Some(paper) = papers.last() else {
        return Ok(None);
    };
    let key = window.agency.key();
    match serde_json::from_str(&paper.body) {
        Ok(Kept::Said(sealed)) => Ok(key.open(NOBODY, &sealed).ok()),
        Ok(Kept::With(person, entry)) => {
            let look = Look {
                person,
                entries: vec![entry],
                ..Look::default()
            };
            let found = window
                .look(look)
                .await?
                .entries
                .into_iter()
                .flatten()
                .next();
            let paper: Option<&Paper> = found.as_ref().and_then(|answer| answer.event.paper());
            Ok(paper.and_then(|paper| key.open(person, &paper.body).ok()))
        }
        Err(_) => Ok(None),
    }
}

/// Answered without a row.
pub(super) fn empty(work: &Work<'_>) -> Done {
    let node = match work.number {
        "3101" | "3102" | "3103" => "result",
        "5102" => "feedetail",
        _ => "data",
    };
    let mut out = Out::new();
    out.list(node, |_| ());
    Done::Output(out.json())
}
