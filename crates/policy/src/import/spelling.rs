//! How a cell is spelt: days, months, words, numbers that check; each reader gives the value or the rule.

use domain::credit_code::CreditCode;
use domain::day::Span;
use domain::identity_number::IdentityNumber;
use domain::region::Region;
use domain::words::Lang;
use jiff::civil::Date;

use crate::figure;

/// The longest code, in characters.
const LONGEST_CODE: usize = 64;

/// A text on one line.
pub(super) fn text(cell: &str) -> Result<String, String> {
    if cell.contains(char::is_control) {
        return Err("a text has no control characters".into());
    }
    Ok(cell.to_owned())
}

/// A code of an item or a provider.
pub(super) fn code(cell: &str) -> Result<String, String> {
    let strange = |c: char| c.is_whitespace() || c.is_control();
    if cell.contains(strange) || cell.chars().count() > LONGEST_CODE {
        return Err(format!(
            "a code is at most {LONGEST_CODE} characters without spaces"
        ));
    }
    Ok(cell.to_owned())
}

/// A word that a policy may name.
pub(super) fn policy_word(cell: &str) -> Result<String, String> {
    let begins = cell.starts_with(|c: char| c.is_ascii_lowercase());
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    if begins && cell.bytes().all(plain) {
        Ok(cell.to_owned())
    } else {
        Err("a word that a policy may name is small letters, digits and `_`, like `tier_1`".into())
    }
}

/// A day.
pub(super) fn day(cell: &str) -> Result<Date, String> {
    figure::day(cell).ok_or_else(|| "a day is written like 2005-06-01".into())
}

/// A month, as its first day.
pub(super) fn month(cell: &str) -> Result<Date, String> {
    let shaped = cell.len() == 7;
    let first = shaped.then(|| figure::day(&format!("{cell}-01"))).flatten();
    first.ok_or_else(|| "a month is written like 2005-06".into())
}

/// A stretch of days: `2024-01-01/2024-03-31`, or open: `2024-01-01/`.
pub(super) fn span(cell: &str) -> Result<Span, String> {
    let rule = "a stretch of days is written like 2024-01-01/2024-03-31, an open one 2024-01-01/";
    let (from, until) = cell.split_once('/').ok_or(rule)?;
    let from = figure::day(from).ok_or(rule)?;
    let until = match until {
        "" => None,
        until => Some(figure::day(until).ok_or(rule)?),
    };
    match until {
        Some(until) if until < from => Err(ends_before(from)),
        _ => Ok(Span { from, until }),
    }
}

/// The rule for a last day that lies before the first.
pub(super) fn ends_before(from: Date) -> String {
    format!("the last day does not lie before the first, {from}")
}

/// One of a list of words, by its code or its Chinese name.
pub(super) fn word<T: Copy>(
    cell: &str,
    all: &[T],
    code: fn(T) -> &'static str,
    name: fn(T, Lang) -> &'static str,
) -> Result<T, String> {
    let names = |word: &&T| code(**word) == cell || name(**word, Lang::Zh) == cell;
    all.iter().find(names).copied().ok_or_else(|| {
        let known = |word: &T| format!("{} ({})", code(*word), name(*word, Lang::Zh));
        let known: Vec<String> = all.iter().map(known).collect();
        format!("known here are {}", known.join(", "))
    })
}

/// `yes` or `no`, 是 or 否.
pub(super) fn flag(cell: &str) -> Result<bool, String> {
    match cell {
        "yes" | "是" => Ok(true),
        "no" | "否" => Ok(false),
        _ => Err("it is yes (是) or no (否)".into()),
    }
}

/// A hospital's level.
pub(super) fn level(cell: &str) -> Result<u8, String> {
    match cell {
        "0" | "未定级" => Ok(0),
        "1" | "一级" => Ok(1),
        "2" | "二级" => Ok(2),
        "3" | "三级" => Ok(3),
        _ => Err("a level is 3 (三级), 2 (二级), 1 (一级) or 0 (未定级)".into()),
    }
}

/// A region.
pub(super) fn region(cell: &str) -> Result<Region, String> {
    Region::parse(cell).ok_or_else(|| "a region is six digits, like 420106".into())
}

/// A citizen's identity number.
pub(super) fn identity_number(cell: &str) -> Result<IdentityNumber, String> {
    IdentityNumber::parse(cell).map_err(|fault| fault.to_string())
}

/// An organisation's unified social credit code.
pub(super) fn credit_code(cell: &str) -> Result<CreditCode, String> {
    CreditCode::parse(cell).map_err(|fault| fault.to_string())
}
