//! How is a text for readers kept in more than one language?

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A text for readers: one wording, or one for each language (`{ en: pupil, nl: leerling }`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Text {
    /// The same wording in every language.
    One(String),
    /// A wording for each language, by its two-letter code.
    By(BTreeMap<String, String>),
    /// No text.
    #[default]
    #[serde(skip_deserializing)]
    Absent,
}

impl Text {
    /// English and Dutch, the two languages the report speaks.
    #[must_use]
    pub fn en_nl(en: &str, nl: &str) -> Self {
        Self::By(BTreeMap::from([
            ("en".to_owned(), en.to_owned()),
            ("nl".to_owned(), nl.to_owned()),
        ]))
    }

    /// The wording in `language`, else in English, else the first there is, else nothing.
    #[must_use]
    pub fn in_language(&self, language: &str) -> &str {
        match self {
            Self::One(text) => text,
            Self::By(texts) => texts
                .get(language)
                .or_else(|| texts.get("en"))
                .or_else(|| texts.values().next())
                .map_or("", String::as_str),
            Self::Absent => "",
        }
    }

    /// Every wording there is.
    pub fn wordings(&self) -> impl Iterator<Item = &str> {
        let (one, many) = match self {
            Self::One(text) => (Some(text.as_str()), None),
            Self::By(texts) => (None, Some(texts.values().map(String::as_str))),
            Self::Absent => (None, None),
        };
        one.into_iter().chain(many.into_iter().flatten())
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::One(text.to_owned())
    }
}
