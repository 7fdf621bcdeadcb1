//! Identity numbers (公民身份号码, GB 11643) that no two persons share, in districts that do not exist.

use domain::region::Region;
use jiff::civil::Date;

use crate::dice::{Dice, Purpose};
use domain::identity_number::check_character;
use domain::membership::Sex;

/// Districts of a city, days of a year, pairs of order numbers: by these the first 1,825,000 persons differ, whatever year
/// they were born in. The next as many have the next city's digits.
const DISTRICTS: u32 = 10;
const DAYS: u32 = 365;
const PAIRS: u32 = 500;

/// So many persons have numbers of their own: 98 further cities.
pub(crate) const LARGEST: u64 = 99 * (DISTRICTS * DAYS * PAIRS) as u64;

/// What an identity number says besides the year of birth and the sex.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slot {
    /// How many cities further.
    city: u32,
    /// 0 to 9.
    district: u32,
    /// Birthday as day of a common year, from 0: nobody is born on 29 February.
    day: u32,
    /// Order numbers 2n and 2n + 1: the even one is a woman's, the odd one a man's.
    pair: u32,
}

impl Slot {
    /// The slot of a person: a bijection from the person's number, so that it is known without looking at the others.
    /// Each of the three parts in turn is moved by an amount that the other two decide, which can be undone.
    pub(crate) fn of(seed: u64, number: u64) -> Slot {
        let slots = u64::from(DISTRICTS * DAYS * PAIRS);
        let small = |n: u64| u32::try_from(n).unwrap_or(0);
        let (city, rest) = (small(number / slots), small(number % slots));
        let (mut day, mut pair, mut district) =
            (rest % DAYS, rest / DAYS % PAIRS, rest / DAYS / PAIRS);
        let shift = |a: u32, b: u32, round: u64, sides: u32| {
            let whom = u64::from(a) << 32 | u64::from(b);
            Dice::new(seed, Purpose::Identity, whom, round).below(sides)
        };
        day = (day + shift(pair, district, 1, DAYS)) % DAYS;
        pair = (pair + shift(day, district, 2, PAIRS)) % PAIRS;
        district = (district + shift(day, pair, 3, DISTRICTS)) % DISTRICTS;
        day = (day + shift(pair, district, 4, DAYS)) % DAYS;
        Slot {
            city,
            district,
            day,
            pair,
        }
    }

    /// Month and day of birth.
    pub(crate) fn birthday(self) -> (i8, i8) {
        const MONTHS: [u32; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        let (mut day, mut month) = (self.day, 1);
        for length in MONTHS {
            if day < length {
                break;
            }
            day -= length;
            month += 1;
        }
        (month, i8::try_from(day + 1).unwrap_or(1))
    }

    /// The whole number: six digits of the place, eight of the birth, three of the order, one to check.
    pub(crate) fn number(self, region: Region, birth: Date, sex: Sex) -> String {
        let order = 2 * self.pair + u32::from(sex == Sex::Male);
        let place = unissued(region, self.city, self.district);
        let (y, m, d) = (birth.year(), birth.month(), birth.day());
        let mut digits = [0; 18];
        write(&mut digits[..6], place);
        write(&mut digits[6..10], y.unsigned_abs().into());
        write(&mut digits[10..12], m.unsigned_abs().into());
        write(&mut digits[12..14], d.unsigned_abs().into());
        write(&mut digits[14..17], order);
        digits[17] = check_character(&digits[..17]);
        digits.into_iter().map(char::from).collect()
    }
}

/// The code of a district of the region's city, or of one `further` on, that nobody lives in: it ends in 90 to 99, and in the
/// editions of GB/T 2260 from 2002 to 2014 the highest ending is 88. So a number of the town is hardly that of a living person.
pub(crate) fn unissued(region: Region, further: u32, district: u32) -> u32 {
    let code = region.digits();
    let (province, city) = (code / 10_000, code / 100 % 100);
    let city = (city.max(1) - 1 + further) % 99 + 1;
    province * 10_000 + city * 100 + 90 + district
}

/// Writes the number in decimal digits, as many as there is room for.
fn write(room: &mut [u8], mut number: u32) {
    for place in room.iter_mut().rev() {
        *place = b'0' + u8::try_from(number % 10).unwrap_or(0);
        number /= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_check_digit_is_that_of_the_standard() {
        // The first two are the examples of GB 11643-1999, appendix.
        for number in [
            b"11010519491231002X",
            b"440524188001010014",
            b"110101190001011009",
        ] {
            assert_eq!(check_character(&number[..17]), number[17]);
        }
    }

    #[test]
    fn slots_differ_until_the_cities_are_used_up() {
        let numbers = (0..4000).chain(1_823_000..1_827_000);
        let slots: std::collections::BTreeSet<(u32, u32, u32, u32)> = numbers
            .map(|number| Slot::of(7, number))
            .map(|slot| (slot.city, slot.district, slot.day, slot.pair))
            .collect();
        assert_eq!(slots.len(), 8000);
    }

    #[test]
    fn the_place_is_a_district_that_does_not_exist() {
        let place = |region: &str, further| {
            unissued(Region::parse(region).expect("six digits"), further, 3)
        };
        assert_eq!(place("420100", 0), 420_193);
        assert_eq!(place("110000", 0), 110_193);
        assert_eq!(place("330109", 1), 330_293);
        assert_eq!(place("420100", 98), 429_993);
        assert_eq!(place("420200", 98), 420_193);
    }

    #[test]
    fn a_number_spells_place_birth_order_and_sex() {
        let slot = Slot {
            city: 0,
            district: 4,
            day: 364,
            pair: 7,
        };
        assert_eq!(slot.birthday(), (12, 31));
        let region = Region::parse("420100").expect("six digits");
        let number = |sex| slot.number(region, date(1980, 12, 31), sex);
        assert_eq!(&number(Sex::Male)[..17], "42019419801231015");
        assert_eq!(&number(Sex::Female)[..17], "42019419801231014");
    }
}
