//! `Counter`: one person's request at the desk: who is meant, what is asked, and what came of it in both languages.

use agency::act::Act;
use agency::state::PersonState;
use agency::{Agency, Answer, Refused, Request};
use domain::explain::amount;
use domain::words::Lang;
use serde_json::{Value, json};

use super::{Desk, person};
use crate::args::desk::Asked;
use crate::output::pretty;

/// One person at the desk.
pub(crate) struct Counter<'a> {
    pub(crate) desk: &'a Desk<'a>,
    pub(crate) agency: Agency,
    pub(crate) person: u64,
    /// As it was before anything was asked.
    pub(crate) state: PersonState,
    asked: &'a Asked,
}

/// What came of a request.
pub(crate) struct Done {
    pub(crate) answer: Answer,
    /// It was carried out before and is not again.
    pub(crate) again: bool,
    /// The person's state now.
    pub(crate) state: PersonState,
}

impl<'a> Counter<'a> {
    /// Opens the agency and finds the person.
    pub(crate) fn open(asked: &'a Asked, desk: &'a Desk<'a>) -> Result<Counter<'a>, String> {
        let agency = desk.open()?;
        let (person, state) = person::find(&agency, desk, &asked.person)?;
        Ok(Counter {
            desk,
            agency,
            person,
            state,
            asked,
        })
    }

    pub(crate) fn lang(&self) -> Lang {
        self.desk.lang()
    }

    /// Why it was refused, for who stands at the desk.
    pub(crate) fn refused(&self, refused: &Refused) -> String {
        refused.describe(self.lang())
    }

    /// Somebody else who is named: a relative, an heir.
    pub(crate) fn other(&self, named: &str) -> Result<u64, String> {
        person::find(&self.agency, self.desk, named).map(|(person, _)| person)
    }

    /// Carries an act out, or only tries it.
    pub(crate) fn ask(&self, act: Act, trial: bool) -> Result<Done, String> {
        let request = Request {
            key: self.asked.request.clone(),
            trial,
            ..Request::plain(self.person, act)
        };
        let answer = self.agency.call(request);
        let answer = answer.map_err(|refused| self.refused(&refused))?;
        let state = self.agency.person(self.person);
        let state = state.map_err(|e| self.desk.stored(e))?;
        Ok(Done {
            // An entry that was there before it was asked.
            again: answer.entry > 0 && answer.entry <= self.state.last,
            answer,
            state: state.unwrap_or_default(),
        })
    }

    /// Carries an act out and tells the entry, and the sentence that goes with it.
    pub(crate) fn carry_out(
        &self,
        act: Act,
        more: impl FnOnce(&Done) -> String,
    ) -> Result<(), String> {
        let done = self.ask(act, false)?;
        let told = more(&done);
        self.tell(&done, &told, json!({}));
        Ok(())
    }

    /// Tells what came of a request: the entry, then a sentence of its own; for machines the entry with more fields.
    pub(crate) fn tell(&self, done: &Done, sentence: &str, more: Value) {
        let output = self.desk.output;
        if self.asked.json {
            let mut value = self.json(done);
            if let (Value::Object(all), Value::Object(more)) = (&mut value, more) {
                all.extend(more);
            }
            output.line(&pretty(&value));
            return;
        }
        if done.again {
            output.line(&before(done, self.lang()));
            return;
        }
        let (entry, day) = (done.answer.entry, done.answer.day);
        let kind = done.answer.event.kind().name(self.lang());
        output.line(&match self.lang() {
            Lang::Zh => format!("已记账：记录 {entry}，{day}，{kind}。{sentence}"),
            Lang::En => format!("Recorded as entry {entry} of {day}: {kind}. {sentence}"),
        });
    }

    /// The entry for machines; amounts are decimal yuan strings.
    pub(crate) fn json(&self, done: &Done) -> Value {
        json!({
            "person": self.person,
            "lane": done.answer.lane.to_string(),
            "entry": done.answer.entry,
            "day": done.answer.day.to_string(),
            "kind": done.answer.event.kind().code(),
            "carried_out_before": done.again,
            "left": {
                "current": done.state.account.current.to_string(),
                "prior": done.state.account.prior.to_string(),
                "family": done.state.granted().to_string(),
            },
        })
    }

    /// Does the caller want JSON?
    pub(crate) fn wants_json(&self) -> bool {
        self.asked.json
    }
}

/// What is left in the account.
pub(crate) fn left(done: &Done, lang: Lang) -> String {
    let account = &done.state.account;
    let (current, prior) = (amount(account.current), amount(account.prior));
    match lang {
        Lang::Zh => format!("个人账户余额：当年 {current} 元，历年 {prior} 元。"),
        Lang::En => {
            format!("Left in the account: current year {current}, prior years {prior}.")
        }
    }
}

/// The same request came before: it was carried out then, and is not again.
pub(crate) fn before(done: &Done, lang: Lang) -> String {
    let (entry, day) = (done.answer.entry, done.answer.day);
    match lang {
        Lang::Zh => format!("此请求已办理：记录 {entry}，{day}。未重复记账。"),
        Lang::En => format!(
            "This request was carried out before: entry {entry}, {day}. Nothing was recorded again."
        ),
    }
}
