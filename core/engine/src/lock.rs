//! From which files, by which program and with which analyses were the accepted findings made?
//!
//! `study.lock` says it: TOML that a person can read, with checksums that any computer can make
//! again (SHA-256 of the text as UTF-8 without byte order mark, every line ending as LF), so that
//! the same study on another system has the same ones. There are no paths of a machine in it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Where the lock stands, inside the study's folder.
pub const PLACE: &str = "study.lock";

/// The version of the format.
const VERSION: u32 = 1;

/// The numeric epoch of the program: it grows whenever a change of the program can change numbers
/// of a study that did not change.
pub const NUMERIC: u32 = 1;

/// The lock of a study.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Lock {
    /// The version of the format: 1.
    pub lock_version: u32,
    /// The program.
    pub engine: Engine,
    /// The settings that hold for all analyses.
    pub study: StudyLock,
    /// The last acceptance; absent where nothing was accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted: Option<LastAccepted>,
    /// The files that were read, in the order in which they are read.
    #[serde(default, rename = "input", skip_serializing_if = "Vec::is_empty")]
    pub inputs: Vec<Input>,
    /// The study's own scripts, and what they share.
    #[serde(default, rename = "script", skip_serializing_if = "Vec::is_empty")]
    pub scripts: Vec<Input>,
    /// The analyses that ran, with their versions, and where they come from.
    #[serde(default, rename = "analysis", skip_serializing_if = "Vec::is_empty")]
    pub analyses: Vec<AnalysisLock>,
    /// What was accepted.
    #[serde(default, rename = "finding", skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<FindingsLock>,
}

/// The program that made the findings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Engine {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its numeric epoch.
    pub numeric: u32,
}

impl Engine {
    /// This program.
    #[must_use]
    pub fn of_now() -> Self {
        let version = env!("CARGO_PKG_VERSION").to_owned();
        Self { name: "parallax".to_owned(), version, numeric: NUMERIC }
    }
}

/// What holds for all analyses.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct StudyLock {
    /// SHA-256 of what `study.yaml` says, comments and layout left out.
    pub settings: String,
    /// The seed of everything drawn by chance.
    pub seed: u64,
    /// How many participants withdrew since; their rows are in nothing that is kept.
    #[serde(default, skip_serializing_if = "is_none")]
    pub withdrawals: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde lends what it asks about")]
fn is_none(count: &u32) -> bool {
    *count == 0
}

/// Who accepted something last, whatever the clock said before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LastAccepted {
    /// The day, as YYYY-MM-DD.
    pub date: String,
    /// Who.
    pub by: String,
}

/// A file that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Input {
    /// Its name inside the study, with `/` between folders.
    pub path: String,
    /// SHA-256 of its text.
    pub text_sha256: String,
    /// How many rows it has, for a table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<usize>,
    /// SHA-256 of what is kept of it without people's words; absent where nothing is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept_sha256: Option<String>,
}

/// An analysis that ran.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AnalysisLock {
    /// Its id.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Where it comes from: `built-in`, `plugin` for one that the user trusts, or the script of the
    /// study.
    pub source: String,
    /// SHA-256 of the script's text; absent for plugins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text_sha256: Option<String>,
    /// SHA-256 of the library of a plugin that does not come with the program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
}

/// What was accepted of one analysis, or of the claims.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FindingsLock {
    /// The analysis; `claims` for the claims of a report.
    pub analysis: String,
    /// The file that holds it.
    pub file: String,
    /// SHA-256 of the file.
    pub sha256: String,
    /// The files that the analysis reads.
    pub reads: Vec<String>,
    /// SHA-256 of its parameters as JSON with sorted keys.
    pub params: String,
    /// The day on which something of it was accepted last, as YYYY-MM-DD.
    pub accepted: String,
    /// Who accepted it.
    pub by: String,
}

