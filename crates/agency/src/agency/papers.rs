//! Papers: what a door files at the office and finds again by how its code begins. The agency does not read them.

use jiff::civil::Date;
use store::{Batch, ListedRow, StoreError};

use super::Agency;

/// The kinds of papers begin so in the office's table, where its lists stand, too.
const PAPER: &str = "paper:";

/// A paper that was filed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// Its code.
    pub code: String,
    /// Its day.
    pub from: Date,
    /// What it says, as JSON.
    pub body: String,
}

impl Agency {
    /// Files a paper of a kind; the same kind, code and day is replaced. No text may hold the character of number 0. `done` is called in
    /// the office's thread when the paper is durable, or at once when too much waits.
    pub fn file(
        &self,
        kind: &str,
        code: &str,
        from: Date,
        body: String,
        done: impl FnOnce(Result<(), StoreError>) + Send + 'static,
    ) {
        let batch = Batch {
            listed: vec![ListedRow {
                kind: of_papers(kind),
                code: code.to_owned(),
                from,
                body,
            }],
            ..Batch::default()
        };
        self.read_then(self.office_lane(), move |store| store.commit(&batch), done);
    }

    /// The papers of a kind whose codes begin so, by code and day; all of them if the prefix is empty. `done` is called as by
    /// [`Agency::file`].
    pub fn filed(
        &self,
        kind: &str,
        prefix: &str,
        done: impl FnOnce(Result<Vec<Paper>, StoreError>) + Send + 'static,
    ) {
        let (kind, prefix) = (of_papers(kind), prefix.to_owned());
        self.read_then(
            self.office_lane(),
            move |store| {
                let rows = store.listed_like(&kind, &prefix, u32::MAX)?;
                let paper = |row: ListedRow| Paper {
                    code: row.code,
                    from: row.from,
                    body: row.body,
                };
                Ok(rows.into_iter().map(paper).collect())
            },
            done,
        );
    }
}

/// The kind as it stands in the table; who names it so already means the same.
fn of_papers(kind: &str) -> String {
    let kind = kind.strip_prefix(PAPER).unwrap_or(kind);
    format!("{PAPER}{kind}")
}
