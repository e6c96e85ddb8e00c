//! Which words of a closed list did a script choose, and did it spell them as the list does?

use parallax_model::row::{Modality, Stance, Strength};
use rhai::EvalAltResult;

use crate::shelf::script::did_you_mean;
use crate::shelf::script::fault::stop;

/// The modalities by their words.
pub(super) const MODALITIES: [(&str, Modality); 8] = [
    ("duty", Modality::Duty),
    ("right", Modality::Right),
    ("permission", Modality::Permission),
    ("prohibition", Modality::Prohibition),
    ("enact", Modality::Enact),
    ("anticipate", Modality::Anticipate),
    ("prefer", Modality::Prefer),
    ("view", Modality::View),
];

/// The stances by their words.
const STANCES: [(&str, Stance); 3] =
    [("affirm", Stance::Affirm), ("deny", Stance::Deny), ("mixed", Stance::Mixed)];

/// The strengths of evidence by their words.
const STRENGTHS: [(&str, Strength); 5] = [
    ("quoted", Strength::Quoted),
    ("reported", Strength::Reported),
    ("implicit", Strength::Implicit),
    ("inferred", Strength::Inferred),
    ("reconstructed", Strength::Reconstructed),
];

// What stands in columns, each word at the place that its number in the model is.
pub(super) const MODALITY_WORDS: [&str; 8] = firsts(&MODALITIES);
pub(super) const STANCE_WORDS: [&str; 3] = firsts(&STANCES);
pub(super) const STRENGTH_WORDS: [&str; 5] = firsts(&STRENGTHS);
pub(super) const WHOSE: [&str; 3] = ["own", "others", "both"];
pub(super) const NO_OR_YES: [&str; 2] = ["no", "yes"];
pub(super) const KINDS_OF_ROLES: [&str; 2] = ["focal", "other"];
pub(super) const KINDS_OF_PEOPLE: [&str; 2] = ["person", "collective"];
pub(super) const KINDS_OF_POSITIONS: [&str; 4] = ["duty", "right", "permission", "prohibition"];
pub(super) const SOURCE_KINDS: [&str; 5] =
    ["interview", "focus_group", "observation", "document", "survey"];
pub(super) const ORIGINS: [&str; 4] = ["deductive", "inductive", "table-only", "prose"];
pub(super) const MORAL_ORDERS: [&str; 5] =
    ["cultural", "legal", "institutional", "conversational", "personal"];
pub(super) const CLAIM_KINDS: [&str; 12] = [
    "count",
    "share",
    "all",
    "none",
    "exists",
    "set",
    "only",
    "mainly",
    "compare",
    "consensus",
    "denominator",
    "custom",
];
pub(super) const STATE_WORDS: [&str; 7] =
    ["yes", "no", "mixed", "silent", "not_asked", "unknown", "vacant"];
pub(super) const STATUS_WORDS: [&str; 11] = [
    "aligned",
    "unmet",
    "contested",
    "unrecognised",
    "unsolicited",
    "agreed_not",
    "disclaimed",
    "denied_by_others",
    "unmentioned",
    "unknown",
    "vacant",
];

const fn firsts<const N: usize, T>(pairs: &[(&'static str, T); N]) -> [&'static str; N] {
    let mut words = [""; N];
    let mut at = 0;
    while at < N {
        words[at] = pairs[at].0;
        at += 1;
    }
    words
}

/// The value of `word`, or what the words are.
pub(super) fn chosen<T: Copy>(
    function: &str,
    words: &[(&str, T)],
    word: &str,
) -> Result<T, Box<EvalAltResult>> {
    let found = words.iter().find(|(name, _)| *name == word);
    found.map(|(_, value)| *value).ok_or_else(|| unknown(function, word, words.iter().map(|w| w.0)))
}

/// Stops a script that wrote a word no list has.
pub(super) fn unknown<'w>(
    function: &str,
    word: &str,
    words: impl Iterator<Item = &'w str> + Clone,
) -> Box<EvalAltResult> {
    let help = did_you_mean(word, words.clone()).unwrap_or_else(|| {
        let all: Vec<String> = words.map(|word| format!("`{word}`")).collect();
        format!("there are {}", all.join(", "))
    });
    stop(format!("`{function}` knows no `{word}`"), Some(help))
}

#[cfg(test)]
mod tests {
    use parallax_model::row::{ActorKind, ClaimKind, CodeOrigin, MoralOrder, SourceKind};
    use parallax_model::settings::RoleKind;
    use parallax_model::{State, Status};

    use super::*;

    /// What a value of the model is written as in the files of a study.
    fn written(value: impl serde::Serialize) -> String {
        let json = serde_json::to_value(value).expect("is a word");
        json.as_str().expect("is a word").to_owned()
    }

    #[test]
    fn every_word_stands_where_its_number_is() {
        for (at, (word, value)) in MODALITIES.into_iter().enumerate() {
            assert_eq!((value as usize, written(value).as_str()), (at, word));
        }
        for (at, (word, value)) in STANCES.into_iter().enumerate() {
            assert_eq!((value as usize, written(value).as_str()), (at, word));
        }
        for (at, (word, value)) in STRENGTHS.into_iter().enumerate() {
            assert_eq!((value as usize, written(value).as_str()), (at, word));
        }
        assert_eq!(State::ALL.map(State::word), STATE_WORDS);
        let mut statuses = Status::ALL.map(Status::word).to_vec();
        statuses.dedup();
        assert_eq!(statuses, STATUS_WORDS);
    }

    #[test]
    fn words_of_rows_are_those_of_the_files() {
        fn all<T: serde::Serialize>(values: &[T], words: &[&str]) {
            let written: Vec<String> = values.iter().map(written).collect();
            assert_eq!(written, words);
        }
        use ClaimKind as Claim;
        use SourceKind as Source;
        let sources =
            [Source::Interview, Source::FocusGroup, Source::Observation, Source::Document];
        all(&[&sources[..], &[Source::Survey]].concat(), &SOURCE_KINDS);
        let origins = [
            CodeOrigin::Deductive,
            CodeOrigin::Inductive,
            CodeOrigin::TableOnly,
            CodeOrigin::Prose,
        ];
        all(&origins, &ORIGINS);
        let orders = [
            MoralOrder::Cultural,
            MoralOrder::Legal,
            MoralOrder::Institutional,
            MoralOrder::Conversational,
            MoralOrder::Personal,
        ];
        all(&orders, &MORAL_ORDERS);
        let claims = [
            Claim::Count,
            Claim::Share,
            Claim::All,
            Claim::None,
            Claim::Exists,
            Claim::Set,
            Claim::Only,
            Claim::Mainly,
            Claim::Compare,
            Claim::Consensus,
            Claim::Denominator,
            Claim::Custom,
        ];
        all(&claims, &CLAIM_KINDS);
        all(&[RoleKind::Focal, RoleKind::Other], &KINDS_OF_ROLES);
        all(&[ActorKind::Person, ActorKind::Collective], &KINDS_OF_PEOPLE);
    }
}
