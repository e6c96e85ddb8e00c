//! What does a plugin see of the program that runs it?

use std::ffi::c_void;
use std::panic::catch_unwind;
use std::ptr::{from_ref, null};

use parallax_plugin::abi::{
    ABI_MAJOR, ABI_MINOR, AbiHost, AbiString, LEVEL_DEBUG, LEVEL_ERROR, LEVEL_INFO, LEVEL_TRACE,
    LEVEL_WARN, MAGIC, size_u32,
};
use parallax_plugin::export::IMAGE;
use tracing::level_filters::LevelFilter;

/// This program, for every plugin and as long as the process.
pub(super) static HOST: AbiHost = AbiHost {
    magic: MAGIC,
    struct_size: size_u32::<AbiHost>(),
    abi_major: ABI_MAJOR,
    abi_minor: ABI_MINOR,
    reserved: 0,
    image: from_ref(&IMAGE).cast(),
    name: AbiString::lend("parallax"),
    version: AbiString::lend(env!("CARGO_PKG_VERSION")),
    log_level: Some(log_level),
    log: Some(log),
    get_extension: Some(get_extension),
};

/// Version 1.1 has no extension yet; whoever asks for one is told so.
unsafe extern "C" fn get_extension(_: AbiString) -> *const c_void {
    null()
}

unsafe extern "C" fn log_level() -> u32 {
    match LevelFilter::current() {
        LevelFilter::OFF => 0,
        LevelFilter::ERROR => LEVEL_ERROR,
        LevelFilter::WARN => LEVEL_WARN,
        LevelFilter::INFO => LEVEL_INFO,
        LevelFilter::DEBUG => LEVEL_DEBUG,
        LevelFilter::TRACE => LEVEL_TRACE,
    }
}

/// # Safety
/// The texts live for the call, as the interface says.
unsafe extern "C" fn log(
    job: u64,
    level: u32,
    target: AbiString,
    message: AbiString,
    fields: AbiString,
) {
    // An event that cannot be read, or a subscriber that panics, is no reason to stop a run.
    let logged = catch_unwind(|| {
        // SAFETY: the caller's promise.
        let texts = unsafe { (target.read(), message.read(), fields.read()) };
        let (Some(from), Some(message), Some(fields)) = texts else { return };
        let (from, message, fields) = (cut(from), cut(message), cut(fields));
        match level {
            LEVEL_ERROR => tracing::error!(target: "plugin", job, from, fields, "{message}"),
            LEVEL_WARN => tracing::warn!(target: "plugin", job, from, fields, "{message}"),
            LEVEL_INFO => tracing::info!(target: "plugin", job, from, fields, "{message}"),
            LEVEL_DEBUG => tracing::debug!(target: "plugin", job, from, fields, "{message}"),
            _ => tracing::trace!(target: "plugin", job, from, fields, "{message}"),
        }
    });
    // Dropping what it panicked with may panic again, out of this function: an abort.
    logged.unwrap_or_else(std::mem::forget);
}

/// As much of a text as anybody reads in a log: at most 1,000 characters.
fn cut(text: &str) -> &str {
    text.char_indices().nth(1_000).map_or(text, |(end, _)| &text[..end])
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use tracing_subscriber::fmt::MakeWriter;

    use super::*;

    #[derive(Clone, Default)]
    struct Sink(Arc<Mutex<Vec<u8>>>);

    impl std::io::Write for Sink {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().expect("not poisoned").write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    impl MakeWriter<'_> for Sink {
        type Writer = Self;

        fn make_writer(&self) -> Self {
            self.clone()
        }
    }

    #[test]
    fn an_event_of_a_plugin_is_one_of_ours_and_one_that_cannot_be_read_is_none() {
        let sink = Sink::default();
        let subscriber = tracing_subscriber::fmt().with_writer(sink.clone()).without_time();
        tracing::subscriber::with_default(subscriber.with_ansi(false).finish(), || {
            let lost = AbiString { start: null(), len: 5 };
            for target in [AbiString::lend("word_count"), lost] {
                let (message, fields) = (AbiString::lend("counted"), AbiString::lend("{}"));
                // SAFETY: the texts outlive the call; one of them says that it lies at NULL.
                unsafe { log(7, LEVEL_WARN, target, message, fields) };
            }
        });
        let said = String::from_utf8(sink.0.lock().expect("not poisoned").clone());
        assert_eq!(
            said.as_deref(),
            Ok(" WARN plugin: counted job=7 from=\"word_count\" fields=\"{}\"\n")
        );
    }
}
