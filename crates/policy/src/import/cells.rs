//! `Cells`: the cells of one row by the names of their columns; reading them collects every fault.

use jiff::civil::Date;

use super::record::Record;
use super::spelling;

/// A column of a form.
#[derive(Debug)]
pub(super) struct Column {
    /// Its name in English, as headers have it.
    pub(super) name: &'static str,
    /// Its names in Chinese, which headers may have instead.
    pub(super) chinese: &'static [&'static str],
    /// The header must have it.
    pub(super) needed: bool,
}

impl Column {
    /// A column that the header must have.
    pub(super) const fn needed(name: &'static str, chinese: &'static [&'static str]) -> Column {
        let needed = true;
        Column {
            name,
            chinese,
            needed,
        }
    }

    /// A column that the header may lack.
    pub(super) const fn optional(name: &'static str, chinese: &'static [&'static str]) -> Column {
        let needed = false;
        Column {
            name,
            chinese,
            needed,
        }
    }

    /// Does a header with this text mean it?
    pub(super) fn is(&self, header: &str) -> bool {
        self.name == header || self.chinese.contains(&header)
    }
}

/// Something wrong in a cell.
pub(super) struct CellFault {
    /// The number of the column in the form, from 0.
    pub(super) column: usize,
    pub(super) value: Option<String>,
    pub(super) rule: String,
}

/// One row.
pub(super) struct Cells<'a> {
    record: &'a Record,
    columns: &'static [Column],
    /// Where each column of the form stands in the file.
    places: &'a [Option<usize>],
    faults: Vec<CellFault>,
}

impl<'a> Cells<'a> {
    pub(super) fn new(
        record: &'a Record,
        columns: &'static [Column],
        places: &'a [Option<usize>],
    ) -> Cells<'a> {
        let faults = Vec::new();
        Cells {
            record,
            columns,
            places,
            faults,
        }
    }

    /// What is wrong so far.
    pub(super) fn into_faults(self) -> Vec<CellFault> {
        self.faults
    }

    fn column(&self, name: &str) -> usize {
        let found = self.columns.iter().position(|column| column.name == name);
        debug_assert!(found.is_some(), "the form has no column `{name}`");
        found.unwrap_or_default()
    }

    fn cell(&self, column: usize) -> Option<&'a str> {
        let place = self.places.get(column).copied().flatten()?;
        Some(self.record.cell(place)).filter(|cell| !cell.is_empty())
    }

    /// A cell that must not be empty; none when there is a fault.
    pub(super) fn need<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let value = self.optional(name, read)?;
        if value.is_none() {
            self.fault(name, "it must not be empty");
        }
        value
    }

    /// A cell that may be empty; none when there is a fault.
    #[expect(
        clippy::option_option,
        reason = "a fault and an empty cell are two things"
    )]
    pub(super) fn optional<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<Option<T>> {
        let column = self.column(name);
        let Some(cell) = self.cell(column) else {
            return Some(None);
        };
        match read(cell) {
            Ok(value) => Some(Some(value)),
            Err(rule) => {
                let value = Some(cell.to_owned());
                self.faults.push(CellFault {
                    column,
                    value,
                    rule,
                });
                None
            }
        }
    }

    /// What stands in a cell between semicolons, also Chinese ones; none when there is a fault.
    pub(super) fn list<T>(
        &mut self,
        name: &str,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Option<Vec<T>> {
        let column = self.column(name);
        let Some(cell) = self.cell(column) else {
            return Some(Vec::new());
        };
        let mut values = Vec::new();
        let before = self.faults.len();
        for part in cell.split([';', '；']).map(str::trim) {
            let value = if part.is_empty() {
                Err("something stands before and after each semicolon".to_owned())
            } else {
                read(part)
            };
            match value {
                Ok(value) => values.push(value),
                Err(rule) => {
                    let value = Some(if part.is_empty() { cell } else { part }.to_owned());
                    self.faults.push(CellFault {
                        column,
                        value,
                        rule,
                    });
                }
            }
        }
        (self.faults.len() == before).then_some(values)
    }

    /// A first day and a last one that may be empty and does not lie before it; none when there is a fault.
    pub(super) fn days(&mut self, from: &str, until: &str) -> Option<(Date, Option<Date>)> {
        let first = self.need(from, spelling::day);
        let last = self.optional(until, spelling::day);
        let (first, last) = (first?, last?);
        if last.is_some_and(|last| last < first) {
            self.fault(until, spelling::ends_before(first));
            return None;
        }
        Some((first, last))
    }

    /// Tells that a cell does not go with another.
    pub(super) fn fault(&mut self, name: &str, rule: impl Into<String>) {
        let column = self.column(name);
        let value = self.cell(column).map(str::to_owned);
        let rule = rule.into();
        self.faults.push(CellFault {
            column,
            value,
            rule,
        });
    }
}
