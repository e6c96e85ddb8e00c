//! Which coder gave which code to which unit, in the sources that two or more coders coded?

use std::ops::Range;

use parallax_plugin::prelude::*;

use crate::parameters::UnitChoice;

/// At most so many coders: one bit of a set each.
const MOST_CODERS: usize = 64;

/// A set of coders: bit `c` is coder `c`.
pub(crate) type Coders = u64;

/// What coders are compared on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UnitKind {
    Excerpt,
    Speaker,
}

/// One excerpt, or all that one speaker says in a source, with at least one statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unit {
    pub(crate) source: u32,
    /// The row of the excerpt or the speaker; [`NONE`]: the document itself speaks.
    pub(crate) item: u32,
    pub(crate) crew: usize,
}

/// A code that at least one coder gave to a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) unit: usize,
    pub(crate) code: u32,
    pub(crate) given: Coders,
    /// Its statements, among [`Material::said`].
    pub(crate) said: Range<usize>,
}

/// A statement by the place of its coder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) coder: u32,
    pub(crate) row: u32,
}

/// What is not compared, or counts once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct LeftOut {
    /// Sources with one coder.
    pub(crate) single_sources: usize,
    /// Statements of sources with several coders that belong to no unit.
    pub(crate) without_unit: usize,
    /// Statements that name no coder.
    pub(crate) unnamed: usize,
    /// Times that one coder gave one code to one unit more than once.
    pub(crate) self_overlaps: usize,
}

/// The statements of sources with two or more coders, sorted by unit, code and coder.
#[derive(Debug)]
pub(crate) struct Material<'r> {
    pub(crate) reading: &'r Reading<'r>,
    pub(crate) unit: UnitKind,
    /// The names of the coders of such sources, in order.
    pub(crate) coders: Vec<&'r str>,
    /// Which coders coded a source: each different set once.
    pub(crate) crews: Vec<Coders>,
    pub(crate) sources: usize,
    pub(crate) units: Vec<Unit>,
    pub(crate) marks: Vec<Mark>,
    pub(crate) said: Vec<Said>,
    /// Units that nobody coded, by crew.
    pub(crate) uncoded: Vec<u64>,
    pub(crate) left_out: LeftOut,
}

/// A statement before it is sorted: source and item of its unit, code, coder, row.
type Key = (u32, u32, u32, u32, u32);

impl<'r> Material<'r> {
    /// The material of a reading.
    ///
    /// # Errors
    /// Not available when there is no second coding of anything.
    pub(crate) fn of(reading: &'r Reading<'r>, choice: UnitChoice) -> Result<Self, NoFindings> {
        let coding = Coding::of(reading)?;
        let unit = coding.unit(choice);
        let mut left_out = coding.left_out;
        let mut keys: Vec<Key> = Vec::new();
        for row in 0..reading.statements.len() {
            let source = coding.source(row);
            let Some(coder) = coding.compared_coder(row) else { continue };
            let item = match unit {
                UnitKind::Excerpt => excerpt_of(reading, row),
                UnitKind::Speaker => reading.statements.speakers.get(row).copied().unwrap_or(NONE),
            };
            if unit == UnitKind::Excerpt && item == NONE {
                left_out.without_unit += 1;
                continue;
            }
            let row = u32::try_from(row).unwrap_or(NONE);
            keys.push((source, item, reading.statements.codes[row as usize], coder, row));
        }
        let order = Order::of(reading, unit);
        keys.sort_unstable_by_key(|&(source, item, code, coder, row)| {
            (order.of_unit(source, item), code, coder, row)
        });
        let crews = coding.crews();
        let mut material = Self {
            reading,
            unit,
            coders: coding.names.clone(),
            uncoded: vec![0; crews.len()],
            sources: coding.compared_sources(),
            crews,
            units: Vec::new(),
            marks: Vec::new(),
            said: Vec::with_capacity(keys.len()),
            left_out,
        };
        material.fill(&coding, &keys);
        material.count_uncoded(&coding, &order);
        material.comparable()
    }

