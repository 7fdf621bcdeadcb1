//! `Slip`: the fee lines of a visit or stay, written item by item.

use domain::Fen;
use domain::bill::{Line, Quantity};
use domain::ratio::Round;
use jiff::civil::Date;

use crate::catalogue::{self as shelf, Item};
use crate::dice::Dice;
use crate::disease::Disease;

/// Places on the shelf of the laboratory: what everybody in a ward is tested for, and what only some are.
const ROUTINE: &[usize] = &[1, 4, 5, 7, 9];
const SPECIAL: &[usize] = &[3, 6, 8, 10, 11, 12, 13];

/// Places on the shelves of operations and of implants that go together, and how many are put in at most.
const IMPLANTED: &[(usize, usize, u32)] = &[
    (0, 4, 1),
    (3, 3, 2),
    (5, 2, 2),
    (6, 0, 3),
    (7, 1, 2),
    (9, 2, 2),
];

/// Fee lines as they arise.
pub(crate) struct Slip {
    lines: Vec<Line>,
}

/// What one visit is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    /// Something that passes.
    Acute,
    /// The same in the emergency department.
    Emergency,
    /// Something that passes, at a doctor of Chinese medicine.
    Tcm,
    /// A chronic disease, month by month.
    Chronic(Disease),
    /// To buy at a pharmacy; with the chronic disease that one also buys for.
    Shopping(Option<Disease>),
}

impl Slip {
    /// What a visit costs at a provider of this rank: 0 for a community centre or pharmacy, else the level.
    pub(crate) fn of_visit(dice: &mut Dice, reason: Reason, rank: usize, day: Date) -> Vec<Line> {
        let mut slip = Slip {
            lines: Vec::with_capacity(6),
        };
        match reason {
            Reason::Acute => {
                slip.add(&shelf::CONSULTATIONS[rank], 1, day);
                slip.examinations(dice, if rank == 0 { 25 } else { 60 }, day);
                slip.drugs(dice, day);
            }
            Reason::Emergency => {
                slip.add(&shelf::EMERGENCY_FEES[0], 1, day);
                slip.add(&shelf::LABORATORY[0], 1, day);
                slip.examinations(dice, 70, day);
                slip.add(&shelf::TREATMENTS[1], 1, day);
                slip.add(dice.pick(shelf::WARD_DRUGS), dice.between(1, 3), day);
                slip.drugs(dice, day);
            }
            Reason::Tcm => slip.tcm(dice, day),
            Reason::Chronic(disease) => {
                slip.add(&shelf::CONSULTATIONS[rank], 1, day);
                slip.chronic(dice, disease, day);
            }
            Reason::Shopping(disease) => slip.shopping(dice, disease, day),
        }
        slip.lines
    }

    /// What a stay costs.
    pub(crate) fn of_stay(dice: &mut Dice, stay: &Ward) -> Vec<Line> {
        let mut slip = Slip {
            lines: Vec::with_capacity(24),
        };
        slip.ward(dice, stay);
        slip.admission(dice, stay);
        if stay.disease == Some(Disease::Mental) {
            slip.daily(&shelf::MENTAL[3], 1, stay);
            slip.add(&shelf::MENTAL[0], 2, stay.admission);
            return slip.lines;
        }
        let drugs = dice.between(2, 4);
        for drug in dice.several(shelf::WARD_DRUGS, drugs) {
            slip.daily(drug, dice.between(1, 3), stay);
        }
        if stay.disease == Some(Disease::Tumour) {
            let therapy = dice.pick(shelf::TUMOUR);
            slip.add(therapy, dice.between(1, 2), stay.admission);
        }
        if stay.disease == Some(Disease::Dialysis) {
            for item in shelf::DIALYSIS {
                slip.add(item, stay.nights().div_ceil(3), stay.admission);
            }
        }
        if dice.percent(32) {
            slip.operation(dice, stay.admission);
        }
        if dice.percent(4) {
            slip.intensive(dice, stay);
        }
        slip.lines
    }

