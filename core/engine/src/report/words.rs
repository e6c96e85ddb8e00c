//! Which words does the report itself use, in English and in Dutch?

use parallax_model::finding::{EvidenceKind, Weight};
use parallax_model::row::{Modality, Stance, Strength};
use parallax_model::settings::Language;

macro_rules! words {
    ($($word:ident: $english:literal, $dutch:literal;)*) => {
        /// A word or sentence of the report.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Word { $($word,)* }

        impl Word {
            /// Every word; for the tests of the table.
            #[cfg(test)]
            const ALL: &[Self] = &[$(Self::$word,)*];

            /// The wording in a language.
            pub(crate) fn text(self, language: Language) -> &'static str {
                match (self, language) {
                    $((Self::$word, Language::En) => $english,
                      (Self::$word, Language::Nl) => $dutch,)*
                }
            }
        }
    };
}

words! {
    Report: "Positioning report", "Positioneringsrapport";
    Skip: "To the findings", "Naar de bevindingen";
    Contents: "Contents", "Inhoud";
    Glance: "At a glance", "In één oogopslag";
    Claims: "Claims of the report", "Beweringen van het verslag";
    ClaimsIntro: "Each claim of `claims.csv`, in its order there, beside what the data give. A verdict is about what this study holds, not about the world.",
        "Elke bewering uit `claims.csv`, in de volgorde daar, naast wat de gegevens geven. Een oordeel gaat over wat in deze studie staat, niet over de wereld.";
    LookFirst: "To look at first", "Bekijk dit het eerst";
    AllClaims: "Claim by claim", "Bewering voor bewering";
    ClaimsNotes: "About the claims as a whole", "Over de beweringen als geheel";
    Repairs: "What would reconcile most of them", "Wat de meeste ervan zou verzoenen";
    RepairsIntro:
        "Each line is one small change of the tables, or two together, tried on every claim; none was made. What comes first removes most contradictions for what it breaks: look there first in the material.",
        "Elke regel is één kleine verandering van de tabellen, of twee samen, beproefd op elke bewering; er is niets veranderd. Wat eerst komt neemt de meeste tegenspraken weg voor wat het breekt: kijk daar eerst in het materiaal.";
    Change: "if", "als";
    Reconciles: "no longer contradicted", "niet meer tegengesproken";
    Breaks: "but then", "maar dan wel";
    Verdict: "verdict", "oordeel";
    ReportSays: "the report says", "het verslag zegt";
    DataSay: "the data give", "de gegevens geven";
    Reported: "reported", "vermeld";
    Computed: "computed", "berekend";
    CertainOf: "certain of", "zeker van";
    PossibleOf: "possible of", "mogelijk van";
    Choices: "other readings", "andere lezingen";
    ToAsk: "to be asked", "na te vragen bij";
    SectionOf: "section", "deel";
    Notes: "notes", "opmerkingen";
    Meaning: "what it means", "wat dit betekent";
    HowMany: "claims", "beweringen";
    InTheReport: "more, in the report", "meer, in het rapport";
    Findings: "Findings", "Bevindingen";
    Evidence: "Evidence", "Onderbouwing";
    Method: "Method and limits", "Methode en grenzen";
    Provenance: "How this was made", "Hoe dit is gemaakt";
    OutsidePlugin: "Plugin from outside the program", "Plugin van buiten het programma";
    Participant: "participant", "deelnemer";
    Participants: "participants", "deelnemers";
    Role: "role", "rol";
    Roles: "roles", "rollen";
    Case: "case", "casus";
    Cases: "cases", "casussen";
    Statement: "statement", "uitspraak";
    Statements: "statements", "uitspraken";
    Analysis: "analysis", "analyse";
    Analyses: "analyses", "analyses";
    Warning: "warning", "waarschuwing";
    Warnings: "warnings", "waarschuwingen";
    FindingOne: "finding", "bevinding";
    FindingMany: "findings", "bevindingen";
    Analysed: "analysed", "geanalyseerd";
    LeftOut: "left out", "buiten de analyse";
    ReadAs: "read as", "gelezen als";
    OtherReading: "not the default reading", "niet de standaardlezing";
    FullCopy: "Full copy: shows what people said. Do not pass it on without their consent.",
        "Volledige versie: toont wat mensen zeiden. Geef haar niet door zonder hun toestemming.";
    Accepted: "findings as accepted on", "bevindingen zoals aanvaard op";
    NotAccepted: "not the findings that were accepted on", "niet de bevindingen die zijn aanvaard op";
    By: "by", "door";
    Verified: "verified by a run from scratch on", "geverifieerd door alles opnieuw te berekenen op";
    CopyToShare: "Copy to share: names are replaced, and it holds no words of people who did not consent.",
        "Versie om te delen: namen zijn vervangen, en zij bevat geen woorden van mensen die daarvoor geen toestemming gaven.";
    QuestionHead: "question", "vraag";
    MainFinding: "main finding", "belangrijkste bevinding";
    Questions: "Research questions", "Onderzoeksvragen";
    People: "Who was analysed", "Wie zijn geanalyseerd";
    Total: "total", "totaal";
    NothingFound: "There was nothing to find.", "Er viel niets te vinden.";
    NotAvailable: "Not available", "Niet beschikbaar";
    Failed: "Failed", "Mislukt";
    FailedNote: "This analysis failed; the others are not touched by it.",
        "Deze analyse is mislukt; de andere staan er los van.";
    Finding: "finding", "bevinding";
    RowsOf: "One by one", "Een voor een";
    MoreRows: "more stand in findings.json", "meer staan in findings.json";
    TablesElsewhere: "The tables of these findings stand in report.html and in findings.json.",
        "De tabellen bij deze bevindingen staan in report.html en in findings.json.";
    Supporting: "supporting", "ondersteunend";
    Contrary: "contrary", "tegensprekend";
    Context: "context", "context";
    ReadWithCare: "Read with care", "Lees met zorg";
    NoEvidence: "Rests on no statement", "Rust op geen uitspraak";
    More: "more; all of them with", "meer; allemaal met";
    Answers: "Helps to answer", "Helpt bij het beantwoorden van";
    DataOfFigure: "The figure as a table", "De figuur als tabel";
    Csv: "Data (CSV)", "Gegevens (CSV)";
    ReadGrid: "Each row and column meet in one cell; the darker the cell, the larger the number in it.",
        "Elke rij en kolom komen samen in één cel; hoe donkerder de cel, hoe groter het getal erin.";
    ReadSymbols: "Each row and column meet in one cell; the symbols are explained below.",
        "Elke rij en kolom komen samen in één cel; de tekens staan eronder uitgelegd.";
    ReadTree: "The further to the left two branches meet, the more alike the units on them; the coloured letter is the group each unit belongs to.",
        "Hoe verder naar links twee takken samenkomen, hoe meer de eenheden erop lijken; de gekleurde letter is de groep waartoe een eenheid hoort.";
    Distance: "distance", "afstand";
    RowsAndColumns: "rows and columns", "rijen en kolommen";
    LastJoin: "The last two branches join at distance", "De laatste twee takken komen samen op afstand";
    ContraryCases: "Contrary cases", "Tegenvoorbeelden";
    ContraryIntro: "What people said against a finding, or what does not fit it. Read these first.",
        "Wat mensen tegen een bevinding inbrengen, of wat er niet bij past. Lees dit het eerst.";
    NoContrary: "No finding has evidence against it.", "Bij geen bevinding is er tegenspraak.";
    AllEvidence: "All evidence that is cited", "Alle onderbouwing waarnaar wordt verwezen";
    Id: "id", "id";
    Who: "who", "wie";
    Says: "says", "zegt";
    InShort: "in short", "kort weergegeven";
    Where: "where", "waar";
    Limits: "What the numbers can and cannot say", "Wat de getallen wel en niet zeggen";
    LimitSample: "Counts describe these interviews. They are no estimate for other people or other places.",
        "Aantallen beschrijven deze interviews. Ze zijn geen schatting voor andere mensen of andere plekken.";
    LimitSilence: "Not mentioning something is silence, not refusal; where nobody knows whether it was asked, counts are intervals.",
        "Iets niet noemen is zwijgen, geen weigering; waar niemand weet of ernaar gevraagd is, zijn aantallen intervallen.";
    LimitTalk: "An interview is talk about positions taken elsewhere. How people position one another while they interact, it does not show.",
        "Een interview is praten over posities die elders zijn ingenomen. Hoe mensen elkaar positioneren terwijl ze met elkaar omgaan, laat het niet zien.";
    LimitCoder: "If whoever coded the interviews knew the roles of the speakers, part of what roles have in common may come from that.",
        "Als wie de interviews codeerde de rollen van de sprekers kende, kan een deel van wat rollen gemeen hebben daarvan komen.";
    AsViewOf: "as the view of", "als de visie van";
    AsAscribedBy: "as what is ascribed to the speaker by", "als wat de spreker toegeschreven wordt door";
    Reading: "How the study was read", "Hoe de studie is gelezen";
    Mapping: "role mapping", "rolindeling";
    Taken: "taken", "gekozen";
    Parameters: "parameters", "parameters";
    Plugin: "plugin", "plug-in";
    Script: "script", "script";
    Problems: "What the check of the study warns of", "Waarvoor de controle van de studie waarschuwt";
    File: "file", "bestand";
    Sha: "SHA-256", "SHA-256";
    MadeBy: "Made by", "Gemaakt met";
    HowToCheck: "The same files give the same findings, byte for byte. Compare the checksums with `sha256sum`, `certutil -hashfile` or R's `digest`.",
        "Dezelfde bestanden geven dezelfde bevindingen, byte voor byte. Vergelijk de controlegetallen met `sha256sum`, `certutil -hashfile` of `digest` in R.";
    References: "References", "Bronnen";
    Cite: "Study", "Studie";
    Of: "of", "van";
    Least: "least", "minst";
    Most: "most", "meest";
    Part: "part", "deel";
    Whole: "whole", "geheel";
    Row: "row", "rij";
    Column: "column", "kolom";
    Value: "value", "waarde";
    Step: "step", "stap";
    Unknown: "unknown speaker", "onbekende spreker";
    Own: "oneself", "zichzelf";
    We: "us", "ons";
    Others: "the others", "de anderen";
    Everybody: "everybody", "iedereen";
    AtLeast: "at least", "minstens";
    AtMost: "at most", "hoogstens";
    AllStatements: "Statements", "Uitspraken";
    AllExcerpts: "Excerpts", "Fragmenten";
    AllConstraints: "What is known of groups", "Wat van groepen bekend is";
    OnCondition: "condition", "voorwaarde";
    Robustness: "What it depends on", "Waarvan het afhangt";
    RobustnessRead: "A result is the same where it is worded by the same template with the same words; how far its numbers change stands beside them. A change under a principled choice, whose options rest on different reasons, is a finding; a change under an arbitrary one, between whose options nothing decides, says how much the result rests on single people, sources or coders.",
        "Een resultaat is hetzelfde waar het met hetzelfde sjabloon en dezelfde woorden is verwoord; hoe ver de getallen veranderen, staat erbij. Een verandering bij een inhoudelijke keuze, waarvan de opties op verschillende redenen rusten, is een bevinding; een verandering bij een willekeurige, waarbij niets de doorslag geeft, zegt hoezeer het resultaat op enkele mensen, bronnen of codeurs rust.";
    Varied: "Choices that were varied", "Keuzes die zijn gevarieerd";
    Choice: "choice", "keuze";
    ChoiceOptions: "read …", "lezing …";
    MoreOptions: "more", "meer";
    StandingHead: "standing", "aard";
    Principled: "principled", "inhoudelijk";
    Arbitrary: "arbitrary", "willekeurig";
    VariedHead: "varied", "gevarieerd";
    Crossed: "combined with the others", "gecombineerd met de andere";
    OneByOne: "one at a time", "een voor een";
    Why: "why", "waarom";
    SameIn: "same in readings", "hetzelfde in lezingen";
    WithoutValue: "readings without a value", "lezingen zonder waarde";
    Changes: "What changes it", "Wat het verandert";
}

