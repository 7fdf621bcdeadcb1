//! `Sheet`: a table of text as a stream of rows; the header is held against the form before the first row.

use std::collections::HashMap;
use std::io::Read;

use sha2::{Digest, Sha256};

use super::cells::{CellFault, Cells, Column};
use super::lines::Lines;
use super::record::{Divided, Record};
use super::row_error::{RowError, RowErrors};

/// A row with the number of its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row<T> {
    /// The line, from 1.
    pub line: u64,
    /// What stands there.
    pub row: T,
}

/// What a form's rows are and how they are read.
pub(super) struct Form<T: 'static> {
    pub(super) columns: &'static [Column],
    pub(super) read: fn(&mut Cells<'_>) -> Option<T>,
    /// What stands once in a file.
    pub(super) once: Option<Once<T>>,
}

/// What a row is known by, so that it stands once in a file.
pub(super) struct Once<T> {
    /// The column that is to blame.
    pub(super) column: &'static str,
    /// What stands once, as a sentence has it.
    pub(super) what: &'static str,
    /// The text of it.
    pub(super) of: fn(&T) -> String,
}

/// A table of text, row by row. After a row with faults the next one is read; after a failure of the stream none is.
pub struct Sheet<T: 'static, R> {
    file: String,
    form: &'static Form<T>,
    divided: Divided,
    lines: Lines<R>,
    record: Record,
    /// The columns as the file names them, in the order of the form.
    headers: Vec<String>,
    /// Where each column of the form stands in the file.
    places: Vec<Option<usize>>,
    /// How many cells a row has.
    width: usize,
    /// On which line each row stands, by half a SHA-256 of what stands once: 16 bytes, however long that is.
    seen: HashMap<[u8; 16], u64>,
}

/// So many faults of one file are told by those who gather them; then the rest is not read.
const MOST_TOLD: usize = 1000;

impl<T, R: Read> Sheet<T, R> {
    /// With a header.
    pub(super) fn with_header(
        file: &str,
        input: R,
        form: &'static Form<T>,
    ) -> Result<Sheet<T, R>, RowErrors> {
        let mut lines = Lines::new(input);
        let mut record = Record::default();
        let whole = |rule: &str| RowErrors::of(file, None, rule);
        let line = lines.next().ok_or_else(|| whole("the file is empty"))?;
        let told = |rule: &str| RowErrors::of(file, Some(1), rule);
        let line = line.map_err(|rule| told(&rule))?;
        record.read(line, Divided::ByCommas).map_err(told)?;
        let places = header(file, &record, form.columns)?;
        let width = record.len();
        let name = |(place, column): (&Option<usize>, &Column)| {
            place
                .map_or(column.name, |place| record.cell(place))
                .to_owned()
        };
        let headers = places.iter().zip(form.columns).map(name).collect();
        Ok(Sheet {
            file: file.to_owned(),
            form,
            divided: Divided::ByCommas,
            lines,
            headers,
            places,
            width,
            record,
            seen: HashMap::new(),
        })
    }

    /// Without a header: `width` columns divided by tabs; each column of the form with its number, from 1, and its name.
    pub(super) fn without_header(
        file: &str,
        input: R,
        form: &'static Form<T>,
        width: usize,
        numbers: &[(usize, &str)],
    ) -> Sheet<T, R> {
        let header = |(number, name): &(usize, &str)| format!("{number} {name}");
        Sheet {
            file: file.to_owned(),
            form,
            divided: Divided::ByTabs,
            lines: Lines::new(input),
            record: Record::default(),
            headers: numbers.iter().map(header).collect(),
            places: numbers
                .iter()
                .map(|(number, _)| number.checked_sub(1))
                .collect(),
            width,
            seen: HashMap::new(),
        }
    }

    /// All rows at once.
    ///
    /// # Errors
    /// Everything that is wrong with them, up to a thousand faults.
    pub fn gather(self) -> Result<Vec<Row<T>>, RowErrors> {
        let file = self.file.clone();
        let (mut rows, mut errors) = (Vec::new(), Vec::new());
        for row in self {
            match row {
                Ok(row) if errors.is_empty() => rows.push(row),
                Ok(_) => {}
                Err(RowErrors(told)) => errors.extend(told),
            }
            if errors.len() >= MOST_TOLD {
                let rule = format!("{MOST_TOLD} faults are told; the rest of the file is not read");
                errors.extend(RowErrors::of(&file, None, rule).0);
                break;
            }
        }
        if errors.is_empty() {
            Ok(rows)
        } else {
            Err(RowErrors(errors))
        }
    }

