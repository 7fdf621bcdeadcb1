//! `Progress`: how far long work has come, with its rate and the time left; on a terminal and nowhere else.

use std::io::IsTerminal as _;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar on standard error; without a terminal it shows nothing.
#[derive(Clone, Debug)]
pub(crate) struct Progress(ProgressBar);

impl Progress {
    /// Of so many things; unknown if none.
    pub(crate) fn of(total: Option<u64>, what: &str) -> Progress {
        let target = if std::io::stderr().is_terminal() {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(total, target);
        let form = match total {
            Some(_) => "{msg} {wide_bar} {human_pos}/{human_len} {per_sec} {elapsed} / {eta} left",
            None => "{msg} {spinner} {human_pos} {per_sec} {elapsed}",
        };
        if let Ok(style) = ProgressStyle::with_template(form) {
            bar.set_style(style);
        }
        bar.set_message(what.to_owned());
        Progress(bar)
    }

    /// So many more are done.
    pub(crate) fn add(&self, more: u64) {
        self.0.inc(more);
    }

    /// What is being done now.
    pub(crate) fn says(&self, what: &str) {
        self.0.set_message(what.to_owned());
    }

    /// Takes the bar away.
    pub(crate) fn done(&self) {
        self.0.finish_and_clear();
    }
}
