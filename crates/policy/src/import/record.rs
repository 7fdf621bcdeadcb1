//! `Record`: one line taken apart into cells, at commas as RFC 4180 has it, or at tabs as the national files do.

/// What divides the cells of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Divided {
    /// Commas; a cell may stand between quotation marks, and those within it are doubled.
    ByCommas,
    /// Tabs; there are no quotation marks, and `null` is an empty cell.
    ByTabs,
}

/// The cells of a line; its memory is used again for the next one.
#[derive(Debug, Default)]
pub(super) struct Record {
    text: String,
    ends: Vec<usize>,
}

const UNCLOSED: &str = "a quotation mark is opened and not closed; a row is one line";
const AFTER: &str = "after a closing quotation mark a comma or the end of the line is expected";
const WITHIN: &str =
    "a quotation mark within a cell is doubled, and the cell stands between quotation marks";

impl Record {
    /// Takes a line apart.
    pub(super) fn read(&mut self, line: &str, divided: Divided) -> Result<(), &'static str> {
        self.text.clear();
        self.ends.clear();
        match divided {
            Divided::ByTabs => {
                for cell in line.split('\t') {
                    self.push(if cell == "null" { "" } else { cell });
                }
                Ok(())
            }
            Divided::ByCommas if line.contains('"') => self.quoted(line),
            Divided::ByCommas => {
                line.split(',').for_each(|cell| self.push(cell));
                Ok(())
            }
        }
    }

    fn push(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.ends.push(self.text.len());
    }

    fn quoted(&mut self, line: &str) -> Result<(), &'static str> {
        let mut rest = line;
        loop {
            let after = match rest.strip_prefix('"') {
                Some(inner) => self.between_quotes(inner)?,
                None => {
                    let end = rest.find(',').unwrap_or(rest.len());
                    let (cell, after) = rest.split_at(end);
                    if cell.contains('"') {
                        return Err(WITHIN);
                    }
                    self.push(cell);
                    after
                }
            };
            match after.strip_prefix(',') {
                Some(next) => rest = next,
                None if after.is_empty() => return Ok(()),
                None => return Err(AFTER),
            }
        }
    }

    /// Reads a cell after its opening quotation mark and returns what follows the closing one.
    fn between_quotes<'a>(&mut self, mut rest: &'a str) -> Result<&'a str, &'static str> {
        loop {
            let (part, after) = rest.split_once('"').ok_or(UNCLOSED)?;
            self.text.push_str(part);
            match after.strip_prefix('"') {
                Some(next) => {
                    self.text.push('"');
                    rest = next;
                }
                None => {
                    self.ends.push(self.text.len());
                    return Ok(after);
                }
            }
        }
    }

    /// How many cells there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// A cell without white space around it; empty if there is none of this number.
    pub(super) fn cell(&self, number: usize) -> &str {
        let start = number
            .checked_sub(1)
            .and_then(|before| self.ends.get(before));
        let end = self.ends.get(number).copied().unwrap_or_default();
        let cell = self.text.get(start.copied().unwrap_or_default()..end);
        cell.unwrap_or_default().trim()
    }

    /// Is there nothing in any cell?
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(line: &str, divided: Divided) -> Result<Vec<String>, &'static str> {
        let mut record = Record::default();
        record.read(line, divided)?;
        Ok((0..record.len())
            .map(|n| record.cell(n).to_owned())
            .collect())
    }

    #[test]
    fn a_line_is_divided_by_commas_outside_quotation_marks() {
        for (line, found) in [
            ("", &[""][..]),
            ("a,b", &["a", "b"]),
            (",,", &["", "", ""]),
            (" a ,\tb\u{3000}", &["a", "b"]),
            (r#""a,b",c"#, &["a,b", "c"]),
            (r#"a,"""b""",c"#, &["a", r#""b""#, "c"]),
            (r#"a,"""#, &["a", ""]),
            (r#"a,"b""#, &["a", "b"]),
            (r#""",a"#, &["", "a"]),
            ("王,\"李,四\"", &["王", "李,四"]),
        ] {
            let read = cells(line, Divided::ByCommas);
            assert_eq!(
                read.as_deref(),
                Ok(&found.iter().map(|c| (*c).to_owned()).collect::<Vec<_>>()[..]),
                "{line}"
            );
        }
        for (line, rule) in [
            (r#"a,"b"#, UNCLOSED),
            (r#"""#, UNCLOSED),
            (r#""a"b,c"#, AFTER),
            (r#""a" ,c"#, AFTER),
            (r#"a"b,c"#, WITHIN),
            (r#" "a",c"#, WITHIN),
        ] {
            let said = cells(line, Divided::ByCommas).err().unwrap_or_default();
            assert_eq!(said, rule, "{line}");
        }
    }

    #[test]
    fn tabs_divide_without_quotation_marks_and_null_is_nothing() {
        let read = cells("a\tnull\t\t\"x\"\tnull,NULL", Divided::ByTabs);
        assert_eq!(read.unwrap(), ["a", "", "", "\"x\"", "null,NULL"]);
    }
}
