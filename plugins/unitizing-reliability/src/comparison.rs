//! How much of what one coder marked did another mark too, and what became of the rest?

use std::collections::BTreeMap;
use std::ops::AddAssign;

use parallax_plugin::prelude::*;

use crate::amount::Amount;
use crate::coding::{Coding, Source};
use crate::decisions::{Coincidences, Decisions};
use crate::matching::{Match, Threshold, align};
use crate::span::{Span, characters, overlaps, shared, shared_with, union};
use crate::unitizing::{Continuum, Overlapping, Unit};

/// What two coders marked, counted in characters and in passages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Characters coded by both.
    pub both: u64,
    /// Characters coded by the first only.
    pub first: u64,
    /// Characters coded by the second only.
    pub second: u64,
    /// Passages of both coders together.
    pub passages: u64,
    /// Pairs of passages that hold the same characters.
    pub exact: u64,
    /// Pairs of passages whose intersection over union reaches the threshold.
    pub matched: u64,
    /// Where the characters that only one of them coded come from.
    pub apart: Apart,
}

/// Characters that one coder gave a code and the other did not, by what the other did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Apart {
    /// The other marked the same passage with the same code, with other ends.
    pub boundaries: u64,
    /// The other gave them another code.
    pub codes: u64,
    /// The other marked nothing there.
    pub unmarked: u64,
}

impl Apart {
    /// All of them.
    #[must_use]
    pub fn all(&self) -> u64 {
        self.boundaries + self.codes + self.unmarked
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.both += other.both;
        self.first += other.first;
        self.second += other.second;
        self.passages += other.passages;
        self.exact += other.exact;
        self.matched += other.matched;
        self.apart.boundaries += other.apart.boundaries;
        self.apart.codes += other.apart.codes;
        self.apart.unmarked += other.apart.unmarked;
    }
}

impl Counts {
    /// What two coders did with one code; `marked` is what each of them marked with any code. All
    /// lists are joined.
    #[must_use]
    pub fn of(first: &[Span], second: &[Span], marked: [&[Span]; 2], threshold: Threshold) -> Self {
        let both = shared(first, second);
        let pairs = align(first, second);
        let mut apart = Apart::default();
        for (own, other, any) in [(first, second, marked[1]), (second, first, marked[0])] {
            for span in own {
                let same = shared_with(*span, other);
                if same > 0 {
                    apart.boundaries += span.length() - same;
                } else {
                    let marked = shared_with(*span, any);
                    apart.codes += marked;
                    apart.unmarked += span.length() - marked;
                }
            }
        }
        Self {
            both,
            first: characters(first) - both,
            second: characters(second) - both,
            passages: (first.len() + second.len()) as u64,
            exact: pairs.iter().filter(|pair| pair.is_exact()).count() as u64,
            matched: pairs.iter().filter(|pair| pair.reaches(threshold)).count() as u64,
            apart,
        }
    }

    /// Whether both coders marked something.
    #[must_use]
    pub fn both_marked(&self) -> bool {
        self.both + self.first > 0 && self.both + self.second > 0
    }

    /// The decisions on a text of so many characters.
    #[must_use]
    pub fn decisions(&self, text: u64) -> Decisions {
        let Self { both, first, second, .. } = *self;
        Decisions { both, first, second, neither: text.saturating_sub(both + first + second) }
    }
}

/// Two coders, over the sources that both of them coded.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pair {
    pub(crate) sources: u64,
    /// The characters of their texts.
    pub(crate) text: u64,
    /// The characters that at least one of them marked.
    pub(crate) marked: u64,
    /// What they marked, whatever the code.
    pub(crate) any: Counts,
    /// What they marked, code by code and added up.
    pub(crate) all: Counts,
    /// Characters of text that both marked, as often as they gave it a code: by both, by either.
    pub(crate) code_alike: (u64, u64),
}

/// One code, over all double-coded sources.
#[derive(Clone, Debug, Default)]
pub(crate) struct OfCode {
    /// By pair of coders of whom at least one used it in a source that both coded.
    pub(crate) pairs: BTreeMap<(usize, usize), Counts>,
    /// Decisions that a character has the code, and the disagreement on it.
    pub(crate) coincidences: Coincidences,
    /// The sum of the squared lengths of its passages.
    pub(crate) squares: u128,
    pub(crate) passages: u64,
    /// Who used it, ascending.
    pub(crate) coders: Vec<usize>,
}

/// Everything that is counted, source by source.
pub(crate) struct Comparison {
    pub(crate) pairs: BTreeMap<(usize, usize), Pair>,
    pub(crate) codes: BTreeMap<u32, OfCode>,
    /// For each source: is a character marked, whatever the code?
    pub(crate) marked: Vec<Coincidences>,
    /// For each source: characters that somebody marked, as often as it has coders.
    pub(crate) marked_decisions: Vec<u64>,
    /// For each source: units and values, where every coder gave a character one code at most.
    pub(crate) continua: Vec<Option<Continuum>>,
    /// For each source, track and passage: how many other coders have a match.
    pub(crate) matched: Vec<Vec<Vec<usize>>>,
}

/// Compares the coders of every source.
///
/// # Errors
/// Cancelled when the run is to stop.
pub(crate) fn compare(
    coding: &Coding,
    threshold: Threshold,
    job: &Job<'_>,
) -> Result<Comparison, NoFindings> {
    let mut comparison = Comparison {
        pairs: BTreeMap::new(),
        codes: BTreeMap::new(),
        marked: Vec::new(),
        marked_decisions: Vec::new(),
        continua: Vec::new(),
        matched: Vec::new(),
    };
    for (done, source) in coding.sources.iter().enumerate() {
        job.progress(done, coding.sources.len() * 2)?;
        comparison.add(source, threshold);
    }
    Ok(comparison)
}

