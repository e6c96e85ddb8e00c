//! Which small change of the tables would reconcile most claims with them?
//!
//! A published table and its text disagree: was somebody left out of the table, was somebody
//! counted after all, is a cell wrong? Each such change alone, and each together with one of the
//! best, is tried on every claim; changes are ranked by the claims they reconcile less those they
//! break. The search is bounded and its order is fixed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};

use parallax_model::claim::{Claim, Judge, Missing, Outcome, Truth};
use parallax_model::document::PublishedRepair;
use parallax_model::row::Inclusion;
use parallax_model::study::Edit;
use parallax_model::{Choices, NONE, Reading, Study};
use rayon::prelude::*;

use super::Claims;
use super::words::{Words, list};

/// At most so many single changes are tried.
const MOST_EDITS: usize = 300;
/// So many of the best single changes are tried together with each of the others.
const BEST: usize = 3;
/// At most so many repairs are told.
const MOST_TOLD: usize = 8;
/// Without being asked for, a search reads no more statements than this in all.
pub const BUDGET: usize = 20_000_000;

/// What changes would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// One or two changes.
    pub edits: Vec<Edit>,
    /// The claims that the data refute and no longer would, by their place among the claims.
    pub reconciles: BTreeSet<usize>,
    /// The claims that the data do not refute and would.
    pub breaks: BTreeSet<usize>,
}

impl Repair {
    /// How many claims more would fit.
    fn gain(&self) -> isize {
        let count = |set: &BTreeSet<usize>| isize::try_from(set.len()).unwrap_or(isize::MAX);
        count(&self.reconciles) - count(&self.breaks)
    }
}

impl<'s> Claims<'s> {
    /// The changes that reconcile claims with the tables, best first: single ones, then pairs that
    /// do better than either of the two. `progress` hears how many were tried, of how many.
    #[must_use]
    pub fn repairs(&self, progress: &(dyn Fn(usize, usize) + Sync)) -> Vec<Repair> {
        let Some(before) = self.refuted(self.study) else { return Vec::new() };
        if before.is_empty() {
            return Vec::new();
        }
        let edits = self.edits();
        let (done, all) = (AtomicUsize::new(0), edits.len() * (1 + BEST));
        let attempt = |edits: Vec<Edit>| {
            let study = edits.iter().fold(self.study.clone(), |study, edit| study.edited(edit));
            let after = self.refuted(&study)?;
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, all);
            let reconciles = before.difference(&after).copied().collect();
            let breaks = after.difference(&before).copied().collect();
            Some(Repair { edits, reconciles, breaks })
        };
        let each = edits.par_iter().map(|edit| attempt(vec![edit.clone()]));
        let mut singles: Vec<Repair> = each.collect::<Vec<_>>().into_iter().flatten().collect();
        singles.sort_by_key(|repair| (-repair.gain(), repair.breaks.len(), repair.edits.clone()));
        let best: Vec<Repair> = singles.iter().take(BEST).cloned().collect();
        let pairs: Vec<(Edit, Edit)> = best
            .iter()
            .flat_map(|first| edits.iter().map(|second| (first.edits[0].clone(), second.clone())))
            .filter(|(first, second)| first != second)
            .collect();
        let each = pairs.into_par_iter().map(|(first, second)| attempt(vec![first, second]));
        let pairs: Vec<Repair> = each.collect::<Vec<_>>().into_iter().flatten().collect();
        chosen(singles, pairs)
    }

    /// The claims that the data of a study refute, by their place: false in every world, about
    /// people who are not there.
    fn refuted(&self, study: &Study) -> Option<BTreeSet<usize>> {
        let reading = study.reading(&Choices::default()).ok()?;
        let judge = Judge::new(study, &reading);
        let sound = self.sound().enumerate();
        let refuted = sound.filter(|(_, claim)| {
            let outcome = judge.judge(claim).outcome;
            matches!(outcome, Outcome::Is(Truth::False) | Outcome::Missing(_))
        });
        Some(refuted.map(|(place, _)| place).collect())
    }

    /// The single changes to try, in a fixed order: people whom claims miss first.
    fn edits(&self) -> Vec<Edit> {
        let Ok(reading) = self.study.reading(&Choices::default()) else { return Vec::new() };
        let mut edits: Vec<Edit> = self.missed(&reading);
        edits.extend(vacancies(&reading));
        edits.extend(left_out(self.study, &reading));
        let mappings = self.study.mappings().iter().map(|mapping| mapping.id.clone());
        let others = mappings.filter(|id| *id != reading.mapping);
        edits.extend(others.map(Edit::Mapping));
        edits.extend(self.cells());
        let mut seen = BTreeSet::new();
        edits.retain(|edit| seen.insert(edit.clone()));
        edits.truncate(MOST_EDITS);
        edits
    }

    /// The roles at a case that claims speak of and that have nobody.
    fn missed(&self, reading: &Reading<'static>) -> Vec<Edit> {
        let judge = Judge::new(self.study, reading);
        let missing = self.sound().filter_map(|claim| match judge.judge(claim).outcome {
            Outcome::Missing(missing) => Some(missing),
            _ => None,
        });
        let at_case = missing.flatten().filter_map(|missing| match missing {
            Missing::RoleAtCase(role, case) => Some(Edit::Missing { role, case }),
            _ => None,
        });
        at_case.collect()
    }

    /// Other values in columns that conditions of claims name, of people who have one.
    fn cells(&self) -> Vec<Edit> {
        let attributes = self.study.attributes();
        let conditions = |claim: &'s Claim| claim.scope.conditions.iter();
        let columns: BTreeSet<&str> =
            self.sound().flat_map(conditions).map(|condition| condition.column.as_str()).collect();
        let mut values: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let own = |at: &usize| attributes.owners[*at] == 0;
        let cells: Vec<(&str, u32, &str)> = (0..attributes.rows.len())
            .filter(own)
            .map(|at| {
                let column = attributes.column_names.of(attributes.columns[at]);
                (column, attributes.rows[at], attributes.value_names.of(attributes.values[at]))
            })
            .filter(|(column, ..)| columns.contains(column))
            .collect();
        for &(column, _, value) in &cells {
            values.entry(column).or_default().insert(value);
        }
        let each = cells.into_iter().flat_map(|(column, participant, value)| {
            let others = values[column].iter().filter(move |other| **other != value);
            others.map(move |other| Edit::Attribute {
                participant,
                column: column.to_owned(),
                value: (*other).to_owned(),
            })
        });
        each.take(MOST_EDITS).collect()
    }
}

