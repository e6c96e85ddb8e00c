//! What does a script say of itself before it runs?
//!
//! A script opens with `//!` lines. The first sentence is the question it answers, the text below
//! is its method, and what follows a line `//! ---` is YAML: version, title, parameters and the
//! wording of its findings.

use std::collections::BTreeMap;

use parallax_model::{Kind, Manifest, Template, Text};
use serde::Deserialize;

use super::parameter::{Parameter, schema};
use super::problem::{ScriptProblem, did_you_mean};
use super::wording;
use crate::shelf::answer::check_manifest;

/// How the comment lines of a header start.
const MARK: &str = "//!";
/// What parts the prose of a header from its YAML.
const RULE: &str = "---";

/// The YAML of a header; the id is the stem of the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Declared {
    /// The script's version.
    version: String,
    /// Its title.
    title: Text,
    /// The question in other languages than English.
    #[serde(default)]
    question: Option<Text>,
    /// The method in other languages than English.
    #[serde(default)]
    method: Option<Text>,
    /// What can be chosen.
    #[serde(default)]
    parameters: BTreeMap<String, Parameter>,
    /// The wording of the findings.
    templates: BTreeMap<String, Template>,
    /// The wording of the caveats.
    #[serde(default)]
    caveats: BTreeMap<String, Text>,
    /// The wording of measures, statuses, tables and columns, beside those every script has.
    #[serde(default)]
    words: BTreeMap<String, Text>,
}

/// The two halves of a header.
struct Header {
    question: String,
    method: String,
    yaml: String,
    /// Lines above the YAML.
    lines_above: usize,
}

/// Reads the header of the script `id` in `file`.
///
/// # Errors
/// A problem with its line when there is no header, it is no YAML, a field is missing or unknown,
/// or a text has no English wording.
pub(crate) fn read(id: &str, file: &str, source: &str) -> Result<Manifest, ScriptProblem> {
    let fault = |message: &str| ScriptProblem::new(Kind::ScriptHeader, file, message);
    let header = split(source).ok_or_else(|| {
        fault("a script opens with its question, as in `//! Who does what?`, then `//! ---`")
            .at(1, 1)
            .help(Some("below the rule stand `version`, `title` and `templates`".to_owned()))
    })?;
    let declared = parse(&header.yaml).map_err(|(line, column, message)| {
        let (message, help) = with_suggestion(message);
        let column = if line == 0 { 1 } else { column + MARK.len() + 1 };
        fault(&message).at(header.lines_above + line, column).help(help)
    })?;
    let manifest = Manifest {
        id: id.to_owned(),
        version: declared.version,
        title: declared.title,
        question: joined(header.question, declared.question),
        method: joined(header.method, declared.method),
        parameters: schema(&declared.parameters).map_err(|message| fault(&message))?,
        templates: declared.templates,
        caveats: declared.caveats,
        words: wording::with_standard(declared.words),
    };
    check_manifest(&manifest).map_err(|message| fault(&message).at(header.lines_above, 1))?;
    Ok(manifest)
}

/// The prose and the YAML of the header; `None` without a question or without a rule.
fn split(source: &str) -> Option<Header> {
    let lines: Vec<&str> = source
        .lines()
        .map_while(|line| line.strip_prefix(MARK))
        .map(|line| line.strip_prefix(' ').unwrap_or(line))
        .collect();
    let rule = lines.iter().position(|line| line.trim_end() == RULE)?;
    let prose = paragraphs(&lines[..rule]);
    let end = prose.char_indices().find(|(at, c)| {
        matches!(c, '?' | '.') && prose[at + 1..].chars().next().is_none_or(char::is_whitespace)
    });
    let (question, method) = prose.split_at(end.map_or(prose.len(), |(at, _)| at + 1));
    let (question, method) = (question.trim(), method.trim());
    (!question.is_empty()).then(|| Header {
        question: question.to_owned(),
        method: method.to_owned(),
        yaml: lines[rule + 1..].join("\n"),
        lines_above: rule + 1,
    })
}

