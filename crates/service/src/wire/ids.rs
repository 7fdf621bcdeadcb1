//! The ids that the agency gives: its numbers, as the interface spells them.

#[cfg(test)]
mod tests;

/// A person: the region's six digits and the number as 19 digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonId {
    /// Six digits.
    pub region: Region,
    /// Below 2^63.
    pub number: u64,
}

/// A visit, or a purchase that has none and goes by the entry of its settlement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VisitId {
    /// Six digits.
    pub region: Region,
    /// Where the person's entries stand.
    pub lane: u8,
    /// The entry that opened the visit, or that settled the purchase.
    pub entry: u64,
    /// Bought without a visit.
    pub purchase: bool,
}

/// A settlement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SettlementId {
    /// Six digits.
    pub region: Region,
    /// Where the person's entries stand.
    pub lane: u8,
    /// The entry that settled.
    pub entry: u64,
}

/// Something registered for a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RegistrationId {
    /// Six digits.
    pub region: Region,
    /// Where the person's entries stand.
    pub lane: u8,
    /// The entry that registered it.
    pub entry: u64,
}

/// Six digits of a region, as text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Region([u8; 6]);

/// Beyond this an entry has no 14 digits.
pub const LAST_ENTRY: u64 = 99_999_999_999_999;
/// Beyond this a lane has no two digits.
pub const LAST_LANE: u8 = 99;

impl Region {
    /// From exactly six digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Region> {
        let digits: [u8; 6] = text.as_bytes().try_into().ok()?;
        digits
            .iter()
            .all(u8::is_ascii_digit)
            .then_some(Region(digits))
    }

    /// The agency's.
    #[must_use]
    pub fn of(region: agency::domain::region::Region) -> Region {
        Region::parse(&region.to_string()).unwrap_or(Region(*b"000000"))
    }

    /// Its six digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Only digits ever get in.
        str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl std::fmt::Debug for Region {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::fmt::Display for Region {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl PersonId {
    /// As `psn_no` has it; none when the number has no 63 bits.
    #[must_use]
    pub fn told(self) -> Option<String> {
        let number = i64::try_from(self.number).ok()?;
        Some(format!("{}{number:019}", self.region))
    }

    /// From a `psn_no` of ours.
    #[must_use]
    pub fn parse(text: &str) -> Option<PersonId> {
        let (region, number) = text.split_at_checked(6)?;
        let number = digits(number, 19)?;
        i64::try_from(number).ok()?;
        Some(PersonId {
            region: Region::parse(region)?,
            number,
        })
    }
}

impl VisitId {
    /// As `mdtrt_id` has it; none when lane or entry are too large to be told.
    #[must_use]
    pub fn told(self) -> Option<String> {
        let letter = if self.purchase { 'P' } else { 'V' };
        told(self.region, self.lane, letter, self.entry)
    }

    /// From a `mdtrt_id` of ours.
    #[must_use]
    pub fn parse(text: &str) -> Option<VisitId> {
        let (region, lane, letter, entry) = parts(text)?;
        let purchase = match letter {
            "V" => false,
            "P" => true,
            _ => return None,
        };
        Some(VisitId {
            region,
            lane,
            entry,
            purchase,
        })
    }
}

impl SettlementId {
    /// As `setl_id` has it; none when lane or entry are too large to be told.
    #[must_use]
    pub fn told(self) -> Option<String> {
        told(self.region, self.lane, 'S', self.entry)
    }

    /// From a `setl_id` of ours.
    #[must_use]
    pub fn parse(text: &str) -> Option<SettlementId> {
        let (region, lane, letter, entry) = parts(text)?;
        (letter == "S").then_some(SettlementId {
            region,
            lane,
            entry,
        })
    }
}

impl RegistrationId {
    /// As `trt_dcla_detl_sn` has it; none when lane or entry are too large to be told.
    #[must_use]
    pub fn told(self) -> Option<String> {
        told(self.region, self.lane, 'R', self.entry)
    }

    /// From a `trt_dcla_detl_sn` of ours.
    #[must_use]
    pub fn parse(text: &str) -> Option<RegistrationId> {
        let (region, lane, letter, entry) = parts(text)?;
        (letter == "R").then_some(RegistrationId {
            region,
            lane,
            entry,
        })
    }
}

fn told(region: Region, lane: u8, letter: char, entry: u64) -> Option<String> {
    let small = lane <= LAST_LANE && entry <= LAST_ENTRY;
    small.then(|| format!("{region}{lane:02}{letter}{entry:014}"))
}

fn parts(text: &str) -> Option<(Region, u8, &str, u64)> {
    let (region, rest) = text.split_at_checked(6)?;
    let (lane, rest) = rest.split_at_checked(2)?;
    let (letter, entry) = rest.split_at_checked(1)?;
    let lane = u8::try_from(digits(lane, 2)?).ok()?;
    Some((Region::parse(region)?, lane, letter, digits(entry, 14)?))
}

/// The number of exactly so many digits.
fn digits(text: &str, count: usize) -> Option<u64> {
    let whole = text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    whole.then(|| text.parse().ok()).flatten()
}
