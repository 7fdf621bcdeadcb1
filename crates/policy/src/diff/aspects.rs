//! A view taken apart into figures and rules that can be compared one by one.

use domain::bill::{Category, ItemClass, Setting};
use domain::cite::{Cite, Standing};
use domain::policy::{Accumulates, Origin};
use domain::step::{LayerKind, Payer};
use domain::view::{Account, Cap, Deductible, FirstShare, Held, Layer, View};
use domain::{Fen, Ratio};

use super::refined;

/// Which figure or rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The fund of the basic stage.
    Payer,
    /// Settings whose sums count together.
    Counts,
    /// First share of a class, for some categories; for all if there is none.
    FirstShare(ItemClass, Vec<Category>),
    /// Limit of a category.
    Limit(Category),
    /// First share for care elsewhere.
    OffRegion,
    /// Deductible.
    Deductible,
    /// How bands count.
    BandRule,
    /// The ratio between two costs.
    Band(Fen, Option<Fen>),
    /// Cap, of a visit if true.
    Cap(bool),
    /// Settings that count towards it.
    CapCounts(bool),
    /// A fund after the basic one, for persons with these identities.
    Layer(LayerKind, Vec<String>),
    /// What the account may pay.
    Account,
    /// All of it: there was a rule and is none.
    Lost,
    /// All of it, as for the others of the class: there was no rule and is one.
    Gained,
}

impl What {
    /// Is the other the same, or a category of this first share?
    pub(super) fn covers(&self, other: &What) -> bool {
        match (self, other) {
            (What::FirstShare(class, all), What::FirstShare(of, some)) => {
                class == of && (all.is_empty() || some.iter().all(|one| all.contains(one)))
            }
            _ => self == other,
        }
    }

    /// Its place in the order of the law.
    pub(super) fn rank(&self) -> (usize, Fen) {
        let rank = match self {
            What::Lost | What::Gained => 0,
            What::Payer => 1,
            What::Counts => 2,
            What::Limit(category) => return (3, Fen::new(category.index() as u64)),
            What::FirstShare(class, _) => return (4, Fen::new(class.index() as u64)),
            What::OffRegion => 5,
            What::Deductible => 6,
            What::BandRule => 7,
            What::Band(over, _) => return (8, *over),
            What::Cap(_) => 9,
            What::CapCounts(_) => 10,
            What::Layer(kind, _) => 11 + kind.index(),
            What::Account => 99,
        };
        (rank, Fen::ZERO)
    }
}

/// What it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A fund.
    Payer(Payer),
    /// Settings.
    Counts(Vec<Setting>),
    /// A first share by unit price; the last step has no end.
    FirstShare(Vec<(Option<Fen>, Ratio)>),
    /// An amount.
    Amount(Fen),
    /// A ratio.
    Ratio(Ratio),
    /// A deductible.
    Deductible(Deductible),
    /// How bands count.
    BandRule(Origin, Accumulates),
    /// A cap.
    Cap(Cap),
    /// A layer.
    Layer(Layer),
    /// An account rule.
    Account(Account),
}

/// One figure or rule of a view.
pub(super) struct Aspect {
    pub(super) what: What,
    pub(super) value: Value,
    pub(super) standing: Standing,
    pub(super) clauses: Vec<Cite>,
}

/// How finely two views are taken apart: what either of them distinguishes is told apart in both.
pub(super) struct Cut {
    /// Bands of cost.
    bands: Vec<(Fen, Option<Fen>)>,
    /// First shares by category.
    categories: bool,
    /// Settings that count towards a cap.
    cap_counts: bool,
}

impl Cut {
    pub(super) fn of(views: [Option<&View>; 2]) -> Cut {
        let apart = |view: &&View| {
            view.caps
                .iter()
                .any(|c| c.value.amount.is_some() && c.value.counts != view.counts)
        };
        Cut {
            bands: breaks(views),
            categories: views.iter().flatten().any(|v| !uniform(&v.first_shares)),
            cap_counts: views.iter().flatten().any(apart),
        }
    }
}

/// Has each class one first share for all categories?
fn uniform(shares: &[Held<FirstShare>]) -> bool {
    ItemClass::ALL.iter().all(|class| {
        let mut of_class = shares.iter().filter(|s| s.value.class == *class);
        let first = of_class.next();
        let rest = first.map_or(0, |first| {
            of_class
                .filter(|s| s.value.steps == first.value.steps)
                .count()
                + 1
        });
        rest == 0 || rest == Category::ALL.len()
    })
}

