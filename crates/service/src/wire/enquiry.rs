//! Enquiries: what institutions ask of what the books hold (5201 to 5304, 100001). Each sees its own; what is another's is not there.

mod diagnoses;
mod found;
mod items;
mod lines;
mod settlement;
mod sums;
mod visits;

pub(super) use diagnoses::diagnoses;
pub(super) use items::items;
pub(super) use lines::{chronic, lines};
pub(super) use settlement::settlement;
pub(super) use sums::sums;
pub(super) use visits::{inside, visits};

use agency::record::Paper;
use jiff::civil::DateTime;

use super::node::Node;
use super::read::{Faulty, Fields};
use super::work::Work;

/// What a paper of a person says; none if it cannot be opened any more.
pub(super) fn opened(work: &Work<'_>, person: u64, paper: &Paper) -> Option<Node<'static>> {
    let text = work.window.agency.key().open(person, &paper.body).ok()?;
    Some(Node::parse(&text).ok()?.into_owned())
}

/// A node of what was said, by the first of these keys that is there; of a list its only row.
pub(super) fn node_of<'n>(said: &'n Node<'static>, keys: &[&str]) -> Option<&'n Node<'static>> {
    let node = keys.iter().find_map(|key| said.get(key))?;
    match node {
        Node::List(rows) => rows.first(),
        node => Some(node),
    }
}

/// From when until when; open ends where nothing is said.
struct Range {
    from: Option<DateTime>,
    until: Option<DateTime>,
}

impl Range {
    fn read(data: &Fields<'_>) -> Result<Range, Faulty> {
        let (from, until) = (data.opt_time("begntime"), data.opt_time("endtime"));
        Ok(Range {
            from: from?,
            until: until?,
        })
    }

    /// By days, since a visit is known by its day.
    fn has(&self, day: jiff::civil::Date) -> bool {
        let begun = self.from.is_none_or(|from| from.date() <= day);
        begun && self.until.is_none_or(|until| day <= until.date())
    }
}
