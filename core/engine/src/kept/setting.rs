//! Which settings differ, each by the path that leads to it, and how is one of them changed?

use serde_json::{Map, Value as Json};

/// A setting that is another.
#[derive(Clone, Debug, PartialEq)]
pub struct SettingChange {
    /// The way to it.
    pub path: Vec<Step>,
    /// What it was; nothing for one that there was not.
    pub was: Option<Json>,
    /// What it is; nothing for one that there is no longer.
    pub is: Option<Json>,
    /// The entry of a list after which a new one stands; none for the first.
    after: Option<String>,
}

/// One step on the way to a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The value of a key.
    Key(String),
    /// The entry of a list that has this name below this key.
    Entry {
        /// The key that names entries.
        key: &'static str,
        /// The name.
        name: String,
    },
}

impl SettingChange {
    /// The way as a reader follows it: `analyses/position-clusters/parameters/k`.
    #[must_use]
    pub fn place(&self) -> String {
        let names = self.path.iter().map(|step| match step {
            Step::Key(name) | Step::Entry { name, .. } => name.as_str(),
        });
        names.collect::<Vec<_>>().join("/")
    }
}

/// What names the entries of a list.
const NAMES: [&str; 3] = ["id", "use", "group"];

/// The settings that differ, in the order of their paths.
pub(super) fn changes(was: &Json, is: &Json) -> Vec<SettingChange> {
    let mut found = Vec::new();
    between(&mut Vec::new(), was, is, &mut found);
    found
}

fn between(path: &mut Vec<Step>, was: &Json, is: &Json, found: &mut Vec<SettingChange>) {
    if was == is {
        return;
    }
    let whole = |path: &[Step], was: Option<&Json>, is: Option<&Json>| SettingChange {
        path: path.to_vec(),
        was: was.cloned(),
        is: is.cloned(),
        after: None,
    };
    match (was, is) {
        (Json::Object(was), Json::Object(is)) => {
            let mut keys: Vec<&String> = was.keys().chain(is.keys()).collect();
            keys.sort_unstable();
            keys.dedup();
            for key in keys {
                path.push(Step::Key(key.clone()));
                match (was.get(key), is.get(key)) {
                    (Some(was), Some(is)) => between(path, was, is, found),
                    (was, is) => found.push(whole(path, was, is)),
                }
                path.pop();
            }
        }
        (Json::Array(were), Json::Array(are)) => match names(were, are) {
            Some((key, old, new)) => {
                let list = Lists { key, were, old: &old, are, new: &new };
                list.changes(path, found);
            }
            None => found.push(whole(path, Some(was), Some(is))),
        },
        _ => found.push(whole(path, Some(was), Some(is))),
    }
}

/// Two lists whose entries have names, in the same order as far as they are in both.
struct Lists<'j> {
    key: &'static str,
    were: &'j [Json],
    old: &'j [String],
    are: &'j [Json],
    new: &'j [String],
}

impl Lists<'_> {
    fn changes(&self, path: &mut Vec<Step>, found: &mut Vec<SettingChange>) {
        let step = |name: &String| Step::Entry { key: self.key, name: name.clone() };
        for (name, was) in self.old.iter().zip(self.were) {
            path.push(step(name));
            match self.new.iter().position(|new| new == name) {
                Some(at) => between(path, was, &self.are[at], found),
                None => found.push(SettingChange {
                    path: path.clone(),
                    was: Some(was.clone()),
                    is: None,
                    after: None,
                }),
            }
            path.pop();
        }
        for (at, (name, is)) in self.new.iter().zip(self.are).enumerate() {
            if !self.old.contains(name) {
                path.push(step(name));
                let after = at.checked_sub(1).map(|before| self.new[before].clone());
                let (path_to, is) = (path.clone(), Some(is.clone()));
                found.push(SettingChange { path: path_to, was: None, is, after });
                path.pop();
            }
        }
    }
}

