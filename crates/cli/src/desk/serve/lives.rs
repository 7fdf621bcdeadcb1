//! What has happened to each test person before the demonstration begins: enrolment, premiums, credits, and what makes the situation.

use agency::act::Act;
use agency::record::money::Heir;
use agency::record::{Care, Closed, Cost, Enrolled, Registered, When};
use agency::{Agency, Request};
use domain::Fen;
use domain::membership::{Joining, Leaving};
use domain::month::Month;
use domain::person::Status;
use domain::region::Region;
use domain::registration::RegistrationKind;
use domain::setting::Setting;
use jiff::civil::Date;
use serde_json::json;

use super::samples::{SAMPLES, Sample, Situation};
use crate::desk::Desk;

/// Where the test persons were ill.
const HOSPITAL: &str = "H99999000001";
/// What those have in the account who have anything.
const SAVED: Fen = Fen::from_yuan(5000);
/// What a relative lets another use.
const GRANTED: Fen = Fen::from_yuan(1000);
/// Paid months of those who have retired.
const WORKED: u32 = 360;
/// Cost in scope of a first stay at level 3, in fen: 700, then 85% up to 10,000, then 90% come to 19,500.00.
const NEAR: u64 = 2_288_333;
/// Beyond the cap.
const OVER: u64 = 3_000_000;

/// The days of the demonstration.
#[derive(Clone, Copy)]
pub(super) struct Calendar {
    /// The first month.
    pub(super) start: Month,
    /// Today.
    pub(super) today: Date,
    /// The last month that is paid in advance.
    pub(super) ahead: Month,
}

impl Calendar {
    /// Of today: from the month before last, paid until the next January.
    pub(super) fn of(today: Date) -> Calendar {
        let month = Month::of(today);
        Calendar {
            start: month.plus(-2),
            today,
            ahead: month.plus(13 - i32::from(month.month())),
        }
    }

    fn month(&self) -> Month {
        Month::of(self.today)
    }
}

/// The day on which a test person was born, by the first month of the demonstration.
pub(super) fn born(sample: &Sample, start: Month) -> Date {
    match sample.situation {
        Situation::Newborn => start.first_day(),
        _ => sample.birth(),
    }
}

/// All that has happened to all of them.
pub(super) fn lived(agency: &Agency, calendar: Calendar, desk: &Desk<'_>) -> Result<(), String> {
    for sample in SAMPLES {
        let number = sample.identity(born(sample, calendar.start));
        let (person, lookup) = agency.find(&number);
        let mut lookup = Some(lookup);
        let enrolled = enrolled(agency, sample, calendar, &number);
        let mut acts = vec![enrolled];
        acts.extend(paid(sample, calendar));
        acts.extend(credited(sample, calendar));
        let mut acts: Vec<(u64, Act)> = acts.into_iter().map(|act| (person, act)).collect();
        acts.extend(situation(agency, sample, person, calendar));
        for (person, act) in acts {
            let request = Request {
                lookup: lookup.take(),
                ..Request::plain(person, act)
            };
            let told = |refused: agency::Refused| {
                format!("{}: {}", sample.name, refused.describe(desk.lang()))
            };
            agency.call(request).map_err(told)?;
        }
    }
    agency.settle_messages().map_err(|e| desk.stored(e))?;
    Ok(())
}

/// The first day of the enrolment: those who wait have only just come.
fn from(sample: &Sample, calendar: Calendar) -> Date {
    match sample.situation {
        Situation::Waiting => calendar.month().first_day(),
        _ => calendar.start.first_day(),
    }
}

fn enrolled(agency: &Agency, sample: &Sample, calendar: Calendar, number: &str) -> Act {
    let (person, _) = agency.find(number);
    let text = json!({ "name": sample.name, "identity_number": number }).to_string();
    let birth = born(sample, calendar.start);
    let retired = sample.status == Status::Retired;
    let opening = match sample.is_empty() {
        true => Fen::ZERO,
        false => SAVED,
    };
    let enrolled = Enrolled {
        status: sample.status,
        joining: match sample.situation {
            Situation::Newborn => Joining::Newborn,
            Situation::Waiting => Joining::First,
            _ => Joining::TransferIn,
        },
        from: from(sample, calendar),
        birth: Some(birth),
        sex: Some(sample.sex()),
        retired: retired.then(|| Date::new(birth.year() + 60, 1, 1).unwrap_or(birth)),
        identities: sample.identities.iter().map(|&i| i.to_owned()).collect(),
        employer: None,
        base: (!retired && sample.status != Status::Resident).then(|| Fen::from_yuan(8000)),
        earlier_months: if retired { WORKED } else { 0 },
        sealed: agency.key().seal_same(person, &text).ok(),
    };
    Act::Enrol { enrolled, opening }
}

