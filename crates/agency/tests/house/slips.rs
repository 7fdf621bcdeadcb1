//! Slips kept a second time: of each settlement by its steps, not by its postings.

use std::collections::BTreeMap;

use agency::moment;
use agency::record::{Event, Settled, Told};
use agency::{Agency, LaneId, SlipRow};
use domain::Fen;
use domain::ledger::EntryKind;
use domain::step::{Effect, Payer};
use domain::words::Word as _;
use store::{EntryRow, KeyRow};

use super::laws;

/// The slips of a lane are those of its entries.
pub(crate) fn hold(
    agency: &Agency,
    lane: LaneId,
    entries: &BTreeMap<u64, EntryRow>,
    keys: &[KeyRow],
) -> Result<(), String> {
    let stored = agency.read(lane, |store| store.all_slips(None, u32::MAX));
    let stored = stored.map_err(|e| e.to_string())?;
    let mut expected: Vec<SlipRow> = entries.values().filter_map(|e| slip(e, entries)).collect();
    for slip in &mut expected {
        let key = keys.iter().find(|key| key.seq == slip.seq);
        slip.key = key.map(|key| key.key.clone()).unwrap_or_default();
    }
    expected.sort_by(|a, b| (&a.party, a.at, a.seq).cmp(&(&b.party, b.at, b.seq)));
    if stored == expected {
        return Ok(());
    }
    Err(format!(
        "slips are {stored:#?}\nand the entries come to {expected:#?}"
    ))
}

fn read(entry: &EntryRow) -> Told {
    Event::read(EntryKind::from_code(&entry.kind).unwrap(), &entry.record).unwrap()
}

fn slip(entry: &EntryRow, entries: &BTreeMap<u64, EntryRow>) -> Option<SlipRow> {
    let told = read(entry);
    let (about, settled) = match told.event {
        Event::Settled(settled) => (0, settled),
        Event::Reversed(_) => match read(&entries[&entry.about]).event {
            Event::Settled(settled) => (entry.about, settled),
            _ => return None,
        },
        _ => return None,
    };
    let day = entry.day.strftime("%Y%m%d000000").to_string();
    let paid = |of: fn(Payer) -> bool| paid(&settled, of);
    Some(SlipRow {
        party: settled.care.facility.clone(),
        at: told.at.map_or(day.parse().unwrap(), moment::digits),
        seq: entry.seq,
        about,
        person: entry.person,
        visit: settled.visit.unwrap_or(0),
        scheme: settled.scheme.spelt().into(),
        setting: settled.care.setting.spelt().into(),
        key: String::new(),
        total: paid(|_| true),
        funds: paid(Payer::is_fund),
        account: paid(|p| matches!(p, Payer::Current | Payer::Prior | Payer::Family)),
        cash: paid(|p| p == Payer::Cash),
        hospital: paid(|p| p == Payer::Hospital),
    })
}

fn paid(settled: &Settled, of: fn(Payer) -> bool) -> Fen {
    let steps = laws::steps(settled).into_iter();
    let paid = steps.filter(|step| matches!(step.effect, Effect::Paid(payer) if of(payer)));
    paid.map(|step| step.amount).sum()
}
