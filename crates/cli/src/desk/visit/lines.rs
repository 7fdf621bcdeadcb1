//! Fee lines of a file as a visit takes them: those without a class are made by the catalogue of their day.

use agency::record::FeeLine;
use domain::bill::{Category, Line};
use domain::catalogue::{Catalogue, Fee, Unknown, UnknownItem};
use domain::words::Lang;
use jiff::civil::Date;
use policy::Source;
use policy::bill::fees::{self, Charged};

/// Reads the lines of a file; a line that names no day is of this one.
pub(super) fn read(
    source: &Source,
    catalogue: &Catalogue,
    (day, unknown): (Date, Unknown),
    lang: Lang,
) -> Result<Vec<FeeLine>, String> {
    let fees = fees::read(source).map_err(|e| e.to_string())?;
    let mut lines = Vec::with_capacity(fees.len());
    let mut wrong = Vec::new();
    for (n, fee) in fees.into_iter().enumerate() {
        let line = match fee {
            fees::Fee::Classed(line) => Ok(Line {
                day: line.day.or(Some(day)),
                ..line
            }),
            fees::Fee::Charged(charged) => made(&charged, catalogue, day, unknown),
        };
        match line {
            Ok(line) => lines.push(FeeLine::of(&line)),
            Err(error) => {
                let path = format!("line[{n}].item");
                wrong.push(source.error_at(&path, told(&error, lang)).to_string());
            }
        }
    }
    match wrong.is_empty() {
        true => Ok(lines),
        false => Err(wrong.join("\n")),
    }
}

fn made(
    charged: &Charged,
    catalogue: &Catalogue,
    day: Date,
    unknown: Unknown,
) -> Result<Line, UnknownItem> {
    let fee = Fee {
        code: &charged.item,
        quantity: charged.quantity,
        unit_price: charged.unit_price,
        day: charged.day.unwrap_or(day),
        approved: charged.approved,
    };
    let line = catalogue.line(&fee, unknown)?;
    Ok(Line {
        amount: charged.amount,
        hospital: charged.hospital,
        ..line
    })
}

/// What the person pays where it is said so.
pub(super) const fn unknown(self_funded: bool) -> Unknown {
    match self_funded {
        true => Unknown::ClassC(Category::Other),
        false => Unknown::Refuse,
    }
}

fn told(error: &UnknownItem, lang: Lang) -> String {
    let (code, day) = (&error.code, error.day);
    match (lang, error.nearest) {
        (Lang::En, _) => error.to_string(),
        (Lang::Zh, None) => format!("医保目录中没有编码 `{code}`"),
        (Lang::Zh, Some(span)) if day < span.from => {
            format!("医保目录自 {} 起才有编码 `{code}`，{day} 没有", span.from)
        }
        (Lang::Zh, Some(span)) => {
            let until = span.until.unwrap_or(day);
            format!("医保目录的编码 `{code}` 至 {until} 止，{day} 没有")
        }
    }
}
