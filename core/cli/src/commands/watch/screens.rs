//! What does a researcher see after each save?

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use jiff::civil::Date;
use parallax_engine::accept::{Accepted, Difference, accepted, compare};
use parallax_engine::check::{self, Located, Look};
use parallax_engine::consent::judge;
use parallax_engine::model::document::{Came, FindingsDocument};
use parallax_engine::model::{Choices, Kind, Severity};
use parallax_engine::open::{Answered, Opened};
use parallax_engine::write::{Taken, turn};

use super::patience::patiently;
use super::saved::is_read;
use crate::commands::run::{has_script, not_run, runs, write_out};
use crate::say::{counted, unwritten};
use crate::standard;

/// What is watched, and how it is shown.
pub(super) struct Watched {
    /// The study's folder, by its whole path.
    pub(super) folder: PathBuf,
    /// The analyses to run; all of them when there are none.
    pub(super) only: Vec<String>,
    /// Whether problems are shown on one line each.
    pub(super) short: bool,
    /// How problems are drawn otherwise.
    pub(super) look: Look,
    /// The day on which consent is looked at.
    pub(super) today: Date,
    /// Locked while files are written.
    pub(super) busy: Arc<Mutex<()>>,
}

/// One screen at once, and another after each save of a file that the study reads.
///
/// `saves` are the paths that were touched, in the order in which it happened. A run writes the
/// same files as `parallax run`.
pub(super) fn screens(
    saves: impl Iterator<Item = Vec<PathBuf>>,
    watched: Watched,
) -> impl Iterator<Item = String> {
    let folder = watched.folder.clone();
    let counts = move |touched: &Vec<PathBuf>| touched.iter().any(|path| is_read(&folder, path));
    let mut session = Session { watched, run: 0, good: None, absent: BTreeSet::new() };
    std::iter::once(Vec::new()).chain(saves.filter(counts)).map(move |_| session.screen())
}

/// What is remembered from one run to the next.
struct Session {
    watched: Watched,
    /// The number of the run, from 1.
    run: usize,
    /// The last run that went well.
    good: Option<Good>,
    /// The files that could not be read in the last run.
    absent: BTreeSet<String>,
}

/// A run in which nothing was wrong.
struct Good {
    /// Its number.
    run: usize,
    /// What it said.
    summary: String,
    /// What each analysis found.
    found: BTreeMap<String, Accepted>,
}

/// How a run went.
enum Went {
    /// Well, and where its files are.
    Well(Good, String),
    /// Something is wrong, as it is shown.
    Wrong(Vec<String>),
}

/// How many differences the line about them names.
const NAMED: usize = 3;

impl Watched {
    /// Whether the study runs the analyses, or has scripts that would be them if they were right.
    ///
    /// # Errors
    /// Which it does not have, as it is shown.
    pub(super) fn is_possible(&self) -> Result<(), String> {
        if self.only.is_empty() {
            return Ok(());
        }
        let opened = standard::open_study(&self.folder);
        let has = |id: &String| runs(&opened, id) || has_script(&opened, id);
        match self.only.iter().find(|id| !has(id)) {
            Some(unknown) if opened.checked.study.is_some() => Err(not_run(&opened, unknown)),
            _ => Ok(()),
        }
    }
}

impl Session {
    /// Runs the study and shows how it went.
    fn screen(&mut self) -> String {
        self.run += 1;
        let page = match self.went() {
            Went::Well(good, places) => {
                let since = self.good.as_ref().map(|before| changed(before, &good));
                let since = since.map(|line| format!("changed    {line}\n")).unwrap_or_default();
                let page = format!("run {}: well\n\n{}{places}{since}", self.run, good.summary);
                self.good = Some(good);
                page
            }
            Went::Wrong(wrong) => {
                let errors = counted(wrong.len(), "error");
                let wrong = wrong.join("\n\n");
                format!("run {}: {errors}\n\n{wrong}\n\n{}", self.run, self.before())
            }
        };
        format!("{page}watching   {} (Ctrl-C ends it)\n", self.watched.folder.display())
    }

    /// The last result that was good, marked as one from before.
    fn before(&self) -> String {
        let Some(good) = &self.good else {
            return "before     no run went well yet\n".to_owned();
        };
        let findings = good.found.values().map(|found| found.findings.len()).sum();
        let lines = good.summary.trim_end().lines();
        let marked: String =
            lines.map(|line| format!("{}\n", format!("  | {line}").trim_end())).collect();
        format!(
            "before     run {} went well, with {}:\n\n{marked}\n",
            good.run,
            counted(findings, "finding")
        )
    }

