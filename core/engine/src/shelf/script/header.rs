//! What does a script say of itself before it runs?
//!
//! A script opens with `//!` lines. The first sentence is the question it answers, the text below
//! is its method, and what follows a line `//! ---` is YAML: version, title, parameters and the
//! wording of its findings.

use parallax_model::{Kind, Manifest, Text};

use super::parameter::schema;
use super::problem::ScriptProblem;
use super::{declared, wording};
use crate::shelf::answer::check_manifest;

/// How the comment lines of a header start.
const MARK: &str = "//!";
/// What parts the prose of a header from its YAML.
const RULE: &str = "---";

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
    let declared = declared::read(&header.yaml).map_err(|mistake| {
        let (line, column) = mistake
            .at
            .map_or((header.lines_above, 1), |at| in_file(source, header.lines_above, at));
        fault(&mistake.message).at(line, column).help(mistake.help)
    })?;
    if header.method.is_empty() && declared.method.is_none() {
        let help = "write below the question what is counted and how; readers of the report see it";
        let problem = fault("the header asks a question and does not say how it is answered");
        return Err(problem.at(1, 1).help(Some(help.to_owned())));
    }
    let manifest = Manifest {
        id: id.to_owned(),
        version: declared.version,
        title: declared.title,
        question: joined(header.question, declared.question),
        method: joined(header.method, declared.method),
        edge_cases: declared.edge_cases,
        references: declared.references,
        parameters: schema(&declared.parameters).map_err(|message| {
            let line = line_of_parameter(source, &message);
            fault(&message).at(line, usize::from(line > 0))
        })?,
        templates: declared.templates,
        caveats: wording::with_standard_caveats(declared.caveats),
        words: wording::with_standard(declared.words),
    };
    check_manifest(&manifest).map_err(|message| fault(&message).at(header.lines_above, 1))?;
    Ok(manifest)
}

/// The line of the header that declares the parameter which a message names; 0 without one.
fn line_of_parameter(source: &str, message: &str) -> usize {
    let Some(name) = message.split('`').nth(1) else { return 0 };
    let header = (1..).zip(source.lines().take_while(|line| line.starts_with(MARK)));
    let mut below = header.skip_while(|(_, line)| !line.contains("parameters:"));
    below.find(|(_, line)| line.contains(&format!("{name}:"))).map_or(0, |(line, _)| line)
}

/// The YAML of a header and the number of lines above it; `None` without a header.
pub(super) fn yaml(source: &str) -> Option<(String, usize)> {
    split(source).map(|header| (header.yaml, header.lines_above))
}

/// The column in the file of a column in the YAML: each line of it stands behind the mark and a
/// space.
pub(super) fn column(in_yaml: usize) -> usize {
    in_yaml + MARK.len() + 1
}

/// The place in the file of a place in the YAML; the rule above it, when nothing is written there.
fn in_file(source: &str, lines_above: usize, (line, column): (usize, usize)) -> (usize, usize) {
    let line = lines_above + line;
    let written = source.lines().nth(line - 1).and_then(|line| line.strip_prefix(MARK));
    written.map_or((lines_above, 1), |rest| {
        (line, column + MARK.len() + usize::from(rest.starts_with(' ')))
    })
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
            told(&SMALL.replace("version: 1.0.0", "version: 1")),
            told(&SMALL.replace("{ en: Duties,", "{ en: Duties, rights and more,")),
            told(&SMALL.replace("{ en: Duties,", "{ en: [Duties],")),
            told(&SMALL.replace("{ title:", "{ titel:")),
            told(&SMALL.replace(
                "//! templates:",
                "//! parameters:\n//!   n: { type: whole, default: 1, help: H }\n//! templates:",
            )),
        ];
        insta::assert_snapshot!(texts.join("\n"), @r#"
        duties.rhai:1:1: a script opens with its question, as in `//! Who does what?`, then `//! ---`; below the rule stand `version`, `title` and `templates`
        duties.rhai:1:1: a script opens with its question, as in `//! Who does what?`, then `//! ---`; below the rule stand `version`, `title` and `templates`
        duties.rhai:6:5: the header has no field `versoin`; did you mean `version`?
        duties.rhai:5:1: the header lacks the field `version`
        duties.rhai:5:1: its `title` has no English wording
        duties.rhai:7:18: the header is not YAML from here on; a quotation mark, a colon or an indentation may be wrong, here or above
        duties.rhai:6:5: `version` cannot be read: invalid type: integer `1`, expected a string
        duties.rhai:7:26: a text of `title` ends at the comma before this; put a text with a comma between quotation marks: "…, …"
        duties.rhai:7:5: `title` has something else where a text belongs; write one text, or one for each language: `{ en: pupil, nl: leerling }`
        duties.rhai:10:14: `templates` cannot be read: unknown field `titel`, expected `title` or `sentence`
        duties.rhai:9:5: no parameter has the type `whole`; there are text, integer, number, boolean, list
        "#);
        assert!(read("Duties", "Duties.rhai", SMALL).is_err());
    }
}
