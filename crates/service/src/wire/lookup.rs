//! Looking up before anything is billed: a person (1101), an institution (1201), what the person may enjoy (2001).

use agency::domain::bill::Scheme;
use agency::domain::membership::Enrolment;
use agency::domain::person::{CoverageState, Identity};
use agency::domain::setting::Setting;
use agency::domain::words::Lang;
use agency::state::PersonState;
use agency::{Look, Refused, Seen};
use jiff::civil::Date;

use super::fields::person::{IN_1101_DATA, IN_1201_MEDINSINFO, IN_2001_DATA};
use super::kinds;
use super::people::{self, Somebody};
use super::read::Rule;
use super::refusal::Refusal;
use super::work::{Done, Work};
use super::write::{Out, Rows};

/// 1101: who somebody is, by the identity number, or by an e-voucher that this agency made; cards and others' e-vouchers are known by
/// the identity number too, since the national platform resolves them.
pub(super) async fn person(work: &Work<'_>) -> Result<Done, Refusal> {
    let person = work.read(|reader| {
        let data = reader.one(&IN_1101_DATA)?;
        if let Some(token) = people::voucher(&data)? {
            return Ok(people::holder(work, &token));
        }
        let number = data.opt_text("mdtrt_cert_no")?;
        let number = match number {
            Some(number) => number,
            None => data.text("certno")?,
        };
        let number = number.to_ascii_uppercase();
        Ok(Some(work.window.agency.find(&number).0))
    })?;
    let Some(person) = person else {
        return Err(people::no_voucher());
    };
    let look = Look {
        person,
        ..Look::default()
    };
    let seen = work.look(look).await?;
    let day = work.now.date();
    let Some(somebody) = Somebody::seen(work, person, &seen, day) else {
        return Err(people::nobody());
    };
    Ok(Done::Output(told(work, &seen, &somebody)))
}

fn told(work: &Work<'_>, seen: &Seen, somebody: &Somebody) -> String {
    let mut out = Out::new();
    let Some(state) = &seen.state else {
        return out.json();
    };
    out.object("baseinfo", |out| {
        out.text("psn_no", &somebody.id)
            .text("psn_cert_type", "01")
            .text("certno", &somebody.identity)
            .text("psn_name", &somebody.name);
        somebody.write_body(out);
        out.within_text("exp_content", |out| {
            out.fen("crtYearBalc", state.account.current)
                .fen("calYearBalc", state.account.prior);
        });
    });
    out.list("insuinfo", |rows| insurances(work, rows, state, somebody));
    out.list("idetinfo", |rows| identities(rows, somebody));
    out.json()
}

/// One row a scheme, the one in force first: some clients read the first row blindly.
fn insurances(work: &Work<'_>, rows: &mut Rows<'_>, state: &PersonState, somebody: &Somebody) {
    let day = somebody.day;
    let current = state.scheme(day);
    let mut schemes: Vec<Scheme> = Scheme::ALL
        .iter()
        .copied()
        .filter(|scheme| of_scheme(state, *scheme).next().is_some())
        .collect();
    schemes.sort_by_key(|scheme| Some(*scheme) != current);
    for scheme in schemes {
        let is_current = Some(scheme) == current;
        let cover = match is_current {
            true => cover(work, state, scheme, day),
            false => CoverageState::Ended,
        };
        let first = of_scheme(state, scheme).map(|e| e.from).min();
        let last = of_scheme(state, scheme).last();
        let until = last.and_then(|e| e.until).map(|(until, _)| until);
        let status = last.map(|e| e.status).or(somebody.who.status);
        let text = |day: Option<Date>| day.map(|day| day.to_string());
        rows.row(|row| {
            // Residents have no account; it is the employees' even of whoever has become a resident since.
            match scheme {
                Scheme::Employee => row.fen("balc", state.account.own()),
                Scheme::Resident => row.fen("balc", agency::domain::Fen::ZERO),
            };
            row.text("insutype", kinds::insurance(scheme));
            let class = match (is_current, status) {
                (false, Some(status)) => kinds::person_class(status, somebody.age(), false),
                _ => somebody.class(),
            };
            row.text("psn_type", class)
                .text("psn_insu_stas", kinds::cover(cover))
                .opt_text("psn_insu_date", text(first).as_deref())
                .opt_text("paus_insu_date", text(until).as_deref())
                .text("cvlserv_flag", somebody.civil_servant())
                .text("insuplc_admdvs", work.window.area.as_str());
            let office = work.window.agency.office();
            let employer = state.employer.as_ref().filter(|_| is_current);
            let name = employer.and_then(|code| office.employers.get(code));
            row.opt_text("emp_name", name.map(String::as_str));
        });
    }
}

