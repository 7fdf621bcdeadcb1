//! The words for what a policy says: amounts, bands, deductibles, caps, layers, accounts, and for whom each holds.

mod kept;
mod kinds;
mod names;
mod paid;
mod values;

use domain::account::{AccountPart, OwnPart};
use domain::bill::{Continuation, Place, Scheme, Setting};
use domain::cite::Cite;
use domain::fen::Fen;
use domain::policy::{CapBasis, Origin, Per, Period, Policy};
use domain::ratio::Ratio;
use domain::view::scope::Scope;
use domain::view::{Account, Band, Cap, Deductible, Layer};
use domain::words::{Lang, Name};

pub use names::{exclusion_name, round};

/// Phrases in one language.
#[derive(Clone, Copy, Debug)]
pub struct Phrases {
    /// Which.
    pub lang: Lang,
}

impl Phrases {
    /// One of two phrases.
    pub fn say<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// Words in a row: `三级、二级`, `level 3, level 2`.
    pub fn list<T: AsRef<str>>(self, words: impl IntoIterator<Item = T>) -> String {
        let words: Vec<String> = words.into_iter().map(|w| w.as_ref().to_owned()).collect();
        words.join(self.say("、", ", "))
    }

    /// Names in a row; English ones may contain commas.
    pub fn names<T: AsRef<str>>(self, words: impl IntoIterator<Item = T>) -> String {
        let words: Vec<String> = words.into_iter().map(|w| w.as_ref().to_owned()).collect();
        words.join(self.say("、", " / "))
    }

    /// An amount in a sentence: `7万元`, `1300元`, `404.20元`; `70,000 yuan`.
    pub fn yuan(self, amount: Fen) -> String {
        let figure = self.figure(amount);
        match self.lang {
            Lang::En => format!("{figure} yuan"),
            Lang::Zh => figure,
        }
    }

    /// An amount in a table, where English leaves the unit to the header.
    pub fn figure(self, amount: Fen) -> String {
        let grouped = domain::explain::amount(amount);
        let short = grouped.strip_suffix(".00").unwrap_or(&grouped);
        match self.lang {
            Lang::En => short.to_owned(),
            Lang::Zh if amount.fen().is_multiple_of(1_000_000) && !amount.is_zero() => {
                format!("{}万元", amount.fen() / 1_000_000)
            }
            Lang::Zh => format!("{}元", short.replace(',', "")),
        }
    }

    /// A stretch of cost: `3万元以下`, `3万元至4万元`, `4万元以上`; nothing for all of it.
    pub fn stretch(self, over: Fen, upto: Option<Fen>) -> String {
        let figure = |amount| self.figure(amount);
        match (upto, self.lang) {
            (None, _) if over.is_zero() => String::new(),
            (None, Lang::Zh) => format!("{}以上", figure(over)),
            (None, Lang::En) => format!("above {}", figure(over)),
            (Some(upto), Lang::Zh) if over.is_zero() => format!("{}以下", figure(upto)),
            (Some(upto), Lang::En) if over.is_zero() => format!("up to {}", figure(upto)),
            (Some(upto), Lang::Zh) => format!("{}至{}", figure(over), figure(upto)),
            (Some(upto), Lang::En) => format!("{} to {}", figure(over), figure(upto)),
        }
    }

    /// Bands with their ratios, one each.
    pub fn bands(self, bands: &[Band]) -> Vec<String> {
        let band = |band: &Band| {
            let stretch = self.stretch(band.over, band.upto);
            if stretch.is_empty() {
                band.ratio.to_string()
            } else {
                format!("{stretch} {}", band.ratio)
            }
        };
        bands.iter().map(band).collect()
    }

