//! `Line`: step 2 of the arithmetic, the cost of a bill split into its parts, line by line.

use crate::bill::Bill;
use crate::fraction::{Fraction, ZERO};
use crate::rule::{Point, Rule};
use crate::seen::Seen;
use crate::tree::Tree;

/// The cost in its parts, in fen.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Parts {
    pub(crate) self_funded: i128,
    pub(crate) over_limit: i128,
    pub(crate) first_share: i128,
    pub(crate) in_scope: i128,
    pub(crate) hospital: i128,
    /// A line whose first share neither it nor the policy gives: the funds cannot settle it.
    pub(crate) lacks_first_share: bool,
}

impl Parts {
    pub(crate) fn total(&self) -> i128 {
        self.self_funded + self.over_limit + self.first_share + self.in_scope + self.hospital
    }
}

/// The sums of `[cost]`, as they are given.
pub(crate) fn given(bill: &Bill) -> Parts {
    Parts {
        self_funded: bill.fen(&["cost", "self_funded"]),
        over_limit: bill.fen(&["cost", "over_limit"]),
        first_share: bill.fen(&["cost", "first_share"]),
        in_scope: bill.fen(&["cost", "in_scope"]),
        hospital: bill.fen(&["cost", "hospital"]),
        ..Parts::default()
    }
}

/// The sums of fee lines.
pub(crate) fn split(rule: &Rule, at: &Point, lines: &[&Tree], seen: &mut Seen) -> Parts {
    let mut sum = Parts::default();
    for line in lines {
        let parts = split_one(rule, at, line, seen);
        sum.self_funded += parts.self_funded;
        sum.over_limit += parts.over_limit;
        sum.first_share += parts.first_share;
        sum.in_scope += parts.in_scope;
        sum.hospital += parts.hospital;
        sum.lacks_first_share |= parts.lacks_first_share;
    }
    sum
}

fn split_one(rule: &Rule, at: &Point, line: &Tree, seen: &mut Seen) -> Parts {
    let quantity = Fraction::decimal(line.text("quantity").unwrap_or("1"));
    let price = yuan(line.must("unit_price"));
    let way = rule.word("rounding", "line");
    let amount = (quantity * price).rounded(way);
    seen.mark_if((quantity * price).is_half(), "line: amount at half a fen");
    let is = |key| line.text(key) == Some("true");
    if is("hospital") {
        seen.mark("line: borne by the hospital");
        return Parts {
            hospital: amount,
            ..Parts::default()
        };
    }
    seen.mark_if(
        is("restricted") && is("approved"),
        "line: restricted and approved",
    );
    if line.must("class") == "C" || (is("restricted") && !is("approved")) {
        seen.mark_if(line.must("class") == "C", "line: outside the catalogue");
        seen.mark_if(
            line.must("class") != "C",
            "line: restricted without approval",
        );
        return Parts {
            self_funded: amount,
            ..Parts::default()
        };
    }
    let within = match limit(rule, at, line, seen) {
        Some(limit) => amount.min((quantity * price.min(limit)).rounded(way)),
        None => amount,
    };
    seen.mark_if(within < amount, "line: over the limit");
    let Some(share) = first_share(rule, at, line, price, seen) else {
        return Parts {
            self_funded: amount,
            lacks_first_share: true,
            ..Parts::default()
        };
    };
    let exact = Fraction::whole(within) * share;
    let first = exact.rounded(way);
    seen.mark_if(exact.is_half(), "line: first share at half a fen");
    Parts {
        over_limit: amount - within,
        first_share: first,
        in_scope: within - first,
        ..Parts::default()
    }
}

/// The lower of the line's and the policy's limit of a unit.
fn limit(rule: &Rule, at: &Point, line: &Tree, seen: &mut Seen) -> Option<Fraction> {
    let category = line.text("category").unwrap_or("other");
    let rows = rule.matching("payment_limit", at).into_iter();
    let rows: Vec<&Tree> = rows
        .filter(|row| row.must("category") == category)
        .collect();
    assert!(rows.len() <= 1, "two payment limits for {category}");
    let policy = rows
        .first()
        .map(|row| Fraction::whole(rule.fen(rule.amount(row, &at.facility))));
    let own = line.text("limit").map(yuan);
    match (own, policy) {
        (Some(own), Some(policy)) => {
            seen.mark(if own < policy {
                "line: its own limit is lower"
            } else {
                "line: the policy's limit is lower"
            });
            Some(own.min(policy))
        }
        (own, policy) => own.or(policy),
    }
}

/// The line's own ratio; none for class A; else the row with the line's category, else the one without.
fn first_share(
    rule: &Rule,
    at: &Point,
    line: &Tree,
    price: Fraction,
    seen: &mut Seen,
) -> Option<Fraction> {
    if let Some(own) = line.text("first_share") {
        seen.mark("line: its own first share");
        return Some(Fraction::ratio(own));
    }
    if line.must("class") == "A" {
        return Some(ZERO);
    }
    let category = line.text("category").unwrap_or("other");
    let class = line.must("class");
    let rows = rule.matching("first_share", at).into_iter();
    let rows: Vec<&Tree> = rows.filter(|row| row.must("class") == class).collect();
    let with: Vec<&&Tree> = rows
        .iter()
        .filter(|row| row.text("category") == Some(category))
        .collect();
    let without: Vec<&&Tree> = rows
        .iter()
        .filter(|row| row.text("category").is_none())
        .collect();
    assert!(with.len() <= 1 && without.len() <= 1, "two first shares");
    seen.mark(if with.is_empty() {
        "line: first share of the class"
    } else {
        "line: first share of the category"
    });
    let row = with.first().or(without.first())?;
    if let Some(ratio) = row.text("ratio") {
        return Some(Fraction::ratio(ratio));
    }
    seen.mark("line: first share by price");
    let reaches = |step: &&Tree| {
        step.find(&["upto"])
            .is_none_or(|upto| Fraction::whole(rule.fen(upto)) >= price)
    };
    let step = row
        .rows("steps")
        .iter()
        .find(reaches)
        .expect("a step for every price");
    Some(Fraction::ratio(step.must("ratio")))
}

/// Yuan with decimals, in fen and fractions of fen.
fn yuan(text: &str) -> Fraction {
    Fraction::decimal(text) * Fraction::whole(100)
}
