//! `Deductible`: step 5 of the arithmetic.

use crate::chain::{Chain, Stretch};
use crate::fraction::Fraction;
use crate::tree::Tree;

impl Chain<'_> {
    /// Step 5: the deductible borne, and what of the stay's figure is settled with it: the year's cap forgives for good.
    pub(crate) fn deductible(&mut self, stretch: &Stretch, in_scope: i128) -> (i128, i128) {
        let row = self.rule.one("deductible", &self.at);
        let figures = self.rule.figures(row, &self.at.facility);
        let together = self.rule.counts_with(&self.at.setting);
        let borne = self.so_far(stretch, &together, "deductible");
        let mut due = match row.must("per") {
            "stay" => self.due_of_stay(stretch, row, &figures) - stretch.stay_deductible,
            "year" => figures[0] - borne,
            // A stay settled in parts is one visit; the document says it of `stay` only.
            "visit" => figures[0] - stretch.stay_deductible,
            other => panic!("no such per: {other}"),
        };
        due = due.max(0);
        if self.waived() {
            self.seen.mark_if(due > 0, "deductible: waived");
            due = 0;
        }
        let whole = due;
        if let Some(cap) = self.rule.optional("deductible_cap", &self.at) {
            let room = (self.rule.fen(self.rule.amount(cap, &self.at.facility)) - borne).max(0);
            self.seen.mark_if(room < due, "deductible: the year's cap");
            due = due.min(room);
        }
        self.seen.note("cost over the deductible", in_scope - due);
        self.seen
            .mark_if(due > 0 && due == in_scope, "deductible: exactly the cost");
        self.seen
            .mark_if(due > in_scope, "deductible: more than the cost");
        self.seen.mark_if(
            stretch.year == "year" && stretch.stay_deductible > 0 && due > 0,
            "deductible: the rest of a stay's",
        );
        let settled = if in_scope >= due { whole } else { in_scope };
        self.seen.mark_if(
            stretch.year == "year_before" && settled > due,
            "deductible: forgiven in the old year",
        );
        (due.min(in_scope), settled)
    }

    /// The n-th figure, for each period of the stay.
    fn due_of_stay(&mut self, stretch: &Stretch, row: &Tree, figures: &[i128]) -> i128 {
        let number = stretch.number;
        let days =
            self.bill.settled().number() - self.bill.admitted().expect("an admission").number();
        let periods = match row.text("period_days") {
            Some(each) => Fraction::new(i128::from(days), each.parse().expect("days"))
                .rounded("up")
                .max(1),
            None => 1,
        };
        let next = row.text("period") == Some("next");
        self.seen.mark_if(number == 1, "deductible: first stay");
        self.seen
            .mark_if(number > 1 && figures.len() > 1, "deductible: later figure");
        self.seen.mark_if(
            periods > 1,
            if next {
                "deductible: period as the next stay"
            } else {
                "deductible: period again"
            },
        );
        let figure = |n: i128| {
            figures[usize::try_from(n - 1)
                .expect("a number")
                .min(figures.len() - 1)]
        };
        (0..periods)
            .map(|k| figure(if next { number + k } else { number }))
            .sum()
    }

    fn waived(&self) -> bool {
        let rows = self.rule.matching("waiver", &self.at);
        self.bill
            .continuation()
            .is_some_and(|word| rows.iter().any(|row| row.must("continuation") == word))
    }
}
