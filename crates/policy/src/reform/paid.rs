//! What changes in what is paid in and credited, in sentences.

use domain::cite::Standing;
use domain::policy::contribution::Every;
use domain::words::Lang;

use super::{Line, Told};
use crate::diff::{Due, Paid, PaidChange};

impl Told<'_> {
    /// From what to what; nothing where only the standing changes.
    pub(super) fn paid(&self, change: &PaidChange) -> Option<Line> {
        let (from, to) = (change.value.from, change.value.to);
        let due = |side: Option<(Due, Standing)>| side.map(|(due, _)| due);
        if due(from) == due(to) {
            return None;
        }
        let every = common_every(change);
        let value = |side| due(side).map(|due| self.due(due, every.is_none()));
        let sides = [value(from), value(to)];
        let standing = to.map(|(_, standing)| standing);
        let line = self.sentence(self.paid_subject(change), sides, standing);
        Some(line.resting(self.of_paid(change)))
    }

    /// The same figure with another standing.
    pub(super) fn paid_standing(&self, change: &PaidChange) -> Option<Line> {
        let ((was, before), (is, now)) = (change.value.from?, change.value.to?);
        let lang = self.words.lang;
        let subject = self.paid_subject(change);
        let sides = [before, now].map(|standing| standing.name(lang).to_owned());
        (was == is).then(|| self.becomes(&subject, sides).resting(self.of_paid(change)))
    }

    fn paid_subject(&self, change: &PaidChange) -> String {
        let words = self.words;
        let every = common_every(change);
        let who = words.statuses(&change.statuses);
        let (what, who) = match &change.what {
            Paid::Floor => return words.say("缴费基数下限", "floor of the base").to_owned(),
            Paid::Ceiling => return words.say("缴费基数上限", "ceiling of the base").to_owned(),
            Paid::Premium(payer, into, [with, without]) => (
                words.premium(*payer, *into, every),
                words.having(who, with, without),
            ),
            Paid::Credit(ages, retired) => (words.credit(every), words.aged(who, ages, retired)),
        };
        match (words.lang, &change.what) {
            (Lang::Zh, _) => format!("{who}，{what}"),
            (Lang::En, Paid::Credit(..)) => format!("{what} of {who}"),
            (Lang::En, _) => format!("{what} for {who}"),
        }
    }

    fn due(&self, due: Due, with_every: bool) -> String {
        let words = self.words;
        match (due, words.lang) {
            (Due::Bound(amount), _) => words.yuan(amount),
            (Due::Sum(_, sum), _) if !with_every => words.sum(sum),
            (Due::Sum(every, sum), Lang::Zh) => {
                format!("{}{}", every.name(Lang::Zh), words.sum(sum))
            }
            (Due::Sum(every, sum), Lang::En) => {
                format!("{} {}", words.sum(sum), every.name(Lang::En))
            }
        }
    }
}

/// How often both sides say, if they say the same.
fn common_every(change: &PaidChange) -> Option<Every> {
    let sides = [change.value.from, change.value.to];
    let mut every = sides
        .into_iter()
        .flatten()
        .filter_map(|(due, _)| match due {
            Due::Sum(every, _) => Some(every),
            Due::Bound(_) => None,
        });
    let first = every.next()?;
    every.all(|other| other == first).then_some(first)
}
