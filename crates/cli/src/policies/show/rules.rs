//! What holds across settings: further funds, care elsewhere, first shares, limits, the account, exclusions, year and rounding.

use comfy_table::{Cell, CellAlignment};
use domain::Fen;
use domain::bill::{Category, ItemClass, Place};
use domain::step::LayerKind;
use domain::view::{FirstShare, Held, Layer, View};
use domain::words::Lang;

use policy::phrases::{exclusion_name, round};

use super::Show;

impl Show<'_> {
    pub(super) fn rules(&self) {
        self.layers();
        self.places();
        self.first_shares();
        self.limits();
        self.accounts();
        self.paid();
        self.kept();
        self.exclusions();
        self.base_amounts();
        self.head_rules();
    }

    fn layers(&self) {
        let mut layers = self.distinct(&self.funded(), |view: &View| view.layers.clone());
        layers.sort_by_key(|(held, _)| rank(&held.value));
        if layers.is_empty() {
            return;
        }
        let words = self.words;
        self.output.heading(words.say(
            "其后的各项基金（按法定顺序）",
            "The funds after it, in the order of the law",
        ));
        let header = [
            words.say("基金", "fund"),
            words.say("适用", "for"),
            words.say("支付哪些个人负担", "looks at"),
            words.say("起付", "above"),
            words.say("支付比例", "pays"),
            words.say("限额", "cap"),
            words.say("依据〔等级〕", "clause [standing]"),
        ];
        let mut table = self.output.table(&header);
        for (held, scope) in &layers {
            let layer = &held.value;
            let over = if layer.over.is_zero() {
                "—".to_owned()
            } else {
                words.figure(layer.over)
            };
            table.add_row([
                Cell::new(layer.kind.name(words.lang)),
                Cell::new(self.layer_scope(layer, scope)),
                Cell::new(words.own_parts(&layer.base)),
                Cell::new(over).set_alignment(CellAlignment::Right),
                Cell::new(words.bands(&layer.bands).join("\n")),
                Cell::new(words.layer_cap(layer.cap)),
                Cell::new(words.clauses(&self.plan.policy, &held.clauses)),
            ]);
        }
        self.output.line(&table.to_string());
        self.layer_notes(&layers);
    }

    fn layer_scope(&self, layer: &Layer, scope: &str) -> String {
        if layer.identities.is_empty() {
            return scope.to_owned();
        }
        let identities = self.words.identities(&layer.identities);
        let everyone = self.words.say("全部", "everyone");
        if scope == everyone {
            identities
        } else {
            format!("{scope}{}{identities}", self.words.say("，", "; "))
        }
    }

    /// How each fund counts, where that is not said by the table.
    fn layer_notes(&self, layers: &[(Held<Layer>, String)]) {
        let words = self.words;
        let mut notes: Vec<String> = Vec::new();
        for (held, _) in layers {
            let layer = &held.value;
            let name = layer.kind.name(words.lang);
            let mut parts = vec![match (layer.accumulates, words.lang) {
                (domain::policy::Accumulates::Year, Lang::Zh) => "按年度累计".to_owned(),
                (domain::policy::Accumulates::Year, Lang::En) => "counted over the year".to_owned(),
                (domain::policy::Accumulates::Stay, Lang::Zh) => "按次计算".to_owned(),
                (domain::policy::Accumulates::Stay, Lang::En) => "counted by the visit".to_owned(),
            }];
            if layer.bands.len() > 1 && !layer.over.is_zero() {
                parts.push(match (layer.origin, words.lang) {
                    (domain::policy::Origin::Absolute, Lang::Zh) => "分段从零起算".to_owned(),
                    (domain::policy::Origin::Absolute, Lang::En) => "bands from zero".to_owned(),
                    (domain::policy::Origin::AboveDeductible, Lang::Zh) => {
                        "分段从起付标准起算".to_owned()
                    }
                    (domain::policy::Origin::AboveDeductible, Lang::En) => {
                        "bands from the threshold on".to_owned()
                    }
                });
            }
            if layer.early {
                parts.push(
                    words
                        .say("先于大病保险", "before catastrophic insurance")
                        .to_owned(),
                );
            }
            let note = format!(
                "{name}{}{}",
                words.say("：", ": "),
                parts.join(words.say("，", ", "))
            );
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
        for note in notes {
            self.output.line(&format!("  · {note}"));
        }
    }

    fn places(&self) {
        let policy = &self.plan.policy;
        let words = self.words;
        let known = &policy.place.known;
        self.output.heading(words.say("异地就医", "Care elsewhere"));
        let shares = self.distinct(&self.funded(), |view: &View| {
            view.off_region.iter().cloned().collect()
        });
        for (held, scope) in &shares {
            let clauses = words.clauses(policy, &held.clauses).replace('\n', "; ");
            let scope = scope.replace('\n', words.say("；", "; "));
            self.output.line(&match words.lang {
                Lang::Zh => format!("  {scope}：范围内费用先行自付 {}  {clauses}", held.value),
                Lang::En => format!(
                    "  {scope}: first {} of in-scope cost is the person's own  {clauses}",
                    held.value
                ),
            });
        }
        let without: Vec<Place> = known
            .iter()
            .copied()
            .filter(|p| *p != Place::Home && !self.has_share(*p))
            .collect();
        let name = |places: &[Place]| words.names(places.iter().map(|p| p.name(words.lang)));
        if !without.is_empty() {
            let clause = words.clause(policy, &policy.place.cite);
            let text = words.say("不另先行自付", "no first share");
            self.output.line(&format!(
                "  {}{}{text}  {clause}",
                name(&without),
                words.say("：", ": ")
            ));
        }
        let unknown: Vec<Place> = Place::ALL
            .iter()
            .copied()
            .filter(|p| !known.contains(p))
            .collect();
        if !unknown.is_empty() {
            let text = words.say(
                "本文件没有规则，账单不予结算",
                "no rule in this file; such a bill is not settled",
            );
            self.output.line(&format!(
                "  {}{}{text}",
                name(&unknown),
                words.say("：", ": ")
            ));
        }
    }

    fn has_share(&self, place: Place) -> bool {
        self.views
            .iter()
            .any(|(point, view)| point[3] == place.index() && view.off_region.is_some())
    }

    fn first_shares(&self) {
        let shares = self.distinct(&self.funded(), |view: &View| view.first_shares.clone());
        let words = self.words;
        if shares.is_empty() {
            self.output.heading(words.say("先行自付", "First shares"));
            let text = words.say(
                "  本文件未载乙类比例，账单行须自带；甲类为 0",
                "  none for class B in this file: the bill's lines carry them; class A has none",
            );
            return self.output.line(text);
        }
        // The same ratio for all categories of a class is told once.
        let mut rows: Vec<(ItemClass, String, Vec<Category>, String, String)> = Vec::new();
        for (held, scope) in shares {
            let FirstShare {
                class, category, ..
            } = held.value;
            let (ratio, clauses) = (
                words.first_share(&held.value.steps),
                words.clauses(&self.plan.policy, &held.clauses),
            );
            match rows
                .iter_mut()
                .find(|r| r.0 == class && r.1 == scope && r.3 == ratio && r.4 == clauses)
            {
                Some(row) => row.2.push(category),
                None => rows.push((class, scope, vec![category], ratio, clauses)),
            }
        }
        self.output.heading(words.say(
            "先行自付（账单行自带的比例优先）",
            "First shares (a line's own ratio goes before)",
        ));
        for (class, scope, categories, ratio, clauses) in rows {
            let all = categories.len() == Category::ALL.len();
            let categories = words.list(categories.iter().map(|c| c.name(words.lang)));
            let mut who = vec![class.name(words.lang).to_owned()];
            who.extend((!all).then_some(categories));
            who.extend((scope != words.say("全部", "everyone")).then(|| scope.replace('\n', "; ")));
            let who = who.join(words.say("，", ", "));
            self.output.line(&format!(
                "  {who}{}{ratio}  {clauses}",
                words.say("：", ": ")
            ));
        }
    }

    fn limits(&self) {
        let limits = self.distinct(&self.funded(), |view: &View| view.limits.clone());
        if limits.is_empty() {
            return;
        }
        let words = self.words;
        self.output
            .heading(words.say("限价（每单位）", "Limits of a unit"));
        for (held, scope) in limits {
            let (category, amount): (Category, Fen) = held.value;
            let clauses = words.clauses(&self.plan.policy, &held.clauses);
            let (name, amount) = (category.name(words.lang), words.yuan(amount));
            self.output.line(&match words.lang {
                Lang::Zh => format!("  {name}（{scope}）{amount}  {clauses}"),
                Lang::En => format!("  {name} ({scope}) {amount}  {clauses}"),
            });
        }
    }

    fn accounts(&self) {
        let all = domain::view::scope::Space::of(self.plan, |_| true);
        let accounts = self.distinct(&all, |view: &View| view.account.iter().cloned().collect());
        let words = self.words;
        self.output
            .heading(words.say("个人账户", "Personal account"));
        if accounts.is_empty() {
            return self
                .output
                .line(words.say("  本险种没有个人账户", "  this scheme has none"));
        }
        let header = [
            words.say("适用", "for"),
            words.say("起付标准之前付", "before the deductible"),
            words.say("基金之后付", "after the funds"),
            words.say("可付的个人负担", "may pay"),
            words.say("家庭共济", "family"),
            words.say("依据〔等级〕", "clause [standing]"),
        ];
        let mut table = self.output.table(&header);
        for (held, scope) in accounts {
            let account = &held.value;
            let family = if account.family {
                words.say("可以", "yes")
            } else {
                words.say("否", "no")
            };
            table.add_row([
                scope,
                words.account_parts(&account.before),
                words.account_parts(&account.after),
                words.own_parts(&account.pays),
                family.to_owned(),
                words.clauses(&self.plan.policy, &held.clauses),
            ]);
        }
        self.output.line(&table.to_string());
    }

    fn exclusions(&self) {
        let words = self.words;
        self.output.heading(words.say(
            "基金不予支付的事由",
            "Causes for which the funds pay nothing",
        ));
        let exclusions = &self.plan.policy.exclusions;
        if exclusions.is_empty() {
            return self
                .output
                .line(words.say("  本文件未载", "  none in this file"));
        }
        // One line for each clause.
        let mut lines: Vec<(String, Vec<String>)> = Vec::new();
        for exclusion in exclusions {
            let clause = words.clause(&self.plan.policy, &exclusion.cite);
            let mark = if exclusion.advance { "*" } else { "" };
            let name = format!("{}{mark}", exclusion_name(exclusion, words.lang));
            match lines.iter_mut().find(|(known, _)| *known == clause) {
                Some((_, names)) => names.push(name),
                None => lines.push((clause, vec![name])),
            }
        }
        for (clause, names) in lines {
            self.output.line(&format!(
                "  {}  {clause}",
                names.join(words.say("；", "; "))
            ));
        }
        if exclusions.iter().any(|e| e.advance) {
            self.output.line(words.say(
                "  * 责任人不支付或无法确定时，基金先行支付，并有权追偿",
                "  * the fund advances where the liable person does not pay or is unknown, and may recover",
            ));
        }
    }

    /// Figures of which others are a share or a multiple.
    fn base_amounts(&self) {
        let words = self.words;
        let policy = &self.plan.policy;
        if !policy.base_amounts.is_empty() {
            self.output
                .heading(words.say("计算基数", "Figures that others are a share of"));
        }
        for base in &policy.base_amounts {
            let (amount, clause) = (
                words.yuan(base.amount.value),
                words.clause(policy, &base.cite),
            );
            self.output
                .line(&format!("  {} {amount}  {clause}", base.id));
        }
    }

    fn head_rules(&self) {
        let words = self.words;
        let policy = &self.plan.policy;
        let lang = words.lang;
        let year = &policy.year;
        let rounding = &policy.rounding;
        let (month, day) = (year.starts.month, year.starts.day);
        let rounds = [rounding.line, rounding.fund, rounding.boundary].map(|r| round(r, lang));
        let [line, fund, boundary] = rounds;
        let (cross, age, bands) = (
            year.cross.name(lang),
            year.age_on.name(lang),
            rounding.bands.name(lang),
        );
        let cover = policy.coverage.days.name(lang);
        let texts = match lang {
            Lang::Zh => [
                format!("年度自 {month}月{day}日 起；跨年住院{cross}；年龄按{age}"),
                format!("住院须参保：{cover}"),
                format!("进位：账单行{line}，基金{fund}（{bands}），封顶处的费用{boundary}"),
            ],
            Lang::En => [
                format!(
                    "benefit year from {month:02}-{day:02}; of a stay over its end {cross}; age on {age}"
                ),
                format!("cover is needed on {cover} of a stay"),
                format!(
                    "rounding: lines {line}, funds {fund} ({bands}), the cost at a cap {boundary}"
                ),
            ],
        };
        self.output
            .heading(words.say("年度、参保、进位", "Year, cover, rounding"));
        let cites = [&year.cite, &policy.coverage.cite, &rounding.cite];
        for (text, cite) in texts.iter().zip(cites) {
            self.output
                .line(&format!("  {text}  {}", words.clause(policy, cite)));
        }
    }
}

/// The place of a fund in the order of the law.
fn rank(layer: &Layer) -> u8 {
    match layer.kind {
        LayerKind::LargeAmount => 0,
        _ if layer.early => 1,
        LayerKind::Catastrophic => 2,
        LayerKind::RetireeSupplement
        | LayerKind::CivilServant
        | LayerKind::Enterprise
        | LayerKind::MutualAid => 3,
        LayerKind::MedicalAid | LayerKind::TiltedAid => 4,
    }
}
