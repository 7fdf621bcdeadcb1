//! `Late`: which employers owe the month's premiums, and which make earlier months good in it.

use std::collections::{HashMap, HashSet};

use domain::month::Month;
use jiff::civil::Date;

use super::Run;

/// Months within which the town's employers pay, however late they are.
const LONGEST: i32 = 4;

/// Employers that do not pay a month in time.
pub(super) struct Late {
    owing: HashSet<String>,
    paying: HashMap<String, Vec<(Month, Date)>>,
}

impl Run<'_> {
    pub(super) fn late(&self, month: Month) -> Late {
        let mut late = Late {
            owing: HashSet::new(),
            paying: HashMap::new(),
        };
        let start = Month::of(self.town.start());
        for (number, code) in (0..).zip(&self.employers) {
            for back in (0..=LONGEST).rev() {
                let of = month.plus(-back);
                if of < start {
                    continue;
                }
                let paid = self.town.late_payment(number, of);
                if back == 0 && paid.is_some() {
                    late.owing.insert(code.clone());
                }
                if let Some(paid) = paid.filter(|paid| Month::of(*paid) == month) {
                    late.paying
                        .entry(code.clone())
                        .or_default()
                        .push((of, paid));
                }
            }
        }
        late
    }
}

impl Late {
    /// Does the employer not pay this month in time?
    pub(super) fn owes(&self, employer: &str) -> bool {
        self.owing.contains(employer)
    }

    /// The earlier months that it pays now, and when.
    pub(super) fn made_good(&self, employer: &str) -> &[(Month, Date)] {
        self.paying.get(employer).map_or(&[], Vec::as_slice)
    }
}
