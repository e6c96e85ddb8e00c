//! What does an error of the script engine mean to the person who wrote the script?

use parallax_model::Kind;
use rhai::{Dynamic, EvalAltResult, ParseError, Position};

use super::bounded;
use super::library::Library;
use super::misuse::{LEFT_OPEN, misused, on_nothing};
use super::problem::{Call, Called, ScriptProblem, did_you_mean, nearest};
use super::sandbox::Limits;
use super::syntax::{to_import, to_walk};
use super::watchman::Spent;
use crate::shelf::words;

/// What a word of the language says when it cannot do what it was asked.
#[derive(Clone, Debug)]
pub(super) struct Complaint {
    kind: Kind,
    message: String,
    help: Option<String>,
}

impl Complaint {
    /// A complaint with what to do about it.
    pub(super) fn new(kind: Kind, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { kind, message: message.into(), help: Some(help.into()) }
    }

    /// Stops the script at a place.
    pub(super) fn stop(self, at: Position) -> Box<EvalAltResult> {
        Box::new(EvalAltResult::ErrorRuntime(Dynamic::from(self), at))
    }

    /// The problem of a text that imports `name`, at its `import`.
    pub(super) fn of_import(self, file: &str, text: &str, name: &str) -> ScriptProblem {
        let quoted = format!("\"{name}\"");
        let place = (1..).zip(text.lines()).find_map(|(number, line)| {
            let (before, _) = line.split_once(&quoted)?;
            let import = before.trim_end().ends_with("import");
            // Behind the quotation mark.
            import.then(|| (number, before.chars().count() + 2))
        });
        let (line, column) = place.unwrap_or_default();
        ScriptProblem::new(self.kind, file, self.message).at(line, column).help(self.help)
    }
}

/// Stops the script with a sentence and what to do about it.
pub(crate) fn stop(message: impl Into<String>, help: Option<String>) -> Box<EvalAltResult> {
    complaint(Kind::ScriptStopped, message.into(), help)
}

/// Stops a script that went beyond a limit of the words, with the sentence that says so.
pub(crate) fn beyond_limit(message: impl Into<String>) -> Box<EvalAltResult> {
    complaint(Kind::ScriptLimit, message.into(), None)
}

/// Stops a script that asked for what no script can do.
pub(crate) fn forbidden(reason: &str) -> Box<EvalAltResult> {
    let help = "a script sees the reading and its parameters, and nothing else";
    complaint(Kind::ScriptForbidden, reason.to_owned(), Some(help.to_owned()))
}

fn complaint(kind: Kind, message: String, help: Option<String>) -> Box<EvalAltResult> {
    Complaint { kind, message, help }.stop(Position::NONE)
}

/// Kind, sentence and help of what is wrong.
type Told = (Kind, String, Option<String>);

/// What a script was that failed: its file, its text and its limits.
pub(crate) struct Script<'s> {
    /// The file, as messages name it.
    pub(crate) file: &'s str,
    /// The whole text.
    pub(crate) text: &'s str,
    /// The limits under which it ran.
    pub(crate) limits: &'s Limits,
    /// What it could import while it ran.
    pub(crate) library: Option<&'s Library>,
}

