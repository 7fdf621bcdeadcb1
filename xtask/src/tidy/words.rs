//! Words that may not stand in a room's code: what the room must be able to do without.

use super::code::has_word;
use super::project::{Finding, Project};

/// What the code of `domain` does not say. Comments and strings may say it.
const NOT_IN_DOMAIN: &[(&str, &str)] = &[
    ("f32", FLOATS),
    ("f64", FLOATS),
    ("std::fs", WORLD),
    ("std::net", WORLD),
    ("std::io", WORLD),
    ("std::env", WORLD),
    ("std::process", WORLD),
    ("std::thread", WORLD),
    ("std::time", WORLD),
    ("SystemTime", WORLD),
    ("print!", WORLD),
    ("println!", WORLD),
    ("eprint!", WORLD),
    ("eprintln!", WORLD),
    ("rand", WORLD),
    ("async", WORLD),
    ("HashMap", ORDER),
    ("HashSet", ORDER),
    ("serde", FORMAT),
];
const FLOATS: &str = "no floats near money";
const WORLD: &str =
    "domain has no I/O, clock, randomness or async: it gets all it needs as arguments";
const ORDER: &str =
    "the same arguments give the same bytes: domain uses BTreeMap, BTreeSet or a Vec";
const FORMAT: &str = "domain's types are converted by hand in the room that knows the format";

/// The rooms whose code reads or writes files; all others get bytes or hand them out.
const WITH_FILES: &[&str] = &["policy", "store", "service", "cli"];
const FILES: &str = "only the rooms of WITH_FILES in xtask/src/tidy/words.rs touch files";

pub(super) fn check(project: &Project) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in project.files.iter().filter(|file| file.is_rust()) {
        let Some((room, _)) = file.in_room() else {
            continue;
        };
        for (line, number) in file.code().lines().zip(1..) {
            let mut note = |word: &str, rule| {
                if has_word(line, word) {
                    findings.push(file.finding(number, format!("found `{word}`"), rule));
                }
            };
            if room == "domain" {
                for (word, rule) in NOT_IN_DOMAIN {
                    note(word, rule);
                }
            } else if !WITH_FILES.contains(&room) {
                note("std::fs", FILES);
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::project::{of, places};
    use super::*;

    #[test]
    fn each_word_of_the_table_is_found_in_domain() {
        for (word, rule) in NOT_IN_DOMAIN {
            let source = format!("//! x\nlet x = {word};\n");
            let project = of(&[("crates/domain/src/fen.rs", &source)]);
            let findings = check(&project);
            assert_eq!(places(&findings), ["crates/domain/src/fen.rs:2"], "{word}");
            assert_eq!(findings[0].rule, *rule);
        }
    }

    #[test]
    fn a_comment_a_string_and_another_room_may_say_it() {
        let project = of(&[
            ("crates/domain/src/fen.rs", "//! No f64.\nlet x = \"rand\";"),
            ("crates/cli/src/main.rs", "let x: f64 = std::fs::read();"),
            ("crates/domain/tests/fen.rs", "let x: f64 = 1.0;"),
        ]);
        assert_eq!(check(&project), []);
    }

    #[test]
    fn files_are_touched_only_by_rooms_with_files() {
        let project = of(&[
            ("crates/agency/src/desk.rs", "use std::fs::File;"),
            ("crates/policy/src/shelf.rs", "use std::fs::File;"),
        ]);
        assert_eq!(places(&check(&project)), ["crates/agency/src/desk.rs:1"]);
    }
}
