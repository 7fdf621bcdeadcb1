//! What comes of rows, told one by one, and held against a naive matching over random months.

use agency::domain::setting::Setting;

use super::*;

fn ours(settlement: &str, total: i64) -> Ours {
    Ours {
        settlement: settlement.into(),
        original: settlement.into(),
        visit: format!("v-{settlement}"),
        person: "p".into(),
        at: 20_250_303_090_000,
        amounts: amounts(total),
        ..Ours::default()
    }
}

fn taken_back(settlement: &str, of: &Ours) -> Ours {
    Ours {
        settlement: settlement.into(),
        original: of.settlement.clone(),
        refund: true,
        amounts: amounts(-of.amounts.total),
        ..of.clone()
    }
}

fn amounts(total: i64) -> Amounts {
    Amounts {
        total,
        funds: total / 2,
        account: total / 4,
    }
}

fn theirs(of: &Ours) -> Theirs {
    Theirs {
        line: 1,
        settlement: of.settlement.clone(),
        visit: of.visit.clone(),
        person: of.person.clone(),
        amounts: of.amounts,
        refund: of.refund,
        day: None,
    }
}

/// The verdicts with the rows of ours and theirs that they name.
fn verdicts(ours: &[Ours], theirs: &[Theirs]) -> Vec<(Verdict, Vec<usize>, Option<usize>)> {
    let findings = compare(ours, theirs).into_iter();
    findings.map(|f| (f.verdict, f.ours, f.theirs)).collect()
}

#[test]
fn a_settlement_and_its_refund_need_both_rows() {
    let settled = ours("s1", 100);
    let refund = taken_back("s2", &settled);
    let both = [settled.clone(), refund.clone()];
    let told = [theirs(&settled), theirs(&refund)];
    assert_eq!(
        verdicts(&both, &told),
        [
            (Verdict::Equal, vec![0], Some(0)),
            (Verdict::Equal, vec![1], Some(1))
        ]
    );
    // The refund may go by the settlement's id.
    let by_original = Theirs {
        settlement: "s1".into(),
        ..theirs(&refund)
    };
    assert_eq!(
        verdicts(&both, &[theirs(&settled), by_original])[1],
        (Verdict::Equal, vec![1], Some(1))
    );
    assert_eq!(
        verdicts(&both, &[theirs(&settled)])[1],
        (Verdict::Missing, vec![1], None)
    );
    assert_eq!(
        verdicts(&both, &[]),
        [
            (Verdict::Undone, vec![0], None),
            (Verdict::Undone, vec![1], None)
        ]
    );
    // Taken back at the institution only.
    assert_eq!(
        verdicts(&both[..1], &[theirs(&settled), theirs(&refund)]),
        [
            (Verdict::Equal, vec![0], Some(0)),
            (Verdict::Unknown, vec![], Some(1))
        ]
    );
    let by_original = Theirs {
        settlement: "s1".into(),
        ..theirs(&refund)
    };
    assert_eq!(
        verdicts(&both[..1], &[by_original])[0],
        (Verdict::NotTakenBack, vec![0], Some(0))
    );
}

#[test]
fn a_lost_answer_is_found_by_what_else_is_known() {
    let (known, lost) = (ours("s1", 100), ours("s2", 200));
    let rows = [known.clone(), lost.clone()];
    let unnamed = Theirs {
        settlement: String::new(),
        ..theirs(&lost)
    };
    assert_eq!(
        verdicts(&rows, &[theirs(&known), unnamed.clone()])[1],
        (Verdict::Ids, vec![1], Some(1))
    );
    let with_own_ids = Theirs {
        settlement: "his-7".into(),
        visit: "his-9".into(),
        ..theirs(&lost)
    };
    assert_eq!(
        verdicts(&rows, &[theirs(&known), with_own_ids])[1],
        (Verdict::Ids, vec![1], Some(1))
    );
    let other_amounts = Theirs {
        amounts: amounts(7),
        ..unnamed
    };
    assert_eq!(
        verdicts(&rows, &[theirs(&known), other_amounts])[1],
        (Verdict::Amounts, vec![1], Some(1))
    );
    assert_eq!(
        verdicts(&rows, &[theirs(&known)])[1],
        (Verdict::Missing, vec![1], None)
    );
}

