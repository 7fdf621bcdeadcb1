//! `Fraction`: an exact number, the figures of a document read as one, and its rounding to a whole number.

use std::cmp::Ordering;
use std::ops::{Add, Div, Mul, Sub};

/// `over / under`, in lowest terms, `under` positive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fraction {
    over: i128,
    under: i128,
}

pub(crate) const ZERO: Fraction = Fraction { over: 0, under: 1 };
pub(crate) const ONE: Fraction = Fraction { over: 1, under: 1 };

impl Fraction {
    pub(crate) fn new(over: i128, under: i128) -> Fraction {
        assert!(under != 0, "a fraction over zero");
        let divisor = common_divisor(over.abs(), under.abs()) * under.signum();
        Fraction {
            over: over / divisor,
            under: under / divisor,
        }
    }

    pub(crate) fn whole(number: i128) -> Fraction {
        Fraction {
            over: number,
            under: 1,
        }
    }

    /// Reads `12`, `-0.125`, `+5`.
    pub(crate) fn decimal(text: &str) -> Fraction {
        let (sign, digits) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text.strip_prefix('+').unwrap_or(text)),
        };
        let (before, after) = digits.split_once('.').unwrap_or((digits, ""));
        let all: i128 = format!("{before}{after}")
            .parse()
            .unwrap_or_else(|_| panic!("not a number: {text:?}"));
        let power = u32::try_from(after.len()).expect("a short number");
        Fraction::new(sign * all, 10_i128.pow(power))
    }

    /// Reads a ratio as a document spells it: `85%`, `-10%`, `1/3`, `0`.
    pub(crate) fn ratio(text: &str) -> Fraction {
        if let Some(percent) = text.strip_suffix('%') {
            Fraction::decimal(percent) / Fraction::whole(100)
        } else if let Some((over, under)) = text.split_once('/') {
            Fraction::decimal(over) / Fraction::decimal(under)
        } else {
            Fraction::decimal(text)
        }
    }

    /// Reads an amount as a document spells it, in fen: `1300元`, `404.2元`, `7万元`.
    pub(crate) fn amount(text: &str) -> Fraction {
        let yuan = text
            .strip_suffix('元')
            .unwrap_or_else(|| panic!("not an amount: {text:?}"));
        let (number, unit) = match yuan.strip_suffix('万') {
            Some(number) => (number, 10_000),
            None => (yuan, 1),
        };
        Fraction::decimal(number) * Fraction::whole(unit * 100)
    }

    /// Must be a whole number.
    pub(crate) fn exactly(self) -> i128 {
        assert!(self.under == 1, "not a whole number: {self:?}");
        self.over
    }

    /// To a whole number, by the name of the way. Nothing negative is ever rounded here.
    pub(crate) fn rounded(self, way: &str) -> i128 {
        assert!(self.over >= 0, "rounding a negative number: {self:?}");
        let down = self.over / self.under;
        let rest = self - Fraction::whole(down);
        let against_half = rest.cmp(&Fraction::new(1, 2));
        let up = match way {
            "down" => false,
            "up" => rest != ZERO,
            "half_up" => against_half != Ordering::Less,
            "half_even" => {
                against_half == Ordering::Greater
                    || (against_half == Ordering::Equal && down % 2 == 1)
            }
            _ => panic!("no such rounding: {way:?}"),
        };
        if up { down + 1 } else { down }
    }

    /// Is it exactly between two whole numbers?
    pub(crate) fn is_half(self) -> bool {
        self.under == 2
    }
}

fn common_divisor(a: i128, b: i128) -> i128 {
    if b == 0 { a } else { common_divisor(b, a % b) }
}

impl Add for Fraction {
    type Output = Fraction;
    fn add(self, other: Fraction) -> Fraction {
        Fraction::new(
            self.over * other.under + other.over * self.under,
            self.under * other.under,
        )
    }
}

impl Sub for Fraction {
    type Output = Fraction;
    fn sub(self, other: Fraction) -> Fraction {
        Fraction::new(
            self.over * other.under - other.over * self.under,
            self.under * other.under,
        )
    }
}

impl Mul for Fraction {
    type Output = Fraction;
    fn mul(self, other: Fraction) -> Fraction {
        Fraction::new(self.over * other.over, self.under * other.under)
    }
}

impl Div for Fraction {
    type Output = Fraction;
    fn div(self, other: Fraction) -> Fraction {
        Fraction::new(self.over * other.under, self.under * other.over)
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Fraction) -> Ordering {
        (self.over * other.under).cmp(&(other.over * self.under))
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Fraction) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
