//! `Stated`: a part of a premium as the collector reports it, where the policy has no rows: `employer:pooled:8%`.

use domain::policy::contribution::{Contributor, PremiumPurse};
use domain::{Fen, Ratio, Round};

/// A part of a premium: who pays, into which purse, how much a month.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stated {
    payer: Contributor,
    into: PremiumPurse,
    sum: Sum,
}

#[derive(Clone, Copy, Debug)]
enum Sum {
    Amount(Fen),
    /// A part of the base.
    Part(Ratio),
}

impl Stated {
    /// From `employer:pooled:8%` or `person:pooled:380`.
    pub(crate) fn parse(text: &str) -> Result<Stated, String> {
        let rule = "it is written like `employer:pooled:8%` or `person:pooled:380`";
        let parts: Vec<&str> = text.split(':').collect();
        let [payer, into, sum] = parts.as_slice() else {
            return Err(rule.to_owned());
        };
        let codes = |codes: Vec<&str>| codes.join(", ");
        let payer = Contributor::from_code(payer).ok_or_else(|| {
            let known = Contributor::ALL.iter().map(|c| c.code()).collect();
            format!("{rule}; who pays is one of {}", codes(known))
        })?;
        let into = PremiumPurse::from_code(into).ok_or_else(|| {
            let known = PremiumPurse::ALL.iter().map(|p| p.code()).collect();
            format!("{rule}; the purse is one of {}", codes(known))
        })?;
        let sum = if sum.contains(['%', '/']) {
            Sum::Part(policy::figure::ratio(sum)?)
        } else {
            Sum::Amount(policy::figure::yuan(sum)?)
        };
        Ok(Stated { payer, into, sum })
    }

    /// A part of the base, as a demonstration states it.
    pub(crate) const fn part(payer: Contributor, into: PremiumPurse, part: Ratio) -> Stated {
        let sum = Sum::Part(part);
        Stated { payer, into, sum }
    }

    /// An amount, as a demonstration states it.
    pub(crate) const fn amount(payer: Contributor, into: PremiumPurse, amount: Fen) -> Stated {
        let sum = Sum::Amount(amount);
        Stated { payer, into, sum }
    }

    /// What was paid; a part of a base that is not known is nothing. To the nearest fen, halves up.
    pub(crate) fn paid(self, base: Option<Fen>) -> agency::record::money::Stated {
        let amount = match self.sum {
            Sum::Amount(amount) => amount,
            Sum::Part(part) => base.map_or(Fen::ZERO, |b| b.split_by(part, Round::HalfUp).0),
        };
        agency::record::money::Stated {
            payer: self.payer,
            into: self.into,
            amount,
        }
    }

    /// What was paid of all of them.
    pub(crate) fn all(stated: &[Stated], base: Option<Fen>) -> Vec<agency::record::money::Stated> {
        stated.iter().map(|s| s.paid(base)).collect()
    }
}
