//! The days that the files of a region and scheme cover: in order, without overlap, with every gap named.

use domain::words::Lang;
use jiff::civil::Date;
use policy::PolicyFile;

use super::Report;

/// What lies between two neighbours on the calendar.
enum Between {
    /// One ends the day before the next begins.
    Nothing,
    /// Days that no file covers; the rule had ended.
    Uncovered(Date, Date),
    /// Days that two files claim.
    Overlap(Date, Date),
}

impl Report<'_> {
    /// Prints the days of each shelf; returns the number of overlaps.
    pub(super) fn days(&self) -> usize {
        let words = self.words;
        self.output
            .heading(words.say("各地区和险种的日子", "Days covered by region and scheme"));
        let mut overlaps = 0;
        for shelf in self.shelves() {
            let (Some(first), Some(last)) = (shelf.first(), shelf.last()) else {
                continue;
            };
            let policy = &first.plan.policy;
            let until = last
                .plan
                .policy
                .ends
                .map_or(words.say("今", "open").to_owned(), |day| day.to_string());
            let mut text = format!(
                "{}  {} … {until}",
                self.shelf_name(policy),
                policy.effective
            );
            text.push_str(&match words.lang {
                Lang::Zh => format!("，{} 个文件", shelf.len()),
                Lang::En if shelf.len() == 1 => ", 1 file".to_owned(),
                Lang::En => format!(", {} files", shelf.len()),
            });
            let mut whole = true;
            for pair in shelf.windows(2) {
                let between = between(pair[0], pair[1]);
                whole &= matches!(between, Between::Nothing);
                overlaps += usize::from(matches!(between, Between::Overlap(..)));
                text.push_str(&self.between_text(&between));
            }
            if whole && shelf.len() > 1 {
                text.push_str(words.say("，相接无缺无重", ", each day in exactly one of them"));
            }
            self.output.line(&format!("  {text}"));
        }
        overlaps
    }

    fn between_text(&self, between: &Between) -> String {
        match (between, self.words.lang) {
            (Between::Nothing, _) => String::new(),
            (Between::Uncovered(from, until), Lang::Zh) => format!("；{from} 至 {until} 没有规则"),
            (Between::Uncovered(from, until), Lang::En) => {
                format!("; no rule from {from} to {until}")
            }
            (Between::Overlap(from, until), Lang::Zh) => {
                format!("；✗ {from} 至 {until} 有两个文件")
            }
            (Between::Overlap(from, until), Lang::En) => {
                format!("; ✗ two files from {from} to {until}")
            }
        }
    }
}

fn between(a: &PolicyFile, b: &PolicyFile) -> Between {
    let next = b.plan.policy.effective;
    let day_before = next.yesterday().unwrap_or(next);
    if next == a.plan.policy.effective {
        return Between::Overlap(next, next);
    }
    match a.plan.policy.ends {
        Some(ends) if ends < day_before => {
            Between::Uncovered(ends.tomorrow().unwrap_or(ends), day_before)
        }
        Some(ends) if ends > day_before => Between::Overlap(next, ends),
        // Without an end the next file takes over.
        Some(_) | None => Between::Nothing,
    }
}
