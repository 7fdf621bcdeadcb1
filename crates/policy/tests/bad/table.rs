//! `Table`: a file of cases, each a name, an input and what the program says to it; the file is its own snapshot.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use policy::{Errors, Source};

/// What stands before the messages of the program.
const SAID: &str = "! ";
/// What begins a case.
const NAME: &str = "## ";
/// What begins a text of its own within a case or within the part before the first one: `=== bill ===`.
const PART: &str = "=== ";

/// A file of cases.
pub(crate) struct Table {
    name: String,
    /// Everything before the first case: remarks and good texts that the cases change.
    head: String,
    sections: Vec<Section>,
}

/// One case.
#[derive(Clone)]
pub(crate) struct Section {
    pub(crate) name: String,
    input: Vec<String>,
}

impl Table {
    /// The file of this name beside the tests, without what the program said last time.
    pub(crate) fn read(name: &str) -> Table {
        let text = std::fs::read_to_string(path(name)).expect("the table can be read");
        // The head of a snapshot is between two lines `---`.
        let text = text
            .splitn(3, "---\n")
            .nth(2)
            .expect("a head of a snapshot");
        let mut sections: Vec<Section> = Vec::new();
        let mut head = String::new();
        for line in text
            .lines()
            .filter(|line| !line.starts_with(SAID.trim_end()))
        {
            if let Some(name) = line.strip_prefix(NAME) {
                let (name, input) = (name.to_owned(), Vec::new());
                sections.push(Section { name, input });
            } else if let Some(section) = sections.last_mut() {
                section.input.push(line.to_owned());
            } else {
                head.push_str(line);
                head.push('\n');
            }
        }
        for section in &mut sections {
            let end = section.input.iter().rposition(|line| !line.is_empty());
            section.input.truncate(end.map_or(0, |end| end + 1));
        }
        Table {
            name: name.to_owned(),
            head,
            sections,
        }
    }

    /// Everything that the program said in a file.
    pub(crate) fn said(name: &str) -> String {
        let text = std::fs::read_to_string(path(name)).expect("the table can be read");
        let said = text.lines().filter_map(|line| line.strip_prefix(SAID));
        said.collect::<Vec<_>>().join("\n")
    }

    /// The cases.
    pub(crate) fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// A good text of the head.
    pub(crate) fn base(&self, name: &str) -> &str {
        let mark = format!("{PART}{name} ===\n");
        let (_, text) = self
            .head
            .split_once(&mark)
            .expect("a good text of this name");
        let end = text.find(PART).unwrap_or(text.len());
        &text[..end]
    }

    /// Runs every case and compares the file with what comes out.
    pub(crate) fn check(&self, run: impl Fn(&Table, &Section) -> Vec<String>) {
        let names: BTreeSet<&String> = self.sections.iter().map(|s| &s.name).collect();
        assert_eq!(names.len(), self.sections.len(), "a name stands once");
        let mut text = self.head.clone();
        let mut wrong: Vec<&str> = Vec::new();
        for section in &self.sections {
            let said = run(self, section);
            // The good texts are good; everything else is a case because something is said to it.
            if said.is_empty() != section.input.is_empty() {
                wrong.push(&section.name);
            }
            text.push_str(&format!("{NAME}{}\n", section.name));
            for line in &section.input {
                text.push_str(&format!("{line}\n"));
            }
            for line in said.iter().flat_map(|said| said.lines()) {
                text.push_str(&format!("{SAID}{line}\n"));
            }
            text.push('\n');
        }
        assert!(wrong.is_empty(), "good and bad are mixed up: {wrong:#?}");
        snapshot(&self.name, &text);
    }
}

fn path(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad");
    folder.join(format!("{name}.snap"))
}

/// Compares with the snapshot of this name beside the tests.
pub(crate) fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(".");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

impl Section {
    /// The text that the case is about: the good text with the changes of the case, or the case's own text.
    pub(crate) fn source(&self, name: &str, base: &str) -> Result<Source, Errors> {
        let whole = self.input.first().and_then(|line| line.strip_prefix(PART));
        let (name, text) = match whole {
            Some(mark) => {
                let name = mark.trim_end_matches(" ===");
                (name, self.input[1..].join("\n") + "\n")
            }
            None => (name, changed(base, &self.input)),
        };
        Ok(Source::new(name, text.into_bytes())?)
    }

    /// The part of the input under a mark, for cases that change several texts; the first part needs none.
    pub(crate) fn part(&self, name: &str) -> Section {
        let mut current = "bill".to_owned();
        let mut input = Vec::new();
        for line in &self.input {
            match line.strip_prefix(PART) {
                Some(mark) => current = mark.trim_end_matches(" ===").to_owned(),
                None if current == name => input.push(line.clone()),
                None => {}
            }
        }
        Section {
            name: self.name.clone(),
            input,
        }
    }
}

/// The good text with changes: `key = …` replaces the line of that key, or is added; `-key` empties it; what is
/// indented continues the line before; from the first `[` on everything is added.
fn changed(base: &str, changes: &[String]) -> String {
    let mut lines: Vec<String> = base.trim_end().lines().map(str::to_owned).collect();
    let mut at = None;
    let mut verbatim = false;
    for change in changes {
        verbatim |= change.starts_with('[');
        let key = change.split_once(" = ").map(|(key, _)| format!("{key} = "));
        let known = |key: &str| lines.iter().position(|line| line.starts_with(key));
        match change
            .strip_prefix('-')
            .map(|key| known(&format!("{key} = ")))
        {
            _ if verbatim => lines.push(change.clone()),
            Some(line) => lines[line.expect("a line to empty")] = String::new(),
            None if change.starts_with(' ') => {
                let line: &mut String = &mut lines[at.expect("a line to continue")];
                line.push_str(&format!("\n{change}"));
            }
            None => {
                let line = key.and_then(|key| known(&key)).unwrap_or(lines.len());
                lines.resize(lines.len().max(line + 1), String::new());
                lines[line].clone_from(change);
                at = Some(line);
            }
        }
    }
    lines.join("\n") + "\n"
}
