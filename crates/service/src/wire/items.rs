//! `Listed`: one version of a catalogue item, with what the interface's lists say of it beside its own words.

use std::borrow::Cow;
use std::fmt::Write as _;

use agency::domain::bill::Category;
use agency::domain::catalogue::CatalogueItem;
use jiff::civil::Date;
use sha2::{Digest as _, Sha256};

use super::kinds;

/// A version of an item as it stands on a day.
#[derive(Clone, Copy)]
pub(super) struct Listed<'a> {
    pub(super) item: &'a CatalogueItem,
    /// The last day on which something of it changed: it began, or had just ended. Of one to come, the day it begins.
    pub(super) changed: Date,
}

impl<'a> Listed<'a> {
    pub(super) fn on(day: Date, item: &'a CatalogueItem) -> Listed<'a> {
        let after = |until: Date| until.tomorrow().ok();
        let ended = item.until.filter(|until| *until < day).and_then(after);
        Listed {
            item,
            changed: ended.unwrap_or(item.from),
        }
    }

    /// The download that has it.
    pub(super) fn file(self) -> &'static str {
        match self.item.category {
            Category::Drug if self.is_herb() => "1302",
            Category::Drug => "1301",
            Category::Material => "1306",
            Category::Service | Category::Bed | Category::Blood | Category::Other => "1305",
        }
    }

    pub(super) fn list(self) -> &'static str {
        match self.item.category {
            Category::Drug if self.is_herb() => "102",
            Category::Other => "105",
            category => kinds::list(category),
        }
    }

    pub(super) fn charge(self) -> &'static str {
        match self.item.category {
            Category::Drug if self.is_herb() => "10",
            Category::Drug if self.item.code.starts_with('Z') => "11",
            category => kinds::charge(category),
        }
    }

    /// Codes of the country tell herbs by their first letter.
    fn is_herb(self) -> bool {
        self.item.code.starts_with('T')
    }

    pub(super) fn restricted(self) -> &'static str {
        match self.item.restriction {
            Some(_) => "1",
            None => "0",
        }
    }

    pub(super) fn record(self) -> String {
        record(&[&self.item.code, &self.item.from.to_string()])
    }

    /// What a query's field of the same name is compared with; none where nothing is known.
    pub(super) fn says(self, name: &str) -> Option<Cow<'static, str>> {
        let told = match name {
            "med_chrgitm_type" => self.charge(),
            "chrgitm_lv" => kinds::item_class(self.item.class),
            "lmt_used_flag" => self.restricted(),
            "list_type" => self.list(),
            "rid" => return Some(self.record().into()),
            "med_use_flag" | "hilist_use_type" | "lmt_cpnd_type" | "vali_flag" => "1",
            "matn_used_flag" => "0",
            "hilist_lmtpric_type" => LIMIT_OF_ALL,
            "overlmt_dspo_way" => LIMIT_BORNE,
            "selfpay_prop_psn_type" => SHARE_OF_ALL,
            "selfpay_prop_type" => PLAIN_SHARE,
            _ => return None,
        };
        Some(told.into())
    }
}

/// One limit for hospitals of every level; the table has codes for single levels only.
pub(super) const LIMIT_OF_ALL: &str = "0";
/// What is over the limit is borne by the person.
pub(super) const LIMIT_BORNE: &str = "1";
/// One share for all insured.
pub(super) const SHARE_OF_ALL: &str = "99";
/// A first share, whatever the price.
pub(super) const PLAIN_SHARE: &str = "10";

/// A record's number: the same record always has the same.
pub(super) fn record(of: &[&str]) -> String {
    let digest = Sha256::digest(of.join("|"));
    digest[..20].iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The version of what changed on a day; later versions sort after earlier ones.
pub(super) fn version(day: Date) -> String {
    format!("F001_{}000000", compact(day))
}

/// The day of a version, ours or another platform's; none when no day stands in it: then nothing is known by whoever sends it.
pub(super) fn day_of(version: &str) -> Option<Date> {
    let mut parts = version.split(|c: char| !c.is_ascii_digit());
    let digits = parts.find(|digits| digits.len() >= 8)?;
    from_compact(&digits[..8])
}

/// `20250303`.
pub(super) fn compact(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// The day in `20250303`.
pub(super) fn from_compact(text: &str) -> Option<Date> {
    let digits = text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit());
    if !digits {
        return None;
    }
    let (year, month) = (text[..4].parse().ok()?, text[4..6].parse().ok()?);
    Date::new(year, month, text[6..].parse().ok()?).ok()
}
