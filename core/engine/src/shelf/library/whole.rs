//! Is a file a whole library, or would loading it end the process?
//!
//! The system's loader maps a library without looking at the file's length; the first access to a
//! part that is not there kills the process. So the table of parts is read first. Only ELF files
//! (Linux and its kin) are looked into, the others are the loader's business.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

/// The kind of a part that is loaded (`PT_LOAD`).
const LOADED: u64 = 1;

/// Whether every part of a library that is loaded lies within the file.
///
/// # Errors
/// A sentence about what is missing.
pub(super) fn check(file: &Path) -> Result<(), String> {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    let mut opened = File::open(file).map_err(|e| e.to_string())?;
    let length = opened.metadata().map_err(|e| e.to_string())?;
    if !length.is_file() {
        return Err("it is no file".to_owned());
    }
    let needed = match needed_length(&mut opened) {
        Ok(needed) => needed,
        Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => u64::MAX,
        Err(e) if e.kind() == io::ErrorKind::InvalidData => return Err(e.to_string()),
        Err(e) => return Err(format!("it cannot be read: {e}")),
    };
    if needed > length.len() {
        return Err("it is not whole: the file ends too early".to_owned());
    }
    Ok(())
}

/// How long an ELF file must be for every part that its table says is loaded.
fn needed_length(file: &mut (impl Read + Seek)) -> io::Result<u64> {
    let no_library = || io::Error::new(io::ErrorKind::InvalidData, "it is no library");
    let mut start = [0_u8; 4];
    let magic = file.read_exact(&mut start);
    if magic.is_err() || &start != b"\x7fELF" {
        return Err(no_library());
    }
    // The header of a 64-bit file: 32 is the place of the table, 54 and 56 its entry and count.
    let mut header = [0_u8; 64];
    header[..4].copy_from_slice(&start);
    file.read_exact(&mut header[4..])?;
    if header[4] != 2 || header[5] != 1 {
        return Err(no_library());
    }
    let table = number(&header, 32, 8);
    let (size, count) = (number(&header, 54, 2), number(&header, 56, 2));
    if size < 56 || count == 0 {
        return Err(no_library());
    }
    let mut needed = table.saturating_add(size * count);
    for index in 0..count {
        file.seek(SeekFrom::Start(table.saturating_add(index * size)))?;
        let mut part = [0_u8; 56];
        file.read_exact(&mut part)?;
        if number(&part, 0, 4) == LOADED {
            needed = needed.max(number(&part, 8, 8).saturating_add(number(&part, 32, 8)));
        }
    }
    Ok(needed)
}

/// `size` bytes from `at` on as a number, the lowest first; 0 where there are none.
fn number(bytes: &[u8], at: usize, size: usize) -> u64 {
    let bytes = bytes.get(at..at + size).unwrap_or(&[]);
    bytes.iter().rev().fold(0, |number, &byte| number << 8 | u64::from(byte))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::io::Cursor;

    use super::*;

    #[test]
    fn a_library_is_as_long_as_its_parts_say() {
        let program = std::fs::read(std::env::current_exe().expect("known")).expect("read");
        let needed = needed_length(&mut Cursor::new(&program)).expect("is a library");
        assert!(needed > 0 && needed <= program.len() as u64, "{needed} of {}", program.len());
    }

    #[test]
    fn a_text_and_half_a_header_are_none() {
        let kind = |bytes: &[u8]| needed_length(&mut Cursor::new(bytes)).map_err(|e| e.kind());
        assert_eq!(kind(b"title: notes"), Err(io::ErrorKind::InvalidData));
        assert_eq!(kind(b"\x7fELF\x02\x01"), Err(io::ErrorKind::UnexpectedEof));
    }
}
