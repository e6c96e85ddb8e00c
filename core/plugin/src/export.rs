//! How does one function of an author become an analysis that any program can call through C?

mod events;
mod guard;
mod job;
mod manifest;

use std::ffi::c_void;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};

use parallax_model::{Finding, NoFindings, Reading};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use crate::abi::{
    ABI_MAJOR, ABI_MINOR, AbiEntry, AbiHost, AbiJob, AbiPlugin, AbiReading, AbiString, MAGIC,
    MODEL_VERSION, STATUS_CANCELLED, STATUS_FAILED, STATUS_MALFORMED, STATUS_NOT_AVAILABLE,
    STATUS_OK, STATUS_PANICKED, STATUS_VERSION, as_far_as, first, size_u32,
};
use crate::columns::{self, Lent};

pub use job::Job;
pub use manifest::{NoParameters, manifest};

/// Exports an analysis: the symbol of its entry, the text of its manifest, and its function.
///
/// ```
/// use parallax_plugin::prelude::*;
///
/// /// Which statements count.
/// #[derive(Deserialize, Serialize, JsonSchema)]
/// #[serde(deny_unknown_fields)]
/// struct Parameters {
///     /// Only statements with this stance.
///     #[serde(default)]
///     stance: Option<String>,
/// }
///
/// fn analyse(reading: &Reading<'_>, _: &Parameters, job: &Job<'_>) -> Found {
///     job.progress(0, reading.statements.len())?;
///     Err(NoFindings::not_available("nothing to count"))
/// }
///
/// export_analysis!(parallax_plugin_count_them, "{}", analyse);
/// # assert_eq!(ENTRY.symbol(), "parallax_plugin_count_them");
/// ```
///
/// It makes the function `parallax_plugin_<id>`, which a program finds in the library, and the
/// constant `ENTRY`, by which a Rust program that links the crate takes the analysis in. The
/// manifest usually stands beside the code: `include_str!("manifest.json")`. Its `parameters` are
/// filled in from the type of the function's parameters.
#[macro_export]
macro_rules! export_analysis {
    ($symbol:ident, $manifest:expr, $analyse:path $(,)?) => {
        #[cfg(panic = "abort")]
        compile_error!("a plugin needs `panic = \"unwind\"`: a panic would end the host");

        /// The entry of this analysis for a program that loads the library.
        ///
        /// # Safety
        /// As `parallax_plugin::abi` says: `host` lives as long as the process, and `plugin` has
        /// the room that it says.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $symbol(
            host: *const $crate::abi::AbiHost,
            plugin: *mut $crate::abi::AbiPlugin,
        ) -> i32 {
            static EXPORTED: ::std::sync::OnceLock<$crate::export::Exported> =
                ::std::sync::OnceLock::new();
            let make = || $crate::export::Exported::new($manifest, $analyse);
            // SAFETY: the caller keeps to the same promises.
            unsafe { $crate::export::enter(host, plugin, &EXPORTED, make) }
        }

        /// This analysis, for a program that links the crate.
        pub const ENTRY: $crate::export::Entry = {
            // SAFETY: the function is made by the kit, which keeps to the interface.
            unsafe { $crate::export::Entry::new(stringify!($symbol), $symbol) }
        };
    };
}

/// The entry of an analysis that is linked into the program.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    symbol: &'static str,
    function: AbiEntry,
}

impl Entry {
    /// An entry with the name of its symbol.
    ///
    /// # Safety
    /// `function` keeps to what [`abi`](crate::abi) says.
    #[must_use]
    pub const unsafe fn new(symbol: &'static str, function: AbiEntry) -> Self {
        Self { symbol, function }
    }

    /// The name of its symbol: `parallax_plugin_<id>`.
    #[must_use]
    pub fn symbol(self) -> &'static str {
        self.symbol
    }

    /// The function.
    #[must_use]
    pub fn function(self) -> AbiEntry {
        self.function
    }
}

/// What an author's function finds.
pub type Found = Result<Vec<Finding>, NoFindings>;

type Run = Box<dyn Fn(&Reading<'_>, &str, &Job<'_>) -> Found + Send + Sync>;

/// An analysis as [`export_analysis!`](crate::export_analysis) keeps it.
pub struct Exported {
    manifest_json: String,
    run: Run,
    /// Whether the host is the program that this code is linked into.
    is_linked: AtomicBool,
}

impl Exported {
    /// An analysis from the text of its manifest and its function.
    #[must_use]
    pub fn new<P: DeserializeOwned + JsonSchema + 'static>(
        manifest_json: &str,
        analyse: fn(&Reading<'_>, &P, &Job<'_>) -> Found,
    ) -> Self {
        // A manifest that cannot be read goes out as it is: the host says what is wrong with it.
        let manifest_json = manifest::<P>(manifest_json)
            .and_then(|manifest| serde_json::to_string(&manifest))
            .unwrap_or_else(|_| manifest_json.to_owned());
        let run = move |reading: &Reading<'_>, parameters: &str, job: &Job<'_>| {
            let parameters = serde_json::from_str::<P>(parameters)
                .map_err(|e| NoFindings::failed(format!("its parameters cannot be read: {e}")))?;
            analyse(reading, &parameters, job)
        };
        Self { manifest_json, run: Box::new(run), is_linked: AtomicBool::new(false) }
    }
}

