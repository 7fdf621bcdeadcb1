//! Figures as documents and bills spell them: `"1300元"`, `"7万元"`, `"85%"`, `"1/3"`, `1300.50`; read by their text.

use domain::bill::{Quantity, UnitPrice};
use domain::{Fen, Ratio};
use jiff::civil::Date;

/// An amount of a policy: `1300元`, `404.2元`, `7万元`, `1.5亿元`.
///
/// # Errors
/// The rule that it breaks.
pub fn amount(text: &str) -> Result<Fen, String> {
    let rule = "an amount is spelt like `1300元`, `404.2元` or `7万元`";
    let number = text.strip_suffix('元').ok_or(rule)?;
    let (number, zeros) = match (number.strip_suffix('万'), number.strip_suffix('亿')) {
        (Some(number), _) => (number, 4),
        (None, Some(number)) => (number, 8),
        (None, None) => (number, 0),
    };
    let fen = decimal(number, zeros + 2).map_err(|why| format!("{rule}; {why}"))?;
    within_largest(fen)
}

/// An amount of a bill in yuan: `1300`, `1300.5`, `1300.50`.
///
/// # Errors
/// The rule that it breaks.
pub fn yuan(text: &str) -> Result<Fen, String> {
    within_largest(plain(text, 2)?)
}

/// A quantity with at most four decimals.
///
/// # Errors
/// The rule that it breaks.
pub fn quantity(text: &str) -> Result<Quantity, String> {
    let units = plain(text, 4)?;
    if units == 0 {
        Err("it must not be zero".into())
    } else {
        Ok(Quantity(units))
    }
}

/// A unit price in yuan with at most six decimals.
///
/// # Errors
/// The rule that it breaks.
pub fn unit_price(text: &str) -> Result<UnitPrice, String> {
    plain(text, 6).map(UnitPrice)
}

/// A ratio: `85%`, `93.5%`, `1/3`, `0`, `1`.
///
/// # Errors
/// The rule that it breaks.
pub fn ratio(text: &str) -> Result<Ratio, String> {
    let rule = "a ratio is spelt like `85%`, `93.5%` or `1/3`";
    let (num, den) = if let Some(percent) = text.strip_suffix('%') {
        (
            decimal(percent, 4).map_err(|why| format!("{rule}; {why}"))?,
            1_000_000,
        )
    } else if let Some((num, den)) = text.split_once('/') {
        (digits(num).ok_or(rule)?, digits(den).ok_or(rule)?)
    } else {
        (digits(text).filter(|n| *n <= 1).ok_or(rule)?, 1)
    };
    if den == 0 {
        return Err("a ratio is not divided by zero".into());
    }
    if num > den {
        return Err("a ratio lies between 0 and 1".into());
    }
    Ratio::new(num, den).ok_or_else(|| "a ratio's denominator is at most 1,000,000".into())
}

/// A day: `2005-06-01` and nothing else.
#[must_use]
pub fn day(text: &str) -> Option<Date> {
    let plain = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    plain.then(|| text.parse().ok()).flatten()
}

/// A plain decimal number in units of the last of `decimals`; the sign, the exponent and the words that are refused are named.
fn plain(text: &str, decimals: usize) -> Result<u64, String> {
    let lower = text.trim_start_matches('-').to_ascii_lowercase();
    if ["nan", "inf", "+nan", "+inf", "infinity"].contains(&lower.as_str()) {
        return Err("it is no number".into());
    }
    if lower.contains('e')
        && lower
            .bytes()
            .all(|b| b.is_ascii_digit() || b"+-.e".contains(&b))
    {
        return Err("it has an exponent; write it out".into());
    }
    decimal(text, decimals).map_err(|why| match why.as_str() {
        NO_NUMBER => format!("{NO_NUMBER}, like `1300.50`"),
        _ => why,
    })
}

const NO_NUMBER: &str = "it is no plain decimal number";

/// Digits with at most `decimals` decimals, as a whole number of the last decimal's units.
fn decimal(text: &str, decimals: usize) -> Result<u64, String> {
    if text.starts_with(['-', '−']) {
        return Err("it must not be negative".into());
    }
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let plain = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if !(plain(whole) && plain(part)) {
        return Err(NO_NUMBER.into());
    }
    if whole.len() > 1 && whole.starts_with('0') {
        return Err("it begins with a needless zero".into());
    }
    if part.len() > decimals && text.contains('.') {
        return Err(format!("it has more than {decimals} decimals"));
    }
    let padded: String = whole.chars().chain(part.chars()).collect();
    let zeros = decimals.saturating_sub(part.len());
    let units = digits(&padded)
        .and_then(|n| n.checked_mul(10_u64.checked_pow(u32::try_from(zeros).ok()?)?));
    units.ok_or_else(|| "it is too large".into())
}

/// Only digits, as a number that fits.
fn digits(text: &str) -> Option<u64> {
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

fn within_largest(fen: u64) -> Result<Fen, String> {
    let amount = Fen::new(fen);
    if amount <= Fen::LARGEST {
        Ok(amount)
    } else {
        Err(format!("it is above the largest amount, {}", Fen::LARGEST))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_as_the_documents_spell_them() {
        let fen = |text| amount(text).map(Fen::fen);
        assert_eq!(fen("1300元"), Ok(130_000));
        assert_eq!(fen("404.2元"), Ok(40_420));
        assert_eq!(fen("10万元"), Ok(10_000_000));
        assert_eq!(fen("2.5万元"), Ok(2_500_000));
        assert_eq!(fen("0元"), Ok(0));
        for wrong in [
            "1300",
            "元",
            "-5元",
            "1.234元",
            "1,300元",
            "1e3元",
            "１３００元",
            "12345678亿元",
            "007元",
            ".5元",
            "5.元",
        ] {
            assert!(amount(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn ratios_read_as_the_documents_spell_them() {
        let spelt = |text| ratio(text).map(|r| r.to_string());
        assert_eq!(spelt("85%"), Ok("85%".into()));
        assert_eq!(spelt("93.5%"), Ok("93.5%".into()));
        assert_eq!(spelt("2/6"), Ok("1/3".into()));
        assert_eq!(spelt("0"), Ok("0%".into()));
        for wrong in [
            "85",
            "101%",
            "3/2",
            "1/0",
            "0.85",
            "-5%",
            "1/-3",
            "85 %",
            "1e1%",
            "NaN%",
            "1/1000001",
            "%",
            "/",
        ] {
            assert!(ratio(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_figure_printed_reads_as_itself() {
        for text in ["85%", "93.5%", "0.0001%", "1/3", "100%"] {
            assert_eq!(ratio(text).map(|r| r.to_string()).as_deref(), Ok(text));
        }
        for text in ["0.01", "1300.00", "99999999999.99"] {
            assert_eq!(yuan(text).map(|a| a.to_string()).as_deref(), Ok(text));
        }
    }
}
