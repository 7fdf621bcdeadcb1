//! Leftovers: what is forgotten in a file when it is handed over as done.

use super::code::has_word;
use super::project::{File, Finding, Project};

/// In Rust code, outside comments and strings.
const CODE: &[(&str, &str)] = &[
    ("todo!", DONE),
    ("unimplemented!", DONE),
    ("#[ignore", RUNS),
    (", ignore)]", RUNS),
];
/// Anywhere in a Rust file, as a word.
const MARKS: &[(&str, &str)] = &[("FIXME", DONE), ("XXX", DONE), ("```ignore", RUNS)];
/// The beginnings of paths that exist on one machine only.
const PLACES: &[&str] = &["/home/", "/root/", "/Users/"];

const DONE: &str = "what is not done is not in the code; write an issue or a `[[gap]]`";
const RUNS: &str = "every test runs";
const PATHS: &str = "nothing depends on one machine";
const SPACE: &str = "no line ends in white space";
const OVERFLOW: &str = "a wrong fen is a wrong bill: an overflow stops also in release";
const GIT: &str = "dependencies come from the registry, not from a git repository";

pub(super) fn check(project: &Project) -> Vec<Finding> {
    let files = project.files.iter().filter(|file| file.path != file!());
    files
        .flat_map(|file| {
            let mut findings = machine_paths(file);
            if file.is_rust() {
                findings.extend(unfinished(file));
            }
            if [".rs", ".md", ".toml"]
                .iter()
                .any(|end| file.path.ends_with(end))
            {
                findings.extend(trailing_space(file));
            }
            if file.path.ends_with("Cargo.toml") {
                findings.extend(git_dependencies(file));
            }
            findings.extend(unchecked_overflow(file));
            findings
        })
        .collect()
}

/// The workspace's release profile checks for overflow.
fn unchecked_overflow(file: &File) -> Option<Finding> {
    let workspace = file.path == "Cargo.toml" && file.text.contains("[workspace]");
    let unchecked = workspace && !file.text.contains("overflow-checks = true");
    unchecked.then(|| file.finding(1, "no `overflow-checks = true`", OVERFLOW))
}

fn unfinished(file: &File) -> Vec<Finding> {
    let code = file.code();
    let mut findings = Vec::new();
    for ((number, line), code) in file.lines().zip(code.lines()) {
        let in_code = CODE.iter().filter(|(word, _)| has_word(code, word));
        let anywhere = MARKS.iter().filter(|(word, _)| has_word(line, word));
        for (word, rule) in in_code.chain(anywhere) {
            findings.push(file.finding(number, format!("found `{word}`"), rule));
        }
    }
    findings
}

/// A path counts where it begins: `gov.cn/home/` and `docs/root/` are something else.
fn machine_paths(file: &File) -> Vec<Finding> {
    let inside = |c: char| c.is_ascii_alphanumeric() || ".-_~".contains(c);
    let mut findings = Vec::new();
    for (number, line) in file.lines() {
        for place in PLACES {
            let begins = |(start, _): (usize, &str)| {
                let before = line[..start].chars().next_back();
                !before.is_some_and(inside)
            };
            if line.match_indices(place).any(begins) {
                findings.push(file.finding(number, format!("found a path `{place}…`"), PATHS));
            }
        }
    }
    findings
}

fn trailing_space(file: &File) -> Vec<Finding> {
    file.lines()
        .filter(|(_, line)| line.ends_with(char::is_whitespace))
        .map(|(number, _)| file.finding(number, "white space at the end", SPACE))
        .collect()
}

fn git_dependencies(file: &File) -> Vec<Finding> {
    let from_git = |line: &str| {
        let mut keys = line.split('=').map(|part| part.trim_end());
        keys.next_back();
        keys.any(|key| key.split([' ', '{', ',', '.']).next_back() == Some("git"))
    };
    file.lines()
        .filter(|(_, line)| !line.trim_start().starts_with('#') && from_git(line))
        .map(|(number, _)| file.finding(number, "a git dependency", GIT))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::project::{of, places};
    use super::*;

    fn found(path: &str, line: &str) -> usize {
        check(&of(&[(path, line)])).len()
    }

    #[test]
    fn unfinished_code_and_sleeping_tests_are_found() {
        for line in [
            "todo!()",
            "unimplemented!(\"later\")",
            "#[ignore]",
            "#[ignore = \"slow\"]",
            "#[cfg_attr(debug_assertions, ignore)]",
            "// FIXME: later",
            "// XXX",
            "/// ```ignore",
        ] {
            assert_eq!(found("crates/domain/tests/a.rs", line), 1, "{line}");
        }
        for line in [
            "let a = \"todo!\";",
            "// nothing to do",
            "let a = \"420XXX\";",
        ] {
            assert_eq!(found("crates/domain/tests/a.rs", line), 0, "{line}");
        }
    }

    #[test]
    fn a_path_of_one_machine_is_found_in_any_file() {
        for line in [
            "see /root/shared",
            "\"/home/li/x\"",
            "在/root/下",
            "file:///home/li",
        ] {
            assert_eq!(found("policies/110000/a.csv", line), 1, "{line}");
        }
        for line in [
            "https://a.gov.cn/home/x",
            "docs/root/x",
            "../home/x",
            "/worker/",
        ] {
            assert_eq!(found("docs/a.md", line), 0, "{line}");
        }
    }

    #[test]
    fn white_space_at_the_end_is_found_where_it_matters() {
        for path in ["a.rs", "a.md", "Cargo.toml"] {
            assert_eq!(found(path, "a = 1 \n"), 1, "{path}");
            assert_eq!(found(path, "a = 1\n"), 0, "{path}");
        }
        assert_eq!(found("a.snap", "a \n"), 0);
        let project = of(&[("a.md", "a\n\nb\t\n")]);
        assert_eq!(places(&check(&project)), ["a.md:3"]);
    }

    #[test]
    fn a_workspace_that_does_not_check_for_overflow_is_found() {
        let checked = "[workspace]\n[profile.release]\noverflow-checks = true\n";
        assert_eq!(found("Cargo.toml", checked), 0);
        assert_eq!(found("Cargo.toml", "[workspace]\n"), 1);
        assert_eq!(found("fuzz/Cargo.toml", "[workspace]\n"), 0);
    }

    #[test]
    fn a_git_dependency_is_found_however_it_is_written() {
        for line in [
            "toml = { git = \"https://x\" }",
            "toml = { version = \"1\", git=\"https://x\" }",
            "git = \"https://x\"",
            "toml.git = \"https://x\"",
        ] {
            assert_eq!(found("fuzz/Cargo.toml", line), 1, "{line}");
        }
        for line in ["gitoxide = \"1\"", "# git = x", "a = { b = \"git\" }"] {
            assert_eq!(found("Cargo.toml", line), 0, "{line}");
        }
    }
}
