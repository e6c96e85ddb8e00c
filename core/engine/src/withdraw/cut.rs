//! How does a stretch of text leave a file while every other byte stays?

use std::ops::Range;

use crate::text::encoding::decode;
use crate::text::source::Source;

/// A text without some of its bytes, which come in order and do not overlap.
pub(super) fn text(text: &str, cuts: &[Range<usize>]) -> String {
    let (mut kept, mut at) = (String::with_capacity(text.len()), 0);
    for cut in cuts {
        kept.push_str(&text[at..cut.start]);
        at = cut.end;
    }
    kept.push_str(&text[at..]);
    kept
}

/// The bytes of a file without some stretches of its text; `None` when what is left would be read as
/// another text.
pub(super) fn bytes(bytes: &[u8], source: &Source, cuts: &[Range<usize>]) -> Option<Vec<u8>> {
    let mut places = Places::of(bytes, source);
    let (mut kept, mut at) = (Vec::with_capacity(bytes.len()), 0);
    for cut in cuts {
        kept.extend_from_slice(bytes.get(at..places.byte(cut.start))?);
        at = places.byte(cut.end);
    }
    kept.extend_from_slice(bytes.get(at..)?);
    let wanted = text(&source.text, cuts);
    (decode(kept.clone()).text == wanted).then_some(kept)
}

/// Where the characters of a text stand among the bytes of its file, asked for in order.
struct Places<'t> {
    text: &'t str,
    /// How many bytes a character has.
    length: fn(char) -> usize,
    /// A place in the text and in the bytes.
    known: (usize, usize),
}

impl<'t> Places<'t> {
    fn of(bytes: &[u8], source: &'t Source) -> Self {
        let length: fn(char) -> usize = match source.assumed {
            None => char::len_utf8,
            Some("UTF-16") => |c| 2 * c.len_utf16(),
            // One byte for each character.
            Some(_) => |_| 1,
        };
        let mark = match (source.assumed, bytes) {
            (None, [0xef, 0xbb, 0xbf, ..]) if source.mark => 3,
            (Some("UTF-16"), [0xff, 0xfe, ..] | [0xfe, 0xff, ..]) => 2,
            _ => 0,
        };
        Self { text: &source.text, length, known: (0, mark) }
    }

    fn byte(&mut self, at: usize) -> usize {
        let (known, byte) = self.known;
        let between = self.text[known..at].chars().map(self.length).sum::<usize>();
        self.known = (at, byte + between);
        byte + between
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_cut_in_every_encoding() {
        let plain = "id;é\nN1;ë\nN2;ï\n";
        let utf16 = |mark: bool| -> Vec<u8> {
            let units = mark.then_some(0xfeff).into_iter().chain(plain.encode_utf16());
            units.flat_map(u16::to_be_bytes).collect()
        };
        let latin: Vec<u8> = plain.chars().map(|c| u8::try_from(c).expect("Latin")).collect();
        let marked = [b"\xef\xbb\xbf", plain.as_bytes()].concat();
        for file in [plain.as_bytes().to_vec(), marked, utf16(true), utf16(false), latin] {
            let source = Source::new("participants.csv", None, file.clone());
            let start = source.text.find("N1").expect("a row");
            let row = start..source.text.find("N2").expect("the next");
            let kept = bytes(&file, &source, std::slice::from_ref(&row)).expect("can be cut");
            assert_eq!(decode(kept.clone()).text, "id;é\nN2;ï\n");
            assert!(file.starts_with(&kept[..4]) && file.ends_with(&kept[kept.len() - 4..]));
        }
    }
}
