//! The shape of a source: what it begins with, how long it and its functions are.

use super::code::has_word;
use super::project::{File, Finding, Project};

const FILE_LINES: usize = 500;
const BODY_LINES: usize = 70;

const TOLD: &str = "a file begins with a `//!` line that tells the one thing it is";
const FILE: &str = "a file has at most 500 lines, unless its first line says that it is a table";
const BODY: &str =
    "the body of a function has at most 70 lines, unless its comment says that it is a table";

pub(super) fn check(project: &Project) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in project.files.iter().filter(|file| has_shape(file)) {
        let first = file.text.lines().next().unwrap_or_default();
        if !first.starts_with("//! ") {
            findings.push(file.finding(1, format!("begins with `{first}`"), TOLD));
        }
        let length = file.text.lines().count();
        if length > FILE_LINES && !is_table(first) {
            findings.push(file.finding(FILE_LINES + 1, format!("{length} lines"), FILE));
        }
        if !file.path.ends_with("/tests.rs") {
            findings.extend(long_bodies(file));
        }
    }
    findings
}

fn has_shape(file: &File) -> bool {
    file.is_rust() && (file.in_room().is_some() || file.path.starts_with("xtask/src/"))
}

fn is_table(first: &str) -> bool {
    let first = first.to_lowercase();
    has_word(&first, "table") || has_word(&first, "tables")
}

/// Relies on rustfmt: what opens at an indent ends at the next `}` of the same indent.
fn long_bodies(file: &File) -> Vec<Finding> {
    let code = file.code();
    let lines: Vec<&str> = code.lines().collect();
    let mut findings = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        if let Some(open) = test_module(&lines, at) {
            at = end_of(&lines, open);
        } else if let Some(name) = function(lines[at])
            && let Some(open) = body(&lines, at)
        {
            let length = end_of(&lines, open) - open - 1;
            if length > BODY_LINES && !is_table(doc_comment(file, at)) {
                let found = format!("`{name}` has {length} lines");
                findings.push(file.finding(at + 1, found, BODY));
            }
        }
        at += 1;
    }
    findings
}

/// The line that opens the module which `#[cfg(test)]` on line `at` stands above.
fn test_module(lines: &[&str], at: usize) -> Option<usize> {
    if lines[at].trim() != "#[cfg(test)]" {
        return None;
    }
    let attribute = |line: &str| line.trim().is_empty() || line.trim().starts_with("#[");
    let next = (at + 1..lines.len()).find(|next| !attribute(lines[*next]))?;
    (has_word(lines[next], "mod") && lines[next].trim_end().ends_with('{')).then_some(next)
}

/// The name of the function whose declaration begins on this line.
fn function(line: &str) -> Option<&str> {
    let (before, after) = line.split_once("fn ")?;
    let qualifiers = ["const", "async", "unsafe", "extern", "default"];
    let declares = before.split_whitespace().all(|word| {
        word.starts_with("pub") || word == "in" || qualifiers.contains(&word) || word.ends_with(')')
    });
    let name = after.split(['(', '<']).next()?;
    declares.then_some(name)
}

/// The first line of the comment above the function that is declared on line `at`.
fn doc_comment(file: &File, at: usize) -> &str {
    let lines: Vec<&str> = file.text.lines().collect();
    let above = |line: &&&str| line.trim().starts_with("///") || line.trim().starts_with("#[");
    let comment = lines[..at].iter().rev().take_while(above);
    let first = comment.filter(|line| line.trim().starts_with("///")).last();
    first.copied().unwrap_or_default()
}

/// The line that opens the body of the function declared at `start`; none if it has none or is one line.
fn body(lines: &[&str], start: usize) -> Option<usize> {
    let same = |line: &&str| indent(line) == indent(lines[start]) && !line.trim().is_empty();
    let declared = (start..lines.len()).filter(|at| same(&lines[*at]));
    let mut ends = declared.filter(|at| lines[*at].trim_end().ends_with(['{', ';', '}']));
    ends.next()
        .filter(|at| lines[*at].trim_end().ends_with('{'))
}

/// The line that closes what is opened at `open`, or the last.
fn end_of(lines: &[&str], open: usize) -> usize {
    let closes = |line: &str| indent(line) == indent(lines[open]) && line.trim().starts_with('}');
    (open + 1..lines.len())
        .find(|at| closes(lines[*at]))
        .unwrap_or(lines.len() - 1)
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::super::project::{of, places};
    use super::*;

    const PATH: &str = "crates/domain/src/fen.rs";

    fn found(source: &str) -> Vec<String> {
        places(&check(&of(&[(PATH, source)])))
    }

    #[test]
    fn a_file_tells_what_it_is() {
        assert_eq!(found("use std::fmt;\n"), [format!("{PATH}:1")]);
        assert_eq!(found("//!\n//! Late.\n"), [format!("{PATH}:1")]);
        assert_eq!(found(""), [format!("{PATH}:1")]);
        assert!(found("//! Money.\n").is_empty());
    }

    #[test]
    fn a_long_file_is_found_unless_it_is_a_table() {
        let lines = "const A: u8 = 1;\n".repeat(FILE_LINES);
        let long = format!("{PATH}:{}", FILE_LINES + 1);
        assert_eq!(found(&format!("//! Money.\n{lines}")), [long]);
        assert!(found(&format!("//! The table of codes.\n{lines}")).is_empty());
    }

    #[test]
    fn a_long_body_is_found_whatever_its_declaration() {
        let body = "        x();\n".repeat(BODY_LINES + 1);
        for declaration in [
            "    fn f() {",
            "    pub(in crate::a) const unsafe fn f<T>() -> u8 {",
            "    fn f(\n        a: u8,\n    ) -> u8\n    where\n        u8: Copy,\n    {",
        ] {
            let source = format!("//! x\nimpl A {{\n{declaration}\n{body}    }}\n}}\n");
            assert_eq!(found(&source), [format!("{PATH}:3")], "{declaration}");
        }
    }

    #[test]
    fn a_long_body_that_is_a_table_is_allowed() {
        let body = "    x();\n".repeat(BODY_LINES + 1);
        let source = |comment| format!("//! x\n{comment}#[must_use]\nfn f() {{\n{body}}}\n");
        assert!(found(&source("/// The table of sentences.\n")).is_empty());
        assert_eq!(found(&source("/// Sentences.\n")), [format!("{PATH}:4")]);
    }

    #[test]
    fn a_body_of_just_the_length_and_the_tests_are_allowed() {
        let body = "    x();\n".repeat(BODY_LINES);
        assert!(found(&format!("//! x\nfn f() {{\n{body}}}\n")).is_empty());
        let tests = format!("#[cfg(test)]\nmod tests {{\n    fn f() {{\n{body}{body}    }}\n}}\n");
        assert!(found(&format!("//! x\n{tests}")).is_empty());
        let attribute = "#[cfg(test)]\n#[expect(x, reason = \"y\")]\n";
        let tests = tests.replace("#[cfg(test)]\n", attribute);
        assert!(found(&format!("//! x\n{tests}")).is_empty());
    }

    #[test]
    fn a_function_without_a_body_does_not_borrow_the_next() {
        let body = "    x();\n".repeat(BODY_LINES - 1);
        let source = format!("//! x\nfn a();\nfn b() {{}}\nfn c() {{\n{body}}}\n");
        assert!(found(&source).is_empty());
    }
}
