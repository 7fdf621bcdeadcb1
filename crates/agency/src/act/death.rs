//! Death: the enrolment ends, the account goes to the heirs or to the pooled fund.

use domain::Fen;
use domain::ledger::{LedgerAccount, Posting, Postings};
use jiff::civil::Date;

use super::{Draft, Known, Message, Outgoing};
use crate::record::Event;
use crate::record::money::{Died, Heir};
use crate::refused::Refused;

/// To the heir's account, in cash where heirs have none, to the pooled fund where there is no heir (国发〔1998〕44号).
pub(super) fn die(known: &Known<'_>, on: Date, to: Heir) -> Result<Draft, Refused> {
    let state = known.living()?;
    if let Some(open) = state.open_enrolment().filter(|open| on < open.from) {
        return Err(Refused::DayBefore(on, open.from));
    }
    let account = &state.account;
    let amount = account.current + account.prior;
    let (target, message) = passed_on(known.person, to, amount, on);
    let mut postings = Postings::with_capacity(3);
    postings.post(LedgerAccount::Current, target, account.current, 0);
    postings.post(LedgerAccount::Prior, target, account.prior, 0);
    // What was paid in for the account and not yet credited is the fund's to keep; it was never the person's.
    postings.post(
        LedgerAccount::Awaiting,
        LedgerAccount::PooledFund,
        account.awaiting,
        0,
    );
    Ok(Draft {
        postings: postings.list(),
        message: message.map(Outgoing::Plain),
        ..Draft::new(Event::Died(Died { on, to }), on)
    })
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
