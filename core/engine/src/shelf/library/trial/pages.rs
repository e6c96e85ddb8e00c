//! How does a study lie in memory that nobody can write to?

use memmap2::{Mmap, MmapMut};
use parallax_model::Reading;
use parallax_model::table::{Slice, Texts};
use parallax_plugin::columns::{Column, Lent, Table, lend_sound, tables};

/// Where a column may begin: a multiple of this.
const ALIGNED: usize = 64;

/// The tables of a reading in pages that end whoever writes to them. They stay for as long as the
/// process.
///
/// # Errors
/// When there is no such memory, or the reading is not whole.
pub(crate) fn in_read_only_pages(reading: &Reading<'static>) -> Result<Lent<'static>, String> {
    let tables = tables(reading).map_err(|e| e.to_string())?;
    let mut bytes = Vec::new();
    for (_, column) in tables.iter().flat_map(|table| &table.columns) {
        visit(column, &mut |part| put(&mut bytes, part));
    }
    let map = lasting(&bytes).map_err(|e| format!("there is no memory for the study: {e}"))?;
    let mut pages = Pages { map, at: 0 };
    let moved = tables.iter().map(|table| pages.table(table)).collect::<Option<Vec<_>>>();
    moved.map(lend_sound).ok_or_else(|| "the study does not come back as it was".to_owned())
}

fn lasting(bytes: &[u8]) -> std::io::Result<&'static Mmap> {
    let mut map = MmapMut::map_anon(bytes.len().max(1))?;
    map[..bytes.len()].copy_from_slice(bytes);
    Ok(Box::leak(Box::new(map.make_read_only()?)))
}

/// Shows the bytes of every buffer of a column.
fn visit(column: &Column<'_>, show: &mut impl FnMut(&[u8])) {
    let texts = |texts: &Texts<'_>, show: &mut dyn FnMut(&[u8])| {
        show(bytes_of(texts.offsets()));
        show(texts.buffer().as_bytes());
    };
    match column {
        Column::U8(values) => show(values),
        Column::U32(values) => show(bytes_of(values)),
        Column::I64(values) => show(bytes_of(values)),
        Column::F64(values) => show(bytes_of(values)),
        Column::Texts(column) => texts(column, show),
        Column::Codes { codes, labels, .. } => {
            show(bytes_of(codes));
            texts(labels, show);
        }
        Column::Lists { offsets, codes, labels, .. } => {
            show(bytes_of(offsets));
            show(bytes_of(codes));
            texts(labels, show);
        }
    }
}

fn put(bytes: &mut Vec<u8>, part: &[u8]) {
    bytes.resize(bytes.len().next_multiple_of(ALIGNED), 0);
    bytes.extend_from_slice(part);
}

/// A number without padding, of which every pattern of bits is one.
trait Plain: Copy {}
impl Plain for u8 {}
impl Plain for u32 {}
impl Plain for i64 {}
impl Plain for f64 {}

fn bytes_of<T: Plain>(values: &[T]) -> &[u8] {
    // SAFETY: a number has no padding, and bytes may lie anywhere.
    unsafe { std::slice::from_raw_parts(values.as_ptr().cast(), size_of_val(values)) }
}

/// The buffers in the order in which they were put there.
struct Pages {
    map: &'static Mmap,
    at: usize,
}

impl Pages {
    fn next<T: Plain>(&mut self, count: usize) -> Option<&'static [T]> {
        let start = self.at.next_multiple_of(ALIGNED);
        let bytes = self.map.get(start..start + count * size_of::<T>())?;
        self.at = start + bytes.len();
        // SAFETY: pages and buffers begin where such a number may lie, the bytes are there, and the
        // map neither changes nor goes.
        Some(unsafe { std::slice::from_raw_parts(bytes.as_ptr().cast(), count) })
    }

    fn numbers<T: Plain>(&mut self, like: &[T]) -> Option<Slice<'static, T>> {
        self.next(like.len()).map(Slice::Borrowed)
    }

    fn texts(&mut self, like: &Texts<'_>) -> Option<Texts<'static>> {
        let offsets = self.next(like.offsets().len())?;
        let buffer = self.next::<u8>(like.buffer().len())?;
        Texts::from_parts(offsets, std::str::from_utf8(buffer).ok()?)
    }

    fn column(&mut self, like: &Column<'static>) -> Option<Column<'static>> {
        Some(match like {
            Column::U8(values) => Column::U8(self.numbers(values)?),
            Column::U32(values) => Column::U32(self.numbers(values)?),
            Column::I64(values) => Column::I64(self.numbers(values)?),
            Column::F64(values) => Column::F64(self.numbers(values)?),
            Column::Texts(texts) => Column::Texts(self.texts(texts)?),
            Column::Codes { codes, labels, of } => {
                Column::Codes { codes: self.numbers(codes)?, labels: self.texts(labels)?, of }
            }
            Column::Lists { offsets, codes, labels, of } => Column::Lists {
                offsets: self.numbers(offsets)?,
                codes: self.numbers(codes)?,
                labels: self.texts(labels)?,
                of,
            },
        })
    }

    fn table(&mut self, like: &Table<'static>) -> Option<Table<'static>> {
        let columns = like.columns.iter().map(|(name, column)| Some((*name, self.column(column)?)));
        Some(Table { name: like.name, rows: like.rows, columns: columns.collect::<Option<_>>()? })
    }
}

#[cfg(test)]
mod tests {
    use parallax_model::table::NONE;
    use parallax_plugin::columns::receive;

    use super::*;

    #[test]
    fn a_study_in_such_pages_is_the_same_study() {
        let mut reading = Reading { mapping: "één".into(), ..Reading::default() };
        reading.roles.ids = ["S", "L"].into_iter().collect();
        reading.roles.labels = ["leraar, één", ""].into_iter().collect();
        reading.roles.kinds = vec![0, 1].into();
        reading.roles.within = vec![NONE, 0].into();
        reading.sources.speaker_offsets = vec![0].into();
        reading.excerpts.code_offsets = vec![0].into();
        reading.constraints.member_offsets = vec![0].into();
        reading.claims.code_offsets = vec![0].into();
        reading.codes.incompatible_offsets = vec![0].into();
        let lent = in_read_only_pages(&reading).expect("there is memory");
        // SAFETY: it is lent as long as the process.
        let received = unsafe { receive(lent.reading()) };
        assert_eq!(received, tables(&reading));
    }
}
