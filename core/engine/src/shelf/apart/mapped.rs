//! How is a file of columns seen as memory, without reading it?
#![expect(unsafe_code, reason = "a file that is mapped could change behind the back of its reader")]

use std::fs::File;
use std::io;

use memmap2::{Mmap, MmapOptions};

/// The file as memory that cannot be written to.
///
/// # Errors
/// When the system does not map it.
pub(super) fn mapped(file: &File) -> io::Result<Mmap> {
    // SAFETY: the file has no name, or is sealed: nobody but this program has it, which wrote it
    // whole before it was lent and never writes to it again.
    unsafe { MmapOptions::new().map(file) }
}
