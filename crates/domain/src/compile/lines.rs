//! First shares and payment limits of one point, by class and category.

use super::{Compiler, shared};
use crate::bill::{Category, ItemClass, UnitPrice};
use crate::fen::Fen;
use crate::plan::{FirstSharePlan, LineRules};
use crate::policy::Point;
use crate::step::RuleId;

impl Compiler<'_> {
    /// The line rules of a point, shared with the points that have the same.
    pub(super) fn line_rules(&mut self, point: &Point) -> u32 {
        let rules = LineRules {
            first_shares: self.first_shares(point),
            limits: self.limits(point),
        };
        shared(&mut self.line_rules, rules)
    }

    /// By class and category: a row with the category goes before one without.
    fn first_shares(
        &mut self,
        point: &Point,
    ) -> [[Option<FirstSharePlan>; Category::COUNT]; ItemClass::COUNT] {
        let mut shares = [const { [const { None }; Category::COUNT] }; ItemClass::COUNT];
        for &class in ItemClass::ALL {
            for &category in Category::ALL {
                let rows = &self.policy.first_shares;
                let own = self.at_most_one(rows, point, |r| {
                    r.class == class && r.category == Some(category)
                });
                let row = match own {
                    Some(row) => Some(row),
                    None => {
                        self.at_most_one(rows, point, |r| r.class == class && r.category.is_none())
                    }
                };
                shares[class.index()][category.index()] = row.map(|row| {
                    let texts: Vec<&str> = row
                        .steps
                        .iter()
                        .map(|(_, ratio)| ratio.text.as_str())
                        .collect();
                    let rule = self.figure(&row.cite, &texts.join(" / "));
                    let end =
                        |upto: Option<Fen>| upto.map_or(UnitPrice(u64::MAX), UnitPrice::from_fen);
                    let steps = row
                        .steps
                        .iter()
                        .map(|(upto, ratio)| (end(upto.as_ref().map(|u| u.value)), ratio.value));
                    FirstSharePlan {
                        steps: steps.collect(),
                        rule,
                    }
                });
            }
        }
        shares
    }

    /// By category.
    fn limits(&mut self, point: &Point) -> [Option<(UnitPrice, RuleId)>; Category::COUNT] {
        let mut limits = [None; Category::COUNT];
        for &category in Category::ALL {
            let row = self.at_most_one(&self.policy.payment_limits, point, |r| {
                r.category == category
            });
            limits[category.index()] = row.map(|row| {
                let rule = self.figure(&row.cite, &row.amount.text);
                (UnitPrice::from_fen(row.amount.value), rule)
            });
        }
        limits
    }
}
