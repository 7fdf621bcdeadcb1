//! `Dice`: random choices from a seed; the same seed gives the same choices everywhere.

/// SplitMix64.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From 0 to one less than `sides`.
    pub(crate) fn below(&mut self, sides: usize) -> usize {
        let sides = u64::try_from(sides).expect("few sides");
        usize::try_from(self.next() % sides).expect("few sides")
    }

    /// Both ends included.
    pub(crate) fn between(&mut self, low: i128, high: i128) -> i128 {
        low + i128::from(self.next()) % (high - low + 1)
    }

    /// In so many of a hundred cases.
    pub(crate) fn chance(&mut self, of_a_hundred: usize) -> bool {
        self.below(100) < of_a_hundred
    }

    pub(crate) fn pick<T: Clone>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())].clone()
    }

    /// Each item with the chance given, in the order of the list.
    pub(crate) fn some<T: Clone>(&mut self, list: &[T], of_a_hundred: usize) -> Vec<T> {
        list.iter()
            .filter(|_| self.chance(of_a_hundred))
            .cloned()
            .collect()
    }

    /// The list in another order.
    pub(crate) fn shuffled<T: Clone>(&mut self, list: &[T]) -> Vec<T> {
        let mut rest = list.to_vec();
        let mut shuffled = Vec::new();
        while !rest.is_empty() {
            let taken = self.below(rest.len());
            shuffled.push(rest.remove(taken));
        }
        shuffled
    }

    /// An amount in fen: every size equally often, now odd, now of whole yuan, now of hundreds.
    pub(crate) fn fen(&mut self, low: i128, high: i128) -> i128 {
        let mut tops = vec![high];
        while tops[tops.len() - 1] / 2 > low.max(1) {
            tops.push(tops[tops.len() - 1] / 2);
        }
        let top = self.pick(&tops);
        let fen = self.between(low, top.max(low));
        let unit = self.pick(&[1, 100, 10_000]);
        (fen / unit * unit).max(low)
    }
}
