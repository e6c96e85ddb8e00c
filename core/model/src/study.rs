//! What is a study whose every reference was checked?

use crate::claim::Claim;
use crate::problem::Problem;
use crate::row::{ClaimRow, CodeRow, EventRow, Inclusion};
use crate::settings::Settings;
use crate::table::{Slice, Texts};
use crate::tables::{
    Attributes, Cases, Claims, Codes, Conventions, Coverage, Excerpts, Participants, Roles,
    Sources, Statements,
};

mod claims;
mod codebook;
mod consent;
mod edit;
mod gather;
mod knowledge;
mod names;
mod people;
mod robustness;
mod roles;
mod statements;
mod verify;

pub use consent::{Consent, Day};
pub use edit::Edit;
pub use gather::Gathered;
pub use knowledge::{Constraint, Member};
pub use roles::{EXCLUDE, MappedRoles};
pub(crate) use verify::contradictions;

/// A study that can be trusted: ids are interned and none of them points nowhere.
///
/// The only way in is [`StudyDraft::check`](crate::StudyDraft::check). Cloning copies no column.
#[derive(Clone, Debug)]
pub struct Study {
    settings: Settings,
    roles: Roles<'static>,
    mappings: Vec<MappedRoles>,
    cases: Cases<'static>,
    case_references: Texts<'static>,
    participants: Participants<'static>,
    inclusions: Vec<Inclusion>,
    consents: Vec<Consent>,
    attributes: Attributes<'static>,
    codes: Codes<'static>,
    code_rows: Vec<CodeRow>,
    sources: Sources<'static>,
    statements: Statements<'static>,
    alternatives: Alternatives,
    references: Texts<'static>,
    coverage: Coverage<'static>,
    constraints: Vec<Constraint>,
    excerpts: Excerpts<'static>,
    excerpt_texts: Texts<'static>,
    excerpt_references: Texts<'static>,
    claim_rows: Vec<ClaimRow>,
    claims: Vec<Option<Claim>>,
    claimed: Claims<'static>,
    events: Vec<EventRow>,
}

/// Which option of which uncertain passage each statement belongs to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Alternatives {
    /// A code into `options` for each statement; empty when no passage is uncertain.
    pub(crate) codes: Slice<'static, u32>,
    /// Groups and options, as `study.yaml` names them.
    pub(crate) options: Vec<(String, String)>,
}

/// What came of checking a draft.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The study, when no problem is an error.
    pub study: Option<Study>,
    /// Everything that is wrong or worth knowing, in the order in which it was met.
    pub problems: Vec<Problem>,
}

impl Study {
    /// What `study.yaml` says.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The roles, in the order of `study.yaml`.
    #[must_use]
    pub fn roles(&self) -> &Roles<'static> {
        &self.roles
    }

    /// The mappings with everybody's role under each; at least one.
    #[must_use]
    pub fn mappings(&self) -> &[MappedRoles] {
        &self.mappings
    }

    /// The mapping that is used when none is asked for.
    #[must_use]
    pub fn default_mapping(&self) -> &MappedRoles {
        let wanted = self.settings.default_mapping.as_deref();
        let named = self.mappings.iter().find(|mapping| Some(mapping.id.as_str()) == wanted);
        named.unwrap_or(&self.mappings[0])
    }

    /// The cases.
    #[must_use]
    pub fn cases(&self) -> &Cases<'static> {
        &self.cases
    }

    /// Where the report says what the study has of each case; blank where nobody says.
    #[must_use]
    pub fn case_references(&self) -> &Texts<'static> {
        &self.case_references
    }

    /// Everybody, in or out of the analysis; their roles depend on the reading.
    #[must_use]
    pub fn participants(&self) -> &Participants<'static> {
        &self.participants
    }

    /// Whether each participant is part of the analysis.
    #[must_use]
    pub fn inclusions(&self) -> &[Inclusion] {
        &self.inclusions
    }

    /// What the participant in this row consented to. No finding and no reading depends on it.
    #[must_use]
    pub fn consent(&self, participant: usize) -> Consent {
        self.consents.get(participant).copied().unwrap_or_default()
    }

    /// Whatever else is known of people and cases.
    #[must_use]
    pub fn attributes(&self) -> &Attributes<'static> {
        &self.attributes
    }

    /// The codebook in columns.
    #[must_use]
    pub fn codes(&self) -> &Codes<'static> {
        &self.codes
    }

    /// The codebook as it was read: definitions, origins, reasons.
    #[must_use]
    pub fn code_rows(&self) -> &[CodeRow] {
        &self.code_rows
    }

    /// The sources.
    #[must_use]
    pub fn sources(&self) -> &Sources<'static> {
        &self.sources
    }

    /// Every statement, of every alternative.
    #[must_use]
    pub fn statements(&self) -> &Statements<'static> {
        &self.statements
    }

    /// Where each statement stands in the material; empty when the column is absent.
    #[must_use]
    pub fn references(&self) -> &Texts<'static> {
        &self.references
    }

    /// Who was asked what.
    #[must_use]
    pub fn coverage(&self) -> &Coverage<'static> {
        &self.coverage
    }

    /// What is known about groups.
    #[must_use]
    pub fn constraints(&self) -> &[Constraint] {
        &self.constraints
    }

    /// The excerpts.
    #[must_use]
    pub fn excerpts(&self) -> &Excerpts<'static> {
        &self.excerpts
    }

    /// The words of the excerpts: participants' words, for the report and `trace` only.
    #[must_use]
    pub fn excerpt_texts(&self) -> &Texts<'static> {
        &self.excerpt_texts
    }

    /// Where each excerpt stands in the material.
    #[must_use]
    pub fn excerpt_references(&self) -> &Texts<'static> {
        &self.excerpt_references
    }

    /// The published claims as a reading has them: in columns and without their words.
    #[must_use]
    pub(crate) fn claimed(&self) -> &Claims<'static> {
        &self.claimed
    }

    /// The published claims, in the order of `claims.csv`; `None` where something is wrong with one.
    #[must_use]
    pub fn claims(&self) -> &[Option<Claim>] {
        &self.claims
    }

    /// The published claims as they were read: the words of the report, and where they stand.
    #[must_use]
    pub fn claim_rows(&self) -> &[ClaimRow] {
        &self.claim_rows
    }

    /// The events of interaction data.
    #[must_use]
    pub fn events(&self) -> &[EventRow] {
        &self.events
    }

    pub(crate) fn alternatives(&self) -> &Alternatives {
        &self.alternatives
    }

    pub(crate) fn conventions(&self) -> Conventions {
        Conventions {
            coverage_default: self.settings.coverage_default,
            unit: self.settings.unit,
            aggregation: self.settings.aggregation,
        }
    }
}
