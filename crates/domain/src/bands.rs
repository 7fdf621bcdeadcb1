//! The arithmetic of bands: what a fund pays on an interval of cost, and at which cost its room is used up.

use crate::fen::Fen;
use crate::plan::BandPlan;
use crate::ratio::{Divide, Round};
use crate::step::RuleId;

/// How a scale of bands rounds.
#[derive(Clone, Copy, Debug)]
pub struct Rounding {
    /// Division by the common denominator, with the payer's rounding.
    pub divide: Divide,
    /// Band by band, or once over all.
    pub each: bool,
    /// Rounding of the cost at which a cap is reached.
    pub boundary: Round,
}

/// An interval of cost on the coordinate of the bands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// Where it begins.
    pub from: Fen,
    /// Where it ends; not before it begins.
    pub to: Fen,
}

/// What a fund pays on an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paid {
    /// Its payment, at most its room.
    pub paid: Fen,
    /// The cost for which it pays; less than the interval when its room is used up before the end.
    pub consumed: Fen,
}

/// What bands pay on `interval`, at most `room`.
///
/// The sum over the bands is exact; it is rounded once, or band by band. If it exceeds the room (the exact sum, or that of the rounded bands and the exact last one), the cost at which the room is
/// used up is looked for inside the band where that happens.
#[inline(always)]
#[must_use]
pub fn pay(bands: &[BandPlan], rounding: Rounding, interval: Interval, room: Fen) -> Paid {
    if rounding.each {
        return pay_each(bands, rounding, interval, room);
    }
    let (mut at, to) = (interval.from.fen(), interval.to.fen());
    let mut exact = 0;
    for band in bands {
        let end = band.upto.fen().min(to);
        if end > at {
            exact += (end - at) * band.num;
            at = end;
            if at == to {
                break;
            }
        }
    }
    within(bands, rounding, interval, room, (0, exact))
}

/// The same with bands rounded one by one.
#[inline(never)]
fn pay_each(bands: &[BandPlan], rounding: Rounding, interval: Interval, room: Fen) -> Paid {
    let (mut at, to) = (interval.from.fen(), interval.to.fen());
    let (mut before, mut last) = (0, 0);
    for band in bands {
        let end = band.upto.fen().min(to);
        if end > at {
            before += rounding.divide.round(last);
            last = (end - at) * band.num;
            at = end;
        }
    }
    within(bands, rounding, interval, room, (before, last))
}

/// The payment of whole fen and an exact rest, at most the room.
///
/// The exact rest decides whether the room is exceeded: were it the rounded one, a fen more of cost could lower what later funds pay.
#[inline(always)]
fn within(
    bands: &[BandPlan],
    rounding: Rounding,
    interval: Interval,
    room: Fen,
    (before, exact): (u64, u64),
) -> Paid {
    let paid = before + rounding.divide.round(exact);
    if paid < room.fen() || fits(rounding, room, before, exact) {
        return Paid {
            paid: Fen::new(paid),
            consumed: interval.to.beyond(interval.from),
        };
    }
    Paid {
        paid: room,
        consumed: boundary(bands, rounding, interval, room),
    }
}

/// Does a payment that reaches or passes the room when rounded stay within it exactly?
#[inline(never)]
fn fits(rounding: Rounding, room: Fen, before: u64, exact: u64) -> bool {
    let left = room.fen().checked_sub(before);
    left.is_some_and(|left| exact <= left.saturating_mul(rounding.divide.den()))
}

/// The cost within the interval at which the payment reaches `room`; the whole interval's payment exceeds it.
#[inline(never)]
fn boundary(bands: &[BandPlan], rounding: Rounding, interval: Interval, room: Fen) -> Fen {
    let den = rounding.divide.den();
    let room = room.fen() * den;
    let (mut at, to) = (interval.from.fen(), interval.to.fen());
    let mut sum = 0;
    for band in bands {
        let end = band.upto.fen().min(to);
        if end <= at {
            continue;
        }
        let part = (end - at) * band.num;
        let next = sum
            + if rounding.each {
                rounding.divide.round(part) * den
            } else {
                part
            };
        if next >= room {
            let cost = rounding.boundary.quotient(room - sum, band.num.max(1));
            let end = end - interval.from.fen();
            let cost = cost + (at - interval.from.fen());
            return Fen::new(cost.min(end));
        }
        sum = next;
        at = end;
    }
    interval.to.beyond(interval.from)
}

