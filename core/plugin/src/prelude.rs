//! Which words does the author of an analysis need?

pub use parallax_model::table::{NONE, Slice, Texts};
pub use parallax_model::{
    Ascription, Basis, ByCode, Caveat, Evidence, EvidenceKind, Figure, Finding, Fraction, Measure,
    Merge, NoFindings, Number, Reading, RoleAtCase, Roster, Table, Text, Value, Weight,
};
pub use schemars::JsonSchema;
pub use serde::{Deserialize, Serialize};

pub use crate::export::{Job, NoParameters};
pub use crate::export_analysis;
