//! How do the events of a plugin reach the program's subscriber?
//!
//! A library has its own copy of `tracing`, whose events nobody would see. This subscriber, set in
//! that copy, passes them on to the host. Events carry ids and counts, never a participant's words.

use std::cell::Cell;
use std::fmt;
use std::sync::OnceLock;

use serde_json::{Map, Value as Json};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::{Interest, set_global_default};
use tracing::{Event, Level, Metadata, Subscriber};

use crate::abi::{
    AbiHost, AbiString, LEVEL_DEBUG, LEVEL_ERROR, LEVEL_INFO, LEVEL_TRACE, LEVEL_WARN,
};

static HOST: OnceLock<AbiHost> = OnceLock::new();

thread_local! {
    static JOB: Cell<u64> = const { Cell::new(0) };
}

/// Sends the events of this image to the host. The first host stays: there is one per process.
pub(super) fn install(host: &AbiHost) {
    if HOST.set(*host).is_ok() {
        // Somebody else's subscriber in this image keeps its place; only events are lost.
        let _ = set_global_default(ToHost);
    }
}

/// The events of this thread belong to a job until the answer is dropped.
pub(super) fn enter(job: u64) -> Entered {
    Entered { before: JOB.replace(job) }
}

/// While it stands, the events of the thread belong to a job.
pub(super) struct Entered {
    before: u64,
}

impl Drop for Entered {
    fn drop(&mut self) {
        JOB.set(self.before);
    }
}

struct ToHost;

impl Subscriber for ToHost {
    fn register_callsite(&self, _: &'static Metadata<'static>) -> Interest {
        // What the host wants may change at any time.
        Interest::sometimes()
    }

    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        let Some(wanted) = HOST.get().and_then(|host| host.log_level) else { return false };
        // SAFETY: a function of the host without arguments.
        number(*metadata.level()) <= unsafe { wanted() }
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        // Spans stay on this side: the host has one of its own around the run.
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let Some(log) = HOST.get().and_then(|host| host.log) else { return };
        let mut written = Written::default();
        event.record(&mut written);
        let fields = if written.fields.is_empty() {
            String::new()
        } else {
            Json::Object(written.fields).to_string()
        };
        let level = number(*event.metadata().level());
        let target = AbiString::lend(event.metadata().target());
        // SAFETY: a function of the host; it copies the texts.
        unsafe {
            log(
                JOB.get(),
                level,
                target,
                AbiString::lend(&written.message),
                AbiString::lend(&fields),
            );
        }
    }
}

fn number(level: Level) -> u32 {
    match level {
        Level::ERROR => LEVEL_ERROR,
        Level::WARN => LEVEL_WARN,
        Level::INFO => LEVEL_INFO,
        Level::DEBUG => LEVEL_DEBUG,
        Level::TRACE => LEVEL_TRACE,
    }
}

/// An event as it is written for the host.
#[derive(Default)]
struct Written {
    message: String,
    fields: Map<String, Json>,
}

impl Written {
    fn put(&mut self, field: &Field, value: impl Into<Json>) {
        self.fields.insert(field.name().to_owned(), value.into());
    }
}

impl Visit for Written {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let text = format!("{value:?}");
        if field.name() == "message" { self.message = text } else { self.put(field, text) }
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.put(field, value);
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.put(field, value);
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.put(field, value);
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        self.put(field, value);
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.put(field, value);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;
    use crate::abi::{ABI_MAJOR, ABI_MINOR, MAGIC, size_u32};

    static SAID: Mutex<Vec<String>> = Mutex::new(Vec::new());

    unsafe extern "C" fn log_level() -> u32 {
        LEVEL_INFO
    }

    unsafe extern "C" fn log(
        job: u64,
        level: u32,
        _: AbiString,
        message: AbiString,
        fields: AbiString,
    ) {
        // SAFETY: the texts live for the call.
        let (message, fields) = unsafe { (message.read(), fields.read()) };
        let said = format!("{job} {level} {message:?} {fields:?}");
        SAID.lock().expect("not poisoned").push(said);
    }

    #[test]
    fn events_reach_the_host_with_their_job_and_fields() {
        let host = AbiHost {
            magic: MAGIC,
            struct_size: size_u32::<AbiHost>(),
            abi_major: ABI_MAJOR,
            abi_minor: ABI_MINOR,
            reserved: 0,
            image: std::ptr::null(),
            name: AbiString::EMPTY,
            version: AbiString::EMPTY,
            log_level: Some(log_level),
            log: Some(log),
            get_extension: None,
        };
        install(&host);
        {
            let _entered = enter(7);
            tracing::warn!(rows = 3, code = "P", "counted {}", 2);
            tracing::debug!("not wanted");
        }
        tracing::info!("outside");
        let said = SAID.lock().expect("not poisoned").join("\n");
        let expected = "7 2 Some(\"counted 2\") Some(\"{\\\"code\\\":\\\"P\\\",\\\"rows\\\":3}\")\n\
                        0 3 Some(\"outside\") Some(\"\")";
        assert_eq!(said, expected);
    }
}
