//! Where is a participant still named, in places that only a person can mend?

use crate::text::source::Source;
use crate::text::word;

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
    let names = |line: &str| word::places(line, participant).next().is_some();
    let all = sources.iter().filter_map(|source| {
        let lines = source.text.lines().zip(1..).filter(|(line, _)| names(line));
        let lines: Vec<usize> = lines.map(|(_, number)| number).collect();
        let count = lines.len();
        let file = source.name.clone();
        (count > 0).then(|| Mention { file, lines: lines.into_iter().take(LINES).collect(), count })
    });
    all.collect()
}
