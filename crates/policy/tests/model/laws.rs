//! The laws of the domain (design: laws 1 to 7 and 10) as properties of the program over random policies and random bills.
//!
//! The laws of the ledger (8 and 9) come with it. Law 2 has the exception of
//! `docs/decisions/0001-an-account-that-pays-first-changes-what-the-fund-pays.md`.

use std::collections::BTreeSet;

use domain::account::{Accounts, OwnPart};
use domain::bill::{Bill, Cost, Place, Scheme, Setting, StaySoFar, Sums};
use domain::case::{Admission, CaseCost};
use domain::person::Status;
use domain::plan::{Detail, RowId};
use domain::policy::{Accumulates, CapBasis, Per, Point, SettingFunds};
use domain::settle::settle_case;
use domain::step::{Effect, LayerKind, Note, Payer, Stage, Totals};
use domain::year::YearToDate;
use domain::{Fen, Plan, Policy, Ratio, Settlement};
use policy::{PolicyFile, Shelf, Source};

use crate::compare::seed_of_bill;
use crate::generate;
use crate::generate::policy::Region;
use crate::rule::Rule;
use crate::tree::Tree;

/// One random bill that can be settled, with its plan and settlement.
struct Case {
    seed: (u64, u64),
    plan: Plan,
    bill: Bill,
    settlement: Settlement,
}

impl Case {
    fn again(&self, bill: &Bill) -> Settlement {
        domain::settle(bill, &self.plan).unwrap_or_else(|e| panic!("{:?}: {e:?}", self.seed))
    }
}

/// Every law on every bill.
fn each_case(mut law: impl FnMut(&Case)) {
    each_policy(|_, cases| cases.iter().for_each(&mut law));
}

/// 150 policies with 40 bills each, in another range of seeds than the comparison.
fn each_policy(mut law: impl FnMut(&Plan, &[Case])) {
    let mut settled = 0;
    for seed in 50_000..50_150 {
        let region = Region::random(seed);
        let rule = Rule::of(Tree::read(&region.text).expect("a text"));
        let plan = PolicyFile::read(&source(&region.text))
            .expect("a policy")
            .plan;
        let case = |number| {
            let text = generate::bill::random(&region, &rule, seed_of_bill(seed, number));
            let bill = policy::bill::read(&source(&text)).ok()?;
            let settlement = domain::settle(&bill, &plan).ok()?;
            Some(Case {
                seed: (seed, number),
                plan: plan.clone(),
                bill,
                settlement,
            })
        };
        let cases: Vec<Case> = (0..40).filter_map(case).collect();
        settled += cases.len();
        law(&plan, &cases);
    }
    assert!(settled > 3_000, "only {settled} bills could be settled");
}

fn source(text: &str) -> Source {
    Source::new("random.toml", text.as_bytes().to_vec()).expect("a text")
}

/// The bill's total as the bill itself has it.
fn stated_total(case: &Case) -> Fen {
    match &case.bill.cost {
        Cost::Sums(sums) => sums.total(),
        Cost::Lines(lines) => {
            let round = case.plan.policy.rounding.line;
            lines
                .iter()
                .filter_map(|l| l.unit_price.times(l.quantity, round))
                .sum()
        }
    }
}

#[test]
fn law_1_total_is_funds_account_family_cash_and_hospital() {
    each_case(|case| {
        let s = &case.settlement;
        let sum = s.funds()
            + s.account()
            + s.paid_by(Payer::Family)
            + s.paid_by(Payer::Cash)
            + s.paid_by(Payer::Hospital);
        assert_eq!(
            (sum, s.total()),
            (stated_total(case), stated_total(case)),
            "{:?}",
            case.seed
        );
    });
}

#[test]
fn law_2_the_account_never_changes_what_the_fund_pays() {
    let (mut same, mut first) = (0, 0);
    each_case(|case| {
        let empty = case.again(&Bill {
            accounts: Accounts::default(),
            ..case.bill.clone()
        });
        let unused = case.again(&Bill {
            use_account: false,
            ..case.bill.clone()
        });
        assert_eq!(empty, unused, "{:?}", case.seed);
        let s = &case.settlement;
        if s.steps()
            .iter()
            .any(|step| step.stage == Stage::AccountBefore)
        {
            first += 1;
            assert!(empty.funds() >= s.funds(), "{:?}", case.seed);
            return;
        }
        same += 1;
        let without_person = |s: &Settlement| {
            Payer::ALL
                .iter()
                .filter(|p| !p.is_person())
                .map(|p| s.paid_by(*p))
                .collect::<Vec<_>>()
        };
        assert_eq!(without_person(&empty), without_person(s), "{:?}", case.seed);
        assert_eq!(empty.paid_by(Payer::Cash), s.personal(), "{:?}", case.seed);
    });
    assert!(same > 1_000 && first > 20, "{same} after, {first} before");
}

