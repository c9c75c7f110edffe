//! Repeatable chance: the same seed gives the same numbers on every machine.

/// SplitMix64, by Sebastiano Vigna; its constants are part of the algorithm.
#[derive(Debug, Clone)]
pub struct Rng(u64);

/// The fractional part of the golden ratio, as a fraction of 2^64.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;
/// The fractional part of the square root of 2, as a fraction of 2^64.
const ROOT_TWO: u64 = 0x6a09_e667_f3bc_c909;

impl Rng {
    /// The chance of item `index` of the series `name`.
    pub fn new(seed: u64, name: &str, index: u64) -> Self {
        let start = name.bytes().fold(seed, |sum, byte| mix(sum ^ u64::from(byte)));
        Self(mix(start.wrapping_add(index.wrapping_mul(GOLDEN))))
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GOLDEN);
        mix(self.0)
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = high.abs_diff(low).saturating_add(1);
        low.saturating_add_unsigned(self.bits() % width)
    }

    /// True in `percent` of 100 cases.
    pub fn percent(&mut self, percent: i64) -> bool {
        self.between(0, 99) < percent
    }

    /// One of `choices`, which holds at least one.
    pub fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        let at = self.bits() % (choices.len() as u64).max(1);
        &choices[at as usize]
    }
}

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Item `index` of a series that spreads evenly over 0 to 9,999, so that shares hold for any count.
pub fn even(seed: u64, index: u64) -> u64 {
    spread(seed, index, GOLDEN)
}

/// A second such series that does not move with the first.
pub fn other_even(seed: u64, index: u64) -> u64 {
    spread(!seed, index, ROOT_TWO)
}

fn spread(seed: u64, index: u64, step: u64) -> u64 {
    let place = mix(seed).wrapping_add(index.wrapping_mul(step));
    ((u128::from(place) * 10_000) >> 64) as u64
}
