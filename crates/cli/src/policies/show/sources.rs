//! What a policy rests on and what it lacks: its documents with the clauses that are cited, and its gaps.

use domain::cite::{Cite, Standing};
use domain::policy::Policy;

use super::Show;
use crate::policies::{by_standing, counted};

impl Show<'_> {
    pub(super) fn sources(&self) {
        self.documents();
        self.gaps();
    }

    fn documents(&self) {
        let words = self.words;
        let policy = &self.plan.policy;
        self.output.heading(words.say("文件", "Documents"));
        let kept = policy.kept();
        let mut cites = cites(policy);
        cites.extend(kept.iter().map(domain::policy::kept::Kept::cite));
        let width = policy
            .documents
            .iter()
            .map(|d| d.id.len())
            .max()
            .unwrap_or(0)
            + 2;
        for (number, document) in policy.documents.iter().enumerate() {
            let issued = document.issued.map(|day| day.to_string());
            let title = [
                Some(document.title.clone()),
                document.number.clone(),
                issued,
            ];
            let title: Vec<String> = title.into_iter().flatten().collect();
            self.output.line(&format!(
                "  {:<width$}{}",
                document.id,
                title.join(words.say("，", ", "))
            ));
            let read = document
                .source
                .iter()
                .map(|s| format!("{}{s}", words.say("见于 ", "read at ")));
            for more in self.cited(&cites, number).into_iter().chain(read) {
                self.output.line(&format!("  {:<width$}{more}", ""));
            }
        }
        let figures = by_standing(&counted(policy), words.lang);
        self.output.line(&format!(
            "{}{figures}",
            words.say("数字的依据等级：", "Figures by standing: ")
        ));
    }

    /// The places of a document that are cited, each once, by standing, on one line.
    fn cited(&self, cites: &[&Cite], document: usize) -> Option<String> {
        let mut standings: Vec<(Standing, Vec<&str>)> = Vec::new();
        for cite in cites.iter().filter(|c| c.document == document) {
            match standings.iter_mut().find(|(s, _)| *s == cite.standing) {
                Some((_, places)) if places.contains(&cite.place.as_str()) => {}
                Some((_, places)) => places.push(&cite.place),
                None => standings.push((cite.standing, vec![&cite.place])),
            }
        }
        standings.sort_by_key(|(standing, _)| *standing);
        let text = |(standing, places): &(Standing, Vec<&str>)| {
            let places = self.words.list(places.iter().filter(|p| !p.is_empty()));
            let text = format!("[{}] {places}", standing.name(self.words.lang));
            text.trim_end().to_owned()
        };
        let texts: Vec<String> = standings.iter().map(text).collect();
        let cited = self.words.say("引用 ", "cited ");
        (!texts.is_empty()).then(|| format!("{cited}{}", texts.join(self.words.say("；", "; "))))
    }

    fn gaps(&self) {
        let words = self.words;
        let policy = &self.plan.policy;
        let count = policy.gaps.len();
        self.output.heading(&match words.lang {
            domain::words::Lang::Zh => format!("缺口（{count}）：有规定而未计算的，或没有来源的"),
            domain::words::Lang::En => {
                format!("Gaps ({count}): what is ordered and not computed, or in no source")
            }
        });
        if policy.gaps.is_empty() {
            return self.output.line("  —");
        }
        let mut table = self.output.table(&[]);
        for (number, gap) in (1..).zip(&policy.gaps) {
            let clause = gap
                .cite
                .as_ref()
                .map(|c| words.clause(policy, c))
                .unwrap_or_default();
            let text = format!("{} {clause}", gap.about.lang(words.lang));
            table.add_row([format!("{number}"), text.trim_end().to_owned()]);
        }
        self.output.line(&table.to_string());
    }
}

/// Every cite of a policy, in the order of the file, but those of its kept rows.
fn cites(policy: &Policy) -> Vec<&Cite> {
    let mut all = vec![
        &policy.year.cite,
        &policy.coverage.cite,
        &policy.rounding.cite,
        &policy.rest,
        &policy.place.cite,
    ];
    all.extend(policy.settings.iter().map(|r| &r.cite));
    all.extend(policy.base_amounts.iter().map(|r| &r.cite));
    all.extend(policy.exclusions.iter().map(|r| &r.cite));
    all.extend(policy.payment_limits.iter().map(|r| &r.cite));
    all.extend(policy.first_shares.iter().map(|r| &r.cite));
    all.extend(policy.off_region_shares.iter().map(|r| &r.cite));
    all.extend(policy.deductibles.iter().map(|r| &r.cite));
    all.extend(policy.deductible_caps.iter().map(|r| &r.cite));
    all.extend(policy.no_rules.iter().map(|r| &r.cite));
    all.extend(policy.waivers.iter().map(|r| &r.cite));
    all.extend(policy.bands.iter().map(|r| &r.cite));
    all.extend(policy.adjusts.iter().map(|r| &r.cite));
    all.extend(policy.caps.iter().map(|r| &r.cite));
    all.extend(policy.layers.iter().map(|r| &r.cite));
    all.extend(policy.accounts.iter().map(|r| &r.cite));
    all.extend(policy.rising.iter().map(|r| &r.cite));
    all.extend(policy.contributions.base.iter().map(|r| &r.cite));
    all.extend(policy.contributions.premiums.iter().map(|r| &r.cite));
    all.extend(policy.contributions.credits.iter().map(|r| &r.cite));
    all.extend(policy.gaps.iter().filter_map(|g| g.cite.as_ref()));
    all
}
