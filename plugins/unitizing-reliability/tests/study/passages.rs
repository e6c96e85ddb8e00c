//! Which small study do the tests read?

use parallax_plugin::model::row::{CodeRow, ParticipantRow, SourceRow, StatementRow};
use parallax_plugin::model::settings::Role;
use parallax_plugin::model::{Choices, Settings, StudyDraft};
use parallax_plugin::prelude::*;
use unitizing_reliability::{Parameters, analyse};

/// One passage: coder, source, code, start, end.
pub(crate) type Passage<'p> = (&'p str, &'p str, &'p str, u32, u32);

/// A statement of a passage.
pub(crate) fn marked(id: &str, (coder, source, code, start, end): Passage<'_>) -> StatementRow {
    StatementRow {
        id: id.into(),
        source: Some(source.into()),
        speaker: "p1".into(),
        code: code.into(),
        coder: Some(coder.into()),
        start: Some(start),
        end: Some(end),
        ..StatementRow::default()
    }
}

/// A study of these statements; the texts `i1`, `i2` and `i3` are so long, 0 where nobody says.
pub(crate) fn draft(statements: Vec<StatementRow>, lengths: [u32; 3]) -> StudyDraft {
    let source = |(id, length): (&str, u32)| SourceRow {
        id: id.into(),
        participants: Some("p1".into()),
        characters: (length > 0).then_some(length),
        ..SourceRow::default()
    };
    StudyDraft {
        settings: Settings {
            title: "Passages".into(),
            roles: vec![Role { id: "X".into(), ..Role::default() }],
            ..Settings::default()
        },
        participants: vec![ParticipantRow {
            id: "p1".into(),
            title: Some("X".into()),
            ..ParticipantRow::default()
        }],
        sources: Some(["i1", "i2", "i3"].into_iter().zip(lengths).map(source).collect()),
        codes: ["k1", "k2", "k3"]
            .map(|id| CodeRow { id: id.into(), ..CodeRow::default() })
            .to_vec(),
        statements: statements.into_iter().collect(),
        ..StudyDraft::default()
    }
}

/// What the analysis says of a study.
pub(crate) fn outcome(draft: StudyDraft, parameters: &Parameters) -> Result<Vec<Finding>, String> {
    let checked = draft.check();
    let study = checked.study.unwrap_or_else(|| panic!("{:?}", checked.problems));
    let reading = study.reading(&Choices::default()).expect("a default reading");
    analyse(&reading, parameters, &Job::alone(1)).map_err(|no| no.to_string())
}
