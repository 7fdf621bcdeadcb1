//! The slip of an entry: what an institution and the agency reconcile by, of a settlement or of one that is taken back.

use domain::Fen;
use domain::ledger::{EntryKind, LedgerAccount, Posting};
use domain::words::Word as _;
use jiff::civil::DateTime;
use store::{EntryRow, SlipRow};

use crate::answer::Answer;
use crate::moment;
use crate::record::{Event, Settled};

/// The slip of an entry that was recorded at a moment; none if it is no settlement and takes none back. What it takes back is `original`.
///
/// # Errors
/// When a settlement is taken back that is not there.
pub(crate) fn of(
    entry: &EntryRow,
    event: &Event,
    at: Option<DateTime>,
    original: Option<&EntryRow>,
) -> Result<Option<SlipRow>, String> {
    let plain = SlipRow {
        party: entry.party.clone(),
        at: at.map_or_else(|| moment::first(entry.day), moment::digits),
        seq: entry.seq,
        person: entry.person,
        ..SlipRow::default()
    };
    match event {
        Event::Settled(settled) => Ok(Some(told(plain, settled, &entry.postings))),
        Event::Reversed(reversed) if reversed.kind == EntryKind::Settlement => {
            let original = original.filter(|original| original.seq == entry.about);
            let settlement = original.and_then(|original| match Answer::of_record(original)? {
                Event::Settled(settled) => Some((settled, &original.postings)),
                _ => None,
            });
            let about = entry.about;
            let (settled, postings) =
                settlement.ok_or_else(|| format!("settlement {about} is not there"))?;
            Ok(Some(told(SlipRow { about, ..plain }, &settled, postings)))
        }
        _ => Ok(None),
    }
}

/// What the institution was to get by a settlement, and from whom.
fn told(plain: SlipRow, settled: &Settled, postings: &[Posting]) -> SlipRow {
    let mut slip = SlipRow {
        visit: settled.visit.unwrap_or(0),
        scheme: settled.scheme.spelt().to_owned(),
        setting: settled.care.setting.spelt().to_owned(),
        ..plain
    };
    for posting in postings {
        let Some(part) = part(&mut slip, posting) else {
            continue;
        };
        *part += posting.amount;
        slip.total += posting.amount;
    }
    slip
}

/// To which part of a slip a posting belongs; none if it is no money of the institution.
fn part<'s>(slip: &'s mut SlipRow, posting: &Posting) -> Option<&'s mut Fen> {
    use LedgerAccount as A;
    let to = |account: A| posting.credit == account.number();
    let from = |account: A| posting.debit == account.number();
    if to(A::Payable) {
        let accounts = from(A::Current) || from(A::Prior) || from(A::Granted);
        return Some(if accounts {
            &mut slip.account
        } else {
            &mut slip.funds
        });
    }
    to(A::Collected).then_some(if from(A::HospitalBorne) {
        &mut slip.hospital
    } else {
        &mut slip.cash
    })
}
