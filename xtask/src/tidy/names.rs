//! Names that say nothing, forbidden for files and modules.

use super::project::{Finding, Project};

const EMPTY: &[&str] = &[
    "common", "helper", "helpers", "manager", "misc", "model", "models", "util", "utils",
];
const RULE: &str = "a file or module is named by the one thing it is";

pub(super) fn check(project: &Project) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in project.files.iter().filter(|file| file.is_rust()) {
        let Some((_, below)) = file.in_room() else {
            continue;
        };
        let mut parts = below.split('/').map(|part| part.trim_end_matches(".rs"));
        if let Some(name) = parts.find(|part| EMPTY.contains(part)) {
            findings.push(file.finding(1, format!("a file or folder `{name}`"), RULE));
        }
        for (line, number) in file.code().lines().zip(1..) {
            if let Some(name) = module(line).filter(|name| EMPTY.contains(name)) {
                findings.push(file.finding(number, format!("a module `{name}`"), RULE));
            }
        }
    }
    findings
}

/// The name of the module that this line declares or opens.
fn module(line: &str) -> Option<&str> {
    let mut words = line.split_whitespace();
    words.find(|word| *word == "mod")?;
    Some(words.next()?.trim_end_matches([';', '{']))
}

#[cfg(test)]
mod tests {
    use super::super::project::{of, places};
    use super::*;

    #[test]
    fn an_empty_name_is_found_as_file_folder_and_module() {
        let project = of(&[
            ("crates/policy/src/utils.rs", ""),
            ("crates/policy/src/model/band.rs", ""),
            (
                "crates/policy/src/lib.rs",
                "//! x\npub(crate) mod helpers;\nmod util {}",
            ),
        ]);
        assert_eq!(
            places(&check(&project)),
            [
                "crates/policy/src/utils.rs:1",
                "crates/policy/src/model/band.rs:1",
                "crates/policy/src/lib.rs:2",
                "crates/policy/src/lib.rs:3",
            ]
        );
    }

    #[test]
    fn the_model_in_the_tests_and_longer_names_are_allowed() {
        let project = of(&[
            ("crates/policy/tests/model.rs", "mod model {}"),
            ("crates/policy/src/common_year.rs", "mod utilities;"),
        ]);
        assert_eq!(check(&project), []);
    }
}
