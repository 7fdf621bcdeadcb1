//! Outpatients: registration, what the visit is, fee lines by batch, trial, settlement (2201 to 2207).

use agency::act::{Act, Settling};
use agency::domain::Fen;
use agency::domain::setting::Setting;
use agency::record::{Care, Cost, Described, Event, FeeLine, Paper, VisitOpened, When};
use agency::{Answer, Refused};

use super::bill::{self, Bill};
use super::charges::{self, Divided};
use super::fields::Shape;
use super::fields::outpatient as tables;
use super::ids::VisitId;
use super::kinds;
use super::people::{self, Somebody};
use super::pharmacy::{accounts, causes, scheme};
use super::read::{Faulty, Fields, Rule};
use super::refusal::Refusal;
use super::settled::Sign;
use super::work::{self, Done, Work};
use super::write::Out;

/// 2201: a visit is opened.
pub(super) async fn register(work: &Work<'_>) -> Result<Done, Refusal> {
    let (person, opened, own_number) = work.read(|reader| {
        let data = reader.one(&tables::IN_2201_DATA)?;
        let person = work.person(&data);
        let time = work.time(&data, "begntime");
        let scheme = scheme(&data);
        let number = data.text("ipt_otp_no");
        let (person, time) = (person?, time?);
        charges::past(work, &data, "begntime", time)?;
        people::same(work, &data, person)?;
        let when = When {
            from: time.date(),
            until: None,
        };
        let care = Care {
            scheme: Some(scheme?),
            ..Care::new(
                &work.message.institution,
                Setting::Outpatient,
                when,
                Cost::none(),
            )
        };
        let paper = paper(work, person);
        Ok((person, VisitOpened { care, paper }, number?.to_owned()))
    })?;
    let answer = work.ask(person, Act::Open(Box::new(opened))).await?;
    let mut out = Out::new();
    out.object("data", |data| {
        data.text(
            "mdtrt_id",
            &work.visit_id(answer.lane.number, answer.entry, false),
        )
        .text("psn_no", &work.person_id(person))
        .text("ipt_otp_no", &own_number)
        .null("exp_content");
    });
    Ok(Done::Output(out.json()))
}

/// What was said, word for word, to be filed; sealed, since it names people.
pub(super) fn paper(work: &Work<'_>, person: u64) -> Option<Paper> {
    let said = work::said(&work.message.input)?;
    Some(Paper {
        kind: work.number.to_owned(),
        body: work.window.agency.key().seal_same(person, &said).ok()?,
    })
}

/// 2202 and 2404: a visit is cancelled.
pub(super) async fn cancel(work: &Work<'_>, shape: &'static Shape) -> Result<Done, Refusal> {
    let (person, visit) = work.read(|reader| named(work, &reader.one(shape)?))?;
    let act = Act::Cancel {
        visit: visit.entry,
        on: work.day(),
    };
    work.ask(person, act).await?;
    Ok(Done::Nothing)
}

/// The person and the visit that a row names. A purchase without a visit is none that goes on.
pub(super) fn named(work: &Work<'_>, fields: &Fields<'_>) -> Result<(u64, VisitId), Faulty> {
    let person = work.person(fields);
    let visit = work.visit(fields);
    let (person, visit) = (person?, visit?);
    if visit.purchase || work.window.agency.lane_of(person).number != visit.lane {
        return Err(fields.refuse("mdtrt_id", Rule::Ours));
    }
    Ok((person, visit))
}