    /// A line of so many units. The amount is exact in fen, whatever the rounding of the policy.
    fn add(&mut self, item: &Item, units: u32, day: Date) {
        let quantity = Quantity(u64::from(units) * 10_000);
        self.lines.push(Line {
            item: item.code.to_owned(),
            class: item.class,
            category: item.category,
            quantity,
            unit_price: item.price,
            amount: item.price.times(quantity, Round::Down),
            limit: item.limit,
            first_share: item.first_share(),
            barred: false,
            hospital: false,
            tolerance: Fen::ZERO,
            day: Some(day),
        });
    }

    /// So many units each night. A stay over a month's end has a line in each of the months, so that it can be divided there.
    fn daily(&mut self, item: &Item, units: u32, stay: &Ward) {
        let nights = stay.nights();
        let before = days(stay.admission, stay.admission.last_of_month())
            .saturating_add(1)
            .min(nights);
        self.add(item, units * before, stay.admission);
        if nights > before {
            self.add(item, units * (nights - before), stay.discharge);
        }
    }

    /// Tests and pictures, each with this chance.
    fn examinations(&mut self, dice: &mut Dice, percent: u32, day: Date) {
        if dice.percent(percent) {
            self.add(dice.pick(shelf::LABORATORY), 1, day);
        }
        if dice.percent(percent / 2) {
            self.add(dice.pick(shelf::IMAGING), 1, day);
        }
        if dice.percent(percent / 4) {
            self.add(dice.pick(shelf::TREATMENTS), 1, day);
        }
    }

    /// One to three drugs for what passes.
    fn drugs(&mut self, dice: &mut Dice, day: Date) {
        let drugs = dice.between(1, 3);
        for drug in dice.several(shelf::ACUTE, drugs) {
            self.add(drug, dice.between(1, 4), day);
        }
    }

    /// A prescription of herbs for five to seven days, or a treatment.
    fn tcm(&mut self, dice: &mut Dice, day: Date) {
        self.add(&shelf::TCM_FEES[0], 1, day);
        if dice.percent(40) {
            self.add(dice.pick(shelf::TCM_TREATMENTS), 1, day);
            return;
        }
        let doses = dice.between(5, 7);
        let first = dice.below(4) as usize;
        for herb in &shelf::HERBS[first..first + 5] {
            self.add(herb, doses * dice.between(6, 20), day);
        }
    }

    /// A month's drugs for a disease, and now and then a test.
    fn chronic(&mut self, dice: &mut Dice, disease: Disease, day: Date) {
        if disease == Disease::Dialysis {
            let sessions = dice.between(9, 13);
            for item in shelf::DIALYSIS {
                self.add(item, sessions, day);
            }
            return;
        }
        let drugs = dice.between(1, 3);
        for drug in dice.several(drugs_for(disease), drugs) {
            self.add(drug, dice.between(1, 3), day);
        }
        self.examinations(dice, 30, day);
    }

    /// At the counter of a pharmacy.
    fn shopping(&mut self, dice: &mut Dice, disease: Option<Disease>, day: Date) {
        let chronic =
            disease.filter(|d| !matches!(d, Disease::Dialysis | Disease::Tumour | Disease::Mental));
        if let Some(disease) = chronic {
            self.add(dice.pick(drugs_for(disease)), 1, day);
        }
        let drugs = dice.between(0, 2);
        for drug in dice.several(shelf::ACUTE, drugs) {
            self.add(drug, 1, day);
        }
        if drugs == 0 || dice.percent(30) {
            self.add(dice.pick(shelf::COUNTER), 1, day);
        }
    }

