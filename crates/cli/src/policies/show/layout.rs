//! How the table of a setting is laid out: figures on one line, long names folded, nothing said twice below itself.

use comfy_table::{Cell, CellAlignment, ColumnConstraint, Table, Width};
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use super::Show;

/// A row before it is laid out.
pub(super) struct Line {
    pub(super) item: String,
    pub(super) who: String,
    pub(super) step: String,
    pub(super) cells: Vec<String>,
    pub(super) clauses: String,
}

/// As wide as a header of figures or the label of a step may be.
const WIDEST: usize = 18;

pub(super) fn table(show: &Show<'_>, columns: &[String], lines: &[Line]) -> Table {
    let words = show.words;
    let who = lines.iter().any(|l| !l.who.is_empty());
    let step = lines.iter().any(|l| !l.step.is_empty());
    let mut header = vec![words.say("", "yuan").to_owned()];
    header.extend(who.then(String::new));
    header.extend(step.then(String::new));
    header.extend(columns.iter().map(|c| folded(c)));
    header.push(words.say("依据〔等级〕", "clause [standing]").to_owned());
    let mut table = show
        .output
        .table(&header.iter().map(String::as_str).collect::<Vec<_>>());
    let mut before: Option<&Line> = None;
    for line in lines {
        // What is the same as above is not said again.
        let above = before.filter(|b| b.item == line.item);
        let unless = |same: bool, text: &str| Cell::new(if same { "" } else { text });
        let mut row = vec![unless(above.is_some(), &line.item)];
        row.extend(who.then(|| unless(above.is_some_and(|b| b.who == line.who), &line.who)));
        row.extend(step.then(|| Cell::new(folded(&line.step))));
        row.extend(
            line.cells
                .iter()
                .map(|c| Cell::new(c).set_alignment(CellAlignment::Right)),
        );
        row.push(unless(
            above.is_some_and(|b| b.clauses == line.clauses),
            &line.clauses,
        ));
        table.add_row(row);
        before = Some(line);
    }
    // Whom a row is for and what it rests on may wrap; items and figures do not.
    let last = header.len() - 1;
    for column in table.column_iter_mut() {
        let wraps = column.index == last || (who && column.index == 1);
        let least = if column.index == last { 18 } else { 14 };
        column.set_constraint(if wraps {
            ColumnConstraint::LowerBoundary(Width::Fixed(least))
        } else {
            ColumnConstraint::ContentWidth
        });
    }
    table
}

/// Broken at spaces, else within a word, so that no line is wider than [`WIDEST`].
fn folded(text: &str) -> String {
    text.lines().map(fold).collect::<Vec<_>>().join("\n")
}

fn fold(line: &str) -> String {
    let mut folded = String::new();
    let mut width = 0;
    for word in line.split_inclusive(' ') {
        if width > 0 && width + word.trim_end().width() > WIDEST {
            folded.truncate(folded.trim_end().len());
            folded.push('\n');
            width = 0;
        }
        for c in word.chars() {
            let wide = c.width().unwrap_or(0);
            if width + wide > WIDEST && c != ' ' {
                folded.push('\n');
                width = 0;
            }
            folded.push(c);
            width += wide;
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_are_folded_at_spaces_or_by_width() {
        assert_eq!(folded("level 3"), "level 3");
        assert_eq!(
            folded("district hospital of level 3"),
            "district hospital\nof level 3"
        );
        assert_eq!(folded("社区卫生服务中心和站"), "社区卫生服务中心和\n站");
        assert_eq!(folded("三级医院、\n二级医院"), "三级医院、\n二级医院");
    }
}
