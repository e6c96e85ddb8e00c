//! How are ten million cells kept so that nothing is stored twice and everything can be borrowed?
//!
//! Columns have Arrow's physical layout: `u32` codes into a dictionary, texts as one buffer with
//! 64-bit offsets. A column is shared by all who hold it or borrowed
//! for a call ([`Slice`]); the functions over it are the same on both sides of the plugin border.

mod column;

use std::hash::BuildHasher;
use std::ops::Deref;
use std::sync::Arc;

use hashbrown::{DefaultHashBuilder, HashTable};

pub use column::Column;

/// The code of a cell without a value.
pub const NONE: u32 = u32::MAX;

/// A column of numbers or codes: borrowed for a call, or shared by everybody who holds it.
///
/// Cloning copies no cell.
#[derive(Clone, Debug)]
pub enum Slice<'a, T> {
    /// Belongs to somebody else, such as the program on the other side of the plugin border.
    Borrowed(&'a [T]),
    /// Belongs to all who hold it.
    Shared(Arc<Vec<T>>),
}

impl<T> Slice<'_, T> {
    /// The same column, borrowed.
    #[must_use]
    pub fn borrowed(&self) -> Slice<'_, T> {
        Slice::Borrowed(self)
    }
}

impl<T> Default for Slice<'_, T> {
    fn default() -> Self {
        Self::Borrowed(&[])
    }
}

impl<T> Deref for Slice<'_, T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match self {
            Self::Borrowed(cells) => cells,
            Self::Shared(cells) => cells,
        }
    }
}

impl<T> From<Vec<T>> for Slice<'_, T> {
    fn from(cells: Vec<T>) -> Self {
        Self::Shared(Arc::new(cells))
    }
}

impl<T> FromIterator<T> for Slice<'_, T> {
    fn from_iter<I: IntoIterator<Item = T>>(cells: I) -> Self {
        cells.into_iter().collect::<Vec<T>>().into()
    }
}

impl<T: PartialEq> PartialEq for Slice<'_, T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

/// A column of texts: text `i` is the stretch between offsets `i` and `i + 1` of one buffer.
#[derive(Clone, Debug, PartialEq)]
pub struct Texts<'a> {
    offsets: Slice<'a, i64>,
    buffer: Buffer<'a>,
}

#[derive(Clone, Debug)]
enum Buffer<'a> {
    Borrowed(&'a str),
    Shared(Arc<String>),
}

impl Buffer<'_> {
    fn text(&self) -> &str {
        match self {
            Self::Borrowed(text) => text,
            Self::Shared(text) => text,
        }
    }
}

impl PartialEq for Buffer<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.text() == other.text()
    }
}

impl Default for Texts<'_> {
    fn default() -> Self {
        Self { offsets: Slice::Borrowed(&[0]), buffer: Buffer::Borrowed("") }
    }
}

impl<'a> Texts<'a> {
    /// A borrowed column from its parts; `None` unless the offsets start at 0, never fall, end
    /// with the buffer and stand on character borders.
    #[must_use]
    pub fn from_parts(offsets: &'a [i64], buffer: &'a str) -> Option<Self> {
        let sound = offsets.first() == Some(&0)
            && offsets.is_sorted()
            && offsets.last().and_then(|&end| usize::try_from(end).ok()) == Some(buffer.len())
            && offsets
                .iter()
                .all(|&at| usize::try_from(at).is_ok_and(|at| buffer.is_char_boundary(at)));
        sound
            .then_some(Self { offsets: Slice::Borrowed(offsets), buffer: Buffer::Borrowed(buffer) })
    }

    /// A borrowed column from parts that somebody else has looked at: nothing of them is read here.
    /// Where the offsets lie after all, a text is empty.
    #[must_use]
    pub fn from_sound_parts(offsets: &'a [i64], buffer: &'a str) -> Self {
        if offsets.is_empty() {
            return Self::default();
        }
        Self { offsets: Slice::Borrowed(offsets), buffer: Buffer::Borrowed(buffer) }
    }

    /// How many texts there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.offsets.len() - 1
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Text `index`; empty when there is no such text.
    #[must_use]
    pub fn get(&self, index: usize) -> &str {
        stretch(&self.offsets, self.buffer.text(), index)
    }

    /// The text of a code; empty for [`NONE`].
    #[must_use]
    pub fn of(&self, code: u32) -> &str {
        if code == NONE { "" } else { self.get(code as usize) }
    }

    /// The code of a text, looking at each in turn; for names that are few.
    #[must_use]
    pub fn position(&self, text: &str) -> Option<u32> {
        (0..self.len()).find(|&index| self.get(index) == text).and_then(|i| u32::try_from(i).ok())
    }

    /// Every text in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|index| self.get(index))
    }

    /// The offsets: one more than there are texts.
    #[must_use]
    pub fn offsets(&self) -> &[i64] {
        &self.offsets
    }

    /// The texts, one after another.
    #[must_use]
    pub fn buffer(&self) -> &str {
        self.buffer.text()
    }

    /// The same column, borrowed.
    #[must_use]
    pub fn borrowed(&self) -> Texts<'_> {
        Texts { offsets: self.offsets.borrowed(), buffer: Buffer::Borrowed(self.buffer()) }
    }
}

