//! What the sides of a change rest on, where the change itself does not carry it.

use domain::bill::Setting;
use domain::cite::Cite;
use domain::policy::Policy;

use super::Told;
use crate::diff::{Due, Head, Paid, PaidChange};

impl Told<'_> {
    /// What says how the funds stand to a setting.
    pub(super) fn of_setting(&self, setting: Setting) -> [Vec<Cite>; 2] {
        self.policies.map(|policy| {
            let rules = policy.settings.iter().filter(|s| s.setting == setting);
            rules.map(|rule| rule.cite.clone()).collect()
        })
    }

    /// What a rule of the head rests on.
    pub(super) fn of_head(&self, head: &Head) -> [Vec<Cite>; 2] {
        self.policies.map(|policy| {
            let cite = match head {
                Head::Year(..) => &policy.year.cite,
                Head::Coverage(_) => &policy.coverage.cite,
                Head::Rounding(..) => &policy.rounding.cite,
            };
            vec![cite.clone()]
        })
    }

    /// What a figure rests on that is paid in or credited.
    pub(super) fn of_paid(&self, change: &PaidChange) -> [Vec<Cite>; 2] {
        let [old, new] = self.policies;
        let side = |policy, due: Option<Due>| due.map(|due| paid(policy, change, due));
        [
            side(old, change.value.from.map(|(due, _)| due)).unwrap_or_default(),
            side(new, change.value.to.map(|(due, _)| due)).unwrap_or_default(),
        ]
    }
}

/// The rows that say so for any of these persons.
fn paid(policy: &Policy, change: &PaidChange, due: Due) -> Vec<Cite> {
    let told = &policy.contributions;
    let of = |statuses: &[_]| {
        change
            .statuses
            .iter()
            .any(|status| statuses.contains(status))
    };
    let mut cites: Vec<Cite> = match &change.what {
        Paid::Floor | Paid::Ceiling => told.base.iter().map(|base| base.cite.clone()).collect(),
        Paid::Premium(payer, into, [with, without]) => {
            let same = told.premiums.iter().filter(|row| {
                (row.payer, row.into) == (*payer, *into)
                    && (&row.identities, &row.without) == (with, without)
                    && of(&row.statuses)
            });
            same.map(|row| row.cite.clone()).collect()
        }
        Paid::Credit(..) => {
            let same = told.credits.iter().filter(|row| {
                of(&row.statuses) && Due::Sum(row.every, policy.figures(&row.sum)) == due
            });
            same.map(|row| row.cite.clone()).collect()
        }
    };
    let mut once: Vec<Cite> = Vec::new();
    cites.retain(|cite| {
        let new = !once.contains(cite);
        once.push(cite.clone());
        new
    });
    cites
}
