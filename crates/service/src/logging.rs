//! `Logging`: the program's own log on standard error: readable on a terminal, lines of JSON elsewhere. Panics stand in it, too.

#[cfg(test)]
mod tests;

use std::io::{self, IsTerminal as _};
use std::panic::PanicHookInfo;

use tracing::Subscriber;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

/// How the log is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// Text on a terminal, JSON elsewhere.
    #[default]
    Auto,
    /// For people.
    Text,
    /// A line of JSON for each event.
    Json,
}

impl Form {
    /// By the name that the settings use.
    #[must_use]
    pub fn named(name: &str) -> Option<Form> {
        match name {
            "auto" => Some(Form::Auto),
            "text" => Some(Form::Text),
            "json" => Some(Form::Json),
            _ => None,
        }
    }
}

/// Why there is no log.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The level is none.
    #[error("`{0}` is no level of the log")]
    Level(String),
    /// Somebody else has set one up.
    #[error("the log is set up already")]
    Twice,
}

/// Whether a text says how much is told.
#[must_use]
pub fn is_level(text: &str) -> bool {
    // A word that is no level would be taken for the name of a room.
    let word = |part: &str| {
        let level = part.rsplit('=').next().unwrap_or(part).trim();
        !level.is_empty() && level.parse::<LevelFilter>().is_ok()
    };
    text.split(',').all(word) && EnvFilter::builder().parse(text).is_ok()
}

/// Opens the log for the whole program, and lets panics be told in it.
///
/// # Errors
/// When the level is none, or there is a log already.
pub fn open(level: &str, form: Form) -> Result<(), LogError> {
    let terminal = io::stderr().is_terminal();
    let subscriber = subscriber(level, form, terminal, io::stderr)?;
    tracing::subscriber::set_global_default(subscriber).map_err(|_| LogError::Twice)?;
    std::panic::set_hook(Box::new(fallen));
    Ok(())
}

type Log = Box<dyn Subscriber + Send + Sync>;

fn subscriber<W>(level: &str, form: Form, terminal: bool, to: W) -> Result<Log, LogError>
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let filter = EnvFilter::builder().parse(level);
    let filter = filter.map_err(|_| LogError::Level(level.to_owned()))?;
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(terminal)
        .with_writer(to);
    let json = form == Form::Json || (form == Form::Auto && !terminal);
    Ok(match json {
        true => {
            let log = log.json().flatten_event(true);
            Box::new(log.with_current_span(true).with_span_list(false).finish())
        }
        false => Box::new(log.finish()),
    })
}

/// A panic ends one message and not the service; here it is told what fell and where.
fn fallen(panic: &PanicHookInfo<'_>) {
    let why = panic.payload_as_str().unwrap_or("no reason");
    let place = panic.location().map(ToString::to_string);
    let thread = std::thread::current();
    let thread = thread.name().unwrap_or("unnamed");
    tracing::error!(place, thread, "panicked: {why}");
}
