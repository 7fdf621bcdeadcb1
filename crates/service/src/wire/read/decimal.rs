//! Decimals: a written number as a whole number of its smallest unit, exactly.

use agency::domain::Fen;

use super::Rule;
use crate::wire::node::Node;

/// More digits than any field has; a longer number is not read to its end.
const MOST_DIGITS: u32 = 30;

/// A number in units of ten to the minus `scale`.
pub(super) fn scaled(text: &str, scale: u8) -> Result<i128, Rule> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, self::exponent(exponent).ok_or(Rule::Number)?),
        None => (text, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let fraction = fraction.trim_end_matches('0');
    if mantissa.is_empty() || mantissa == "." {
        return Err(Rule::Number);
    }
    let value = digits(whole, fraction)?;
    let behind = i64::try_from(fraction.len()).map_err(|_| Rule::Number)?;
    let value = shifted(value, i64::from(scale) + exponent - behind, scale)?;
    Ok(if negative { -value } else { value })
}

fn digits(whole: &str, fraction: &str) -> Result<i128, Rule> {
    let mut value: i128 = 0;
    let mut count = 0;
    for b in whole.bytes().chain(fraction.bytes()) {
        if !b.is_ascii_digit() {
            return Err(Rule::Number);
        }
        count += u32::from(count > 0 || b != b'0');
        if count > MOST_DIGITS {
            return Err(Rule::Size);
        }
        value = value * 10 + i128::from(b - b'0');
    }
    Ok(value)
}

/// Java writes ten million as `1.0E7`.
fn exponent(text: &str) -> Option<i64> {
    let short = text.len() <= 5;
    short.then(|| text.parse().ok()).flatten()
}

fn shifted(value: i128, by: i64, scale: u8) -> Result<i128, Rule> {
    if value == 0 {
        return Ok(0);
    }
    let power = u32::try_from(by.unsigned_abs())
        .ok()
        .and_then(|by| 10_i128.checked_pow(by));
    match (by >= 0, power) {
        (true, Some(power)) => value.checked_mul(power).ok_or(Rule::Size),
        (true, None) => Err(Rule::Size),
        (false, Some(power)) if value % power == 0 => Ok(value / power),
        (false, _) => Err(Rule::Decimals(scale)),
    }
}

fn number(node: &Node<'_>, scale: u8) -> Result<i128, Rule> {
    scaled(node.scalar().ok_or(Rule::Number)?, scale)
}

fn positive(node: &Node<'_>, scale: u8) -> Result<u64, Rule> {
    let number = number(node, scale)?;
    if number < 0 {
        return Err(Rule::Positive);
    }
    u64::try_from(number).map_err(|_| Rule::Size)
}

pub(super) fn fen(node: &Node<'_>) -> Result<Fen, Rule> {
    let fen = Fen::new(positive(node, 2)?);
    if fen > Fen::LARGEST {
        return Err(Rule::Size);
    }
    Ok(fen)
}

pub(super) fn signed_fen(node: &Node<'_>) -> Result<i64, Rule> {
    let fen = i64::try_from(number(node, 2)?).map_err(|_| Rule::Size)?;
    if fen.unsigned_abs() > Fen::LARGEST.fen() {
        return Err(Rule::Size);
    }
    Ok(fen)
}

pub(super) fn quantity(node: &Node<'_>) -> Result<i64, Rule> {
    i64::try_from(number(node, 4)?).map_err(|_| Rule::Size)
}

pub(super) fn price(node: &Node<'_>) -> Result<u64, Rule> {
    positive(node, 6)
}

pub(super) fn ratio(node: &Node<'_>) -> Result<u32, Rule> {
    let ratio = u32::try_from(positive(node, 4)?).map_err(|_| Rule::Share)?;
    if ratio > 10_000 {
        return Err(Rule::Share);
    }
    Ok(ratio)
}

pub(super) fn whole(node: &Node<'_>) -> Result<u64, Rule> {
    positive(node, 0)
}
