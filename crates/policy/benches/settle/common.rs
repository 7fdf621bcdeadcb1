//! The common work: one in-patient in-scope amount a person, six rows, bands and a cap, through a policy read from a file.

use std::path::Path;

use domain::account::{Accounts, OwnPart};
use domain::bill::{Place, Setting, StaySoFar, Sums};
use domain::case::{Admission, Case, CaseCost};
use domain::fen::Fen;
use domain::plan::RowId;
use domain::policy::Point;
use domain::settle::settle_case;
use domain::step::{Payer, Step, Totals};
use domain::year::YearToDate;
use policy::{PolicyFile, Source};

use crate::Work;

/// A person of the common work.
#[derive(Clone, Copy)]
struct Person {
    /// In-scope cost in fen.
    cost: u64,
    /// 0 to 2 for level 3 to 1, and 3 more for retired.
    class: u8,
}

/// What a simulation keeps of a bill; both the loop and the settlement write it for every person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Outcome {
    fund: u64,
    deductible: u64,
    own_share: u64,
    over_cap: u64,
    cash: u64,
}

impl Outcome {
    #[inline]
    fn of(totals: &Totals) -> Outcome {
        let (paid, became) = (
            |p: Payer| totals.paid[p.index()].fen(),
            |p: OwnPart| totals.became[p.index()].fen(),
        );
        Outcome {
            fund: paid(Payer::Pooled),
            deductible: became(OwnPart::Deductible),
            own_share: became(OwnPart::OwnShare),
            over_cap: became(OwnPart::OverCap),
            cash: paid(Payer::Cash),
        }
    }
}

pub(crate) struct Common {
    file: PolicyFile,
    rows: [RowId; 6],
    persons: Vec<Person>,
    year: YearToDate,
    accounts: Accounts,
}

impl Common {
    pub(crate) fn new(persons: usize) -> Common {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/settle/common.toml");
        let file = PolicyFile::read(&Source::read(&path).unwrap()).unwrap();
        let row = |class: usize| {
            let point = Point {
                setting: Setting::Inpatient,
                facility: class % 3,
                person: class / 3,
                place: Place::Home,
                disease: 0,
            };
            file.plan.row(&point).unwrap()
        };
        let rows = std::array::from_fn(row);
        let mut random = fastrand::Rng::with_seed(20_261_123);
        let person = |_| Person {
            cost: random.u64(100_000..=50_000_000),
            class: random.u8(0..6),
        };
        let persons = (0..persons).map(person).collect();
        let common = Common {
            file,
            rows,
            persons,
            year: YearToDate::default(),
            accounts: Accounts::default(),
        };
        common.agree();
        common
    }

    pub(crate) fn works(&self) -> Vec<Work<'_>> {
        let bills = self.persons.len();
        let outcomes = || vec![Outcome::default(); bills];
        let (mut by_hand, mut sums) = (outcomes(), outcomes());
        let mut again = Vec::new();
        vec![
            Work {
                name: "common: hand-written straight-line loop".into(),
                bills,
                run: Box::new(move || self.by_hand(&mut by_hand)),
            },
            Work {
                name: "common (b): settle, sums only".into(),
                bills,
                run: Box::new(move || self.sums(&mut sums)),
            },
            Work {
                name: "common (a): settle, steps in a list used again".into(),
                bills,
                run: Box::new(move || self.steps_again(&mut again)),
            },
            Work {
                name: "common (a): settle, steps in a list of their own".into(),
                bills,
                run: Box::new(|| self.steps()),
            },
        ]
    }

    fn case(&self, person: Person) -> Case<'_> {
        Case {
            row: self.rows[usize::from(person.class)],
            cost: CaseCost::Sums(Sums {
                in_scope: Fen::new(person.cost),
                ..Sums::default()
            }),
            year: &self.year,
            earlier: None,
            days: 0,
            stay: StaySoFar::default(),
            continuation: None,
            accounts: &self.accounts,
            use_account: true,
            identities: 0,
            deposit: None,
            admission: Admission::Admitted,
        }
    }

    fn by_hand(&self, outcomes: &mut [Outcome]) -> u64 {
        for (person, outcome) in self.persons.iter().zip(outcomes.iter_mut()) {
            *outcome = by_hand(person.cost, person.class);
        }
        outcomes[0].fund
    }

    fn sums(&self, outcomes: &mut [Outcome]) -> u64 {
        for (person, outcome) in self.persons.iter().zip(outcomes.iter_mut()) {
            let mut totals = Totals::default();
            settle_case(&self.file.plan, &self.case(*person), &mut totals).unwrap();
            *outcome = Outcome::of(&totals);
        }
        outcomes[0].fund
    }

    fn steps_again(&self, steps: &mut Vec<Step>) -> u64 {
        let mut sum = 0;
        for person in &self.persons {
            steps.clear();
            settle_case(&self.file.plan, &self.case(*person), steps).unwrap();
            sum += steps.last().map_or(0, |s| s.amount.fen());
        }
        sum
    }

    fn steps(&self) -> u64 {
        let mut sum = 0;
        for person in &self.persons {
            let mut steps = Vec::with_capacity(16);
            settle_case(&self.file.plan, &self.case(*person), &mut steps).unwrap();
            sum += steps.last().map_or(0, |s: &Step| s.amount.fen());
        }
        sum
    }

    /// Loop and settlement give the same fen for every person.
    fn agree(&self) {
        for person in &self.persons {
            let mut totals = Totals::default();
            settle_case(&self.file.plan, &self.case(*person), &mut totals).unwrap();
            assert_eq!(by_hand(person.cost, person.class), Outcome::of(&totals));
        }
    }
}

/// The same amounts, written straight down for these figures alone.
fn by_hand(cost: u64, class: u8) -> Outcome {
    // Hundredths of a percent of the fund by band; retired: own share times 60 %.
    const SHARES: [[u64; 3]; 6] = [
        [8_500, 9_000, 9_500],
        [8_700, 9_200, 9_700],
        [9_000, 9_500, 9_700],
        [9_100, 9_400, 9_700],
        [9_220, 9_520, 9_820],
        [9_400, 9_700, 9_820],
    ];
    const CAP: u64 = 10_000_000;
    let [low, middle, high] = SHARES[usize::from(class)];
    let deductible = cost.min(130_000);
    let within = |from: u64, to: u64| cost.min(to).saturating_sub(from);
    let below = within(130_000, 3_000_000) * low + within(3_000_000, 4_000_000) * middle;
    let fund = (below + within(4_000_000, u64::MAX) * high + 5_000) / 10_000;
    if fund <= CAP {
        return Outcome {
            fund,
            deductible,
            own_share: cost - deductible - fund,
            over_cap: 0,
            cash: cost - fund,
        };
    }
    // The cap is reached in the highest band, at this cost.
    let reached = 4_000_000 + (CAP * 10_000 - below + high / 2) / high;
    Outcome {
        fund: CAP,
        deductible,
        own_share: reached - deductible - CAP,
        over_cap: cost - reached,
        cash: cost - CAP,
    }
}
