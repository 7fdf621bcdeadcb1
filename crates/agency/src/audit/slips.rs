//! `Slips`: the slips that the entries come to, each kept as a digest, to be laid beside those that are stored.

use std::collections::HashMap;

use jiff::civil::DateTime;
use sha2::{Digest as _, Sha256};
use store::{EntryRow, KeyRow, SlipRow};

use crate::record::Event;
use crate::slip;

type Digest = [u8; 16];

/// The slips that the entries come to.
#[derive(Default)]
pub(super) struct Slips {
    /// By entry: the slip without its key, which no entry tells.
    derived: HashMap<u64, Digest>,
    /// By entry: the key that its slip names, until the key is found.
    keys: HashMap<u64, Digest>,
}

impl Slips {
    /// The slip of an entry, if it has one.
    pub(super) fn derive(
        &mut self,
        entry: &EntryRow,
        event: &Event,
        at: Option<DateTime>,
        original: Option<&EntryRow>,
    ) {
        // What takes nothing back that is there breaks another law.
        if let Ok(Some(slip)) = slip::of(entry, event, at, original) {
            self.derived.insert(slip.seq, digest(&slip));
        }
    }

    /// What is wrong with a stored slip.
    pub(super) fn compare(&mut self, row: &SlipRow) -> Option<String> {
        self.keys.insert(row.seq, digest_of(&row.key));
        let plain = SlipRow {
            key: String::new(),
            ..row.clone()
        };
        let derived = self.derived.remove(&row.seq);
        (derived != Some(digest(&plain)))
            .then(|| format!("entry {}: its slip is not what it comes to", row.seq))
    }

    /// What is wrong with the key of an entry's slip, when the key is found.
    pub(super) fn key(&mut self, row: &KeyRow) -> Option<String> {
        let named = self.keys.remove(&row.seq)?;
        (named != digest_of(&row.key))
            .then(|| format!("entry {}: its slip names another key", row.seq))
    }

    /// What is left: settlements without a slip, and slips with a key that is none.
    pub(super) fn lost(self) -> impl Iterator<Item = String> {
        let missing = self.derived.into_keys();
        let missing = missing.map(|entry| format!("entry {entry}: there is no slip"));
        let none = digest_of("");
        let keys = self.keys.into_iter().filter(move |(_, key)| *key != none);
        missing.chain(
            keys.map(|(entry, _)| {
                format!("entry {entry}: its slip names a key, and there is none")
            }),
        )
    }
}

/// Texts end with a byte that no text holds.
fn digest(slip: &SlipRow) -> Digest {
    let mut hasher = Sha256::new();
    for text in [&slip.party, &slip.scheme, &slip.setting, &slip.key] {
        hasher.update(text.as_bytes());
        hasher.update([0xff]);
    }
    for number in [slip.at, slip.seq, slip.about, slip.person, slip.visit] {
        hasher.update(number.to_be_bytes());
    }
    for amount in [
        slip.total,
        slip.funds,
        slip.account,
        slip.cash,
        slip.hospital,
    ] {
        hasher.update(amount.fen().to_be_bytes());
    }
    short(&hasher.finalize())
}

fn digest_of(text: &str) -> Digest {
    short(&Sha256::digest(text.as_bytes()))
}

fn short(hash: &[u8]) -> Digest {
    let mut first = [0; 16];
    for (byte, of) in first.iter_mut().zip(hash) {
        *byte = *of;
    }
    first
}
