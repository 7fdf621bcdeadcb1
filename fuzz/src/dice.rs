//! `Dice`: numbers from a seed, the same on every machine, so that a mutation can be repeated.

/// A small generator (SplitMix64); good enough to choose lines and words.
pub struct Dice(u64);

impl Dice {
    /// From a seed.
    pub fn new(seed: u32) -> Dice {
        Dice(u64::from(seed))
    }

    /// A number below `sides`; 0 when there are none.
    pub fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        usize::try_from(z % u64::try_from(sides.max(1)).unwrap_or(1)).unwrap_or(0)
    }
}
