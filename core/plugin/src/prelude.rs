//! Which words does the author of an analysis need?
//!
//! `use parallax_plugin::prelude::*;` brings them; `parallax_plugin::model` has the rest. The derives
//! of [`Deserialize`], [`Serialize`] and [`JsonSchema`] name the crates serde and schemars, so that a
//! plugin with parameters lists both in its `Cargo.toml`.

pub use parallax_model::row::{Modality, Stance, Strength};
pub use parallax_model::table::{NONE, Slice, Texts};
pub use parallax_model::{
    Ascription, Basis, Bearer, Bounds, ByCode, Caveat, Cells, Evidence, EvidenceKind, Figure,
    Finding, Fraction, Interval, Item, Measure, Merge, Modalities, NoFindings, Number, Reach,
    Reading, RoleAtCase, Roster, State, Table, Text, Value, Weight,
};
pub use schemars::JsonSchema;
pub use serde::{Deserialize, Serialize};

pub use crate::chance::Draws;
pub use crate::export::{Found, Job, NoParameters};
pub use crate::export_analysis;
