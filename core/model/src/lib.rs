//! Which words does parallax use, and what do they mean?

pub mod analysis;
pub mod bounds;
pub mod cell;
pub mod choices;
pub mod document;
pub mod draft;
pub mod finding;
pub mod number;
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
pub use document::{FindingsDocument, Labels, Ran, publish};
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
