//! Inpatients: admission, its changes, fee lines with returns, discharge, trial, settlement, and each of them taken back (2301 to 2405).

use agency::act::{Act, Returning};
use agency::domain::setting::Setting;
use agency::record::{Care, Cost, Described, Discharged, Event, FeeLine, VisitOpened, When};

use super::charges::{self, Charge, Divided};
use super::fields::Shape;
use super::fields::inpatient as tables;
use super::kinds;
use super::outpatient::{self, Asked, named, of_one_visit, paper, settled};
use super::people;
use super::pharmacy::{causes, scheme};
use super::read::{Faulty, Fields, Reader, Rule};
use super::refusal::Refusal;
use super::work::{Done, Work};
use super::write::{Out, Rows};

/// 2401: somebody is admitted.
pub(super) async fn admit(work: &Work<'_>) -> Result<Done, Refusal> {
    let (person, opened) = work.read(|reader| {
        let info = reader.one(&tables::IN_2401_MDTRTINFO)?;
        reader.opt_many(&tables::IN_2401_DISEINFO)?;
        let person = work.person(&info);
        let scheme = scheme(&info);
        let time = work.time(&info, "begntime");
        let (called, emergency) = kind(&info)?;
        let (person, time) = (person?, time?);
        charges::past(work, &info, "begntime", time)?;
        people::same(work, &info, person)?;
        let (causes, third_party_unpaid) = causes(&info)?;
        let when = When {
            from: time.date(),
            until: None,
        };
        let care = Care {
            emergency,
            disease: work.disease(info.opt_text("dise_codg")?),
            causes,
            third_party_unpaid,
            scheme: Some(scheme?),
            called: Some(called.to_owned()),
            ..Care::new(
                &work.message.institution,
                Setting::Inpatient,
                when,
                Cost::none(),
            )
        };
        let paper = paper(work, person);
        Ok((person, VisitOpened { care, paper }))
    })?;
    let answer = work.ask(person, Act::Open(Box::new(opened))).await?;
    let mut out = Out::new();
    out.object("result", |result| {
        let visit = work.visit_id(answer.lane.number, answer.entry, false);
        result.text("mdtrt_id", &visit).null("exp_content");
    });
    Ok(Done::Output(out.json()))
}

/// The kind of a stay, and whether it is an emergency by its kind or by the way of admission.
fn kind<'m>(fields: &Fields<'m>) -> Result<(&'m str, bool), Faulty> {
    let called = fields.code("med_type")?;
    let kind = kinds::care(called).filter(|(setting, _)| *setting == Setting::Inpatient);
    let (_, emergency) = kind.ok_or_else(|| fields.refuse("med_type", Rule::Known))?;
    let more = fields.opt_json("exp_content")?;
    let way = more.as_ref().and_then(|more| more.get("IPT_TYPE"));
    let way = way.and_then(|way| way.scalar());
    Ok((called, emergency || way == Some("2")))
}

/// 2403: the admission is told anew.
pub(super) async fn change(work: &Work<'_>) -> Result<Done, Refusal> {
    let (person, described) = work.read(|reader| {
        let info = reader.one(&tables::IN_2403_ADMINFO)?;
        reader.opt_many(&tables::IN_2403_DISEINFO)?;
        let (person, visit) = named(work, &info)?;
        let (called, emergency) = kind(&info)?;
        let time = work.time(&info, "begntime")?;
        charges::past(work, &info, "begntime", time)?;
        let (causes, _) = causes(&info)?;
        let described = Described {
            visit: visit.entry,
            setting: Setting::Inpatient,
            called: Some(called.to_owned()),
            from: time.date(),
            emergency,
            disease: work.disease(info.opt_text("dise_codg")?),
            causes,
            paper: paper(work, person),
        };
        Ok((person, described))
    })?;
    work.ask(person, Act::Describe(Box::new(described))).await?;
    Ok(Done::Nothing)
}

/// 2301: fee lines, and returns of earlier ones.
pub(super) async fn add(work: &Work<'_>) -> Result<Done, Refusal> {
    let (person, visit, charges) = work.read(|reader| {
        let rows = reader.many(&tables::IN_2301_FEEDETAIL)?;
        let (person, visit) = of_one_visit(work, &rows)?;
        let office = work.window.agency.office();
        let read = |row| charges::read(work, row, &office.catalogue, Some("init_feedetl_sn"));
        let charges: Vec<Result<Charge, Faulty>> = rows.iter().map(read).collect();
        let charges = charges.into_iter().collect::<Result<Vec<_>, _>>()?;
        Ok((person, visit, charges))
    })?;
    let (lines, returns) = parted(&charges);
    let on = charges.iter().map(|charge| charge.time.date()).max();
    let act = Act::AddLines {
        visit: visit.entry,
        lines,
        returns,
        on: on.unwrap_or_else(|| work.day()),
    };
    let answer = work.ask(person, act).await?;
    let mut out = Out::new();
    out.list("result", |rows| added(work, rows, &charges, &answer.event));
    Ok(Done::Output(out.json()))
}

