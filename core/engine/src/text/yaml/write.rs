//! How does a tree of keys and values become YAML that a person reads, and this program too?

use serde::ser::{Error, Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::Value as Json;

use super::{Content, Entry, Node};

/// The text of a tree, which [`read`](super::read) reads to the same keys and values.
///
/// # Errors
/// When the library cannot write it.
pub fn write(tree: &Node) -> Result<String, String> {
    serde_saphyr::to_string(tree).map_err(|error| error.to_string())
}

impl Node {
    /// A tree with the fields of a value in the order in which their type has them.
    ///
    /// # Errors
    /// When the value has no form in JSON.
    pub fn of<T: Serialize>(value: &T) -> Result<Self, serde_json::Error> {
        // JSON is YAML, and this reader keeps the order of keys, which a map of JSON does not.
        let text = serde_json::to_string(value)?;
        super::read(&text).map_err(|_| serde_json::Error::custom("no tree"))
    }

    /// A text, a number or a truth value.
    #[must_use]
    pub fn scalar(value: impl Into<Json>) -> Self {
        Self { content: Content::Scalar(value.into()), span: 0..0 }
    }

    /// A list.
    #[must_use]
    pub fn list(nodes: Vec<Self>) -> Self {
        Self { content: Content::List(nodes), span: 0..0 }
    }

    /// Keys with their values, in this order.
    #[must_use]
    pub fn map(entries: Vec<(&str, Self)>) -> Self {
        let entries = entries.into_iter();
        let entries =
            entries.map(|(key, value)| Entry { key: key.to_owned(), key_span: 0..0, value });
        Self { content: Content::Map(entries.collect()), span: 0..0 }
    }
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.content {
            Content::Scalar(value) => value.serialize(serializer),
            Content::List(nodes) => {
                let mut list = serializer.serialize_seq(Some(nodes.len()))?;
                nodes.iter().try_for_each(|node| list.serialize_element(node))?;
                list.end()
            }
            Content::Map(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                let mut each = entries.iter();
                each.try_for_each(|entry| map.serialize_entry(&entry.key, &entry.value))?;
                map.end()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::text::yaml::read;

    fn same_when_read(value: &Json) {
        let tree = Node::of(value).expect("a tree");
        let text = write(&tree).expect("YAML");
        let back = read(&text).unwrap_or_else(|error| panic!("{error:?} in {text:?}"));
        assert_eq!(back.json(), *value, "{text:?}");
    }

    #[test]
    fn what_looks_like_something_else_stays_what_it_is() {
        let texts = [
            "no",
            "yes",
            "on",
            "010",
            "1_000",
            "1.10",
            "1e3",
            "null",
            "~",
            "",
            " a",
            "a ",
            "a: b",
            "a #b",
            "- a",
            "'",
            "\"",
            "{",
            "[",
            "*a",
            "&a",
            "!a",
            "%a",
            "@a",
            "`a",
            "|",
            ">",
            "?",
            "2025-04-11",
            "12:30",
            "a\nb",
            "a\nb\n",
            "\n",
            "a\tb",
            "…",
            "0x1F",
            ".inf",
            "true",
            "a\\n",
            "a\r\nb",
            "\u{1b}[2J",
            "é: è",
            "<<",
            "=",
            "  a\n b\n",
        ];
        for text in texts {
            same_when_read(&json!({ "key": text, text: [text, { "b": text }] }));
        }
        same_when_read(&json!({ "a": [], "b": {}, "c": [[1, -2.5], [true, null]] }));
        let long = "a long text ".repeat(40);
        same_when_read(&json!({ "a": long.trim(), "b": [long] }));
    }

    proptest! {
        #[test]
        fn every_text_is_read_as_it_was_written(text in "\\PC*|[a-z:#\\-? \n\t'\"{}\\[\\],&*!|>%@`0-9.]{0,40}") {
            same_when_read(&json!({ "a": text, "b": [{ "c": text }] }));
        }
    }
}
