//! What does a YAML text say, and where does each key and value of it stand?
//!
//! The only module that knows the YAML library.

mod write;

use std::fmt;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::Value as Json;
use serde_saphyr::{Error, Location, Spanned, options::DuplicateKeyPolicy};

pub use write::write;

/// A value and its bytes in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What stands there.
    pub content: Content,
    /// Its bytes; for a map or a list, where it starts.
    pub span: Range<usize>,
}

/// What stands at a place of a YAML text.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// A text, a number, a truth value or nothing.
    Scalar(Json),
    /// A list.
    List(Vec<Node>),
    /// Keys with their values, in order, keys that are there twice included.
    Map(Vec<Entry>),
}

/// One key of a map and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// The key's bytes.
    pub key_span: Range<usize>,
    /// The value.
    pub value: Node,
}

/// Why a text cannot be read as YAML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotYaml {
    /// The byte at which the reader gave up.
    pub at: usize,
    /// What is likely to be wrong.
    pub cause: Cause,
}

/// What keeps a text from being YAML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A colon within a text without quotation marks.
    Colon,
    /// A tab where YAML wants spaces.
    Tab,
    /// A quotation mark, bracket or brace that is never closed.
    Unclosed,
    /// Lines that belong together do not start at the same column.
    Indentation,
    /// Aliases that multiply, or nesting without end.
    TooDeep,
    /// A second document after `---`.
    SeveralDocuments,
    /// An alias to an anchor that is not there.
    UnknownAlias,
    /// Nothing but blanks and comments.
    Empty,
    /// Something else.
    Other,
}

/// Reads a YAML text. Only `true` and `false` are truth values; `no`, `010` and `1_000` are texts.
///
/// # Errors
///
/// When the text is no YAML, or grows beyond all bounds when read.
pub fn read(text: &str) -> Result<Node, NotYaml> {
    let options = serde_saphyr::options! {
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        with_snippet: false,
    };
    let read: Result<Node, Error> = serde_saphyr::from_str_with_options(text, options);
    if matches!(&read, Ok(Node { content: Content::Scalar(Json::Null), .. })) {
        return Err(NotYaml { at: 0, cause: Cause::Empty });
    }
    read.map_err(|error| NotYaml {
        at: error.location().map_or(0, |at| bytes(&at, text).start),
        cause: cause(error.without_snippet()),
    })
}

impl Node {
    /// The value as JSON; of a key that is there twice, the last one.
    #[must_use]
    pub fn json(&self) -> Json {
        match &self.content {
            Content::Scalar(value) => value.clone(),
            Content::List(nodes) => nodes.iter().map(Self::json).collect(),
            Content::Map(entries) => {
                entries.iter().map(|entry| (entry.key.clone(), entry.value.json())).collect()
            }
        }
    }

    /// The value at a JSON Pointer (RFC 6901), and its key when it is the value of one.
    #[must_use]
    pub fn at(&self, pointer: &str) -> Option<(Option<&Entry>, &Self)> {
        let mut found = (None, self);
        for step in pointer.split('/').skip(1) {
            let step = step.replace("~1", "/").replace("~0", "~");
            found = match &found.1.content {
                Content::Map(entries) => {
                    let entry = entries.iter().rev().find(|entry| entry.key == step)?;
                    (Some(entry), &entry.value)
                }
                Content::List(nodes) => (None, nodes.get(step.parse::<usize>().ok()?)?),
                Content::Scalar(_) => return None,
            };
        }
        Some(found)
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = Spanned::<Content>::deserialize(deserializer)?;
        Ok(Self { span: span(&read.referenced), content: read.value })
    }
}

impl<'de> Deserialize<'de> for Content {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyContent)
    }
}

struct AnyContent;

