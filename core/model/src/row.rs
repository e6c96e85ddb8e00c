//! What may stand in one row of each table of a study?
//!
//! These types are read, described (their JSON Schemas are in `schemas/`) and shown to editors;
//! there is no second description of a column anywhere.

mod codebook;
mod event;
mod knowledge;
mod people;
mod statement;

pub use codebook::{CodeOrigin, CodeRow, CodeStatus};
pub use event::{
    Act, Awareness, EventKind, EventRow, Ground, PositioningOrder, Uptake, Voluntariness,
};
pub use knowledge::{
    ClaimKind, ClaimRow, ConstraintBearer, ConstraintRow, ConstraintState, CoverageRow,
    CoverageStatus,
};
pub use people::{ActorKind, CaseRow, Inclusion, ParticipantRow, SourceKind, SourceRow};
pub use statement::{ExcerptRow, Modality, MoralOrder, Stance, StatementRow, Strength};
