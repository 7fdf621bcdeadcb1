//! A year as a path of visits, on every shipped policy: no sequence of visits passes a cap, and where the policy counts by the
//! year, the order of the visits does not matter.

use domain::account::{Accounts, OwnPart};
use domain::bill::{Place, StaySoFar, Sums};
use domain::case::{Admission, Case, CaseCost};
use domain::policy::{Accumulates, CapBasis, Per, Point, SettingFunds};
use domain::settle::settle_case;
use domain::step::{LayerKind, Totals};
use domain::year::YearToDate;
use domain::{Fen, Plan};
use policy::{PolicyFile, Source};

use crate::dice::Dice;
use crate::generate::shipped;

/// Paths walked under each policy.
const PATHS: u64 = 100;

/// One visit: where, and the in-scope cost.
type Visit = (Point, Fen);

#[test]
fn no_sequence_of_visits_passes_a_cap() {
    let (mut visits, mut at_a_cap) = (0, 0);
    each_path(|plan, points, dice| {
        // One person; settings and providers vary.
        let person = dice.pick(points).person;
        let of_person: Vec<Point> = points
            .iter()
            .filter(|p| p.person == person)
            .copied()
            .collect();
        let mut path = Path::new(plan);
        for _ in 0..=dice.below(12) {
            let visit = (dice.pick(&of_person), Fen::new(cost(dice)));
            let before = path.clone();
            path.walk(visit);
            at_a_cap += path.hold(&before, visit.0);
            visits += 1;
        }
    });
    assert!(
        visits > 5_000 && at_a_cap > 100,
        "{visits} visits, {at_a_cap} at a cap"
    );
}

#[test]
fn the_order_of_visits_does_not_matter_where_the_policy_counts_by_the_year() {
    let mut compared = 0;
    each_path(|plan, points, dice| {
        let by_year: Vec<Point> = points
            .iter()
            .filter(|p| counts_by_the_year(plan, p))
            .copied()
            .collect();
        if by_year.is_empty() {
            return;
        }
        let point = dice.pick(&by_year);
        let visits: Vec<Visit> = (0..2 + dice.below(6))
            .map(|_| (point, Fen::new(cost(dice))))
            .collect();
        let sums = |order: &[Visit]| {
            let mut path = Path::new(plan);
            order.iter().for_each(|visit| path.walk(*visit));
            path.year
        };
        let (one, other) = (sums(&visits), sums(&dice.shuffled(&visits)));
        // Each visit rounds once for the fund, once for the cost at its cap and once for each layer.
        let most = Fen::new(3 * u64::try_from(visits.len()).expect("few"));
        let at = point.setting.index();
        let near = |a: Fen, b: Fen| {
            assert!(
                a.beyond(b) + b.beyond(a) <= most,
                "{a} and {b}: {point:?} {visits:?}"
            )
        };
        assert_eq!(one.settings[at].in_scope, other.settings[at].in_scope);
        assert_eq!(one.settings[at].deductible, other.settings[at].deductible);
        near(one.settings[at].pooled, other.settings[at].pooled);
        for &kind in LayerKind::ALL {
            near(
                one.layers[kind.index()][at].paid,
                other.layers[kind.index()][at].paid,
            );
        }
        compared += 1;
    });
    assert!(compared > 300, "{compared} pairs of orders");
}

/// Every shipped policy with the points at home that a fund pays for.
fn each_path(mut walk: impl FnMut(&Plan, &[Point], &mut Dice)) {
    for (number, (path, text)) in (0..).zip(shipped::files()) {
        let source = Source::new("shipped.toml", text.into_bytes()).expect("a text");
        let plan = PolicyFile::read(&source)
            .unwrap_or_else(|e| panic!("{}: {e}", path.display()))
            .plan;
        let funded = |point: &Point| {
            let rule = plan
                .policy
                .settings
                .iter()
                .find(|s| s.setting == point.setting);
            rule.is_some_and(|s| matches!(s.funds, SettingFunds::Pays { .. }))
        };
        let points: Vec<Point> = plan
            .points()
            .filter(|p| p.place == Place::Home && funded(p))
            .collect();
        // In some files no fund pays at all.
        let paths = if points.is_empty() { 0 } else { PATHS };
        for seed in 0..paths {
            walk(&plan, &points, &mut Dice::new(number * 1_000 + seed));
        }
    }
}

/// Mostly what a visit costs, sometimes what passes every cap.
fn cost(dice: &mut Dice) -> u64 {
    let most = dice.pick(&[50_000, 500_000, 5_000_000, 30_000_000, 120_000_000]);
    u64::try_from(dice.between(1, most)).expect("an amount")
}

/// The year so far, and what of it lay beyond the caps on cost.
#[derive(Clone)]
struct Path<'a> {
    plan: &'a Plan,
    year: YearToDate,
    over_cap: [Fen; domain::setting::Setting::COUNT],
}

