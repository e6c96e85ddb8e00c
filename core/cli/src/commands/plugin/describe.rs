//! What is known of one plugin, without running anything of it?

use std::path::Path;

use parallax_engine::model::Manifest;
use parallax_engine::shelf::apart::hash_of;
use parallax_engine::shelf::script::did_you_mean;
use parallax_engine::trust::{Entry, Shown, Store};
use serde_json::{Value as Json, json};

use super::shown::{OWN_ABI, abi, ids, is_script, manifest, manifest_json, own, since};
use crate::args::{Arguments, Format, PluginDescribe};
use crate::{Status, standard, terminal, user};

pub(crate) fn describe(arguments: &Arguments, asked: &PluginDescribe) -> Status {
    let (store, shown) = match user::shown_store() {
        Ok(both) => both,
        Err(status) => return status,
    };
    let (what, shelf) = (asked.what.as_str(), standard::own_shelf());
    let is_json = arguments.format == Format::Json;
    let said = |text: String, plugins: Vec<Json>| match is_json {
        true => {
            let json = json!({ "version": 1, "plugins": plugins });
            terminal::json(&json.to_string(), Status::Fine)
        }
        false => terminal::result(&text, Status::Fine),
    };
    if let Some(of_program) = own(&shelf).find(|manifest| manifest.id == what) {
        return said(built_in(of_program), vec![built_in_json(of_program)]);
    }
    let of_id: Vec<&Entry> = shown.entries.iter().filter(|entry| entry.id == what).collect();
    if !of_id.is_empty() {
        let pages: Vec<String> = of_id.iter().map(|entry| trusted(&store, entry)).collect();
        let json = of_id.iter().map(|entry| trusted_json(&store, entry)).collect();
        return said(pages.join("\n"), json);
    }
    let file = Path::new(what);
    if !file.is_file() {
        return nothing(what, &shown, own(&shelf).map(|manifest| manifest.id.as_str()));
    }
    let sha256 = match hash_of(file) {
        Ok(sha256) => sha256,
        Err(error) => {
            terminal::aside(&format!("error: {what} cannot be read: {error}"));
            return Status::Files;
        }
    };
    match shown.entries.iter().find(|entry| entry.sha256 == sha256) {
        Some(entry) => said(trusted(&store, entry), vec![trusted_json(&store, entry)]),
        None => said(stranger(file, &sha256), vec![stranger_json(file, &sha256)]),
    }
}

fn built_in(own: &Manifest) -> String {
    format!(
        "{} {}\n{}\nABI        {}\nfrom       the program\ntrusted    part of the program\n",
        own.id,
        own.version,
        manifest(own),
        abi(OWN_ABI)
    )
}

fn built_in_json(own: &Manifest) -> Json {
    let mut json = manifest_json(own);
    json["abi"] = json!(abi(OWN_ABI));
    json["from"] = json!("the program");
    json["trusted"] = json!(true);
    json
}

fn trusted(store: &Store, entry: &Entry) -> String {
    let mut page = format!("{} {}\n{}\n", entry.id, entry.version, manifest(&entry.manifest));
    let facts = [
        ("ABI", format!("{}, tables {}", abi(entry.abi), entry.model_version)),
        ("made for", entry.platform.clone()),
        ("from", entry.origin.clone()),
        ("SHA-256", entry.sha256.clone()),
        ("size", format!("{} bytes", entry.size)),
        ("trusted", format!("since {}, checked by parallax {}", entry.trusted, entry.program)),
    ];
    page.extend(facts.map(|(name, fact)| format!("{name:<11}{fact}\n")));
    page.extend(since(store, entry).iter().map(|note| format!("{:<11}{note}\n", "note")));
    page
}

fn trusted_json(store: &Store, entry: &Entry) -> Json {
    let mut json = manifest_json(&entry.manifest);
    json["abi"] = json!(abi(entry.abi));
    json["model_version"] = json!(entry.model_version);
    json["platform"] = json!(entry.platform);
    json["from"] = json!(entry.origin);
    json["sha256"] = json!(entry.sha256);
    json["size"] = json!(entry.size);
    json["trusted"] = json!(true);
    json["since"] = json!(entry.trusted);
    json["program"] = json!(entry.program);
    json["notes"] = json!(since(store, entry));
    json
}

/// A library that nobody trusts: nothing of it is run to learn more.
fn stranger(file: &Path, sha256: &str) -> String {
    let place = file.display();
    format!(
        "{place}\n\nSHA-256    {sha256}\nsize       {} bytes\ntrusted    no: nobody trusts it; nothing \
         of it was run\n\nA native plugin is a program and can do what you can. If you know whose it \
         is and want it:\n`parallax plugin trust {place}` runs it once in a process of its own, checks \
         it, and keeps a copy.\n",
        size(file)
    )
}

fn stranger_json(file: &Path, sha256: &str) -> Json {
    json!({
        "from": file.display().to_string(),
        "sha256": sha256,
        "size": size(file),
        "trusted": false,
    })
}

fn size(file: &Path) -> u64 {
    std::fs::metadata(file).map_or(0, |about| about.len())
}

/// That there is no such plugin and no such library.
fn nothing<'a>(what: &str, shown: &'a Shown, of_program: impl Iterator<Item = &'a str>) -> Status {
    if is_script(what) {
        terminal::aside(&format!(
            "error: `{what}` is no plugin: it is a script that comes with the program\n\
             help: `parallax explain {what}` says what it does"
        ));
        return Status::Usage;
    }
    let known: Vec<&str> = of_program.chain(ids(&shown.entries)).collect();
    let help = did_you_mean(what, known)
        .unwrap_or_else(|| "`parallax plugin list` shows which there are".to_owned());
    terminal::aside(&format!(
        "error: `{what}` is no plugin that is known, and no file\nhelp: {help}"
    ));
    Status::Usage
}
