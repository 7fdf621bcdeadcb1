//! `Visit`: a visit to a doctor or pharmacy, or a stay, with what it cost.

use domain::bill::{Days, Line, Setting};
use domain::fen::Fen;
use domain::month::Month;
use domain::person::Status;
use jiff::Span;
use jiff::civil::Date;

use crate::dice::{Dice, Purpose};
use crate::disease::Disease;
use crate::facility::Sort;
use crate::fees::{Reason, Slip, Ward};
use crate::town::{Town, index};
use crate::townsman::Traits;

/// A visit or a stay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// When.
    pub days: Days,
    /// Setting of care.
    pub setting: Setting,
    /// Number of the provider.
    pub facility: u32,
    /// The chronic disease that it is for. Few policies distinguish one: the bill names it only where the policy does.
    pub disease: Option<Disease>,
    /// What it cost; each line states its amount.
    pub lines: Vec<Line>,
}

impl Visit {
    /// What it cost altogether.
    #[must_use]
    pub fn total(&self) -> Fen {
        self.lines.iter().filter_map(|line| line.amount).sum()
    }
}

/// Up to this age: outpatient visits of a thousand persons in an average month, stays of ten thousand.
const RATES: &[(i16, u32, u32)] = &[
    (4, 800, 110),
    (14, 450, 40),
    (39, 300, 75),
    (44, 480, 75),
    (59, 480, 120),
    (69, 800, 240),
    (79, 1000, 350),
    (i16::MAX, 1000, 470),
];

/// How much care there is in each month from January on, in hundredths of the average.
const SEASONS: [u32; 12] = [130, 115, 105, 95, 90, 85, 85, 85, 90, 95, 105, 120];

const OUTPATIENT: &[(u32, Sort)] = &[
    (38, Sort::Community),
    (10, Sort::Level1),
    (20, Sort::Level2),
    (24, Sort::Level3),
];
const TCM: &[(u32, Sort)] = &[(60, Sort::Tcm2), (40, Sort::Tcm3)];
const EMERGENCY: &[(u32, Sort)] = &[(50, Sort::Level2), (50, Sort::Level3)];
const CHRONIC: &[(u32, Sort)] = &[
    (45, Sort::Community),
    (10, Sort::Level1),
    (20, Sort::Level2),
    (25, Sort::Level3),
];
const INPATIENT: &[(u32, Sort)] = &[
    (10, Sort::Level1),
    (38, Sort::Level2),
    (40, Sort::Level3),
    (7, Sort::Tcm2),
    (5, Sort::Tcm3),
];

/// Nights of a stay by weight. None is longer than a month, so that a stay ends in the month after its admission at the latest.
const NIGHTS: &[(u32, (u32, u32))] = &[
    (20, (2, 4)),
    (45, (5, 8)),
    (25, (9, 14)),
    (8, (15, 21)),
    (2, (22, 28)),
];

/// A stay before its costs are known.
#[derive(Clone, Debug)]
struct Stay {
    admission: Date,
    discharge: Date,
    dice: Dice,
}

impl Town {
    /// The visits of a person that are settled in a month, in the order of their days: a stay stands in the month of its
    /// discharge and may have begun in the month before. None before birth, after death or moving away, or during a stay.
    pub fn visits_of(&self, number: u64, month: Month) -> impl Iterator<Item = Visit> + use<> {
        self.visits(number, month).unwrap_or_default().into_iter()
    }

    fn visits(&self, number: u64, month: Month) -> Option<Vec<Visit>> {
        let (first, last) = self.days_in(month)?;
        let traits = self.traits(number)?;
        let end = self.leaves(number, &traits, last);
        let there = first.max(traits.birth)..=end.unwrap_or(last);
        if there.is_empty() {
            return None;
        }
        let stays = [month.previous(), month].map(|begun| {
            let stay = self.stay(number, &traits, begun)?;
            // A stay ends at the latest when the person dies or moves away.
            let discharge = end.map_or(stay.discharge, |end| stay.discharge.min(end));
            (stay.admission <= discharge).then_some(Stay { discharge, ..stay })
        });
        let mut visits = Vec::new();
        for stay in stays.iter().flatten() {
            if there.contains(&stay.discharge) {
                visits.push(self.inpatient(number, &traits, stay));
            }
        }
        let free = |day: &Date| {
            let mut away = stays.iter().flatten();
            there.contains(day) && !away.any(|stay| (stay.admission..=stay.discharge).contains(day))
        };
        let mut dice = Dice::new(self.seed, Purpose::Visits, number, index(month));
        let errands = errands(&mut dice, &traits, month);
        for (setting, reason) in errands {
            let day = first
                .first_of_month()
                .saturating_add(Span::new().days(i64::from(dice.below(31))));
            if day <= last && free(&day) {
                visits.push(self.visit(number, &mut dice, (setting, reason), day));
            }
        }
        visits.sort_by_key(|visit| visit.days.settlement());
        Some(visits)
    }

