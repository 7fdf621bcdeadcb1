//! Interest on personal accounts: from products (积数, fen × days) at a yearly rate of the banks, on a year of 360 days.

use jiff::civil::Date;

use crate::cite::Cite;
use crate::fen::Fen;
use crate::ratio::{Ratio, Round};
use crate::words::words;

words! {
    /// A rate of the banks, by which accounts bear interest.
    pub enum RateWord {
        Demand: "demand", "活期存款利率", "demand deposit rate";
        ThreeMonthTime: "three_month_time", "三个月整存整取利率", "three-month time deposit rate";
        OneYearTime: "one_year_time", "一年期整存整取利率", "one-year time deposit rate";
        ThreeYearInstalment: "three_year_instalment", "三年期零存整取利率", "three-year instalment deposit rate";
    }
}

/// Days of the year for which banks count interest by days.
const YEAR: u128 = 360;

/// A yearly rate from its first day until the next one's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rate {
    /// Which.
    pub word: RateWord,
    /// First day.
    pub from: Date,
    /// Of a year.
    pub rate: Ratio,
    /// Source.
    pub cite: Cite,
}

/// The rates of the banks over time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rates {
    /// In any order; of one rate no two begin on the same day.
    pub rates: Vec<Rate>,
}

impl Rates {
    /// The rate in force on a day; nothing before the first that is known.
    #[must_use]
    pub fn on(&self, word: RateWord, day: Date) -> Option<&Rate> {
        let known = self
            .rates
            .iter()
            .filter(|rate| rate.word == word && rate.from <= day);
        known.max_by_key(|rate| rate.from)
    }
}

/// The product of a balance that stood for so many days, in fen × days. It is no amount of money.
#[must_use]
pub fn products(balance: Fen, days: u32) -> u128 {
    u128::from(balance.fen()) * u128::from(days)
}

/// The interest on products at a yearly rate; nothing if it is beyond every amount.
///
/// ```
/// use domain::interest::{interest, products};
/// use domain::{Fen, Ratio, Round};
/// let quarter = products(Fen::from_yuan(10_000), 90);
/// let demand = Ratio::new(35, 10_000).unwrap_or(Ratio::ZERO);
/// assert_eq!(interest(quarter, demand, Round::HalfUp), Some(Fen::new(875)));
/// ```
#[must_use]
pub fn interest(products: u128, rate: Ratio, round: Round) -> Option<Fen> {
    let whole = products.checked_mul(u128::from(rate.num()))?;
    let fen = round.wide_quotient(whole, u128::from(rate.den()) * YEAR)?;
    Some(Fen::new(fen))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cite::Standing;
    use jiff::civil::date;

    /// Of a percent.
    fn hundredths(hundredths: u64) -> Ratio {
        Ratio::new(hundredths, 10_000).expect("it is a ratio")
    }

    #[test]
    fn interest_by_hand() {
        let up = Round::HalfUp;
        for (yuan, days, rate, round, fen, worked) in [
            (1_000, 360, 35, up, 350, "1000 × 0.35 %"),
            (1_000, 90, 35, up, 88, "1000 × 90 ÷ 360 × 0.35 % = 0.875"),
            (1_000, 90, 35, Round::Down, 87, "the half fen cut"),
            (
                1_000,
                90,
                35,
                Round::HalfEven,
                88,
                "87.5 lies between 87 and 88: the even one",
            ),
            (
                996,
                365,
                110,
                up,
                1_111,
                "996 × 365 ÷ 360 × 1.10 % = 11.10816…",
            ),
            (
                2_000,
                365,
                110,
                up,
                2_231,
                "2000 × 365 ÷ 360 × 1.10 % = 22.3055…",
            ),
            (
                10_000,
                92,
                150,
                up,
                3_833,
                "10000 × 92 ÷ 360 × 1.50 % = 38.333…",
            ),
            (10_000, 92, 150, Round::Up, 3_834, "any part of a fen"),
            (0, 365, 110, Round::Up, 0, "nothing bears nothing"),
            (1_000, 0, 110, Round::Up, 0, "no day, no interest"),
            (1_000, 365, 0, Round::Up, 0, "at no rate"),
        ] {
            let products = products(Fen::from_yuan(yuan), days);
            let found = interest(products, hundredths(rate), round);
            assert_eq!(
                found,
                Some(Fen::new(fen)),
                "{yuan} yuan, {days} days: {worked}"
            );
        }
    }

    #[test]
    fn products_of_several_balances_are_rounded_once() {
        // 830 yuan for 31 days, 1,660 for 28, 2,490 for 31: 83,000×31 + 166,000×28 + 249,000×31 = 14,940,000 fen days.
        let balances = [(830, 31), (1_660, 28), (2_490, 31)];
        let sum: u128 = balances
            .iter()
            .map(|(yuan, days)| products(Fen::from_yuan(*yuan), *days))
            .sum();
        assert_eq!(sum, 14_940_000);
        // × 0.35 % ÷ 360 = 145.25 fen
        assert_eq!(
            interest(sum, hundredths(35), Round::HalfUp),
            Some(Fen::new(145))
        );
    }

    #[test]
    fn what_is_beyond_every_amount_is_nothing() {
        assert_eq!(interest(u128::MAX, hundredths(35), Round::Up), None);
        assert_eq!(interest(u128::MAX / 100_000, Ratio::ONE, Round::Up), None);
        let most = products(Fen::LARGEST, 36_600);
        assert!(interest(most, Ratio::ONE, Round::Up).is_some());
    }

    #[test]
    fn a_rate_holds_until_the_next() {
        let rate = |word, from, hundredth| Rate {
            word,
            from,
            rate: hundredths(hundredth),
            cite: Cite {
                document: 0,
                place: String::new(),
                standing: Standing::Unconfirmed,
            },
        };
        let rates = Rates {
            rates: vec![
                rate(RateWord::Demand, date(2012, 7, 6), 35),
                rate(RateWord::Demand, date(2012, 6, 8), 40),
                rate(RateWord::OneYearTime, date(2015, 10, 24), 150),
            ],
        };
        let on = |word, day| rates.on(word, day).map(|rate| rate.rate);
        assert_eq!(on(RateWord::Demand, date(2012, 6, 7)), None);
        assert_eq!(on(RateWord::Demand, date(2012, 7, 5)), Some(hundredths(40)));
        assert_eq!(on(RateWord::Demand, date(2024, 1, 1)), Some(hundredths(35)));
        assert_eq!(on(RateWord::ThreeMonthTime, date(2024, 1, 1)), None);
    }
}
