//! How are choices, and what they change, put in words, in English and in Dutch?

use parallax_model::row::Strength;
use parallax_model::settings::{Fixed, Language};

/// One of two wordings.
fn either(language: Language, english: String, dutch: String) -> String {
    match language {
        Language::En => english,
        Language::Nl => dutch,
    }
}

/// What readers call a choice that every study has.
pub(super) fn fixed(choice: Fixed, language: Language) -> String {
    let (english, dutch) = match choice {
        Fixed::Mapping => ("which titles make which role", "welke titels welke rol vormen"),
        Fixed::Inclusion => ("who is counted, and in which role", "wie meetelt, en in welke rol"),
        Fixed::Evidence => ("which evidence counts", "welke onderbouwing meetelt"),
        Fixed::Participant => ("each participant left out in turn", "telkens één deelnemer minder"),
        Fixed::Case => ("each case left out in turn", "telkens één casus minder"),
        Fixed::Source => ("each source left out in turn", "telkens één bron minder"),
        Fixed::Coder => ("each coder left out in turn", "telkens één codeur minder"),
    };
    either(language, english.to_owned(), dutch.to_owned())
}

/// What readers call an uncertain passage.
pub(super) fn passage(group: &str, language: Language) -> String {
    either(
        language,
        format!("how the passage `{group}` is read"),
        format!("hoe passage `{group}` is gelezen"),
    )
}

/// What readers call the members whom a constraint may mean.
pub(super) fn meant(constraint: &str, language: Language) -> String {
    either(language, format!("whom `{constraint}` means"), format!("wie `{constraint}` bedoelt"))
}

/// The option of the default reading, where it is none of those that are named.
pub(super) fn as_it_is(choice: Option<Fixed>, language: Language) -> String {
    let (english, dutch) = match choice {
        Some(Fixed::Evidence) => ("all evidence", "alle onderbouwing"),
        Some(choice) if choice.leaves_one_out() => ("nothing left out", "niets weggelaten"),
        Some(_) => ("as the mapping has it", "zoals in de indeling"),
        None => ("left open", "opengelaten"),
    };
    either(language, english.to_owned(), dutch.to_owned())
}

/// Under another mapping.
pub(super) fn under(mapping: &str, why: &str, language: Language) -> String {
    let why = if why.is_empty() { String::new() } else { format!(" ({why})") };
    either(language, format!("under {mapping}{why}"), format!("volgens {mapping}{why}"))
}

/// With people in these roles; no role: left out.
pub(super) fn counted_as(people: &[(String, Option<String>)], language: Language) -> String {
    let each = people.iter().map(|(id, role)| match role {
        Some(role) => either(
            language,
            format!("{id} counted as {role}"),
            format!("{id} meegeteld als {role}"),
        ),
        None => either(language, format!("{id} left out"), format!("{id} weggelaten")),
    });
    let each = joined(&each.collect::<Vec<_>>(), language);
    either(language, format!("with {each}"), format!("met {each}"))
}

/// Without some of the evidence.
pub(super) fn without_strengths(strengths: &[Strength], language: Language) -> String {
    let name = |strength: &Strength| match (strength, language) {
        (Strength::Quoted, Language::Nl) => "geciteerde",
        (Strength::Reported, Language::Nl) => "gerapporteerde",
        (Strength::Implicit, Language::Nl) => "impliciete",
        (Strength::Inferred, Language::Nl) => "afgeleide",
        (Strength::Reconstructed, Language::Nl) => "gereconstrueerde",
        (strength, Language::En) => strength.name(),
    };
    let names: Vec<String> = strengths.iter().map(|one| name(one).to_owned()).collect();
    let names = joined(&names, language);
    either(language, format!("without {names} evidence"), format!("zonder {names} onderbouwing"))
}

/// With an uncertain passage read in another way.
pub(super) fn read_as(group: &str, option: &str, language: Language) -> String {
    either(
        language,
        format!("with the passage `{group}` read as {option}"),
        format!("met passage `{group}` gelezen als {option}"),
    )
}

/// With these members as the ones whom a constraint means.
pub(super) fn meaning(constraint: &str, members: &[String], language: Language) -> String {
    let named = match members {
        [] => either(language, "nobody".to_owned(), "niemand".to_owned()),
        members => joined(members, language),
    };
    either(
        language,
        format!("with `{constraint}` meaning {named}"),
        format!("met {named} als wie `{constraint}` bedoelt"),
    )
}

/// Without one of its kind.
pub(super) fn without(kind: Fixed, name: &str, language: Language) -> String {
    let (english, dutch) = match kind {
        Fixed::Case => ("case ", "casus "),
        Fixed::Source => ("source ", "bron "),
        Fixed::Coder => ("coder ", "codeur "),
        _ => ("", ""),
    };
    either(language, format!("without {english}{name}"), format!("zonder {dutch}{name}"))
}

