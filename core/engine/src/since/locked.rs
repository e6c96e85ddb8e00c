//! Which files and which parts of the program are others than those that the lock knows?

use std::collections::BTreeMap;

use parallax_model::StudyFile;

use crate::cache::Sight;
use crate::check;
use crate::kept::{FileChange, Kept};
use crate::lock::{AnalysisLock, Engine, Input, Lock, StudyLock};
use crate::open::Opened;
use crate::shelf::{Analysis, Body};
use crate::text::source::{Source, hash};

/// A file that is another than the one that the lock knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputChange {
    /// Its name inside the study.
    pub path: String,
    /// What is different.
    pub change: FileChange,
}

/// The files that differ from those of the lock, in the order of their names there.
#[must_use]
pub fn inputs(lock: &Lock, opened: &Opened) -> Vec<InputChange> {
    let is: BTreeMap<&str, &Source> =
        opened.checked.sources.iter().map(|source| (source.name.as_str(), source)).collect();
    let known: Vec<&Input> = lock.inputs.iter().chain(&lock.scripts).collect();
    let changed = known.iter().filter_map(|input| {
        let change = match is.get(input.path.as_str()) {
            None => FileChange::Gone,
            Some(source) if sha256(source) != input.text_sha256 => FileChange::Changed,
            Some(_) => return None,
        };
        Some(InputChange { path: input.path.clone(), change })
    });
    let new = is.keys().filter(|name| known.iter().all(|input| input.path != **name));
    let new = new.map(|name| InputChange { path: (*name).to_owned(), change: FileChange::New });
    changed.chain(new).collect()
}

/// What of the program differs from what the lock knows, in words: its version, those of the
/// analyses that come with it, and the plugins that the user trusts. Analyses of the study itself are
/// files.
#[must_use]
pub fn program(lock: &Lock, opened: &Opened) -> Vec<String> {
    let mut changed = Vec::new();
    let now = Engine::of_now();
    if lock.engine.version != now.version {
        changed.push(format!("parallax {} → {}", lock.engine.version, now.version));
    } else if lock.engine.numeric != now.numeric {
        let (was, is) = (lock.engine.numeric, now.numeric);
        changed.push(format!("the way parallax computes (numeric epoch {was} → {is})"));
    }
    let own = analyses(opened);
    for was in lock.analyses.iter().filter(|was| was.source == BUILT_IN) {
        match own.iter().find(|is| is.name == was.name) {
            // Whether an analysis runs is a setting of the study.
            None if opened.shelf.get(&was.name).is_none() => {
                changed.push(format!("the analysis {} does not come with the program", was.name));
            }
            None => {}
            Some(is) if is.source != was.source => {}
            Some(is) if is.version != was.version => {
                changed.push(format!("{} {} → {}", was.name, was.version, is.version));
            }
            Some(is) if is.text_sha256 != was.text_sha256 => {
                changed.push(format!("the script {} that comes with the program", was.name));
            }
            Some(_) => {}
        }
    }
    let plugins = lock.analyses.iter().filter(|was| was.source == PLUGIN);
    changed.extend(plugins.filter_map(|was| plugin(was, &own, opened)));
    changed
}

/// Where the analyses come from that come with the program.
const BUILT_IN: &str = "built-in";

/// Where those come from that the user trusts.
const PLUGIN: &str = "plugin";

/// What is another about a plugin that the user trusts, or trusted: its library decides what is found.
fn plugin(was: &AnalysisLock, own: &[AnalysisLock], opened: &Opened) -> Option<String> {
    let known = was.sha256.as_deref().unwrap_or("unknown");
    let Some(is) = own.iter().find(|is| is.name == was.name) else {
        let settings = opened.checked.study.as_ref().map(|study| study.settings());
        let mut asked = settings?.analyses.iter().flatten();
        // Whether an analysis runs is a setting of the study.
        asked.find(|asked| asked.analysis == was.name)?;
        return Some(match opened.shelf.offered(&was.name).next() {
            None => format!(
                "the plugin {} is not trusted on this computer: it was {} with the SHA-256 {known}",
                was.name, was.version
            ),
            Some(_) => format!(
                "the plugin {} is not the one that is trusted on this computer: it was {} with the \
                 SHA-256 {known}",
                was.name, was.version
            ),
        });
    };
    let found = is.sha256.as_deref().filter(|found| *found != known)?;
    Some(format!(
        "the plugin {} is another library: {} with the SHA-256 {known} → {} with the SHA-256 {found}",
        was.name, was.version, is.version
    ))
}

