//! Which words does every script have without writing them down?

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
    // Why a word of the language gives no number.
    ("out of none", "out of none", "van geen enkele"),
    ("both are empty", "both are empty", "beide zijn leeg"),
    ("it is divided by nothing", "it is divided by nothing", "er is door niets gedeeld"),
    (
        "there is nothing to take the mean of",
        "there is nothing to take the mean of",
        "er is niets om het gemiddelde van te nemen",
    ),
];

/// Their names.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    WORDS.iter().map(|(name, ..)| *name)
}

/// Those words, with the ones that a script adds or words anew.
pub(super) fn with_standard(own: BTreeMap<String, Text>) -> BTreeMap<String, Text> {
    let standard = WORDS.iter().map(|(name, en, nl)| ((*name).to_owned(), Text::en_nl(en, nl)));
    let mut words: BTreeMap<String, Text> = standard.collect();
    words.extend(own);
    words
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
}
