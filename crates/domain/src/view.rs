//! `View`: what a plan says at one point, for those who show or compare policies. It is read; nothing is settled with it.

pub mod kinds;
pub mod scope;

use crate::account::{AccountPart, OwnPart};
use crate::bill::{Category, Continuation, ItemClass, Setting};
use crate::cite::{Cite, Standing};
use crate::fen::Fen;
use crate::plan::{AccountPlan, BandPlan, CapPlan, DeductiblePlan, LayerPlan, Plan, Row, Scale};
use crate::policy::{Accumulates, CapBasis, Origin, Per, Period, Point};
use crate::ratio::Ratio;
use crate::step::{LayerKind, Payer, RuleId};
use crate::year::Counted;

/// What holds, and the clauses it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held<T> {
    /// What holds.
    pub value: T,
    /// Its clauses, each once, the deciding one first.
    pub clauses: Vec<Cite>,
}

impl<T> Held<T> {
    /// The weakest standing among its clauses.
    #[must_use]
    pub fn standing(&self) -> Standing {
        self.clauses
            .iter()
            .map(|c| c.standing)
            .max()
            .unwrap_or(Standing::Unconfirmed)
    }
}

/// Everything that holds at one point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// The fund of the basic stage; none where no fund pays.
    pub payer: Option<Payer>,
    /// Settings whose sums of the year count together.
    pub counts: Vec<Setting>,
    /// First share for care elsewhere.
    pub off_region: Option<Held<Ratio>>,
    /// Deductible; none where no fund pays, like the bands.
    pub deductible: Option<Held<Deductible>>,
    /// Bands of the basic fund.
    pub bands: Option<Bands>,
    /// Caps of the basic fund: of the year, then of the visit if there is one.
    pub caps: Vec<Held<Cap>>,
    /// Funds after the basic one, in the order of the law.
    pub layers: Vec<Held<Layer>>,
    /// What the account may pay.
    pub account: Option<Held<Account>>,
    /// First shares by class and category.
    pub first_shares: Vec<Held<FirstShare>>,
    /// Limits by category.
    pub limits: Vec<Held<(Category, Fen)>>,
}

/// A deductible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deductible {
    /// How often it is due.
    pub per: Per,
    /// The figure of the n-th stay; the last for all later ones.
    pub figures: Vec<Fen>,
    /// Days of one stay after which it falls due again.
    pub period: Option<(u32, Period)>,
    /// At most this much in a year.
    pub year_cap: Option<Fen>,
    /// Continuations for which it is waived.
    pub waived: Vec<Continuation>,
}

impl Deductible {
    /// Is nothing ever due?
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.figures.iter().all(|f| f.is_zero())
    }
}

/// The bands of the basic fund.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bands {
    /// What they count.
    pub origin: Origin,
    /// Over what they accumulate.
    pub accumulates: Accumulates,
    /// The bands, from 0 on without gap.
    pub bands: Vec<Held<Band>>,
}

impl Bands {
    /// The band that begins at `over`, or contains it.
    #[must_use]
    pub fn at(&self, over: Fen) -> Option<&Held<Band>> {
        self.bands
            .iter()
            .find(|b| b.value.over <= over && b.value.upto.is_none_or(|upto| over < upto))
    }
}

/// A band with the ratio that results from every change of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Band {
    /// Where it begins.
    pub over: Fen,
    /// Where it ends; without end if absent.
    pub upto: Option<Fen>,
    /// The fund's share in effect.
    pub ratio: Ratio,
}

/// A cap of the basic fund.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cap {
    /// Of a visit rather than of the year.
    pub visit: bool,
    /// What it counts.
    pub basis: CapBasis,
    /// The cap; none if uncapped.
    pub amount: Option<Fen>,
    /// Settings whose sums count towards it.
    pub counts: Vec<Setting>,
}

