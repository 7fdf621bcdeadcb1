//! What is registered for a person: chronic diseases (5301), designations (5302), referrals (5304).

use agency::domain::registration::RegistrationKind;
use agency::state::Held;
use agency::{Look, Refused, Seen};

use super::super::bill::spelt;
use super::super::enquiry::{node_of, opened};
use super::super::fields::register_query::{
    IN_5301_DATA, IN_5302_DATA, IN_5304_DATA, OUT_5301_FEEDETAIL, OUT_5302_PSNFIXMEDIN,
    OUT_5304_REFMEDIN,
};
use super::super::people::Somebody;
use super::super::refusal::Refusal;
use super::super::rows::{self, Said};
use super::super::work::{Done, Work};
use super::super::write::Out;

/// Something registered, and what was said of it.
struct Told {
    held: Held,
    said: Said,
    /// When it was registered.
    at: Option<String>,
}

impl Told {
    /// Writes a field that every registration has; false if it is none of them.
    fn know(&self, out: &mut Out, name: &'static str) -> bool {
        let registration = &self.held.registration;
        match name {
            "begndate" => out.text(name, &registration.from.to_string()),
            "enddate" => {
                let until = registration.until.map(|day| day.to_string());
                out.opt_text(name, until.as_deref())
            }
            "opt_time" => out.opt_text(name, self.at.as_deref()),
            _ => return false,
        };
        true
    }

    fn facility(&self) -> &str {
        self.held
            .registration
            .facility
            .as_deref()
            .unwrap_or_default()
    }

    /// The name of the institution, as it was said or as it is known.
    fn named(&self, work: &Work<'_>, said: &str) -> String {
        let office = work.window.agency.office();
        let known = office.institution(self.facility(), self.held.registration.from);
        match (self.said.text(said), known) {
            (_, Ok(known)) => known.name.clone(),
            (Some(said), Err(_)) => said.to_owned(),
            (None, Err(_)) => self.facility().to_owned(),
        }
    }
}

/// 5301.
pub(in crate::wire) async fn diseases(work: &Work<'_>) -> Result<Done, Refusal> {
    let person = work.read(|reader| work.person(&reader.one(&IN_5301_DATA)?))?;
    let (_, told) = held(work, person, RegistrationKind::Disease).await?;
    let mut out = Out::new();
    out.list("feedetail", |rows| {
        for one in &told {
            let disease = one.held.registration.disease.as_deref().unwrap_or_default();
            let know = |out: &mut Out, name: &'static str| match name {
                "opsp_dise_code" => {
                    out.text(name, &work.disease_code(disease));
                    true
                }
                "opsp_dise_name" if one.said.of(name).is_none() => {
                    out.text(name, disease);
                    true
                }
                name => one.know(out, name),
            };
            rows.row(|out| rows::write(out, &OUT_5301_FEEDETAIL, know, |name| one.said.of(name)));
        }
    });
    Ok(Done::Output(out.json()))
}

/// 5302.
pub(in crate::wire) async fn designations(work: &Work<'_>) -> Result<Done, Refusal> {
    let (person, purpose) = work.read(|reader| {
        let data = reader.one(&IN_5302_DATA)?;
        let person = work.person(&data);
        let purpose = data.opt_code("biz_appy_type")?.map(str::to_owned);
        Ok((person?, purpose))
    })?;
    let (seen, mut told) = held(work, person, RegistrationKind::Designation).await?;
    // What staff registered was for no purpose in particular.
    told.retain(|one| {
        let said = one.said.text("biz_appy_type");
        said.is_none() || purpose.is_none() || said == purpose.as_deref()
    });
    let somebody = Somebody::seen(work, person, &seen, work.now.date());
    let mut out = Out::new();
    out.list("psnfixmedin", |rows| {
        for (place, one) in (1..).zip(&told) {
            let place: u32 = place;
            let know = |out: &mut Out, name: &'static str| {
                match name {
                    "fix_srt_no" if one.said.of(name).is_none() => {
                        out.text(name, &place.to_string())
                    }
                    "fixmedins_code" => out.text(name, one.facility()),
                    "fixmedins_name" => out.text(name, &one.named(work, name)),
                    name => return of_both(work, out, name, one, somebody.as_ref()),
                };
                true
            };
            rows.row(|out| rows::write(out, &OUT_5302_PSNFIXMEDIN, know, |name| one.said.of(name)));
        }
    });
    Ok(Done::Output(out.json()))
}

