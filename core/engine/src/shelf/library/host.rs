//! What does a plugin see of the program that runs it?

use std::panic::catch_unwind;
use std::ptr::from_ref;

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
};

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
    let _ = catch_unwind(|| {
        // SAFETY: the caller's promise.
        let texts = unsafe { (target.read(), message.read(), fields.read()) };
        let (Some(from), Some(message), Some(fields)) = texts else { return };
        match level {
            LEVEL_ERROR => tracing::error!(target: "plugin", job, from, fields, "{message}"),
            LEVEL_WARN => tracing::warn!(target: "plugin", job, from, fields, "{message}"),
            LEVEL_INFO => tracing::info!(target: "plugin", job, from, fields, "{message}"),
            LEVEL_DEBUG => tracing::debug!(target: "plugin", job, from, fields, "{message}"),
            _ => tracing::trace!(target: "plugin", job, from, fields, "{message}"),
        }
    });
}