/// A column of texts that still grows.
#[derive(Clone, Debug)]
pub struct TextsDraft {
    offsets: Vec<i64>,
    buffer: String,
}

impl Default for TextsDraft {
    fn default() -> Self {
        Self { offsets: vec![0], buffer: String::new() }
    }
}

impl TextsDraft {
    /// A column with room for so many texts of so many bytes together.
    #[must_use]
    pub fn with_room(texts: usize, bytes: usize) -> Self {
        let mut offsets = Vec::with_capacity(texts + 1);
        offsets.push(0);
        Self { offsets, buffer: String::with_capacity(bytes) }
    }

    /// Adds a text at the end.
    pub fn push(&mut self, text: &str) {
        self.buffer.push_str(text);
        self.offsets.push(i64::try_from(self.buffer.len()).unwrap_or(i64::MAX));
    }

    /// Adds every text of another column at the end.
    pub fn append(&mut self, other: &Self) {
        let base = self.offsets.last().copied().unwrap_or(0);
        self.buffer.push_str(&other.buffer);
        self.offsets.extend(other.offsets.iter().skip(1).map(|offset| offset + base));
    }

    /// How many texts there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.offsets.len() - 1
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many bytes the texts have together.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.buffer.len()
    }

    /// Text `index`; empty when there is no such text.
    #[must_use]
    pub fn get(&self, index: usize) -> &str {
        stretch(&self.offsets, &self.buffer, index)
    }
}

impl From<TextsDraft> for Texts<'_> {
    fn from(draft: TextsDraft) -> Self {
        Self { offsets: draft.offsets.into(), buffer: Buffer::Shared(Arc::new(draft.buffer)) }
    }
}

impl<'t> FromIterator<&'t str> for Texts<'_> {
    fn from_iter<I: IntoIterator<Item = &'t str>>(texts: I) -> Self {
        let mut column = TextsDraft::default();
        for text in texts {
            column.push(text);
        }
        column.into()
    }
}

/// A dictionary: each name has one code, in the order in which they were first seen.
#[derive(Clone, Debug, Default)]
pub struct Names {
    texts: TextsDraft,
    index: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Names {
    /// The code of `name`, new or known.
    pub fn intern(&mut self, name: &str) -> u32 {
        let hash = self.hasher.hash_one(name);
        if let Some(&code) = self.index.find(hash, |&code| self.texts.get(code as usize) == name) {
            return code;
        }
        let code = u32::try_from(self.texts.len()).unwrap_or(NONE);
        self.texts.push(name);
        let (texts, hasher) = (&self.texts, &self.hasher);
        self.index.insert_unique(hash, code, |&code| hasher.hash_one(texts.get(code as usize)));
        code
    }

    /// The code of `name`, if it has one.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<u32> {
        let hash = self.hasher.hash_one(name);
        self.index.find(hash, |&code| self.texts.get(code as usize) == name).copied()
    }

    /// The name of a code; empty for [`NONE`].
    #[must_use]
    pub fn of(&self, code: u32) -> &str {
        if code == NONE { "" } else { self.texts.get(code as usize) }
    }

    /// The names in the order of their codes.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.texts.len()).map(|code| self.texts.get(code))
    }

    /// The names as a column, in the order of their codes.
    #[must_use]
    pub fn into_texts(self) -> Texts<'static> {
        self.texts.into()
    }

    /// How many names there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }
}

impl<'t> FromIterator<&'t str> for Names {
    fn from_iter<I: IntoIterator<Item = &'t str>>(names: I) -> Self {
        let mut dictionary = Self::default();
        for name in names {
            dictionary.intern(name);
        }
        dictionary
    }
}

/// Text `index` of a buffer, or nothing.
fn stretch<'t>(offsets: &[i64], buffer: &'t str, index: usize) -> &'t str {
    let bounds = (offsets.get(index), offsets.get(index + 1));
    let (Some(&start), Some(&end)) = bounds else { return "" };
    let range = usize::try_from(start).ok().zip(usize::try_from(end).ok());
    range.and_then(|(start, end)| buffer.get(start..end)).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_code() {
        let mut names = Names::default();
        assert_eq!((names.intern("S"), names.intern("L"), names.intern("S")), (0, 1, 0));
        assert_eq!((names.find("L"), names.find("I")), (Some(1), None));
        assert_eq!(names.of(NONE), "");
    }

    #[test]
    fn texts_refuse_offsets_that_lie() {
        let sound = Texts::from_parts(&[0, 2, 3], "éa");
        assert_eq!(
            sound.map(|t| t.iter().map(str::to_owned).collect::<Vec<_>>()).as_deref(),
            Some(&["é".to_owned(), "a".to_owned()][..])
        );
        for offsets in [&[0_i64, 1, 3][..], &[0, 4], &[1, 3], &[0, 3, 2, 3], &[]] {
            assert_eq!(Texts::from_parts(offsets, "éa"), None);
            let vouched = Texts::from_sound_parts(offsets, "éa");
            assert!(vouched.iter().all(|text| "éa".contains(text)), "and never read past the end");
        }
    }
}
