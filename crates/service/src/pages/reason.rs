//! `Reason`: why somebody did something, told for the log: of so many characters, in one line, without an identity number.

use agency::domain::words::Lang;
use maud::{Markup, html};

use super::Reader;
use crate::access_log::names_somebody;

/// So many characters at most.
const MOST: usize = 200;

/// Why somebody did something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reason(String);

impl Reason {
    /// What is done about a person has a reason that says something.
    pub(super) const SENTENCE: usize = 5;
    /// What is done at the till has a word at least.
    pub(super) const WORD: usize = 1;
    /// What needs none.
    pub(super) const NONE: usize = 0;

    /// The reason of at least so many characters, or what is wrong with it.
    pub(super) fn read(text: &str, least: usize, reader: &Reader) -> Result<Reason, String> {
        let text = text.trim();
        let length = text.chars().count();
        if !(least..=MOST).contains(&length) {
            return Err(match reader.lang {
                Lang::Zh => format!("理由：现为{length}个字符，应为{least}至{MOST}个字符"),
                Lang::En => {
                    format!("why: it has {length}, and should have {least} to {MOST} characters")
                }
            });
        }
        let wrong = match () {
            () if text.chars().any(char::is_control) => reader.say(
                "理由：应为一行文字，不含控制字符",
                "why: one line, without control characters",
            ),
            () if names_somebody(text) => reader.say(
                "理由中不要写身份证号码：日志不保存身份证号码",
                "why: without an identity number; the log keeps none",
            ),
            () => return Ok(Reason(text.to_owned())),
        };
        Err(wrong.to_owned())
    }

    pub(super) fn into_text(self) -> String {
        self.0
    }
}

/// Where it is typed.
pub(super) fn field(reader: &Reader, least: usize) -> Markup {
    let label = match (reader.lang, least) {
        (Lang::Zh, 0) => "理由（可不填，记入日志）".to_owned(),
        (Lang::En, 0) => "Why, if there is something to say, for the log".to_owned(),
        (Lang::Zh, 1) => "理由（记入日志）".to_owned(),
        (Lang::En, 1) => "Why, for the log".to_owned(),
        (Lang::Zh, least) => format!("理由（至少{least}个字符，记入日志）"),
        (Lang::En, least) => format!("Why, at least {least} characters, for the log"),
    };
    html! {
        label { span { (label) }
            input name="why" minlength=(least) maxlength=(MOST) size="30" autocomplete="off" required[least > 0]; }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Places;
    use super::*;

    fn read(text: &str, least: usize) -> Result<String, String> {
        let reader = Reader {
            lang: Lang::En,
            here: String::new(),
            places: Places::default(),
        };
        Reason::read(text, least, &reader).map(Reason::into_text)
    }

    #[test]
    fn a_reason_says_something_in_one_line() {
        let long = "x".repeat(201);
        for (text, least, expected) in [
            ("asked by letter", 5, Ok("asked by letter")),
            ("  来信要求核对  ", 5, Ok("来信要求核对")),
            ("    abcd    ", 5, Err("it has 4, and should have 5 to 200")),
            ("", 5, Err("5 to 200")),
            (&long, 5, Err("it has 201")),
            ("坏", 1, Ok("坏")),
            (" ", 1, Err("1 to 200")),
            ("", 0, Ok("")),
            (&long, 0, Err("0 to 200")),
            ("two\nlines", 0, Err("control characters")),
            ("a bell\u{7}", 5, Err("control characters")),
        ] {
            let read = read(text, least);
            match expected {
                Ok(expected) => assert_eq!(read.as_deref(), Ok(expected)),
                Err(part) => assert!(read.is_err_and(|why| why.contains(part)), "{text}"),
            }
        }
    }

    #[test]
    fn a_reason_names_nobody_however_the_number_is_written() {
        for named in [
            "about 330102198005061226",
            "身份证42010219660103100x的人",
            "330102 19800506 1226",
            "3301-0219-8005-0612-26",
            "330102 – 1980.05.06 – 1226",
            "330102\u{3000}19800506\u{200b}1226",
            "３３０１０２１９８００５０６１２２６",
            "４２０１０２１９６６０１０３１００Ｘ",
            // The check character is wrong: it still names somebody.
            "about 330102198005061227",
            "about 330102 19800506 1227.",
            // Digits before it that are not of it.
            "2026-11-27 330102198005061227",
            // Within a longer row the right one is found.
            "00330102198005061226",
        ] {
            let told = read(named, 1).unwrap_err();
            assert!(told.contains("without an identity number"), "{named}");
        }
        for free in [
            "entry 17 of 2026-11-27, 1,234.56 yuan",
            // Of a longer row with a wrong check character, such as a message's number.
            "message H33010200001202611271830050001",
            "330102199913061226",
            "1330102198005061227",
            "three hundred",
        ] {
            assert_eq!(read(free, 1).as_deref(), Ok(free));
        }
    }
}
