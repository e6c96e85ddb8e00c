//! What crosses between parallax and a native analysis, byte by byte?
//!
//! The rules that keep it stable for as long as the major version stands:
//!
//! - Only `#[repr(C)]` structs, fixed-width integers, floats, pointers and function pointers. No
//!   `bool` and no enum: an unknown discriminant from another language would be undefined.
//! - Fields are only ever appended, and every struct says its own size. The first fields of
//!   [`AbiHost`] (up to `reserved`) and of [`AbiPlugin`] (up to `reserved`) never move, in any
//!   major version: from them each side learns whom it talks to.
//! - Structs that may grow stand in arrays of pointers, so that the stride never changes.
//! - Memory never changes owner. What goes in is borrowed for the call; what comes out is handed
//!   to a function of the host, which copies before it returns. Nothing is freed across.
//! - No panic and no exception leaves a function, on either side.
//!
//! - What was appended since 1.0 is there when the struct's own size says so: a plugin of 1.0 runs on
//!   this program, and a plugin of this version on a program of 1.0.
//!
//! Three versions are kept apart: of this interface ([`ABI_MAJOR`], [`ABI_MINOR`]), of the tables
//! and columns that cross it ([`MODEL_VERSION`]), and of the program.

mod lent;

use std::ffi::{c_char, c_void};

pub(crate) use lent::{as_far_as, lent_slice};

/// What both sides write first: `PRLX` in a file of bytes.
pub const MAGIC: u32 = 0x584C_5250;
/// The version of this interface; another major version is another language.
pub const ABI_MAJOR: u16 = 1;
/// What was appended since the major version began.
pub const ABI_MINOR: u16 = 1;
/// The version of the tables and columns of a reading: another one is another meaning of them.
/// Columns that are only added leave it as it is.
pub const MODEL_VERSION: u32 = 1;
/// What the name of an entry begins with; the id follows, `_` for `-`.
pub const ENTRY_PREFIX: &str = "parallax_plugin_";

/// Done.
pub const STATUS_OK: i32 = 0;
/// The data do not allow the analysis; the reason was handed over.
pub const STATUS_NOT_AVAILABLE: i32 = 1;
/// The analysis was asked to stop, and did.
pub const STATUS_CANCELLED: i32 = 2;
/// There is no such parameter, or nobody chose it (since 1.1).
pub const STATUS_ABSENT: i32 = 3;
/// The analysis failed; the reason was handed over. Unknown values are taken for this one.
pub const STATUS_FAILED: i32 = -1;
/// The analysis panicked; the text and its place were handed over.
pub const STATUS_PANICKED: i32 = -2;
/// The two sides do not speak the same version.
pub const STATUS_VERSION: i32 = -3;
/// What was handed over cannot be read.
pub const STATUS_MALFORMED: i32 = -4;

/// The number of a cell without a value, in columns of `KIND_U32` and `KIND_CODES`.
pub const NONE: u32 = 0xFFFF_FFFF;

/// What a reading promises in `promises` (since 1.1): offsets rise from 0, texts are UTF-8, codes of
/// rows with a value are below the length of their labels, and where `validity` leaves a row out,
/// its value is [`NONE`] or a NaN. Without it, whoever reads checks.
pub const PROMISE_SOUND: u32 = 1;

/// `values` is `uint8_t[len]`; in Arrow, UInt8.
pub const KIND_U8: u32 = 1;
/// `values` is `uint32_t[len]`; [`NONE`] is no value. In Arrow, UInt32.
pub const KIND_U32: u32 = 2;
/// `values` is `int64_t[len]`; in Arrow, Int64.
pub const KIND_I64: u32 = 3;
/// `values` is `double[len]`; a NaN is no value. In Arrow, Float64.
pub const KIND_F64: u32 = 4;
/// `values` is `uint32_t[len]`: rows of the column `dictionary`; [`NONE`] is no value. In Arrow, a
/// dictionary of UInt32 indices.
pub const KIND_CODES: u32 = 5;
/// `values` is UTF-8, `offsets` is `int64_t[len + 1]`: text `i` lies between offsets `i`, `i + 1`.
/// In Arrow, LargeUtf8.
pub const KIND_TEXTS: u32 = 6;
/// `offsets` is `int64_t[len + 1]`, `values` is `uint32_t[offsets[len]]`: row `i` lists the values
/// between offsets `i` and `i + 1`, which are rows of the column `dictionary`. In Arrow, LargeList of
/// a dictionary of UInt32 indices.
pub const KIND_LISTS: u32 = 7;

