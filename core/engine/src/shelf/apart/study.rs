//! How does a study lie in a file from which workers read its columns without copying them?
//!
//! Column after column as in memory, each at a multiple of 64 bytes; labels that several columns share
//! stand there once. What stands where travels apart, with the order.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Write};

use memmap2::Mmap;
use parallax_model::table::{Slice, Texts};
use parallax_plugin::columns::{Column, Table};
use serde::{Deserialize, Serialize};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

use super::mapped::mapped;

/// Where each column begins: what a processor reads at once, and what Arrow recommends.
const ALIGNED: u64 = 64;

/// A study in a file without a name that goes away with the last process that has it.
#[derive(Debug)]
pub struct StudyFile {
    file: File,
    contents: Contents,
    bytes: u64,
}

/// Which tables stand in a file, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    tables: Vec<TableAt>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct TableAt {
    name: String,
    rows: usize,
    columns: Vec<(String, ColumnAt)>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum ColumnAt {
    U8(At),
    U32(At),
    I64(At),
    F64(At),
    Texts(TextsAt),
    Codes { codes: At, labels: TextsAt, of: String },
    Lists { offsets: At, codes: At, labels: TextsAt, of: String },
}

/// Where values stand: from which byte on, and how many bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct At {
    from: u64,
    bytes: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct TextsAt {
    offsets: At,
    buffer: At,
}

impl StudyFile {
    /// Writes tables into a new file.
    ///
    /// # Errors
    /// When there is no room for it.
    pub fn of(tables: &[Table<'_>]) -> io::Result<Self> {
        let (to, lent) = nameless()?;
        let mut writer = Writer { to: BufWriter::new(to), at: 0, known: BTreeMap::new() };
        let contents = Contents {
            tables: tables.iter().map(|table| writer.table(table)).collect::<io::Result<_>>()?,
        };
        let bytes = writer.at;
        finished(writer.to.into_inner().map_err(io::IntoInnerError::into_error)?)?;
        Ok(Self { file: lent, contents, bytes })
    }

    /// The file, which can only be read.
    #[must_use]
    pub fn file(&self) -> &File {
        &self.file
    }

    /// What stands where.
    #[must_use]
    pub fn contents(&self) -> &Contents {
        &self.contents
    }

    /// How long it is.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }
}

/// A study that another process wrote, as memory that cannot be written to.
#[derive(Debug)]
pub struct MappedStudy {
    map: Mmap,
}

impl MappedStudy {
    /// The file as memory.
    ///
    /// # Errors
    /// When the system does not map it.
    pub fn of(file: &File) -> io::Result<Self> {
        Ok(Self { map: mapped(file)? })
    }

    /// The tables in it. No cell is copied.
    ///
    /// # Errors
    /// When something does not stand where `contents` says.
    pub fn tables<'m>(&'m self, contents: &'m Contents) -> Result<Vec<Table<'m>>, &'static str> {
        contents.tables.iter().map(|table| self.table(table)).collect()
    }

