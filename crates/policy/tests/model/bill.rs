//! `Bill`: the bill as it is written, and what can be said of it without a policy.

use std::collections::BTreeSet;

use crate::day::Day;
use crate::fraction::Fraction;
use crate::tree::Tree;

/// A bill.
pub(crate) struct Bill {
    tree: Tree,
}

impl Bill {
    pub(crate) fn of(tree: Tree) -> Bill {
        Bill { tree }
    }

    /// An amount in fen at the end of a way of keys; nothing if it is absent.
    pub(crate) fn fen_if(&self, way: &[&str]) -> Option<i128> {
        self.tree
            .find(way)
            .map(|text| (Fraction::decimal(text.as_text()) * Fraction::whole(100)).exactly())
    }

    /// An amount in fen, 0 if it is absent.
    pub(crate) fn fen(&self, way: &[&str]) -> i128 {
        self.fen_if(way).unwrap_or(0)
    }

    /// A count, 0 if it is absent.
    pub(crate) fn count(&self, way: &[&str]) -> i128 {
        self.tree
            .find(way)
            .map_or(0, |text| text.as_text().parse().expect("a count"))
    }

    fn word(&self, way: &[&str]) -> Option<&str> {
        self.tree.find(way).map(Tree::as_text)
    }

    fn truth(&self, way: &[&str], default: bool) -> bool {
        self.word(way).map_or(default, |word| word == "true")
    }

    pub(crate) fn setting(&self) -> &str {
        self.tree.must("setting")
    }

    pub(crate) fn disease(&self) -> Option<&str> {
        self.tree.text("disease")
    }

    /// Care within the pooling region is at home; elsewhere as the bill says, `unreferred` if it does not.
    pub(crate) fn place(&self) -> &str {
        let region = self.tree.must("region");
        let care = self.tree.text("care_region").unwrap_or(region);
        let within = region
            .strip_suffix("0000")
            .or(region.strip_suffix("00"))
            .unwrap_or(region);
        if care.starts_with(within) {
            "home"
        } else {
            self.tree.text("off_region").unwrap_or("unreferred")
        }
    }

    pub(crate) fn causes(&self) -> Vec<&str> {
        self.tree.texts("causes").unwrap_or_default()
    }

    pub(crate) fn third_party_unpaid(&self) -> bool {
        self.truth(&["third_party_unpaid"], false)
    }

    pub(crate) fn uses_accounts(&self) -> bool {
        self.truth(&["use_account"], true)
    }

    pub(crate) fn admitted(&self) -> Option<Day> {
        self.word(&["days", "admission"]).map(Day::read)
    }

    /// The day that chooses the policy: discharge or service.
    pub(crate) fn settled(&self) -> Day {
        Day::read(
            self.word(&["days", "discharge"])
                .or(self.word(&["days", "service"]))
                .expect("a day"),
        )
    }

    pub(crate) fn birth(&self) -> Option<Day> {
        self.word(&["person", "birth"]).map(Day::read)
    }

    pub(crate) fn identities(&self) -> BTreeSet<&str> {
        self.tree
            .find(&["person"])
            .and_then(|p| p.texts("identities"))
            .unwrap_or_default()
            .into_iter()
            .collect()
    }

    pub(crate) fn designated_or_approved(&self) -> bool {
        self.truth(&["facility", "designated"], true)
            || self.truth(&["facility", "approved"], false)
    }

    pub(crate) fn continuation(&self) -> Option<&str> {
        self.word(&["stay", "continuation"])
    }

    /// Is there anything under a key?
    pub(crate) fn has(&self, way: &[&str]) -> bool {
        self.tree.find(way).is_some()
    }

    pub(crate) fn lines(&self) -> &[Tree] {
        self.tree.rows("line")
    }

    pub(crate) fn family(&self) -> Vec<i128> {
        let linked = self
            .tree
            .find(&["accounts"])
            .map_or(&[][..], |accounts| accounts.rows("family"));
        linked
            .iter()
            .map(|one| (Fraction::decimal(one.must("balance")) * Fraction::whole(100)).exactly())
            .collect()
    }

