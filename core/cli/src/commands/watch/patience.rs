//! Which files are absent for a moment only, and which stay away?

use std::collections::BTreeSet;
use std::thread;
use std::time::Duration;

/// How often and after how long a file is tried again that was there before: an editor or a virus
/// scanner may hold it for a moment.
const TRIES: usize = 10;
const PAUSE: Duration = Duration::from_millis(100);

/// Looks again, a few times at most, while something is absent that was not absent before.
pub(super) fn patiently<T>(
    mut look: impl FnMut() -> (T, BTreeSet<String>),
    before: &BTreeSet<String>,
) -> (T, BTreeSet<String>) {
    let mut seen = look();
    for _ in 1..TRIES {
        if seen.1.is_subset(before) {
            break;
        }
        thread::sleep(PAUSE);
        seen = look();
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_absent_for_a_moment_is_waited_for_and_what_stays_away_is_not() {
        let absent = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let mut looks = 0;
        let seen = patiently(
            || {
                looks += 1;
                (looks, if looks < 3 { absent(&["codes.csv"]) } else { absent(&[]) })
            },
            &absent(&[]),
        );
        assert_eq!(seen, (3, absent(&[])));
        let known = absent(&["codes.csv"]);
        assert_eq!(patiently(|| ((), known.clone()), &known).1, known);
        let mut looks = 0;
        let gone = || {
            looks += 1;
            ((), absent(&["codes.csv"]))
        };
        let _gone = patiently(gone, &absent(&[]));
        assert_eq!(looks, TRIES);
    }
}
