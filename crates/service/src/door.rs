//! `Door`: one message in, one answer out: who knocks, what is asked, what came of it, and the record that it was so.

mod course;
mod passing;

use std::sync::Arc;

use tracing::Instrument as _;

use crate::access_log::{AccessLog, Entry, Mark};
use crate::auditing::Auditing;
use crate::auth::{Admitted, Denied, Doors, Knock};
use crate::clock;
use crate::codes::Codes;
use crate::files::Files;
use crate::limits::{Crowded, Limits};
use crate::metrics::Metrics;
use crate::passwords::Passwords;
use crate::settings::{Institution, Settings};
use crate::trace::Trace;
use crate::window::Window;
use crate::wire::message::{self, CodeForm, Message, NoMessage, Reply};
use crate::wire::paths::{self, Asked};
use crate::wire::refusal::{Refusal, fitted};
use crate::wire::transactions;
use crate::wire::work::{Done, Manner, Notes, Work};

use course::Course;
pub use course::RequestId;
pub use passing::{Incoming, Outgoing};

/// The door that institutions knock at.
pub struct Door {
    /// Where they come to.
    pub window: Window,
    /// Who may come in.
    doors: Doors,
    /// How much is let in.
    pub limits: Limits,
    /// What was counted.
    pub metrics: Metrics,
    /// By which insured persons sign in.
    pub codes: Codes,
    /// The audit that somebody at the pages has started.
    pub auditing: Auditing,
    /// What is known of operators who sign in.
    pub passwords: Passwords,
    settings: Settings,
    log: Option<AccessLog>,
    trace: Option<Trace>,
}

/// What is known of a message when it was answered.
struct Told<'m> {
    message: Option<&'m Message<'m>>,
    number: &'m str,
    notes: Notes,
    outcome: i32,
    refusal: Option<&'static str>,
}

impl Door {
    /// A door before a window.
    #[must_use]
    pub fn new(
        mut window: Window,
        settings: Settings,
        doors: Doors,
        log: Option<AccessLog>,
    ) -> Door {
        window.files = Some(Arc::new(Files::new(settings.files.clone())));
        Door {
            window,
            doors,
            limits: Limits::new(settings.bounds),
            metrics: Metrics::new(),
            codes: Codes::new(settings.one_time_codes.clone()),
            auditing: Auditing::default(),
            passwords: Passwords::default(),
            settings,
            log,
            trace: None,
        }
    }

    /// The same door, at which messages are kept word for word.
    #[must_use]
    pub fn with_trace(mut self, trace: Trace) -> Door {
        self.window.explains = true;
        self.trace = Some(trace);
        self
    }

    /// Where messages are kept word for word.
    #[must_use]
    pub fn trace(&self) -> Option<&Trace> {
        self.trace.as_ref()
    }

    /// The settings it goes by.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Lines of the access log that were lost.
    #[must_use]
    pub fn log_lost(&self) -> u64 {
        self.log.as_ref().map_or(0, AccessLog::lost)
    }

    /// Writes out what the logs still hold.
    pub fn flush(&self) {
        if let Some(log) = &self.log {
            log.flush();
        }
        if let Some(trace) = &self.trace {
            trace.flush();
        }
    }

    /// One message in, one answer out.
    pub async fn answer(&self, incoming: &Incoming<'_>) -> Outgoing {
        let course = Course::begin(self.window.serial());
        let way = self.pass(incoming, &course);
        let outgoing = way.instrument(course.span()).await;
        self.kept(incoming, course, outgoing)
    }

    /// A body that was not read to its end, because it is too large.
    pub fn too_large(&self, incoming: &Incoming<'_>, upload: bool) -> Outgoing {
        let course = Course::begin(self.window.serial());
        let most = self.limits.largest(upload);
        let refuse = || self.crowded(incoming, &Crowded::Body { most }, (&course, None));
        let outgoing = course.span().in_scope(refuse);
        self.kept(incoming, course, outgoing)
    }

    fn kept(&self, incoming: &Incoming<'_>, course: Course, outgoing: Outgoing) -> Outgoing {
        if let Some(trace) = &self.trace {
            trace.write(course.record(incoming, &outgoing, trace.longest()));
        }
        outgoing
    }

    async fn pass(&self, incoming: &Incoming<'_>, course: &Course) -> Outgoing {
        if let Err(crowded) = self.fits(incoming) {
            return self.crowded(incoming, &crowded, (course, None));
        }
        let crowded = self.limits.address(incoming.address);
        let seat = crowded.and_then(|()| self.limits.seat());
        let _seat = match seat {
            Ok(seat) => seat,
            Err(crowded) => return self.crowded(incoming, &crowded, (course, None)),
        };
        let text = match crate::wire::node::text(incoming.body) {
            Ok(text) => text,
            Err(not_json) => return self.no_message(incoming, &not_json.into(), course),
        };
        match Message::parse(&text) {
            Ok(message) => self.message(incoming, message, course).await,
            Err(no_message) => self.no_message(incoming, &no_message, course),
        }
    }