    /// Reads, checks and runs the study, and writes what it found.
    fn went(&mut self) -> Went {
        let turn = turn(&self.watched.folder);
        // What another run, or a withdrawal, wrote while it was waited for is read.
        let _turn = match turn {
            Ok(turn) => turn.unwrap_or_else(Taken::wait),
            Err(error) => {
                let place = self.watched.folder.join("out");
                return Went::Wrong(vec![unwritten(&place, &error)]);
            }
        };
        let mut opened = self.opened();
        let Watched { folder, only, .. } = &self.watched;
        let mut wrong = self.drawn(&opened);
        let Some(study) = opened.checked.study.clone() else { return Went::Wrong(wrong) };
        if let Some(unknown) = only.iter().find(|id| !runs(&opened, id)) {
            if wrong.is_empty() {
                wrong.push(not_run(&opened, unknown));
            }
            return Went::Wrong(wrong);
        }
        opened.planned.retain(|planned| only.is_empty() || only.contains(&planned.id));
        let (choices, cache) = (Choices::default(), standard::cache(folder));
        let answered = match opened.answer_beside(&study, &choices, &cache) {
            Ok(answered) => answered,
            Err(refused) => return Went::Wrong(vec![format!("error: {refused}")]),
        };
        wrong.extend(failures(&opened, &answered));
        let found = found(&answered.document);
        let busy = self.watched.busy.lock();
        let written = write_out(&opened, answered, &choices, folder);
        let kept = written.as_ref().map(|done| done.answered.kept.write(&cache));
        drop((busy, kept));
        match written {
            Err((path, error)) => {
                wrong.push(unwritten(&path, &error));
                Went::Wrong(wrong)
            }
            Ok(done) if wrong.is_empty() => {
                Went::Well(Good { run: self.run, summary: done.summary, found }, done.places)
            }
            Ok(_) => Went::Wrong(wrong),
        }
    }

    /// The study with what is wrong with it, today included, after files that are missing or locked
    /// for a moment only came back.
    fn opened(&mut self) -> Opened {
        let Watched { folder, only, .. } = &self.watched;
        let look = || {
            let opened = standard::open_study(folder);
            let absent = absent(&opened, only);
            (opened, absent)
        };
        let (mut opened, absent) = match self.run {
            1 => look(),
            _ => patiently(look, &self.absent),
        };
        self.absent = absent;
        judge(&mut opened.checked, self.watched.today);
        opened.checked.problems.retain(|problem| is_wrong(problem, only));
        opened.checked.dated.retain(|problem| is_wrong(problem, only));
        opened
    }

    /// The problems one by one, as they are shown.
    fn drawn(&self, opened: &Opened) -> Vec<String> {
        let (checked, look) = (&opened.checked, self.watched.look);
        if self.watched.short {
            return check::short(checked).lines().map(str::to_owned).collect();
        }
        let each = check::each(checked, look);
        each.iter().map(|problem| problem.trim_end().to_owned()).collect()
    }
}

/// Whether a problem is an error, and not one of a script that nobody wants to run.
fn is_wrong(located: &Located, only: &[String]) -> bool {
    let script = located.places.first().and_then(|place| {
        place.file.strip_prefix("scripts/").and_then(|file| file.strip_suffix(".rhai"))
    });
    // A shared file is no script of its own.
    let other = script.is_some_and(|id| !id.contains('/') && !only.iter().any(|own| own == id));
    located.severity() == Severity::Error && (only.is_empty() || !other)
}

/// The files that a study needs and that cannot be read.
fn absent(opened: &Opened, only: &[String]) -> BTreeSet<String> {
    let unread =
        |located: &&Located| matches!(located.problem.kind, Kind::Unreadable | Kind::MissingFile);
    let files = opened.checked.problems.iter().filter(unread);
    let files = files.filter_map(|located| Some(located.places.first()?.file.clone()));
    let analyses = only.iter().filter(|id| !runs(opened, id) && !has_script(opened, id));
    files.chain(analyses.cloned()).collect()
}

/// Why analyses failed, as it is shown; of a script with an error that was seen without running it,
/// that one is enough.
fn failures(opened: &Opened, answered: &Answered<'_>) -> Vec<String> {
    let failed = answered.document.analyses.iter().filter_map(|entry| match &entry.outcome {
        Came::Failed { reason } => Some((entry.id.as_str(), reason)),
        _ => None,
    });
    failed
        .filter(|(id, _)| !opened.has_error(id))
        .map(|(id, reason)| {
            let shown = answered.stopped.get(id).cloned();
            shown.unwrap_or_else(|| format!("error: the analysis `{id}` failed: {reason}"))
        })
        .collect()
}

fn found(document: &FindingsDocument) -> BTreeMap<String, Accepted> {
    let each = document.analyses.iter();
    each.filter_map(|entry| Some((entry.id.clone(), accepted(document, &entry.id)?))).collect()
}

