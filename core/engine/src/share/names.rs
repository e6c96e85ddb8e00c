//! Under which names does a copy know people, interviews and rows, and how are the old ones kept
//! out of its texts?

use std::collections::{BTreeMap, BTreeSet};

use parallax_model::{Settings, StudyFile};

use super::TAKEN_OUT;
use super::people::People;
use super::table::Table;

/// Names that are replaced, and names that are taken out.
#[derive(Default)]
pub(super) struct Names {
    people: BTreeMap<String, String>,
    gone: BTreeSet<String>,
    /// What stands for each name of somebody in a text, by its first letter, longest names first.
    by_letter: BTreeMap<char, Vec<(String, String)>>,
    /// The names of people that are numbers: they stand for somebody in quotation marks only.
    numbers: BTreeSet<String>,
    /// Hidden names, in small letters.
    hidden: Vec<Vec<char>>,
    /// New ids of the rows of a table, by the old ones.
    ids: BTreeMap<StudyFile, BTreeMap<String, String>>,
    /// Sources in which nobody speaks who stays.
    gone_sources: BTreeSet<String>,
}

/// What a name stands for in the copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meant<'n> {
    /// Somebody who stays.
    Person(&'n str),
    /// Somebody who does not.
    Gone,
    /// Nobody.
    Nobody,
}

/// The tables whose rows get new ids when one of them has the name of somebody in it.
const WITH_IDS: [(StudyFile, &str); 5] = [
    (StudyFile::Statements, "statement"),
    (StudyFile::Excerpts, "excerpt"),
    (StudyFile::Events, "event"),
    (StudyFile::Constraints, "constraint"),
    (StudyFile::Claims, "claim"),
];