/// The names of the entries of two lists; nothing when some have none, two have the same, or those
/// that are in both stand in another order.
fn names(were: &[Json], are: &[Json]) -> Option<(&'static str, Vec<String>, Vec<String>)> {
    let of = |list: &[Json], key: &str| -> Option<Vec<String>> {
        let each = list.iter().map(|entry| Some(entry.get(key)?.as_str()?.to_owned()));
        let names: Vec<String> = each.collect::<Option<_>>()?;
        let twice = (1..names.len()).any(|at| names[..at].contains(&names[at]));
        (!twice).then_some(names)
    };
    NAMES.into_iter().find_map(|key| {
        let (old, new) = (of(were, key)?, of(are, key)?);
        let shared: Vec<&String> = old.iter().filter(|name| new.contains(name)).collect();
        let in_new: Vec<&String> = new.iter().filter(|name| old.contains(name)).collect();
        (shared == in_new).then_some((key, old, new))
    })
}

/// Makes one change.
pub(super) fn apply(settings: &mut Json, change: &SettingChange) {
    let Some((last, way)) = change.path.split_last() else {
        *settings = change.is.clone().unwrap_or_default();
        return;
    };
    let mut at = settings;
    for step in way {
        let next = match step {
            Step::Key(key) => at.get_mut(key),
            Step::Entry { key, name } => entry(at, key, name),
        };
        let Some(next) = next else { return };
        at = next;
    }
    match last {
        Step::Key(key) => set(at.as_object_mut(), key, change.is.as_ref()),
        Step::Entry { key, name } => {
            let Some(list) = at.as_array_mut() else { return };
            let position = |list: &[Json], name: &str| {
                list.iter().position(|entry| is_named(entry, key, name))
            };
            let there = position(list, name);
            match (there, &change.is) {
                (Some(there), Some(is)) => list[there] = is.clone(),
                (Some(there), None) => {
                    list.remove(there);
                }
                (None, Some(is)) => {
                    let before = change.after.as_ref().and_then(|after| position(list, after));
                    list.insert(before.map_or(0, |before| before + 1), is.clone());
                }
                (None, None) => {}
            }
        }
    }
}

fn set(object: Option<&mut Map<String, Json>>, key: &str, is: Option<&Json>) {
    let Some(object) = object else { return };
    match is {
        Some(is) => object.insert(key.to_owned(), is.clone()),
        None => object.remove(key),
    };
}

fn entry<'j>(list: &'j mut Json, key: &str, name: &str) -> Option<&'j mut Json> {
    list.as_array_mut()?.iter_mut().find(|entry| is_named(entry, key, name))
}

fn is_named(entry: &Json, key: &str, name: &str) -> bool {
    entry.get(key).and_then(Json::as_str) == Some(name)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_change_is_told_by_its_path_and_can_be_made() {
        let was = json!({ "title": "T", "roles": [{ "id": "S" }, { "id": "L", "label": "x" }],
            "analyses": [{ "use": "clusters", "parameters": { "k": 3 } }] });
        let is = json!({ "roles": [{ "id": "N" }, { "id": "S" }, { "id": "L", "label": "y" }],
            "seed": 4, "analyses": [{ "use": "clusters", "parameters": { "k": 4 } }] });
        let found = changes(&was, &is);
        let places: Vec<String> = found.iter().map(SettingChange::place).collect();
        assert_eq!(
            places,
            ["analyses/clusters/parameters/k", "roles/L/label", "roles/N", "seed", "title"]
        );
        let mut made = was.clone();
        found.iter().for_each(|change| apply(&mut made, change));
        assert_eq!(made, is);
    }

    #[test]
    fn a_list_in_another_order_is_another_list() {
        let (was, is) = (
            json!({"roles": [{"id": "S"}, {"id": "L"}]}),
            json!({"roles": [{"id": "L"}, {"id": "S"}]}),
        );
        let found = changes(&was, &is);
        assert_eq!(found.len(), 1);
        let mut made = was;
        apply(&mut made, &found[0]);
        assert_eq!(made, is);
    }
}
