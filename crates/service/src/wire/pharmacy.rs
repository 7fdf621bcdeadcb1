//! Pharmacies: a purchase settled in one message, its trial, and its cancelling (2101, 2102, 2103).

use agency::act::Act;
use agency::divided;
use agency::domain::Fen;
use agency::domain::bill::Scheme;
use agency::record::{Care, Cost, FeeLine, When};
use agency::{Answer, Refused};

use super::bill::{self, Bill};
use super::charges::{self, Divided};
use super::fields::pharmacy::{IN_2102_DRUGDETAIL, IN_2102_DRUGINFO};
use super::kinds;
use super::people::{self, Somebody};
use super::read::{Faulty, Fields, Reader, Rule};
use super::refusal::Refusal;
use super::reversal;
use super::settled::Sign;
use super::work::{Done, Work};

/// A purchase as it comes.
struct Purchase {
    person: u64,
    care: Care,
    total: Fen,
    shown: String,
}

/// 2101: what it would come to.
pub(super) async fn attempt(work: &Work<'_>) -> Result<Done, Refusal> {
    let purchase = work.read(|reader| read(work, reader))?;
    adds_up(&purchase)?;
    let act = Act::Settle(Box::new(purchase.care));
    let answer = work.attempt(purchase.person, act).await?;
    told(work, purchase.person, answer, &purchase.shown)
}

/// 2102: it is settled.
pub(super) async fn settle(work: &Work<'_>) -> Result<Done, Refusal> {
    let purchase = work.read(|reader| read(work, reader))?;
    adds_up(&purchase)?;
    let act = Act::Settle(Box::new(purchase.care));
    let answer = work.ask(purchase.person, act).await?;
    told(work, purchase.person, answer, &purchase.shown)
}

/// 2103: it is taken back.
pub(super) async fn cancel(work: &Work<'_>) -> Result<Done, Refusal> {
    reversal::of_settlement(work, &super::fields::pharmacy::IN_2103_DATA).await
}

fn read(work: &Work<'_>, reader: &Reader<'_>) -> Result<Purchase, Faulty> {
    let info = reader.one(&IN_2102_DRUGINFO)?;
    let rows = reader.many(&IN_2102_DRUGDETAIL);
    let person = work.person(&info);
    let care = care(work, &info);
    let total = info.fen("medfee_sumamt");
    let office = work.window.agency.office();
    let lines: Vec<Result<FeeLine, Faulty>> = rows?
        .iter()
        .map(|row| charges::read(work, row, &office.catalogue, None).map(|charge| charge.line))
        .collect();
    let (person, mut care) = (person?, care?);
    people::same(work, &info, person)?;
    care.cost = Cost::Lines(lines.into_iter().collect::<Result<_, _>>()?);
    Ok(Purchase {
        person,
        care,
        total: total?,
        shown: info
            .opt_text("mdtrt_cert_type")?
            .unwrap_or_default()
            .to_owned(),
    })
}

/// What a purchase says of the care, without its lines.
fn care(work: &Work<'_>, info: &Fields<'_>) -> Result<Care, Faulty> {
    let time = work.time(info, "begntime");
    let called = info.code("med_type");
    let scheme = scheme(info);
    let (time, called) = (time?, called?);
    charges::past(work, info, "begntime", time)?;
    let kind = kinds::care(called);
    let (setting, emergency) = kind.ok_or_else(|| info.refuse("med_type", Rule::Known))?;
    let when = When {
        from: time.date(),
        until: None,
    };
    let (spare_account, spare_family) = accounts(info)?;
    let (causes, third_party_unpaid) = causes(info)?;
    Ok(Care {
        emergency,
        disease: work.disease(info.opt_text("dise_codg")?),
        causes,
        third_party_unpaid,
        spare_account,
        spare_family,
        scheme: Some(scheme?),
        called: Some(called.to_owned()),
        ..Care::new(&work.message.institution, setting, when, Cost::none())
    })
}

