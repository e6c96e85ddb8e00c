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
    /// None of them makes it: what was accepted came from something else.
    Unknown,
}

/// So many runs are made to find causes, at most.
pub const MOST_RUNS: usize = 100;

/// Of more changes than this, those that only together make a difference are not told apart.
const MOST_TOGETHER: usize = 32;

/// The cause of each item. `was` is the study as it was kept and `is` the one of now, `edits` what
/// differs between them; `has_newer_program` whether the program is another since then. `shelf` has
/// the analyses that come with the program; `watch` is told how many runs were made.
#[must_use]
pub fn causes(
    (was, is): (&Kept, &Kept),
    edits: &[Edit],
    before: &BTreeMap<String, Accepted>,
    items: &[Item],
    has_newer_program: bool,
    shelf: &Shelf,
    watch: &dyn Fn(usize),
) -> Vec<Cause> {
    let all: Vec<usize> = (0..items.len()).collect();
    let every: Vec<usize> = (0..edits.len()).collect();
    let mut search =
        Search { was, is, edits, items, shelf, watch, values: BTreeMap::new(), runs: 0 };
    search.run(&[], &all);
    search.run(&every, &all);
    let moved = |at: &usize| search.value(&[], *at) != search.value(&every, *at);
    let moved: Vec<usize> = all.into_iter().filter(moved).collect();
    let mut causes = vec![Cause { because: Because::Unknown, ..Cause::default() }; items.len()];
    for (at, edits) in search.narrow(&[], &every, &moved) {
        let alone = search.runs < MOST_RUNS && search.gives(&edits, &[at]).contains(&at);
        let because = if alone { Because::These } else { Because::SomeOfThese };
        causes[at] = Cause { program: false, edits, because };
    }
    let accepted = Now { found: before.clone(), ..Now::default() };
    for (at, cause) in causes.iter_mut().enumerate() {
        // The same study gives something else than what was accepted: the program does, or some of
        // the changes were accepted before.
        let base = search.value(&[], at);
        if base.is_some() && base != Some(&items[at].value(&accepted)) {
            cause.program = has_newer_program;
            if !has_newer_program && cause.because == Because::These {
                cause.because = Because::SomeOfThese;
            }
        }
        if search.value(&every, at).is_none() {
            // The study does not run with its changes, so nothing can be tried.
            *cause = Cause { edits: every.clone(), because: Because::SomeOfThese, ..cause.clone() };
        }
    }
    causes
}

struct Search<'s> {
    was: &'s Kept,
    is: &'s Kept,
    edits: &'s [Edit],
    items: &'s [Item],
    shelf: &'s Shelf,
    watch: &'s dyn Fn(usize),
    /// What items are with these edits made; none where the study is no study then.
    values: BTreeMap<Vec<usize>, BTreeMap<usize, Option<Option<String>>>>,
    runs: usize,
}

impl Search<'_> {
    /// Learns what these items are with these edits.
    fn run(&mut self, made: &[usize], items: &[usize]) {
        let known = self.values.get(made);
        let is_known = |at: &&usize| known.is_some_and(|known| known.contains_key(at));
        if items.iter().all(|at| is_known(&at)) {
            return;
        }
        self.runs += 1;
        (self.watch)(self.runs);
        let analyses: BTreeSet<&str> =
            items.iter().map(|&at| self.items[at].analysis.as_str()).collect();
        let found = self.found(made, &analyses);
        // What else was learnt about the same analyses is kept as well.
        let learnt = self.items.iter().enumerate();
        let learnt = learnt.filter(|(_, item)| analyses.contains(item.analysis.as_str()));
        let learnt: Vec<(usize, Option<Option<String>>)> =
            learnt.map(|(at, item)| (at, found.as_ref().map(|now| item.value(now)))).collect();
        self.values.entry(made.to_vec()).or_default().extend(learnt);
    }

    /// What the study gives with these edits; nothing when it is no study then.
    fn found(&self, made: &[usize], analyses: &BTreeSet<&str>) -> Option<Now> {
        let kept = mixed(self.was, self.is, made.iter().map(|&at| &self.edits[at]));
        let mut opened = open_files(kept.folder(), self.shelf.clone());
        let study = opened.checked.study.clone()?;
        opened.planned.retain(|planned| analyses.contains(planned.id.as_str()));
        let answered = opened.answer(&study, &Choices::default()).ok()?;
        Some(Now::of(&answered.document))
    }

    /// What an item is with these edits, where that is known.
    fn value(&self, made: &[usize], item: usize) -> Option<&Option<String>> {
        self.values.get(made)?.get(&item)?.as_ref()
    }

    /// Those of `items` that are as they are now with these edits alone.
    fn gives(&mut self, made: &[usize], items: &[usize]) -> Vec<usize> {
        if items.is_empty() || self.runs >= MOST_RUNS {
            return Vec::new();
        }
        let every: Vec<usize> = (0..self.edits.len()).collect();
        self.run(made, items);
        let as_now = |at: &usize| {
            let value = self.value(made, *at);
            value.is_some() && value == self.value(&every, *at)
        };
        items.iter().copied().filter(as_now).collect()
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
        let by_left = self.gives(&with_left, items);
        let rest: Vec<usize> = without(items, &by_left);
        let by_right = self.gives(&with_right, &rest);
        let both = without(&rest, &by_right);
        let mut found = self.narrow(fixed, left, &by_left);
        found.extend(self.narrow(fixed, right, &by_right));
        if edits.len() > MOST_TOGETHER {
            found.extend(both.into_iter().map(|item| (item, edits.to_vec())));
            return found;
        }
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

fn without(items: &[usize], others: &[usize]) -> Vec<usize> {
    items.iter().copied().filter(|item| !others.contains(item)).collect()
}
