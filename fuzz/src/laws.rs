//! Laws of the domain that hold for every bill under every policy that is right.

use domain::account::Accounts;
use domain::bill::{Bill, Cost, Days};
use domain::explain;
use domain::step::Payer;
use domain::words::Lang;
use domain::{Fen, Plan, Settlement};
use jiff::civil::Date;

/// Settles a bill and asserts what holds for every settlement; a bill that is not settled is told why.
pub fn hold(bill: &Bill, plan: &Plan) -> Option<Settlement> {
    let settlement = match domain::settle(bill, plan) {
        Ok(settlement) => settlement,
        Err(why) => {
            for lang in [Lang::Zh, Lang::En] {
                let told = why.describe(lang);
                assert!(!told.contains('\n') && told.len() < 8192, "{told}");
            }
            return None;
        }
    };
    conservation(bill, plan, &settlement);
    accounts(bill, &settlement);
    let without = Bill {
        accounts: Accounts::default(),
        ..bill.clone()
    };
    let empty =
        domain::settle(&without, plan).expect("accounts do not decide whether a bill is settled");
    if plan.policy.accounts.iter().all(|row| row.before.is_empty()) {
        assert_eq!(
            settlement.funds(),
            empty.funds(),
            "the account changed what the funds pay"
        );
    }
    told(bill, plan, &settlement, &empty);
    Some(settlement)
}

/// Total = funds + account + family account + cash + borne by the hospital, and it is what the bill cost.
fn conservation(bill: &Bill, plan: &Plan, settlement: &Settlement) {
    let payers =
        [Payer::Family, Payer::Cash, Payer::Hospital].map(|payer| settlement.paid_by(payer));
    let parts = settlement.funds() + settlement.account() + payers.into_iter().sum::<Fen>();
    assert_eq!(
        settlement.total(),
        parts,
        "the payers do not come to the total"
    );
    let cost = match &bill.cost {
        Cost::Sums(sums) => sums.total(),
        Cost::Lines(lines) => {
            let round = plan.policy.rounding.line;
            let amounts = lines
                .iter()
                .map(|line| line.unit_price.times(line.quantity, round));
            amounts.map(|amount| amount.expect("it was settled")).sum()
        }
    };
    assert_eq!(
        settlement.total(),
        cost,
        "the total is not what the bill cost"
    );
}

/// No account pays more than it holds, and none where the person does not want it.
fn accounts(bill: &Bill, settlement: &Settlement) {
    let held = &bill.accounts;
    let family: Fen = held.family.iter().map(|account| account.balance).sum();
    for (payer, held) in [
        (Payer::Current, held.current),
        (Payer::Prior, held.prior),
        (Payer::Family, family),
    ] {
        let most = if bill.use_account { held } else { Fen::ZERO };
        assert!(
            settlement.paid_by(payer) <= most,
            "{payer:?} paid more than it held"
        );
    }
    if settlement.refusal().is_some() {
        assert_eq!(
            settlement.funds(),
            Fen::ZERO,
            "the funds paid a bill that they refuse"
        );
    }
}

/// Every step can be told in both languages.
fn told(bill: &Bill, plan: &Plan, settlement: &Settlement, empty: &Settlement) {
    for lang in [Lang::Zh, Lang::En] {
        for step in settlement.steps() {
            assert!(!explain::step(plan, bill, step, lang).is_empty());
        }
        assert!(!explain::answer(settlement, empty, lang).is_empty());
    }
    let _ = explain::weakest(plan, settlement);
}

/// The bill as one of the plan's region and scheme, on a day on which the plan is in force.
pub fn fitted(bill: &Bill, plan: &Plan) -> Bill {
    let policy = &plan.policy;
    let mut bill = bill.clone();
    (bill.region, bill.scheme) = (policy.region, policy.scheme);
    if plan.in_force(bill.days.settlement()) {
        return bill;
    }
    let day = policy.ends.unwrap_or(policy.effective);
    let shift = day - bill.days.settlement();
    let moved = |day: Date| day.checked_add(shift).unwrap_or(day);
    bill.days = match bill.days {
        Days::Service(_) => Days::Service(day),
        Days::Stay { admission, .. } => Days::Stay {
            admission: moved(admission).min(day),
            discharge: day,
        },
    };
    if let Cost::Lines(lines) = &mut bill.cost {
        for line in lines {
            line.day = line.day.map(moved);
        }
    }
    bill
}
