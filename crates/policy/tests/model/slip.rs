//! `Slip`: one deliberate mistake in what the model reads. A model that slips must come to other amounts than the
//! program within a few hundred bills, or the random bills never reach the switch.

use std::collections::BTreeMap;

use crate::tree::Tree;

type Row = BTreeMap<String, Tree>;

/// A mistake: a change of the policy or of the bill, before the model reads it.
pub(crate) struct Slip {
    pub(crate) name: &'static str,
    pub(crate) policy: fn(&mut Tree),
    pub(crate) bill: fn(&mut Tree),
}

const fn in_policy(name: &'static str, policy: fn(&mut Tree)) -> Slip {
    Slip {
        name,
        policy,
        bill: |_| {},
    }
}

const fn in_bill(name: &'static str, bill: fn(&mut Tree)) -> Slip {
    Slip {
        name,
        policy: |_| {},
        bill,
    }
}

pub(crate) const SLIPS: &[Slip] = &[
    in_policy("line rounding", |p| other_rounding(p, "line")),
    in_policy("fund rounding", |p| other_rounding(p, "fund")),
    in_policy("boundary rounding", |p| other_rounding(p, "boundary")),
    in_policy("bands rounded otherwise", |p| {
        swap_head(p, "rounding", "bands", "sum", "each")
    }),
    in_policy("half to even for half up", |p| {
        half(p, "half_up", "half_even")
    }),
    in_policy("half up for half to even", |p| {
        half(p, "half_even", "half_up")
    }),
    in_policy("age on another day", |p| {
        swap_head(p, "year", "age_on", "service", "year_start")
    }),
    in_policy("cover on other days", |p| {
        swap_head(p, "coverage", "days", "both", "discharge")
    }),
    in_policy("year from another day", |p| {
        table(p, "year").insert_text("starts", "02-10")
    }),
    in_policy("precedence the other way", |p| {
        table(p, "aid").reverse("precedence")
    }),
    in_policy("settings do not count together", |p| {
        each(p, "setting", |r| r.strike("counts_with"))
    }),
    in_policy("pooled for large amount", |p| {
        swap(p, "setting", "payer", "pooled", "large_amount")
    }),
    in_policy("no exclusion", |p| p.top().strike("exclusion")),
    in_policy("no advance", |p| {
        each(p, "exclusion", |r| r.strike("advance"))
    }),
    in_policy("no payment limit", |p| p.top().strike("payment_limit")),
    in_policy("no first share by category", |p| {
        keep(p, "first_share", |r| !r.contains_key("category"))
    }),
    in_policy("first share by price the other way", |p| {
        each(p, "first_share", first_step_only)
    }),
    in_policy("no off-region share", |p| {
        p.top().strike("off_region_share")
    }),
    in_policy("a visit's deductible for the year's", |p| {
        swap(p, "deductible", "per", "year", "visit")
    }),
    in_policy("no period", |p| {
        each(p, "deductible", |r| r.strike("period_days"))
    }),
    in_policy("period again for next", |p| {
        swap(p, "deductible", "period", "again", "next")
    }),
    in_policy("first figure for every stay", |p| {
        each(p, "deductible", |r| first_of(r.get_mut("amount")))
    }),
    in_policy("no yearly cap of the deductible", |p| {
        p.top().strike("deductible_cap")
    }),
    in_policy("no waiver", |p| p.top().strike("waiver")),
    in_policy("transfer for course", |p| {
        swap(p, "waiver", "continuation", "transfer", "course")
    }),
    in_policy("bands of another origin", |p| {
        swap(p, "band", "origin", "absolute", "above_deductible")
    }),
    in_policy("bands of the stay for the year's", |p| {
        swap(p, "band", "accumulates", "year", "stay")
    }),
    in_policy("no adjustment", |p| p.top().strike("adjust")),
    in_policy("adjustments the other way round", |p| {
        p.top().reverse("adjust")
    }),
    in_policy("own share for fund's ratio", |p| {
        each(p, "adjust", |r| r.rename("own_times", "ratio_times"))
    }),
    in_policy("cap on payment for cost", |p| {
        swap(p, "cap", "basis", "fund", "cost")
    }),
    in_policy("cap on cost with the deductible", |p| {
        swap(p, "cap", "basis", "cost", "cost_above_deductible")
    }),
    in_policy("no visit's cap", |p| {
        keep(p, "cap", |r| r["per"] != text("visit"))
    }),
    in_policy("cap without counts", |p| {
        each(p, "cap", |r| r.strike("counts"))
    }),
    in_policy("layers of another origin", |p| {
        swap(p, "layer", "origin", "absolute", "above_deductible")
    }),
    in_policy("layers of the visit for the year's", |p| {
        swap(p, "layer", "accumulates", "year", "visit")
    }),
    in_policy("layers capped on the other basis", |p| {
        swap(p, "layer", "cap_basis", "fund", "cost")
    }),
    in_policy("layers without caps", |p| {
        each(p, "layer", |r| r.strike("cap"))
    }),
    in_policy("layers without counts", |p| {
        each(p, "layer", |r| r.strike("counts"))
    }),
    in_policy("layers draw the other way", |p| {
        each(p, "layer", |r| r.reverse("base"))
    }),
    in_policy("layers in one order", |p| {
        each(p, "layer", |r| r.strike("before_catastrophic"))
    }),
    in_policy("layers for nobody without aid", |p| {
        keep(p, "layer", |r| {
            r.get("identities") != Some(&Tree::List(vec![text("none")]))
        })
    }),
    in_policy("no account before", |p| {
        each(p, "account", |r| r.strike("before"))
    }),
    in_policy("account parts the other way", |p| {
        each(p, "account", |r| r.reverse("after"))
    }),
    in_policy("account pays less", |p| {
        each(p, "account", |r| r.shorten("pays"))
    }),
    in_policy("no family account", |p| {
        each(p, "account", |r| r.strike("family"))
    }),
    in_policy("base amounts to the other unit", |p| {
        to_other_unit(p.top().values_mut())
    }),
    in_policy("deductibles of another class", |p| {
        each(p, "deductible", |r| turn(r.get_mut("amount")))
    }),
    in_policy("ratios of another class", |p| {
        each(p, "band", |r| turn(r.get_mut("ratio")))
    }),
    in_policy("no disease is told apart", |p| p.top().strike("disease")),
    in_bill("nothing of the stay so far", |b| b.top().strike("stay")),
    in_bill("nothing of the year so far", |b| b.top().strike("year")),
    in_bill("nothing of the year before", |b| {
        sums_away(b.top().get_mut("year_before"))
    }),
    in_bill("account used against the wish", |b| {
        b.top().strike("use_account")
    }),
    in_bill("no deposit", |b| b.top().strike("deposit")),
    in_bill("third party pays", |b| b.top().strike("third_party_unpaid")),
    in_bill("restricted and approved alike", |b| {
        each(b, "line", |r| r.strike("approved"))
    }),
    in_bill("no limit of a line", |b| {
        each(b, "line", |r| r.strike("limit"))
    }),
    in_bill("no first share of a line", |b| {
        each(b, "line", |r| r.strike("first_share"))
    }),
    in_bill("every layer looks at the own share", |b| {
        bases_away(b.top().get_mut("year"))
    }),
    in_bill("birth a day later", |b| table(b, "person").later("birth")),
    in_bill("retired a day later", |b| {
        table(b, "person").later("retired")
    }),
];

