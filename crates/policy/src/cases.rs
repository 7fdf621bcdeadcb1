//! Case files: bills and what they must come to; `docs/cases.md` is the form.

use std::path::Path;

use domain::bill::Bill;
use domain::fen::Fen;
use domain::refusal::Refusal;
use domain::settlement::{Figure, Settlement};

use crate::bill::{bill, needed, optional};
use crate::error::Errors;
use crate::file::PolicyFile;
use crate::reader::{Field, Reader, Table};
use crate::source::Source;

/// A bill and what it must come to.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its name.
    pub name: String,
    /// Where the expected figures come from.
    pub source: String,
    /// A remark, e.g. the arithmetic by hand.
    pub note: Option<String>,
    /// The bill.
    pub bill: Bill,
    /// A policy file of its own, relative to the case file.
    pub policy: Option<String>,
    /// What it must come to.
    pub expected: Vec<(Figure, Fen)>,
    /// The reason for which the funds pay nothing.
    pub refused: Option<Refusal>,
    /// Why the source is wrong, and the figures that it published.
    pub wrong: Option<(String, Vec<(Figure, Fen)>)>,
}

/// Where a settlement differs from what was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// An amount is another one.
    Amount {
        /// Which.
        figure: Figure,
        /// What was expected.
        expected: Fen,
        /// What came out.
        found: Fen,
    },
    /// The refusal is another one, or there is none.
    Refusal {
        /// What was expected.
        expected: Option<Refusal>,
        /// What came out.
        found: Option<Refusal>,
    },
    /// The source is wrong, and yet all its figures came out.
    Agrees,
}

impl Case {
    /// The policy that the case names for itself, read from beside its case file; none where the policy in force holds.
    ///
    /// # Errors
    /// Everything that is wrong with that file.
    #[must_use]
    pub fn own_policy(&self, case_file: &Path) -> Option<Result<PolicyFile, Errors>> {
        let beside = case_file.parent().unwrap_or(Path::new("."));
        let path = beside.join(self.policy.as_ref()?);
        let source = Source::read(&path).map_err(Errors::from);
        Some(source.and_then(|source| PolicyFile::read(&source)))
    }

    /// Every difference between the settlement and the case.
    #[must_use]
    pub fn differences(&self, settlement: &Settlement) -> Vec<Difference> {
        let differs = |&(figure, expected): &(Figure, Fen)| {
            let found = settlement.figure(figure);
            (found != expected).then_some(Difference::Amount {
                figure,
                expected,
                found,
            })
        };
        let mut differences: Vec<Difference> = self.expected.iter().filter_map(differs).collect();
        if self.refused != settlement.refusal() {
            differences.push(Difference::Refusal {
                expected: self.refused,
                found: settlement.refusal(),
            });
        }
        if let Some((_, published)) = &self.wrong
            && published.iter().all(|p| differs(p).is_none())
        {
            differences.push(Difference::Agrees);
        }
        differences
    }
}

/// Reads a case file.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read(source: &Source) -> Result<Vec<Case>, Errors> {
    let tree = source.tree()?;
    let mut r = Reader::new(source);
    let mut t = Table::root(&tree);
    let tables = r.some_tables(&mut t, "case");
    // Every case is read, so that every error is told.
    let cases: Vec<Option<Case>> = tables
        .into_iter()
        .map(|table| case(&mut r, table))
        .collect();
    r.done(t);
    r.finish(cases.into_iter().collect())
}

fn case(r: &mut Reader<'_>, mut t: Table<'_>) -> Option<Case> {
    let text = |r: &mut Reader<'_>, f: &Field<'_>| r.text(f).map(str::to_owned);
    let name = needed(r, &mut t, "name", text);
    let source = needed(r, &mut t, "source", text);
    let note = optional(r, &mut t, "note", text);
    let policy = optional(r, &mut t, "policy", text);
    let bill = needed(r, &mut t, "bill", |r, f| {
        let table = r.table(f)?;
        bill(r, table)
    });
    let expected_field = t.take("expected");
    let expected = expected_field.as_ref().map(|f| expected_of(r, f));
    let wrong_field = t.take("wrong");
    let wrong = wrong_field.as_ref().map(|f| text(r, f));
    let published_field = t.take("published");
    let published = published_field.as_ref().map(|f| published_of(r, f));
    match (&wrong_field, &published_field) {
        (Some(field), None) => {
            let rule = "what is wrong is `published`, and it is missing";
            r.tell_field(field, rule);
        }
        (None, Some(field)) => r.tell(
            field.node.at,
            &field.path,
            "figures were found, and `wrong`, which says why they are, is missing",
        ),
        (None, None) if expected_field.is_none() => r.tell(
            t.at,
            &t.path_of("expected"),
            "it is missing; a case expects a figure or a refusal",
        ),
        (Some(_), Some(_)) | (None, None) => {}
    }
    r.done(t);
    let (expected, refused) = expected.unwrap_or(Some((Vec::new(), None)))?;
    let wrong = match (wrong, published) {
        (Some(wrong), Some(published)) => Some((wrong?, published?)),
        _ => None,
    };
    Some(Case {
        name: name?,
        source: source?,
        note: note?,
        bill: bill?,
        policy: policy?,
        expected,
        refused,
        wrong,
    })
}

type Figures = Vec<(Figure, Fen)>;

/// Figures, a refusal, or both.
fn expected_of(r: &mut Reader<'_>, field: &Field<'_>) -> Option<(Figures, Option<Refusal>)> {
    let mut t = r.table(field)?;
    let figures = figures(r, &mut t);
    let refused = optional(r, &mut t, "refused", |r, f| {
        r.word(f, Refusal::ALL, Refusal::code)
    });
    let keys = t.keys();
    r.done(t);
    if keys == 0 {
        r.tell(
            field.node.at,
            &field.path,
            "an empty table was found; a case expects a figure or a refusal",
        );
    }
    Some((figures?, refused?))
}

fn published_of(r: &mut Reader<'_>, field: &Field<'_>) -> Option<Figures> {
    let mut t = r.table(field)?;
    let figures = figures(r, &mut t);
    let keys = t.keys();
    r.done(t);
    if keys == 0 {
        r.tell(
            field.node.at,
            &field.path,
            "an empty table was found; a source that is wrong published a figure",
        );
    }
    figures
}

fn figures(r: &mut Reader<'_>, t: &mut Table<'_>) -> Option<Figures> {
    let mut figures = Vec::new();
    for &figure in Figure::ALL {
        if let Some(field) = t.take(figure.code()) {
            figures.push(r.yuan(&field).map(|amount| (figure, amount)));
        }
    }
    figures.into_iter().collect()
}