/// A fund after the basic one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// Which.
    pub kind: LayerKind,
    /// Only for persons with one of these identities; everyone if empty.
    pub identities: Vec<String>,
    /// The own parts it looks at.
    pub base: Vec<OwnPart>,
    /// Threshold.
    pub over: Fen,
    /// What its bands count.
    pub origin: Origin,
    /// Over what base and threshold accumulate.
    pub accumulates: Accumulates,
    /// Its bands.
    pub bands: Vec<Band>,
    /// Its cap; none if uncapped.
    pub cap: Option<(CapBasis, Fen)>,
    /// Settings whose sums count.
    pub counts: Vec<Setting>,
    /// A supplement that comes before catastrophic insurance.
    pub early: bool,
}

/// What the account may pay, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Parts that pay in-scope cost before the deductible.
    pub before: Vec<AccountPart>,
    /// Parts that pay own parts after the funds.
    pub after: Vec<AccountPart>,
    /// The own parts it may pay.
    pub pays: Vec<OwnPart>,
    /// Family accounts pay them too.
    pub family: bool,
}

/// First share of a class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstShare {
    /// Class.
    pub class: ItemClass,
    /// Category.
    pub category: Category,
    /// By unit price; the last step has no end.
    pub steps: Vec<(Option<Fen>, Ratio)>,
}

impl Plan {
    /// What holds at a point; none where the policy has no rule.
    #[must_use]
    pub fn view(&self, point: &Point) -> Option<View> {
        let row = self.row_at(self.row(point)?);
        let funded = row.unfunded.is_none();
        Some(View {
            payer: funded.then_some(row.payer),
            counts: listed(&row.counts),
            off_region: row
                .off_region
                .map(|share| self.held(share.ratio, [share.rule])),
            deductible: funded.then(|| self.deductible(&row.deductible)),
            bands: funded.then(|| self.bands_of(row)),
            caps: if funded {
                self.caps(point, row)
            } else {
                Vec::new()
            },
            layers: self.layers_of(row),
            account: self.account_of(row).map(|account| self.account(account)),
            first_shares: self.first_shares(row),
            limits: self.limits(row),
        })
    }

    fn held<T>(&self, value: T, rules: impl IntoIterator<Item = RuleId>) -> Held<T> {
        let mut clauses: Vec<Cite> = Vec::new();
        for rule in rules {
            for clause in &self.rule(rule).clauses {
                if !clauses.contains(clause) {
                    clauses.push(clause.clone());
                }
            }
        }
        Held { value, clauses }
    }

    fn deductible(&self, plan: &DeductiblePlan) -> Held<Deductible> {
        let figures: Vec<Fen> = plan
            .figures
            .iter()
            .copied()
            .take(usize::from(plan.len.max(1)))
            .collect();
        let waived = |c: &&Continuation| plan.waivers[c.index()].is_some();
        let value = Deductible {
            per: plan.per,
            figures,
            period: plan.period,
            year_cap: plan.year_cap.map(|(cap, _)| cap),
            waived: Continuation::ALL.iter().filter(waived).copied().collect(),
        };
        let others = plan
            .year_cap
            .map(|(_, rule)| rule)
            .into_iter()
            .chain(plan.waivers.iter().flatten().copied());
        self.held(value, std::iter::once(plan.rule).chain(others))
    }

    fn bands_of(&self, row: &Row) -> Bands {
        let plans = row.scale.bands.of(&self.bands);
        let held = |(band, plan): (Band, &BandPlan)| self.held(band, [plan.rule]);
        let bands = self
            .scale(&row.scale)
            .into_iter()
            .zip(plans)
            .map(held)
            .collect();
        Bands {
            origin: row.origin,
            accumulates: row.accumulates,
            bands,
        }
    }

    fn scale(&self, scale: &Scale) -> Vec<Band> {
        let mut over = Fen::ZERO;
        let mut bands = Vec::new();
        for plan in scale.bands.of(&self.bands) {
            let upto = (plan.upto != Fen::UNLIMITED).then_some(plan.upto);
            let ratio = Ratio::new(plan.num, scale.divide.den()).unwrap_or(Ratio::ONE);
            bands.push(Band { over, upto, ratio });
            over = plan.upto;
        }
        bands
    }

