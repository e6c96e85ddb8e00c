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
//! Three versions are kept apart: of this interface ([`ABI_MAJOR`], [`ABI_MINOR`]), of the tables
//! and columns that cross it ([`MODEL_VERSION`]), and of the program.

use std::ffi::{c_char, c_void};

/// What both sides write first: `PRLX` in a file of bytes.
pub const MAGIC: u32 = u32::from_le_bytes(*b"PRLX");
/// The version of this interface; another major version is another language.
pub const ABI_MAJOR: u16 = 1;
/// What was appended since the major version began.
pub const ABI_MINOR: u16 = 0;
/// The version of the tables and columns of a reading.
pub const MODEL_VERSION: u32 = 1;
/// What the name of an entry begins with; the id follows, `_` for `-`.
pub const ENTRY_PREFIX: &str = "parallax_plugin_";

/// Done.
pub const STATUS_OK: i32 = 0;
/// The data do not allow the analysis; the reason was handed over.
pub const STATUS_NOT_AVAILABLE: i32 = 1;
/// The analysis was asked to stop, and did.
pub const STATUS_CANCELLED: i32 = 2;
/// The analysis failed; the reason was handed over. Unknown values are taken for this one.
pub const STATUS_FAILED: i32 = -1;
/// The analysis panicked; the text and its place were handed over.
pub const STATUS_PANICKED: i32 = -2;
/// The two sides do not speak the same version.
pub const STATUS_VERSION: i32 = -3;
/// What was handed over cannot be read.
pub const STATUS_MALFORMED: i32 = -4;

/// `values` is `uint8_t[len]`.
pub const KIND_U8: u32 = 1;
/// `values` is `uint32_t[len]`; `0xFFFFFFFF` is no value.
pub const KIND_U32: u32 = 2;
/// `values` is `int64_t[len]`.
pub const KIND_I64: u32 = 3;
/// `values` is `double[len]`; a NaN is no value.
pub const KIND_F64: u32 = 4;
/// `values` is `uint32_t[len]`: rows of the column `dictionary`; `0xFFFFFFFF` is no value.
pub const KIND_CODES: u32 = 5;
/// `values` is UTF-8, `offsets` is `int64_t[len + 1]`: text `i` lies between offsets `i`, `i + 1`.
pub const KIND_TEXTS: u32 = 6;
/// `offsets` is `int64_t[len + 1]`, `values` is `uint32_t[offsets[len]]`: row `i` lists the values
/// between offsets `i` and `i + 1`, which are rows of the column `dictionary`.
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
    /// Which `KIND_…`; a reader skips a column of a kind it does not know.
    pub kind: u32,
    /// Its name.
    pub name: AbiString,
    /// How many rows it has.
    pub len: u64,
    /// How many rows `validity` leaves out.
    pub null_count: u64,
    /// A bit for each row, lowest first, 1 for a value; NULL when no row is left out.
    pub validity: *const u8,
    /// The values, aligned for their type.
    pub values: *const c_void,
    /// The offsets of texts and lists, else NULL.
    pub offsets: *const i64,
    /// The labels of codes and lists (a column of texts), else NULL.
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
    /// 0.
    pub reserved: u32,
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
    /// Takes the findings: a JSON array as in `schemas/findings.schema.json`. Once for each run.
    pub findings: Option<unsafe extern "C" fn(job: *const AbiJob, json: AbiString) -> i32>,
    /// Takes the reason for having none, with a status other than [`STATUS_OK`].
    pub reason: Option<unsafe extern "C" fn(job: *const AbiJob, text: AbiString) -> i32>,
    /// Takes how far the run is. An answer other than [`STATUS_OK`]: stop, and return it.
    pub progress: Option<unsafe extern "C" fn(job: *const AbiJob, done: u64, total: u64) -> i32>,
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
    /// The highest `LEVEL_…` that is now wanted; 0 for none.
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
    /// Runs the analysis and returns a `STATUS_…`. Several threads may call it at once.
    pub run: Option<
        unsafe extern "C" fn(
            state: *mut c_void,
            job: *const AbiJob,
            reading: *const AbiReading,
            parameters_json: AbiString,
        ) -> i32,
    >,
}

/// The one symbol of a plugin, `parallax_plugin_<id>`: fills `plugin` and returns a `STATUS_…`.
pub type AbiEntry = unsafe extern "C" fn(host: *const AbiHost, plugin: *mut AbiPlugin) -> i32;

impl AbiString {
    /// No text.
    pub const EMPTY: Self = Self { start: std::ptr::null(), len: 0 };

    /// A text that is lent for as long as the caller keeps it.
    #[must_use]
    pub const fn lend(text: &str) -> Self {
        Self { start: text.as_ptr().cast(), len: text.len() }
    }

    /// The text; `None` when it is no UTF-8 or cannot lie where it says.
    ///
    /// # Safety
    /// When `start` is not NULL, `len` bytes live there unchanged for `'a`.
    #[must_use]
    pub unsafe fn read<'a>(self) -> Option<&'a str> {
        // SAFETY: the caller's promise.
        std::str::from_utf8(unsafe { lent_slice(self.start.cast::<u8>(), self.len)? }).ok()
    }
}

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
    };
}

/// `len` values from another side's memory; `None` for NULL with a length, for an address that is
/// not aligned, and for more bytes than an address space has. No values may lie at NULL.
///
/// # Safety
/// When `start` is not NULL, `len` values of `T` live there unchanged for `'a`, and every pattern
/// of bits is a value of `T`.
pub(crate) unsafe fn lent_slice<'a, T>(start: *const T, len: usize) -> Option<&'a [T]> {
    if len == 0 {
        return Some(&[]);
    }
    let bytes = len.checked_mul(size_of::<T>())?;
    if start.is_null() || !start.is_aligned() || isize::try_from(bytes).is_err() {
        return None;
    }
    // SAFETY: not NULL, aligned and of a possible size; the rest is the caller's promise.
    Some(unsafe { std::slice::from_raw_parts(start, len) })
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
    assert!(size_of::<AbiJob>() == 56);
    assert!(size_of::<AbiHost>() == 72);
    assert!(size_of::<AbiPlugin>() == 48);
    assert!(std::mem::offset_of!(AbiHost, image) == 16);
    assert!(std::mem::offset_of!(AbiPlugin, manifest_json) == 16);
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_may_lie_at_null_but_something_may_not() {
        // SAFETY: no address here is read: it is NULL, misaligned, too long, or of length 0.
        unsafe {
            assert_eq!(AbiString::EMPTY.read(), Some(""));
            assert_eq!(AbiString { start: std::ptr::null(), len: 1 }.read(), None);
            assert_eq!(lent_slice::<u32>(std::ptr::null(), 0), Some(&[][..]));
            assert_eq!(lent_slice::<u32>(std::ptr::without_provenance(6), 1), None);
            assert_eq!(lent_slice::<u32>(std::ptr::without_provenance(8), usize::MAX / 2), None);
        }
    }

    #[test]
    fn a_text_must_be_utf8() {
        let bytes = [0x66_u8, 0xff];
        let text = AbiString { start: bytes.as_ptr().cast(), len: bytes.len() };
        // SAFETY: `bytes` outlives the calls.
        unsafe {
            assert_eq!(text.read(), None);
            assert_eq!(AbiString { len: 1, ..text }.read(), Some("f"));
        }
    }
}
