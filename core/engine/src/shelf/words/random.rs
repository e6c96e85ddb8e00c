//! How does a script draw by chance and still find the same every time?

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use rhai::{Array, INT, NativeCallContext};
use sha2::{Digest, Sha256};

use super::draft::Making;
use super::seen::Seen;
use super::{Result, Vocabulary};
use crate::shelf::script::Running;
use crate::shelf::script::fault::stop;

/// A stream of numbers that the study's seed, the analysis and a name decide.
type Random = Making<ChaCha20Rng>;

/// The words for chance.
pub(super) fn register(words: &mut Vocabulary) {
    words.type_name::<Random>("Random");
    words.function(
        "random",
        "reading.random(name)",
        "A stream of chance under a name of your choice. The seed in `study.yaml`, the script and \
         the name decide it, so the same study draws the same.",
        r#"reading.random("orders").whole(1, 6) <= 6  // true"#,
        |context: NativeCallContext, _: &mut Seen, name: &str| -> Result<Random> {
            let running = Running::of(&context)
                .ok_or_else(|| stop("chance is there while a script runs", None))?;
            let mut hash = Sha256::new();
            for part in [&running.seed.to_le_bytes()[..], running.manifest.id.as_bytes()] {
                hash.update(part);
                hash.update([0]);
            }
            hash.update(name.as_bytes());
            Ok(Random::new(ChaCha20Rng::from_seed(hash.finalize().into())))
        },
    );
    words.function(
        "shuffle",
        "random.shuffle(list)",
        "The list in another order; every order is as likely as any other.",
        r#"reading.random("orders").shuffle([1, 2, 3]).len()  // 3"#,
        |random: &mut Random, list: Array| -> Array {
            // Fisher and Yates, from the end (Durstenfeld 1964).
            let mut list = list;
            random.change(|stream| {
                for last in (1..list.len()).rev() {
                    list.swap(last, below(stream, last + 1));
                }
            });
            list
        },
    );
    words.function(
        "whole",
        "random.whole(least, most)",
        "A whole number from the least to the most, each as likely as any other.",
        r#"reading.random("dice").whole(3, 3)  // 3"#,
        |random: &mut Random, least: INT, most: INT| -> Result<INT> {
            let room = most.checked_sub(least).and_then(|room| usize::try_from(room).ok());
            let room = room.and_then(|room| room.checked_add(1)).ok_or_else(|| {
                stop(format!("there is no whole number from {least} to {most}"), None)
            })?;
            let drawn = random.change(|stream| below(stream, room));
            Ok(least + INT::try_from(drawn).unwrap_or(0))
        },
    );
}

/// A number below `room`, without the bias of a remainder: draws beyond the last whole multiple
/// are thrown away.
fn below(stream: &mut ChaCha20Rng, room: usize) -> usize {
    let room = u64::try_from(room).unwrap_or(u64::MAX);
    let end = u64::MAX - u64::MAX % room;
    loop {
        let drawn = stream.next_u64();
        if drawn < end {
            return usize::try_from(drawn % room).unwrap_or(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_below_the_room_is_drawn() {
        let mut stream = ChaCha20Rng::from_seed([7; 32]);
        let mut seen = [0; 6];
        (0..600).for_each(|_| seen[below(&mut stream, 6)] += 1);
        assert!(seen.iter().all(|&count| count > 60), "{seen:?}");
    }
}
