//! Questions for stock (3508 to 3513): the rows that were handed in (3501 to 3506), without those that were deleted (3507).

use super::super::node::Node;
use super::super::refusal::Refusal;
use super::super::work::{Done, Work};
use super::super::write::{self, Out};
use super::all;

/// An answer is no longer than a message may be.
const MOST: usize = 100;

/// 3508 to 3513.
pub(in crate::wire) async fn query(work: &Work<'_>, of: &str) -> Result<Done, Refusal> {
    let institution = &work.message.institution;
    let batch = |row: &Node<'_>| {
        let batch = row.get("fixmedins_bchno").and_then(Node::scalar);
        batch.map(str::to_owned)
    };
    let mut deleted = Vec::new();
    for kind in ["3507", "3507A"] {
        for (_, said) in all(work.window, institution, kind, "").await? {
            deleted.extend(rows_of(&said).into_iter().filter_map(|row| batch(&row)));
        }
    }
    let mut found = Vec::new();
    for kind in [of.to_owned(), format!("{of}A")] {
        for (_, said) in all(work.window, institution, &kind, "").await? {
            found.extend(rows_of(&said));
        }
    }
    found.retain(|row| {
        let gone = batch(row).is_some_and(|batch| deleted.contains(&batch));
        !gone && is_asked(row, work.message.input.get("data"))
    });
    if found.len() > MOST {
        let count = found.len();
        work.warn(format!("共{count}条，仅返回前{MOST}条，请缩小查询范围"));
    }
    let mut json = String::new();
    found.truncate(MOST);
    if !write::said(&mut json, &Node::List(found)) {
        json.push_str("[]");
    }
    let mut out = Out::new();
    out.raw("data", &json);
    Ok(Done::Output(out.json()))
}

/// The rows of the nodes of a message.
fn rows_of(said: &Node<'static>) -> Vec<Node<'static>> {
    let mut all = Vec::new();
    for (_, node) in said.members() {
        match node {
            Node::List(rows) => all.extend(rows.iter().cloned()),
            node => all.push(node.clone()),
        }
    }
    all
}

/// What the question says of a field must be what the row says, where both say something.
fn is_asked(row: &Node<'_>, question: Option<&Node<'_>>) -> bool {
    let members = question.map_or(&[][..], Node::members);
    members.iter().all(|(name, asked)| {
        let said = row.get(name).and_then(Node::scalar);
        let asked = asked.scalar();
        said.is_none() || asked.is_none() || said == asked
    })
}
