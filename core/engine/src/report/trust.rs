//! What does a report say of itself: were its findings accepted, and did somebody verify them?

use parallax_model::settings::Language;

use crate::report::words::Word;

/// How a report stands beside what was accepted of its study.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trust {
    /// When findings were accepted last, and by whom; nothing where nothing was, or nobody looked.
    pub accepted: Option<(String, String)>,
    /// How many differences there are to what was accepted.
    pub differences: usize,
    /// The day on which a run from scratch gave what was accepted, from the same files.
    pub verified: Option<String>,
}

/// What is said, each with whether it warns.
pub(crate) fn said(trust: &Trust, language: Language) -> Vec<(String, bool)> {
    let word = |word: Word| word.text(language);
    let mut lines = Vec::new();
    if let Some((date, by)) = &trust.accepted {
        let differs = trust.differences > 0;
        let what = if differs { Word::NotAccepted } else { Word::Accepted };
        lines.push((format!("{} {date} {} {by}", word(what), word(Word::By)), differs));
    }
    if let (Some(date), 0) = (&trust.verified, trust.differences) {
        lines.push((format!("{} {date}", word(Word::Verified)), false));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_not_called_accepted_or_verified() {
        let accepted = Some(("2026-11-20".to_owned(), "RdV".to_owned()));
        let verified = Some("2026-12-01".to_owned());
        let mut trust = Trust { accepted, differences: 0, verified };
        let texts = |trust: &Trust, language| -> Vec<(String, bool)> { said(trust, language) };
        assert_eq!(
            texts(&trust, Language::En),
            [
                ("findings as accepted on 2026-11-20 by RdV".to_owned(), false),
                ("verified by a run from scratch on 2026-12-01".to_owned(), false),
            ]
        );
        trust.differences = 3;
        let dutch = "niet de bevindingen die zijn aanvaard op 2026-11-20 door RdV";
        assert_eq!(texts(&trust, Language::Nl), [(dutch.to_owned(), true)]);
        assert_eq!(texts(&Trust::default(), Language::En), []);
    }
}
