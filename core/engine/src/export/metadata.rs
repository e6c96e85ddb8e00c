//! What does `ro-crate-metadata.json` say of the files of a crate, and of how they came to be?

use parallax_model::document::{AnalysisEntry, AnalysisKind};
use parallax_model::settings::Author;
use serde_json::{Map, Value as Json, json};
use sha2::{Digest, Sha256};

use super::{Contents, File, METADATA, PROGRAM, is_address};
use crate::report::Plugin;

/// The terms of the metadata.
const CONTEXT: &str = "https://w3id.org/ro/crate/1.2/context";
/// What the metadata is in accordance with.
const SPECIFICATION: &str = "https://w3id.org/ro/crate/1.2";
/// The profile: a program was run, on these files, with these results.
const PROFILE: &str = "https://w3id.org/ro/wfrun/process/0.5";
/// The language of scripts.
const RHAI: &str = "https://rhai.rs";

/// The document.
pub(super) fn document(contents: &Contents<'_>, files: &[File]) -> Json {
    let mut graph = vec![descriptor(), root(contents, files), profile()];
    graph.extend(files.iter().map(|file| of_file(contents, file)));
    graph.extend([run(contents), program(contents)]);
    let analyses = contents.document.analyses.iter();
    graph.extend(analyses.filter(|one| comes_with_program(contents, one)).map(of_analysis));
    graph.extend(contents.plugins.iter().map(|plugin| of_plugin(contents, plugin)));
    if contents.study.iter().any(is_script) {
        graph.push(json!({
            "@id": RHAI,
            "@type": "ComputerLanguage",
            "name": "Rhai",
            "url": { "@id": RHAI },
            "version": "1",
        }));
    }
    graph.extend((1..).zip(&contents.settings.authors).flat_map(of_author));
    graph.extend(contents.licenses().into_iter().map(of_license));
    json!({ "@context": CONTEXT, "@graph": graph })
}

fn reference(id: &str) -> Json {
    json!({ "@id": id })
}

/// One thing as it is, and several as a list.
fn one_or_list(mut things: Vec<Json>) -> Json {
    match things.len() {
        1 => things.remove(0),
        _ => Json::Array(things),
    }
}

fn descriptor() -> Json {
    json!({
        "@id": METADATA,
        "@type": "CreativeWork",
        "name": "What this crate holds",
        "about": { "@id": "./" },
        "conformsTo": { "@id": SPECIFICATION },
    })
}

fn root(contents: &Contents<'_>, files: &[File]) -> Json {
    let authors = (1..).zip(&contents.settings.authors);
    let authors: Vec<Json> = authors.map(|(n, author)| reference(&author_id(n, author))).collect();
    let licenses = contents.licenses();
    let licenses = licenses.into_iter().map(|license| reference(&license_id(license))).collect();
    let parts: Vec<Json> = files.iter().map(|file| reference(&address(&file.name))).collect();
    json!({
        "@id": "./",
        "@type": "Dataset",
        "name": contents.title(),
        "description": contents.description(),
        "datePublished": contents.day.to_string(),
        "inLanguage": contents.settings.language.code(),
        "license": one_or_list(licenses),
        "author": one_or_list(authors.clone()),
        "publisher": authors.first(),
        "conformsTo": { "@id": PROFILE },
        "mentions": { "@id": "#run" },
        "hasPart": parts,
    })
}

fn profile() -> Json {
    json!({
        "@id": PROFILE,
        "@type": ["CreativeWork", "Profile"],
        "name": "Process Run Crate",
        "version": "0.5",
    })
}

/// A name as the address of a file within the crate.
pub(super) fn address(name: &str) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(byte);
    let parts = name.bytes().map(|byte| match plain(&byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    });
    parts.collect()
}

fn is_script(file: &File) -> bool {
    file.name.ends_with(".rhai")
}

/// The file of an analysis that is the study's own.
fn own_script<'c>(contents: &Contents<'c>, entry: &AnalysisEntry) -> Option<&'c File> {
    let name = format!("scripts/{}.rhai", entry.id);
    contents.study.iter().find(|file| file.name == name)
}

/// Whether an analysis is neither the study's own nor a plugin of somebody else.
fn comes_with_program(contents: &Contents<'_>, entry: &AnalysisEntry) -> bool {
    own_script(contents, entry).is_none() && plugin(contents, &entry.id).is_none()
}

