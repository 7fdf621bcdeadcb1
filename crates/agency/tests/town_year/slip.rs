//! The bill of a settlement as a text for the model, from the record and what the entries before it come to.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use agency::record::{Cost, FeeLine, Settled};
use domain::bill::{Place, Scheme};
use domain::ledger::{AccountNumber, Chart, LedgerAccount, YearFigure};
use domain::person::Status;
use domain::setting::Setting;
use jiff::civil::Date;

use crate::house::mirror::Case;

/// The bill as a text.
pub(crate) fn written(case: &Case<'_>, settled: &Settled) -> String {
    let mut text = String::new();
    let care = &settled.care;
    let region = case.office.region;
    put(&mut text, "region", quoted(region));
    put(&mut text, "scheme", quoted(settled.scheme.code()));
    put(&mut text, "setting", quoted(care.setting.code()));
    if settled.place != Place::Home {
        put(
            &mut text,
            "care_region",
            quoted(if region.digits() == 650_100 {
                460_100
            } else {
                650_100
            }),
        );
        put(&mut text, "off_region", quoted(settled.place.code()));
    }
    if let Some(disease) = care.disease.as_ref().filter(|_| settled.registered) {
        put(&mut text, "disease", quoted(disease));
    }
    put(&mut text, "causes", format!("{:?}", care.causes));
    put(&mut text, "third_party_unpaid", care.third_party_unpaid);
    put(&mut text, "use_account", !care.spare_account);
    if let Some(deposit) = settled.deposit {
        put(&mut text, "deposit", yuan(deposit.into()));
    }
    text.push_str("[days]\n");
    match care.when.until {
        None => put(&mut text, "service", care.when.from),
        Some(until) => {
            put(&mut text, "admission", care.when.from);
            put(&mut text, "discharge", until);
        }
    }
    provider(&mut text, case, settled);
    person(&mut text, case, settled);
    accounts(&mut text, case);
    years(&mut text, case, settled);
    if care.setting == Setting::Inpatient {
        text.push_str("[stay]\n");
        let (in_scope, deductible) = settled.stay.unwrap_or_default();
        put(&mut text, "in_scope", yuan(in_scope.into()));
        put(&mut text, "deductible", yuan(deductible.into()));
        put(&mut text, "interim", care.interim);
        if let Some(continuation) = care.continuation {
            put(&mut text, "continuation", quoted(continuation.code()));
        }
    }
    cost(&mut text, &care.cost);
    text
}

fn provider(text: &mut String, case: &Case<'_>, settled: &Settled) {
    let day = case.entry.day;
    let agreement = case.office.institution(&settled.care.facility, day);
    let facility = agreement
        .expect("an institution")
        .facility(day, settled.approved);
    text.push_str("[facility]\n");
    put(text, "kind", quoted(facility.kind.code()));
    put(text, "level", facility.level);
    put(text, "community", facility.community);
    put(text, "tags", format!("{:?}", facility.tags));
    put(text, "designated", facility.designated);
    put(text, "approved", facility.approved);
}

fn person(text: &mut String, case: &Case<'_>, settled: &Settled) {
    let state = &case.before.state;
    let status = state.status(case.entry.day).expect("a status");
    text.push_str("[person]\n");
    put(text, "status", quoted(status.code()));
    if let Some(birth) = state.membership.birth {
        put(text, "birth", birth);
    }
    if let Some(retired) = state.retired.filter(|_| status == Status::Retired) {
        put(text, "retired", retired);
    }
    let identities = state.identities_on(case.entry.day);
    put(text, "identities", format!("{identities:?}"));
    let spells = settled.coverage.iter().map(|on| {
        let (day, state) = (on.day, on.state.code());
        format!("{{ from = {day}, until = {day}, state = {state:?} }}")
    });
    let spells: Vec<String> = spells.collect();
    put(text, "coverage", format!("[{}]", spells.join(", ")));
}

/// By the postings alone; what relatives granted in the order in which it came.
fn accounts(text: &mut String, case: &Case<'_>) {
    text.push_str("[accounts]\n");
    for (key, account) in [
        ("current", LedgerAccount::Current),
        ("prior", LedgerAccount::Prior),
    ] {
        put(text, key, yuan(case.before.account(account.number().0)));
    }
    let received = case.before.state.received.iter();
    let family = received.map(|r| {
        format!(
            "{{ name = \"m\", balance = {} }}",
            yuan(r.left.fen().into())
        )
    });
    put(
        text,
        "family",
        format!("[{}]", family.collect::<Vec<_>>().join(", ")),
    );
}

