//! One source, rendered many times: every word of the domain's lists stands in the glossary with its Chinese name.

use std::path::Path;

use domain::account::{AccountPart, OwnPart};
use domain::bill::{Category, Continuation, ItemClass, Place, Scheme, Setting};
use domain::case::Cause;
use domain::cite::Standing;
use domain::coverage::Reason;
use domain::facility::FacilityKind;
use domain::interest::RateWord;
use domain::ledger::{EntryKind, Holder, LedgerAccount, Side};
use domain::membership::{Joining, Leaving, Sex};
use domain::person::{CoverageState, Status};
use domain::policy::contribution::{Contributor, Every, PremiumPurse};
use domain::policy::keeping::{InterestEvery, OnDeath};
use domain::policy::membership::{CountsFrom, NewbornLate, Restores};
use domain::policy::{
    Accumulates, AgeOn, Along, CapBasis, CoverageDays, Cross, Origin, Per, Period, RoundBands,
};
use domain::refusal::Refusal;
use domain::registration::RegistrationKind;
use domain::settlement::Figure;
use domain::step::{LayerKind, Payer};
use domain::words::Lang;

/// The lists, each as codes with Chinese names.
macro_rules! lists {
    ($($list:ident),+ $(,)?) => {
        vec![$((stringify!($list), $list::ALL.iter().map(|w| (w.code(), w.name(Lang::Zh))).collect::<Vec<_>>())),+]
    };
}

#[test]
fn every_word_stands_in_the_glossary_with_its_chinese_name() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/glossary.md");
    let glossary = policy::Source::read(&path).unwrap().text;
    let lists = lists![
        Accumulates,
        AccountPart,
        AgeOn,
        Along,
        CapBasis,
        Category,
        Cause,
        Continuation,
        Contributor,
        CountsFrom,
        CoverageDays,
        CoverageState,
        Cross,
        EntryKind,
        Every,
        FacilityKind,
        Figure,
        Holder,
        InterestEvery,
        ItemClass,
        Joining,
        LayerKind,
        LedgerAccount,
        Leaving,
        NewbornLate,
        OnDeath,
        Origin,
        OwnPart,
        Payer,
        Per,
        Period,
        Place,
        PremiumPurse,
        RateWord,
        Reason,
        Refusal,
        RegistrationKind,
        Restores,
        RoundBands,
        Scheme,
        Setting,
        Side,
        Sex,
        Standing,
        Status,
    ];
    let mut missing = Vec::new();
    for (list, words) in lists {
        for (code, name) in words {
            let row = glossary
                .lines()
                .find(|line| line.starts_with(&format!("| `{code}` |")));
            if !row.is_some_and(|row| row.contains(name)) {
                missing.push(format!("{list}: `{code}` {name}"));
            }
        }
    }
    assert!(
        missing.is_empty(),
        "docs/glossary.md lacks:\n{}",
        missing.join("\n")
    );
}
