//! The beginning of a demonstration: the town's employers, providers and catalogue are listed, its persons enrolled.

use std::sync::Arc;

use agency::act::Act;
use agency::record::Enrolled;
use agency::{Employer, Request};
use domain::Fen;
use domain::agreement::Agreement;
use domain::catalogue::CatalogueItem;
use domain::membership::Joining;
use domain::person::Status;
use jiff::civil::Date;
use serde_json::json;
use town::{TownFacility, Townsman};

use super::{CHUNK, Run, in_order};

/// Agreements and items of the town hold from this day on.
const LONG_AGO: Date = Date::constant(2000, 1, 1);

impl Run<'_> {
    pub(super) fn take_in(&mut self) -> Result<(), String> {
        let told = |e| self.desk.told(&e);
        let facilities = self.town.facilities();
        self.facilities = facilities.iter().map(|f| f.code.clone()).collect();
        let agreements = facilities.into_iter().map(agreement).collect();
        self.agency.list_institutions(agreements).map_err(told)?;
        let employers: Vec<_> = (0..self.town.employers())
            .filter_map(|number| self.town.employer(number))
            .collect();
        self.employers = employers.iter().map(|e| e.code.clone()).collect();
        let listed = employers
            .into_iter()
            .map(|e| (e.code, LONG_AGO, Employer { name: e.name }))
            .collect();
        self.agency.list_employers(listed).map_err(told)?;
        let items: Vec<_> = self.town.catalogue().iter().map(item).collect();
        self.agency.list_items(&items).map_err(told)?;
        for numbers in Arc::clone(&self.order).chunks(CHUNK) {
            let run = &*self;
            let requests = in_order(numbers, |number, done| {
                let townsman = run.town.person(number);
                let living = townsman.filter(|t| t.birth <= run.town.start());
                done.extend(living.map(|t| run.enrolment(&t, run.town.start())));
            });
            self.bulk(requests)?;
            self.progress.add(numbers.len() as u64);
        }
        Ok(())
    }

    /// An enrolment from a day; whoever is born later is a newborn.
    pub(super) fn enrolment(&self, townsman: &Townsman, from: Date) -> Request {
        let number = &townsman.identity_number;
        let (person, lookup) = self.agency.find(number);
        let text = json!({ "name": townsman.name, "identity_number": number }).to_string();
        let newborn = townsman.birth > self.town.start();
        let employer = townsman.employer.and_then(|n| {
            let at = usize::try_from(n).ok()?;
            self.employers.get(at).cloned()
        });
        let enrolled = Enrolled {
            status: townsman.status,
            joining: if newborn {
                Joining::Newborn
            } else {
                Joining::TransferIn
            },
            from,
            birth: Some(townsman.birth),
            sex: Some(townsman.sex),
            retired: townsman.retired,
            identities: townsman.identities.clone(),
            employer,
            base: townsman.wage,
            earlier_months: earlier(townsman, from),
            sealed: self.agency.key().seal_same(person, &text).ok(),
        };
        let act = Act::Enrol {
            enrolled,
            opening: Fen::ZERO,
        };
        Request {
            lookup: Some(lookup),
            ..Request::plain(person, act)
        }
    }
}

/// Whoever works or has worked has paid since the age of 22, elsewhere.
fn earlier(townsman: &Townsman, day: Date) -> u32 {
    let until = townsman.retired.unwrap_or(day);
    let years = until
        .year()
        .saturating_sub(townsman.birth.year())
        .saturating_sub(22);
    match townsman.status {
        Status::Resident => 0,
        _ => u32::try_from(years).unwrap_or(0) * 12,
    }
}

fn agreement(facility: TownFacility) -> Agreement {
    Agreement {
        code: facility.code,
        name: facility.name,
        region: facility.region,
        kind: facility.facility.kind,
        level: facility.facility.level,
        community: facility.facility.community,
        tags: facility.facility.tags,
        from: LONG_AGO,
        until: None,
        suspended: Vec::new(),
    }
}

fn item(item: &town::Item) -> CatalogueItem {
    CatalogueItem {
        code: item.code.to_owned(),
        name: item.name.to_owned(),
        category: item.category,
        class: item.class,
        limit: item.limit,
        first_share: item.first_share(),
        restriction: None,
        from: LONG_AGO,
        until: None,
    }
}
