//! Policies held against the national frame of their days.

use domain::frame::{Break, Frame, place_of};
use domain::words::Lang;
use jiff::civil::Date;
use policy::PolicyFile;

use super::Report;
use crate::policies::until;

impl Report<'_> {
    /// Prints every demand of a frame that a policy breaks in the days in which both hold; returns their number.
    pub(super) fn national(&self) -> usize {
        let words = self.words;
        if self.frames.is_empty() {
            return 0;
        }
        self.output
            .heading(words.say("国家统一规定", "The national frame"));
        let mut lines = Vec::new();
        for shelf in self.shelves() {
            for (number, file) in shelf.iter().enumerate() {
                let next = shelf.get(number + 1).map(|next| next.plan.policy.effective);
                let until = until(&file.plan.policy, next);
                for frame in overlapping(&self.frames, file.plan.policy.effective, until) {
                    for found in frame.breaks(&file.plan) {
                        lines.push(self.told(file, frame, &found));
                    }
                }
            }
        }
        // The same break under a later frame is told once.
        lines.dedup_by_key(|(key, _)| key.clone());
        for (_, line) in &lines {
            self.output.line(&format!("  ! {line}"));
        }
        if lines.is_empty() {
            let frames = self.frames.len();
            self.output.line(&match words.lang {
                Lang::Zh => format!("  各文件都不违反（{frames} 个时期的规定）"),
                Lang::En => format!("  no file breaks it (frames: {frames})"),
            });
        }
        lines.len()
    }

    /// A sentence for a break, and what makes it the same as another.
    fn told(&self, file: &PolicyFile, frame: &Frame, found: &Break) -> (String, String) {
        let lang = self.words.lang;
        let policy = &file.plan.policy;
        let (demand, cite) = &frame.demands[found.demand];
        let document = &frame.documents[cite.document];
        let place = found.point.map(|point| place_of(policy, &point, lang));
        let mut text = format!("{}: {}", file.name, demand.describe(lang));
        text += &match (&found.found, lang) {
            (Some(figure), Lang::Zh) => format!("；这里是 {figure}"),
            (Some(figure), Lang::En) => format!("; {figure} was found"),
            (None, Lang::Zh) => "；这里没有".to_owned(),
            (None, Lang::En) => "; it is missing".to_owned(),
        };
        if let Some(place) = place {
            text += &match (lang, found.points) {
                (Lang::Zh, 1) => format!("（{place}）"),
                (Lang::Zh, n) => format!("（{place}；共 {n} 处）"),
                (Lang::En, 1) => format!(" ({place})"),
                (Lang::En, n) => format!(" ({place}; in {n} cases)"),
            };
        }
        let key = text.clone();
        let place = if cite.place.is_empty() {
            String::new()
        } else {
            format!(" {}", cite.place)
        };
        let standing = cite.standing.name(lang);
        text += &format!(" — {}{place} [{standing}]", document.title);
        (key, text)
    }
}

/// The frames that hold on one of these days; each holds until the next one's first day.
fn overlapping(frames: &[Frame], from: Date, until: Option<Date>) -> impl Iterator<Item = &Frame> {
    frames
        .iter()
        .enumerate()
        .filter_map(move |(number, frame)| {
            let next = frames.get(number + 1).map(|next| next.effective);
            let begins = until.is_none_or(|until| frame.effective <= until);
            let lasts = next.is_none_or(|next| next > from);
            (begins && lasts).then_some(frame)
        })
}
