//! What does `study.yaml` of a copy say?

use std::collections::{BTreeMap, BTreeSet};

use parallax_model::settings::{
    Alternative, Author, Fixed, Mapping, Robustness, Role, Use, VariedChoice, VariedOption,
};
use parallax_model::{Settings, StudyFile, Text};
use serde::Serialize;
use serde_json::Value as Json;

use super::Study;
use super::names::Meant;
use crate::shelf::offer::{is_sha256, is_version};
use crate::text::yaml::{Content, Node, write};

/// The first line of the file.
const HEAD: &str = "# A copy to share, written by parallax: names are replaced, words left out.\n";

/// `study.yaml` of the copy, without the scripts that do not stay.
///
/// # Errors
/// When it cannot be written.
pub(super) fn copied(study: &Study<'_>, scripts: &BTreeSet<String>) -> Result<String, String> {
    Ok(format!("{HEAD}{}", written(&study.settings(scripts))?))
}

/// Settings as `study.yaml` has them: what is as it is without being said is not said.
///
/// # Errors
/// When they cannot be written.
pub(super) fn written(settings: &Settings) -> Result<String, String> {
    let mut tree = tree(settings)?;
    unsaid::<Settings>(&mut tree)?;
    for (key, each) in [
        ("roles", unsaid::<Role> as fn(&mut Node) -> Result<(), String>),
        ("authors", unsaid::<Author>),
        ("mappings", unsaid::<Mapping>),
        ("alternatives", unsaid::<Alternative>),
        ("analyses", unsaid::<Use>),
    ] {
        within(&mut tree, key, each)?;
    }
    if let Some(robustness) = entry(&mut tree, "robustness") {
        unsaid::<Robustness>(robustness)?;
        within(robustness, "choices", unsaid::<VariedChoice>)?;
    }
    write(&tree)
}

fn tree<T: Serialize>(value: &T) -> Result<Node, String> {
    Node::of(value).map_err(|error| error.to_string())
}

/// Takes out what is as it is when nothing is said.
fn unsaid<T: Default + Serialize>(tree: &mut Node) -> Result<(), String> {
    let default = self::tree(&T::default())?.json();
    if let Content::Map(entries) = &mut tree.content {
        entries.retain(|entry| {
            let value = entry.value.json();
            value != Json::Null && default.get(&entry.key) != Some(&value)
        });
    }
    Ok(())
}

fn entry<'n>(tree: &'n mut Node, key: &str) -> Option<&'n mut Node> {
    let Content::Map(entries) = &mut tree.content else { return None };
    entries.iter_mut().find(|entry| entry.key == key).map(|entry| &mut entry.value)
}

/// Does something to each member of a list.
fn within(
    tree: &mut Node,
    key: &str,
    each: impl Fn(&mut Node) -> Result<(), String>,
) -> Result<(), String> {
    match entry(tree, key).map(|node| &mut node.content) {
        Some(Content::List(nodes)) => nodes.iter_mut().try_for_each(each),
        _ => Ok(()),
    }
}