#[test]
fn law_3_the_account_pays_at_most_its_balance_and_only_what_it_may() {
    let mut paid = 0;
    each_case(|case| {
        let (s, accounts) = (&case.settlement, &case.bill.accounts);
        assert!(
            s.paid_by(Payer::Current) <= accounts.current,
            "{:?}",
            case.seed
        );
        assert!(s.paid_by(Payer::Prior) <= accounts.prior, "{:?}", case.seed);
        let family: Fen = accounts.family.iter().map(|f| f.balance).sum();
        assert!(s.paid_by(Payer::Family) <= family, "{:?}", case.seed);
        let may: Vec<OwnPart> = case
            .plan
            .policy
            .accounts
            .iter()
            .flat_map(|a| a.pays.clone())
            .collect();
        for step in s.steps().iter().filter(|step| step.stage == Stage::Account) {
            paid += 1;
            assert!(
                step.from.is_some_and(|part| may.contains(&part)),
                "{:?}",
                case.seed
            );
        }
    });
    assert!(paid > 500, "the account paid {paid} times");
}

#[test]
fn law_4_residents_have_no_account_of_their_own() {
    let mut residents = 0;
    each_case(|case| {
        if case.bill.scheme == Scheme::Resident {
            residents += 1;
            assert_eq!(case.settlement.account(), Fen::ZERO, "{:?}", case.seed);
        }
    });
    assert!(residents > 300, "{residents} residents");
}

/// Even a balance that no bill may name is not drawn, and a residents' policy that would draw it is none.
#[test]
fn law_4_no_account_is_drawn_for_a_resident() {
    let mut residents = 0;
    each_case(|case| {
        if case.bill.scheme == Scheme::Resident {
            residents += 1;
            let accounts = Accounts {
                current: Fen::from_yuan(1_000),
                prior: Fen::from_yuan(1_000),
                ..Accounts::default()
            };
            let bill = Bill {
                accounts,
                ..case.bill.clone()
            };
            assert_eq!(case.again(&bill).account(), Fen::ZERO, "{:?}", case.seed);
        }
    });
    assert!(residents > 300, "{residents} residents");
    let mut policy = PolicyFile::read(&source(&Region::random(50_000).text))
        .expect("a policy")
        .plan
        .policy;
    policy.scheme = Scheme::Resident;
    let accounts = policy
        .accounts
        .iter()
        .any(|row| !row.after.is_empty() || !row.before.is_empty());
    assert!(!accounts || domain::compile::compile(policy).is_err());
}

#[test]
fn law_5_a_refusal_pays_nothing_and_says_which_rule() {
    let mut refused = 0;
    each_case(|case| {
        let s = &case.settlement;
        if s.refusal().is_none() {
            return;
        }
        refused += 1;
        assert_eq!(
            (s.funds(), s.account(), s.paid_by(Payer::Family)),
            (Fen::ZERO, Fen::ZERO, Fen::ZERO),
            "{:?}",
            case.seed
        );
        let rule = case.plan.rule(s.steps()[0].rule);
        assert!(!rule.clauses.is_empty(), "{:?}", case.seed);
    });
    assert!(refused > 50, "{refused} refusals");
}

#[test]
fn law_6_more_in_scope_cost_never_lowers_what_the_funds_pay() {
    let mut raised = 0;
    each_case(|case| {
        let Cost::Sums(sums) = case.bill.cost else {
            return;
        };
        for more in [1, 2, 99, 12_345, 5_000_000] {
            let in_scope = sums.in_scope + Fen::new(more);
            let bill = Bill {
                cost: Cost::Sums(Sums { in_scope, ..sums }),
                ..case.bill.clone()
            };
            let higher = case.again(&bill);
            raised += 1;
            assert!(
                higher.funds() >= case.settlement.funds(),
                "{:?} and {more} fen",
                case.seed
            );
        }
    });
    assert!(raised > 3_000, "{raised} bills were raised");
}

