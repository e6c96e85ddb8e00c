//! How does one run of a native analysis go, from the reading to the outcome?

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr::from_ref;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use parallax_model::{NoFindings, Outcome, Reading};
use parallax_plugin::abi::{
    AbiJob, AbiString, STATUS_CANCELLED, STATUS_FAILED, STATUS_MALFORMED, STATUS_NOT_AVAILABLE,
    STATUS_OK, size_u32,
};
use parallax_plugin::columns::{lend, tables};
use serde_json::{Map, Value as Json};

use super::agree::Agreed;

/// What the functions of a job reach.
struct Context<'c> {
    cancel: &'c AtomicBool,
    given: Mutex<Given>,
}

/// What the plugin gave so far.
#[derive(Default)]
struct Given {
    findings: Option<String>,
    reason: Option<String>,
}

/// Runs an analysis on a reading. The parameters are those that its schema allows.
pub(super) fn run(
    agreed: &Agreed,
    reading: &Reading<'_>,
    parameters: &Map<String, Json>,
    seed: u64,
    cancel: &AtomicBool,
) -> Outcome {
    let tables = match tables(reading) {
        Ok(tables) => tables,
        Err(malformed) => return Outcome::Failed(malformed.to_string()),
    };
    let Ok(parameters) = serde_json::to_string(parameters) else {
        return Outcome::Failed("its parameters cannot be written as JSON".to_owned());
    };
    let lent = lend(&tables);
    let context = Context { cancel, given: Mutex::default() };
    let job = AbiJob {
        struct_size: size_u32::<AbiJob>(),
        reserved: 0,
        id: next_id(),
        seed,
        context: from_ref(&context).cast_mut().cast(),
        findings: Some(findings),
        reason: Some(reason),
        progress: Some(progress),
    };
    // SAFETY: the job, its context, the tables and the parameters stand until the call is over;
    // the plugin agreed on the interface, and that it keeps to it cannot be known.
    let status = unsafe {
        (agreed.run)(agreed.state, &raw const job, lent.reading(), AbiString::lend(&parameters))
    };
    let given = context.given.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner());
    outcome(status, given)
}