fn of_scheme(state: &PersonState, scheme: Scheme) -> impl DoubleEndedIterator<Item = &Enrolment> {
    let enrolments = state.membership.enrolments.iter();
    enrolments.filter(move |e| e.status.scheme() == scheme)
}

/// The cover on a day. Where no policy is in force nothing is covered.
fn cover(work: &Work<'_>, state: &PersonState, scheme: Scheme, day: Date) -> CoverageState {
    let office = work.window.agency.office();
    match office.policies.on(scheme, day) {
        Ok(version) => version.policy().coverage(&state.membership, day).state,
        Err(_) => CoverageState::None,
    }
}

/// Identities that the interface has a code for. A table.
fn identities(rows: &mut Rows<'_>, somebody: &Somebody) {
    const CODES: [(Identity, &str); 6] = [
        (Identity::Veteran, "21"),
        (Identity::Subsistence, "2303"),
        (Identity::Destitute, "2304"),
        (Identity::LowIncomeMargin, "2305"),
        (Identity::ImpoverishedByIllness, "2306"),
        (Identity::Disabled, "2308"),
    ];
    let has = |identity: Identity| somebody.who.identities.iter().any(|i| i == identity.code());
    for (identity, code) in CODES.iter().filter(|(identity, _)| has(*identity)) {
        rows.row(|row| {
            row.text("psn_idet_type", code)
                .null("psn_type_lv")
                .text("memo", identity.name(Lang::Zh))
                .text("begntime", &format!("{} 00:00:00", somebody.day))
                .null("endtime");
        });
    }
}

/// 1201: institutions by code, or by a part of the name.
pub(super) fn institution(work: &Work<'_>) -> Result<Done, Refusal> {
    let (kind, code, name) = work.read(|reader| {
        let data = reader.one(&IN_1201_MEDINSINFO)?;
        let own = |name| data.opt_text(name).map(|text| text.map(str::to_owned));
        Ok((
            own("fixmedins_type")?,
            own("fixmedins_code")?,
            own("fixmedins_name")?,
        ))
    })?;
    let day = work.now.date();
    let office = work.window.agency.office();
    let mut found: Vec<_> = match &code {
        Some(code) => office.institution(code, day).ok().into_iter().collect(),
        None => {
            let codes = office.agreements.keys();
            codes
                .filter_map(|code| office.institution(code, day).ok())
                .collect()
        }
    };
    found.retain(|one| name.as_ref().is_none_or(|name| one.name.contains(name)));
    found.retain(|one| {
        kind.as_ref()
            .is_none_or(|kind| kinds::institution(one.kind) == kind)
    });
    found.sort_by(|a, b| a.code.cmp(&b.code));
    // An answer is no longer than a message may be.
    const MOST: usize = 100;
    if found.len() > MOST {
        work.warn(format!(
            "共{}家，仅返回前{MOST}家，请缩小查询范围",
            found.len()
        ));
    }
    let mut out = Out::new();
    out.list("medinsinfo", |rows| {
        for one in found.iter().take(MOST) {
            rows.row(|row| {
                row.text("fixmedins_code", &one.code)
                    .text("fixmedins_name", &one.name)
                    .text("uscc", "")
                    .text("fixmedins_type", kinds::institution(one.kind))
                    .text("hosp_lv", kinds::level(one.level))
                    .null("exp_content");
            });
        }
    });
    Ok(Done::Output(out.json()))
}

