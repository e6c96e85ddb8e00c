//! What is a small study with its rows in another order or with other ids, and do the findings differ?

use std::collections::BTreeMap;
use std::path::Path;

use parallax_model::{Figure, Finding};
use serde_json::{Value as Json, json};

use crate::{plain, repository};

/// The files of a small study by their names.
pub(crate) fn files(id: &str) -> BTreeMap<String, String> {
    let folder = repository().join("scripts").join(id);
    let entries = std::fs::read_dir(&folder)
        .expect("a small study")
        .map(|entry| entry.expect("a file").path());
    let name = |path: &Path| path.file_name().expect("a name").to_string_lossy().into_owned();
    let files = entries.filter(|path| path.is_file());
    files.map(|path| (name(&path), std::fs::read_to_string(&path).expect("is text"))).collect()
}

/// Findings as JSON in which no order stands that the order of rows may decide.
pub(crate) fn without_order(findings: &[Finding]) -> Json {
    fn sorted(json: Json) -> Json {
        match json {
            Json::Array(items) => {
                let mut items: Vec<Json> = items.into_iter().map(sorted).collect();
                items.sort_by_key(Json::to_string);
                Json::Array(items)
            }
            Json::Object(map) => map.into_iter().map(|(key, value)| (key, sorted(value))).collect(),
            other => other,
        }
    }
    // The cells of a row keep their order with it, so rows are sorted as texts.
    let rows = |finding: &Finding| -> Vec<String> {
        let lines = finding.tables.iter().flat_map(|table| {
            table.rows.iter().map(|row| {
                let heads = table.columns.iter().zip(row);
                let cells = heads.map(|(head, cell)| {
                    let mut words: Vec<String> =
                        plain(cell).split(' ').map(str::to_owned).collect();
                    words.sort_unstable();
                    format!("{}={}", plain(head), words.join(" "))
                });
                let mut cells: Vec<String> = cells.collect();
                cells.sort_unstable();
                format!("{} {}", table.name, cells.join(";"))
            })
        });
        let cells = finding.figures.iter().flat_map(|figure| {
            let Figure::Grid { rows, columns, cells, .. } = figure else { panic!("a grid") };
            rows.iter().zip(cells).flat_map(move |(head, line)| {
                columns.iter().zip(line).map(move |(column, cell)| {
                    format!("{} {} {}", plain(head), plain(column), plain(cell))
                })
            })
        });
        let mut all: Vec<String> = lines.chain(cells).collect();
        all.sort_unstable();
        all
    };
    let each = findings.iter().map(|finding| {
        let bare = Finding { tables: Vec::new(), figures: Vec::new(), ..finding.clone() };
        json!({ "rows": rows(finding), "finding": sorted(json!(bare)) })
    });
    sorted(each.collect())
}

/// The rows of every table in the order that the keys give them.
pub(crate) fn shuffled(files: &BTreeMap<String, String>, keys: &[u32]) -> BTreeMap<String, String> {
    let shuffle = |text: &String| {
        let mut lines = text.lines();
        let header = lines.next().expect("a header");
        let mut rows: Vec<(u32, &str)> = keys.iter().copied().cycle().zip(lines).collect();
        rows.sort_unstable();
        let rows: String = rows.iter().map(|(_, row)| format!("{row}\n")).collect();
        format!("{header}\n{rows}")
    };
    let each = files.iter().map(|(name, text)| match name.ends_with(".csv") {
        true => (name.clone(), shuffle(text)),
        false => (name.clone(), text.clone()),
    });
    each.collect()
}

/// Every id of a small study, and the new one that it gets.
pub(crate) fn new_names(
    files: &BTreeMap<String, String>,
    letters: &[char],
) -> BTreeMap<String, String> {
    let mut ids: Vec<String> = Vec::new();
    for (name, text) in files.iter().filter(|(name, _)| name.ends_with(".csv")) {
        let mut table = csv::Reader::from_reader(text.as_bytes());
        let headers = table.headers().expect("a header").clone();
        let wanted = |head: &str| {
            head == "id" || (name == "participants.csv" && ["case", "title"].contains(&head))
        };
        for row in table.records().map(|row| row.expect("a row")) {
            ids.extend(
                headers
                    .iter()
                    .zip(&row)
                    .filter(|(head, _)| wanted(head))
                    .map(|(_, id)| id.to_owned()),
            );
        }
    }
    ids.sort_unstable();
    ids.dedup();
    let named = ids.into_iter().zip(letters.iter().cycle());
    named.map(|(id, letter)| (id.clone(), format!("{letter}9{id}"))).collect()
}

pub(crate) fn renamed(
    files: &BTreeMap<String, String>,
    names: &BTreeMap<String, String>,
) -> BTreeMap<String, String> {
    let word = |word: &str| match word.strip_suffix('*') {
        Some(role) => names.get(role).map_or_else(|| word.to_owned(), |new| format!("{new}*")),
        None => names.get(word).cloned().unwrap_or_else(|| word.to_owned()),
    };
    let free = ["label", "text", "condition", "note", "section", "prompt", "type", "status"];
    let table = |text: &String| {
        let mut table = csv::Reader::from_reader(text.as_bytes());
        let headers = table.headers().expect("a header").clone();
        let mut written = csv::Writer::from_writer(Vec::new());
        written.write_record(&headers).expect("can be written");
        for row in table.records().map(|row| row.expect("a row")) {
            let cells = headers.iter().zip(&row).map(|(head, cell)| match free.contains(&head) {
                true => cell.to_owned(),
                false => cell.split(' ').map(word).collect::<Vec<_>>().join(" "),
            });
            written.write_record(cells).expect("can be written");
        }
        String::from_utf8(written.into_inner().expect("was written")).expect("is text")
    };
    // In study.yaml roles have ids, and codes stand in pairs that do not go together.
    let settings = |text: &String| {
        names.iter().fold(text.clone(), |text, (id, new)| {
            let text = text.replace(&format!("id: {id},"), &format!("id: {new},"));
            text.replace(&format!("[{id},"), &format!("[{new},"))
                .replace(&format!(" {id}]"), &format!(" {new}]"))
        })
    };
    let each = files.iter().map(|(name, text)| match name.ends_with(".csv") {
        true => (name.clone(), table(text)),
        false => (name.clone(), settings(text)),
    });
    each.collect()
}

/// Findings with the old ids for the new ones, in the order of the old ones.
pub(crate) fn under_old_names(findings: &[Finding], names: &BTreeMap<String, String>) -> Vec<Json> {
    let text = json!(findings).to_string();
    let text = names.iter().fold(text, |text, (id, new)| text.replace(new.as_str(), id));
    let mut findings: Vec<Json> = serde_json::from_str(&text).expect("is still JSON");
    for finding in &mut findings {
        if let Some(items) = finding["basis"]["items"].as_array_mut() {
            items.sort_by_key(Json::to_string);
        }
    }
    findings.sort_by_key(|finding| finding["about"].to_string());
    findings
}