/// Something went wrong.
pub const LEVEL_ERROR: u32 = 1;
/// Something deserves a look.
pub const LEVEL_WARN: u32 = 2;
/// What happens, in large steps.
pub const LEVEL_INFO: u32 = 3;
/// What happens, in small steps.
pub const LEVEL_DEBUG: u32 = 4;
/// Everything that happens.
pub const LEVEL_TRACE: u32 = 5;

/// A text in UTF-8, without a zero at its end. `start` may be NULL when `len` is 0.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct AbiString {
    /// Its first byte.
    pub start: *const c_char,
    /// Its length in bytes.
    pub len: usize,
}

/// One column, in Arrow's physical layout: it can be wrapped as an Arrow array without copying.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct AbiColumn {
    /// The size of this struct where it was filled.
    pub struct_size: u32,
    /// Which of the kinds from [`KIND_U8`] on; a reader skips a column of a kind it does not know.
    pub kind: u32,
    /// Its name.
    pub name: AbiString,
    /// How many rows it has.
    pub len: u64,
    /// How many rows `validity` leaves out. A reading leaves out what has no value (since 1.1;
    /// before, only the values told), and a table of findings whatever is to be blank.
    pub null_count: u64,
    /// A bit for each row, lowest first, 1 for a value; NULL when no row is left out.
    pub validity: *const u8,
    /// The values, aligned for their type.
    pub values: *const c_void,
    /// The offsets of texts and lists, else NULL.
    pub offsets: *const i64,
    /// The labels of codes and lists (a column of texts), else NULL. Its name says of which table
    /// the labels are ids, such as `roles`; it is empty where they are only texts (since 1.1).
    pub dictionary: *const AbiColumn,
}

/// One table: columns of equal length.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct AbiTable {
    /// The size of this struct where it was filled.
    pub struct_size: u32,
    /// How many pointers `columns` has.
    pub n_columns: u32,
    /// Its name.
    pub name: AbiString,
    /// How many rows every column has.
    pub n_rows: u64,
    /// The columns.
    pub columns: *const *const AbiColumn,
}

/// The tables of one reading of a study.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct AbiReading {
    /// The size of this struct where it was filled.
    pub struct_size: u32,
    /// Which tables and columns there are: [`MODEL_VERSION`] of the host.
    pub model_version: u32,
    /// How many pointers `tables` has.
    pub n_tables: u32,
    /// What the host promises: [`PROMISE_SOUND`] or 0 (since 1.1; 0 before).
    pub promises: u32,
    /// The tables.
    pub tables: *const *const AbiTable,
}

