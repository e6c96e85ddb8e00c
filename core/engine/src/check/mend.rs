//! Which problems can be mended without asking, and what do the files hold afterwards?

use std::collections::BTreeMap;
use std::ops::Range;

use parallax_model::StudyFile;

use crate::check::Checked;
use crate::text::cells::quoted;
use crate::text::source::Source;

/// A file with its safe corrections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mended {
    /// The file's name inside the study folder.
    pub file: String,
    /// All of its new contents: UTF-8, without byte order mark.
    pub contents: String,
    /// What was changed, one sentence each, in order.
    pub changes: Vec<String>,
}

/// Applies every fix to the files it is about. Only files that change are returned; nothing is
/// written.
#[must_use]
pub fn mend(checked: &Checked) -> Vec<Mended> {
    let mut edits: BTreeMap<usize, BTreeMap<usize, Edit>> = BTreeMap::new();
    for located in &checked.problems {
        let Some(fix) = &located.problem.fix else { continue };
        for somewhere in &located.places {
            let (Some(index), Some(place)) = (somewhere.source, &somewhere.place) else { continue };
            let line = place.line;
            let place_name =
                somewhere.cell().map_or(format!("line {line}"), |c| format!("cell {c}"));
            let edit = Edit {
                span: place.span.clone(),
                replacement: fix.replacement.clone(),
                change: format!("{place_name}: `{}`", fix.replacement),
            };
            edits.entry(index).or_default().entry(place.span.start).or_insert(edit);
        }
    }
    let unfit = |source: &Source| source.assumed.is_some() || source.mark;
    let mut mended = Vec::new();
    for (index, source) in checked.sources.iter().enumerate() {
        let edits = edits.remove(&index).unwrap_or_default();
        if edits.is_empty() && !(unfit(source) && source.file.is_some()) {
            continue;
        }
        let mut changes = Vec::new();
        if unfit(source) {
            changes.push("written in UTF-8 without a byte order mark".to_owned());
        }
        let contents = edited(source, edits.into_values(), &mut changes);
        mended.push(Mended { file: source.name.clone(), contents, changes });
    }
    mended
}

struct Edit {
    span: Range<usize>,
    replacement: String,
    change: String,
}

fn edited(source: &Source, edits: impl Iterator<Item = Edit>, changes: &mut Vec<String>) -> String {
    let (mut contents, mut at) = (String::with_capacity(source.text.len()), 0);
    let delimiter = source.dialect.as_ref().map_or(',', |d| char::from(d.delimiter));
    let is_table = source.file.is_some_and(|file| file != StudyFile::Study);
    for Edit { span, replacement, change } in edits {
        if span.start < at {
            continue;
        }
        contents.push_str(&source.text[at..span.start]);
        let inside_quotes = source.text[..span.start].ends_with('"');
        if is_table && !inside_quotes {
            contents.push_str(&quoted(&replacement, delimiter));
        } else {
            contents.push_str(&replacement);
        }
        at = span.end;
        changes.push(change);
    }
    contents.push_str(&source.text[at..]);
    contents
}
