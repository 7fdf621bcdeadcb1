//! What changes in cover over time and in keeping the account, row by row.

use domain::policy::kept::Kept;
use policy::diff::Diff;

use super::Told;

impl Told<'_> {
    /// The rows that are new, then those that are gone.
    pub(super) fn kept(&self, diff: &Diff) -> Vec<String> {
        let words = self.words;
        let told = |mark: &str, row: &Kept| {
            let [about, who, text] = words.kept(row);
            let (comma, colon) = (words.say("，", ", "), words.say("：", ": "));
            format!("{mark}{colon}{about}{comma}{who}{colon}{text}")
        };
        let new = diff
            .kept
            .0
            .iter()
            .map(|row| told(words.say("新", "new"), row));
        let gone = diff
            .kept
            .1
            .iter()
            .map(|row| told(words.say("不再有", "gone"), row));
        new.chain(gone).collect()
    }
}