/// What is asked about: may a person enjoy what the fund pays, in this kind of care, here, on this day?
struct Entitlement {
    person: u64,
    scheme: Scheme,
    institution: String,
    setting: Setting,
    disease: Option<String>,
    day: Date,
}

/// 2001: whether the funds pay, and why not.
pub(super) async fn entitlement(work: &Work<'_>) -> Result<Done, Refusal> {
    let asked = work.read(|reader| {
        let data = reader.one(&IN_2001_DATA)?;
        let person = work.person(&data);
        let scheme = super::pharmacy::scheme(&data);
        let time = data.time("begntime");
        let kind = kinds::care(data.code("med_type")?);
        let (setting, _) = kind.ok_or_else(|| data.refuse("med_type", Rule::Known))?;
        let institution = data.opt_text("fixmedins_code")?;
        Ok(Entitlement {
            person: person?,
            scheme: scheme?,
            institution: institution.unwrap_or(&work.message.institution).to_owned(),
            setting,
            disease: work.disease(data.opt_text("dise_codg")?),
            day: time?.date(),
        })
    })?;
    let look = Look {
        person: asked.person,
        ..Look::default()
    };
    let seen = work.look(look).await?;
    let state = seen.state.as_ref();
    let state = state.ok_or(Refused::NoPerson(asked.person))?;
    let why = hindrance(work, &asked, state);
    let mut out = Out::new();
    out.list("trtinfo", |rows| {
        rows.row(|row| {
            row.text("psn_no", &work.person_id(asked.person))
                .text("trt_chk_type", "01")
                .text("fund_pay_type", fund(asked.scheme, asked.setting))
                .text("trt_enjymnt_flag", if why.is_none() { "1" } else { "0" })
                .text("begndate", &asked.day.to_string())
                .null("enddate")
                .text("trt_chk_rslt", why.as_deref().unwrap_or_default())
                .null("exp_content");
        });
    });
    Ok(Done::Output(out.json()))
}

fn fund(scheme: Scheme, setting: Setting) -> &'static str {
    let outpatient = !matches!(setting, Setting::Inpatient | Setting::Chronic);
    match (scheme, outpatient) {
        (Scheme::Employee, true) => "310102",
        (Scheme::Employee, false) => "310100",
        (Scheme::Resident, true) => "390102",
        (Scheme::Resident, false) => "390100",
    }
}

/// Why the funds would pay nothing; none if they would.
fn hindrance(work: &Work<'_>, asked: &Entitlement, state: &PersonState) -> Option<String> {
    let office = work.window.agency.office();
    let zh = |refused: Refused| Some(refused.describe(Lang::Zh));
    let scheme = state.scheme(asked.day);
    if scheme != Some(asked.scheme) {
        return match scheme {
            Some(scheme) => zh(Refused::OtherScheme(asked.person, scheme)),
            None => zh(Refused::NotEnrolled(asked.person)),
        };
    }
    let version = match office.policies.on(asked.scheme, asked.day) {
        Ok(version) => version,
        Err(refused) => return zh(refused),
    };
    let covered = version.policy().coverage(&state.membership, asked.day);
    if covered.state != CoverageState::InForce {
        let (state, reason) = (covered.state.name(Lang::Zh), covered.reason.name(Lang::Zh));
        return Some(format!("{state}：{reason}"));
    }
    let institution = match office.institution(&asked.institution, asked.day) {
        Ok(institution) => institution,
        Err(refused) => return zh(refused),
    };
    if !institution.designated_on(asked.day) {
        return Some("该机构当日不是定点医药机构".to_owned());
    }
    let registered = |disease: &String| {
        state.registrations.iter().any(|held| {
            let registration = &held.registration;
            registration.disease.as_ref() == Some(disease) && registration.from <= asked.day
        })
    };
    match (&asked.disease, asked.setting) {
        (Some(disease), Setting::Chronic) if !registered(disease) => {
            Some("未办理门诊慢特病备案".to_owned())
        }
        _ => None,
    }
}
