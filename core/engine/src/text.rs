//! How do bytes become tables and settings whose every value still knows its place?

pub mod cells;
pub mod dialect;
pub mod encoding;
pub(crate) mod gather;
pub mod place;
pub mod sheet;
pub mod source;
pub(crate) mod word;
pub mod yaml;
