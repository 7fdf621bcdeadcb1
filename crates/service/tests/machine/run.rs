//! One run: what is said next is rolled, the model says what must come of it, and in the end both have the same sums.

use std::collections::BTreeMap;

use agency::{Period, SlipAsk};
use fastrand::Rng;
use serde_json::{Value, json};

use crate::model::{Became, Model, No};
use crate::proof::money::{Books, fen};
use crate::proof::say;
use crate::proof::{HOSPITAL, House, OTHER, PHARMACY, Person};

const INSTITUTIONS: [&str; 3] = [HOSPITAL, OTHER, PHARMACY];
pub(crate) const PERSONS: usize = 4;
/// What a message must come to, and what it is remembered as.
pub(crate) type Expected = Result<Option<Became>, No>;

/// A run in hand.
pub(crate) struct Run {
    pub(crate) dice: Rng,
    pub(crate) house: House,
    pub(crate) model: Model,
    books: Books,
    pub(crate) serial: u32,
    /// Messages that were carried out, with their answers: they may come again.
    sent: Vec<(Value, Value)>,
    refusals: BTreeMap<String, u64>,
    done: BTreeMap<(String, String), u64>,
}

/// What is said, by whom, about whom.
pub(crate) struct Said {
    pub(crate) by: usize,
    pub(crate) person: usize,
    pub(crate) number: &'static str,
    pub(crate) input: Value,
}

/// A run of so many messages; what came of them, by number and refusal.
pub(crate) fn run(seed: u64, messages: u32) -> BTreeMap<(String, String), u64> {
    let house = House::new(PERSONS);
    let mut run = Run {
        dice: Rng::with_seed(seed),
        refusals: house.refusals(),
        house,
        model: Model::default(),
        books: Books::default(),
        serial: 0,
        sent: Vec::new(),
        done: BTreeMap::new(),
    };
    for _ in 0..messages {
        match run.dice.u32(..12) {
            0 => run.again(),
            1 => run.undo(),
            _ => run.next(),
        }
    }
    run.sums();
    run.done
}

impl Run {
    pub(crate) fn one_in(&mut self, sides: u32) -> bool {
        self.dice.u32(..sides) == 0
    }

    pub(crate) fn person(&self, n: usize) -> Person {
        self.house.people[n].clone()
    }

    pub(crate) fn lane(&self, person: usize) -> u8 {
        self.house
            .agency()
            .lane_of(self.house.people[person].number)
            .number
    }

    /// The name of a message in the lane where it is kept.
    fn key(&self, person: usize, id: &str) -> String {
        format!("{}:{id}", self.lane(person))
    }

    /// A message that was carried out comes again, or another under its name.
    fn again(&mut self) {
        if self.sent.is_empty() {
            return;
        }
        let last = self.sent.len().min(8);
        let n = self.sent.len() - 1 - self.dice.usize(..last);
        let (mut message, before) = self.sent[n].clone();
        // What was undone before is told so each time: nothing of it is kept.
        let other = self.one_in(4) && message["infno"] != "2601";
        if other {
            message["input"]["more"] = "otherwise".into();
        }
        let answer = self.house.say(&message);
        let code = self.refused();
        if other {
            assert_eq!(code, "key_reused", "{message}\n{answer}");
        } else {
            assert_eq!(answer["output"], before["output"], "{message}\n{answer}");
            assert_eq!(answer["infcode"], json!(0), "{message}\n{answer}");
        }
        *self.done.entry(("again".into(), code)).or_default() += 1;
    }

    /// Something is undone by its name: what went well, what never came, and what was undone already.
    fn undo(&mut self) {
        let mut kept: Vec<_> = self.model.keys.keys().cloned().collect();
        kept.retain(|(_, number, _)| ["2102", "2207", "2304", "2401"].contains(number));
        if kept.is_empty() {
            return;
        }
        let last = kept.len();
        let (by, number, key) = kept[self.dice.usize(..last)].clone();
        let by = if self.one_in(8) {
            self.dice.usize(..3)
        } else {
            by
        };
        let (_, id) = key.split_once(':').unwrap();
        let never = self.one_in(6);
        let id = if never {
            format!("never{}", self.serial)
        } else {
            id.to_owned()
        };
        let person = self.whose(&(by, number, key.clone()));
        let person = if self.one_in(8) {
            self.dice.usize(..PERSONS)
        } else {
            person
        };
        let kept = self.key(person, &id);
        let undone = match self.elsewhere((by, number, &id), &kept) {
            true => Err("others_message"),
            false => self.model.undo((by, number, &kept), person),
        };
        if let Ok(Some(n)) = undone {
            self.books.undone(&self.model.settled[n].id);
        }
        let whom = self.person(person);
        let input = say::undo(&whom, number, &id);
        let said = Said {
            by,
            person,
            number: "2601",
            input,
        };
        self.say(said, undone.map(|_| None));
        // What is forestalled is refused when it comes.
        if undone.is_ok() && never && number == "2102" {
            let lines = self.lines(false);
            let message =
                say::message(INSTITUTIONS[by], "2102", &id, &say::purchase(&whom, &lines));
            let answer = self.house.say(&message);
            assert_eq!(self.refused(), "forestalled", "{answer}");
        }
    }

