//! How do all analyses of a shelf stand on one page?

use std::fmt::Write as _;

use parallax_engine::model::Manifest;
use parallax_engine::shelf::{Body, Shelf};

use super::english;
use super::parameter::parameters;

/// What the page says above the list.
const OPENING: &str = "\
# The analyses

`parallax explain --all` prints this page, and `parallax explain position-clusters` what it says of one analysis. A study runs all of them that its data allow, or those that `study.yaml` names under `analyses`; each says why where the data do not allow it:

```yaml
analyses:
  - use: framework-matrix
  - use: position-clusters
    parameters: { unit: participant, linkage: complete }
```
";

/// Every analysis with its question, method, parameters, edge cases and references, as Markdown.
pub(super) fn page(shelf: &Shelf) -> String {
    let mut page = OPENING.to_owned();
    page.push_str("\n| analysis | question |\n|---|---|\n");
    for analysis in shelf.iter() {
        let Manifest { id, question, .. } = analysis.manifest();
        // Writing to a text never fails.
        let _ = writeln!(page, "| [`{id}`](#{id}) | {} |", in_a_table(english(question)));
    }
    for analysis in shelf.iter() {
        let kind = match analysis.body() {
            Body::Native(_) | Body::Outside(_) => "plugin",
            Body::Script(_) => "script",
        };
        section(&mut page, analysis.manifest(), kind);
    }
    page
}

fn section(page: &mut String, manifest: &Manifest, kind: &str) {
    let Manifest { id, version, title, question, method, .. } = manifest;
    let _ = write!(
        page,
        "\n## {id}\n\n**{}** · {kind} · {version}\n\n*{}*\n\n{}\n",
        english(title),
        english(question),
        in_a_line(english(method)),
    );
    let mut rows = parameters(manifest).peekable();
    if rows.peek().is_some() {
        page.push_str("\n| parameter | default | meaning |\n|---|---|---|\n");
    }
    for parameter in rows {
        let about = in_a_table(&parameter.about);
        let default = in_a_table(&parameter.default);
        let _ = writeln!(page, "| `{}` | `{default}` | {about} |", parameter.name);
    }
    list(page, "Edge cases", manifest.edge_cases.iter().map(english));
    list(page, "References", manifest.references.iter().map(String::as_str));
}

fn list<'t>(page: &mut String, heading: &str, items: impl Iterator<Item = &'t str>) {
    for (place, item) in items.enumerate() {
        if place == 0 {
            let _ = write!(page, "\n{heading}:\n\n");
        }
        let _ = writeln!(page, "- {}", in_a_line(item));
    }
}

/// A text that no mark of Markdown at the start of a line can change.
fn in_a_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn in_a_table(text: &str) -> String {
    in_a_line(text).replace('|', "\\|")
}
