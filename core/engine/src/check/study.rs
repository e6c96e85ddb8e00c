//! How does a folder become a study, or a list of all that keeps it from being one?

use std::collections::{BTreeMap, BTreeSet};

use parallax_model::row::{CaseRow, SourceRow};
use parallax_model::{Kind, Problem, Settings, Severity, Spot, StudyDraft, StudyFile};
use rayon::prelude::*;
use serde::de::DeserializeOwned;

use crate::check::notice::{At, Notice, problem};
use crate::check::personal::{self, Cleared};
use crate::check::table::{self, Faulty};
use crate::check::{Checked, Extra, Located, hint, locate, rows, setting};
use crate::folder::{Folder, Found};
use crate::text::source::{Source, hash};

/// Checks the files of a folder, and what `more` finds in its settings and texts.
pub(crate) fn check(
    folder: Folder,
    more: impl FnOnce(Option<&Settings>, &[Source]) -> Vec<Extra>,
) -> Checked {
    let mut notices: Vec<Notice> = folder
        .problems
        .into_iter()
        .map(|(name, problem)| Notice::new(hint::name_meant(&name, problem), vec![At::File(name)]))
        .collect();
    let files = folder.files.into_iter().chain(folder.scripts);
    let mut sources: Vec<Source> =
        files.map(|Found { name, file, bytes }| Source::new(&name, file, bytes)).collect();
    let mut parts = read_parts(&mut sources, &mut notices);
    let given: BTreeSet<StudyFile> = sources.iter().filter_map(|source| source.file).collect();
    let faulty = parts.faulty();
    let draft = parts.draft(&given);
    let extra = more(draft.as_ref().map(|(draft, _)| &draft.settings), &sources);
    let tree = draft.as_ref().map(|(_, tree)| tree);
    notices.extend(extra.into_iter().map(|extra| match extra.bytes {
        Some((source, span)) => Notice::new(extra.problem, vec![At::Bytes { source, span }]),
        None => locate::noticed(extra.problem, None, &sources, tree),
    }));
    let mut study = None;
    if let Some((draft, tree)) = draft {
        let words = hint::Words::of(&draft);
        let (checked, hashes) = rayon::join(|| draft.check(), || hashes(&sources));
        let found = worth_saying(checked.problems, &faulty);
        notices.extend(found.into_iter().map(|found| {
            let (found, word) = words.suggest(found);
            locate::noticed(found, word, &sources, Some(&tree))
        }));
        for (source, sha256) in sources.iter_mut().zip(hashes) {
            source.sha256 = sha256;
        }
        study = checked.study;
    }
    let problems = ordered(locate::located(notices, &sources));
    let sound = !problems.iter().any(Located::stops_study);
    tracing::debug!(problems = problems.len(), sound, "study checked");
    let mut faulty_claims: BTreeSet<usize> =
        faulty.get(&StudyFile::Claims).map(Faulty::rows).unwrap_or_default();
    let claims = study.as_ref().map_or(0, |study| study.claim_rows().len());
    if problems.iter().any(is_about_the_columns_of_claims) {
        faulty_claims.extend(0..claims);
    }
    let study = study.filter(|_| sound);
    Checked { study, problems, dated: Vec::new(), sources, faulty_claims }
}

fn hashes(sources: &[Source]) -> Vec<String> {
    sources.par_iter().map(|source| hash(&source.text)).collect()
}

/// Reads `study.yaml` and every table that can be read.
fn read_parts(sources: &mut [Source], notices: &mut Vec<Notice>) -> Parts {
    let mut parts = Parts::default();
    for (index, source) in sources.iter_mut().enumerate() {
        if !notice_bytes((index, source), notices) {
            continue;
        }
        match source.file {
            Some(StudyFile::Study) => parts.settings = setting::read((index, source), notices),
            Some(file) => {
                let Some(read) = table::read((index, source), file, notices) else { continue };
                let tree = parts.settings.as_ref().map(|settings| &settings.tree);
                let cleared = Cleared::of(tree);
                personal::check((index, source), file, &read, &cleared, notices);
                parts.tables.insert(file, read);
            }
            None => {}
        }
    }
    parts.notice_unknown_columns(sources, notices);
    parts
}

