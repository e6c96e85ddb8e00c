//! What does the YAML of a script's header declare, and where is it wrong?

use std::collections::BTreeMap;
use std::ops::Range;

use parallax_model::{Template, Text};
use serde::de::DeserializeOwned;

use super::parameter::Parameter;
use super::problem::did_you_mean;
use crate::text::place::Place;
use crate::text::yaml::{self, Cause, Content, Entry, Node, NotYaml};

/// The YAML of a header; the id is the stem of the file.
pub(super) struct Declared {
    /// The script's version.
    pub(super) version: String,
    /// Its title.
    pub(super) title: Text,
    /// The question in other languages than English.
    pub(super) question: Option<Text>,
    /// The method in other languages than English.
    pub(super) method: Option<Text>,
    /// What happens at the edges.
    pub(super) edge_cases: Vec<Text>,
    /// The works that the method rests on.
    pub(super) references: Vec<String>,
    /// What can be chosen.
    pub(super) parameters: BTreeMap<String, Parameter>,
    /// The wording of the findings.
    pub(super) templates: BTreeMap<String, Template>,
    /// The wording of the caveats.
    pub(super) caveats: BTreeMap<String, Text>,
    /// The wording of measures, statuses, tables and columns, beside those every script has.
    pub(super) words: BTreeMap<String, Text>,
}

/// The fields of a header.
const FIELDS: [&str; 10] = [
    "version",
    "title",
    "question",
    "method",
    "edge_cases",
    "references",
    "parameters",
    "templates",
    "caveats",
    "words",
];

/// What is wrong with the YAML, and where in it.
#[derive(Debug)]
pub(super) struct Mistake {
    /// Line and column within the YAML, both from 1; `None` for the YAML as a whole.
    pub(super) at: Option<(usize, usize)>,
    /// The whole sentence, without a full stop.
    pub(super) message: String,
    /// What to do about it.
    pub(super) help: Option<String>,
}

/// Reads the YAML of a header.
///
/// # Errors
/// The first mistake in it.
pub(super) fn read(text: &str) -> Result<Declared, Mistake> {
    let node = yaml::read(text).map_err(|fault| not_yaml(text, &fault))?;
    let fields = Fields { text, node: &node };
    fields.check_names()?;
    Ok(Declared {
        version: fields.required("version")?,
        title: fields.required("title")?,
        question: fields.field("question")?,
        method: fields.field("method")?,
        edge_cases: fields.field("edge_cases")?.unwrap_or_default(),
        references: fields.field("references")?.unwrap_or_default(),
        parameters: fields.field("parameters")?.unwrap_or_default(),
        templates: fields.required("templates")?,
        caveats: fields.field("caveats")?.unwrap_or_default(),
        words: fields.field("words")?.unwrap_or_default(),
    })
}

/// The fields of a header with the text they stand in.
struct Fields<'t> {
    text: &'t str,
    node: &'t Node,
}

