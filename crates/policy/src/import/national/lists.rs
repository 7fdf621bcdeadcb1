//! The rows of the national files as they are: listed items, insured items, price limits, first shares.

use std::io::Read;

use domain::Ratio;
use domain::bill::{Category, ItemClass, Scheme, UnitPrice};
use domain::day::Span;
use domain::region::Region;
use jiff::civil::Date;

use super::layout::{FIRST_SHARES, INSURED_ITEMS, Layout, PRICE_LIMITS};
use crate::figure;
use crate::import::cells::{Cells, Column};
use crate::import::sheet::{Form, Sheet};
use crate::import::spelling;

/// A row of a list of what exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedItem {
    /// The code.
    pub code: String,
    /// The name.
    pub name: String,
    /// The payment restriction in words.
    pub restriction: Option<String>,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
    /// It is marked as valid.
    pub valid: bool,
}

/// A row of the list of insured items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InsuredItem {
    /// The code.
    pub code: String,
    /// The name.
    pub name: String,
    /// The area for which it is said.
    pub area: Region,
    /// When it holds.
    pub days: Span,
    /// The category.
    pub category: Category,
    /// The class.
    pub class: ItemClass,
    /// Its use is restricted; the words stand in the list of what exists.
    pub restricted: bool,
    /// It is one of medical insurance, not of another one.
    pub medical: bool,
    /// It is marked as valid.
    pub valid: bool,
}

/// A row of the list of price limits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceLimit {
    /// The code of the item.
    pub code: String,
    /// The type of limit; its codes are local.
    pub limit_type: String,
    /// The area for which it is said.
    pub area: Region,
    /// When it holds.
    pub days: Span,
    /// The limit of a unit; none where the list has its mark for "no limit".
    pub limit: Option<UnitPrice>,
    /// It is marked as valid.
    pub valid: bool,
}

/// Whose first share it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShareOf {
    /// Of the insured of one scheme.
    Scheme(Scheme),
    /// Of retired cadres, who have a fund of their own.
    Cadres,
    /// Of all others.
    Others,
}

/// A row of the list of first shares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstShare {
    /// The code of the item.
    pub code: String,
    /// Whose.
    pub of: ShareOf,
    /// It is a first share of every price; else a ratio of another kind.
    pub plain: bool,
    /// The area for which it is said.
    pub area: Region,
    /// When it holds.
    pub days: Span,
    /// The share.
    pub share: Ratio,
    /// It is marked as valid.
    pub valid: bool,
}

/// The rows of a list of what exists, in one of the layouts [`super::layout::DRUGS`] to [`super::layout::MATERIALS`].
pub fn listed_items<R: Read>(
    layout: &'static Layout,
    file: &str,
    input: R,
) -> Sheet<ListedItem, R> {
    const FORM: Form<ListedItem> = Form {
        columns: &[
            Column::needed("code", &[]),
            Column::needed("name", &[]),
            Column::optional("restriction", &[]),
            Column::optional("from", &[]),
            Column::optional("until", &[]),
            Column::optional("valid", &[]),
        ],
        read: listed_item,
        once: None,
    };
    Sheet::without_header(file, input, &FORM, layout.width, layout.columns)
}

fn listed_item(cells: &mut Cells<'_>) -> Option<ListedItem> {
    let code = cells.need("code", spelling::code);
    let name = cells.need("name", spelling::text);
    let restriction = cells.optional("restriction", spelling::text);
    let from = cells.optional("from", day);
    let until = cells.optional("until", day);
    let valid = cells.optional("valid", flag);
    Some(ListedItem {
        code: code?,
        name: name?,
        restriction: restriction?,
        from: from?,
        until: until?,
        valid: valid?.unwrap_or(true),
    })
}

/// The rows of the list of insured items (1312).
pub fn insured_items<R: Read>(file: &str, input: R) -> Sheet<InsuredItem, R> {
    const FORM: Form<InsuredItem> = Form {
        columns: &[
            Column::needed("code", &[]),
            Column::needed("name", &[]),
            Column::needed("area", &[]),
            Column::needed("from", &[]),
            Column::optional("until", &[]),
            Column::optional("charge", &[]),
            Column::needed("class", &[]),
            Column::needed("restricted", &[]),
            Column::needed("list", &[]),
            Column::optional("medical", &[]),
            Column::optional("valid", &[]),
        ],
        read: insured_item,
        once: None,
    };
    Sheet::without_header(
        file,
        input,
        &FORM,
        INSURED_ITEMS.width,
        INSURED_ITEMS.columns,
    )
}

fn insured_item(cells: &mut Cells<'_>) -> Option<InsuredItem> {
    let code = cells.need("code", spelling::code);
    let name = cells.need("name", spelling::text);
    let area = cells.need("area", spelling::region);
    let days = days(cells);
    let charge = cells.optional("charge", spelling::code);
    let class = cells.need("class", class);
    let restricted = cells.need("restricted", flag);
    let list = cells.need("list", list_type);
    let medical = cells.optional("medical", flag);
    let valid = cells.optional("valid", flag);
    // A bed is a service whose charge is the one for beds.
    let bed = charge?.is_some_and(|charge| charge == BED) && list == Some(Category::Service);
    Some(InsuredItem {
        code: code?,
        name: name?,
        area: area?,
        days: days?,
        category: if bed { Category::Bed } else { list? },
        class: class?,
        restricted: restricted?,
        medical: medical?.unwrap_or(true),
        valid: valid?.unwrap_or(true),
    })
}