/// 2203: what kind of care it is, and the diagnoses.
pub(super) async fn describe(work: &Work<'_>) -> Result<Done, Refusal> {
    let (person, described) = work.read(|reader| {
        let info = reader.one(&tables::IN_2203_MDTRTINFO)?;
        // Diagnoses are filed; what is wrong with them is told all the same.
        reader.opt_many(&tables::IN_2203_DISEINFO)?;
        let (person, visit) = named(work, &info)?;
        let called = info.code("med_type")?;
        let kind = kinds::care(called).filter(|(setting, _)| *setting != Setting::Inpatient);
        let (setting, emergency) = kind.ok_or_else(|| info.refuse("med_type", Rule::Known))?;
        let time = work.time(&info, "begntime")?;
        charges::past(work, &info, "begntime", time)?;
        let (causes, _) = causes(&info)?;
        let described = Described {
            visit: visit.entry,
            setting,
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

/// 2204: fee lines, whole batches at a time.
pub(super) async fn add(work: &Work<'_>) -> Result<Done, Refusal> {
    let (person, visit, lines) = work.read(|reader| {
        let rows = reader.many(&tables::IN_2204_FEEDETAIL)?;
        let (person, visit) = of_one_visit(work, &rows)?;
        let office = work.window.agency.office();
        let lines: Vec<Result<FeeLine, Faulty>> = rows
            .iter()
            .map(|row| {
                row.text("chrg_bchno")?;
                Ok(charges::read(work, row, &office.catalogue, None)?.line)
            })
            .collect();
        let lines = lines.into_iter().collect::<Result<Vec<_>, _>>()?;
        Ok((person, visit, lines))
    })?;
    let on = lines.iter().filter_map(|line| line.day).max();
    let act = Act::AddLines {
        visit: visit.entry,
        lines,
        returns: Vec::new(),
        on: on.unwrap_or_else(|| work.day()),
    };
    let answer = work.ask(person, act).await?;
    let mut out = Out::new();
    out.list("result", |rows| added(work, rows, &answer));
    Ok(Done::Output(out.json()))
}

/// All rows of a message are of one visit.
pub(super) fn of_one_visit(work: &Work<'_>, rows: &[Fields<'_>]) -> Result<(u64, VisitId), Faulty> {
    let mut all = rows.iter();
    let Some(first) = all.next() else {
        return Err(Faulty);
    };
    let one = named(work, first)?;
    for row in all {
        if named(work, row)? != one {
            return Err(row.refuse("mdtrt_id", Rule::OneVisit));
        }
    }
    Ok(one)
}

/// What each line that was added divides into.
pub(super) fn added(work: &Work<'_>, rows: &mut super::write::Rows<'_>, answer: &Answer) {
    let Event::LinesAdded(added) = &answer.event else {
        return;
    };
    let each = added.lines.iter().zip(&added.divided);
    let each = each.map(|(line, parts)| Divided {
        line,
        number: line.number.as_deref().unwrap_or_default(),
        quantity: i64::try_from(line.quantity).unwrap_or(i64::MAX),
        parts: parts.map(|fen| i64::try_from(fen).unwrap_or(i64::MAX)),
    });
    let office = work.window.agency.office();
    charges::write(rows, each, &office.catalogue, true);
}

/// 2205: a batch is taken out, or all that is not settled.
pub(super) async fn remove(work: &Work<'_>) -> Result<Done, Refusal> {
    let (person, act) = work.read(|reader| {
        let data = reader.one(&tables::IN_2205_DATA)?;
        let (person, visit) = named(work, &data)?;
        let (visit, on) = (visit.entry, work.day());
        let act = match data.text("chrg_bchno")? {
            "0000" => Act::RemoveLines {
                visit,
                lines: Vec::new(),
                on,
            },
            batch => Act::RemoveBatch {
                visit,
                batch: batch.to_owned(),
                on,
            },
        };
        Ok((person, act))
    })?;
    work.ask(person, act).await?;
    Ok(Done::Nothing)
}

/// How a visit is to be settled, as it comes.
pub(super) struct Asked {
    pub(super) person: u64,
    pub(super) visit: VisitId,
    pub(super) settling: Settling,
    /// The four sums that a settlement repeats.
    pub(super) repeated: [Option<Fen>; 4],
    pub(super) shown: String,
}

/// 2206: what a batch would come to.
pub(super) async fn attempt(work: &Work<'_>) -> Result<Done, Refusal> {
    let asked = read(work, &tables::IN_2206_DATA)?;
    let act = Act::SettleVisit(asked.settling.clone());
    let answer = work.attempt(asked.person, act).await?;
    settled(work, &asked, answer)
}

/// 2207: a batch is settled.
pub(super) async fn settle(work: &Work<'_>) -> Result<Done, Refusal> {
    let asked = read(work, &tables::IN_2207_DATA)?;
    let act = Act::SettleVisit(asked.settling.clone());
    let answer = work.ask(asked.person, act).await?;
    settled(work, &asked, answer)
}

fn read(work: &Work<'_>, shape: &'static Shape) -> Result<Asked, Refusal> {
    work.read(|reader| {
        let data = reader.one(shape)?;
        let mut asked = settling(work, &data)?;
        let called = data.code("med_type")?;
        let kind = kinds::care(called).filter(|(setting, _)| *setting != Setting::Inpatient);
        let (setting, _) = kind.ok_or_else(|| data.refuse("med_type", Rule::Known))?;
        asked.settling.batch = Some(data.text("chrg_bchno")?.to_owned());
        asked.settling.setting = Some(setting);
        asked.settling.called = Some(called.to_owned());
        Ok(asked)
    })
}

/// What every settlement of a visit says.
pub(super) fn settling(work: &Work<'_>, data: &Fields<'_>) -> Result<Asked, Faulty> {
    let named = named(work, data);
    let stated = data.fen("medfee_sumamt");
    scheme(data)?;
    let (spare_account, spare_family) = accounts(data)?;
    let (person, visit) = named?;
    people::same(work, data, person)?;
    let [a, b, c, d] = [
        "fulamt_ownpay_amt",
        "overlmt_selfpay",
        "preselfpay_amt",
        "inscp_scp_amt",
    ]
    .map(|name| data.opt_fen(name));
    Ok(Asked {
        person,
        visit,
        settling: Settling {
            visit: visit.entry,
            spare_account,
            spare_family,
            stated: Some(stated?.fen()),
            ..Settling::default()
        },
        repeated: [a?, b?, c?, d?],
        shown: data
            .opt_text("mdtrt_cert_type")?
            .unwrap_or_default()
            .to_owned(),
    })
}

/// The settlement of a visit or its trial, as it is answered.
pub(super) fn settled(work: &Work<'_>, asked: &Asked, mut answer: Answer) -> Result<Done, Refusal> {
    let who = answer.who.take().ok_or(Refused::NoPerson(asked.person))?;
    let settled = bill::settled(&answer)?;
    bill::compare(work, settled, asked.repeated)?;
    bill::warn_of_refusal(work, settled);
    let somebody = Somebody::new(work, asked.person, who, answer.day);
    let lane = answer.lane.number;
    let settlement = (answer.entry > 0).then(|| work.settlement_id(lane, answer.entry));
    let bill = Bill {
        settled,
        somebody: &somebody,
        visit: &work.visit_id(lane, asked.visit.entry, false),
        settlement: settlement.as_deref(),
        sign: Sign::Plus,
        time: answer.at,
        shown: &asked.shown,
        message: &work.message.id,
        left: settled.left[0] + settled.left[1],
    };
    Ok(Done::Output(bill.output(work, |_| ())))
}
