//! Does the study give what was accepted, run again from scratch?

use std::collections::BTreeMap;
use std::path::Path;

use parallax_engine::folder;
use parallax_engine::since::{
    Before, InputChange, NotVerified, Sameness, Verified, inputs_sha256, items, verify as run_again,
};
use parallax_engine::write::{whole, within};
use serde_json::{Value as Json, json};

use crate::args::{Arguments, Format, Verify};
use crate::say::named_again;
use crate::standing::{Changes, VERIFIED, by_cause, told_causes};
use crate::{Status, say, standard, terminal};

pub(crate) fn verify(arguments: &Arguments, asked: &Verify) -> Status {
    let folder = match standard::study_folder(asked.folder.as_deref(), arguments) {
        Ok(folder) => folder,
        Err(status) => return status,
    };
    let named = asked.folder.as_deref().or(arguments.study.as_deref());
    let before = Before::read(&folder);
    say::located(&before.problems, arguments);
    if before.accepted.is_empty() || before.is_damaged() {
        if before.problems.is_empty() {
            terminal::aside(&format!(
                "error: nothing was accepted, so there is nothing to compare with\n\
                 help: `parallax {}review --accept --because \"…\"` accepts what is found now",
                named_again(named)
            ));
        }
        return Status::Problems;
    }
    let verified = match run_again(&folder::read(&folder), &before, &standard::shelf) {
        Ok(verified) => verified,
        Err(refused) => return said(&refused, arguments),
    };
    let compared = Compared::of(before, verified);
    let is_well = compared.is_well(asked.exact);
    let document = compared.document(asked.exact, &arguments.today().to_string());
    let json = format!("{document:#}\n");
    let (path, written) = match &asked.output {
        Some(path) => (path.clone(), whole(path, json.as_bytes())),
        None => (folder.join(VERIFIED), within(&folder, VERIFIED, json.as_bytes())),
    };
    if let Err(error) = written {
        return say::not_written(&path, &error);
    }
    let status = if is_well { Status::Fine } else { Status::Problems };
    match arguments.format {
        Format::Json => terminal::json(&json, status),
        _ => terminal::result(&compared.text(asked.exact, &path), status),
    }
}

/// Why nothing could be compared.
fn said(refused: &NotVerified, arguments: &Arguments) -> Status {
    match refused {
        NotVerified::NoStudy(opened) => say::problems(&opened.checked, arguments, Status::Problems),
        NotVerified::NotOffered(refused) => say::not_offered(refused),
        NotVerified::NoFolder(error) => {
            terminal::aside(&format!(
                "error: a fresh folder for the study could not be written: {error}\n\
                 help: check that there is room where temporary files are kept"
            ));
            Status::Files
        }
        NotVerified::NoThreads(error) => {
            terminal::aside(&format!("error: threads cannot be started: {error}"));
            Status::Files
        }
    }
}

/// What was accepted beside what the study gives from scratch.
struct Compared {
    before: Before,
    verified: Verified,
    changes: Changes,
    /// The differences by their causes.
    causes: Vec<(String, Vec<String>)>,
}

impl Compared {
    fn of(before: Before, verified: Verified) -> Self {
        let changes = Changes::since(&before, &verified.opened);
        let items = items(&before.accepted, &verified.now);
        let because = told_causes(&changes, &before, &items);
        let causes = by_cause(&items, &because).into_iter().map(|(cause, items)| {
            (cause.to_owned(), items.iter().map(|item| item.headline()).collect())
        });
        let causes = causes.collect();
        Self { before, verified, changes, causes }
    }

    fn is_well(&self, exact: bool) -> bool {
        let same = |sameness: &Sameness| matches!(sameness, Sameness::Identical | Sameness::Same);
        let Verified { analyses, threads_agree, .. } = &self.verified;
        let is_known = self.before.lock.is_some();
        let inputs = self.changes.files.is_empty() && is_known;
        let versions = !exact || self.changes.program.is_empty();
        let files = self.before.problems.is_empty();
        inputs && versions && files && *threads_agree && analyses.values().all(same)
    }

    fn text(&self, exact: bool, path: &Path) -> String {
        let mut lines = vec![self.inputs(), self.engine(exact)];
        let width = self.verified.analyses.keys().map(|name| name.len()).max().unwrap_or(0);
        for (name, sameness) in &self.verified.analyses {
            lines.push(format!("{name:width$}  {}", words(*sameness)));
        }
        for (cause, items) in &self.causes {
            lines.push(format!("because {cause}"));
            lines.extend(items.iter().map(|item| format!("   {item}")));
        }
        if !self.verified.threads_agree {
            lines.push(
                "threads    one thread and several give different findings: please report it"
                    .to_owned(),
            );
        }
        let analyses = &self.verified.analyses;
        let same = |sameness: &&Sameness| matches!(sameness, Sameness::Identical | Sameness::Same);
        let good = analyses.values().filter(same).count();
        let word = if self.is_well(exact) { "verified  " } else { "not verified" };
        lines.push(format!("{word} {good} of {} analyses", analyses.len()));
        lines.push(format!("written    {}", path.display()));
        lines.join("\n")
    }

    fn inputs(&self) -> String {
        let Some(lock) = &self.before.lock else {
            return "inputs     nobody knows from which files the findings were made: no study.lock".to_owned();
        };
        let all = lock.inputs.len() + lock.scripts.len();
        match self.changes.files.len() {
            0 => format!("inputs     {all} unchanged"),
            _ => {
                let named = |file: &InputChange| format!("{} ({})", file.path, change(file));
                let named: Vec<String> = self.changes.files.iter().map(named).collect();
                format!("inputs     not as accepted: {}", named.join(", "))
            }
        }
    }

    fn engine(&self, exact: bool) -> String {
        let Some(lock) = &self.before.lock else { return "engine     unknown".to_owned() };
        let now = env!("CARGO_PKG_VERSION");
        let mut line = format!("engine     {now} (accepted with {})", lock.engine.version);
        if !self.changes.program.is_empty() {
            let what = if exact { "not the same, as --exact asks" } else { "not the same" };
            line.push_str(&format!("; {what}: {}", self.changes.program.join(", ")));
        }
        line
    }

    fn document(&self, exact: bool, today: &str) -> Json {
        let files: BTreeMap<&str, &str> =
            self.changes.files.iter().map(|file| (file.path.as_str(), change(file))).collect();
        json!({
            "version": 1,
            "date": today,
            "engine": env!("CARGO_PKG_VERSION"),
            "inputs-sha256": inputs_sha256(&self.verified.opened),
            "inputs": files,
            "program": self.changes.program,
            "analyses": self.verified.analyses,
            "differences": self.causes.iter().map(|(because, items)| {
                json!({ "because": because, "items": items })
            }).collect::<Vec<_>>(),
            "threads-agree": self.verified.threads_agree,
            "verified": self.is_well(exact),
        })
    }
}

fn change(file: &InputChange) -> &'static str {
    use parallax_engine::kept::FileChange;
    match file.change {
        FileChange::New => "added",
        FileChange::Gone => "missing",
        FileChange::Changed => "changed",
    }
}

fn words(sameness: Sameness) -> &'static str {
    match sameness {
        Sameness::Identical => "identical",
        Sameness::Same => "same within 1e-9 (only the last digits of numbers differ)",
        Sameness::Different => "different",
        Sameness::NotAccepted => "never accepted",
        Sameness::NotRun => "accepted, and not run any longer",
        Sameness::Failed => "failed",
    }
}
