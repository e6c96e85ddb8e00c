//! What can a script ask of the reading: who is in it, and what is there to code?

use parallax_model::table::{NONE, Texts};
use rhai::{Array, Dynamic, EvalAltResult};

use super::Vocabulary;
use super::named::{Case, Code, Participant, Role};
use super::seen::Seen;
use crate::shelf::script::did_you_mean;
use crate::shelf::script::fault::stop;

type Result<T> = std::result::Result<T, Box<EvalAltResult>>;

/// The words for a reading.
pub(super) fn register(words: &mut Vocabulary) {
    words.type_name::<Seen>("Reading");
    words.function(
        "roles",
        "reading.roles()",
        "The roles that somebody in the reading has, in the order of `study.yaml`.",
        |seen: &mut Seen| rows(seen.roster().roles(), |row| Role { seen: seen.clone(), row }),
    );
    words.function(
        "cases",
        "reading.cases()",
        "The cases where somebody in the reading is, in the order of `cases.csv`.",
        |seen: &mut Seen| {
            let cases = seen.roster().cases().into_iter().filter(|&case| case != NONE);
            rows(cases, |row| Case { seen: seen.clone(), row })
        },
    );
    words.function(
        "participants",
        "reading.participants()",
        "Everybody in the reading, in the order of `participants.csv`.",
        |seen: &mut Seen| {
            let people = &seen.reading().participants;
            let all = (0_u32..).take(people.len()).filter(|&row| people.is_in(row));
            rows(all, |row| Participant { seen: seen.clone(), row })
        },
    );
    register_codes(words);
}

fn register_codes(words: &mut Vocabulary) {
    words.function(
        "codes",
        "reading.codes()",
        "The codes in use, in the order of `codes.csv`; removed ones are left out.",
        |seen: &mut Seen| codes(seen, |_| true),
    );
    words.function(
        "code",
        "reading.code(id)",
        "The code with this id.",
        |seen: &mut Seen, id: &str| {
            let row = row_of("code", &seen.reading().codes.ids, id)?;
            Ok::<_, Box<EvalAltResult>>(Code { seen: seen.clone(), row })
        },
    );
    words.function(
        "codes_below",
        "reading.codes_below(id)",
        "The codes below the one with this id, at any depth; all codes for \"\".",
        |seen: &mut Seen, id: &str| -> Result<Array> {
            if id.is_empty() {
                return Ok(codes(seen, |_| true));
            }
            let top = row_of("code", &seen.reading().codes.ids, id)?;
            let tree = &seen.reading().codes;
            Ok(codes(seen, |row| tree.upward(row).skip(1).any(|above| above == top)))
        },
    );
}

/// Codes that were not removed and that `wanted` accepts.
fn codes(seen: &Seen, wanted: impl Fn(u32) -> bool) -> Array {
    let table = &seen.reading().codes;
    let kept = (0_u32..)
        .take(table.len())
        .filter(|&row| table.removed.get(row as usize) != Some(&1) && wanted(row));
    rows(kept, |row| Code { seen: seen.clone(), row })
}

fn rows<T: Clone + Send + Sync + 'static>(
    rows: impl IntoIterator<Item = u32>,
    thing: impl Fn(u32) -> T,
) -> Array {
    rows.into_iter().map(|row| Dynamic::from(thing(row))).collect()
}

/// The row of `id`, or what is wrong with it.
pub(super) fn row_of(what: &str, ids: &Texts<'_>, id: &str) -> Result<u32> {
    ids.position(id).ok_or_else(|| {
        stop(format!("the study has no {what} `{id}`"), did_you_mean(id, ids.iter()))
    })
}