/// The rows of the list of price limits (1318).
pub fn price_limits<R: Read>(file: &str, input: R) -> Sheet<PriceLimit, R> {
    const FORM: Form<PriceLimit> = Form {
        columns: &[
            Column::needed("code", &[]),
            Column::needed("type", &[]),
            Column::needed("area", &[]),
            Column::needed("from", &[]),
            Column::optional("until", &[]),
            Column::needed("limit", &[]),
            Column::optional("valid", &[]),
        ],
        read: price_limit,
        once: None,
    };
    Sheet::without_header(file, input, &FORM, PRICE_LIMITS.width, PRICE_LIMITS.columns)
}

fn price_limit(cells: &mut Cells<'_>) -> Option<PriceLimit> {
    let code = cells.need("code", spelling::code);
    let limit_type = cells.need("type", spelling::code);
    let area = cells.need("area", spelling::region);
    let days = days(cells);
    let limit = cells.need("limit", figure::unit_price);
    let valid = cells.optional("valid", flag);
    Some(PriceLimit {
        code: code?,
        limit_type: limit_type?,
        area: area?,
        days: days?,
        limit: Some(limit?).filter(|limit| *limit < NO_LIMIT),
        valid: valid?.unwrap_or(true),
    })
}

/// The rows of the list of first shares (1319).
pub fn first_shares<R: Read>(file: &str, input: R) -> Sheet<FirstShare, R> {
    const FORM: Form<FirstShare> = Form {
        columns: &[
            Column::needed("code", &[]),
            Column::needed("of", &[]),
            Column::needed("type", &[]),
            Column::needed("area", &[]),
            Column::needed("from", &[]),
            Column::optional("until", &[]),
            Column::needed("share", &[]),
            Column::optional("valid", &[]),
        ],
        read: first_share,
        once: None,
    };
    Sheet::without_header(file, input, &FORM, FIRST_SHARES.width, FIRST_SHARES.columns)
}

fn first_share(cells: &mut Cells<'_>) -> Option<FirstShare> {
    let code = cells.need("code", spelling::code);
    let of = cells.need("of", share_of);
    let plain = cells.need("type", share_type);
    let area = cells.need("area", spelling::region);
    let days = days(cells);
    let share = cells.need("share", share);
    let valid = cells.optional("valid", flag);
    Some(FirstShare {
        code: code?,
        of: of?,
        plain: plain?,
        area: area?,
        days: days?,
        share: share?,
        valid: valid?.unwrap_or(true),
    })
}

/// The charge for beds among the kinds of charges.
const BED: &str = "01";
/// What stands for "no limit" in the answers of the platforms: 99999999 yuan.
const NO_LIMIT: UnitPrice = UnitPrice(99_999_999_000_000);

/// A day; the platforms write a time after it at times.
fn day(cell: &str) -> Result<Date, String> {
    let (day, time) = cell.split_once(' ').unwrap_or((cell, ""));
    let is_time = |b: u8| b.is_ascii_digit() || b == b':' || b == b'.';
    if time.bytes().all(is_time) {
        spelling::day(day)
    } else {
        spelling::day(cell)
    }
}

fn days(cells: &mut Cells<'_>) -> Option<Span> {
    let (from, until) = (cells.need("from", day), cells.optional("until", day));
    // The last day that can be written stands for "open".
    let (from, until) = (from?, until?.filter(|until| *until != Date::MAX));
    if until.is_some_and(|until| until < from) {
        cells.fault("until", spelling::ends_before(from));
        return None;
    }
    Some(Span { from, until })
}

fn flag(cell: &str) -> Result<bool, String> {
    match cell {
        "1" => Ok(true),
        "0" => Ok(false),
        _ => Err("it is 1 (是) or 0 (否)".into()),
    }
}

fn class(cell: &str) -> Result<ItemClass, String> {
    match cell {
        "01" | "1" => Ok(ItemClass::A),
        "02" | "2" => Ok(ItemClass::B),
        "03" | "3" => Ok(ItemClass::C),
        _ => Err("a class is 01 (甲类), 02 (乙类) or 03 (丙类)".into()),
    }
}

fn list_type(cell: &str) -> Result<Category, String> {
    match cell {
        "101" | "102" | "103" | "104" | "106" => Ok(Category::Drug),
        "105" => Ok(Category::Other),
        "201" => Ok(Category::Service),
        "301" => Ok(Category::Material),
        _ => Err("a list is 101 to 106 (药品), 201 (医疗服务项目) or 301 (医用耗材)".into()),
    }
}

fn share_of(cell: &str) -> Result<ShareOf, String> {
    match cell {
        "310" => Ok(ShareOf::Scheme(Scheme::Employee)),
        "390" => Ok(ShareOf::Scheme(Scheme::Resident)),
        "330" => Ok(ShareOf::Cadres),
        "99" => Ok(ShareOf::Others),
        _ => Err("it is 310 (城镇职工), 330 (离休人员), 390 (城乡居民) or 99 (其他)".into()),
    }
}

fn share_type(cell: &str) -> Result<bool, String> {
    match cell {
        "10" => Ok(true),
        "20" | "30" => Ok(false),
        _ => Err("it is 10 (先自付比例), 20 (直接报销比例) or 30 (按单价范围)".into()),
    }
}

fn share(cell: &str) -> Result<Ratio, String> {
    let UnitPrice(millionths) = figure::unit_price(cell)?;
    let share = Ratio::new(millionths, u64::from(Ratio::FINEST));
    share.ok_or_else(|| "a ratio lies between 0 and 1".into())
}