/// One run of an analysis. It lives from the call of `run` to its return; any thread may use it.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct AbiJob {
    /// The size of this struct where it was filled.
    pub struct_size: u32,
    /// 0.
    pub reserved: u32,
    /// Tells the runs of one process apart; never 0.
    pub id: u64,
    /// The only source of chance that an analysis may use.
    pub seed: u64,
    /// The host's own.
    pub context: *mut c_void,
    /// Takes findings: a JSON array of what `schemas/finding.schema.json` says. Several calls add up
    /// (since 1.1; before, the last one counted).
    pub findings: Option<unsafe extern "C" fn(job: *const AbiJob, json: AbiString) -> i32>,
    /// Takes the reason for having none, with a status other than [`STATUS_OK`].
    pub reason: Option<unsafe extern "C" fn(job: *const AbiJob, text: AbiString) -> i32>,
    /// Takes how far the run is. An answer other than [`STATUS_OK`]: stop, and return it.
    pub progress: Option<unsafe extern "C" fn(job: *const AbiJob, done: u64, total: u64) -> i32>,
    /// Takes a table of the finding about `about` (since 1.1). Its name is a word of the manifest,
    /// the name of a column a word too, or `codes/<id>`, `roles/<id>`, `cases/<id>`,
    /// `participants/<id>`, `sources/<id>`, or empty. Codes stand for what the name of their labels
    /// says: one of those tables, `words` for words of the manifest, or empty for texts as they are.
    pub table: Option<
        unsafe extern "C" fn(job: *const AbiJob, about: AbiString, table: *const AbiTable) -> i32,
    >,
    /// Reads a whole number of the parameters (since 1.1). `pointer` is a JSON Pointer (RFC 6901)
    /// such as `/at_least`. [`STATUS_ABSENT`] when it is not there or null, [`STATUS_MALFORMED`]
    /// when it is of another type; then `value` stays as it was.
    pub parameter_i64: Option<
        unsafe extern "C" fn(job: *const AbiJob, pointer: AbiString, value: *mut i64) -> i32,
    >,
    /// Reads a number of the parameters.
    pub parameter_f64: Option<
        unsafe extern "C" fn(job: *const AbiJob, pointer: AbiString, value: *mut f64) -> i32,
    >,
    /// Reads a yes (1) or no (0) of the parameters.
    pub parameter_bool:
        Option<unsafe extern "C" fn(job: *const AbiJob, pointer: AbiString, value: *mut u8) -> i32>,
    /// Reads a text of the parameters. It is lent until the run is over.
    pub parameter_string: Option<
        unsafe extern "C" fn(job: *const AbiJob, pointer: AbiString, value: *mut AbiString) -> i32,
    >,
    /// Reads how many elements an array of the parameters has; `/codes/0` is the first of `/codes`.
    pub parameter_count: Option<
        unsafe extern "C" fn(job: *const AbiJob, pointer: AbiString, count: *mut u64) -> i32,
    >,
}

/// The program that loads plugins. It lives as long as the process.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct AbiHost {
    /// [`MAGIC`].
    pub magic: u32,
    /// The size of this struct where it was filled.
    pub struct_size: u32,
    /// [`ABI_MAJOR`] of the host.
    pub abi_major: u16,
    /// [`ABI_MINOR`] of the host.
    pub abi_minor: u16,
    /// 0.
    pub reserved: u32,
    /// The address of the kit's `IMAGE` in a host that is built with the kit, else NULL: a plugin
    /// that is linked into the host finds its own. Who gives it lends readings with the kit only.
    pub image: *const c_void,
    /// What the host is called.
    pub name: AbiString,
    /// The version of the program.
    pub version: AbiString,
    /// The most detailed level that is now wanted, up to [`LEVEL_TRACE`]; 0 for none.
    pub log_level: Option<unsafe extern "C" fn() -> u32>,
    /// Takes an event: ids and counts, never a participant's words. `fields` is a JSON object or
    /// empty, `job` is 0 where the run is not known.
    pub log: Option<
        unsafe extern "C" fn(
            job: u64,
            level: u32,
            target: AbiString,
            message: AbiString,
            fields: AbiString,
        ),
    >,
    /// What a later version offers by name, or NULL (since 1.1). The id of an extension ends with
    /// its version, such as `parallax.arrow/1`; what it points to lives as long as the process.
    pub get_extension: Option<unsafe extern "C" fn(id: AbiString) -> *const c_void>,
}

// SAFETY: nothing in it ever changes, and its functions may be called from any thread.
unsafe impl Sync for AbiHost {}
// SAFETY: as above.
unsafe impl Send for AbiHost {}