/// What the model found, without what only repeats what is known.
fn worth_saying(found: Vec<Problem>, faulty: &BTreeMap<StudyFile, Faulty>) -> Vec<Problem> {
    let mut broken = BTreeSet::new();
    let sound = found.into_iter().filter_map(|found| without_faulty(found, faulty));
    sound.filter_map(|found| without_spots(found, &mut broken)).collect()
}

/// What can be said of a file before it is read; whether it can be read at all.
fn notice_bytes((index, source): (usize, &Source), notices: &mut Vec<Notice>) -> bool {
    let name = &source.name;
    let mut notice = |problem: Problem, at: At| notices.push(Notice::new(problem, vec![at]));
    let whole = || At::File(name.clone());
    if let Some(nul) = memchr::memchr(0, source.text.as_bytes()) {
        let problem = problem(Kind::NotText, format!("{name} holds characters that no text has"))
            .label("the first of them")
            .help("the file is damaged, or of another kind; save it again as CSV (UTF-8)");
        notice(problem, At::Bytes { source: index, span: nul..nul + 1 });
        return false;
    }
    if source.file.is_some() && source.text.trim().is_empty() {
        let problem = problem(Kind::EmptyFile, format!("{name} is empty")).help(
            "write at least the line with the names of its columns, or remove the file if the \
             study can do without it",
        );
        notice(problem, whole());
        return false;
    }
    if let Some(assumed) = source.assumed {
        let message = format!("{name} is not written in UTF-8; it was read as {assumed}");
        let help = "look whether letters such as é and ë are right; `parallax check --fix` writes the file in UTF-8";
        notice(problem(Kind::AssumedEncoding, message).help(help), whole());
    }
    if source.mark {
        let message = format!("{name} starts with a byte order mark, which was skipped");
        let help = "nothing to do; spreadsheets write it, and `parallax check --fix` removes it";
        notice(problem(Kind::ByteOrderMark, message).help(help), whole());
    }
    true
}

#[derive(Default)]
struct Parts {
    settings: Option<setting::Read>,
    tables: BTreeMap<StudyFile, table::Read>,
}

impl Parts {
    /// Notes columns that `study.yaml` speaks of and no table has; where a table could not be read,
    /// nobody knows.
    fn notice_unknown_columns(&self, sources: &[Source], notices: &mut Vec<Notice>) {
        let Some(setting::Read { tree, .. }) = &self.settings else { return };
        let tables = sources.iter().filter_map(|source| source.file).skip(1);
        if tables.count() > self.tables.len() {
            return;
        }
        let headers = self.tables.iter().map(|(&file, read)| (file, &read.header[..])).collect();
        let unknown = Cleared::of(Some(tree)).unknown(&headers).collect::<Vec<_>>();
        let unknown = unknown.into_iter();
        notices.extend(unknown.map(|unknown| locate::noticed(unknown, None, sources, Some(tree))));
    }

    fn faulty(&mut self) -> BTreeMap<StudyFile, Faulty> {
        let tables = self.tables.iter_mut();
        tables.map(|(&file, read)| (file, std::mem::take(&mut read.faulty))).collect()
    }

    /// The draft, when everything that others refer to could be read.
    fn draft(
        mut self,
        given: &BTreeSet<StudyFile>,
    ) -> Option<(StudyDraft, crate::text::yaml::Node)> {
        let setting::Read { tree, settings } = self.settings.take()?;
        let settings: Settings = settings?;
        // What is wrong with the claims costs the claims.
        let needed = |file: &StudyFile| {
            file.is_required() || (given.contains(file) && *file != StudyFile::Claims)
        };
        let whole = StudyFile::ALL[1..]
            .iter()
            .filter(|file| needed(file))
            .all(|file| self.tables.get(file).is_some_and(|read| read.whole));
        if !whole {
            return None;
        }
        let statements = rows::statements(self.tables.remove(&StudyFile::Statements)?);
        let draft = StudyDraft {
            settings,
            participants: self.rows(StudyFile::Participants),
            codes: self.rows(StudyFile::Codes),
            statements,
            cases: self.optional::<CaseRow>(StudyFile::Cases),
            sources: self.optional::<SourceRow>(StudyFile::Sources),
            excerpts: self.rows(StudyFile::Excerpts),
            coverage: self.rows(StudyFile::Coverage),
            constraints: self.rows(StudyFile::Constraints),
            claims: self.rows(StudyFile::Claims),
            events: self.rows(StudyFile::Events),
        };
        Some((draft, tree))
    }

