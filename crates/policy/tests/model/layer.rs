//! `Layer`: step 9 of the arithmetic, every fund after the basic one.

use crate::chain::{Chain, Stretch};
use crate::tree::Tree;

/// The layers, in the order of the law.
pub(crate) const LAYERS: [&str; 8] = [
    "large_amount",
    "catastrophic",
    "retiree_supplement",
    "civil_servant",
    "enterprise",
    "mutual_aid",
    "medical_aid",
    "tilted_aid",
];

/// The supplements, which a policy may put before catastrophic insurance.
const SUPPLEMENTS: [&str; 4] = [
    "retiree_supplement",
    "civil_servant",
    "enterprise",
    "mutual_aid",
];

/// The own parts that a layer may look at.
pub(crate) const OWN: [&str; 7] = [
    "self_funded",
    "over_limit",
    "first_share",
    "deductible",
    "own_share",
    "over_cap",
    "large_own_share",
];

/// Every setting that a year can have sums for.
const SETTINGS: [&str; 5] = [
    "outpatient",
    "inpatient",
    "pharmacy",
    "chronic",
    "emergency",
];

impl<'a> Chain<'a> {
    /// Step 9, in its order.
    pub(crate) fn layers(&mut self, stretch: &mut Stretch) {
        let here: Vec<(&'static str, &'a Tree)> = LAYERS
            .iter()
            .filter_map(|kind| {
                self.rule
                    .layer(kind, &self.at, &self.identities)
                    .map(|row| (*kind, row))
            })
            .collect();
        let early = |(kind, row): &(&'static str, &'a Tree)| {
            SUPPLEMENTS.contains(kind) && row.text("before_catastrophic") == Some("true")
        };
        for (kind, row) in here.iter().filter(|(kind, _)| *kind == "large_amount") {
            self.layer(stretch, kind, row);
        }
        for (kind, row) in here.iter().filter(|layer| early(layer)) {
            self.seen.mark("layer: before catastrophic insurance");
            self.layer(stretch, kind, row);
        }
        for (kind, row) in here
            .iter()
            .filter(|layer| layer.0 != "large_amount" && !early(layer))
        {
            self.layer(stretch, kind, row);
        }
    }

    fn layer(&mut self, stretch: &mut Stretch, kind: &'static str, row: &'a Tree) {
        let parts = own_parts(row);
        let left: i128 = parts
            .iter()
            .map(|part| stretch.left.get(part).copied().unwrap_or(0))
            .sum();
        let of_the_year = row.must("accumulates") == "year";
        let counted = row.texts("counts").unwrap_or_else(|| SETTINGS.to_vec());
        let base = if of_the_year {
            self.base_so_far(stretch, kind, &counted)
        } else {
            0
        };
        let (low, high) = self.interval(row, base, left);
        let mut room = None;
        let cap = row.find(&["cap"]).and_then(|cap| self.rule.limit(cap));
        let by_cost = row.text("cap_basis") == Some("cost");
        let (mut start, mut end) = (low, high);
        if let (Some(cap), true) = (cap, by_cost) {
            (start, end) = (low.min(cap), high.min(cap));
            self.seen
                .mark_if(start < end && end < high, "layer: cap on cost");
            self.seen.mark_if(
                low < high && start == end,
                "layer: cap on cost, used up before",
            );
        } else if let Some(cap) = cap {
            let paid = if of_the_year {
                self.paid_so_far(stretch, kind, &counted)
            } else {
                0
            };
            room = Some((cap - paid).max(0));
        }
        let bands = self.rule.layer_bands(row);
        let (paid, reached) = self.pay(&bands, start, end, room);
        self.seen
            .mark_if(room == Some(paid) && reached < end, "layer: cap on payment");
        self.seen.mark_if(paid > 0, kind);
        self.mark_layer(row, paid);
        self.result.add(kind, paid);
        self.result.add(&format!("base_{kind}"), left);
        if kind == "large_amount" {
            self.draw_large_amount(stretch, reached - start, paid);
        } else {
            draw(stretch, &parts, paid);
        }
    }

    /// What is left of the cost over the cap is looked at; what of it is not paid becomes another own part.
    fn draw_large_amount(&mut self, stretch: &mut Stretch, looked_at: i128, paid: i128) {
        *stretch.left.entry("over_cap").or_default() -= looked_at;
        self.own(stretch, "large_own_share", looked_at - paid);
    }

    /// The base of the year before this bill; the person's own share so far where the layer has none.
    fn base_so_far(&mut self, stretch: &Stretch, kind: &str, counted: &[&str]) -> i128 {
        let mut sum = 0;
        for setting in counted {
            let own_share = self.bill.fen(&[stretch.year, setting, "own_share"]);
            let base = self.bill.fen_if(&[stretch.year, setting, kind, "base"]);
            self.seen
                .mark_if(base.is_some(), "layer: its own base of the year");
            self.seen.mark_if(
                base.is_none() && own_share > 0,
                "layer: the own share as its base",
            );
            // The large-amount fund looks at what lies over the cap, which the own share does not tell.
            let assumed = if kind == "large_amount" { 0 } else { own_share };
            sum += base.unwrap_or(assumed);
        }
        sum
    }

    fn paid_so_far(&self, stretch: &Stretch, kind: &str, counted: &[&str]) -> i128 {
        counted
            .iter()
            .map(|setting| self.bill.fen(&[stretch.year, setting, kind, "paid"]))
            .sum()
    }

    /// The interval of the layer's own coordinate.
    fn interval(&mut self, row: &Tree, base: i128, left: i128) -> (i128, i128) {
        let threshold = self.rule.fen(row.find(&["over"]).expect("over"));
        let (low, high) = (base.max(threshold), (base + left).max(threshold));
        self.seen.note("layer end", base + left);
        self.seen
            .mark_if(low == high && left > 0, "layer: below the threshold");
        self.seen.mark_if(
            base < threshold && threshold < high,
            "layer: across the threshold",
        );
        match row.must("origin") {
            "absolute" => (low, high),
            "above_deductible" => (low - threshold, high - threshold),
            other => panic!("no such origin: {other}"),
        }
    }

    fn mark_layer(&mut self, row: &Tree, paid: i128) {
        if paid == 0 {
            return;
        }
        self.seen.mark(match row.must("origin") {
            "absolute" => "layer: absolute",
            _ => "layer: above the threshold",
        });
        self.seen.mark(match row.must("accumulates") {
            "year" => "layer: of the year",
            _ => "layer: of the visit",
        });
        self.seen.mark(match row.texts("identities") {
            None => "layer: for everybody",
            Some(list) if list == ["none"] => "layer: for those without",
            Some(_) => "layer: for an identity",
        });
    }
}

/// The parts that a layer looks at, in its order.
fn own_parts(row: &Tree) -> Vec<&'static str> {
    let named = row.texts("base").expect("a base");
    named
        .iter()
        .map(|name| *OWN.iter().find(|part| *part == name).expect("an own part"))
        .collect()
}

/// Draws a payment from the parts, one after the other.
fn draw(stretch: &mut Stretch, parts: &[&'static str], paid: i128) {
    let mut rest = paid;
    for part in parts {
        let Some(left) = stretch.left.get_mut(part) else {
            continue;
        };
        let drawn = rest.min(*left);
        *left -= drawn;
        rest -= drawn;
    }
    assert!(rest == 0, "a layer paid more than it looked at");
}
