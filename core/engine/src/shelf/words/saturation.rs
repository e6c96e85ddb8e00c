//! After how many interviews does a run of them bring hardly any new codes?
//!
//! Saturation is reached after the first interviews that are followed by a run of few new codes:
//! so many for every hundred codes of the base, or fewer (Guest, Namey and Chen 2020).

use std::collections::BTreeSet;

use rhai::{Array, Dynamic, INT};

use super::number::whole;
use super::set::Set;
use super::{Result, Vocabulary};
use crate::shelf::script::fault::{stop, type_name};

/// The words for saturation.
pub(super) fn register(words: &mut Vocabulary) {
    words.function(
        "new_in_each",
        "new_in_each(sets)",
        "How many texts each set of a list has that none before it has, as a list: which interview \
         brings how many new codes.",
        r#"new_in_each([set(["a", "b"]), set(["b", "c"])])  // [2, 1]"#,
        |sets: Array| -> Result<Array> { new_in_each(&sets) },
    );
    words.function(
        "saturated_after",
        "saturated_after(new_codes, base, run, threshold)",
        "After how many interviews the first run of so many brings few new codes: at most the \
         threshold, as a percentage of those in the base (Guest, Namey and Chen 2020). After all \
         of them where no run does, or the base brings none.",
        "saturated_after([6, 3, 1, 0, 0, 1], 2, 2, 5)  // 3",
        |new_codes: Array, base: INT, run: INT, threshold: INT| -> Result<INT> {
            let of = |value| whole("saturated_after", value);
            let count = |value: &Dynamic| {
                let given = type_name(value.type_name());
                let count = value.as_int();
                count
                    .map_err(|_| stop(format!("`saturated_after` counts codes, not {given}"), None))
            };
            let new_codes: Vec<INT> = new_codes.iter().map(count).collect::<Result<_>>()?;
            let after = saturated_after(&new_codes, of(base)?, of(run)?, threshold);
            Ok(INT::try_from(after).unwrap_or(INT::MAX))
        },
    );
}

fn new_in_each(sets: &[Dynamic]) -> Result<Array> {
    let sets: Vec<Set> = sets.iter().map(of_list).collect::<Result<_>>()?;
    let mut known: BTreeSet<&str> = BTreeSet::new();
    let fresh = sets.iter().map(|set| set.each().filter(|text| known.insert(text)).count());
    Ok(fresh.map(|count| Dynamic::from(INT::try_from(count).unwrap_or(INT::MAX))).collect())
}

fn of_list(value: &Dynamic) -> Result<Set> {
    let set = value.read_lock::<Set>().map(|set| set.clone());
    set.ok_or_else(|| {
        let given = type_name(value.type_name());
        stop(format!("`new_in_each` takes a list of sets, not of {given}"), None)
    })
}

/// After how many of the interviews the first run with few new codes begins; all for never.
fn saturated_after(new_codes: &[INT], base: usize, run: usize, threshold: INT) -> usize {
    let all = new_codes.len();
    let in_base: INT = new_codes.iter().take(base).sum();
    let few = in_base.saturating_mul(threshold);
    let is_few = |run: &[INT]| run.iter().sum::<INT>().saturating_mul(100) <= few;
    match all.checked_sub(run) {
        Some(last) if in_base > 0 => {
            (base..=last).find(|&after| is_few(&new_codes[after..after + run])).unwrap_or(all)
        }
        _ => all,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_few_at_the_threshold_itself_and_never_before_the_base() {
        let new_codes = [10, 10, 1, 0, 0, 0];
        assert_eq!(saturated_after(&new_codes, 2, 2, 5), 2, "1 of 20 is 5 %");
        assert_eq!(saturated_after(&new_codes, 2, 2, 4), 3);
        assert_eq!(saturated_after(&[0, 0, 0, 0], 2, 2, 5), 4, "a base without a code");
        assert_eq!(saturated_after(&[10, 10, 5, 5], 2, 2, 5), 4, "never");
        assert_eq!(saturated_after(&[10], 1, 2, 5), 1, "no run");
    }
}
