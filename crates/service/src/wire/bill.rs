//! `Bill`: a settlement, its trial or its reversal as an answer tells it: one object of sums, one row a fund.

use agency::domain::account::OwnPart;
use agency::domain::step::{Effect, Note, Payer};
use agency::domain::words::Lang;
use agency::record::{Event, Settled};
use agency::{Answer, Refused};
use jiff::civil::DateTime;

use super::kinds;
use super::people::Somebody;
use super::refusal::Refusal;
use super::settled::{Figures, Sign};
use super::work::Work;
use super::write::Out;

/// A settlement as an answer tells it.
pub(super) struct Bill<'a> {
    pub(super) settled: &'a Settled,
    pub(super) somebody: &'a Somebody,
    /// The visit, as the interface has it.
    pub(super) visit: &'a str,
    /// None for a trial.
    pub(super) settlement: Option<&'a str>,
    pub(super) sign: Sign,
    /// None for a trial.
    pub(super) time: Option<DateTime>,
    /// How the person showed who they are.
    pub(super) shown: &'a str,
    /// The message that settled it.
    pub(super) message: &'a str,
    /// What is left in the own account after it, in fen.
    pub(super) left: u64,
}

impl Bill<'_> {
    /// The object of sums. The order of the keys is that of the table.
    pub(super) fn write(&self, work: &Work<'_>, out: &mut Out) {
        let figures = Figures::of(self.settled);
        let care = &self.settled.care;
        out.text("mdtrt_id", self.visit)
            .opt_text("setl_id", self.settlement);
        self.somebody.write_names(out);
        self.somebody.write_body(out);
        self.somebody.write_class(out);
        let time = self.time.map(spelt);
        out.opt_text("setl_time", time.as_deref())
            .text("mdtrt_cert_type", self.shown)
            .text("med_type", care.called.as_deref().unwrap_or_default());
        figures.write(out, self.sign, work.manner.fund_includes_account);
        figures.write_own(out, self.sign);
        let real = self.settlement.is_some();
        let area = work.window.area;
        out.signed_fen("balc", Sign::Plus.of(self.left))
            .text("medins_setl_id", self.message)
            .opt_text("clr_optins", real.then_some(area.as_str()))
            .opt_text("clr_way", real.then_some("1"))
            .text("clr_type", kinds::clearing(care.setting))
            .null("exp_content");
        if self.sign == Sign::Minus {
            out.text("setl_type", "2");
            self.write_more(work, &figures, out);
        }
    }

    /// What the tables of reversals have beside those of settlements; one of them spells the cash in a way of its own.
    fn write_more(&self, work: &Work<'_>, figures: &Figures, out: &mut Out) {
        match work.number {
            "2208" => {
                let cash = self.sign.of(figures.paid(Payer::Cash));
                out.signed_fen("pdn_cash_pay", cash);
            }
            "2305" => {
                let when = &self.settled.care.when;
                let until = when.until.map(|day| day.to_string());
                out.null("psn_insu_rlts_id")
                    .text("insu_admdvs", work.window.area.as_str())
                    .text("begndate", &when.from.to_string())
                    .opt_text("enddate", until.as_deref())
                    .null("mdtrt_cert_no")
                    .null("crt_dedc")
                    .null("invono");
            }
            _ => {}
        }
    }

    /// The sums and the rows by fund.
    pub(super) fn output(&self, work: &Work<'_>, more: impl FnOnce(&mut Out)) -> String {
        let mut out = Out::new();
        out.object("setlinfo", |out| self.write(work, out));
        out.list("setldetail", |rows| {
            Figures::of(self.settled).write_funds(rows, self.settled, self.sign);
        });
        more(&mut out);
        out.json()
    }
}

/// Why the funds pay nothing, if they do not: a settlement all the same, in which all is the person's own.
pub(super) fn warn_of_refusal(work: &Work<'_>, settled: &Settled) {
    let steps = settled.steps.iter().filter_map(|form| form.step());
    for step in steps {
        if let Effect::Noted(Note::Refused(refusal)) = step.effect {
            work.warn(format!("基金不予支付：{}", refusal.name(Lang::Zh)));
        }
    }
}

/// The four sums that a settlement repeats are told when they differ; the agency goes by the lines.
pub(super) fn compare(
    work: &Work<'_>,
    settled: &Settled,
    repeated: [Option<agency::domain::Fen>; 4],
) -> Result<(), Refusal> {
    // Senders echo them, or send nothing, or zeros.
    let said = |fen: &Option<agency::domain::Fen>| fen.is_some_and(|fen| !fen.is_zero());
    if !repeated.iter().any(said) {
        return Ok(());
    }
    let parts = Figures::of(settled).parts();
    let names = [
        OwnPart::SelfFunded.name(Lang::Zh),
        OwnPart::OverLimit.name(Lang::Zh),
        OwnPart::FirstShare.name(Lang::Zh),
        "符合政策范围",
    ];
    for ((said, part), name) in repeated.iter().zip(parts).zip(names) {
        let Some(said) = said.filter(|said| said.fen() != part) else {
            continue;
        };
        let told = agency::domain::explain::amount;
        let is = agency::domain::Fen::new(part);
        let zh = format!("{name}：报文{}元，应为{}元", told(said), told(is));
        if work.manner.strict {
            let en = format!("{name}: the message says {said}, it is {is}");
            return Err(Refusal::door("other_parts", zh, en));
        }
        work.warn(zh);
    }
    Ok(())
}

/// `yyyy-MM-dd HH:mm:ss`.
pub(super) fn spelt(time: DateTime) -> String {
    format!(
        "{} {:02}:{:02}:{:02}",
        time.date(),
        time.hour(),
        time.minute(),
        time.second()
    )
}

/// The settlement of an answer.
pub(super) fn settled(answer: &Answer) -> Result<&Settled, Refusal> {
    match &answer.event {
        Event::Settled(settled) => Ok(settled),
        _ => Err(strange(answer)),
    }
}

/// An answer that is not of the kind asked for: something was stored that cannot be.
pub(super) fn strange(answer: &Answer) -> Refusal {
    let found = format!("entry {} is no such entry", answer.entry);
    Refused::Unavailable(found).into()
}
