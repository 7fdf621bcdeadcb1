//! Rust code as text: a source with its comments and strings blanked out, and words in it.

/// The source with every comment, string and character literal replaced by spaces. Lines and columns stay.
pub(super) fn blank(text: &str) -> String {
    let mut source = Source {
        chars: text.chars().collect(),
        at: 0,
        out: String::with_capacity(text.len()),
    };
    while source.at < source.chars.len() {
        source.token();
    }
    source.out
}

/// Whether the word stands in the line by itself, not as part of a longer name. Chinese around it is no part of it.
pub(super) fn has_word(line: &str, word: &str) -> bool {
    let in_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let joins = |inner: Option<char>, outer: Option<char>| {
        inner.is_some_and(in_name) && outer.is_some_and(in_name)
    };
    line.match_indices(word).any(|(start, _)| {
        let before = line[..start].chars().next_back();
        let after = line[start + word.len()..].chars().next();
        !joins(word.chars().next(), before) && !joins(word.chars().next_back(), after)
    })
}

struct Source {
    chars: Vec<char>,
    at: usize,
    out: String,
}

impl Source {
    /// Takes one comment, one literal or one other character.
    fn token(&mut self) {
        match self.chars[self.at] {
            '/' if self.peek(1) == Some('/') => self.hide_while(|rest| rest[0] != '\n'),
            '/' if self.peek(1) == Some('*') => self.block_comment(),
            '"' => self.string(),
            'r' if self.raw_hashes().is_some() => self.raw_string(),
            '\'' if self.peek(1) == Some('\\') || self.peek(2) == Some('\'') => self.character(),
            _ => self.keep(),
        }
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn keep(&mut self) {
        self.out.push(self.chars[self.at]);
        self.at += 1;
    }

    fn hide(&mut self, count: usize) {
        for _ in 0..count {
            if let Some(hidden) = self.peek(0) {
                self.out.push(if hidden == '\n' { '\n' } else { ' ' });
                self.at += 1;
            }
        }
    }

    fn hide_while(&mut self, more: impl Fn(&[char]) -> bool) {
        while self.at < self.chars.len() && more(&self.chars[self.at..]) {
            self.hide(1);
        }
    }

    fn block_comment(&mut self) {
        let mut depth = 0;
        loop {
            match (self.peek(0), self.peek(1)) {
                (Some('/'), Some('*')) => depth += 1,
                (Some('*'), Some('/')) => depth -= 1,
                (None, _) => return,
                _ => {
                    self.hide(1);
                    continue;
                }
            }
            self.hide(2);
            if depth == 0 {
                return;
            }
        }
    }

    fn string(&mut self) {
        self.hide(1);
        while let Some(next) = self.peek(0) {
            self.hide(if next == '\\' { 2 } else { 1 });
            if next == '"' {
                return;
            }
        }
    }

    /// The number of hashes if a raw string starts here: `r"`, `r#"`, …; `r#type` is a name.
    fn raw_hashes(&self) -> Option<usize> {
        let rest = &self.chars[self.at + 1..];
        let hashes = rest.iter().take_while(|c| **c == '#').count();
        (rest.get(hashes) == Some(&'"')).then_some(hashes)
    }

    fn raw_string(&mut self) {
        let hashes = self.raw_hashes().unwrap_or(0);
        let mut end = vec!['"'];
        end.extend(std::iter::repeat_n('#', hashes));
        self.hide(hashes + 2);
        self.hide_while(|rest| !rest.starts_with(&end));
        self.hide(end.len());
    }

    /// `'a'`, `'\n'`, `'\''`, `'\u{4e2d}'`; a lifetime is not taken for one.
    fn character(&mut self) {
        self.hide(if self.peek(1) == Some('\\') { 3 } else { 2 });
        self.hide_while(|rest| rest[0] != '\'');
        self.hide(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_literals_are_blanked_and_code_stays() {
        for (source, code) in [
            ("a // b", "a     "),
            ("a /* b /* c */ d */ e", "a                   e"),
            (r#"f("g\"h", i)"#, "f(      , i)"),
            (r##"f(r#"g"h"#, i)"##, "f(        , i)"),
            (r"f('a', '\'', 'b)", "f(   ,     , 'b)"),
            ("fn f<'a>(x: &'a str) {}", "fn f<'a>(x: &'a str) {}"),
            ("r#type + \"\"", "r#type +   "),
            ("\"a\nb\"c", "  \n  c"),
            ("\"open", "     "),
            ("/* open", "       "),
            ("'\\", "  "),
        ] {
            assert_eq!(blank(source), code, "{source}");
        }
    }

    #[test]
    fn a_word_is_not_part_of_a_name() {
        assert!(has_word("let x: f64 = y", "f64"));
        assert!(has_word("println!(x)", "println!"));
        assert!(!has_word("eprintln!(x)", "println!"));
        assert!(!has_word("let f64_like = y", "f64"));
        assert!(has_word("字段f64的", "f64"));
    }
}
