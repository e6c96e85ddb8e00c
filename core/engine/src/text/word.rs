//! Where does an id stand in a text as a word, and not as a part of one?

/// The bytes at which an id stands in a text as a word. A point between letters is part of a word, a
/// hyphen is not: `int-S1` says whose interview it is, `P.S1` is another id.
pub(crate) fn places<'t>(text: &'t str, id: &'t str) -> impl Iterator<Item = usize> + 't {
    let of_word = |c: char| c.is_alphanumeric() || c == '_';
    let is_word = move |at: usize| {
        let (before, after) = (&text[..at], &text[at + id.len()..]);
        let mut after = after.chars();
        let follows = match after.next() {
            Some('.') => after.next().is_some_and(char::is_alphanumeric),
            next => next.is_some_and(of_word),
        };
        !before.ends_with(|c: char| of_word(c) || c == '.') && !follows
    };
    text.match_indices(id).map(|(at, _)| at).filter(move |at| is_word(*at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_word_and_no_part_of_one() {
        let names = |line| places(line, "S1").next().is_some();
        for line in ["S1", "x,S1,y", "as S1 has it", "S1@3", "of S1.", "\"S1\"", "S1>L1", "int-S1"]
        {
            assert!(names(line), "{line}");
        }
        for line in ["S10", "S1_2", "S1a", "P.S1", "S1.b", "xS1", ""] {
            assert!(!names(line), "{line}");
        }
        assert_eq!(places("S1 and S1.", "S1").collect::<Vec<_>>(), [0, 7]);
    }
}
