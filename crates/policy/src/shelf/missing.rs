//! `Missing`: why the shelf has no policy for a region, scheme and day.

use domain::bill::{Bill, Days, Scheme};
use domain::region::Region;
use domain::words::Lang;
use jiff::civil::Date;

/// Why there is no policy for a bill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// The region is not on the shelf; known are these.
    Region(Region, Vec<Region>),
    /// The scheme is not on the shelf for the region.
    Scheme(Region, Scheme),
    /// The day lies before the first file's first day.
    Day(Region, Scheme, Date, Date),
    /// The rule had ended on the first of these days; the next begins on the second.
    Ended(Region, Scheme, Date, Date, Option<Date>),
}

impl std::fmt::Display for Missing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.describe(Lang::En))
    }
}

impl std::error::Error for Missing {}

impl Missing {
    /// In words.
    #[must_use]
    pub fn describe(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.chinese(),
            Lang::En => self.english(),
        }
    }

    fn english(&self) -> String {
        match self {
            Missing::Region(region, known) if known.is_empty() => {
                format!("no policy for region {region}; there are no policies at all")
            }
            Missing::Region(region, known) => format!(
                "no policy for region {region}; there are policies for {}",
                codes(known, ", ")
            ),
            Missing::Scheme(region, scheme) => format!(
                "no policy for region {region} and scheme {}; there are policies for {}",
                scheme.code(),
                others(*scheme).join(", ")
            ),
            Missing::Day(region, scheme, day, first) => format!(
                "no policy for {region} {} on {day}; the first one begins on {first}",
                scheme.code()
            ),
            Missing::Ended(region, scheme, day, ends, next) => {
                let scheme = scheme.code();
                let next = next.map_or(String::new(), |next| {
                    format!(" and the next begins on {next}")
                });
                format!(
                    "no policy for {region} {scheme} on {day}; the one before ended on {ends}{next}"
                )
            }
        }
    }

    fn chinese(&self) -> String {
        match self {
            Missing::Region(region, known) if known.is_empty() => {
                format!("没有统筹区 {region} 的政策；政策目录是空的")
            }
            Missing::Region(region, known) => {
                format!("没有统筹区 {region} 的政策；已有 {}", codes(known, "、"))
            }
            Missing::Scheme(region, scheme) => format!(
                "统筹区 {region} 没有 {} 的政策；已有 {}",
                scheme.code(),
                others(*scheme).join("、")
            ),
            Missing::Day(region, scheme, day, first) => format!(
                "{region} {} 在 {day} 没有政策；最早的自 {first} 起",
                scheme.code()
            ),
            Missing::Ended(region, scheme, day, ends, next) => {
                let scheme = scheme.code();
                let next = next.map_or(String::new(), |next| format!("，下一份自 {next} 起"));
                format!("{region} {scheme} 在 {day} 没有政策；上一份到 {ends} 为止{next}")
            }
        }
    }

    /// The field of the bill that is to blame.
    #[must_use]
    pub fn path(&self, bill: &Bill) -> &'static str {
        match (self, bill.days) {
            (Missing::Region(..), _) => "region",
            (Missing::Scheme(..), _) => "scheme",
            (Missing::Day(..) | Missing::Ended(..), Days::Service(_)) => "days.service",
            (Missing::Day(..) | Missing::Ended(..), Days::Stay { .. }) => "days.discharge",
        }
    }
}

fn codes(regions: &[Region], between: &str) -> String {
    let codes: Vec<String> = regions.iter().map(Region::to_string).collect();
    codes.join(between)
}

fn others(scheme: Scheme) -> Vec<&'static str> {
    let others = Scheme::ALL.iter().filter(|other| **other != scheme);
    others.map(|other| other.code()).collect()
}
