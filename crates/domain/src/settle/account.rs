//! The person's account: before the deductible where the region has it so, otherwise after the funds; then family accounts.

use crate::account::{AccountPart, OwnPart};
use crate::case::Case;
use crate::fen::Fen;
use crate::plan::{AccountPlan, Plan, Row};
use crate::purse::{Ground, Purse};
use crate::step::{Payer, Sink, Stage};

/// What the parts of the own account still hold.
#[derive(Clone, Copy)]
pub(super) struct Balances {
    current: Fen,
    prior: Fen,
}

impl Balances {
    /// Before the bill; nothing where the accounts may not be used.
    #[inline]
    pub(super) fn of(case: &Case<'_>) -> Balances {
        if case.use_account {
            Balances {
                current: case.accounts.current,
                prior: case.accounts.prior,
            }
        } else {
            Balances {
                current: Fen::ZERO,
                prior: Fen::ZERO,
            }
        }
    }

    #[inline(always)]
    fn are_zero(&self) -> bool {
        self.current.is_zero() && self.prior.is_zero()
    }

    #[inline]
    fn part(&mut self, part: AccountPart) -> &mut Fen {
        match part {
            AccountPart::Current => &mut self.current,
            AccountPart::Prior => &mut self.prior,
        }
    }
}

/// The account pays in-scope cost before the deductible; returns what is left of it.
#[inline(always)]
pub(super) fn before<S: Sink>(
    purse: &mut Purse<'_, S>,
    plan: &Plan,
    row: &Row,
    in_scope: Fen,
    balances: &mut Balances,
) -> Fen {
    let Some(account) = plan.account_of(row) else {
        return in_scope;
    };
    let mut left = in_scope;
    for &part in &account.before {
        let balance = balances.part(part);
        let (amount, rest) = left.split_at(*balance);
        *balance = balance.beyond(amount);
        purse.pay(
            Ground::of(Stage::AccountBefore, account.rule),
            left,
            amount,
            Payer::account(part),
        );
        left = rest;
    }
    left
}

/// The accounts pay the own parts that the policy lets them pay: the own account first, then the family's.
#[inline(always)]
pub(super) fn after<S: Sink>(
    purse: &mut Purse<'_, S>,
    plan: &Plan,
    row: &Row,
    case: &Case<'_>,
    balances: &mut Balances,
) {
    let Some(account) = plan.account_of(row) else {
        return;
    };
    let family = account.family && case.use_account && !case.accounts.family.is_empty();
    if balances.are_zero() && !family {
        return;
    }
    spend(purse, account, case, balances, family);
}

#[inline(never)]
fn spend<S: Sink>(
    purse: &mut Purse<'_, S>,
    account: &AccountPlan,
    case: &Case<'_>,
    balances: &mut Balances,
    family: bool,
) {
    let ground = Ground::of(Stage::Account, account.rule);
    for &part in &account.after {
        draw(
            purse,
            ground,
            &account.pays,
            balances.part(part),
            Payer::account(part),
        );
    }
    if family {
        for (number, family) in (1..).zip(&case.accounts.family) {
            let ground = Ground {
                line: number,
                ..ground
            };
            let mut balance = family.balance;
            draw(purse, ground, &account.pays, &mut balance, Payer::Family);
        }
    }
}

#[inline]
fn draw<S: Sink>(
    purse: &mut Purse<'_, S>,
    ground: Ground,
    pays: &[OwnPart],
    balance: &mut Fen,
    payer: Payer,
) {
    for &own in pays {
        if balance.is_zero() {
            return;
        }
        let of = purse.own(own);
        let (amount, _) = of.split_at(*balance);
        *balance = balance.beyond(amount);
        purse.draw(ground, of, amount, own, payer);
    }
}
