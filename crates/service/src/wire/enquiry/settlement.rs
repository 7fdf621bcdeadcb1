//! 5203: one settlement, or what took it back as its negative: how a program learns what became of a message whose answer was lost.

use agency::record::Event;

use super::super::bill::spelt;
use super::super::fields::query::{IN_5203_DATA, OUT_5203_SETLINFO};
use super::super::kinds;
use super::super::people::Somebody;
use super::super::refusal::Refusal;
use super::super::rows;
use super::super::settled::Figures;
use super::super::work::{Done, Work};
use super::super::write::Out;
use super::found::{Asked, Found};
use agency::domain::step::Payer;

/// 5203.
pub(in crate::wire) async fn settlement(work: &Work<'_>) -> Result<Done, Refusal> {
    let asked = work.read(|reader| Asked::read(work, &reader.one(&IN_5203_DATA)?))?;
    let found = Found::find(work, asked).await?;
    let told = Told::of(work, &found).await?;
    let settled = found.settled()?;
    let mut out = Out::new();
    out.object("setlinfo", |out| {
        rows::write(
            out,
            &OUT_5203_SETLINFO,
            |out, name| told.know(work, out, name),
            |_| None,
        );
    });
    out.list("setldetail", |rows| {
        told.figures.write_funds(rows, settled, found.sign());
    });
    Ok(Done::Output(out.json()))
}

/// What is told of it.
struct Told<'f> {
    found: &'f Found,
    settled: &'f agency::record::Settled,
    figures: Figures,
    somebody: Somebody,
    visit: String,
    settlement: String,
    message: String,
    institution: String,
    /// Left in the own account, in fen.
    left: u64,
}

impl Told<'_> {
    async fn of<'f>(work: &Work<'_>, found: &'f Found) -> Result<Told<'f>, Refusal> {
        let settled = found.settled()?;
        let key = work.window.key_of(found.person, found.told()).await?;
        let left = match &found.told().event {
            Event::Reversed(reversed) => reversed.left,
            _ => settled.left,
        };
        let office = work.window.agency.office();
        let institution = office.institution(&settled.care.facility, found.settlement.day);
        Ok(Told {
            found,
            settled,
            figures: Figures::of(settled),
            somebody: found.somebody(work)?,
            visit: found.visit_id(work)?,
            settlement: found.settlement_id(work),
            message: message(&key).to_owned(),
            institution: institution.map_or(String::new(), |one| one.name.clone()),
            left: left[0] + left[1],
        })
    }

    /// Writes a field of the settlement. A table.
    fn know(&self, work: &Work<'_>, out: &mut Out, name: &'static str) -> bool {
        let (sign, told, care) = (self.found.sign(), self.found.told(), &self.settled.care);
        let money = |fen| sign.of(fen);
        let paid = |payer| self.figures.paid(payer);
        let time = told.at.map(spelt);
        let institution = &self.settled.institution;
        match name {
            "setl_id" => out.text(name, &self.settlement),
            "mdtrt_id" => out.text(name, &self.visit),
            "insutype" => out.text(name, kinds::insurance(self.settled.scheme)),
            "pay_loc" => out.text(name, "2"),
            "fixmedins_code" => out.text(name, &care.facility),
            "fixmedins_name" => out.text(name, &self.institution),
            "hosp_lv" => out.text(name, kinds::level(institution.2)),
            "fixmedins_poolarea" => out.text(name, &institution.0.to_string()),
            "dedc_hosp_lv" | "lmtpric_hosp_lv" => {
                out.text(name, &institution.2.clamp(1, 3).to_string())
            }
            "begndate" => out.text(name, &care.when.from.to_string()),
            "enddate" => {
                let last = care.when.until.unwrap_or(care.when.from);
                out.text(name, &last.to_string())
            }
            "setl_time" => out.text(name, time.as_deref().unwrap_or_default()),
            "opt_time" => out.opt_text(name, time.as_deref()),
            "med_type" => out.text(name, care.called.as_deref().unwrap_or_default()),
            "clr_type" => out.text(name, kinds::clearing(care.setting)),
            "clr_way" => out.text(name, "1"),
            "clr_optins" => out.text(name, work.window.area.as_str()),
            // All sums of the table from the first to the last, in its order.
            "medfee_sumamt" => {
                let with_account = work.manner.fund_includes_account;
                self.figures.write(out, sign, with_account);
                out
            }
            _ if SUMS.contains(&name) => out,
            "psn_pay" => out.signed_fen(name, money(self.figures.account() + paid(Payer::Cash))),
            "acct_pay" => out.signed_fen(name, money(self.figures.account())),
            "cash_payamt" => out.signed_fen(name, money(paid(Payer::Cash))),
            "acct_mulaid_pay" => out.signed_fen(name, money(paid(Payer::Family))),
            "balc" => out.signed_fen(name, i64::try_from(self.left).unwrap_or(i64::MAX)),
            "medins_setl_id" => out.text(name, &self.message),
            "refd_setl_flag" => {
                let refunded = self.found.reversal.is_some() || self.found.is_taken_back();
                out.text(name, if refunded { "1" } else { "0" })
            }
            "year" => out.text(name, &self.found.settlement.day.year().to_string()),
            "dise_codg" => {
                let code = care.disease.as_deref().map(|name| work.disease_code(name));
                out.opt_text(name, code.as_deref())
            }
            "dise_name" => out.opt_text(name, care.disease.as_deref()),
            "pref_fund_pay" => out.signed_fen(name, 0),
            _ => return self.somebody.know(work, out, name),
        };
        true
    }
}

/// Written with the first sum.
const SUMS: [&str; 14] = [
    "fulamt_ownpay_amt",
    "overlmt_selfpay",
    "preselfpay_amt",
    "inscp_scp_amt",
    "act_pay_dedc",
    "hifp_pay",
    "pool_prop_selfpay",
    "cvlserv_pay",
    "hifes_pay",
    "hifmi_pay",
    "hifob_pay",
    "maf_pay",
    "oth_pay",
    "fund_pay_sumamt",
];

/// The sender's own name in a key of [`super::super::work::key`]; what stands in the key as a digest is not known any more.
fn message(key: &str) -> &str {
    let mut parts = key.splitn(3, '/');
    parts.nth(2).unwrap_or_default()
}
