//! 3203 and 3204: an institution applies for clearing, and withdraws it. Nothing is cleared by it: what is owed follows from the books.

use sha2::{Digest as _, Sha256};

use super::super::fields::reconciliation::{IN_3203_DATA, IN_3204_DATA};
use super::super::refusal::Refusal;
use super::super::work::{Done, Work};
use super::super::write::Out;
use super::{all, file, said};

/// 3203: the same message has the same number.
pub(in crate::wire) async fn apply(work: &Work<'_>) -> Result<Done, Refusal> {
    work.read(|reader| {
        let data = reader.one(&IN_3203_DATA)?;
        let (first, last) = (data.day("begndate"), data.day("enddate"));
        data.code("clr_type")?;
        Ok((first?, last?))
    })?;
    let id = number(work);
    file(work, work.number, &id, &said(work)?).await?;
    let mut out = Out::new();
    out.object("result", |result| {
        result.text("clr_appy_evt_id", &id);
    });
    Ok(Done::Output(out.json()))
}

/// 3204.
pub(in crate::wire) async fn withdraw(work: &Work<'_>) -> Result<Done, Refusal> {
    let id = work.read(|reader| {
        let data = reader.one(&IN_3204_DATA)?;
        Ok(data.text("clr_appy_evt_id")?.to_owned())
    })?;
    let institution = &work.message.institution;
    let known = all(work.window, institution, "3203", &format!("{id}/")).await?;
    if known.is_empty() {
        let zh = "未查询到本机构的该笔清算申请";
        let en = "this institution has not applied for this";
        return Err(Refusal::door("no_application", zh, en));
    }
    file(work, work.number, &id, &said(work)?).await?;
    Ok(Done::Nothing)
}

/// From whose message it was: 23 characters, like the other ids.
fn number(work: &Work<'_>) -> String {
    let message = &work.message;
    let digest = Sha256::digest(format!("{}/{}", message.institution, message.id));
    let mut first = [0; 8];
    for (byte, of) in first.iter_mut().zip(digest) {
        *byte = of;
    }
    let number = u64::from_be_bytes(first) % 100_000_000_000_000;
    format!("{}00C{number:014}", work.window.area)
}
