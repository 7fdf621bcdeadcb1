//! `Figures`: a settlement's amounts as the interface names them, a fold over its steps; and its rows by fund.

use agency::domain::account::OwnPart;
use agency::domain::bill::Scheme;
use agency::domain::setting::Setting;
use agency::domain::step::{Effect, Payer};
use agency::record::Settled;

use super::codes::settlement::FUND_PAY_TYPE;
use super::write::{Out, Rows};

/// Whether amounts are told as they are, or the other way round, as of a reversal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// A settlement.
    Plus,
    /// Its reversal.
    Minus,
}

impl Sign {
    /// An amount with the sign.
    #[must_use]
    pub(super) fn of(self, fen: u64) -> i64 {
        let fen = i64::try_from(fen).unwrap_or(i64::MAX);
        match self {
            Sign::Plus => fen,
            Sign::Minus => -fen,
        }
    }
}

/// What a settlement comes to, in fen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Figures {
    paid: [u64; Payer::COUNT],
    became: [u64; OwnPart::COUNT],
}

impl Figures {
    /// Of a settlement.
    #[must_use]
    pub(super) fn of(settled: &Settled) -> Figures {
        let mut figures = Figures::default();
        for step in settled.steps.iter().filter_map(|form| form.step()) {
            match step.effect {
                Effect::Paid(payer) => figures.paid[payer.index()] += step.amount.fen(),
                Effect::Became(part) => figures.became[part.index()] += step.amount.fen(),
                Effect::Noted(_) => {}
            }
        }
        figures
    }

    /// By one payer.
    #[must_use]
    pub(super) fn paid(&self, payer: Payer) -> u64 {
        self.paid[payer.index()]
    }

    fn became(&self, part: OwnPart) -> u64 {
        self.became[part.index()]
    }

    /// All charges.
    #[must_use]
    pub(super) fn total(&self) -> u64 {
        self.paid.iter().sum()
    }

    /// Self-funded, over the limit, first share, and what the policy applies to: together the total.
    #[must_use]
    pub(super) fn parts(&self) -> [u64; 4] {
        let own = [OwnPart::SelfFunded, OwnPart::OverLimit, OwnPart::FirstShare];
        let [self_funded, over_limit, first_share] = own.map(|part| self.became(part));
        let rest = self
            .total()
            .saturating_sub(self_funded + over_limit + first_share);
        [self_funded, over_limit, first_share, rest]
    }

    /// By all funds.
    #[must_use]
    pub(super) fn funds(&self) -> u64 {
        let funds = Payer::ALL.iter().filter(|payer| payer.is_fund());
        funds.map(|payer| self.paid(*payer)).sum()
    }

    /// By the own account and by relatives'.
    #[must_use]
    pub(super) fn account(&self) -> u64 {
        self.paid(Payer::Current) + self.paid(Payer::Prior) + self.paid(Payer::Family)
    }

    /// The pooled fund's part of what lies above the deductible, in ten-thousandths, rounded half up.
    fn pooled_ratio(&self) -> u32 {
        let [.., in_scope] = self.parts();
        let base = in_scope.saturating_sub(self.became(OwnPart::Deductible));
        if base == 0 {
            return 0;
        }
        let twice = u128::from(self.paid(Payer::Pooled)) * 20_000 / u128::from(base);
        u32::try_from(twice.div_ceil(2))
            .unwrap_or(10_000)
            .min(10_000)
    }

    /// The sums of one settlement, in the order of the table; `with_account` where a region counts the account among the funds.
    pub(super) fn write(&self, out: &mut Out, sign: Sign, with_account: bool) {
        let [self_funded, over_limit, first_share, in_scope] = self.parts();
        let paid = |payer| self.paid(payer);
        let counted = if with_account { self.account() } else { 0 };
        let amounts = [
            ("medfee_sumamt", self.total()),
            ("fulamt_ownpay_amt", self_funded),
            ("overlmt_selfpay", over_limit),
            ("preselfpay_amt", first_share),
            ("inscp_scp_amt", in_scope),
            ("act_pay_dedc", self.became(OwnPart::Deductible)),
            ("hifp_pay", paid(Payer::Pooled)),
        ];
        for (name, amount) in amounts {
            out.signed_fen(name, sign.of(amount));
        }
        out.ratio("pool_prop_selfpay", self.pooled_ratio());
        let amounts = [
            ("cvlserv_pay", paid(Payer::CivilServant)),
            ("hifes_pay", paid(Payer::Enterprise)),
            ("hifmi_pay", paid(Payer::Catastrophic)),
            ("hifob_pay", paid(Payer::LargeAmount)),
            ("maf_pay", paid(Payer::MedicalAid) + paid(Payer::TiltedAid)),
            ("hifdm_pay", 0),
            (
                "oth_pay",
                paid(Payer::RetireeSupplement) + paid(Payer::MutualAid),
            ),
            ("fund_pay_sumamt", self.funds() + counted),
        ];
        for (name, amount) in amounts {
            out.signed_fen(name, sign.of(amount));
        }
    }

    /// Who of the person and the hospital pays what.
    pub(super) fn write_own(&self, out: &mut Out, sign: Sign) {
        let cash = self.paid(Payer::Cash);
        let amounts = [
            ("psn_part_amt", self.account() + cash),
            ("acct_pay", self.account()),
            ("psn_cash_pay", cash),
            ("hosp_part_amt", self.paid(Payer::Hospital)),
            ("acct_mulaid_pay", self.paid(Payer::Family)),
        ];
        for (name, amount) in amounts {
            out.signed_fen(name, sign.of(amount));
        }
    }

    /// One row for each fund that pays, then the account and the hospital.
    pub(super) fn write_funds(&self, rows: &mut Rows<'_>, settled: &Settled, sign: Sign) {
        let [.., in_scope] = self.parts();
        for (code, amount) in self.by_fund(settled.scheme, settled.care.setting) {
            rows.row(|row| {
                row.text("fund_pay_type", code)
                    .signed_fen("inscp_scp_amt", sign.of(in_scope))
                    .null("crt_payb_lmt_amt")
                    .signed_fen("fund_payamt", sign.of(amount))
                    .opt_text("fund_pay_type_name", FUND_PAY_TYPE.lookup(code))
                    .text("setl_proc_info", "");
            });
        }
    }

    /// By the code of the fund; funds of one code are one row. A table.
    #[must_use]
    pub(super) fn by_fund(&self, scheme: Scheme, setting: Setting) -> Vec<(&'static str, u64)> {
        let employee = scheme == Scheme::Employee;
        let outpatient = matches!(
            setting,
            Setting::Outpatient | Setting::Pharmacy | Setting::Emergency
        );
        let paid = |payer| self.paid(payer);
        let pooled = match (employee, outpatient) {
            (true, true) => "310102",
            (true, false) => "310100",
            (false, true) => "390102",
            (false, false) => "390100",
        };
        let catastrophic = if employee { "310300" } else { "390200" };
        let aid = paid(Payer::MedicalAid) + paid(Payer::TiltedAid);
        let others = paid(Payer::RetireeSupplement) + paid(Payer::MutualAid);
        let rows = [
            (pooled, paid(Payer::Pooled)),
            ("330100", paid(Payer::LargeAmount)),
            (catastrophic, paid(Payer::Catastrophic)),
            ("320100", paid(Payer::CivilServant)),
            ("370100", paid(Payer::Enterprise)),
            ("610100", aid),
            ("999997", others),
            ("310200", self.account()),
            ("999996", paid(Payer::Hospital)),
        ];
        rows.into_iter().filter(|(_, amount)| *amount > 0).collect()
    }
}
