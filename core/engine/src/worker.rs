//! What does this program do when it is the worker in which an analysis of somebody else runs?
//!
//! It takes one order, bounds itself, loads one library, and answers. `shelf::apart` starts it and
//! looks after it.

mod bounds;
mod log;

use std::fs::File;
use std::io::{self, Read};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use parallax_plugin::columns::lend_sound;

use crate::conformance;
use crate::shelf::apart::message::{Order, Said, Task, receive, send};
use crate::shelf::apart::study::{Contents, MappedStudy};
use crate::shelf::apart::{Described, same_library};
use crate::shelf::{Asked, NativeAnalysis};

/// The longest order that is taken.
const ORDER: usize = 64 << 20;
/// How long an analysis may go on when nobody waits for it any more.
const GRACE: Duration = Duration::from_secs(2);
/// How often it is told how far an analysis is.
const TICK: Duration = Duration::from_millis(100);

/// The way on which a worker answers. It is open as long as the process, unless a library closes it.
#[derive(Clone, Copy, Debug)]
struct Answers(&'static Mutex<File>);

impl Answers {
    fn say(self, said: &Said) -> io::Result<()> {
        let mut to = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        send(&mut *to, said)
    }
}

/// Does what is ordered on `orders` and answers on `answers`, which is nobody else's. The worker is
/// to be ended as soon as `orders` ends.
///
/// # Errors
/// When there is no order, or no way to answer any more.
pub fn serve(mut orders: impl Read + Send + 'static, answers: File) -> io::Result<()> {
    let order: Option<(Order, Option<i32>)> = receive(&mut orders, ORDER)?;
    let (order, study) = order.ok_or(io::ErrorKind::UnexpectedEof)?;
    // What a library may have closed is never closed by this program, which would take that for a
    // fault of its own.
    let answers = Answers(Box::leak(Box::new(Mutex::new(answers))));
    let study = study.map(bounds::lent).transpose()?.map(|study| &*Box::leak(Box::new(study)));
    bounds::set(order.limits, study)?;
    let cancel = Arc::new(AtomicBool::new(false));
    ends_with(orders, Arc::clone(&cancel));
    log::install(order.log, answers);
    answers.say(&done(&order, study, &cancel, answers))
}

/// The last thing to say.
fn done(order: &Order, study: Option<&File>, cancel: &AtomicBool, answers: Answers) -> Said {
    if let Some(sha256) = &order.sha256
        && let Err(changed) = same_library(&order.library, sha256)
    {
        return Said::Refused(changed);
    }
    let loaded = || NativeAnalysis::open(&order.library).map_err(|refused| refused.to_string());
    let said = match (&order.task, study) {
        (Task::Trial { name }, _) => Ok(Said::Tried(conformance::trial(name, &order.library))),
        (Task::Describe, _) => loaded().map(|native| Said::Described(Box::new(described(&native)))),
        (Task::Run { parameters, seed, contents }, Some(study)) => loaded().and_then(|native| {
            let tell = Tell { answers, last: Mutex::new(None) };
            let watch = |done, total| tell.progress(done, total);
            let room = order.limits.room();
            let asked = Asked { parameters, seed: *seed, cancel, watch: &watch, room };
            run(&native, study, contents, asked)
        }),
        (Task::Run { .. }, None) => Err("there is no study to run it on".to_owned()),
    };
    said.unwrap_or_else(Said::Refused)
}

fn described(native: &NativeAnalysis) -> Described {
    Described {
        manifest: native.manifest().clone(),
        abi: native.abi(),
        model_version: native.model_version(),
    }
}

fn run(
    native: &NativeAnalysis,
    study: &File,
    contents: &Contents,
    asked: Asked<'_>,
) -> Result<Said, String> {
    let study = MappedStudy::of(study).map_err(|e| format!("the study cannot be mapped: {e}"))?;
    let lent = lend_sound(study.tables(contents)?);
    let begun = now();
    let outcome = native.run_on(&lent, asked);
    let nanoseconds = u64::try_from(begun.elapsed().as_nanos()).unwrap_or(u64::MAX);
    Ok(Said::Done { outcome, nanoseconds })
}

/// Tells how far an analysis is, not more often than anybody can see.
struct Tell {
    answers: Answers,
    last: Mutex<Option<Instant>>,
}

impl Tell {
    fn progress(&self, done: u64, total: u64) {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if last.is_none_or(|last| last.elapsed() > TICK) {
            *last = Some(now());
            let _nobody_listens = self.answers.say(&Said::Progress(done, total));
        }
    }
}

/// When the orders end, nobody waits for an answer: the analysis is asked to stop, and made to soon
/// after. So nothing is left behind by a program that was killed.
fn ends_with(mut orders: impl Read + Send + 'static, cancel: Arc<AtomicBool>) {
    thread::spawn(move || {
        let mut rest = [0; 64];
        while let Ok(1..) = orders.read(&mut rest) {}
        cancel.store(true, Ordering::Relaxed);
        thread::sleep(GRACE);
        bounds::end();
    });
}

#[expect(clippy::disallowed_methods, reason = "how long something took; no finding depends on it")]
fn now() -> Instant {
    Instant::now()
}
