//! `yibao settle`: settles one bill and explains every fen.

use std::path::Path;
use std::process::ExitCode;

use comfy_table::{Cell, Table};
use domain::cite::Cite;
use domain::explain;
use domain::plan::Plan;
use domain::settlement::Figure;
use domain::step::{Effect, Payer};
use domain::words::Lang;
use policy::Source;

use crate::args;
use crate::json;
use crate::output::{Output, bar, numbers_right, percent, pretty, right};
use crate::settled::Settled;

pub(crate) fn run(
    command: &args::Settle,
    policies: &Path,
    output: &Output,
) -> Result<ExitCode, String> {
    let source = Source::read_or_stdin(&command.bill).map_err(|e| e.to_string())?;
    let settled = Settled::of(source, command.policy.as_deref(), policies, output.lang)?;
    if command.json {
        output.line(&pretty(&json::settlement(&settled)));
    } else {
        print(&settled, output);
    }
    Ok(ExitCode::SUCCESS)
}

/// Who pays what, step by step, with the clauses.
pub(crate) fn print(settled: &Settled, output: &Output) {
    title(settled, output);
    output.heading(output.say("费用分担", "Who pays what"));
    output.line(&payers(settled, output).to_string());
    output.heading(output.say(
        "计算过程（按法定顺序）",
        "How it comes about, in the order of the law",
    ));
    let (table, notes) = steps(settled, output);
    output.line(&table.to_string());
    for (number, note) in (1..).zip(notes) {
        output.line(&format!(" [{number}] {note}"));
    }
    let frame = explain::frame_standing(&settled.file.plan.policy).name(output.lang);
    let words = output.say(
        "进位、年度和参保日规则的依据等级",
        "The rules on rounding, year and cover stand",
    );
    output.line(&format!("{words}: {frame}"));
    if let Some(weakest) = explain::weakest(&settled.file.plan, &settled.settlement) {
        let words = output.say(
            "以上各笔支付和负担所依据的最弱依据等级",
            "The weakest standing of the clauses by which money moved",
        );
        output.line(&format!("{words}: {}", weakest.name(output.lang)));
    }
    if settled.cap_unknown() {
        output.line(output.say(
            "注意：年度最高支付限额没有来源，这里未作封顶，接近限额的账单不可采信。",
            "Mind: the yearly cap is in no source and none is applied; do not trust a bill that comes near it.",
        ));
    }
    output.heading(output.say(
        "我要付多少？个人账户余额为零会不同吗？",
        "What do I pay, and would it be different if my account were empty?",
    ));
    output.line(&explain::answer(
        &settled.settlement,
        &settled.empty,
        output.lang,
    ));
}

fn title(settled: &Settled, output: &Output) {
    let (bill, policy) = (&settled.bill, &settled.file.plan.policy);
    let lang = output.lang;
    let parts = [
        policy.region_name.lang(lang),
        policy.scheme.name(lang),
        bill.setting.name(lang),
        settled.facility_class().name.lang(lang),
        settled.person_class().name.lang(lang),
        &bill.days.settlement().to_string(),
    ];
    output.heading(&parts.join(" · "));
    let words = output.say("政策", "policy");
    output.line(&format!(
        "{words} {} (sha256 {}…)",
        settled.file.name,
        &settled.file.hash[..12]
    ));
}

/// The payers that pay something, with bars, and the total.
fn payers(settled: &Settled, output: &Output) -> Table {
    let total = settled.settlement.total();
    let header = [
        output.say("付款方", "payer"),
        output.say("金额（元）", "yuan"),
        "%",
        "",
    ];
    let mut table = output.table(&header);
    numbers_right(&mut table, 1..3);
    for &payer in Payer::ALL {
        let paid = settled.settlement.paid_by(payer);
        if !paid.is_zero() || payer == Payer::Cash {
            let share = percent(paid.fen(), total.fen());
            let bar = bar(paid.fen(), total.fen(), 30);
            table.add_row([
                Cell::new(payer.name(output.lang)),
                right(explain::amount(paid)),
                right(share),
                Cell::new(bar),
            ]);
        }
    }
    let total = right(explain::amount(total));
    table.add_row([
        Cell::new(Figure::Total.name(output.lang)),
        total,
        right("100.0".into()),
        Cell::new(""),
    ]);
    table
}

/// The steps with the number of each clause, and the clauses by number.
fn steps(settled: &Settled, output: &Output) -> (Table, Vec<String>) {
    let header = [
        output.say("环节", "stage"),
        output.say("计算基数", "looked at"),
        output.say("金额", "amount"),
        output.say("说明", "what happened"),
        output.say("依据", "clause"),
    ];
    let (plan, lang) = (&settled.file.plan, output.lang);
    let mut table = output.table(&header);
    numbers_right(&mut table, 1..3);
    let mut notes = Vec::new();
    for step in settled.settlement.steps() {
        let clauses = plan
            .rule(step.rule)
            .clauses
            .iter()
            .map(|clause| footnote(plan, clause, &mut notes, lang));
        let what = explain::step_of(plan, settled.about(), step, lang);
        let what = if matches!(step.effect, Effect::Noted(_)) {
            format!("· {what}")
        } else {
            what
        };
        table.add_row([
            Cell::new(explain::stage(step.stage, lang)),
            right(explain::amount(step.of)),
            right(explain::amount(step.amount)),
            Cell::new(what),
            Cell::new(clauses.collect::<Vec<_>>().join(" ")),
        ]);
    }
    (table, notes)
}

/// `[3]`, the number of a clause among the notes; a new clause is added.
fn footnote(plan: &Plan, cite: &Cite, notes: &mut Vec<String>, lang: Lang) -> String {
    let mut note = format!(
        "{} — {}",
        explain::cite(&plan.policy, cite, lang),
        cite.standing.name(lang)
    );
    if let Some(source) = plan
        .policy
        .documents
        .get(cite.document)
        .and_then(|d| d.source.as_ref())
    {
        note.push_str(&format!(" ({source})"));
    }
    let known = notes.iter().position(|known| *known == note);
    let number = known.unwrap_or_else(|| {
        notes.push(note);
        notes.len() - 1
    });
    format!("[{}]", number + 1)
}
