//! Death: the enrolment ends, the account goes to the heirs or to the pooled fund.

use domain::Fen;
use domain::ledger::{LedgerAccount, Posting, Postings};
use jiff::civil::Date;

use super::{Draft, Known, Message, Outgoing};
use crate::record::Event;
use crate::record::money::{Died, Heir};
use crate::refused::Refused;
use crate::state::AccountState;

/// To the heir's account, in cash where heirs have none, to the pooled fund where there is no heir (国发〔1998〕44号).
pub(super) fn die(known: &Known<'_>, on: Date, to: Heir) -> Result<Draft, Refused> {
    let state = known.living()?;
    if let Some(open) = state.open_enrolment().filter(|open| on < open.from) {
        return Err(Refused::DayBefore(on, open.from));
    }
    let estate = Estate::of(&state.account);
    let (target, message) = passed_on(known.person, to, estate.own, on);
    let postings = estate.leaves(&state.account, target);
    Ok(Draft {
        postings: postings.list(),
        message: message.map(Outgoing::Plain),
        ..Draft::new(Event::Died(Died { on, to }), on)
    })
}

/// What leaves an account that is closed for good.
pub(super) struct Estate {
    /// What is the person's own.
    pub(super) own: Fen,
    /// Paid in for months whose credit had not come yet: the person's own too. Where the year was credited in advance, what is paid in
    /// afterwards is the pooled fund's, which gave the credit.
    awaiting: Fen,
}

impl Estate {
    pub(super) fn of(account: &AccountState) -> Estate {
        let awaiting = if account.paid_bases.is_empty() {
            Fen::ZERO
        } else {
            account.awaiting
        };
        Estate {
            own: account.own() + awaiting,
            awaiting,
        }
    }

    /// What is owed is set off first; what is the person's own goes to the target.
    pub(super) fn leaves(&self, account: &AccountState, target: LedgerAccount) -> Postings {
        let mut postings = Postings::with_capacity(6);
        let mut owed = account.owed;
        for (part, balance) in [
            (LedgerAccount::Current, account.current),
            (LedgerAccount::Prior, account.prior),
        ] {
            let (set_off, rest) = balance.split_at(owed);
            owed = owed.beyond(set_off);
            postings.post(part, LedgerAccount::Owed, set_off, 0);
            postings.post(part, target, rest, 0);
        }
        let awaiting = LedgerAccount::Awaiting;
        postings.post(awaiting, target, self.awaiting, 0);
        let of_pool = account.awaiting.beyond(self.awaiting);
        postings.post(awaiting, LedgerAccount::PooledFund, of_pool, 0);
        postings
    }
}

/// Where money of somebody who has died goes, and the message that takes it to the heir's lane.
pub(super) fn passed_on(
    from: u64,
    to: Heir,
    amount: Fen,
    on: Date,
) -> (LedgerAccount, Option<Message>) {
    match to {
        // Nobody inherits from himself: that would go on for ever.
        Heir::Account(person, _) if person != from => {
            let inherited = Message::Inherited {
                person,
                from,
                amount,
                on,
            };
            let message = Some(inherited).filter(|_| !amount.is_zero());
            (LedgerAccount::InTransit, message)
        }
        Heir::Account(..) | Heir::Cash => (LedgerAccount::Estate, None),
        Heir::Nobody => (LedgerAccount::PooledFund, None),
    }
}

/// What an entry brings into the account of somebody who has died goes on by the same rule, in the same entry.
pub(super) fn goes_on(known: &Known<'_>, mut draft: Draft) -> Draft {
    let Some(heir) = known.state.and_then(|state| state.heir) else {
        return draft;
    };
    let came = |postings: &[Posting], part: LedgerAccount| -> Fen {
        let to = postings.iter().filter(|p| p.credit == part.number());
        to.map(|p| p.amount).sum()
    };
    let parts = [LedgerAccount::Current, LedgerAccount::Prior];
    let came = parts.map(|part| (part, came(&draft.postings, part)));
    let amount = came.iter().map(|(_, amount)| *amount).sum();
    let (target, message) = passed_on(known.person, heir, amount, draft.day);
    let mut postings = Postings::with_capacity(2);
    for (part, amount) in came {
        postings.post(part, target, amount, 0);
    }
    draft.postings.extend(postings.list());
    draft.message = message.map(Outgoing::Plain);
    draft
}
