//! Where is a participant still named, in places that only a person can mend?

use crate::text::source::Source;

/// How many lines of one file are told.
const LINES: usize = 10;

/// A file that still names a participant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Its name inside the study's folder.
    pub file: String,
    /// The first lines on which the id stands as a word, from 1.
    pub lines: Vec<usize>,
    /// On how many lines it does.
    pub count: usize,
}

/// The files in which the id of a participant stands as a word.
pub(super) fn mentions(sources: &[Source], participant: &str) -> Vec<Mention> {
    let all = sources.iter().filter_map(|source| {
        let lines = source.text.lines().zip(1..).filter(|(line, _)| names(line, participant));
        let lines: Vec<usize> = lines.map(|(_, number)| number).collect();
        let count = lines.len();
        let file = source.name.clone();
        (count > 0).then(|| Mention { file, lines: lines.into_iter().take(LINES).collect(), count })
    });
    all.collect()
}

/// Whether a word of a line is the id. A point between letters is part of a word, a hyphen is not:
/// `int-S1` says whose interview it is.
fn names(line: &str, id: &str) -> bool {
    let of_word = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(id).any(|(at, _)| {
        let (before, after) = (&line[..at], &line[at + id.len()..]);
        let mut after = after.chars();
        let follows = match after.next() {
            Some('.') => after.next().is_some_and(char::is_alphanumeric),
            next => next.is_some_and(of_word),
        };
        !before.ends_with(|c: char| of_word(c) || c == '.') && !follows
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_word_and_no_part_of_one() {
        for line in ["S1", "x,S1,y", "as S1 has it", "S1@3", "of S1.", "\"S1\"", "S1>L1", "int-S1"]
        {
            assert!(names(line, "S1"), "{line}");
        }
        for line in ["S10", "S1_2", "S1a", "P.S1", "S1.b", "xS1", ""] {
            assert!(!names(line, "S1"), "{line}");
        }
    }
}
