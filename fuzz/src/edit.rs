//! Changes of a text that keep it nearly good: lines go, come twice or change places, values become other values.

use std::sync::OnceLock;

use libfuzzer_sys::fuzzer_mutate;

use crate::dice::Dice;

/// Words of the files' language, in libFuzzer's form.
const DICTIONARY: &str = include_str!("../words.dict");

/// The words of the dictionary.
pub fn words() -> &'static [Vec<u8>] {
    static WORDS: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    WORDS.get_or_init(|| DICTIONARY.lines().filter_map(word).collect())
}

/// A word between quotation marks, with `\"`, `\\` and `\xHH` in it.
fn word(line: &str) -> Option<Vec<u8>> {
    let quoted = line.trim().strip_prefix('"')?.strip_suffix('"')?;
    let mut word = Vec::new();
    let mut rest = quoted.as_bytes();
    while let [first, after @ ..] = rest {
        rest = match (first, after) {
            (b'\\', [b'x', a, b, after @ ..]) => {
                let hex = [*a, *b];
                let digits = std::str::from_utf8(&hex).ok()?;
                word.push(u8::from_str_radix(digits, 16).ok()?);
                after
            }
            (b'\\', [escaped, after @ ..]) => {
                word.push(*escaped);
                after
            }
            _ => {
                word.push(*first);
                after
            }
        };
    }
    Some(word)
}

/// libFuzzer's mutation half of the time, one to three changes of lines otherwise. Returns the new length.
pub fn mutate(data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    let mut dice = Dice::new(seed);
    if dice.below(2) == 0 {
        return fuzzer_mutate(data, size, max_size);
    }
    let mut lines = lines(&data[..size]);
    for _ in 0..=dice.below(3) {
        let (line, what) = (dice.below(lines.len()), dice.below(CHANGES));
        let word = &words()[dice.below(words().len())];
        change(&mut lines, line, what, word, dice.below(1 << 16));
    }
    let text = lines.join(&b'\n');
    let len = text.len().min(max_size);
    data[..len].copy_from_slice(&text[..len]);
    len
}

/// The text after a script: for each change two bytes for the line, one for what, one for the word, one for a place.
pub fn scripted(text: &str, script: &[u8]) -> Vec<u8> {
    let mut lines = lines(text.as_bytes());
    for step in script.chunks_exact(5) {
        let line = usize::from(step[0]) | usize::from(step[1]) << 8;
        let word = &words()[usize::from(step[3]) % words().len()];
        let at = line % lines.len().max(1);
        change(
            &mut lines,
            at,
            usize::from(step[2]) % CHANGES,
            word,
            usize::from(step[4]),
        );
    }
    lines.join(&b'\n')
}

fn lines(text: &[u8]) -> Vec<Vec<u8>> {
    text.split(|b| *b == b'\n').map(<[u8]>::to_vec).collect()
}

/// How many kinds of changes there are.
const CHANGES: usize = 8;

/// One change at a line; `number` chooses another line or a place in this one.
fn change(lines: &mut Vec<Vec<u8>>, at: usize, what: usize, word: &[u8], number: usize) {
    let Some(line) = lines.get(at).cloned() else {
        return;
    };
    let other = number % lines.len();
    match what {
        0 => drop(lines.remove(at)),
        1 => lines.insert(other, line),
        2 => lines.swap(at, other),
        3 => lines[at] = with_value(&line, word),
        4 => lines[at] = with_value(&line, value(&lines[other])),
        5 => lines[at] = with_literal(&line, number, word),
        6 => lines[at] = with_literal(&line, number, &quoted(word)),
        _ => {
            let place = number % (line.len() + 1);
            lines[at].splice(place..place, word.iter().copied());
        }
    }
}

/// What stands behind the first `=` or `:`.
fn value(line: &[u8]) -> &[u8] {
    let start = line.iter().position(|b| b"=:".contains(b));
    start.map_or(line, |start| line[start + 1..].trim_ascii())
}

fn with_value(line: &[u8], value: &[u8]) -> Vec<u8> {
    match line.iter().position(|b| b"=:".contains(b)) {
        Some(end) => [&line[..=end], b" ", value].concat(),
        None => value.to_vec(),
    }
}

/// The line with one of its texts, numbers or words replaced.
fn with_literal(line: &[u8], number: usize, word: &[u8]) -> Vec<u8> {
    let apart = |b: &u8| b" =:,[]{}".contains(b);
    let mut pieces: Vec<(usize, usize)> = Vec::new();
    let mut start = None;
    for (at, byte) in line.iter().chain(b" ").enumerate() {
        match (start, apart(byte)) {
            (None, false) => start = Some(at),
            (Some(begin), true) => {
                pieces.push((begin, at));
                start = None;
            }
            _ => {}
        }
    }
    match pieces.get(number % pieces.len().max(1)) {
        Some(&(from, to)) => [&line[..from], word, &line[to..]].concat(),
        None => word.to_vec(),
    }
}

fn quoted(word: &[u8]) -> Vec<u8> {
    [b"\"", word, b"\""].concat()
}
