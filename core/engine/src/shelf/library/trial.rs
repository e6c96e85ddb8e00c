//! What does a plugin do for hosts of other versions, and with a study that it must not touch?
//!
//! What a program never does but a plugin must stand: odd hosts, odd rooms, jobs of another length,
//! parameters that no schema allows. The judgement is the business of `conformance`.

mod pages;
mod wider;

use std::ffi::{c_int, c_void};
use std::path::Path;

use parallax_plugin::abi::{AbiEntry, AbiHost, AbiPlugin, AbiReading, MAGIC, first, size_u32};
use parallax_plugin::columns::Lent;

use super::{Asked, NativeAnalysis, Refused, agree, entry_of, host, job};

pub(crate) use super::job::Called;
pub(crate) use pages::in_read_only_pages;
pub(crate) use wider::Wider;

/// A library that was loaded, and whose entry was not called yet.
pub(crate) struct Loaded {
    symbol: String,
    entry: AbiEntry,
}

/// A host, as far as a plugin looks at it before it agrees.
#[derive(Clone, Copy)]
pub(crate) struct Host {
    /// Its major version.
    pub(crate) major: u16,
    /// Its minor version.
    pub(crate) minor: u16,
    /// How long its struct is.
    pub(crate) size: u32,
    /// How much room it gives.
    pub(crate) room: u32,
}

/// What an entry returned and wrote.
pub(crate) struct Greeted {
    /// What it returned.
    pub(crate) status: i32,
    /// What it wrote; as far as it wrote nothing, as the room was.
    pub(crate) wrote: AbiPlugin,
    /// The first byte behind its room that it wrote to, counted from the start of the room.
    pub(crate) beyond: Option<usize>,
}

impl Host {
    /// This program.
    pub(crate) const OURS: Self = Self {
        major: parallax_plugin::abi::ABI_MAJOR,
        minor: parallax_plugin::abi::ABI_MINOR,
        size: size_u32::<AbiHost>(),
        room: size_u32::<AbiPlugin>(),
    };
    /// A program of the first version.
    pub(crate) const FIRST: Self =
        Self { minor: 0, size: first::HOST, room: first::PLUGIN, ..Self::OURS };
}

/// How many bytes behind a room are watched.
const WATCHED: usize = 256;
/// What stands where nobody wrote.
const UNTOUCHED: u8 = 0xa5;

impl Loaded {
    /// Loads a library and looks for its entry.
    ///
    /// # Errors
    /// When it is no library, or has no such entry.
    pub(crate) fn from(library: &Path) -> Result<Self, Refused> {
        let (symbol, entry) = entry_of(library)?;
        Ok(Self { symbol, entry })
    }

    /// The name of its entry.
    pub(crate) fn symbol(&self) -> &str {
        &self.symbol
    }

    /// Calls its entry as a host would.
    pub(crate) fn greeted(&self, host: Host) -> Greeted {
        let known = size_of::<AbiPlugin>();
        let room = host.room as usize;
        let mut bytes = vec![0_u64; (room.max(known) + WATCHED).div_ceil(8)];
        let start = bytes.as_mut_ptr();
        let plugin = AbiPlugin { struct_size: host.room, ..AbiPlugin::ROOM };
        // SAFETY: there is more room than a plugin takes; what lies behind the end that the host
        // names belongs to the same allocation, so that whatever is written there is seen.
        let (status, wrote) = unsafe {
            start.cast::<AbiPlugin>().write(plugin);
            let behind = start.cast::<u8>().add(room);
            behind.write_bytes(UNTOUCHED, size_of_val(&*bytes) - room);
            let status = (self.entry)(lasting(host), start.cast());
            let wrote = std::slice::from_raw_parts(start.cast::<u8>(), size_of_val(&*bytes));
            (status, wrote)
        };
        let beyond = wrote[room..].iter().position(|&byte| byte != UNTOUCHED);
        let beyond = beyond.map(|at| at + room);
        Greeted { status, wrote: as_far_as_room(wrote, room), beyond }
    }

    /// Agrees with it as a host of this kind would, and reads its manifest.
    ///
    /// # Errors
    /// Why it is refused.
    pub(crate) fn agreed(&self, host: Host) -> Result<NativeAnalysis, Refused> {
        // SAFETY: a symbol of this name is such a function.
        let agreed = unsafe { agree::agree_with_room(self.entry, lasting(host), host.room)? };
        NativeAnalysis::of(&self.symbol, agreed, super::Origin::Loaded)
    }
}

/// A host that lives as long as the process, and no longer than its size says.
fn lasting(host: Host) -> &'static AbiHost {
    let mut ours = host::HOST;
    (ours.abi_major, ours.abi_minor, ours.struct_size) = (host.major, host.minor, host.size);
    if host.size < size_u32::<AbiHost>() {
        // Whoever looks for it there finds what a host of that version would not have.
        ours.get_extension = None;
    }
    Box::leak(Box::new(ours))
}

/// What was written into a room, without what lies behind it.
fn as_far_as_room(bytes: &[u8], room: usize) -> AbiPlugin {
    let mut wrote = AbiPlugin::ROOM;
    wrote.struct_size = 0;
    let known = room.min(size_of::<AbiPlugin>());
    // A pointer whose bytes are only in part in the room is none.
    let whole = known - known % 8;
    // SAFETY: both have as many bytes; every pattern of bits is a number or a pointer, and a
    // function that is not NULL is only called by whoever agreed on the version.
    unsafe {
        std::ptr::copy_nonoverlapping(bytes.as_ptr(), (&raw mut wrote).cast::<u8>(), whole);
    }
    wrote
}

impl Greeted {
    /// Whether it said that it is a plugin.
    pub(crate) fn is_plugin(&self) -> bool {
        self.wrote.magic == MAGIC
    }
}

/// The length of a job.
#[derive(Clone, Copy)]
pub(crate) enum JobSize {
    /// As ours.
    Ours,
    /// As in version 1.0.
    First,
    /// As in a version to come.
    Newer,
}

/// Tables for a plugin: as this program lends them, or as a later one might.
#[derive(Clone, Copy)]
pub(crate) enum Tables<'t> {
    /// As this program lends them.
    Ours(&'t Lent<'static>),
    /// With more than is known.
    Wider(&'t Wider<'t>),
}

/// Calls an analysis with parameters as they are.
pub(crate) fn call(
    analysis: &NativeAnalysis,
    tables: Tables<'_>,
    parameters_json: &str,
    size: JobSize,
    asked: Asked<'_>,
) -> Called {
    let reading: *const AbiReading = match tables {
        Tables::Ours(lent) => lent.reading(),
        Tables::Wider(wider) => wider.reading(),
    };
    let size = match size {
        JobSize::Ours => job::JOB,
        JobSize::First => first::JOB,
        JobSize::Newer => job::JOB + 64,
    };
    // SAFETY: both kinds of tables are as the interface says, and outlive the call.
    unsafe { job::call(&analysis.agreed, reading, parameters_json, size, asked) }
}

unsafe extern "C" {
    /// Writes out what C's standard library still holds back.
    safe fn fflush(stream: *mut c_void) -> c_int;
}

/// Lets everything out that a plugin in C printed and that was not written yet.
pub(crate) fn let_out_what_was_printed() {
    // NULL stands for every stream.
    let _nobody_to_tell = fflush(std::ptr::null_mut());
}
