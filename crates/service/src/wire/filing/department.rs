//! Departments (3401, 3402, 3403), and their list (5101): the latest that was said of each.

use std::collections::BTreeMap;

use super::super::fields::department::{IN_3401_DEPTINFO, IN_3403_DATA};
use super::super::fields::register_query::OUT_5101_FEEDETAIL;
use super::super::node::Node;
use super::super::refusal::Refusal;
use super::super::rows;
use super::super::work::{Done, Work};
use super::super::write::Out;
use super::{all, file};

/// The institution's papers of its departments.
const KIND: &str = "department";
/// What is said of one that has ended.
const ENDED: &str = "ended";

/// 3401, 3401A, 3402: one department or several.
pub(in crate::wire) async fn enter(work: &Work<'_>) -> Result<Done, Refusal> {
    let rows = work.read(|reader| {
        let rows = reader.many(&IN_3401_DEPTINFO)?;
        let told = rows.iter().map(|row| {
            let code = row.text("hosp_dept_codg");
            row.text("hosp_dept_name")?;
            Ok((code?.to_owned(), row.rest(&[]).unwrap_or_default()))
        });
        told.collect::<Result<Vec<_>, _>>()
    })?;
    for (code, said) in rows {
        file(work, KIND, &code, &said).await?;
    }
    Ok(Done::Nothing)
}

/// 3403.
pub(in crate::wire) async fn end(work: &Work<'_>) -> Result<Done, Refusal> {
    let code = work.read(|reader| {
        let data = reader.one(&IN_3403_DATA)?;
        Ok(data.text("hosp_dept_codg")?.to_owned())
    })?;
    if !standing(work).await?.contains_key(&code) {
        let zh = format!("未查询到本机构的科室：{code}");
        let en = format!("this institution has no department {code}");
        return Err(Refusal::door("no_department", zh, en));
    }
    file(work, KIND, &code, &format!("{{\"{ENDED}\":\"1\"}}")).await?;
    Ok(Done::Nothing)
}

/// 5101: its own departments, whatever it asks.
pub(in crate::wire) async fn departments(work: &Work<'_>) -> Result<Done, Refusal> {
    let standing = standing(work).await?;
    let mut out = Out::new();
    out.list("feedetail", |rows| {
        for said in standing.values() {
            let nothing_else = |_: &mut Out, _: &'static str| false;
            rows.row(|out| {
                rows::write(out, &OUT_5101_FEEDETAIL, nothing_else, |name| {
                    said.get(name)
                });
            });
        }
    });
    Ok(Done::Output(out.json()))
}

/// Those that have not ended, by code.
async fn standing(work: &Work<'_>) -> Result<BTreeMap<String, Node<'static>>, Refusal> {
    let institution = &work.message.institution;
    let all = all(work.window, institution, KIND, "").await?;
    let mut standing: BTreeMap<_, _> = all.into_iter().collect();
    standing.retain(|_, said| said.get(ENDED).is_none());
    Ok(standing)
}