    /// Carried out in another lane and not in the one where it is named.
    fn elsewhere(&self, (by, number, id): (usize, &'static str, &str), named: &str) -> bool {
        let carried_out = |name: String| {
            let became = self.model.keys.get(&(by, number, name));
            became.is_some_and(|became| !matches!(became, Became::Forestalled(_)))
        };
        let mut lanes = (0..PERSONS).map(|person| self.key(person, id));
        !carried_out(named.to_owned()) && lanes.any(carried_out)
    }

    fn whose(&self, key: &(usize, &'static str, String)) -> usize {
        match self.model.keys.get(key) {
            Some(Became::Visit(n)) => self.model.visits[*n].person,
            Some(Became::Settled(n)) => self.model.settled[*n].person,
            Some(Became::Forestalled(person)) => *person,
            None => 0,
        }
    }

    /// Says it, and holds the answer against what is expected.
    pub(crate) fn say(&mut self, said: Said, expected: Expected) {
        self.serial += 1;
        let id = format!("M{}", self.serial);
        let message = say::message(INSTITUTIONS[said.by], said.number, &id, &said.input);
        let answer = self.house.say(&message);
        let code = self.refused();
        let want = expected.err().unwrap_or_default();
        assert_eq!(
            code, want,
            "\n{message}\n{answer}\n{:#?}",
            self.model.visits
        );
        *self.done.entry((said.number.into(), code)).or_default() += 1;
        if expected.is_err() {
            return;
        }
        let output = &answer["output"];
        self.books.check(said.number, &said.input, output);
        if !["2101", "2206", "2303"].contains(&said.number) {
            self.sent.push((message, answer.clone()));
            if answer["output"]["setlinfo"].is_null() {
                self.books.moved();
            }
        }
        if let Ok(Some(became)) = expected {
            self.became(became, output);
            let key = (said.by, said.number, self.key(said.person, &id));
            self.model.keys.insert(key, became);
        }
    }

    /// The numbers and sums that came with the answer.
    fn became(&mut self, became: Became, output: &Value) {
        match became {
            Became::Visit(n) => {
                let given = ["data", "result"].map(|node| output[node]["mdtrt_id"].as_str());
                self.model.visits[n].id = given.into_iter().flatten().next().unwrap().to_owned();
            }
            Became::Settled(n) => {
                let told = &output["setlinfo"];
                let settled = &mut self.model.settled[n];
                settled.id = told["setl_id"].as_str().unwrap().to_owned();
                settled.of = told["mdtrt_id"].as_str().unwrap().to_owned();
                settled.sums = [
                    "medfee_sumamt",
                    "fund_pay_sumamt",
                    "acct_pay",
                    "psn_cash_pay",
                    "hosp_part_amt",
                ]
                .map(|name| fen(&told[name]));
            }
            Became::Forestalled(_) => {}
        }
    }

    /// Why the last message was refused; empty if it was not.
    fn refused(&mut self) -> String {
        let now = self.house.refusals();
        let grown = now.iter().find(|(code, count)| {
            !code.is_empty() && self.refusals.get(*code).copied().unwrap_or(0) < **count
        });
        let code = grown.map(|(code, _)| code.clone()).unwrap_or_default();
        self.refusals = now;
        code
    }

    /// The slips of every institution are the model's sums, and the books are whole.
    fn sums(&self) {
        for (by, party) in INSTITUTIONS.iter().enumerate() {
            let ask = SlipAsk {
                party: (*party).to_owned(),
                until: 99_999_999_999_999,
                ..SlipAsk::default()
            };
            let told = self.house.agency().slip_sums(&ask, Period::Whole).unwrap();
            for refunds in [false, true] {
                let all = self.model.settled.iter();
                let of = all.filter(|one| one.by == by && (!refunds || one.reversed));
                let mut sums = [0; 6];
                for one in of {
                    sums[0] += 1;
                    for (sum, one) in sums[1..].iter_mut().zip(one.sums) {
                        *sum += one;
                    }
                }
                let found = told.iter().find(|sum| sum.refunds == refunds);
                let found = found.copied().unwrap_or_default();
                let fen = [
                    found.total,
                    found.funds,
                    found.account,
                    found.cash,
                    found.hospital,
                ];
                let fen = fen.map(|fen| fen.fen().cast_signed());
                let count = found.count.cast_signed();
                let found = [count, fen[0], fen[1], fen[2], fen[3], fen[4]];
                assert_eq!(found, sums, "{party}, taken back: {refunds}");
            }
        }
        let report = agency::audit::audit(self.house.agency(), |_| ()).unwrap();
        assert!(report.is_clean(), "{:?}", report.breaks);
    }
}
