//! Which known word did a researcher mean?

/// The candidate that `wrong` is most likely a slip of.
///
/// Only when one candidate is nearest, no further than a third of its length (edits that swap
/// neighbours count once; Damerau 1964), and differs from `wrong` in more than digits: `S3` is not
/// a slip of `S2` but another person. A difference in capitals only is always a slip.
#[must_use]
pub fn suggestion<'a>(wrong: &str, candidates: impl Iterator<Item = &'a str>) -> Option<String> {
    let written = wrong.trim().to_lowercase();
    let letters = |text: &str| text.chars().filter(|c| !c.is_numeric()).collect::<String>();
    let mut near: Vec<(usize, &str)> = candidates
        .filter(|candidate| !candidate.is_empty() && *candidate != wrong)
        .filter_map(|candidate| {
            let known = candidate.to_lowercase();
            let longest = known.chars().count().max(written.chars().count());
            if known.chars().count().abs_diff(written.chars().count()) > longest / 3 {
                return None;
            }
            let distance = strsim::damerau_levenshtein(&written, &known);
            let slip = distance == 0 || letters(&written) != letters(&known);
            (slip && distance <= longest / 3).then_some((distance, candidate))
        })
        .collect();
    near.sort_unstable();
    near.dedup();
    match near[..] {
        [(_, one)] => Some(one.to_owned()),
        [(nearest, one), (next, _), ..] if nearest < next => Some(one.to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(wrong: &str, candidates: &[&str]) -> Option<String> {
        suggestion(wrong, candidates.iter().copied())
    }

    #[test]
    fn one_near_word_is_suggested() {
        assert_eq!(of("afirm", &["affirm", "deny", "mixed"]).as_deref(), Some("affirm"));
        assert_eq!(of("Duty", &["duty", "right"]).as_deref(), Some("duty"));
        assert_eq!(of("maybe", &["affirm", "deny", "mixed"]), None);
    }

    #[test]
    fn numbered_ids_are_never_guessed() {
        assert_eq!(of("C03", &["C01", "C02"]), None);
        assert_eq!(of("teacher3", &["teacher1", "teecher"]).as_deref(), Some("teecher"));
    }

    #[test]
    fn two_equally_near_words_are_no_suggestion() {
        assert_eq!(of("nurse", &["purse", "curse"]), None);
    }
}
