//! `Charge`: a fee line as it comes, made by the catalogue of its day; and lines as an answer tells what they divide into.

use agency::domain::Fen;
use agency::domain::bill::{Category, Line, Quantity, UnitPrice};
use agency::domain::catalogue::{Catalogue, Fee, Unknown};
use agency::domain::ratio::Round;
use agency::record::FeeLine;
use jiff::civil::{Date, DateTime};

use super::kinds;
use super::read::{Faulty, Fields, Rule};
use super::work::Work;
use super::write::{Out, Rows};

/// By how much an amount may differ from quantity times price: institutions round lines in their own way.
const TOLERANCE: u64 = 5;
/// What is told where there is no payment limit.
pub(super) const NO_LIMIT: u64 = 99_999_999_000_000;

/// A fee line as it comes.
#[derive(Clone, Debug)]
pub(super) struct Charge {
    pub(super) line: FeeLine,
    /// It returns a part of the line of this number.
    pub(super) returns: Option<String>,
    /// The kind of care, where the line says it.
    pub(super) time: DateTime,
}

/// Reads one line; `returned` is the name of the field that says of which line it is a return, where there may be one.
pub(super) fn read(
    work: &Work<'_>,
    fields: &Fields<'_>,
    catalogue: &Catalogue,
    returned: Option<&str>,
) -> Result<Charge, Faulty> {
    let number = fields.text("feedetl_sn");
    let code = fields.text("med_list_codg");
    let time = work.time(fields, "fee_ocur_time");
    let quantity = fields.quantity("cnt");
    let price = fields.price("pric");
    let amount = fields.signed_fen("det_item_fee_sumamt");
    let approval = fields.opt_code("hosp_appr_flag");
    // Everything is read before the first fault ends it, so that all faults are told.
    let (number, code, time) = (number?, code?, time?);
    let (quantity, price, amount) = (quantity?, price?, amount?);
    let approval = approval?.unwrap_or("0");
    let returns = match returned {
        Some(name) => fields.opt_text(name)?,
        None => None,
    };
    past(work, fields, "fee_ocur_time", time)?;
    if quantity == 0 {
        return Err(fields.refuse("cnt", Rule::Something));
    }
    let negative = quantity < 0;
    if negative && returns.is_none() {
        return Err(fields.refuse("cnt", Rule::Positive));
    }
    if negative != (amount < 0) && amount != 0 {
        return Err(fields.refuse("det_item_fee_sumamt", Rule::Product));
    }
    let (quantity, amount) = (quantity.unsigned_abs(), amount.unsigned_abs());
    is_product(fields, quantity, price, amount)?;
    let fee = Fee {
        code,
        quantity: Quantity(quantity),
        unit_price: UnitPrice(price),
        day: time.date(),
        approved: approval == "1",
    };
    let mut line = made(catalogue, &fee, Fen::new(amount))
        .ok_or_else(|| fields.refuse("med_list_codg", Rule::Known))?;
    // What the hospital itself does not approve is the patient's, whether it is restricted or not.
    line.barred |= approval == "2";
    Ok(Charge {
        line: FeeLine {
            number: Some(number.to_owned()),
            batch: fields.opt_text("chrg_bchno")?.map(str::to_owned),
            disease: work.disease(fields.opt_text("dise_codg")?),
            detail: fields.rest(TAKEN),
            ..FeeLine::of(&line)
        },
        returns: returns.map(str::to_owned),
        time,
    })
}

/// What of a line stands in fields of its own.
const TAKEN: &[&str] = &[
    "feedetl_sn",
    "med_list_codg",
    "cnt",
    "pric",
    "det_item_fee_sumamt",
    "chrg_bchno",
    "dise_codg",
    "psn_no",
    "mdtrt_id",
];

/// Of what the catalogue does not know: by how its codes begin.
fn category(code: &str) -> Category {
    match code.bytes().next() {
        Some(b'C' | b'c') => Category::Material,
        Some(b'0'..=b'9') => Category::Service,
        _ => Category::Drug,
    }
}

/// What so many at a price come to, rounded to the nearest fen; none if it is too much for an amount.
pub(crate) fn product(quantity: Quantity, price: UnitPrice) -> Option<Fen> {
    price.times(quantity, Round::HalfUp)
}

