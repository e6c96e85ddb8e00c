//! How does an analysis of somebody else run where it can hurt neither the study nor the report?
//!
//! In a process of its own: this program again, as a worker that is lent the study read-only, loads
//! one library, runs one analysis, and answers. Whatever becomes of it, the report is told.

use std::path::{Path, PathBuf};

use parallax_model::Manifest;
use serde::{Deserialize, Serialize};

/// How workers are started, and what bounds them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workshop {
    /// The program that is started again as a worker.
    pub program: PathBuf,
    /// What bounds it.
    pub limits: Limits,
}

/// What an analysis from outside may take. The user sets it, never a study.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Seconds by the clock.
    pub seconds: u64,
    /// Megabytes of memory beside the study.
    pub megabytes: u64,
    /// Megabytes of findings.
    pub findings_megabytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { seconds: 300, megabytes: 4_096, findings_megabytes: 256 }
    }
}

/// What a library says of itself, learnt in a worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Described {
    /// Its manifest.
    pub manifest: Manifest,
    /// The version of the interface that it speaks: major and minor.
    pub abi: [u16; 2],
    /// The version of the tables that it was written for.
    pub model_version: u32,
}

/// What a library says of itself. Its code runs for that, in a worker.
///
/// # Errors
/// A sentence about why it is no plugin that this program can run, or how the worker ended.
pub fn describe(_library: &Path, _workshop: &Workshop) -> Result<Described, String> {
    Err("workers are not there yet".to_owned())
}
