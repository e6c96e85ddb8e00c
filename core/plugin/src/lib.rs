//! How does a native analysis meet parallax: the C border, and the kit an author writes against?
//!
//! An author needs the [`prelude`], one function and one line of [`export_analysis!`];
//! `parallax plugin new` writes the crate around them. In other languages the [`HEADER`] is enough.
//!
//! # A whole analysis
//!
//! ```
//! use parallax_plugin::prelude::*;
//!
//! /// What a study can choose. Every field has a default; the comments are its help.
//! #[derive(Deserialize, Serialize, JsonSchema)]
//! #[serde(deny_unknown_fields, default)]
//! struct Parameters {
//!     /// Only codes with at least so many statements.
//!     at_least: usize,
//! }
//!
//! impl Default for Parameters {
//!     fn default() -> Self {
//!         Self { at_least: 2 }
//!     }
//! }
//!
//! /// Finds the codes that are spoken of often enough.
//! fn analyse(reading: &Reading<'_>, parameters: &Parameters, job: &Job<'_>) -> Found {
//!     let statements = &reading.statements;
//!     let mut said: Vec<Vec<Evidence>> = vec![Vec::new(); reading.codes.len()];
//!     for (row, &code) in statements.codes.iter().enumerate() {
//!         // Says how far it is, and ends here when somebody wants the run to stop.
//!         job.progress(row, statements.len())?;
//!         let evidence = Evidence::statement(statements.ids.get(row), Weight::Supporting);
//!         said[code as usize].push(evidence);
//!     }
//!     let mut findings = Vec::new();
//!     for (code, evidence) in (0_u32..).zip(said) {
//!         if evidence.is_empty() || evidence.len() < parameters.at_least {
//!             continue;
//!         }
//!         let (id, count) = (reading.codes.ids.of(code), Number::count(evidence.len()));
//!         let finding = Finding::new(id, "code", evidence)?;
//!         findings.push(finding.value("code", Value::Code(id.to_owned())).measure("times", count));
//!     }
//!     if findings.is_empty() {
//!         return Err(NoFindings::not_available("no code is spoken of that often"));
//!     }
//!     Ok(findings)
//! }
//!
//! const MANIFEST: &str = r#"{
//!   "id": "much-said",
//!   "version": "1.0.0",
//!   "title": { "en": "Of what most is said" },
//!   "question": { "en": "Which codes are spoken of most?" },
//!   "method": { "en": "Counts the statements of each code." },
//!   "templates": {
//!     "code": {
//!       "title": { "en": "{code}" },
//!       "sentence": { "en": "{times} statements are about {code}." }
//!     }
//!   },
//!   "words": { "times": { "en": "statements" } }
//! }"#;
//!
//! // The symbol is the id, with underscores; the library's file is named after it, too.
//! export_analysis!(parallax_plugin_much_said, MANIFEST, analyse);
//!
//! // What a test of it does: call it on a small reading.
//! let people = [["A", "coach"], ["B", "teacher"]];
//! let said = [["s1", "A", "logbook"], ["s2", "B", "logbook"], ["s3", "B", "visit"]];
//! let reading = parallax_plugin::small::reading(&people, &said)?;
//! let found = analyse(&reading, &Parameters::default(), &Job::alone(0));
//! let findings = found.map_err(|why| why.to_string())?;
//! assert_eq!(findings.len(), 1);
//! assert_eq!((findings[0].about.as_str(), findings[0].evidence().len()), ("logbook", 2));
//! let few = analyse(&reading, &Parameters { at_least: 3 }, &Job::alone(0));
//! assert!(matches!(few, Err(NoFindings::NotAvailable(_))));
//!
//! // And that the manifest goes with the code, its parameters filled in.
//! let manifest = parallax_plugin::manifest::<Parameters>(MANIFEST).map_err(|e| e.to_string())?;
//! assert_eq!(manifest.parameters["properties"]["at_least"]["default"], 2);
//! assert_eq!(ENTRY.symbol(), "parallax_plugin_much_said");
//! # Ok::<(), String>(())
//! ```
//!
//! The derives name the crates serde and schemars: a plugin lists both in its `Cargo.toml`, in the
//! kit's versions.
//!
//! # Where to find what
//!
//! | for | look at |
//! |---|---|
//! | the tables | [`Reading`](model::Reading) and [`model::tables`] |
//! | what is known of somebody and a code, with bounds | [`Cells`](model::Cells) |
//! | who is what, where | [`Reading::roster`](model::Reading::roster) |
//! | numbers that say what is not known | [`Number`](model::Number) |
//! | findings, tables, figures | [`Finding`](model::Finding) |
//! | chance that is the same every time | [`Draws`] |
//! | how far the run is, its seed | [`Job`] |
//! | a reading for a test | [`small`], or a whole study: [`StudyDraft`](model::StudyDraft) |
//! | log lines | `tracing`, in ids and counts: what is logged reaches the program's own log |
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