impl Script<'_> {
    /// The problem of a script that cannot be parsed.
    pub(crate) fn parse_problem(&self, error: &ParseError) -> ScriptProblem {
        self.syntax(error.err_type(), error.position())
    }

    /// The problem of a script that stopped.
    pub(crate) fn run_problem(&self, error: &EvalAltResult) -> ScriptProblem {
        let (mut inner, mut calls) = (error, Vec::new());
        let (mut file, mut called) = (self.file, Position::NONE);
        loop {
            use EvalAltResult as E;
            let (what, within, cause, at) = match inner {
                E::ErrorInFunctionCall(name, within, cause, at) => {
                    (Called::Function(name.clone()), within.as_str(), cause, at)
                }
                E::ErrorInModule(name, cause, at) => {
                    let within = self.library.and_then(|library| library.file(name));
                    (Called::Import(name.clone()), within.unwrap_or(file), cause, at)
                }
                _ => break,
            };
            let line = at.line().unwrap_or(0);
            // What the language itself calls has no file, and its errors no place.
            if cause.position().is_none() && (within.is_empty() || within == file) {
                (inner, called) = (cause, *at);
                continue;
            }
            calls.push(Call { what, file: file.to_owned(), line });
            (file, inner) = (if within.is_empty() { file } else { within }, cause);
        }
        calls.reverse();
        // A closure has no name that its author knows.
        calls.retain(
            |call| !matches!(&call.what, Called::Function(name) if name.starts_with("anon$")),
        );
        let shared = self.library.filter(|_| file != self.file).and_then(|found| found.text(file));
        let text = shared.as_deref().map_or(self.text, String::as_str);
        let script = Script { file, text, ..*self };
        let mut problem = match inner {
            EvalAltResult::ErrorParsing(error, at) => script.syntax(error, *at),
            _ => {
                let (kind, message, help) = script.sentence(inner);
                let at = match inner {
                    EvalAltResult::ErrorDataRace(what, _) => script.only_call(what),
                    _ => inner.position(),
                };
                script.placed(kind, message, at.or_else(called)).help(help)
            }
        };
        problem.calls = calls.into();
        problem.shared = shared;
        problem
    }

    pub(super) fn placed(
        &self,
        kind: Kind,
        message: impl Into<String>,
        at: Position,
    ) -> ScriptProblem {
        let problem = ScriptProblem::new(kind, self.file, message);
        let (line, column) = (at.line().unwrap_or(0), at.position().unwrap_or(0));
        // The language also ends a line at a carriage return that stands alone; what is beyond the
        // text is shown at its end.
        let lines = self.text.lines().count();
        let last = self.text.lines().nth(line.min(lines).saturating_sub(1)).unwrap_or("");
        let end = last.chars().count() + 1;
        problem.at(line.min(lines), if line > lines { end } else { column.min(end) })
    }

    /// Kind, sentence and help of an error without its place.
    fn sentence(&self, error: &EvalAltResult) -> Told {
        use EvalAltResult as E;
        let stopped = |message: String, help| (Kind::ScriptStopped, message, help);
        if let Some(told) = self.beyond(error).or_else(|| of_values(error)) {
            return told;
        }
        match error {
            E::ErrorRuntime(value, _) => match value.clone().try_cast::<Complaint>() {
                Some(Complaint { kind, message, help }) => (kind, message, help),
                None => {
                    let value = bounded::short(value, MOST_SAID);
                    stopped(format!("the script gave up: {value}"), None)
                }
            },
            E::ErrorFunctionNotFound(signature, _) => self.no_such_function(signature),
            E::ErrorDotExpr(text, _) => no_such_property(text),
            E::ErrorPropertyNotFound(name, _) => {
                let known = self.text.split(|c: char| !(c.is_alphanumeric() || c == '_'));
                let help = did_you_mean(name, known);
                match self.text.contains(&format!("parameters.{name}")) {
                    true => stopped(format!("the header has no parameter `{name}`"), help),
                    false => stopped(format!("the map has no `{name}`"), help),
                }
            }
            E::ErrorModuleNotFound(name, _) => {
                stopped(format!("nothing is imported as `{name}`"), Some(to_import(name)))
            }
            other => stopped(lowercased(&other.to_string()), None),
        }
    }

    /// Which limit was reached, if one was.
    fn beyond(&self, error: &EvalAltResult) -> Option<Told> {
        use EvalAltResult as E;
        let limits = self.limits;
        let (message, help) = match error {
            E::ErrorTooManyModules(_) => (
                format!("a script can import {} times", limits.modules),
                "write `import` at the top of the file, not inside a function or a loop",
            ),
            E::ErrorTooManyOperations(_) => (
                format!("the script was stopped after {} steps", limits.operations),
                "a loop may never end; go over statements with words such as `filter`, `by` and \
                 `crosstab`, which take one step",
            ),
            E::ErrorTerminated(spent, _) => (self.spent(spent), ""),
            E::ErrorStackOverflow(_) => (
                format!("functions call each other more than {} levels deep", limits.call_levels),
                "a function that calls itself needs a case in which it does not",
            ),
            E::ErrorTooManyVariables(_) => {
                (format!("a script can have {} variables", limits.variables), "")
            }
            E::ErrorDataTooLarge(what, _) => (
                self.too_large(what),
                "count with words such as `by` and `crosstab`, which keep nothing in lists",
            ),
            _ => return None,
        };
        let help = (!help.is_empty()).then(|| help.to_owned());
        Some((Kind::ScriptLimit, message, help))
    }

    fn spent(&self, spent: &Dynamic) -> String {
        match spent.clone().try_cast::<Spent>() {
            Some(Spent::Memory) => {
                let megabytes = self.limits.memory / (1024 * 1024);
                format!("the script was stopped after it took {megabytes} megabytes of memory")
            }
            Some(Spent::Patience) => "the analysis was cancelled".to_owned(),
            Some(Spent::Time) | None => {
                let seconds = self.limits.time.as_secs_f64();
                format!("the script was stopped after {seconds:.1} seconds")
            }
        }
    }

    fn too_large(&self, what: &str) -> String {
        let Limits { text, list, map, .. } = self.limits;
        if what.contains("string") {
            return format!("a text grew beyond {text} bytes");
        }
        if what.contains("map") {
            return format!("a map grew beyond {map} values");
        }
        format!("a list grew beyond {list} values")
    }

    /// From `fliter (Statements, i64)`.
    fn no_such_function(&self, signature: &str) -> Told {
        let (name, arguments) = signature.split_once('(').unwrap_or((signature, ""));
        let name = name.trim();
        let given = arguments.strip_suffix(')').unwrap_or(arguments).split(", ");
        let given: Vec<&str> = given.filter(|given| !given.is_empty()).collect();
        let kinds = || given.iter().map(|name| type_name(name)).collect::<Vec<_>>().join(" and ");
        let stopped = |message: String, help| (Kind::ScriptStopped, message, help);
        if name.starts_with("anon$") {
            let values = if given.len() == 1 { "value" } else { "values" };
            let message = format!("a function without a name was given {} {values}", given.len());
            let help = "write as many names between its `|` as it is given values".to_owned();
            return stopped(message, Some(help));
        }
        if !name.starts_with(|c: char| c.is_alphabetic()) {
            let message = format!("`{name}` does not work on {}", kinds());
            return stopped(message, on_nothing(name, &given));
        }
        if let Some((import, function)) = name.rsplit_once("::") {
            let shared = self.library.into_iter().flat_map(Library::texts);
            let near = nearest(function, shared.flat_map(functions));
            let help = near.map(|near| format!("did you mean `{import}::{near}`?"));
            return stopped(format!("there is no function `{name}`"), help);
        }
        let own = functions(self.text).find(|function| *function == name);
        let own = own.and_then(|_| self.text.split_once(&format!("fn {name}")));
        let usages = match own {
            Some((before, _)) => {
                let usage = self.text[before.len() + "fn ".len()..].split_inclusive(')').next();
                usage.into_iter().collect()
            }
            None => words::usages(name),
        };
        if !usages.is_empty() {
            return stopped(misused(name, &usages, &given), None);
        }
        if words::names().any(|known| known == name) && !given.is_empty() {
            return stopped(format!("`{name}` does not work on {}", kinds()), None);
        }
        if self.variables().any(|known| known == name) {
            let help = "only `fn` and `|value| …` make functions".to_owned();
            return stopped(format!("`{name}` is a value, not a function"), Some(help));
        }
        let help =
            did_you_mean(name, functions(self.text)).or_else(|| did_you_mean(name, words::names()));
        stopped(format!("there is no function `{name}`"), help)
    }
}

