//! The shipped policies as [`Region`]s: what a random bill must know to come near their edges, read by the model alone.

use std::path::{Path, PathBuf};

use crate::day::Day;
use crate::generate::policy::Region;
use crate::generate::space::{ELSEWHERE, Facility, KINDS, Person, Setting, Space};
use crate::rule::Rule;
use crate::tree::Tree;

/// Every policy file below `policies/` with its text, by path; those of examples without a region too.
pub(crate) fn files() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies");
    let mut found = Vec::new();
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("a text");
            // Case files and the national frame settle nothing.
            if Tree::read(&text)
                .expect("TOML")
                .find(&["setting"])
                .is_some()
            {
                found.push((path, text));
            }
        }
    }
    found.sort();
    found
}

/// What a bill must know of a policy; on a day after `last` another file holds.
pub(crate) fn region(text: &str, last: Option<Day>) -> Region {
    let tree = Tree::read(text).expect("a policy");
    let mut region = Region::written(text.to_owned(), space(&tree));
    region.code = kept(tree.must("region"));
    region.employee = tree.must("scheme") == "employee";
    region.first_day = Day::read(tree.must("effective"));
    let ends = tree
        .text("ends")
        .map(Day::read)
        .into_iter()
        .chain(last)
        .min();
    let days = ends.map_or(1100, |day| day.number() - region.first_day.number() + 1);
    region.days = usize::try_from(days.clamp(1, 1100)).expect("few days");
    let rule = Rule::of(tree.clone());
    region.starts = kept(rule.word("year", "starts"));
    region.split_by_day = rule.word("year", "cross") == "split_by_day";
    region.line_rounding = kept(rule.word("rounding", "line"));
    region.causes = tree
        .rows("exclusion")
        .iter()
        .map(|row| kept(row.must("cause")))
        .collect();
    region.causes.retain(|cause| *cause != "not_designated");
    region.gives_first_shares = !tree.rows("first_share").is_empty();
    edges(&rule, &mut region);
    region
}

/// A word that lives as long as the test.
fn kept(word: &str) -> &'static str {
    Box::leak(word.to_owned().into_boxed_str())
}

fn words(row: &Tree, key: &str) -> Option<Vec<&'static str>> {
    Some(row.texts(key)?.into_iter().map(kept).collect())
}

fn space(tree: &Tree) -> Space {
    let facilities: Vec<Facility> = tree.rows("facility").iter().map(facility).collect();
    let all = || facilities.iter().map(|f| f.id.clone()).collect();
    let setting = |row: &Tree| Setting {
        id: row.must("id").to_owned(),
        same_as: row.text("as").map(str::to_owned),
        has_funds: row.text("funds") != Some("none"),
        payer: "pooled",
        together: Vec::new(),
        facilities: row
            .texts("facilities")
            .map_or_else(all, |list| list.into_iter().map(str::to_owned).collect()),
    };
    let diseases = tree
        .rows("disease")
        .iter()
        .map(|row| row.must("id").to_owned());
    let known = tree.find(&["place"]).and_then(|place| place.texts("known"));
    let known = known.expect("known places").into_iter();
    assert!(known.clone().all(|p| p == "home" || ELSEWHERE.contains(&p)));
    Space {
        settings: tree.rows("setting").iter().map(setting).collect(),
        persons: tree.rows("person").iter().map(person).collect(),
        places: known.map(str::to_owned).collect(),
        diseases: diseases.collect(),
        facilities,
    }
}

fn facility(row: &Tree) -> Facility {
    let levels = row.texts("levels").unwrap_or(vec!["0", "1", "2", "3"]);
    Facility {
        id: row.must("id").to_owned(),
        levels: levels
            .iter()
            .map(|level| level.parse().expect("a level"))
            .collect(),
        kinds: words(row, "kinds").unwrap_or(KINDS.to_vec()),
        community: row.text("community").map(|word| word == "true"),
        tags: words(row, "tags").unwrap_or_default(),
        without: words(row, "without").unwrap_or_default(),
    }
}

fn person(row: &Tree) -> Person {
    let ends = |key| {
        let (low, high) = row.text(key)?.split_once("..")?;
        Some((
            Some(low).filter(|t| !t.is_empty()),
            Some(high).filter(|t| !t.is_empty()),
        ))
    };
    let ((young, old), (from, until)) = (
        ends("age").unwrap_or((None, None)),
        ends("retired").unwrap_or((None, None)),
    );
    let age = |text: &str| text.parse().expect("an age");
    Person {
        id: row.must("id").to_owned(),
        status: words(row, "status").unwrap_or(vec!["active", "retired", "flexible"]),
        age: (young.map(age), old.map(age)),
        retired: (from.map(Day::read), until.map(Day::read)),
        identities: words(row, "identities").unwrap_or_default(),
        without: words(row, "without").unwrap_or_default(),
    }
}

/// The amounts of the policy, for bills to come near.
fn edges(rule: &Rule, region: &mut Region) {
    for row in rule.rows("band") {
        let ends = ["over", "upto"]
            .into_iter()
            .filter_map(|key| row.find(&[key]));
        region
            .band_edges
            .extend(ends.map(|amount| rule.fen(amount)));
    }
    for layer in rule.rows("layer") {
        let ends = layer
            .rows("bands")
            .iter()
            .filter_map(|band| band.find(&["upto"]));
        let over = layer.find(&["over"]).into_iter();
        region
            .layer_edges
            .extend(ends.chain(over).map(|amount| rule.fen(amount)));
    }
    let caps = rule
        .rows("layer")
        .iter()
        .filter_map(|row| row.find(&["cap"]));
    region.edges.extend(caps.filter_map(|cap| rule.limit(cap)));
    region.edges.extend(region.band_edges.clone());
    region.edges.extend(region.layer_edges.clone());
    for facility in region.space.facilities.clone() {
        let id = facility.id.as_str();
        let there = |row: &&Tree| {
            let asked = row.texts("facility").is_none_or(|list| list.contains(&id));
            let amount = row.find(&["amount"]).expect("an amount");
            let by_facility = matches!(amount, Tree::Table(table) if !table.contains_key("of"));
            asked && (!by_facility || amount.find(&[id]).is_some())
        };
        let caps = rule.rows("cap").iter().filter(there);
        let caps = caps.filter_map(|row| rule.limit(rule.amount(row, id)));
        region.edges.extend(caps);
        for row in rule.rows("deductible").iter().filter(there) {
            region.edges.extend(rule.figures(row, id));
        }
    }
}