/// Roles that have people at some case and nobody at another.
fn vacancies(reading: &Reading<'static>) -> Vec<Edit> {
    let roster = reading.roster();
    let mut edits = Vec::new();
    for case in roster.cases().into_iter().filter(|&case| case != NONE) {
        for role in roster.roles() {
            if roster.unit(role, case).is_none() {
                edits.push(Edit::Missing { role, case });
            }
        }
    }
    edits
}

/// People who were left out, counted with each of the roles there are.
fn left_out(study: &Study, reading: &Reading<'static>) -> Vec<Edit> {
    let roles = reading.roster().roles();
    let people = (0_u32..).zip(study.inclusions());
    let out = people.filter(|&(row, &inclusion)| {
        inclusion != Inclusion::Withdrawn && !reading.participants.is_in(row)
    });
    let edits = out.flat_map(|(participant, _)| {
        roles.iter().map(move |&role| Edit::Counted { participant, role })
    });
    edits.collect()
}

/// The single changes that gain something, and the pairs that gain more than both their parts.
fn chosen(singles: Vec<Repair>, pairs: Vec<Repair>) -> Vec<Repair> {
    let gain: BTreeMap<Edit, isize> =
        singles.iter().map(|repair| (repair.edits[0].clone(), repair.gain())).collect();
    let alone = |repair: &Repair| {
        repair.edits.iter().filter_map(|edit| gain.get(edit).copied()).max().unwrap_or(0)
    };
    let mut pairs: Vec<Repair> =
        pairs.into_iter().filter(|repair| repair.gain() > alone(repair)).collect();
    pairs.sort_by_key(|repair| (-repair.gain(), repair.breaks.len(), repair.edits.clone()));
    let singles = singles.into_iter().filter(|repair| repair.gain() > 0);
    alike(singles.collect()).into_iter().chain(alike(pairs)).collect()
}