    /// The state of the cover on a day.
    pub(crate) fn cover_on(&self, day: Day) -> &str {
        match self.tree.find(&["person", "coverage"]) {
            None => "in_force",
            Some(Tree::List(spells)) => spells
                .iter()
                .find(|spell| {
                    let until = spell.text("until").map(Day::read);
                    Day::read(spell.must("from")) <= day && until.is_none_or(|until| day <= until)
                })
                .map_or("none", |spell| spell.must("state")),
            Some(state) => state.as_text(),
        }
    }

    /// Does the provider fall in a class of facilities?
    pub(crate) fn is_in_facility(&self, class: &Tree) -> bool {
        let level = self.word(&["facility", "level"]).unwrap_or("0");
        let kind = self.word(&["facility", "kind"]).unwrap_or("general");
        let community = self.truth(&["facility", "community"], false).to_string();
        let tags = self
            .tree
            .find(&["facility"])
            .and_then(|f| f.texts("tags"))
            .unwrap_or_default();
        class
            .texts("levels")
            .is_none_or(|levels| levels.contains(&level))
            && class
                .texts("kinds")
                .is_none_or(|kinds| kinds.contains(&kind))
            && class
                .text("community")
                .is_none_or(|wanted| wanted == community)
            && class
                .texts("tags")
                .unwrap_or_default()
                .iter()
                .all(|tag| tags.contains(tag))
            && !class
                .texts("without")
                .unwrap_or_default()
                .iter()
                .any(|tag| tags.contains(tag))
    }

    /// Does the person fall in a class of persons, as far as status and identities go?
    fn is_otherwise(&self, class: &Tree, identities: &BTreeSet<&str>) -> bool {
        let status = self
            .tree
            .find(&["person"])
            .expect("a person")
            .must("status");
        class
            .texts("status")
            .is_none_or(|wanted| wanted.contains(&status))
            && class
                .texts("identities")
                .unwrap_or_default()
                .iter()
                .all(|id| identities.contains(id))
            && !class
                .texts("without")
                .unwrap_or_default()
                .iter()
                .any(|id| identities.contains(id))
    }

    fn retired(&self) -> Option<Day> {
        self.word(&["person", "retired"]).map(Day::read)
    }

    /// An error if it hangs on a day that the bill does not give whether the person falls in a class.
    pub(crate) fn can_be_told(
        &self,
        class: &Tree,
        identities: &BTreeSet<&str>,
        age: Option<i64>,
    ) -> Result<(), String> {
        if !self.is_otherwise(class, identities) {
            return Ok(());
        }
        if class.text("age").is_some() && age.is_none() {
            return Err("needs birth".to_owned());
        }
        if is_aged(class, age) && class.text("retired").is_some() && self.retired().is_none() {
            return Err("needs retirement".to_owned());
        }
        Ok(())
    }

    /// Does the person fall in a class of persons?
    pub(crate) fn is_person(
        &self,
        class: &Tree,
        identities: &BTreeSet<&str>,
        age: Option<i64>,
    ) -> bool {
        let in_time = |range| {
            self.retired()
                .is_some_and(|day| in_range(day, range, Day::read))
        };
        self.is_otherwise(class, identities)
            && is_aged(class, age)
            && class.text("retired").is_none_or(in_time)
    }
}

/// Does a class of persons take this age?
fn is_aged(class: &Tree, age: Option<i64>) -> bool {
    class.text("age").is_none_or(|range| {
        in_range(age.expect("an age"), range, |text| {
            text.parse().expect("an age")
        })
    })
}

/// `..44`, `45..69`, `70..`: both ends included.
fn in_range<T: PartialOrd>(value: T, range: &str, read: impl Fn(&str) -> T) -> bool {
    let (from, upto) = range.split_once("..").expect("a range");
    (from.is_empty() || value >= read(from)) && (upto.is_empty() || value <= read(upto))
}
