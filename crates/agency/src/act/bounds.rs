//! Bounds: amounts and days that an act may name, so that no sum of them leaves 64 bits and every day has eight digits.

use domain::Fen;
use jiff::civil::Date;

use super::{Act, Draft, Message};
use crate::record::{Care, Cost};
use crate::refused::Refused;

/// Every amount of an act is one that may be named. A table.
pub(super) fn amounts(act: &Act) -> Result<(), Refused> {
    match act {
        Act::Enrol { enrolled, opening } => {
            named(*opening)?;
            enrolled.base.map_or(Ok(()), named)
        }
        Act::Change(changed) => changed.base.map_or(Ok(()), named),
        Act::Pay { base, stated, .. } => {
            base.map_or(Ok(()), named)?;
            all(stated.iter().map(|part| part.amount))
        }
        Act::Deposit { amount, .. } | Act::Grant { amount, .. } | Act::Withdraw { amount, .. } => {
            named(*amount)
        }
        Act::Open(opened) => cost(&opened.care),
        Act::Settle(care) => cost(care),
        Act::Receive(
            Message::Granted { amount, .. }
            | Message::Returned { amount, .. }
            | Message::Inherited { amount, .. },
        ) => named(*amount),
        // Lines have bounds of their own.
        Act::AddLines { returns, .. } => {
            all(returns.iter().map(|one| Fen::new(one.amount.unwrap_or(0))))
        }
        Act::RemoveLines { .. }
        | Act::RemoveBatch { .. }
        | Act::RemoveNumbered { .. }
        | Act::Describe(_)
        | Act::Cancel { .. }
        | Act::Undischarge { .. }
        | Act::File { .. }
        | Act::Unregister { .. }
        | Act::Undo { .. }
        | Act::Close(_)
        | Act::Register(_)
        | Act::Credit { .. }
        | Act::Interest { .. }
        | Act::CloseYear { .. }
        | Act::Discharge(_)
        | Act::SettleVisit(_)
        | Act::Reverse { .. }
        | Act::ReturnGrant { .. }
        | Act::Die { .. }
        | Act::MoveOut { .. } => Ok(()),
    }
}

fn cost(care: &Care) -> Result<(), Refused> {
    let Cost::Sums(sums) = &care.cost else {
        return Ok(());
    };
    all(sums.iter().map(|fen| Fen::new(*fen)))
}

/// Each of them, and all together.
fn all(amounts: impl Iterator<Item = Fen>) -> Result<(), Refused> {
    let mut sum = Fen::ZERO;
    for amount in amounts {
        named(amount)?;
        sum += amount;
        named(sum)?;
    }
    Ok(())
}

fn named(amount: Fen) -> Result<(), Refused> {
    if amount <= Fen::LARGEST {
        Ok(())
    } else {
        Err(Refused::TooLarge(amount))
    }
}

/// Days stand in the books as eight digits.
pub(super) fn days(draft: &Draft) -> Result<(), Refused> {
    let in_books = |day: Date| (1900..2200).contains(&day.year());
    match [Some(draft.day), draft.year]
        .into_iter()
        .flatten()
        .find(|day| !in_books(*day))
    {
        Some(day) => Err(Refused::NoDay(day)),
        None => Ok(()),
    }
}
