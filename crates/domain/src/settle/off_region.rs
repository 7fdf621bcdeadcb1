//! The first share of in-scope cost for care outside the region.

use crate::account::OwnPart;
use crate::fen::Fen;
use crate::plan::{Plan, Row};
use crate::purse::{Ground, Purse};
use crate::step::{Sink, Stage};

/// Moves the share to the person's own and returns what stays in scope.
#[inline(always)]
pub(super) fn first_share<S: Sink>(
    purse: &mut Purse<'_, S>,
    plan: &Plan,
    row: &Row,
    in_scope: Fen,
) -> Fen {
    let Some(share) = row.off_region else {
        return in_scope;
    };
    let (first, rest) = in_scope.split_by(share.ratio, plan.policy.rounding.fund);
    purse.become_own(
        Ground::of(Stage::OffRegion, share.rule),
        in_scope,
        first,
        OwnPart::FirstShare,
    );
    rest
}
