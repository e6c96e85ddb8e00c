//! Which files can scripts share, and is each of them sound?
//!
//! A script imports by name, never by path: `shared/counting` is `scripts/shared/counting.rhai` of
//! its study, `standard/agreement` comes with the program. All texts are there before any script
//! is read; nothing is looked up in a folder while a script runs.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use parallax_model::Kind;
use rhai::AST;

use super::fault::Complaint;
use super::problem::{ScriptProblem, did_you_mean};
use super::program;
use super::sandbox::Limits;

/// What comes with the program for scripts to share: name and text.
const STANDARD: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/shared.rs"));

/// What the names of a study's own shared files begin with, as scripts import them.
const OWN: &str = "shared/";

/// The files that a script can import, each parsed once.
#[derive(Clone, Debug)]
pub struct Library(Arc<BTreeMap<String, Shared>>);

/// One file that scripts share.
#[derive(Clone, Debug)]
struct Shared {
    /// The file, as messages name it.
    file: String,
    /// Its text.
    text: Arc<String>,
    /// What runs; `None` when something is wrong with it, which is told apart.
    steps: Option<AST>,
}

impl Library {
    /// What comes with the program.
    #[must_use]
    pub fn standard() -> &'static Self {
        static STANDARD_LIBRARY: OnceLock<Library> = OnceLock::new();
        STANDARD_LIBRARY.get_or_init(|| {
            let texts = STANDARD.iter().map(|(name, text)| {
                (format!("standard/{name}"), format!("standard/{name}.rhai"), (*text).to_owned())
            });
            Self::of(BTreeMap::new(), texts.collect()).0
        })
    }

    /// The files of a study beside what comes with the program, and what is wrong with them:
    /// names below `scripts/shared` without their ending, such as `counting`, and texts.
    #[must_use]
    pub fn with_own<'t>(
        own: impl IntoIterator<Item = (&'t str, &'t str)>,
    ) -> (Self, Vec<ScriptProblem>) {
        let own = own.into_iter().map(|(name, text)| {
            (format!("{OWN}{name}"), format!("scripts/shared/{name}.rhai"), text.to_owned())
        });
        Self::of((*Self::standard().0).clone(), own.collect())
    }

    fn of(
        mut files: BTreeMap<String, Shared>,
        new: Vec<(String, String, String)>,
    ) -> (Self, Vec<ScriptProblem>) {
        let (mut problems, mut imports) = (Vec::new(), BTreeMap::new());
        for (name, file, text) in new {
            let text = Arc::new(text);
            let read = opened(&name, &file, &text)
                .and_then(|()| program::read(&Limits::STANDARD, &file, &text));
            let steps = match read {
                Ok(program) => {
                    imports.insert(name.clone(), program.imports);
                    Some(program.steps)
                }
                Err(problem) => {
                    problems.push(problem);
                    None
                }
            };
            files.insert(name, Shared { file, text, steps });
        }
        let mut library = Self(Arc::new(files));
        let wrong: Vec<(&String, ScriptProblem)> = imports
            .keys()
            .filter_map(|name| Some((name, library.wrong_import(name, &imports)?)))
            .collect();
        let files = Arc::make_mut(&mut library.0);
        let mut told = BTreeSet::new();
        for (name, problem) in wrong {
            files.entry(name.clone()).and_modify(|shared| shared.steps = None);
            // Each file of a circle is wrong, and the circle is told once.
            if told.insert(problem.message.clone()) {
                problems.push(problem);
            }
        }
        (library, problems)
    }

    /// What is wrong with what the shared file `name` imports, if anything.
    fn wrong_import(
        &self,
        name: &str,
        imports: &BTreeMap<String, Vec<String>>,
    ) -> Option<ScriptProblem> {
        let shared = self.0.get(name)?;
        imports[name].iter().find_map(|import| {
            let complaint = match way_back(name, import, imports) {
                Some(around) => circle(&around),
                None => self.find(import).err()?,
            };
            Some(complaint.of_import(&shared.file, &shared.text, import))
        })
    }

    /// What is wrong with what a script imports, if anything.
    pub(super) fn check(
        &self,
        file: &str,
        text: &str,
        imports: &[String],
    ) -> Result<(), ScriptProblem> {
        let wrong = imports.iter().find_map(|name| Some((self.find(name).err()?, name)));
        wrong.map_or(Ok(()), |(complaint, name)| Err(complaint.of_import(file, text, name)))
    }

    /// What a script imports as `name`.
    pub(super) fn find(&self, name: &str) -> Result<&AST, Complaint> {
        if !is_name(name) {
            let message = format!("a script cannot import `{name}`");
            let meant = name.strip_suffix(".rhai").filter(|plain| self.0.contains_key(*plain));
            if let Some(meant) = meant {
                let help = format!("did you mean `{meant}`?");
                return Err(Complaint::new(Kind::ScriptForbidden, message, help));
            }
            let help = "put the file into `scripts/shared` of the study, and import it by its name \
                        alone, as in `import \"shared/counting\" as counting;`";
            return Err(Complaint::new(Kind::ScriptForbidden, message, help));
        }
        let Some(shared) = self.0.get(name) else { return Err(self.missing(name)) };
        shared.steps.as_ref().ok_or_else(|| {
            let message = format!("`{name}` cannot be imported: something is wrong with it");
            let help = format!("mend {} first", shared.file);
            Complaint::new(Kind::ScriptImport, message, help)
        })
    }

    fn missing(&self, name: &str) -> Complaint {
        let names = || self.0.keys().map(String::as_str);
        let own = format!("{OWN}{name}");
        let meant = names().find(|known| *known == own).map(|own| format!("did you mean `{own}`?"));
        let help = meant.or_else(|| did_you_mean(name, names())).unwrap_or_else(|| {
            format!("a script can import {}", names().collect::<Vec<_>>().join(", "))
        });
        let message = format!("there is no `{name}` to import");
        Complaint::new(Kind::ScriptImport, message, help)
    }

    /// The texts of all files.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.0.values().map(|shared| shared.text.as_str())
    }

    /// The files that can run with a text, with their texts: what it imports, what that imports, and
    /// so on; all there are where a name is put together while it runs.
    pub(super) fn imported(&self, text: &str) -> Vec<(&str, &str)> {
        let (mut names, mut open) = (BTreeSet::new(), vec![text]);
        while let Some(text) = open.pop() {
            let all = || self.0.keys().map(String::as_str).collect();
            for name in named_imports(text).unwrap_or_else(all) {
                let Some((name, shared)) = self.0.get_key_value(name) else { continue };
                if names.insert(name) {
                    open.push(&shared.text);
                }
            }
        }
        let files = names.into_iter().filter_map(|name| self.0.get(name));
        files.map(|shared| (shared.file.as_str(), shared.text.as_str())).collect()
    }

    /// The file of what a script imports as `name`, as messages call it.
    pub(super) fn file(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|shared| shared.file.as_str())
    }

    /// The text of a shared file, by the name that messages use.
    pub(super) fn text(&self, file: &str) -> Option<Arc<String>> {
        self.0.values().find(|shared| shared.file == file).map(|shared| Arc::clone(&shared.text))
    }
}