impl Exported {
    /// The reading that never left the program, where it did not.
    ///
    /// # Safety
    /// As `abi.rs` says of a reading, for `'a`.
    unsafe fn original<'a>(&self, reading: *const AbiReading) -> Option<&'a Reading<'a>> {
        if !self.is_linked.load(Ordering::Relaxed) {
            return None;
        }
        // SAFETY: a host that gives the address of this image lends with this very code.
        unsafe { Lent::original(reading) }
    }
}

/// Its address tells images (the program, each library) apart: every copy of this code has one.
///
/// With a changeable cell in it, no linker folds it into another static.
pub static IMAGE: AtomicU8 = AtomicU8::new(0);

/// What the exported function does: says who it is, agrees on a version, and fills `plugin`.
///
/// # Safety
/// When `host` is not NULL it points to an [`AbiHost`] that lives as long as the process; when
/// `plugin` is not NULL it points to room of the size that its `struct_size` says.
pub unsafe fn enter(
    host: *const AbiHost,
    plugin: *mut AbiPlugin,
    exported: &'static OnceLock<Exported>,
    make: impl FnOnce() -> Exported,
) -> i32 {
    if host.is_null() || plugin.is_null() || !host.is_aligned() || !plugin.is_aligned() {
        return STATUS_VERSION;
    }
    // SAFETY: both point to their structs. Before the version is known, only the fields are
    // touched that no major version moves, and those of `plugin` only where there is room.
    let host = unsafe {
        let room = (*plugin).struct_size as usize;
        if room < std::mem::offset_of!(AbiPlugin, manifest_json) || (*host).magic != MAGIC {
            return STATUS_VERSION;
        }
        // Magic and version come first, so that the host can say which side is too old.
        (*plugin).magic = MAGIC;
        (*plugin).abi_major = ABI_MAJOR;
        (*plugin).abi_minor = ABI_MINOR;
        (*plugin).requires_minor = 0;
        (*plugin).reserved = 0;
        let host_is_whole = (*host).struct_size >= first::HOST;
        if (*host).abi_major != ABI_MAJOR || !host_is_whole || room < first::PLUGIN as usize {
            return STATUS_VERSION;
        }
        as_far_as(host, (*host).struct_size, HOST_OF_NOBODY)
    };
    let Ok(exported) = guard::guarded(|| exported.get_or_init(make)) else {
        return STATUS_PANICKED;
    };
    let is_linked = host.image == std::ptr::from_ref(&IMAGE).cast();
    exported.is_linked.store(is_linked, Ordering::Relaxed);
    if !is_linked {
        events::install(&host);
    }
    // SAFETY: there is room for the struct of 1.0, and for the whole one where that is said.
    unsafe {
        let is_whole = (*plugin).struct_size >= size_u32::<AbiPlugin>();
        (*plugin).struct_size = if is_whole { size_u32::<AbiPlugin>() } else { first::PLUGIN };
        (*plugin).manifest_json = AbiString::lend(&exported.manifest_json);
        (*plugin).state = std::ptr::from_ref(exported).cast_mut().cast();
        (*plugin).run = Some(run);
        if is_whole {
            (*plugin).model_version = MODEL_VERSION;
            (*plugin).reserved_too = 0;
            (*plugin).get_extension = Some(get_extension);
        }
    }
    STATUS_OK
}

/// The kit offers nothing beside `run`.
unsafe extern "C" fn get_extension(_: *mut c_void, _: AbiString) -> *const c_void {
    std::ptr::null()
}

/// What a host of an older version does not have.
const HOST_OF_NOBODY: AbiHost = AbiHost {
    magic: MAGIC,
    struct_size: 0,
    abi_major: 0,
    abi_minor: 0,
    reserved: 0,
    image: std::ptr::null(),
    name: AbiString::EMPTY,
    version: AbiString::EMPTY,
    log_level: None,
    log: None,
    get_extension: None,
};

