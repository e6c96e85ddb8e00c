//! What may stand in a row of events?

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::row::statement::{Modality, Stance};

/// One act in an interaction, for studies of meetings, lessons or disputes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EventRow {
    /// Its id.
    pub id: String,
    /// The source it happens in.
    #[serde(default)]
    pub source: Option<String>,
    /// Its place in the order of the source, from 1.
    #[serde(default)]
    pub seq: Option<u32>,
    /// Who acts: a participant.
    pub actor: String,
    /// What is done, such as `claim`, `request` or `refuse`.
    pub act: Act,
    /// Who is positioned by it, written like a bearer.
    #[serde(default)]
    pub positioned: Option<String>,
    /// What it is about.
    #[serde(default)]
    pub code: Option<String>,
    /// What is ascribed.
    #[serde(default)]
    pub modality: Option<Modality>,
    /// With which stance.
    #[serde(default)]
    pub stance: Option<Stance>,
    /// The storyline it belongs to.
    #[serde(default)]
    pub storyline: Option<String>,
    /// First: taken for granted. Second: challenged within the episode. Third: talked about later.
    #[serde(default)]
    pub order: PositioningOrder,
    /// By own choice, or demanded by others.
    #[serde(default)]
    pub voluntariness: Option<Voluntariness>,
    /// On grounds of a role, or of the person.
    #[serde(default)]
    pub ground: Option<Ground>,
    /// Unaware, or on purpose.
    #[serde(default)]
    pub awareness: Option<Awareness>,
    /// The event it answers.
    #[serde(default)]
    pub responds_to: Option<String>,
    /// What became of it.
    #[serde(default)]
    pub uptake: Option<Uptake>,
    /// A position, or an attribute that prepares one.
    #[serde(default)]
    pub kind: Option<EventKind>,
    /// Whether it takes rights away by ascribing defects.
    #[serde(default)]
    pub malignant: Option<bool>,
    /// At which level of discourse it is read (Slocum-Bradley 2010).
    #[serde(default)]
    pub level_of_discourse: Option<String>,
}

macro_rules! words {
    ($($(#[doc = $doc:literal])* $name:ident { $($(#[doc = $variant_doc:literal])* $variant:ident,)* })*) => {
        $(
            $(#[doc = $doc])*
            #[derive(
                Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema,
            )]
            #[serde(rename_all = "snake_case")]
            pub enum $name { #[default] $($(#[doc = $variant_doc])* $variant,)* }
        )*
    };
}

words! {
    /// What an event does.
    Act {
        /// Takes something for oneself.
        Claim,
        /// Asks for something.
        Request,
        /// Offers something.
        Offer,
        /// Promises something.
        Promise,
        /// Refuses something.
        Refuse,
        /// Accuses somebody.
        Accuse,
        /// Gives reasons.
        Justify,
        /// Declares something to be so.
        Declare,
        /// Anything else.
        Other,
    }
    /// Where an event stands in the order of positioning (van Langenhove and Harré 1999).
    PositioningOrder {
        /// Talked about afterwards or elsewhere.
        Third,
        /// Challenged within the episode.
        Second,
        /// Taken for granted in the episode.
        First,
    }
    /// Whether a position is taken by choice.
    Voluntariness {
        /// By own choice.
        Deliberate,
        /// Demanded by others.
        Forced,
    }
    /// On what a position is grounded.
    Ground {
        /// On a role.
        Moral,
        /// On the person.
        Personal,
    }
    /// Whether a position is taken on purpose.
    Awareness {
        /// Unaware.
        Tacit,
        /// On purpose.
        Intentional,
    }
    /// What became of a position.
    Uptake {
        /// Taken over.
        Accept,
        /// Turned down.
        Reject,
        /// Bargained over.
        Negotiate,
        /// Passed over.
        Ignore,
        /// Still open.
        Pending,
    }
    /// Whether an event positions somebody or prepares for it.
    EventKind {
        /// A position.
        Position,
        /// An attribute that prepares a position.
        Preposition,
    }
}
