//! A realistic mix of bills over all shipped policies: settings, classes, lines and sums, a year behind them, accounts.

use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use domain::account::Accounts;
use domain::bill::{
    Bill, Category, Cost, Days, ItemClass, Line, Place, Quantity, Scheme, Setting, StaySoFar, Sums,
    UnitPrice,
};
use domain::case::Case;
use domain::facility::{Facility, FacilityKind};
use domain::fen::Fen;
use domain::person::{Coverage, CoverageState, Person, Status};
use domain::policy::Policy;
use domain::ratio::Ratio;
use domain::settle::settle_case;
use domain::step::{Payer, Step, Totals};
use domain::year::YearToDate;
use fastrand::Rng;
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use policy::{PolicyFile, Shelf};

use crate::Work;

pub(crate) struct Mix {
    name: &'static str,
    /// How often a run settles all bills.
    passes: usize,
    files: Vec<PolicyFile>,
    bills: Vec<(usize, Bill)>,
}

impl Mix {
    /// So many different bills over all shipped policies, settled over and over until `at_least` are done.
    pub(crate) fn new(name: &'static str, bills: usize, at_least: usize) -> Mix {
        Mix::over(shipped(), name, bills, at_least)
    }

    /// The same over these policies.
    pub(crate) fn over(
        files: Vec<PolicyFile>,
        name: &'static str,
        bills: usize,
        at_least: usize,
    ) -> Mix {
        let mut random = Rng::with_seed(20_261_124);
        let passes = at_least.div_ceil(bills.max(1)).max(1);
        let mut mix = Mix {
            name,
            passes,
            files,
            bills: Vec::with_capacity(bills),
        };
        // A policy that has no rule for any of these bills takes no part.
        for _ in 0..bills * 100 {
            if mix.bills.len() == bills {
                break;
            }
            let file = random.usize(..mix.files.len());
            let bill = bill(&mix.files[file], &mut random);
            // What the policy has no rule for is not part of the mix.
            if domain::settle(&bill, &mix.files[file].plan).is_ok() {
                mix.bills.push((file, bill));
            }
        }
        mix
    }

    /// How many bills a second it settles with sums only, by the fastest of some runs; nothing without bills.
    pub(crate) fn speed(&self, runs: usize) -> Option<f64> {
        let cases = self.cases();
        let seconds = (0..runs).map(|_| {
            let start = Instant::now();
            black_box((0..self.passes).map(|_| self.sums(&cases)).sum::<u64>());
            start.elapsed().as_secs_f64()
        });
        let settled = f64::from(u32::try_from(self.bills.len() * self.passes).unwrap());
        let best = seconds.min_by(f64::total_cmp)?;
        (settled > 0.0).then_some(settled / best)
    }