    fn optional<Row: DeserializeOwned + Default>(&self, file: StudyFile) -> Option<Vec<Row>> {
        self.tables.get(&file).map(|read| rows::rows(read, file))
    }

    fn rows<Row: DeserializeOwned + Default>(&self, file: StudyFile) -> Vec<Row> {
        self.optional(file).unwrap_or_default()
    }
}

/// Whether a reference that points nowhere may point to a row whose id nobody knows.
fn may_be_lost(found: &Problem, faulty: &BTreeMap<StudyFile, Faulty>) -> bool {
    let lost = |file| {
        faulty.get(&file).is_some_and(|faulty| {
            let doubtful_id = faulty.cells.iter().any(|&(_, column)| column == "id");
            faulty.lost_ids || doubtful_id
        })
    };
    match found.kind {
        Kind::UnknownParticipant | Kind::UnknownBearer => lost(StudyFile::Participants),
        Kind::UnknownCode => lost(StudyFile::Codes),
        Kind::UnknownCase => lost(StudyFile::Cases),
        Kind::UnknownSource => lost(StudyFile::Sources),
        Kind::UnknownExcerpt => lost(StudyFile::Excerpts),
        Kind::UnknownEvent => lost(StudyFile::Events),
        _ => false,
    }
}

/// A problem without its spots where the form is wrong already; `None` when it has no other.
///
/// A reference is looked at in any row whose cells stand in their columns; other rules compare
/// cells of a row, so that one wrong cell leaves them nothing to say.
fn without_faulty(mut found: Problem, faulty: &BTreeMap<StudyFile, Faulty>) -> Option<Problem> {
    let reference = found.message.starts_with("unknown ");
    let known = |spot: &Spot| {
        let Spot::Cell { file, row, column } = spot else { return false };
        let Some(Faulty { slipped, cells, .. }) = faulty.get(file) else { return false };
        let in_row = cells.range((*row, "")..(*row + 1, "")).next().is_some();
        slipped.contains(row) || cells.contains(&(*row, *column)) || (in_row && !reference)
    };
    found.spots.retain(|spot| !known(spot));
    (!found.spots.is_empty() && !may_be_lost(&found, faulty)).then_some(found)
}

/// A problem without its spots whose reference is known to point nowhere: other rules about the
/// same cell would say the same again. `None` when it has no other.
fn without_spots(mut found: Problem, broken: &mut BTreeSet<Spot>) -> Option<Problem> {
    if found.message.starts_with("unknown ") {
        broken.extend(found.spots.iter().cloned());
    } else {
        found.spots.retain(|spot| !broken.contains(spot));
    }
    (!found.spots.is_empty()).then_some(found)
}

/// Whether a column of claims.csv is not what it should be: then no row means what it seems to.
fn is_about_the_columns_of_claims(problem: &Located) -> bool {
    let header = |place: &super::Somewhere| {
        let row = place.place.as_ref().map(|place| place.cell.map_or(place.line, |(row, _)| row));
        place.file == StudyFile::Claims.name() && row == Some(1)
    };
    problem.severity() == Severity::Error && problem.places.iter().any(header)
}

/// By file and byte; what says the same of several places is one problem.
pub(crate) fn ordered(mut problems: Vec<Located>) -> Vec<Located> {
    problems.sort_by_key(|problem| {
        let place = problem.places.first();
        let order = place.map_or((0, 0), super::Somewhere::order);
        (order, place.map(|place| place.file.clone()), problem.problem.kind)
    });
    let mut merged: Vec<Located> = Vec::with_capacity(problems.len());
    let mut known: BTreeMap<(Kind, String), usize> = BTreeMap::new();
    for problem in problems {
        let key = (problem.problem.kind, problem.problem.message.clone());
        let same = known.get(&key).copied().filter(|&index| {
            let known: &Located = &merged[index];
            known.problem.fix == problem.problem.fix
                && problem.places.iter().all(|p| p.place.is_some())
        });
        match same {
            Some(index) => {
                let places = &mut merged[index].places;
                places.extend(problem.places);
                places.sort_by_key(super::Somewhere::order);
                places.dedup();
            }
            None => {
                known.insert(key, merged.len());
                merged.push(problem);
            }
        }
    }
    merged
}