    /// A visit of one day.
    fn visit(&self, number: u64, dice: &mut Dice, (setting, reason): Errand, day: Date) -> Visit {
        let sort = match reason {
            Reason::Acute => dice.weighed(OUTPATIENT),
            Reason::Tcm => dice.weighed(TCM),
            Reason::Emergency => dice.weighed(EMERGENCY),
            Reason::Chronic(Disease::Mental) => Sort::Psychiatric,
            Reason::Chronic(Disease::Dialysis | Disease::Tumour) => dice.weighed(EMERGENCY),
            Reason::Chronic(_) => dice.weighed(CHRONIC),
            Reason::Shopping(_) => Sort::Pharmacy,
        };
        Visit {
            days: Days::Service(day),
            setting,
            facility: self.chosen(number, dice, sort),
            disease: match reason {
                Reason::Chronic(disease) => Some(disease),
                Reason::Acute | Reason::Tcm | Reason::Emergency | Reason::Shopping(_) => None,
            },
            lines: Slip::of_visit(dice, reason, sort.rank(), day),
        }
    }

    /// A stay in a ward.
    fn inpatient(&self, number: u64, traits: &Traits, stay: &Stay) -> Visit {
        let mut dice = stay.dice.clone();
        let disease = traits.chronic.filter(|_| dice.percent(60));
        let sort = match disease {
            Some(Disease::Mental) => Sort::Psychiatric,
            _ => dice.weighed(INPATIENT),
        };
        let ward = Ward {
            admission: stay.admission,
            discharge: stay.discharge,
            rank: sort.rank(),
            disease,
        };
        Visit {
            days: Days::Stay {
                admission: stay.admission,
                discharge: stay.discharge,
            },
            setting: Setting::Inpatient,
            facility: self.chosen(number, &mut dice, sort),
            disease,
            lines: Slip::of_stay(&mut dice, &ward),
        }
    }

    /// The stay that begins in a month, unless one that was to begin in the month before reaches into it.
    fn stay(&self, number: u64, traits: &Traits, month: Month) -> Option<Stay> {
        let stay = self.drawn_stay(number, traits, month)?;
        let first = month.first_day();
        let earlier = self.drawn_stay(number, traits, month.previous());
        earlier
            .is_none_or(|earlier| earlier.discharge < first)
            .then_some(stay)
    }

    fn drawn_stay(&self, number: u64, traits: &Traits, month: Month) -> Option<Stay> {
        let (first, last) = (month.first_day(), month.last_day());
        let mut dice = Dice::new(self.seed, Purpose::Stay, number, index(month));
        let (_, _, rate) = rates(traits, first);
        let often = match traits.chronic {
            Some(Disease::Tumour | Disease::Dialysis | Disease::Mental) => 600,
            Some(Disease::Heart) => 200,
            Some(Disease::Hypertension | Disease::Diabetes) | None => 100,
        };
        // In millionths: by age, season and disease.
        let chance = rate * SEASONS[usize::from(month.month().unsigned_abs()) - 1] * often / 100;
        let falls_ill = dice.below(1_000_000) < chance;
        let admission = first.saturating_add(Span::new().days(i64::from(dice.below(31))));
        let (least, most) = match traits.chronic {
            Some(Disease::Mental) => (14, 28),
            _ => dice.weighed(NIGHTS),
        };
        let nights = dice.between(least, most);
        let fits = admission >= self.start.max(traits.birth) && admission <= last;
        (falls_ill && fits).then(|| Stay {
            admission,
            discharge: admission.saturating_add(Span::new().days(i64::from(nights))),
            dice,
        })
    }

    /// A provider of a sort: mostly the one that the household goes to.
    fn chosen(&self, number: u64, dice: &mut Dice, sort: Sort) -> u32 {
        let (first, count) = self.sort(sort);
        let mut household = Dice::new(self.seed, Purpose::Household, number / 4, sort as u64);
        let usual = household.below(count);
        first
            + if dice.percent(70) {
                usual
            } else {
                dice.below(count)
            }
    }
}

/// What takes a person out in a month.
type Errand = (Setting, Reason);

/// The visits of one day that a month holds, before their days are known.
fn errands(dice: &mut Dice, traits: &Traits, month: Month) -> impl Iterator<Item = Errand> + use<> {
    /// Four draws of a quarter of the rate each.
    const MOST: usize = 4;
    let season = SEASONS[usize::from(month.month().unsigned_abs()) - 1];
    let rate = rates(traits, month.first_day()).1;
    let mut errands = [None; MOST + 2];
    for errand in &mut errands[..MOST] {
        // The rate is in thousandths and the season in hundredths; a quarter of both together.
        let comes = dice.below(400_000) < rate * season;
        let lot = dice.below(100);
        *errand = comes.then_some(match lot {
            0..6 => (Setting::Emergency, Reason::Emergency),
            6..16 => (Setting::Outpatient, Reason::Tcm),
            _ => (Setting::Outpatient, Reason::Acute),
        });
    }
    let monthly = traits.chronic.filter(|_| dice.percent(85));
    errands[MOST] = monthly.map(|disease| (Setting::Chronic, Reason::Chronic(disease)));
    // Who has an account shops more.
    let shops = dice.percent(if traits.status == Status::Resident {
        8
    } else {
        30
    });
    errands[MOST + 1] = shops.then_some((Setting::Pharmacy, Reason::Shopping(traits.chronic)));
    errands.into_iter().flatten()
}

/// The row of the rates for the age in a month.
fn rates(traits: &Traits, first: Date) -> (i16, u32, u32) {
    let age = first.year() - traits.birth.year();
    let row = RATES.iter().find(|(upto, ..)| age <= *upto);
    row.copied().unwrap_or_default()
}
