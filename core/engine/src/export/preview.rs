//! What does somebody see who opens a crate in a browser?

use maud::{DOCTYPE, Markup, PreEscaped, html};
use parallax_model::settings::Language;

use super::metadata::{about, address};
use super::{Contents, File};

/// A page may load nothing; its own style is part of it.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const STYLE: &str = "\
:root{color-scheme:light dark}\
body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}\
table{border-collapse:collapse}\
th,td{text-align:left;vertical-align:top;padding:.25rem 1rem .25rem 0}";

/// The page, in the study's language.
pub(super) fn page(contents: &Contents<'_>, files: &[File]) -> String {
    let language = contents.settings.language;
    let say = |english: &'static str, dutch: &'static str| match language {
        Language::En => english,
        Language::Nl => dutch,
    };
    let authors = contents.settings.authors.iter().map(|author| author.full_name());
    let authors = authors.collect::<Vec<_>>().join(", ");
    let page = html! {
        (DOCTYPE)
        html lang=(language.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                title { (contents.title()) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                h1 { (contents.title()) }
                p { (contents.description()) }
                p {
                    (authors) " · " (contents.day) " · " (contents.licenses().join(", "))
                }
                @if contents.is_copy {
                    p { (say(
                        "This is a copy to share: names are replaced, and words of participants who did not agree to have them passed on are left out.",
                        "Dit is een versie om te delen: namen zijn vervangen, en woorden van deelnemers die er niet mee instemden dat die worden doorgegeven, zijn weggelaten.",
                    )) }
                }
                p { a href="report.html" { (say("The report", "Het rapport")) } }
                (table(contents, files, say("Files", "Bestanden")))
                p { (say("Made with", "Gemaakt met")) " parallax " (env!("CARGO_PKG_VERSION")) }
            }
        }
    };
    let mut text = page.into_string();
    text.push('\n');
    text
}

fn table(contents: &Contents<'_>, files: &[File], heading: &str) -> Markup {
    html! {
        h2 { (heading) }
        table {
            @for file in files {
                tr {
                    th scope="row" { a href=(address(&file.name)) { (file.name) } }
                    td { (about(&file.name, contents.is_copy).1) }
                }
            }
        }
    }
}
