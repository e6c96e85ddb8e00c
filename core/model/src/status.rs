//! How does what somebody says of themselves stand to what others say of them?
//!
//! The position status matrix: positioning is assigning, appropriating and rejecting positions
//! (Van Langenhove 2021), so one comparison of self- and other-ascriptions gives both the
//! positioning and the mismatch of expectations.

use crate::cell::State;

/// What comes of comparing self-ascription and other-ascription.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Both affirm it: assigned and appropriated.
    Aligned,
    /// Both affirm it, and it is said not to be done.
    Unmet,
    /// Claimed by oneself, denied by others.
    Challenged,
    /// Assigned by others, denied by oneself.
    Rejected,
    /// Assigned by others, not mentioned by oneself when asked: silence, not refusal.
    Unrecognised,
    /// Claimed by oneself, not mentioned by others when asked.
    Unsolicited,
    /// Both deny it.
    AgreedNot,
    /// Denied by oneself, not mentioned by others when asked.
    Disclaimed,
    /// Denied by others, not mentioned by oneself when asked.
    DeniedByOthers,
    /// Mentioned by nobody, though both were asked.
    Unmentioned,
    /// One side was not asked, or nobody knows.
    Unknown,
    /// Nobody has the role there.
    Vacant,
}

impl Status {
    /// Every status.
    pub const ALL: [Self; 12] = [
        Self::Aligned,
        Self::Unmet,
        Self::Challenged,
        Self::Rejected,
        Self::Unrecognised,
        Self::Unsolicited,
        Self::AgreedNot,
        Self::Disclaimed,
        Self::DeniedByOthers,
        Self::Unmentioned,
        Self::Unknown,
        Self::Vacant,
    ];

    /// The word for it, such as `unrecognised`; challenged and rejected are both `contested`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Aligned => "aligned",
            Self::Unmet => "unmet",
            Self::Challenged | Self::Rejected => "contested",
            Self::Unrecognised => "unrecognised",
            Self::Unsolicited => "unsolicited",
            Self::AgreedNot => "agreed_not",
            Self::Disclaimed => "disclaimed",
            Self::DeniedByOthers => "denied_by_others",
            Self::Unmentioned => "unmentioned",
            Self::Unknown => "unknown",
            Self::Vacant => "vacant",
        }
    }

    /// Whether an expectation of this status is known to be met or not.
    #[must_use]
    pub fn is_decidable(self) -> bool {
        self == Self::Aligned || self.is_mismatch()
    }

    /// Whether an expectation of this status is not met: unmet, contested or unrecognised.
    #[must_use]
    pub fn is_mismatch(self) -> bool {
        matches!(self, Self::Unmet | Self::Challenged | Self::Rejected | Self::Unrecognised)
    }
}

/// What one side says, as far as the matrix cares.
enum Side {
    Affirms,
    Denies,
    Silent,
    Unknown,
}

impl From<State> for Side {
    fn from(state: State) -> Self {
        match state {
            State::Yes | State::Mixed => Self::Affirms,
            State::No => Self::Denies,
            State::Silent => Self::Silent,
            State::NotAsked | State::Unknown | State::Vacant => Self::Unknown,
        }
    }
}

/// The status of a position: what its bearer says of themselves, what others say of the bearer,
/// and what is said about whether the bearer does it.
///
/// A vacant bearer gives [`Status::Vacant`] whatever others say. *Mixed* counts as affirming.
#[must_use]
pub fn status(own: State, others: State, enacted: State) -> Status {
    if own == State::Vacant {
        return Status::Vacant;
    }
    match (Side::from(own), Side::from(others)) {
        (Side::Unknown, _) | (_, Side::Unknown) => Status::Unknown,
        (Side::Affirms, Side::Affirms) if enacted == State::No => Status::Unmet,
        (Side::Affirms, Side::Affirms) => Status::Aligned,
        (Side::Affirms, Side::Denies) => Status::Challenged,
        (Side::Affirms, Side::Silent) => Status::Unsolicited,
        (Side::Denies, Side::Affirms) => Status::Rejected,
        (Side::Denies, Side::Denies) => Status::AgreedNot,
        (Side::Denies, Side::Silent) => Status::Disclaimed,
        (Side::Silent, Side::Affirms) => Status::Unrecognised,
        (Side::Silent, Side::Denies) => Status::DeniedByOthers,
        (Side::Silent, Side::Silent) => Status::Unmentioned,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The matrix of the theory, row by row: own yes, no, silent, unknown, vacant against others
    /// yes, no, silent, unknown.
    #[test]
    fn the_matrix_is_the_one_of_the_theory() {
        use State::{No, Silent, Unknown, Vacant, Yes};
        let expected = [
            (Yes, [Status::Aligned, Status::Challenged, Status::Unsolicited, Status::Unknown]),
            (No, [Status::Rejected, Status::AgreedNot, Status::Disclaimed, Status::Unknown]),
            (
                Silent,
                [
                    Status::Unrecognised,
                    Status::DeniedByOthers,
                    Status::Unmentioned,
                    Status::Unknown,
                ],
            ),
            (Unknown, [Status::Unknown; 4]),
            (State::NotAsked, [Status::Unknown; 4]),
            (Vacant, [Status::Vacant; 4]),
        ];
        for (own, row) in expected {
            for (others, wanted) in [Yes, No, Silent, Unknown].into_iter().zip(row) {
                assert_eq!(status(own, others, Silent), wanted, "{own:?} against {others:?}");
            }
        }
        assert_eq!(status(Yes, Yes, No), Status::Unmet);
        assert_eq!(status(State::Mixed, Yes, Silent), Status::Aligned);
    }
}
