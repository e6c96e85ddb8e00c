//! How does a native analysis meet parallax: the C border, and the kit an author writes against?
//!
//! An author needs the [`prelude`], one function and one line of [`export_analysis!`].
#![expect(unsafe_code, reason = "the border to C is what this crate is for")]

pub mod abi;
pub mod chance;
pub mod columns;
pub mod export;
pub mod prelude;
pub mod small;

pub use chance::Draws;
pub use export::{Entry, Job, NoParameters, manifest};
pub use parallax_model as model;

/// The header of the border, for plugins in C and in languages that can call C.
pub const HEADER: &str = include_str!("../include/parallax_plugin.h");

/// The example of `plugins/README.md`, which compiles.
#[cfg(doctest)]
#[doc = include_str!("../../../plugins/README.md")]
struct ReadmeExample;
