//! `Chain`: the arithmetic of `docs/policy.md`, in its order, step by step.

use std::collections::{BTreeMap, BTreeSet};

use crate::bill::Bill;
use crate::day::Day;
use crate::fraction::Fraction;
use crate::line::{self, Parts};
use crate::rule::{Point, Rule};
use crate::seen::Seen;
use crate::tree::Tree;

/// What a bill comes to: amounts in fen by name, as in `docs/cases.md`; a name that is absent stands for 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Amounts {
    /// The code of the refusal, if the funds pay nothing for the whole bill.
    pub(crate) refused: Option<String>,
    pub(crate) fen: BTreeMap<String, i128>,
}

impl Amounts {
    pub(crate) fn add(&mut self, name: &str, fen: i128) {
        assert!(fen >= 0, "{name} would be {fen}");
        if fen > 0 {
            *self.fen.entry(name.to_owned()).or_default() += fen;
        }
    }

    pub(crate) fn get(&self, name: &str) -> i128 {
        self.fen.get(name).copied().unwrap_or(0)
    }
}

/// A bill on its way through the chain.
pub(crate) struct Chain<'a> {
    pub(crate) rule: &'a Rule,
    pub(crate) bill: &'a Bill,
    pub(crate) at: Point,
    pub(crate) identities: BTreeSet<&'a str>,
    /// Account parts by name.
    balances: BTreeMap<&'static str, i128>,
    pub(crate) result: Amounts,
    pub(crate) seen: &'a mut Seen,
}

/// One benefit year's part of the bill: nearly always the whole.
pub(crate) struct Stretch {
    /// The table of the bill with the year's sums: `year` or `year_before`.
    pub(crate) year: &'static str,
    /// The number of the stay in the year it began: a stay split by day keeps it, and so the figure of its deductible.
    pub(crate) number: i128,
    /// In-scope cost and deductible of the same stay before this stretch; the cost counts as 0 in the second.
    pub(crate) stay_in_scope: i128,
    pub(crate) stay_deductible: i128,
    /// Own cost that nobody has paid yet, by part.
    pub(crate) left: BTreeMap<&'static str, i128>,
}

/// Settles a bill; an error is a bill for which there is no rule.
pub(crate) fn settle<'a>(
    rule: &'a Rule,
    bill: &'a Bill,
    seen: &'a mut Seen,
) -> Result<Amounts, String> {
    let at = rule.point_of(bill)?;
    let ruled = |cause: &&str| {
        rule.rows("exclusion")
            .iter()
            .any(|row| row.must("cause") == *cause)
    };
    if !bill.causes().iter().all(ruled) {
        return Err("no rule: cause".to_owned());
    }
    let identities = rule.identities_of(bill);
    let mut balances = BTreeMap::new();
    if bill.uses_accounts() {
        balances.insert("current", bill.fen(&["accounts", "current"]));
        balances.insert("prior", bill.fen(&["accounts", "prior"]));
    }
    let mut chain = Chain {
        rule,
        bill,
        at,
        identities,
        balances,
        result: Amounts::default(),
        seen,
    };
    let stretches = chain.stretches()?;
    if let Some(code) = chain.admission() {
        chain.refuse(code, &stretches);
        return Ok(chain.result);
    }
    if stretches.iter().any(|(_, parts)| parts.lacks_first_share) {
        return Err("needs a first share".to_owned());
    }
    let mut left: BTreeMap<&'static str, i128> = BTreeMap::new();
    let (mut stay_in_scope, mut stay_deductible) = (
        bill.fen(&["stay", "in_scope"]),
        bill.fen(&["stay", "deductible"]),
    );
    let number = stretches
        .first()
        .map_or(1, |(year, _)| bill.count(&[*year, "stays"]) + 1);
    for (year, parts) in stretches {
        let mut stretch = Stretch {
            year,
            number,
            stay_in_scope,
            stay_deductible,
            left: BTreeMap::new(),
        };
        chain.funds(&mut stretch, parts);
        (stay_in_scope, stay_deductible) = (stretch.stay_in_scope, stretch.stay_deductible);
        for (part, fen) in stretch.left {
            *left.entry(part).or_default() += fen;
        }
    }
    chain.account_after(&mut left);
    chain.cash(left.values().sum());
    Ok(chain.result)
}

