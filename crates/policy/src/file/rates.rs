//! The rates of the banks and the country's rules for keeping accounts, `policies/national/rates.toml`; `docs/policy.md` is the form.

use domain::cite::Document;
use domain::interest::{Rate, RateWord, Rates};
use domain::policy::Keeping;

use super::Places;
use super::amounts::ratio;
use super::ids::Ids;
use super::{head, keeping};
use crate::bill::needed;
use crate::error::Errors;
use crate::reader::{Reader, Table};
use crate::source::Source;

/// What the file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RatesFile {
    /// The documents it rests on; every cite of the file is to these.
    pub documents: Vec<Document>,
    /// The rates of the banks over time.
    pub rates: Rates,
    /// How accounts are kept where a region's file does not say.
    pub keeping: Keeping,
}

/// Reads the file.
///
/// # Errors
/// Everything that is wrong with it.
pub fn rates(source: &Source) -> Result<RatesFile, Errors> {
    let tree = source.tree()?;
    let mut r = Reader::new(source);
    let mut t = Table::root(&tree);
    let read = read(&mut r, &mut t);
    r.done(t);
    r.finish(read)
}

fn read(r: &mut Reader<'_>, t: &mut Table<'_>) -> Option<RatesFile> {
    let schema = head::schema(r, t);
    let (documents, ids) = head::documents(r, t);
    let ids = Ids::new(ids);
    let mut rates: Vec<Option<Rate>> = Vec::new();
    for mut t in r.tables(t, "bank_rate") {
        let row = rate(r, &mut t, &ids);
        let same = |known: &Rate| {
            row.as_ref()
                .is_some_and(|row| (row.word, row.from) == (known.word, known.from))
        };
        if rates.iter().flatten().any(same) {
            let message = "a row before gives this rate from this day on; each stands once";
            r.tell(t.at, &t.path, message);
        }
        r.done(t);
        rates.push(row);
    }
    let keeping = keeping::keeping(r, t, &ids, &mut Places::default());
    schema?;
    Some(RatesFile {
        documents,
        rates: Rates {
            rates: rates.into_iter().collect::<Option<_>>()?,
        },
        keeping,
    })
}

fn rate(r: &mut Reader<'_>, t: &mut Table<'_>, ids: &Ids) -> Option<Rate> {
    let word = needed(r, t, "rate", |r, f| {
        r.word(f, RateWord::ALL, RateWord::code)
    });
    let from = needed(r, t, "from", Reader::date);
    let yearly = needed(r, t, "yearly", ratio);
    let cite = ids.cite(r, t);
    Some(Rate {
        word: word?,
        from: from?,
        rate: yearly?.value,
        cite: cite?,
    })
}