/// What the basic fund pays, with what it has paid before in the settings that the cap counts, stays within the cap. A stay over the year's end
/// has the room of two years and is left out.
#[test]
fn law_6_no_payment_passes_its_cap() {
    let (mut below, mut reached) = (0, 0);
    each_case(|case| {
        let policy = &case.plan.policy;
        let [cap] = policy.caps.as_slice() else {
            return;
        };
        let (CapBasis::Fund, Some(amount)) = (cap.basis, &cap.amount) else {
            return;
        };
        if case.settlement.noted(Note::YearEnds).is_some() {
            return;
        }
        let before = if cap.per == Per::Year {
            paid_before(case, cap.counts.as_deref())
        } else {
            Fen::ZERO
        };
        let paid = case.settlement.totals().basic;
        assert!(before + paid <= amount.value.max(before), "{:?}", case.seed);
        *(if before + paid == amount.value {
            &mut reached
        } else {
            &mut below
        }) += 1;
    });
    assert!(
        below > 50 && reached > 5,
        "{below} below their cap, {reached} at it"
    );
}

/// Paid by the basic fund before the bill in the settings that a cap counts.
fn paid_before(case: &Case, counts: Option<&[Setting]>) -> Fen {
    let setting = case
        .plan
        .stands_for(case.bill.setting)
        .expect("it was settled");
    let row = case
        .plan
        .policy
        .settings
        .iter()
        .find(|row| row.setting == setting);
    let own = match row.map(|row| &row.funds) {
        Some(SettingFunds::Pays { counts_with, .. }) => counts_with.as_slice(),
        _ => &[],
    };
    let counted: BTreeSet<Setting> = counts.unwrap_or(own).iter().copied().collect();
    counted
        .iter()
        .map(|setting| case.bill.year.settings[setting.index()].pooled)
        .sum()
}

/// A bill in two parts, the second with the year behind it that the first has made, is the bill settled once, where everything counts by the
/// year. Each payer rounds twice instead of once, and so may each layer after it: a few fen.
#[test]
fn law_6_two_parts_are_the_whole_where_the_policy_counts_by_the_year() {
    let (mut halved, mut exact) = (0, 0);
    each_policy(|plan, cases| {
        let plan = by_the_year(&plan.policy);
        for (bill, other) in cases.iter().filter_map(halves) {
            let Ok(first) = domain::settle(&bill, &plan) else {
                continue;
            };
            let setting = plan.stands_for(bill.setting).expect("it was settled");
            let mut year = bill.year.clone();
            year.record(setting, first.totals());
            let second = domain::settle(
                &Bill {
                    year,
                    ..other.clone()
                },
                &plan,
            )
            .expect("as the first");
            let in_scope = [&bill, &other].map(in_scope).into_iter().sum();
            let whole =
                domain::settle(&with_in_scope(&bill, in_scope), &plan).expect("as the first");
            halved += 1;
            for payer in Payer::ALL {
                let parts = first.paid_by(*payer) + second.paid_by(*payer);
                let once = whole.paid_by(*payer);
                let off = parts.beyond(once) + once.beyond(parts);
                exact += u32::from(off.is_zero());
                assert!(
                    off <= Fen::new(FEN_OFF),
                    "{payer:?}: {parts} in parts, {once} once; {bill:?}"
                );
            }
        }
    });
    assert!(halved > 1_000, "{halved} bills were parted");
    let payers = u32::try_from(Payer::COUNT).expect("few");
    assert!(
        exact > halved * payers * 9 / 10,
        "{exact} of {} amounts were the same to the fen",
        halved * payers
    );
}

/// Each payer of a chain rounds twice instead of once, and hands its fen on to the next: at most a fen for each of the basic fund,
/// the cost at its cap, and the layers.
const FEN_OFF: u64 = 4;

/// The same policy with everything counted by the year, in every setting for itself, without a visit's caps, and with one layer beside the
/// large-amount fund: a second one sees what the first has left in each part, which depends on the order of the year's bills
/// wherever their bases differ.
fn by_the_year(policy: &Policy) -> Plan {
    let mut policy = policy.clone();
    policy.caps.retain(|cap| cap.per == Per::Year);
    for deductible in &mut policy.deductibles {
        (deductible.per, deductible.period) = (Per::Year, None);
        deductible.figures.truncate(1);
    }
    for band in &mut policy.bands {
        band.accumulates = Accumulates::Year;
        // In a band without a share the cap is never reached, so cost there stays own share even when no room is left.
        if band.ratio.value == Ratio::ZERO {
            band.ratio.value = Ratio::percent(50);
        }
    }
    policy.caps.iter_mut().for_each(|cap| cap.counts = None);
    let kept = policy
        .layers
        .iter()
        .map(|l| l.kind)
        .find(|kind| *kind != LayerKind::LargeAmount);
    policy
        .layers
        .retain(|l| l.kind == LayerKind::LargeAmount || Some(l.kind) == kept);
    for layer in &mut policy.layers {
        (layer.accumulates, layer.counts) = (Accumulates::Year, None);
    }
    for row in &mut policy.settings {
        if let SettingFunds::Pays { counts_with, .. } = &mut row.funds {
            *counts_with = vec![row.setting];
        }
    }
    domain::compile::compile(policy).expect("it was a policy before")
}