/// The premiums: those of work for all months at once, those of residents year by year.
fn paid(sample: &Sample, calendar: Calendar) -> Vec<Act> {
    let first = Month::of(from(sample, calendar));
    let pay = |first: Month, last: Month, paid: Date| Act::Pay {
        first: first.digits(),
        last: last.digits(),
        base: None,
        stated: Vec::new(),
        paid,
    };
    let day = first.first_day();
    match (sample.status, sample.situation) {
        (Status::Retired, _) => Vec::new(),
        (_, Situation::Arrears) => vec![pay(first, first, day)],
        (_, Situation::Ended) => vec![pay(first, calendar.month().previous(), day)],
        (Status::Resident, _) => {
            let mut acts = Vec::new();
            let mut from = first;
            while from <= calendar.ahead {
                let december = from.plus(12 - i32::from(from.month()));
                acts.push(pay(from, december, day));
                from = december.next();
            }
            acts
        }
        _ => vec![pay(first, calendar.ahead, day)],
    }
}

/// The credits of the months that were paid, those of a month on its 15th.
fn credited(sample: &Sample, calendar: Calendar) -> Vec<Act> {
    let last = match sample.situation {
        Situation::Arrears => calendar.start,
        Situation::Ended | Situation::Died => calendar.month().previous(),
        _ => calendar.month(),
    };
    if sample.is_empty() {
        return Vec::new();
    }
    let months = (0..).map(|n| calendar.start.plus(n));
    let credit = |month: Month| Act::Credit {
        month: month.digits(),
        on: Date::new(month.year(), month.month(), 15)
            .unwrap_or(calendar.today)
            .min(calendar.today),
    };
    months
        .take_while(|month| *month <= last)
        .map(credit)
        .collect()
}

/// What makes the situation, and of whom it is asked.
fn situation(
    agency: &Agency,
    sample: &Sample,
    person: u64,
    calendar: Calendar,
) -> Option<(u64, Act)> {
    let last_month = calendar.month().previous().last_day();
    let elsewhere = Region::parse(ELSEWHERE);
    let register = |kind, disease: Option<&str>, region| {
        Act::Register(Registered {
            kind,
            disease: disease.map(str::to_owned),
            facility: None,
            region,
            from: calendar.start.first_day(),
            until: None,
            paper: None,
        })
    };
    let act = match sample.situation {
        Situation::LongTerm => register(RegistrationKind::LongTerm, None, elsewhere),
        Situation::Referred => register(RegistrationKind::Referral, None, elsewhere),
        Situation::Disease(disease) => register(RegistrationKind::Disease, Some(disease), None),
        Situation::Ended => Act::Close(Closed {
            until: last_month,
            leaving: Leaving::Left,
        }),
        Situation::NearCap => stay(calendar, NEAR),
        Situation::OverCap => stay(calendar, OVER),
        Situation::Granted => {
            let giver = SAMPLES.first()?;
            let giver = agency.find(&giver.identity(giver.birth())).0;
            let grant = Act::Grant {
                to: person,
                amount: GRANTED,
                on: calendar.today,
            };
            return Some((giver, grant));
        }
        Situation::Died => Act::Die {
            on: last_month,
            to: Heir::Cash,
        },
        _ => return None,
    };
    Some((person, act))
}

/// The region in which the other institution stands.
pub(super) const ELSEWHERE: &str = "999800";

/// A stay of this year, of which the account paid nothing.
fn stay(calendar: Calendar, in_scope: u64) -> Act {
    let january = Date::constant(calendar.today.year(), 1, 1);
    let from = calendar.start.first_day().max(january);
    let until = from.saturating_add(jiff::Span::new().days(9));
    let when = When {
        from,
        until: Some(until.min(calendar.today)),
    };
    let cost = Cost::Sums([0, 0, 0, 0, in_scope]);
    let care = Care::new(HOSPITAL, Setting::Inpatient, when, cost);
    Act::Settle(Box::new(Care {
        spare_account: true,
        spare_family: true,
        ..care
    }))
}
