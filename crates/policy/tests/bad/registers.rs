//! Rows of registers: for each error the smallest row that provokes it, and the exact message.

use policy::import;

use crate::table::Table;

#[test]
fn registers() {
    Table::read("registers").check(|table, section| {
        let (form, _) = section
            .name
            .split_once(": ")
            .expect("the form, then the case");
        let source = section.source(form, table.base(form)).expect("a text");
        match import_all(form, source.text.as_bytes()) {
            Ok(()) => Vec::new(),
            Err(errors) => errors.0.iter().map(ToString::to_string).collect(),
        }
    });
}

fn import_all(form: &str, text: &[u8]) -> Result<(), import::RowErrors> {
    match form {
        "persons.csv" => import::persons(form, text)?.gather().map(|_| ()),
        "employers.csv" => import::employers(form, text)?.gather().map(|_| ()),
        "facilities.csv" => import::facilities(form, text)?.gather().map(|_| ()),
        "premiums.csv" => import::premiums(form, text)?.gather().map(|_| ()),
        "registrations.csv" => import::registrations(form, text)?.gather().map(|_| ()),
        "catalogue.csv" => import::catalogue(form, text).map(|_| ()),
        _ => panic!("no form `{form}`"),
    }
}