impl<'a> Path<'a> {
    fn new(plan: &'a Plan) -> Path<'a> {
        Path {
            plan,
            year: YearToDate::default(),
            over_cap: Default::default(),
        }
    }

    fn walk(&mut self, (point, in_scope): Visit) {
        let sums = Sums {
            in_scope,
            ..Sums::default()
        };
        let case = Case {
            row: self.plan.row(&point).expect("a point with a row"),
            cost: CaseCost::Sums(sums),
            year: &self.year.clone(),
            earlier: None,
            days: 10,
            stay: StaySoFar::default(),
            continuation: None,
            accounts: &Accounts::default(),
            use_account: false,
            identities: self.plan.identity_bits(&[]),
            deposit: None,
            admission: Admission::Admitted,
        };
        let mut totals = Totals::default();
        settle_case(self.plan, &case, &mut totals).expect("sums can always be settled");
        self.year.record(point.setting, &totals);
        self.year.stays += 1;
        self.over_cap[point.setting.index()] += totals.became[OwnPart::OverCap.index()];
    }

    /// Every cap that holds at the point holds for the year; where an earlier visit elsewhere had gone beyond it, nothing is added.
    /// Returns how many were reached.
    fn hold(&self, before: &Path<'_>, point: Point) -> u32 {
        let policy = &self.plan.policy;
        let mut reached = 0;
        let mut hold = |now: Fen, then: Fen, cap: Fen| {
            assert!(
                now <= cap.max(then),
                "{now} passes {cap}, {then} before: {point:?}"
            );
            reached += u32::from(now == cap);
        };
        for cap in policy
            .caps
            .iter()
            .filter(|c| c.per == Per::Year && c.selector.holds(&point))
        {
            if let Some(amount) = &cap.amount {
                let counts = cap
                    .counts
                    .clone()
                    .unwrap_or_else(|| counts_with(self.plan, point));
                let sum = |path: &Path<'_>| -> Fen {
                    counts
                        .iter()
                        .map(|s| path.counted(cap.basis, s.index()))
                        .sum()
                };
                // A stay bears its deductible also beyond a cap on cost, and the fund looks at none of it.
                let borne = self.borne(point).beyond(before.borne(point));
                let now = match cap.basis {
                    CapBasis::Cost => sum(self).beyond(borne),
                    _ => sum(self),
                };
                hold(now, sum(before), amount.value);
            }
        }
        let for_all = |identities: &[String]| identities.is_empty() || identities == ["none"];
        for layer in policy
            .layers
            .iter()
            .filter(|l| l.selector.holds(&point) && for_all(&l.identities))
        {
            let (Some(cap), CapBasis::Fund, Accumulates::Year) =
                (&layer.cap, layer.cap_basis, layer.accumulates)
            else {
                continue;
            };
            let all = domain::setting::Setting::ALL.to_vec();
            let counts = layer.counts.clone().unwrap_or(all);
            let paid = |path: &Path<'_>| {
                counts
                    .iter()
                    .map(|s| path.year.layers[layer.kind.index()][s.index()].paid)
                    .sum()
            };
            hold(paid(self), paid(before), cap.value);
        }
        reached
    }

    fn borne(&self, point: Point) -> Fen {
        self.year.settings[point.setting.index()].deductible
    }

    /// What a cap counts of one setting: what the fund paid, or the cost that it looked at.
    fn counted(&self, basis: CapBasis, setting: usize) -> Fen {
        let sums = &self.year.settings[setting];
        let over = self.over_cap[setting];
        match basis {
            CapBasis::Fund => sums.pooled,
            CapBasis::Cost => sums.in_scope.beyond(over),
            CapBasis::CostAboveDeductible => sums.in_scope.beyond(over).beyond(sums.deductible),
        }
    }
}

fn counts_with(plan: &Plan, point: Point) -> Vec<domain::setting::Setting> {
    let rule = plan
        .policy
        .settings
        .iter()
        .find(|s| s.setting == point.setting);
    match rule.map(|rule| &rule.funds) {
        Some(SettingFunds::Pays { counts_with, .. }) => counts_with.clone(),
        _ => Vec::new(),
    }
}

/// Deductible, bands, caps and the layers by the year, each setting for itself, and no second layer that would see what the first
/// has left.
fn counts_by_the_year(plan: &Plan, point: &Point) -> bool {
    let policy = &plan.policy;
    let alone = counts_with(plan, *point) == [point.setting];
    let at = |selector: &domain::policy::Selector| selector.holds(point);
    let deductibles = policy.deductibles.iter().filter(|d| at(&d.selector));
    let bands = policy.bands.iter().filter(|b| at(&b.selector));
    let caps = policy.caps.iter().filter(|c| at(&c.selector));
    let mut others = policy.layers.iter().filter(|l| at(&l.selector));
    alone
        && deductibles.clone().all(|d| d.per == Per::Year)
        && bands
            .clone()
            .all(|b| b.accumulates == Accumulates::Year && !b.ratio.value.eq(&domain::Ratio::ZERO))
        && caps.clone().all(|c| c.per == Per::Year)
        && others.all(|l| l.accumulates == Accumulates::Year && l.kind == LayerKind::LargeAmount)
}
