//! `Typed`: everything that stands in the one form of the till; it travels with each of its buttons, so that nothing typed is lost.

use agency::domain::bill::{Quantity, UnitPrice};
use agency::office::Office;
use serde::Deserialize;

use super::super::plain::is_hidden;
use super::draft::{Accounts, Draft, Line, MOST_LINES, Says};
use super::{AtTill, figures};
use crate::clock;

/// What a cashier calls a thing has at most so many characters.
pub(super) const LONGEST_NAME: usize = 60;
/// What the fields of a thing of no catalogue begin with.
pub(super) const OWN: &str = "own";

/// Names of fields and what stands in them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(transparent)]
pub(super) struct Typed(Vec<(String, String)>);

/// The name of a field of a line of the bill.
pub(super) fn of_line(number: u32, what: &str) -> String {
    format!("line.{number}.{what}")
}

/// The name of a field of an item of the catalogue.
pub(super) fn of_item(code: &str, what: &str) -> String {
    format!("item.{code}.{what}")
}

impl Typed {
    /// None where there is no such field.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let mut fields = self.0.iter();
        let found = fields.find(|(known, _)| known == name);
        found.map(|(_, text)| text.as_str())
    }

    /// What stands in a field; nothing where there is none.
    pub(super) fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default()
    }

    /// Of which state of which bill it is.
    pub(super) fn bill(&self) -> &str {
        self.text("bill")
    }

    /// Takes all that was typed into a bill, except of a line that is taken out; whether the bill is another then. Or everything that is
    /// wrong, and nothing is taken.
    pub(super) fn take(
        &self,
        at: &AtTill,
        office: &Office,
        draft: &mut Draft,
        out: Option<u32>,
    ) -> Result<bool, Vec<String>> {
        let mut faults = Vec::new();
        let mut says = draft.says.clone();
        for line in &mut says.lines {
            if Some(line.number) != out {
                self.edit(at, line, &mut faults);
            }
        }
        // Whoever takes it has seen to it that it is offered.
        if let Some(kind) = self.get("kind").filter(|kind| !kind.is_empty()) {
            kind.clone_into(&mut says.kind);
        }
        says.accounts = self.accounts(at, &says, &mut faults);
        let added = self.added(at, office, &mut faults);
        if says.lines.len() + added.len() > MOST_LINES {
            faults.push(too_many(at));
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let changed = says != draft.says || !added.is_empty();
        if says != draft.says {
            draft.change(|kept| *kept = says);
        }
        for line in added {
            draft.add(line);
        }
        Ok(changed)
    }

    /// A line as it was typed.
    fn edit(&self, at: &AtTill, line: &mut Line, faults: &mut Vec<String>) {
        let number = line.number;
        let [quantity, price] = ["quantity", "price"].map(|what| self.get(&of_line(number, what)));
        if quantity.is_none() && price.is_none() {
            return;
        }
        let kept = (
            Quantity(line.quantity).to_string(),
            UnitPrice(line.price).to_string(),
        );
        let (quantity, price) = (quantity.unwrap_or(&kept.0), price.unwrap_or(&kept.1));
        match figures::line(at.reader(), quantity, price) {
            Ok(read) => (line.quantity, line.price) = read,
            Err(more) => faults.extend(more),
        }
    }

    fn accounts(&self, at: &AtTill, says: &Says, faults: &mut Vec<String>) -> Accounts {
        let Some(written) = self.get("accounts") else {
            return says.accounts;
        };
        Accounts::of(written).unwrap_or_else(|| {
            let why = at.t(
                "没有这种账户支付方式",
                "There is no such choice of accounts",
            );
            faults.push(why.to_owned());
            says.accounts
        })
    }

    /// The lines that are new: of each item with a price, and of the one whose button was pressed.
    fn added(&self, at: &AtTill, office: &Office, faults: &mut Vec<String>) -> Vec<Line> {
        let pressed = self.get("add");
        let priced = self.0.iter().filter(|(_, text)| !text.trim().is_empty());
        let items =
            priced.filter_map(|(name, _)| name.strip_prefix("item.")?.strip_suffix(".price"));
        let mut codes: Vec<&str> = items.collect();
        codes.extend(pressed.filter(|code| *code != OWN));
        codes.sort_unstable();
        codes.dedup();
        let mut lines = Vec::new();
        for code in codes {
            lines.push(self.item(at, office, code));
        }
        let own = ["own", "own.price"].map(|name| !self.text(name).trim().is_empty());
        if pressed == Some(OWN) || own.contains(&true) {
            lines.push(self.own(at, office));
        }
        let read = lines.into_iter().filter_map(|line| match line {
            Ok(line) => Some(line),
            Err(more) => {
                faults.extend(more);
                None
            }
        });
        read.collect()
    }

    fn item(&self, at: &AtTill, office: &Office, code: &str) -> Result<Line, Vec<String>> {
        let known = office.catalogue.on(code, clock::now().date()).is_some();
        let fault = (!known).then(|| {
            at.t(
                "目录中今天没有这个项目（可能已停用），请重新查找",
                "The catalogue does not have the item today; it may have ended. Please look for it again",
            )
        });
        let [quantity, price, approved] =
            ["quantity", "price", "approved"].map(|what| self.text(&of_item(code, what)));
        line(at, code, fault, (quantity, price), !approved.is_empty())
    }

    /// What the catalogue does not have.
    fn own(&self, at: &AtTill, office: &Office) -> Result<Line, Vec<String>> {
        let own = self.text("own").trim();
        let known = office.catalogue.on(own, clock::now().date()).is_some();
        let fault = match known {
            _ if own.is_empty() || own.chars().count() > LONGEST_NAME => Some(at.t(
                "目录外项目：请填写名称，至多60个字",
                "A thing of no catalogue: tell its name, of at most 60 characters",
            )),
            _ if own.chars().any(is_hidden) => Some(at.t(
                "目录外项目：名称中有看不见的控制字符，请重新输入",
                "A thing of no catalogue: its name has characters that nobody sees; please type it anew",
            )),
            true => Some(at.t(
                "目录中有这个编码，请用查找添加",
                "The catalogue has this code; look for it there",
            )),
            false => None,
        };
        let figures = (self.text("own.quantity"), self.text("own.price"));
        line(at, own, fault, figures, false)
    }
}

/// A new line, or everything that is wrong with it.
fn line(
    at: &AtTill,
    item: &str,
    fault: Option<&str>,
    (quantity, price): (&str, &str),
    approved: bool,
) -> Result<Line, Vec<String>> {
    let figures = figures::line(at.reader(), quantity, price);
    match (fault, figures) {
        (None, Ok((quantity, price))) => Ok(Line {
            number: 0,
            item: item.to_owned(),
            quantity,
            price,
            approved,
        }),
        (fault, figures) => {
            let mut faults: Vec<String> = fault.into_iter().map(str::to_owned).collect();
            faults.extend(figures.err().into_iter().flatten());
            Err(faults)
        }
    }
}

fn too_many(at: &AtTill) -> String {
    match at.reader().lang {
        agency::domain::words::Lang::Zh => format!("一张账单最多{MOST_LINES}行"),
        agency::domain::words::Lang::En => format!("a bill has at most {MOST_LINES} lines"),
    }
}
