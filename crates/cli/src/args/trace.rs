//! The arguments of `yibao trace`.

use std::path::PathBuf;

use clap::Args as ClapArgs;
use jiff::civil::DateTime;

/// `yibao trace`
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  yibao trace                                           the last 20 messages
  yibao trace --last 100 --refused --institution H99999000001
  yibao trace H99999000001202611261000000001            one message: request, answer, why, steps, timings
  yibao trace --settings service.toml --json MSGID
A sandbox keeps its messages in trace.jsonl in the data directory; elsewhere only where `trace` names a file in the settings.
Names and identity numbers stand in it. A message is named by its sender's number or by the service's (x-request-id).
The exit code is 1 if the message is not there.")]
pub(crate) struct Trace {
    /// The message's number, of its sender or of the service; the last messages if absent
    pub(crate) message: Option<String>,
    /// List so many, the newest first; with a message, so many of its arrivals
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(crate) last: Option<u32>,
    /// From this institution
    #[arg(long, value_name = "CODE")]
    pub(crate) institution: Option<String>,
    /// Of this transaction
    #[arg(long, value_name = "NUMBER")]
    pub(crate) number: Option<String>,
    /// Only what was not carried out
    #[arg(long)]
    pub(crate) refused: bool,
    /// Not before this time in China, like 2026-11-26T09:00
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub(crate) from: Option<DateTime>,
    /// Before this time
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub(crate) until: Option<DateTime>,
    /// The settings file that the service was opened with
    #[arg(long, env = "YIBAO_SETTINGS", value_name = "FILE")]
    pub(crate) settings: Option<PathBuf>,
    /// The file of the trace
    #[arg(long, value_name = "FILE", conflicts_with = "settings")]
    pub(crate) file: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// A day alone is its beginning.
fn time(text: &str) -> Result<DateTime, String> {
    let whole = text.len() >= 10 && text.is_ascii();
    let time = whole.then(|| text.parse().ok()).flatten();
    time.ok_or_else(|| "a time is written like 2026-11-26T09:00".into())
}
