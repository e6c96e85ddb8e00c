//! Do claims name what exists, what do they say, and how do they stand in columns?

mod meant;

use std::collections::BTreeSet;

use super::gather::{Gathered, index_ids};
use super::statements::Context;
use crate::claim::Claim;
use crate::problem::{Spot, StudyFile};
use crate::row::{ClaimRow, Stance};
use crate::table::Texts;
use crate::tables::{Attributes, Claims};

/// What claims need beside names: what answer codes mean, and which columns there are.
pub(super) struct Meanings<'m> {
    pub(super) codes: &'m [(u32, Option<Stance>)],
    pub(super) attributes: &'m Attributes<'static>,
}

/// The claims, checked.
pub(super) struct CheckedClaims {
    /// In columns, without the words of the report.
    pub(super) columns: Claims<'static>,
    /// Each claim in the order of its row; `None` where something is wrong with it.
    pub(super) claims: Vec<Option<Claim>>,
}

/// Checks the claims; what is wrong with one costs that one.
pub(super) fn check(
    rows: &[ClaimRow],
    context: &Context<'_>,
    meanings: &Meanings<'_>,
    gathered: &mut Gathered,
) -> CheckedClaims {
    let spot = |row, column| Spot::cell(StudyFile::Claims, row, column);
    let ids = rows.iter().enumerate().map(|(row, claim)| (claim.id.as_str(), spot(row, "id")));
    index_ids(gathered, ids, "claim");
    let (mut code_offsets, mut codes) = (vec![0_i64], Vec::new());
    let mut claims = Vec::with_capacity(rows.len());
    let mut seen = BTreeSet::new();
    for (row, claim) in rows.iter().enumerate() {
        let before = gathered.spots();
        let named: Vec<u32> = claim
            .code
            .as_deref()
            .unwrap_or("")
            .split_whitespace()
            .map(|code| context.code(code, || spot(row, "code"), gathered))
            .collect();
        codes.extend_from_slice(&named);
        code_offsets.push(i64::try_from(codes.len()).unwrap_or(i64::MAX));
        let read = meant::read((row, claim), &named, context, meanings, gathered);
        // Of two with one id, which is told above, the first keeps it.
        let sound = gathered.spots() == before && seen.insert(claim.id.as_str());
        claims.push(read.filter(|_| sound));
    }
    CheckedClaims { columns: columns(rows, code_offsets, codes), claims }
}

fn columns(rows: &[ClaimRow], code_offsets: Vec<i64>, codes: Vec<u32>) -> Claims<'static> {
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
