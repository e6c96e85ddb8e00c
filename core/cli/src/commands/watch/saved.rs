//! Which files were saved, and does the study read them?

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use notify_debouncer_full::notify::{self, EventKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, RecommendedCache, new_debouncer};

use crate::terminal;

/// How long nothing has to happen before what was saved is looked at: editors write a file in
/// several steps.
const QUIET: Duration = Duration::from_millis(150);

/// The saves in a study's folder, as they happen: each item is the paths that were touched since
/// the item before.
pub(super) struct Saves {
    folder: PathBuf,
    saved: Receiver<DebounceEventResult>,
    ears: Debouncer<RecommendedWatcher, RecommendedCache>,
}

impl Saves {
    /// Listens to a folder, named by its whole path.
    ///
    /// # Errors
    /// What the operating system says.
    pub(super) fn of(folder: &Path) -> notify::Result<Self> {
        let (sender, saved) = mpsc::channel();
        let mut ears = new_debouncer(QUIET, None, sender)?;
        // Not what is below: `out` is written by the program itself.
        ears.watch(folder, RecursiveMode::NonRecursive)?;
        let mut saves = Self { folder: folder.to_owned(), saved, ears };
        saves.listen_to_scripts();
        Ok(saves)
    }

    /// Listens to the scripts too; a folder that is not there yet is told of by the one above.
    fn listen_to_scripts(&mut self) {
        let scripts = self.folder.join("scripts");
        let _was_another_folder = self.ears.unwatch(&scripts);
        if scripts.is_dir()
            && let Err(error) = self.ears.watch(&scripts, RecursiveMode::Recursive)
        {
            terminal::aside(&format!("warning: the scripts cannot be watched: {error}"));
        }
    }

    /// The paths that something happened to, but for files that were only read.
    fn touched(&self, result: DebounceEventResult) -> Vec<PathBuf> {
        match result {
            // Something was missed: the whole folder may be another.
            Err(_) => vec![self.folder.clone()],
            Ok(events) => events
                .into_iter()
                .filter(|event| !matches!(event.kind, EventKind::Access(_)))
                .flat_map(|event| match event.need_rescan() {
                    true => vec![self.folder.clone()],
                    false => event.paths.clone(),
                })
                .collect(),
        }
    }
}

impl Iterator for Saves {
    type Item = Vec<PathBuf>;

    fn next(&mut self) -> Option<Vec<PathBuf>> {
        let mut touched = Vec::new();
        let first = self.saved.recv().ok()?;
        touched.extend(self.touched(first));
        // What was saved during a run is one item.
        while let Ok(more) = self.saved.try_recv() {
            touched.extend(self.touched(more));
        }
        if touched.contains(&self.folder.join("scripts")) {
            self.listen_to_scripts();
        }
        Some(touched)
    }
}

/// Whether a study reads the file at `path`: a table or `study.yaml`, a script, a shared file of scripts.
///
/// The folder itself stands for everything in it.
pub(super) fn is_read(folder: &Path, path: &Path) -> bool {
    let Ok(inside) = path.strip_prefix(folder) else { return false };
    let Some(names) = inside.iter().map(|name| name.to_str()).collect::<Option<Vec<&str>>>() else {
        return false;
    };
    // Hidden, or what an office program locks a file with.
    if names.iter().any(|name| name.starts_with(['.', '~'])) {
        return false;
    }
    let ends = |name: &str, endings: &[&str]| {
        let ending = Path::new(name).extension().and_then(|ending| ending.to_str());
        ending.is_some_and(|ending| endings.contains(&ending.to_ascii_lowercase().as_str()))
    };
    match names[..] {
        [] | ["scripts"] | ["scripts", "shared"] => true,
        [file] => ends(file, &["csv", "yaml", "yml", "toml"]),
        ["scripts", file] | ["scripts", "shared", .., file] => ends(file, &["rhai"]),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_study_reads_counts() {
        let folder = Path::new("/studies/mine");
        let read = |name: &str| is_read(folder, &folder.join(name));
        for name in [
            "",
            "study.yaml",
            "codes.csv",
            "Statements.CSV",
            "scripts",
            "scripts/own.rhai",
            "scripts/shared/count.rhai",
            "scripts/shared/deep/count.rhai",
        ] {
            assert!(read(name), "{name}");
        }
        for name in [
            "out/findings.json",
            "out",
            ".own.rhai.swp",
            "scripts/.own.rhai",
            ".git/index.csv",
            "~$codes.csv",
            "scripts/own.rhai~",
            "scripts/own/statements.csv",
            "scripts/own/findings/accepted/own.json",
            "notes.txt",
        ] {
            assert!(!read(name), "{name}");
        }
        assert!(!is_read(folder, Path::new("/studies/other/codes.csv")));
    }
}