    /// The message is as long as it may be; the file beside it was measured with it as it came.
    fn fits(&self, incoming: &Incoming<'_>) -> Result<(), Crowded> {
        let bytes = u64::try_from(incoming.body.len()).unwrap_or(u64::MAX);
        let upload = incoming.file.is_none() && is_upload(incoming.path, incoming.body);
        self.limits.body(bytes, upload)
    }

    async fn message(
        &self,
        incoming: &Incoming<'_>,
        message: Message<'_>,
        course: &Course,
    ) -> Outgoing {
        course::name(&message);
        let admitted = match self.admit(incoming, &message) {
            Ok(admitted) => admitted,
            Err(denied) => return self.denied(incoming, &denied, (course, &message)),
        };
        course.admitted(admitted.input.as_deref());
        // Only who has proved it uses up an institution's share.
        if let Err(crowded) = self.limits.institution(&message.institution) {
            self.doors.release(&admitted);
            return self.crowded(incoming, &crowded, (course, Some(&message)));
        }
        let opened = match &admitted.input {
            Some(input) => message.with_input(input),
            None => Ok(message),
        };
        let message = match opened {
            Ok(message) => message,
            Err(not) => return self.no_message(incoming, &not.into(), course),
        };
        let number = transactions::canonical(&message.number);
        let institution = self.settings.institutions.get(message.institution.as_ref());
        let work = Work::new(
            &self.window,
            &message,
            number,
            manner(institution),
            course.received,
        )
        .with_file(incoming.file);
        let done = match agree(incoming.path, &message) {
            Ok(()) => transactions::carry_out(&work).await,
            Err(refusal) => Err(refusal),
        };
        // What nobody carried out may come again as it is, signature and all.
        if let Err(Refusal::Agency(refused)) = &done
            && refused.is_temporary()
        {
            self.doors.release(&admitted);
        }
        let told = Told {
            message: Some(&message),
            number,
            notes: work.notes(),
            outcome: if done.is_ok() { 0 } else { -1 },
            refusal: done.as_ref().err().map(Refusal::code),
        };
        if let Err(refusal) = &done {
            course.refused(refusal.why());
            if let Refusal::Agency(agency::Refused::Unavailable(why)) = refusal {
                tracing::error!(%why, "nothing can be recorded");
            }
        }
        let outgoing = self.replied(&admitted, institution, (&done, &told.notes), course);
        self.told(incoming, &told, course);
        outgoing
    }

    fn admit(&self, incoming: &Incoming<'_>, message: &Message<'_>) -> Result<Admitted, Denied> {
        let sealed = match &message.input {
            crate::wire::node::Node::Text(text) => Some(text.as_ref()),
            _ => None,
        };
        let signature = Some(message.signature.as_ref()).filter(|text| !text.is_empty());
        let headers = |name: &str| (incoming.headers)(name);
        self.doors.admit(&Knock {
            headers: &headers,
            body: incoming.body,
            institution: &message.institution,
            number: &message.number,
            input: sealed,
            signature,
            now: clock::stamp().as_second(),
        })
    }

    /// The envelope around what came of it. A business error is HTTP 200, as clients expect.
    fn replied(
        &self,
        admitted: &Admitted,
        institution: Option<&Institution>,
        (done, notes): (&Result<Done, Refusal>, &Notes),
        course: &Course,
    ) -> Outgoing {
        let output = match done {
            Ok(Done::File(bytes)) => {
                return Outgoing {
                    status: 200,
                    is_file: true,
                    retry_after: None,
                    request: course.id,
                    body: bytes.clone(),
                };
            }
            Ok(Done::Output(json)) => Some(json.as_str()),
            Ok(Done::Nothing) => Some("{}"),
            Err(_) => None,
        };
        let sealed = output.and_then(|output| self.doors.seal(admitted, output));
        if let (Some(output), Some(_), Some(_)) = (output, &sealed, &self.trace) {
            course.unsealed(output);
        }
        let quoted = sealed.as_ref().map(|sealed| {
            // A text always has a form as JSON.
            serde_json::to_string(&sealed.output).unwrap_or_default()
        });
        let error = done
            .as_ref()
            .err()
            .map(|refusal| refusal.told(self.window.sandbox));
        let warning = (!notes.warnings.is_empty()).then(|| fitted(&notes.warnings));
        let answered = clock::now();
        let reference = message::reference(self.window.area, answered, self.window.serial());
        let signature = sealed
            .as_ref()
            .and_then(|sealed| sealed.signature.as_deref());
        let reply = Reply {
            code: if done.is_ok() { 0 } else { -1 },
            form: form(institution),
            // As recorded of platforms: what was refused has no number of ours.
            reference: done.is_ok().then_some(&reference),
            received: course.received,
            answered,
            error: error.as_deref(),
            warning: warning.as_deref(),
            signature,
            signature_kind: signature.map(|_| "SM2"),
            output: quoted.as_deref().or(output),
        };
        json(200, reply.json(), course)
    }

