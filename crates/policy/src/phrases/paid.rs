//! The words for what is paid in and what the account is credited.

use domain::class::Span;
use domain::person::Status;
use domain::policy::contribution::{Contributor, Every, Figures, PremiumPurse};
use domain::words::Lang;
use jiff::civil::Date;

use super::Phrases;

impl Phrases {
    /// `缴费基数的9%`, `9% of the base`; `100元`, `100 yuan`.
    pub fn sum(self, figures: Figures) -> String {
        match (figures, self.lang) {
            (Figures::Fixed(amount), _) => self.yuan(amount),
            (Figures::Part(ratio, None), Lang::Zh) => format!("缴费基数的{ratio}"),
            (Figures::Part(ratio, None), Lang::En) => format!("{ratio} of the base"),
            (Figures::Part(ratio, Some(of)), Lang::Zh) => format!("{}的{ratio}", self.yuan(of)),
            (Figures::Part(ratio, Some(of)), Lang::En) => format!("{ratio} of {}", self.yuan(of)),
        }
    }

    /// `用人单位每月缴入统筹基金`, `paid monthly by the employer into the pooled fund`.
    pub fn premium(self, payer: Contributor, into: PremiumPurse, every: Option<Every>) -> String {
        let (payer, into) = (payer.name(self.lang), into.name(self.lang));
        match self.lang {
            Lang::Zh => format!("{payer}{}缴入{into}", self.often(every)),
            Lang::En => format!("paid{} by the {payer} into the {into}", self.often(every)),
        }
    }

    /// `个人账户每月划入`, `monthly credit to the account`.
    pub fn credit(self, every: Option<Every>) -> String {
        let often = self.often(every);
        match self.lang {
            Lang::Zh => format!("个人账户{often}划入"),
            Lang::En => format!("{often} credit to the account")
                .trim_start()
                .to_owned(),
        }
    }

    /// How often; nothing where the two sides of a change differ in it. A space goes before it in English.
    fn often(self, every: Option<Every>) -> String {
        match (every, self.lang) {
            (None, _) => String::new(),
            (Some(every), Lang::Zh) => every.name(Lang::Zh).to_owned(),
            (Some(every), Lang::En) => format!(" {}", every.name(Lang::En)),
        }
    }

    /// `在职人员、灵活就业人员`, `active persons, flexible workers`.
    pub fn statuses(self, statuses: &[Status]) -> String {
        let name = |status: &Status| match (status, self.lang) {
            (Status::Active, Lang::En) => "active persons",
            (Status::Active, Lang::Zh) => "在职人员",
            (Status::Retired, Lang::En) => "retired persons",
            (Status::Retired, Lang::Zh) => "退休人员",
            (Status::Flexible, Lang::En) => "flexible workers",
            (Status::Flexible, Lang::Zh) => "灵活就业人员",
            (Status::Resident, Lang::En) => "residents",
            (Status::Resident, Lang::Zh) => "居民",
        };
        self.list(statuses.iter().map(name))
    }

    /// Those with all and without any of these identities.
    pub fn having(self, who: String, with: &[String], without: &[String]) -> String {
        let mut more = Vec::new();
        if !with.is_empty() {
            let with = with.iter().map(|id| self.identity(id));
            more.push(with.collect::<Vec<_>>().join(self.say("且", " and ")));
        }
        if !without.is_empty() {
            more.push(format!(
                "{}{}",
                self.say("不含", "without "),
                self.identities(without)
            ));
        }
        super::kinds::bracketed(self, who, &more)
    }

    /// `退休人员（不满70岁）`, `retired persons under 70`.
    pub fn aged(self, who: String, ages: &Span<u16>, retired: &Span<Date>) -> String {
        let ages = self.of_age(ages);
        let days = self.of_retirement(retired);
        match self.lang {
            Lang::En => format!("{who}{ages}{days}"),
            Lang::Zh => {
                let more: Vec<String> = [ages, days]
                    .into_iter()
                    .filter(|text| !text.is_empty())
                    .collect();
                super::kinds::bracketed(self, who, &more)
            }
        }
    }

    fn of_age(self, ages: &Span<u16>) -> String {
        match (ages.from, ages.until, self.lang) {
            (None, None, _) => String::new(),
            (None, Some(until), Lang::Zh) => format!("不满{}岁", until + 1),
            (None, Some(until), Lang::En) => format!(" under {}", until + 1),
            (Some(from), None, Lang::Zh) => format!("{from}岁及以上"),
            (Some(from), None, Lang::En) => format!(" of {from} and over"),
            (Some(from), Some(until), Lang::Zh) => format!("{from}至{until}岁"),
            (Some(from), Some(until), Lang::En) => format!(" of {from} to {until}"),
        }
    }

    fn of_retirement(self, days: &Span<Date>) -> String {
        match (days.from, days.until, self.lang) {
            (None, None, _) => String::new(),
            (None, Some(until), Lang::Zh) => format!("{until}及以前退休"),
            (None, Some(until), Lang::En) => format!(", retired by {until}"),
            (Some(from), None, Lang::Zh) => format!("{from}及以后退休"),
            (Some(from), None, Lang::En) => format!(", retired from {from} on"),
            (Some(from), Some(until), Lang::Zh) => format!("{from}至{until}退休"),
            (Some(from), Some(until), Lang::En) => format!(", retired {from} to {until}"),
        }
    }
}
