//! Pretty: JSON with a line for each value, every number and text as it came.

use serde::de::IgnoredAny;

/// Indents a JSON text; what is none is given back as it is. No value passes through a number of ours: `12.10` stays `12.10`.
#[must_use]
pub fn pretty(json: &str) -> String {
    if serde_json::from_str::<IgnoredAny>(json).is_err() {
        return json.to_owned();
    }
    let mut out = String::with_capacity(json.len() * 2);
    let mut depth = 0_usize;
    let mut chars = json.trim().chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '"' => {
                out.push(char);
                text(&mut out, &mut chars);
            }
            '{' | '[' => {
                out.push(char);
                while chars.next_if(|next| next.is_whitespace()).is_some() {}
                if let Some(end) = chars.next_if(|next| matches!(next, '}' | ']')) {
                    out.push(end);
                } else {
                    depth += 1;
                    line(&mut out, depth);
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                line(&mut out, depth);
                out.push(char);
            }
            ',' => {
                out.push(char);
                line(&mut out, depth);
            }
            ':' => out.push_str(": "),
            char if char.is_whitespace() => {}
            char => out.push(char),
        }
    }
    out
}

/// The rest of a text, to its end.
fn text(out: &mut String, chars: &mut impl Iterator<Item = char>) {
    while let Some(char) = chars.next() {
        out.push(char);
        match char {
            '\\' => out.extend(chars.next()),
            '"' => return,
            _ => {}
        }
    }
}

fn line(out: &mut String, depth: usize) {
    out.push('\n');
    // Whatever is nested deeper than anybody can read stands in one column.
    out.push_str(&"  ".repeat(depth.min(40)));
}
