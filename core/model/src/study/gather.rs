//! How do forty cells with the same mistake become one problem?

use std::collections::BTreeMap;

use crate::problem::{Kind, Problem, Spot};

/// Problems as they are found: those that say the same are one problem with several spots.
#[derive(Debug, Default)]
pub struct Gathered {
    problems: Vec<Problem>,
    known: BTreeMap<(Kind, String), usize>,
}

/// A problem in more cells than this keeps its first cells only.
const MOST_SPOTS: usize = 10_000;

impl Gathered {
    /// Adds a problem, or its spots to the one that says the same.
    pub fn add(&mut self, problem: Problem) {
        let key = (problem.kind, problem.message.clone());
        match self.known.get(&key) {
            Some(&index) => {
                let spots = &mut self.problems[index].spots;
                let room = MOST_SPOTS.saturating_sub(spots.len());
                spots.extend(problem.spots.into_iter().take(room));
            }
            None => {
                self.known.insert(key, self.problems.len());
                self.problems.push(problem);
            }
        }
    }

    /// Adds a reference that points nowhere: `what` names the kind of thing, `wrong` the value.
    pub(super) fn unknown(&mut self, kind: Kind, what: &str, wrong: &str, spot: Spot, label: &str) {
        self.add(
            Problem::new(kind, spot, format!("unknown {what} `{}`", named(wrong))).label(label),
        );
    }

    /// Whether one of them keeps the study from being one: an error that is not about claims only.
    pub(super) fn stop_the_study(&self) -> bool {
        self.problems.iter().any(Problem::stops_study)
    }

    /// In how many cells something is wrong, as far as they are kept.
    pub(super) fn spots(&self) -> usize {
        self.problems.iter().map(|problem| problem.spots.len()).sum()
    }

    /// How many different problems there are.
    pub(super) fn len(&self) -> usize {
        self.problems.len()
    }

    /// More cells with the problem that was added last.
    pub(super) fn more_spots(&mut self, spots: impl Iterator<Item = Spot>) {
        if let Some(problem) = self.problems.last_mut() {
            let room = MOST_SPOTS.saturating_sub(problem.spots.len());
            problem.spots.extend(spots.take(room));
        }
    }

    /// Everything that was added, in order.
    #[must_use]
    pub fn into_problems(self) -> Vec<Problem> {
        self.problems
    }
}

/// A name as a message shows it: what is as long as a sentence may be one that somebody said, in a
/// column where it does not belong.
pub(super) fn named(wrong: &str) -> &str {
    let is_a_name = wrong.chars().count() <= 40 && wrong.split_whitespace().count() <= 4;
    if is_a_name { wrong } else { "…" }
}

/// The rows of ids by id; ids that stand twice are problems.
pub(super) fn index_ids<'i>(
    gathered: &mut Gathered,
    ids: impl Iterator<Item = (&'i str, Spot)>,
    what: &str,
) -> BTreeMap<&'i str, u32> {
    let mut index: BTreeMap<&str, (u32, Spot)> = BTreeMap::new();
    for (row, (id, spot)) in (0_u32..).zip(ids) {
        match index.get(id) {
            None => {
                index.insert(id, (row, spot));
            }
            Some((_, first)) => gathered.add(
                Problem::new(Kind::DuplicateId, spot, format!("the {what} `{id}` is there twice"))
                    .label("the same id again")
                    .related(first.clone(), format!("`{id}` is here first"))
                    .help(format!("give each {what} an id of its own, or remove one of the two")),
            ),
        }
    }
    index.into_iter().map(|(id, (row, _))| (id, row)).collect()
}

/// The first thing of a tree that stands below itself, with the path back to it.
pub(super) fn cycles(parents: &[u32]) -> Vec<Vec<u32>> {
    let mut settled = vec![false; parents.len()];
    let mut found = Vec::new();
    for start in 0..parents.len() {
        let mut path: Vec<u32> = Vec::new();
        let mut at = start;
        while !settled[at] {
            settled[at] = true;
            path.push(u32::try_from(at).unwrap_or(u32::MAX));
            match parents.get(parents[at] as usize) {
                Some(_) => at = parents[at] as usize,
                None => break,
            }
        }
        let again = path.iter().position(|&node| node as usize == at);
        let closes = path.last().is_some_and(|&last| parents[last as usize] as usize == at);
        if let (Some(position), true) = (again, closes) {
            found.push(path[position..].to_vec());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::StudyFile;
    use crate::table::NONE;

    #[test]
    fn the_same_mistake_in_two_cells_is_one_problem() {
        let mut gathered = Gathered::default();
        for row in [2, 5] {
            let spot = Spot::cell(StudyFile::Statements, row, "code");
            gathered.unknown(Kind::UnknownCode, "code", "P.tsk", spot, "no such code");
        }
        let problems = gathered.into_problems();
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].spots.len(), 2);
    }

    #[test]
    fn cycles_are_found_once_and_trees_have_none() {
        assert_eq!(cycles(&[1, 2, 1, 0]), vec![vec![1, 2]]);
        assert_eq!(cycles(&[0]), vec![vec![0]]);
        assert!(cycles(&[NONE, 0, 0, 2]).is_empty());
    }
}