/// What a finding is where it is not there: no such finding, no analysis, or an error.
pub(super) fn nothing(becomes: &str, language: Language) -> &'static str {
    match (becomes, language) {
        (super::ABSENT, Language::En) => "there is no such finding",
        (super::ABSENT, Language::Nl) => "is er niet zo'n bevinding",
        (super::NOT_AVAILABLE, Language::En) => "the analysis is not available",
        (super::NOT_AVAILABLE, Language::Nl) => "is de analyse niet beschikbaar",
        (_, Language::En) => "the analysis fails",
        (_, Language::Nl) => "mislukt de analyse",
    }
}

/// Several things as a sentence lists them.
pub(super) fn joined(items: &[String], language: Language) -> String {
    listed(items, if language == Language::Nl { "en" } else { "and" })
}

fn listed(items: &[String], last: &str) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}

/// In how many readings something is the same, what changes it, and how many of its numbers change.
pub(super) fn holds(
    (same, readings): (usize, usize),
    flips: &[String],
    more: usize,
    (changing, numbers): (usize, usize),
    language: Language,
) -> String {
    let mut text = match (language, same == readings) {
        (Language::En, true) => format!("Holds in all {readings} readings"),
        (Language::Nl, true) => format!("Geldt in alle {readings} lezingen"),
        (Language::En, false) => format!("Holds in {same} of {readings} readings"),
        (Language::Nl, false) => format!("Geldt in {same} van de {readings} lezingen"),
    };
    if !flips.is_empty() {
        let mut flips = flips.to_vec();
        let (when, or, others) = match language {
            Language::En => ("flips when read", "or", "in another way"),
            Language::Nl => ("kantelt bij lezing", "of", "op een andere manier"),
        };
        if more > 0 {
            flips.push(match (language, more) {
                (_, 1) => others.to_owned(),
                (Language::En, more) => format!("in {more} other ways"),
                (Language::Nl, more) => format!("op {more} andere manieren"),
            });
        }
        text.push_str(&format!("; {when} {}", listed(&flips, or)));
    }
    text.push_str(&match (language, changing, numbers) {
        (_, 0, _) => ".".to_owned(),
        (Language::En, 1, 1) => "; its number changes.".to_owned(),
        (Language::Nl, 1, 1) => "; het getal verandert.".to_owned(),
        (Language::En, changing, numbers) if changing == numbers => {
            format!("; all {numbers} of its numbers change.")
        }
        (Language::Nl, changing, numbers) if changing == numbers => {
            format!("; alle {numbers} getallen veranderen.")
        }
        (Language::En, 1, numbers) => format!("; 1 of its {numbers} numbers changes."),
        (Language::Nl, 1, numbers) => format!("; 1 van de {numbers} getallen verandert."),
        (Language::En, changing, numbers) => {
            format!("; {changing} of its {numbers} numbers change.")
        }
        (Language::Nl, changing, numbers) => {
            format!("; {changing} van de {numbers} getallen veranderen.")
        }
    });
    text
}

/// The least, the middle and the largest value as a reader reads them.
pub(super) fn range(least: &str, median: &str, most: &str, language: Language) -> String {
    match language {
        Language::En => format!("{least} to {most}, in the middle {median}"),
        Language::Nl => format!("{least} tot {most}, in het midden {median}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_says_where_it_holds_and_what_flips_it() {
        let flips = ["under M4 (mentors apart)".to_owned(), "without I6".to_owned()];
        let said = [
            holds((84, 84), &[], 0, (0, 5), Language::En),
            holds((84, 84), &[], 0, (3, 5), Language::Nl),
            holds((9, 12), &flips, 0, (1, 1), Language::En),
            holds((9, 12), &flips[..1], 0, (5, 5), Language::En),
            holds((9, 12), &flips, 2, (0, 0), Language::Nl),
            holds((9, 12), &flips, 1, (1, 4), Language::En),
        ];
        insta::assert_snapshot!(said.join("\n"), @"
        Holds in all 84 readings.
        Geldt in alle 84 lezingen; 3 van de 5 getallen veranderen.
        Holds in 9 of 12 readings; flips when read under M4 (mentors apart) or without I6; its number changes.
        Holds in 9 of 12 readings; flips when read under M4 (mentors apart); all 5 of its numbers change.
        Geldt in 9 van de 12 lezingen; kantelt bij lezing under M4 (mentors apart), without I6 of op 2 andere manieren.
        Holds in 9 of 12 readings; flips when read under M4 (mentors apart), without I6 or in another way; 1 of its 4 numbers changes.
        ");
    }
}
