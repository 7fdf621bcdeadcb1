//! A synthetic town: insured persons, employers, providers, visits and events by seed, to feed demonstrations, load and tests.
//!
//! Everything follows from the seed and the number of the person and the month, in streams of draws of their own: the same seed
//! gives the same bytes, a person does not depend on how many others were asked for, and months come in any order.
//!
//! Nobody in it exists: identity numbers and codes have the right form and check digits in districts that do not exist,
//! items carry `SYN` in their codes. Its shares, rates and prices are plausible and no statistics of any place.
//!
//! ```
//! use jiff::civil::date;
//! let region = domain::region::Region::parse("420100").expect("six digits");
//! let town = town::Town::new(1, 1_000, date(2024, 1, 1), region);
//! let march = domain::month::Month::of(date(2024, 3, 1));
//! let visits: usize = (0..town.persons()).map(|i| town.visits_of(i, march).count()).sum();
//! assert!((500..1_500).contains(&visits));
//! ```
//!
//! Deliberately absent: the agency, input and output, and any settlement.

mod catalogue;
mod dice;
mod disease;
mod employer;
mod event;
mod facility;
mod fees;
mod identity;
mod name;
mod town;
mod townsman;
mod visit;

pub use catalogue::Item;
pub use disease::Disease;
pub use employer::Employer;
pub use event::Event;
pub use facility::TownFacility;
pub use town::Town;
pub use townsman::Townsman;
pub use visit::Visit;
