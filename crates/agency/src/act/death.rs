//! Death: the enrolment ends, the account goes to the heirs or to the pooled fund.

use domain::Fen;
use domain::ledger::{LedgerAccount, Postings};
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