/// What changed since a run, in one line.
fn changed(before: &Good, now: &Good) -> String {
    let both = now.found.iter().filter_map(|(id, now)| Some((before.found.get(id)?, now)));
    let differences: Vec<Difference> =
        both.flat_map(|(before, now)| compare(before, now)).collect();
    if differences.is_empty() {
        return format!("nothing since run {}", before.run);
    }
    let named: Vec<String> = differences.iter().take(NAMED).map(in_brief).collect();
    let more = match differences.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    format!("since run {}: {}{more}", before.run, named.join(", "))
}

/// A difference with its first detail.
fn in_brief(difference: &Difference) -> String {
    let headline = difference.headline();
    match difference {
        Difference::New { .. } | Difference::Gone { .. } => headline,
        _ => match difference.details().first() {
            Some(first) => format!("{headline} ({first})"),
            None => headline,
        },
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    const SCRIPT: &str = "//! How many? One number.\n//! ---\n//! version: 1.0.0\n//! title: T\n\
        //! templates:\n//!   all: { title: T, sentence: \"There are {n}.\" }\n\
        //! words: { n: how many }\n\
        let f = finding(\"all\", \"all\");\n\
        f.measure(\"n\", reading.statements().count());\n\
        f.no_evidence(\"a count\");\nf\n";

    fn study() -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("scripts")).expect("made");
        for (name, text) in [
            ("study.yaml", "title: T\nroles: [{ id: coach }]\n"),
            ("participants.csv", "id,title\nC1,coach\n"),
            ("codes.csv", "id\nlogbook\n"),
            ("statements.csv", "id,speaker,code\ns1,C1,logbook\n"),
            ("scripts/own.rhai", SCRIPT),
            ("scripts/other.rhai", "no script"),
        ] {
            fs::write(folder.path().join(name), text).expect("written");
        }
        folder
    }

    fn watched(folder: &Path) -> Watched {
        Watched {
            folder: folder.to_owned(),
            only: vec!["own".to_owned()],
            short: false,
            look: Look::default(),
            today: jiff::civil::date(2026, 11, 26),
            busy: Arc::default(),
        }
    }

    #[test]
    fn there_is_a_screen_for_each_save_that_counts() {
        let study = study();
        let path = |name: &str| study.path().join(name);
        let saves = [
            vec![path("out/findings.json"), path(".hidden.csv")],
            vec![path("scripts/own.rhai")],
            vec![path("notes.txt")],
            vec![path("out"), path("codes.csv")],
        ];
        let shown: Vec<String> = screens(saves.into_iter(), watched(study.path())).collect();
        let first = |screen: &String| screen.lines().next().unwrap_or_default().to_owned();
        let first: Vec<String> = shown.iter().map(first).collect();
        assert_eq!(first, ["run 1: well", "run 2: well", "run 3: well"]);
        assert!(shown[1].contains("changed    nothing since run 1"), "{}", shown[1]);
    }

    #[test]
    fn the_last_good_result_stays_and_what_changed_is_counted_from_it() {
        let study = study();
        let path = study.path().join("scripts/own.rhai");
        let saves = std::iter::repeat_n(vec![path.clone()], 4);
        let mut screens = screens(saves, watched(study.path()));
        let mut next = |text: &str| {
            fs::write(&path, text).expect("written");
            screens.next().expect("there is another")
        };
        let broken = next(&SCRIPT.replace("\nf\n", "\ng\n"));
        assert!(broken.contains("before     no run went well yet"), "{broken}");
        next(SCRIPT);
        for _ in 0..2 {
            let broken = next("// in the middle of a thought");
            assert!(broken.contains("before     run 2 went well, with 1 finding:"), "{broken}");
            assert!(broken.contains("\n  |   There are 1.\n"), "{broken}");
        }
        let good = next(&SCRIPT.replace("count())", "count() + 1)"));
        assert!(good.contains("since run 2: ~ own/all (how many: 1 → 2)\n"), "{good}");
        assert!(!good.contains("before "), "{good}");
    }
    #[test]
    fn consent_that_has_ended_makes_a_run_wrong() {
        let study = study();
        let people = |last: &str| format!("id,title,consent_expires\nC1,coach,{last}\n");
        let path = study.path().join("participants.csv");
        fs::write(&path, people("2026-11-25")).expect("written");
        let mut screens = screens(std::iter::once(vec![path.clone()]), watched(study.path()));
        let ended = screens.next().expect("a screen");
        assert!(ended.starts_with("run 1: 1 error\n") && ended.contains("[C310]"), "{ended}");
        fs::write(&path, people("2026-11-26")).expect("written");
        let ends = screens.next().expect("another");
        assert!(ends.starts_with("run 2: well\n"), "{ends}");
    }
}
