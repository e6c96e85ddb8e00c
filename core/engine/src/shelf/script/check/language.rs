//! Is every text of a header there in each language that some of them have?

use std::collections::BTreeSet;

use parallax_model::{Kind, Text};

use super::Looked;
use crate::shelf::script::problem::ScriptProblem;

pub(super) fn problems(looked: &Looked<'_>) -> Vec<ScriptProblem> {
    let texts = texts(looked);
    let languages: BTreeSet<&str> =
        texts.iter().flat_map(|(_, text)| languages(text)).filter(|code| *code != "en").collect();
    let said = |language: &str| {
        let lacking: Vec<&str> = texts
            .iter()
            .filter(|(_, text)| lacks(text, language))
            .map(|(path, _)| path.as_str())
            .collect();
        let first = lacking.first()?;
        let others = match lacking.len() - 1 {
            0 => "has".to_owned(),
            1 => format!("and `{}` have", lacking[1]),
            more => format!("and {more} more texts have"),
        };
        let message =
            format!("`{first}` {others} no wording in `{language}`, which other texts have");
        let help = format!("write each as `{{ en: …, {language}: … }}`");
        let at = looked.declared.key(first);
        Some(looked.problem(Kind::ScriptLanguage, at, message).help(Some(help)))
    };
    languages.into_iter().filter_map(said).collect()
}

fn lacks(text: &Text, language: &str) -> bool {
    match text {
        Text::By(wordings) => !wordings.contains_key(language),
        Text::One(text) => has_words(text),
        Text::Absent => false,
    }
}

/// The texts that readers of a report meet, by their place in the header.
fn texts<'l>(looked: &'l Looked<'_>) -> Vec<(String, &'l Text)> {
    let manifest = looked.manifest;
    let own = [
        ("title", &manifest.title),
        ("question", &manifest.question),
        ("method", &manifest.method),
    ];
    let own = own.into_iter().map(|(name, text)| (name.to_owned(), text));
    let templates = manifest.templates.iter().flat_map(|(name, template)| {
        [("title", &template.title), ("sentence", &template.sentence)]
            .map(|(part, text)| (format!("templates/{name}/{part}"), text))
    });
    // The caveats and the words that every script has are worded already.
    let caveats = looked.declared.names("caveats").into_iter();
    let caveats = caveats.filter_map(|(name, _)| {
        let text = manifest.caveats.get(&name)?;
        Some((format!("caveats/{name}"), text))
    });
    let words = looked.declared.names("words").into_iter();
    let words = words.filter_map(|(name, _)| {
        let text = manifest.words.get(&name)?;
        Some((format!("words/{name}"), text))
    });
    own.chain(templates).chain(caveats).chain(words).collect()
}

fn languages(text: &Text) -> impl Iterator<Item = &str> {
    let wordings = match text {
        Text::By(wordings) => Some(wordings),
        Text::One(_) | Text::Absent => None,
    };
    wordings.into_iter().flat_map(|wordings| wordings.keys().map(String::as_str))
}

/// Whether a text says something of its own, and is not only `{code}, {role}`.
fn has_words(text: &str) -> bool {
    let mut rest = text;
    let mut own = String::new();
    while let Some((before, behind)) = rest.split_once('{') {
        own.push_str(before);
        rest = behind.split_once('}').map_or("", |(_, behind)| behind);
    }
    own.push_str(rest);
    own.chars().any(char::is_alphabetic)
}
