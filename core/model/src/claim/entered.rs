//! Which rows were entered from the very sentence that a claim repeats?
//!
//! A study that re-encodes a published report has rows whose only source is a sentence of it. Such
//! rows cannot confirm that sentence: the program would confirm what it was told. `ref` tells: a
//! row whose `ref` meets the claim's was entered from it, unless it holds a participant's own words
//! (`evidence` is `quoted`).

use std::collections::{BTreeMap, BTreeSet};

use crate::choices::statements_of;
use crate::reading::{ByCode, Reading};
use crate::row::{RowEnum, Strength};
use crate::study::Study;
use crate::table::NONE;
use crate::tables::Attributes;

use super::scope::OF_CASE;

/// Rows that were entered from one sentence of the report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entered {
    /// Statements, by their row in the study.
    pub statements: BTreeSet<u32>,
    /// Constraints, by their row in the study.
    pub constraints: BTreeSet<u32>,
    /// Cases whose attributes were, by row.
    pub cases: BTreeSet<u32>,
}

impl Entered {
    /// The rows that were entered from the sentences of claims, by the row of the claim; nothing
    /// for a claim of whose sentence there are none.
    #[must_use]
    pub fn of_claims(study: &Study) -> BTreeMap<usize, Self> {
        let statements = study.statements();
        let by_code = match study.references().is_empty() {
            // Nobody says where a statement comes from.
            true => ByCode::default(),
            false => ByCode::grouped(&statements.codes, study.codes().len()),
        };
        let claims = study.claims().iter().flatten().filter_map(|claim| {
            let reference = study.claim_rows().get(claim.row)?.reference.as_deref()?;
            let entered = Self::from(study, &by_code, reference, &claim.codes);
            (!entered.is_empty()).then_some((claim.row, entered))
        });
        claims.collect()
    }

    /// The rows that were entered from where `reference` says, under one of `codes` or below.
    fn from(study: &Study, by_code: &ByCode, reference: &str, codes: &[u32]) -> Self {
        let place = Place::of(reference);
        if place.is_nowhere() {
            return Self::default();
        }
        let about = |code: u32| study.codes().upward(code).any(|above| codes.contains(&above));
        let mut known: BTreeMap<&str, bool> = BTreeMap::new();
        let mut meets = |text| *known.entry(text).or_insert_with(|| place.meets(&Place::of(text)));
        let statements = study.statements();
        let within = (0_u32..).take(study.codes().len()).filter(|&code| about(code));
        let rows = within.flat_map(|code| by_code.rows(code).iter().copied());
        let of_statements = rows.filter(|&row| {
            let strength = Strength::from_number(statements.strengths[row as usize]);
            strength != Strength::Quoted && meets(study.references().of(row))
        });
        let statements = of_statements.collect();
        let of_constraints = (0_u32..)
            .zip(study.constraints())
            .filter(|(_, constraint)| about(constraint.code) && meets(&constraint.reference));
        let constraints = of_constraints.map(|(row, _)| row).collect();
        let references = study.case_references().iter();
        let of_cases = (0_u32..).zip(references).filter(|(_, text)| meets(text));
        Self { statements, constraints, cases: of_cases.map(|(row, _)| row).collect() }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.statements.is_empty() && self.constraints.is_empty() && self.cases.is_empty()
    }

