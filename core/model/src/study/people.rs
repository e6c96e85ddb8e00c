//! Do participants, cases and sources name one another rightly?

use std::collections::BTreeMap;

use super::codebook::circle;
use super::gather::{Gathered, cycles, index_ids};
use crate::problem::{Kind, Problem, Spot, StudyFile};
use crate::row::{CaseRow, Inclusion, ParticipantRow, SourceKind, SourceRow};
use crate::table::{NONE, Names, Slice, Texts};
use crate::tables::{Attributes, Cases, Participants, Sources};

/// The cases: of `cases.csv`, or those that participants name, in the order in which they do.
pub(super) fn check_cases(
    rows: Option<&[CaseRow]>,
    participants: &[ParticipantRow],
    gathered: &mut Gathered,
) -> (Cases<'static>, BTreeMap<String, u32>) {
    let Some(rows) = rows else {
        let names: Names = participants.iter().filter_map(|p| p.case.as_deref()).collect();
        let index = (0..).zip(names.iter()).map(|(row, name)| (name.to_owned(), row)).collect();
        let parents = vec![NONE; names.len()];
        let ids = names.into_texts();
        return (Cases { labels: ids.clone(), ids, parents: parents.into() }, index);
    };
    let spot = |row, column| Spot::cell(StudyFile::Cases, row, column);
    let ids = rows.iter().enumerate().map(|(row, case)| (case.id.as_str(), spot(row, "id")));
    let index = index_ids(gathered, ids, "case");
    let mut parents = Vec::new();
    for (row, case) in rows.iter().enumerate() {
        parents.push(find(&index, case.parent.as_deref(), || spot(row, "parent"), CASE, gathered));
    }
    for cycle in cycles(&parents) {
        let names: Vec<&str> = cycle.iter().map(|&row| rows[row as usize].id.as_str()).collect();
        let message = format!("the case `{}` is part of itself: {}", names[0], circle(&names));
        gathered.add(
            Problem::new(Kind::CyclicCases, spot(cycle[0] as usize, "parent"), message)
                .label("this parent leads back here")
                .help("give one of these cases another parent, or none"),
        );
    }
    let labels: Vec<&str> =
        rows.iter().map(|row| row.label.as_deref().unwrap_or(&row.id)).collect();
    let cases = Cases {
        ids: rows.iter().map(|row| row.id.as_str()).collect(),
        labels: labels.into_iter().collect(),
        parents: parents.into(),
    };
    (cases, index.into_iter().map(|(id, row)| (id.to_owned(), row)).collect())
}

/// What a reference points to, for the message when it points nowhere.
#[derive(Clone, Copy)]
struct Target {
    kind: Kind,
    what: &'static str,
    label: &'static str,
}

const CASE: Target =
    Target { kind: Kind::UnknownCase, what: "case", label: "no case with this id in cases.csv" };
const SOURCE: Target = Target {
    kind: Kind::UnknownSource,
    what: "source",
    label: "no source with this id in sources.csv",
};
const PARTICIPANT: Target = Target {
    kind: Kind::UnknownParticipant,
    what: "participant",
    label: "no participant with this id in participants.csv",
};

fn find<K: std::borrow::Borrow<str> + Ord>(
    index: &BTreeMap<K, u32>,
    wanted: Option<&str>,
    spot: impl FnOnce() -> Spot,
    target: Target,
    gathered: &mut Gathered,
) -> u32 {
    let Some(wanted) = wanted else { return NONE };
    index.get(wanted).copied().unwrap_or_else(|| {
        gathered.unknown(target.kind, target.what, wanted, spot(), target.label);
        NONE
    })
}

