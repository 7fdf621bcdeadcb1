//! `docs/ledger.md` says what the program does: its tables of accounts, kinds of entries and numbers of steps are held against the code.

use std::path::Path;

use agency::record::steps::StepForm;
use domain::Fen;
use domain::account::OwnPart;
use domain::ledger::{EntryKind, LedgerAccount, YearFigure, YearSum};
use domain::refusal::Refusal;
use domain::setting::Setting;
use domain::step::{Effect, LayerKind, Note, Payer, RuleId, Stage, Step};
use domain::words::Lang;

#[test]
fn every_account_kind_and_number_stands_in_the_description_of_the_ledger() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/ledger.md");
    let text = policy::Source::read(&path)
        .expect("the description of the ledger")
        .text;
    let lines: Vec<String> = accounts()
        .into_iter()
        .chain(kinds())
        .chain(figures())
        .chain(steps())
        .collect();
    let missing: Vec<&String> = lines.iter().filter(|line| !text.contains(*line)).collect();
    assert!(
        missing.is_empty(),
        "docs/ledger.md lacks:\n{}",
        missing
            .iter()
            .map(|line| line.as_str())
            .collect::<Vec<_>>()
            .join("\n")
    );
}

fn accounts() -> Vec<String> {
    let row = |account: &LedgerAccount| {
        format!(
            "| {} | `{}` | {} | {} | {} | {} |",
            account.number().0,
            account.code(),
            account.name(Lang::Zh),
            account.name(Lang::En),
            account.holder().name(Lang::En),
            account.side().code(),
        )
    };
    LedgerAccount::ALL.iter().map(row).collect()
}

fn kinds() -> Vec<String> {
    let row = |kind: &EntryKind| {
        format!(
            "| `{}` | {} | {} |",
            kind.code(),
            kind.name(Lang::Zh),
            kind.name(Lang::En)
        )
    };
    EntryKind::ALL.iter().map(row).collect()
}

/// The last two digits of the year's sums, told for outpatients.
fn figures() -> Vec<String> {
    let row = |figure: YearFigure| {
        let sum = YearSum {
            before: false,
            setting: Setting::Outpatient,
            figure,
        };
        let name = domain::ledger::Chart::Year(sum).name(Lang::Zh);
        let number: domain::ledger::AccountNumber = sum.into();
        format!("| {} | {name} |", number.0)
    };
    YearFigure::all().map(row).collect()
}

/// The numbers of stages and effects as a record has them.
fn steps() -> Vec<String> {
    let stages = [
        Stage::Admission,
        Stage::Classification,
        Stage::OffRegion,
        Stage::AccountBefore,
        Stage::Deductible,
        Stage::BasicFund,
        Stage::Account,
        Stage::Cash,
    ];
    let layers = LayerKind::ALL.iter().map(|kind| Stage::Layer(*kind));
    let stages = stages.into_iter().chain(layers).map(|stage| {
        let number = field(stage, Effect::Noted(Note::InScope), 0);
        format!("| {number} | {} |", domain::explain::stage(stage, Lang::En))
    });
    let paid = Payer::ALL
        .iter()
        .map(|p| (Effect::Paid(*p), p.name(Lang::En)));
    let became = OwnPart::ALL
        .iter()
        .map(|p| (Effect::Became(*p), p.name(Lang::En)));
    let refused = Refusal::ALL
        .iter()
        .map(|r| (Effect::Noted(Note::Refused(*r)), r.name(Lang::En)));
    let effects = paid.chain(became).chain(refused).map(|(effect, name)| {
        let number = field(Stage::Cash, effect, 4);
        format!("| {number} | {name} |")
    });
    stages.chain(effects).collect()
}

/// One of the seven numbers of a step.
fn field(stage: Stage, effect: Effect, at: usize) -> u64 {
    let form = StepForm::of(&Step {
        stage,
        line: 0,
        of: Fen::ZERO,
        amount: Fen::ZERO,
        effect,
        from: None,
        rule: RuleId(0),
    });
    let json = serde_json::to_value(form).expect("seven numbers");
    json[at].as_u64().expect("a number")
}
