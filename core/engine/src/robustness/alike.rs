//! Which readings are the same, so that they need to be computed once only?

use parallax_model::{Reading, Texts};
use sha2::{Digest, Sha256};

/// What tells readings of one study apart: two with the same sum give the same findings.
pub(super) type Sum = [u8; 32];

/// The sum of everything that choices can change: roles, which statements and excerpts count, and
/// what is known of groups. The name of the mapping is no part of it.
pub(super) fn sum(reading: &Reading<'_>) -> Sum {
    let mut sum = Sha256::new();
    rows(&mut sum, &reading.participants.roles);
    texts(&mut sum, &reading.statements.ids);
    rows(&mut sum, &reading.statements.excerpts);
    texts(&mut sum, &reading.excerpts.ids);
    let known = &reading.constraints;
    texts(&mut sum, &known.ids);
    rows(&mut sum, &known.minimums);
    rows(&mut sum, &known.maximums);
    rows(&mut sum, &known.members);
    length(&mut sum, known.member_offsets.len());
    for &offset in known.member_offsets.iter() {
        sum.update(offset.to_le_bytes());
    }
    sum.finalize().into()
}

fn length(sum: &mut Sha256, length: usize) {
    sum.update((length as u64).to_le_bytes());
}

fn rows(sum: &mut Sha256, rows: &[u32]) {
    length(sum, rows.len());
    for row in rows {
        sum.update(row.to_le_bytes());
    }
}

fn texts(sum: &mut Sha256, texts: &Texts<'_>) {
    length(sum, texts.len());
    for text in texts.iter() {
        length(sum, text.len());
        sum.update(text);
    }
}
