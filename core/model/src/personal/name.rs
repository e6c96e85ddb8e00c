//! Where does a person's name stand in a text?
//!
//! Names are many and words are more, so three signs count only: a salutation before a capital,
//! initials before a capital, and a common first name before a surname.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

/// Salutations and academic titles, which may end with a point.
const SHORT_SALUTATIONS: [&str; 14] =
    ["mevr", "mw", "dhr", "hr", "mr", "mrs", "ms", "dr", "drs", "prof", "ir", "ing", "fr", "mej"];

/// Salutations in full: with a point behind them, a sentence ends.
const FULL_SALUTATIONS: [&str; 9] =
    ["mevrouw", "meneer", "mijnheer", "heer", "mejuffrouw", "miss", "mister", "missus", "madam"];

/// What stands before a surname and belongs to it.
const PARTICLES: [&str; 26] = [
    "van", "de", "den", "der", "het", "'t", "’t", "te", "ten", "ter", "von", "el", "al", "ait",
    "aït", "ben", "bin", "bint", "la", "le", "di", "da", "dos", "du", "del", "ould",
];

/// First names that are common in the Netherlands or where English is spoken, and no words.
static FIRST_NAMES: LazyLock<BTreeSet<&str>> =
    LazyLock::new(|| include_str!("first-names.txt").split_whitespace().collect());

/// What is called after people and is none.
const NO_SURNAMES: &[&str] = &[
    "academy",
    "academie",
    "avenue",
    "basisschool",
    "centre",
    "center",
    "centrum",
    "clinic",
    "college",
    "court",
    "foundation",
    "gasthuis",
    "hospital",
    "hof",
    "house",
    "huis",
    "kliniek",
    "laan",
    "lyceum",
    "park",
    "plein",
    "road",
    "school",
    "stichting",
    "straat",
    "street",
    "university",
    "ward",
    "ziekenhuis",
    "feb",
    "february",
    "februari",
    "mar",
    "march",
    "maart",
    "apr",
    "april",
    "may",
    "mei",
    "jun",
    "june",
    "juni",
    "jul",
    "july",
    "juli",
    "aug",
    "august",
    "augustus",
    "sep",
    "sept",
    "september",
    "oct",
    "october",
    "okt",
    "oktober",
    "nov",
    "november",
    "dec",
    "december",
];

/// A name with a salutation, or a common first name before a surname.
pub(super) fn find(text: &str) -> Option<Range<usize>> {
    let salutation = salutation(text);
    let full = named(text, |words, at| {
        let word = words[at].1;
        let first = is_capitalised(word) && FIRST_NAMES.contains(word.to_lowercase().as_str());
        first.then(|| surname(words, at + 1)).flatten()
    });
    [salutation, full].into_iter().flatten().min_by_key(|span| span.start)
}

/// A name with a salutation.
pub(super) fn salutation(text: &str) -> Option<Range<usize>> {
    // There are millions of texts. Counting is what a machine does fastest, and most capitals stand
    // behind other words.
    let may_be_capital = |byte: &&u8| byte.is_ascii_uppercase() || **byte >= 0x80;
    if text.as_bytes().iter().filter(may_be_capital).count() == 0 {
        return None;
    }
    if !capitals(text).any(|at| leads_to_name(text[..at].trim_end())) {
        return None;
    }
    named(text, |words, at| {
        if !is_salutation(words[at].1) {
            return None;
        }
        let titles = words[at + 1..]
            .iter()
            .take_while(|(_, word)| is_salutation(word) || is_initials(word))
            .count();
        surname(words, at + 1 + titles)
    })
}

/// Initials before a surname.
pub(super) fn initials(text: &str) -> Option<Range<usize>> {
    named(text, |words, at| {
        let count = words[at..].iter().take_while(|(_, word)| is_initials(word)).count();
        (count > 0).then(|| surname(words, at + count)).flatten()
    })
}

type Words<'t> = [(Range<usize>, &'t str)];

