//! `Found`: the settlement that is asked about, by its number, by its visit, or by the lost message that made it.

use agency::domain::ledger::EntryKind;
use agency::record::{Event, Settled};
use agency::{Answer, Look, Refused, Seen};

use super::super::bill;
use super::super::ids::{SettlementId, VisitId};
use super::super::people::Somebody;
use super::super::read::{Faulty, Fields, Rule};
use super::super::refusal::Refusal;
use super::super::settled::Sign;
use super::super::work::{self, Work};

/// The settlement that is asked about.
pub(super) struct Found {
    pub(super) person: u64,
    pub(super) seen: Seen,
    pub(super) settlement: Answer,
    /// What took it back, where that was asked about.
    pub(super) reversal: Option<Answer>,
}

/// How it is named.
pub(super) struct Asked {
    person: u64,
    visit: Option<VisitId>,
    by: By,
}

enum By {
    Entry(u64),
    Visit(VisitId),
    Message(String),
}

/// The transactions that settle.
const SETTLING: [&str; 3] = ["2207", "2304", "2102"];

impl Asked {
    /// By the settlement's number, else by the visit's; what is no number of ours is taken for the name of a message.
    pub(super) fn read(work: &Work<'_>, data: &Fields<'_>) -> Result<Asked, Faulty> {
        let person = work.person(data);
        let number = data.opt_text("setl_id")?;
        let visit = match data.opt_text("mdtrt_id")? {
            Some(_) => Some(work.visit(data)?),
            None => None,
        };
        let area = work.window.area;
        let ours = |id: &SettlementId| id.region == area;
        let by = match (number, visit) {
            (Some(text), _) => match SettlementId::parse(text).filter(ours) {
                Some(id) => By::Entry(id.entry),
                None => By::Message(text.to_owned()),
            },
            (None, Some(visit)) => By::Visit(visit),
            (None, None) => return Err(data.refuse("setl_id", Rule::Present)),
        };
        Ok(Asked {
            person: person?,
            visit,
            by,
        })
    }
}

impl Found {
    /// Finds it, if it is this institution's.
    pub(super) async fn find(work: &Work<'_>, asked: Asked) -> Result<Found, Refusal> {
        let person = asked.person;
        let entry = match &asked.by {
            By::Entry(entry) => *entry,
            By::Visit(visit) => of_visit(work, person, *visit).await?,
            By::Message(id) => of_message(work, person, id).await?,
        };
        let (seen, answer) = entry_of(work, person, entry).await?;
        let (settlement, reversal) = match &answer.event {
            Event::Reversed(reversed) if reversed.kind == EntryKind::Settlement => {
                let (_, original) = entry_of(work, person, answer.about).await?;
                (original, Some(answer))
            }
            _ => (answer, None),
        };
        let found = Found {
            person,
            seen,
            settlement,
            reversal,
        };
        let settled = found.settled().map_err(|_| Refused::NoEntry(entry))?;
        if settled.care.facility != work.message.institution {
            return Err(Refused::NoEntry(entry).into());
        }
        if let Some(visit) = asked.visit.filter(|visit| !found.is_of(*visit)) {
            return Err(Refused::NoVisit(visit.entry).into());
        }
        Ok(found)
    }

    pub(super) fn settled(&self) -> Result<&Settled, Refusal> {
        bill::settled(&self.settlement)
    }

    /// Whose entry is told: the settlement's, or that of what took it back.
    pub(super) fn told(&self) -> &Answer {
        self.reversal.as_ref().unwrap_or(&self.settlement)
    }

    pub(super) fn sign(&self) -> Sign {
        match self.reversal {
            Some(_) => Sign::Minus,
            None => Sign::Plus,
        }
    }

    pub(super) fn is_taken_back(&self) -> bool {
        let state = self.seen.state.as_ref();
        state.is_some_and(|state| state.taken_back.contains(&self.settlement.entry))
    }

    /// As of the settlement, also where it is told as its negative.
    pub(super) fn somebody(&self, work: &Work<'_>) -> Result<Somebody, Refusal> {
        let somebody = Somebody::seen(work, self.person, &self.seen, self.settlement.day);
        Ok(somebody.ok_or(Refused::NoPerson(self.person))?)
    }

    /// The visit as the interface has it.
    pub(super) fn visit_id(&self, work: &Work<'_>) -> Result<String, Refusal> {
        let lane = self.settlement.lane.number;
        Ok(match self.settled()?.visit {
            Some(visit) => work.visit_id(lane, visit, false),
            None => work.visit_id(lane, self.settlement.entry, true),
        })
    }

    pub(super) fn settlement_id(&self, work: &Work<'_>) -> String {
        let told = self.told();
        work.settlement_id(told.lane.number, told.entry)
    }

    fn is_of(&self, visit: VisitId) -> bool {
        match self.settled().ok().and_then(|settled| settled.visit) {
            Some(number) => !visit.purchase && visit.entry == number,
            None => visit.purchase && visit.entry == self.settlement.entry,
        }
    }
}

async fn entry_of(work: &Work<'_>, person: u64, entry: u64) -> Result<(Seen, Answer), Refusal> {
    let look = Look {
        person,
        entries: vec![entry],
        ..Look::default()
    };
    let mut seen = work.look(look).await?;
    if seen.state.is_none() {
        return Err(Refused::NoPerson(person).into());
    }
    let found = seen.entries.pop().flatten();
    Ok((seen, found.ok_or(Refused::NoEntry(entry))?))
}

/// The latest settlement of a visit that stands.
async fn of_visit(work: &Work<'_>, person: u64, visit: VisitId) -> Result<u64, Refusal> {
    let look = Look {
        person,
        visit: Some(visit.entry).filter(|_| !visit.purchase),
        ..Look::default()
    };
    let seen = work.look(look).await?;
    let state = seen.state.ok_or(Refused::NoPerson(person))?;
    let latest = match (visit.purchase, &seen.visit) {
        (true, _) if state.taken_back.contains(&visit.entry) => 0,
        (true, _) => visit.entry,
        (false, Some(known)) if known.care.facility == work.message.institution => known.latest(),
        (false, _) => return Err(Refused::NoVisit(visit.entry).into()),
    };
    if latest == 0 {
        let zh = "该就诊没有有效的结算";
        return Err(Refusal::door(
            "no_settlement",
            zh,
            "no settlement of the visit stands",
        ));
    }
    Ok(latest)
}

/// The settlement that a message of this institution made, whose answer was lost.
async fn of_message(work: &Work<'_>, person: u64, id: &str) -> Result<u64, Refusal> {
    for number in SETTLING {
        let key = work::key(&work.message.institution, number, id);
        let look = Look {
            person,
            key: Some(key),
            ..Look::default()
        };
        let seen = work.look(look).await?;
        if seen.state.is_none() {
            return Err(Refused::NoPerson(person).into());
        }
        match seen.key {
            Some((_, answer)) if matches!(answer.event, Event::Settled(_)) => {
                return Ok(answer.entry);
            }
            Some(_) => return Err(never(id, "该报文已冲正作废，没有结算")),
            None => {}
        }
    }
    Err(never(id, "未收到该报文的结算"))
}

fn never(id: &str, zh: &str) -> Refusal {
    let id = super::super::node::shortened(id);
    Refusal::door(
        "no_settlement",
        format!("{zh}：{id}"),
        format!("no settlement was made by message {id}"),
    )
}
