//! `yibao compare`: one bill under the policies of many regions, by what the person would pay.

use std::path::Path;
use std::process::ExitCode;

use comfy_table::{Cell, CellAlignment};
use domain::bill::Bill;
use domain::cite::Standing;
use domain::fen::Fen;
use domain::region::Region;
use domain::words::{Lang, Name};
use domain::{Settlement, Unsettled, explain};
use jiff::civil::Date;
use policy::{Shelf, Source};
use serde_json::{Value, json};

use crate::args;
use crate::output::{Output, bar, percent};
use crate::policies::open;

/// What came of the bill in one region.
struct Settled {
    region: Region,
    name: Name,
    since: Date,
    settlement: Settlement,
    weakest: Option<Standing>,
    cap_unknown: bool,
}

/// A region whose policy could not settle the bill, and why.
struct Left {
    region: Region,
    why: Name,
}

pub(crate) fn run(
    command: &args::Compare,
    policies: &Path,
    output: &Output,
) -> Result<ExitCode, String> {
    let source = Source::read_or_stdin(&command.bill).map_err(|e| e.to_string())?;
    let bill = policy::bill::read(&source).map_err(|e| e.to_string())?;
    let shelf = open(policies, output.lang)?;
    let regions = regions(command, &shelf)?;
    let (mut settled, mut left) = (Vec::new(), Vec::new());
    for region in regions {
        match settle(&bill, region, &shelf) {
            Ok(one) => settled.push(one),
            Err(why) => left.push(Left { region, why }),
        }
    }
    settled.sort_by_key(|one| (one.settlement.personal(), one.region));
    if command.json {
        output.line(&as_json(&bill, &settled, &left));
    } else {
        print(&bill, &settled, &left, output);
    }
    Ok(if settled.is_empty() {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// The regions asked for, each once and on the shelf; all of the shelf for `all`.
fn regions(command: &args::Compare, shelf: &Shelf) -> Result<Vec<Region>, String> {
    let mut known: Vec<Region> = shelf.slots().iter().map(|slot| slot.region).collect();
    known.dedup();
    let args::Regions::These(asked) = &command.regions else {
        return Ok(known);
    };
    if let Some(unknown) = asked.iter().find(|region| !known.contains(region)) {
        let known: Vec<String> = known.iter().map(Region::to_string).collect();
        return Err(format!(
            "--regions: {unknown} was found; there are policies for {}",
            known.join(", ")
        ));
    }
    known.retain(|region| asked.contains(region));
    Ok(known)
}

/// The bill as if the person were insured in this region, or why there is no rule for it.
fn settle(bill: &Bill, region: Region, shelf: &Shelf) -> Result<Settled, Name> {
    let bill = Bill {
        region,
        ..bill.clone()
    };
    let file = shelf
        .policy_for(&bill)
        .map_err(|e| in_both(|lang| e.describe(lang)))?;
    let unsettled = |e: Unsettled| in_both(|lang| e.describe(lang));
    let point = file.plan.point(&bill).map_err(unsettled)?;
    let settlement = domain::settle(&bill, &file.plan).map_err(unsettled)?;
    Ok(Settled {
        region,
        name: file.plan.policy.region_name.clone(),
        since: file.plan.policy.effective,
        weakest: explain::weakest(&file.plan, &settlement),
        cap_unknown: explain::cap_unknown(&file.plan, &point, &settlement),
        settlement,
    })
}

fn in_both(text: impl Fn(Lang) -> String) -> Name {
    Name {
        zh: text(Lang::Zh),
        en: text(Lang::En),
    }
}

fn print(bill: &Bill, settled: &[Settled], left: &[Left], output: &Output) {
    let lang = output.lang;
    let parts = [
        bill.scheme.name(lang),
        bill.setting.name(lang),
        bill.person.status.name(lang),
        &bill.days.settlement().to_string(),
    ];
    output.heading(&parts.join(" · "));
    let header = [
        output.say("统筹区", "region"),
        output.say("个人付（元）", "you pay (yuan)"),
        output.say("基金付（元）", "funds pay (yuan)"),
        "%",
        "",
        output.say("政策自", "policy since"),
        output.say("最弱依据", "weakest standing"),
    ];
    let mut table = output.table(&header);
    let most = settled
        .last()
        .map_or(Fen::ZERO, |s| s.settlement.personal());
    for one in settled {
        let s = &one.settlement;
        let name = format!("{} {}", one.region, one.name.lang(lang));
        let refused = s.refusal().map(|refusal| refusal.name(lang));
        table.add_row([
            Cell::new(refused.map_or(name.clone(), |why| format!("{name} ({why})"))),
            right(explain::amount(s.personal())),
            right(explain::amount(s.funds())),
            right(percent(s.funds().fen(), s.total().fen())),
            Cell::new(bar(s.personal().fen(), most.fen(), 16)),
            Cell::new(one.since),
            Cell::new(standing(one, lang)),
        ]);
    }
    if !settled.is_empty() {
        output.line(&table.to_string());
        output.line(output.say(
            "条形：个人付的金额；%：基金付的比例。账单的其他内容各地相同，药品目录和先行自付比例按账单所载。",
            "Bars: what the person pays; %: the funds' part. All else in the bill stays the same everywhere, also its first shares and limits.",
        ));
    }
    if settled.iter().any(|one| one.cap_unknown) {
        output.line(output.say(
            "† 年度最高支付限额没有来源，未作封顶，接近限额的账单不可采信。",
            "† The yearly cap is in no source and none is applied: do not trust a bill that comes near it.",
        ));
    }
    if !left.is_empty() {
        output.heading(output.say("不能比较的统筹区", "Regions that cannot be compared"));
        for one in left {
            output.line(&format!("  {} {}", one.region, one.why.lang(lang)));
        }
    }
}

/// The weakest standing, with a mark where the yearly cap is not known.
fn standing(one: &Settled, lang: Lang) -> String {
    let name = one.weakest.map_or("", |standing| standing.name(lang));
    let mark = if one.cap_unknown { " †" } else { "" };
    format!("{name}{mark}")
}

fn right(text: String) -> Cell {
    Cell::new(text).set_alignment(CellAlignment::Right)
}

fn both(name: &Name) -> Value {
    json!({ "zh": name.zh, "en": name.en })
}

fn as_json(bill: &Bill, settled: &[Settled], left: &[Left]) -> String {
    let one = |one: &Settled| {
        let s = &one.settlement;
        json!({
            "region": one.region.to_string(),
            "name": both(&one.name),
            "policy_since": one.since.to_string(),
            "refused": s.refusal().map(|refusal| refusal.code()),
            "personal": s.personal().to_string(),
            "funds": s.funds().to_string(),
            "account": s.account().to_string(),
            "cash": s.paid_by(domain::step::Payer::Cash).to_string(),
            "total": s.total().to_string(),
            "weakest_standing": one.weakest.map(|standing| standing.code()),
            "cap_unknown": one.cap_unknown,
        })
    };
    let value = json!({
        "scheme": bill.scheme.code(),
        "setting": bill.setting.code(),
        "day": bill.days.settlement().to_string(),
        "regions": settled.iter().map(one).collect::<Vec<_>>(),
        "left_out": left.iter().map(|l| json!({ "region": l.region.to_string(), "why": both(&l.why) })).collect::<Vec<_>>(),
    });
    serde_json::to_string_pretty(&value).unwrap_or_default()
}