/// The first stretch of words from one at which `ends` finds the last word of a name.
fn named(text: &str, ends: impl Fn(&Words<'_>, usize) -> Option<usize>) -> Option<Range<usize>> {
    capitals(text).next()?;
    let words = words(text);
    let found = (0..words.len()).find_map(|at| Some((at, ends(&words, at)?)));
    found.map(|(at, last)| words[at].0.start..words[last].0.end)
}

/// Where words begin behind a blank that may begin with a capital: without one there is no surname.
fn capitals(text: &str) -> impl Iterator<Item = usize> {
    let capital = |byte: u8| byte.is_ascii_uppercase() || byte >= 0x80;
    // A blank that keeps words together has several bytes.
    let blank = |byte: u8| byte.is_ascii_whitespace() || byte >= 0x80;
    let pairs = text.as_bytes().windows(2).enumerate();
    let found = pairs.filter(move |(_, pair)| capital(pair[1]) && blank(pair[0]));
    found.map(|(at, _)| at + 1).filter(|&at| text.is_char_boundary(at))
}

/// Whether a sign parts words.
fn is_between(c: char) -> bool {
    c.is_whitespace() || "/,;:(){}[]\"“”„`!?|".contains(c)
}

/// Whether the last word of a text is one that stands before a surname.
fn leads_to_name(text: &str) -> bool {
    let word = text.rsplit(is_between).next().unwrap_or(text);
    is_salutation(word) || is_initials(word) || is_among(&PARTICLES, word)
}

/// The words of a text with their bytes, points kept. Where a comma or another sign stands between
/// words, an empty one does, so that no name goes over it.
fn words(text: &str) -> Vec<(Range<usize>, &str)> {
    let mut words: Vec<(Range<usize>, &str)> = Vec::new();
    let mut start = 0;
    let ends = text.char_indices().filter(|&(_, c)| is_between(c)).chain([(text.len(), ' ')]);
    for (end, sign) in ends {
        if end > start {
            words.push((start..end, &text[start..end]));
        }
        if !sign.is_whitespace() {
            words.push((end..end, ""));
        }
        start = end + sign.len_utf8();
    }
    words
}

/// The place of a surname, with the particles before it.
fn surname(words: &Words<'_>, from: usize) -> Option<usize> {
    let particles = words.get(from..)?.iter().take(3);
    let particles = particles.take_while(|(_, word)| is_among(&PARTICLES, word)).count();
    let last = from + particles;
    let word = words.get(last)?.1.trim_end_matches('.');
    let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
    let fits = is_capitalised(word) && !is_among(NO_SURNAMES, word);
    fits.then_some(last)
}

fn is_among(list: &[&str], word: &str) -> bool {
    if word.is_ascii() {
        return list.iter().any(|known| known.eq_ignore_ascii_case(word));
    }
    let word = word.to_lowercase();
    list.contains(&word.as_str())
}

/// A capital and small letters behind it, as names have; hyphens and apostrophes may follow.
fn is_capitalised(word: &str) -> bool {
    let mut letters = word.chars();
    let first = letters.next().is_some_and(char::is_uppercase);
    let second = letters.clone().next().is_some_and(|c| c.is_lowercase() || c == '\'' || c == '’');
    let sound = letters.all(|c| c.is_alphabetic() || "-'’".contains(c));
    first && second && sound && !word.ends_with('-')
}

fn is_salutation(word: &str) -> bool {
    let bare = word.strip_suffix('.').unwrap_or(word);
    // `MS` and `ING` are no salutations.
    if bare.chars().skip(1).any(char::is_uppercase) {
        return false;
    }
    is_among(&SHORT_SALUTATIONS, bare) || is_among(&FULL_SALUTATIONS, word)
}

/// Capitals with a point behind each: `J.`, `J.P.`, `J.-P.`.
fn is_initials(word: &str) -> bool {
    let mut parts = word.split_terminator('.');
    let letter = |part: &str| {
        let mut letters = part.trim_start_matches('-').chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
    };
    word.ends_with('.') && parts.all(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn any(text: &str) -> bool {
        find(text).is_some() || initials(text).is_some()
    }

    #[test]
    fn names_of_people_are_seen() {
        let names = [
            "mevr. Jansen",
            "Mevrouw van der Berg",
            "Dhr. De Boer",
            "de heer Öztürk",
            "Mrs Smith",
            "Prof. dr. J. Jansen",
            "J. de Vries",
            "J.P. Balkema",
            "Jan de Vries",
            "Fatima El Amrani",
            "interview with Sarah Johnson",
            "Mehmet Yilmaz, nurse",
            "Mohamed Ait Haddou",
            "Mr O'Brien",
            "the title `mevr. Jansen` has no role",
            "(Mrs Smith)",
            "\"Mr Smith\"",
            "Johnson's: Sarah Johnson's talk",
        ];
        for text in names {
            assert!(any(text), "{text}");
        }
    }

    #[test]
    fn pseudonyms_and_words_are_none() {
        let others = [
            "Jan",
            "Anna and Peter",
            "Sarah J.",
            "Mevrouw X.",
            "Stagebegeleider",
            "Ward nurse",
            "Charge nurse",
            "MS Word",
            "ING Bank",
            "Jan Feb Mar",
            "Elizabeth Hospital",
            "a talk with mevrouw. Daarna niets",
            "Table 2 L501-506",
            "school 3",
            "Dr",
            "Harm reduction",
            "Special Secondary Education",
            "van de Stad",
            "of the heer, Consultant",
            "Sarah, Johnson",
            "Charge nurse: mr, Consultant: Jan",
        ];
        for text in others {
            assert!(!any(text), "{text}");
        }
    }
}
