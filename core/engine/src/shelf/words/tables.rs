//! Which tables of a reading does a script see, and which columns has each?
//!
//! What people said stands in none of them: notes, conditions, quotations and the words of claims
//! are no columns.

use parallax_model::Ascriber;

/// A table of the reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Table {
    Roles,
    Cases,
    Participants,
    Codes,
    Sources,
    Statements,
    Excerpts,
    Claims,
    Constraints,
    /// What the status matrix compares; derived, not read.
    Positions(Ascriber),
}

/// A column that every study has, by what it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    Id,
    Label,
    Kind,
    Within,
    Parent,
    Case,
    Role,
    Title,
    Weight,
    Prompt,
    Question,
    Origin,
    Wave,
    Source,
    Speaker,
    Code,
    Modality,
    Bearer,
    Whose,
    Counterparty,
    Stance,
    Strength,
    Perspective,
    Owner,
    Value,
    Coder,
    MoralOrder,
    Storyline,
    Section,
    Scope,
    State,
    Expected,
    Quantifier,
    Minimum,
    Maximum,
    Holder,
    Own,
    Status,
    Conflict,
}

/// One column as the reference lists it: its name, what it holds, what that means.
pub(crate) type Listed = (&'static str, Field, &'static str);

const ROLES: &[Listed] = &[
    ("id", Field::Id, "the id of the role"),
    ("label", Field::Label, "what readers call it"),
    ("kind", Field::Kind, "`focal` for people who were interviewed, `other` for those spoken of"),
    ("within", Field::Within, "the wider role it stands within"),
];

const CASES: &[Listed] = &[
    ("id", Field::Id, "the id of the case"),
    ("label", Field::Label, "what readers call it"),
    ("parent", Field::Parent, "the case it is part of"),
];

const PARTICIPANTS: &[Listed] = &[
    ("id", Field::Id, "the id of the participant"),
    ("role", Field::Role, "the role in this reading"),
    ("case", Field::Case, "the case"),
    ("title", Field::Title, "the title as it was reported"),
    ("kind", Field::Kind, "`person`, or `collective` for a body that speaks as one"),
    ("weight", Field::Weight, "how much the participant counts for, in a survey"),
];

const CODES: &[Listed] = &[
    ("id", Field::Id, "the id of the code"),
    ("label", Field::Label, "what readers call it"),
    ("parent", Field::Parent, "the code above it"),
    ("prompt", Field::Prompt, "the interview question that asks for it; blank: none does"),
    ("rq", Field::Question, "the research questions it serves"),
    ("origin", Field::Origin, "`deductive`, `inductive`, `table-only` or `prose`"),
];

const SOURCES: &[Listed] = &[
    ("id", Field::Id, "the id of the source"),
    ("label", Field::Label, "what readers call it"),
    ("type", Field::Kind, "`interview`, `focus_group`, `observation`, `document` or `survey`"),
    ("case", Field::Case, "the case of a document"),
    ("wave", Field::Wave, "the round of a longitudinal study"),
];

const STATEMENTS: &[Listed] = &[
    ("id", Field::Id, "the id of the statement"),
    ("source", Field::Source, "where it was said"),
    ("speaker", Field::Speaker, "who says it; blank for a document"),
    ("role", Field::Role, "the role of the speaker"),
    ("case", Field::Case, "the case of the speaker"),
    ("code", Field::Code, "what it is about"),
    (
        "modality",
        Field::Modality,
        "`duty`, `right`, `permission`, `prohibition`, `enact`, `anticipate`, `prefer` or `view`",
    ),
    (
        "bearer",
        Field::Bearer,
        "as it was said: `self`, `we`, `others`, `all`, a participant or a role",
    ),
    (
        "whose",
        Field::Whose,
        "`own` when the speaker bears it, `others` when somebody else does, `both`; blank for a view",
    ),
    ("counterparty", Field::Counterparty, "to whom it is owed, written like a bearer"),
    ("stance", Field::Stance, "`affirm`, `deny` or `mixed`"),
    (
        "evidence",
        Field::Strength,
        "`quoted`, `reported`, `implicit`, `inferred` or `reconstructed`",
    ),
    (
        "perspective",
        Field::Perspective,
        "0: the speaker's own view; 1: what they think another thinks; 2: what they think another \
         thinks they think",
    ),
    ("attributed_to", Field::Owner, "whose view it is when the perspective is above 0"),
    ("value", Field::Value, "an answer on a scale"),
    ("coder", Field::Coder, "who coded it"),
    (
        "moral_order",
        Field::MoralOrder,
        "`cultural`, `legal`, `institutional`, `conversational` or `personal`",
    ),
    ("storyline", Field::Storyline, "the storyline it belongs to"),
    ("wave", Field::Wave, "the round in which it was said"),
];

