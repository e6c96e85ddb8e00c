//! What is wrong with a script, on which line, and what did its author probably mean?

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use parallax_model::{Kind, Problem, Severity, Spot};

use crate::shelf::words;

/// How many characters fit a line, as for other problems.
const WIDTH: usize = 110;

/// One thing that is wrong with a script, written for the person who wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptProblem {
    /// Which kind of problem: one of the `P4xx`.
    pub kind: Kind,
    /// The script's file, as the study or the shelf names it: `scripts/code-matrix.rhai`.
    pub file: String,
    /// The line, from 1; 0 for the file as a whole.
    pub line: usize,
    /// The column in characters, from 1; 0 for the line as a whole.
    pub column: usize,
    /// The whole sentence, without its place and without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The script's own functions that were being called, innermost first.
    pub calls: Box<[Call]>,
    /// The text of the shared file in which it stands; `None` for a problem of the script itself.
    pub shared: Option<Arc<String>>,
}

/// What was going on when a problem came up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// What was called or imported.
    pub what: Called,
    /// The file that did.
    pub file: String,
    /// The line of that file, from 1.
    pub line: usize,
}

/// What a script can call that is written in the language too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Called {
    /// A function, by its name.
    Function(String),
    /// A shared file, by the name under which it was imported.
    Import(String),
}

impl ScriptProblem {
    /// A problem of `file` as a whole; place and help are added with the other methods.
    pub(crate) fn new(kind: Kind, file: &str, message: impl Into<String>) -> Self {
        Self {
            kind,
            file: file.to_owned(),
            line: 0,
            column: 0,
            message: words::in_plain_names(message.into()),
            help: None,
            calls: Box::default(),
            shared: None,
        }
    }

    /// Where it stands.
    pub(crate) fn at(mut self, line: usize, column: usize) -> Self {
        (self.line, self.column) = (line, column);
        self
    }

    /// What to do about it.
    pub(crate) fn help(mut self, help: Option<String>) -> Self {
        self.help = help;
        self
    }

    /// The problem with the line it stands on, as every other problem is shown; `source` is the
    /// text of the script.
    #[must_use]
    pub fn render(&self, source: &str) -> String {
        let source = self.shared.as_deref().map_or(source, String::as_str);
        let level = match self.kind.severity() {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(self.message.as_str()).id(self.kind.code());
        let snippet = Snippet::source(source)
            .path(self.file.as_str())
            .annotation(AnnotationKind::Primary.span(self.span(source)));
        let mut group = title.element(snippet);
        for call in &self.calls {
            group = group.element(Level::NOTE.message(self.told(call)));
        }
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        Renderer::plain().decor_style(DecorStyle::Unicode).term_width(WIDTH).render(&[group])
    }

    fn told(&self, Call { what, file, line }: &Call) -> String {
        let what = match what {
            Called::Function(name) => format!("`{name}` was called"),
            Called::Import(name) => format!("`{name}` was imported"),
        };
        match *file == self.file {
            true => format!("{what} on line {line}"),
            false => format!("{what} on line {line} of {file}"),
        }
    }

    /// The same as a problem of a study; its place is told apart.
    pub(crate) fn to_problem(&self) -> Problem {
        let problem = Problem::new(self.kind, Spot::Setting(String::new()), self.message.as_str());
        let problem = problem.label("here");
        match &self.help {
            Some(help) => problem.help(help.as_str()),
            None => problem,
        }
    }

    /// The word that stands at the problem's place, in bytes.
    pub(crate) fn span(&self, source: &str) -> Range<usize> {
        let above = self.line.saturating_sub(1);
        let start: usize = source.split_inclusive('\n').take(above).map(str::len).sum();
        let line = source[start..].lines().next().unwrap_or("");
        let from =
            line.char_indices().nth(self.column.saturating_sub(1)).map_or(line.len(), |c| c.0);
        let word: usize = line[from..]
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .map(char::len_utf8)
            .sum();
        let one = line[from..].chars().next().map_or(0, char::len_utf8);
        // A text between quotation marks is one word here.
        let text = line[from..].strip_prefix('"').and_then(|rest| rest.find('"')).map(|at| at + 2);
        start + from..start + from + text.unwrap_or(word.max(one))
    }
}

impl fmt::Display for ScriptProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        if self.line > 0 && self.column > 0 {
            write!(f, ":{}", self.column)?;
        }
        write!(f, ": {}", self.message)?;
        self.help.as_ref().map_or(Ok(()), |help| write!(f, "; {help}"))
    }
}

impl std::error::Error for ScriptProblem {}

/// How long a name can be that somebody misspelt; comparing longer ones with all names takes long.
const MOST_LETTERS: usize = 100;

/// The one of `names` that `name` was probably meant to be.
pub(crate) fn nearest<'n>(name: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let letters = name.chars().count();
    if letters > MOST_LETTERS {
        return None;
    }
    let longest = (letters / 3).max(1);
    let mut near: Vec<(usize, &str)> = names
        .into_iter()
        .filter(|known| *known != name && !differ_in_digits_only(name, known))
        .map(|known| (strsim::osa_distance(&name.to_lowercase(), &known.to_lowercase()), known))
        // A name that shares no letter with another is no slip of it.
        .filter(|(distance, known)| *distance <= longest && *distance < known.chars().count())
        .collect();
    near.sort_unstable();
    near.dedup();
    match near[..] {
        [] => None,
        [(_, only)] => Some(only),
        // Two names that are equally near are no suggestion.
        [(first, best), (second, _), ..] => (first < second).then_some(best),
    }
}

/// "did you mean `…`?", where there is something near.
#[must_use]
pub fn did_you_mean<'n>(name: &str, names: impl IntoIterator<Item = &'n str>) -> Option<String> {
    nearest(name, names).map(|near| format!("did you mean `{near}`?"))
}

/// S1 and S2 are two people, not one that is misspelt.
fn differ_in_digits_only(a: &str, b: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
    letters(a) == letters(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suggestion_is_the_one_nearest_name() {
        assert_eq!(nearest("fliter", ["filter", "first", "count"]), Some("filter"));
        assert_eq!(nearest("S1", ["S2", "S3"]), None, "people who differ in digits");
        assert_eq!(nearest("rolls", ["roles", "rolle"]), None, "two that are equally near");
        assert_eq!(nearest("qwerty", ["filter"]), None);
        assert_eq!(nearest("m", ["n"]), None, "nothing in common");
    }

    #[test]
    fn a_place_is_shown_with_its_line() {
        let problem = ScriptProblem::new(Kind::ScriptStopped, "scripts/a.rhai", "no such function")
            .at(2, 9)
            .help(Some("did you mean `count`?".to_owned()));
        insta::assert_snapshot!(problem.render("let é = 1;\nlet n = conut(é);\n"), @"
        error[P403]: no such function
          ╭▸ scripts/a.rhai:2:9
          │
        2 │ let n = conut(é);
          │         ━━━━━
          │
          ╰ help: did you mean `count`?
        ");
        assert_eq!(
            problem.to_string(),
            "scripts/a.rhai:2:9: no such function; did you mean `count`?"
        );
        assert!(!problem.clone().at(9, 9).render("short").is_empty(), "beyond the end");
    }
}