impl Tree {
    fn top(&mut self) -> &mut Row {
        match self {
            Tree::Table(row) => row,
            other => panic!("not a table: {other:?}"),
        }
    }
}

trait Slipping {
    fn strike(&mut self, key: &str);
    fn insert_text(&mut self, key: &str, word: &str);
    fn rename(&mut self, from: &str, to: &str);
    fn reverse(&mut self, key: &str);
    fn shorten(&mut self, key: &str);
    fn later(&mut self, key: &str);
}

impl Slipping for Row {
    fn strike(&mut self, key: &str) {
        self.remove(key);
    }

    fn insert_text(&mut self, key: &str, word: &str) {
        self.insert(key.to_owned(), text(word));
    }

    fn rename(&mut self, from: &str, to: &str) {
        if let Some(value) = self.remove(from) {
            self.insert(to.to_owned(), value);
        }
    }

    fn reverse(&mut self, key: &str) {
        if let Some(Tree::List(list)) = self.get_mut(key) {
            list.reverse();
        }
    }

    fn shorten(&mut self, key: &str) {
        if let Some(Tree::List(list)) = self.get_mut(key) {
            list.pop();
        }
    }

    fn later(&mut self, key: &str) {
        if let Some(Tree::Text(day)) = self.get_mut(key) {
            *day = crate::day::Day::read(day).plus(1).to_string();
        }
    }
}

