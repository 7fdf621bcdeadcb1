//! `Townsman`: an insured person of the town as on its first day.

use domain::fen::Fen;
use domain::membership::Sex;
use domain::person::{Identity, Status};
use jiff::civil::Date;

use crate::dice::{Dice, Purpose};
use crate::disease::Disease;
use crate::identity::Slot;
use crate::name;
use crate::town::Town;

/// An insured person as on the town's first day; what happens later is told by [`Town::events_of`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Townsman {
    /// From 0 to one less than [`Town::persons`].
    pub number: u64,
    /// 公民身份号码 of 18 characters with a right check digit, in a district that does not exist.
    pub identity_number: String,
    /// Surname and given name.
    pub name: String,
    /// Sex.
    pub sex: Sex,
    /// Birth day; of some it lies after the town's first day.
    pub birth: Date,
    /// Status in the scheme.
    pub status: Status,
    /// Codes of [`Identity`], in its order.
    pub identities: Vec<String>,
    /// Number of the employer, of those in active employment.
    pub employer: Option<u32>,
    /// Monthly wage of the active; what the flexible declare.
    pub wage: Option<Fen>,
    /// Day of retirement, of the retired.
    pub retired: Option<Date>,
    /// What the person is treated for month by month.
    pub chronic: Option<Disease>,
    /// Number of a husband, wife, parent or child whose account may be linked (家庭共济).
    pub family: Option<u64>,
}

/// What decides a person's visits and events; no text, nothing allocated.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Traits {
    pub(crate) slot: Slot,
    pub(crate) birth: Date,
    /// Whole years on the town's first day; negative for those who are born later.
    pub(crate) age: i16,
    pub(crate) sex: Sex,
    pub(crate) status: Status,
    /// Age at which the person retires or has retired.
    pub(crate) retires_at: i16,
    pub(crate) employer: Option<u32>,
    pub(crate) wage: Option<Fen>,
    pub(crate) chronic: Option<Disease>,
}

/// Ages of a Chinese city by weight, after the census of 2020; the first are born within two years.
const AGES: &[(u32, (i16, i16))] = &[
    (12, (-2, -1)),
    (45, (0, 4)),
    (55, (5, 9)),
    (50, (10, 14)),
    (55, (15, 19)),
    (60, (20, 24)),
    (75, (25, 29)),
    (90, (30, 34)),
    (85, (35, 39)),
    (75, (40, 44)),
    (75, (45, 49)),
    (85, (50, 54)),
    (75, (55, 59)),
    (55, (60, 64)),
    (50, (65, 69)),
    (30, (70, 74)),
    (20, (75, 79)),
    (12, (80, 84)),
    (7, (85, 92)),
    (1, (93, 101)),
];

/// Up to this age: of a hundred who have not reached the age of retirement, how many are employed and how many flexible.
const WORK: &[(i16, u32, u32)] = &[
    (15, 0, 0),
    (19, 2, 0),
    (24, 40, 3),
    (49, 66, 9),
    (59, 60, 10),
];

/// Of a hundred who have reached the age of retirement, how many draw a pension; the others are insured as residents.
const PENSIONED: u32 = 66;

/// Deciles of the monthly wage in yuan: between two of them lies a tenth of the wages.
const WAGES: [u32; 11] = [
    2_300, 3_400, 4_100, 4_800, 5_600, 6_500, 7_600, 9_200, 11_800, 16_500, 30_000,
];

/// Up to this age, how many of a thousand have each of [`Disease::ALL`].
const CHRONIC: &[(i16, [u32; 6])] = &[
    (14, [0, 1, 0, 0, 0, 0]),
    (34, [8, 4, 1, 1, 1, 4]),
    (49, [60, 30, 6, 6, 1, 6]),
    (64, [150, 70, 25, 15, 3, 6]),
    (i16::MAX, [240, 110, 70, 25, 5, 6]),
];

impl Traits {
    pub(crate) fn of(town: &Town, number: u64) -> Traits {
        let slot = Slot::of(town.seed, number);
        let mut dice = Dice::new(town.seed, Purpose::Person, number, 0);
        let (youngest, oldest) = dice.weighed(AGES);
        let span = u32::from((oldest - youngest).unsigned_abs());
        let age = youngest + i16::try_from(dice.between(0, span)).unwrap_or(0);
        let sex = if dice.percent(51) {
            Sex::Male
        } else {
            Sex::Female
        };
        let retires_at = match sex {
            Sex::Male => 60,
            Sex::Female if dice.percent(45) => 55,
            Sex::Female => 50,
        };
        let status = status(&mut dice, age, retires_at);
        let employed = status == Status::Active;
        let employer = employed.then(|| dice.heavy_tail(town.employers()));
        let paid = employed || status == Status::Flexible;
        Traits {
            slot,
            birth: birth(town.start, age, slot.birthday()),
            age,
            sex,
            status,
            retires_at,
            employer,
            wage: paid.then(|| wage(&mut dice)),
            chronic: chronic(&mut dice, age),
        }
    }

    /// The birthday on which the person is `years` old.
    pub(crate) fn birthday(&self, years: i16) -> Date {
        let birth = self.birth;
        // Nobody is born on 29 February, so the day is there in every year.
        Date::new(birth.year() + years, birth.month(), birth.day()).unwrap_or(birth)
    }

    /// The day of retirement, of those who are or were in work.
    pub(crate) fn retirement(&self) -> Option<Date> {
        (self.status != Status::Resident).then(|| self.birthday(self.retires_at))
    }
}

