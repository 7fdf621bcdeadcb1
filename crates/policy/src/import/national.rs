//! The files of the national catalogue (医保目录下载): tabs, no header, columns by their number, `null` for nothing.
//!
//! The lists of drugs, services and materials (1301 to 1306) name what exists. What a region pays for is told by three
//! more: the insured items with class and restriction (1312), the price limits (1318) and the first shares (1319).
//! A [`Combination`] makes one [`domain::catalogue::Catalogue`] of them for one region and scheme. The numbers are those
//! of the national interface (医保两定接口), whose tables give the columns; [`layout`] can be laid beside them.

mod combination;
pub mod layout;
mod lists;
mod packed;

pub use combination::{Choice, Clash, Combination, Combined, LeftOut, ListName};
pub use lists::{
    FirstShare, InsuredItem, ListedItem, PriceLimit, ShareOf, first_shares, insured_items,
    listed_items, price_limits,
};
pub use packed::with_text;
