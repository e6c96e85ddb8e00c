//! How is a small study with two coders made, and its findings looked into?

use intercoder_reliability::{Parameters, analyse};
use parallax_plugin::model::row::{CodeRow, ExcerptRow, ParticipantRow, SourceRow, StatementRow};
use parallax_plugin::model::settings::Role;
use parallax_plugin::model::{Choices, Settings, StudyDraft};
use parallax_plugin::prelude::*;

/// Two people of one role, a source and codes for each, and `excerpts` excerpts `e0`, `e1`, … of
/// the first source.
pub(crate) fn study(excerpts: usize, statements: Vec<StatementRow>) -> StudyDraft {
    let person = |id: &str| ParticipantRow {
        id: id.into(),
        case: Some("c".into()),
        title: Some("R".into()),
        ..ParticipantRow::default()
    };
    let source = |id: &str, who: &str| SourceRow {
        id: id.into(),
        participants: Some(who.into()),
        ..SourceRow::default()
    };
    let excerpt = |at: usize| ExcerptRow {
        id: format!("e{at}"),
        source: Some("i1".into()),
        speaker: Some("p1".into()),
        ..ExcerptRow::default()
    };
    StudyDraft {
        settings: Settings {
            title: "Toy".into(),
            roles: vec![Role { id: "R".into(), ..Role::default() }],
            ..Settings::default()
        },
        participants: ["p1", "p2"].map(person).to_vec(),
        codes: ["k1", "k2"].map(|id| CodeRow { id: id.into(), ..CodeRow::default() }).to_vec(),
        sources: Some(vec![source("i1", "p1"), source("i2", "p2")]),
        excerpts: (0..excerpts).map(excerpt).collect(),
        statements: statements.into_iter().collect(),
        ..StudyDraft::default()
    }
}

/// A coder gives a code to excerpt `e<at>`; the id says so.
pub(crate) fn says(coder: &str, at: usize, code: &str) -> StatementRow {
    StatementRow {
        id: format!("{coder}-{at}-{code}"),
        source: Some("i1".into()),
        speaker: "p1".into(),
        code: code.into(),
        coder: Some(coder.into()),
        excerpt: Some(format!("e{at}")),
        ..StatementRow::default()
    }
}

pub(crate) fn analysed(draft: StudyDraft, parameters: &Parameters) -> Found {
    let checked = draft.check();
    let study = checked.study.unwrap_or_else(|| panic!("{:?}", checked.problems));
    let reading = study.reading(&Choices::default()).expect("a default reading");
    analyse(&reading, parameters, &Job::alone(0))
}

pub(crate) fn about<'f>(findings: &'f [Finding], path: &str) -> &'f Finding {
    let named = findings.iter().find(|finding| finding.about == path);
    named.unwrap_or_else(|| panic!("no {path}"))
}
