//! Is a run like the one before, beside others and when it is cancelled?

mod turn;

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use parallax_plugin::columns::{Lent, lend_sound, tables};
use sha2::{Digest, Sha256};

use super::ran::{Answer, Fault, How, Ran, Tried};
use super::readings;
use crate::shelf::Lending;
use crate::shelf::library::trial::Tables;
use turn::Turn;

/// How many runs at once.
const AT_ONCE: usize = 4;
/// How often, on how many statements.
const ROUNDS: [(usize, usize); 2] = [(4, 20), (1, 90)];

/// Whether several runs at once find what one finds alone.
pub(super) fn several_threads(library: &Path) -> Result<String, String> {
    let tried = Tried::of(library)?;
    for (rounds, statements) in ROUNDS {
        let reading = readings::rich(statements);
        let lending = Lending::of(&reading);
        let alone = tried.run(&lending);
        if tried.run(&lending) != alone {
            return Ok("not even one after another are alike: see `same-bytes-twice`".to_owned());
        }
        for _ in 0..rounds {
            if at_once(&tried, &lending).iter().any(|ran| *ran != alone) {
                return Err(format!(
                    "{AT_ONCE} runs at once on one study do not find what one finds alone: keep \
                     what a run works with on its own stack or heap, not in static variables"
                ));
            }
        }
    }
    Ok(format!("{AT_ONCE} at once find what one finds alone"))
}

fn at_once(tried: &Tried, lending: &Lending<'_>) -> Vec<Ran> {
    let together = Barrier::new(AT_ONCE);
    let one = || {
        together.wait();
        tried.run(lending)
    };
    thread::scope(|scope| {
        let running: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(one)).collect();
        let lost = || Err(Fault::Failed("it failed: a thread ended by itself".to_owned()));
        running.into_iter().map(|ran| ran.join().unwrap_or_else(|_| lost())).collect()
    })
}

/// Whether the same study gives the same bytes. What is seen holds their hash, so that two
/// processes can be compared.
pub(super) fn same_bytes_twice(library: &Path) -> Result<String, String> {
    let tried = Tried::of(library)?;
    let (first, copy) = (readings::rich(90), readings::rich(90));
    let bytes = bytes(&tried.run(&Lending::of(&first)));
    // The same values at other places in memory.
    let elsewhere = [&copy, &first].map(|reading| self::bytes(&tried.run(&Lending::of(reading))));
    if elsewhere.iter().any(|again| *again != bytes) {
        return Err(DIFFERS.to_owned());
    }
    let mut hash = String::new();
    for byte in Sha256::digest(&bytes).iter().take(4) {
        let _never_fails = write!(hash, "{byte:02x}");
    }
    Ok(format!("{} bytes, SHA-256 {hash}…", bytes.len()))
}

/// What is wrong when a second run gives other bytes.
pub(super) const DIFFERS: &str = "the same study gave other findings the second time: use no clock, no addresses, no counter \
     that outlives a run, and no chance but the `seed` of the job; sort what comes out of a hash map";

fn bytes(ran: &Ran) -> Vec<u8> {
    match ran {
        Ok(Answer::Found(findings)) => serde_json::to_vec(findings).unwrap_or_default(),
        other => format!("{other:?}").into_bytes(),
    }
}

/// How soon a run has to stop, and how long is waited for one that does not.
const SOON: Duration = Duration::from_secs(1);
const PATIENCE: Duration = Duration::from_secs(3);
/// When it is cancelled: before it begins, and while it runs.
const CANCELLED_AFTER: [Duration; 2] = [Duration::ZERO, Duration::from_millis(20)];

/// Whether a run on many statements stops soon after it is cancelled.
pub(super) fn stops_when_cancelled(library: &Path, statements: usize) -> Result<String, String> {
    // Whoever does not stop keeps what it uses until the process ends.
    let tried: &'static Tried = Box::leak(Box::new(Tried::of(library)?));
    let reading = readings::rich(statements).with_cells();
    let lent = lend_sound(tables(&reading).map_err(|e| e.to_string())?);
    let lent: &'static Lent<'static> = Box::leak(Box::new(lent));
    let mut stopped = 0;
    for after in CANCELLED_AFTER {
        match cancelled(tried, lent, after)? {
            Some(Ok(Answer::Stopped)) => stopped += 1,
            Some(Err(fault)) => {
                tried.beside_the_plain(Err(fault)).map_err(|fault| {
                    format!(
                        "when it was cancelled {}; return what `progress` returned",
                        fault.told()
                    )
                })?;
            }
            Some(Ok(_)) | None => {}
        }
    }
    Ok(match stopped {
        0 => "it was done before anybody could cancel it".to_owned(),
        _ => "within a second".to_owned(),
    })
}

/// A run that is cancelled while it is on its way; none when it was done before.
fn cancelled(
    tried: &'static Tried,
    lent: &'static Lent<'static>,
    after: Duration,
) -> Result<Option<Ran>, String> {
    static CANCEL: AtomicBool = AtomicBool::new(false);
    CANCEL.store(after.is_zero(), Ordering::Relaxed);
    let (begun, has_begun) = mpsc::channel();
    let (done, is_done) = mpsc::channel();
    thread::spawn(move || {
        // Nobody listens to a run that came too late.
        let _unheard = begun.send(Turn::of_this_thread());
        let how = How { cancel: &CANCEL, ..tried.usual() };
        let _unheard = done.send(tried.run_on(Tables::Ours(lent), &how));
    });
    let mut turn = has_begun.recv().unwrap_or_default();
    if !after.is_zero() && is_done.recv_timeout(after).is_ok() {
        return Ok(None);
    }
    CANCEL.store(true, Ordering::Relaxed);
    turn.begin();
    let ran = loop {
        match is_done.recv_timeout(Duration::from_millis(20)) {
            Ok(ran) => break ran,
            Err(_) if turn.took() > PATIENCE => {
                return Err(format!(
                    "it still ran {} s after it was cancelled: {PROGRESS}",
                    PATIENCE.as_secs()
                ));
            }
            Err(_) => {}
        }
    };
    match turn.took() {
        took if took <= SOON => Ok(Some(ran)),
        took => Err(format!(
            "it went on for {:.1} s after it was cancelled: {PROGRESS}",
            took.as_secs_f64()
        )),
    }
}

const PROGRESS: &str = "call `progress` of the job every few milliseconds, and when it returns \
                        something other than PARALLAX_OK, return that";
