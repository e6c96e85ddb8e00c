//! Do claims name what exists, and what do they say in columns?

use super::gather::{Gathered, index_ids};
use super::statements::Context;
use crate::problem::{Kind, Problem, Spot, StudyFile};
use crate::row::{ClaimKind, ClaimRow};
use crate::table::Texts;
use crate::tables::Claims;

/// Checks the claims and lays them out in columns, without the words of the report.
pub(super) fn check(
    rows: &[ClaimRow],
    context: &Context<'_>,
    gathered: &mut Gathered,
) -> Claims<'static> {
    let spot = |row, column| Spot::cell(StudyFile::Claims, row, column);
    let ids = rows.iter().enumerate().map(|(row, claim)| (claim.id.as_str(), spot(row, "id")));
    index_ids(gathered, ids, "claim");
    let (mut code_offsets, mut codes) = (vec![0_i64], Vec::new());
    for (row, claim) in rows.iter().enumerate() {
        for code in claim.code.as_deref().unwrap_or("").split_whitespace() {
            codes.push(context.code(code, || spot(row, "code"), gathered));
        }
        code_offsets.push(i64::try_from(codes.len()).unwrap_or(i64::MAX));
        for word in claim.scope.as_deref().unwrap_or("").split_whitespace() {
            if word != "include_excluded" {
                context.member(word, || spot(row, "scope"), gathered);
            }
        }
        if matches!(claim.kind, Some(ClaimKind::Set | ClaimKind::Only)) {
            let expected = claim.expected.as_deref().unwrap_or("");
            check_set(expected, || spot(row, "expected"), context, gathered);
        }
    }
    let texts = |text: fn(&ClaimRow) -> &Option<String>| -> Texts<'static> {
        rows.iter().map(|row| text(row).as_deref().unwrap_or("")).collect()
    };
    Claims {
        ids: rows.iter().map(|row| row.id.as_str()).collect(),
        references: texts(|row| &row.reference),
        sections: texts(|row| &row.section),
        kinds: rows.iter().map(|row| row.kind.map_or(u8::MAX, |kind| kind as u8)).collect(),
        scopes: texts(|row| &row.scope),
        code_offsets: code_offsets.into(),
        codes: codes.into(),
        modalities: rows.iter().map(|row| row.modality.map_or(u8::MAX, |m| m as u8)).collect(),
        states: rows.iter().map(|row| row.state.map_or(u8::MAX, |state| state as u8)).collect(),
        expected: texts(|row| &row.expected),
        quantifiers: texts(|row| &row.quantifier),
    }
}

/// Checks a set that a report names: cases, each as `@3`, or people as in a scope, never both.
fn check_set(
    expected: &str,
    spot: impl Fn() -> Spot,
    context: &Context<'_>,
    gathered: &mut Gathered,
) {
    let (mut cases, mut people) = (0_usize, 0_usize);
    for word in expected.split_whitespace() {
        context.member(word, &spot, gathered);
        *(if word.starts_with('@') { &mut cases } else { &mut people }) += 1;
    }
    if cases > 0 && people > 0 {
        let message = "a claim expects a set of people and of cases at once";
        gathered.add(
            Problem::new(Kind::NotAllowed, spot(), message)
                .label("some of these are people, some are cases")
                .help("name people only, or cases only, each as `@3`"),
        );
    }
}