/// The plugin of somebody else that an analysis is.
fn plugin<'c>(contents: &Contents<'c>, id: &str) -> Option<&'c Plugin> {
    contents.plugins.iter().find(|plugin| plugin.id == id)
}

fn of_file(contents: &Contents<'_>, file: &File) -> Json {
    let mut thing = Map::new();
    let mut say = |key: &str, value: Json| drop(thing.insert(key.to_owned(), value));
    let (name, what) = about(&file.name, contents.is_copy);
    say("@id", json!(address(&file.name)));
    say("@type", json!("File"));
    say("name", json!(name));
    say("description", json!(what));
    say("encodingFormat", json!(format_of(&file.name)));
    say("contentSize", json!(file.bytes.len().to_string()));
    say("sha256", json!(sha256(&file.bytes)));
    if is_script(file) {
        let entries = contents.document.analyses.iter();
        let entry = entries
            .into_iter()
            .find(|one| own_script(contents, one).is_some_and(|script| script.name == file.name));
        say("@type", json!(["File", "SoftwareSourceCode"]));
        say("programmingLanguage", reference(RHAI));
        say("url", json!(address(&file.name)));
        // A file that scripts share has the version of the study, which has none.
        say("version", json!(entry.map_or("1", |entry| entry.version.as_str())));
        if let Some(entry) = entry {
            say("name", json!(entry.title));
            say("description", json!(entry.question));
        }
    }
    Json::Object(thing)
}

/// SHA-256 of bytes as they are, in hexadecimal.
fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What a file is called, and what is in it.
pub(super) fn about(name: &str, is_copy: bool) -> (&str, &'static str) {
    let what = match name {
        "study.yaml" => "What the study is, its roles, and the choices under which it is read",
        "participants.csv" if is_copy => "Who was interviewed, under other names",
        "participants.csv" => "Who was interviewed",
        "codes.csv" => "The codebook",
        "statements.csv" if is_copy => "Who says of whom that they have which duty or right",
        "statements.csv" => {
            "Who says of whom that they have which duty or right, in the words of the coder"
        }
        "cases.csv" => "The cases, such as schools",
        "sources.csv" => "The conversations and documents",
        "excerpts.csv" if is_copy => {
            "Coded stretches of conversations, without words that may not be shared"
        }
        "excerpts.csv" => "Coded stretches of conversations",
        "coverage.csv" => "Who was asked what",
        "constraints.csv" => "What is known of groups without knowing of whom",
        "claims.csv" => "Claims of a report, to be tested against the tables",
        "events.csv" => "What happens in conversations, act by act",
        "findings.json" => "What the analyses find, with the statements behind each finding",
        "report.html" => "The report, as a page that needs nothing but itself",
        "report.md" => "The report as plain text",
        "CITATION.cff" => "How to cite the study",
        "study.lock" => "From what the accepted findings came",
        name if name.starts_with("findings/accepted/") => "Findings that were accepted",
        name if name.starts_with("findings/") => "Which changes of findings were accepted, and why",
        name if name.starts_with("scripts/shared/") => "What scripts of the study share",
        name if name.starts_with("scripts/") => "An analysis of the study's own",
        _ => "A file of the study",
    };
    (name, what)
}

/// The media type of a file.
fn format_of(name: &str) -> &'static str {
    let ending = name.rsplit('.').next().unwrap_or_default();
    match ending {
        "csv" => "text/csv",
        "yaml" | "cff" => "application/yaml",
        "json" => "application/json",
        "html" => "text/html",
        "md" => "text/markdown",
        "lock" => "application/toml",
        _ => "text/plain",
    }
}

/// The run of the program: on the files of the study, with the findings and the reports.
fn run(contents: &Contents<'_>) -> Json {
    let ids = |files: &[File]| -> Vec<Json> {
        files.iter().map(|file| reference(&address(&file.name))).collect()
    };
    let agent = contents.settings.authors.first().map(|author| author_id(1, author));
    json!({
        "@id": "#run",
        "@type": "CreateAction",
        "name": "A run of parallax",
        "description": "Reads the study, checks it, and runs its analyses.",
        "instrument": { "@id": PROGRAM },
        "object": ids(contents.study),
        "result": ids(contents.results),
        "agent": agent.as_deref().map(reference),
        "startTime": contents.day.to_string(),
        "endTime": contents.day.to_string(),
        // The profile takes the address as a text.
        "actionStatus": "http://schema.org/CompletedActionStatus",
    })
}

