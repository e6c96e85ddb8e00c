//! How is what was computed kept in a file that nobody has to trust?
//!
//! A line for each entry: the SHA-256 of the rest of the line, what the entry depends on, and its
//! content, with tabs between them. A line that is damaged, or that somebody wrote by hand, counts
//! as none; what does not read back as it was is not kept.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::digest::of_text;
use super::key::Key;
use super::why::Reason;
use crate::write;

/// No entry is kept that is larger, in bytes.
pub const MOST_ENTRY: usize = 4 << 20;
/// No file is kept that is larger, in bytes.
pub const MOST_PART: usize = 64 << 20;

/// What is kept of one kind of result, by analysis.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Part {
    entries: BTreeMap<String, Entry>,
    /// Whether everything is to be computed again, whatever is kept.
    is_fresh: bool,
}

#[derive(Clone, Debug, PartialEq)]
struct Entry {
    head: Head,
    /// JSON; empty where it was not kept.
    content: String,
}

/// What an entry is of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    of: String,
    key: Key,
    without: Option<NotKept>,
}

/// Why the content of an entry is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotKept {
    /// It failed.
    Failed,
    /// It prints, which would not happen again.
    Prints,
    /// It is larger than [`MOST_ENTRY`], or together with others than [`MOST_PART`].
    TooLarge,
    /// It would not read back as it was.
    NotTheSame,
}

impl Part {
    /// What a file keeps; nothing when there is none, or it is none of ours.
    #[must_use]
    pub fn read(path: &Path) -> Self {
        let fits = fs::metadata(path).is_ok_and(|file| file.len() <= MOST_PART as u64);
        let text = if fits { fs::read_to_string(path) } else { Ok(String::new()) };
        let text = text.unwrap_or_default();
        let entries = text.lines().filter_map(entry).map(|own| (own.head.of.clone(), own));
        Self { entries: entries.collect(), is_fresh: false }
    }

    /// One that gives nothing of what it keeps.
    #[must_use]
    pub fn fresh(self) -> Self {
        Self { is_fresh: true, ..self }
    }

    /// Writes it below the folder of a study, and nothing when it is as it was `before`.
    ///
    /// # Errors
    /// What the operating system says; what was kept before is then as it was.
    pub fn write(&self, study: &Path, place: &str, before: &Self) -> io::Result<()> {
        if self.entries == before.entries {
            return Ok(());
        }
        let text: String = self.entries.values().map(line).collect();
        write::within(study, place, text.as_bytes())
    }

    /// What is kept of `of`, when it depends on nothing that has changed.
    ///
    /// # Errors
    /// Why it is not.
    pub fn get<T: DeserializeOwned>(&self, of: &str, key: &Key) -> Result<T, Reason> {
        if self.is_fresh {
            return Err(Reason::Fresh);
        }
        let entry = self.entries.get(of).ok_or(Reason::First)?;
        if entry.head.key != *key {
            return Err(Reason::changed(&entry.head.key, key));
        }
        if let Some(without) = entry.head.without {
            return Err(Reason::NotKept(without));
        }
        serde_json::from_str(&entry.content).map_err(|_| Reason::First)
    }

    /// Keeps the content of `of`, or why it has none to keep, in place of what was kept of it.
    pub fn put<T>(&mut self, of: &str, key: Key, content: Result<&T, NotKept>)
    where
        T: Serialize + DeserializeOwned + PartialEq,
    {
        let content = content.and_then(kept);
        let without = content.as_ref().err().copied();
        let head = Head { of: of.to_owned(), key, without };
        let entry = Entry { head, content: content.unwrap_or_default() };
        self.entries.insert(of.to_owned(), entry);
    }

    /// Keeps of `of` what `other` keeps.
    pub fn take(&mut self, of: &str, other: &Self) {
        if let Some(entry) = other.entries.get(of) {
            self.entries.insert(of.to_owned(), entry.clone());
        }
    }

    /// Those entries that are wanted, as far as there is room for their content.
    #[must_use]
    pub fn only(mut self, wanted: impl Fn(&str) -> bool) -> Self {
        self.entries.retain(|of, _| wanted(of));
        let mut room = MOST_PART;
        for entry in self.entries.values_mut() {
            match room.checked_sub(line(entry).len()) {
                Some(left) => room = left,
                None => {
                    entry.content = String::new();
                    entry.head.without = Some(NotKept::TooLarge);
                }
            }
        }
        self
    }
}