    fn table<'m>(&'m self, table: &'m TableAt) -> Result<Table<'m>, &'static str> {
        let columns = table.columns.iter();
        let columns = columns.map(|(name, at)| Ok((name.as_str(), self.column(at)?)));
        let columns = columns.collect::<Result<_, &'static str>>()?;
        Ok(Table { name: &table.name, rows: table.rows, columns })
    }

    fn column<'m>(&'m self, at: &'m ColumnAt) -> Result<Column<'m>, &'static str> {
        Ok(match at {
            ColumnAt::U8(at) => Column::U8(self.values(*at)?),
            ColumnAt::U32(at) => Column::U32(self.values(*at)?),
            ColumnAt::I64(at) => Column::I64(self.values(*at)?),
            ColumnAt::F64(at) => Column::F64(self.values(*at)?),
            ColumnAt::Texts(at) => Column::Texts(self.texts(*at)?),
            ColumnAt::Codes { codes, labels, of } => {
                Column::Codes { codes: self.values(*codes)?, labels: self.texts(*labels)?, of }
            }
            ColumnAt::Lists { offsets, codes, labels, of } => Column::Lists {
                offsets: self.values(*offsets)?,
                codes: self.values(*codes)?,
                labels: self.texts(*labels)?,
                of,
            },
        })
    }

    fn bytes(&self, at: At) -> Result<&[u8], &'static str> {
        let range = usize::try_from(at.from).ok().zip(usize::try_from(at.from + at.bytes).ok());
        range.and_then(|(from, to)| self.map.get(from..to)).ok_or("the study is not whole")
    }

    fn values<T: FromBytes + Immutable + KnownLayout>(
        &self,
        at: At,
    ) -> Result<Slice<'_, T>, &'static str> {
        let values = <[T]>::ref_from_bytes(self.bytes(at)?);
        values.map(Slice::Borrowed).map_err(|_| "the study does not lie as it should")
    }

    fn texts(&self, at: TextsAt) -> Result<Texts<'_>, &'static str> {
        let offsets = <[i64]>::ref_from_bytes(self.bytes(at.offsets)?)
            .map_err(|_| "the study does not lie as it should")?;
        let buffer = std::str::from_utf8(self.bytes(at.buffer)?)
            .map_err(|_| "the texts of the study are no UTF-8")?;
        Texts::from_parts(offsets, buffer).ok_or("the texts of the study are not whole")
    }
}

/// What is written so far.
struct Writer {
    to: BufWriter<File>,
    at: u64,
    /// What was written from which place in memory: labels are shared by many columns.
    known: BTreeMap<(usize, usize), At>,
}

impl Writer {
    fn table(&mut self, table: &Table<'_>) -> io::Result<TableAt> {
        let columns = table.columns.iter();
        let columns = columns.map(|(name, column)| Ok(((*name).to_owned(), self.column(column)?)));
        let columns = columns.collect::<io::Result<_>>()?;
        Ok(TableAt { name: table.name.to_owned(), rows: table.rows, columns })
    }

    fn column(&mut self, column: &Column<'_>) -> io::Result<ColumnAt> {
        Ok(match column {
            Column::U8(values) => ColumnAt::U8(self.bytes(values)?),
            Column::U32(values) => ColumnAt::U32(self.bytes(values.as_bytes())?),
            Column::I64(values) => ColumnAt::I64(self.bytes(values.as_bytes())?),
            Column::F64(values) => ColumnAt::F64(self.bytes(values.as_bytes())?),
            Column::Texts(texts) => ColumnAt::Texts(self.texts(texts)?),
            Column::Codes { codes, labels, of } => ColumnAt::Codes {
                codes: self.bytes(codes.as_bytes())?,
                labels: self.texts(labels)?,
                of: (*of).to_owned(),
            },
            Column::Lists { offsets, codes, labels, of } => ColumnAt::Lists {
                offsets: self.bytes(offsets.as_bytes())?,
                codes: self.bytes(codes.as_bytes())?,
                labels: self.texts(labels)?,
                of: (*of).to_owned(),
            },
        })
    }

    fn texts(&mut self, texts: &Texts<'_>) -> io::Result<TextsAt> {
        Ok(TextsAt {
            offsets: self.bytes(texts.offsets().as_bytes())?,
            buffer: self.bytes(texts.buffer().as_bytes())?,
        })
    }

    fn bytes(&mut self, bytes: &[u8]) -> io::Result<At> {
        let place = (bytes.as_ptr().addr(), bytes.len());
        if let Some(&known) = self.known.get(&place) {
            return Ok(known);
        }
        let padding = self.at.next_multiple_of(ALIGNED) - self.at;
        io::copy(&mut io::Read::take(io::repeat(0), padding), &mut self.to)?;
        self.to.write_all(bytes)?;
        let at = At { from: self.at + padding, bytes: bytes.len() as u64 };
        self.at = at.from + at.bytes;
        self.known.insert(place, at);
        Ok(at)
    }
}

