//! In which order do sets of attributes come, so that every closed one is met once?
//!
//! The lectic order compares two sets by the smallest attribute that one has and the other lacks:
//! the set that has it comes later. A subset comes before its supersets. NextClosure (Ganter)
//! steps from a closed set to the next one in this order.

use fixedbitset::FixedBitSet;

/// Why a walk through closed sets ended before its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// There are more than were asked for.
    TooMany,
    /// Somebody wants it to stop.
    Cancelled,
}

/// The next closed set after `set` that `keep` takes, in lectic order; `None` at the end.
///
/// `keep` must refuse every superset of what it refuses: then what comes after a refused set and
/// contains it is passed over in one step.
pub(crate) fn next(
    set: &FixedBitSet,
    close: impl Fn(&FixedBitSet) -> FixedBitSet,
    keep: impl Fn(&FixedBitSet) -> bool,
) -> Option<FixedBitSet> {
    let mut before = set.clone();
    for attribute in (0..set.len()).rev() {
        if before.contains(attribute) {
            before.remove(attribute);
            continue;
        }
        let mut wider = before.clone();
        wider.insert(attribute);
        let closed = close(&wider);
        let first_new = closed.difference(&before).next();
        if first_new == Some(attribute) && keep(&closed) {
            return Some(closed);
        }
    }
    None
}
