//! Which words and caveats does every script have without writing them down?

use std::collections::BTreeMap;

use parallax_model::Text;

/// The states of cells, the words of closed lists, and what heads most tables: name, English, Dutch.
const WORDS: &[(&str, &str, &str)] = &[
    ("yes", "yes", "ja"),
    ("no", "no", "nee"),
    ("mixed", "mixed", "gemengd"),
    ("silent", "silent", "zwijgt"),
    ("not_asked", "not asked", "niet gevraagd"),
    ("unknown", "unknown", "onbekend"),
    ("vacant", "vacant", "vacant"),
    ("role_at_case", "roles at a case", "rollen in een casus"),
    ("participant", "participants", "deelnemers"),
    ("code", "code", "code"),
    ("role", "role", "rol"),
    ("case", "case", "casus"),
    ("total", "total", "totaal"),
    ("asked", "asked", "gevraagd"),
    ("mentions", "mention it", "noemen het"),
    ("holds", "may think it", "vinden het misschien"),
    ("statements", "statements", "uitspraken"),
    ("people", "people", "mensen"),
    ("speaker", "speaker", "spreker"),
    ("source", "source", "bron"),
    ("bearer", "bearer", "drager"),
    ("stance", "stance", "standpunt"),
    ("affirm", "affirm", "bevestigen"),
    ("deny", "deny", "ontkennen"),
    ("modality", "modality", "modaliteit"),
    ("duty", "duties", "plichten"),
    ("right", "rights", "rechten"),
    ("permission", "permissions", "toestemmingen"),
    ("prohibition", "prohibitions", "verboden"),
    ("enact", "what is done", "wat gedaan wordt"),
    ("anticipate", "what is expected to happen", "wat verwacht wordt"),
    ("prefer", "wishes", "wensen"),
    ("view", "views", "visies"),
    ("own", "about themselves", "over zichzelf"),
    ("others", "about others", "over anderen"),
    ("codes", "codes", "codes"),
    ("cases", "cases", "casussen"),
    ("roles", "roles", "rollen"),
    ("nobody", "nobody", "niemand"),
    ("everybody", "everybody", "iedereen"),
    ("number", "how many", "hoeveel"),
    ("all", "in all", "in totaal"),
    ("denied", "denied", "ontkend"),
    ("participants", "participants", "deelnemers"),
    ("person", "participant", "deelnemer"),
    ("whom", "of whom", "van wie"),
    ("by", "by whom", "door wie"),
    ("from", "from", "van"),
    ("to", "to", "naar"),
    ("outcome", "outcome", "uitkomst"),
    ("question", "question", "vraag"),
    ("claim", "claim", "bewering"),
    ("optional", "optional", "facultatief"),
    ("agreement", "agreement", "overeenstemming"),
    // Why a word of the language gives no number.
    ("out of none", "out of none", "van geen enkele"),
    ("both are empty", "both are empty", "beide zijn leeg"),
    ("it is divided by nothing", "it is divided by nothing", "er is door niets gedeeld"),
    (
        "agreement takes at least two people",
        "agreement takes at least two people",
        "overeenstemming vraagt minstens twee mensen",
    ),
    (
        "there is nothing to take the mean of",
        "there is nothing to take the mean of",
        "er is niets om het gemiddelde van te nemen",
    ),
];

/// What many findings have to add before they are quoted: name, English, Dutch.
const CAVEATS: &[(&str, &str, &str)] = &[
    (
        "silence",
        "Silence is no denial: who says nothing may think so.",
        "Zwijgen is geen ontkennen: wie niets zegt, kan het vinden.",
    ),
    (
        "sample",
        "The numbers describe these people and their interviews; they are no random sample.",
        "De aantallen beschrijven deze mensen en hun interviews; zij zijn geen aselecte steekproef.",
    ),
    (
        "talk",
        "This is what people said in interviews; what they do at work may differ.",
        "Dit is wat mensen in interviews zeiden; wat zij op het werk doen, kan verschillen.",
    ),
];

/// Their names.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    WORDS.iter().map(|(name, ..)| *name)
}

/// Those words, with the ones that a script adds or words anew.
pub(super) fn with_standard(own: BTreeMap<String, Text>) -> BTreeMap<String, Text> {
    together(WORDS, own)
}

/// The caveats that every script has, with the ones that it adds or words anew.
pub(super) fn with_standard_caveats(own: BTreeMap<String, Text>) -> BTreeMap<String, Text> {
    together(CAVEATS, own)
}

fn together(
    standard: &[(&str, &str, &str)],
    own: BTreeMap<String, Text>,
) -> BTreeMap<String, Text> {
    let standard = standard.iter().map(|(name, en, nl)| ((*name).to_owned(), Text::en_nl(en, nl)));
    let mut texts: BTreeMap<String, Text> = standard.collect();
    texts.extend(own);
    texts
}

#[cfg(test)]
mod tests {
    use parallax_model::State;

    use super::*;

    #[test]
    fn every_state_has_a_word_and_a_script_can_change_it() {
        let words = with_standard(BTreeMap::from([("no".to_owned(), Text::from("denied"))]));
        for state in State::ALL {
            assert!(words.contains_key(state.word()), "{}", state.word());
        }
        assert_eq!(words["no"].in_language("nl"), "denied");
    }

    #[test]
    fn a_script_has_caveats_without_writing_them_and_can_word_them_anew() {
        let own = BTreeMap::from([("silence".to_owned(), Text::from("They were not asked."))]);
        let caveats = with_standard_caveats(own);
        assert_eq!(caveats["silence"].in_language("nl"), "They were not asked.");
        assert!(caveats["sample"].in_language("nl").ends_with("geen aselecte steekproef."));
        assert!(caveats.contains_key("talk"));
    }
}
