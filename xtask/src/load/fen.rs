//! Money as it stands in messages: yuan as text, whole fen inside.

/// Reads `68`, `68.0`, `68.00`, `-1.5`; nothing that is not whole fen.
pub(super) fn read(text: &[u8]) -> Option<i64> {
    let (negative, digits) = match text.split_first()? {
        (b'-', rest) => (true, rest),
        _ => (false, text),
    };
    let (whole, part) = match digits.iter().position(|byte| *byte == b'.') {
        Some(dot) => (&digits[..dot], &digits[dot + 1..]),
        None => (digits, &[][..]),
    };
    let cents = [0, 1].map(|place| *part.get(place).unwrap_or(&b'0'));
    let rest_is_zero = part.iter().skip(2).all(|digit| *digit == b'0');
    let digits = whole.iter().chain(&cents);
    if whole.is_empty() || whole.len() > 15 || !rest_is_zero {
        return None;
    }
    let fen = digits.copied().try_fold(0_i64, |sum, digit| {
        digit
            .is_ascii_digit()
            .then(|| sum * 10 + i64::from(digit - b'0'))
    })?;
    Some(if negative { -fen } else { fen })
}

/// Writes yuan with two decimals.
pub(super) fn write(fen: i64, out: &mut Vec<u8>) {
    if fen < 0 {
        out.push(b'-');
    }
    let fen = fen.unsigned_abs();
    whole(fen / 100, out);
    let cents = (fen % 100) as u8;
    out.extend([b'.', b'0' + cents / 10, b'0' + cents % 10]);
}

/// Writes a whole number without the machinery of formats: a message has many.
pub(super) fn whole(number: u64, out: &mut Vec<u8>) {
    let start = out.len();
    let mut left = number;
    loop {
        out.push(b'0' + (left % 10) as u8);
        left /= 10;
        if left == 0 {
            break;
        }
    }
    out[start..].reverse();
}

/// Yuan as a text.
pub(super) fn text(fen: i64) -> String {
    let mut out = Vec::new();
    write(fen, &mut out);
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        for fen in [0, 1, 10, 99, 100, 6_800, -1, -12_345, 9_999_999_999] {
            assert_eq!(read(text(fen).as_bytes()), Some(fen), "{}", text(fen));
        }
        assert_eq!(text(-105), "-1.05");
    }

    #[test]
    fn only_whole_fen_are_money() {
        for (right, fen) in [
            ("68", 6_800),
            ("68.0", 6_800),
            ("0.600000", 60),
            ("-0.5", -50),
        ] {
            assert_eq!(read(right.as_bytes()), Some(fen), "{right}");
        }
        for wrong in [
            "",
            "-",
            ".5",
            "0.005",
            "1e3",
            "1.2.3",
            "一",
            "9999999999999999",
        ] {
            assert_eq!(read(wrong.as_bytes()), None, "{wrong}");
        }
    }
}