/// Lines that are new, and returns.
fn parted(charges: &[Charge]) -> (Vec<FeeLine>, Vec<Returning>) {
    let mut parted = (Vec::new(), Vec::new());
    for charge in charges {
        let line = &charge.line;
        match &charge.returns {
            None => parted.0.push(line.clone()),
            Some(of) => parted.1.push(Returning {
                of: of.clone(),
                quantity: line.quantity,
                amount: line.amount,
                number: line.number.clone(),
                detail: line.detail.clone(),
            }),
        }
    }
    parted
}

/// What each row divides into, in the order of the message.
fn added(work: &Work<'_>, rows: &mut Rows<'_>, charges: &[Charge], event: &Event) {
    let Event::LinesAdded(added) = event else {
        return;
    };
    let (mut new, mut taken) = (added.divided.iter(), added.taken_off.iter());
    let each = charges.iter().filter_map(|charge| {
        let line = &charge.line;
        let quantity = i64::try_from(line.quantity).unwrap_or(i64::MAX);
        let (quantity, parts) = match charge.returns {
            None => {
                let signed = |fen: u64| i64::try_from(fen).unwrap_or(i64::MAX);
                (quantity, new.next()?.map(signed))
            }
            Some(_) => (-quantity, taken.next()?.map(|fen| -fen)),
        };
        Some(Divided {
            line,
            number: line.number.as_deref().unwrap_or_default(),
            quantity,
            parts,
        })
    });
    let office = work.window.agency.office();
    charges::write(rows, each, &office.catalogue, true);
}

/// 2302: lines are taken out: those that are named, or all that are not settled.
pub(super) async fn remove(work: &Work<'_>) -> Result<Done, Refusal> {
    let (person, act) = work.read(|reader| {
        let rows = reader.many(&tables::IN_2302_DATA)?;
        let (person, visit) = of_one_visit(work, &rows)?;
        let numbers: Result<Vec<&str>, Faulty> =
            rows.iter().map(|row| row.text("feedetl_sn")).collect();
        let numbers = numbers?;
        let (visit, on) = (visit.entry, work.day());
        let act = if numbers.contains(&"0000") {
            Act::RemoveLines {
                visit,
                lines: Vec::new(),
                on,
            }
        } else {
            let numbers = numbers.into_iter().map(str::to_owned).collect();
            Act::RemoveNumbered { visit, numbers, on }
        };
        Ok((person, act))
    })?;
    work.ask(person, act).await?;
    Ok(Done::Nothing)
}

/// 2402: somebody is discharged.
pub(super) async fn discharge(work: &Work<'_>) -> Result<Done, Refusal> {
    let (person, discharged) = work.read(|reader| {
        let info = reader.one(&tables::IN_2402_DSCGINFO)?;
        reader.opt_many(&tables::IN_2402_DISEINFO)?;
        let (person, visit) = named(work, &info)?;
        let time = work.time(&info, "endtime")?;
        charges::past(work, &info, "endtime", time)?;
        let discharged = Discharged {
            visit: visit.entry,
            on: time.date(),
            paper: paper(work, person),
        };
        Ok((person, discharged))
    })?;
    work.ask(person, Act::Discharge(Box::new(discharged)))
        .await?;
    Ok(Done::Nothing)
}

/// 2405: the discharge is taken back.
pub(super) async fn undischarge(work: &Work<'_>) -> Result<Done, Refusal> {
    let (person, visit) = work.read(|reader| named(work, &reader.one(&tables::IN_2405_DATA)?))?;
    let act = Act::Undischarge {
        visit: visit.entry,
        on: work.day(),
    };
    work.ask(person, act).await?;
    Ok(Done::Nothing)
}

/// 2404: the admission is cancelled.
pub(super) async fn cancel(work: &Work<'_>) -> Result<Done, Refusal> {
    outpatient::cancel(work, &tables::IN_2404_DATA).await
}

/// 2303: what the stay would come to; while the patient is in hospital, as if discharged today.
pub(super) async fn attempt(work: &Work<'_>) -> Result<Done, Refusal> {
    let mut asked = work.read(|reader| read(work, reader, &tables::IN_2303_DATA))?;
    let day = asked.settling.as_if_discharged.take();
    asked.settling.as_if_discharged = day.or(Some(work.day()));
    let answer = work.attempt(asked.person, Act::SettleVisit(asked.settling.clone()));
    settled(work, &asked, answer.await?)
}

/// 2304: the stay is settled, or a part of it.
pub(super) async fn settle(work: &Work<'_>) -> Result<Done, Refusal> {
    let mut asked = work.read(|reader| read(work, reader, &tables::IN_2304_DATA))?;
    asked.settling.as_if_discharged = None;
    let answer = work.ask(asked.person, Act::SettleVisit(asked.settling.clone()));
    settled(work, &asked, answer.await?)
}

/// An interim settlement is up to the time of discharge that the message says, or up to its day.
fn read(work: &Work<'_>, reader: &Reader<'_>, shape: &'static Shape) -> Result<Asked, Faulty> {
    let data = reader.one(shape)?;
    let mut asked = outpatient::settling(work, &data)?;
    asked.settling.setting = Some(Setting::Inpatient);
    let until = data.opt_day("dscgTime")?;
    match data.opt_code("mid_setl_flag")? {
        Some("1") => asked.settling.interim = Some(until.unwrap_or_else(|| work.day())),
        _ => asked.settling.as_if_discharged = until,
    }
    Ok(asked)
}