/// How many bytes of what a script gives up with are told.
const MOST_SAID: usize = 2_000;

/// The functions that a text defines.
fn functions(text: &str) -> impl Iterator<Item = &str> {
    text.split("fn ").skip(1).filter_map(|rest| rest.split_once('(')).map(|(name, _)| name.trim())
}

/// From `Unknown property 'lable' - a getter is not registered for type 'Code'`.
fn no_such_property(text: &str) -> Told {
    let mut quoted = text.split('\'').skip(1).step_by(2);
    match (quoted.next(), quoted.next()) {
        (Some(property), Some(owner)) => {
            let own = words::of(quoted_type(owner));
            let help = match nearest(property, own.iter().copied()) {
                Some(near) => Some(format!("did you mean `{near}`?")),
                None if own.is_empty() => did_you_mean(property, words::names()),
                None => Some(format!("it has `{}`", own.join("`, `"))),
            };
            let owner = type_name(owner);
            (Kind::ScriptStopped, format!("{owner} has no `{property}`"), help)
        }
        _ => (Kind::ScriptStopped, lowercased(text), None),
    }
}

/// How a value was used that cannot be used so, if that is what is wrong.
fn of_values(error: &EvalAltResult) -> Option<Told> {
    use EvalAltResult as E;
    let (message, help) = match error {
        E::ErrorAssignmentToConstant(name, _) => (format!("`{name}` cannot be changed"), None),
        E::ErrorDataRace(..) => (
            "what is gone through or changed is used within the function too".to_owned(),
            Some("use a copy within, as in `let copy = list;` above".to_owned()),
        ),
        E::ErrorNonPureMethodCallOnConstant(name, _) => (
            format!("`{name}` would change what cannot be changed"),
            Some("change a copy, as in `let copy = parameters;`".to_owned()),
        ),
        E::ErrorFor(_) => ("there is nothing to walk through here".to_owned(), Some(to_walk())),
        E::ErrorArrayBounds(size, index, _) => {
            let values = if *size == 1 { "value" } else { "values" };
            (
                format!("there is no `[{index}]` in a list of {size} {values}"),
                Some("the first value is `[0]`, the last one `[-1]`".to_owned()),
            )
        }
        E::ErrorArithmetic(text, _) if text.starts_with("Division by zero") => {
            let help = "`fraction(part, whole)` is not available when there is no whole";
            ("nothing can be divided by 0".to_owned(), Some(help.to_owned()))
        }
        E::ErrorMismatchDataType(wanted, got, _) | E::ErrorMismatchOutputType(wanted, got, _) => {
            let (wanted, got) = (type_name(wanted), type_name(got));
            let help = match (wanted.as_str(), got.as_str()) {
                ("true or false", "a Test") => Some("join tests with `&` and `|`"),
                ("true or false", "nothing") => Some(LEFT_OPEN),
                ("true or false", _) => Some("compare it with something, as in `n > 0`"),
                _ => None,
            };
            (format!("{wanted} belongs here, not {got}"), help.map(str::to_owned))
        }
        _ => return None,
    };
    Some((Kind::ScriptStopped, message, help))
}

