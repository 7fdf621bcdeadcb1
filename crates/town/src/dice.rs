//! `Dice`: a short stream of draws for one person, one month and one purpose.

/// What a stream of draws is for: draws for one purpose never move those for another.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Purpose {
    /// What a person is on the town's first day.
    Person = 1,
    /// The name.
    Name = 2,
    /// Identities and relatives.
    Ties = 3,
    /// How a life goes on, year by year.
    Life = 4,
    /// Visits of a month.
    Visits = 5,
    /// A stay that begins in a month.
    Stay = 6,
    /// Order number, district and birthday within the identity number.
    Identity = 7,
    /// An employer's name.
    Employer = 8,
    /// Whether an employer pays a month's premium late.
    Late = 9,
    /// The provider that a household goes to.
    Household = 10,
}

/// `SplitMix64` (Steele, Lea and Flood, 2014), begun anew from the seed, the purpose and two counters for each stream. It is
/// written out here because the same seed must give the same bytes under every version of every library.
#[derive(Clone, Debug)]
pub(crate) struct Dice(u64);

const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// The finalizer: a bijection in which every bit depends on every other.
const fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

impl Dice {
    /// The stream for one purpose and two counters: of whom, and of which month, year or part.
    pub(crate) fn new(seed: u64, purpose: Purpose, whom: u64, when: u64) -> Dice {
        let mut state = mix(seed ^ GOLDEN.wrapping_mul(purpose as u64));
        for counter in [whom, when] {
            state = mix(state.wrapping_add(GOLDEN) ^ counter);
        }
        Dice(state)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GOLDEN);
        mix(self.0)
    }

    /// From 0 to one less than `sides`; 0 if there are none.
    pub(crate) fn below(&mut self, sides: u32) -> u32 {
        // The product of two 32-bit numbers; its upper half is below `sides`.
        let scaled = (self.next() >> 32) * u64::from(sides);
        u32::try_from(scaled >> 32).unwrap_or(0)
    }

    /// Both ends included.
    pub(crate) fn between(&mut self, low: u32, high: u32) -> u32 {
        low + self.below(high - low + 1)
    }

    /// In so many of a hundred cases.
    pub(crate) fn percent(&mut self, hundredths: u32) -> bool {
        self.below(100) < hundredths
    }

    /// In so many of ten thousand cases.
    pub(crate) fn myriad(&mut self, ten_thousandths: u32) -> bool {
        self.below(10_000) < ten_thousandths
    }

    /// One of a list that is not empty.
    pub(crate) fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        let sides = u32::try_from(list.len()).unwrap_or(u32::MAX);
        &list[self.below(sides) as usize]
    }

    /// So many different ones of a list of at most 64; all of it, in another order, if it has fewer.
    pub(crate) fn several<'a, T>(
        &mut self,
        list: &'a [T],
        count: u32,
    ) -> impl Iterator<Item = &'a T> + use<'a, T> {
        let mut dice = self.fork();
        let mut taken = 0_u64;
        let sides = u32::try_from(list.len()).unwrap_or(u32::MAX);
        (0..count.min(sides)).filter_map(move |already| {
            let lot = dice.below(sides - already) as usize;
            let mut left = (0..list.len()).filter(|at| taken >> at & 1 == 0);
            let at = left.nth(lot)?;
            taken |= 1 << at;
            list.get(at)
        })
    }

    /// A stream of its own that begins with the next draw.
    fn fork(&mut self) -> Dice {
        Dice(self.next())
    }

    /// One of a list that is not empty, by weight.
    pub(crate) fn weighed<T: Copy>(&mut self, list: &[(u32, T)]) -> T {
        let mut left = self.below(list.iter().map(|(weight, _)| weight).sum());
        for (weight, thing) in list {
            if left < *weight {
                return *thing;
            }
            left -= weight;
        }
        list[0].1
    }

    /// From 0 to one less than `sides`, the low ones far more often: the cube of an even draw. Of a thousand things the
    /// first is drawn by a tenth, the first hundred by nearly a half.
    pub(crate) fn heavy_tail(&mut self, sides: u32) -> u32 {
        let even = self.next() >> 43;
        let cube = u128::from(even * even * even);
        u32::try_from((cube * u128::from(sides)) >> 63).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_depends_on_each_of_its_origins() {
        let first = |seed, purpose, whom, when| Dice::new(seed, purpose, whom, when).next();
        let origin = first(1, Purpose::Person, 2, 3);
        assert_eq!(origin, first(1, Purpose::Person, 2, 3));
        for other in [
            first(2, Purpose::Person, 2, 3),
            first(1, Purpose::Name, 2, 3),
            first(1, Purpose::Person, 3, 3),
            first(1, Purpose::Person, 2, 4),
            first(1, Purpose::Person, 3, 2),
        ] {
            assert_ne!(origin, other);
        }
    }

    #[test]
    fn draws_keep_to_their_bounds_and_reach_them() {
        let mut dice = Dice::new(1, Purpose::Person, 0, 0);
        let drawn: Vec<u32> = (0..200).map(|_| dice.between(3, 7)).collect();
        assert_eq!(
            (drawn.iter().min(), drawn.iter().max()),
            (Some(&3), Some(&7))
        );
        assert!((0..200).all(|_| dice.heavy_tail(5) < 5));
        assert!((0..200).all(|_| dice.weighed(&[(1, 'a'), (0, 'b'), (3, 'c')]) != 'b'));
        assert_eq!(
            (dice.below(0), dice.below(1), dice.heavy_tail(1)),
            (0, 0, 0)
        );
    }

    #[test]
    fn several_are_different_ones() {
        let mut dice = Dice::new(1, Purpose::Visits, 0, 0);
        for (count, found) in [(0, 0), (1, 1), (3, 3), (5, 5), (9, 5)] {
            let mut drawn: Vec<u8> = dice.several(&[1, 2, 3, 4, 5], count).copied().collect();
            drawn.sort_unstable();
            drawn.dedup();
            assert_eq!(drawn.len(), found);
        }
    }

    #[test]
    fn the_heavy_tail_is_heavy() {
        let mut dice = Dice::new(1, Purpose::Employer, 0, 0);
        let drawn: Vec<u32> = (0..10_000).map(|_| dice.heavy_tail(1000)).collect();
        let share = |below: u32| drawn.iter().filter(|n| **n < below).count();
        assert!((900..1100).contains(&share(1)), "{}", share(1));
        assert!((4400..4900).contains(&share(100)), "{}", share(100));
    }
}
