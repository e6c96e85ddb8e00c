//! What does a crate say of itself, and is it true?

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::Path;

use serde_json::Value as Json;
use sha2::{Digest, Sha256};

/// A crate as it stands in a folder.
pub(crate) struct Crate {
    /// Its files by their names.
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    graph: Vec<Json>,
}

/// Every file below a folder, by its name there.
pub(crate) fn files_below(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(at) = open.pop() {
        for entry in fs::read_dir(at).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let name = path.strip_prefix(folder).expect("below").to_str().expect("a name");
            files.insert(name.replace('\\', "/"), fs::read(&path).expect("read"));
        }
    }
    files
}

/// The values of a key: one or several.
fn several(value: &Json) -> Vec<&Json> {
    match value {
        Json::Null => Vec::new(),
        Json::Array(values) => values.iter().collect(),
        one => vec![one],
    }
}

fn id(thing: &Json) -> &str {
    thing["@id"].as_str().expect("an id")
}

/// The ids that a value refers to.
fn ids(value: &Json) -> Vec<&str> {
    several(value).into_iter().map(id).collect()
}

/// The name of a file from its address.
fn name_of(address: &str) -> String {
    address.replace("%20", " ").replace("%25", "%")
}

impl Crate {
    pub(crate) fn read(folder: &Path) -> Self {
        let files = files_below(folder);
        let metadata = &files["ro-crate-metadata.json"];
        let document: Json = serde_json::from_slice(metadata).expect("JSON");
        assert_eq!(document["@context"], "https://w3id.org/ro/crate/1.2/context");
        let graph = document["@graph"].as_array().expect("a graph").clone();
        Self { files, graph }
    }

    pub(crate) fn text(&self, name: &str) -> String {
        String::from_utf8(self.files[name].clone()).expect("a text")
    }

    pub(crate) fn thing(&self, wanted: &str) -> &Json {
        let found = self.graph.iter().find(|thing| id(thing) == wanted);
        found.unwrap_or_else(|| panic!("nothing is called {wanted}"))
    }

    /// Whether the crate says what it has to, and whether that is so.
    pub(crate) fn is_sound(&self) {
        self.words_are_terms();
        self.names_are_known();
        self.files_are_there();
        let descriptor = self.thing("ro-crate-metadata.json");
        assert_eq!(ids(&descriptor["about"]), ["./"]);
        assert_eq!(ids(&descriptor["conformsTo"]), ["https://w3id.org/ro/crate/1.2"]);
        let root = self.thing("./");
        for key in ["name", "description", "datePublished", "license", "author", "publisher"] {
            assert!(!root[key].is_null(), "the crate has no {key}");
        }
        assert_eq!(root["datePublished"], "2026-11-27");
        let profile = "https://w3id.org/ro/wfrun/process/0.5";
        assert_eq!(ids(&root["conformsTo"]), [profile]);
        assert_eq!(self.thing(profile)["version"], "0.5");
        self.run_is_complete(&ids(&root["mentions"]));
    }

    /// One action: which program made which files of which.
    fn run_is_complete(&self, mentioned: &[&str]) {
        let is_action = |thing: &&Json| thing["@type"] == "CreateAction";
        let actions: Vec<&Json> = self.graph.iter().filter(is_action).collect();
        let [run] = actions[..] else { panic!("{} runs", actions.len()) };
        assert_eq!(mentioned, [id(run)]);
        assert_eq!(run["actionStatus"], "http://schema.org/CompletedActionStatus");
        assert_eq!(run["endTime"], "2026-11-27");
        assert!(!run["name"].is_null() && !run["description"].is_null());
        let program = self.thing(ids(&run["instrument"])[0]);
        assert_eq!(
            (&program["@type"], &program["name"]),
            (&"SoftwareApplication".into(), &"parallax".into())
        );
        assert_eq!(program["version"], env!("CARGO_PKG_VERSION"));
        let agent = self.thing(ids(&run["agent"])[0]);
        assert!(["Person", "Organization"].iter().any(|kind| agent["@type"] == *kind));
        assert_eq!(ids(&run["result"]), ["findings.json", "report.html", "report.md"]);
        let inputs: BTreeSet<&str> = ids(&run["object"]).into_iter().collect();
        for file in ["study.yaml", "participants.csv", "codes.csv", "statements.csv"] {
            assert!(inputs.contains(file), "{file} is no input");
        }
        let findings: Json = serde_json::from_slice(&self.files["findings.json"]).expect("JSON");
        let ran = findings["analyses"].as_array().expect("analyses").len();
        assert_eq!(ids(&program["hasPart"]).len(), ran);
    }

    /// Every file is one of the parts, with its size and its hash, and every part is a file.
    fn files_are_there(&self) {
        let parts: BTreeSet<String> =
            ids(&self.thing("./")["hasPart"]).into_iter().map(name_of).collect();
        let own = ["ro-crate-metadata.json", "ro-crate-preview.html"];
        let files = self.files.keys().filter(|name| !own.contains(&name.as_str()));
        assert_eq!(parts, files.cloned().collect());
        for address in ids(&self.thing("./")["hasPart"]) {
            let (thing, bytes) = (self.thing(address), &self.files[&name_of(address)]);
            assert!(several(&thing["@type"]).contains(&&Json::from("File")), "{address}");
            let hash: String =
                Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(thing["sha256"], hash, "{address}");
            assert_eq!(thing["contentSize"], bytes.len().to_string(), "{address}");
            assert!(!thing["encodingFormat"].is_null() && !thing["name"].is_null(), "{address}");
        }
    }

    /// Whatever is referred to is said what it is, or stands on the web.
    fn names_are_known(&self) {
        let mut known = BTreeSet::new();
        for thing in &self.graph {
            assert!(known.insert(id(thing)), "{} twice", id(thing));
        }
        let mut used = BTreeSet::from(["./", "ro-crate-metadata.json"]);
        for thing in &self.graph {
            let values = thing.as_object().expect("a thing").values();
            used.extend(values.flat_map(several).filter_map(|value| value["@id"].as_str()));
        }
        // What the metadata is in accordance with is no part of the crate.
        used.remove("https://w3id.org/ro/crate/1.2");
        assert!(used.is_subset(&known), "{:?}", used.difference(&known).collect::<Vec<_>>());
        assert!(known.is_subset(&used), "{:?}", known.difference(&used).collect::<Vec<_>>());
    }

    /// Every key and every type is a term that was looked up in the context of RO-Crate 1.2.
    fn words_are_terms(&self) {
        let terms: Json =
            serde_json::from_str(include_str!("../deposit/terms.json")).expect("JSON");
        for thing in &self.graph {
            let keys = thing.as_object().expect("a thing").keys().map(String::as_str);
            let kinds = several(&thing["@type"]).into_iter().filter_map(Json::as_str);
            for word in keys.filter(|key| !key.starts_with('@')).chain(kinds) {
                assert!(!terms["@context"][word].is_null(), "`{word}` is no term");
            }
        }
    }

    /// The things of a crate, a line each, without what changes with every finding.
    pub(crate) fn outline(&self) -> String {
        let mut outline = String::new();
        for thing in &self.graph {
            let kinds: Vec<&str> =
                several(&thing["@type"]).into_iter().filter_map(Json::as_str).collect();
            let name = thing["name"].as_str().unwrap_or("–");
            writeln!(outline, "{} · {} · {name}", id(thing), kinds.join(" ")).expect("a line");
        }
        outline
    }
}