impl Lock {
    /// A lock of this program without files and findings.
    #[must_use]
    pub fn of_now(study: StudyLock) -> Self {
        let (accepted, inputs, scripts, analyses, findings) = Default::default();
        let engine = Engine::of_now();
        Self { lock_version: VERSION, engine, study, accepted, inputs, scripts, analyses, findings }
    }

    /// The lock from the text of its file.
    ///
    /// # Errors
    /// When it is none, with the line and what is wrong with it.
    pub fn read(text: &str) -> Result<Self, NotALock> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let version =
            |value: &toml::Table| value.get("lock-version").and_then(toml::Value::as_integer);
        if let Ok(table) = text.parse::<toml::Table>()
            && version(&table).is_some_and(|version| version > VERSION.into())
        {
            return Err(NotALock {
                is_newer: true,
                line: None,
                message: "it was written by a newer parallax".to_owned(),
            });
        }
        toml::from_str(text).map_err(|error| {
            let before = error.span().map(|span| &text[..span.start.min(text.len())]);
            NotALock {
                is_newer: false,
                line: before.map(|before| before.matches('\n').count() + 1),
                message: "it is not as parallax writes it".to_owned(),
            }
        })
    }

    /// The text of its file.
    #[must_use]
    pub fn text(&self) -> String {
        let body =
            toml::to_string(self).expect("a lock holds texts, numbers and lists, which TOML has");
        format!(
            "# Written by parallax {} when findings were accepted. Do not edit.\n{body}",
            self.engine.version
        )
    }

    /// What was accepted of an analysis.
    #[must_use]
    pub fn findings_of(&self, analysis: &str) -> Option<&FindingsLock> {
        self.findings.iter().find(|findings| findings.analysis == analysis)
    }

    /// The day of the last acceptance, and who accepted.
    #[must_use]
    pub fn last(&self) -> Option<(&str, &str)> {
        self.accepted.as_ref().map(|last| (last.date.as_str(), last.by.as_str()))
    }
}

/// Why a text is no lock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotALock {
    /// Whether a newer program wrote it.
    pub is_newer: bool,
    /// The line, from 1, where one is to blame.
    pub line: Option<usize>,
    /// What is wrong with it, without a full stop.
    pub message: String,
}

impl fmt::Display for NotALock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "line {line}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for NotALock {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_reads_back_as_it_was_written() {
        let mut lock = Lock::of_now(StudyLock {
            settings: "sha256:6b1f".to_owned(),
            seed: 42,
            withdrawals: 1,
        });
        lock.inputs.push(Input {
            path: "statements.csv".to_owned(),
            text_sha256: "9f2c".to_owned(),
            rows: Some(372),
            kept_sha256: None,
        });
        lock.findings.push(FindingsLock {
            analysis: "agreement".to_owned(),
            file: "findings/accepted/agreement.json".to_owned(),
            sha256: "c0de".to_owned(),
            reads: vec!["statements.csv".to_owned()],
            params: "sha256:01ab".to_owned(),
            accepted: "2026-11-20".to_owned(),
            by: "RdV".to_owned(),
        });
        lock.accepted = Some(LastAccepted { date: "2026-11-20".to_owned(), by: "RdV".to_owned() });
        let text = lock.text();
        assert_eq!(Lock::read(&text), Ok(lock));
        assert_eq!(Lock::read(&text.replace('\n', "\r\n")).map(|lock| lock.text()), Ok(text));
    }

    #[test]
    fn what_is_no_lock_is_told_with_its_line() {
        let text = Lock::of_now(StudyLock::default()).text();
        let wrong = Lock::read(&text.replace("seed = 0", "seed = x")).expect_err("is no TOML");
        assert_eq!(wrong.line, Some(11));
        let newer = Lock::read(&text.replace("lock-version = 1", "lock-version = 2"));
        let newer = newer.expect_err("is from the future");
        assert_eq!(newer.to_string(), "it was written by a newer parallax");
    }
}