/// 5304: referrals that hold on some day of the time.
pub(in crate::wire) async fn referrals(work: &Work<'_>) -> Result<Done, Refusal> {
    let (person, from, until) = work.read(|reader| {
        let data = reader.one(&IN_5304_DATA)?;
        let person = work.person(&data);
        let (from, until) = (data.opt_time("begntime"), data.opt_time("endtime"));
        Ok((person?, from?, until?))
    })?;
    let (seen, mut told) = held(work, person, RegistrationKind::Referral).await?;
    told.retain(|one| {
        let registration = &one.held.registration;
        let begun = until.is_none_or(|until| registration.from <= until.date());
        let last = registration.until.zip(from);
        begun && last.is_none_or(|(last, from)| from.date() <= last)
    });
    let somebody = Somebody::seen(work, person, &seen, work.now.date());
    let mut out = Out::new();
    out.list("refmedin", |rows| {
        for one in &told {
            let know = |out: &mut Out, name: &'static str| {
                match name {
                    "reflin_medins_no" => out.text(name, one.facility()),
                    "reflin_medins_name" => out.text(name, &one.named(work, name)),
                    "refl_date" if one.said.of(name).is_none() => {
                        out.text(name, &one.held.registration.from.to_string())
                    }
                    "out_flag" => {
                        let region = one.held.registration.region;
                        let out_of_here = region.is_some_and(|region| region != work.window.region);
                        out.text(name, if out_of_here { "1" } else { "0" })
                    }
                    "hosp_agre_refl_flag" if one.said.of(name).is_none() => out.text(name, "1"),
                    name => return of_both(work, out, name, one, somebody.as_ref()),
                };
                true
            };
            rows.row(|out| rows::write(out, &OUT_5304_REFMEDIN, know, |name| one.said.of(name)));
        }
    });
    Ok(Done::Output(out.json()))
}

fn of_both(
    work: &Work<'_>,
    out: &mut Out,
    name: &'static str,
    one: &Told,
    somebody: Option<&Somebody>,
) -> bool {
    one.know(out, name) || somebody.is_some_and(|somebody| somebody.know(work, out, name))
}

/// What of a kind stands for a person, the first one first.
async fn held(
    work: &Work<'_>,
    person: u64,
    kind: RegistrationKind,
) -> Result<(Seen, Vec<Told>), Refusal> {
    let look = Look {
        person,
        ..Look::default()
    };
    let seen = work.look(look).await?;
    let state = seen.state.as_ref().ok_or(Refused::NoPerson(person))?;
    let held = state.registrations.iter();
    let held: Vec<Held> = held
        .filter(|held| held.registration.kind == kind)
        .cloned()
        .collect();
    let look = Look {
        person,
        entries: held.iter().map(|held| held.entry).collect(),
        ..Look::default()
    };
    let entries = work.look(look).await?.entries;
    let told = held.into_iter().zip(entries).map(|(held, answer)| {
        let paper = answer.as_ref().and_then(|answer| answer.event.paper());
        let said = paper.and_then(|paper| opened(work, person, paper));
        let node = said
            .as_ref()
            .and_then(|said| node_of(said, &["refmedin", "data"]));
        Told {
            held,
            said: node.cloned().map(Said::one).unwrap_or_default(),
            at: answer.and_then(|answer| answer.at).map(spelt),
        }
    });
    let told = told.collect();
    Ok((seen, told))
}
