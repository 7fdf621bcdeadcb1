//! `Program`: the only file that knows the program: texts in, amounts out.

use domain::account::OwnPart;
use domain::class::Unknown;
use domain::step::{LayerKind, Note, Payer};
use domain::unsettled::{LineFault, Unsettled};
use domain::{Fen, Plan};
use policy::{PolicyFile, Source};

use crate::chain::Amounts;

/// A policy as the program read it.
pub(crate) struct Program {
    plan: Plan,
}

impl Program {
    pub(crate) fn read(text: &str) -> Result<Program, String> {
        let file = PolicyFile::read(&source(text)).map_err(|errors| errors.to_string())?;
        Ok(Program { plan: file.plan })
    }

    /// Settles a bill; an error is a bill for which there is no rule.
    pub(crate) fn settle(&self, text: &str) -> Result<Amounts, String> {
        let bill =
            policy::bill::read(&source(text)).map_err(|errors| format!("unreadable: {errors}"))?;
        let settlement =
            domain::settle(&bill, &self.plan).map_err(|unsettled| reason(&unsettled))?;
        let mut amounts = Amounts {
            refused: settlement.refusal().map(|r| r.code().to_owned()),
            ..Amounts::default()
        };
        for &payer in Payer::ALL {
            amounts.add(payer.code(), fen(settlement.paid_by(payer)));
        }
        amounts.add(
            "refund",
            fen(settlement.noted(Note::Refund).unwrap_or_default()),
        );
        amounts.add(
            "collect",
            fen(settlement.noted(Note::Collect).unwrap_or_default()),
        );
        if amounts.refused.is_some() {
            return Ok(amounts);
        }
        for &part in OwnPart::ALL {
            amounts.add(part.code(), fen(settlement.own(part)));
        }
        amounts.add("in_scope", fen(settlement.in_scope()));
        for kind in LayerKind::ALL {
            amounts.add(
                &format!("base_{}", kind.code()),
                fen(settlement.totals().base[kind.index()]),
            );
        }
        Ok(amounts)
    }
}

fn source(text: &str) -> Source {
    Source::new("random.toml", text.as_bytes().to_vec()).expect("a text")
}

fn fen(amount: Fen) -> i128 {
    i128::from(amount.fen())
}

/// Why there is no rule, in the model's words.
fn reason(unsettled: &Unsettled) -> String {
    let words = match unsettled {
        Unsettled::NoSetting(..) => "no rule: setting",
        Unsettled::NoPlace(..) => "no rule: place",
        Unsettled::NoFacilityClass(..) | Unsettled::NotInSetting(..) => "no rule: facility",
        Unsettled::LeftOut(..) => "no rule: left out",
        Unsettled::NoPersonClass(..) => "no rule: person",
        Unsettled::NoCause(..) => "no rule: cause",
        Unsettled::Needs(Unknown::Birth, _) => "needs birth",
        Unsettled::Needs(Unknown::Retirement, _) => "needs retirement",
        Unsettled::NeedsLines(_) => "needs lines",
        Unsettled::Line(_, LineFault::NoDay(_)) => "needs days",
        Unsettled::Line(_, LineFault::NoFirstShare(_)) => "needs a first share",
        Unsettled::NeedsYearBefore(_) => "needs the year before",
        other => return format!("{other:?}"),
    };
    words.to_owned()
}
