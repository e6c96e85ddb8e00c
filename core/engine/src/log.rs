//! Who accepted which change of a finding, when and why? The log is only ever added to.

use std::fs;
use std::io;
use std::path::Path;

use jiff::civil::Date;

use crate::text::word;
use crate::write;

/// Where the log stands, inside the study's folder.
pub const PLACE: &str = "findings/log.csv";

/// The columns of the log.
const HEADER: [&str; 6] = ["date", "by", "what", "was", "is", "because"];

/// One line of the log. None of its texts holds a participant's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The day.
    pub date: Date,
    /// Who decided it.
    pub by: String,
    /// What it is about: a finding's id, `everything`, or a withdrawal.
    pub what: String,
    /// What it was, in a few words; blank where there was nothing.
    pub was: String,
    /// What it is now, in a few words; blank where there is nothing any longer.
    pub is: String,
    /// Why.
    pub because: String,
}

impl Entry {
    /// What is written of it, column by column.
    fn cells(&self) -> [String; 6] {
        let Self { date, by, what, was, is, because } = self;
        let date = date.to_string();
        [date.as_str(), by, what, was, is, because].map(one_line)
    }
}

/// Adds entries to the log of a study's folder, after those that are there: all of them or none.
///
/// What stands in the file is kept byte for byte, whoever wrote it.
///
/// # Errors
/// What the operating system says; the log is then as it was.
pub fn add(folder: &Path, entries: &[Entry]) -> io::Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    let path = folder.join(PLACE);
    let mut text = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(error),
    };
    let is_new = text.is_empty();
    let delimiter = match is_new {
        true => b',',
        false => delimiter(&text).ok_or_else(|| io::Error::other(NotALog))?,
    };
    if !is_new && !text.ends_with(b"\n") {
        text.push(b'\n');
    }
    let mut rows = csv::WriterBuilder::new().delimiter(delimiter).from_writer(text);
    if is_new {
        rows.write_record(HEADER)?;
    }
    for entry in entries {
        rows.write_record(entry.cells())?;
    }
    let text = rows.into_inner().map_err(csv::IntoInnerError::into_error)?;
    write::within(folder, PLACE, &text)
}

/// A file that stands where the log belongs and cannot be added to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "it does not begin with the columns of the log, or is not UTF-8 text with closed quotation \
     marks; save it as CSV (UTF-8) with the columns date, by, what, was, is, because, or move it away"
)]
pub struct NotALog;

/// What stands between the columns of a log: a spreadsheet may have saved it with semicolons. Nothing
/// when it is no log.
fn delimiter(bytes: &[u8]) -> Option<u8> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).ok()?;
    let header = text.lines().next()?.replace('"', "");
    let found = [b',', b';', b'\t'].into_iter().find(|delimiter| {
        let names = header.trim_end().split(char::from(*delimiter));
        names.eq(HEADER)
    })?;
    // In a whole log every mark that opens is closed.
    (text.matches('"').count() % 2 == 0).then_some(found)
}

/// Whether an entry is the last line of the log of a study's folder, as [`add`] writes it.
///
/// # Errors
/// What the operating system says.
pub fn ends_with(folder: &Path, entry: &Entry) -> io::Result<bool> {
    let text = match fs::read(folder.join(PLACE)) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    };
    let between = delimiter(&text).unwrap_or(b',');
    let mut line = csv::WriterBuilder::new().delimiter(between).from_writer(vec![b'\n']);
    line.write_record(entry.cells())?;
    let line = line.into_inner().map_err(csv::IntoInnerError::into_error)?;
    Ok(text.ends_with(&line))
}

/// Takes the id of somebody who withdrew out of the log: `…` stands in its place. Nothing else of the
/// file changes.
///
/// # Errors
/// What the operating system says; the log is then as it was.
pub fn forget(folder: &Path, participant: &str) -> io::Result<()> {
    let path = folder.join(PLACE);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    let forgotten = without_word(&text, participant);
    if forgotten == text { Ok(()) } else { write::within(folder, PLACE, forgotten.as_bytes()) }
}