impl Fields<'_> {
    fn mistake(&self, span: &Range<usize>, message: String, help: Option<String>) -> Mistake {
        let place = Place::in_text(self.text, span.clone());
        Mistake { at: Some((place.line, place.column)), message, help }
    }

    fn check_names(&self) -> Result<(), Mistake> {
        let Content::Map(entries) = &self.node.content else {
            let message = "the header has fields, such as `version: 1.0.0`".to_owned();
            return Err(self.mistake(&self.node.span, message, None));
        };
        let foreign = entries.iter().find(|entry| !FIELDS.contains(&entry.key.as_str()));
        foreign.map_or(Ok(()), |Entry { key, key_span, .. }| {
            let help = did_you_mean(key, FIELDS)
                .unwrap_or_else(|| format!("there are {}", FIELDS.join(", ")));
            Err(self.mistake(key_span, format!("the header has no field `{key}`"), Some(help)))
        })
    }

    fn required<T: DeserializeOwned>(&self, name: &str) -> Result<T, Mistake> {
        self.field(name)?.ok_or_else(|| Mistake {
            at: None,
            message: format!("the header lacks the field `{name}`"),
            help: None,
        })
    }

    fn field<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, Mistake> {
        let Some((Some(entry), _)) = self.node.at(&format!("/{name}")) else { return Ok(None) };
        serde_json::from_value(entry.value.json()).map(Some).map_err(|error| {
            let error = error.to_string();
            if error.starts_with("data did not match any variant of untagged enum Text") {
                return self.no_text(name, entry);
            }
            let (sentence, known) = match error.split_once(", expected one of ") {
                Some((sentence, known)) => (sentence, Some(known)),
                None => (error.as_str(), None),
            };
            let wrong = sentence.split('`').nth(1).unwrap_or("");
            let known = known.map(|known| known.split(", ").map(|field| field.trim_matches('`')));
            let help = known.map(|known| {
                did_you_mean(wrong, known.clone()).unwrap_or_else(|| {
                    format!("there are {}", known.collect::<Vec<_>>().join(", "))
                })
            });
            let span = key_below(&entry.value, wrong).unwrap_or(&entry.key_span);
            let message = match sentence.starts_with("unknown variant") {
                // Nothing else in a header is one of a few.
                true => format!("no parameter has the type `{wrong}`"),
                false => format!("`{name}` cannot be read: {}", in_plain_words(sentence)),
            };
            self.mistake(span, message, help)
        })
    }

    /// That something is no text for readers; a comma in a text without quotation marks cuts it in
    /// two, and what stands behind the comma is then a key without a value.
    fn no_text(&self, name: &str, entry: &Entry) -> Mistake {
        match bare_key(&entry.value) {
            Some(span) => {
                let help = "put a text with a comma between quotation marks: \"…, …\"";
                let message = format!("a text of `{name}` ends at the comma before this");
                self.mistake(span, message, Some(help.to_owned()))
            }
            None => {
                let help =
                    "write one text, or one for each language: `{ en: pupil, nl: leerling }`";
                let message = format!("`{name}` has something else where a text belongs");
                self.mistake(&entry.key_span, message, Some(help.to_owned()))
            }
        }
    }
}

/// What is said of a value, without what the program calls what it should be.
fn in_plain_words(sentence: &str) -> String {
    if sentence.contains("untagged enum") {
        return "it is no text, and no text for each language".to_owned();
    }
    let (got, wanted) = sentence.split_once(", expected struct ").unwrap_or((sentence, ""));
    if wanted.is_empty() { got.to_owned() } else { format!("{got}, expected fields with values") }
}

/// Where the key `name` stands below a node.
fn key_below<'n>(node: &'n Node, name: &str) -> Option<&'n Range<usize>> {
    match &node.content {
        Content::Scalar(_) => None,
        Content::List(nodes) => nodes.iter().find_map(|node| key_below(node, name)),
        Content::Map(entries) => entries.iter().find_map(|entry| {
            (entry.key == name).then_some(&entry.key_span).or_else(|| key_below(&entry.value, name))
        }),
    }
}

/// The first key below a node that has no value.
fn bare_key(node: &Node) -> Option<&Range<usize>> {
    match &node.content {
        Content::Scalar(_) => None,
        Content::List(nodes) => nodes.iter().find_map(bare_key),
        Content::Map(entries) => entries.iter().find_map(|entry| {
            let bare = matches!(&entry.value.content, Content::Scalar(value) if value.is_null());
            bare.then_some(&entry.key_span).or_else(|| bare_key(&entry.value))
        }),
    }
}

fn not_yaml(text: &str, fault: &NotYaml) -> Mistake {
    let place = Place::in_text(text, fault.at..fault.at);
    let help = match fault.cause {
        Cause::Colon => "put a text with a colon between quotation marks: \"…: …\"",
        Cause::Tab => "replace the tab with spaces",
        Cause::Unclosed => "look for a quotation mark, `[` or `{` without its partner",
        Cause::Indentation => "entries of one section start at the same column",
        Cause::UnknownAlias => "put a text that starts with `*` or `&` between quotation marks",
        Cause::Empty => "it needs at least `version`, `title` and `templates`",
        Cause::TooDeep | Cause::SeveralDocuments | Cause::Other => {
            "a quotation mark, a colon or an indentation may be wrong, here or above"
        }
    };
    Mistake {
        at: Some((place.line, place.column)),
        message: "the header is not YAML from here on".to_owned(),
        help: Some(help.to_owned()),
    }
}
