//! Which changes of a study make each difference, and could do so by themselves?
//!
//! The study as it was kept is run with some of its changes made, and halves of them are tried until
//! the smallest set is left that gives what is found now (QuickXplain, Junker 2004; for several
//! differences at once, so that they share runs).

use std::collections::{BTreeMap, BTreeSet};

use parallax_model::Choices;

use super::{Item, Now};
use crate::accept::Accepted;
use crate::kept::{Edit, Kept, mixed};
use crate::open::open_files;
use crate::shelf::Shelf;

/// Because of what something differs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cause {
    /// Whether the program, or an analysis that comes with it, gives something else for the same study.
    pub program: bool,
    /// The changes of the study, by their position among the edits that were looked through.
    pub edits: Vec<usize>,
    /// What is known of them.
    pub because: Because,
}

/// What is known of the changes that make a difference.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Because {
    /// All of them together make it, and none of them can be missed.
    #[default]
    These,
    /// It was made by one or more of them; looking closer would take too long, or does not lead on.
    SomeOfThese,
    /// Nobody knows: what was accepted is not what the study gave.
    Unknown,
}

/// So many runs are made to find causes, at most.
pub const MOST_RUNS: usize = 200;

/// The cause of each item. `was` is the study as it was kept and `is` the one of now, `edits` what
/// differs between them; `has_newer_program` whether the program is another since then. `shelf` gives
/// the analyses that come with the program; `watch` is told how many runs were made.
#[must_use]
pub fn causes(
    (was, is): (&Kept, &Kept),
    edits: &[Edit],
    before: &BTreeMap<String, Accepted>,
    items: &[Item],
    has_newer_program: bool,
    shelf: &dyn Fn() -> Shelf,
    watch: &dyn Fn(usize),
) -> Vec<Cause> {
    if items.is_empty() {
        return Vec::new();
    }
    let analyses = items.iter().map(|item| item.analysis.as_str()).collect();
    let mut search = Search {
        was,
        is,
        edits,
        items,
        analyses,
        shelf,
        watch,
        known: BTreeMap::new(),
        target: Vec::new(),
        runs: 0,
    };
    let base = search.found(&[]);
    let target = if edits.is_empty() { base.clone() } else { search.found(&search.all()) };
    let value = |found: &Option<BTreeMap<String, Accepted>>, item: &Item| {
        found.as_ref().map(|found| item.value(found))
    };
    search.target = items.iter().map(|item| value(&target, item)).collect();
    let moved: Vec<usize> = (0..items.len())
        .filter(|&at| search.target[at].is_some() && value(&base, &items[at]) != search.target[at])
        .collect();
    let all = search.all();
    let mut causes = vec![Cause::default(); items.len()];
    for (at, edits) in search.narrow(&[], &all, &moved) {
        let alone = search.gives(&edits, at) && search.runs < MOST_RUNS;
        let because = if alone { Because::These } else { Because::SomeOfThese };
        causes[at] = Cause { program: false, edits, because };
    }
    for (at, cause) in causes.iter_mut().enumerate() {
        let item = &items[at];
        // The same study gives something else than what was accepted.
        let unlike = value(&base, item).is_some_and(|base| base != item.value(before));
        cause.program = has_newer_program && unlike;
        if cause.edits.is_empty() && !cause.program {
            *cause = without_runs(edits, target.is_none());
        }
    }
    causes
}

/// The cause of what no run explains: of a study that does not run with the changes it is one of
/// them; otherwise the words of people, if some changed.
fn without_runs(edits: &[Edit], is_broken: bool) -> Cause {
    let any = |wanted: &dyn Fn(&Edit) -> bool| -> Vec<usize> {
        (0..edits.len()).filter(|&at| wanted(&edits[at])).collect()
    };
    let edits = if is_broken { any(&|_| true) } else { any(&Edit::is_about_words) };
    let because = if edits.is_empty() { Because::Unknown } else { Because::SomeOfThese };
    Cause { program: false, edits, because }
}

