//! Which sign stands for what a cell of a study is: yes, no, silent, unknown?

use parallax_model::document::Shown;

/// The signs of cell states, by the word that an analysis uses for them.
const SIGNS: [(&str, &str); 9] = [
    ("yes", "●"),
    ("affirm", "●"),
    ("no", "⊗"),
    ("deny", "⊗"),
    ("mixed", "◐"),
    ("silent", "○"),
    ("not_asked", "–"),
    ("unknown", "?"),
    ("vacant", "×"),
];

/// The sign of a cell, when it holds the word for a state.
pub(super) fn of(cell: &Shown) -> Option<&'static str> {
    let Shown::Word { id, .. } = cell else { return None };
    SIGNS.iter().find(|(word, _)| word == id).map(|&(_, sign)| sign)
}

/// Where a sign stands among the others: what is said first, what nobody knows last.
pub(super) fn rank(sign: &str) -> usize {
    SIGNS.iter().position(|&(_, other)| other == sign).unwrap_or(SIGNS.len())
}

/// Whether a cell holds nothing that anybody said: not asked, unknown, vacant.
pub(super) fn says_nothing(cell: &Shown) -> bool {
    matches!(of(cell), Some("–" | "?" | "×"))
}