    /// Bed, doctor, nurse and what is used up, night by night.
    fn ward(&mut self, dice: &mut Dice, stay: &Ward) {
        self.daily(&shelf::BEDS[stay.rank.max(1) - 1], 1, stay);
        self.daily(&shelf::WARD_FEES[0], 1, stay);
        let nursing = if dice.percent(25) { 2 } else { 1 };
        self.daily(&shelf::WARD_FEES[nursing], 1, stay);
        self.daily(&shelf::DISPOSABLES[0], 2, stay);
        self.daily(&shelf::DISPOSABLES[1], 3, stay);
        self.add(
            dice.pick(&shelf::DISPOSABLES[2..]),
            dice.between(1, 4),
            stay.admission,
        );
        self.daily(&shelf::TREATMENTS[1], 1, stay);
        if dice.percent(20) {
            self.daily(&shelf::TREATMENTS[4], 1, stay);
        }
        if dice.percent(15) {
            self.daily(&shelf::OWN_ACCOUNT[0], 1, stay);
        }
        if dice.percent(10) {
            self.add(&shelf::OWN_ACCOUNT[1], 1, stay.discharge);
        }
    }

    /// What everybody is examined for on admission.
    fn admission(&mut self, dice: &mut Dice, stay: &Ward) {
        for test in ROUTINE {
            self.add(&shelf::LABORATORY[*test], 1, stay.admission);
        }
        let more = dice.between(1, 3);
        for test in dice.several(SPECIAL, more) {
            self.add(&shelf::LABORATORY[*test], 1, stay.admission);
        }
        // Blood is looked at again in each week.
        self.add(
            &shelf::LABORATORY[0],
            stay.nights().div_ceil(7),
            stay.discharge,
        );
        let pictures = dice.between(1, 2) + u32::from(stay.rank == 3);
        for picture in dice.several(shelf::IMAGING, pictures) {
            self.add(picture, 1, stay.admission);
        }
    }

    /// Some days in intensive care.
    fn intensive(&mut self, dice: &mut Dice, stay: &Ward) {
        let days = stay.nights().min(dice.between(2, 14));
        for (item, daily) in shelf::INTENSIVE.iter().zip([1, 1, 1, 1, 3, 2]) {
            self.add(item, days * daily, stay.admission);
        }
    }

    /// An operation with what goes with it; the dear ones are rare.
    fn operation(&mut self, dice: &mut Dice, day: Date) {
        let most = u32::try_from(shelf::OPERATIONS.len()).unwrap_or(1);
        let operation = dice.below(most).min(dice.below(most)) as usize;
        self.add(&shelf::OPERATIONS[operation], 1, day);
        for item in &shelf::THEATRE[..3] {
            self.add(item, 1, day);
        }
        if dice.percent(30) {
            self.add(dice.pick(&shelf::THEATRE[3..]), dice.between(1, 3), day);
        }
        for (_, implant, most) in IMPLANTED.iter().filter(|row| row.0 == operation) {
            self.add(&shelf::IMPLANTS[*implant], dice.between(1, *most), day);
        }
        if dice.percent(15) {
            self.add(dice.pick(shelf::BLOOD), dice.between(1, 4), day);
        }
    }
}

/// A stay, as its costs depend on it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ward {
    pub(crate) admission: Date,
    pub(crate) discharge: Date,
    /// 1 to 3.
    pub(crate) rank: usize,
    pub(crate) disease: Option<Disease>,
}

impl Ward {
    /// At least one is charged.
    fn nights(&self) -> u32 {
        days(self.admission, self.discharge).max(1)
    }
}

fn days(from: Date, until: Date) -> u32 {
    domain::day::days_between(from, until)
}

/// The shelf for a disease.
fn drugs_for(disease: Disease) -> &'static [Item] {
    match disease {
        Disease::Hypertension => shelf::HYPERTENSION,
        Disease::Diabetes => shelf::DIABETES,
        Disease::Heart => shelf::HEART,
        Disease::Tumour => shelf::TUMOUR,
        Disease::Dialysis => shelf::DIALYSIS,
        Disease::Mental => shelf::MENTAL,
    }
}