fn program(contents: &Contents<'_>) -> Json {
    let plugins: Vec<Json> =
        contents.plugins.iter().map(|plugin| reference(&plugin_id(plugin))).collect();
    let analyses = contents.document.analyses.iter();
    let analyses = analyses.filter(|entry| plugin(contents, &entry.id).is_none()).map(|entry| {
        reference(&match own_script(contents, entry) {
            Some(file) => address(&file.name),
            None => analysis_id(entry),
        })
    });
    let mut thing = json!({
        "@id": PROGRAM,
        "@type": "SoftwareApplication",
        "name": "parallax",
        "description": "Analyses of multi-stakeholder interview studies with positioning theory",
        "url": { "@id": PROGRAM },
        "version": env!("CARGO_PKG_VERSION"),
        "hasPart": analyses.collect::<Vec<_>>(),
    });
    if !plugins.is_empty() {
        thing["softwareRequirements"] = Json::Array(plugins);
    }
    thing
}

fn analysis_id(entry: &AnalysisEntry) -> String {
    format!("{PROGRAM}#{}", entry.id)
}

fn plugin_id(plugin: &Plugin) -> String {
    format!("#plugin-{}", plugin.id)
}

/// A plugin of somebody else that ran: which library, and never where it stood.
fn of_plugin(contents: &Contents<'_>, plugin: &Plugin) -> Json {
    let mut entries = contents.document.analyses.iter();
    let entry = entries.find(|entry| entry.id == plugin.id);
    json!({
        "@id": plugin_id(plugin),
        "@type": "SoftwareApplication",
        "name": entry.map_or(plugin.id.as_str(), |entry| entry.title.as_str()),
        "alternateName": plugin.id,
        "description": entry.map(|entry| entry.question.as_str()),
        "applicationCategory": "native",
        "version": plugin.version,
        "sha256": plugin.sha256,
    })
}

/// An analysis that comes with the program.
fn of_analysis(entry: &AnalysisEntry) -> Json {
    let kind = match entry.kind {
        AnalysisKind::Plugin => "native",
        AnalysisKind::Script => "script",
    };
    json!({
        "@id": analysis_id(entry),
        "@type": "SoftwareApplication",
        "name": entry.title,
        "alternateName": entry.id,
        "description": entry.question,
        "applicationCategory": kind,
        "url": { "@id": PROGRAM },
        "version": entry.version,
    })
}

fn author_id(number: usize, author: &Author) -> String {
    author.orcid_address().unwrap_or_else(|| format!("#author-{number}"))
}

/// An author, and where they work.
fn of_author((number, author): (usize, &Author)) -> Vec<Json> {
    let mut thing = Map::new();
    let kind = if author.is_person() { "Person" } else { "Organization" };
    let given = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
    let employer = given(&author.affiliation).map(|name| (format!("#affiliation-{number}"), name));
    let fields = [
        ("@id", Some(json!(author_id(number, author)))),
        ("@type", Some(json!(kind))),
        ("name", Some(json!(author.full_name()))),
        ("givenName", given(&author.given).map(Json::from)),
        ("familyName", given(&author.family).map(Json::from)),
        ("affiliation", employer.as_ref().map(|(id, _)| reference(id))),
    ];
    for (key, value) in fields {
        thing.extend(value.map(|value| (key.to_owned(), value)));
    }
    let employer =
        employer.map(|(id, name)| json!({ "@id": id, "@type": "Organization", "name": name }));
    [Some(Json::Object(thing)), employer].into_iter().flatten().collect()
}

fn license_id(license: &str) -> String {
    match is_address(license) {
        true => license.to_owned(),
        false => format!("https://spdx.org/licenses/{license}"),
    }
}

fn of_license(license: &str) -> Json {
    json!({
        "@id": license_id(license),
        "@type": "CreativeWork",
        "name": license,
        "description": format!("The study may be used under the licence {license}."),
    })
}