impl<'a> Chain<'a> {
    /// Last paragraph of the arithmetic: which part of the bill falls in which benefit year. Each is split into its
    /// parts here (step 2).
    fn stretches(&mut self) -> Result<Vec<(&'static str, Parts)>, String> {
        let (rule, bill) = (self.rule, self.bill);
        let first = bill.settled().first_of_year(rule.word("year", "starts"));
        let crosses = bill.admitted().is_some_and(|admitted| admitted < first);
        let lines: Vec<&Tree> = bill.lines().iter().collect();
        if crosses && rule.word("year", "cross") == "split_by_day" {
            if lines.is_empty() {
                return Err("needs lines".to_owned());
            }
            if lines.iter().any(|line| line.text("day").is_none()) {
                return Err("needs days".to_owned());
            }
            if !bill.has(&["year_before"]) {
                return Err("needs the year before".to_owned());
            }
            let is_old = |line: &&Tree| Day::read(line.must("day")) < first;
            let (old, new): (Vec<&Tree>, Vec<&Tree>) = lines.into_iter().partition(is_old);
            self.seen.mark_if(
                !old.is_empty() && !new.is_empty(),
                "year: stay split by day",
            );
            self.seen
                .mark_if(old.is_empty(), "year: split with nothing in the old year");
            self.seen
                .mark_if(new.is_empty(), "year: split with nothing in the new year");
            let old = line::split(rule, &self.at, &old, self.seen);
            let new = line::split(rule, &self.at, &new, self.seen);
            return Ok(vec![("year_before", old), ("year", new)]);
        }
        self.seen
            .mark_if(crosses, "year: stay in the year of discharge");
        let parts = if bill.has(&["cost"]) {
            line::given(bill)
        } else {
            line::split(rule, &self.at, &lines, self.seen)
        };
        Ok(vec![("year", parts)])
    }

