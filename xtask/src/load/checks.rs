//! The checks of an answer's arithmetic, in whole fen: the identities that every settlement must keep.

use super::fen;
use super::scan::{Amount, Amounts, Answer};

/// The first four digits of a share that a personal account paid.
const ACCOUNT: &[u8] = b"3102";
/// The share that the institution bears.
const HOSPITAL: &[u8] = b"999996";

/// The amounts that a trial and the settlement after it must share.
const SAME: &[(Amount, &str)] = &[
    (Amount::Total, "total"),
    (Amount::OwnPay, "own pay"),
    (Amount::OverLimit, "over the limit"),
    (Amount::FirstShare, "first share"),
    (Amount::InScope, "in scope"),
    (Amount::Funds, "funds"),
    (Amount::Personal, "personal"),
    (Amount::Account, "account"),
    (Amount::Cash, "cash"),
    (Amount::Hospital, "hospital"),
];

/// What of an answer must agree with what was known before it.
#[derive(Clone, Copy, Default)]
pub(super) struct Known<'a> {
    /// The total that was sent.
    pub(super) sent: Option<i64>,
    /// The person's number that was sent.
    pub(super) person: Option<&'a [u8]>,
    /// The balance before this settlement; none for a trial.
    pub(super) balance: Option<i64>,
    /// The amounts of the trial of this very settlement.
    pub(super) trial: Option<&'a Amounts>,
}

/// A broken identity: what it says, and the figures.
#[derive(Debug, PartialEq)]
pub(super) struct Broken {
    pub(super) rule: &'static str,
    pub(super) figures: String,
}

/// Checks a settlement and its lines; the first broken identity is told.
pub(super) fn settlement(answer: &Answer, body: &[u8], known: Known<'_>) -> Result<(), Broken> {
    if let Some(place) = &answer.not_fen {
        let text = String::from_utf8_lossy(&body[place.clone()]);
        return Err(broken("an amount is whole fen", text.into_owned()));
    }
    lines(answer)?;
    if let Some(person) = known.person
        && body[answer.person.clone()] != *person
    {
        let text = String::from_utf8_lossy(&body[answer.person.clone()]);
        return Err(broken("the person is the one asked for", text.into_owned()));
    }
    let settled = &answer.settled;
    split(settled)?;
    payers(settled)?;
    shares(answer, body)?;
    agree(settled, known)
}

/// (1) of each line, where lines are told.
pub(super) fn lines(answer: &Answer) -> Result<(), Broken> {
    use Amount::{FirstShare, InScope, OverLimit, OwnPay, Total};
    let whole = |line: &&Amounts| line[Total as usize].is_some();
    answer.lines.iter().filter(whole).try_for_each(|line| {
        let parts = [OwnPay, OverLimit, FirstShare, InScope];
        equal("(1) a line = its four parts", line, &[Total], &parts)
    })
}

/// (2): the total by what it is for.
fn split(settled: &Amounts) -> Result<(), Broken> {
    use Amount::{FirstShare, InScope, OverLimit, OwnPay, Total};
    let parts = [OwnPay, OverLimit, FirstShare, InScope];
    equal("(2) total = its four parts", settled, &[Total], &parts)
}

/// (3) to (6): the total by who pays it.
fn payers(settled: &Amounts) -> Result<(), Broken> {
    use Amount::*;
    let rule = "(3) total = funds + personal + hospital";
    equal(rule, settled, &[Total], &[Funds, Personal, Hospital])?;
    let each = [
        Pooled,
        Civil,
        Enterprise,
        MajorIllness,
        AboveCap,
        Assistance,
        Disabled,
        OtherFunds,
    ];
    equal("(4) funds = the sum of each", settled, &[Funds], &each)?;
    equal(
        "(5) personal = account + cash",
        settled,
        &[Personal],
        &[Account, Cash],
    )?;
    let [account, family, cash] = [Account, Family, Cash].map(|amount| settled[amount as usize]);
    let family = family.unwrap_or(0);
    if account.is_some_and(|account| family < 0 || family > account) || cash < Some(0) {
        let figures = format!(
            "family {}, account and cash {account:?} {cash:?} fen",
            fen::text(family)
        );
        return Err(broken("(5) 0 ≤ family ≤ account, 0 ≤ cash", figures));
    }
    let rule = "(6) personal + funds + hospital = the four parts";
    let parts = [OwnPay, OverLimit, FirstShare, InScope];
    equal(rule, settled, &[Personal, Funds, Hospital], &parts)
}

/// (7): the shares by fund, with and without those of the account and the institution.
fn shares(answer: &Answer, body: &[u8]) -> Result<(), Broken> {
    if !answer.has_shares {
        return Ok(());
    }
    let [mut funds, mut account, mut hospital] = [0, 0, 0];
    for (fund, paid) in &answer.shares {
        let fund = &body[fund.clone()];
        let sum = match fund {
            HOSPITAL => &mut hospital,
            _ if fund.starts_with(ACCOUNT) => &mut account,
            _ => &mut funds,
        };
        *sum += paid.unwrap_or(0);
    }
    for (which, sum, rule) in [
        (Amount::Funds, funds, "(7) the shares of funds = funds"),
        (
            Amount::Account,
            account,
            "(7) the shares of accounts = account",
        ),
        (
            Amount::Hospital,
            hospital,
            "(7) the hospital's share = hospital",
        ),
    ] {
        let told = answer.settled[which as usize].unwrap_or(0);
        if told != sum {
            return Err(broken(
                rule,
                format!("{} ≠ {}", fen::text(sum), fen::text(told)),
            ));
        }
    }
    Ok(())
}

