//! `TownFacility`: a hospital, community centre or pharmacy of the town.

use domain::facility::{Facility, FacilityKind};
use domain::region::Region;

use crate::identity;
use crate::town::Town;

/// A designated provider (定点医药机构).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TownFacility {
    /// National code of 12 characters: `H` for hospitals, `P` for pharmacies, the place, five digits.
    pub code: String,
    /// Name.
    pub name: String,
    /// As a bill tells it.
    pub facility: Facility,
    /// Where it lies.
    pub region: Region,
}

/// Kinds of providers in the order of their numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    Level3,
    Level2,
    Level1,
    Tcm3,
    Tcm2,
    Psychiatric,
    Community,
    Pharmacy,
}

impl Sort {
    /// 0 for a community centre or pharmacy, else the level.
    pub(crate) fn rank(self) -> usize {
        match self {
            Sort::Community | Sort::Pharmacy => 0,
            Sort::Level1 => 1,
            Sort::Level2 | Sort::Tcm2 | Sort::Psychiatric => 2,
            Sort::Level3 | Sort::Tcm3 => 3,
        }
    }
}

/// One sort: persons for each, kind, level, name before and after the number.
type Mix = (Sort, u64, FacilityKind, u8, (&'static str, &'static str));

/// About as many as in a Chinese city of a million: level 3 17, level 2 25, level 1 40, pharmacies 400.
const MIX: [Mix; 8] = [
    (
        Sort::Level3,
        60_000,
        FacilityKind::General,
        3,
        ("市第", "人民医院"),
    ),
    (
        Sort::Level2,
        40_000,
        FacilityKind::General,
        2,
        ("区第", "人民医院"),
    ),
    (
        Sort::Level1,
        25_000,
        FacilityKind::General,
        1,
        ("第", "街道医院"),
    ),
    (
        Sort::Tcm3,
        200_000,
        FacilityKind::Tcm,
        3,
        ("市第", "中医医院"),
    ),
    (
        Sort::Tcm2,
        100_000,
        FacilityKind::Tcm,
        2,
        ("区第", "中医医院"),
    ),
    (
        Sort::Psychiatric,
        300_000,
        FacilityKind::Psychiatric,
        2,
        ("第", "精神卫生中心"),
    ),
    (
        Sort::Community,
        15_000,
        FacilityKind::General,
        1,
        ("第", "社区卫生服务中心"),
    ),
    (
        Sort::Pharmacy,
        2_500,
        FacilityKind::Pharmacy,
        0,
        ("康宁大药房第", "店"),
    ),
];

/// How many there are of one sort: at least one.
fn count(town: &Town, mix: &Mix) -> u32 {
    u32::try_from(town.persons() / mix.1)
        .unwrap_or(u32::MAX)
        .max(1)
}

impl Town {
    /// How many providers there are.
    #[must_use]
    pub fn facility_count(&self) -> u32 {
        MIX.iter().map(|mix| count(self, mix)).sum()
    }

    /// All providers, in the order of the numbers that visits name.
    #[must_use]
    pub fn facilities(&self) -> Vec<TownFacility> {
        (0..self.facility_count())
            .filter_map(|number| self.facility(number))
            .collect()
    }

    /// One provider; none beyond [`Town::facility_count`].
    #[must_use]
    pub fn facility(&self, number: u32) -> Option<TownFacility> {
        let mut within = number;
        for mix in &MIX {
            if within < count(self, mix) {
                return Some(self.built(mix, number, within + 1));
            }
            within -= count(self, mix);
        }
        None
    }

    fn built(
        &self,
        (sort, _, kind, level, (before, after)): &Mix,
        number: u32,
        ordinal: u32,
    ) -> TownFacility {
        let region = self.district(number % 10);
        // Pharmacies come last and count anew, so that five digits do for the largest town.
        let (letter, order) = match sort {
            Sort::Pharmacy => ('P', ordinal),
            _ => ('H', number + 1),
        };
        TownFacility {
            code: format!("{letter}{region}{order:05}"),
            name: format!("{before}{ordinal}{after}"),
            facility: Facility {
                kind: *kind,
                level: *level,
                community: *sort == Sort::Community,
                tags: Vec::new(),
                designated: true,
                approved: false,
            },
            region,
        }
    }

    /// One of ten districts within the region; a region without districts is its own.
    fn district(&self, number: u32) -> Region {
        let district = identity::unissued(self.region, 0, number).to_string();
        let within = Region::parse(&district).filter(|district| self.region.covers(*district));
        within.unwrap_or(self.region)
    }

    /// The number of the first provider of a sort, and how many there are.
    pub(crate) fn sort(&self, sort: Sort) -> (u32, u32) {
        let before = MIX.iter().take_while(|mix| mix.0 != sort);
        let first = before.map(|mix| count(self, mix)).sum();
        (first, count(self, &MIX[sort as usize]))
    }
}
