//! `docs/import.md` is true: its examples are read, and every column that it names is known by every name that it gives.

use std::path::Path;

use policy::import::{self, RowErrors, Sheet};

/// A form as the document tells it.
struct Told {
    file: String,
    example: String,
    /// Each column: its name, its Chinese names, whether it is needed.
    columns: Vec<(String, Vec<String>, bool)>,
}

fn told() -> Vec<Told> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/import.md");
    let text = policy::Source::read(&path).expect("the document").text;
    let forms = text
        .split("\n## ")
        .filter(|section| section.contains("```csv\n"));
    forms.map(form).collect()
}

fn form(section: &str) -> Told {
    let (file, rest) = section.split_once('\n').expect("a title");
    let (_, rest) = rest.split_once("```csv\n").expect("an example");
    let (example, rest) = rest.split_once("```").expect("the end of the example");
    let columns = rest
        .lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let chinese = cells[2].split(", ").map(str::to_owned).collect();
            (
                cells[1].trim_matches('`').to_owned(),
                chinese,
                cells[3] == "yes",
            )
        });
    Told {
        file: file.to_owned(),
        example: example.to_owned(),
        columns: columns.collect(),
    }
}

/// How many rows are read of a form, whatever they are.
fn read(file: &str, text: &str) -> Result<usize, RowErrors> {
    fn count<T>(sheet: Result<Sheet<T, &[u8]>, RowErrors>) -> Result<usize, RowErrors> {
        Ok(sheet?.gather()?.len())
    }
    let bytes = text.as_bytes();
    match file {
        "persons.csv" => count(import::persons(file, bytes)),
        "employers.csv" => count(import::employers(file, bytes)),
        "facilities.csv" => count(import::facilities(file, bytes)),
        "premiums.csv" => count(import::premiums(file, bytes)),
        "registrations.csv" => count(import::registrations(file, bytes)),
        "catalogue.csv" => count(import::catalogue_rows(file, bytes)),
        _ => panic!("no form `{file}`"),
    }
}

#[test]
fn the_examples_are_read() {
    let forms = told();
    assert_eq!(forms.len(), 6);
    for Told { file, example, .. } in forms {
        let rows = example.lines().count() - 1;
        assert_eq!(read(&file, &example).map_err(|e| e.to_string()), Ok(rows));
    }
}

#[test]
fn the_columns_are_those_of_the_forms() {
    for Told {
        file,
        example,
        columns,
    } in told()
    {
        let names: Vec<&str> = columns.iter().map(|(name, _, _)| name.as_str()).collect();
        let header = names.join(",");
        assert_eq!(example.lines().next(), Some(header.as_str()), "{file}");
        // A form lists its columns when it knows none: those, and no others.
        let known = read(&file, "x").unwrap_err().0.remove(0).rule;
        assert!(
            known.ends_with(&format!("which are {}", names.join(", "))),
            "{file}: {known}"
        );
        for (place, (name, chinese, needed)) in columns.iter().enumerate() {
            for chinese in chinese {
                let mut names = names.clone();
                names[place] = chinese;
                assert_eq!(read(&file, &names.join(",")), Ok(0), "{file}: {chinese}");
            }
            let mut names = names.clone();
            names.remove(place);
            let missing = read(&file, &names.join(",")).is_err();
            assert_eq!(missing, *needed, "{file}: {name}");
        }
    }
}
