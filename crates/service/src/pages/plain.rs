//! What people type where a figure or a number is asked, as it is read: full-width characters, spaces, signs of money.

/// Full-width letters, digits and signs as the plain ones, without the spaces around.
pub(super) fn text(typed: &str) -> String {
    let plain = |c| match c {
        '\u{3000}' => ' ',
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '−' => '-',
        _ => c,
    };
    let text: String = typed.chars().map(plain).collect();
    text.trim().to_owned()
}

/// A number of a paper: a scanner or a hand may have put spaces and hyphens into it.
pub(super) fn paper(typed: &str) -> String {
    let text = text(typed);
    let part = |c: &char| !c.is_whitespace() && *c != '-' && !is_hidden(*c);
    text.chars().filter(part).collect::<String>().to_uppercase()
}

/// A figure without the sign of the money and what parts its thousands; `.5` and `1.` are whole then.
pub(super) fn figure(typed: &str) -> String {
    let text = text(typed);
    let (sign, size) = match text.strip_prefix('-') {
        Some(size) => ("-", size),
        None => ("", text.as_str()),
    };
    let size = size.trim().trim_start_matches(['¥', '￥']);
    let size = ungrouped(size.trim_end_matches('元').trim());
    let size = match size.split_once('.') {
        Some(("", part)) if digits(part) => format!("0.{part}"),
        Some((whole, "")) if digits(whole) => whole.to_owned(),
        _ => size,
    };
    format!("{sign}{size}")
}

/// `1,234.5` as `1234.5`; what is not in threes stays.
fn ungrouped(size: &str) -> String {
    let whole = size.split_once('.').map_or(size, |(whole, _)| whole);
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let threes = (1..=3).contains(&first.len())
        && digits(first)
        && groups.all(|group| group.len() == 3 && digits(group));
    let part = size.get(whole.len()..).unwrap_or_default();
    match threes {
        true => format!("{}{part}", whole.replace(',', "")),
        false => size.to_owned(),
    }
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A character that nobody sees, or that turns the order of those around it.
pub(super) const fn is_hidden(c: char) -> bool {
    matches!(
        c,
        '\0'..='\u{1F}'
            | '\u{7F}'..='\u{9F}'
            | '\u{AD}'
            | '\u{61C}'
            | '\u{180E}'
            | '\u{200B}'..='\u{200F}'
            | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}'
            | '\u{E0000}'..='\u{E007F}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_as_people_write_them() {
        for (typed, read) in [
            ("12.50", "12.50"),
            (" １２．５ ", "12.5"),
            ("¥12.5", "12.5"),
            ("￥ 12.5 元", "12.5"),
            ("12元", "12"),
            ("1,234.50", "1234.50"),
            ("１，２３４，５６７", "1234567"),
            (".5", "0.5"),
            ("1.", "1"),
            ("-¥1,000", "-1000"),
            ("−3", "-3"),
            // What could mean two things is left to be refused.
            ("1,5", "1,5"),
            ("1,2345", "1,2345"),
            (",123", ",123"),
            (".", "."),
            ("1.2.", "1.2."),
            ("1e3", "1e3"),
            ("", ""),
            ("-", "-"),
        ] {
            assert_eq!(figure(typed), read, "{typed}");
        }
    }

    #[test]
    fn a_number_of_a_paper_is_without_what_parts_it() {
        for (typed, read) in [
            (" 330102 19800506 123x ", "33010219800506123X"),
            ("330102-19800506-1234", "330102198005061234"),
            ("３３０１０２１９８００５０６１２３Ｘ", "33010219800506123X"),
            ("yb12\u{200B}34\u{3000}", "YB1234"),
            ("", ""),
        ] {
            assert_eq!(paper(typed), read, "{typed}");
        }
    }

    #[test]
    fn hidden_characters_are_known() {
        for hidden in [
            '\n', '\u{200B}', '\u{202E}', '\u{2066}', '\u{FEFF}', '\u{AD}',
        ] {
            assert!(is_hidden(hidden), "{hidden:?}");
        }
        for seen in ['a', '药', ' ', '（', '·'] {
            assert!(!is_hidden(seen), "{seen:?}");
        }
    }
}
