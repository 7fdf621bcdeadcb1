//! What holds at one point of a policy: figure by figure, each with its clauses.

use agency::domain::bill::Category;
use agency::domain::cite::{Cite, Standing};
use agency::domain::plan::Plan;
use agency::domain::policy::Point;
use agency::domain::view::{Cap, FirstShare, Held, View};
use agency::phrases::Phrases;
use maud::{Markup, html};

use super::super::Reader;
use super::asking::Chosen;
use super::whole::table;

/// What, how much, and by which clauses.
pub(super) type Row = (String, String, Vec<Cite>);

/// Everything that holds at the chosen point, or that nothing does.
pub(super) fn told(reader: &Reader, plan: &Plan, chosen: &Chosen) -> Markup {
    let (policy, lang, point) = (&plan.policy, reader.lang, &chosen.point);
    let mut who = vec![point.setting.name(lang)];
    who.extend(
        policy
            .facilities
            .get(point.facility)
            .map(|c| c.name.lang(lang)),
    );
    who.extend(policy.persons.get(point.person).map(|c| c.name.lang(lang)));
    who.push(point.place.name(lang));
    html! {
        h2 { (who.join(" · ")) }
        @if chosen.is_another {
            p.bad { (reader.say("本文件没有所选的某一项，已另取一项。", "Something that was chosen is not in this file; another was taken.")) }
        }
        @match plan.view(point) {
            Some(view) => (here(reader, plan, &view)),
            None => (nothing(reader, plan, point)),
        }
    }
}

fn nothing(reader: &Reader, plan: &Plan, point: &Point) -> Markup {
    let rows = plan.policy.no_rules.iter();
    let rows = rows.filter(|row| row.selector.holds(point));
    html! {
        p.bad { (reader.say("本文件对此没有规则，账单不予结算。", "This file has no rule for it; such a bill is not settled.")) }
        @for row in rows { (super::super::clause::cited(&plan.policy, &row.cite, reader.lang)) }
    }
}

fn here(reader: &Reader, plan: &Plan, view: &View) -> Markup {
    let words = Phrases { lang: reader.lang };
    let payer = view.payer.map(|payer| payer.name(reader.lang));
    let mut rows = deductible_and_bands(words, view);
    rows.extend(view.caps.iter().map(|cap| of_cap(words, cap)));
    rows.extend(view.off_region.iter().map(|held| {
        let what = words.say("异地先行自付", "off-region first share");
        (
            what.to_owned(),
            held.value.to_string(),
            held.clauses.clone(),
        )
    }));
    rows.extend(view.layers.iter().map(|held| {
        let mut what = held.value.kind.name(reader.lang).to_owned();
        if !held.value.identities.is_empty() {
            what = format!("{what} [{}]", words.identities(&held.value.identities));
        }
        (what, words.layer(&held.value), held.clauses.clone())
    }));
    rows.extend(first_shares(words, &view.first_shares));
    rows.extend(view.limits.iter().map(|held| {
        let (category, amount) = held.value;
        let what = format!(
            "{} {}",
            words.say("限价", "limit"),
            category.name(reader.lang)
        );
        (what, words.yuan(amount), held.clauses.clone())
    }));
    rows.extend(view.account.iter().map(|held| {
        let what = words.say("个人账户", "personal account");
        (
            what.to_owned(),
            words.account(&held.value),
            held.clauses.clone(),
        )
    }));
    html! {
        p {
            @match payer {
                Some(payer) => { (words.say("支付的基金：", "fund of the basic stage: ")) (payer) }
                None => (words.say("基金不支付，个人账户可以支付", "no fund pays; the account may")),
            }
            @if view.counts.len() > 1 { " · " (words.say("合并累计：", "counted together: ")) (words.settings(&view.counts)) }
        }
        @if !rows.is_empty() { (table(reader, plan, Some(words.say("待遇", "What is paid")), &rows)) }
    }
}

fn deductible_and_bands(words: Phrases, view: &View) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    rows.extend(view.deductible.iter().map(|held| {
        let what = words.say("起付标准", "deductible").to_owned();
        (what, words.deductible(&held.value), held.clauses.clone())
    }));
    let Some(bands) = &view.bands else {
        return rows;
    };
    rows.extend(bands.bands.iter().map(|held| {
        let stretch = words.stretch(held.value.over, held.value.upto);
        let what = format!(
            "{} {stretch}",
            words.say("基金支付比例", "paid by the fund")
        );
        let ratio = held.value.ratio.to_string();
        (what.trim_end().to_owned(), ratio, held.clauses.clone())
    }));
    if bands.bands.len() > 1 {
        let (origin, sum) = (
            words.origin(bands.origin),
            bands.accumulates.name(words.lang),
        );
        let how = format!("{origin}{}{sum}", words.say("，", ", "));
        let what = words.say("分段方法", "how the bands count");
        rows.push((what.to_owned(), how, Vec::new()));
    }
    rows
}

fn of_cap(words: Phrases, held: &Held<Cap>) -> Row {
    let cap = &held.value;
    let what = match cap.visit {
        true => words.say("单次最高支付限额", "cap of a visit"),
        false => words.say("年度最高支付限额", "cap of the year"),
    };
    let amount = match (cap.amount, held.standing()) {
        (None, Standing::Unconfirmed) => words
            .say("不详，未作封顶", "not known, none applied")
            .to_owned(),
        _ => words.cap(cap),
    };
    (what.to_owned(), amount, held.clauses.clone())
}

/// Categories with the same first share by the same clauses are told together.
fn first_shares(words: Phrases, shares: &[Held<FirstShare>]) -> Vec<Row> {
    let mut gathered: Vec<(&Held<FirstShare>, Vec<Category>)> = Vec::new();
    for share in shares {
        let same = |known: &&mut (&Held<FirstShare>, Vec<Category>)| {
            let (one, other) = (&known.0.value, &share.value);
            (one.class, &one.steps) == (other.class, &other.steps)
                && known.0.clauses == share.clauses
        };
        match gathered.iter_mut().find(same) {
            Some((_, categories)) => categories.push(share.value.category),
            None => gathered.push((share, vec![share.value.category])),
        }
    }
    let row = |(held, categories): (&Held<FirstShare>, Vec<Category>)| {
        let class = held.value.class.name(words.lang);
        let mut what = format!("{} {class}", words.say("先行自付", "first share"));
        if categories.len() < Category::ALL.len() {
            let categories = words.list(categories.iter().map(|c| c.name(words.lang)));
            what = format!("{what} {categories}");
        }
        let ratio = words.first_share(&held.value.steps);
        (what, ratio, held.clauses.clone())
    };
    gathered.into_iter().map(row).collect()
}
