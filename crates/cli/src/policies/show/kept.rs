//! When cover begins, rests and comes back, and how the account is kept; nothing where the file does not say.

use super::Show;

impl Show<'_> {
    pub(super) fn kept(&self) {
        let policy = &self.plan.policy;
        let rows = policy.kept();
        if rows.is_empty() {
            return;
        }
        let words = self.words;
        self.output.heading(words.say(
            "待遇起止和个人账户管理",
            "Cover over time, and keeping the account",
        ));
        let mut table = self.output.table(&[
            "",
            words.say("适用", "for"),
            words.say("规定", "rule"),
            words.say("依据〔等级〕", "clause [standing]"),
        ]);
        for row in &rows {
            let [about, who, text] = words.kept(row);
            table.add_row([about, who, text, words.clause(policy, row.cite())]);
        }
        self.output.line(&table.to_string());
    }
}