impl<'de> Visitor<'de> for AnyContent {
    type Value = Content;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Content, E> {
        Ok(Content::Scalar(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Content, E> {
        Ok(Content::Scalar(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Content, E> {
        Ok(Content::Scalar(value.into()))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Content, E> {
        let number = serde_json::Number::from_f64(value).ok_or_else(|| E::custom("no number"))?;
        Ok(Content::Scalar(number.into()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Content, E> {
        Ok(Content::Scalar(value.into()))
    }

    fn visit_unit<E>(self) -> Result<Content, E> {
        Ok(Content::Scalar(Json::Null))
    }

    fn visit_none<E>(self) -> Result<Content, E> {
        Ok(Content::Scalar(Json::Null))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Content, D::Error> {
        Content::deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Content, A::Error> {
        let mut nodes = Vec::new();
        while let Some(node) = list.next_element::<Node>()? {
            nodes.push(node);
        }
        Ok(Content::List(nodes))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Content, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = map.next_key::<Spanned<Key>>()? {
            let value = map.next_value::<Node>()?;
            entries.push(Entry { key: key.value.0, key_span: span(&key.referenced), value });
        }
        Ok(Content::Map(entries))
    }
}

/// A key as it is written: `1.10` stays `1.10`.
struct Key(String);

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self).map_err(D::Error::custom)
    }
}

fn span(location: &Location) -> Range<usize> {
    let span = location.span();
    let number = |number: Option<u64>| number.and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
    let start = number(span.byte_offset());
    start..start + number(span.byte_len())
}

/// The bytes of a location, from its line and column when it does not know its bytes.
fn bytes(location: &Location, text: &str) -> Range<usize> {
    if location.span().byte_offset().is_some() {
        return span(location);
    }
    let index = |number: u64| usize::try_from(number).unwrap_or(1).saturating_sub(1);
    let line_start: usize =
        text.split_inclusive('\n').take(index(location.line())).map(str::len).sum();
    let rest = text.get(line_start..).unwrap_or_default();
    let column = rest.char_indices().nth(index(location.column())).map_or(0, |(at, _)| at);
    line_start + column..line_start + column
}

fn cause(error: &Error) -> Cause {
    match error {
        Error::Eof { .. } => Cause::Empty,
        Error::MultipleDocuments { .. } => Cause::SeveralDocuments,
        Error::UnknownAnchor { .. } => Cause::UnknownAlias,
        Error::Budget { .. }
        | Error::AliasReplayCounterOverflow { .. }
        | Error::AliasReplayLimitExceeded { .. }
        | Error::AliasExpansionLimitExceeded { .. }
        | Error::AliasReplayStackDepthExceeded { .. }
        | Error::RecursiveReferencesRequireWeakTypes { .. } => Cause::TooDeep,
        Error::AliasError { error, .. } => cause(error.without_snippet()),
        other => cause_by_words(&other.to_string().to_lowercase()),
    }
}

/// The scanner's own errors are told apart by the words of their messages, which are fixed.
fn cause_by_words(message: &str) -> Cause {
    const WORDS: [(&str, Cause); 10] = [
        ("mapping values are not allowed", Cause::Colon),
        ("tab", Cause::Tab),
        ("recursion limit", Cause::TooDeep),
        ("nesting", Cause::TooDeep),
        ("unclosed", Cause::Unclosed),
        ("unexpected eof", Cause::Unclosed),
        ("end of stream", Cause::Unclosed),
        ("unexpected end", Cause::Unclosed),
        ("simple key", Cause::Indentation),
        ("indent", Cause::Indentation),
    ];
    WORDS
        .iter()
        .find(|(words, _)| message.contains(words))
        .map_or(Cause::Other, |&(_, cause)| cause)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slice<'t>(text: &'t str, root: &Node, pointer: &str) -> &'t str {
        let (_, node) = root.at(pointer).expect("a value");
        &text[node.span.clone()]
    }

    #[test]
    fn every_value_knows_its_bytes() {
        let text =
            "# é\ntitle: \"één: x\"\nroles:\n  - { id: no, n: 010, v: 1.10, k: é }\n  - id: S3\n";
        let root = read(text).expect("YAML");
        assert_eq!(slice(text, &root, "/title"), "\"één: x\"");
        assert_eq!(slice(text, &root, "/roles/0/v"), "1.10");
        assert_eq!(slice(text, &root, "/roles/0/k"), "é");
        assert_eq!(slice(text, &root, "/roles/1/id"), "S3");
        let first = root.at("/roles/0").expect("a role").1.json();
        assert_eq!(first, serde_json::json!({ "id": "no", "n": "010", "v": 1.1, "k": "é" }));
        let (key, _) = root.at("/roles").expect("roles");
        assert_eq!(&text[key.expect("a key").key_span.clone()], "roles");
    }

    #[test]
    fn a_key_that_is_there_twice_is_kept_twice() {
        let root = read("a: 1\nb: 2\na: 3\n").expect("YAML");
        let Content::Map(entries) = root.content else { panic!("a map") };
        let keys: Vec<_> = entries.iter().map(|e| (e.key.as_str(), e.key_span.start)).collect();
        assert_eq!(keys, [("a", 0), ("b", 5), ("a", 10)]);
    }

    #[test]
    fn causes_are_told_apart() {
        let cause = |text: &str| read(text).expect_err("not YAML").cause;
        assert_eq!(cause("why: as said: twice\n"), Cause::Colon);
        assert_eq!(cause("a:\n\t- b\n"), Cause::Tab);
        assert_eq!(cause("a: [b, c\n"), Cause::Unclosed);
        assert_eq!(cause("a: \"b\n"), Cause::Unclosed);
        assert_eq!(cause("a: 1\n---\nb: 2\n"), Cause::SeveralDocuments);
        assert_eq!(cause("a: *b\n"), Cause::UnknownAlias);
        assert_eq!(cause("# only a comment\n"), Cause::Empty);
        assert_eq!(cause(&"[".repeat(10_000)), Cause::TooDeep);
        let bomb: String =
            (1..30).map(|n| format!("a{n}: &a{n} [*a{0}, *a{0}, *a{0}]\n", n - 1)).collect();
        assert_eq!(cause(&format!("a0: &a0 [x, x]\n{bomb}")), Cause::TooDeep);
    }
}