/// What the author calls a type.
pub(crate) fn type_name(name: &str) -> String {
    let name = words::in_plain_names(name.to_owned());
    let plain = match quoted_type(&name) {
        "&str | ImmutableString | String" | "string" | "ImmutableString" | "&str" => "a text",
        "i64" => "an integer",
        "f64" => "a number",
        "bool" => "true or false",
        "array" | "Array" | "rhai::Array" => "a list",
        "map" | "Map" => "a map",
        "()" => "nothing",
        "char" => "a character",
        "Fn" => "a function",
        "blob" => "a list of bytes",
        "range" | "range=" | "Range<i64>" | "RangeInclusive<i64>" | "StepRange<i64>" => "a range",
        "BitRange" => "the bits of a number",
        several if several.ends_with('s') => return several.to_owned(),
        one if one.starts_with(['A', 'E', 'I', 'O', 'U']) => return format!("an {one}"),
        one => return format!("a {one}"),
    };
    plain.to_owned()
}

/// A type without the path to where it is defined.
fn quoted_type(name: &str) -> &str {
    name.trim().rsplit("::").next().unwrap_or(name)
}

/// A fragment without its place, to stand behind a colon, in the words that a researcher knows.
pub(super) fn lowercased(text: &str) -> String {
    let text = text.rfind(" (line ").map_or(text, |at| &text[..at]);
    let text = text
        .replace("object map", "map")
        .replace("array", "list")
        .replace("string", "text")
        .replace(" literal", "");
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_lowercase().to_string()).unwrap_or_default();
    first + chars.as_str()
}
