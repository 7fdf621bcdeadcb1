//! The benefit year so far as pictures: the deductible borne, the room below the cap, the way to the catastrophic threshold.

use agency::domain::agreement::Agreement;
use agency::domain::explain::amount;
use agency::domain::facility::FacilityKind;
use agency::domain::fen::Fen;
use agency::domain::policy::Per;
use agency::domain::setting::Setting;
use agency::domain::step::LayerKind;
use agency::domain::view::View;
use agency::domain::words::Lang;
use agency::domain::year::{Counted, YearToDate};
use agency::forecast;
use agency::record::{Care, Cost, Event, When};
use maud::{Markup, html};

use super::PersonRecord;

/// A part of a whole: a name, how much of it is there, how much is the whole.
struct Gauge {
    name: String,
    done: Fen,
    whole: Fen,
}

pub(super) fn pictures(record: &PersonRecord) -> Markup {
    let all: Vec<_> = [Setting::Outpatient, Setting::Inpatient]
        .into_iter()
        .filter_map(|setting| of_setting(record, setting))
        .filter(|(_, _, gauges)| !gauges.is_empty())
        .collect();
    html! { @if !all.is_empty() {
        section aria-labelledby="year" {
            h2 #year { (record.t("本年度累计", "The year so far")) }
            p.note { (record.t("门诊、住院合并计算的，两处是同一个数。", "What counts outpatient care and stays together is the same sum in both places.")) }
            @for (title, in_scope, gauges) in all {
                h3 { (title) }
                p { (record.t("政策范围内费用累计（元）：", "In-scope cost, yuan: ")) span.n { (amount(in_scope)) } }
                @for one in gauges { (gauge(record, &one)) }
            }
        }
    } }
}

/// What holds at the institution where the person was last for this, or at the first hospital of the highest level.
fn of_setting(record: &PersonRecord, setting: Setting) -> Option<(String, Fen, Vec<Gauge>)> {
    let institution = institution(record, setting)?;
    let until = (setting == Setting::Inpatient).then_some(record.today);
    let when = When {
        from: record.today,
        until,
    };
    let care = Care::new(
        &institution.code,
        setting,
        when,
        Cost::Sums([0, 0, 0, 0, 100]),
    );
    let (bill, version) =
        forecast::bill(&record.office, record.person, &record.state, &care).ok()?;
    let plan = &version.file.plan;
    let view = plan.view(&plan.point(&bill).ok()?)?;
    let (name, at) = (setting.name(record.lang()), &institution.name);
    let title = match record.lang() {
        Lang::Zh => format!("{name}（按{at}的级别）"),
        Lang::En => format!("{name} (at the level of {at})"),
    };
    let in_scope = Counted::of(&view.counts).sum(&bill.year, |sums| sums.in_scope);
    Some((title, in_scope, gauges(record, &view, &bill.year)))
}

fn institution(record: &PersonRecord, setting: Setting) -> Option<&Agreement> {
    let been = record
        .history
        .iter()
        .rev()
        .find_map(|(entry, event)| match event {
            Event::Settled(settled) if settled.care.setting == setting => Some(&entry.party),
            _ => None,
        });
    let been = been.and_then(|code| record.office.institution(code, record.today).ok());
    let highest = || {
        let all = record
            .office
            .agreements
            .values()
            .filter_map(|all| all.last());
        let here = all
            .filter(|one| one.kind == FacilityKind::General && one.region == record.office.region);
        here.max_by(|a, b| (a.level, &b.code).cmp(&(b.level, &a.code)))
    };
    been.or_else(highest)
}

fn gauges(record: &PersonRecord, view: &View, year: &YearToDate) -> Vec<Gauge> {
    let mut all = Vec::new();
    let counted = Counted::of(&view.counts);
    if let Some(deductible) = &view.deductible
        && deductible.value.per == Per::Year
        && let Some(whole) = deductible
            .value
            .figures
            .first()
            .filter(|fen| !fen.is_zero())
    {
        all.push(Gauge {
            name: record.t("已付起付线", "deductible borne").to_owned(),
            done: counted.sum(year, |sums| sums.deductible).min(*whole),
            whole: *whole,
        });
    }
    for cap in view.caps.iter().filter(|cap| !cap.value.visit) {
        if let Some(whole) = cap.value.amount {
            let counted = Counted::of(&cap.value.counts);
            all.push(Gauge {
                name: record
                    .t(
                        "统筹基金已付，封顶",
                        "paid by the pooled fund, up to the cap",
                    )
                    .to_owned(),
                done: counted.sum(year, |sums| sums.pooled).min(whole),
                whole,
            });
        }
    }
    let catastrophic = view
        .layers
        .iter()
        .find(|layer| layer.value.kind == LayerKind::Catastrophic);
    if let Some(layer) = catastrophic.filter(|layer| !layer.value.over.is_zero()) {
        let counted = Counted::of(&layer.value.counts);
        let whole = layer.value.over;
        all.push(Gauge {
            name: record
                .t("大病保险起付", "own cost towards catastrophic insurance")
                .to_owned(),
            done: counted.layer(year, LayerKind::Catastrophic).base.min(whole),
            whole,
        });
    }
    all
}

fn gauge(record: &PersonRecord, gauge: &Gauge) -> Markup {
    let Gauge { name, done, whole } = gauge;
    let left = whole.beyond(*done);
    let width = u128::from(done.fen()) * 1000 / u128::from(whole.fen().max(1));
    let told = format!("{name}: {} / {}", amount(*done), amount(*whole));
    html! {
        div.gauge {
            span { (name) } span.n { (amount(*done)) " / " (amount(*whole)) " · " (record.t("还差 ", "left ")) (amount(left)) }
            svg.bar.thin viewBox="0 0 1000 60" preserveAspectRatio="none" role="img" aria-label=(told) {
                rect.track x="0" y="0" width="1000" height="60" {}
                rect.account x="0" y="0" width=(width) height="60" {}
            }
        }
    }
}
