//! What do this program and its workers tell each other?
//!
//! A message is four bytes with its length, lowest first, and then JSON. The two are the same
//! program, so the messages have no versions.

use std::io::{self, Read, Write};
use std::path::PathBuf;

use parallax_model::Outcome;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use tracing::level_filters::LevelFilter;

use super::study::Contents;
use super::{Described, Limits};

/// What the first argument of the program is when it is a worker.
pub const WORKER: &str = "(worker)";

/// The exit status of a worker that could not answer.
pub const UNHEARD: u8 = 77;

/// What a worker is to do.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Order {
    /// The library to load.
    pub library: PathBuf,
    /// The only library that it may be, by its SHA-256.
    pub sha256: Option<String>,
    /// What bounds the worker.
    pub limits: Limits,
    /// Which events are wanted: 0 for none, up to 5 for all.
    pub log: u8,
    /// What for.
    pub task: Task,
}

/// What a library is loaded for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Task {
    /// To hear what it says of itself.
    Describe,
    /// To run its analysis.
    Run {
        /// The parameters, which the schema of the analysis allows.
        parameters: Map<String, Json>,
        /// The seed of everything drawn by chance.
        seed: u64,
        /// What stands where in the study that is lent.
        contents: Contents,
    },
    /// To try whether it keeps to one thing that plugins have to keep to.
    Trial {
        /// Which.
        name: String,
    },
}

/// What a worker tells.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Said {
    /// So many steps are done, of so many.
    Progress(u64, u64),
    /// Something that the library logs.
    Log(Event),
    /// What the library says of itself. The last message.
    Described(Box<Described>),
    /// Why the library cannot be used. The last message.
    Refused(String),
    /// What came of the run. The last message.
    Done {
        /// What came of it.
        outcome: Outcome,
        /// How long the analysis itself took.
        nanoseconds: u64,
    },
    /// What came of a trial. The last message.
    Tried(Result<String, String>),
}

/// Something that a library logs: ids and counts, never a participant's words.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Event {
    /// From 1, an error, to 5, everything that happens.
    pub level: u8,
    /// Which part of the library.
    pub from: String,
    /// What happens.
    pub message: String,
    /// A JSON object, or empty.
    pub fields: String,
}

impl Said {
    /// Whether nothing comes after it.
    #[must_use]
    pub fn is_last(&self) -> bool {
        !matches!(self, Self::Progress(..) | Self::Log(_))
    }
}

/// Which events are wanted now: 0 for none, up to 5 for all.
#[must_use]
pub fn wanted() -> u8 {
    match LevelFilter::current() {
        LevelFilter::OFF => 0,
        LevelFilter::ERROR => 1,
        LevelFilter::WARN => 2,
        LevelFilter::INFO => 3,
        LevelFilter::DEBUG => 4,
        LevelFilter::TRACE => 5,
    }
}

/// Writes one message.
///
/// # Errors
/// When it is too long for its length to be written, or the other side is gone.
pub fn send(to: &mut impl Write, message: &impl Serialize) -> io::Result<()> {
    let mut bytes = vec![0; 4];
    serde_json::to_writer(&mut bytes, message)?;
    let length = u32::try_from(bytes.len() - 4).map_err(|_| io::ErrorKind::FileTooLarge)?;
    bytes[..4].copy_from_slice(&length.to_le_bytes());
    to.write_all(&bytes)?;
    to.flush()
}

/// Reads one message; none at the end.
///
/// # Errors
/// [`io::ErrorKind::FileTooLarge`] when it is longer than `room`,
/// [`io::ErrorKind::UnexpectedEof`] when it ends in its middle, and
/// [`io::ErrorKind::InvalidData`] when it is none.
pub fn receive<T: DeserializeOwned>(from: &mut impl Read, room: usize) -> io::Result<Option<T>> {
    let mut length = [0; 4];
    match from.read(&mut length)? {
        0 => return Ok(None),
        read => from.read_exact(&mut length[read..])?,
    }
    let length = u32::from_le_bytes(length) as usize;
    if length > room {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    let mut bytes = Vec::new();
    let read = from.take(length as u64).read_to_end(&mut bytes)?;
    if read < length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    serde_json::from_slice(&bytes).map(Some).map_err(|_| io::ErrorKind::InvalidData.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_comes_as_it_was_sent_and_nothing_else_does() {
        let mut sent = Vec::new();
        send(&mut sent, &Said::Progress(1, 2)).expect("sent");
        let got = |bytes: &[u8], room| {
            let got = receive::<Said>(&mut &*bytes, room);
            got.map(|said| said.map(|said| format!("{said:?}"))).map_err(|e| e.kind())
        };
        assert_eq!(got(&sent, 100), Ok(Some("Progress(1, 2)".to_owned())));
        assert_eq!(got(&[], 100), Ok(None));
        assert_eq!(got(&sent, 3), Err(io::ErrorKind::FileTooLarge));
        assert_eq!(got(&sent[..7], 100), Err(io::ErrorKind::UnexpectedEof));
        assert_eq!(got(&sent[..2], 100), Err(io::ErrorKind::UnexpectedEof));
        assert_eq!(got(b"\x02\0\0\0hi", 100), Err(io::ErrorKind::InvalidData));
        assert_eq!(got(b"hello, world", usize::MAX), Err(io::ErrorKind::UnexpectedEof));
    }
}