fn text(word: &str) -> Tree {
    Tree::Text(word.to_owned())
}

fn table<'a>(tree: &'a mut Tree, key: &str) -> &'a mut Row {
    tree.top().get_mut(key).expect("a table").top()
}

fn each(tree: &mut Tree, key: &str, change: impl Fn(&mut Row)) {
    if let Some(Tree::List(rows)) = tree.top().get_mut(key) {
        rows.iter_mut().for_each(|row| change(row.top()));
    }
}

fn keep(tree: &mut Tree, key: &str, wanted: impl Fn(&Row) -> bool) {
    if let Some(Tree::List(rows)) = tree.top().get_mut(key) {
        rows.retain_mut(|row| wanted(row.top()));
    }
}

/// One word for the other and the other way round, in every row.
fn swap(tree: &mut Tree, key: &str, word: &str, one: &str, other: &str) {
    each(tree, key, |row| swap_word(row, word, one, other));
}

fn swap_head(tree: &mut Tree, key: &str, word: &str, one: &str, other: &str) {
    swap_word(table(tree, key), word, one, other);
}

fn swap_word(row: &mut Row, word: &str, one: &str, other: &str) {
    let Some(value) = row.get_mut(word) else {
        return;
    };
    if *value == text(one) {
        *value = text(other);
    } else if *value == text(other) {
        *value = text(one);
    }
}

fn other_rounding(policy: &mut Tree, key: &str) {
    swap_head(policy, "rounding", key, "up", "down");
    swap_head(policy, "rounding", key, "half_up", "half_even");
}

fn half(policy: &mut Tree, one: &str, other: &str) {
    for value in table(policy, "rounding")
        .values_mut()
        .filter(|value| **value == text(one))
    {
        *value = text(other);
    }
}

fn first_step_only(row: &mut Row) {
    if let Some(Tree::List(steps)) = row.get_mut("steps") {
        steps.remove(0);
    }
}

/// The first of a list of figures, for all or by facility class.
fn first_of(amount: Option<&mut Tree>) {
    match amount {
        Some(Tree::List(list)) => list.truncate(1),
        Some(Tree::Table(by_class)) => by_class.values_mut().for_each(|one| {
            if let Tree::List(list) = one {
                list.truncate(1);
            }
        }),
        _ => {}
    }
}

/// A table by facility class: each class takes the next one's.
fn turn(by_class: Option<&mut Tree>) {
    let Some(Tree::Table(table)) = by_class else {
        return;
    };
    if table.contains_key("of") {
        return;
    }
    let mut values: Vec<Tree> = table.values().cloned().collect();
    values.rotate_left(1);
    for (value, next) in table.values_mut().zip(values) {
        *value = next;
    }
}

/// Every figure that is a share of a base amount, wherever it stands, to the yuan for the fen.
fn to_other_unit<'a>(trees: impl Iterator<Item = &'a mut Tree>) {
    for tree in trees {
        match tree {
            Tree::Table(row) => {
                swap_word(row, "to", "yuan", "fen");
                to_other_unit(row.values_mut());
            }
            Tree::List(list) => to_other_unit(list.iter_mut()),
            Tree::Text(_) => {}
        }
    }
}

/// The year stays, its sums go.
fn sums_away(year: Option<&mut Tree>) {
    if let Some(year) = year {
        year.top().retain(|key, _| key == "stays");
    }
}

fn bases_away(year: Option<&mut Tree>) {
    let Some(year) = year else { return };
    for sums in year.top().values_mut() {
        if let Tree::Table(sums) = sums {
            sums.values_mut().for_each(|layer| {
                if let Tree::Table(layer) = layer {
                    layer.strike("base");
                }
            });
        }
    }
}
