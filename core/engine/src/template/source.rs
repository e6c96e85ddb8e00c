//! Which files has each template, as they are kept?

use super::Template;

/// A file by its path in a study, and its text in both languages.
pub(super) type Raw = (&'static str, &'static str);

/// What a template is made of.
pub(super) struct Source {
    /// `study.yaml` and the tables, in the order in which a researcher reads them.
    pub(super) tables: &'static [Raw],
    /// What the README says of this study, in English and in Dutch.
    pub(super) readme: [&'static str; 2],
    /// The id of a finding that is worth tracing.
    pub(super) finding: &'static str,
}

macro_rules! tables {
    ($folder:literal: $($name:literal)*) => {
        &[$(($name, include_str!(concat!($folder, "/", $name)))),*]
    };
}

macro_rules! readme {
    ($folder:literal) => {
        [
            include_str!(concat!($folder, "/README.en.md")),
            include_str!(concat!($folder, "/README.nl.md")),
        ]
    };
}

/// The files of this template.
pub(super) fn of(template: Template) -> Source {
    match template {
        Template::Minimal => Source {
            tables: tables!("minimal": "study.yaml" "participants.csv" "codes.csv"
                "statements.csv" "cases.csv"),
            readme: readme!("minimal"),
            finding: "expectation-mismatch/participants/overall",
        },
        Template::Education => Source {
            tables: tables!("education": "study.yaml" "participants.csv" "codes.csv"
                "statements.csv" "cases.csv" "sources.csv" "coverage.csv" "claims.csv"),
            readme: readme!("education"),
            finding: "expectation-mismatch/participants/overall",
        },
        Template::Care => Source {
            tables: tables!("care": "study.yaml" "participants.csv" "codes.csv"
                "statements.csv" "cases.csv" "coverage.csv" "constraints.csv" "claims.csv"),
            readme: readme!("care"),
            finding: "claimed-rights/all",
        },
        Template::Example => Source {
            tables: tables!("example": "study.yaml" "participants.csv" "codes.csv"
                "statements.csv" "cases.csv" "sources.csv" "excerpts.csv" "coverage.csv"
                "constraints.csv" "claims.csv"),
            readme: readme!("example"),
            finding: "position-clusters/overall",
        },
    }
}

/// What the README of every study says, in English and in Dutch.
pub(super) const README: [&str; 2] = readme!("every");

/// The files that every study gets.
pub(super) const EVERY: &[Raw] = &[
    ("scripts/example.rhai", include_str!("every/example.rhai")),
    (".gitignore", include_str!("every/gitignore")),
    (".gitattributes", include_str!("every/gitattributes")),
    (".github/workflows/parallax.yml", include_str!("every/workflow.yml")),
];
