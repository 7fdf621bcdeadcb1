//! Settlement: the bill as the agency knows it, settled by the domain, and what it becomes in the ledger.

use domain::account::{Accounts, FamilyAccount};
use domain::bill::{Bill, Days, Setting, StaySoFar};
use domain::ledger::{Posting, StayCounts, settled};
use domain::person::{Coverage, Person, Spell, Status};
use domain::policy::CoverageDays;
use domain::registration::{Visit, claim};
use domain::settlement::Settlement;
use domain::step::{Effect, Payer};
use domain::{Fen, Plan, Policy};
use jiff::civil::Date;

use super::{Draft, Known, Settling};
use crate::office::{Office, Version};
use crate::record::money::Grant;
use crate::record::steps::StepForm;
use crate::record::visit::{CoverageOn, InstitutionThen};
use crate::record::{Care, Cost, Event, Settled};
use crate::refused::Refused;
use crate::state::PersonState;
use crate::visit::VisitState;

/// Settles a bill that comes whole.
pub(super) fn settle(known: &Known<'_>, care: &Care) -> Result<Draft, Refused> {
    if !known.is_own(&care.facility) {
        return Err(Refused::NoInstitution(care.facility.clone()));
    }
    settled_as(known, None, care, None)
}

/// Settles a bill that comes whole, or the bill of a visit and its batch.
fn settled_as(
    known: &Known<'_>,
    visit: Option<(u64, &VisitState)>,
    care: &Care,
    batch: Option<&str>,
) -> Result<Draft, Refused> {
    let state = known.state()?;
    let day = days(care)?.settlement();
    let institution = institution_of(known, care, day)?;
    let case = case_of(known, visit.map(|(_, visit)| visit), care, &institution)?;
    let plan = &case.version.file.plan;
    let settlement = domain::settle(&case.bill, plan)?;
    let postings = posted(&settlement, plan, care);
    let drawn = drawn(&settlement, state);
    let left = left(state, &settlement);
    let event = Settled {
        visit: visit.map(|(number, _)| number),
        batch: batch.map(str::to_owned),
        goes_on: visit.is_some_and(|(_, visit)| goes_on(visit, batch)),
        scheme: case.bill.scheme,
        care: care.clone(),
        institution,
        place: case.bill.place,
        registered: case.bill.disease.is_some(),
        approved: case.bill.facility.approved,
        deposit: case.bill.deposit.map(Fen::fen),
        stay: (case.bill.stay != StaySoFar::default()).then(|| {
            let stay = case.bill.stay;
            (stay.in_scope.fen(), stay.deductible.fen())
        }),
        coverage: case.coverage,
        drawn,
        steps: settlement.steps().iter().map(StepForm::of).collect(),
        left,
    };
    Ok(Draft {
        year: Some(case.year),
        party: care.facility.clone(),
        policy: case.version.number,
        postings,
        ..Draft::new(Event::Settled(Box::new(event)), case.bill.days.settlement())
    })
}

/// What a settlement posts: money, and the year's sums under the setting whose rules held.
pub(crate) fn posted(settlement: &Settlement, plan: &Plan, care: &Care) -> Vec<Posting> {
    let setting = plan.stands_for(care.setting).unwrap_or(care.setting);
    let counts =
        care.setting == Setting::Inpatient && settlement.refusal().is_none() && !care.interim;
    settled(settlement, plan, setting, StayCounts(counts))
}

/// Are lines of other batches left when this one is settled?
fn goes_on(visit: &VisitState, batch: Option<&str>) -> bool {
    let Some(batch) = batch else {
        return false;
    };
    let open = visit.lines.iter().filter(|line| line.is_open());
    let mut others = open.filter(|line| line.line.batch.as_deref() != Some(batch));
    others.next().is_some()
}

/// Settles a visit's open lines: all of them, those of a batch, or in between those up to a day.
pub(super) fn visit(known: &Known<'_>, settling: &Settling) -> Result<Draft, Refused> {
    let (visit, care) = care_of_visit(known, settling)?;
    let batch = settling.batch.as_deref();
    let draft = settled_as(known, Some((settling.visit, visit)), &care, batch)?;
    if let (Some(stated), Event::Settled(settled)) = (settling.stated, &draft.event) {
        let total = settled.total();
        if stated != total {
            return Err(Refused::OtherTotal(Fen::new(stated), Fen::new(total)));
        }
    }
    Ok(draft)
}

