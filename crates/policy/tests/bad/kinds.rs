//! Every kind of fault, of bill that cannot be settled and of refusal is provoked by some case; a new kind without one fails.

use std::collections::BTreeSet;

use domain::bill::{Scheme, Setting};
use domain::compile::compile;
use domain::fault::{Fault, FaultKind};
use domain::policy::{Along, CapBasis};
use domain::refusal::Refusal;
use domain::unsettled::{LineFault, Unsettled};
use domain::{Fen, Policy, Ratio};
use jiff::civil::date;
use policy::{PolicyFile, Source};

use crate::laid;
use crate::table::Table;

/// The variants of an enum by name. A variant that is missing here does not compile.
macro_rules! variants {
    ($list:ident, $name:ident, $enum:ident: $($variant:ident),+ $(,)?) => {
        const $list: &[&str] = &[$(stringify!($variant)),+];

        fn $name(value: &$enum) -> &'static str {
            match value {
                $($enum::$variant { .. } => stringify!($variant),)+
            }
        }
    };
}

variants! {
    UNSETTLED, unsettled_name, Unsettled:
    OtherRegion, OtherScheme, NotInForce, NoSetting, NoPlace, NoFacilityClass, NotInSetting, LeftOut, NoPersonClass, Needs,
    NoCause, NoIdentity, NoDisease, YearOfAlias, NeedsLines, NeedsYearBefore, TooLong, Line, TotalTooLarge,
}

variants! {
    LINE_FAULTS, line_fault_name, LineFault:
    Amount, TooLarge, NoFirstShare, NoDay, DayOutside,
}

#[test]
fn every_reason_for_which_a_bill_is_not_settled_has_a_case() {
    let table = Table::read("settlements");
    let mut provoked = BTreeSet::new();
    for section in table.sections() {
        if let Ok((plan, _, bill)) = laid(&table, section)
            && let Err(why) = domain::settle(&bill, &plan)
        {
            provoked.insert(unsettled_name(&why));
            if let Unsettled::Line(_, fault) = &why {
                provoked.insert(line_fault_name(fault));
            }
        }
    }
    let all = UNSETTLED.iter().chain(LINE_FAULTS).copied();
    let missing: Vec<&str> = all.filter(|name| !provoked.contains(name)).collect();
    assert!(missing.is_empty(), "no case for {missing:?}");
}

#[test]
fn every_refusal_has_a_case() {
    let table = Table::read("settlements");
    let settled = table.sections().iter().filter_map(|section| {
        let (plan, _, bill) = laid(&table, section).ok()?;
        domain::settle(&bill, &plan).ok()?.refusal()
    });
    let provoked: BTreeSet<Refusal> = settled.collect();
    assert_eq!(provoked.iter().copied().collect::<Vec<_>>(), Refusal::ALL);
}

/// An example of each kind and words that only its message has. A kind that is missing here does not compile.
macro_rules! faults {
    ($($variant:ident $(($($argument:expr),+))? => $words:literal;)+) => {
        fn examples() -> Vec<(FaultKind, &'static str)> {
            vec![$((FaultKind::$variant $(($($argument),+))?, $words)),+]
        }

        fn fault_name(kind: &FaultKind) -> &'static str {
            match kind {
                $(FaultKind::$variant { .. } => stringify!($variant),)+
            }
        }
    };
}