    /// The row that has been taken apart.
    fn row(&mut self, line: u64) -> Result<Row<T>, RowErrors> {
        let (found, width) = (self.record.len(), self.width);
        if found != width {
            let cells = if found == 1 {
                "1 cell was"
            } else {
                &format!("{found} cells were")
            };
            let rule = format!("{cells} found; a row of this file has {width}");
            return Err(RowErrors::of(&self.file, Some(line), rule));
        }
        let mut cells = Cells::new(&self.record, self.form.columns, &self.places);
        let row = (self.form.read)(&mut cells);
        if let (Some(row), Some(once)) = (&row, &self.form.once) {
            let hash = Sha256::digest((once.of)(row).as_bytes());
            let mut half = [0; 16];
            half.copy_from_slice(&hash[..16]);
            let first = *self.seen.entry(half).or_insert(line);
            if first != line {
                let what = once.what;
                cells.fault(
                    once.column,
                    format!("{what} stands on line {first} already, and once in a file"),
                );
            }
        }
        let faults = cells.into_faults();
        match row {
            Some(row) if faults.is_empty() => Ok(Row { line, row }),
            _ => Err(RowErrors(
                faults
                    .into_iter()
                    .map(|fault| self.told(line, fault))
                    .collect(),
            )),
        }
    }

    fn told(&self, line: u64, fault: CellFault) -> RowError {
        RowError {
            file: self.file.clone(),
            line: Some(line),
            column: self.headers.get(fault.column).cloned(),
            value: fault.value,
            rule: fault.rule,
        }
    }
}

impl<T, R: Read> Iterator for Sheet<T, R> {
    type Item = Result<Row<T>, RowErrors>;

    /// The next row; lines with nothing in any cell are left out.
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let line = self.lines.next()?;
            let read = match line {
                Ok(line) => self.record.read(line, self.divided).map_err(str::to_owned),
                Err(rule) => Err(rule),
            };
            let number = self.lines.number();
            match read {
                Err(rule) => return Some(Err(RowErrors::of(&self.file, Some(number), rule))),
                Ok(()) if self.record.is_blank() => {}
                Ok(()) => return Some(self.row(number)),
            }
        }
    }
}

/// Where each column of the form stands; every fault of the header.
fn header(
    file: &str,
    record: &Record,
    columns: &[Column],
) -> Result<Vec<Option<usize>>, RowErrors> {
    let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
    let known = names.join(", ");
    let means = |place: usize| {
        columns
            .iter()
            .position(|column| column.is(record.cell(place)))
    };
    if !(0..record.len()).any(|place| means(place).is_some()) {
        let rule = format!("the first line names the columns, which are {known}");
        return Err(RowErrors::of(file, Some(1), rule));
    }
    let mut places = vec![None; columns.len()];
    let mut faults = Vec::new();
    let mut fault = |column: &str, rule: String| {
        let RowErrors(mut told) = RowErrors::of(file, Some(1), rule);
        told.iter_mut()
            .for_each(|told| told.column = Some(column.to_owned()));
        faults.extend(told);
    };
    for place in 0..record.len() {
        let text = record.cell(place);
        let Some(at) = means(place) else {
            fault(
                text,
                format!("the column is unknown; known here are {known}"),
            );
            continue;
        };
        match places.get(at).copied().flatten() {
            None => places[at] = Some(place),
            Some(first) => {
                let (first, second) = (first + 1, place + 1);
                fault(
                    text,
                    format!("columns {first} and {second} are the same; each stands once"),
                );
            }
        }
    }
    for (column, place) in columns.iter().zip(&places) {
        if column.needed && place.is_none() {
            let chinese = column.chinese.join(", ");
            let rule = format!("the header lacks it (in Chinese: {chinese})");
            fault(column.name, rule);
        }
    }
    if faults.is_empty() {
        Ok(places)
    } else {
        Err(RowErrors(faults))
    }
}
