//! Registers of persons as requests: enrolments, premiums, registrations; in bulk, each refusal with its line.

use std::fs::File;
use std::path::Path;

use agency::act::Act;
use agency::record::{Enrolled, Registered};
use agency::{Agency, Refused, Request};
use domain::Fen;
use domain::membership::Joining;
use domain::month::Month;
use policy::import::{PersonRow, PremiumRow, RegistrationRow, Row};

use super::{Came, Opener, Work};
use crate::desk::enrol::sealed;
use crate::desk::progress::Progress;
use crate::desk::stated::Stated;

/// Rows that are handed in at once.
const CHUNK: usize = 20_000;

pub(super) fn persons(work: &Work<'_>, file: &Path) -> Result<Came, String> {
    import(work, file, policy::import::persons, |row, pass| {
        enrolment(work.agency, row, pass)
    })
}

pub(super) fn premiums(work: &Work<'_>, file: &Path) -> Result<Came, String> {
    import(work, file, policy::import::premiums, |row, _| {
        Ok(premium(work.agency, &work.command.stated, row))
    })
}

pub(super) fn registrations(work: &Work<'_>, file: &Path) -> Result<Came, String> {
    import(work, file, policy::import::registrations, |row, _| {
        Ok(registration(work.agency, row))
    })
}

/// A trial tells what would be refused; nothing is recorded by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pass {
    Trial,
    Recorded,
}

fn import<T>(
    work: &Work<'_>,
    file: &Path,
    open: Opener<T>,
    request: impl Fn(&T, Pass) -> Result<Request, String>,
) -> Result<Came, String> {
    if !work.command.keep_good {
        let mut came = pass(work, file, open, &request, Pass::Trial)?;
        if came.refused > 0 {
            came.whole = true;
            (came.taken, came.known) = (0, 0);
            return Ok(came);
        }
    }
    pass(work, file, open, &request, Pass::Recorded)
}

fn pass<T>(
    work: &Work<'_>,
    file: &Path,
    open: Opener<T>,
    request: &impl Fn(&T, Pass) -> Result<Request, String>,
    pass: Pass,
) -> Result<Came, String> {
    let name = file.display().to_string();
    let mut came = Came::of(&name);
    let opened = File::open(file).map_err(|e| format!("{name}: {e}"))?;
    let progress = Progress::of(None, &name);
    let mut sheet = match open(&name, opened) {
        Ok(sheet) => sheet,
        Err(errors) => {
            came.refuse(errors);
            return Ok(came);
        }
    };
    loop {
        let (mut lines, mut requests) = (Vec::new(), Vec::new());
        let mut rows = 0;
        for row in sheet.by_ref().take(CHUNK) {
            rows += 1;
            match row {
                Ok(Row { line, row }) => {
                    lines.push(line);
                    requests.push(Request {
                        trial: pass == Pass::Trial,
                        ..request(&row, pass)?
                    });
                }
                Err(errors) => came.refuse(errors),
            }
        }
        if rows == 0 {
            break;
        }
        record(work, &mut came, &lines, requests)?;
        progress.add(rows);
    }
    progress.done();
    Ok(came)
}

fn record(
    work: &Work<'_>,
    came: &mut Came,
    lines: &[u64],
    requests: Vec<Request>,
) -> Result<(), String> {
    let swept = work
        .agency
        .bulk(requests)
        .map_err(|e| work.desk.stored(e))?;
    came.taken += swept.done;
    for (place, refused) in swept.refusals {
        match refused {
            Refused::EnrolledAlready(..) | Refused::PaidAlready(..) | Refused::Nothing => {
                came.known += 1;
            }
            other => came.refuse_row(lines[place], other.describe(work.desk.lang())),
        }
    }
    Ok(())
}

fn enrolment(agency: &Agency, row: &PersonRow, pass: Pass) -> Result<Request, String> {
    let number = row.identity_number.as_str();
    let (person, lookup) = agency.find(number);
    let sealed = match pass {
        Pass::Trial => None,
        Pass::Recorded => Some(sealed(agency.key(), person, &row.name, number)?),
    };
    let enrolled = Enrolled {
        status: row.status,
        joining: Joining::First,
        from: row.from,
        birth: Some(row.birth),
        sex: Some(row.sex),
        retired: row.retired,
        identities: row.identities.clone(),
        employer: row.employer.map(|code| code.as_str().to_owned()),
        base: row.wage,
        earlier_months: 0,
        sealed,
    };
    let act = Act::Enrol {
        enrolled,
        opening: Fen::ZERO,
    };
    Ok(Request {
        lookup: Some(lookup),
        ..Request::plain(person, act)
    })
}

fn premium(agency: &Agency, stated: &[Stated], row: &PremiumRow) -> Request {
    let (person, _) = agency.find(row.identity_number.as_str());
    let month = Month::of(row.month).digits();
    let act = Act::Pay {
        first: month,
        last: month,
        base: Some(row.base),
        stated: Stated::all(stated, Some(row.base)),
        paid: row.paid,
    };
    Request::plain(person, act)
}

fn registration(agency: &Agency, row: &RegistrationRow) -> Request {
    let (person, _) = agency.find(row.identity_number.as_str());
    let act = Act::Register(Registered::of(&row.registration));
    Request::plain(person, act)
}
