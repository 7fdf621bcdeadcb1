//! `Employer`: a company that employs people of the town and pays their premiums, mostly in time.

use domain::credit_code::{CHARACTERS, check_character};
use domain::month::Month;
use jiff::civil::Date;

use crate::dice::{Dice, Purpose};
use crate::identity;
use crate::name;
use crate::town::{Town, index};

/// A company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Employer {
    /// Unified social credit code (统一社会信用代码, GB 32100) of 18 characters with right check characters.
    pub code: String,
    /// Name.
    pub name: String,
}

impl Town {
    /// How many companies there are: one for forty persons, at least one. Staff is shared out with a heavy tail.
    #[must_use]
    pub fn employers(&self) -> u32 {
        u32::try_from(self.persons() / 40)
            .unwrap_or(u32::MAX)
            .max(1)
    }

    /// One company; none beyond [`Town::employers`]. The lower its number, the larger it is.
    #[must_use]
    pub fn employer(&self, number: u32) -> Option<Employer> {
        if number >= self.employers() {
            return None;
        }
        let mut dice = Dice::new(self.seed, Purpose::Employer, number.into(), 0);
        Some(Employer {
            code: credit_code(identity::unissued(self.region, 0, number % 10), number),
            name: name::of_company(&mut dice, number < self.employers() / 100),
        })
    }

    /// The day on which the employer pays the premiums of a month, if it pays them late: after the month's end. The smaller
    /// half of the companies are late more often.
    #[must_use]
    pub fn late_payment(&self, employer: u32, month: Month) -> Option<Date> {
        let mut dice = Dice::new(self.seed, Purpose::Late, employer.into(), index(month));
        let small = employer >= self.employers() / 2;
        if employer >= self.employers() || !dice.myriad(if small { 250 } else { 40 }) {
            return None;
        }
        let mut day = month.last_day();
        for _ in 0..=dice.heavy_tail(90) {
            day = day.tomorrow().ok()?;
        }
        Some(day)
    }
}

/// `91` (a company registered with the market authority), the place, the nine characters of the organisation, one to check.
fn credit_code(place: u32, number: u32) -> String {
    let mut code = *b"91000000MA0000000-";
    let mut digits = |at: std::ops::Range<usize>, mut number: u32, base: usize| {
        for place in code[at].iter_mut().rev() {
            *place = CHARACTERS[number as usize % base];
            number /= base as u32;
        }
    };
    digits(2..8, place, 10);
    digits(10..16, number, 31);
    code[16] = organisation_check(&code);
    code[17] = check_character(&code[..17]);
    code.into_iter().map(char::from).collect()
}

/// The last character of the organisation's code (GB 11714, MOD 11), in which letters count from A = 10 to Z = 35.
fn organisation_check(code: &[u8; 18]) -> u8 {
    const WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];
    let value = |c: &u8| char::from(*c).to_digit(36).unwrap_or(0);
    let sum: u32 = code[8..16]
        .iter()
        .zip(WEIGHTS)
        .map(|(c, weight)| value(c) * weight)
        .sum();
    b"0123456789X"[((11 - sum % 11) % 11) as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_characters_are_those_of_published_codes() {
        // Codes of three large companies, which are public.
        for code in [
            b"914403001922038216",
            b"9144030071526726XG",
            b"91330100799655058B",
        ] {
            assert_eq!(organisation_check(code), code[16]);
            assert_eq!(check_character(&code[..17]), code[17]);
        }
    }

    #[test]
    fn a_code_keeps_to_the_alphabet() {
        for number in 0..2000 {
            let code = credit_code(420_190, number);
            assert_eq!(code.len(), 18);
            assert!(code.bytes().all(|c| CHARACTERS.contains(&c)), "{code}");
        }
    }
}
