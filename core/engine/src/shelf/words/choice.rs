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
pub(super) const STANCES: [(&str, Stance); 3] =
    [("affirm", Stance::Affirm), ("deny", Stance::Deny), ("mixed", Stance::Mixed)];

/// The strengths of evidence by their words.
pub(super) const STRENGTHS: [(&str, Strength); 5] = [
    ("quoted", Strength::Quoted),
    ("reported", Strength::Reported),
    ("implicit", Strength::Implicit),
    ("inferred", Strength::Inferred),
    ("reconstructed", Strength::Reconstructed),
];

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
