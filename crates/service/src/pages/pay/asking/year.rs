//! The year so far as it is typed, in sums by setting; and read.

use agency::domain::bill::Setting;
use agency::domain::fen::Fen;
use agency::domain::step::LayerKind;
use agency::domain::words::Lang;
use agency::domain::year::YearToDate;
use agency::what_if::Told;

use super::counted::Counted;
use super::faults::Faults;
use super::typed::Typed;

/// A sum of one setting: the end of its field's name, and what people call it.
const SUMS: [(&str, &str, &str); 4] = [
    ("in_scope", "范围内费用", "in-scope cost"),
    ("deductible", "其中起付线", "of it deductible"),
    ("pooled", "其中基金已付", "of it paid by the fund"),
    (
        "own_share",
        "其中基金未付（空即其余）",
        "of it paid by no fund (empty: the rest)",
    ),
];

/// A figure of one setting that can be typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Figure {
    pub(super) setting: Setting,
    of: Of,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    /// One of [`SUMS`], by the end of its field's name.
    Sum(&'static str),
    /// The own cost that a layer looked at.
    Base(LayerKind),
    /// What a layer paid.
    Paid(LayerKind),
}

impl Figure {
    /// Those that decide most: the deductible borne, what the fund paid, what was in scope.
    pub(super) fn first(setting: Setting) -> [Figure; 3] {
        ["deductible", "pooled", "in_scope"].map(|figure| Figure {
            setting,
            of: Of::Sum(figure),
        })
    }

    /// All others: what layers look at.
    pub(super) fn rest(setting: Setting) -> impl Iterator<Item = Figure> {
        let layers = LayerKind::ALL.iter();
        let layers = layers.flat_map(|&kind| [Of::Base(kind), Of::Paid(kind)]);
        let own = [Of::Sum("own_share")].into_iter();
        own.chain(layers).map(move |of| Figure { setting, of })
    }

    pub(super) fn is_typed(self, typed: &Typed) -> bool {
        !typed.text(&self.field()).is_empty()
    }

    fn is_first(&self) -> bool {
        Figure::first(self.setting).contains(self)
    }

    /// Whether it can matter where there are these layers.
    fn is_of(self, layers: &[LayerKind]) -> bool {
        match self.of {
            Of::Sum(_) => !layers.is_empty(),
            Of::Base(kind) | Of::Paid(kind) => layers.contains(&kind),
        }
    }

    /// The name of its field.
    pub(super) fn field(self) -> String {
        let [base, paid] = match self.of {
            Of::Sum(figure) => return field(self.setting, figure),
            Of::Base(kind) | Of::Paid(kind) => of_layer(kind),
        };
        let is_base = matches!(self.of, Of::Base(_));
        field(self.setting, if is_base { &base } else { &paid })
    }

    /// What people call it.
    pub(super) fn name(self, lang: Lang) -> String {
        let of_lang = |(zh, en): (String, String)| match lang {
            Lang::Zh => zh,
            Lang::En => en,
        };
        let (base, paid) = match self.of {
            Of::Sum(figure) => {
                let known = SUMS.iter().find(|(code, ..)| *code == figure);
                let (_, zh, en) = known.copied().unwrap_or((figure, figure, figure));
                return of_lang((zh.to_owned(), en.to_owned()));
            }
            Of::Base(kind) | Of::Paid(kind) => layer_names(kind).into(),
        };
        of_lang(if matches!(self.of, Of::Base(_)) {
            base
        } else {
            paid
        })
    }
}

/// The name of a field.
fn field(setting: Setting, figure: &str) -> String {
    format!("{}-{figure}", setting.code())
}

/// The figures of a layer, as ends of their fields' names: the own cost that it looked at, and what it paid.
fn of_layer(kind: LayerKind) -> [String; 2] {
    [
        format!("{}-base", kind.code()),
        format!("{}-paid", kind.code()),
    ]
}

/// The figures that can matter, and whatever is typed already: the three of the chosen setting that decide most, and the others.
pub(super) fn asked(typed: &Typed, counted: &[Counted]) -> (Vec<Figure>, Vec<Figure>) {
    let all = Setting::ALL.iter().flat_map(|&setting| {
        let first = Figure::first(setting).into_iter();
        first.chain(Figure::rest(setting))
    });
    let of = |figure: &Figure| {
        let mut counted = counted.iter();
        counted.find(|one| one.setting == figure.setting)
    };
    let matters = |figure: &Figure| {
        of(figure).is_some_and(|one| figure.is_first() || figure.is_of(&one.layers))
    };
    let shown = all.filter(|figure| matters(figure) || figure.is_typed(typed));
    shown.partition(|figure| figure.is_first() && of(figure).is_some_and(|one| one.is_chosen))
}

