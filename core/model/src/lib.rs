//! Which words does parallax use, and what do they mean?
//!
//! **The material.** A *study* is one inquiry, kept as a folder. A *source* is a conversation, a
//! document or another thing that speaks; an *excerpt* is a stretch of one. A *case* is a site,
//! such as a school. A *participant* is a person, or a body that speaks as one, with the *title*
//! they go by. A *role* is a part that people have, or that is only spoken of; a *mapping* turns
//! titles into roles, and several can stand beside each other. A *code* names what is spoken about;
//! the codes make the codebook.
//!
//! **What is said.** A *statement* is the atom: a speaker says that a *bearer* owes, may, does or
//! is something, to a *counterparty* where there is one. Its *modality* is what is ascribed (a
//! duty, a right, a permission, a prohibition, an act, an expectation, a wish, or a view), its
//! *stance* whether the speaker affirms or denies it. A *position* is a cluster of rights and
//! duties to act in certain ways (Van Langenhove 2021); it is derived from statements, never
//! stored. A *claim* is a sentence of a report that can be tested, and a *verdict* what comes of
//! the test.
//!
//! **What is known.** *Coverage* says who was asked what. A *constraint* says how many of a group
//! said something, when nobody knows who. A *cell* is what is known about one person, or one role
//! at one case, and one item: yes, no, mixed, silent, not asked, unknown or vacant. Counts over
//! cells are intervals with *bounds*.
//!
//! **What is found.** A *reading* is a study under one mapping and one set of choices. An
//! *analysis* answers a question about a reading; it is a *plugin* (native) or a *script*. A
//! *finding* is what it says, with the *evidence* for it and against it. A *report* shows findings
//! to a reader.
//!
//! **What is wrong.** A *problem* is about the study and is written for the researcher; an *error*
//! is about the program.

pub mod analysis;
pub mod bounds;
pub mod cell;
pub mod choices;
pub mod claim;
pub mod document;
pub mod draft;
pub mod finding;
pub mod number;
pub mod personal;
pub mod position;
pub mod problem;
pub mod reading;
pub mod row;
pub mod schema;
pub mod settings;
pub mod status;
pub mod study;
pub mod table;
pub mod tables;
pub mod text;

pub use analysis::{Manifest, NoFindings, Outcome, Template};
pub use bounds::{Bounds, Interval, Method};
pub use cell::{Cells, Item, Modalities, Reach, State};
pub use choices::{Choices, NotOffered};
pub use claim::{Check, Verdict};
pub use document::{FindingsDocument, Labels, Unworded, publish};
pub use draft::{Shape, StatementDraft, StudyDraft};
pub use finding::{
    Basis, Caveat, Evidence, EvidenceKind, Figure, Finding, Measure, Merge, NoEvidence, Table,
    Value, Weight,
};
pub use number::{Fraction, Number};
pub use position::{Ascriber, Content, Holder, Position, PositionKind, claimed, positions};
pub use problem::{Fix, Kind, Problem, Severity, Spot, StudyFile};
pub use reading::{Ascription, ByCode, Reading, RoleAtCase, Roster};
pub use settings::Settings;
pub use status::{Status, status};
pub use study::{Checked, Study};
pub use table::{NONE, Slice, Texts};
pub use tables::Bearer;
pub use text::Text;
