//! `StoredEntry`: an entry as it stands in a table, before it is held to its form.

use crate::chain::{Hash, day_of, read_postings};
use crate::row::EntryRow;

/// An entry as it stands in a table of either engine.
pub(crate) struct StoredEntry<'a> {
    pub(crate) seq: u64,
    pub(crate) day: u32,
    /// 0 if there is none.
    pub(crate) year: u32,
    pub(crate) kind: &'a str,
    pub(crate) person: u64,
    pub(crate) party: &'a str,
    pub(crate) about: u64,
    pub(crate) policy: u32,
    pub(crate) postings: &'a str,
    pub(crate) record: &'a str,
    pub(crate) hash: &'a str,
}

impl StoredEntry<'_> {
    /// The entry, or what is wrong with it.
    pub(crate) fn read(&self) -> Result<EntryRow, String> {
        let day = day_of(self.day).ok_or_else(|| format!("{} is no day", self.day))?;
        let year = match self.year {
            0 => None,
            year => {
                let wrong = || format!("{year} is no first day of a year");
                Some(day_of(year).ok_or_else(wrong)?)
            }
        };
        Ok(EntryRow {
            seq: self.seq,
            day,
            year,
            kind: self.kind.to_owned(),
            person: self.person,
            party: self.party.to_owned(),
            about: self.about,
            policy: self.policy,
            postings: read_postings(self.postings)
                .ok_or("its postings are not of the form [[debit,credit,fen,rule],…]")?,
            record: self.record.to_owned(),
            hash: Hash::parse(self.hash).ok_or("its hash is no hash")?,
        })
    }
}
