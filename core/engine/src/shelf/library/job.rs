//! How does one run of a native analysis go, from the reading to the outcome?

mod given;
mod parameter;
mod table;
#[cfg(test)]
mod tests;

use std::ptr::from_ref;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use parallax_model::{Finding, NoFindings, Outcome};
use parallax_plugin::abi::{
    AbiJob, AbiReading, AbiString, STATUS_CANCELLED, STATUS_NOT_AVAILABLE, STATUS_OK, size_u32,
};
use parallax_plugin::columns::Lent;
use serde_json::{Map, Value as Json};

use super::agree::Agreed;
use super::floating;
use given::{Context, Given};

/// How one run goes: what is chosen for it, and what bounds it.
#[derive(Clone, Copy)]
#[expect(missing_debug_implementations, reason = "a function cannot be shown")]
pub struct Asked<'a> {
    /// The parameters, which the schema of the analysis allows.
    pub parameters: &'a Map<String, Json>,
    /// The seed of everything drawn by chance.
    pub seed: u64,
    /// Once it is true, the run is to stop.
    pub cancel: &'a AtomicBool,
    /// Is told how far the run is: so many steps done, of so many.
    pub watch: &'a (dyn Fn(u64, u64) + Sync),
    /// How many bytes of findings and tables it may hand over.
    pub room: usize,
}

/// Runs an analysis on a reading.
pub(super) fn run(agreed: &Agreed, lent: &Lent<'_>, asked: Asked<'_>) -> Outcome {
    let Ok(parameters_json) = serde_json::to_string(asked.parameters) else {
        return Outcome::Failed("its parameters cannot be written as JSON".to_owned());
    };
    floating::unchanged(|| {
        // SAFETY: the reading is lent until the call is over.
        unsafe { call(agreed, lent.reading(), &parameters_json, JOB, asked) }
    })
    .outcome()
}

/// What a plugin returned, and what it handed over before.
pub(crate) struct Called {
    /// What it returned.
    pub(crate) status: i32,
    /// The findings with their tables; none when it handed over none, an empty list included.
    pub(crate) findings: Option<Result<Vec<Finding>, String>>,
    /// Why it found nothing, in its own words.
    pub(crate) reason: Option<String>,
    /// Why something that it handed over was not taken.
    pub(crate) refused: Option<String>,
}

/// How long a job is for a plugin of our version.
pub(super) const JOB: u32 = size_u32::<AbiJob>();

/// Room for a job of any version: what lies behind its end is nowhere anybody may jump to.
const BEHIND_A_JOB: [u64; 32] = [0x5a5a_5a5a_5a5a_5a5a; 32];

/// Calls a plugin with a job of `size` bytes, which are as many as one version has.
///
/// # Safety
/// The reading is as the interface says, and stands until the call is over.
pub(super) unsafe fn call(
    agreed: &Agreed,
    reading: *const AbiReading,
    parameters_json: &str,
    size: u32,
    asked: Asked<'_>,
) -> Called {
    let context = Context::of(asked);
    let job = AbiJob {
        struct_size: size,
        reserved: 0,
        id: next_id(),
        seed: asked.seed,
        context: from_ref(&context).cast_mut().cast(),
        findings: Some(given::findings),
        reason: Some(given::reason),
        progress: Some(given::progress),
        table: Some(given::table),
        parameter_i64: Some(parameter::i64),
        parameter_f64: Some(parameter::f64),
        parameter_bool: Some(parameter::bool),
        parameter_string: Some(parameter::string),
        parameter_count: Some(parameter::count),
    };
    let mut room = BEHIND_A_JOB;
    let bytes = (size as usize).min(size_of::<AbiJob>());
    let lend = AbiString::lend(parameters_json);
    // SAFETY: the room is longer than a job and aligned as one. The job, its context, the tables and
    // the parameters stand until the call is over; the plugin agreed on the interface, and that it
    // keeps to it cannot be known.
    let status = unsafe {
        std::ptr::copy_nonoverlapping(
            from_ref(&job).cast::<u8>(),
            room.as_mut_ptr().cast::<u8>(),
            bytes,
        );
        (agreed.run)(agreed.state, room.as_ptr().cast(), reading, lend)
    };
    let Given { findings, tables, reason, refused, .. } = context.given();
    let findings = findings.map(|findings| with_tables(findings, tables));
    Called { status, findings, reason, refused }
}

impl Called {
    fn outcome(self) -> Outcome {
        if let Some(refused) = self.refused {
            return Outcome::Failed(refused);
        }
        let reason = self.reason;
        match (self.status, self.findings) {
            (STATUS_OK, Some(findings)) => findings.map_or_else(Outcome::Failed, Outcome::Found),
            (STATUS_OK, None) => {
                Outcome::Failed(reason.unwrap_or_else(|| "it handed over no findings".to_owned()))
            }
            (STATUS_NOT_AVAILABLE, _) => {
                Outcome::NotAvailable(reason.unwrap_or_else(|| "it gave no reason".to_owned()))
            }
            (STATUS_CANCELLED, _) => Outcome::Failed(NoFindings::Cancelled.to_string()),
            (status, _) => Outcome::Failed(
                reason.unwrap_or_else(|| format!("it gave no reason (status {status})")),
            ),
        }
    }
}

/// Findings with the tables that were handed over apart, each in the finding that it is about.
fn with_tables(
    mut findings: Vec<Finding>,
    tables: Vec<(String, parallax_model::Table)>,
) -> Result<Vec<Finding>, String> {
    for (about, table) in tables {
        let Some(finding) = findings.iter_mut().find(|finding| finding.about == about) else {
            return Err(format!("it handed over a table about `{about}`, and no finding about it"));
        };
        finding.tables.push(table);
    }
    Ok(findings)
}

fn next_id() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}
