//! `RowError`: one thing wrong in a table of text: the line, the column, the value found and the rule.

use std::fmt;

use crate::node::{on_one_line, shortened};

/// One thing that is wrong with a row, or with the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowError {
    /// Name of the file, as it was given.
    pub file: String,
    /// The line, from 1; absent when the file as a whole is meant.
    pub line: Option<u64>,
    /// The column, as the file names it; absent when the line as a whole is meant.
    pub column: Option<String>,
    /// What was found there; absent when it is nothing.
    pub value: Option<String>,
    /// The rule that is broken, without a full stop.
    pub rule: String,
}

/// `persons.csv:17: column "birth": "1990-02-30": a day is written like 2005-06-01`.
impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        f.write_str(": ")?;
        if let Some(column) = &self.column {
            write!(f, "column \"{}\": ", shortened(column, 40))?;
        }
        if let Some(value) = &self.value {
            write!(f, "\"{}\": ", on_one_line(value, 40))?;
        }
        f.write_str(&self.rule)
    }
}

/// Everything that is wrong with a row or a file; at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowErrors(pub Vec<RowError>);

impl RowErrors {
    /// Of a file, or of one of its lines, as a whole.
    pub(super) fn of(file: &str, line: Option<u64>, rule: impl Into<String>) -> RowErrors {
        RowErrors(vec![RowError {
            file: file.to_owned(),
            line,
            column: None,
            value: None,
            rule: rule.into(),
        }])
    }
}

impl fmt::Display for RowErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, error) in self.0.iter().enumerate() {
            if number > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{error}")?;
        }
        Ok(())
    }
}

impl std::error::Error for RowErrors {}
