//! Is whatever a plugin does during a run taken as it is meant, and nothing it does believed?
//!
//! Each analysis here is called as one in C would be: through a function pointer, with a job.

mod parameters;
mod tables;

use std::ffi::c_void;
use std::ptr::{null, null_mut};

use parallax_model::Reading;
use parallax_plugin::abi::{AbiReading, STATUS_FAILED, STATUS_MALFORMED};
use parallax_plugin::columns::lend;
use serde_json::json;

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
            // SAFETY: the job stands during the call, and its functions are those of `job.rs`.
            unsafe {
                let $job = &*job;
                $body
            }
        }
        let agreed =
            Agreed { manifest_json: "{}", state: null_mut(), run, abi: [1, 0], model_version: 1 };
        outcome_of(&agreed, &|_, _| {})
    }};
}
use ran;

/// What comes of an analysis that is asked to stop, with these parameters and little room.
fn outcome_of(agreed: &Agreed, watch: &(dyn Fn(u64, u64) + Sync)) -> Outcome {
    let cancel = AtomicBool::new(true);
    let parameters = json!({
        "whole": 7, "part": 0.5, "yes": true, "name": "één", "off": null,
        "codes": ["P", "Q"], "deep": { "a/b": [[1]] }, "large": u64::MAX,
    });
    let Json::Object(parameters) = parameters else { panic!("is an object") };
    let lent = lend(whole()).expect("is whole");
    run(
        agreed,
        &lent,
        Asked { parameters: &parameters, seed: 7, cancel: &cancel, watch, room: 2_000 },
    )
}

fn whole() -> Reading<'static> {
    let mut reading = Reading { mapping: "m".into(), ..Reading::default() };
    reading.excerpts.code_offsets = vec![0].into();
    reading.sources.speaker_offsets = vec![0].into();
    reading.constraints.member_offsets = vec![0].into();
    reading
}

unsafe fn give(job: &AbiJob, text: AbiString) -> i32 {
    // SAFETY: the caller's promise.
    job.findings.map_or(STATUS_FAILED, |findings| unsafe { findings(job, text) })
}

fn listed(said: &[Outcome]) -> String {
    let lines: Vec<String> = said.iter().map(|outcome| format!("{outcome:?}")).collect();
    lines.join("\n")
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
    insta::assert_snapshot!(listed(&said), @r#"
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

#[test]
fn findings_in_parts_add_up_and_one_part_that_is_refused_refuses_all() {
    const ONE: &str =
        r#"[{"about": "a", "template": "t", "basis": {"kind": "none", "reason": "r"}}]"#;
    let Outcome::Found(twice) = ran!(|job| {
        give(job, AbiString::lend(ONE));
        give(job, AbiString::lend("[]"));
        give(job, AbiString::lend(ONE))
    }) else {
        panic!("should find something")
    };
    assert_eq!(twice.len(), 2);
    let said = [
        // What it answers to a refusal is not believed.
        ran!(|job| {
            give(job, AbiString::lend("[{"));
            give(job, AbiString::lend("[]"))
        }),
        ran!(|job| give(job, AbiString::lend(&" ".repeat(2_001)))),
        ran!(|job| {
            let part = format!("[]{}", " ".repeat(998));
            (0..3).fold(STATUS_OK, |_, _| give(job, AbiString::lend(&part)))
        }),
    ];
    insta::assert_snapshot!(listed(&said), @r#"
    Failed("its findings are not as their schema says: no JSON, column 2")
    Failed("it handed over more than the 2000 bytes there is room for")
    Failed("it handed over more than the 2000 bytes there is room for")
    "#);
}

#[test]
fn no_function_believes_that_a_job_is_one_or_lets_a_panic_through() {
    let said = [
        ran!(|job| job.findings.map_or(0, |findings| findings(null(), AbiString::lend("[]")))),
        ran!(|job| job.reason.map_or(0, |reason| reason(null(), AbiString::EMPTY))),
        ran!(|job| job.table.map_or(0, |table| table(null(), AbiString::EMPTY, null()))),
        ran!(|job| {
            let nobodys = AbiJob { context: null_mut(), ..*job };
            job.findings.map_or(0, |findings| findings(&raw const nobodys, AbiString::lend("[]")))
        }),
        ran!(|job| job.reason.map_or(0, |reason| {
            reason(job, AbiString { start: null(), len: 1 });
            STATUS_NOT_AVAILABLE
        })),
    ];
    insta::assert_snapshot!(listed(&said), @r#"
    Failed("it gave no reason (status -4)")
    Failed("it gave no reason (status -4)")
    Failed("it gave no reason (status -4)")
    Failed("it gave no reason (status -4)")
    Failed("it handed over a text that is no UTF-8")
    "#);
}

struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        panic!("dropped");
    }
}

#[test]
fn a_watcher_that_panics_costs_the_run_only() {
    unsafe extern "C" fn run(
        _: *mut c_void,
        job: *const AbiJob,
        _: *const AbiReading,
        _: AbiString,
    ) -> i32 {
        // SAFETY: the job stands during the call.
        unsafe { (*job).progress.map_or(STATUS_OK, |progress| progress(job, 1, 2)) }
    }
    let agreed =
        Agreed { manifest_json: "{}", state: null_mut(), run, abi: [1, 0], model_version: 1 };
    let lent = lend(whole()).expect("is whole");
    let asked = Asked {
        parameters: &Map::new(),
        seed: 0,
        cancel: &AtomicBool::new(false),
        watch: &|_, _| std::panic::panic_any(Bomb),
        room: 0,
    };
    let failed = Outcome::Failed("it gave no reason (status -1)".to_owned());
    assert_eq!(super::run(&agreed, &lent, asked), failed);
}
