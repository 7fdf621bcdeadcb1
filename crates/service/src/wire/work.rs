//! `Work`: one message that is being carried out: what it says, by whom, when, and what is noted on the way.

use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use agency::act::Act;
use agency::domain::day::days_between;
use agency::{Answer, Look, Request, Seen};
use jiff::civil::{Date, DateTime};
use sha2::{Digest as _, Sha256};

use super::explained;
use super::ids::{PersonId, SettlementId, VisitId};
use super::message::Message;
use super::node::Node;
use super::read::{Fault, Faulty, Fields, Mode, Reader, Rule};
use super::refusal::Refusal;
use crate::trace::Sentence;
use crate::window::Window;

/// What an institution's program expects that others do not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Manner {
    /// All that the tables ask for must be there.
    pub strict: bool,
    /// The account is counted among the funds.
    pub fund_includes_account: bool,
}

/// What came of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Done {
    /// It is done, and there is nothing to tell.
    Nothing,
    /// The output as JSON.
    Output(String),
    /// A file.
    File(Vec<u8>),
}

/// What is noted on the way, for the answer and the logs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notes {
    /// What the cashier should know although it went well.
    pub warnings: Vec<String>,
    /// The person.
    pub person: Option<u64>,
    /// The visit, as the interface names it.
    pub visit: Option<String>,
    /// The settlement, as the interface names it.
    pub settlement: Option<String>,
    /// The steps of the settlement or its trial, where somebody keeps them.
    pub steps: Vec<Sentence>,
    /// How long the input was read.
    pub read: Duration,
    /// How long the agency was waited for.
    pub agency: Duration,
}

/// One message that is being carried out.
pub struct Work<'m> {
    /// The agency and what is known beside it.
    pub window: &'m Window,
    /// What it says.
    pub message: &'m Message<'m>,
    /// Which transaction, without the spelling of a province.
    pub number: &'m str,
    /// What its sender expects.
    pub manner: Manner,
    /// When it came.
    pub now: DateTime,
    /// The file beside it.
    pub file: Option<&'m [u8]>,
    notes: Mutex<Notes>,
}