/// A visit's open lines as the bill that comes of them.
fn care_of_visit<'a>(
    known: &Known<'a>,
    settling: &Settling,
) -> Result<(&'a VisitState, Care), Refused> {
    let (number, interim) = (settling.visit, settling.interim);
    let visit = super::visit::unsettled(known, number)?;
    let inpatient = visit.care.setting == Setting::Inpatient;
    let asked = settling.setting.map(|asked| asked == Setting::Inpatient);
    if asked.is_some_and(|asked| asked != inpatient) {
        return Err(Refused::OtherKind(number));
    }
    let as_if = settling.as_if_discharged.filter(|_| known.trial);
    if inpatient && interim.is_none() && visit.discharged.or(as_if).is_none() {
        return Err(Refused::NotDischarged(number));
    }
    let ends = interim.or(as_if);
    if let Some(until) = ends.filter(|until| *until < visit.care.when.from) {
        return Err(Refused::DayBefore(until, visit.care.when.from));
    }
    let batch = settling.batch.as_deref();
    let mut care = visit.bill(batch, interim);
    if inpatient && care.when.until.is_none() {
        care.when.until = as_if;
    }
    care.spare_account |= settling.spare_account;
    care.spare_family |= settling.spare_family;
    if !visit.described {
        care.setting = settling.setting.unwrap_or(care.setting);
        care.called.clone_from(&settling.called);
    }
    if let Some(batch) = batch.filter(|_| care.cost == Cost::none()) {
        return Err(Refused::NoBatch(number, batch.to_owned()));
    }
    if care.cost == Cost::none() {
        // A stay whose lines were all taken by interim settlements still ends: it counts, and its deposit is set off.
        let ends = interim.is_none() && visit.lines.iter().any(|line| line.settled != 0);
        if !ends {
            return Err(Refused::NoLines(number));
        }
        care.cost = Cost::Sums([0; 5]);
    }
    Ok((visit, care))
}

pub(super) fn institution_of(
    known: &Known<'_>,
    care: &Care,
    day: Date,
) -> Result<InstitutionThen, Refused> {
    let agreement = known.office.institution(&care.facility, day)?;
    Ok(InstitutionThen::of(agreement, day))
}

/// A bill that comes whole, with all that the agency knows of it.
pub(crate) fn bill_of<'a>(known: &Known<'a>, care: &Care) -> Result<Case<'a>, Refused> {
    let day = days(care)?.settlement();
    case_of(known, None, care, &institution_of(known, care, day)?)
}

/// The bill of a visit's open lines, with all that the agency knows of it, and the care of it.
pub(crate) fn bill_of_visit<'a>(
    known: &Known<'a>,
    settling: &Settling,
) -> Result<(Case<'a>, Care), Refused> {
    let (visit, care) = care_of_visit(known, settling)?;
    let day = days(&care)?.settlement();
    let institution = institution_of(known, &care, day)?;
    let case = case_of(known, Some(visit), &care, &institution)?;
    Ok((case, care))
}

fn case_of<'a>(
    known: &Known<'a>,
    visit: Option<&VisitState>,
    care: &Care,
    institution: &InstitutionThen,
) -> Result<Case<'a>, Refused> {
    let (_, version) = known.policy(days(care)?.settlement())?;
    let deposit = visit.filter(|visit| visit.deposit > 0 && !care.interim);
    Case::of(&Told {
        office: known.office,
        version,
        person: known.person,
        state: known.state()?,
        care,
        institution,
        stay: visit.map(VisitState::stay).unwrap_or_default(),
        deposit: deposit.map(|visit| Fen::new(visit.deposit)),
    })
}

/// What a bill is made of.
pub(crate) struct Told<'a, 'b> {
    pub(crate) office: &'a Office,
    pub(crate) version: &'a Version,
    pub(crate) person: u64,
    pub(crate) state: &'b PersonState,
    pub(crate) care: &'b Care,
    pub(crate) institution: &'b InstitutionThen,
    pub(crate) stay: StaySoFar,
    pub(crate) deposit: Option<Fen>,
}

/// A bill with all that the agency knows of it.
pub(crate) struct Case<'a> {
    pub(crate) bill: Bill,
    pub(crate) version: &'a Version,
    /// First day of the benefit year.
    pub(crate) year: Date,
    pub(crate) coverage: Vec<CoverageOn>,
}

