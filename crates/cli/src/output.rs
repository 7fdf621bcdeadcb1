//! What is printed: the language, tables that fit the terminal, errors; colour only on a terminal.

use std::io::{self, Write as _};
use std::sync::OnceLock;

use anstyle::{AnsiColor, Style};
use comfy_table::presets::UTF8_HORIZONTAL_ONLY;
use comfy_table::{Cell, CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Table};
use domain::words::Lang;

use crate::args::LangArg;

/// Bold.
const BOLD: Style = Style::new().bold();
/// What went wrong.
const WRONG: Style = AnsiColor::Red.on_default().bold();

/// Where commands print. A failure to print is kept and told at the end; a reader that has gone away is none.
#[derive(Debug)]
pub(crate) struct Output {
    pub(crate) lang: Lang,
    failed: OnceLock<io::Error>,
}

impl Output {
    /// The language asked for, else that of the locale.
    pub(crate) fn new(lang: Option<LangArg>) -> Output {
        let lang = match lang {
            Some(LangArg::Zh) => Lang::Zh,
            Some(LangArg::En) => Lang::En,
            None if sys_locale::get_locale().is_some_and(|locale| locale.starts_with("zh")) => {
                Lang::Zh
            }
            None => Lang::En,
        };
        Output::in_language(lang)
    }

    /// In a language.
    pub(crate) fn in_language(lang: Lang) -> Output {
        Output {
            lang,
            failed: OnceLock::new(),
        }
    }

    /// One of two phrases.
    pub(crate) fn say<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    pub(crate) fn line(&self, text: &str) {
        let printed = writeln!(anstream::stdout(), "{text}");
        if let Err(error) = printed {
            let _ = self.failed.set(error);
        }
    }

    pub(crate) fn heading(&self, text: &str) {
        self.line(&format!("\n{BOLD}{text}{BOLD:#}"));
    }

    /// A line on standard error.
    pub(crate) fn aside(&self, text: &str) {
        // There is nowhere left to tell that standard error cannot be written.
        let _ = writeln!(anstream::stderr(), "{text}");
    }

    pub(crate) fn error(&self, error: &dyn std::fmt::Display) {
        let word = self.say("错误", "error");
        // There is nowhere left to tell that standard error cannot be written.
        let _ = writeln!(anstream::stderr(), "{WRONG}{word}{WRONG:#}: {error}");
    }

    /// What could not be printed, unless the reader went away.
    pub(crate) fn failure(&self) -> Option<String> {
        let error = self
            .failed
            .get()
            .filter(|e| e.kind() != io::ErrorKind::BrokenPipe)?;
        Some(match self.lang {
            Lang::Zh => format!("无法写到标准输出：{error}"),
            Lang::En => format!("standard output cannot be written: {error}"),
        })
    }

    /// A table as wide as the terminal, or 120 columns where there is none.
    pub(crate) fn table(&self, header: &[&str]) -> Table {
        let mut table = Table::new();
        table
            .load_style(UTF8_HORIZONTAL_ONLY.row_separator(LineStyle::none()))
            .set_content_arrangement(ContentArrangement::Dynamic);
        if table.width().is_none() {
            table.set_width(120);
        }
        if !header.is_empty() {
            table.set_header(header.iter().map(|h| (*h).to_owned()));
        }
        table
    }
}

/// A bar of up to `width` blocks for a part of a whole.
pub(crate) fn bar(part: u64, whole: u64, width: u64) -> String {
    let eighths = part
        .saturating_mul(width * 8)
        .checked_div(whole)
        .unwrap_or(0);
    let full = usize::try_from(eighths / 8).unwrap_or(0);
    let rest = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][usize::try_from(eighths % 8).unwrap_or(0)];
    format!("{}{rest}", "█".repeat(full))
}

/// Tenths of a percent, rounded to the nearest.
pub(crate) fn percent(part: u64, whole: u64) -> String {
    let tenths = (part.saturating_mul(2000) + whole)
        .checked_div(whole * 2)
        .unwrap_or(0);
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// A number grouped by thousands.
pub(crate) fn count(number: u64) -> String {
    let plain = number.to_string();
    let mut grouped = String::new();
    for (place, digit) in plain.chars().enumerate() {
        if place > 0 && (plain.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// JSON as it is printed.
pub(crate) fn pretty(value: &serde_json::Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

/// Numbers and their headings stand to the right.
pub(crate) fn numbers_right(table: &mut Table, columns: std::ops::Range<usize>) {
    for column in columns {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
    }
}

/// A cell that stands to the right.
pub(crate) fn right(text: String) -> Cell {
    Cell::new(text).set_alignment(CellAlignment::Right)
}
