//! What do problems look like on one line each: for screen readers, programs and hosted checks?

use parallax_model::Severity;
use serde_json::{Value as Json, json};

use crate::check::{Checked, Located, Somewhere};

/// One line for each problem:
/// `statements.csv:4:10 (cell C4): error[R201]: unknown role …; did you mean …?`
#[must_use]
pub fn short(checked: &Checked) -> String {
    checked.shown().into_iter().map(short_line).collect()
}

fn short_line(located: &Located) -> String {
    let first = located.places.first();
    let place = first.map(|place| {
        let cell = place.cell().map(|cell| format!(" (cell {cell})")).unwrap_or_default();
        match &place.place {
            Some(at) => format!("{}:{}:{}{cell}: ", place.file, at.line, at.column),
            None => format!("{}: ", place.file),
        }
    });
    let problem = &located.problem;
    let message =
        if located.places.len() > 1 { located.sentence() } else { problem.message.clone() };
    let help = problem.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
    format!(
        "{}{}[{}]: {message}{help}\n",
        place.unwrap_or_default(),
        word(located),
        problem.kind.code()
    )
}

fn word(located: &Located) -> &'static str {
    match located.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// All problems as one JSON object: `{"version":1,"problems":[…]}`.
///
/// Each problem has `code`, `severity`, `message`, `file`, `line`, `column`, `cell`, `help`, `fix`
/// (null where there is none) and `places`, all places with `file`, `line`, `column` and `cell`.
#[must_use]
pub fn json(checked: &Checked) -> Json {
    let problems: Vec<Json> = checked.shown().into_iter().map(json_problem).collect();
    json!({ "version": 1, "problems": problems })
}

fn json_problem(located: &Located) -> Json {
    let problem = &located.problem;
    let mut object = located.places.first().map_or_else(|| json!({}), json_place);
    object["code"] = problem.kind.code().into();
    object["severity"] = word(located).into();
    object["message"] = problem.message.clone().into();
    object["help"] = problem.help.clone().into();
    object["fix"] = problem.fix.as_ref().map(|fix| fix.replacement.clone()).into();
    object["places"] = located.places.iter().map(json_place).collect();
    object
}

fn json_place(place: &Somewhere) -> Json {
    let at = place.place.as_ref();
    json!({
        "file": place.file,
        "line": at.map(|at| at.line),
        "column": at.map(|at| at.column),
        "cell": place.cell(),
    })
}

/// One line for each problem in the form that GitHub turns into annotations.
#[must_use]
pub fn github(checked: &Checked) -> String {
    checked.shown().into_iter().map(github_line).collect()
}

fn github_line(located: &Located) -> String {
    let problem = &located.problem;
    let place = located.places.first().map(|place| {
        let position =
            place.place.as_ref().map(|at| format!(",line={},col={}", at.line, at.column));
        format!("file={}{},", property(&place.file), position.unwrap_or_default())
    });
    let help = problem.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
    format!(
        "::{} {}title={}::{}\n",
        word(located),
        place.unwrap_or_default(),
        property(problem.kind.code()),
        data(&format!("{}{help}", located.sentence()))
    )
}

/// An error about a file as a whole, in the form that GitHub turns into an annotation.
#[must_use]
pub fn github_about(file: &str, title: &str, text: &str) -> String {
    format!("::error file={},title={}::{}\n", property(file), property(title), data(text))
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