    fn fill(&mut self, coding: &Coding<'_>, keys: &[Key]) {
        for unit in keys.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let (source, item, ..) = unit[0];
            let crew = self.crew(coding.by_source[source as usize]);
            self.units.push(Unit { source, item, crew });
            for mark in unit.chunk_by(|a, b| a.2 == b.2) {
                let start = self.said.len();
                let mut given = 0;
                for by_coder in mark.chunk_by(|a, b| a.3 == b.3) {
                    given |= 1 << by_coder[0].3;
                    self.left_out.self_overlaps += usize::from(by_coder.len() > 1);
                    self.said.extend(by_coder.iter().map(|key| Said { coder: key.3, row: key.4 }));
                }
                let said = start..self.said.len();
                self.marks.push(Mark { unit: self.units.len() - 1, code: mark[0].2, given, said });
            }
        }
    }

    fn crew(&self, coders: Coders) -> usize {
        self.crews.binary_search(&coders).unwrap_or(0)
    }

    /// Counts the excerpts, or the speakers, of compared sources that have no statement.
    fn count_uncoded(&mut self, coding: &Coding<'_>, order: &Order) {
        let reading = self.reading;
        let mut places: Vec<(u32, u32)> = match self.unit {
            UnitKind::Excerpt => (0..)
                .zip(reading.excerpts.sources.iter())
                .map(|(row, &source)| (source, row))
                .collect(),
            UnitKind::Speaker => (0..reading.sources.ids.len())
                .flat_map(|source| {
                    let speakers = reading.sources.speakers_of(source).iter();
                    let source = u32::try_from(source).unwrap_or(NONE);
                    speakers
                        .filter(|&&who| reading.participants.is_in(who))
                        .map(move |&who| (source, who))
                })
                .collect(),
        };
        places.sort_unstable();
        places.dedup();
        for (source, item) in places {
            let coders = coding.by_source.get(source as usize).copied().unwrap_or(0);
            let key = |unit: &Unit| order.of_unit(unit.source, unit.item);
            if coders.count_ones() >= 2
                && self.units.binary_search_by_key(&order.of_unit(source, item), key).is_err()
            {
                let crew = self.crew(coders);
                self.uncoded[crew] += 1;
            }
        }
    }

    /// Itself, when at least one unit has statements of two coders.
    fn comparable(self) -> Result<Self, NoFindings> {
        let of_unit = |marks: &[Mark]| marks.iter().fold(0, |coders, mark| coders | mark.given);
        let shared = |marks: &[Mark]| of_unit(marks).count_ones() >= 2;
        if self.marks.chunk_by(|a, b| a.unit == b.unit).any(shared) {
            return Ok(self);
        }
        Err(NoFindings::not_available(match self.unit {
            UnitKind::Excerpt => "no_excerpt_shared",
            UnitKind::Speaker => "no_speaker_shared",
        }))
    }

    /// The codes that were given in compared sources, each with its marks, in the codebook's order.
    pub(crate) fn by_code(&self) -> Vec<(u32, Vec<u32>)> {
        let mut order: Vec<(u32, u32)> =
            (0..).zip(&self.marks).map(|(place, mark)| (mark.code, place)).collect();
        order.sort_unstable();
        let of_code =
            |group: &[(u32, u32)]| (group[0].0, group.iter().map(|pair| pair.1).collect());
        order.chunk_by(|a, b| a.0 == b.0).map(of_code).collect()
    }

    /// Who coded the unit of a mark.
    pub(crate) fn crew_of(&self, mark: &Mark) -> Coders {
        self.crews[self.units[mark.unit].crew]
    }
}

/// The order of units by the ids of their sources and of their excerpts or speakers: which unit is
/// drawn must not depend on the order of rows in a file.
struct Order {
    sources: Vec<u32>,
    items: Vec<u32>,
}

impl Order {
    fn of(reading: &Reading<'_>, unit: UnitKind) -> Self {
        let items = match unit {
            UnitKind::Excerpt => &reading.excerpts.ids,
            UnitKind::Speaker => &reading.participants.ids,
        };
        Self { sources: ranks(&reading.sources.ids), items: ranks(items) }
    }

    /// A document that speaks itself comes last in its source.
    fn of_unit(&self, source: u32, item: u32) -> (u32, u32) {
        let rank = |ranks: &[u32], row: u32| ranks.get(row as usize).copied().unwrap_or(NONE);
        (rank(&self.sources, source), rank(&self.items, item))
    }
}

/// The place of each id among all, in their order.
fn ranks(ids: &Texts<'_>) -> Vec<u32> {
    let mut order: Vec<usize> = (0..ids.len()).collect();
    order.sort_by_key(|&row| ids.get(row));
    let mut ranks = vec![0; ids.len()];
    for (rank, row) in (0..).zip(order) {
        ranks[row] = rank;
    }
    ranks
}

/// The excerpt of a statement, or [`NONE`].
fn excerpt_of(reading: &Reading<'_>, row: usize) -> u32 {
    reading.statements.excerpts.get(row).copied().unwrap_or(NONE)
}

/// Who coded what, before units are looked at.
struct Coding<'r> {
    reading: &'r Reading<'r>,
    /// The names of the coders of compared sources, in order.
    names: Vec<&'r str>,
    /// The place of each coder of the reading among `names`; [`NONE`]: codes no compared source.
    places: Vec<u32>,
    /// Which of `names` coded each source; fewer than two: it is not compared.
    by_source: Vec<Coders>,
    left_out: LeftOut,
}

