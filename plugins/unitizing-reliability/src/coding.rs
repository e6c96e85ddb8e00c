//! Which passages did each coder mark in each source?

use std::cmp::Ordering;
use std::ops::Range;

use parallax_plugin::model::tables::Statements;
use parallax_plugin::prelude::*;

use crate::span::{Meetings, Span, join, union};

/// All passages with a place and a coder, source by source.
#[derive(Clone, Debug)]
pub(crate) struct Coding {
    /// The coders' names, in alphabetical order; a coder is a place in this list.
    pub(crate) coders: Vec<String>,
    /// The sources that at least two coders coded, in the order of their ids.
    pub(crate) sources: Vec<Source>,
    /// How many sources only one coder coded.
    pub(crate) single: usize,
    /// Statements of the double-coded sources, grouped by source, coder and code, along the text.
    pub(crate) rows: Vec<u32>,
    /// How often passages of one coder and one code met, in the double-coded sources.
    pub(crate) meetings: Meetings,
    /// Statements that do not say where they start and end.
    pub(crate) without_place: usize,
    /// Statements that do, and that name no coder or no source.
    pub(crate) without_coder: usize,
}

/// A source that at least two coders coded.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// Its row.
    pub(crate) source: u32,
    /// How many characters its text has.
    pub(crate) length: u64,
    /// Whether the study does not say so, and the text is taken to end with the last passage.
    pub(crate) assumed: bool,
    /// Who coded it, ascending; at least two.
    pub(crate) coders: Vec<usize>,
    /// What they marked, by coder, then by code.
    pub(crate) tracks: Vec<Track>,
}

/// The passages of one coder and one code in one source.
#[derive(Clone, Debug)]
pub(crate) struct Track {
    pub(crate) coder: usize,
    pub(crate) code: u32,
    /// Joined where they overlap or touch.
    pub(crate) spans: Vec<Span>,
    /// The statements behind each span, as places in [`Coding::rows`].
    pub(crate) statements: Vec<Range<usize>>,
}

impl Source {
    /// The place of the track of a coder and a code.
    pub(crate) fn track(&self, coder: usize, code: u32) -> Option<usize> {
        self.tracks.binary_search_by_key(&(coder, code), |track| (track.coder, track.code)).ok()
    }

    /// The passages of a coder and a code; none where there is no such track.
    pub(crate) fn spans(&self, coder: usize, code: u32) -> &[Span] {
        self.track(coder, code).map_or(&[], |at| &self.tracks[at].spans)
    }

    /// The tracks of one coder, by code.
    pub(crate) fn tracks_of(&self, coder: usize) -> &[Track] {
        let start = self.tracks.partition_point(|track| track.coder < coder);
        let end = self.tracks.partition_point(|track| track.coder <= coder);
        &self.tracks[start..end]
    }

    /// Everything that one coder marked, whatever the code.
    pub(crate) fn marked(&self, coder: usize) -> Vec<Span> {
        union(self.tracks_of(coder).iter().flat_map(|track| &track.spans).copied().collect())
    }

    /// The codes that somebody used here, ascending.
    pub(crate) fn codes(&self) -> Vec<u32> {
        let mut codes: Vec<u32> = self.tracks.iter().map(|track| track.code).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }
}

/// Gathers the passages of a reading.
///
/// # Errors
/// Not available without two coders, places, or a source that two coders coded.
pub(crate) fn coding(reading: &Reading<'_>) -> Result<Coding, NoFindings> {
    let ranks = Ranks::of(&reading.statements.coder_names, &reading.statements.coders);
    if ranks.names.len() < 2 {
        return Err(NoFindings::not_available(match ranks.names.len() {
            0 => "no statement names its coder, so there are no two coders to compare",
            _ => "all statements are of one coder, so there are no two coders to compare",
        }));
    }
    let mut coding = Coding {
        coders: Vec::new(),
        sources: Vec::new(),
        single: 0,
        rows: Vec::new(),
        meetings: Meetings::default(),
        without_place: 0,
        without_coder: 0,
    };
    let placed = placed(reading, &ranks, &mut coding);
    if placed.is_empty() {
        return Err(NoFindings::not_available(
            "no statement of a named coder says where it starts and ends (`start` and `end`)",
        ));
    }
    let source_of = |row: &u32| reading.statements.sources[*row as usize];
    for rows in placed.chunk_by(|a, b| source_of(a) == source_of(b)) {
        coding.add(reading, rows, &ranks);
    }
    // What is drawn must not depend on the order of rows in sources.csv.
    let id = |source: &Source| reading.sources.ids.of(source.source);
    coding.sources.sort_by(|a, b| id(a).cmp(id(b)));
    coding.coders = ranks.names;
    if coding.sources.is_empty() {
        return Err(NoFindings::not_available(
            "no source has statements with `start` and `end` of two coders",
        ));
    }
    Ok(coding)
}