/// Whether anything of the year is typed.
pub(super) fn is_told(typed: &Typed) -> bool {
    Setting::ALL
        .iter()
        .any(|&setting| figures().any(|figure| !typed.text(&field(setting, &figure)).is_empty()))
}

/// The ends of all fields' names of a setting.
fn figures() -> impl Iterator<Item = String> {
    let layers = LayerKind::ALL.iter().flat_map(|&kind| of_layer(kind));
    let sums = SUMS.iter().map(|(figure, ..)| (*figure).to_owned());
    sums.chain(layers)
}

/// The year; nothing where something of it cannot be read.
pub(super) fn read(typed: &Typed, faults: &mut Faults, stays: u32) -> Option<YearToDate> {
    let mut year = YearToDate {
        stays,
        ..YearToDate::default()
    };
    let mut is_right = true;
    for &setting in Setting::ALL {
        match (Reading { typed, setting }).told(faults) {
            Some(told) => told.count(&mut year, setting),
            None => is_right = false,
        }
    }
    is_right.then_some(year)
}

/// The sums of a setting that are being read.
struct Reading<'t> {
    typed: &'t Typed,
    setting: Setting,
}

impl Reading<'_> {
    fn told(&self, faults: &mut Faults) -> Option<Told> {
        let [in_scope, deductible, pooled, own_share] =
            SUMS.map(|(figure, zh, en)| self.amount(faults, figure, (zh, en)));
        let own_share = own_share.map(|own| self.is_typed("own_share").then_some(own));
        let mut layers = [(None, Fen::ZERO); LayerKind::COUNT];
        let mut is_right = true;
        for &kind in LayerKind::ALL {
            match self.layer(faults, kind) {
                Some(layer) => layers[kind.index()] = layer,
                None => is_right = false,
            }
        }
        let told = Told {
            in_scope: in_scope?,
            deductible: deductible?,
            pooled: pooled?,
            own_share: own_share?,
            layers,
        };
        is_right &= self.agrees(faults, &told).is_some();
        is_right.then_some(told)
    }

    /// The parts of the cost in scope are not more than it.
    fn agrees(&self, faults: &mut Faults, told: &Told) -> Option<()> {
        let parts = told.deductible + told.pooled;
        let own = told.own_share.unwrap_or(Fen::ZERO);
        let holds = parts <= told.in_scope && own <= told.in_scope;
        let rule = (
            "应不少于其中起付线与基金已付之和，也不少于其中基金未付",
            "not less than the deductible and what the fund paid together, nor than what no fund paid",
        );
        let [(figure, zh, en), ..] = SUMS;
        let (zh, en) = self.name((zh, en));
        faults.within((&zh, &en), self.text(figure), holds, rule)
    }

    /// The own cost that a layer looked at, if it is told, and what it paid of it.
    fn layer(&self, faults: &mut Faults, kind: LayerKind) -> Option<(Option<Fen>, Fen)> {
        let [base, paid] = of_layer(kind);
        let [(base_zh, base_en), (paid_zh, paid_en)] = layer_names(kind);
        let own = self.amount(faults, &base, (&base_zh, &base_en));
        let amount = self.amount(faults, &paid, (&paid_zh, &paid_en));
        let own = self.is_typed(&base).then_some(own?);
        let amount = amount?;
        let rule = (
            "不得超过其自付基数",
            "not more than the own cost that it looked at",
        );
        let (zh, en) = self.name((&paid_zh, &paid_en));
        let holds = own.is_none_or(|own| amount <= own);
        faults.within((&zh, &en), self.text(&paid), holds, rule)?;
        Some((own, amount))
    }

    fn amount(&self, faults: &mut Faults, figure: &str, name: (&str, &str)) -> Option<Fen> {
        let (zh, en) = self.name(name);
        faults.amount((&zh, &en), self.text(figure))
    }

    fn text(&self, figure: &str) -> &str {
        self.typed.text(&field(self.setting, figure))
    }

    fn is_typed(&self, figure: &str) -> bool {
        !self.text(figure).is_empty()
    }

    fn name(&self, (zh, en): (&str, &str)) -> (String, String) {
        let (of_zh, of_en) = (self.setting.name(Lang::Zh), self.setting.name(Lang::En));
        (
            format!("今年以来 {of_zh} {zh}"),
            format!("this year so far, {of_en}, {en}"),
        )
    }
}

/// What people call the two figures of a layer.
fn layer_names(kind: LayerKind) -> [(String, String); 2] {
    let (zh, en) = (kind.name(Lang::Zh), kind.name(Lang::En));
    [
        (
            format!("{zh}的自付基数（可空）"),
            format!("own cost that the {en} looked at (may be empty)"),
        ),
        (format!("{zh}已付"), format!("paid by the {en}")),
    ]
}