    pub(crate) fn works(&self) -> Vec<Work<'_>> {
        let (for_sums, for_steps) = (self.cases(), self.cases());
        vec![
            self.work("mix (b): sums only", move |_| self.sums(&for_sums)),
            self.work("mix (a): steps, list used again", move |_| {
                self.steps(&for_steps)
            }),
            self.work("mix: laid on the plan, settled, steps kept", |_| {
                self.whole()
            }),
        ]
    }

    fn work<'a>(&'a self, what: &str, mut pass: impl FnMut(usize) -> u64 + 'a) -> Work<'a> {
        let passes = self.passes;
        let name = format!("{what}; {}", self.name);
        Work {
            name,
            bills: self.bills.len() * passes,
            run: Box::new(move || (0..passes).map(&mut pass).sum()),
        }
    }

    fn cases(&self) -> Vec<(usize, Case<'_>)> {
        self.bills
            .iter()
            .map(|(file, bill)| (*file, self.files[*file].plan.case(bill).unwrap()))
            .collect()
    }

    fn sums(&self, cases: &[(usize, Case<'_>)]) -> u64 {
        let mut sum = 0;
        for (file, case) in cases {
            let mut totals = Totals::default();
            settle_case(&self.files[*file].plan, case, &mut totals).unwrap();
            sum += totals.paid[Payer::Cash.index()].fen();
        }
        sum
    }

    fn steps(&self, cases: &[(usize, Case<'_>)]) -> u64 {
        let mut steps: Vec<Step> = Vec::new();
        let mut sum = 0;
        for (file, case) in cases {
            steps.clear();
            settle_case(&self.files[*file].plan, case, &mut steps).unwrap();
            sum += steps.last().map_or(0, |s| s.amount.fen());
        }
        sum
    }

    fn whole(&self) -> u64 {
        let settle =
            |(file, bill): &(usize, Bill)| domain::settle(bill, &self.files[*file].plan).unwrap();
        self.bills.iter().map(|b| settle(b).funds().fen()).sum()
    }
}

/// All shipped policies.
pub(crate) fn shipped() -> Vec<PolicyFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies");
    let shelf = Shelf::open(&root).unwrap();
    shelf
        .slots()
        .iter()
        .map(|slot| slot.read().unwrap())
        .collect()
}

/// A bill of the policy's region and scheme: seven of ten are out-patient, two are stays, one is bought at a pharmacy.
fn bill(file: &PolicyFile, random: &mut Rng) -> Bill {
    let policy = &file.plan.policy;
    let setting = match random.u8(0..10) {
        0..=6 => Setting::Outpatient,
        7..=8 => Setting::Inpatient,
        _ => Setting::Pharmacy,
    };
    let first = policy.effective.saturating_add(random.i64(0..200).days());
    let days = if setting == Setting::Inpatient {
        Days::Stay {
            admission: first,
            discharge: first.saturating_add(random.i64(3..30).days()),
        }
    } else {
        Days::Service(first)
    };
    Bill {
        region: policy.region,
        scheme: policy.scheme,
        place: Place::Home,
        setting,
        disease: None,
        causes: Vec::new(),
        third_party_unpaid: false,
        days,
        facility: facility(setting, random),
        person: Person {
            identities: identities(policy, random),
            ..person(policy.scheme, first, random)
        },
        accounts: accounts(policy.scheme, random),
        use_account: true,
        year: year(setting, random),
        year_before: None,
        stay: StaySoFar::default(),
        continuation: None,
        interim: false,
        deposit: (setting == Setting::Inpatient).then(|| Fen::from_yuan(3_000)),
        cost: cost(setting, random),
    }
}

fn facility(setting: Setting, random: &mut Rng) -> Facility {
    let pharmacy = setting == Setting::Pharmacy;
    Facility {
        kind: if pharmacy {
            FacilityKind::Pharmacy
        } else {
            FacilityKind::General
        },
        level: if pharmacy { 0 } else { random.u8(1..=3) },
        community: false,
        tags: Vec::new(),
        designated: true,
        approved: false,
    }
}

fn person(scheme: Scheme, day: Date, random: &mut Rng) -> Person {
    let retired = random.u8(0..10) < 3;
    let (status, age) = match (scheme, retired) {
        (Scheme::Resident, _) => (Status::Resident, random.i16(0..90)),
        (Scheme::Employee, true) => (Status::Retired, random.i16(60..95)),
        (Scheme::Employee, false) => (Status::Active, random.i16(20..60)),
    };
    let retired = (status == Status::Retired).then(|| date(1995 + random.i16(0..6), 3, 1));
    Person {
        status,
        birth: Some(date(day.year() - age, 2, 1)),
        retired,
        identities: Vec::new(),
        coverage: Coverage::Always(CoverageState::InForce),
    }
}

/// One person of five has an identity that the policy asks for, so that the layers for such persons are reached.
fn identities(policy: &Policy, random: &mut Rng) -> Vec<String> {
    let known: Vec<&str> = policy.identities().collect();
    if known.is_empty() || random.u8(0..5) > 0 {
        return Vec::new();
    }
    vec![known[random.usize(..known.len())].to_owned()]
}

fn accounts(scheme: Scheme, random: &mut Rng) -> Accounts {
    if scheme == Scheme::Resident || random.bool() {
        return Accounts::default();
    }
    Accounts {
        current: Fen::new(random.u64(0..200_000)),
        prior: Fen::new(random.u64(0..500_000)),
        family: Vec::new(),
    }
}

/// Half of the bills have a year behind them.
fn year(setting: Setting, random: &mut Rng) -> YearToDate {
    let mut year = YearToDate {
        stays: random.u32(0..3),
        ..YearToDate::default()
    };
    if random.bool() {
        let in_scope = random.u64(0..4_000_000);
        let sums = &mut year.settings[setting.index()];
        sums.in_scope = Fen::new(in_scope);
        sums.deductible = Fen::new(in_scope.min(130_000));
        sums.pooled = Fen::new(in_scope / 2);
        for layer in &mut year.layers {
            layer[setting.index()].base = Fen::new(in_scope / 4);
        }
    }
    year
}

/// Six of ten bills have fee lines, the others sums; one stay of twenty is so dear that every layer is reached.
fn cost(setting: Setting, random: &mut Rng) -> Cost {
    let most: u64 = match setting {
        Setting::Inpatient if random.u8(0..20) == 0 => 90_000_000,
        Setting::Inpatient => 4_000_000,
        _ => 200_000,
    };
    if random.u8(0..10) < 4 {
        let in_scope = Fen::new(random.u64(1_000..most));
        let self_funded = Fen::new(random.u64(0..most / 10));
        return Cost::Sums(Sums {
            in_scope,
            self_funded,
            ..Sums::default()
        });
    }
    let lines = random.usize(2..8);
    Cost::Lines((0..lines).map(|_| line(most, random)).collect())
}

fn line(most: u64, random: &mut Rng) -> Line {
    let class = [
        ItemClass::A,
        ItemClass::A,
        ItemClass::B,
        ItemClass::B,
        ItemClass::C,
    ][random.usize(..5)];
    let price = UnitPrice(random.u64(100..most / 10) * 10_000);
    Line {
        item: String::new(),
        class,
        category: Category::ALL[random.usize(..Category::COUNT)],
        quantity: Quantity(10_000 * random.u64(1..5)),
        unit_price: price,
        amount: None,
        limit: (random.u8(0..10) == 0).then_some(UnitPrice(price.0 / 2)),
        first_share: (class == ItemClass::B).then(|| Ratio::percent(10)),
        barred: false,
        hospital: false,
        tolerance: Fen::ZERO,
        day: None,
    }
}
