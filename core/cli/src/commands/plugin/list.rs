//! Which plugins are there, and who trusts them?

use parallax_engine::open::Opened;
use parallax_engine::shelf::Shelf;
use parallax_engine::shelf::offer::{is_sha256, is_version};
use parallax_engine::trust::{Entry, Shown, Store};
use serde_json::{Value as Json, json};

use super::shown::{OWN_ABI, SHORT, abi, columns, own, since};
use crate::args::{Arguments, Format};
use crate::{Status, standard, terminal, user};

/// One plugin in the list.
struct Row {
    id: String,
    version: String,
    abi: String,
    from: String,
    trust: Trust,
    sha256: String,
    notes: Vec<String>,
}

/// Who trusts a plugin.
enum Trust {
    /// It is part of the program.
    Program,
    /// The user, since a day; and whether it is the one that studies get which ask for no other.
    Since { day: String, is_used: bool },
    /// Nobody.
    Nobody,
}

impl Trust {
    fn said(&self) -> String {
        match self {
            Self::Program => "part of the program".to_owned(),
            Self::Since { day, is_used: true } => format!("since {day}"),
            Self::Since { day, is_used: false } => {
                format!("since {day}, for studies that ask for its SHA-256")
            }
            Self::Nobody => "no".to_owned(),
        }
    }
}

pub(crate) fn list(arguments: &Arguments) -> Status {
    let (store, shown) = match user::shown_store() {
        Ok(both) => both,
        Err(status) => return status,
    };
    let opened = standard::nearest_study(arguments).map(|folder| standard::open_study(&folder));
    let mut rows = of_program(&standard::own_shelf());
    rows.extend(trusted(&store, &shown));
    rows.extend(opened.iter().flat_map(|opened| asked_for(opened, &shown)));
    if arguments.format == Format::Json {
        return terminal::json(&document(&rows, &store, &shown).to_string(), Status::Fine);
    }
    terminal::result(&page(&rows, &store, &shown), Status::Fine)
}

/// The plugins that come with the program.
fn of_program(shelf: &Shelf) -> Vec<Row> {
    let each = own(shelf).map(|manifest| Row {
        id: manifest.id.clone(),
        version: manifest.version.clone(),
        abi: abi(OWN_ABI),
        from: "the program".to_owned(),
        trust: Trust::Program,
        sha256: String::new(),
        notes: Vec::new(),
    });
    each.collect()
}

/// Those that the user trusts. Of one id, the first for this kind of computer is used.
fn trusted(store: &Store, shown: &Shown) -> Vec<Row> {
    let mut used: Option<&str> = None;
    let row = |entry: &Entry, is_used: bool| Row {
        id: entry.id.clone(),
        version: entry.version.clone(),
        abi: abi(entry.abi),
        from: entry.origin.clone(),
        trust: Trust::Since { day: entry.trusted.clone(), is_used },
        sha256: entry.sha256.clone(),
        notes: since(store, entry),
    };
    let mut rows = Vec::new();
    for entry in &shown.entries {
        let is_used = entry.is_for_here() && used != Some(entry.id.as_str());
        if is_used {
            used = Some(&entry.id);
        }
        rows.push(row(entry, is_used));
    }
    rows
}

/// Those that the study in reach asks for, and nobody trusts.
fn asked_for(opened: &Opened, shown: &Shown) -> Vec<Row> {
    let study = opened.checked.study.iter();
    let asked = study.flat_map(|study| study.settings().analyses.iter().flatten());
    let is_absent = |id: &str| {
        opened.shelf.get(id).is_none() && shown.entries.iter().all(|entry| entry.id != id)
    };
    let mut rows: Vec<Row> = Vec::new();
    for asked in asked.filter(|asked| is_absent(&asked.analysis)) {
        if rows.iter().any(|row| row.id == asked.analysis) {
            continue;
        }
        rows.push(Row {
            id: asked.analysis.clone(),
            // What cannot be a version may be somebody's words.
            version: asked.version.clone().filter(|text| is_version(text)).unwrap_or_default(),
            abi: String::new(),
            from: "study.yaml asks for it".to_owned(),
            trust: Trust::Nobody,
            sha256: asked.sha256.clone().filter(|text| is_sha256(text)).unwrap_or_default(),
            notes: Vec::new(),
        });
    }
    rows
}

fn page(rows: &[Row], store: &Store, shown: &Shown) -> String {
    let head = ["id", "version", "ABI", "SHA-256", "trusted", "from"].map(str::to_owned);
    let or_none = |text: &str| if text.is_empty() { "–".to_owned() } else { text.to_owned() };
    let each = rows.iter().map(|row| {
        let sha256: String = row.sha256.chars().take(SHORT).collect();
        let cells = [&row.id, &row.version, &row.abi, &sha256, &row.trust.said(), &row.from];
        cells.map(|text| or_none(text))
    });
    let mut page = columns(&[head].into_iter().chain(each).collect::<Vec<_>>());
    for row in rows {
        for note in &row.notes {
            page.push_str(&format!("\n{}: {note}\n", row.id));
        }
    }
    for unread in &shown.unread {
        page.push_str(&format!(
            "\n{}: not trusted, because {}; trust the library again, or remove its folder\n",
            unread.sha256, unread.why
        ));
    }
    if rows.iter().any(|row| matches!(row.trust, Trust::Nobody)) {
        page.push_str(
            "\nA study gets a plugin of somebody else once you trust it: `parallax plugin trust \
             <library>`.\n",
        );
    }
    page.push_str(&format!("\ntrusted    {}\n", store.place().display()));
    let Some((file, limits)) =
        user::settings_file().zip(user::workshop()).map(|(file, workshop)| (file, workshop.limits))
    else {
        return page;
    };
    let there = if file.exists() { "" } else { " (not there: the limits are the usual ones)" };
    page.push_str(&format!(
        "settings   {}{there}\nlimits     {} seconds, {} megabytes of memory, {} megabytes of \
         findings\n",
        file.display(),
        limits.seconds,
        limits.megabytes,
        limits.findings_megabytes
    ));
    page
}

/// The same for programs.
fn document(rows: &[Row], store: &Store, shown: &Shown) -> Json {
    let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let plugins: Vec<Json> = rows
        .iter()
        .map(|row| {
            json!({
                "id": row.id,
                "version": given(&row.version),
                "abi": given(&row.abi),
                "from": row.from,
                "trusted": !matches!(row.trust, Trust::Nobody),
                "since": match &row.trust {
                    Trust::Since { day, .. } => Some(day),
                    Trust::Program | Trust::Nobody => None,
                },
                "used": match row.trust {
                    Trust::Since { is_used, .. } => is_used,
                    Trust::Program => true,
                    Trust::Nobody => false,
                },
                "sha256": given(&row.sha256),
                "notes": row.notes,
            })
        })
        .collect();
    let unread = shown.unread.iter();
    let unread: Vec<Json> =
        unread.map(|one| json!({ "sha256": one.sha256, "why": one.why })).collect();
    json!({
        "version": 1,
        "plugins": plugins,
        "not_trusted": unread,
        "store": store.place().display().to_string(),
        "settings": user::settings_file().map(|file| file.display().to_string()),
        "limits": user::workshop().map(|workshop| workshop.limits),
    })
}