/// What a text imports, when each name stands there as it is; `None` when one may be put together
/// while the text runs.
fn named_imports(text: &str) -> Option<Vec<&str>> {
    let mut names = Vec::new();
    for (at, word) in text.match_indices("import") {
        let rest = text[at + word.len()..].trim_start().strip_prefix('"')?;
        let (name, rest) = rest.split_once('"')?;
        let ends = rest.trim_start().starts_with(';') || rest.trim_start().starts_with("as ");
        if !is_name(name) || !ends {
            return None;
        }
        names.push(name);
    }
    Some(names)
}

/// Whether a text names a file that scripts can share: no path leads anywhere else.
fn is_name(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    name.split('/').all(|part| !part.is_empty() && part.chars().all(plain))
}

/// Whether a shared file can be named, and says what it is for.
fn opened(name: &str, file: &str, text: &str) -> Result<(), ScriptProblem> {
    if !is_name(name) {
        let message = format!("no script can import `{name}`");
        let help = "name the file with letters a to z, digits, `-` and `_`";
        let problem = ScriptProblem::new(Kind::ScriptImport, file, message);
        return Err(problem.help(Some(help.to_owned())));
    }
    let says = text.strip_prefix("//!").and_then(|rest| rest.lines().next());
    if says.is_none_or(|sentence| sentence.trim().is_empty()) {
        let message = "a shared file opens with a sentence that says what it is for";
        let help = "write it on the first line, as in `//! How are units counted?`";
        let problem = ScriptProblem::new(Kind::ScriptHeader, file, message).at(1, 1);
        return Err(problem.help(Some(help.to_owned())));
    }
    Ok(())
}

