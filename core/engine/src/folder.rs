//! Which files does a study folder hold?

mod copies;
mod steady;

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use parallax_model::{Kind, Problem, Spot, StudyFile};

/// The files of a study folder, read once.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    /// The tables and `study.yaml`, in the order of [`StudyFile::ALL`].
    pub files: Vec<Found>,
    /// The study's own analyses, `scripts/*.rhai`, by name, then what they share, everything below
    /// `scripts/shared`.
    pub scripts: Vec<Found>,
    /// What is wrong with the folder: files that are missing, misnamed or out of reach.
    pub problems: Vec<(String, Problem)>,
}

/// One file and its bytes.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its name inside the folder, with `/` between folders.
    pub name: String,
    /// Which of the study's files it is; none for a script.
    pub file: Option<StudyFile>,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Reads every file of a study folder, as they stand there at one moment: when one is saved
/// meanwhile they are read again, a few times at most. A folder that cannot be read is one without
/// files.
#[must_use]
pub fn read(path: &Path) -> Folder {
    steady::read(|| read_once(path), || steady::stamps(path))
}

fn read_once(path: &Path) -> Folder {
    let mut folder = Folder::default();
    let root = match fs::canonicalize(path) {
        Ok(root) => root,
        Err(error) => {
            folder.problems.push(unreadable(
                "the study folder",
                Spot::File(StudyFile::Study),
                &error,
            ));
            return folder;
        }
    };
    for file in StudyFile::ALL {
        let (path, name) = (root.join(file.name()), file.name());
        match read_inside(&root, &path) {
            Ok(bytes) => {
                folder.files.push(Found { name: name.to_owned(), file: Some(file), bytes });
            }
            Err(Unread::Missing) if !file.is_required() => {}
            Err(why) => folder.problems.push(why.problem(name, Spot::File(file))),
        }
    }
    read_scripts(&root, &mut folder);
    warn_of_unknown(&root, &mut folder);
    let log = names_in(&root.join("findings")).into_iter();
    let log = log.filter(|name| has_extension(name, "csv")).collect();
    let _its_reader_finds_it = copies::told_apart("findings/", log, &mut folder.problems);
    tracing::debug!(files = folder.files.len(), scripts = folder.scripts.len(), "folder read");
    folder
}

/// Reads the scripts of a folder and what they share, and none of its tables.
#[must_use]
pub fn scripts(path: &Path) -> Folder {
    let mut folder = Folder::default();
    if let Ok(root) = fs::canonicalize(path) {
        read_scripts(&root, &mut folder);
    }
    folder
}

/// Why a file was not read.
enum Unread {
    Missing,
    NotAFile,
    Outside,
    Failed(io::Error),
}

impl Unread {
    fn problem(&self, name: &str, spot: Spot) -> (String, Problem) {
        let problem = match self {
            Self::Missing => Problem::new(Kind::MissingFile, spot, format!("there is no {name}"))
                .help(
                    "every study needs study.yaml, participants.csv, codes.csv and statements.csv; \
                 check the spelling of the file's name",
                ),
            Self::NotAFile => {
                Problem::new(Kind::NotAFile, spot, format!("{name} is a folder, not a file"))
                    .help(format!("rename the folder, and save the table itself as {name}"))
            }
            Self::Outside => Problem::new(
                Kind::OutsideFolder,
                spot,
                format!("{name} is a link to a file outside the study folder"),
            )
            .help("copy the file into the study folder: a study is complete in its folder"),
            Self::Failed(error) => return unreadable(name, spot, error),
        };
        (name.to_owned(), problem)
    }
}

impl Unread {
    /// The problem of a script, which is none of the study's tables.
    fn of_script(&self, name: &str) -> (String, Problem) {
        let (name, mut problem) = self.problem(name, Spot::File(StudyFile::Study));
        problem.spots.clear();
        (name, problem)
    }
}

fn unreadable(name: &str, spot: Spot, error: &io::Error) -> (String, Problem) {
    let reason = match error.kind() {
        io::ErrorKind::NotFound => "it does not exist",
        io::ErrorKind::PermissionDenied => "you are not allowed to read it",
        _ => "the computer could not read it",
    };
    let problem = Problem::new(Kind::Unreadable, spot, format!("{name} cannot be read: {reason}"))
        .help("close it in other programs, check who may read it, and try again");
    (name.to_owned(), problem)
}

/// The bytes of a file whose canonical path stays inside `root`.
fn read_inside(root: &Path, path: &Path) -> Result<Vec<u8>, Unread> {
    let target = match fs::canonicalize(path) {
        Ok(target) => target,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let dangling = fs::symlink_metadata(path).is_ok();
            return Err(if dangling { Unread::Failed(error) } else { Unread::Missing });
        }
        Err(error) => return Err(Unread::Failed(error)),
    };
    if !target.starts_with(root) {
        return Err(Unread::Outside);
    }
    if !fs::metadata(&target).map_err(Unread::Failed)?.is_file() {
        return Err(Unread::NotAFile);
    }
    fs::read(&target).map_err(Unread::Failed)
}