/// A text with `…` in place of an id that stands as a word.
fn without_word(text: &str, id: &str) -> String {
    let (mut left, mut from) = (String::with_capacity(text.len()), 0);
    for at in word::places(text, id) {
        left.push_str(&text[from..at]);
        left.push('…');
        from = at + id.len();
    }
    left.push_str(&text[from..]);
    left
}

/// A text on one line, and no formula to a spreadsheet that opens the log.
fn one_line(text: &str) -> String {
    let line = text.split(['\n', '\r']).map(str::trim).collect::<Vec<_>>().join(" ");
    match line.starts_with(['=', '+', '-', '@']) {
        true => format!("'{line}"),
        false => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(what: &str, because: &str) -> Entry {
        Entry {
            date: jiff::civil::date(2026, 11, 20),
            by: "RdV".to_owned(),
            what: what.to_owned(),
            was: "6 of 11".to_owned(),
            is: "8 of 11".to_owned(),
            because: because.to_owned(),
        }
    }

    #[test]
    fn somebody_who_withdrew_is_forgotten_and_others_are_not() {
        let text = "S3>L3,S3 claims P.S3 of S30 and xS3, with S3.";
        assert_eq!(without_word(text, "S3"), "…>L3,… claims P.S3 of S30 and xS3, with ….");
        let folder = tempfile::tempdir().expect("a folder");
        forget(folder.path(), "S3").expect("there is no log");
        add(folder.path(), &[entry("a/S3>L3", "S3 was heard again")]).expect("written");
        forget(folder.path(), "S3").expect("written");
        let text = fs::read_to_string(folder.path().join(PLACE)).expect("read");
        assert!(text.ends_with("RdV,a/…>L3,6 of 11,8 of 11,… was heard again\n"), "{text}");
    }

    #[test]
    fn a_log_that_a_spreadsheet_saved_goes_on_and_what_is_no_log_stays_as_it_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(PLACE);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        let saved = "\u{feff}date;by;what;was;is;because\r\n2026-11-01;x;y;z;a;b\r\n";
        fs::write(&path, saved).expect("saved");
        add(folder.path(), &[entry("a/1", "because")]).expect("written");
        let text = fs::read_to_string(&path).expect("read");
        assert_eq!(text, format!("{saved}2026-11-20;RdV;a/1;6 of 11;8 of 11;because\n"));
        for wrong in ["a,b\n", "date,by,what,was,is,because\n\"open\n", "\u{0}", "d\n"] {
            fs::write(&path, wrong).expect("saved");
            assert!(add(folder.path(), &[entry("a/1", "x")]).is_err(), "{wrong}");
            assert_eq!(fs::read_to_string(&path).expect("read"), wrong);
        }
    }

    #[test]
    fn entries_follow_those_that_are_there() {
        let folder = tempfile::tempdir().expect("a folder");
        add(folder.path(), &[entry("a/1", "two interviews, added")]).expect("written");
        let path = folder.path().join(PLACE);
        let is_last = |what| ends_with(folder.path(), &entry(what, "two interviews, added"));
        assert!(is_last("a/1").expect("read") && !is_last("1").expect("read"));
        let by_hand = fs::read_to_string(&path).expect("read").trim_end().to_owned();
        fs::write(&path, &by_hand).expect("saved without a line end");
        add(folder.path(), &[entry("a/2", "=SUM(A1)\nsecond line")]).expect("written");
        insta::assert_snapshot!(fs::read_to_string(&path).expect("read"), @r#"
        date,by,what,was,is,because
        2026-11-20,RdV,a/1,6 of 11,8 of 11,"two interviews, added"
        2026-11-20,RdV,a/2,6 of 11,8 of 11,'=SUM(A1) second line
        "#);
    }
}
