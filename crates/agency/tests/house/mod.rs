//! `House`: an agency in a directory of its own with a few institutions, and short words for what is asked of it.
#![allow(dead_code, reason = "each test takes the part that it needs")]

pub(crate) mod laws;
pub(crate) mod mirror;
mod slips;

use std::path::{Path, PathBuf};

use agency::act::Act;
use agency::record::money::Stated;
use agency::record::{Care, Cost, Enrolled, FeeLine, When};
use agency::{Agency, Options, Place};
use domain::Fen;
use domain::agreement::Agreement;
use domain::bill::{Category, ItemClass};
use domain::facility::FacilityKind;
use domain::membership::{Joining, Sex};
use domain::person::Status;
use domain::policy::contribution::{Contributor, PremiumPurse};
use domain::region::Region;
use domain::setting::Setting;
use jiff::civil::{Date, date};
use tempfile::TempDir;

/// A hospital of level 3 within the region, designated since 2000.
pub(crate) const HOSPITAL: &str = "H00000000003";
/// A community centre of level 1, designated since 2000.
pub(crate) const CENTRE: &str = "H00000000001";
/// A pharmacy.
pub(crate) const PHARMACY: &str = "P00000000001";
/// A hospital of level 3 whose agreement ended with 2023.
pub(crate) const FORMER: &str = "H00000000009";

/// An agency in a directory of its own.
pub(crate) struct House {
    pub(crate) agency: Agency,
    pub(crate) options: Options,
    /// Removed when the house goes.
    pub(crate) root: TempDir,
}

impl House {
    /// A new agency of a region with so many lanes, and the institutions.
    pub(crate) fn new(region: &str, lanes: u8) -> House {
        let root = tempfile::tempdir().unwrap();
        let options = options(root.path(), region);
        let agency = Agency::create(&options, lanes).unwrap();
        agency.list_institutions(institutions(region)).unwrap();
        House {
            agency,
            options,
            root,
        }
    }
}

/// Where everything lies under a root. The key is always the same, so that persons have the same numbers every time.
pub(crate) fn options(root: &Path, region: &str) -> Options {
    let key = root.join("key");
    if !key.exists() {
        std::fs::write(&key, format!("{}\n", "5a".repeat(64))).unwrap();
    }
    Options {
        place: Place::Directory(root.join("data")),
        key,
        policies: policies(),
        region: Region::parse(region).unwrap(),
    }
}

pub(crate) fn policies() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies")
}

/// The institutions of every house.
pub(crate) fn institutions(region: &str) -> Vec<Agreement> {
    let agreement = |code: &str, kind, level| Agreement {
        code: code.into(),
        name: code.into(),
        region: Region::parse(region).unwrap(),
        kind,
        level,
        community: code == CENTRE,
        tags: Vec::new(),
        from: date(2000, 1, 1),
        until: (code == FORMER).then(|| date(2023, 12, 31)),
        suspended: Vec::new(),
    };
    vec![
        agreement(HOSPITAL, FacilityKind::General, 3),
        agreement(CENTRE, FacilityKind::General, 1),
        agreement(PHARMACY, FacilityKind::Pharmacy, 0),
        agreement(FORMER, FacilityKind::General, 3),
    ]
}

/// Enrolled for the first time, born on 6 May 1980 unless told otherwise, with a base of 8,000 yuan.
pub(crate) fn enrolled(status: Status, from: Date) -> Enrolled {
    Enrolled {
        status,
        joining: Joining::First,
        from,
        birth: Some(date(1980, 5, 6)),
        sex: Some(Sex::Female),
        retired: None,
        identities: Vec::new(),
        employer: None,
        base: (status == Status::Active).then(|| Fen::from_yuan(8000)),
        earlier_months: 0,
        sealed: None,
    }
}

/// Enrol without an opening balance.
pub(crate) fn enrol(enrolled: Enrolled) -> Act {
    let opening = Fen::ZERO;
    Act::Enrol { enrolled, opening }
}

/// Pay for months like 202401, by the policy's rows.
pub(crate) fn pay(first: u32, last: u32, paid: Date) -> Act {
    Act::Pay {
        first,
        last,
        base: None,
        stated: Vec::new(),
        paid,
    }
}

/// Pay for months like 202401 as the collector states it, where the policy has no rows: of a base of 8,000, 9 % for the fund and 2 % for
/// the account.
pub(crate) fn collected(first: u32, last: u32, paid: Date) -> Act {
    let stated = |payer, into, yuan: u64| Stated {
        payer,
        into,
        amount: Fen::from_yuan(yuan * u64::from(last + 1 - first)),
    };
    Act::Pay {
        first,
        last,
        base: None,
        stated: vec![
            stated(Contributor::Employer, PremiumPurse::Pooled, 720),
            stated(Contributor::Person, PremiumPurse::Account, 160),
        ],
        paid,
    }
}

pub(crate) fn credit(month: u32, on: Date) -> Act {
    Act::Credit { month, on }
}

/// An outpatient bill in whole yuan, all in scope.
pub(crate) fn outpatient(facility: &str, on: Date, yuan: u64) -> Care {
    care(facility, Setting::Outpatient, (on, None), yuan)
}

/// A bill in whole yuan, all in scope.
pub(crate) fn care(
    facility: &str,
    setting: Setting,
    (from, until): (Date, Option<Date>),
    yuan: u64,
) -> Care {
    let cost = Cost::Sums([0, 0, 0, 0, yuan * 100]);
    Care::new(facility, setting, When { from, until }, cost)
}

/// A visit that begins; its lines come later.
pub(crate) fn stay(facility: &str, from: Date) -> Care {
    Care {
        cost: Cost::none(),
        ..care(facility, Setting::Inpatient, (from, None), 0)
    }
}

pub(crate) fn settle(care: Care) -> Act {
    Act::Settle(Box::new(care))
}

/// One unit of class A for so many yuan.
pub(crate) fn line(item: &str, day: Date, yuan: u64) -> FeeLine {
    FeeLine {
        item: item.into(),
        class: ItemClass::A,
        category: Category::Other,
        quantity: 10_000,
        unit_price: yuan * 1_000_000,
        amount: None,
        limit: None,
        first_share: None,
        barred: false,
        hospital: false,
        tolerance: 0,
        day: Some(day),
        number: None,
        batch: None,
        disease: None,
        detail: None,
    }
}
