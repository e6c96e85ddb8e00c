//! Does `study.yaml` say what it can say, and in the right form?

use parallax_model::{Kind, Problem, Settings};
use schemars::schema_for;
use serde_json::Value as Json;

use crate::check::notice::{At, Notice, problem};
use crate::check::rule::{simplified, validator};
use crate::check::schema_error::explain;
use crate::check::value::unfit_for_id;
use crate::text::source::Source;
use crate::text::yaml::{self, Cause, Content, Node, NotYaml};

/// `study.yaml`, as far as it could be read.
#[derive(Debug)]
pub(crate) struct Read {
    /// The text as a tree, for places.
    pub(crate) tree: Node,
    /// What it says, without the entries that have a problem; `None` when those are needed.
    pub(crate) settings: Option<Settings>,
}

/// Reads `study.yaml`. `None` when it is no YAML.
pub(crate) fn read((index, source): (usize, &Source), notices: &mut Vec<Notice>) -> Option<Read> {
    let tree = match yaml::read(&source.text) {
        Ok(tree) => tree,
        Err(fault) => {
            notices.push(not_yaml((index, source), &fault));
            return None;
        }
    };
    let schema = simplified(&schema_for!(Settings).to_value());
    let mut reader = Reader { index, text: &source.text, found: Vec::new(), faulty: Vec::new() };
    let mut json = reader.coerced(&tree, &schema, "");
    reader.check_ids(&tree);
    for error in validator(&schema).iter_errors(&json) {
        explain(&error, &tree, &schema, &mut |problem, pointer, span| {
            reader.faulty.push(pointer.to_owned());
            reader.notice(problem, span);
        });
    }
    for pointer in &reader.faulty {
        remove(&mut json, pointer);
    }
    notices.append(&mut reader.found);
    Some(Read { settings: serde_json::from_value(json).ok(), tree })
}

/// What a `study.yaml` says, as JSON with every value in the form that the format asks for and
/// without what it does not say; nothing when it is no YAML.
pub(crate) fn written(source: &Source) -> Option<Json> {
    let tree = yaml::read(&source.text).ok()?;
    let schema = simplified(&schema_for!(Settings).to_value());
    let mut reader = Reader { index: 0, text: &source.text, found: Vec::new(), faulty: Vec::new() };
    Some(reader.coerced(&tree, &schema, ""))
}

struct Reader<'t> {
    index: usize,
    text: &'t str,
    found: Vec<Notice>,
    faulty: Vec<String>,
}

impl Reader<'_> {
    fn notice(&mut self, problem: Problem, span: std::ops::Range<usize>) {
        let at = At::Bytes { source: self.index, span };
        self.found.push(Notice::new(problem, vec![at]));
    }

    /// The value as JSON, with texts where the schema asks for text and YAML read a number, and
    /// without keys that have no value. Keys that are there twice are problems.
    fn coerced(&mut self, node: &Node, schema: &Json, pointer: &str) -> Json {
        match &node.content {
            Content::Scalar(value) => self.scalar(node, value, schema),
            Content::List(nodes) => {
                let items = schema.get("items").unwrap_or(&Json::Null);
                let each = nodes.iter().enumerate();
                each.map(|(at, node)| self.coerced(node, items, &format!("{pointer}/{at}")))
                    .collect()
            }
            Content::Map(entries) => {
                let mut object = serde_json::Map::new();
                for (position, entry) in entries.iter().enumerate() {
                    let first = entries[..position].iter().find(|known| known.key == entry.key);
                    if let Some(first) = first {
                        self.twice(pointer, &entry.key, &first.key_span, &entry.key_span);
                    }
                    let schema = entry_schema(schema, &entry.key);
                    let pointer = format!("{pointer}/{}", escaped(&entry.key));
                    let value = self.coerced(&entry.value, schema, &pointer);
                    if !value.is_null() {
                        object.insert(entry.key.clone(), value);
                    }
                }
                Json::Object(object)
            }
        }
    }

    fn twice(
        &mut self,
        pointer: &str,
        key: &str,
        first: &std::ops::Range<usize>,
        again: &std::ops::Range<usize>,
    ) {
        let title = pointer.starts_with("/mappings/") && pointer.ends_with("/titles");
        let (kind, message) = if title {
            (Kind::MappedTwice, format!("the title `{key}` is mapped twice"))
        } else {
            (Kind::NotYaml, format!("the key `{key}` is there twice"))
        };
        let problem =
            problem(kind, message).label("the same key again").help("keep one of the two");
        let at =
            |span: &std::ops::Range<usize>| At::Bytes { source: self.index, span: span.clone() };
        let notice = Notice::new(problem, vec![at(again)]);
        self.found.push(notice.related(at(first), "it is here first"));
    }

    fn scalar(&mut self, node: &Node, value: &Json, schema: &Json) -> Json {
        if !wants_text(schema) || value.is_string() || value.is_null() {
            return value.clone();
        }
        let written = self.text.get(node.span.clone()).unwrap_or_default().trim();
        if written.is_empty() {
            return value.clone();
        }
        if !written.bytes().all(|byte| byte.is_ascii_digit()) {
            let quoted = format!("\"{written}\"");
            let what = if value.is_boolean() { "a truth value" } else { "a number" };
            let message = format!("YAML reads {written} as {what}, and a text belongs here");
            let problem = problem(Kind::YamlSurprise, message)
                .label("a text, without quotation marks")
                .suggest(Some(quoted.clone()))
                .help(format!("put it between quotation marks: {quoted}"));
            self.notice(problem, node.span.clone());
        }
        written.into()
    }

    /// Ids of roles, mappings and alternatives have the shape of every id.
    fn check_ids(&mut self, tree: &Node) {
        for (list, key) in [("roles", "id"), ("mappings", "id"), ("alternatives", "group")] {
            let Some((_, Node { content: Content::List(nodes), .. })) =
                tree.at(&format!("/{list}"))
            else {
                continue;
            };
            for node in nodes {
                let Some((_, id)) = node.at(&format!("/{key}")) else { continue };
                let Content::Scalar(Json::String(text)) = &id.content else { continue };
                let Some(unfit) = unfit_for_id(text) else { continue };
                let problem = problem(Kind::BadId, format!("an id cannot {}", unfit.refused()))
                    .label(unfit.done())
                    .help("use letters, digits, points, hyphens and underscores; the label can be any text");
                self.notice(problem, id.span.clone());
            }
        }
    }
}

