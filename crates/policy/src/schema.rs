//! The forms as JSON Schemas (draft 2020-12): definitions from `schemas/*.json`, words from the enums that the readers use.
//!
//! A definition file is a JSON object of definitions. What it refers to by the name of a word list is generated, as is
//! `"@each LIST": { … }`, one key for each word, and `"@codes LIST"`, the words in a list. So a word is written once, in `domain`.

mod lists;

use lists::WordList;

/// A form that has a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A bill; `docs/bill.md`.
    Bill,
    /// A policy file; `docs/policy.md`.
    Policy,
    /// A case file; `docs/cases.md`.
    Case,
    /// What `settle --json` prints; `docs/settlement.md`.
    Settlement,
}

const FIGURES: &str = include_str!("../schemas/figures.json");
const BILL: &str = include_str!("../schemas/bill.json");
const CASE: &str = include_str!("../schemas/case.json");
const POLICY: &str = include_str!("../schemas/policy.json");
const SETTLEMENT: &str = include_str!("../schemas/settlement.json");

impl Form {
    /// All of them.
    pub const ALL: [Form; 4] = [Form::Bill, Form::Policy, Form::Case, Form::Settlement];

    /// The definition that the whole document is.
    const fn root(self) -> &'static str {
        match self {
            Form::Bill => "bill",
            Form::Policy => "policy",
            Form::Case => "case_file",
            Form::Settlement => "settlement",
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Form::Bill => "yibao bill 账单",
            Form::Policy => "yibao policy file 政策文件",
            Form::Case => "yibao case file 算例",
            Form::Settlement => "yibao settlement 结算结果",
        }
    }

    const fn files(self) -> &'static [&'static str] {
        match self {
            Form::Bill => &[BILL, FIGURES],
            Form::Policy => &[POLICY, FIGURES],
            Form::Case => &[CASE, BILL, FIGURES],
            Form::Settlement => &[SETTLEMENT, FIGURES],
        }
    }
}

/// The schema of a form, as JSON.
#[must_use]
pub fn schema(form: Form) -> String {
    let lists = lists::all();
    let files = form.files().iter().map(|file| members(file));
    let mut definitions: Vec<String> = files.map(|text| expanded(text, &lists)).collect();
    let text = definitions.join("\n");
    let wanted = |list: &&WordList| text.contains(&format!("\"#/$defs/{}\"", list.name));
    definitions.extend(lists.iter().filter(wanted).map(WordList::definition));
    let (title, root) = (form.title(), form.root());
    let definitions = indented(&definitions.join(",\n"));
    format!(
        "{{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n  \"$id\": \"urn:yibao:{root}:1\",\n  \
         \"title\": \"{title}\",\n  \"$ref\": \"#/$defs/{root}\",\n  \"$defs\": {{\n{definitions}\n  }}\n}}"
    )
}

/// What stands between the outer braces of a definition file.
fn members(file: &str) -> &str {
    let inner = file
        .trim()
        .strip_prefix('{')
        .and_then(|f| f.strip_suffix('}'));
    inner.unwrap_or(file).trim_matches('\n')
}

/// Two spaces deeper.
fn indented(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| format!("  {line}")).collect();
    lines.join("\n")
}

/// `"@each LIST": { … }` and `"@codes LIST"` written out.
fn expanded(text: &str, lists: &[WordList]) -> String {
    let mut text = text.to_owned();
    for list in lists {
        let codes = list.codes().join(", ");
        text = text.replace(&format!("\"@codes {}\"", list.name), &codes);
        let key = format!("\"@each {}\": {{", list.name);
        while let Some(start) = text.find(&key) {
            let Some(end) = text[start + key.len()..].find('}') else {
                break;
            };
            let end = start + key.len() + end;
            let value = text[start + key.len()..end].trim().to_owned();
            let indent = text[..start]
                .rsplit('\n')
                .next()
                .unwrap_or_default()
                .to_owned();
            text.replace_range(start..=end, &list.keys(&value, &indent));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_to_expand() {
        for form in Form::ALL {
            let schema = schema(form);
            assert!(!schema.contains("\"@"), "{form:?}");
        }
    }

    #[test]
    fn whatever_is_referred_to_is_defined() {
        for form in Form::ALL {
            let schema = schema(form);
            for reference in schema.split("\"#/$defs/").skip(1) {
                let name = reference.split('"').next().unwrap_or_default();
                assert!(
                    schema.contains(&format!("    \"{name}\": {{")),
                    "{form:?}: {name}"
                );
            }
        }
    }
}