/// A new file without a name: to write to, and to lend.
#[cfg(target_os = "linux")]
fn nameless() -> io::Result<(File, File)> {
    use rustix::fs::{MemfdFlags, memfd_create};

    // In memory alone, so that nothing of a study is left on a disk, whatever happens.
    let flags = MemfdFlags::CLOEXEC | MemfdFlags::ALLOW_SEALING;
    let file = File::from(memfd_create("parallax-study", flags)?);
    Ok((file.try_clone()?, file))
}

/// Nobody can write to it, shorten it or let it grow from now on.
#[cfg(target_os = "linux")]
fn finished(file: File) -> io::Result<()> {
    use rustix::fs::{SealFlags, fcntl_add_seals};

    let seals = SealFlags::WRITE | SealFlags::SHRINK | SealFlags::GROW | SealFlags::SEAL;
    Ok(fcntl_add_seals(file, seals)?)
}

/// A new file without a name: to write to, and to lend.
#[cfg(not(target_os = "linux"))]
fn nameless() -> io::Result<(File, File)> {
    let named = tempfile::NamedTempFile::new()?;
    let lent = File::open(named.path())?;
    let (file, path) = named.into_parts();
    path.close()?;
    Ok((file, lent))
}

/// The way on which it was written is closed; the one that is lent can only be read.
#[cfg(not(target_os = "linux"))]
fn finished(file: File) -> io::Result<()> {
    drop(file);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tables() -> Vec<Table<'static>> {
        let labels: Texts<'static> = ["S", "L", "één"].into_iter().collect();
        let of_rows = |column| ("c", column);
        vec![
            Table { name: "roles", rows: 3, columns: vec![of_rows(Column::Texts(labels.clone()))] },
            Table {
                name: "all",
                rows: 2,
                columns: vec![
                    of_rows(Column::U8(vec![1, 2].into())),
                    of_rows(Column::U32(vec![3, u32::MAX].into())),
                    of_rows(Column::I64(vec![-4, i64::MIN].into())),
                    of_rows(Column::F64(vec![0.5, -1.5].into())),
                    of_rows(Column::Codes {
                        codes: vec![2, u32::MAX].into(),
                        labels: labels.clone(),
                        of: "roles",
                    }),
                    of_rows(Column::Lists {
                        offsets: vec![0, 2, 2].into(),
                        codes: vec![1, 0].into(),
                        labels,
                        of: "",
                    }),
                ],
            },
            Table { name: "none", rows: 0, columns: Vec::new() },
        ]
    }

    #[test]
    fn what_was_written_is_read_from_memory_and_shared_labels_stand_there_once() {
        let tables = tables();
        let study = StudyFile::of(&tables).expect("there is room");
        let mapped = MappedStudy::of(study.file()).expect("can be mapped");
        assert_eq!(mapped.tables(study.contents()), Ok(tables));
        // Ten columns of one block, of which three are the same offsets and the same texts.
        assert!(study.bytes() < 10 * ALIGNED, "{}", study.bytes());
    }

    #[test]
    fn what_does_not_stand_there_is_refused() {
        let study = StudyFile::of(&tables()).expect("there is room");
        let mapped = MappedStudy::of(study.file()).expect("can be mapped");
        let at = |from, bytes| Contents {
            tables: vec![TableAt {
                name: "t".into(),
                rows: 1,
                columns: vec![("c".into(), ColumnAt::U32(At { from, bytes }))],
            }],
        };
        for (from, bytes) in [(1_000_000, 4), (0, 1_000_000), (1, 4), (0, 3)] {
            assert!(mapped.tables(&at(from, bytes)).is_err(), "{from} {bytes}");
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn nobody_can_write_to_what_is_lent() {
        let study = StudyFile::of(&tables()).expect("there is room");
        let mut file = study.file().try_clone().expect("cloned");
        assert!(file.write_all(b"x").is_err());
        assert!(file.set_len(0).is_err());
    }
}