/// The day, with this birthday, on which one is born who has this age on the first day.
fn birth(start: Date, age: i16, (month, day): (i8, i8)) -> Date {
    let not_yet = (month, day) > (start.month(), start.day());
    let year = start.year() - age - i16::from(not_yet);
    Date::new(year, month, day).unwrap_or(start)
}

/// Ages of retirement are those before the reform of 2025: 60 for men, 55 or 50 for women.
fn status(dice: &mut Dice, age: i16, retires_at: i16) -> Status {
    let lot = dice.below(100);
    if age >= retires_at {
        return if lot < PENSIONED {
            Status::Retired
        } else {
            Status::Resident
        };
    }
    let (_, employed, flexible) = WORK
        .iter()
        .find(|(upto, ..)| age <= *upto)
        .copied()
        .unwrap_or_default();
    if lot < employed {
        Status::Active
    } else if lot < employed + flexible {
        Status::Flexible
    } else {
        Status::Resident
    }
}

/// Even within a tenth, but in the highest tenth the high wages are rare.
pub(crate) fn wage(dice: &mut Dice) -> Fen {
    let tenth = dice.below(10) as usize;
    let (low, high) = (WAGES[tenth], WAGES[tenth + 1]);
    let above = if tenth == 9 {
        dice.heavy_tail(high - low)
    } else {
        dice.below(high - low)
    };
    Fen::from_yuan(u64::from(low + above))
}

fn chronic(dice: &mut Dice, age: i16) -> Option<Disease> {
    let (_, rates) = CHRONIC.iter().find(|(upto, _)| age <= *upto)?;
    let mut lot = dice.below(1000);
    for (disease, rate) in Disease::ALL.iter().zip(rates) {
        if lot < *rate {
            return Some(*disease);
        }
        lot -= rate;
    }
    None
}

impl Town {
    /// One person as on the town's first day; none beyond [`Town::persons`].
    #[must_use]
    pub fn person(&self, number: u64) -> Option<Townsman> {
        let traits = self.traits(number)?;
        let mut ties = Dice::new(self.seed, Purpose::Ties, number, 0);
        Some(Townsman {
            number,
            identity_number: traits.slot.number(self.region, traits.birth, traits.sex),
            name: name::of_person(
                &mut Dice::new(self.seed, Purpose::Name, number, 0),
                traits.sex,
            ),
            sex: traits.sex,
            birth: traits.birth,
            status: traits.status,
            identities: identities(&mut ties, &traits),
            employer: traits.employer,
            wage: traits.wage,
            retired: traits
                .retirement()
                .filter(|_| traits.status == Status::Retired),
            chronic: traits.chronic,
            family: ties
                .percent(50)
                .then(|| self.relative(number, &traits))
                .flatten(),
        })
    }

    /// What decides a person's visits and events; none beyond the town.
    pub(crate) fn traits(&self, number: u64) -> Option<Traits> {
        (number < self.persons()).then(|| Traits::of(self, number))
    }

    /// The first of a household of four numbers who has an account and may be husband, wife, parent or child.
    fn relative(&self, number: u64, of: &Traits) -> Option<u64> {
        let first = number - number % 4;
        (first..first + 4)
            .filter(|other| *other != number)
            .find(|other| {
                self.traits(*other).is_some_and(|other| {
                    let apart = (other.age - of.age).abs();
                    let spouse = of.age.min(other.age) >= 22 && other.sex != of.sex && apart <= 8;
                    let account = matches!(other.status, Status::Active | Status::Retired);
                    account && (spouse || (20..=42).contains(&apart))
                })
            })
    }
}

/// A table of who has which identity, in the order of [`Identity`], by ten-thousandths.
fn identities(dice: &mut Dice, person: &Traits) -> Vec<String> {
    let (age, status) = (person.age, person.status);
    let resident = status == Status::Resident;
    let in_work = status == Status::Active;
    let retired = status == Status::Retired;
    let frail = person.chronic.is_some() || age >= 60;
    let pupil = resident && (6..=22).contains(&age);
    let rates = [
        (
            Identity::CivilServant,
            if in_work {
                600
            } else if retired {
                800
            } else {
                0
            },
        ),
        (Identity::Subsistence, if resident { 150 } else { 15 }),
        (
            Identity::Destitute,
            if resident && age >= 60 { 60 } else { 0 },
        ),
        (Identity::LowIncomeMargin, if resident { 80 } else { 0 }),
        (Identity::ImpoverishedByIllness, if frail { 20 } else { 0 }),
        (Identity::Orphan, if resident && age < 18 { 8 } else { 0 }),
        (Identity::Disabled, if age >= 60 { 350 } else { 150 }),
        (
            Identity::Veteran,
            if age >= 50 && person.sex == Sex::Male {
                150
            } else {
                0
            },
        ),
        (Identity::ModelWorker, if retired { 20 } else { 0 }),
        (
            Identity::EnterpriseSupplement,
            if in_work {
                700
            } else if retired {
                300
            } else {
                0
            },
        ),
        (Identity::SignedDoctor, if frail { 3500 } else { 600 }),
        (
            Identity::Student,
            if pupil && age <= 18 {
                10_000
            } else if pupil {
                6_000
            } else {
                0
            },
        ),
        (
            Identity::Child,
            if resident && age < 6 { 10_000 } else { 0 },
        ),
        (
            Identity::Elder,
            if resident && age >= 60 { 10_000 } else { 0 },
        ),
    ];
    let mut codes = Vec::new();
    for (identity, rate) in rates {
        if rate > 0 && dice.myriad(rate) {
            codes.push(identity.code().to_owned());
        }
    }
    codes
}
