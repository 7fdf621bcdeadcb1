//! The word lists of the schemas, each from the enum that the readers use.

use domain::account::{AccountPart, OwnPart};
use domain::bill::{Category, Continuation, ItemClass, Place, Scheme, Setting};
use domain::case::Cause;
use domain::cite::Standing;
use domain::facility::FacilityKind;
use domain::interest::RateWord;
use domain::membership::{Joining, Sex};
use domain::person::{CoverageState, Status};
use domain::policy::contribution::{Contributor, Every, PremiumPurse};
use domain::policy::keeping::{InterestEvery, OnDeath};
use domain::policy::membership::{CountsFrom, NewbornLate, Restores};
use domain::policy::{
    Accumulates, AgeOn, Along, CapBasis, CoverageDays, Cross, Origin, Per, Period, RoundBands,
};
use domain::refusal::Refusal;
use domain::settlement::Figure;
use domain::step::{LayerKind, Payer};
use domain::words::Lang;

/// The words of one list.
pub(super) struct WordList {
    /// What definitions call it.
    pub(super) name: &'static str,
    about: &'static str,
    /// A word that is not in the list may stand there too.
    open: bool,
    words: Vec<Word>,
}

/// Code, Chinese, English.
type Word = (&'static str, &'static str, &'static str);

impl WordList {
    fn new(
        name: &'static str,
        about: &'static str,
        words: impl IntoIterator<Item = Word>,
    ) -> WordList {
        WordList {
            name,
            about,
            open: false,
            words: words.into_iter().collect(),
        }
    }

    /// The codes as JSON strings.
    pub(super) fn codes(&self) -> Vec<String> {
        self.words
            .iter()
            .map(|(code, ..)| format!("\"{code}\""))
            .collect()
    }

    /// Its definition, with the meaning of each word.
    pub(super) fn definition(&self) -> String {
        let meaning = |(code, zh, en): &Word| format!("{code}: {zh} {en}");
        let meanings: Vec<String> = self.words.iter().map(meaning).collect();
        let (name, about, codes) = (self.name, self.about, self.codes().join(", "));
        let words = if self.open {
            format!("\"anyOf\": [{{ \"enum\": [{codes}] }}, {{ \"type\": \"string\" }}]")
        } else {
            format!("\"enum\": [{codes}]")
        };
        let meanings = meanings.join("; ");
        format!(
            "  \"{name}\": {{\n    \"description\": \"{about}. {meanings}\",\n    {words}\n  }}"
        )
    }

    /// A key for each word with the same value, described by the word's names.
    pub(super) fn keys(&self, value: &str, indent: &str) -> String {
        let key = |(code, zh, en): &Word| {
            format!("\"{code}\": {{ {value}, \"description\": \"{zh} {en}\" }}")
        };
        self.words
            .iter()
            .map(key)
            .collect::<Vec<_>>()
            .join(&format!(",\n{indent}"))
    }
}

/// The words of an enum, or of a part of it.
macro_rules! of {
    ($type:ident) => {
        of!($type, $type::ALL.iter().copied())
    };
    ($type:ident, $some:expr) => {
        $some.map(|word: $type| (word.code(), word.name(Lang::Zh), word.name(Lang::En)))
    };
}

/// Every list that a definition may name.
pub(super) fn all() -> Vec<WordList> {
    let mut lists = of_bills();
    lists.extend(of_policies());
    lists.extend(of_memberships());
    lists.extend(of_settlements());
    lists
}

fn of_bills() -> Vec<WordList> {
    let elsewhere = Place::ALL
        .iter()
        .copied()
        .filter(|place| *place != Place::Home);
    let causes = WordList::new(
        "cause",
        "A cause 事由 that may exclude the bill, also one that only the policy names",
        of!(Cause),
    );
    vec![
        WordList::new("scheme", "Scheme of insurance 险种", of!(Scheme)),
        WordList::new("setting", "Setting of care 医疗类别", of!(Setting)),
        WordList::new("place", "Place of care 就医地", of!(Place)),
        WordList::new(
            "off_region",
            "Care outside the region 异地",
            of!(Place, elsewhere),
        ),
        WordList::new(
            "continuation",
            "Why the stay continues another",
            of!(Continuation),
        ),
        WordList::new("item_class", "Class in the catalogue", of!(ItemClass)),
        WordList::new("category", "Category of an item", of!(Category)),
        WordList::new("facility_kind", "Kind of provider", of!(FacilityKind)),
        WordList::new("status", "Status in the scheme", of!(Status)),
        WordList::new(
            "coverage_state",
            "State of the coverage",
            of!(CoverageState),
        ),
        WordList::new("layer_kind", "A fund after the basic one", of!(LayerKind)),
        WordList {
            open: true,
            ..causes
        },
    ]
}

/// The table of word lists in policy files.
fn of_policies() -> Vec<WordList> {
    let caps = [Per::Year, Per::Visit];
    let layer_caps = [CapBasis::Fund, CapBasis::Cost];
    let basic = [Payer::Pooled, Payer::LargeAmount];
    let layer_accumulates = [
        ("year", "按年度累计", "over the year"),
        ("visit", "按次计算", "by the visit"),
    ];
    let rounds = [
        ("half_up", "四舍五入", "to the nearest, halves up"),
        (
            "half_even",
            "四舍六入五成双",
            "to the nearest, halves to the even fen",
        ),
        ("up", "进一", "any part of a fen counts as one"),
        ("down", "去尾", "parts of a fen are cut"),
    ];
    vec![
        WordList::new("standing", "How sure we are of the figures", of!(Standing)),
        WordList::new(
            "cross",
            "A stay over the end of the benefit year",
            of!(Cross),
        ),
        WordList::new("age_on", "The day on which age counts", of!(AgeOn)),
        WordList::new(
            "coverage_days",
            "Days on which cover is needed",
            of!(CoverageDays),
        ),
        WordList::new("round", "Rounding to whole fen", rounds),
        WordList::new("round_bands", "A payer is rounded", of!(RoundBands)),
        WordList::new(
            "basic_payer",
            "Fund of the basic stage",
            of!(Payer, basic.into_iter()),
        ),
        WordList::new("per", "How often it is due", of!(Per)),
        WordList::new(
            "period",
            "Which figure a further period of one stay bears",
            of!(Period),
        ),
        WordList::new("origin", "What bands count", of!(Origin)),
        WordList::new("accumulates", "Over what sums accumulate", of!(Accumulates)),
        WordList::new(
            "layer_accumulates",
            "Over what base and threshold count",
            layer_accumulates,
        ),
        WordList::new(
            "cap_per",
            "Of the year or of a visit",
            of!(Per, caps.into_iter()),
        ),
        WordList::new("cap_basis", "What a cap counts", of!(CapBasis)),
        WordList::new(
            "layer_cap_basis",
            "What the cap of a layer counts",
            of!(CapBasis, layer_caps.into_iter()),
        ),
        WordList::new("along", "Along what ratios do not fall", of!(Along)),
        WordList::new(
            "account_part",
            "Part of the personal account",
            of!(AccountPart),
        ),
        WordList::new("own_part", "A part of the person's own", of!(OwnPart)),
        WordList::new("contributor", "Who pays a premium", of!(Contributor)),
        WordList::new(
            "premium_purse",
            "Into which purse a premium goes",
            of!(PremiumPurse),
        ),
        WordList::new(
            "every",
            "How often it is due or given; a part of the base is of the month's or the year's",
            of!(Every),
        ),
    ]
}

fn of_memberships() -> Vec<WordList> {
    let waiters = Joining::ALL.iter().copied();
    let waiters = waiters.filter(|joining| *joining != Joining::Newborn);
    vec![
        WordList::new("sex", "Sex", of!(Sex)),
        WordList::new("joining", "How a person joined", of!(Joining, waiters)),
        WordList::new(
            "counts_from",
            "From which month a wait counts; that month is the first",
            of!(CountsFrom),
        ),
        WordList::new(
            "restores",
            "When cover comes back after later payment",
            of!(Restores),
        ),
        WordList::new(
            "newborn_late",
            "When a newborn is covered who was paid for later",
            of!(NewbornLate),
        ),
        WordList::new("rate_word", "A rate of the banks", of!(RateWord)),
        WordList::new(
            "interest_every",
            "How often interest is credited",
            of!(InterestEvery),
        ),
        WordList::new(
            "on_death",
            "What becomes of the account on death",
            of!(OnDeath),
        ),
    ]
}

fn of_settlements() -> Vec<WordList> {
    vec![
        WordList::new("figure", "A named amount", of!(Figure)),
        WordList::new("refusal", "Why the funds pay nothing", of!(Refusal)),
        WordList::new("payer", "Who pays", of!(Payer)),
    ]
}
