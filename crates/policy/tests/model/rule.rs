//! `Rule`: the policy file, and the search for the row that answers a question.

use std::collections::BTreeSet;

use crate::bill::Bill;
use crate::fraction::{Fraction, ONE, ZERO};
use crate::tree::Tree;

/// A policy file as it is written.
pub(crate) struct Rule {
    tree: Tree,
}

/// The point of the space that a bill lies at: the words that selectors ask for.
#[derive(Clone, Debug)]
pub(crate) struct Point {
    /// The declared setting whose rules and sums hold.
    pub(crate) setting: String,
    pub(crate) facility: String,
    pub(crate) person: String,
    pub(crate) place: String,
    pub(crate) disease: String,
}

/// One band of cost and its share.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Band {
    pub(crate) from: i128,
    /// Without end if absent.
    pub(crate) upto: Option<i128>,
    pub(crate) ratio: Fraction,
    /// Had a change of the ratio to be kept within 0 and 1?
    pub(crate) kept: bool,
}

impl Rule {
    pub(crate) fn of(tree: Tree) -> Rule {
        Rule { tree }
    }

    /// A word of a table of the head: `word("rounding", "fund")`.
    pub(crate) fn word(&self, table: &str, key: &str) -> &str {
        self.tree
            .find(&[table, key])
            .unwrap_or_else(|| panic!("no [{table}] {key}"))
            .as_text()
    }

    pub(crate) fn rows(&self, table: &str) -> &[Tree] {
        self.tree.rows(table)
    }

    /// Every row of a table whose selectors hold at the point, in file order.
    pub(crate) fn matching(&self, table: &str, at: &Point) -> Vec<&Tree> {
        self.tree
            .rows(table)
            .iter()
            .filter(|row| holds(row, at))
            .collect()
    }

    /// The one row; two are a conflict, none is a gap.
    pub(crate) fn one(&self, table: &str, at: &Point) -> &Tree {
        self.optional(table, at)
            .unwrap_or_else(|| panic!("no [[{table}]] at {at:?}"))
    }

    /// The one row or none; two are a conflict.
    pub(crate) fn optional(&self, table: &str, at: &Point) -> Option<&Tree> {
        let rows = self.matching(table, at);
        assert!(rows.len() <= 1, "two [[{table}]] at {at:?}: {rows:?}");
        rows.first().copied()
    }

    /// Where a bill lies, or why there is no rule for it.
    pub(crate) fn point_of(&self, bill: &Bill) -> Result<Point, String> {
        let setting = self.setting_of(bill.setting())?;
        let place = bill.place();
        if !self
            .tree
            .find(&["place"])
            .and_then(|p| p.texts("known"))
            .unwrap_or_default()
            .contains(&place)
        {
            return Err("no rule: place".to_owned());
        }
        let facility = the_one("facility", self.rows("facility"), |row| {
            bill.is_in_facility(row)
        })?;
        let identities = self.identities_of(bill);
        let age = self.age_of(bill);
        for row in self.rows("person") {
            bill.can_be_told(row, &identities, age)?;
            if bill.is_person(row, &identities, age) {
                break;
            }
        }
        let person = the_one("person", self.rows("person"), |row| {
            bill.can_be_told(row, &identities, age).is_ok() && bill.is_person(row, &identities, age)
        })?;
        let exists = self.setting(&setting).texts("facilities");
        if exists.is_some_and(|list| !list.contains(&facility.as_str())) {
            return Err("no rule: facility".to_owned());
        }
        let declared = self.rows("disease").iter().map(|row| row.must("id"));
        let disease = declared
            .into_iter()
            .find(|id| bill.disease() == Some(id))
            .unwrap_or("other");
        let point = Point {
            setting,
            facility,
            person,
            place: place.to_owned(),
            disease: disease.to_owned(),
        };
        if !self.matching("no_rule", &point).is_empty() {
            return Err("no rule: left out".to_owned());
        }
        Ok(point)
    }

