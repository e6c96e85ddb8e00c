//! What does a plugin hand over during a run, and is it taken?

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::Ordering;

use parallax_model::{Finding, Table};
use parallax_plugin::abi::{
    AbiJob, AbiString, AbiTable, STATUS_CANCELLED, STATUS_FAILED, STATUS_MALFORMED, STATUS_OK,
};

use super::Asked;
use super::table::taken;

/// What each call is counted for beside the bytes that it brings, so that calls which bring none end, too.
const CALL: usize = 64;
/// How many characters of a reason are kept.
const LEGIBLE: usize = 1_000;

/// What the functions of a job reach.
pub(super) struct Context<'c> {
    pub(super) asked: Asked<'c>,
    given: Mutex<Given>,
}

/// What the plugin gave so far.
#[derive(Default)]
pub(super) struct Given {
    /// The findings; none while it handed over none, an empty list included.
    pub(super) findings: Option<Vec<Finding>>,
    /// Tables, each with what the finding is about that it belongs to.
    pub(super) tables: Vec<(String, Table)>,
    /// Why it found nothing.
    pub(super) reason: Option<String>,
    /// Why something was not taken; then there are no findings.
    pub(super) refused: Option<String>,
    /// How many bytes it handed over.
    bytes: usize,
}

impl<'c> Context<'c> {
    pub(super) fn of(asked: Asked<'c>) -> Self {
        Self { asked, given: Mutex::default() }
    }

    /// What was given when the run is over.
    pub(super) fn given(self) -> Given {
        self.given.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    /// Enters `bytes` bytes by `put`, unless that is more than there is room for.
    fn take(&self, bytes: usize, put: impl FnOnce(&mut Given) -> Result<(), String>) -> i32 {
        let mut given = self.given.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        given.bytes = given.bytes.saturating_add(bytes).saturating_add(CALL);
        let taken = match given.bytes > self.asked.room {
            true => {
                // What is more than that will not be used, and gives way to the rest of the program.
                (given.findings, given.tables) = (None, Vec::new());
                let room = match self.asked.room / 1_000_000 {
                    0 => format!("{} bytes", self.asked.room),
                    megabytes => format!("{megabytes} MB"),
                };
                Err(format!("it handed over more than the {room} there is room for"))
            }
            false => put(&mut given),
        };
        match taken {
            Ok(()) => STATUS_OK,
            Err(why) => {
                given.refused.get_or_insert(why);
                STATUS_MALFORMED
            }
        }
    }
}

/// # Safety
/// `job` is NULL or a job of `run` that is not over.
pub(super) unsafe fn context<'c>(job: *const AbiJob) -> Option<&'c Context<'c>> {
    if !job.is_aligned() {
        return None;
    }
    // SAFETY: a job of `run` holds the address of a context that stands until the run is over.
    unsafe { job.as_ref()?.context.cast::<Context<'c>>().as_ref() }
}

/// No panic of ours goes through the frames of a plugin.
pub(super) fn guarded(f: impl FnOnce() -> i32) -> i32 {
    // Nothing is left half-made: the context is written in one step.
    catch_unwind(AssertUnwindSafe(f)).unwrap_or_else(|payload| {
        // Dropping it may panic again, out of this function: an abort.
        std::mem::forget(payload);
        STATUS_FAILED
    })
}

pub(super) unsafe extern "C" fn findings(job: *const AbiJob, json: AbiString) -> i32 {
    guarded(|| {
        // SAFETY: the plugin calls it with its job and a text that lives for the call.
        let (context, json) = unsafe { (context(job), json.read()) };
        let Some(context) = context else { return STATUS_MALFORMED };
        context.take(json.map_or(0, str::len), |given| {
            let json = json.ok_or_else(no_text)?;
            let more: Vec<Finding> = serde_json::from_str(json).map_err(|e| unfit(&e))?;
            given.findings.get_or_insert_default().extend(more);
            Ok(())
        })
    })
}

pub(super) unsafe extern "C" fn reason(job: *const AbiJob, text: AbiString) -> i32 {
    guarded(|| {
        // SAFETY: as above.
        let (context, text) = unsafe { (context(job), text.read()) };
        let Some(context) = context else { return STATUS_MALFORMED };
        context.take(text.map_or(0, str::len), |given| {
            given.reason = Some(cut(text.ok_or_else(no_text)?));
            Ok(())
        })
    })
}

pub(super) unsafe extern "C" fn table(
    job: *const AbiJob,
    about: AbiString,
    table: *const AbiTable,
) -> i32 {
    guarded(|| {
        // SAFETY: as above.
        let (context, about) = unsafe { (context(job), about.read()) };
        let Some(context) = context else { return STATUS_MALFORMED };
        // SAFETY: the table lives for the call, too.
        let table = unsafe { taken(table, context.asked.room) };
        let bytes = table.as_ref().map_or(0, |(_, bytes)| *bytes);
        let bytes = bytes.saturating_add(about.map_or(0, str::len));
        context.take(bytes, |given| {
            let about = about.ok_or_else(no_text)?;
            given.tables.push((about.to_owned(), table?.0));
            Ok(())
        })
    })
}

pub(super) unsafe extern "C" fn progress(job: *const AbiJob, done: u64, total: u64) -> i32 {
    // SAFETY: the plugin calls it with its job.
    guarded(|| match unsafe { context(job) } {
        Some(context) if context.asked.cancel.load(Ordering::Relaxed) => STATUS_CANCELLED,
        Some(context) => {
            (context.asked.watch)(done, total);
            STATUS_OK
        }
        None => STATUS_MALFORMED,
    })
}

/// The beginning of a text that is to be read by somebody.
fn cut(text: &str) -> String {
    match text.char_indices().nth(LEGIBLE) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn no_text() -> String {
    "it handed over a text that is no UTF-8".to_owned()
}

/// Why findings do not fit their schema. What serde says of a value would quote it, and values can
/// hold a participant's words; what it says of names does not.
fn unfit(error: &serde_json::Error) -> String {
    let said = error.to_string();
    let names = ["missing field", "unknown field", "unknown variant", "duplicate field"];
    let what = match names.iter().any(|name| said.starts_with(name)) {
        true => said,
        false if error.is_data() => format!("a value of another type, column {}", error.column()),
        false => format!("no JSON, column {}", error.column()),
    };
    format!("its findings are not as their schema says: {what}")
}