/// # Safety
/// As `abi.rs` says of `run`; `state` is what [`enter`] gave.
unsafe extern "C" fn run(
    state: *mut c_void,
    job: *const AbiJob,
    reading: *const AbiReading,
    parameters: AbiString,
) -> i32 {
    if state.is_null() || job.is_null() || !job.is_aligned() {
        return STATUS_MALFORMED;
    }
    // SAFETY: `state` is the analysis that `enter` gave, which lives as long as the process; the
    // job lives until this call returns, and its first field says whether it is whole.
    let (exported, job) = unsafe {
        if (*job).struct_size < first::JOB {
            return STATUS_MALFORMED;
        }
        (&*state.cast::<Exported>(), Job::of(job))
    };
    let outcome = guard::guarded(|| {
        let _entered = events::enter(job.id());
        // SAFETY: the caller's promise for the parameters, for this call.
        let parameters = unsafe { parameters.read() };
        let received;
        // SAFETY: the caller's promise for the reading, for this call.
        let reading = match unsafe { exported.original(reading) } {
            Some(own) => own,
            None => {
                // SAFETY: as above.
                received = unsafe { columns::receive_reading(reading) }
                    .map_err(|e| (STATUS_MALFORMED, e.to_string()))?;
                &received
            }
        };
        let parameters = parameters
            .ok_or_else(|| (STATUS_MALFORMED, "its parameters are no text".to_owned()))?;
        let findings = (exported.run)(reading, parameters, &job).map_err(no_findings)?;
        let json = serde_json::to_string(&findings)
            .map_err(|e| (STATUS_FAILED, format!("its findings cannot be written: {e}")))?;
        Ok(job.hand_over(&json))
    });
    match outcome {
        Ok(Ok(status)) => status,
        Ok(Err((status, reason))) => job.give_up(status, &reason),
        Err(panic) => job.give_up(STATUS_PANICKED, &panic),
    }
}

fn no_findings(why: NoFindings) -> (i32, String) {
    match why {
        NoFindings::NotAvailable(reason) => (STATUS_NOT_AVAILABLE, reason),
        NoFindings::Failed(reason) => (STATUS_FAILED, reason),
        NoFindings::Cancelled => (STATUS_CANCELLED, String::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::NoParameters;

    const HOST: AbiHost = AbiHost {
        struct_size: size_u32::<AbiHost>(),
        abi_major: ABI_MAJOR,
        abi_minor: ABI_MINOR,
        image: std::ptr::from_ref(&IMAGE).cast(),
        ..HOST_OF_NOBODY
    };

    fn analyse(_: &Reading<'_>, _: &NoParameters, _: &Job<'_>) -> Found {
        Ok(Vec::new())
    }

    /// What an entry answers to a host, and what it wrote into the room.
    fn entered(host: &AbiHost, room: u32) -> (i32, AbiPlugin) {
        static EXPORTED: OnceLock<Exported> = OnceLock::new();
        let mut plugin = AbiPlugin { struct_size: room, ..AbiPlugin::ROOM };
        let make = || Exported::new("no manifest", analyse);
        // SAFETY: both outlive the call, and there is more room than is said.
        let status = unsafe { enter(host, &raw mut plugin, &EXPORTED, make) };
        (status, plugin)
    }

    const WHOLE: u32 = size_u32::<AbiPlugin>();

    #[test]
    fn a_host_of_our_version_gets_everything() {
        for host in [HOST, AbiHost { abi_minor: 9, struct_size: 200, ..HOST }] {
            let (status, plugin) = entered(&host, WHOLE + 16);
            assert_eq!((status, plugin.struct_size), (STATUS_OK, WHOLE));
            assert!(plugin.run.is_some() && !plugin.state.is_null());
            // SAFETY: the manifest lives as long as the process.
            assert_eq!(unsafe { plugin.manifest_json.read() }, Some("no manifest"));
        }
    }

    #[test]
    fn a_host_of_the_first_version_gets_what_it_has_room_for() {
        let first = AbiHost { abi_minor: 0, struct_size: first::HOST, ..HOST };
        let (status, plugin) = entered(&first, first::PLUGIN);
        assert_eq!((status, plugin.struct_size), (STATUS_OK, first::PLUGIN));
        assert!(plugin.run.is_some() && plugin.get_extension.is_none());
    }

    #[test]
    fn another_version_is_refused_after_ours_is_written_and_within_the_room() {
        let short = first::HOST - 8;
        let older = AbiHost { abi_major: 0, ..HOST };
        let newer = AbiHost { abi_major: 2, abi_minor: 5, ..HOST };
        for (host, room) in [
            (older, WHOLE),
            (newer, WHOLE),
            (AbiHost { struct_size: short, ..HOST }, WHOLE),
            (HOST, 16),
        ] {
            let (status, plugin) = entered(&host, room);
            assert_eq!(status, STATUS_VERSION);
            let said = (plugin.magic, plugin.abi_major, plugin.abi_minor, plugin.struct_size);
            assert_eq!(said, (MAGIC, ABI_MAJOR, ABI_MINOR, room));
            assert!(
                plugin.run.is_none() && plugin.state.is_null() && plugin.manifest_json.len == 0
            );
        }
    }

    #[test]
    fn who_is_no_host_or_has_no_room_is_told_nothing() {
        for (host, room) in [(AbiHost { magic: 1, ..HOST }, WHOLE), (HOST, 8)] {
            let (status, plugin) = entered(&host, room);
            assert_eq!((status, plugin.magic), (STATUS_VERSION, 0));
        }
    }
}