impl<'a> Case<'a> {
    pub(crate) fn of(told: &Told<'a, '_>) -> Result<Case<'a>, Refused> {
        let (state, care, version) = (told.state, told.care, told.version);
        let days = days(care)?;
        let day = days.settlement();
        let status = state.status(day);
        let status = status.ok_or(Refused::NotEnrolled(told.person))?;
        let scheme = status.scheme();
        if care.scheme.is_some_and(|asked| asked != scheme) {
            return Err(Refused::OtherScheme(told.person, scheme));
        }
        let policy = version.policy();
        let year = policy.year.starts.of(day);
        if state.years.is_past(scheme, year) {
            return Err(Refused::YearPast(year));
        }
        let claim = claim(
            state.registrations.iter().map(|held| &held.registration),
            &Visit {
                day: days.first(),
                home: told.office.region,
                region: told.institution.0,
                facility: &care.facility,
                emergency: care.emergency,
                disease: care.disease.as_deref(),
            },
        );
        let coverage = coverage(policy, state, days);
        let sums = |first: Date| {
            let sums = state.years.of(scheme, first);
            sums.map(|sums| sums.to_date(&version.file.plan))
        };
        let before = Date::new(year.year() - 1, year.month(), year.day()).ok();
        let bill = Bill {
            region: told.office.region,
            scheme,
            place: claim.place,
            setting: care.setting,
            disease: claim.disease.map(str::to_owned),
            causes: care.causes.clone(),
            third_party_unpaid: care.third_party_unpaid,
            days,
            facility: told.institution.facility(claim.approved),
            person: person(state, status, &coverage, day),
            accounts: accounts(state, care),
            use_account: !care.spare_account,
            year: sums(year).unwrap_or_default(),
            year_before: Some(before.and_then(sums).unwrap_or_default()),
            stay: told.stay,
            continuation: care.continuation,
            interim: care.interim,
            deposit: told.deposit,
            cost: care.cost.of_bill(),
        };
        Ok(Case {
            bill,
            version,
            year,
            coverage,
        })
    }
}

fn person(state: &PersonState, status: Status, coverage: &[CoverageOn], day: Date) -> Person {
    let spell = |on: &CoverageOn| Spell {
        from: on.day,
        until: Some(on.day),
        state: on.state,
    };
    Person {
        status,
        birth: state.membership.birth,
        retired: state.retired,
        identities: state.identities_on(day).to_vec(),
        coverage: Coverage::Spells(coverage.iter().map(spell).collect()),
    }
}

fn days(care: &Care) -> Result<Days, Refused> {
    if let Some(until) = care.when.until.filter(|until| *until < care.when.from) {
        return Err(Refused::DayBefore(until, care.when.from));
    }
    if let Cost::Lines(lines) = &care.cost {
        if lines.is_empty() {
            return Err(Refused::FeeLine(
                1,
                "a bill has at least one line".to_owned(),
            ));
        }
        for (n, line) in lines.iter().enumerate() {
            super::lines::sound(line).map_err(|why| Refused::FeeLine(n + 1, why.to_owned()))?;
        }
    }
    Ok(care.when.days())
}

/// Coverage on the days that count.
fn coverage(policy: &Policy, state: &PersonState, days: Days) -> Vec<CoverageOn> {
    let both = match (days, policy.coverage.days) {
        (
            Days::Stay {
                admission,
                discharge,
            },
            CoverageDays::Both,
        ) if admission != discharge => [Some(admission), Some(discharge)],
        _ => [Some(days.settlement()), None],
    };
    let on = |day| {
        let covered = policy.coverage(&state.membership, day);
        CoverageOn {
            day,
            state: covered.state,
            reason: covered.reason,
        }
    };
    both.into_iter().flatten().map(on).collect()
}

/// Balances before the bill; grants in the order in which they came.
fn accounts(state: &PersonState, care: &Care) -> Accounts {
    let received = state.received.iter().filter(|_| !care.spare_family);
    let family = received.map(|received| FamilyAccount {
        // Whose it is the person's entries do not tell, and a grant's entry is no name.
        name: String::new(),
        balance: received.left,
    });
    Accounts {
        current: state.account.current,
        prior: state.account.prior,
        family: family.collect(),
    }
}

/// What was drawn of each grant.
fn drawn(settlement: &Settlement, state: &PersonState) -> Vec<(Grant, u64)> {
    let mut drawn: Vec<(Grant, u64)> = Vec::new();
    for step in settlement.steps().iter().filter(|step| step.is_of_family()) {
        let place = usize::try_from(step.line)
            .ok()
            .and_then(|n| n.checked_sub(1));
        let Some(received) = place.and_then(|place| state.received.get(place)) else {
            continue;
        };
        match drawn.iter_mut().find(|(grant, _)| *grant == received.grant) {
            Some((_, sum)) => *sum += step.amount.fen(),
            None => drawn.push((received.grant, step.amount.fen())),
        }
    }
    drawn
}

fn left(state: &PersonState, settlement: &Settlement) -> [u64; 3] {
    let paid = |payer| {
        let steps = settlement.steps().iter();
        steps
            .filter(|s| s.effect == Effect::Paid(payer))
            .map(|s| s.amount.fen())
            .sum::<u64>()
    };
    let [current, prior, granted] = state.left();
    [
        current.saturating_sub(paid(Payer::Current)),
        prior.saturating_sub(paid(Payer::Prior)),
        granted.saturating_sub(paid(Payer::Family)),
    ]
}