/// Without those that do just what an earlier one of the same sort does.
fn alike(repairs: Vec<Repair>) -> Vec<Repair> {
    let sort = |edit: &Edit| match edit {
        Edit::Missing { role, case } => format!("missing {role} {case}"),
        Edit::Counted { participant, .. } => format!("counted {participant}"),
        Edit::Attribute { column, value, .. } => format!("{column}={value}"),
        Edit::Mapping(id) => id.clone(),
    };
    let mut seen = BTreeSet::new();
    let mut kept = repairs;
    kept.retain(|repair| {
        let mut sorts: Vec<String> = repair.edits.iter().map(sort).collect();
        sorts.sort();
        seen.insert((sorts, repair.reconciles.clone(), repair.breaks.clone()))
    });
    kept.truncate(MOST_TOLD);
    kept
}

impl Claims<'_> {
    /// Repairs in words.
    #[must_use]
    pub fn tell(&self, repairs: &[Repair], reading: &Reading<'static>) -> Vec<PublishedRepair> {
        let words = Words { study: self.study, reading, language: self.study.settings().language };
        let claims: Vec<&Claim> = self.sound().collect();
        let ids = |places: &BTreeSet<usize>| -> Vec<String> {
            places.iter().map(|&place| claims[place].id.clone()).collect()
        };
        let told = repairs.iter().map(|repair| {
            let edits: Vec<String> = repair.edits.iter().map(|edit| words.edit(edit)).collect();
            let (reconciles, breaks) = (ids(&repair.reconciles), ids(&repair.breaks));
            let sentence = words.repair(&edits, &reconciles, &breaks);
            PublishedRepair { edits, reconciles, breaks, sentence }
        });
        told.collect()
    }

    /// How much a search would look at in all: the statements, and the people for each claim, in
    /// each try.
    #[must_use]
    pub fn repair_cost(&self) -> usize {
        let tries = self.edits().len() * (1 + BEST);
        let people = self.study.participants().len().saturating_mul(self.sound().count());
        tries.saturating_mul(self.study.statements().len().saturating_add(people).max(1))
    }
}

impl Words<'_> {
    fn edit(&self, edit: &Edit) -> String {
        let person = |row: u32| self.study.participants().ids.of(row);
        let role = |row: u32| self.study.roles().labels.of(row);
        match edit {
            Edit::Missing { role: of, case } => {
                let (role, case) = (role(*of), self.case(*case));
                self.pick(
                    &format!("{role} ({case}) is missing from the table of participants"),
                    &format!("{role} ({case}) ontbreekt in de tabel van deelnemers"),
                )
            }
            Edit::Counted { participant, role: of } => {
                let (who, role) = (person(*participant), role(*of));
                self.pick(
                    &format!("{who}, who was left out, was counted after all (as {role})"),
                    &format!("{who}, buiten de analyse gelaten, is toch meegeteld (als {role})"),
                )
            }
            Edit::Attribute { participant, column, value } => {
                let who = person(*participant);
                self.pick(
                    &format!("the {column} of {who}, or of somebody like {who}, is {value}"),
                    &format!("{column} van {who}, of van iemand als {who}, is {value}"),
                )
            }
            Edit::Mapping(id) => self.pick(
                &format!("titles are roles as in mapping {id}"),
                &format!("titels zijn rollen volgens {id}"),
            ),
        }
    }

    fn repair(&self, edits: &[String], reconciles: &[String], breaks: &[String]) -> String {
        let edits = edits.join(&self.pick(", and ", ", en "));
        let reconciled = list(reconciles, self.language);
        let broken = list(breaks, self.language);
        // One claim or several, in Dutch.
        let would = if reconciles.len() == 1 { "zou" } else { "zouden" };
        let (english, dutch) = match breaks {
            [] => (String::new(), String::new()),
            _ => (format!(", but {broken} would be"), format!(", maar {broken} wel")),
        };
        self.pick(
            &format!(
                "If {edits}: {reconciled} would no longer be at odds with the tables{english}."
            ),
            &format!(
                "Stel: {edits}. Dan {would} {reconciled} niet meer met de tabellen botsen{dutch}."
            ),
        )
    }
}
