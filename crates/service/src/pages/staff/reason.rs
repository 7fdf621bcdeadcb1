//! A reason that is told for the log: long enough to say something, and without an identity number in it.

use agency::domain::identity_number::IdentityNumber;
use maud::{Markup, html};

use super::super::Reader;

/// So many characters at least, and at most.
const LEAST: usize = 5;
const MOST: usize = 200;

/// Where it is typed.
pub(super) fn field(reader: &Reader) -> Markup {
    html! {
        label { span { (reader.say("理由（至少5个字符，记入日志）", "Why, at least 5 characters, for the log")) }
            input name="why" minlength=(LEAST) maxlength=(MOST) size="30" autocomplete="off" required; }
    }
}

/// The reason, or what is wrong with it.
pub(super) fn read(reader: &Reader, text: &str) -> Result<String, &'static str> {
    let text = text.trim();
    let length = text.chars().count();
    if !(LEAST..=MOST).contains(&length) {
        return Err(reader.say("理由：应为5至200个字符", "why: it has 5 to 200 characters"));
    }
    if names_somebody(text) {
        return Err(reader.say(
            "理由中不要写身份证号码：日志不保存身份证号码",
            "why: without an identity number; the log keeps none",
        ));
    }
    Ok(text.to_owned())
}

fn names_somebody(text: &str) -> bool {
    let all: Vec<char> = text.chars().collect();
    all.windows(18).any(|part| {
        let part: String = part.iter().collect();
        IdentityNumber::parse(&part.to_ascii_uppercase()).is_ok()
    })
}

#[cfg(test)]
mod tests {
    use agency::domain::words::Lang;

    use super::*;

    #[test]
    fn a_reason_says_something_and_names_nobody() {
        let reader = Reader {
            lang: Lang::En,
            here: String::new(),
            places: Default::default(),
        };
        let long = "x".repeat(201);
        for (text, expected) in [
            ("asked by letter", Ok("asked by letter")),
            ("  来信要求核对  ", Ok("来信要求核对")),
            ("    abcd    ", Err("5 to 200")),
            ("", Err("5 to 200")),
            (&long, Err("5 to 200")),
            (
                "about 330102198005061226",
                Err("without an identity number"),
            ),
            (
                "身份证42010219660103100x的人",
                Err("without an identity number"),
            ),
            // The check character is wrong: it is some other number.
            ("entry 330102198005061227", Ok("entry 330102198005061227")),
        ] {
            let read = read(&reader, text);
            match expected {
                Ok(expected) => assert_eq!(read.as_deref(), Ok(expected)),
                Err(part) => assert!(read.is_err_and(|why| why.contains(part)), "{text}"),
            }
        }
    }
}