/// Lines run together; blank lines part paragraphs.
fn paragraphs(lines: &[&str]) -> String {
    let whole = lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join("\n");
    let joined: Vec<String> =
        whole.split("\n\n").map(|paragraph| paragraph.trim().replace('\n', " ")).collect();
    joined.join("\n\n")
}

/// Line and column within the YAML (0: unknown) and what is wrong.
fn parse(yaml: &str) -> Result<Declared, (usize, usize, String)> {
    let options = serde_saphyr::options! {
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
    };
    serde_saphyr::from_str_with_options(yaml, options).map_err(|error| {
        let place = error.location();
        let place = place.map_or((0, 0), |at| (at.line() as usize, at.column() as usize));
        let text = error.without_snippet().to_string();
        let text = text.split(" at line ").next().unwrap_or(&text);
        let first = text.lines().next().unwrap_or("it is no YAML").trim_end_matches([':', '.']);
        (place.0, place.1, format!("the header cannot be read: {first}"))
    })
}

/// A sentence of the YAML reader without its list of fields, and the field that was meant.
fn with_suggestion(message: String) -> (String, Option<String>) {
    let Some((sentence, fields)) = message.split_once(", expected one of ") else {
        return (message, None);
    };
    let name = sentence.split('`').nth(1).unwrap_or("");
    let fields = fields.split(", ").map(|field| field.trim_matches('`'));
    let help = did_you_mean(name, fields.clone())
        .unwrap_or_else(|| format!("there are {}", fields.collect::<Vec<_>>().join(", ")));
    (sentence.to_owned(), Some(help))
}

/// The English prose of the header with the wordings that the YAML adds.
fn joined(english: String, others: Option<Text>) -> Text {
    match others {
        Some(Text::By(mut texts)) => {
            texts.entry("en".to_owned()).or_insert(english);
            Text::By(texts)
        }
        Some(text @ Text::One(_)) => text,
        Some(Text::Absent) | None => Text::One(english),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = "//! Who does what? One row for\n//! each duty.\n//!\n//! After Gale (2013).\n\
        //! ---\n//! version: 1.0.0\n//! title: { en: Duties, nl: Taken }\n\
        //! question: { nl: Wie doet wat? }\n\
        //! templates:\n//!   row: { title: \"{code}\", sentence: \"{code}: {y}.\" }\n[]\n";

    #[test]
    fn prose_is_question_and_method() {
        let manifest = read("duties", "scripts/duties.rhai", SMALL).expect("reads");
        assert_eq!(manifest.question, Text::en_nl("Who does what?", "Wie doet wat?"));
        assert_eq!(
            manifest.method.in_language("en"),
            "One row for each duty.\n\nAfter Gale (2013)."
        );
        assert_eq!(manifest.parameters["additionalProperties"], false);
    }

    #[test]
    fn each_mistake_has_its_line() {
        let told =
            |source: &str| read("duties", "duties.rhai", source).expect_err("is wrong").to_string();
        let texts = [
            told("let a = 1;"),
            told("//! A question?\n[]"),
            told(&SMALL.replace("version: 1.0.0", "versoin: 1.0.0")),
            told(&SMALL.replace("//! version: 1.0.0\n", "")),
            told(&SMALL.replace("en: Duties, ", "")),
            told(&SMALL.replace("{ en: Duties", "{ en: [Duties")),
        ];
        insta::assert_snapshot!(texts.join("\n"), @"
        duties.rhai:1:1: a script opens with its question, as in `//! Who does what?`, then `//! ---`; below the rule stand `version`, `title` and `templates`
        duties.rhai:1:1: a script opens with its question, as in `//! Who does what?`, then `//! ---`; below the rule stand `version`, `title` and `templates`
        duties.rhai:6:5: the header cannot be read: unknown field `versoin`; did you mean `version`?
        duties.rhai:8:5: the header cannot be read: missing field `version`
        duties.rhai:5:1: its `title` has no English wording
        duties.rhai:7:18: the header cannot be read: mismatched bracket '[' closed by '}'
        ");
        assert!(read("Duties", "Duties.rhai", SMALL).is_err());
    }
}
