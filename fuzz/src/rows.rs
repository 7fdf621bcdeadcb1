//! Rows of tables: what holds of every table, whatever its bytes.

use std::io::Read;

use domain::catalogue::Catalogue;
use policy::import::{Row, RowErrors, Sheet};

/// The good rows. Lines go up, no error is empty, each stands on one line of its own and names a line that was read.
pub fn held<T, R: Read>(sheet: Result<Sheet<T, R>, RowErrors>) -> Vec<Row<T>> {
    let sheet = match sheet {
        Ok(sheet) => sheet,
        Err(errors) => {
            told(&errors);
            return Vec::new();
        }
    };
    let mut rows = Vec::new();
    let mut last = 0;
    for row in sheet {
        let line = match &row {
            Ok(row) => row.line,
            Err(errors) => told(errors).expect("a row has a line"),
        };
        assert!(line > last, "line {line} after line {last}");
        last = line;
        rows.extend(row);
    }
    rows
}

/// The line that the errors are about.
fn told(errors: &RowErrors) -> Option<u64> {
    let line = errors.0.first().expect("at least one error").line;
    for error in &errors.0 {
        assert!(!error.to_string().contains(['\n', '\r']), "{error}");
        assert!(!error.rule.is_empty(), "{error}");
        assert_eq!(error.line, line);
    }
    line
}

/// Every version is found on its first and its last day, and no version before its first day is itself.
pub fn looked_up(catalogue: &Catalogue) {
    for item in catalogue.items() {
        assert_eq!(catalogue.on(&item.code, item.from), Some(item));
        if let Some(until) = item.until {
            assert!(item.from <= until);
            assert_eq!(catalogue.on(&item.code, until), Some(item));
            if let Ok(after) = until.tomorrow() {
                assert_ne!(catalogue.on(&item.code, after), Some(item));
            }
        }
        if let Ok(before) = item.from.yesterday() {
            assert_ne!(catalogue.on(&item.code, before), Some(item));
        }
    }
}
