//! `yibao import`: takes registers and catalogues in, row by row; every row that is refused is told with its line.

mod lists;
mod national;
mod persons;

use std::fs::File;
use std::path::Path;
use std::process::ExitCode;

use agency::Agency;
use domain::words::Lang;
use policy::import::{RowError, RowErrors, Sheet};
use serde_json::{Value, json};

use super::Desk;
use crate::args::desk::{Import, Register};
use crate::output::{count, pretty};

/// So many faults of one file are told; the rest is counted.
const MOST_TOLD: usize = 1000;

pub(crate) fn run(command: &Import, desk: &Desk<'_>) -> Result<ExitCode, String> {
    let agency = desk.open()?;
    let work = Work {
        agency: &agency,
        command,
        desk,
    };
    let mut all = Vec::new();
    if command.national {
        if command.register != Register::Catalogue {
            let words = desk.output.say(
                "--national 只用于 catalogue",
                "--national is for the catalogue alone",
            );
            return Err(words.to_owned());
        }
        all.push(national::import(&work)?);
    } else {
        for file in &command.files {
            let came = work.file(file)?;
            if !command.json {
                work.tell(&came);
            }
            all.push(came);
        }
    }
    let output = desk.output;
    if command.json {
        let files: Vec<Value> = all.iter().map(Came::json).collect();
        output.line(&pretty(&json!({ "files": files })));
    } else if command.national {
        all.iter().for_each(|came| work.tell(came));
    }
    let good = all.iter().all(|came| came.refused == 0);
    Ok(if good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// How a register is opened.
type Opener<T> = fn(&str, File) -> Result<Sheet<T, File>, RowErrors>;

/// What is imported, into what, and how.
struct Work<'a> {
    agency: &'a Agency,
    command: &'a Import,
    desk: &'a Desk<'a>,
}

/// What a file came to.
#[derive(Debug, Default)]
struct Came {
    file: String,
    /// Rows that were recorded.
    taken: u64,
    /// Rows that were known already.
    known: u64,
    /// Rows that were refused.
    refused: u64,
    /// What is wrong, up to [`MOST_TOLD`] faults.
    faults: Vec<RowError>,
    /// The file was refused as a whole.
    whole: bool,
}

impl Came {
    fn of(file: &str) -> Came {
        Came {
            file: file.to_owned(),
            ..Came::default()
        }
    }

    /// A row, or the file, that cannot be read.
    fn refuse(&mut self, RowErrors(errors): RowErrors) {
        self.refused += 1;
        let room = MOST_TOLD.saturating_sub(self.faults.len());
        self.faults.extend(errors.into_iter().take(room));
    }

    /// A row that the agency refuses.
    fn refuse_row(&mut self, line: u64, rule: String) {
        let error = RowError {
            file: self.file.clone(),
            line: Some(line),
            column: None,
            value: None,
            rule,
        };
        self.refuse(RowErrors(vec![error]));
    }

    fn json(&self) -> Value {
        let fault = |e: &RowError| {
            json!({
                "line": e.line,
                "column": e.column,
                "value": e.value,
                "rule": e.rule,
            })
        };
        json!({
            "file": self.file,
            "recorded": self.taken,
            "known_already": self.known,
            "refused": self.refused,
            "file_refused": self.whole,
            "faults": self.faults.iter().map(fault).collect::<Vec<_>>(),
        })
    }
}

impl Work<'_> {
    fn file(&self, file: &Path) -> Result<Came, String> {
        match self.command.register {
            Register::Persons => persons::persons(self, file),
            Register::Premiums => persons::premiums(self, file),
            Register::Registrations => persons::registrations(self, file),
            Register::Employers => lists::employers(self, file),
            Register::Facilities => lists::facilities(self, file),
            Register::Catalogue => lists::catalogue(self, file),
        }
    }

    fn tell(&self, came: &Came) {
        let output = self.desk.output;
        for fault in &came.faults {
            output.aside(&fault.to_string());
        }
        let (file, taken, known, refused) = (
            &came.file,
            count(came.taken),
            count(came.known),
            count(came.refused),
        );
        let told = came.faults.len() >= MOST_TOLD;
        if told {
            output.aside(output.say("只列出前 1,000 处错误", "the first 1,000 faults are told"));
        }
        output.line(&match (output.lang, came.whole) {
            (Lang::Zh, false) => {
                format!("{file}：入库 {taken} 行，已有 {known} 行，拒绝 {refused} 行")
            }
            (Lang::En, false) => {
                format!("{file}: rows recorded {taken}, known already {known}, refused {refused}")
            }
            (Lang::Zh, true) => format!(
                "{file}：有 {refused} 行错误，整个文件未导入；--keep-good 可先导入正确的行"
            ),
            (Lang::En, true) => format!(
                "{file}: rows that are wrong {refused}, so nothing of the file was taken; --keep-good takes the good ones"
            ),
        });
    }
}
