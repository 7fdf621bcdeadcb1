//! Random names and digits that nobody can guess: of a form that is sent once, of an e-voucher, of a one-time code.

/// 128 bits as 32 hexadecimal digits in capitals; none where there is no randomness.
pub(crate) fn name() -> Option<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).ok()?;
    let number = u128::from_le_bytes(bytes);
    Some(format!("{number:032X}"))
}

/// Whether a text has the form of such a name.
pub(crate) fn is_name(text: &str) -> bool {
    let digit = |byte: u8| byte.is_ascii_digit() || (b'A'..=b'F').contains(&byte);
    text.len() == 32 && text.bytes().all(digit)
}

/// Six digits, each number as likely as any other; none where there is no randomness.
pub(crate) fn digits() -> Option<String> {
    loop {
        let mut bytes = [0; 4];
        getrandom::fill(&mut bytes).ok()?;
        let number = u32::from_le_bytes(bytes);
        // The last of 2^32 numbers are too few for a whole round of a million.
        if number < u32::MAX / 1_000_000 * 1_000_000 {
            return Some(format!("{:06}", number % 1_000_000));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_and_no_two_are_alike() {
        let (one, other) = (name().expect("one"), name().expect("another"));
        assert!(is_name(&one) && is_name(&other));
        assert_ne!(one, other);
        for not in [
            "",
            "0",
            &one[1..],
            &one.to_lowercase().replace('0', "a"),
            &format!("{one}0"),
        ] {
            assert!(!is_name(not), "{not}");
        }
    }
}
