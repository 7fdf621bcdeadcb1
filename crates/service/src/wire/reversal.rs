//! Taking back: a settlement by its number (2103, 2208, 2305), and a message by its own name (2601).

use agency::act::Act;
use agency::record::{Event, Settled};
use agency::{Answer, Look, Refused, Seen};

use super::bill::{self, Bill};
use super::fields::Shape;
use super::fields::reconciliation::IN_2601_DATA;
use super::people::Somebody;
use super::read::Rule;
use super::refusal::Refusal;
use super::settled::Sign;
use super::work::{self, Done, Work};

/// A settlement is taken back: the same amounts the other way round.
pub(super) async fn of_settlement(work: &Work<'_>, shape: &'static Shape) -> Result<Done, Refusal> {
    let (person, visit, settlement) = work.read(|reader| {
        let data = reader.one(shape)?;
        let person = work.person(&data);
        let visit = work.visit(&data);
        let settlement = work.settlement(&data);
        let (person, visit, settlement) = (person?, visit?, settlement?);
        // Entries of several lanes have the same numbers: one of another lane is not this person's.
        let lane = work.window.agency.lane_of(person).number;
        for (name, of) in [("mdtrt_id", visit.lane), ("setl_id", settlement.lane)] {
            if of != lane {
                return Err(data.refuse(name, Rule::Ours));
            }
        }
        Ok((person, visit, settlement))
    })?;
    let seen = work
        .look(Look {
            person,
            entries: vec![settlement.entry],
            ..Look::default()
        })
        .await?;
    let original = original(work, person, &seen, settlement.entry)?;
    let settled = bill::settled(&original)?;
    let of_visit = match settled.visit {
        Some(number) => !visit.purchase && number == visit.entry,
        None => visit.purchase && visit.entry == settlement.entry,
    };
    if !of_visit {
        return Err(Refused::NoVisit(visit.entry).into());
    }
    let act = Act::Reverse {
        entry: settlement.entry,
        on: work.day(),
    };
    let answer = work.ask(person, act).await?;
    let told = Taken {
        person,
        settled,
        visit: work.visit_id(visit.lane, visit.entry, visit.purchase),
        answer,
    };
    told.output(work)
}

/// The settlement that is to be taken back, if it is this institution's; to others it is not there.
fn original(work: &Work<'_>, person: u64, seen: &Seen, entry: u64) -> Result<Answer, Refusal> {
    if seen.state.is_none() {
        return Err(Refused::NoPerson(person).into());
    }
    let found = seen.entries.first().cloned().flatten();
    let own = |answer: &Answer| match &answer.event {
        Event::Settled(settled) => settled.care.facility == work.message.institution,
        _ => false,
    };
    Ok(found.filter(own).ok_or(Refused::NoEntry(entry))?)
}

/// A settlement that was taken back.
struct Taken<'a> {
    person: u64,
    settled: &'a Settled,
    visit: String,
    answer: Answer,
}

impl Taken<'_> {
    fn output(mut self, work: &Work<'_>) -> Result<Done, Refusal> {
        let who = self.answer.who.take();
        let who = who.ok_or(Refused::NoPerson(self.person))?;
        let Event::Reversed(reversed) = &self.answer.event else {
            return Err(bill::strange(&self.answer));
        };
        let somebody = Somebody::new(work, self.person, who, self.answer.day);
        let settlement = work.settlement_id(self.answer.lane.number, self.answer.entry);
        let bill = Bill {
            settled: self.settled,
            somebody: &somebody,
            visit: &self.visit,
            settlement: Some(&settlement),
            sign: Sign::Minus,
            time: self.answer.at,
            shown: "",
            message: &work.message.id,
            left: reversed.left[0] + reversed.left[1],
        };
        Ok(Done::Output(bill.output(work, |_| ())))
    }
}

/// 2601: whatever became of a message is undone; one that has not come will not be carried out when it comes. Both are a success, since
/// either way nothing of it stands.
pub(super) async fn undo(work: &Work<'_>) -> Result<Done, Refusal> {
    let (person, number, id) = work.read(|reader| {
        let data = reader.one(&IN_2601_DATA)?;
        let person = work.person(&data);
        let id = data.text("omsgid");
        let number = data.code("oinfno")?;
        let number = super::transactions::canonical(number);
        if !["2102", "2207", "2304", "2401"].contains(&number) {
            return Err(data.refuse("oinfno", Rule::Known));
        }
        Ok((person?, number.to_owned(), id?.to_owned()))
    })?;
    let key = work::key(&work.message.institution, &number, &id);
    // Told as not received, it would stand and be taken for undone.
    if work.window.is_carried_out_elsewhere(person, &key).await? {
        let zh = "原交易不是该人员的，未冲正";
        let en = "the message was carried out for another person, and stands";
        return Err(Refusal::door("others_message", zh, en));
    }
    let on = work.day();
    match work.ask(person, Act::Undo { key, on }).await {
        Ok(answer) => {
            if matches!(answer.event, Event::Forestalled(_)) {
                work.warn("未收到原交易，无需冲正；原交易如再到达将不予受理");
            }
            Ok(Done::Nothing)
        }
        Err(Refusal::Agency(Refused::Forestalled(_))) => {
            work.warn("原交易已冲正作废");
            Ok(Done::Nothing)
        }
        Err(refusal) => Err(refusal),
    }
}
