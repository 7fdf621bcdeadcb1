//! Family accounts: a person lets a relative draw on the account, to an amount that is set aside.
//!
//! The two may stand in different lanes, which never write together. So what is granted leaves the giver's account at once and is in
//! transit until the relative's lane has received it; a settlement then draws on what is there, and what is left can go back.

use domain::Fen;
use domain::account::AccountPart;
use domain::ledger::{LedgerAccount, Postings};
use jiff::civil::Date;

use super::death::passed_on;
use super::{Draft, Known, Message, Outgoing};
use crate::record::money::{Grant, Heir};
use crate::record::{Event, GrantGiven, GrantReceived, GrantRestored, GrantReturned, Inherited};
use crate::refused::Refused;

/// The parts that the policy lets relatives use, prior years' money first.
pub(super) fn give(known: &Known<'_>, to: u64, amount: Fen, on: Date) -> Result<Draft, Refused> {
    let state = known.living()?;
    if to == known.person {
        return Err(Refused::OwnGrant);
    }
    let (_, version) = known.policy(on)?;
    let (parts, _) = version
        .policy()
        .keeping
        .family_uses()
        .ok_or(Refused::NoFamilyUse)?;
    let own = state.account.own();
    if amount > own {
        return Err(Refused::TooLittle(amount, own));
    }
    let usable = |part| parts.contains(&part);
    let mut left = amount;
    let mut postings = Postings::with_capacity(2);
    for (part, account, balance) in [
        (
            AccountPart::Prior,
            LedgerAccount::Prior,
            state.account.prior,
        ),
        (
            AccountPart::Current,
            LedgerAccount::Current,
            state.account.current,
        ),
    ] {
        if usable(part) {
            let (taken, rest) = left.split_at(balance);
            postings.post(account, LedgerAccount::InTransit, taken, 0);
            left = rest;
        }
    }
    if amount.is_zero() || !left.is_zero() {
        return Err(Refused::TooLittle(amount, amount.beyond(left)));
    }
    let event = Event::GrantGiven(GrantGiven { to, lane: 0 });
    Ok(Draft {
        policy: version.number,
        postings: postings.list(),
        message: Some(Outgoing::Grant { to, amount, on }),
        ..Draft::new(event, on)
    })
}

/// What is left of it goes back to the giver.
pub(super) fn give_back(known: &Known<'_>, grant: Grant, on: Date) -> Result<Draft, Refused> {
    let state = known.state()?;
    let received = state.received.iter().find(|r| r.grant == grant);
    let received = received.filter(|r| !r.left.is_zero());
    let received = received.ok_or(Refused::NoGrant)?;
    let mut postings = Postings::default();
    postings.post(
        LedgerAccount::Granted,
        LedgerAccount::InTransit,
        received.left,
        0,
    );
    let message = Message::Returned {
        person: received.from,
        grant,
        amount: received.left,
        on,
    };
    Ok(Draft {
        postings: postings.list(),
        message: Some(Outgoing::Plain(message)),
        ..Draft::new(Event::GrantReturned(GrantReturned { grant }), on)
    })
}

/// What another lane sent arrives. It arrives also with somebody who is not enrolled (yet): money on its way has nowhere else to go, and
/// what was granted by mistake can be given back from there.
pub(super) fn receive(known: &Known<'_>, message: &Message) -> Result<Draft, Refused> {
    let (event, account, amount, on) = match message {
        Message::Granted {
            grant,
            from,
            amount,
            on,
            ..
        } => (
            Event::GrantReceived(GrantReceived {
                grant: *grant,
                from: *from,
            }),
            LedgerAccount::Granted,
            *amount,
            *on,
        ),
        Message::Returned {
            grant, amount, on, ..
        } => (
            Event::GrantRestored(GrantRestored { grant: *grant }),
            LedgerAccount::Prior,
            *amount,
            *on,
        ),
        Message::Inherited {
            from, amount, on, ..
        } => (
            Event::Inherited(Inherited { from: *from }),
            LedgerAccount::Prior,
            *amount,
            *on,
        ),
    };
    let mut postings = Postings::default();
    postings.post(LedgerAccount::InTransit, account, amount, 0);
    let heir = match (known.state.and_then(|state| state.heir), message) {
        // An heir who has died too: two who inherit from each other would send it to and fro for ever.
        (Some(Heir::Account(..)), Message::Inherited { .. }) => Some(Heir::Cash),
        (heir, _) => heir,
    };
    let message = match heir {
        Some(heir) if account == LedgerAccount::Prior => {
            let (target, message) = passed_on(known.person, heir, amount, on);
            postings.post(account, target, amount, 0);
            message
        }
        _ => None,
    };
    Ok(Draft {
        postings: postings.list(),
        message: message.map(Outgoing::Plain),
        ..Draft::new(event, on)
    })
}