/// The limits that hold for every report.
pub(super) const LIMITS: [Word; 4] =
    [Word::LimitSample, Word::LimitSilence, Word::LimitTalk, Word::LimitCoder];

/// A number with the right word after it.
pub(crate) fn counted(number: usize, one: Word, many: Word, language: Language) -> String {
    format!("{number} {}", if number == 1 { one } else { many }.text(language))
}

/// Whether evidence speaks for or against.
pub(crate) fn weight(weight: Weight) -> Word {
    match weight {
        Weight::Supporting => Word::Supporting,
        Weight::Contrary => Word::Contrary,
        Weight::Context => Word::Context,
    }
}

/// The heading of all evidence of one kind.
pub(crate) fn kind(kind: EvidenceKind) -> Word {
    match kind {
        EvidenceKind::Statement => Word::AllStatements,
        EvidenceKind::Excerpt => Word::AllExcerpts,
        EvidenceKind::Constraint => Word::AllConstraints,
    }
}

/// What a statement ascribes.
pub(crate) fn modality(modality: Modality, language: Language) -> &'static str {
    let (english, dutch) = match modality {
        Modality::Duty => ("duty", "plicht"),
        Modality::Right => ("right", "recht"),
        Modality::Permission => ("permission", "toestemming"),
        Modality::Prohibition => ("prohibition", "verbod"),
        Modality::Enact => ("is done", "wordt gedaan"),
        Modality::Anticipate => ("anticipated", "verwacht"),
        Modality::Prefer => ("preferred", "gewenst"),
        Modality::View => ("view", "opvatting"),
    };
    either(language, english, dutch)
}

