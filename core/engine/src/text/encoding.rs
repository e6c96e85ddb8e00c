//! Which characters do the bytes of a file stand for?

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// A file as text, with what had to be assumed to read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without byte order mark.
    pub text: String,
    /// The encoding that was assumed, when it was not UTF-8.
    pub assumed: Option<&'static str>,
    /// Whether a UTF-8 byte order mark was skipped.
    pub mark: bool,
}

/// Reads bytes as UTF-8, else as UTF-16 (by its byte order mark, or by the NUL bytes between
/// Latin letters), else as Windows-1252, in which any bytes are a text.
#[must_use]
pub fn decode(bytes: Vec<u8>) -> Decoded {
    if let Some((encoding, _)) = Encoding::for_bom(&bytes) {
        if encoding == UTF_16LE || encoding == UTF_16BE {
            return decode_as(&bytes, encoding, "UTF-16");
        }
    } else if let Some(encoding) = utf16_without_mark(&bytes) {
        return decode_as(&bytes, encoding, "UTF-16");
    }
    match String::from_utf8(bytes) {
        Ok(mut text) => {
            let mark = text.starts_with('\u{feff}');
            if mark {
                text.drain(..'\u{feff}'.len_utf8());
            }
            Decoded { text, assumed: None, mark }
        }
        Err(error) => decode_as(error.as_bytes(), WINDOWS_1252, "Windows-1252"),
    }
}

fn decode_as(bytes: &[u8], encoding: &'static Encoding, name: &'static str) -> Decoded {
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    Decoded { text: text.into_owned(), assumed: Some(name), mark: false }
}

fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    if start.len() < 4 {
        return None;
    }
    let nuls = |from: usize| start.iter().skip(from).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd) = (nuls(0), nuls(1));
    let most = start.len() / 2 * 3 / 4;
    match (even, odd) {
        (0, odd) if odd >= most.max(1) => Some(UTF_16LE),
        (even, 0) if even >= most.max(1) => Some(UTF_16BE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, mark: bool) -> Vec<u8> {
        let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn four_encodings_give_one_text() {
        let text = "id;patiënt";
        let decoded = |bytes: Vec<u8>| {
            let decoded = decode(bytes);
            (decoded.text, decoded.assumed, decoded.mark)
        };
        assert_eq!(decoded(text.into()), (text.to_owned(), None, false));
        let marked = format!("\u{feff}{text}").into_bytes();
        assert_eq!(decoded(marked), (text.to_owned(), None, true));
        assert_eq!(decoded(utf16(text, true)), (text.to_owned(), Some("UTF-16"), false));
        assert_eq!(decoded(utf16(text, false)), (text.to_owned(), Some("UTF-16"), false));
        let latin = WINDOWS_1252.encode(text).0.into_owned();
        assert_eq!(decoded(latin), (text.to_owned(), Some("Windows-1252"), false));
    }
}
