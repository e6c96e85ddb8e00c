//! Which readings are the same, so that they need to be computed once only?

use parallax_model::Reading;

use crate::cache::digest::{Digest, Sum};

/// The sum of everything that choices can change: roles, which statements and excerpts count, and
/// what is known of groups. Two readings of one study with the same sum give the same findings. The
/// name of the mapping is no part of it.
pub(super) fn sum(reading: &Reading<'_>) -> Digest {
    let mut sum = Sum::default();
    sum.rows(&reading.participants.roles);
    sum.texts(&reading.statements.ids);
    sum.rows(&reading.statements.excerpts);
    sum.texts(&reading.excerpts.ids);
    let known = &reading.constraints;
    sum.texts(&known.ids);
    sum.rows(&known.minimums);
    sum.rows(&known.maximums);
    sum.rows(&known.members);
    sum.offsets(&known.member_offsets);
    sum.digest()
}
