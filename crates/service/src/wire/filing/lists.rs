//! The state of settlement lists (4102), and the question for it (4103).

use super::super::fields::filing::IN_4102_STASTINFO;
use super::super::node::Node;
use super::super::refusal::Refusal;
use super::super::work::{Done, Work};
use super::super::write::Out;
use super::{all, file};

/// 4102.
pub(in crate::wire) async fn mark(work: &Work<'_>) -> Result<Done, Refusal> {
    let rows = work.read(|reader| {
        let rows = reader.many(&IN_4102_STASTINFO)?;
        let told = rows.iter().map(|row| {
            let (person, settlement) = (row.text("psn_no"), row.text("setl_id"));
            row.text("stas_type")?;
            let name = format!("{}/{}", person?, settlement?);
            Ok((name, row.rest(&[]).unwrap_or_default()))
        });
        told.collect::<Result<Vec<_>, _>>()
    })?;
    for (name, said) in rows {
        file(work, work.number, &name, &said).await?;
    }
    Ok(Done::Nothing)
}

/// 4103: the state that was told last; of a person, of a settlement, or of all.
pub(in crate::wire) async fn marks(work: &Work<'_>) -> Result<Done, Refusal> {
    let asked = |name: &str| {
        let data = work.message.input.get("data");
        let within = data.and_then(|data| data.get("stastinfo")).or(data);
        within
            .and_then(|node| node.get(name))
            .and_then(Node::scalar)
    };
    let wanted = |said: &Node<'_>| {
        ["psn_no", "setl_id"].iter().all(|name| {
            let asked = asked(name);
            asked.is_none() || said.get(name).and_then(Node::scalar) == asked
        })
    };
    let all = all(work.window, &work.message.institution, "4102", "").await?;
    // Of each name the last day stands.
    let latest: std::collections::BTreeMap<_, _> = all.into_iter().collect();
    let mut out = Out::new();
    out.object("data", |data| {
        data.list("stastinfo", |rows| {
            for said in latest.values().filter(|said| wanted(said)) {
                rows.row(|row| {
                    for name in ["psn_no", "setl_id", "stas_type"] {
                        row.opt_text(name, said.get(name).and_then(Node::scalar));
                    }
                });
            }
        });
    });
    Ok(Done::Output(out.json()))
}
