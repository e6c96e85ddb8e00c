//! What may an analysis ask of the program that runs it?

use std::marker::PhantomData;

use parallax_model::NoFindings;

use crate::abi::{AbiJob, AbiString, STATUS_FAILED, STATUS_OK, as_far_as};

/// One run of an analysis: its seed, and the way to tell how far it is.
#[derive(Clone, Copy, Debug)]
pub struct Job<'a> {
    seed: u64,
    raw: Option<Raw>,
    lent: PhantomData<&'a AbiJob>,
}

/// A job of the host: where it lies, and what of it the host's version has.
#[derive(Clone, Copy, Debug)]
struct Raw {
    address: *const AbiJob,
    known: AbiJob,
}

// SAFETY: the interface lets any thread use a job and its functions during the run; the pointer
// in it is the host's own and is never read here.
unsafe impl Send for Job<'_> {}
// SAFETY: as above.
unsafe impl Sync for Job<'_> {}

/// What a job of an older version does not have.
const NOBODYS: AbiJob = AbiJob {
    struct_size: 0,
    reserved: 0,
    id: 0,
    seed: 0,
    context: std::ptr::null_mut(),
    findings: None,
    reason: None,
    progress: None,
    table: None,
    parameter_i64: None,
    parameter_f64: None,
    parameter_bool: None,
    parameter_string: None,
    parameter_count: None,
};

impl Job<'_> {
    /// A run that nobody watches or stops: to call an analysis directly, as a test does.
    #[must_use]
    pub fn alone(seed: u64) -> Self {
        Self { seed, raw: None, lent: PhantomData }
    }

    /// # Safety
    /// The job is at least as long as in version 1.0, and it and its functions are as `abi.rs`
    /// says, for `'a`.
    pub(super) unsafe fn of(raw: *const AbiJob) -> Self {
        // SAFETY: the caller's promise.
        let known = unsafe { as_far_as(raw, (*raw).struct_size, NOBODYS) };
        Self { seed: known.seed, raw: Some(Raw { address: raw, known }), lent: PhantomData }
    }

    /// The seed of everything that is drawn by chance; the same study has the same seed.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// Tells that `done` of `total` steps are done. Long loops call it every so often.
    ///
    /// # Errors
    /// [`NoFindings::Cancelled`] when the run is to stop; pass it on with `?`.
    pub fn progress(&self, done: usize, total: usize) -> Result<(), NoFindings> {
        let Some((raw, progress)) =
            self.raw.and_then(|raw| Some((raw.address, raw.known.progress?)))
        else {
            return Ok(());
        };
        // SAFETY: a function of the host with its own job, which lives for `'a`.
        match unsafe { progress(raw, done as u64, total as u64) } {
            STATUS_OK => Ok(()),
            _ => Err(NoFindings::Cancelled),
        }
    }

    pub(super) fn id(&self) -> u64 {
        self.raw.map_or(0, |raw| raw.known.id)
    }

    /// Hands the findings to the host and returns the status to answer with.
    pub(super) fn hand_over(&self, findings_json: &str) -> i32 {
        let Some((raw, findings)) =
            self.raw.and_then(|raw| Some((raw.address, raw.known.findings?)))
        else {
            return STATUS_FAILED;
        };
        // SAFETY: a function of the host with its own job; it copies the text.
        unsafe { findings(raw, AbiString::lend(findings_json)) }
    }

    /// Hands the reason to the host and returns the status to answer with.
    pub(super) fn give_up(&self, status: i32, reason: &str) -> i32 {
        if let Some((raw, say)) = self.raw.and_then(|raw| Some((raw.address, raw.known.reason?)))
            && !reason.is_empty()
        {
            // SAFETY: a function of the host with its own job; it copies the text. A reason that
            // the host does not take changes nothing about the status.
            unsafe { say(raw, AbiString::lend(reason)) };
        }
        status
    }
}