/// The scheme that an insurance type belongs to.
pub(super) fn scheme(fields: &Fields<'_>) -> Result<Scheme, Faulty> {
    let insurance = fields.code("insutype")?;
    kinds::scheme(insurance).ok_or_else(|| fields.refuse("insutype", Rule::Known))
}

/// Whether the person's own account is spared, and relatives'. Where nothing is said the own account pays.
pub(super) fn accounts(fields: &Fields<'_>) -> Result<(bool, bool), Faulty> {
    Ok(match fields.opt_code("acct_used_flag")? {
        Some("0") => (true, true),
        Some("2") => (false, false),
        _ => (false, true),
    })
}

/// An accident with somebody else to blame is a cause that the policy must know.
pub(super) fn causes(fields: &Fields<'_>) -> Result<(Vec<String>, bool), Faulty> {
    let more = fields.opt_json("exp_content")?;
    let flag = |name| {
        let node = more.as_ref().and_then(|more| more.get(name));
        node.and_then(|node| node.scalar()) == Some("1")
    };
    let accident = flag("TRUM_FLAG") && flag("REL_TTP_FLAG");
    Ok((
        accident
            .then(|| "third_party".to_owned())
            .into_iter()
            .collect(),
        false,
    ))
}

/// The total that a message states is that of its lines.
fn adds_up(purchase: &Purchase) -> Result<(), Refusal> {
    let Cost::Lines(lines) = &purchase.care.cost else {
        return Ok(());
    };
    let sum = lines.iter().try_fold(0_u64, |sum, line| {
        sum.checked_add(line.amount.unwrap_or_default())
    });
    let sum = Fen::new(sum.unwrap_or(u64::MAX));
    match sum == purchase.total {
        true => Ok(()),
        false => Err(Refused::OtherTotal(purchase.total, sum).into()),
    }
}

fn told(work: &Work<'_>, person: u64, mut answer: Answer, shown: &str) -> Result<Done, Refusal> {
    let who = answer.who.take().ok_or(Refused::NoPerson(person))?;
    let settled = bill::settled(&answer)?;
    let somebody = Somebody::new(work, person, who, answer.day);
    let lane = answer.lane.number;
    let real = answer.entry > 0;
    let visit = match real {
        true => work.visit_id(lane, answer.entry, true),
        false => String::new(),
    };
    let settlement = real.then(|| work.settlement_id(lane, answer.entry));
    bill::warn_of_refusal(work, settled);
    let bill = Bill {
        settled,
        somebody: &somebody,
        visit: &visit,
        settlement: settlement.as_deref(),
        sign: Sign::Plus,
        time: answer.at,
        shown,
        message: &work.message.id,
        left: settled.left[0] + settled.left[1],
    };
    Ok(Done::Output(bill.output(work, |out| {
        out.list("detlcutinfo", |rows| lines(work, rows, &answer));
    })))
}

/// What each line of a settled purchase divides into.
fn lines(work: &Work<'_>, rows: &mut super::write::Rows<'_>, answer: &Answer) {
    let Ok(settled) = bill::settled(answer) else {
        return;
    };
    let Cost::Lines(lines) = &settled.care.cost else {
        return;
    };
    let office = work.window.agency.office();
    let Some(version) = office.policies.numbered(answer.policy) else {
        return;
    };
    let steps: Vec<_> = settled
        .steps
        .iter()
        .filter_map(|form| form.step())
        .collect();
    let parts = divided::divided(&steps, lines, &version.file.plan);
    let each = lines.iter().zip(&parts).map(|(line, parts)| Divided {
        line,
        number: line.number.as_deref().unwrap_or_default(),
        quantity: i64::try_from(line.quantity).unwrap_or(i64::MAX),
        parts: parts.map(|fen| i64::try_from(fen).unwrap_or(i64::MAX)),
    });
    charges::write(rows, each, &office.catalogue, false);
}