impl<'r> Coding<'r> {
    fn of(reading: &'r Reading<'r>) -> Result<Self, NoFindings> {
        let (named, ranks) = ranked(reading);
        let mut sets = vec![0_u64; reading.sources.ids.len()];
        let mut all = 0_u64;
        for (row, &coder) in reading.statements.coders.iter().enumerate() {
            let Some(&rank) = ranks.get(coder as usize) else { continue };
            let source = reading.statements.sources.get(row).copied().unwrap_or(NONE);
            if named.len() <= MOST_CODERS {
                all |= 1 << rank;
                if let Some(set) = sets.get_mut(source as usize) {
                    *set |= 1 << rank;
                }
            }
        }
        refuse(reading, named.len(), all, &sets)?;
        let compared =
            sets.iter().filter(|set| set.count_ones() >= 2).fold(0, |all, set| all | set);
        let mut names = Vec::new();
        let mut places = vec![NONE; named.len()];
        for (rank, name) in named.iter().enumerate().filter(|(rank, _)| compared >> rank & 1 == 1) {
            places[rank] = u32::try_from(names.len()).unwrap_or(NONE);
            names.push(*name);
        }
        let moved = |set: &Coders| {
            let several = set.count_ones() >= 2;
            let of = |rank: &usize| several && set >> rank & 1 == 1;
            (0..named.len()).filter(of).fold(0, |moved, rank| moved | 1_u64 << places[rank])
        };
        let left_out = LeftOut {
            single_sources: sets.iter().filter(|set| set.count_ones() == 1).count(),
            unnamed: unnamed(reading),
            ..LeftOut::default()
        };
        let by_source = sets.iter().map(moved).collect();
        let places = ranks.iter().map(|&rank| places[rank]).collect();
        Ok(Self { reading, names, places, by_source, left_out })
    }

    fn source(&self, row: usize) -> u32 {
        self.reading.statements.sources.get(row).copied().unwrap_or(NONE)
    }

    /// The place of a statement's coder, when its source is compared.
    fn compared_coder(&self, row: usize) -> Option<u32> {
        let coders = self.by_source.get(self.source(row) as usize)?;
        let code = self.reading.statements.coders.get(row).copied().unwrap_or(NONE);
        let place = self.places.get(code as usize).copied();
        place.filter(|_| coders.count_ones() >= 2)
    }

    fn unit(&self, choice: UnitChoice) -> UnitKind {
        let rows =
            || (0..self.reading.statements.len()).filter(|&row| self.compared_coder(row).is_some());
        let with_excerpt = || rows().filter(|&row| excerpt_of(self.reading, row) != NONE).count();
        match choice {
            UnitChoice::Excerpt => UnitKind::Excerpt,
            UnitChoice::Speaker => UnitKind::Speaker,
            UnitChoice::Automatic if 2 * with_excerpt() > rows().count() => UnitKind::Excerpt,
            UnitChoice::Automatic => UnitKind::Speaker,
        }
    }

    fn crews(&self) -> Vec<Coders> {
        let mut crews: Vec<Coders> =
            self.by_source.iter().copied().filter(|coders| coders.count_ones() >= 2).collect();
        crews.sort_unstable();
        crews.dedup();
        crews
    }

    fn compared_sources(&self) -> usize {
        self.by_source.iter().filter(|coders| coders.count_ones() >= 2).count()
    }
}

/// The coders by name, and the rank of each coder's code among them.
///
/// By name, because codes stand in the order in which rows first name them.
fn ranked<'r>(reading: &'r Reading<'r>) -> (Vec<&'r str>, Vec<usize>) {
    let names: Vec<&str> = reading.statements.coder_names.iter().collect();
    let mut sorted = names.clone();
    sorted.sort_unstable();
    sorted.dedup();
    let ranks = names.iter().map(|name| sorted.binary_search(name).unwrap_or(0)).collect();
    (sorted, ranks)
}

/// Statements that name no coder.
fn unnamed(reading: &Reading<'_>) -> usize {
    reading.statements.coders.iter().filter(|&&coder| coder == NONE).count()
}

/// Refuses, with a word of the manifest for the reason.
fn refuse(
    reading: &Reading<'_>,
    named: usize,
    all: Coders,
    sets: &[Coders],
) -> Result<(), NoFindings> {
    let reason = if reading.statements.is_empty() {
        "no_statements"
    } else if named > MOST_CODERS {
        "too_many_coders"
    } else if all.count_ones() < 2 {
        "no_second_coding"
    } else if sets.iter().all(|set| set.count_ones() < 2) {
        "no_source_shared"
    } else {
        return Ok(());
    };
    Err(NoFindings::not_available(reason))
}
