//! The words for when cover begins, rests and comes back, and for how the personal account is kept.

use domain::policy::keeping::{InterestRule, KeepingRule, Says};
use domain::policy::kept::Kept;
use domain::policy::membership::{Arrears, MinimumYears, Newborn, Repair, Waiting};
use domain::words::Lang;

use super::Phrases;

impl Phrases {
    /// What a row is about, for whom it is, and what it says.
    pub fn kept(self, row: &Kept) -> [String; 3] {
        match row {
            Kept::Waiting(row) => self.waiting(row),
            Kept::Arrears(row) => self.arrears(row),
            Kept::Newborn(row) => self.newborn(row),
            Kept::MinimumYears(row) => self.minimum_years(row),
            Kept::Interest(row) => self.interest(row),
            Kept::Keeping(row) => self.keeping(row),
        }
    }

    fn waiting(self, row: &Waiting) -> [String; 3] {
        let lang = self.lang;
        let mut more = vec![self.list(row.joining.iter().map(|joining| joining.name(lang)))];
        if row.break_over > 0 {
            more.push(match lang {
                Lang::Zh => format!("中断超过{}个月", row.break_over),
                Lang::En => format!(
                    "after more than {} without cover",
                    self.months(row.break_over)
                ),
            });
        }
        if row.late {
            more.push(self.say("逾期缴费", "paid late").to_owned());
        }
        let from = row.counts_from.name(lang);
        let text = match lang {
            Lang::Zh => format!("自{from}起的第{}个月开始享受待遇", row.from_month),
            Lang::En => format!(
                "cover begins with month {}, {from} being the first",
                row.from_month
            ),
        };
        let who = super::kinds::bracketed(self, self.statuses(&row.statuses), &more);
        [self.say("等待期", "waiting period").to_owned(), who, text]
    }

    fn arrears(self, row: &Arrears) -> [String; 3] {
        let lang = self.lang;
        let rests = match lang {
            Lang::Zh => format!("自欠费的第{}个月起停止待遇", row.suspended_from),
            Lang::En => format!("cover rests from unpaid month {} on", row.suspended_from),
        };
        let time = row.repair.map(|repair| match (repair, lang) {
            (Repair::Months(months), Lang::Zh) => format!("{months}个月"),
            (Repair::Days(days), Lang::Zh) => format!("{days}天"),
            (Repair::Months(months), Lang::En) => self.months(months),
            (Repair::Days(1), Lang::En) => "1 day".to_owned(),
            (Repair::Days(days), Lang::En) => format!("{days} days"),
        });
        let repair = time.map(|time| match lang {
            Lang::Zh => format!("首个欠费月之后{time}内补缴的，欠费期间照付"),
            Lang::En => {
                format!("what is paid within {time} after the first unpaid month makes it good")
            }
        });
        let restores = row.restores.name(lang);
        let restores = match lang {
            Lang::Zh => format!("此后补缴的，自{restores}恢复"),
            Lang::En => format!("paid later, it comes back {restores}"),
        };
        let all = [Some(rests), repair, Some(restores)];
        let text = all.into_iter().flatten().collect::<Vec<_>>();
        let text = text.join(self.say("；", "; "));
        let about = self.say("欠费", "arrears").to_owned();
        [about, self.statuses(&row.statuses), text]
    }

    fn newborn(self, row: &Newborn) -> [String; 3] {
        let (days, later) = (row.paid_within_days, row.otherwise.name(self.lang));
        let text = match self.lang {
            Lang::Zh => format!("出生{days}天内缴费的，自出生之日起；逾期的，自{later}起"),
            Lang::En => format!("paid for within {days} days, covered from birth; later, {later}"),
        };
        let about = self.say("待遇开始", "beginning of cover").to_owned();
        [about, self.say("新生儿", "newborns").to_owned(), text]
    }

    fn minimum_years(self, row: &MinimumYears) -> [String; 3] {
        let who = match (row.sex, self.lang) {
            (None, _) => self.say("全部", "everyone").to_owned(),
            (Some(sex), lang) => sex.name(lang).to_owned(),
        };
        let text = match (row.really_paid, self.lang) {
            (None, Lang::Zh) => format!("{}年", row.years),
            (None, Lang::En) => format!("{} years", row.years),
            (Some(really), Lang::Zh) => format!("{}年，其中实际缴费{really}年", row.years),
            (Some(really), Lang::En) => {
                format!("{} years, {really} of them really paid", row.years)
            }
        };
        let about = self.say("退休最低缴费年限", "minimum years of the retired");
        [about.to_owned(), who, text]
    }

    fn interest(self, row: &InterestRule) -> [String; 3] {
        let lang = self.lang;
        let (rate, every) = (row.rate.name(lang), row.every.name(lang));
        let text = match (row.on, lang) {
            (None, Lang::Zh) => format!("{every}按{rate}计"),
            (None, Lang::En) => format!("{rate}, {every}"),
            (Some((month, day)), Lang::Zh) => format!("{every}{month}月{day}日按{rate}计"),
            (Some((month, day)), Lang::En) => format!("{rate}, {every} on {month:02}-{day:02}"),
        };
        let parts = self.list(row.parts.iter().map(|part| part.name(lang)));
        let about = self
            .say("个人账户利息", "interest of the account")
            .to_owned();
        [about, parts, text]
    }

    fn keeping(self, row: &KeepingRule) -> [String; 3] {
        let lang = self.lang;
        let (about, text) = match (&row.says, lang) {
            (Says::CreditByDay(day), Lang::Zh) => ("每月划入", format!("{day}日前")),
            (Says::CreditByDay(day), Lang::En) => {
                ("credit of a month", format!("by day {day} of it"))
            }
            (Says::WithdrawableBefore(day), Lang::Zh) => ("支取现金", format!("{day}以前划入的")),
            (Says::WithdrawableBefore(day), Lang::En) => (
                "drawn out as money",
                format!("what was credited before {day}"),
            ),
            (Says::FamilyUses(parts), _) => {
                let parts = self.list(parts.iter().map(|part| part.name(lang)));
                (self.say("近亲属可用", "relatives may use"), parts)
            }
            (Says::OnDeath(word), _) => (self.say("死亡", "on death"), word.name(lang).to_owned()),
        };
        let whose = self.say("个人账户", "the account").to_owned();
        [about.to_owned(), whose, text]
    }

    /// `3 months`.
    fn months(self, months: u32) -> String {
        format!("{months} {}", if months == 1 { "month" } else { "months" })
    }
}