    /// The caps of the row; of an uncapped year only the policy's row tells the clause.
    fn caps(&self, point: &Point, row: &Row) -> Vec<Held<Cap>> {
        let cap = |plan: &CapPlan| {
            let (visit, basis, counts) = (plan.visit, plan.basis, listed(&plan.counts));
            self.held(
                Cap {
                    visit,
                    basis,
                    amount: Some(plan.amount),
                    counts,
                },
                [plan.rule],
            )
        };
        let mut caps: Vec<Held<Cap>> = row.caps.iter().flatten().map(cap).collect();
        let uncapped = self
            .policy
            .caps
            .iter()
            .find(|c| c.per == Per::Year && c.selector.holds(point));
        if let Some(none) = uncapped.filter(|c| c.amount.is_none()) {
            let value = Cap {
                visit: false,
                basis: none.basis,
                amount: None,
                counts: listed(&row.counts),
            };
            caps.insert(
                0,
                Held {
                    value,
                    clauses: vec![none.cite.clone()],
                },
            );
        }
        caps
    }

    fn layers_of(&self, row: &Row) -> Vec<Held<Layer>> {
        let ranges = [
            row.large_amount,
            row.early_supplements,
            row.catastrophic,
            row.supplements,
            row.medical_aid,
        ];
        let of = |n: usize| {
            ranges[n]
                .of(&self.layers)
                .iter()
                .map(move |plan| self.layer(plan, n == 1))
        };
        (0..ranges.len()).flat_map(of).collect()
    }

    fn layer(&self, plan: &LayerPlan, early: bool) -> Held<Layer> {
        let asked = |(n, _): &(usize, &String)| plan.only >> n & 1 == 1;
        let identities = self
            .identities
            .iter()
            .enumerate()
            .filter(asked)
            .map(|(_, i)| i.clone())
            .collect();
        let layer = Layer {
            kind: plan.kind,
            identities,
            base: plan.base.clone(),
            over: plan.over,
            origin: plan.origin,
            accumulates: plan.accumulates,
            bands: self.scale(&plan.scale),
            cap: plan.cap,
            counts: listed(&plan.counts),
            early,
        };
        self.held(layer, [plan.rule])
    }

    fn account(&self, plan: &AccountPlan) -> Held<Account> {
        let (before, after, pays) = (plan.before.clone(), plan.after.clone(), plan.pays.clone());
        self.held(
            Account {
                before,
                after,
                pays,
                family: plan.family,
            },
            [plan.rule],
        )
    }

    fn first_shares(&self, row: &Row) -> Vec<Held<FirstShare>> {
        let lines = &self.line_rules[row.lines as usize];
        let mut shares = Vec::new();
        for &class in ItemClass::ALL {
            for &category in Category::ALL {
                if let Some(plan) = &lines.first_shares[class.index()][category.index()] {
                    let end = |price: u64| (price != u64::MAX).then(|| Fen::new(price / 10_000));
                    let steps = plan
                        .steps
                        .iter()
                        .map(|(price, ratio)| (end(price.0), *ratio))
                        .collect();
                    shares.push(self.held(
                        FirstShare {
                            class,
                            category,
                            steps,
                        },
                        [plan.rule],
                    ));
                }
            }
        }
        shares
    }

    fn limits(&self, row: &Row) -> Vec<Held<(Category, Fen)>> {
        let lines = &self.line_rules[row.lines as usize];
        let limit = |&category: &Category| {
            let (price, rule) = lines.limits[category.index()]?;
            Some(self.held((category, Fen::new(price.0 / 10_000)), [rule]))
        };
        Category::ALL.iter().filter_map(limit).collect()
    }
}

fn listed(counted: &Counted) -> Vec<Setting> {
    counted.settings().to_vec()
}