    /// The declared setting whose rules hold for the setting of a bill.
    fn setting_of(&self, wanted: &str) -> Result<String, String> {
        let declared = self
            .rows("setting")
            .iter()
            .find(|row| row.must("id") == wanted);
        let row = declared.ok_or("no rule: setting")?;
        Ok(row.text("as").unwrap_or(wanted).to_owned())
    }

    pub(crate) fn setting(&self, id: &str) -> &Tree {
        self.rows("setting")
            .iter()
            .find(|row| row.must("id") == id)
            .expect("a declared setting")
    }

    /// The settings whose sums of the year count together with one.
    pub(crate) fn counts_with(&self, setting: &str) -> Vec<&str> {
        let row = self.setting(setting);
        row.texts("counts_with")
            .unwrap_or_else(|| vec![row.must("id")])
    }

    /// A person counts only as the first of the precedence list that he has.
    pub(crate) fn identities_of<'a>(&self, bill: &'a Bill) -> BTreeSet<&'a str> {
        let has = bill.identities();
        let Some(precedence) = self.precedence() else {
            return has;
        };
        let first = precedence.iter().find(|id| has.contains(**id)).copied();
        has.iter()
            .filter(|id| !precedence.contains(*id) || first == Some(**id))
            .copied()
            .collect()
    }

    pub(crate) fn precedence(&self) -> Option<Vec<&str>> {
        self.tree.find(&["aid"])?.texts("precedence")
    }

    fn age_of(&self, bill: &Bill) -> Option<i64> {
        let on = match self.word("year", "age_on") {
            "service" => bill.settled(),
            "year_start" => bill.settled().first_of_year(self.word("year", "starts")),
            other => panic!("no such age_on: {other}"),
        };
        bill.birth().map(|birth| on.age(birth))
    }

    /// An amount in fen: `"1300元"`, or a share or multiple of a base amount (half up, to the yuan or the fen).
    pub(crate) fn fen(&self, amount: &Tree) -> i128 {
        let Tree::Table(_) = amount else {
            return Fraction::amount(amount.as_text()).exactly();
        };
        let base = self
            .rows("base_amount")
            .iter()
            .find(|row| row.must("id") == amount.must("of"));
        let base = Fraction::amount(base.expect("a base amount").must("amount"));
        let exact = match amount.text("share") {
            Some(share) => base * Fraction::ratio(share),
            None => base * Fraction::decimal(amount.must("times")),
        };
        match amount.must("to") {
            "yuan" => (exact / Fraction::whole(100)).rounded("half_up") * 100,
            "fen" => exact.rounded("half_up"),
            other => panic!("no such unit: {other}"),
        }
    }

    /// An amount in fen, or nothing for `"none"`.
    pub(crate) fn limit(&self, amount: &Tree) -> Option<i128> {
        if *amount == Tree::Text("none".to_owned()) {
            None
        } else {
            Some(self.fen(amount))
        }
    }

    /// The `amount` of a row for a class of providers: one for all, or a table by class.
    pub(crate) fn amount<'t>(&self, row: &'t Tree, facility: &str) -> &'t Tree {
        match row.find(&["amount"]).expect("an amount") {
            Tree::Table(table) if !table.contains_key("of") => &table[facility],
            for_all => for_all,
        }
    }

    /// The deductible's figures by the number of the stay: one or a list, for all or by facility class.
    pub(crate) fn figures(&self, row: &Tree, facility: &str) -> Vec<i128> {
        let mine = self.amount(row, facility);
        let Tree::List(list) = mine else {
            return vec![self.fen(mine)];
        };
        let first = self.fen(&list[0]);
        let figure = |item: &Tree| match item {
            Tree::Text(ratio) if !ratio.ends_with('元') => (Fraction::whole(first)
                * Fraction::ratio(ratio))
            .rounded(self.word("rounding", "fund")),
            amount => self.fen(amount),
        };
        list.iter().map(figure).collect()
    }

    /// The basic fund's bands at the point, with the ratios as the `adjust` rows change them.
    pub(crate) fn bands(&self, at: &Point) -> Vec<Band> {
        let mut bands: Vec<Band> = self
            .matching("band", at)
            .into_iter()
            .map(|row| self.band(row, at))
            .collect();
        bands.sort_by_key(|band| band.from);
        bands
    }

    fn band(&self, row: &Tree, at: &Point) -> Band {
        let ratio = match row.find(&["ratio"]).expect("a ratio") {
            Tree::Table(by_facility) => by_facility[&at.facility].as_text(),
            for_all => for_all.as_text(),
        };
        let (ratio, kept) = self.adjusted(Fraction::ratio(ratio), at);
        let upto = row.find(&["upto"]).map(|amount| self.fen(amount));
        Band {
            from: self.fen(row.find(&["over"]).expect("over")),
            upto,
            ratio,
            kept,
        }
    }

    /// The ratio as the matching `adjust` rows change it, in file order, and whether it had to be kept within 0 and 1.
    fn adjusted(&self, ratio: Fraction, at: &Point) -> (Fraction, bool) {
        let (mut ratio, mut kept) = (ratio, false);
        for row in self.matching("adjust", at) {
            if let Some(times) = row.text("own_times") {
                ratio = ONE - (ONE - ratio) * Fraction::ratio(times);
            } else if let Some(points) = row.text("points") {
                ratio = ratio + Fraction::ratio(points);
            } else {
                ratio = ratio * Fraction::ratio(row.must("ratio_times"));
            }
            kept |= ratio < ZERO || ratio > ONE;
            ratio = ratio.clamp(ZERO, ONE);
        }
        (ratio, kept)
    }

    /// The bands of a layer.
    pub(crate) fn layer_bands(&self, layer: &Tree) -> Vec<Band> {
        let mut from = 0;
        let mut bands = Vec::new();
        for row in layer.rows("bands") {
            let upto = row.find(&["upto"]).map(|amount| self.fen(amount));
            bands.push(Band {
                from,
                upto,
                ratio: Fraction::ratio(row.must("ratio")),
                kept: false,
            });
            from = upto.unwrap_or(i128::MAX);
        }
        bands
    }

    /// The layer of a kind for a person at the point; `"none"` asks for no identity of the precedence list.
    pub(crate) fn layer(
        &self,
        kind: &str,
        at: &Point,
        identities: &BTreeSet<&str>,
    ) -> Option<&Tree> {
        let precedence = self.precedence().unwrap_or_default();
        let mine = |row: &&Tree| match row.texts("identities") {
            None => true,
            Some(wanted) if wanted == ["none"] => {
                !precedence.iter().any(|id| identities.contains(id))
            }
            Some(wanted) => wanted.iter().any(|id| identities.contains(id)),
        };
        let rows = self.matching("layer", at).into_iter();
        let rows: Vec<&Tree> = rows
            .filter(|row| row.must("kind") == kind)
            .filter(mine)
            .collect();
        assert!(rows.len() <= 1, "two layers {kind} at {at:?}");
        rows.first().copied()
    }
}

