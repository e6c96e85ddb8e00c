//! How does an analysis draw by chance and still find the same every time?

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// Numbers that the study's seed, the analysis and the number of a stream decide, the same on every
/// machine and on any number of threads.
#[derive(Clone, Debug)]
pub struct Draws(ChaCha20Rng);

impl Draws {
    /// The numbers of one stream of an analysis, by its id. What is drawn for one purpose has a
    /// stream of its own, so that it stays the same when something else draws more or less.
    #[must_use]
    pub fn of(analysis: &str, seed: u64, stream: u64) -> Self {
        let mut key = [0; 32];
        let (start, name) = key.split_at_mut(8);
        start.copy_from_slice(&seed.to_le_bytes());
        for (at, byte) in analysis.bytes().enumerate() {
            // An id that is longer than the key goes round.
            name[at % 24] ^= byte;
        }
        let mut numbers = ChaCha20Rng::from_seed(key);
        numbers.set_stream(stream);
        Self(numbers)
    }

    /// A number below `bound` (at least 1), each as likely: what lies beyond the last whole multiple
    /// is drawn again.
    pub fn below(&mut self, bound: u64) -> u64 {
        let bound = bound.max(1);
        let whole = u64::MAX - u64::MAX % bound;
        loop {
            let drawn = self.0.next_u64();
            if drawn < whole {
                return drawn % bound;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn six(mut draws: Draws) -> Vec<u64> {
        (0..6).map(|_| draws.below(1000)).collect()
    }

    #[test]
    fn the_seed_the_analysis_and_the_stream_decide() {
        let first = six(Draws::of("position-clusters", 7, 1));
        assert_eq!(six(Draws::of("position-clusters", 7, 1)), first);
        let others =
            [("position-clusters", 8, 1), ("case-consensus", 7, 1), ("position-clusters", 7, 2)];
        for (analysis, seed, stream) in others {
            assert_ne!(six(Draws::of(analysis, seed, stream)), first);
        }
        // Ids that begin alike are told apart beyond the length of the key.
        let long = "how-a-very-long-name-ends-in";
        assert_ne!(
            six(Draws::of(&format!("{long}-a"), 7, 1)),
            six(Draws::of(&format!("{long}-b"), 7, 1))
        );
    }

    #[test]
    fn every_number_below_the_bound_is_as_likely() {
        let mut draws = Draws::of("dice", 1, 0);
        let mut times = [0_u32; 6];
        // The interpreter that looks for undefined behaviour is slow, and looks at no likelihood.
        for _ in 0..if cfg!(miri) { 60 } else { 6000 } {
            times[usize::try_from(draws.below(6)).expect("below six")] += 1;
        }
        // Each has a standard deviation of 29 around 1,000.
        let likely = times.iter().all(|times| (850..1150).contains(times));
        assert!(likely || cfg!(miri), "{times:?}");
        assert_eq!(draws.below(1), 0);
    }
}