#[test]
fn several_of_ours_may_be_one_of_theirs() {
    let one_visit = |settlement, total| Ours {
        visit: "v".into(),
        ..ours(settlement, total)
    };
    let twice = [one_visit("s1", 100), one_visit("s2", 100)];
    let unnamed = Theirs {
        settlement: String::new(),
        ..theirs(&twice[0])
    };
    assert_eq!(
        verdicts(&twice, std::slice::from_ref(&unnamed)),
        [
            (Verdict::Several, vec![0, 1], Some(0)),
            (Verdict::Doubtful, vec![0], Some(0)),
            (Verdict::Doubtful, vec![1], Some(0))
        ]
    );
    let batches = [one_visit("s1", 100), one_visit("s2", 300)];
    let sum = Theirs {
        amounts: amounts(400),
        ..unnamed
    };
    assert_eq!(
        verdicts(&batches, &[sum]),
        [(Verdict::Together, vec![0, 1], Some(0))]
    );
}

#[test]
fn what_is_not_compared_is_told_only_where_they_have_it() {
    let row = ours("s1", 100);
    for outside in [
        Outside::Time,
        Outside::Scheme,
        Outside::Kind,
        Outside::Setting(Some(Setting::Inpatient)),
    ] {
        let beside = [Ours {
            outside: Some(outside),
            ..row.clone()
        }];
        assert_eq!(verdicts(&beside, &[]), []);
        assert_eq!(
            verdicts(&beside, &[theirs(&row)]),
            [(Verdict::Elsewhere(outside), vec![0], Some(0))]
        );
    }
}

#[test]
fn a_row_that_stands_twice_is_told() {
    let row = ours("s1", 100);
    assert_eq!(
        verdicts(std::slice::from_ref(&row), &[theirs(&row), theirs(&row)])[1],
        (Verdict::Repeated, vec![0], Some(1))
    );
}

/// Rows of ours with all that may happen to them on the way to theirs; what each comes to is known from how it was made.
#[test]
fn random_months_come_to_what_was_done_to_them() {
    for seed in 0..300 {
        let mut dice = fastrand::Rng::with_seed(seed);
        let (mut our, mut their, mut expected) = (Vec::new(), Vec::new(), Vec::new());
        for at in 0..dice.usize(1..60) {
            let mut row = ours(&format!("s{at}"), dice.i64(1..1_000_000));
            row.person = format!("p{at}");
            if dice.u8(0..4) == 0 {
                let back = taken_back(&format!("t{at}"), &row);
                befall(&mut dice, back, &mut our, &mut their, &mut expected);
            }
            befall(&mut dice, row, &mut our, &mut their, &mut expected);
        }
        dice.shuffle(&mut our);
        dice.shuffle(&mut their);
        let findings = compare(&our, &their);
        let mut told: Vec<String> = findings
            .iter()
            .map(|finding| {
                let id = match (finding.ours.first(), finding.theirs) {
                    (Some(row), _) => our[*row].settlement.clone(),
                    (None, row) => their[row.unwrap()].settlement.clone(),
                };
                let verdict = match finding.verdict {
                    Verdict::Undone => Verdict::Missing,
                    verdict => verdict,
                };
                format!("{id} {verdict:?}")
            })
            .collect();
        told.sort();
        expected.sort();
        assert_eq!(told, expected, "seed {seed}");
        every_row_counts_once(&our, &their, &findings);
    }
}

fn befall(
    dice: &mut fastrand::Rng,
    row: Ours,
    our: &mut Vec<Ours>,
    their: &mut Vec<Theirs>,
    expected: &mut Vec<String>,
) {
    let told = theirs(&row);
    let id = row.settlement.clone();
    let verdict = match dice.u8(0..10) {
        0 => {
            our.push(row);
            "Missing"
        }
        1 => {
            let settlement = format!("x{id}");
            let person = format!("q{id}");
            their.push(Theirs {
                settlement: settlement.clone(),
                person,
                ..told
            });
            expected.push(format!("{settlement} Unknown"));
            return;
        }
        2 => {
            let mut told = told;
            told.amounts.funds += 1;
            our.push(row);
            their.push(told);
            "Amounts"
        }
        3 => {
            let settlement = String::new();
            our.push(row);
            their.push(Theirs { settlement, ..told });
            "Ids"
        }
        _ => {
            our.push(row);
            their.push(told);
            "Equal"
        }
    };
    expected.push(format!("{id} {verdict}"));
}

/// The sums of the days are those of all rows of either side.
fn every_row_counts_once(ours: &[Ours], theirs: &[Theirs], findings: &[Finding]) {
    let (mut our, mut their) = (Sums::default(), Sums::default());
    for day in crate::reconcile::days::days(ours, theirs, findings).into_values() {
        our += day.ours;
        their += day.theirs;
    }
    assert_eq!(our, Sums::all(ours.iter().map(|row| row.amounts)));
    assert_eq!(their, Sums::all(theirs.iter().map(|row| row.amounts)));
}
