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
    AscribedTo, ClaimKind, ClaimRow, ClaimState, ClaimUnit, ConstraintRow, ConstraintState,
    CoverageRow, CoverageStatus,
};
pub use people::{
    ActorKind, CaseRow, ConsentScope, Inclusion, ParticipantRow, SourceKind, SourceRow,
};
pub use statement::{ExcerptRow, Modality, MoralOrder, Stance, StatementRow, Strength};

/// A closed vocabulary whose values cross the plugin border as numbers.
pub trait RowEnum: Sized {
    /// The value of a number; a number that is none gives the vocabulary's neutral value.
    fn from_number(number: u8) -> Self;
}

macro_rules! numbered {
    ($($name:ident { $($variant:ident,)* } else $neutral:ident;)*) => {
        $(impl RowEnum for $name {
            fn from_number(number: u8) -> Self {
                match number {
                    $(number if number == Self::$variant as u8 => Self::$variant,)*
                    _ => Self::$neutral,
                }
            }
        })*
    };
}

numbered! {
    Modality { Duty, Right, Permission, Prohibition, Enact, Anticipate, Prefer, } else View;
    Stance { Affirm, Deny, Mixed, } else Affirm;
    Strength { Quoted, Reported, Implicit, Inferred, Reconstructed, } else Reported;
    CoverageStatus { Asked, NotAsked, Optional, ReportedSilent, } else Unknown;
    ConstraintState { Affirm, Deny, } else Affirm;
    ClaimState { Affirm, Deny, Mixed, } else Affirm;
    SourceKind { Interview, FocusGroup, Observation, Document, Survey, } else Interview;
}
