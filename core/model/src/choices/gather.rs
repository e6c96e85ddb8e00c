//! What is left of a table when some of its rows do not count?

use crate::table::{NONE, Slice, Texts};
use crate::tables::{Excerpts, Statements};

/// The statements of these rows; columns that are empty stay so.
pub(crate) fn statements_of(from: &Statements<'static>, rows: &[u32]) -> Statements<'static> {
    Statements {
        ids: texts(&from.ids, rows),
        sources: cells(&from.sources, rows),
        speakers: cells(&from.speakers, rows),
        codes: cells(&from.codes, rows),
        modalities: cells(&from.modalities, rows),
        bearer_kinds: cells(&from.bearer_kinds, rows),
        bearers: cells(&from.bearers, rows),
        counterparty_kinds: cells(&from.counterparty_kinds, rows),
        counterparties: cells(&from.counterparties, rows),
        stances: cells(&from.stances, rows),
        perspectives: cells(&from.perspectives, rows),
        owner_kinds: cells(&from.owner_kinds, rows),
        owners: cells(&from.owners, rows),
        strengths: cells(&from.strengths, rows),
        values: cells(&from.values, rows),
        coders: cells(&from.coders, rows),
        coder_names: from.coder_names.clone(),
        starts: cells(&from.starts, rows),
        ends: cells(&from.ends, rows),
        excerpts: cells(&from.excerpts, rows),
        moral_orders: cells(&from.moral_orders, rows),
        storylines: cells(&from.storylines, rows),
        storyline_names: from.storyline_names.clone(),
        notes: texts(&from.notes, rows),
        conditions: texts(&from.conditions, rows),
    }
}

/// The excerpts of these rows; statements point to them anew.
pub(super) fn excerpts_of(
    from: &Excerpts<'static>,
    rows: &[u32],
    statements: &mut Statements<'static>,
) -> Excerpts<'static> {
    let mut new_rows = vec![NONE; from.ids.len()];
    let (mut code_offsets, mut codes) = (vec![0_i64], Vec::new());
    for (new, &old) in (0_u32..).zip(rows) {
        new_rows[old as usize] = new;
        codes.extend_from_slice(from.codes_of(old as usize));
        code_offsets.push(i64::try_from(codes.len()).unwrap_or(i64::MAX));
    }
    let anew = |&old: &u32| new_rows.get(old as usize).copied().unwrap_or(NONE);
    statements.excerpts = statements.excerpts.iter().map(anew).collect();
    Excerpts {
        ids: texts(&from.ids, rows),
        sources: cells(&from.sources, rows),
        speakers: cells(&from.speakers, rows),
        roles: cells(&from.roles, rows),
        code_offsets: code_offsets.into(),
        codes: codes.into(),
    }
}

fn cells<T: Copy>(from: &[T], rows: &[u32]) -> Slice<'static, T> {
    if from.is_empty() {
        return Slice::default();
    }
    rows.iter().map(|&row| from[row as usize]).collect()
}

fn texts(from: &Texts<'static>, rows: &[u32]) -> Texts<'static> {
    if from.is_empty() {
        return Texts::default();
    }
    rows.iter().map(|&row| from.of(row)).collect()
}
