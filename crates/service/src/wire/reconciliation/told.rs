//! `Difference`: how a period's totals differ, in as few characters as the answer has room for, and on which days to look.

use std::fmt::Write as _;

use jiff::civil::Date;

use crate::reconcile::clue::{self, Clue};
use crate::reconcile::ours::DaySums;
use crate::reconcile::sums::Sums;
use crate::reconcile::{Which, yuan};

/// The answer's text has so many characters.
const ROOM: usize = 200;

/// What the institution says, and what the books say day by day.
pub(super) struct Difference {
    pub(super) theirs: Sums,
    pub(super) days: Vec<(Date, DaySums)>,
    pub(super) which: Which,
}

impl Difference {
    fn ours(&self) -> Sums {
        clue::whole(&self.days, self.which)
    }

    /// 0 when all is equal, else 1.
    pub(super) fn result(&self) -> &'static str {
        if self.theirs == self.ours() { "0" } else { "1" }
    }

    /// Empty when all is equal: some programs take any text for a failure.
    pub(super) fn told(&self) -> String {
        let ours = self.ours();
        if self.theirs == ours {
            return String::new();
        }
        let mut told = differing(self.theirs, ours);
        self.hints(&mut told);
        self.by_day(&mut told, ours);
        told
    }

    /// What would explain the whole difference.
    fn hints(&self, told: &mut String) {
        let mut day = false;
        for clue in clue::of_days(self.theirs, &self.days, self.which) {
            match clue {
                Clue::WithoutRefunds => add(told, ";机构未计退费"),
                Clue::Day(one) if !day => {
                    day = true;
                    add(told, &format!(";差额恰为{one}全天"));
                }
                Clue::Day(_) | Clue::Lacking(_) | Clue::Surplus(_) => {}
            }
        }
    }

    /// The books' sums by day, as many as there is room for: how many rows, and the first amount that differs.
    fn by_day(&self, told: &mut String, ours: Sums) {
        let differs = |at: &usize| self.theirs.each()[*at] != ours.each()[*at];
        let which = (0..3).find(differs).unwrap_or(0);
        let full = self.years() > 1;
        let days = self
            .days
            .iter()
            .map(|(day, sums)| (*day, sums.sums(self.which)));
        let days: Vec<_> = days.filter(|(_, sums)| sums.count > 0).collect();
        for (at, (day, sums)) in days.iter().enumerate() {
            let mut text = String::from(if at == 0 { ";中心按日:" } else { "," });
            let amount = yuan(sums.each()[which]);
            let day = spelt(*day, full);
            // Writing to a string cannot fail.
            let _ = write!(text, "{day} {}笔{amount}", sums.count);
            let rest = format!("等{}日", days.len());
            let last = at + 1 == days.len();
            let needed = text.chars().count() + if last { 0 } else { rest.chars().count() };
            if told.chars().count() + needed > ROOM {
                if at > 0 {
                    told.push_str(&rest);
                }
                return;
            }
            told.push_str(&text);
        }
    }

    fn years(&self) -> usize {
        let mut years: Vec<i16> = self.days.iter().map(|(day, _)| day.year()).collect();
        years.dedup();
        years.len()
    }
}

/// Each sum that differs, theirs and ours.
fn differing(theirs: Sums, ours: Sums) -> String {
    let [total, funds, account] = theirs.each();
    let [our_total, our_funds, our_account] = ours.each();
    let amounts = [
        ("医疗费总额", total, our_total),
        ("基金支付总额", funds, our_funds),
        ("个人账户支付", account, our_account),
    ];
    let amounts = amounts
        .into_iter()
        .filter(|(_, theirs, ours)| theirs != ours);
    let mut told: Vec<String> = amounts
        .map(|(name, theirs, ours)| format!("{name}不平:机构{},中心{}", yuan(theirs), yuan(ours)))
        .collect();
    if theirs.count != ours.count {
        let (theirs, ours) = (theirs.count, ours.count);
        told.push(format!("笔数不平:机构{theirs},中心{ours}"));
    }
    let mut text = String::new();
    add(&mut text, &told.join(";"));
    text
}

/// As much of a text as there is room for.
fn add(told: &mut String, more: &str) {
    let left = ROOM.saturating_sub(told.chars().count());
    told.extend(more.chars().take(left));
}

fn spelt(day: Date, full: bool) -> String {
    match full {
        true => day.to_string(),
        false => format!("{:02}-{:02}", day.month(), day.day()),
    }
}