    /// A whole reading as it would be without these rows, for scripts; its columns are gathered.
    #[must_use]
    pub fn left_of(&self, study: &Study, reading: &Reading<'static>) -> Reading<'static> {
        let (mut left, _) = self.taken_from(study, reading, &ByCode::default());
        let entered = |row: u32| study.statements().ids.of(row);
        let entered: BTreeSet<&str> = self.statements.iter().map(|&row| entered(row)).collect();
        let ids = &reading.statements.ids;
        let rows = (0_u32..).take(reading.statements.len());
        let kept: Vec<u32> = rows.filter(|&row| !entered.contains(ids.of(row))).collect();
        left.statements = statements_of(&reading.statements, &kept);
        let attributes = &reading.attributes;
        let blank = |at: &usize| {
            attributes.owners[*at] == OF_CASE && self.cases.contains(&attributes.rows[*at])
        };
        let kept: Vec<usize> = (0..attributes.rows.len()).filter(|at| !blank(at)).collect();
        left.attributes = Attributes {
            owners: kept.iter().map(|&at| attributes.owners[at]).collect(),
            rows: kept.iter().map(|&at| attributes.rows[at]).collect(),
            columns: kept.iter().map(|&at| attributes.columns[at]).collect(),
            values: kept.iter().map(|&at| attributes.values[at]).collect(),
            ..attributes.clone()
        };
        left
    }

    /// A reading and its statements by code as they would be without these rows.
    #[must_use]
    pub fn taken_from(
        &self,
        study: &Study,
        reading: &Reading<'static>,
        by_code: &ByCode,
    ) -> (Reading<'static>, ByCode) {
        let ids = |rows: &BTreeSet<u32>, of: &dyn Fn(u32) -> String| -> BTreeSet<String> {
            rows.iter().map(|&row| of(row)).collect()
        };
        let statements = ids(&self.statements, &|row| study.statements().ids.of(row).to_owned());
        let constraints =
            ids(&self.constraints, &|row| study.constraints()[row as usize].id.clone());
        let left = by_code.without(|row| statements.contains(reading.statements.ids.of(row)));
        let kept = |row: usize| !constraints.contains(reading.constraints.ids.get(row));
        let constraints = reading.constraints.only(kept);
        (Reading { constraints, ..reading.clone() }, left)
    }
}

/// Where something stands in a report: lines (or pages, sections) by number, or a text of its own.
#[derive(Debug, PartialEq, Eq)]
struct Place<'t> {
    /// A letter or a word, and the first and the last number: `L460-463`.
    stretches: Vec<(String, u32, u32)>,
    whole: &'t str,
}

impl<'t> Place<'t> {
    fn of(text: &'t str) -> Self {
        let words = text.split([' ', ',', ';', '(', ')']).filter(|word| !word.is_empty());
        let stretches = words.filter_map(stretch).collect();
        Self { stretches, whole: text.trim() }
    }

    fn is_nowhere(&self) -> bool {
        self.whole.is_empty()
    }

    /// Whether both are about the same stretch; without stretches, whether both say the same.
    fn meets(&self, other: &Place<'_>) -> bool {
        if self.stretches.is_empty() || other.stretches.is_empty() {
            return !self.is_nowhere() && self.whole == other.whole;
        }
        self.stretches.iter().any(|(letters, from, to)| {
            other
                .stretches
                .iter()
                .any(|(others, first, last)| letters == others && from <= last && first <= to)
        })
    }
}

/// `L460-463` or `L460`: letters directly before a number, which lines have and pages do not.
fn stretch(word: &str) -> Option<(String, u32, u32)> {
    let digits = word.find(|c: char| c.is_ascii_digit()).filter(|&at| at > 0)?;
    let (letters, numbers) = word.split_at(digits);
    if !letters.chars().all(char::is_alphabetic) {
        return None;
    }
    let (from, to) = numbers.split_once(['-', '–']).unwrap_or((numbers, numbers));
    let (from, to) = (from.parse().ok()?, to.parse().ok()?);
    (from != NONE && from <= to).then(|| (letters.to_owned(), from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_meet_where_their_lines_do() {
        let meet = |a, b| Place::of(a).meets(&Place::of(b));
        assert!(meet("L460-463", "L463"));
        assert!(meet("abstract, L686-698", "Table 2 L690"));
        assert!(!meet("L481", "L482-484"));
        assert!(!meet("L514", "Table 2 L501-506"));
        assert!(meet("p. 12, second paragraph", "p. 12, second paragraph"));
        assert!(!meet("p. 12", "p. 13") && !meet("", ""));
        assert!(!meet("Table 2", "Table 3"));
    }
}
