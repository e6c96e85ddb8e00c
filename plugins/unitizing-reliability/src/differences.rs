//! Where do two coders differ, and where most?

use std::cmp::{Ordering, Reverse};

use parallax_plugin::prelude::*;

use crate::coding::{Coding, Source};
use crate::matching::align;
use crate::span::Span;

/// One passage that two coders do not mark alike, or that only one of them marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Difference {
    /// The place of the source among the double-coded ones.
    source: usize,
    code: u32,
    /// The two coders; the first passage is there whenever only one is.
    coders: (usize, usize),
    /// The places of their passages.
    passages: (usize, Option<usize>),
    spans: (Span, Option<Span>),
    shared: u64,
    either: u64,
}

impl Difference {
    /// The smallest intersection over union first, of equal ones the most characters apart, then
    /// along the study.
    fn worst_first(&self, other: &Self) -> Ordering {
        let left = u128::from(self.shared) * u128::from(other.either);
        let right = u128::from(other.shared) * u128::from(self.either);
        let apart = |of: &Self| Reverse(of.either - of.shared);
        let place = |of: &Self| (of.source, of.code, of.spans.0, of.coders);
        left.cmp(&right)
            .then_with(|| apart(self).cmp(&apart(other)))
            .then_with(|| place(self).cmp(&place(other)))
    }
}

/// The worst differences, and how many there are in all.
#[derive(Clone, Debug, Default)]
pub(crate) struct Differences {
    pub(crate) worst: Vec<Difference>,
    pub(crate) all: usize,
    most: usize,
}

impl Differences {
    /// Of one code, or of all; never more than twice `most` are held at once.
    pub(crate) fn of(coding: &Coding, code: Option<u32>, most: usize) -> Self {
        let mut found = Self { most, ..Self::default() };
        for (at, source) in coding.sources.iter().enumerate() {
            let codes = code.map_or_else(|| source.codes(), |code| vec![code]);
            for code in codes {
                for (one, &first) in source.coders.iter().enumerate() {
                    for &second in &source.coders[one + 1..] {
                        found.between(source, at, code, (first, second));
                    }
                }
            }
        }
        found.keep_worst();
        found
    }

    fn between(&mut self, source: &Source, at: usize, code: u32, coders: (usize, usize)) {
        let (first, second) = (source.spans(coders.0, code), source.spans(coders.1, code));
        let pairs = align(first, second);
        let mut alone = (vec![true; first.len()], vec![true; second.len()]);
        for pair in &pairs {
            (alone.0[pair.first], alone.1[pair.second]) = (false, false);
            if !pair.is_exact() {
                self.add(Difference {
                    source: at,
                    code,
                    coders,
                    passages: (pair.first, Some(pair.second)),
                    spans: (first[pair.first], Some(second[pair.second])),
                    shared: pair.shared,
                    either: pair.either,
                });
            }
        }
        let turned = (coders.1, coders.0);
        for (spans, alone, coders) in [(first, alone.0, coders), (second, alone.1, turned)] {
            for (place, span) in spans.iter().enumerate().filter(|(place, _)| alone[*place]) {
                self.add(Difference {
                    source: at,
                    code,
                    coders,
                    passages: (place, None),
                    spans: (*span, None),
                    shared: 0,
                    either: span.length(),
                });
            }
        }
    }

    fn add(&mut self, difference: Difference) {
        self.all += 1;
        self.worst.push(difference);
        if self.worst.len() >= self.most.saturating_mul(2).max(64) {
            self.keep_worst();
        }
    }

    fn keep_worst(&mut self) {
        self.worst.sort_unstable_by(Difference::worst_first);
        self.worst.truncate(self.most);
    }

    /// The differences as a table, with the statements behind them.
    pub(crate) fn table(&self, reading: &Reading<'_>, coding: &Coding) -> Table {
        let columns =
            ["source", "code", "coder", "span", "other_coder", "other_span", "iou", "statements"];
        Table {
            name: "differences".to_owned(),
            columns: columns.map(|word| Value::Word(word.to_owned())).to_vec(),
            rows: self.worst.iter().map(|of| row(of, reading, coding)).collect(),
        }
    }
}

fn row(of: &Difference, reading: &Reading<'_>, coding: &Coding) -> Vec<Value> {
    let source = &coding.sources[of.source];
    let name = |coder: usize| Value::Text(coding.coders[coder].clone());
    let written = |span: Span| Value::Text(format!("{}–{}", span.start(), span.end()));
    let behind = |coder: usize, passage: usize| {
        let track = source.track(coder, of.code).map(|at| &source.tracks[at]);
        let rows = track.and_then(|track| track.statements.get(passage).cloned());
        coding.rows[rows.unwrap_or_default()].iter()
    };
    let mut rows: Vec<&u32> = behind(of.coders.0, of.passages.0).collect();
    if let Some(passage) = of.passages.1 {
        rows.extend(behind(of.coders.1, passage));
    }
    let statements = rows.into_iter().map(|&row| reading.statements.ids.of(row).to_owned());
    vec![
        Value::Source(reading.sources.ids.of(source.source).to_owned()),
        Value::Code(reading.codes.ids.of(of.code).to_owned()),
        name(of.coders.0),
        written(of.spans.0),
        name(of.coders.1),
        of.spans.1.map_or_else(|| Value::Word("no_passage".to_owned()), written),
        Value::Number(Number::fraction(of.shared as usize, of.either as usize, "")),
        Value::Names(statements.collect()),
    ]
}
