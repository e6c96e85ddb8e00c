//! Does a plugin leave the study and the process as they were?

use std::collections::BTreeMap;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use super::ran::Tried;
use super::readings;
use crate::shelf::library::trial::{
    Host, Loaded, Tables, in_read_only_pages, let_out_what_was_printed,
};

/// Whether a study is left as it was: a write into it ends the process.
pub(super) fn study_in_read_only_pages(library: &Path) -> Result<String, String> {
    let tried = Tried::of(library)?;
    let lent = in_read_only_pages(&readings::rich(20).with_cells())?;
    let ran = tried.run_on(Tables::Ours(&lent), &tried.usual());
    tried.beside_the_plain(ran).map_err(|fault| fault.told().to_owned())?;
    Ok("nothing was written to it".to_owned())
}

/// Sums whose bits depend on how a processor was told to round, and on whether it takes the
/// smallest numbers for 0. Bits are compared: to a processor that takes them for 0, they are.
fn sums() -> [u64; 6] {
    let (one, three) = (black_box(1.0_f64), black_box(3.0_f64));
    let smallest = black_box(f64::from_bits(1));
    [
        (black_box(f64::MIN_POSITIVE) / 4.0).to_bits(),
        (smallest * 2.0).to_bits(),
        (one / three).to_bits(),
        (-one / three).to_bits(),
        (black_box(2.0) / three).to_bits(),
        (one + black_box(f64::EPSILON) * 0.75).to_bits(),
    ]
}

/// Whether the process calculates as it did before the library was there.
pub(super) fn leaves_the_floating_point_mode(library: &Path) -> Result<String, String> {
    let before = sums();
    let loaded = Loaded::from(library).map_err(|refused| refused.to_string())?;
    if sums() != before {
        return Err("loading it changed how this process calculates: build it without \
                    `-ffast-math` and `-Ofast`"
            .to_owned());
    }
    let analysis = loaded.agreed(Host::OURS).map_err(|refused| refused.to_string())?;
    let entered = sums();
    // It runs once here.
    let _judged_elsewhere = Tried::agreed(analysis)?;
    match entered == before && sums() == before {
        true => Ok("as before".to_owned()),
        false => Err("a run changed how this process calculates: put the rounding mode back \
                      (`fesetround`, `fesetenv`) before you return"
            .to_owned()),
    }
}

/// How long a thread may take to end.
const LINGERS: Duration = Duration::from_millis(500);

/// Whether no thread is left when a run is over.
pub(super) fn leaves_no_thread(library: &Path) -> Result<String, String> {
    let Some(before) = threads() else { return Ok(UNSEEN.to_owned()) };
    let _judged_elsewhere = Tried::of(library)?;
    for _ in 0..25 {
        if threads() <= Some(before) {
            return Ok("none".to_owned());
        }
        thread::sleep(LINGERS / 25);
    }
    let left = threads().unwrap_or(before).saturating_sub(before);
    Err(format!(
        "{left} of its threads still ran when `run` had returned: join each thread that you start; \
         what `run` was given is gone when it returns"
    ))
}

const UNSEEN: &str = "this system does not show it";

/// How many threads this process has.
fn threads() -> Option<usize> {
    fs::read_dir("/proc/self/task").ok().map(Iterator::count)
}

/// Whether no file is left open, and none of ours closed.
pub(super) fn leaves_no_file_open(library: &Path) -> Result<String, String> {
    let Some(before) = open_files() else { return Ok(UNSEEN.to_owned()) };
    let _judged_elsewhere = Tried::of(library)?;
    let after = open_files().unwrap_or_default();
    let opened = after.keys().filter(|number| !before.contains_key(*number)).count();
    let lost = before.iter().filter(|(number, what)| after.get(*number) != Some(what)).count();
    match (opened, lost) {
        (0, 0) => Ok("none".to_owned()),
        (_, 0) => Err(format!(
            "it left {opened} more files or connections open than there were: close what you open; \
             what an analysis needs is in the reading and in its parameters"
        )),
        _ => Err(format!(
            "it closed or replaced {lost} files that belong to the program: close only what you \
             opened"
        )),
    }
}

/// The open files of this process, by number; what each is, where the system says so.
fn open_files() -> Option<BTreeMap<PathBuf, PathBuf>> {
    let folder = ["/proc/self/fd", "/dev/fd"].into_iter().find_map(|at| fs::read_dir(at).ok())?;
    let files = folder.flatten().map(|entry| {
        let what = fs::read_link(entry.path()).unwrap_or_default();
        (PathBuf::from(entry.file_name()), what)
    });
    // The folder itself is open while it is read.
    Some(files.filter(|(_, what)| !what.ends_with("fd")).collect())
}

/// Whether nothing is printed; who started this process counts what came.
pub(super) fn prints_nothing(library: &Path) -> Result<String, String> {
    let _judged_elsewhere = Tried::of(library)?;
    let_out_what_was_printed();
    Ok("nothing".to_owned())
}

/// Whether the working directory, the signals and the mask of new files are as they were.
pub(super) fn leaves_the_process_alone(library: &Path) -> Result<String, String> {
    let before = process();
    let _judged_elsewhere = Tried::of(library)?;
    let after = process();
    let changed: Vec<&str> = before
        .iter()
        .filter(|(name, is)| after.get(*name) != Some(is))
        .map(|(name, _)| *name)
        .collect();
    match (before.is_empty(), changed.as_slice()) {
        (true, _) => Ok(UNSEEN.to_owned()),
        (false, []) => Ok("as before".to_owned()),
        (false, changed) => Err(format!(
            "it changed what belongs to the whole process ({}): leave it as it is, or put it back \
             before you return",
            changed.join(", ")
        )),
    }
}

/// What belongs to all of a process, by name.
fn process() -> BTreeMap<&'static str, String> {
    let mut is = BTreeMap::new();
    if let Ok(folder) = fs::read_link("/proc/self/cwd") {
        is.insert("the working directory", folder.display().to_string());
    }
    let status = fs::read_to_string("/proc/thread-self/status").unwrap_or_default();
    let named = [
        ("SigBlk:", "blocked signals"),
        ("SigIgn:", "ignored signals"),
        ("SigCgt:", "handlers of signals"),
        ("Umask:", "the mask of new files"),
    ];
    for (start, name) in named {
        let line = status.lines().find_map(|line| line.strip_prefix(start));
        is.extend(line.map(|line| (name, line.trim().to_owned())));
    }
    is
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sums_are_those_of_the_usual_mode() {
        let usual = [
            0x0004_0000_0000_0000,
            2,
            0x3fd5_5555_5555_5555,
            0xbfd5_5555_5555_5555,
            0x3fe5_5555_5555_5555,
            0x3ff0_0000_0000_0001,
        ];
        assert_eq!(sums(), usual);
    }

    #[test]
    fn a_file_that_is_opened_is_seen() {
        let Some(before) = open_files() else { return };
        let file = tempfile::tempfile().expect("a file");
        let after = open_files().expect("as before");
        assert_eq!(after.len(), before.len() + 1);
        drop(file);
        assert_eq!(open_files(), Some(before));
    }
}
