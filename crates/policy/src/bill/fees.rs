//! `Fee`: fee lines of a visit that is billed in parts: a file of lines, classed by whoever wrote it or left to the catalogue.

use domain::bill::{Line, Quantity, UnitPrice};
use domain::fen::Fen;
use jiff::civil::Date;

use super::cost;
use crate::error::Errors;
use crate::reader::{Reader, Table};
use crate::source::Source;

/// One fee line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fee {
    /// The file says the class and all that follows from it.
    Classed(Line),
    /// The catalogue says them.
    Charged(Charged),
}

/// What a provider charges for one item, whatever its class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charged {
    /// Code of the catalogue.
    pub item: String,
    /// How many; one if the file does not say.
    pub quantity: Quantity,
    /// Price of one.
    pub unit_price: UnitPrice,
    /// The amount that the bill states.
    pub amount: Option<Fen>,
    /// Use within the restriction was approved.
    pub approved: bool,
    /// The hospital bears it.
    pub hospital: bool,
    /// The day it arose.
    pub day: Option<Date>,
}

/// Keys of a bill that say nothing of its lines: a whole bill may stand for a file of lines.
const OF_A_BILL: &[&str] = &[
    "region",
    "scheme",
    "setting",
    "care_region",
    "off_region",
    "disease",
    "causes",
    "third_party_unpaid",
    "deposit",
    "use_account",
    "days",
    "facility",
    "person",
    "accounts",
    "year",
    "year_before",
    "stay",
];

/// Reads the fee lines of a file; at least one.
///
/// # Errors
/// Everything that is wrong with them, each with its place, the value found and the rule.
pub fn read(source: &Source) -> Result<Vec<Fee>, Errors> {
    let tree = source.tree()?;
    let mut reader = Reader::new(source);
    let mut table = Table::root(&tree);
    for key in OF_A_BILL {
        let _ = table.take(key);
    }
    let fees = match reader.need(&mut table, "line") {
        None => None,
        Some(field) => {
            let fees = reader.each(&field, cost::fee);
            if fees.as_ref().is_some_and(Vec::is_empty) {
                reader.tell_field(&field, "there is at least one line");
            }
            fees
        }
    };
    reader.done(table);
    reader.finish(fees)
}
