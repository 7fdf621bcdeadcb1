//! What is paid in, by whom into which purse, and what the account is credited; nothing where the file does not say.

use domain::class::Span;
use domain::policy::contribution::{Credit, Premium};
use domain::words::Lang;

use super::Show;

impl Show<'_> {
    pub(super) fn paid(&self) {
        let policy = &self.plan.policy;
        let paid = &policy.contributions;
        let mut rows: Vec<[String; 4]> = self.bounds().into_iter().collect();
        rows.extend(paid.premiums.iter().map(|p| self.premium(p)));
        rows.extend(paid.credits.iter().map(|c| self.credit(c)));
        if rows.is_empty() {
            return;
        }
        let words = self.words;
        self.output
            .heading(words.say("缴费和个人账户划入", "Paid in, and credited to the account"));
        let mut table = self.output.table(&[
            "",
            words.say("适用", "for"),
            words.say("数额", "how much"),
            words.say("依据〔等级〕", "clause [standing]"),
        ]);
        for row in rows {
            table.add_row(row);
        }
        self.output.line(&table.to_string());
    }

    /// The bounds of the base, as one row.
    fn bounds(&self) -> Option<[String; 4]> {
        let words = self.words;
        let base = self.plan.policy.contributions.base.as_ref()?;
        let [floor, ceiling] =
            [&base.floor, &base.ceiling].map(|bound| bound.as_ref().map(|b| words.yuan(b.value)));
        let text = match (floor, ceiling, words.lang) {
            (Some(floor), Some(ceiling), Lang::Zh) => format!("{floor}至{ceiling}"),
            (Some(floor), Some(ceiling), Lang::En) => format!("{floor} to {ceiling}"),
            (Some(floor), None, Lang::Zh) => format!("不低于{floor}"),
            (Some(floor), None, Lang::En) => format!("at least {floor}"),
            (None, Some(ceiling), Lang::Zh) => format!("不高于{ceiling}"),
            (None, Some(ceiling), Lang::En) => format!("at most {ceiling}"),
            (None, None, _) => String::new(),
        };
        Some([
            words
                .say("缴费基数（每月）", "base of contribution, monthly")
                .to_owned(),
            words.say("全部", "everyone").to_owned(),
            text,
            words.clause(&self.plan.policy, &base.cite),
        ])
    }

    fn premium(&self, premium: &Premium) -> [String; 4] {
        let (words, policy) = (self.words, &self.plan.policy);
        let who = words.statuses(&premium.statuses);
        [
            words.premium(premium.payer, premium.into, Some(premium.every)),
            words.having(who, &premium.identities, &premium.without),
            words.sum(policy.figures(&premium.sum)),
            words.clause(policy, &premium.cite),
        ]
    }

    fn credit(&self, credit: &Credit) -> [String; 4] {
        let (words, policy) = (self.words, &self.plan.policy);
        let who = words.statuses(&credit.statuses);
        [
            words.credit(Some(credit.every)),
            words.aged(who, &span(credit.age), &span(credit.retired)),
            words.sum(policy.figures(&credit.sum)),
            words.clause(policy, &credit.cite),
        ]
    }
}

/// A span that is absent is open at both ends.
fn span<T>(span: Option<Span<T>>) -> Span<T> {
    span.unwrap_or(Span {
        from: None,
        until: None,
    })
}
