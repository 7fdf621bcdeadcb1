//! Lists for a load: persons who can be billed today, items with a price, institutions; as CSV without quotes.

use std::fmt::Write as _;
use std::path::Path;

use agency::office::Office;
use agency::record::{Care, Cost, When};
use agency::state::PersonState;
use agency::{Agency, forecast};
use domain::agreement::Agreement;
use domain::bill::Category;
use domain::facility::FacilityKind;
use domain::setting::Setting;
use jiff::civil::Date;
use service::wire::ids::{PersonId, Region};

use super::Desk;
use crate::desk::person::today;

/// Rows read at once.
const PAGE: u32 = 10_000;

pub(super) fn write(agency: &Agency, folder: &Path, desk: &Desk<'_>) -> Result<(), String> {
    let told = |path: &Path, e: std::io::Error| format!("{}: {e}", path.display());
    std::fs::create_dir_all(folder).map_err(|e| told(folder, e))?;
    let lists = [
        ("persons.csv", persons(agency, desk)?),
        ("items.csv", items(agency)),
        ("institutions.csv", institutions(agency)),
    ];
    for (name, text) in lists {
        let path = folder.join(name);
        std::fs::write(&path, text).map_err(|e| told(&path, e))?;
    }
    Ok(())
}

/// Everybody whose purchases, visits and stays can be settled today.
fn persons(agency: &Agency, desk: &Desk<'_>) -> Result<String, String> {
    let mut text = String::from("number,identity,name,insurance,area\n");
    let day = today();
    let (region, office) = (Region::of(agency.region()), agency.office());
    let cares = cares(&office, day);
    for lane in agency.lane_ids().skip(1) {
        let mut after = None;
        loop {
            let page = agency.read(lane, move |store| {
                let persons = store.persons(after, PAGE)?;
                let identities = store.identities(after, PAGE)?;
                Ok((persons, identities))
            });
            let (persons, identities) = page.map_err(|e| desk.stored(e))?;
            let Some(last) = persons.last() else { break };
            after = Some(last.person);
            let mut identities = identities.into_iter().peekable();
            for row in &persons {
                while identities.next_if(|i| i.person < row.person).is_some() {}
                let identity = identities.next_if(|i| i.person == row.person);
                let state = PersonState::read(&row.state)?;
                let named = identity.and_then(|i| agency.key().open(row.person, &i.sealed).ok());
                let scheme = state.scheme(day);
                let billed = |care| can_be_billed(&office, (row.person, &state), care);
                let (Some(scheme), Some(named)) = (scheme, named) else {
                    continue;
                };
                // The account of a dead person may still be settled with the heirs; bills are not.
                let is_dead = state.heir.is_some();
                if is_dead || !cares.iter().all(billed) {
                    continue;
                }
                let insurance = service::wire::insurance(scheme);
                let Ok(named) = serde_json::from_str::<serde_json::Value>(&named) else {
                    continue;
                };
                let own = |key: &str| named[key].as_str().unwrap_or_default().replace(',', " ");
                let id = PersonId {
                    region,
                    number: row.person,
                };
                let number = id.told().unwrap_or_default();
                let (identity, name) = (own("identity_number"), own("name"));
                // Writing to a string cannot fail.
                let _ = writeln!(text, "{number},{identity},{name},{insurance},{region}");
            }
        }
    }
    Ok(text)
}

/// A purchase, a visit and a stay at the first institutions for them.
fn cares(office: &Office, day: Date) -> Vec<Care> {
    let mut all: Vec<_> = office.agreements.values().flatten().collect();
    all.sort_by(|a, b| a.code.cmp(&b.code));
    let of = |setting, pharmacy| {
        let fits = |a: &&&Agreement| (a.kind == FacilityKind::Pharmacy) == pharmacy;
        let institution = all.iter().find(fits)?;
        let until = (setting == Setting::Inpatient).then_some(day);
        let cost = Cost::Sums([0, 0, 0, 0, 10_000]);
        Some(Care::new(
            &institution.code,
            setting,
            When { from: day, until },
            cost,
        ))
    };
    let kinds = [
        (Setting::Pharmacy, true),
        (Setting::Outpatient, false),
        (Setting::Inpatient, false),
    ];
    let cares = kinds.into_iter();
    cares
        .filter_map(|(setting, pharmacy)| of(setting, pharmacy))
        .collect()
}

/// Would the funds look at it?
fn can_be_billed(office: &Office, (person, state): (u64, &PersonState), care: &Care) -> bool {
    let Ok((bill, version)) = forecast::bill(office, person, state, care) else {
        return false;
    };
    let settlement = domain::settle(&bill, &version.file.plan);
    settlement.is_ok_and(|settlement| settlement.refusal().is_none())
}

fn items(agency: &Agency) -> String {
    let mut text = String::from("code,price,own,use\n");
    for (item, number) in agency.office().catalogue.items().iter().zip(1_u32..) {
        let kind = match item.category {
            Category::Drug => "drug",
            _ => "service",
        };
        // The catalogue knows limits, not prices: whole yuan that differ from item to item.
        let price = 3 + u64::from(number) * 7 % 60;
        let code = item.code.replace(',', " ");
        let _ = writeln!(text, "{code},{price}.00,Y{number:05},{kind}");
    }
    text
}

fn institutions(agency: &Agency) -> String {
    let mut text = String::from("code,name,kind,area\n");
    let office = agency.office();
    let mut all: Vec<_> = office
        .agreements
        .values()
        .filter_map(|a| a.last())
        .collect();
    all.sort_by(|a, b| a.code.cmp(&b.code));
    let region = agency.region();
    for one in all {
        let kind = match one.kind {
            FacilityKind::Pharmacy => "pharmacy",
            _ => "hospital",
        };
        let name = one.name.replace(',', " ");
        let _ = writeln!(text, "{},{name},{kind},{region}", one.code);
    }
    text
}