faults! {
    NoRow("band") => "no row of `[[";
    TwoRows("band") => "answer the same question";
    MixedBands => "two bands count differently";
    LateStart(Fen::ZERO) => "the first band starts at";
    Gap(Fen::ZERO, Fen::ZERO) => "no band covers";
    Overlap(Fen::ZERO, Fen::ZERO) => "two bands cover";
    Empty(Fen::ZERO, Fen::ZERO) => "it must end above";
    EndsEarly(Fen::ZERO) => "the last band ends at";
    TooFine(String::new()) => "no common denominator";
    TooManyFigures(13) => "figures by the number of the stay were found; at most";
    TooMany("diseases", 32, 31) => "diseases were found; at most";
    Falls(Along::Band, Ratio::ONE, Ratio::ZERO) => "the ratio falls from";
    TwoClasses(String::new(), String::new(), String::new()) => "both hold for";
    TwoFor("credit", String::new()) => "]]` hold for";
    NoCredit(String::new()) => "has a row for this status and none for";
    FloorNotBelow(Fen::ZERO, Fen::ZERO) => "is not below the ceiling";
    NoAccount => "no personal account to pay into";
    NoSetting(Setting::Chronic) => "is not declared by a `[[setting]]`";
    ChainedSetting(Setting::Chronic) => "has no rules of its own but an `as` too";
    ResidentAccount => "residents have no personal account: `before`";
    LargeAmountBase => "a large-amount layer looks at";
    LayerCapBasis => "a layer's `cap_basis` is";
    EndsBeforeStart(date(2004, 12, 31), date(2005, 1, 1)) => "it lies before the first day, `effective`";
    CapsOutOfOrder(Fen::ZERO, Fen::ZERO) => "is above the cap of the year";
}

/// What no file can provoke, because the reader takes nothing of the kind.
const ONLY_BY_HAND: &[&str] = &["LayerCapBasis"];

#[test]
fn every_fault_of_a_policy_has_a_case() {
    let said = ["policies", "bytes"].map(Table::said).concat();
    let good = good_policy();
    let describe = |kind: &FaultKind| Fault::of([], kind.clone()).describe(&good);
    for (kind, words) in examples() {
        let name = fault_name(&kind);
        for (other, _) in examples() {
            let has = describe(&other).contains(words);
            assert_eq!(
                has,
                other == kind,
                "{name}: `{words}` in {}",
                describe(&other)
            );
        }
        let provoked = said.contains(words);
        assert_eq!(
            provoked,
            !ONLY_BY_HAND.contains(&name),
            "no case for {name}, or one after all"
        );
    }
}

#[test]
fn a_layers_cap_on_the_cost_above_the_deductible_is_a_fault() {
    let mut policy = good_policy();
    policy.layers[0].cap_basis = CapBasis::CostAboveDeductible;
    let faults = compile(policy).expect_err("a fault");
    assert!(
        faults
            .iter()
            .all(|fault| fault.kind == FaultKind::LayerCapBasis),
        "{faults:?}"
    );
    assert!(!faults.is_empty());
}

/// Bands of a layer follow each other in every file that is read; the compiler does not rely on it.
#[test]
fn the_bands_of_a_layer_follow_each_other() {
    let spelt = |yuan| domain::policy::Spelt {
        value: Fen::from_yuan(yuan),
        text: String::new(),
    };
    let good = good_policy();
    let ratio = good.layers[0].bands[0].1.clone();
    let kinds = |ends: &[Option<u64>]| -> Vec<&'static str> {
        let mut policy = good.clone();
        policy.layers[0].bands = ends
            .iter()
            .map(|end| (end.map(spelt), ratio.clone()))
            .collect();
        let faults = compile(policy).err().unwrap_or_default();
        faults.iter().map(|fault| fault_name(&fault.kind)).collect()
    };
    assert_eq!(kinds(&[Some(5), None]), [""; 0]);
    assert_eq!(kinds(&[Some(0), None]), ["Empty"]);
    assert_eq!(kinds(&[Some(5)]), ["EndsEarly"]);
    assert_eq!(kinds(&[None, None]), ["Overlap"]);
}

/// The good policy of the table, with a layer.
fn good_policy() -> Policy {
    let table = Table::read("policies");
    let layer = "layer = [{ kind = \"catastrophic\", base = [\"own_share\"], over = \"3万元\", origin = \"absolute\", \
                 accumulates = \"year\", bands = [{ ratio = \"60%\" }], cap = \"20万元\", cap_basis = \"fund\", \
                 cite = \"D\", standing = \"law\" }]\n";
    let text = format!("{}{layer}", table.base("policy"));
    let source = Source::new("policy.toml", text.into_bytes()).expect("a text");
    let file = PolicyFile::read(&source).expect("a good policy");
    assert_eq!(file.plan.policy.scheme, Scheme::Employee);
    file.plan.policy
}