fn wants_text(schema: &Json) -> bool {
    let text = |schema: &Json| schema.get("type").is_some_and(|name| name == "string");
    let branches = schema.get("anyOf").and_then(Json::as_array);
    text(schema) || branches.is_some_and(|branches| branches.iter().any(text))
}

/// The schema of one entry of a map.
pub(crate) fn entry_schema<'s>(schema: &'s Json, key: &str) -> &'s Json {
    let branches = schema.get("anyOf").and_then(Json::as_array);
    let object = branches
        .and_then(|branches| {
            branches.iter().find(|branch| branch.get("type") == Some(&"object".into()))
        })
        .unwrap_or(schema);
    let named = object.get("properties").and_then(|properties| properties.get(key));
    named.or_else(|| object.get("additionalProperties")).unwrap_or(&Json::Null)
}

/// A key as a step of a JSON Pointer (RFC 6901).
pub(crate) fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// Takes an entry of an object out; an entry of a list stays, so that the others keep their place.
fn remove(json: &mut Json, pointer: &str) {
    let Some((parent, key)) = pointer.rsplit_once('/') else { return };
    if let Some(Json::Object(object)) = json.pointer_mut(parent) {
        object.remove(&key.replace("~1", "/").replace("~0", "~"));
    }
}

fn not_yaml((index, source): (usize, &Source), fault: &NotYaml) -> Notice {
    let (kind, message, help) = match fault.cause {
        Cause::Colon => (
            Kind::NotYaml,
            "a colon in a text confuses YAML",
            "put the text between quotation marks: \"…: …\"",
        ),
        Cause::Tab => {
            (Kind::NotYaml, "a tab stands where YAML wants spaces", "replace the tab with spaces")
        }
        Cause::Unclosed => (
            Kind::NotYaml,
            "something is opened and never closed",
            "look for a quotation mark, `[` or `{` without its partner, here or above",
        ),
        Cause::Indentation => (
            Kind::NotYaml,
            "this line does not fit the lines above it",
            "entries of one list or one section start at the same column; look for a missing colon \
             or quotation mark in the line above",
        ),
        Cause::TooDeep => (
            Kind::TooDeep,
            "the file would grow beyond all bounds when read",
            "write the values out instead of using aliases (`*name`)",
        ),
        Cause::SeveralDocuments => (
            Kind::NotYaml,
            "a line `---` starts a second document",
            "remove the line: a study has one document",
        ),
        Cause::UnknownAlias => (
            Kind::NotYaml,
            "a text that starts with `*` or `&` is special in YAML",
            "put the text between quotation marks",
        ),
        Cause::Empty => (
            Kind::EmptyFile,
            "study.yaml says nothing",
            "it needs at least `title:` and `roles:`; `parallax new` writes an example",
        ),
        Cause::Other => (
            Kind::NotYaml,
            "the file is not YAML from here on",
            "look at the line above, too: a quotation mark, a colon or an indentation may be wrong",
        ),
    };
    let problem = problem(kind, message).label("reading stopped here").help(help);
    let end = source.text[fault.at.min(source.text.len())..]
        .chars()
        .next()
        .filter(|c| *c != '\n')
        .map_or(fault.at, |c| fault.at + c.len_utf8());
    Notice::new(problem, vec![At::Bytes { source: index, span: fault.at..end }])
}
