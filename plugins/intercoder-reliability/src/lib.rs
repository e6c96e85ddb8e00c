//! How far do coders agree on codes and on the positioning fields, and where do they not?
#![warn(missing_docs)]

pub mod coefficient;
