//! Numbers that look like an office's days, the same on every machine.

/// A seeded generator (SplitMix64).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 up to `n` − 1; 0 for an `n` of 0 or less.
    pub fn below(&mut self, n: i64) -> i64 {
        match u64::try_from(n) {
            Ok(n) if n > 0 => (self.next() % n) as i64,
            _ => 0,
        }
    }

    /// True in so many of a hundred throws.
    pub fn percent(&mut self, chance: i64) -> bool {
        self.below(100) < chance
    }

    /// How many of `n` throws succeed at `chance` percent.
    pub fn of(&mut self, n: i64, chance: i64) -> i64 {
        (0..n).filter(|_| self.percent(chance)).count() as i64
    }

    /// A number around `tenths` / 10, never negative.
    pub fn around(&mut self, tenths: i64) -> i64 {
        self.of(tenths / 5, 50)
    }
}