impl Comparison {
    fn add(&mut self, source: &Source, threshold: Threshold) {
        let marked: Vec<Vec<Span>> = source.coders.iter().map(|&c| source.marked(c)).collect();
        let slices: Vec<&[Span]> = marked.iter().map(Vec::as_slice).collect();
        let anybody = union(marked.iter().flatten().copied().collect());
        self.marked.push(Coincidences::of(&slices, source.length));
        self.marked_decisions.push(characters(&anybody) * source.coders.len() as u64);
        self.continua.push(continuum(source).ok());
        let codes = source.codes();
        let mut matched: Vec<Vec<usize>> =
            source.tracks.iter().map(|track| vec![0; track.spans.len()]).collect();
        for (one, &first) in source.coders.iter().enumerate() {
            for (two, &second) in source.coders.iter().enumerate().skip(one + 1) {
                let any = [slices[one], slices[two]];
                self.add_pair(source, (first, second), any, threshold);
                for &code in &codes {
                    count_matches(source, (first, second), code, threshold, &mut matched);
                }
            }
        }
        self.matched.push(matched);
        for code in codes {
            self.add_code(source, code);
        }
    }

    /// Two coders of one source; `any` is what each of them marked.
    fn add_pair(
        &mut self,
        source: &Source,
        coders: (usize, usize),
        any: [&[Span]; 2],
        threshold: Threshold,
    ) {
        let pair = self.pairs.entry(coders).or_default();
        let of_any = Counts::of(any[0], any[1], any, threshold);
        pair.sources += 1;
        pair.text += source.length;
        pair.marked += of_any.both + of_any.first + of_any.second;
        pair.any += of_any;
        let common = common(any[0], any[1]);
        for code in source.codes() {
            let (first, second) = (source.spans(coders.0, code), source.spans(coders.1, code));
            if first.is_empty() && second.is_empty() {
                continue;
            }
            let counts = Counts::of(first, second, any, threshold);
            pair.all += counts;
            let within = shared(first, &common) + shared(second, &common);
            pair.code_alike.0 += counts.both;
            pair.code_alike.1 += within - counts.both;
            *self.codes.entry(code).or_default().pairs.entry(coders).or_default() += counts;
        }
    }

    /// One code in one source, for all its coders at once.
    fn add_code(&mut self, source: &Source, code: u32) {
        let spans: Vec<&[Span]> = source.coders.iter().map(|&c| source.spans(c, code)).collect();
        let of_code = self.codes.entry(code).or_default();
        of_code.coincidences = of_code.coincidences.plus(Coincidences::of(&spans, source.length));
        for (&coder, spans) in source.coders.iter().zip(spans) {
            of_code.passages += spans.len() as u64;
            let square = |span: &Span| u128::from(span.length()) * u128::from(span.length());
            of_code.squares += spans.iter().map(square).sum::<u128>();
            if !spans.is_empty()
                && let Err(place) = of_code.coders.binary_search(&coder)
            {
                of_code.coders.insert(place, coder);
            }
        }
    }

    /// Is a character marked, over all sources?
    pub(crate) fn all_marked(&self) -> Coincidences {
        self.marked.iter().fold(Coincidences::default(), |sum, &of| sum.plus(of))
    }

    /// The units and values of all sources that have them, and how many have.
    pub(crate) fn units(&self) -> (Continuum, usize) {
        let known = || self.continua.iter().flatten();
        (known().fold(Continuum::default(), Continuum::plus), known().count())
    }

    /// The coincidences of one code, over the texts of all double-coded sources: where nobody used
    /// it, everybody decided against it.
    pub(crate) fn of_code(&self, code: &OfCode) -> Coincidences {
        let decisions = self.marked.iter().map(|of| of.decisions).sum();
        Coincidences { decisions, ..code.coincidences }
    }
}

/// The squared lengths, as an amount.
pub(crate) fn squares(code: &OfCode) -> Amount {
    i128::try_from(code.squares).map_or(Amount::Near(code.squares as f64), |s| Amount::of(s, 1))
}

/// The text that both of two coders marked, joined.
fn common(first: &[Span], second: &[Span]) -> Vec<Span> {
    let pieces = overlaps(first, second).filter_map(|(left, right)| {
        let (a, b) = (first[left], second[right]);
        Span::new(a.start().max(b.start()), a.end().min(b.end()))
    });
    union(pieces.collect())
}

/// What each coder cut out of a source, with one code for each character.
fn continuum(source: &Source) -> Result<Continuum, Overlapping> {
    let units = |&coder: &usize| {
        let tracks = source.tracks_of(coder).iter();
        let mut units: Vec<Unit> = tracks
            .flat_map(|track| track.spans.iter().map(|&span| Unit { span, value: track.code }))
            .collect();
        units.sort_unstable();
        units
    };
    let units: Vec<Vec<Unit>> = source.coders.iter().map(units).collect();
    let slices: Vec<&[Unit]> = units.iter().map(Vec::as_slice).collect();
    Continuum::of(&slices, source.length)
}

/// Marks the passages of two coders that match.
fn count_matches(
    source: &Source,
    (first, second): (usize, usize),
    code: u32,
    threshold: Threshold,
    matched: &mut [Vec<usize>],
) {
    let Some((left, right)) = source.track(first, code).zip(source.track(second, code)) else {
        return;
    };
    let pairs = align(&source.tracks[left].spans, &source.tracks[right].spans);
    for Match { first, second, .. } in pairs.into_iter().filter(|pair| pair.reaches(threshold)) {
        matched[left][first] += 1;
        matched[right][second] += 1;
    }
}
