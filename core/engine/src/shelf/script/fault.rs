//! What does an error of the script engine mean to the person who wrote the script?

use parallax_model::Kind;
use rhai::{Dynamic, EvalAltResult, LexError, ParseError, ParseErrorType, Position};

use super::problem::{ScriptProblem, did_you_mean};
use super::sandbox::Limits;
use super::watchman::Spent;
use crate::shelf::words;

/// What a word of the language says when it cannot do what it was asked.
#[derive(Clone, Debug)]
struct Complaint {
    kind: Kind,
    message: String,
    help: Option<String>,
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
    let complaint = Dynamic::from(Complaint { kind, message, help });
    Box::new(EvalAltResult::ErrorRuntime(complaint, Position::NONE))
}

/// What a script was that failed: its file, its text and its limits.
pub(crate) struct Script<'s> {
    /// The file, as messages name it.
    pub(crate) file: &'s str,
    /// The whole text.
    pub(crate) source: &'s str,
    /// The limits under which it ran.
    pub(crate) limits: &'s Limits,
}

impl Script<'_> {
    /// The problem of a script that cannot be parsed.
    pub(crate) fn parse_problem(&self, error: &ParseError) -> ScriptProblem {
        self.syntax(error.err_type(), error.position())
    }

    /// The problem of a script that stopped.
    pub(crate) fn run_problem(&self, error: &EvalAltResult) -> ScriptProblem {
        let (mut inner, mut calls) = (error, Vec::new());
        while let EvalAltResult::ErrorInFunctionCall(name, _, cause, at) = inner {
            calls.push((name.clone(), at.line().unwrap_or(0)));
            inner = cause;
        }
        calls.reverse();
        let mut problem = match inner {
            EvalAltResult::ErrorParsing(error, at) => self.syntax(error, *at),
            _ => {
                let (kind, message, help) = self.sentence(inner);
                self.placed(kind, message, inner.position()).help(help)
            }
        };
        // A closure has no name that its author knows.
        calls.retain(|(name, _)| !name.starts_with("anon$"));
        problem.calls = calls;
        problem
    }

    fn placed(&self, kind: Kind, message: impl Into<String>, at: Position) -> ScriptProblem {
        let problem = ScriptProblem::new(kind, self.file, message);
        problem.at(at.line().unwrap_or(0), at.position().unwrap_or(0))
    }

    fn syntax(&self, error: &ParseErrorType, at: Position) -> ScriptProblem {
        use ParseErrorType as P;
        let say = |message: &str| self.placed(Kind::ScriptSyntax, message, at);
        match error {
            P::VariableUndefined(name) => say(&format!("nothing is called `{name}` here"))
                .help(did_you_mean(name, self.variables())),
            P::Reserved(name) | P::BadInput(LexError::ImproperSymbol(name, _))
                if name == "eval" =>
            {
                self.placed(Kind::ScriptForbidden, "a script cannot run a text as a script", at)
            }
            P::UnknownOperator(name) if name == "**" => {
                say("`**` is not used here").help(Some("write `power(x, y)`".to_owned()))
            }
            P::UnexpectedEOF => say("the script ends before a bracket or a text is closed"),
            P::BadInput(LexError::UnterminatedString) => say("a text is opened and never closed"),
            P::MissingToken(token, why) => {
                say(&format!("a `{token}` is missing {}", lowercased(why)))
            }
            P::ExprTooDeep => self.placed(
                Kind::ScriptLimit,
                "an expression nests too deep; give parts of it names with `let`",
                at,
            ),
            P::TooManyFunctions => self.placed(
                Kind::ScriptLimit,
                format!("a script can have {} functions", self.limits.functions),
                at,
            ),
            P::LiteralTooLarge(..) => self.placed(
                Kind::ScriptLimit,
                format!("a text of a script can have {} bytes", self.limits.text),
                at,
            ),
            other => say(&lowercased(&other.to_string())),
        }
    }

    /// Kind, sentence and help of an error without its place.
    fn sentence(&self, error: &EvalAltResult) -> (Kind, String, Option<String>) {
        use EvalAltResult as E;
        let limit = |message: String| (Kind::ScriptLimit, message, None);
        let stopped = |message: String, help| (Kind::ScriptStopped, message, help);
        match error {
            E::ErrorRuntime(value, _) => match value.clone().try_cast::<Complaint>() {
                Some(Complaint { kind, message, help }) => (kind, message, help),
                None => stopped(format!("the script gave up: {value}"), None),
            },
            E::ErrorFunctionNotFound(signature, _) => no_such_function(signature, self.source),
            E::ErrorDotExpr(text, _) => no_such_property(text),
            E::ErrorPropertyNotFound(name, _) => {
                let help = did_you_mean(name, self.variables().chain(self.parameters()));
                stopped(format!("there is nothing called `{name}`"), help)
            }
            E::ErrorModuleNotFound(..) | E::ErrorTooManyModules(_) => {
                let help = "everything that a script can use is there without `import`";
                let message = "a script cannot import another file".to_owned();
                (Kind::ScriptForbidden, message, Some(help.to_owned()))
            }
            E::ErrorTooManyOperations(_) => {
                limit(format!("the script was stopped after {} steps", self.limits.operations))
            }
            E::ErrorTerminated(spent, _) => limit(self.spent(spent)),
            E::ErrorStackOverflow(_) => limit(format!(
                "functions call each other more than {} levels deep",
                self.limits.call_levels
            )),
            E::ErrorTooManyVariables(_) => {
                limit(format!("a script can have {} variables", self.limits.variables))
            }
            E::ErrorDataTooLarge(what, _) => limit(self.too_large(what)),
            E::ErrorAssignmentToConstant(name, _) => {
                stopped(format!("`{name}` cannot be changed"), None)
            }
            E::ErrorNonPureMethodCallOnConstant(name, _) => {
                let help = "change a copy, as in `let copy = parameters;`".to_owned();
                stopped(format!("`{name}` would change what cannot be changed"), Some(help))
            }
            E::ErrorFor(_) => {
                let help = "`for` walks through a list, a map or a range such as `0..3`";
                stopped("there is nothing to walk through here".to_owned(), Some(help.to_owned()))
            }
            E::ErrorMismatchDataType(wanted, got, _)
            | E::ErrorMismatchOutputType(wanted, got, _) => {
                let (wanted, got) = (type_name(wanted), type_name(got));
                stopped(format!("a value of type {wanted} belongs here, not {got}"), None)
            }
            other => stopped(lowercased(&other.to_string()), None),
        }
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

    /// What the script itself names with `let`, `const`, `for` and `fn`, and what it is given.
    fn variables(&self) -> impl Iterator<Item = &str> {
        let words = self.source.split(|c: char| !(c.is_alphanumeric() || c == '_'));
        let mut before = "";
        let named = words.filter(|word| !word.is_empty()).filter(move |word| {
            let names = matches!(before, "let" | "const" | "for" | "fn");
            before = word;
            names
        });
        named.chain(["reading", "parameters"])
    }

    /// The names of parameters that the header declares, two steps to the right of `//!`.
    fn parameters(&self) -> impl Iterator<Item = &str> {
        let header = self.source.lines().take_while(|line| line.starts_with("//!"));
        let lines = header.filter_map(|line| line.strip_prefix("//!   "));
        lines.filter_map(|line| line.split_once(':')).map(|(name, _)| name.trim())
    }
}

