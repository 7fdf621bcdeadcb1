//! The next credit as a sentence.

use domain::Policy;
use domain::explain::{self, amount};
use domain::words::Lang;

use super::NextCredit;

impl NextCredit {
    /// When it comes, how much it is, and by which clause.
    #[must_use]
    pub fn told(&self, policy: Option<&Policy>, lang: Lang) -> String {
        let (sum, month) = (amount(self.amount), self.month);
        let mut text = match (self.by.or(self.overdue), lang) {
            (Some(by), Lang::Zh) if self.overdue.is_some() => {
                format!("下一次划入 {sum} 元（{month}）应在 {by} 前到账，尚未到账")
            }
            (Some(by), Lang::En) if self.overdue.is_some() => {
                format!("The next credit of {sum} ({month}) was due by {by} and has not come yet")
            }
            (Some(by), Lang::Zh) => format!("下一次划入 {sum} 元（{month}），最迟 {by} 到账"),
            (Some(by), Lang::En) => format!("The next credit of {sum} ({month}) arrives by {by}"),
            (None, Lang::Zh) => format!("下一次划入 {sum} 元（{month}），政策没有规定到账日"),
            (None, Lang::En) => format!(
                "The next credit of {sum} is that of {month}; the policy does not say by which day it arrives"
            ),
        };
        if let (Some(cite), Some(policy)) = (&self.cite, policy) {
            let clause = explain::cite(policy, cite, lang);
            text.push_str(&match lang {
                Lang::Zh => format!("，依据{clause}"),
                Lang::En => format!(", by {clause}"),
            });
        }
        if self.unpaid {
            text.push_str(match lang {
                Lang::Zh => "；须先缴清当月医保费",
                Lang::En => "; the month's premium must be paid first",
            });
        }
        text.push_str(match lang {
            Lang::Zh => "。",
            Lang::En => ".",
        });
        text
    }
}
