//! The row of one point: the one deductible, cap and account rule that hold there, with the scale, layers and line rules beside them.

use super::{Compiler, shared};
use crate::bill::{Continuation, Scheme, Setting};
use crate::fault::{Fault, FaultKind};
use crate::fen::Fen;
use crate::plan::{AccountPlan, CapPlan, DeductiblePlan, Range, Row, Scale, SharePlan};
use crate::policy::{Accumulates, Cap, CapBasis, NoRule, Origin, Per, Point, SettingFunds};
use crate::ratio::{Divide, Round};
use crate::step::{Payer, RuleId};
use crate::year::Counted;

impl<'p> Compiler<'p> {
    /// The row of one point; none where the policy says nothing about the setting, class or place.
    pub(super) fn row(&mut self, point: &Point) -> Option<Row> {
        let policy = self.policy;
        if !policy.place.known.contains(&point.place) {
            return None;
        }
        let no_rule = |row: &NoRule| row.selector.holds(point);
        if policy.no_rules.iter().any(no_rule) {
            return None;
        }
        let setting = policy
            .settings
            .iter()
            .find(|s| s.setting == point.setting)?;
        let rule = self.plain(&setting.cite);
        match &setting.funds {
            SettingFunds::As(_) => None,
            SettingFunds::None => Some(self.unfunded_row(point, rule)),
            SettingFunds::Pays {
                payer,
                counts_with,
                facilities,
            } => facilities
                .holds(point.facility)
                .then(|| self.funded_row(point, *payer, counts_with)),
        }
    }

    fn unfunded_row(&mut self, point: &Point, rule: RuleId) -> Row {
        Row {
            unfunded: Some(rule),
            payer: Payer::Pooled,
            counts: Counted::of(&[point.setting]),
            off_region: None,
            deductible: DeductiblePlan::none(rule),
            origin: Origin::Absolute,
            accumulates: Accumulates::Stay,
            scale: Scale {
                bands: Range::default(),
                divide: Divide::by(1, Round::Down),
                each: false,
            },
            caps: [None, None],
            large_amount: Range::default(),
            early_supplements: Range::default(),
            catastrophic: Range::default(),
            supplements: Range::default(),
            medical_aid: Range::default(),
            layered: false,
            account: self.account(point),
            lines: self.line_rules(point),
        }
    }

    fn funded_row(&mut self, point: &Point, payer: Payer, counts_with: &[Setting]) -> Row {
        let counts = Counted::of(counts_with);
        let (origin, accumulates, scale) = self.scale(point);
        let first_layer = self.layers.len();
        let [
            large_amount,
            early_supplements,
            catastrophic,
            supplements,
            medical_aid,
        ] = self.layer_ranges(point);
        Row {
            unfunded: None,
            payer,
            counts,
            off_region: self.off_region(point),
            deductible: self.deductible(point),
            origin,
            accumulates,
            scale,
            caps: self.caps(point, counts),
            large_amount,
            early_supplements,
            catastrophic,
            supplements,
            medical_aid,
            layered: self.layers.len() > first_layer,
            account: self.account(point),
            lines: self.line_rules(point),
        }
    }

    fn off_region(&mut self, point: &Point) -> Option<SharePlan> {
        let row = self.at_most_one(&self.policy.off_region_shares, point, |_| true)?;
        let rule = self.figure(&row.cite, &row.ratio.text);
        Some(SharePlan {
            ratio: row.ratio.value,
            rule,
        })
    }

    fn deductible(&mut self, point: &Point) -> DeductiblePlan {
        let Some(row) = self.exactly_one(&self.policy.deductibles, point, |_| true) else {
            return DeductiblePlan::none(RuleId(0));
        };
        let texts: Vec<&str> = row.figures.iter().map(|f| f.text.as_str()).collect();
        let rule = self.figure(&row.cite, &texts.join(" / "));
        let mut figures = [Fen::ZERO; DeductiblePlan::FIGURES];
        if row.figures.len() > figures.len() {
            self.faults.push(Fault::of(
                [row.row],
                FaultKind::TooManyFigures(row.figures.len()),
            ));
        }
        for (figure, spelt) in figures.iter_mut().zip(&row.figures) {
            *figure = spelt.value;
        }
        let cap = self.at_most_one(&self.policy.deductible_caps, point, |_| true);
        let year_cap = cap.map(|cap| (cap.amount.value, self.figure(&cap.cite, &cap.amount.text)));
        let mut waivers = [None; Continuation::COUNT];
        for &continuation in Continuation::ALL {
            let waiver = self.at_most_one(&self.policy.waivers, point, |w| {
                w.continuation == continuation
            });
            waivers[continuation.index()] = waiver.map(|w| self.plain(&w.cite));
        }
        let len = u8::try_from(row.figures.len()).unwrap_or(u8::MAX);
        DeductiblePlan {
            per: row.per,
            figures,
            len,
            period: row.period,
            rule,
            year_cap,
            waivers,
        }
    }

    fn caps(&mut self, point: &Point, counts: Counted) -> [Option<CapPlan>; 2] {
        let year = self.exactly_one(&self.policy.caps, point, |c| c.per == Per::Year);
        let visit = self.at_most_one(&self.policy.caps, point, |c| c.per != Per::Year);
        if let (Some(y), Some(v)) = (year, visit)
            && let (Some(of_year), Some(of_visit)) = (&y.amount, &v.amount)
            && y.basis == v.basis
            && of_visit.value > of_year.value
        {
            let kind = FaultKind::CapsOutOfOrder(of_visit.value, of_year.value);
            self.faults.push(Fault::at(point, [v.row, y.row], kind));
        }
        [
            year.and_then(|cap| self.cap(cap, counts)),
            visit.and_then(|cap| self.cap(cap, counts)),
        ]
    }

    fn cap(&mut self, cap: &Cap, counts: Counted) -> Option<CapPlan> {
        let amount = cap.amount.as_ref()?;
        let rule = self.figure(&cap.cite, &amount.text);
        let counts = cap.counts.as_ref().map_or(counts, |c| Counted::of(c));
        Some(CapPlan {
            basis: cap.basis,
            visit: cap.per != Per::Year,
            amount: amount.value,
            counts,
            rule,
        })
    }

    fn account(&mut self, point: &Point) -> Option<u32> {
        let has_accounts = self.policy.scheme == Scheme::Employee;
        let row = if has_accounts {
            self.exactly_one(&self.policy.accounts, point, |_| true)?
        } else {
            self.at_most_one(&self.policy.accounts, point, |_| true)?
        };
        let own_account = !row.before.is_empty() || !row.after.is_empty();
        if own_account && !has_accounts {
            self.faults
                .push(Fault::of([row.row], FaultKind::ResidentAccount));
        }
        let rule = self.plain(&row.cite);
        let (before, after, pays) = (row.before.clone(), row.after.clone(), row.pays.clone());
        let account = AccountPlan {
            before,
            after,
            pays,
            family: row.family,
            rule,
        };
        Some(shared(&mut self.accounts, account))
    }
}

impl DeductiblePlan {
    fn none(rule: RuleId) -> DeductiblePlan {
        DeductiblePlan {
            per: Per::Visit,
            figures: [Fen::ZERO; DeductiblePlan::FIGURES],
            len: 1,
            period: None,
            rule,
            year_cap: None,
            waivers: [None; Continuation::COUNT],
        }
    }
}

impl CapPlan {
    /// Does it count payment?
    #[inline]
    pub(crate) fn counts_payment(&self) -> bool {
        self.basis == CapBasis::Fund
    }
}
