//! Registrations: referral, chronic disease, designation, accident, and what cancels them (2501 to 2507); told again by 5301, 5302, 5304.

mod lists;

pub(super) use lists::{designations, diseases, referrals};

use agency::act::Act;
use agency::domain::region::Region;
use agency::domain::registration::RegistrationKind;
use agency::record::{Event, Registered};
use agency::{Look, Refused};

use super::fields::Shape;
use super::fields::registration as tables;
use super::ids::RegistrationId;
use super::read::{Faulty, Fields, Rule};
use super::refusal::Refusal;
use super::work::{Done, Work};
use super::write::Out;
use super::{outpatient, people};

/// 2501: a patient is referred to another hospital.
pub(super) async fn refer(work: &Work<'_>) -> Result<Done, Refusal> {
    register(work, &tables::IN_2501_REFMEDIN, false, |row| {
        let facility = row.text("reflin_medins_no");
        let area = row.text("mdtrtarea_admdvs");
        let day = row.day("refl_date");
        let from = row.opt_day("begndate")?;
        let (facility, area, day) = (facility?, area?, day?);
        let region = Region::parse(area);
        let region = region.ok_or_else(|| row.refuse("mdtrtarea_admdvs", Rule::Known))?;
        Ok(Registered {
            facility: Some(facility.to_owned()),
            region: Some(region),
            until: row.opt_day("enddate")?,
            ..of(RegistrationKind::Referral, from.unwrap_or(day))
        })
    })
    .await
}

/// 2503: a chronic or special disease.
pub(super) async fn disease(work: &Work<'_>) -> Result<Done, Refusal> {
    register(work, &tables::IN_2503_DATA, true, |row| {
        let code = row.text("opsp_dise_code");
        let from = row.day("begndate");
        super::pharmacy::scheme(row)?;
        Ok(Registered {
            disease: work.disease(Some(code?)),
            until: row.opt_day("enddate")?,
            ..of(RegistrationKind::Disease, from?)
        })
    })
    .await
}

/// 2505: the institution that a person chooses.
pub(super) async fn designate(work: &Work<'_>) -> Result<Done, Refusal> {
    register(work, &tables::IN_2505_DATA, true, |row| {
        let code = row.text("fixmedins_code");
        let from = row.day("begndate");
        row.code("biz_appy_type")?;
        let (code, from) = (code?, from?);
        let office = work.window.agency.office();
        if office.institution(code, from).is_err() {
            return Err(row.refuse("fixmedins_code", Rule::Known));
        }
        Ok(Registered {
            facility: Some(code.to_owned()),
            until: row.opt_day("enddate")?,
            ..of(RegistrationKind::Designation, from)
        })
    })
    .await
}

/// 2507: an accident.
pub(super) async fn accident(work: &Work<'_>) -> Result<Done, Refusal> {
    register(work, &tables::IN_2507_DATA, false, |row| {
        let from = row.day("begndate")?;
        let facility = row.opt_text("fixmedins_code")?;
        Ok(Registered {
            facility: facility.map(str::to_owned),
            until: row.opt_day("enddate")?,
            ..of(RegistrationKind::Accident, from)
        })
    })
    .await
}

fn of(kind: RegistrationKind, from: jiff::civil::Date) -> Registered {
    Registered {
        kind,
        disease: None,
        facility: None,
        region: None,
        from,
        until: None,
        paper: None,
    }
}

/// Registers what a row says, and files the message with it. `more` tells the extension that some answers have.
async fn register(
    work: &Work<'_>,
    shape: &'static Shape,
    more: bool,
    what: impl FnOnce(&Fields<'_>) -> Result<Registered, Faulty>,
) -> Result<Done, Refusal> {
    let (person, registered) = work.read(|reader| {
        let row = reader.one(shape)?;
        let person = work.person(&row);
        let registered = what(&row);
        let (person, registered) = (person?, registered?);
        people::same(work, &row, person)?;
        Ok((person, registered))
    })?;
    let registered = Registered {
        paper: outpatient::paper(work, person),
        ..registered
    };
    let answer = work.ask(person, Act::Register(registered)).await?;
    let id = RegistrationId {
        region: work.window.area,
        lane: answer.lane.number,
        entry: answer.entry,
    };
    let mut out = Out::new();
    out.object("result", |out| {
        out.opt_text("trt_dcla_detl_sn", id.told().as_deref());
        if more {
            out.null("exp_content");
        }
    });
    Ok(Done::Output(out.json()))
}

/// 2502, 2504, 2506: what this institution registered is cancelled.
pub(super) async fn cancel(
    work: &Work<'_>,
    shape: &'static Shape,
    kind: RegistrationKind,
) -> Result<Done, Refusal> {
    let (person, id) = work.read(|reader| {
        let row = reader.one(shape)?;
        let person = work.person(&row);
        let id = RegistrationId::parse(row.text("trt_dcla_detl_sn")?);
        let id = id.filter(|id| id.region == work.window.area);
        let id = id.ok_or_else(|| row.refuse("trt_dcla_detl_sn", Rule::Ours))?;
        Ok((person?, id))
    })?;
    let look = Look {
        person,
        entries: vec![id.entry],
        ..Look::default()
    };
    let seen = work.look(look).await?;
    if seen.state.is_none() {
        return Err(Refused::NoPerson(person).into());
    }
    let found = seen.entries.into_iter().flatten().next();
    let own = found.is_some_and(|answer| {
        let of_kind = matches!(&answer.event, Event::Registered(one) if one.kind == kind);
        of_kind && answer.party == work.message.institution && answer.lane.number == id.lane
    });
    if !own {
        let zh = "未查询到本机构为该参保人办理的此项备案";
        let en = "this institution has registered no such thing for the person";
        return Err(Refusal::door("no_registration", zh, en));
    }
    let act = Act::Unregister {
        registered: id.entry,
        on: work.day(),
    };
    work.ask(person, act).await?;
    Ok(Done::Nothing)
}
