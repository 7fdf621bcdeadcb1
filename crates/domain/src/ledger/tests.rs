//! The chart of accounts: no number twice, every number found again.

use std::collections::BTreeSet;

use super::*;
use crate::setting::Setting;
use crate::words::Lang;

#[test]
fn no_two_accounts_share_a_number_and_each_is_found_by_its_own() {
    let mut seen = BTreeSet::new();
    for &account in LedgerAccount::ALL {
        assert!(seen.insert(account.number()), "{}", account.code());
        assert_eq!(Chart::of(account.number()), Some(Chart::Money(account)));
    }
    for before in [false, true] {
        for &setting in Setting::ALL {
            for figure in YearFigure::all() {
                let sum = YearSum {
                    before,
                    setting,
                    figure,
                };
                assert!(seen.insert(sum.into()), "{sum:?}");
                assert_eq!(Chart::of(sum.into()), Some(Chart::Year(sum)));
            }
        }
    }
    assert_eq!(Chart::all().len(), seen.len());
    let names: BTreeSet<String> = Chart::all()
        .iter()
        .map(|(_, account)| account.name(Lang::Zh))
        .collect();
    assert_eq!(names.len(), seen.len(), "no two accounts share a name");
}

#[test]
fn a_posting_and_its_mirror_cancel() {
    let mut postings = Postings::default();
    postings.post(
        LedgerAccount::PooledFund,
        LedgerAccount::Payable,
        Fen::new(500),
        3,
    );
    postings.post(
        LedgerAccount::PooledFund,
        LedgerAccount::Payable,
        Fen::new(20),
        3,
    );
    postings.post(LedgerAccount::Current, LedgerAccount::Payable, Fen::ZERO, 4);
    let list = postings.list();
    let [posting] = list[..] else {
        panic!("one posting: {list:?}");
    };
    assert_eq!(posting.amount, Fen::new(520));
    let mirror = posting.mirrored();
    assert_eq!(
        (mirror.debit, mirror.credit),
        (posting.credit, posting.debit)
    );
    assert_eq!(mirror.mirrored(), posting);
}
