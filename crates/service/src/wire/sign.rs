//! Signing in and out (9001, 9002): an operator's day. No transaction asks for it, since real clients forget it.

use serde::{Deserialize, Serialize};

use super::bill::spelt;
use super::fields::sign_in::{IN_9001_SIGN_IN, IN_9002_SIGN_OUT};
use super::refusal::Refusal;
use super::work::{Done, Work};
use super::write::Out;

/// The office's paper of an operator's day.
const KIND: &str = "paper:sign";

/// An operator's day.
#[derive(Serialize, Deserialize)]
struct Signed {
    number: String,
    ip: String,
    mac: String,
    at: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    out: Option<String>,
}

/// 9001: the day's number of an operator. Whoever signs in again on the day gets the same number.
pub(super) async fn sign_in(work: &Work<'_>) -> Result<Done, Refusal> {
    let (operator, ip, mac) = work.read(|reader| {
        let data = reader.one(&IN_9001_SIGN_IN)?;
        let own = |name| {
            data.opt_text(name)
                .map(|text| text.unwrap_or_default().to_owned())
        };
        let operator = data.text("opter_no")?.to_owned();
        Ok((operator, own("ip")?, own("mac")?))
    })?;
    let code = code(work, &operator);
    let known = today(work, &code).await?;
    let at = spelt(work.now);
    let signed = match known {
        Some(known) if known.out.is_none() => known,
        _ => {
            let serial = work.window.serial() % 1_000_000;
            let stamp = super::message::stamp(work.now);
            let signed = Signed {
                number: format!("{}{}{serial:06}", work.window.area, &stamp[..14]),
                ip,
                mac,
                at,
                out: None,
            };
            keep(work, &code, &signed).await?;
            signed
        }
    };
    let mut out = Out::new();
    out.object("signinoutb", |node| {
        node.text("sign_time", &signed.at)
            .text("sign_no", &signed.number);
    });
    Ok(Done::Output(out.json()))
}

/// 9002: the operator's day ends.
pub(super) async fn sign_out(work: &Work<'_>) -> Result<Done, Refusal> {
    let (operator, number) = work.read(|reader| {
        let data = reader.one(&IN_9002_SIGN_OUT)?;
        let number = data.opt_text("sign_no")?.map(str::to_owned);
        Ok((data.text("opter_no")?.to_owned(), number))
    })?;
    let code = code(work, &operator);
    let known = today(work, &code)
        .await?
        .filter(|known| known.out.is_none());
    let known = known.filter(|known| number.is_none_or(|number| number == known.number));
    let Some(mut known) = known else {
        let zh = format!("操作员{operator}今日没有未签退的签到");
        let en = format!("operator {operator} is not signed in today");
        return Err(Refusal::door("not_signed_in", zh, en));
    };
    let at = spelt(work.now);
    known.out = Some(at.clone());
    keep(work, &code, &known).await?;
    let mut out = Out::new();
    out.object("signoutoutb", |node| {
        node.text("sign_time", &at);
    });
    Ok(Done::Output(out.json()))
}

fn code(work: &Work<'_>, operator: &str) -> String {
    format!("{}/{operator}/", work.message.institution)
}

async fn today(work: &Work<'_>, code: &str) -> Result<Option<Signed>, Refusal> {
    let rows = work.window.filed(KIND, code.to_owned()).await?;
    let row = rows.into_iter().find(|row| row.from == work.now.date());
    Ok(row.and_then(|row| serde_json::from_str(&row.body).ok()))
}

async fn keep(work: &Work<'_>, code: &str, signed: &Signed) -> Result<(), Refusal> {
    let body = serde_json::to_string(signed).unwrap_or_default();
    work.window
        .file(KIND, code.to_owned(), work.now.date(), body)
        .await
}