/// The participants; their roles are those of no mapping yet.
pub(super) fn check_participants(
    rows: &[ParticipantRow],
    cases: &BTreeMap<String, u32>,
    sources: Option<&BTreeMap<String, u32>>,
    gathered: &mut Gathered,
) -> (Participants<'static>, BTreeMap<String, u32>) {
    let spot = |row, column| Spot::cell(StudyFile::Participants, row, column);
    let ids = rows.iter().enumerate().map(|(row, who)| (who.id.as_str(), spot(row, "id")));
    let index = index_ids(gathered, ids, "participant");
    let mut case_of = Vec::new();
    for (row, participant) in rows.iter().enumerate() {
        let case = participant.case.as_deref();
        case_of.push(find(cases, case, || spot(row, "case"), CASE, gathered));
        if let Some(sources) = sources {
            let joint = participant.joint_with.as_deref();
            find(sources, joint, || spot(row, "joint_with"), SOURCE, gathered);
        }
        if participant.status != Inclusion::Included && participant.reason.is_none() {
            let message = "a participant is left out and no reason is given";
            gathered.add(
                Problem::new(Kind::ExclusionWithoutReason, spot(row, "status"), message)
                    .label("left out here")
                    .help("say why in the column `reason`; readers will ask"),
            );
        }
    }
    let mut title_names = Names::default();
    let titles: Vec<u32> = rows
        .iter()
        .map(|row| row.title.as_deref().map_or(NONE, |title| title_names.intern(title)))
        .collect();
    let weighted = rows.iter().any(|row| row.weight.is_some());
    let weights: Vec<f64> = if weighted {
        rows.iter().map(|row| row.weight.unwrap_or(1.0)).collect()
    } else {
        Vec::new()
    };
    let participants = Participants {
        ids: rows.iter().map(|row| row.id.as_str()).collect(),
        cases: case_of.into(),
        roles: vec![NONE; rows.len()].into(),
        titles: titles.into(),
        title_names: title_names.into_texts(),
        kinds: rows.iter().map(|row| row.kind as u8).collect(),
        weights: weights.into(),
    };
    (participants, index.into_iter().map(|(id, row)| (id.to_owned(), row)).collect())
}

/// The further columns of participants and cases.
pub(super) fn attributes(
    participants: &[ParticipantRow],
    cases: Option<&[CaseRow]>,
) -> Attributes<'static> {
    let of_people = participants.iter().map(|row| &row.attributes);
    let of_cases = cases.unwrap_or_default().iter().map(|row| &row.attributes);
    let mut cells: Vec<(u8, &str, u32, &str)> = Vec::new();
    for (owner, (row, attributes)) in
        (0..).zip(of_people).map(|row| (0, row)).chain((0..).zip(of_cases).map(|row| (1, row)))
    {
        let given = attributes.iter().filter(|(_, value)| !value.is_empty());
        cells.extend(given.map(|(name, value)| (owner, name.as_str(), row, value.as_str())));
    }
    cells.sort_unstable();
    let (mut columns, mut values) = (Names::default(), Names::default());
    Attributes {
        owners: cells.iter().map(|cell| cell.0).collect(),
        rows: cells.iter().map(|cell| cell.2).collect(),
        columns: cells.iter().map(|cell| columns.intern(cell.1)).collect(),
        values: cells.iter().map(|cell| values.intern(cell.3)).collect(),
        column_names: columns.into_texts(),
        value_names: values.into_texts(),
    }
}

/// The sources, by each id, and the one source of everybody who has exactly one.
pub(super) struct CheckedSources {
    pub(super) sources: Sources<'static>,
    pub(super) index: BTreeMap<String, u32>,
    /// For each participant: the only source, or how many there are to choose from.
    pub(super) of_speaker: Vec<SpeakerSource>,
}

/// In which source somebody speaks when a statement does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SpeakerSource {
    /// None is known.
    Unknown,
    /// The only one.
    Only(u32),
    /// Several: the statement has to say.
    Several,
}

