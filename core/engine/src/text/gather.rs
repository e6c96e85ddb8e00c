//! How are the cells of one column collected while a chunk is read, and joined afterwards?

use std::borrow::Cow;
use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};
use parallax_model::Shape;
use parallax_model::table::{Column, NONE, Names, TextsDraft};

use crate::text::cells::unquoted;

/// One chunk of a table.
#[derive(Debug)]
pub(crate) struct Part<'t> {
    /// How many rows it has.
    pub(crate) rows: usize,
    /// Its columns, for those that are kept.
    pub(crate) columns: Vec<Option<Gathered<'t>>>,
    /// Rows with too many or too few cells, and how many they have.
    pub(crate) uneven: Vec<(usize, usize)>,
    /// The byte behind its last row.
    pub(crate) end: usize,
}

/// How many cells are remembered with their codes, so that most need no look-up.
const RECENT: usize = 256;

/// The cells of one column in one chunk. Blank cells at the end are left out.
#[derive(Debug)]
pub(crate) enum Gathered<'t> {
    /// Values that recur.
    Coded { codes: Vec<u32>, dictionary: Dictionary<'t>, recent: Box<[(&'t str, u32); RECENT]> },
    /// Values of their own.
    Plain(TextsDraft),
}

impl<'t> Gathered<'t> {
    pub(crate) fn new(shape: Shape) -> Self {
        match shape {
            Shape::Coded => Self::Coded {
                codes: Vec::new(),
                dictionary: Dictionary::default(),
                recent: Box::new([("", NONE); RECENT]),
            },
            Shape::Plain => Self::Plain(TextsDraft::default()),
        }
    }

    /// Takes the raw form of the cell in `row`; rows come in order, and blank ones may be left out.
    pub(crate) fn push(&mut self, row: usize, raw: &'t str) {
        match self {
            Self::Coded { codes, dictionary, recent } => {
                let known = &mut recent[slot(raw)];
                if known.0 != raw {
                    *known = (raw, dictionary.code(trimmed(raw)));
                }
                let code = known.1;
                if code != NONE {
                    codes.resize(row, NONE);
                    codes.push(code);
                }
            }
            Self::Plain(texts) => {
                pad(texts, row);
                texts.push(&trimmed(raw));
            }
        }
    }

    /// One column out of those of each chunk, whose numbers of rows are `lengths`.
    pub(crate) fn join(chunks: Vec<Self>, lengths: &[usize]) -> Column {
        let rows = lengths.iter().sum();
        match chunks.first() {
            Some(Self::Coded { .. }) => join_coded(chunks, lengths, rows),
            Some(Self::Plain(_)) => join_plain(chunks, lengths),
            None => Column::Absent,
        }
    }
}

fn join_coded(chunks: Vec<Gathered<'_>>, lengths: &[usize], rows: usize) -> Column {
    let (mut names, mut all) = (Names::default(), Vec::with_capacity(rows));
    for (chunk, length) in chunks.into_iter().zip(lengths) {
        let Gathered::Coded { codes, dictionary, .. } = chunk else { continue };
        let end = all.len() + length;
        let joined: Vec<u32> = dictionary.names.iter().map(|name| names.intern(name)).collect();
        all.extend(codes.iter().map(|&code| joined.get(code as usize).copied().unwrap_or(NONE)));
        all.resize(end, NONE);
    }
    if names.is_empty() { Column::Absent } else { Column::Coded { codes: all, names } }
}

fn join_plain(chunks: Vec<Gathered<'_>>, lengths: &[usize]) -> Column {
    let bytes = chunks.iter().map(|chunk| match chunk {
        Gathered::Plain(texts) => texts.bytes(),
        Gathered::Coded { .. } => 0,
    });
    let mut all = TextsDraft::with_room(lengths.iter().sum(), bytes.sum());
    let (mut rows, mut blank) = (0, true);
    for (chunk, length) in chunks.into_iter().zip(lengths) {
        let Gathered::Plain(texts) = chunk else { continue };
        blank &= texts.is_empty();
        all.append(&texts);
        rows += length;
        pad(&mut all, rows);
    }
    if blank { Column::Absent } else { Column::Plain(all.into()) }
}

/// Blank cells up to `row`.
fn pad(texts: &mut TextsDraft, row: usize) {
    for _ in texts.len()..row {
        texts.push("");
    }
}

/// Where a cell is remembered: by its length and two of its bytes.
fn slot(raw: &str) -> usize {
    let bytes = raw.as_bytes();
    let byte = |at: usize| bytes.get(at).copied().map_or(0, usize::from);
    let (last, inner) = (byte(bytes.len().wrapping_sub(1)), byte(bytes.len().wrapping_sub(2)));
    (last ^ (inner << 3) ^ (bytes.len() << 5)) % RECENT
}

/// The text of a cell without the blanks around it.
fn trimmed(raw: &str) -> Cow<'_, str> {
    let plain = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_graphic());
    let bytes = raw.as_bytes();
    if plain(bytes.first()) && plain(bytes.last()) && bytes[0] != b'"' {
        return Cow::Borrowed(raw);
    }
    match unquoted(raw) {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}

/// The different values of a column in one chunk, borrowed from the text where they can be.
#[derive(Debug, Default)]
pub(crate) struct Dictionary<'t> {
    names: Vec<Cow<'t, str>>,
    index: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl<'t> Dictionary<'t> {
    fn code(&mut self, name: Cow<'t, str>) -> u32 {
        if name.is_empty() {
            return NONE;
        }
        let hash = self.hasher.hash_one(&*name);
        let known = self.index.find(hash, |&code| self.names[code as usize] == name);
        if let Some(&code) = known {
            return code;
        }
        let code = u32::try_from(self.names.len()).unwrap_or(NONE);
        self.names.push(name);
        let (names, hasher) = (&self.names, &self.hasher);
        self.index.insert_unique(hash, code, |&code| hasher.hash_one(&*names[code as usize]));
        code
    }
}