/// The coders who coded something, in alphabetical order, so that the order of rows makes no
/// difference.
struct Ranks {
    names: Vec<String>,
    /// For each code of a coder, its place among the names.
    places: Vec<usize>,
}

impl Ranks {
    fn of(names: &Texts<'_>, coders: &[u32]) -> Self {
        let mut used = vec![false; names.len()];
        for &coder in coders {
            if let Some(used) = used.get_mut(coder as usize) {
                *used = true;
            }
        }
        let mut order: Vec<usize> = (0..names.len()).filter(|&coder| used[coder]).collect();
        order.sort_by_key(|&coder| names.get(coder));
        let mut places = vec![0; names.len()];
        for (place, &coder) in order.iter().enumerate() {
            places[coder] = place;
        }
        let names = order.iter().map(|&coder| names.get(coder).to_owned()).collect();
        Self { names, places }
    }

    fn place(&self, reading: &Reading<'_>, row: u32) -> usize {
        self.places[reading.statements.coders[row as usize] as usize]
    }
}

/// The statements with a place, a coder and a source, by source, coder, code and place. What is the
/// same in all of that is told apart by its id.
fn placed(reading: &Reading<'_>, ranks: &Ranks, coding: &mut Coding) -> Vec<u32> {
    let all = &reading.statements;
    let at = |column: &[u32], row: usize| column.get(row).copied().unwrap_or(NONE);
    let mut rows = Vec::new();
    for (number, row) in (0_u32..).zip(0..all.len()) {
        let (start, end) = (at(&all.starts, row), at(&all.ends, row));
        if start == NONE || end == NONE || start >= end {
            coding.without_place += 1;
        } else if at(&all.coders, row) == NONE || at(&all.sources, row) == NONE {
            coding.without_coder += 1;
        } else {
            rows.push(number);
        }
    }
    let key = |row: u32| {
        let coder = ranks.place(reading, row);
        let row = row as usize;
        (all.sources[row], coder, all.codes[row], all.starts[row], all.ends[row])
    };
    let by_id = |a: u32, b: u32| -> Ordering { all.ids.of(a).cmp(all.ids.of(b)) };
    rows.sort_unstable_by(|&a, &b| key(a).cmp(&key(b)).then_with(|| by_id(a, b)));
    rows
}

impl Coding {
    /// Adds the sorted statements of one source.
    fn add(&mut self, reading: &Reading<'_>, rows: &[u32], ranks: &Ranks) {
        let all = &reading.statements;
        let of = |row: &u32| (ranks.place(reading, *row), all.codes[*row as usize]);
        let mut coders: Vec<usize> = rows.iter().map(|row| of(row).0).collect();
        coders.dedup();
        if coders.len() < 2 {
            self.single += 1;
            return;
        }
        let groups = rows.chunk_by(|a, b| of(a) == of(b));
        let tracks = groups.map(|group| self.track(reading, group, of(&group[0]))).collect();
        let source = all.sources[rows[0] as usize];
        let last = rows.iter().map(|row| u64::from(all.ends[*row as usize])).max().unwrap_or(0);
        let given = reading.sources.length(source).map(u64::from);
        // A host may lend a text that is shorter than its passages; check refuses it in a study.
        let length = given.filter(|&given| given >= last);
        self.sources.push(Source {
            source,
            length: length.unwrap_or(last),
            assumed: length.is_none(),
            coders,
            tracks,
        });
    }

    /// The passages of the sorted statements of one coder and one code.
    fn track(&mut self, reading: &Reading<'_>, rows: &[u32], (coder, code): (usize, u32)) -> Track {
        let Statements { starts, ends, .. } = &reading.statements;
        let ends = |row: &u32| (starts[*row as usize].into(), ends[*row as usize].into());
        let spans = rows.iter().map(ends).filter_map(|(start, end)| Span::new(start, end));
        let (joined, meetings) = join(&spans.collect::<Vec<_>>());
        self.meetings.overlapping += meetings.overlapping;
        self.meetings.touching += meetings.touching;
        let first = self.rows.len();
        self.rows.extend(rows);
        let statements = joined.iter().map(|of| first + of.from.start..first + of.from.end);
        Track {
            coder,
            code,
            spans: joined.iter().map(|joined| joined.span).collect(),
            statements: statements.collect(),
        }
    }

    /// How many passages the double-coded sources have.
    pub(crate) fn passages(&self) -> usize {
        self.sources.iter().flat_map(|source| &source.tracks).map(|track| track.spans.len()).sum()
    }
}