/// The total as sent, (9) the trial, (10) the balance.
fn agree(settled: &Amounts, known: Known<'_>) -> Result<(), Broken> {
    let of = |amount: Amount| settled[amount as usize];
    if known.sent.is_some() && of(Amount::Total) != known.sent {
        let figures = figures(of(Amount::Total), known.sent);
        return Err(broken("the total is what was sent", figures));
    }
    if let Some(trial) = known.trial {
        for (amount, name) in SAME {
            if trial[*amount as usize] != of(*amount) {
                let figures = figures(of(*amount), trial[*amount as usize]);
                let rule = "(9) a settlement is what its trial said";
                return Err(broken(rule, format!("{name}: {figures}")));
            }
        }
    }
    if let (Some(before), Some(after)) = (known.balance, of(Amount::Balance)) {
        let own = of(Amount::Account).unwrap_or(0) - of(Amount::Family).unwrap_or(0);
        if after != before - own {
            let [before, own, after] = [before, own, after].map(fen::text);
            let rule = "(10) balance after = before − own account";
            return Err(broken(rule, format!("{after} ≠ {before} − {own}")));
        }
    }
    Ok(())
}

/// Two sums are the same; an amount that is absent counts nothing, but the first must be there.
fn equal(
    rule: &'static str,
    amounts: &Amounts,
    left: &[Amount],
    right: &[Amount],
) -> Result<(), Broken> {
    let of = |amount: &Amount| amounts[*amount as usize];
    if let Some(first) = left.first()
        && of(first).is_none()
    {
        return Err(broken(rule, format!("{first:?} is not told")));
    }
    let sum = |side: &[Amount]| side.iter().filter_map(of).sum::<i64>();
    match sum(left) == sum(right) {
        true => Ok(()),
        false => {
            let told = |side: &[Amount]| {
                let told = side.iter().map(|amount| fen::text(of(amount).unwrap_or(0)));
                told.collect::<Vec<_>>().join(" + ")
            };
            Err(broken(rule, format!("{} ≠ {}", told(left), told(right))))
        }
    }
}

fn figures(found: Option<i64>, expected: Option<i64>) -> String {
    let text = |fen: Option<i64>| fen.map_or("nothing".to_owned(), fen::text);
    format!("{} ≠ {}", text(found), text(expected))
}

fn broken(rule: &'static str, figures: String) -> Broken {
    Broken { rule, figures }
}

#[cfg(test)]
mod tests {
    use super::super::scan::Fields;
    use super::*;

    const RIGHT: &str = include_str!("../../load/answer.json");

    fn checked(body: &str, known: Known<'_>) -> Result<(), Broken> {
        let mut answer = Answer::default();
        let fields = Fields::read().expect("the table");
        answer.scan(body.as_bytes(), &fields).expect("JSON");
        settlement(&answer, body.as_bytes(), known)
    }

    /// The rule that an answer breaks in which the `nth` of these texts is another.
    fn rule(from: &str, to: &str, nth: usize) -> &'static str {
        let (start, _) = RIGHT.match_indices(from).nth(nth).expect("it is there");
        let mut wrong = RIGHT.to_owned();
        wrong.replace_range(start..start + from.len(), to);
        checked(&wrong, Known::default())
            .expect_err("a wrong answer")
            .rule
    }

    #[test]
    fn a_right_answer_is_right() {
        let known = Known {
            sent: Some(6_800),
            person: Some(b"43010000000000000000000001"),
            balance: Some(50_000),
            trial: None,
        };
        assert_eq!(checked(RIGHT, known), Ok(()));
    }

    #[test]
    fn each_identity_is_told_by_its_number() {
        for (from, to, nth, number) in [
            ("2.8", "2.9", 1, "(1)"),
            ("2.8", "2.9", 0, "(2)"),
            ("_part_amt\": 68.0", "_part_amt\": 67.0", 0, "(3)"),
            ("p_pay\": 0.0", "p_pay\": 1.0", 0, "(4)"),
            ("cash_pay\": 0.0", "cash_pay\": 0.01", 0, "(5)"),
            ("mulaid_pay\": 0.0", "mulaid_pay\": 68.01", 0, "(5)"),
            ("payamt\": 68.0", "payamt\": 67.99", 0, "(7)"),
        ] {
            let rule = rule(from, to, nth);
            assert!(rule.starts_with(number), "{from}: {rule}");
        }
        assert_eq!(rule("65.2,", "65.205,", 0), "an amount is whole fen");
    }

    #[test]
    fn what_was_known_before_must_agree() {
        let known = |sent, balance| Known {
            sent,
            balance,
            ..Known::default()
        };
        let rule = |known| checked(RIGHT, known).expect_err("it does not agree").rule;
        assert_eq!(rule(known(Some(6_801), None)), "the total is what was sent");
        assert!(rule(known(None, Some(50_001))).starts_with("(10)"));
        let mut trial = Amounts::default();
        trial[Amount::Total as usize] = Some(6_800);
        let known = Known {
            trial: Some(&trial),
            person: None,
            ..Known::default()
        };
        assert!(rule(known).starts_with("(9)"));
    }
}