impl<'m> Work<'m> {
    /// Of a message.
    #[must_use]
    pub fn new(
        window: &'m Window,
        message: &'m Message<'m>,
        number: &'m str,
        manner: Manner,
        now: DateTime,
    ) -> Work<'m> {
        Work {
            window,
            message,
            number,
            manner,
            now,
            file: None,
            notes: Mutex::default(),
        }
    }

    /// With a file beside the message.
    #[must_use]
    pub fn with_file(self, file: Option<&'m [u8]>) -> Work<'m> {
        Work { file, ..self }
    }

    /// Reads the input: every fault of it is told at once.
    ///
    /// # Errors
    /// The faults.
    pub fn read<T>(
        &self,
        take: impl for<'r> FnOnce(&'r Reader<'r>) -> Result<T, Faulty>,
    ) -> Result<T, Refusal> {
        let mode = match self.manner.strict {
            true => Mode::Strict,
            false => Mode::Lenient,
        };
        let began = Instant::now();
        let reader = Reader::input(&self.message.input, mode).with_spelling(self.window.sandbox);
        let taken = take(&reader);
        let taken = reader.finish(taken).map_err(Refusal::Form);
        self.noted(|notes| notes.read += began.elapsed());
        let taken = taken?;
        if self.window.sandbox {
            let warnings = reader.warnings();
            self.noted(|notes| notes.warnings.extend(warnings.iter().map(Fault::zh)));
        }
        Ok(taken)
    }

    /// Tells the cashier something although it went well.
    pub fn warn(&self, zh: impl Into<String>) {
        let zh = zh.into();
        self.noted(|notes| notes.warnings.push(zh));
    }

    /// Notes something.
    pub fn noted(&self, note: impl FnOnce(&mut Notes)) {
        note(&mut self.notes.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// What was noted.
    #[must_use]
    pub fn notes(&self) -> Notes {
        self.notes
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The day of the message by its sender's clock, where that is about right, else by ours: a message that comes again says the same.
    #[must_use]
    pub fn day(&self) -> Date {
        self.moment().date()
    }

    /// The same to the second.
    fn moment(&self) -> DateTime {
        let today = self.now.date();
        let near = |told: &DateTime| {
            let (first, last) = (today.min(told.date()), today.max(told.date()));
            days_between(first, last) <= 1
        };
        self.message.time.filter(near).unwrap_or(self.now)
    }

    /// The time that a field names. Where the whole table is not asked for it may be left out: it is then the message's.
    ///
    /// # Errors
    /// When it says something else, or nothing and must not; the fault is noted.
    pub fn time(&self, fields: &Fields<'_>, name: &str) -> Result<DateTime, Faulty> {
        match fields.opt_time(name)? {
            Some(time) => Ok(time),
            None if self.manner.strict => Err(fields.refuse(name, Rule::Present)),
            None => Ok(self.moment()),
        }
    }

    /// Carries an act out, once for this message however often it comes.
    ///
    /// # Errors
    /// Why it was not.
    pub async fn ask(&self, person: u64, act: Act) -> Result<Answer, Refusal> {
        let key = key(&self.message.institution, self.number, &self.message.id);
        let request = self.request(person, Some(key), act);
        self.waited(self.window.ask(request))
            .await
            .inspect(|answer| self.explain(answer))
    }

    /// What an act would come to.
    ///
    /// # Errors
    /// Why it would not.
    pub async fn attempt(&self, person: u64, act: Act) -> Result<Answer, Refusal> {
        let request = Request {
            trial: true,
            ..self.request(person, None, act)
        };
        self.waited(self.window.ask(request))
            .await
            .inspect(|answer| self.explain(answer))
    }

    /// Waits for the agency, and notes how long.
    async fn waited<T>(&self, asked: impl Future<Output = T>) -> T {
        let began = Instant::now();
        let told = asked.await;
        self.noted(|notes| notes.agency += began.elapsed());
        told
    }

    /// Notes how a settlement came about, where somebody keeps it.
    fn explain(&self, answer: &Answer) {
        if self.window.explains {
            let steps = explained::steps(answer, &self.window.agency.office());
            self.noted(|notes| notes.steps = steps);
        }
    }

    fn request(&self, person: u64, key: Option<String>, act: Act) -> Request {
        self.noted(|notes| notes.person = Some(person));
        Request {
            key,
            by: Some(self.message.institution.clone().into_owned()),
            at: Some(crate::clock::second(self.now)),
            said: Some(said(&self.message.input).unwrap_or_default()),
            who: true,
            ..Request::plain(person, act)
        }
    }

    /// Looks at a person, name included.
    ///
    /// # Errors
    /// When the books cannot be read.
    pub async fn look(&self, look: Look) -> Result<Seen, Refusal> {
        self.noted(|notes| notes.person = Some(look.person));
        self.waited(self.window.look(Look { who: true, ..look }))
            .await
    }

    /// The person that a field names.
    ///
    /// # Errors
    /// When it names none of this agency; the fault is noted.
    pub fn person(&self, fields: &Fields<'_>) -> Result<u64, Faulty> {
        let text = fields.text("psn_no")?;
        let id = PersonId::parse(text).filter(|id| id.region == self.window.area);
        let id = id.ok_or_else(|| fields.refuse("psn_no", Rule::Ours))?;
        Ok(id.number)
    }

    /// The visit that a field names. Whose it is, is the agency's to know.
    ///
    /// # Errors
    /// When it names none of this agency; the fault is noted.
    pub fn visit(&self, fields: &Fields<'_>) -> Result<VisitId, Faulty> {
        let text = fields.text("mdtrt_id")?;
        self.noted(|notes| notes.visit = Some(super::node::shortened(text)));
        let id = VisitId::parse(text).filter(|id| id.region == self.window.area);
        id.ok_or_else(|| fields.refuse("mdtrt_id", Rule::Ours))
    }

    /// The settlement that a field names.
    ///
    /// # Errors
    /// When it names none of this agency; the fault is noted.
    pub fn settlement(&self, fields: &Fields<'_>) -> Result<SettlementId, Faulty> {
        let text = fields.text("setl_id")?;
        self.noted(|notes| notes.settlement = Some(super::node::shortened(text)));
        let id = SettlementId::parse(text).filter(|id| id.region == self.window.area);
        id.ok_or_else(|| fields.refuse("setl_id", Rule::Ours))
    }

    /// The person's number as the interface has it.
    #[must_use]
    pub fn person_id(&self, number: u64) -> String {
        let region = self.window.area;
        PersonId { region, number }.told().unwrap_or_default()
    }

    /// The number of a visit as the interface has it.
    #[must_use]
    pub fn visit_id(&self, lane: u8, entry: u64, purchase: bool) -> String {
        let id = VisitId {
            region: self.window.area,
            lane,
            entry,
            purchase,
        };
        let told = id.told().unwrap_or_default();
        self.noted(|notes| notes.visit = Some(told.clone()));
        told
    }

    /// The number of a settlement as the interface has it.
    #[must_use]
    pub fn settlement_id(&self, lane: u8, entry: u64) -> String {
        let id = SettlementId {
            region: self.window.area,
            lane,
            entry,
        };
        let told = id.told().unwrap_or_default();
        self.noted(|notes| notes.settlement = Some(told.clone()));
        told
    }

    /// The policy's name of a disease that an institution names by its code.
    #[must_use]
    pub fn disease(&self, code: Option<&str>) -> Option<String> {
        let code = code?;
        let known = self.window.diseases.get(code).cloned();
        Some(known.unwrap_or_else(|| code.to_owned()))
    }

    /// The deployment's code of a disease that the policy names; the name itself where it has none.
    #[must_use]
    pub fn disease_code(&self, name: &str) -> String {
        let known = self.window.diseases.iter();
        let code = known
            .filter(|(_, known)| *known == name)
            .map(|(code, _)| code);
        code.min().map_or_else(|| name.to_owned(), Clone::clone)
    }
}

/// The key of a message: whose, which transaction, and the sender's own name for it. What the agency's keys may not hold is told by its digest.
#[must_use]
pub fn key(institution: &str, number: &str, id: &str) -> String {
    let plain = id.bytes().all(|b| b.is_ascii_graphic());
    let sound = institution.bytes().all(|b| b.is_ascii_graphic()) && institution.len() <= 40;
    if plain && sound && id.len() <= 60 {
        return format!("{institution}/{number}/{id}");
    }
    let digest = Sha256::digest(format!("{institution}/{number}/{id}"));
    let mut key = String::from("#");
    for byte in digest {
        // Writing to a string cannot fail.
        let _ = write!(key, "{byte:02x}");
    }
    key
}

/// What of a node says something, as compact JSON: what is filed with an entry. None when nothing does.
#[must_use]
pub fn said(node: &Node<'_>) -> Option<String> {
    let mut json = String::new();
    super::write::said(&mut json, node).then_some(json)
}