    /// Step 1: coverage, provider, cause.
    fn admission(&mut self) -> Option<&'static str> {
        let bill = self.bill;
        let mut states = vec![bill.cover_on(bill.settled())];
        if self.rule.word("coverage", "days") == "both" {
            states.extend(bill.admitted().map(|day| bill.cover_on(day)));
        } else {
            let admitted = bill.admitted().map(|day| bill.cover_on(day));
            self.seen.mark_if(
                admitted.is_some_and(|s| s != "in_force") && states == ["in_force"],
                "admission: not covered on admission, and need not be",
            );
        }
        let codes = [
            ("suspended", "coverage_suspended"),
            ("waiting", "coverage_waiting"),
            ("ended", "coverage_ended"),
            ("none", "not_insured"),
        ];
        if let Some((_, code)) = codes.iter().find(|(state, _)| states.contains(state)) {
            return Some(code);
        }
        if !bill.designated_or_approved() {
            if bill.setting() != "emergency" && bill.place() != "emergency" {
                return Some("not_designated");
            }
            self.seen
                .mark("admission: emergency at a provider that is not designated");
        }
        let mut excluded = false;
        for row in self
            .rule
            .rows("exclusion")
            .iter()
            .filter(|row| bill.causes().contains(&row.must("cause")))
        {
            let advances = row.text("advance") == Some("true") && bill.third_party_unpaid();
            self.seen.mark_if(advances, "admission: the fund advances");
            excluded |= !advances;
        }
        excluded.then_some("excluded")
    }

    /// Step 1, refused: nothing from funds and accounts; the whole bill, less what the hospital bears, is cash.
    fn refuse(&mut self, code: &'static str, stretches: &[(&'static str, Parts)]) {
        self.seen.mark(code);
        self.result.refused = Some(code.to_owned());
        let hospital: i128 = stretches.iter().map(|(_, parts)| parts.hospital).sum();
        let total: i128 = stretches.iter().map(|(_, parts)| parts.total()).sum();
        self.result.add("hospital", hospital);
        self.cash(total - hospital);
    }

    /// Steps 3 to 9 for one benefit year's part.
    fn funds(&mut self, stretch: &mut Stretch, parts: Parts) {
        self.result.add("hospital", parts.hospital);
        let funded = self.rule.setting(&self.at.setting).text("funds") != Some("none");
        let off_region = if funded {
            self.off_region_share(parts.in_scope)
        } else {
            0
        };
        let in_scope = self.account_before(parts.in_scope - off_region);
        self.result.add("in_scope", in_scope);
        self.own(stretch, "self_funded", parts.self_funded);
        self.own(stretch, "over_limit", parts.over_limit);
        self.own(stretch, "first_share", parts.first_share + off_region);
        if !funded {
            self.seen.mark("setting: no fund pays");
            self.own(stretch, "own_share", in_scope);
            return;
        }
        let (deductible, settled) = self.deductible(stretch, in_scope);
        self.own(stretch, "deductible", deductible);
        self.basic_fund(stretch, in_scope, deductible);
        self.layers(stretch);
        stretch.stay_in_scope = 0;
        stretch.stay_deductible += settled;
    }

    /// Notes a part of the person's own cost.
    pub(crate) fn own(&mut self, stretch: &mut Stretch, part: &'static str, fen: i128) {
        self.result.add(part, fen);
        *stretch.left.entry(part).or_default() += fen;
    }

    /// The sum of the year so far, over settings.
    pub(crate) fn so_far(&self, stretch: &Stretch, settings: &[&str], key: &str) -> i128 {
        settings
            .iter()
            .map(|setting| self.bill.fen(&[stretch.year, setting, key]))
            .sum()
    }

    /// Step 3.
    fn off_region_share(&mut self, in_scope: i128) -> i128 {
        let Some(row) = self.rule.optional("off_region_share", &self.at) else {
            return 0;
        };
        let share = (Fraction::whole(in_scope) * Fraction::ratio(row.must("ratio")))
            .rounded(self.rule.word("rounding", "fund"));
        self.seen.mark_if(share > 0, "off-region share");
        share
    }

    /// The account row of the setting and person, in schemes that have accounts.
    fn account_row(&self) -> Option<&'a Tree> {
        self.rule.optional("account", &self.at)
    }

    /// Step 4: what is left of the in-scope cost.
    fn account_before(&mut self, in_scope: i128) -> i128 {
        let mut rest = in_scope;
        for part in self
            .account_row()
            .and_then(|row| row.texts("before"))
            .unwrap_or_default()
        {
            let paid = self.drawn_from(part, rest);
            self.seen
                .mark_if(paid > 0 && paid < rest, "account before: emptied");
            self.seen
                .mark_if(paid > 0 && paid == rest, "account before: paid all");
            rest -= paid;
        }
        rest
    }

    /// Lets a part of the account pay as far as it lasts.
    fn drawn_from(&mut self, part: &str, fen: i128) -> i128 {
        let Some(balance) = self.balances.get_mut(part) else {
            return 0;
        };
        let paid = fen.min(*balance);
        *balance -= paid;
        self.result.add(&format!("account_{part}"), paid);
        paid
    }

    /// Step 10: the parts of the account in order, then the family's; each pays the own parts in the order of `pays`.
    fn account_after(&mut self, left: &mut BTreeMap<&'static str, i128>) {
        let Some(row) = self.account_row() else {
            return;
        };
        let pays = row.texts("pays").unwrap_or_default();
        for part in row.texts("after").unwrap_or_default() {
            for own in &pays {
                let Some(rest) = left.get_mut(*own) else {
                    continue;
                };
                let paid = self.drawn_from(part, *rest);
                self.seen
                    .mark_if(paid > 0 && paid < *rest, "account after: emptied");
                self.seen
                    .mark_if(paid > 0 && part == "current", "account after: current");
                self.seen
                    .mark_if(paid > 0 && part == "prior", "account after: prior");
                *rest -= paid;
            }
        }
        if row.text("family") != Some("true") || !self.bill.uses_accounts() {
            self.seen
                .mark_if(!self.bill.uses_accounts(), "account: not wanted");
            return;
        }
        for (number, balance) in self.bill.family().into_iter().enumerate() {
            let mut balance = balance;
            for own in &pays {
                let Some(rest) = left.get_mut(*own) else {
                    continue;
                };
                let paid = balance.min(*rest);
                self.result.add("family", paid);
                self.seen.mark_if(
                    paid > 0,
                    if number == 0 {
                        "family: the first"
                    } else {
                        "family: a later one"
                    },
                );
                balance -= paid;
                *rest -= paid;
            }
        }
    }

    /// Step 11: the rest is cash; the deposit against it.
    fn cash(&mut self, rest: i128) {
        self.result.add("cash", rest);
        self.seen.note("cash", rest);
        let Some(deposit) = self.bill.fen_if(&["deposit"]) else {
            return;
        };
        self.seen.mark(if deposit > rest {
            "deposit: refunded"
        } else {
            "deposit: collected"
        });
        self.result.add("refund", (deposit - rest).max(0));
        self.result.add("collect", (rest - deposit).max(0));
    }
}