/// What a plugin says of itself. Its entry fills it.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct AbiPlugin {
    /// [`MAGIC`].
    pub magic: u32,
    /// Before the call: the room the host has. After it: how much the plugin filled.
    pub struct_size: u32,
    /// [`ABI_MAJOR`] of the plugin, written before it refuses.
    pub abi_major: u16,
    /// [`ABI_MINOR`] of the plugin, written before it refuses.
    pub abi_minor: u16,
    /// The lowest minor version of a host that it works with.
    pub requires_minor: u16,
    /// 0.
    pub reserved: u16,
    /// The manifest. It lives as long as the process.
    pub manifest_json: AbiString,
    /// The plugin's own. It lives as long as the process.
    pub state: *mut c_void,
    /// Runs the analysis and returns a status such as [`STATUS_OK`]. Several threads may call it at
    /// once.
    pub run: Option<
        unsafe extern "C" fn(
            state: *mut c_void,
            job: *const AbiJob,
            reading: *const AbiReading,
            parameters_json: AbiString,
        ) -> i32,
    >,
    /// [`MODEL_VERSION`] that the plugin was written for (since 1.1; before, 1).
    pub model_version: u32,
    /// 0.
    pub reserved_too: u32,
    /// What the plugin offers by name beside `run`, or NULL (since 1.1); as that of the host.
    pub get_extension:
        Option<unsafe extern "C" fn(state: *mut c_void, id: AbiString) -> *const c_void>,
}

/// The one symbol of a plugin, `parallax_plugin_<id>`: fills `plugin` and returns [`STATUS_OK`], or
/// [`STATUS_VERSION`] when the two do not speak the same version.
pub type AbiEntry = unsafe extern "C" fn(host: *const AbiHost, plugin: *mut AbiPlugin) -> i32;

impl AbiPlugin {
    /// Room for a plugin to fill.
    pub const ROOM: Self = Self {
        magic: 0,
        struct_size: size_u32::<Self>(),
        abi_major: 0,
        abi_minor: 0,
        requires_minor: 0,
        reserved: 0,
        manifest_json: AbiString::EMPTY,
        state: std::ptr::null_mut(),
        run: None,
        model_version: 0,
        reserved_too: 0,
        get_extension: None,
    };
}

/// The sizes of the structs in version 1.0, which are whole for whoever speaks it.
pub mod first {
    /// Of [`AbiJob`](super::AbiJob).
    pub const JOB: u32 = 56;
    /// Of [`AbiHost`](super::AbiHost).
    pub const HOST: u32 = 72;
    /// Of [`AbiPlugin`](super::AbiPlugin).
    pub const PLUGIN: u32 = 48;
}

/// The size of a struct of this interface, as its `struct_size` holds it.
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "the sizes are asserted below")]
pub const fn size_u32<T>() -> u32 {
    size_of::<T>() as u32
}

/// The layout is the contract: a change breaks the build.
const _: () = {
    assert!(
        cfg!(all(target_pointer_width = "64", target_endian = "little")),
        "64 bits, little end"
    );
    assert!(size_of::<AbiString>() == 16);
    assert!(size_of::<AbiColumn>() == 72);
    assert!(size_of::<AbiTable>() == 40);
    assert!(size_of::<AbiReading>() == 24);
    assert!(size_of::<AbiJob>() == 104);
    assert!(size_of::<AbiHost>() == 80);
    assert!(size_of::<AbiPlugin>() == 64);
    assert!(std::mem::offset_of!(AbiJob, table) == first::JOB as usize);
    assert!(std::mem::offset_of!(AbiHost, get_extension) == first::HOST as usize);
    assert!(std::mem::offset_of!(AbiPlugin, model_version) == first::PLUGIN as usize);
    assert!(NONE == parallax_model::table::NONE);
    assert!(std::mem::offset_of!(AbiHost, image) == 16);
    assert!(std::mem::offset_of!(AbiPlugin, manifest_json) == 16);
};