    /// What is no message gets the answer of a message all the same: clients know no other.
    fn no_message(
        &self,
        incoming: &Incoming<'_>,
        no_message: &NoMessage,
        course: &Course,
    ) -> Outgoing {
        let why = no_message.why();
        let error = why.zh.clone();
        course.refused(why);
        let told = Told {
            message: None,
            number: "",
            notes: Notes::default(),
            outcome: -1,
            refusal: Some("no_message"),
        };
        self.told(incoming, &told, course);
        let reply = Reply {
            code: -1,
            form: CodeForm::Number,
            reference: None,
            received: course.received,
            answered: clock::now(),
            error: Some(&error),
            warning: None,
            signature: None,
            signature_kind: None,
            output: None,
        };
        json(200, reply.json(), course)
    }

    /// As a gateway answers: no envelope.
    fn denied(
        &self,
        incoming: &Incoming<'_>,
        denied: &Denied,
        (course, message): (&Course, &Message<'_>),
    ) -> Outgoing {
        course.refused(denied.why());
        tracing::warn!(address = %incoming.address, "not let in: {denied}");
        self.gateway(incoming, (401, denied.word()), (course, Some(message)));
        let mut text = denied.gateway_text().to_owned();
        if self.window.sandbox {
            text = format!("{text} {} ({denied})", denied.hint());
        }
        let body = serde_json::json!({ "code": Denied::CODE, "message": text });
        json(401, body.to_string(), course)
    }

    fn crowded(
        &self,
        incoming: &Incoming<'_>,
        crowded: &Crowded,
        (course, message): (&Course, Option<&Message<'_>>),
    ) -> Outgoing {
        let status = crowded.status();
        course.refused(crowded.why());
        tracing::warn!(address = %incoming.address, "not let in: {}", crowded.word());
        self.gateway(incoming, (status, crowded.word()), (course, message));
        let body = serde_json::json!({ "code": status, "message": crowded.chinese() });
        Outgoing {
            retry_after: crowded.retry_after(),
            ..json(status, body.to_string(), course)
        }
    }

    fn gateway(
        &self,
        incoming: &Incoming<'_>,
        (status, word): (u16, &'static str),
        (course, message): (&Course, Option<&Message<'_>>),
    ) {
        let number = message.map_or("", |message| transactions::canonical(&message.number));
        let told = Told {
            message,
            number,
            notes: Notes::default(),
            outcome: status.into(),
            refusal: Some(word),
        };
        self.told(incoming, &told, course);
    }

    /// Counts and writes down that it was so.
    fn told(&self, incoming: &Incoming<'_>, told: &Told<'_>, course: &Course) {
        let took = course.began.elapsed();
        if self.trace.is_some() {
            course.told(told, took);
        }
        let known = transactions::known(told.number).unwrap_or("other");
        self.metrics.message(known, told.refusal, took);
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        course::say(told, micros);
        let Some(log) = &self.log else {
            return;
        };
        let mark = |text: &str| Some(Mark::of(text)).filter(|_| !text.is_empty());
        let message = told.message;
        log.write(Entry {
            time: clock::stamp(),
            request: Mark::of(&course.id.to_string()),
            institution: message.and_then(|m| mark(&m.institution)),
            operator: message.and_then(|m| mark(&m.operator)),
            address: incoming.address,
            transaction: mark(told.number),
            message: message.and_then(|m| mark(&m.id)),
            person: told.notes.person.map(|n| Mark::of(&n.to_string())),
            visit: told.notes.visit.as_deref().and_then(mark),
            settlement: told.notes.settlement.as_deref().and_then(mark),
            outcome: told.outcome,
            refusal: told.refusal.map(Mark::of),
            micros,
        });
    }
}

fn manner(institution: Option<&Institution>) -> Manner {
    Manner {
        strict: institution.is_some_and(|one| one.strict),
        fund_includes_account: institution.is_some_and(|one| one.fund_includes_account),
    }
}

fn form(institution: Option<&Institution>) -> CodeForm {
    match institution {
        Some(one) if one.status_as_text => CodeForm::Text,
        _ => CodeForm::Number,
    }
}

/// Does a message bring a file within it? By its path, or by its number, which every client writes near the beginning.
#[must_use]
pub fn is_upload(path: &str, body: &[u8]) -> bool {
    match paths::asked(path) {
        Some(Asked::Number(number)) => number == message::UPLOAD,
        Some(Asked::Body) => message::begins_upload(body),
        None => false,
    }
}

/// A path that names a transaction must name the message's.
fn agree(path: &str, message: &Message<'_>) -> Result<(), Refusal> {
    match paths::asked(path) {
        Some(asked) if paths::agree(asked, &message.number) => Ok(()),
        Some(Asked::Number(number)) => Err(Refusal::door(
            "other_path",
            format!(
                "请求路径对应交易{number}，与报文中的交易编号{}不一致",
                message.number
            ),
            format!("the path is of {number}, the message of {}", message.number),
        )),
        _ => Err(Refusal::door(
            "no_path",
            "请求路径不存在",
            "there is no such path",
        )),
    }
}

fn json(status: u16, body: String, course: &Course) -> Outgoing {
    Outgoing {
        status,
        is_file: false,
        retry_after: None,
        request: course.id,
        body: body.into_bytes(),
    }
}
