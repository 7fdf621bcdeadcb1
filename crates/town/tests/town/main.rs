//! The town as those who feed from it see it: bytes by seed, shares, codes, visits, events, and three lives to read.

mod bytes;
mod codes;
mod events;
mod lives;
mod shares;
mod visits;

use domain::month::Month;
use domain::region::Region;
use jiff::civil::date;
use town::Town;

/// A town in Wuhan from the first day of 2024.
fn town(seed: u64, persons: u64) -> Town {
    let region = Region::parse("420100").expect("six digits");
    Town::new(seed, persons, date(2024, 1, 1), region)
}

fn month(year: i16, month: i8) -> Month {
    Month::new(year, month).expect("a month")
}

/// The twelve months of 2024.
fn year() -> impl Iterator<Item = Month> {
    (1..=12).map(|number| month(2024, number))
}
