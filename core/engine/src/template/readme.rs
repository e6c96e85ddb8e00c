//! What does the README of a new study say, and what does each file hold?

use parallax_model::settings::Language;

use super::source::{self, README};
use super::{File, Template};

/// Its name.
pub(super) const NAME: &str = "README.md";

/// What each file holds, in English and in Dutch; a path below another is told of with that one.
const ABOUT: &[(&str, &str, &str)] = &[
    (
        "study.yaml",
        "title, questions, roles, settings: start here",
        "titel, vragen, rollen, instellingen: begin hier",
    ),
    (
        "participants.csv",
        "who was interviewed: pseudonym, case, title",
        "wie er geïnterviewd is: pseudoniem, casus, functie",
    ),
    ("codes.csv", "your codes, one per row", "je codes, één per regel"),
    (
        "statements.csv",
        "who says that whom has which duty or right",
        "wie zegt dat wie welke plicht of welk recht heeft",
    ),
    ("cases.csv", "the sites that are compared", "de plekken die vergeleken worden"),
    (
        "sources.csv",
        "interviews and documents: who, when, how long",
        "interviews en documenten: wie, wanneer, hoe lang",
    ),
    (
        "excerpts.csv",
        "marked passages, with their quotations",
        "gemarkeerde passages, met hun citaten",
    ),
    ("coverage.csv", "who was asked about what", "aan wie wat gevraagd is"),
    (
        "constraints.csv",
        "what is known of a group and of nobody in particular",
        "wat van een groep bekend is en van niemand in het bijzonder",
    ),
    ("claims.csv", "what the report says, to be tested", "wat het verslag zegt, om te toetsen"),
    ("scripts/example.rhai", "a small analysis of your own", "een kleine eigen analyse"),
    (NAME, "one page: what to do next", "één bladzijde: hoe verder"),
    (".gitignore", "what stays out of version control", "wat buiten versiebeheer blijft"),
    (".gitattributes", "the same bytes everywhere", "overal dezelfde bytes"),
    (
        ".github/workflows/parallax.yml",
        "checks the study on GitHub",
        "controleert het onderzoek op GitHub",
    ),
    (
        ".parallax/study.schema.json",
        "lets editors complete study.yaml",
        "laat editors study.yaml aanvullen",
    ),
];

/// What a file holds, in a few words; nothing for a file that no template has.
pub(super) fn about(path: &str, language: Language) -> &'static str {
    let named = ABOUT.iter().find(|(name, _, _)| *name == path);
    named.map_or("", |(_, english, dutch)| match language {
        Language::En => english,
        Language::Nl => dutch,
    })
}

/// The page: what this study is, then what holds of every study.
pub(super) fn page(template: Template, language: Language, files: &[File]) -> String {
    let source = source::of(template);
    let (own, every) = match language {
        Language::En => (source.readme[0], README[0]),
        Language::Nl => (source.readme[1], README[1]),
    };
    let paths = files.iter().map(|file| file.path).chain([crate::editor::PLACE]);
    let rows = paths.map(|path| format!("| `{path}` | {} |\n", about(path, language)));
    let every = every.replace("{finding}", source.finding);
    let every = every.replace("{files}\n", &rows.collect::<String>());
    format!("{}\n\n{every}", own.trim_end())
}