const EXCERPTS: &[Listed] = &[
    ("id", Field::Id, "the id of the excerpt"),
    ("source", Field::Source, "where it stands"),
    ("speaker", Field::Speaker, "who says it; blank when nobody knows"),
    ("role", Field::Role, "the role of the speaker"),
    ("case", Field::Case, "the case of the speaker"),
];

const CLAIMS: &[Listed] = &[
    ("id", Field::Id, "the id of the claim"),
    ("section", Field::Section, "the section of the report it stands in"),
    ("kind", Field::Kind, "how it can be tested, such as `count` or `all`"),
    ("scope", Field::Scope, "about whom, as it is written"),
    ("modality", Field::Modality, "the modality it is about; blank: any"),
    ("state", Field::State, "`affirm` or `deny`"),
    ("expected", Field::Expected, "what the report says"),
    ("quantifier", Field::Quantifier, "the report's word for the quantity"),
];

const CONSTRAINTS: &[Listed] = &[
    ("id", Field::Id, "the id of the constraint"),
    ("code", Field::Code, "what is counted"),
    ("modality", Field::Modality, "the modality that is counted; blank: any"),
    ("bearer", Field::Whose, "`own`, `others`, or blank for both"),
    ("state", Field::State, "`affirm` or `deny`"),
    ("min", Field::Minimum, "at least so many"),
    ("max", Field::Maximum, "at most so many; blank: no limit"),
];

const POSITIONS: &[Listed] = &[
    ("case", Field::Case, "where"),
    ("holder", Field::Holder, "the role or the document that ascribes it; blank: nobody does"),
    ("bearer", Field::Bearer, "the role that is positioned"),
    ("code", Field::Code, "what it is about"),
    ("kind", Field::Kind, "`duty`, `right`, `permission` or `prohibition`"),
    ("expected", Field::Expected, "what the holder says: `yes`, `no`, `mixed` or `silent`"),
    ("own", Field::Own, "what the people of the role say of themselves"),
    ("status", Field::Status, "what comes of it, such as `aligned` or `unrecognised`"),
    ("conflict", Field::Conflict, "`yes` when holders at the case contradict one another"),
];

impl Table {
    /// Every table, as the reference lists them.
    pub(crate) const ALL: [Self; 10] = [
        Self::Statements,
        Self::Participants,
        Self::Roles,
        Self::Cases,
        Self::Codes,
        Self::Sources,
        Self::Excerpts,
        Self::Claims,
        Self::Constraints,
        Self::Positions(Ascriber::Participants),
    ];

    /// What scripts call it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Roles => "roles",
            Self::Cases => "cases",
            Self::Participants => "participants",
            Self::Codes => "codes",
            Self::Sources => "sources",
            Self::Statements => "statements",
            Self::Excerpts => "excerpts",
            Self::Claims => "claims",
            Self::Constraints => "constraints",
            Self::Positions(_) => "positions",
        }
    }

    /// What one of its rows is called.
    pub(crate) fn one(self) -> &'static str {
        match self {
            Self::Roles => "role",
            Self::Cases => "case",
            Self::Participants => "participant",
            Self::Codes => "code",
            Self::Sources => "source",
            Self::Statements => "statement",
            Self::Excerpts => "excerpt",
            Self::Claims => "claim",
            Self::Constraints => "constraint",
            Self::Positions(_) => "position",
        }
    }

    /// The columns that it has in every study.
    pub(crate) fn columns(self) -> &'static [Listed] {
        match self {
            Self::Roles => ROLES,
            Self::Cases => CASES,
            Self::Participants => PARTICIPANTS,
            Self::Codes => CODES,
            Self::Sources => SOURCES,
            Self::Statements => STATEMENTS,
            Self::Excerpts => EXCERPTS,
            Self::Claims => CLAIMS,
            Self::Constraints => CONSTRAINTS,
            Self::Positions(_) => POSITIONS,
        }
    }

    /// Whether further columns come from the participants who speak in its rows.
    pub(crate) fn has_speakers(self) -> bool {
        matches!(self, Self::Statements | Self::Excerpts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_column_holds_what_people_said() {
        for table in Table::ALL {
            for (name, ..) in table.columns() {
                assert!(!["note", "condition", "text", "quote"].contains(name), "{name}");
            }
        }
    }
}