/// The line of a fee whose amount is stated. What the catalogue does not have on the day is the person's own.
pub(crate) fn made(catalogue: &Catalogue, fee: &Fee<'_>, amount: Fen) -> Option<Line> {
    let line = catalogue.line(fee, Unknown::ClassC(category(fee.code)));
    line.ok().map(|line| Line {
        amount: Some(amount),
        tolerance: Fen::new(TOLERANCE),
        ..line
    })
}

fn is_product(fields: &Fields<'_>, quantity: u64, price: u64, amount: u64) -> Result<(), Faulty> {
    let times = product(Quantity(quantity), UnitPrice(price));
    let near = times.is_some_and(|times| times.fen().abs_diff(amount) <= TOLERANCE);
    match near {
        true => Ok(()),
        false => Err(fields.refuse("det_item_fee_sumamt", Rule::Product)),
    }
}

/// Clocks of institutions may be a little ahead; a day ahead is a slip.
pub(super) fn past(
    work: &Work<'_>,
    fields: &Fields<'_>,
    name: &str,
    time: DateTime,
) -> Result<(), Faulty> {
    let tomorrow = work.now.date().tomorrow().unwrap_or(Date::MAX);
    match time.date() <= tomorrow {
        true => Ok(()),
        false => Err(fields.refuse(name, Rule::Past)),
    }
}

/// What a line comes to, of either sign, and what it divides into.
pub(super) struct Divided<'a> {
    pub(super) line: &'a FeeLine,
    pub(super) number: &'a str,
    /// In ten-thousandths.
    pub(super) quantity: i64,
    /// Self-funded, over the limit, first share, in scope; in fen.
    pub(super) parts: [i64; 4],
}

impl Divided<'_> {
    /// The share that is the person's first of all, in ten-thousandths.
    pub(super) fn share(&self) -> u32 {
        let [self_funded, over, first, in_scope] = self.parts.map(i64::unsigned_abs);
        if let Some((num, den)) = self.line.first_share.filter(|_| self_funded == 0) {
            let share = u64::from(num) * 20_000 / u64::from(den.max(1));
            return u32::try_from(share.div_ceil(2)).unwrap_or(10_000);
        }
        let within = first + in_scope;
        if self_funded > 0 && within + over == 0 {
            return 10_000;
        }
        let share = u128::from(first) * 20_000 / u128::from(within.max(1));
        u32::try_from(share.div_ceil(2)).unwrap_or(10_000)
    }
}

/// One row for each line. `used` adds what 2204 and 2301 tell and purchases do not.
pub(super) fn write<'a>(
    rows: &mut Rows<'_>,
    lines: impl Iterator<Item = Divided<'a>>,
    catalogue: &Catalogue,
    used: bool,
) {
    for line in lines {
        rows.row(|row| write_line(row, &line, catalogue, used));
    }
}

/// The fields of one line. A table.
fn write_line(row: &mut Out, divided: &Divided<'_>, catalogue: &Catalogue, used: bool) {
    let line = divided.line;
    let item = line.day.and_then(|day| catalogue.on(&line.item, day));
    let restricted = item.is_some_and(|item| item.restriction.is_some());
    let [self_funded, over, first, in_scope] = divided.parts;
    row.text("feedetl_sn", divided.number)
        .signed_fen("det_item_fee_sumamt", divided.parts.iter().sum())
        .quantity("cnt", divided.quantity)
        .price("pric", line.unit_price)
        .price("pric_uplmt_amt", line.limit.unwrap_or(NO_LIMIT))
        .ratio("selfpay_prop", divided.share())
        .signed_fen("fulamt_ownpay_amt", self_funded)
        .signed_fen("overlmt_amt", over)
        .signed_fen("preselfpay_amt", first)
        .signed_fen("inscp_scp_amt", in_scope)
        .text("chrgitm_lv", kinds::item_class(line.class))
        .text("med_chrgitm_type", kinds::charge(line.category));
    if used {
        row.text("lmt_used_flag", if restricted { "1" } else { "0" });
    }
    row.text("bas_medn_flag", "0")
        .text("hi_nego_drug_flag", "0")
        .text("chld_medc_flag", "0")
        .text("list_sp_item_flag", "0")
        .text("drt_reim_flag", "0")
        .text("memo", "");
    if used {
        row.null("exp_content");
    }
}