/// Reads `scripts/*.rhai`, and what they share: every file below `scripts/shared`.
fn read_scripts(root: &Path, folder: &mut Folder) {
    let own = names_in(&root.join("scripts")).into_iter();
    let own = own.filter(|name| has_extension(name, "rhai")).collect();
    for name in copies::told_apart("scripts/", own, &mut folder.problems) {
        read_script(root, format!("scripts/{name}"), folder);
    }
    // A link inside the study can lead a folder into itself: each is gone through once.
    let (mut open, mut known) = (vec!["scripts/shared".to_owned()], BTreeSet::new());
    while let Some(shared) = open.pop() {
        let Ok(target) = fs::canonicalize(root.join(&shared)) else { continue };
        if !target.starts_with(root) {
            folder.problems.push(Unread::Outside.of_script(&shared));
            continue;
        }
        if !known.insert(target) {
            continue;
        }
        let mut below = Vec::new();
        for name in names_in(&root.join(&shared)).iter().map(|name| format!("{shared}/{name}")) {
            match root.join(&name).is_dir() {
                true => below.push(name),
                false if has_extension(&name, "rhai") => read_script(root, name, folder),
                false => {}
            }
        }
        open.extend(below.into_iter().rev());
    }
}

fn read_script(root: &Path, name: String, folder: &mut Folder) {
    match read_inside(root, &root.join(&name)) {
        Ok(bytes) => folder.scripts.push(Found { name, file: None, bytes }),
        Err(Unread::NotAFile) => {}
        Err(why) => folder.problems.push(why.of_script(&name)),
    }
}

/// Warns of tables whose name is none that a study has: nobody would read them.
fn warn_of_unknown(root: &Path, folder: &mut Folder) {
    let tables = || StudyFile::ALL.into_iter().map(StudyFile::name);
    let is_table = |name: &String| {
        let is_study = matches!(name.as_str(), "study.yml" | "study.toml");
        has_extension(name, "csv") || is_study
    };
    let ours = |name: &String| {
        is_table(name) || has_extension(name, "yaml") || has_extension(name, "lock")
    };
    let names = names_in(root).into_iter().filter(ours).collect();
    for name in copies::told_apart("", names, &mut folder.problems) {
        if tables().any(|table| table == name) || !is_table(&name) {
            continue;
        }
        let message = format!("parallax does not read `{name}`: no table has this name");
        let mut problem = Problem::new(Kind::UnknownFile, Spot::File(StudyFile::Study), message)
            .help(format!("the tables are {}", tables().skip(1).collect::<Vec<_>>().join(", ")));
        problem.spots.clear();
        folder.problems.push((name, problem));
    }
}

/// The names in a folder in order; none when it cannot be read.
fn names_in(path: &Path) -> Vec<String> {
    let entries = fs::read_dir(path).into_iter().flatten().flatten();
    let mut names: Vec<String> =
        entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    names
}

fn has_extension(name: &str, extension: &str) -> bool {
    Path::new(name).extension().is_some_and(|found| found.eq_ignore_ascii_case(extension))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(folder: &Folder) -> Vec<(&str, &str)> {
        folder.problems.iter().map(|(name, problem)| (name.as_str(), problem.kind.code())).collect()
    }

    #[test]
    fn a_folder_is_read_with_what_is_wrong_in_it() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join("study.yaml"), "title: T")?;
        fs::create_dir(folder.path().join("codes.csv"))?;
        fs::write(folder.path().join("statement.csv"), "id")?;
        fs::create_dir(folder.path().join("scripts"))?;
        fs::write(folder.path().join("scripts/own.rhai"), "")?;
        let read = read(folder.path());
        assert_eq!(
            problems(&read),
            [
                ("participants.csv", "F001"),
                ("codes.csv", "F002"),
                ("statements.csv", "F001"),
                ("statement.csv", "F010")
            ]
        );
        assert_eq!(read.scripts[0].name, "scripts/own.rhai");
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn a_link_may_lead_anywhere_inside_and_nowhere_outside() -> io::Result<()> {
        use std::os::unix::fs::symlink;

        let (folder, elsewhere) = (tempfile::tempdir()?, tempfile::tempdir()?);
        fs::write(elsewhere.path().join("codes.csv"), "id")?;
        fs::write(folder.path().join("kept.txt"), "id")?;
        symlink(elsewhere.path().join("codes.csv"), folder.path().join("codes.csv"))?;
        symlink("kept.txt", folder.path().join("participants.csv"))?;
        symlink("nowhere", folder.path().join("statements.csv"))?;
        symlink("cases.csv", folder.path().join("cases.csv"))?;
        let shared = folder.path().join("scripts/shared");
        fs::create_dir_all(shared.join("deep"))?;
        fs::write(shared.join("deep/kept.rhai"), "//! Kept.")?;
        symlink("..", shared.join("deep/round"))?;
        symlink("deep/kept.rhai", shared.join("same.rhai"))?;
        symlink(elsewhere.path(), shared.join("far"))?;
        symlink(elsewhere.path().join("codes.csv"), shared.join("other.rhai"))?;
        let read = read(folder.path());
        assert_eq!(
            problems(&read),
            [
                ("study.yaml", "F001"),
                ("codes.csv", "F003"),
                ("statements.csv", "F004"),
                ("cases.csv", "F004"),
                ("scripts/shared/other.rhai", "F003"),
                ("scripts/shared/far", "F003"),
            ]
        );
        let names: Vec<&str> = read.scripts.iter().map(|script| script.name.as_str()).collect();
        assert_eq!(names, ["scripts/shared/same.rhai", "scripts/shared/deep/kept.rhai"]);
        Ok(())
    }
}
