//! A person's state as JSON, as it stands in the database.

use domain::Fen;
use domain::bill::Scheme;
use domain::ledger::AccountNumber;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{AccountState, Dated, Held, PersonState, Received, YearSums, Years};
use crate::record::member::{MemberForm, Registered};
use crate::record::money::{Grant, Heir};
use crate::word;

#[derive(Serialize, Deserialize)]
struct StateForm {
    member: MemberForm,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    retired: Option<Date>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    identities: Vec<(Date, Vec<String>)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    employer: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    bases: Vec<(Date, u64)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    registrations: Vec<(u64, Registered)>,
    account: AccountForm,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    received: Vec<(Grant, u64, u64)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    years: Vec<YearForm>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    visits: Vec<u64>,
    last: u64,
    last_settlement: u64,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    taken_back: Vec<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    heir: Option<Heir>,
}

/// Current, prior, awaiting, owed, fen-days of current and prior, the day counted to, the months credited, the day rolled over
/// to, the entry that did it, withdrawable, the bases that months not credited were paid on.
#[derive(Serialize, Deserialize)]
struct AccountForm(
    u64,
    u64,
    u64,
    u64,
    u64,
    u64,
    Option<Date>,
    Vec<(u32, u32)>,
    Option<Date>,
    u64,
    u64,
    Vec<(u32, u32, u64)>,
);

#[derive(Serialize, Deserialize)]
struct YearForm {
    #[serde(with = "word")]
    scheme: Scheme,
    first: Date,
    sums: Vec<(u16, u64)>,
}

impl AccountForm {
    fn account(self) -> AccountState {
        let AccountForm(
            current,
            prior,
            awaiting,
            owed,
            current_days,
            prior_days,
            counted,
            credits,
            rolled,
            rolled_by,
            withdrawable,
            paid_bases,
        ) = self;
        AccountState {
            current: Fen::new(current),
            prior: Fen::new(prior),
            awaiting: Fen::new(awaiting),
            owed: Fen::new(owed),
            current_days,
            prior_days,
            counted,
            credits,
            rolled,
            rolled_by,
            withdrawable: Fen::new(withdrawable),
            paid_bases: paid_bases
                .into_iter()
                .map(|(first, last, base)| (first, last, Fen::new(base)))
                .collect(),
        }
    }
}

impl PersonState {
    pub(crate) fn write(&self) -> Result<String, serde_json::Error> {
        let account = &self.account;
        serde_json::to_string(&StateForm {
            member: MemberForm::of(&self.membership),
            retired: self.retired,
            identities: self.identities.0.clone(),
            employer: self.employer.clone(),
            bases: self
                .bases
                .0
                .iter()
                .map(|(day, base)| (*day, base.fen()))
                .collect(),
            registrations: self
                .registrations
                .iter()
                .map(|held| (held.entry, Registered::of(&held.registration)))
                .collect(),
            account: AccountForm(
                account.current.fen(),
                account.prior.fen(),
                account.awaiting.fen(),
                account.owed.fen(),
                account.current_days,
                account.prior_days,
                account.counted,
                account.credits.clone(),
                account.rolled,
                account.rolled_by,
                account.withdrawable.fen(),
                account
                    .paid_bases
                    .iter()
                    .map(|(first, last, base)| (*first, *last, base.fen()))
                    .collect(),
            ),
            received: self
                .received
                .iter()
                .map(|r| (r.grant, r.from, r.left.fen()))
                .collect(),
            years: self
                .years
                .0
                .iter()
                .map(|year| YearForm {
                    scheme: year.scheme,
                    first: year.first,
                    sums: year.sums.iter().map(|(a, sum)| (a.0, *sum)).collect(),
                })
                .collect(),
            visits: self.visits.clone(),
            last: self.last,
            last_settlement: self.last_settlement,
            taken_back: self.taken_back.clone(),
            heir: self.heir,
        })
    }

    /// From its JSON.
    ///
    /// # Errors
    /// When it is of another form.
    pub fn read(json: &str) -> Result<PersonState, String> {
        let form: StateForm = serde_json::from_str(json).map_err(|e| e.to_string())?;
        Ok(PersonState {
            membership: form
                .member
                .membership()
                .ok_or("a month of a payment is none")?,
            retired: form.retired,
            identities: Dated(form.identities),
            employer: form.employer,
            bases: Dated(
                form.bases
                    .into_iter()
                    .map(|(day, base)| (day, Fen::new(base)))
                    .collect(),
            ),
            registrations: form
                .registrations
                .iter()
                .map(|(entry, registered)| Held {
                    entry: *entry,
                    registration: registered.registration(),
                })
                .collect(),
            account: form.account.account(),
            received: form
                .received
                .into_iter()
                .map(|(grant, from, left)| Received {
                    grant,
                    from,
                    left: Fen::new(left),
                })
                .collect(),
            years: Years(
                form.years
                    .into_iter()
                    .map(|year| YearSums {
                        scheme: year.scheme,
                        first: year.first,
                        sums: year
                            .sums
                            .into_iter()
                            .map(|(account, sum)| (AccountNumber(account), sum))
                            .collect(),
                    })
                    .collect(),
            ),
            visits: form.visits,
            last: form.last,
            last_settlement: form.last_settlement,
            taken_back: form.taken_back,
            heir: form.heir,
        })
    }
}