/// That each of these files imports the next, and the last is the first. It is told from the one
/// whose name comes first.
pub(super) fn circle(around: &[String]) -> Complaint {
    let once = &around[..around.len().saturating_sub(1)];
    let first = (0..once.len()).min_by_key(|&at| &once[at]).unwrap_or(0);
    let turned = once[first..].iter().chain(&once[..first]).chain(once.get(first));
    let named: Vec<String> = turned.map(|name| format!("`{name}`")).collect();
    let message = format!("imports go round in a circle: {}", named.join(" imports "));
    let help = "move what both need into a file of its own, which imports neither";
    Complaint::new(Kind::ScriptImport, message, help)
}

/// The names from `name` over `import` back to `name`, when imports lead back at all.
fn way_back(
    name: &str,
    import: &str,
    imports: &BTreeMap<String, Vec<String>>,
) -> Option<Vec<String>> {
    // Each path is walked once: a file that was seen leads back by another way too, or not at all.
    let (mut seen, mut open) = (vec![import.to_owned()], vec![vec![import.to_owned()]]);
    while let Some(path) = open.pop() {
        let last = path.last()?;
        if last == name {
            let start = std::iter::once(name.to_owned());
            return Some(start.chain(path).collect());
        }
        for next in imports.get(last).into_iter().flatten() {
            if !seen.contains(next) {
                seen.push(next.clone());
                let further = path.iter().chain([next]).cloned().collect();
                open.push(further);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_nowhere_else() {
        for name in ["shared/a", "shared/a/b-c_d", "standard/agreement", "a"] {
            assert!(is_name(name), "{name}");
        }
        for name in ["", "/", "/a", "a/", "a//b", "../a", "a/../b", "a.rhai", "a\\b", "C:a", "é"] {
            assert!(!is_name(name), "{name}");
        }
    }

    #[test]
    fn names_that_are_put_together_may_be_any() {
        let named = |text| named_imports(text);
        assert_eq!(named("let n = 1;"), Some(Vec::new()));
        let two = "import \"shared/a\" as a;\nimport  \"standard/b\";";
        assert_eq!(named(two), Some(vec!["shared/a", "standard/b"]));
        for open in
            ["import name as a;", "import \"a\" + n as a;", "import `${n}` as a;", "// import"]
        {
            assert_eq!(named(open), None, "{open}");
        }
        let own = [("a", "//! A.\nimport \"shared/b\" as b;"), ("b", "//! B."), ("c", "//! C.")];
        let (library, _) = Library::with_own(own);
        let files = |text| library.imported(text).into_iter().map(|(file, _)| file.to_owned());
        let closed: Vec<String> = files("import \"shared/a\" as a;").collect();
        assert_eq!(closed, ["scripts/shared/a.rhai", "scripts/shared/b.rhai"]);
        assert_eq!(files("import name as a;").count(), library.0.len());
    }

    #[test]
    fn what_comes_with_the_program_is_sound() {
        let library = Library::standard();
        assert!(!library.0.is_empty());
        for name in library.0.keys() {
            library.find(name).unwrap_or_else(|_| panic!("{name}"));
        }
    }
}