fn outcome(status: i32, given: Given) -> Outcome {
    let reason = given.reason;
    match (status, given.findings) {
        (STATUS_OK, Some(json)) => {
            serde_json::from_str(&json).map_or_else(|e| Outcome::Failed(unfit(&e)), Outcome::Found)
        }
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

fn next_id() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

unsafe extern "C" fn findings(job: *const AbiJob, json: AbiString) -> i32 {
    // SAFETY: the plugin calls it with its job and a text that lives for the call.
    unsafe { take(job, json, |given, text| given.findings = Some(text)) }
}

unsafe extern "C" fn reason(job: *const AbiJob, text: AbiString) -> i32 {
    // SAFETY: as above.
    unsafe { take(job, text, |given, text| given.reason = Some(text)) }
}

unsafe extern "C" fn progress(job: *const AbiJob, _done: u64, _total: u64) -> i32 {
    // SAFETY: the plugin calls it with its job.
    guarded(|| match unsafe { context(job) } {
        Some(context) if context.cancel.load(Ordering::Relaxed) => STATUS_CANCELLED,
        Some(_) => STATUS_OK,
        None => STATUS_MALFORMED,
    })
}

/// Copies a text of the plugin before the call returns.
///
/// # Safety
/// `job` is NULL or a job of [`run`] that is not over; `text` lives for the call.
unsafe fn take(job: *const AbiJob, text: AbiString, put: fn(&mut Given, String)) -> i32 {
    guarded(|| {
        // SAFETY: the caller's promise.
        let (context, text) = unsafe { (context(job), text.read()) };
        let Some(context) = context else { return STATUS_MALFORMED };
        let mut given = context.given.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if let Some(text) = text {
            put(&mut given, text.to_owned());
            STATUS_OK
        } else {
            given.reason = Some("it handed over a text that is no UTF-8".to_owned());
            STATUS_MALFORMED
        }
    })
}

/// # Safety
/// As [`take`].
unsafe fn context<'c>(job: *const AbiJob) -> Option<&'c Context<'c>> {
    // SAFETY: a job of `run` holds the address of a context that stands until the run is over.
    unsafe { job.as_ref()?.context.cast::<Context<'c>>().as_ref() }
}

/// No panic of ours goes through the frames of a plugin.
fn guarded(f: impl FnOnce() -> i32) -> i32 {
    // Nothing is left half-made: the context is written in one step.
    catch_unwind(AssertUnwindSafe(f)).unwrap_or(STATUS_FAILED)
}

#[cfg(test)]
mod tests {
    use std::ffi::c_void;
    use std::ptr::{null, null_mut};

    use parallax_plugin::abi::AbiReading;

    use super::*;

    /// The outcome of an analysis whose `run` does this with its job.
    macro_rules! ran {
        (|$job:ident| $body:expr) => {{
            unsafe extern "C" fn run(
                _: *mut c_void,
                job: *const AbiJob,
                _: *const AbiReading,
                _: AbiString,
            ) -> i32 {
                // SAFETY: the job stands during the call, and its functions are those above.
                unsafe {
                    let $job = &*job;
                    $body
                }
            }
            let agreed = Agreed { manifest_json: "{}", state: null_mut(), run };
            let cancelled = AtomicBool::new(true);
            super::run(
                &agreed,
                &Reading { mapping: "m".into(), ..whole() },
                &Map::new(),
                7,
                &cancelled,
            )
        }};
    }

    fn whole() -> Reading<'static> {
        let mut reading = Reading::default();
        reading.excerpts.code_offsets = vec![0].into();
        reading.sources.speaker_offsets = vec![0].into();
        reading.constraints.member_offsets = vec![0].into();
        reading
    }

    unsafe fn give(job: &AbiJob, text: AbiString) -> i32 {
        // SAFETY: the caller's promise.
        job.findings.map_or(STATUS_FAILED, |findings| unsafe { findings(job, text) })
    }

    #[test]
    fn what_a_plugin_hands_over_is_looked_at() {
        let said = [
            ran!(|job| give(job, AbiString::lend("[]"))),
            ran!(|_job| STATUS_OK),
            ran!(|job| give(job, AbiString { start: null(), len: 3 })),
            ran!(|job| give(job, AbiString { start: [0xff_u8].as_ptr().cast(), len: 1 })),
            ran!(|job| give(job, AbiString::lend("[{"))),
            ran!(|job| give(job, AbiString::lend(r#"[{"about": "a", "colour": 1}]"#))),
            ran!(|job| give(job, AbiString::lend(r#"["somebody's words"]"#))),
            ran!(|_job| -77),
            ran!(|job| job.reason.map_or(0, |reason| {
                reason(job, AbiString::lend("it ran out of luck"));
                STATUS_FAILED
            })),
            ran!(|job| job.progress.map_or(0, |progress| progress(job, 1, 2))),
            ran!(|job| job.progress.map_or(0, |progress| progress(null(), 1, 2))),
            ran!(|job| if job.seed == 7 { STATUS_NOT_AVAILABLE } else { STATUS_FAILED }),
        ];
        let said: Vec<String> = said.iter().map(|outcome| format!("{outcome:?}")).collect();
        insta::assert_snapshot!(said.join("\n"), @r#"
        Found([])
        Failed("it handed over no findings")
        Failed("it handed over a text that is no UTF-8")
        Failed("it handed over a text that is no UTF-8")
        Failed("its findings are not as their schema says: no JSON, column 2")
        Failed("its findings are not as their schema says: unknown field `colour`, expected one of `about`, `template`, `values`, `measures`, `tables`, `figures`, `caveats`, `basis` at line 1 column 24")
        Failed("its findings are not as their schema says: a value of another type, column 19")
        Failed("it gave no reason (status -77)")
        Failed("it ran out of luck")
        Failed("the analysis was cancelled")
        Failed("it gave no reason (status -4)")
        NotAvailable("it gave no reason")
        "#);
    }
}