/// From `fliter (Statements, i64)`.
fn no_such_function(signature: &str, source: &str) -> (Kind, String, Option<String>) {
    let (name, arguments) = signature.split_once('(').unwrap_or((signature, ""));
    let name = name.trim();
    let given: Vec<String> = arguments
        .trim_end_matches(')')
        .split(", ")
        .filter(|a| !a.is_empty())
        .map(type_name)
        .collect();
    let given = given.join(" and ");
    let usage = words::usage(name);
    if !name.starts_with(|c: char| c.is_alphabetic()) {
        return (Kind::ScriptStopped, format!("`{name}` does not work on {given}"), None);
    }
    if usage.is_empty() && !source.contains(&format!("fn {name}(")) {
        let help = did_you_mean(name, words::names());
        return (Kind::ScriptStopped, format!("there is no function `{name}`"), help);
    }
    let given = if given.is_empty() { "nothing".to_owned() } else { given };
    let help = (!usage.is_empty()).then(|| format!("write {}", usage.join(" or ")));
    (Kind::ScriptStopped, format!("`{name}` cannot be used with {given}"), help)
}

/// From `Unknown property 'lable' - a getter is not registered for type 'Code'`.
fn no_such_property(text: &str) -> (Kind, String, Option<String>) {
    let mut quoted = text.split('\'').skip(1).step_by(2);
    match (quoted.next(), quoted.next()) {
        (Some(property), Some(owner)) => {
            let owner = type_name(owner);
            let help = did_you_mean(property, words::names());
            (Kind::ScriptStopped, format!("{owner} has no `{property}`"), help)
        }
        _ => (Kind::ScriptStopped, lowercased(text), None),
    }
}

/// What the author calls a type.
fn type_name(name: &str) -> String {
    let plain = match name.trim() {
        "&str | ImmutableString | String" | "string" | "ImmutableString" | "&str" => "a text",
        "i64" => "an integer",
        "f64" => "a number",
        "bool" => "true or false",
        "array" | "Array" | "rhai::Array" => "a list",
        "map" | "Map" => "a map",
        "()" => "nothing",
        "char" => "a character",
        several if several.ends_with('s') => return several.to_owned(),
        one if one.starts_with(['A', 'E', 'I', 'O', 'U']) => return format!("an {one}"),
        one => return format!("a {one}"),
    };
    plain.to_owned()
}

/// A fragment without its place, to stand behind a colon, in the words that a researcher knows.
fn lowercased(text: &str) -> String {
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
