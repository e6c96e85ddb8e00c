//! Which tables of a reading are the same as in another?

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use parallax_model::Reading;
use parallax_model::table::Texts;
use parallax_plugin::columns::{Column, tables};
use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

/// What tells contents apart: SHA-256.
pub type Digest = [u8; 32];

/// Columns of `statements` that hold people's words.
const WORDS: [&str; 2] = ["note", "condition"];

/// The table under which people's words are told apart from the statements they stand in.
pub const OF_WORDS: &str = "words";

/// The digests of a reading's tables, by their names.
pub type Tables = BTreeMap<&'static str, Digest>;

/// Where a column of texts lies in memory: two at the same place are the same.
type Place = (usize, usize);

fn place(texts: &Texts<'_>) -> Place {
    (texts.offsets().as_ptr().addr(), texts.buffer().as_ptr().addr())
}

/// A sum that grows; every part is preceded by its length, so that no two contents run together.
#[derive(Clone, Debug, Default)]
pub struct Sum(Sha256);

impl Sum {
    /// Adds how much of something there is.
    pub fn length(&mut self, length: usize) {
        self.0.update((length as u64).to_le_bytes());
    }

    /// Adds bytes or a text.
    pub fn bytes(&mut self, bytes: impl AsRef<[u8]>) {
        self.length(bytes.as_ref().len());
        self.0.update(bytes);
    }

    /// Adds a column of rows, codes or numbers.
    pub fn rows(&mut self, rows: &[u32]) {
        self.numbers(rows, u32::to_le_bytes);
    }

    /// Adds a column of offsets.
    pub fn offsets(&mut self, offsets: &[i64]) {
        self.numbers(offsets, i64::to_le_bytes);
    }

    /// Adds a column of texts.
    pub fn texts(&mut self, texts: &Texts<'_>) {
        self.offsets(texts.offsets());
        self.bytes(texts.buffer());
    }

    fn column(&mut self, column: &Column<'_>, known: &BTreeSet<Place>) {
        let labels = |sum: &mut Self, labels: &Texts<'_>| {
            // The ids of another table are part of that table already.
            if !known.contains(&place(labels)) {
                sum.texts(labels);
            }
        };
        match column {
            Column::U8(values) => self.bytes(&values[..]),
            Column::U32(values) => self.rows(values),
            Column::I64(values) => self.offsets(values),
            Column::F64(values) => self.numbers(values, |value| value.to_bits().to_le_bytes()),
            Column::Codes { codes, labels: of, .. } => {
                self.rows(codes);
                labels(self, of);
            }
            Column::Texts(texts) => self.texts(texts),
            Column::Lists { offsets, codes, labels: of, .. } => {
                self.offsets(offsets);
                self.rows(codes);
                labels(self, of);
            }
        }
    }

    /// Many at once: a call for each number would take longer than the sum itself.
    fn numbers<T: Copy, const N: usize>(&mut self, numbers: &[T], bytes: impl Fn(T) -> [u8; N]) {
        self.length(numbers.len());
        let mut some = Vec::with_capacity(N * numbers.len().min(1024));
        for part in numbers.chunks(1024) {
            some.clear();
            part.iter().for_each(|&number| some.extend_from_slice(&bytes(number)));
            self.0.update(&some);
        }
    }

    /// The sum.
    #[must_use]
    pub fn digest(self) -> Digest {
        self.0.finalize().into()
    }

    /// The sum in hexadecimal.
    #[must_use]
    pub fn text(self) -> String {
        hexadecimal(&self.digest())
    }
}

/// A digest in hexadecimal.
#[must_use]
pub fn hexadecimal(digest: &Digest) -> String {
    digest.iter().fold(String::new(), |mut text, byte| {
        let _always = write!(text, "{byte:02x}");
        text
    })
}

/// SHA-256 of a text in hexadecimal.
#[must_use]
pub fn of_text(text: &str) -> String {
    hexadecimal(&Sha256::digest(text).into())
}

/// The digest of each table of a reading, by its name. People's words are a table of their own,
/// [`OF_WORDS`]. `None` when the reading cannot be laid out as tables.
#[must_use]
pub fn of_tables(reading: &Reading<'static>) -> Option<Tables> {
    let laid = tables(reading).ok()?;
    let ids = laid.iter().filter_map(|table| match table.columns.first()? {
        ("id", Column::Texts(ids)) => Some(place(ids)),
        _ => None,
    });
    let known: BTreeSet<Place> = ids.collect();
    let columns: Vec<(&'static str, &'static str, &Column<'_>)> = laid
        .iter()
        .flat_map(|table| table.columns.iter().map(|(name, column)| (table.name, *name, column)))
        .collect();
    let sums: Vec<Digest> = columns
        .par_iter()
        .map(|(_, _, column)| {
            let mut sum = Sum::default();
            sum.column(column, &known);
            sum.digest()
        })
        .collect();
    let mut of: BTreeMap<&'static str, Sum> = BTreeMap::new();
    for ((table, name, _), digest) in columns.into_iter().zip(sums) {
        let holds_words = table == "statements" && WORDS.contains(&name);
        let sum = of.entry(if holds_words { OF_WORDS } else { table }).or_default();
        sum.bytes(name);
        sum.bytes(digest);
    }
    Some(of.into_iter().map(|(table, sum)| (table, sum.digest())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading() -> Reading<'static> {
        let ids = |ids: &[&'static str]| ids.iter().copied().collect::<Texts<'static>>();
        let mut reading = Reading { mapping: "m".into(), ..Reading::default() };
        reading.codes.ids = ids(&["P", "Q"]);
        reading.codes.labels = ids(&["", ""]);
        reading.codes.parents = vec![0, 0].into();
        reading.codes.removed = vec![0, 0].into();
        reading.codes.prompts = ids(&["", ""]);
        reading.codes.questions = ids(&["", ""]);
        reading.coverage.participants = vec![u32::MAX].into();
        reading.coverage.codes = vec![0].into();
        reading.coverage.bearers = vec![0].into();
        reading.coverage.statuses = vec![0].into();
        reading.excerpts.code_offsets = vec![0].into();
        reading.sources.speaker_offsets = vec![0].into();
        reading.constraints.member_offsets = vec![0].into();
        reading.claims.code_offsets = vec![0].into();
        reading
    }

    fn differing(change: impl Fn(&mut Reading<'static>)) -> Vec<&'static str> {
        let (one, mut other) = (reading(), reading());
        change(&mut other);
        let [one, other] = [one, other].map(|reading| of_tables(&reading).expect("is whole"));
        one.iter().filter(|(table, own)| other.get(*table) != Some(own)).map(|(t, _)| *t).collect()
    }

    #[test]
    fn the_table_that_differs_is_named_and_no_other() {
        assert_eq!(differing(|_| {}), Vec::<&str>::new());
        assert_eq!(differing(|own| own.mapping = "n".into()), ["reading"]);
        assert_eq!(differing(|own| own.coverage.codes = vec![1].into()), ["coverage"]);
        let renamed = |own: &mut Reading<'static>| own.codes.ids = ["P", "R"].into_iter().collect();
        assert_eq!(differing(renamed), ["codes"]);
        let moved = |own: &mut Reading<'static>| own.codes.ids = ["PQ", ""].into_iter().collect();
        assert_eq!(differing(moved), ["codes"]);
    }
}
