//! Which complete small studies can a new study begin from, and how do they get into a folder? And a
//! new plugin?
//!
//! The files stand in `template/` as what they are: tables, settings, texts. What differs between
//! languages stands beside each other in them, and [`files`] takes one language.

mod language;
mod plugin;
mod readme;
mod source;
mod stage;

use parallax_model::settings::Language;

pub use plugin::{Kit, PluginIn, library, plugin_files};
pub use stage::{Staged, Unwritten, taken};

/// A study to begin from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Template {
    /// Two roles, four people, thirteen statements.
    Minimal,
    /// Roles of a school.
    Education,
    /// Roles around a patient at home.
    Care,
    /// A larger study, in which most analyses have something to say.
    Example,
}

impl Template {
    /// Every template, the smallest first.
    pub const ALL: [Self; 4] = [Self::Minimal, Self::Education, Self::Care, Self::Example];

    /// Its name on the command line.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Minimal => "minimal",
            Self::Education => "education",
            Self::Care => "care",
            Self::Example => "example",
        }
    }
}

/// A file of a new study or a new plugin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Where it stands inside its folder, with `/` between folders.
    pub path: &'static str,
    /// What it holds, in a few English words.
    pub about: &'static str,
    /// All it says, in UTF-8 with line feeds.
    pub text: String,
}

/// The files of a template in a language, those first that a researcher opens first.
#[must_use]
pub fn files(template: Template, language: Language) -> Vec<File> {
    let source = source::of(template);
    let own = source.tables.iter().chain(source::EVERY);
    let mut files: Vec<File> = own
        .map(|(path, raw)| {
            let text = match path.ends_with(".csv") {
                true => language::table(raw, language),
                false => language::text(raw, language),
            };
            let text = text.replace("{version}", env!("CARGO_PKG_VERSION"));
            let text = text.replace("{repository}", env!("CARGO_PKG_REPOSITORY"));
            File { path, about: readme::about(path, Language::En), text }
        })
        .collect();
    let readme = readme::page(template, language, &files);
    let at = files.iter().position(|file| file.path.starts_with('.')).unwrap_or(files.len());
    let about = readme::about(readme::NAME, Language::En);
    files.insert(at, File { path: readme::NAME, about, text: readme });
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The marks that a template has for the two languages.
    const MARKS: [&str; 5] = ["#en", "#nl", ".nl,", "{version}", "{repository}"];

    #[test]
    fn nothing_of_how_templates_are_kept_is_left_in_a_study() {
        for template in Template::ALL {
            for language in [Language::En, Language::Nl] {
                for file in files(template, language) {
                    let File { path, text, about } = &file;
                    for mark in MARKS {
                        assert!(!text.contains(mark), "{mark} in {path} of {}", template.id());
                    }
                    assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{path}");
                    assert!(!text.contains('\r'), "{path}");
                    assert!(!about.is_empty(), "{path}");
                }
            }
        }
    }

    #[test]
    fn the_languages_have_the_same_files_and_rows() {
        for template in Template::ALL {
            let (english, dutch) = (files(template, Language::En), files(template, Language::Nl));
            for (en, nl) in english.iter().zip(&dutch) {
                assert_eq!(en.path, nl.path);
                if en.path.ends_with(".csv") {
                    assert_eq!(en.text.lines().count(), nl.text.lines().count(), "{}", en.path);
                }
            }
            assert_eq!(english.len(), dutch.len());
        }
    }
}
