//! `Columns`: where each column of a file of rows stands, and a line read by them.

use super::{day, zh_of};
use crate::reconcile::Amounts;
use crate::reconcile::compare::Theirs;
use crate::wire::fields::reconciliation::IN_3202_COLUMNS;
use crate::wire::node::Node;
use crate::wire::read::{Fault, Rule, alike, amount};

/// What stands in a column.
const NAMES: [&str; 8] = [
    "setl_id",
    "mdtrt_id",
    "psn_no",
    "medfee_sumamt",
    "fund_pay_sumamt",
    "acct_pay",
    "refd_setl_flag",
    "setl_time",
];
/// The columns of the table; what comes after them is the institution's own.
const TABLE: usize = 7;
/// Where the time stands among them.
const TIME: usize = 7;
/// What else the time is called.
const TIMES: [&str; 4] = ["setl_time", "结算时间", "结算日期", "日期"];
/// So many columns that are named make a heading.
const ENOUGH: usize = 3;

/// Where each column stands.
pub(super) struct Columns {
    divided: char,
    /// By [`NAMES`].
    places: [Option<usize>; 8],
    /// How many cells a line has.
    width: usize,
}

impl Columns {
    /// By the first line, and whether that is a heading.
    pub(super) fn of_first(line: u64, text: &str) -> Result<(Columns, bool), Vec<Fault>> {
        let divided = if text.contains('\t') { '\t' } else { ',' };
        let cells: Vec<&str> = text.split(divided).map(plain).collect();
        let place = |column: usize| cells.iter().position(|cell| is_named(column, cell));
        let places: [Option<usize>; 8] = std::array::from_fn(place);
        if places.iter().flatten().count() < ENOUGH {
            let places = std::array::from_fn(|column| (column < TABLE).then_some(column));
            let columns = Columns {
                divided,
                places,
                width: TABLE,
            };
            return Ok((columns, false));
        }
        // The flag may be left out: an amount below nothing was taken back.
        let needed = [0, 3, 4, 5];
        if let Some(column) = needed.into_iter().find(|column| places[*column].is_none()) {
            let path = format!("line[{line}].{}", NAMES[column]);
            let fault = Fault::new(path, None, Rule::Present, zh_of(NAMES[column]));
            return Err(vec![fault]);
        }
        let columns = Columns {
            divided,
            places,
            width: cells.len(),
        };
        Ok((columns, true))
    }

    /// A line; none if it has faults, which are noted.
    pub(super) fn row(&self, line: u64, text: &str, faults: &mut Vec<Fault>) -> Option<Theirs> {
        let mut cells: Vec<&str> = text.split(self.divided).map(plain).collect();
        // Some end every line with a tab.
        if cells.len() == self.width + 1 && cells.last().is_some_and(|last| last.is_empty()) {
            cells.pop();
        }
        if cells.len() != self.width {
            faults.push(self.other_width(line, text, cells.len()));
            return None;
        }
        let before = faults.len();
        let mut reader = Line {
            columns: self,
            line,
            cells: &cells,
            faults,
        };
        let row = reader.row();
        (faults.len() == before).then_some(row)
    }

    fn other_width(&self, line: u64, text: &str, found: usize) -> Fault {
        let width = self.width;
        let (zh, en) = match self.divided {
            '\t' => ("制表符", "tabs"),
            _ => ("逗号", "commas"),
        };
        Fault {
            path: format!("line[{line}]"),
            found: Node::Text(text.into()).shown(),
            rule_zh: format!("第{line}行应有{width}列，以{zh}分隔，实有{found}列"),
            rule_en: format!("{width} columns divided by {en}; there are {found}"),
            hint_zh: "请核对后重新上传".to_owned(),
            hint_en: "correct it and send it again".to_owned(),
        }
    }
}

/// A line that is being read.
struct Line<'a> {
    columns: &'a Columns,
    line: u64,
    cells: &'a [&'a str],
    faults: &'a mut Vec<Fault>,
}

impl Line<'_> {
    fn row(&mut self) -> Theirs {
        let [settlement, visit, person] = [0, 1, 2].map(|column| self.id(column));
        if settlement.is_empty() && person.is_empty() {
            self.fault(0, Rule::Present);
        }
        let amounts = [3, 4, 5].map(|column| self.amount(column));
        let [total, funds, account] = amounts;
        let refund = match self.cell(6) {
            "" => total < 0,
            "0" => false,
            "1" => true,
            _ => {
                self.fault(6, Rule::Flag);
                false
            }
        };
        let time = self.cell(TIME);
        let day = day(time);
        if day.is_none() && !time.is_empty() {
            self.fault(TIME, Rule::Time);
        }
        Theirs {
            line: self.line,
            settlement,
            visit,
            person,
            amounts: Amounts {
                total,
                funds,
                account,
            },
            refund,
            day,
        }
    }

    /// Empty if it says nothing: in these files the word `null` does.
    fn cell(&self, column: usize) -> &str {
        let place = self.columns.places[column];
        let cell = place.and_then(|place| self.cells.get(place));
        let cell = cell.copied().unwrap_or_default();
        if cell.eq_ignore_ascii_case("null") {
            return "";
        }
        cell
    }

    fn id(&mut self, column: usize) -> String {
        let id = self.cell(column).to_owned();
        if id.chars().count() > 30 {
            self.fault(column, Rule::Length(30));
        }
        id
    }

    fn amount(&mut self, column: usize) -> i64 {
        let read = match self.cell(column) {
            "" => Err(Rule::Present),
            text => amount(text),
        };
        read.unwrap_or_else(|rule| {
            self.fault(column, rule);
            0
        })
    }

    fn fault(&mut self, column: usize, rule: Rule) {
        let place = self.columns.places[column];
        let number = place.map_or(0, |place| place + 1);
        let path = format!("line[{}].column[{number}].{}", self.line, NAMES[column]);
        let cell = place.and_then(|place| self.cells.get(place));
        let found = cell.map(|cell| Node::Text((*cell).into()));
        let fault = Fault::new(path, found.as_ref(), rule, zh_of(NAMES[column]));
        self.faults.push(fault);
    }
}

/// A cell without blanks and quotation marks around it.
fn plain(cell: &str) -> &str {
    let cell = cell.trim();
    let inner = cell
        .strip_prefix('"')
        .and_then(|cell| cell.strip_suffix('"'));
    inner.unwrap_or(cell).trim()
}

fn is_named(column: usize, cell: &str) -> bool {
    if column == TIME {
        return TIMES.iter().any(|name| alike(name, cell));
    }
    let name = NAMES[column];
    let field = IN_3202_COLUMNS.field(name);
    alike(name, cell) || field.is_some_and(|field| field.zh == cell)
}
