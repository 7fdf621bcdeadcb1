//! Every example, case file, policy file and printed settlement is valid against the schema that the program prints.

use jsonschema::Validator;
use serde_json::{Map, Value};
use toml::de::{DeTable, DeValue};

use crate::{bills, files, root, yibao};

/// The schema of a form, as the program prints it, ready to validate.
pub(crate) fn validator(form: &str) -> Validator {
    let schema = json(&yibao(&["schema", form], "").out);
    jsonschema::meta::validate(&schema).expect("it is a JSON Schema");
    jsonschema::draft202012::new(&schema).expect("it can be used")
}

/// A document as JSON; days of TOML become strings.
pub(crate) fn document(name: &str, text: &str) -> Value {
    if name.ends_with(".json") {
        return json(text);
    }
    let table = DeTable::parse(text).expect("it is TOML").into_inner();
    value(DeValue::Table(table))
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("it is JSON")
}

fn value(of: DeValue<'_>) -> Value {
    match of {
        DeValue::String(text) => Value::String(text.into_owned()),
        DeValue::Integer(number) => json(number.as_str()),
        DeValue::Float(number) => json(number.as_str()),
        DeValue::Boolean(b) => Value::Bool(b),
        DeValue::Datetime(day) => Value::String(day.to_string()),
        DeValue::Array(list) => list.into_iter().map(|v| value(v.into_inner())).collect(),
        DeValue::Table(table) => {
            let entry = |(key, v): (
                toml::Spanned<std::borrow::Cow<'_, str>>,
                toml::Spanned<DeValue<'_>>,
            )| { (key.into_inner().into_owned(), value(v.into_inner())) };
            Value::Object(table.into_iter().map(entry).collect::<Map<String, Value>>())
        }
    }
}

/// What a schema says of these files; nothing if all are valid.
fn wrong(form: &str, names: &[String]) -> Vec<String> {
    assert!(!names.is_empty(), "no file to hold against `{form}`");
    let validator = validator(form);
    let mut wrong = Vec::new();
    for name in names {
        let text = std::fs::read_to_string(root().join(name)).expect("it can be read");
        let document = document(name, &text);
        let errors = validator.iter_errors(&document);
        wrong.extend(errors.map(|e| format!("{name}: {}: {e}", e.instance_path())));
    }
    wrong
}

#[test]
fn every_example_is_a_bill() {
    assert_eq!(wrong("bill", &bills()), Vec::<String>::new());
}

/// Beside case files stand the policies that only they use.
fn is_case_file(file: &str) -> bool {
    (file.contains("/cases/") && !file.contains("/fixtures/")) || file.ends_with("/case.toml")
}

#[test]
fn every_case_file_is_one() {
    let mut cases = files("policies", &[".toml"]);
    cases.retain(|file| is_case_file(file));
    assert_eq!(wrong("case", &cases), Vec::<String>::new());
}

#[test]
fn every_policy_file_is_one() {
    let mut policies = files("policies", &[".toml"]);
    policies.retain(|file| !is_case_file(file) && !file.contains("/national/"));
    // The town has every table of the form.
    policies.extend(files("crates/cli/tests/it/town", &[".toml"]));
    assert_eq!(wrong("policy", &policies), Vec::<String>::new());
}

#[test]
fn what_settle_prints_is_a_settlement() {
    let validator = validator("settlement");
    for name in bills() {
        let settlement = json(&yibao(&["settle", "--json", &name], "").out);
        let errors: Vec<String> = validator
            .iter_errors(&settlement)
            .map(|e| format!("{}: {e}", e.instance_path()))
            .collect();
        assert_eq!(errors, Vec::<String>::new(), "{name}");
    }
}

#[test]
fn both_commands_print_the_schema_of_a_policy() {
    assert_eq!(
        yibao(&["schema", "policy"], "").out,
        yibao(&["policy", "schema"], "").out
    );
}

#[test]
fn the_receipt_names_all_that_is_needed_to_settle_again() {
    for name in bills() {
        let first = yibao(&["settle", "--json", &name], "").out;
        let policy = json(&first)["receipt"]["policy"].clone();
        let policy = format!("policies/{}.toml", policy.as_str().expect("it is named"));
        let again = yibao(
            &[
                "--lang", "zh", "settle", "--json", "--policy", &policy, &name,
            ],
            "",
        )
        .out;
        assert_eq!(first, again, "{name}");
    }
}

#[test]
fn the_step_that_is_documented_is_one() {
    let page =
        std::fs::read_to_string(root().join("docs/settlement.md")).expect("the page is there");
    let step = page
        .split("```json\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next());
    let step = json(step.expect("the page shows a step"));
    let mut schema = json(&yibao(&["schema", "settlement"], "").out);
    schema["$ref"] = Value::String("#/$defs/step".into());
    let validator = jsonschema::draft202012::new(&schema).expect("it can be used");
    let errors: Vec<String> = validator
        .iter_errors(&step)
        .map(|e| e.to_string())
        .collect();
    assert_eq!(errors, Vec::<String>::new());
}