/// The analyses that the study runs, as a lock has them.
pub(super) fn analyses(opened: &Opened) -> Vec<AnalysisLock> {
    let planned = opened.planned.iter();
    let each = planned.filter_map(|planned| Some(analysis(opened.shelf.get(&planned.id)?, opened)));
    let mut each: Vec<AnalysisLock> = each.collect();
    each.sort_by(|a, b| a.name.cmp(&b.name));
    each.dedup_by(|a, b| a.name == b.name);
    each
}

fn analysis(analysis: &Analysis, opened: &Opened) -> AnalysisLock {
    let manifest = analysis.manifest();
    let file = format!("scripts/{}.rhai", manifest.id);
    let (own, text_sha256) = match analysis.body() {
        Body::Native(_) | Body::Outside(_) => (false, None),
        Body::Script(script) => {
            let is_own = |source: &Source| source.name == file && source.text == script.source();
            (opened.checked.sources.iter().any(is_own), Some(hash(script.source())))
        }
    };
    AnalysisLock {
        name: manifest.id.clone(),
        version: manifest.version.clone(),
        source: match (own, analysis.library_sha256()) {
            (true, _) => file,
            (_, Some(_)) => PLUGIN.to_owned(),
            _ => BUILT_IN.to_owned(),
        },
        text_sha256,
        sha256: analysis.library_sha256().map(str::to_owned),
    }
}

/// The files that an analysis reads, of those that the lock knows; the claims of a report read all.
pub(super) fn reads(lock: &Lock, opened: &Opened, analysis: &str) -> Vec<String> {
    let all = lock.inputs.iter().map(|input| input.path.clone());
    let Some(analysis) = opened.shelf.get(analysis) else {
        return all.chain(lock.scripts.iter().map(|script| script.path.clone())).collect();
    };
    let claims = Sight::of(analysis).has_claims();
    // An event answers a statement, and no analysis is handed any.
    let seen = |path: &String| match path.as_str() {
        "claims.csv" => claims,
        "events.csv" => false,
        _ => true,
    };
    let texts = match analysis.body() {
        Body::Native(_) | Body::Outside(_) => Vec::new(),
        Body::Script(script) => script.texts(),
    };
    let own =
        lock.scripts.iter().filter(|script| texts.iter().any(|(name, _)| *name == script.path));
    all.filter(seen).chain(own.map(|script| script.path.clone())).collect()
}

/// The lock of a study as it is now, without what was accepted.
pub(super) fn lock(opened: &Opened, kept: Option<&Kept>) -> Lock {
    let settings = opened.checked.study.as_ref().map(|study| study.settings());
    let sources = opened.checked.sources.iter();
    let written = sources.filter(|source| source.file == Some(StudyFile::Study));
    let written = written.filter_map(check::settings_written).next();
    let written = written.map(|written| hash(&written.to_string()));
    let mut lock = Lock::of_now(StudyLock {
        settings: written.map(|sha256| format!("sha256:{sha256}")).unwrap_or_default(),
        seed: settings.map_or(0, |settings| settings.seed),
        withdrawals: 0,
    });
    let files = kept.map(Kept::files).unwrap_or_default();
    for source in &opened.checked.sources {
        let table = source.file.filter(|file| *file != StudyFile::Study);
        let input = Input {
            path: source.name.clone(),
            text_sha256: sha256(source),
            rows: table.and_then(|file| Some(rows(kept?, file))),
            kept_sha256: files.get(&source.name).map(|text| hash(text)),
        };
        match source.file {
            Some(_) => lock.inputs.push(input),
            None => lock.scripts.push(input),
        }
    }
    lock.analyses = analyses(opened);
    lock
}

fn rows(kept: &Kept, file: StudyFile) -> usize {
    kept.tables.get(&file).map_or(0, |table| table.rows.len())
}

/// The checksum of a source, which is there already where the study could be read.
fn sha256(source: &Source) -> String {
    match source.sha256.is_empty() {
        true => hash(&source.text),
        false => source.sha256.clone(),
    }
}