struct Search<'s> {
    was: &'s Kept,
    is: &'s Kept,
    edits: &'s [Edit],
    items: &'s [Item],
    analyses: BTreeSet<&'s str>,
    shelf: &'s dyn Fn() -> Shelf,
    watch: &'s dyn Fn(usize),
    /// Which items are as they are now with these edits.
    known: BTreeMap<Vec<usize>, Vec<bool>>,
    /// What each item is now; none where the study of now does not run.
    target: Vec<Option<Option<String>>>,
    runs: usize,
}

impl Search<'_> {
    fn all(&self) -> Vec<usize> {
        (0..self.edits.len()).collect()
    }

    /// What the study gives with these edits; nothing when it is no study then.
    fn found(&mut self, made: &[usize]) -> Option<BTreeMap<String, Accepted>> {
        self.runs += 1;
        (self.watch)(self.runs);
        let kept = mixed(self.was, self.is, made.iter().map(|&at| &self.edits[at]));
        let mut opened = open_files(kept.folder(), (self.shelf)());
        let study = opened.checked.study.clone()?;
        opened.planned.retain(|planned| self.analyses.contains(planned.id.as_str()));
        let answered = opened.answer(&study, &Choices::default()).ok()?;
        Some(Now::of(&answered.document).found)
    }

    /// Whether an item is as it is now with these edits alone.
    fn gives(&mut self, made: &[usize], item: usize) -> bool {
        let mut made = made.to_vec();
        made.sort_unstable();
        made.dedup();
        if let Some(known) = self.known.get(&made) {
            return known[item];
        }
        if self.runs >= MOST_RUNS {
            return false;
        }
        let found = self.found(&made);
        let each = self.items.iter().zip(&self.target);
        let given: Vec<bool> = each
            .map(|(item, target)| found.as_ref().map(|found| item.value(found)) == *target)
            .collect();
        let gives = given[item];
        self.known.insert(made, given);
        gives
    }

    /// For each of `items` the edits among `edits` that it needs beside `fixed`. All of them together
    /// give it, and `fixed` alone does not.
    fn narrow(
        &mut self,
        fixed: &[usize],
        edits: &[usize],
        items: &[usize],
    ) -> Vec<(usize, Vec<usize>)> {
        if items.is_empty() {
            return Vec::new();
        }
        if edits.len() < 2 || self.runs >= MOST_RUNS {
            return items.iter().map(|&item| (item, edits.to_vec())).collect();
        }
        let (left, right) = edits.split_at(edits.len() / 2);
        let (with_left, with_right) = (joined(fixed, left), joined(fixed, right));
        let mut found = Vec::new();
        let (by_left, rest): (Vec<usize>, Vec<usize>) =
            items.iter().partition(|&&item| self.gives(&with_left, item));
        found.extend(self.narrow(fixed, left, &by_left));
        let (by_right, both): (Vec<usize>, Vec<usize>) =
            rest.iter().partition(|&&item| self.gives(&with_right, item));
        found.extend(self.narrow(fixed, right, &by_right));
        // What needs some of both halves: first those of the left that it needs beside all of the
        // right, then those of the right that it needs beside these.
        let mut alike: BTreeMap<Vec<usize>, Vec<usize>> = BTreeMap::new();
        for (item, of_left) in self.narrow(&with_right, left, &both) {
            alike.entry(of_left).or_default().push(item);
        }
        for (of_left, items) in alike {
            for (item, of_right) in self.narrow(&joined(fixed, &of_left), right, &items) {
                found.push((item, joined(&of_left, &of_right)));
            }
        }
        found
    }
}

fn joined(a: &[usize], b: &[usize]) -> Vec<usize> {
    let all: BTreeSet<usize> = a.iter().chain(b).copied().collect();
    all.into_iter().collect()
}
