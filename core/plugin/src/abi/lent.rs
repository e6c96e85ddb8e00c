//! What lies where another side says that something lies?

use super::AbiString;

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

/// A struct of another side, with what its version does not have yet as in `rest`.
///
/// # Safety
/// `lent` points to a struct that is as long as its first `size` bytes say, and at least as long as
/// no field of `T` is split by its end.
pub(crate) unsafe fn as_far_as<T: Copy>(lent: *const T, size: u32, rest: T) -> T {
    let mut whole = rest;
    let bytes = (size as usize).min(size_of::<T>());
    // SAFETY: `bytes` bytes live behind both, and the two do not overlap.
    unsafe {
        std::ptr::copy_nonoverlapping(lent.cast::<u8>(), (&raw mut whole).cast::<u8>(), bytes);
    }
    whole
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::abi::{AbiPlugin, first};

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
    fn what_a_shorter_struct_does_not_have_is_as_in_the_rest() {
        let full = AbiPlugin { magic: 7, model_version: 9, reserved_too: 9, ..AbiPlugin::ROOM };
        // SAFETY: it is whole, and said to be shorter or longer than it is known to be.
        let [first, whole] = [first::PLUGIN, 4_000]
            .map(|size| unsafe { as_far_as(&raw const full, size, AbiPlugin::ROOM) });
        assert_eq!((first.magic, first.model_version), (7, 0));
        assert_eq!((whole.magic, whole.model_version), (7, 9));
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