/// The sources: of `sources.csv`, or one interview for each participant.
pub(super) fn check_sources(
    rows: Option<&[SourceRow]>,
    participants: &[ParticipantRow],
    cases: &BTreeMap<String, u32>,
    people: &BTreeMap<String, u32>,
    gathered: &mut Gathered,
) -> CheckedSources {
    let Some(rows) = rows else { return implied_interviews(participants) };
    let spot = |row, column| Spot::cell(StudyFile::Sources, row, column);
    let ids = rows.iter().enumerate().map(|(row, source)| (source.id.as_str(), spot(row, "id")));
    let index = index_ids(gathered, ids, "source");
    let mut of_speaker = vec![SpeakerSource::Unknown; participants.len()];
    let mut case_of = Vec::new();
    let mut joined: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for (who, participant) in (0_u32..).zip(participants) {
        if let Some(source) = participant.joint_with.as_deref() {
            joined.entry(source).or_default().push(who);
        }
    }
    let (mut offsets, mut speakers) = (vec![0_i64], Vec::new());
    for (row, source) in (0_u32..).zip(rows) {
        let at = row as usize;
        case_of.push(find(cases, source.case.as_deref(), || spot(at, "case"), CASE, gathered));
        let named = source.participants.as_deref().unwrap_or("").split_whitespace();
        let named = named
            .map(|id| find(people, Some(id), || spot(at, "participants"), PARTICIPANT, gathered));
        let joined = joined.get(source.id.as_str()).into_iter().flatten().copied();
        let mut heard: Vec<u32> = named.chain(joined).filter(|&who| who != NONE).collect();
        heard.sort_unstable();
        heard.dedup();
        for &who in &heard {
            let known = &mut of_speaker[who as usize];
            *known = match known {
                SpeakerSource::Unknown => SpeakerSource::Only(row),
                _ => SpeakerSource::Several,
            };
        }
        speakers.extend(heard);
        offsets.push(i64::try_from(speakers.len()).unwrap_or(i64::MAX));
    }
    let labels: Vec<&str> =
        rows.iter().map(|row| row.label.as_deref().unwrap_or(&row.id)).collect();
    let (interviewers, interviewer_names) = interviewers(rows);
    let sources = Sources {
        ids: rows.iter().map(|row| row.id.as_str()).collect(),
        labels: labels.into_iter().collect(),
        kinds: rows.iter().map(|row| row.kind as u8).collect(),
        cases: case_of.into(),
        waves: rows.iter().map(|row| row.wave.unwrap_or(0)).collect(),
        lengths: lengths(rows),
        interviewers,
        interviewer_names,
        speaker_offsets: offsets.into(),
        speakers: speakers.into(),
    };
    let index = index.into_iter().map(|(id, row)| (id.to_owned(), row)).collect();
    CheckedSources { sources, index, of_speaker }
}

/// How long each text is; empty where the study says it of none.
fn lengths(rows: &[SourceRow]) -> Slice<'static, u32> {
    let said = rows.iter().any(|row| row.characters.is_some());
    let rows = rows.iter().filter(|_| said);
    rows.map(|row| row.characters.unwrap_or(0)).collect()
}

/// Who asked in each source, and what they are called; nothing where no row says it.
fn interviewers(rows: &[SourceRow]) -> (Slice<'static, u32>, Texts<'static>) {
    if rows.iter().all(|row| row.interviewer.is_none()) {
        return (Slice::default(), Texts::default());
    }
    let mut names = Names::default();
    let asked =
        |row: &SourceRow| row.interviewer.as_deref().map_or(NONE, |name| names.intern(name));
    let interviewers = rows.iter().map(asked).collect();
    (interviewers, names.into_texts())
}

fn implied_interviews(participants: &[ParticipantRow]) -> CheckedSources {
    let ids: Texts<'static> =
        participants.iter().map(|participant| participant.id.as_str()).collect();
    let rows = (0_u32..).zip(participants);
    CheckedSources {
        index: rows.clone().map(|(row, who)| (who.id.clone(), row)).collect(),
        of_speaker: rows.clone().map(|(row, _)| SpeakerSource::Only(row)).collect(),
        sources: Sources {
            labels: ids.clone(),
            ids,
            kinds: vec![SourceKind::Interview as u8; participants.len()].into(),
            cases: vec![NONE; participants.len()].into(),
            waves: vec![0; participants.len()].into(),
            lengths: Slice::default(),
            interviewers: Slice::default(),
            interviewer_names: Texts::default(),
            speaker_offsets: (0_i64..).take(participants.len() + 1).collect(),
            speakers: rows.map(|(row, _)| row).collect(),
        },
    }
}