impl Study<'_> {
    /// The settings of the copy.
    fn settings(&self, scripts: &BTreeSet<String>) -> Settings {
        let own = self.settings.clone();
        Settings {
            title: self.text(own.title),
            citation: own.citation.map(|text| self.names.scrubbed(&text)),
            description: self.text(own.description),
            questions: own.questions.into_iter().map(|(id, text)| (id, self.text(text))).collect(),
            roles: own.roles.into_iter().map(|role| self.role(role)).collect(),
            mappings: own.mappings.into_iter().map(|mapping| self.mapping(mapping)).collect(),
            alternatives: own
                .alternatives
                .into_iter()
                .map(|one| Alternative { why: self.text(one.why), ..one })
                .collect(),
            license: self.terms.license.map(str::to_owned).or(own.license),
            hidden: Vec::new(),
            quantifiers: self.keys(own.quantifiers),
            analyses: own.analyses.map(|uses| self.analyses(uses, scripts)),
            robustness: own.robustness.as_ref().map(|robustness| self.robustness(robustness)),
            ..own
        }
    }

    fn text(&self, text: Text) -> Text {
        match text {
            Text::One(text) => Text::One(self.names.scrubbed(&text)),
            Text::By(texts) => {
                let texts = texts.into_iter();
                Text::By(texts.map(|(lang, text)| (lang, self.names.scrubbed(&text))).collect())
            }
            Text::Absent => Text::Absent,
        }
    }

    fn keys(&self, map: BTreeMap<String, String>) -> BTreeMap<String, String> {
        map.into_iter().map(|(key, value)| (self.names.scrubbed(&key), value)).collect()
    }

    fn role(&self, role: Role) -> Role {
        let aliases = role.aliases.iter().map(|alias| self.names.scrubbed(alias)).collect();
        Role { label: self.text(role.label), aliases, ..role }
    }

    fn mapping(&self, mapping: Mapping) -> Mapping {
        Mapping {
            why: self.text(mapping.why),
            titles: self.keys(mapping.titles),
            people: self.people_of(&mapping.people),
            ..mapping
        }
    }

    /// People with their roles, without those who are gone.
    fn people_of(&self, people: &BTreeMap<String, String>) -> BTreeMap<String, String> {
        let staying = people.iter().filter_map(|(id, role)| match self.names.meant(id) {
            Meant::Person(name) => Some((name.to_owned(), role.clone())),
            Meant::Gone | Meant::Nobody => None,
        });
        staying.collect()
    }

    fn analyses(&self, uses: Vec<Use>, scripts: &BTreeSet<String>) -> Vec<Use> {
        let stays = |one: &Use| !scripts.contains(&format!("scripts/{}.rhai", one.analysis));
        let staying = uses.into_iter().filter(stays).map(|mut one| {
            one.parameters.values_mut().for_each(|value| self.parameter(value));
            // What asks for no library and no version that there can be is a text like any other.
            one.version = one.version.filter(|version| is_version(version));
            one.sha256 = one.sha256.filter(|sha256| is_sha256(sha256));
            one
        });
        staying.collect()
    }

    /// A value of a parameter with new names.
    fn parameter(&self, value: &mut Json) {
        match value {
            Json::String(text) => {
                let source = self.names.id(StudyFile::Sources, text);
                *text = match self.names.meant(text) {
                    Meant::Person(name) => name.to_owned(),
                    _ if source != text => source.to_owned(),
                    _ => self.names.scrubbed(text),
                };
            }
            Json::Array(values) => values.iter_mut().for_each(|value| self.parameter(value)),
            Json::Object(map) => map.values_mut().for_each(|value| self.parameter(value)),
            Json::Null | Json::Bool(_) | Json::Number(_) => {}
        }
    }

    fn robustness(&self, robustness: &Robustness) -> Robustness {
        let constraint = |id: &str| self.names.id(StudyFile::Constraints, id).to_owned();
        let choices: Vec<VariedChoice> =
            robustness.choices.iter().filter_map(|choice| self.choice(choice)).collect();
        let lost = |id: &String| {
            let named = robustness.choices.iter().any(|choice| choice.choice == *id);
            named && !choices.iter().any(|choice| choice.choice == constraint(id))
        };
        let crossed = robustness
            .crossed
            .as_ref()
            .map(|ids| ids.iter().filter(|id| !lost(id)).map(|id| constraint(id)).collect());
        Robustness { choices, crossed, ..*robustness }
    }

    /// A choice with new names; `None` when nobody is left of whom it is about.
    fn choice(&self, choice: &VariedChoice) -> Option<VariedChoice> {
        let gone = (StudyFile::Constraints, choice.choice.clone());
        if self.gone_rows.contains(&gone) {
            return None;
        }
        let about = About::of(&choice.choice, self);
        let options = choice.options.as_ref().map(|options| {
            options.iter().filter_map(|option| self.option(about, option)).collect::<Vec<_>>()
        });
        if options.as_ref().is_some_and(Vec::is_empty) {
            return None;
        }
        Some(VariedChoice {
            choice: self.names.id(StudyFile::Constraints, &choice.choice).to_owned(),
            options,
            standing: choice.standing,
            why: self.text(choice.why.clone()),
        })
    }

    fn option(&self, about: About, option: &VariedOption) -> Option<VariedOption> {
        let id = |id: &String| match (about, self.names.meant(id)) {
            (About::People, Meant::Person(name)) => Some(name.to_owned()),
            (About::People, Meant::Gone) => None,
            (About::Sources, _) if self.names.is_gone_source(id) => None,
            (About::Sources, meant) => Some(match (self.names.id(StudyFile::Sources, id), meant) {
                // Without a table of sources, somebody's interview is called like them.
                (source, Meant::Person(name)) if source == id => name.to_owned(),
                (source, _) => source.to_owned(),
            }),
            _ => Some(id.clone()),
        };
        match option {
            VariedOption::One(one) => id(one).map(VariedOption::One),
            VariedOption::Several(ids) => {
                let ids: Vec<String> = ids.iter().filter_map(id).collect();
                (!ids.is_empty()).then_some(VariedOption::Several(ids))
            }
            VariedOption::People(people) => {
                let people = self.people_of(people);
                (!people.is_empty()).then_some(VariedOption::People(people))
            }
        }
    }
}

/// What the options of a choice are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum About {
    People,
    Sources,
    Others,
}

impl About {
    fn of(choice: &str, study: &Study<'_>) -> Self {
        let is_constraint = || {
            let table = study.table(StudyFile::Constraints);
            table.is_some_and(|table| table.cells("id").any(|id| id == choice))
        };
        match Fixed::of(choice) {
            Some(Fixed::Participant | Fixed::Inclusion) => Self::People,
            Some(Fixed::Source) => Self::Sources,
            Some(_) => Self::Others,
            None if is_constraint() => Self::People,
            None => Self::Others,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::yaml::read;

    /// Settings that say everything, and that say nothing: those of the schema's test.
    #[test]
    fn settings_are_read_as_they_were_written() {
        let documents: Vec<Json> =
            serde_json::from_str(include_str!("../../../../tests/schemas/study.json"))
                .expect("a list of documents");
        for document in documents {
            let settings: Settings = serde_json::from_value(document).expect("settings");
            let text = written(&settings).expect("YAML");
            let read: Settings =
                serde_json::from_value(read(&text).expect("YAML").json()).expect("settings");
            assert_eq!(read, settings, "{text}");
        }
    }

    #[test]
    fn what_need_not_be_said_is_not_said() {
        let settings = Settings {
            title: "A title: of two parts".into(),
            roles: vec![Role { id: "no".to_owned(), ..Role::default() }],
            analyses: Some(Vec::new()),
            ..Settings::default()
        };
        let text = written(&settings).expect("YAML");
        assert_eq!(text, "title: \"A title: of two parts\"\nroles:\n- id: \"no\"\nanalyses: []\n");
    }
}
