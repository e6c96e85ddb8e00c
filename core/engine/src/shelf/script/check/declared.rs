//! Where in the header of a script does each thing stand that it declares?

use parallax_model::Manifest;

use super::facts::At;
use crate::shelf::script::header;
use crate::text::place::Place;
use crate::text::yaml::{self, Content, Node};

/// The YAML of a header with its place in the file.
pub(super) struct Declared {
    yaml: String,
    tree: Option<Node>,
    lines_above: usize,
}

impl Declared {
    /// The header of a script that loads.
    pub(super) fn of(source: &str) -> Self {
        let (yaml, lines_above) = header::yaml(source).unwrap_or_default();
        Self { tree: yaml::read(&yaml).ok(), yaml, lines_above }
    }

    /// What a section such as `words` declares, in the order of the file, with the place of each.
    pub(super) fn names(&self, section: &str) -> Vec<(String, At)> {
        let found = self.tree.as_ref().and_then(|tree| tree.at(&format!("/{section}")));
        let Some((_, Node { content: Content::Map(entries), .. })) = found else {
            return Vec::new();
        };
        let named = entries.iter().map(|entry| {
            let place = Place::in_text(&self.yaml, entry.key_span.clone());
            (entry.key.clone(), (self.lines_above + place.line, header::column(place.column)))
        });
        named.collect()
    }

    /// Where the key at a path such as `templates/row/title` stands.
    pub(super) fn key(&self, path: &str) -> At {
        let found = self.tree.as_ref().and_then(|tree| tree.at(&format!("/{path}")));
        found.and_then(|(entry, _)| entry).map_or((self.lines_above, 1), |entry| {
            let place = Place::in_text(&self.yaml, entry.key_span.clone());
            (self.lines_above + place.line, header::column(place.column))
        })
    }
}

/// The `{name}`s of a template, title and sentence in every language, each once.
pub(super) fn placeholders<'m>(manifest: &'m Manifest, template: &str) -> Vec<&'m str> {
    let Some(template) = manifest.templates.get(template) else { return Vec::new() };
    let texts = template.title.wordings().chain(template.sentence.wordings());
    let mut names = Vec::new();
    for name in texts.flat_map(between_braces) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The `{name}`s of one text.
pub(super) fn between_braces(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name)
}
