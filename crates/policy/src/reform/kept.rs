//! What changes in cover over time and in keeping the account, row by row.

use domain::policy::kept::Kept;

use super::{Line, Told};
use crate::diff::Diff;

impl Told<'_> {
    /// The rows that are new, then those that are gone.
    pub(super) fn kept(&self, diff: &Diff) -> Vec<Line> {
        let words = self.words;
        let told = |mark: &str, row: &Kept| {
            let [about, who, text] = words.kept(row);
            let (comma, colon) = (words.say("，", ", "), words.say("：", ": "));
            let subject = format!("{about}{comma}{who}");
            let line = format!("{mark}{colon}{subject}{colon}{text}");
            (subject, text, line)
        };
        let new = diff.kept.0.iter().map(|row| {
            let (subject, is, text) = told(words.say("新", "new"), row);
            Line {
                text,
                subject,
                sides: [None, Some(is)],
                clauses: [Vec::new(), vec![row.cite().clone()]],
                ..Line::default()
            }
        });
        let gone = diff.kept.1.iter().map(|row| {
            let (subject, was, text) = told(words.say("不再有", "gone"), row);
            Line {
                text,
                subject,
                sides: [Some(was), None],
                clauses: [vec![row.cite().clone()], Vec::new()],
                ..Line::default()
            }
        });
        new.chain(gone).collect()
    }
}