fn told<T>(held: &Held<T>, what: What, value: Value) -> Aspect {
    Aspect {
        what,
        value,
        standing: held.standing(),
        clauses: held.clauses.clone(),
    }
}

/// Everything that a view says, in the order of the law.
pub(super) fn aspects(view: &View, cut: &Cut) -> Vec<Aspect> {
    let mut all = Vec::new();
    if view.payer.is_some() {
        for held in &view.limits {
            all.push(told(
                held,
                What::Limit(held.value.0),
                Value::Amount(held.value.1),
            ));
        }
        all.extend(first_shares(view, cut));
        if let Some(held) = &view.off_region {
            all.push(told(held, What::OffRegion, Value::Ratio(held.value)));
        }
        if let Some(held) = &view.deductible {
            all.push(told(
                held,
                What::Deductible,
                Value::Deductible(held.value.clone()),
            ));
        }
        all.extend(bands(view, &cut.bands));
        all.extend(caps(view, cut));
        for held in &view.layers {
            let what = What::Layer(held.value.kind, held.value.identities.clone());
            all.push(told(held, what, Value::Layer(held.value.clone())));
        }
    }
    if let Some(held) = &view.account {
        all.push(told(
            held,
            What::Account,
            Value::Account(held.value.clone()),
        ));
    }
    all
}

fn first_shares(view: &View, cut: &Cut) -> Vec<Aspect> {
    let wanted =
        |held: &&Held<FirstShare>| cut.categories || held.value.category == Category::ALL[0];
    let aspect = |held: &Held<FirstShare>| {
        let categories = if cut.categories {
            vec![held.value.category]
        } else {
            Vec::new()
        };
        let what = What::FirstShare(held.value.class, categories);
        told(held, what, Value::FirstShare(held.value.steps.clone()))
    };
    view.first_shares
        .iter()
        .filter(wanted)
        .map(aspect)
        .collect()
}

fn caps(view: &View, cut: &Cut) -> Vec<Aspect> {
    let mut all = Vec::new();
    for held in &view.caps {
        // Which settings count is a question of its own.
        let cap = Cap {
            counts: Vec::new(),
            ..held.value.clone()
        };
        all.push(told(held, What::Cap(cap.visit), Value::Cap(cap)));
        if cut.cap_counts && held.value.amount.is_some() {
            let counts = Value::Counts(held.value.counts.clone());
            all.push(told(held, What::CapCounts(held.value.visit), counts));
        }
    }
    all
}

fn bands(view: &View, breaks: &[(Fen, Option<Fen>)]) -> Vec<Aspect> {
    let Some(bands) = &view.bands else {
        return Vec::new();
    };
    let mut clauses: Vec<Cite> = Vec::new();
    for clause in bands.bands.iter().flat_map(|held| &held.clauses) {
        if !clauses.contains(clause) {
            clauses.push(clause.clone());
        }
    }
    let whole = Held { value: (), clauses };
    let mut all = Vec::new();
    all.extend(
        view.payer
            .map(|payer| told(&whole, What::Payer, Value::Payer(payer))),
    );
    if view.counts.len() > 1 {
        all.push(told(
            &whole,
            What::Counts,
            Value::Counts(view.counts.clone()),
        ));
    }
    if bands.bands.len() > 1 {
        let rule = Value::BandRule(bands.origin, bands.accumulates);
        all.push(told(&whole, What::BandRule, rule));
    }
    for &(over, upto) in breaks {
        if let Some(held) = bands.at(over) {
            let ratio = Value::Ratio(held.value.ratio);
            all.push(told(held, What::Band(over, upto), ratio));
        }
    }
    all
}

/// Where either view's scale breaks, with neighbours joined across which nothing changes between the two.
fn breaks(views: [Option<&View>; 2]) -> Vec<(Fen, Option<Fen>)> {
    let scales = views.map(|view| view.and_then(|v| v.bands.as_ref()));
    let starts = scales
        .iter()
        .flatten()
        .flat_map(|s| s.bands.iter().map(|b| b.value.over));
    let at = |over: Fen| {
        scales.map(|scale| {
            scale
                .and_then(|s| s.at(over))
                .map(|h| (h.value.ratio, h.standing()))
        })
    };
    let mut joined: Vec<(Fen, Option<Fen>)> = Vec::new();
    for (over, upto) in refined(starts) {
        match joined.last_mut() {
            Some(last) if at(last.0) == at(over) => last.1 = upto,
            _ => joined.push((over, upto)),
        }
    }
    joined
}
