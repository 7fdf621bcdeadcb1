//! Figures as a cashier types them: quantities and prices of a line, sums of a day.

use agency::domain::bill::{Quantity, UnitPrice};
use agency::domain::fen::Fen;
use agency::{quantity, unit_price, yuan};

use super::super::Reader;
use super::super::plain::figure;
use crate::wire::product;

/// How many, and at what price; everything that is wrong with them.
pub(super) fn line(reader: &Reader, many: &str, price: &str) -> Result<(u64, u64), Vec<String>> {
    let mut faults = Vec::new();
    let read_many = quantity(&figure(many));
    if read_many.is_err() {
        let rule = reader.say(
            "应为大于0的数，最多4位小数",
            "more than 0, with at most four decimals",
        );
        faults.push(told(reader, ("数量", "quantity"), many, rule));
    }
    let read_price = priced(price);
    if read_price.is_none() {
        let rule = reader.say(
            "应为大于0的金额（元），最多6位小数",
            "yuan, more than 0, with at most six decimals",
        );
        faults.push(told(reader, ("单价", "price"), price, rule));
    }
    let (Ok(quantity), Some(price)) = (read_many, read_price) else {
        return Err(faults);
    };
    whole(reader, quantity, price)
}

fn priced(text: &str) -> Option<UnitPrice> {
    let read = unit_price(&figure(text)).ok();
    read.filter(|price| price.0 > 0)
}

/// Whether a text is a quantity.
pub(super) fn is_many(text: &str) -> bool {
    quantity(&figure(text)).is_ok()
}

/// Whether a text is a price.
pub(super) fn is_price(text: &str) -> bool {
    priced(text).is_some()
}

/// What a line comes to is an amount, and not nothing.
fn whole(reader: &Reader, quantity: Quantity, price: UnitPrice) -> Result<(u64, u64), Vec<String>> {
    let sum = product(quantity, price);
    let rule = match sum {
        Some(sum) if sum.is_zero() => reader.say(
            "四舍五入后为0，应至少1分",
            "it comes to nothing; a line is one fen at least",
        ),
        Some(sum) if sum <= Fen::LARGEST => return Ok((quantity.0, price.0)),
        _ => reader.say("金额过大", "it is more than any amount may be"),
    };
    let both = format!("{quantity} × {price}");
    Err(vec![told(reader, ("金额", "amount"), &both, rule)])
}

/// An amount of either sign, in fen: what was taken back may be more than what was settled.
pub(super) fn sum(reader: &Reader, name: (&str, &str), text: &str) -> Result<i128, String> {
    let read = figure(text);
    let (sign, size) = match read.strip_prefix('-') {
        Some(size) => (-1, size),
        None => (1, read.as_str()),
    };
    let rule = reader.say(
        "应为金额（元），最多2位小数，可为负数",
        "yuan with at most two decimals, of either sign",
    );
    let size = yuan(size).map_err(|_| told(reader, name, text, rule))?;
    Ok(sign * i128::from(size.fen()))
}

/// How many.
pub(super) fn count(reader: &Reader, text: &str) -> Result<i128, String> {
    let rule = reader.say("应为整数", "a whole number");
    let count: Result<u32, _> = figure(text).parse();
    count
        .map(i128::from)
        .map_err(|_| told(reader, ("笔数", "count"), text, rule))
}

/// The field, what stands in it, the rule.
fn told(reader: &Reader, (zh, en): (&str, &str), text: &str, rule: &str) -> String {
    let text: String = text.trim().chars().take(40).collect();
    match reader.lang {
        agency::domain::words::Lang::Zh => format!("{zh}“{text}”：{rule}"),
        agency::domain::words::Lang::En => format!("{en} `{text}`: {rule}"),
    }
}

#[cfg(test)]
mod tests {
    use agency::domain::words::Lang;

    use super::super::super::Places;
    use super::*;

    fn reader() -> Reader {
        Reader {
            lang: Lang::En,
            here: String::new(),
            places: Places::default(),
        }
    }

    #[test]
    fn quantities_and_prices_are_read_exactly_or_refused_with_the_rule() {
        for (many, price, expected) in [
            ("1", "3", Ok((10_000, 3_000_000))),
            (" 0.125 ", "12.345678", Ok((1_250, 12_345_678))),
            ("２", "￥1,000.5元", Ok((20_000, 1_000_500_000))),
            (".5", "3.", Ok((5_000, 3_000_000))),
            ("0", "1", Err("quantity `0`: more than 0")),
            ("-1", "1", Err("quantity `-1`: more than 0")),
            ("1.00001", "1", Err("four decimals")),
            ("1e3", "1", Err("quantity `1e3`")),
            ("two", "1", Err("quantity `two`")),
            ("", "1", Err("quantity ``")),
            ("1", "0", Err("price `0`: yuan, more than 0")),
            ("1", "1,5", Err("price `1,5`")),
            ("0.0001", "1", Err("comes to nothing")),
            ("999999999999", "99999", Err("more than any amount")),
        ] {
            let read = line(&reader(), many, price).map_err(|faults| faults.join("; "));
            match (read, expected) {
                (Ok(read), Ok(expected)) => assert_eq!(read, expected),
                (Err(told), Err(why)) => assert!(told.contains(why), "{told} {why}"),
                (read, expected) => panic!("{many} × {price}: {read:?} {expected:?}"),
            }
        }
        let both = line(&reader(), "x", "y").unwrap_err();
        assert_eq!(both.len(), 2, "every fault at once");
    }

    #[test]
    fn sums_of_a_day_have_a_sign() {
        let read = |text| sum(&reader(), ("基金", "funds"), text);
        assert_eq!(read("12.5"), Ok(1_250));
        assert_eq!(read("-0.01"), Ok(-1));
        assert_eq!(read("-1,234.50"), Ok(-123_450), "as the page shows it");
        for wrong in ["", "-", "--1", "1.234", "yuan"] {
            assert!(read(wrong).unwrap_err().starts_with("funds `"), "{wrong}");
        }
        assert_eq!(count(&reader(), " 3 "), Ok(3));
        assert!(count(&reader(), "3.5").is_err() && count(&reader(), "-1").is_err());
    }
}