/// Do the selectors of a row hold? An absent one holds everywhere.
fn holds(row: &Tree, at: &Point) -> bool {
    let asked = [
        ("setting", &at.setting),
        ("facility", &at.facility),
        ("person", &at.person),
        ("place", &at.place),
        ("disease", &at.disease),
    ];
    let selected = asked.iter().all(|(key, word)| {
        row.texts(key)
            .is_none_or(|list| list.contains(&word.as_str()))
    });
    selected
        && ["amount", "ratio"]
            .iter()
            .all(|key| answers(row, key, &at.facility))
}

/// A figure by class of providers answers only for the classes that it lists.
fn answers(row: &Tree, key: &str, facility: &str) -> bool {
    match row.find(&[key]) {
        Some(Tree::Table(table)) => table.contains_key("of") || table.contains_key(facility),
        _ => true,
    }
}

/// The id of the one class that something falls in.
fn the_one(
    what: &str,
    classes: &[Tree],
    falls_in: impl Fn(&Tree) -> bool,
) -> Result<String, String> {
    let found: Vec<&str> = classes
        .iter()
        .filter(|row| falls_in(row))
        .map(|row| row.must("id"))
        .collect();
    match found.as_slice() {
        [id] => Ok((*id).to_owned()),
        _ => Err(format!("no rule: {what}")),
    }
}