fn kept<T: Serialize + DeserializeOwned + PartialEq>(content: &T) -> Result<String, NotKept> {
    let text = serde_json::to_string(content).map_err(|_| NotKept::NotTheSame)?;
    if text.len() > MOST_ENTRY {
        return Err(NotKept::TooLarge);
    }
    match serde_json::from_str::<T>(&text) {
        Ok(back) if back == *content => Ok(text),
        _ => Err(NotKept::NotTheSame),
    }
}

fn line(entry: &Entry) -> String {
    // A head is texts in a map: it can always be written.
    let head = serde_json::to_string(&entry.head).unwrap_or_default();
    let rest = format!("{head}\t{}", entry.content);
    format!("{}\t{rest}\n", of_text(&rest))
}

fn entry(line: &str) -> Option<Entry> {
    let (sum, rest) = line.split_once('\t')?;
    let (head, content) = rest.split_once('\t')?;
    if of_text(rest) != sum {
        return None;
    }
    Some(Entry { head: serde_json::from_str(head).ok()?, content: content.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(value: &str) -> Key {
        Key::from([("parameter k".to_owned(), value.to_owned())])
    }

    fn written(content: &[f64]) -> (tempfile::TempDir, Part) {
        let folder = tempfile::tempdir().expect("a folder");
        let mut part = Part::default();
        part.put("a", key("3"), Ok(&content.to_vec()));
        part.put("b", key("3"), Ok(&vec![1.0]));
        part.put::<Vec<f64>>("c", key("3"), Err(NotKept::Failed));
        part.write(folder.path(), "out/cache/outcomes", &Part::default()).expect("written");
        let read = Part::read(&folder.path().join("out/cache/outcomes"));
        (folder, read)
    }

    #[test]
    fn what_is_kept_is_given_where_nothing_changed() {
        let numbers = [0.1 + 0.2, -0.0, 1e-300, f64::MAX];
        let (_folder, read) = written(&numbers);
        let back: Vec<f64> = read.get("a", &key("3")).expect("is kept");
        assert_eq!(back.map_bits(), numbers.to_vec().map_bits());
        let said =
            |of, value| read.get::<Vec<f64>>(of, &key(value)).map(drop).expect_err("not kept");
        assert_eq!(said("a", "4").to_string(), "the parameter `k` changed: 3 → 4");
        assert_eq!(said("d", "3"), Reason::First);
        assert_eq!(said("c", "3"), Reason::NotKept(NotKept::Failed));
        assert_eq!(read.clone().fresh().get::<Vec<f64>>("a", &key("3")), Err(Reason::Fresh));
    }

    trait Bits {
        fn map_bits(self) -> Vec<u64>;
    }

    impl Bits for Vec<f64> {
        fn map_bits(self) -> Vec<u64> {
            self.into_iter().map(f64::to_bits).collect()
        }
    }

    #[test]
    fn a_line_that_somebody_changed_costs_itself_alone() {
        let (folder, _) = written(&[2.0]);
        let path = folder.path().join("out/cache/outcomes");
        let text = fs::read_to_string(&path).expect("read");
        fs::write(&path, text.replace("[2.0]", "[3.0]")).expect("changed by hand");
        let read = Part::read(&path);
        assert_eq!(read.get::<Vec<f64>>("a", &key("3")), Err(Reason::First));
        assert_eq!(read.get::<Vec<f64>>("b", &key("3")), Ok(vec![1.0]));
        for damage in [text.as_bytes()[..text.len() / 2].to_vec(), vec![0xff; 40], Vec::new()] {
            fs::write(&path, &damage).expect("damaged");
            let _nothing_or_less = Part::read(&path);
        }
    }

    #[test]
    fn what_would_not_read_back_or_is_large_is_not_kept() {
        let (_folder, read) = written(&[f64::NAN]);
        let said = read.get::<Vec<f64>>("a", &key("3")).map(drop);
        assert_eq!(said, Err(Reason::NotKept(NotKept::NotTheSame)));
        let mut part = Part::default();
        part.put("a", key("3"), Ok(&"x".repeat(MOST_ENTRY)));
        let said = part.get::<String>("a", &key("3")).map(drop);
        assert_eq!(said, Err(Reason::NotKept(NotKept::TooLarge)));
    }
}