/// A bill of sums in two parts: everything with a third of the in-scope cost, and the other two thirds. No account pays.
fn halves(case: &Case) -> Option<(Bill, Bill)> {
    let Cost::Sums(sums) = case.bill.cost else {
        return None;
    };
    if case.settlement.refusal().is_some() {
        return None;
    }
    let (one, other) = sums.in_scope.split_at(Fen::new(sums.in_scope.fen() / 3));
    let bill = Bill {
        accounts: Accounts::default(),
        stay: StaySoFar::default(),
        ..case.bill.clone()
    };
    let rest = Bill {
        cost: Cost::Sums(Sums {
            in_scope: other,
            ..Sums::default()
        }),
        ..bill.clone()
    };
    Some((with_in_scope(&bill, one), rest))
}

fn in_scope(bill: &Bill) -> Fen {
    match bill.cost {
        Cost::Sums(sums) => sums.in_scope,
        Cost::Lines(_) => Fen::ZERO,
    }
}

fn with_in_scope(bill: &Bill, in_scope: Fen) -> Bill {
    match bill.cost {
        Cost::Sums(sums) => Bill {
            cost: Cost::Sums(Sums { in_scope, ..sums }),
            ..bill.clone()
        },
        Cost::Lines(_) => bill.clone(),
    }
}

/// Beijing: a retiree's own share is 60 % of an active employee's, in every band and at every level, in every version of the policy.
#[test]
fn law_7_a_retirees_own_share_is_sixty_percent_in_every_band_and_at_every_level() {
    let policies = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies");
    let shelf = Shelf::open(&policies).expect("the shipped policies");
    let beijing = shelf
        .slots()
        .iter()
        .filter(|s| s.region.to_string() == "110000" && s.scheme == Scheme::Employee);
    let mut compared = 0;
    for slot in beijing {
        let plan = slot.read().expect("a shipped policy").plan;
        let policy = &plan.policy;
        let class = |status| {
            policy
                .persons
                .iter()
                .position(|c| c.status.as_ref().is_some_and(|s| s.contains(&status)))
        };
        let (Some(active), Some(retired)) = (class(Status::Active), class(Status::Retired)) else {
            panic!("{} has no classes for both", slot.path.display());
        };
        for facility in 0..policy.facilities.len() {
            let at = |person| Point {
                setting: Setting::Inpatient,
                facility,
                person,
                place: Place::Home,
                disease: 0,
            };
            let (Some(of_active), Some(of_retired)) =
                (plan.row(&at(active)), plan.row(&at(retired)))
            else {
                continue;
            };
            for yuan in [1_400, 9_900, 30_000, 35_000, 40_000, 50_000] {
                let own = |row| own_share(&plan, row, Fen::from_yuan(yuan));
                assert_eq!(
                    own(of_retired).fen() * 100,
                    own(of_active).fen() * 60,
                    "{} at {yuan}",
                    slot.path.display()
                );
                compared += 1;
            }
        }
    }
    assert!(compared >= 9 * 3 * 6, "{compared} cells were compared");
}

/// The person's share of the bands of one row for an in-scope cost.
fn own_share(plan: &Plan, row: RowId, in_scope: Fen) -> Fen {
    let case = domain::case::Case {
        row,
        cost: CaseCost::Sums(Sums {
            in_scope,
            ..Sums::default()
        }),
        year: &YearToDate::default(),
        earlier: None,
        days: 10,
        stay: StaySoFar::default(),
        continuation: None,
        accounts: &Accounts::default(),
        use_account: false,
        identities: 0,
        deposit: None,
        admission: Admission::Admitted,
    };
    let mut totals = Totals::default();
    settle_case(plan, &case, &mut totals).expect("sums can always be settled");
    totals.became[OwnPart::OwnShare.index()]
}

#[test]
fn law_10_every_amount_carries_its_clause() {
    each_case(|case| {
        for step in case.settlement.steps() {
            let rule = case.plan.rule(step.rule);
            let stated = rule.detail == Detail::Stated && step.stage == Stage::Classification;
            let noted = matches!(step.effect, Effect::Noted(_));
            assert!(
                noted || stated || !rule.clauses.is_empty(),
                "{:?} {step:?}",
                case.seed
            );
        }
    });
}
