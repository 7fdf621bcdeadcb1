//! Documents: each decision has a title, each relative link leads to a file of the project.

use super::project::{File, Finding, Project};

const TITLE: &str = "a decision begins with a title, `# …`";
const LINK: &str = "a relative link leads to a file or folder of the project";

pub(super) fn titles(project: &Project) -> Vec<Finding> {
    let decisions = project
        .files
        .iter()
        .filter(|file| file.path.starts_with("docs/decisions/"));
    decisions
        .filter(|file| !file.text.starts_with("# "))
        .map(|file| file.finding(1, "no title", TITLE))
        .collect()
}

pub(super) fn links(project: &Project) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in project
        .files
        .iter()
        .filter(|file| file.path.ends_with(".md"))
    {
        for (number, line) in prose(file) {
            for target in targets(&line) {
                if !leads_somewhere(project, file, target) {
                    findings.push(file.finding(number, format!("a link to `{target}`"), LINK));
                }
            }
        }
    }
    findings
}

/// The lines outside fenced code, without the code spans in them.
fn prose(file: &File) -> Vec<(usize, String)> {
    let mut fenced = false;
    let mut lines = Vec::new();
    for (number, line) in file.lines() {
        if ["```", "~~~"]
            .iter()
            .any(|f| line.trim_start().starts_with(f))
        {
            fenced = !fenced;
        } else if !fenced {
            lines.push((number, line.split('`').step_by(2).collect()));
        }
    }
    lines
}

/// What the line links to: `[a](target "title")`, `[a]: target`, `<img src="target">`.
fn targets(line: &str) -> Vec<&str> {
    let mut targets = Vec::new();
    for (opening, closing) in [("](", ')'), ("src=\"", '"'), ("href=\"", '"')] {
        for part in line.split(opening).skip(1) {
            targets.extend(part.split(closing).next());
        }
    }
    if line.starts_with('[') && !line.starts_with("[^") {
        targets.extend(line.split_once("]: ").map(|(_, target)| target));
    }
    let bare = targets
        .into_iter()
        .filter_map(|target| target.split_whitespace().next());
    bare.map(|target| target.trim_matches(['<', '>'])).collect()
}

/// Whether the target is elsewhere (an address, a place in the same file) or names a file or folder here.
fn leads_somewhere(project: &Project, from: &File, target: &str) -> bool {
    let path = target.split(['#', '?']).next().unwrap_or_default();
    let address = target.contains("://") || target.starts_with("mailto:");
    if address || path.is_empty() {
        return true;
    }
    let Some(path) = resolve(&from.path, path) else {
        return false;
    };
    let folder = format!("{path}/");
    let known = |file: &File| file.path == path || file.path.starts_with(&folder);
    path.is_empty() || project.files.iter().any(known)
}

/// The target as a path from the root; none if it leads out of the project.
fn resolve(from: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    if target.starts_with('/') {
        parts.clear();
    }
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::super::project::{of, places};
    use super::*;

    #[test]
    fn a_decision_without_a_title_is_found() {
        let project = of(&[
            ("docs/decisions/0001-fen.md", "# Fen\n"),
            ("docs/decisions/0002-days.md", "Days\n"),
            ("docs/days.md", "Days\n"),
        ]);
        assert_eq!(places(&titles(&project)), ["docs/decisions/0002-days.md:1"]);
    }

    fn dead(line: &str) -> usize {
        let project = of(&[
            ("docs/bill.md", line),
            ("docs/policy.md", ""),
            ("examples/stay.toml", ""),
            ("README.md", ""),
        ]);
        links(&project).len()
    }

    #[test]
    fn a_link_to_nothing_is_found() {
        for line in [
            "see [a](nothing.md)",
            "see [a](policy.md) and [b](nothing.md#x)",
            "![a](nothing.png \"title\")",
            "[a]: nothing.md",
            "<img src=\"nothing.svg\">",
            "[outside](../../other/file.md)",
            "[half a name](../exam)",
        ] {
            assert_eq!(dead(line), 1, "{line}");
        }
    }

    #[test]
    fn a_link_to_something_is_allowed() {
        for line in [
            "[a](policy.md#head), [b](<policy.md>), [c](../README.md)",
            "[a folder](../examples/), [a file](../examples/stay.toml)",
            "[here](#head), [the root](..), [from the root](/docs/policy.md)",
            "[away](https://example.org/x.md), [post](mailto:a@example.org)",
            "code is not a link: `[a](nothing.md)`",
            "```\n[a](nothing.md)\n```",
            "[^1]: a footnote",
        ] {
            assert_eq!(dead(line), 0, "{line}");
        }
    }
}
