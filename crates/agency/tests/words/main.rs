//! One source, rendered many times: the words for the staff stand in the glossary, and the table of rights in the security notes.
#![allow(clippy::unwrap_used, reason = "what fails ends the test")]

use std::path::Path;

use agency::deed::Doing;
use agency::domain::words::Lang;
use agency::operator::{Right, Role};
use agency::proposal::Stand;

fn document(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../docs")
        .join(name);
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn every_word_stands_in_the_glossary_with_its_chinese_name() {
    let glossary = document("glossary.md");
    let mut words: Vec<(&str, &str)> = Vec::new();
    words.extend(Role::ALL.iter().map(|w| (w.code(), w.name(Lang::Zh))));
    words.extend(Right::ALL.iter().map(|w| (w.code(), w.name(Lang::Zh))));
    words.extend(Stand::ALL.iter().map(|w| (w.code(), w.name(Lang::Zh))));
    words.extend(Doing::ALL.iter().map(|w| (w.code(), w.name(Lang::Zh))));
    for (code, name) in words {
        let row = format!("| `{code}` | {name} |");
        assert!(glossary.contains(&row), "docs/glossary.md lacks `{row}`");
    }
}

#[test]
fn the_table_of_rights_is_that_of_the_program() {
    let heads: Vec<_> = Role::ALL.iter().map(|role| role.name(Lang::En)).collect();
    let mut table = format!("| right | {} |\n", heads.join(" | "));
    table += &format!("| --- |{}\n", " --- |".repeat(heads.len()));
    for right in Right::ALL {
        let may = Role::ALL.iter().map(|role| match role.may(*right) {
            true => "yes",
            false => "–",
        });
        let may: Vec<_> = may.collect();
        table += &format!("| {} | {} |\n", right.name(Lang::En), may.join(" | "));
    }
    let notes = document("service-security.md");
    assert!(
        notes.contains(&table),
        "docs/service-security.md lacks:\n{table}"
    );
}