    /// What bands count, in words.
    pub fn origin(self, origin: Origin) -> &'static str {
        origin.name(self.lang)
    }

    /// The n-th stay, and whether it stands for all later ones.
    pub fn stay(self, number: usize, last: bool) -> String {
        match (self.lang, number, last) {
            (Lang::Zh, _, false) => format!("第{number}次住院"),
            (Lang::Zh, _, true) => format!("第{number}次起"),
            (Lang::En, 1, _) => "1st stay".into(),
            (Lang::En, 2, false) => "2nd stay".into(),
            (Lang::En, 2, true) => "from the 2nd".into(),
            (Lang::En, 3, false) => "3rd stay".into(),
            (Lang::En, 3, true) => "from the 3rd".into(),
            (Lang::En, _, false) => format!("{number}th stay"),
            (Lang::En, _, true) => format!("from the {number}th"),
        }
    }

    /// The scheme in one word: `职工`, `employee`.
    pub fn scheme(self, scheme: Scheme) -> &'static str {
        match self.lang {
            Lang::Zh => scheme.name(Lang::Zh).trim_end_matches("基本医疗保险"),
            Lang::En => scheme.code(),
        }
    }

    /// How often something is due.
    pub fn per(self, per: Per) -> &'static str {
        per.name(self.lang)
    }

    /// A deductible in one phrase.
    pub fn deductible(self, deductible: &Deductible) -> String {
        let more = self.deductible_more(deductible);
        let parts = std::iter::once(self.deductible_figures(deductible)).chain(more);
        parts.collect::<Vec<_>>().join(self.say("，", ", "))
    }

    /// The figures of a deductible by the number of the stay.
    pub fn deductible_figures(self, deductible: &Deductible) -> String {
        if deductible.is_none() {
            return self.say("无", "none").to_owned();
        }
        let count = deductible.figures.len();
        let figure = |(n, figure): (usize, &Fen)| {
            let (figure, stay) = (self.yuan(*figure), self.stay(n + 1, n + 1 == count));
            match self.lang {
                Lang::Zh => format!("{stay}{figure}"),
                Lang::En => format!("{figure} ({stay})"),
            }
        };
        let per = self.per(deductible.per);
        match (deductible.figures.as_slice(), self.lang) {
            ([one], Lang::Zh) => format!("{per}{}", self.yuan(*one)),
            ([one], Lang::En) => format!("{} {per}", self.yuan(*one)),
            (figures, _) => self.list(figures.iter().enumerate().map(figure)),
        }
    }

    /// What a deductible has besides its figures.
    pub fn deductible_more(self, deductible: &Deductible) -> Vec<String> {
        let mut more = Vec::new();
        if let Some((days, period)) = deductible.period {
            let which = period_name(period, self.lang);
            more.push(match self.lang {
                Lang::Zh => format!("一次住院每满{days}天{which}"),
                Lang::En => format!("after each {days} days of a stay {which}"),
            });
        }
        if let Some(cap) = deductible.year_cap {
            let cap = self.yuan(cap);
            more.push(match self.lang {
                Lang::Zh => format!("一年内合计不超过{cap}"),
                Lang::En => format!("at most {cap} in a year"),
            });
        }
        for continuation in &deductible.waived {
            let name = Continuation::name(*continuation, self.lang);
            more.push(match self.lang {
                Lang::Zh => format!("{name}免起付标准"),
                Lang::En => format!("waived for a {name}"),
            });
        }
        more
    }

    /// What a cap is of; that it counts payment goes without saying.
    pub fn cap_of(self, visit: bool, basis: CapBasis) -> String {
        let per = self.per(if visit { Per::Visit } else { Per::Year });
        match basis {
            CapBasis::Fund => per.to_owned(),
            CapBasis::Cost | CapBasis::CostAboveDeductible => {
                format!("{per}\n{}", basis.name(self.lang))
            }
        }
    }

    /// A cap in one phrase; that it counts payment goes without saying.
    pub fn cap(self, cap: &Cap) -> String {
        let basis = cap.basis.name(self.lang);
        match (cap.amount, cap.basis, self.lang) {
            (None, ..) => self.say("无限额", "no limit").to_owned(),
            (Some(amount), CapBasis::Fund, _) => self.yuan(amount),
            (Some(amount), _, Lang::Zh) => format!("{}（{basis}）", self.yuan(amount)),
            (Some(amount), _, Lang::En) => format!("{} ({basis})", self.yuan(amount)),
        }
    }

    /// The cap of a layer.
    pub fn layer_cap(self, cap: Option<(CapBasis, Fen)>) -> String {
        match cap {
            None => self.say("无限额", "no limit").to_owned(),
            Some((CapBasis::Fund, amount)) => self.yuan(amount),
            Some((CapBasis::Cost | CapBasis::CostAboveDeductible, amount)) => match self.lang {
                Lang::Zh => format!("费用{}", self.yuan(amount)),
                Lang::En => format!("cost of {}", self.yuan(amount)),
            },
        }
    }

    /// A layer in one phrase.
    pub fn layer(self, layer: &Layer) -> String {
        let bands = self.list(self.bands(&layer.bands));
        let over = if layer.over.is_zero() {
            None
        } else {
            Some(layer.over)
        };
        let base = self.own_parts(&layer.base);
        let cap = self.layer_cap(layer.cap);
        match self.lang {
            Lang::Zh => {
                let over = over
                    .map(|o| format!("超过{}的部分", self.yuan(o)))
                    .unwrap_or_default();
                let cap = layer
                    .cap
                    .map_or(cap, |c| format!("限额{}", self.layer_cap(Some(c))));
                format!("{base}{over}支付 {bands}，{cap}")
            }
            Lang::En => {
                let over = over
                    .map(|o| format!(" above {}", self.yuan(o)))
                    .unwrap_or_default();
                let cap = layer
                    .cap
                    .map_or(cap, |c| format!("at most {}", self.layer_cap(Some(c))));
                format!("{bands} of {base}{over}, {cap}")
            }
        }
    }

    /// Own parts in a row.
    pub fn own_parts(self, parts: &[OwnPart]) -> String {
        self.list(parts.iter().map(|p| p.name(self.lang)))
    }

    /// Settings in a row.
    pub fn settings(self, settings: &[Setting]) -> String {
        self.names(settings.iter().map(|s| s.name(self.lang)))
    }

    /// Parts of the account; a dash if none.
    pub fn account_parts(self, parts: &[AccountPart]) -> String {
        match parts {
            [] => "—".into(),
            _ => self.list(parts.iter().map(|p| p.name(self.lang))),
        }
    }

    /// An account rule in one phrase.
    pub fn account(self, account: &Account) -> String {
        let (before, after) = (
            self.account_parts(&account.before),
            self.account_parts(&account.after),
        );
        let pays = self.own_parts(&account.pays);
        match self.lang {
            Lang::Zh => {
                let family = if account.family {
                    "，可家庭共济"
                } else {
                    "，不共济"
                };
                let before = if account.before.is_empty() {
                    String::new()
                } else {
                    format!("起付前付 {before}；")
                };
                format!("{before}基金之后付 {after}，可付 {pays}{family}")
            }
            Lang::En => {
                let family = if account.family {
                    ", family accounts too"
                } else {
                    ", no family accounts"
                };
                let before = if account.before.is_empty() {
                    String::new()
                } else {
                    format!("{before} first; ")
                };
                format!("{before}after the funds {after} for {pays}{family}")
            }
        }
    }

    /// The ratios of a first share, by price where they go by it.
    pub fn first_share(self, by_price: &[(Option<Fen>, Ratio)]) -> String {
        let mut over = Fen::ZERO;
        let mut steps = Vec::new();
        for (upto, ratio) in by_price {
            let stretch = self.stretch(over, *upto);
            steps.push(if stretch.is_empty() {
                ratio.to_string()
            } else {
                format!("{stretch} {ratio}")
            });
            over = upto.unwrap_or(over);
        }
        self.list(steps)
    }

    /// For whom, setting first; nothing for everyone.
    pub fn scope(self, scope: &Scope) -> String {
        let settings = (!scope.settings.is_empty()).then(|| self.settings(&scope.settings));
        let parts: Vec<String> = settings.into_iter().chain(self.who(scope)).collect();
        parts.join(self.say("，", "; "))
    }

    /// For whom within a setting, part by part.
    pub fn who(self, scope: &Scope) -> Vec<String> {
        let names = |names: &[Name]| self.names(names.iter().map(|n| n.lang(self.lang)));
        let places = self.names(scope.places.iter().map(|p| Place::name(*p, self.lang)));
        let parts = [
            names(&scope.diseases),
            places,
            names(&scope.facilities),
            names(&scope.persons),
        ];
        parts.into_iter().filter(|part| !part.is_empty()).collect()
    }

    /// Identities, with the one that means none of the list.
    pub fn identities(self, identities: &[String]) -> String {
        let name = |id: &String| match id.as_str() {
            "none" => self.say("无救助身份", "with no aid identity").to_owned(),
            id => self.identity(id),
        };
        self.names(identities.iter().map(name))
    }

    /// An identity by the name that people know, or by its id where there is none.
    fn identity(self, id: &str) -> String {
        let known = [
            ("civil_servant", "公务员", "civil servants"),
            ("subsistence", "低保", "on subsistence allowance"),
            ("destitute", "特困", "destitute"),
            ("low_income_margin", "低保边缘", "low-income margin"),
            (
                "impoverished_by_illness",
                "因病致贫",
                "impoverished by illness",
            ),
            ("student", "学生儿童", "students and children"),
            ("elder", "老年人", "elders"),
        ];
        let name = known
            .iter()
            .find(|(known, ..)| *known == id)
            .map(|(_, zh, en)| self.say(zh, en));
        name.unwrap_or(id).to_owned()
    }

    /// Clauses by the ids of the file's documents, each with its standing.
    pub fn clauses<'c>(
        self,
        policy: &Policy,
        clauses: impl IntoIterator<Item = &'c Cite>,
    ) -> String {
        let mut texts: Vec<String> = Vec::new();
        for clause in clauses {
            let text = self.clause(policy, clause);
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        texts.join("\n")
    }

    /// `N2004 第三条 [官方文件原文]`
    pub fn clause(self, policy: &Policy, clause: &Cite) -> String {
        let id = policy
            .documents
            .get(clause.document)
            .map_or("", |d| d.id.as_str());
        let space = if clause.place.is_empty() { "" } else { " " };
        format!(
            "{id}{space}{} [{}]",
            clause.place,
            clause.standing.name(self.lang)
        )
    }
}

fn period_name(period: Period, lang: Lang) -> &'static str {
    match (period, lang) {
        (Period::Again, Lang::Zh) => "按本次标准再付",
        (Period::Again, Lang::En) => "this figure again",
        (Period::Next, Lang::Zh) => "按下一次住院标准再付",
        (Period::Next, Lang::En) => "the next stay's figure",
    }
}