/// One band's part of a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BandPart {
    /// The band's rule.
    pub rule: RuleId,
    /// Cost that lay in the band.
    pub cost: Fen,
    /// What the fund paid of it. The parts sum to the payment: where the payer rounds once, each part is the difference of
    /// rounded running sums.
    pub paid: Fen,
}

/// The payment band by band, for those who want to see it.
pub fn parts(
    bands: &[BandPlan],
    rounding: Rounding,
    from: Fen,
    result: Paid,
    mut each: impl FnMut(BandPart),
) {
    let (mut at, to) = (from.fen(), (from + result.consumed).fen());
    let (mut exact, mut told) = (0, 0);
    for band in bands {
        let end = band.upto.fen().min(to);
        if end <= at {
            continue;
        }
        let part = (end - at) * band.num;
        exact += part;
        let running = if rounding.each {
            told + rounding.divide.round(part)
        } else {
            rounding.divide.round(exact)
        };
        // The last part takes what the payment still lacks.
        let running = if end == to {
            result.paid.fen()
        } else {
            running.min(result.paid.fen())
        };
        each(BandPart {
            rule: band.rule,
            cost: Fen::new(end - at),
            paid: Fen::new(running - told),
        });
        (told, at) = (running, end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn yuan(yuan: u64) -> Fen {
        Fen::from_yuan(yuan)
    }

    fn scale(bands: &[(Option<u64>, u64)]) -> Vec<BandPlan> {
        let band = |(upto, num): &(Option<u64>, u64)| BandPlan {
            upto: upto.map_or(Fen::UNLIMITED, Fen::from_yuan),
            num: num * 100,
            rule: RuleId(0),
        };
        bands.iter().map(band).collect()
    }

    fn rounding() -> Rounding {
        Rounding {
            divide: Divide::by(10_000, Round::HalfUp),
            each: false,
            boundary: Round::HalfUp,
        }
    }

    #[test]
    fn beijing_2005_level_3_pays_52395_of_60000() {
        let bands = scale(&[(Some(30_000), 85), (Some(40_000), 90), (None, 95)]);
        let interval = Interval {
            from: yuan(1_300),
            to: yuan(60_000),
        };
        let all = pay(&bands, rounding(), interval, yuan(70_000));
        assert_eq!(
            all,
            Paid {
                paid: yuan(52_395),
                consumed: yuan(58_700)
            }
        );
        let mut shown = Vec::new();
        parts(&bands, rounding(), interval.from, all, |p| {
            shown.push((p.cost.to_string(), p.paid.to_string()))
        });
        let expect = [
            ("28700.00", "24395.00"),
            ("10000.00", "9000.00"),
            ("20000.00", "19000.00"),
        ];
        assert_eq!(shown, expect.map(|(c, p)| (c.to_owned(), p.to_owned())));
    }

    #[test]
    fn qingyuan_reaches_65000_of_payment_at_71428_57_of_cost() {
        let bands = scale(&[(None, 91)]);
        let interval = Interval {
            from: yuan(1_200),
            to: yuan(300_000),
        };
        let all = pay(&bands, rounding(), interval, yuan(65_000));
        assert_eq!(
            all,
            Paid {
                paid: yuan(65_000),
                consumed: Fen::new(7_142_857)
            }
        );
    }

    #[test]
    fn a_room_that_is_just_used_up_is_not_exceeded() {
        let bands = scale(&[(None, 50)]);
        let interval = Interval {
            from: Fen::ZERO,
            to: yuan(100),
        };
        assert_eq!(
            pay(&bands, rounding(), interval, yuan(50)).consumed,
            yuan(100)
        );
        assert_eq!(
            pay(&bands, rounding(), interval, yuan(0)),
            Paid {
                paid: Fen::ZERO,
                consumed: Fen::ZERO
            }
        );
    }
}