/// The sums of the year and of the year before, by the postings alone.
fn years(text: &mut String, case: &Case<'_>, settled: &Settled) {
    let first = case.entry.year.expect("a benefit year");
    let before = Date::new(first.year() - 1, first.month(), first.day()).expect("a year");
    for (key, first) in [("year", first), ("year_before", before)] {
        year(text, case, key, (settled.scheme, first));
    }
}

fn year(text: &mut String, case: &Case<'_>, key: &str, of: (Scheme, Date)) {
    let version = case
        .office
        .policies
        .numbered(case.entry.policy)
        .expect("a policy");
    let mut stays = 0;
    let mut settings: BTreeMap<Setting, BTreeMap<String, i128>> = BTreeMap::new();
    for (&(scheme, first, account), &sum) in &case.before.years {
        let Some(Chart::Year(figure)) = Chart::of(AccountNumber(account)) else {
            continue;
        };
        if (scheme, first) != of {
            continue;
        }
        let setting = version.file.plan.stands_for(figure.setting);
        let sums = settings
            .entry(setting.unwrap_or(figure.setting))
            .or_default();
        let name = match figure.figure {
            YearFigure::Stays => {
                stays += sum;
                continue;
            }
            YearFigure::InScope => "in_scope".to_owned(),
            YearFigure::Deductible => "deductible".to_owned(),
            YearFigure::Pooled => "pooled".to_owned(),
            YearFigure::OwnShare => "own_share".to_owned(),
            YearFigure::LayerBase(kind) => format!("{}.base", kind.code()),
            YearFigure::LayerPaid(kind) => format!("{}.paid", kind.code()),
        };
        *sums.entry(name).or_default() += sum;
    }
    let _ = writeln!(text, "[{key}]\nstays = {stays}");
    for (setting, sums) in settings {
        let _ = writeln!(text, "[{key}.{}]", setting.code());
        for &kind in domain::step::LayerKind::ALL {
            for part in ["base", "paid"] {
                let name = format!("{}.{part}", kind.code());
                let sum = sums.get(&name).copied().unwrap_or(0);
                put(text, &name, yuan(sum));
            }
        }
        for (name, sum) in sums.iter().filter(|(name, _)| !name.contains('.')) {
            put(text, name, yuan(*sum));
        }
    }
}

fn cost(text: &mut String, cost: &Cost) {
    match cost {
        Cost::Sums(sums) => {
            text.push_str("[cost]\n");
            let names = [
                "hospital",
                "self_funded",
                "over_limit",
                "first_share",
                "in_scope",
            ];
            for (name, fen) in names.iter().zip(sums) {
                put(text, name, yuan((*fen).into()));
            }
        }
        Cost::Lines(lines) => lines.iter().for_each(|line| fee(text, line)),
    }
}

fn fee(text: &mut String, line: &FeeLine) {
    text.push_str("[[line]]\n");
    put(text, "item", format!("{:?}", line.item));
    put(text, "class", quoted(line.class.code()));
    put(text, "category", quoted(line.category.code()));
    put(text, "quantity", decimal(line.quantity, 10_000));
    put(text, "unit_price", decimal(line.unit_price, 1_000_000));
    if let Some(amount) = line.amount {
        put(text, "amount", yuan(amount.into()));
    }
    if let Some(limit) = line.limit {
        put(text, "limit", decimal(limit, 1_000_000));
    }
    if let Some((num, den)) = line.first_share {
        put(text, "first_share", quoted(format!("{num}/{den}")));
    }
    put(text, "restricted", line.barred);
    put(text, "hospital", line.hospital);
    if let Some(day) = line.day {
        put(text, "day", day);
    }
}

fn put(text: &mut String, key: &str, value: impl std::fmt::Display) {
    let _ = writeln!(text, "{key} = {value}");
}

fn quoted(word: impl std::fmt::Display) -> String {
    format!("\"{word}\"")
}

fn yuan(fen: i128) -> String {
    format!("\"{}.{:02}\"", fen / 100, fen % 100)
}

/// A whole number of parts, in quotes.
fn decimal(parts: u64, of: u64) -> String {
    let digits = of.ilog10() as usize;
    format!("\"{}.{:0digits$}\"", parts / of, parts % of)
}