impl Names {
    pub(super) fn of(
        tables: &[(StudyFile, Table<'_>)],
        settings: &Settings,
        people: &People,
    ) -> Self {
        let mut names =
            Self { people: people.renamed.clone(), gone: people.gone.clone(), ..Self::default() };
        let staying = people.renamed.iter().map(|(old, new)| (old, new.clone()));
        let gone = people.gone.iter().map(|old| (old, TAKEN_OUT.to_owned()));
        for (old, new) in staying.chain(gone) {
            match old.chars().next() {
                // A number in a text is a number.
                _ if old.chars().all(|sign| sign.is_ascii_digit()) => {
                    names.numbers.insert(old.clone());
                }
                Some(first) => names.by_letter.entry(first).or_default().push((old.clone(), new)),
                None => {}
            }
        }
        for of_letter in names.by_letter.values_mut() {
            of_letter.sort_by_key(|(old, _)| std::cmp::Reverse(old.len()));
        }
        let hidden = settings.hidden.iter().map(|name| name.trim().to_lowercase());
        names.hidden =
            hidden.filter(|name| !name.is_empty()).map(|n| n.chars().collect()).collect();
        for (file, table) in tables {
            let of_table = match WITH_IDS.iter().find(|(with, _)| with == file) {
                Some((_, word)) => names.rows(table, word),
                None if *file == StudyFile::Sources => names.sources(table, people),
                None => continue,
            };
            names.ids.insert(*file, of_table);
        }
        names
    }

    fn rows(&self, table: &Table<'_>, word: &str) -> BTreeMap<String, String> {
        if !table.cells("id").any(|id| self.is_in_id(id)) {
            return BTreeMap::new();
        }
        let numbered = (1..).zip(table.cells("id"));
        numbered.map(|(n, id)| (id.to_owned(), format!("{word}-{n}"))).collect()
    }

    /// Interviews are numbered by the first of their people who stays; a document keeps its id
    /// unless somebody is named in it.
    fn sources(&mut self, table: &Table<'_>, people: &People) -> BTreeMap<String, String> {
        let place = |id: &str| {
            let name = people.renamed.get(id)?;
            name.trim_start_matches(|c: char| !c.is_ascii_digit()).parse::<usize>().ok()
        };
        let mut order = Vec::new();
        for row in 0..table.len() {
            let id = table.get(row, "id");
            let speakers: Vec<&str> = table.get(row, "participants").split_whitespace().collect();
            match speakers.iter().filter_map(|id| place(id)).min() {
                Some(first) => order.push((first, row)),
                None if !speakers.is_empty() => {
                    self.gone_sources.insert(id.to_owned());
                }
                None if self.is_in_id(id) || !is_document(table, row) => {
                    order.push((usize::MAX, row));
                }
                None => {}
            }
        }
        order.sort_unstable();
        let numbered = (1..).zip(order);
        numbered
            .map(|(n, (_, row))| (table.get(row, "id").to_owned(), format!("source-{n}")))
            .collect()
    }

    /// Whom an id means.
    pub(super) fn meant(&self, id: &str) -> Meant<'_> {
        match self.people.get(id) {
            Some(name) => Meant::Person(name),
            None if self.gone.contains(id) => Meant::Gone,
            None => Meant::Nobody,
        }
    }

    /// The new id of a row.
    pub(super) fn id<'i>(&'i self, file: StudyFile, id: &'i str) -> &'i str {
        let of_table = self.ids.get(&file);
        of_table.and_then(|ids| ids.get(id)).map_or(id, String::as_str)
    }

    /// Whether nobody speaks in a source who stays.
    pub(super) fn is_gone_source(&self, id: &str) -> bool {
        self.gone_sources.contains(id)
    }

    /// A text with new names for old ones, and without those that are hidden or gone.
    pub(super) fn scrubbed(&self, text: &str) -> String {
        let mut scrubbed = String::with_capacity(text.len());
        let (mut at, mut before) = (0, None);
        while let Some(sign) = text[at..].chars().next() {
            let rest = &text[at..];
            let found = self
                .hidden_at(rest, before)
                .map(|length| (length, TAKEN_OUT))
                .or_else(|| self.person_at(rest, before));
            match found {
                Some((length, stands)) => {
                    scrubbed.push_str(stands);
                    before = rest[..length].chars().next_back();
                    at += length;
                }
                None => {
                    scrubbed.push(sign);
                    before = Some(sign);
                    at += sign.len_utf8();
                }
            }
        }
        scrubbed
    }

    /// As [`Self::scrubbed`], where lines of a report can be named as `L12`: a line that is called
    /// like somebody gets a nought, which changes neither the line nor what is meant.
    pub(super) fn scrubbed_reference(&self, text: &str) -> String {
        let is_border = |sign: char| matches!(sign, ' ' | ',' | ';' | '(' | ')');
        let words = text.split_inclusive(is_border).map(|part| {
            let word = part.trim_end_matches(is_border);
            let (is_line, mut lined) = (is_line(word), word.to_owned());
            while is_line && self.has_person(&lined) {
                lined.insert(1, '0');
            }
            match is_line {
                true => format!("{lined}{}", &part[word.len()..]),
                false => self.scrubbed(part),
            }
        });
        words.collect()
    }

    /// Whether somebody is named in an id, by a number as well when it is one part of several.
    fn is_in_id(&self, id: &str) -> bool {
        let parts: Vec<&str> = id.split(|sign: char| !sign.is_alphanumeric()).collect();
        let number = parts.len() > 1 && parts.iter().any(|part| self.numbers.contains(*part));
        number || self.has_person(id) || self.hides(id)
    }

    /// Whether a text names somebody.
    pub(super) fn has_person(&self, text: &str) -> bool {
        let mut before = None;
        text.char_indices().any(|(at, sign)| {
            let found = self.person_at(&text[at..], before).is_some();
            before = Some(sign);
            found
        })
    }

    /// Whether a program names somebody; a number is a name when it stands in quotation marks.
    pub(super) fn are_in_program(&self, text: &str) -> bool {
        let quoted =
            |id: &String| text.contains(&format!("\"{id}\"")) || text.contains(&format!("'{id}'"));
        self.has_person(text) || self.hides(text) || self.numbers.iter().any(quoted)
    }

    /// Whether a hidden name stands in a text.
    pub(super) fn hides(&self, text: &str) -> bool {
        let mut before = None;
        text.char_indices().any(|(at, sign)| {
            let found = self.hidden_at(&text[at..], before).is_some();
            before = Some(sign);
            found
        })
    }

    /// How many bytes the name of somebody has at the start of a text, and what stands for it.
    fn person_at(&self, rest: &str, before: Option<char>) -> Option<(usize, &str)> {
        let names = self.by_letter.get(&rest.chars().next()?)?;
        let found = names.iter().find(|(old, _)| {
            rest.starts_with(old.as_str())
                && is_border(before, old.chars().next())
                && is_border(old.chars().next_back(), rest[old.len()..].chars().next())
        });
        found.map(|(old, new)| (old.len(), new.as_str()))
    }

    /// How many bytes a hidden name has at the start of a text.
    fn hidden_at(&self, rest: &str, before: Option<char>) -> Option<usize> {
        let lengths = self.hidden.iter().filter_map(|name| {
            let mut letters = name.iter().peekable();
            let mut length = 0;
            for sign in rest.chars() {
                if letters.peek().is_none() {
                    break;
                }
                if !sign.to_lowercase().all(|small| letters.next() == Some(&small)) {
                    return None;
                }
                length += sign.len_utf8();
            }
            let ends = letters.peek().is_none()
                && is_border(before, name.first().copied())
                && is_border(name.last().copied(), rest[length..].chars().next());
            ends.then_some(length)
        });
        lengths.max()
    }
}

/// Whether one word ends and another begins between two signs.
fn is_border(left: Option<char>, right: Option<char>) -> bool {
    let is_letter = |sign: Option<char>| sign.is_some_and(char::is_alphanumeric);
    !(is_letter(left) && is_letter(right))
}

/// Whether a word names a line of a report, or several: `L12`, `L12-14`.
fn is_line(word: &str) -> bool {
    let Some(numbers) = word.strip_prefix('L') else { return false };
    let is_number = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    numbers.split(['-', '–']).all(is_number)
}

fn is_document(table: &Table<'_>, row: usize) -> bool {
    table.get(row, "type") == "document"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names {
        let renamed = [("S1", "p2"), ("S1b", "p3"), ("L5", "p1"), ("7", "p4")];
        let renamed = renamed.map(|(old, new)| (old.to_owned(), new.to_owned())).into();
        let people = People::fixed(renamed, ["O4".to_owned()].into());
        let hidden = vec!["Oak Lane".to_owned(), "İz".to_owned()];
        Names::of(&[], &Settings { hidden, ..Settings::default() }, &people)
    }

    #[test]
    fn words_are_replaced_and_parts_of_words_are_not() {
        let scrubbed = |text| names().scrubbed(text);
        assert_eq!(scrubbed("S1, S1b and O4; S12 S1bis"), "p2, p3 and …; S12 S1bis");
        assert_eq!(scrubbed("int-S1_S1"), "int-p2_p2");
        assert_eq!(scrubbed("at OAK lane, not Oak Lanes"), "at …, not Oak Lanes");
        assert_eq!(scrubbed("7 of S1's"), "7 of p2's");
        assert_eq!(scrubbed("iz İz i̇z"), "iz … …");
    }

    #[test]
    fn a_line_stays_a_line() {
        let scrubbed = |text| names().scrubbed_reference(text);
        assert_eq!(scrubbed("L5, L631"), "L05, L631");
        assert_eq!(scrubbed("(L5-7) Table 2 int-L5, S1"), "(L05-7) Table 2 int-p1, p2");
    }

    #[test]
    fn a_number_in_an_id_may_be_somebody() {
        let names = names();
        assert!(names.is_in_id("7-12") && names.is_in_id("S1.3") && names.is_in_id("oak lane-1"));
        assert!(!names.is_in_id("7") && !names.is_in_id("s7") && !names.is_in_id("s-12"));
    }

    #[test]
    fn a_program_names_somebody_in_quotation_marks_or_as_a_word() {
        let names = names();
        assert!(names.are_in_program("members([\"S1\"])"));
        assert!(names.are_in_program("x == \"7\""));
        assert!(names.are_in_program("// at oak lane"));
        assert!(!names.are_in_program("count() > 7 // S1c"));
    }
}