/// The stance of a statement.
pub(crate) fn stance(stance: Stance, language: Language) -> &'static str {
    let (english, dutch) = match stance {
        Stance::Affirm => ("affirms", "bevestigt"),
        Stance::Deny => ("denies", "ontkent"),
        Stance::Mixed => ("it depends", "hangt ervan af"),
    };
    either(language, english, dutch)
}

/// How strong the evidence for a statement is.
pub(crate) fn strength(strength: Strength, language: Language) -> &'static str {
    let (english, dutch) = match strength {
        Strength::Quoted => ("quoted", "geciteerd"),
        Strength::Reported => ("reported", "gerapporteerd"),
        Strength::Implicit => ("implicit", "impliciet"),
        Strength::Inferred => ("inferred", "afgeleid"),
        Strength::Reconstructed => ("reconstructed", "gereconstrueerd"),
    };
    either(language, english, dutch)
}

fn either(language: Language, english: &'static str, dutch: &'static str) -> &'static str {
    match language {
        Language::En => english,
        Language::Nl => dutch,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_both_languages_and_the_same_marks() {
        for word in Word::ALL {
            let (english, dutch) = (word.text(Language::En), word.text(Language::Nl));
            assert!(!english.trim().is_empty() && !dutch.trim().is_empty(), "{word:?}");
            assert_eq!(english.matches('`').count(), dutch.matches('`').count(), "{word:?}");
            assert_eq!(english.ends_with('.'), dutch.ends_with('.'), "{word:?}");
        }
    }
}
