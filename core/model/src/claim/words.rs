//! What do readers call verdicts and checks, in English and in Dutch, and what do they mean?

use super::{Check, Verdict};
use crate::settings::Language;

/// What readers call something, and a sentence that explains it.
struct Words {
    name: &'static str,
    meaning: &'static str,
}

/// For each of them its name and its meaning, in English and then in Dutch.
macro_rules! words {
    ($of:ident; $($it:ident: $english:literal, $meaning:literal; $dutch:literal, $dutch_meaning:literal;)*) => {
        impl $of {
            /// What readers call it, in small letters.
            #[must_use]
            pub fn in_language(self, language: Language) -> &'static str {
                self.words(language).name
            }

            /// What it means, in one sentence.
            #[must_use]
            pub fn meaning(self, language: Language) -> &'static str {
                self.words(language).meaning
            }

            fn words(self, language: Language) -> Words {
                let (name, meaning) = match (self, language) {
                    $((Self::$it, Language::En) => ($english, $meaning),
                      (Self::$it, Language::Nl) => ($dutch, $dutch_meaning),)*
                };
                Words { name, meaning }
            }
        }
    };
}

words! {
    Verdict;
    Supported:
        "supported", "It is true, whatever would fill the gaps in the data.";
        "ondersteund", "Dit klopt, wat er ook in de gaten van de gegevens zou staan.";
    Contradicted:
        "contradicted", "It is false, whatever would fill the gaps in the data, or the report itself says otherwise.";
        "tegengesproken", "Dit klopt niet, wat er ook in de gaten van de gegevens zou staan, of het verslag zegt zelf iets anders.";
    Undetermined:
        "undetermined", "Whether it is true depends on what would fill the gaps in the data.";
        "onbeslist", "Of dit klopt, hangt af van wat er in de gaten van de gegevens zou staan.";
    PresuppositionFailed:
        "presupposition failed", "It speaks of people or cases that the sample does not have.";
        "vooronderstelling klopt niet", "Dit gaat over mensen of casussen die niet in de steekproef zitten.";
    Unsupported:
        "unsupported", "Nothing in the data bears on it; it can still be true.";
        "zonder grond in de gegevens", "Niets in de gegevens gaat hierover; het kan nog steeds kloppen.";
    Drift:
        "drift", "The report says it more strongly or more weakly in another place.";
        "verschuift", "Het verslag zegt dit op een andere plaats sterker of zwakker.";
    NotCheckable:
        "not checkable", "The tables of a study have no place for what it is about.";
        "niet toetsbaar", "De tabellen van een studie hebben geen plaats voor waar dit over gaat.";
    AsEntered:
        "as entered", "It fits data that were entered from this very sentence, which confirms nothing.";
        "zo ingevoerd", "Dit past bij gegevens die uit deze zin zelf zijn ingevoerd, en dat bevestigt niets.";
}

words! {
    Check;
    Presupposition:
        "presupposition", "Does every role at every case that a claim speaks of have somebody in the sample?";
        "vooronderstelling", "Heeft elke rol bij elke casus waarover een bewering gaat iemand in de steekproef?";
    Denominator:
        "denominator", "Of which set of people is the number that the report gives true?";
        "noemer", "Van welke groep mensen klopt het aantal dat het verslag noemt?";
    Partition:
        "parts and whole", "Do the parts that the report counts sum to their whole?";
        "delen en geheel", "Zijn de delen die het verslag telt samen het geheel?";
    Percentage:
        "percentage", "Can the printed percentage come from the printed numbers?";
        "percentage", "Kan het gedrukte percentage uit de gedrukte aantallen komen?";
    Union:
        "mentions and people", "Can so many people together have made so many mentions?";
        "vermeldingen en mensen", "Kunnen zoveel mensen samen zoveel vermeldingen hebben gedaan?";
    JointInterview:
        "joint interview", "Do conversations and people fit, once a joint interview is counted as one?";
        "duo-interview", "Passen gesprekken en mensen bij elkaar, als een duo-interview als één telt?";
    Drift:
        "drift", "Is the same thing said more strongly or more weakly in another section?";
        "verschuiving", "Staat hetzelfde in een ander deel van het verslag sterker of zwakker?";
    Alias:
        "one name, two things", "Does one name stand for two things?";
        "één naam, twee dingen", "Staat één naam voor twee dingen?";
    RemovedCode:
        "removed code", "Does a claim rest on a code that was removed from the codebook?";
        "verwijderde code", "Rust een bewering op een code die uit het codeboek is verwijderd?";
    UncodebookedCode:
        "code outside the codebook", "Is a code in use that the published codebook does not have?";
        "code buiten het codeboek", "Is er een code in gebruik die niet in het gepubliceerde codeboek staat?";
    UnreportedCode:
        "code never reported", "Is there a code in the codebook of which the report never speaks?";
        "code zonder verslag", "Staat er een code in het codeboek waarover het verslag zwijgt?";
    Identifier:
        "hidden name", "Does a name stand in the report that the study says is hidden?";
        "verborgen naam", "Staat er een naam in het verslag die volgens de studie verborgen is?";
    Silence:
        "silence", "Does the report count people who were silent as people who answered?";
        "zwijgen", "Telt het verslag mensen die zwegen als mensen die antwoordden?";
    Mistake:
        "not tested", "Is something wrong in the row of a claim, so that it was not tested?";
        "niet getoetst", "Is er iets mis in de rij van een bewering, zodat zij niet is getoetst?";
}

impl Check {
    /// Every check, in the order in which reports show what they noticed.
    pub const ALL: [Self; 14] = [
        Self::Presupposition,
        Self::Denominator,
        Self::Partition,
        Self::Percentage,
        Self::Union,
        Self::JointInterview,
        Self::Drift,
        Self::Alias,
        Self::RemovedCode,
        Self::UncodebookedCode,
        Self::UnreportedCode,
        Self::Identifier,
        Self::Silence,
        Self::Mistake,
    ];

    /// The word that files have for it, such as `joint_interview`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Presupposition => "presupposition",
            Self::Denominator => "denominator",
            Self::Partition => "partition",
            Self::Percentage => "percentage",
            Self::Union => "union",
            Self::JointInterview => "joint_interview",
            Self::Drift => "drift",
            Self::Alias => "alias",
            Self::RemovedCode => "removed_code",
            Self::UncodebookedCode => "uncodebooked_code",
            Self::UnreportedCode => "unreported_code",
            Self::Identifier => "identifier",
            Self::Silence => "silence",
            Self::Mistake => "mistake",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_verdict_and_check_has_its_own_name_and_a_sentence() {
        for language in [Language::En, Language::Nl] {
            let verdicts = Verdict::ALL.map(|verdict| verdict.words(language));
            let checks = Check::ALL.map(|check| check.words(language));
            for words in [&verdicts[..], &checks[..]] {
                let names: BTreeSet<&str> = words.iter().map(|words| words.name).collect();
                assert_eq!(names.len(), words.len());
                assert!(words.iter().all(|words| words.name == words.name.to_lowercase()));
            }
            assert!(verdicts.iter().all(|words| words.meaning.ends_with('.')));
            assert!(checks.iter().all(|words| words.meaning.ends_with('?')));
        }
    }

    #[test]
    fn files_have_the_words_that_they_are_read_with() {
        for verdict in Verdict::ALL {
            assert_eq!(serde_json::json!(verdict), verdict.word());
        }
        for check in Check::ALL {
            assert_eq!(serde_json::json!(check), check.word());
        }
    }
}
