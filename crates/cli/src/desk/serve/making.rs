//! The making of a demonstration: the town of the invented region and its test persons, whole or not at all.

use std::path::{Path, PathBuf};

use agency::Agency;
use domain::agreement::Agreement;
use domain::facility::FacilityKind;
use domain::region::Region;
use jiff::civil::Date;

use super::lives::{self, Calendar};
use super::{again, operators};
use crate::args::desk::{Demo, Place};
use crate::args::serve::{SANDBOX, Serve};
use crate::desk::person::today;
use crate::desk::{Desk, demo};

/// Of the town and of its key, from which the persons' numbers follow.
const SEED: u64 = 1;
/// Persons of the town.
const PERSONS: u64 = 2_000;
/// Months that have begun.
const MONTHS: u32 = 3;
/// An institution of another region, for those who live or were referred there.
const OTHER: (&str, &str) = ("H99980000001", "邻市第一人民医院");

/// The agency of the demonstration, made if there is no data directory.
pub(super) fn opened(command: &Serve, desk: &Desk<'_>) -> Result<Agency, String> {
    // A database is somebody's: nothing is made in it unasked.
    if desk.place.store.is_none() && !desk.place.data.exists() {
        made(command, desk)?;
    }
    let agency = desk.open()?;
    if command.is_sandbox(Some(agency.region())) {
        again::paid(&agency, today(), desk)?;
    }
    Ok(agency)
}

/// Makes it beside its place, and puts it there when it is whole.
fn made(command: &Serve, desk: &Desk<'_>) -> Result<(), String> {
    let (data, aside) = (&desk.place.data, beside(&desk.place.data));
    let told = |e: std::io::Error| format!("{}: {e}", aside.display());
    if aside.exists() {
        std::fs::remove_dir_all(&aside).map_err(told)?;
    }
    let place = Place {
        data: aside.clone(),
        key: Some(desk.key()),
        ..desk.place.clone()
    };
    let making = Desk {
        place: &place,
        ..*desk
    };
    built(command, &making)?;
    std::fs::rename(&aside, data).map_err(told)
}

fn beside(data: &Path) -> PathBuf {
    let mut name = data.as_os_str().to_owned();
    name.push(".making");
    name.into()
}

fn built(command: &Serve, desk: &Desk<'_>) -> Result<(), String> {
    let sandbox = Region::parse(SANDBOX).ok_or("the invented region is a region")?;
    let calendar = Calendar::of(today());
    let town = Demo {
        persons: PERSONS,
        months: MONTHS,
        seed: SEED,
        start: calendar.start,
        no_visits: true,
        lanes: 2,
        json: false,
    };
    let region = desk.place.of_region.unwrap_or(sandbox);
    let (agency, _) = demo::built(&town, desk, region, Some(calendar.ahead))?;
    if command.is_sandbox(Some(region)) {
        agency
            .list_institutions(vec![other()?])
            .map_err(|e| desk.told(&e))?;
        lives::lived(&agency, calendar, desk)?;
        operators::made(&agency, desk)?;
    }
    Ok(())
}

fn other() -> Result<Agreement, String> {
    let (code, name) = OTHER;
    Ok(Agreement {
        code: code.to_owned(),
        name: name.to_owned(),
        region: Region::parse(lives::ELSEWHERE).ok_or("the other region is a region")?,
        kind: FacilityKind::General,
        level: 3,
        community: false,
        tags: Vec::new(),
        from: Date::constant(2000, 1, 1),
        until: None,
        suspended: Vec::new(),
    })
}
