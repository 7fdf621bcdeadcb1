//! `Auditing`: the audit that somebody at the pages has started: one at a time, beside the work, its result kept with the office's papers.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use agency::audit::{Report, audit};
use agency::moment;
use jiff::civil::{Date, DateTime};
use serde_json::{Value, json};

use crate::clock;
use crate::window::Window;
use crate::wire::refusal::Refusal;

/// The kind of the paper, and its code.
const PAPER: &str = "audit";
/// The paper is replaced: it has one day.
const ALWAYS: Date = Date::constant(2000, 1, 1);
/// So many results are kept.
const MOST: usize = 20;

/// The audit that goes on, if one does.
#[derive(Debug, Default)]
pub struct Auditing {
    now: Mutex<Option<Going>>,
}

/// An audit that goes on.
#[derive(Clone, Debug)]
pub struct Going {
    /// Who started it.
    pub by: String,
    /// When.
    pub since: DateTime,
    entries: Arc<AtomicU64>,
}

impl Going {
    /// Entries that it has read.
    #[must_use]
    pub fn entries(&self) -> u64 {
        self.entries.load(Ordering::Relaxed)
    }
}

/// What an audit came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audited {
    /// Who started it.
    pub by: String,
    /// When it began.
    pub since: DateTime,
    /// When it ended.
    pub at: DateTime,
    /// What was found, or why it could not be finished.
    pub report: Result<Report, String>,
}

impl Auditing {
    /// The audit that goes on.
    #[must_use]
    pub fn going(&self) -> Option<Going> {
        let now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        now.clone()
    }

    /// Begins an audit, unless one goes on.
    #[must_use]
    pub fn begin(&self, by: &str) -> Option<Going> {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        if now.is_some() {
            return None;
        }
        let going = Going {
            by: by.to_owned(),
            since: clock::second(clock::now()),
            entries: Arc::default(),
        };
        *now = Some(going.clone());
        Some(going)
    }

    /// Carries an audit out that has begun, and keeps what it came to. Whatever happens, another may begin then.
    pub async fn carry_out(&self, window: &Window, going: Going) {
        let (agency, entries) = (Arc::clone(&window.agency), Arc::clone(&going.entries));
        let count = move |read| {
            entries.fetch_add(read, Ordering::Relaxed);
        };
        let report = tokio::task::spawn_blocking(move || audit(&agency, count)).await;
        let report = match report {
            Ok(Ok(report)) => Ok(report),
            Ok(Err(error)) => Err(error.to_string()),
            Err(error) => Err(error.to_string()),
        };
        let audited = Audited {
            by: going.by,
            since: going.since,
            at: clock::second(clock::now()),
            report,
        };
        if let Some(why) = audited.trouble() {
            tracing::error!(%why, "an audit");
        }
        if let Err(refusal) = kept(window, &audited).await {
            tracing::error!(why = refusal.english(), "an audit's result was not kept");
        }
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        *now = None;
    }
}

impl Audited {
    /// What is to be looked into at once, if anything is.
    fn trouble(&self) -> Option<String> {
        match &self.report {
            Ok(report) if report.is_clean() => None,
            Ok(report) => Some(format!("{} breaks", report.breaks.len())),
            Err(why) => Some(why.clone()),
        }
    }

    fn json(&self) -> Value {
        let mut value = json!({
            "by": self.by,
            "since": moment::digits(self.since),
            "at": moment::digits(self.at),
        });
        match &self.report {
            Ok(report) => value["report"] = report.json(),
            Err(why) => value["failed"] = json!(why),
        }
        value
    }

    fn of_json(value: &Value) -> Option<Audited> {
        let at = |name: &str| moment::of_digits(value[name].as_u64()?);
        Some(Audited {
            by: value["by"].as_str()?.to_owned(),
            since: at("since")?,
            at: at("at")?,
            report: match value["failed"].as_str() {
                Some(why) => Err(why.to_owned()),
                None => Ok(Report::of_json(&value["report"])?),
            },
        })
    }
}

/// The last results stand in one paper: whoever looks reads no more than these.
async fn kept(window: &Window, audited: &Audited) -> Result<(), Refusal> {
    let mut results = results(window).await?;
    results.insert(0, audited.clone());
    results.truncate(MOST);
    let told: Vec<Value> = results.iter().map(Audited::json).collect();
    let body = Value::Array(told).to_string();
    window.file(PAPER, PAPER.to_owned(), ALWAYS, body).await
}

/// What audits came to, the last one first.
///
/// # Errors
/// When it cannot be read.
pub async fn results(window: &Window) -> Result<Vec<Audited>, Refusal> {
    let papers = window.filed(PAPER, PAPER.to_owned()).await?;
    let told = papers
        .first()
        .map(|paper| serde_json::from_str(&paper.body));
    let Some(Ok(Value::Array(told))) = told else {
        return Ok(Vec::new());
    };
    Ok(told.iter().filter_map(Audited::of_json).collect())
}
