//! `Unanswered`: why it cannot be said what a bill comes to.

use std::sync::Arc;

use domain::Unsettled;
use domain::words::{Lang, Name};
use policy::PolicyFile;
use policy::shelf::Unfit;

/// Why it cannot be said what a bill comes to.
#[derive(Debug)]
pub enum Unanswered {
    /// No policy is in force.
    Unfit(Unfit),
    /// The policy does not answer it.
    Unsettled(Arc<PolicyFile>, Unsettled),
}

impl Unanswered {
    /// In words, for those who write policies.
    #[must_use]
    pub fn name(&self) -> Name {
        let text = |lang| match self {
            Unanswered::Unfit(why) => why.describe(lang),
            Unanswered::Unsettled(_, why) => why.describe(lang),
        };
        Name {
            zh: text(Lang::Zh),
            en: text(Lang::En),
        }
    }
}
