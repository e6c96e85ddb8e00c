//! How does a user take back their trust in a plugin?

use parallax_engine::trust::Entry;
use serde_json::{Value as Json, json};

use crate::args::{Arguments, Format, PluginForget};
use crate::{Status, say, terminal, user};

pub(crate) fn forget(arguments: &Arguments, asked: &PluginForget) -> Status {
    let store = match user::own_store() {
        Ok(store) => store,
        Err(status) => return status,
    };
    let gone = match store.forget(&asked.id) {
        Ok(gone) => gone,
        Err(error) => return say::not_written(store.place(), &error),
    };
    if gone.is_empty() {
        terminal::aside(&format!(
            "error: you trust no plugin `{}`\nhelp: `parallax plugin list` shows which you trust",
            asked.id
        ));
        return Status::Usage;
    }
    if arguments.format == Format::Json {
        let copies =
            gone.iter().map(|entry| json!({ "version": entry.version, "sha256": entry.sha256 }));
        let copies: Vec<Json> = copies.collect();
        let json = json!({ "version": 1, "id": asked.id, "removed": copies });
        return terminal::json(&json.to_string(), Status::Fine);
    }
    terminal::result(&told(&asked.id, &gone), Status::Fine)
}

fn told(id: &str, gone: &[Entry]) -> String {
    let mut text: String = gone
        .iter()
        .map(|entry| {
            format!("forgotten  {id} {} with the SHA-256 {}\n", entry.version, entry.sha256)
        })
        .collect();
    text.push_str(&format!(
        "           Studies that ask for `{id}` lose that analysis; their other ones run as before.\n"
    ));
    text
}
