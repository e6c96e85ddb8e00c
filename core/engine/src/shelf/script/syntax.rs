//! What does an error of grammar mean to the person who wrote the script?

use parallax_model::Kind;
use rhai::{LexError, ParseErrorType, Position};

use super::fault::{Script, lowercased};
use super::library::Library;
use super::problem::{ScriptProblem, did_you_mean};

/// What other languages write, and what is written here.
const FOREIGN: &[(&str, &str)] = &[
    ("and", "`&&` between conditions, and `&` between tests of columns"),
    ("or", "`||` between conditions, and `|` between tests of columns"),
    ("not", "`!` before a condition"),
    ("def", "a function as `fn name(value) { … }`"),
    ("function", "a function as `fn name(value) { … }`"),
    ("elif", "`else if`"),
    ("None", "`()` for nothing"),
    ("NULL", "`()` for nothing"),
    ("null", "`()` for nothing"),
    ("NA", "`not_available(reason)` for a number that is not known"),
    ("True", "`true`"),
    ("TRUE", "`true`"),
    ("False", "`false`"),
    ("FALSE", "`false`"),
    ("<-", "`=` to give a value to a name"),
    (":=", "`=` to give a value to a name"),
    ("===", "`==` to compare"),
    ("!==", "`!=` to compare"),
    ("<>", "`!=` to compare"),
    ("++", "`+= 1` to count up"),
    ("--", "`-= 1` to count down"),
    ("#", "`//` before a comment"),
    ("**", "`power(x, y)`"),
    ("->", "`|value| …` for a function without a name"),
    ("=>", "`|value| …` for a function without a name"),
    ("|>", "`value.function()` to hand a value on"),
    ("curry", "`|value| f.call(first, value)` for a function that has some of its values already"),
    ("::<", "no types: a value knows its own"),
];

impl Script<'_> {
    /// The problem of a text that is not written in the language.
    pub(super) fn syntax(&self, error: &ParseErrorType, at: Position) -> ScriptProblem {
        use ParseErrorType as P;
        let say = |message: &str| self.placed(Kind::ScriptSyntax, message, at);
        let beyond = |message: String| self.placed(Kind::ScriptLimit, message, at);
        if let Some(problem) = self.foreign(error, at) {
            return problem;
        }
        match error {
            P::VariableUndefined(name) => {
                say(&format!("nothing is called `{name}` here")).help(self.meant(name, at))
            }
            P::ModuleUndefined(name) => {
                say(&format!("nothing is imported as `{name}`")).help(Some(to_import(name)))
            }
            P::Reserved(name) | P::BadInput(LexError::ImproperSymbol(name, _))
                if name == "eval" =>
            {
                let help = "write it into the script itself, as a function".to_owned();
                let message = "a script cannot run a text as a script";
                self.placed(Kind::ScriptForbidden, message, at).help(Some(help))
            }
            P::UnexpectedEOF => say("the script ends before a bracket or a text is closed"),
            P::BadInput(LexError::UnterminatedString) => say("a text is opened and never closed")
                .help(Some("put a quotation mark `\"` behind it".to_owned())),
            P::BadInput(LexError::MalformedChar(text)) => {
                let help = format!("write \"{text}\"");
                say("a text stands between double quotation marks").help(Some(help))
            }
            P::AssignmentToInvalidLHS(_)
            | P::BadInput(LexError::ImproperSymbol(..))
            | P::UnknownOperator(_)
                if is_single(self.after(at)) =>
            {
                let help = "write `==` to compare; `=` gives a value to a name".to_owned();
                say("`=` does not compare").help(Some(help))
            }
            P::BadInput(LexError::ImproperSymbol(symbol, _)) | P::UnknownOperator(symbol) => {
                say(&format!("`{symbol}` is not used here"))
            }
            P::MissingToken(token, why) => self.missing(token, why, at),
            P::MismatchedType(wanted, got) if wanted.contains("iterable") => {
                say(&format!("`for` cannot walk through {got}")).help(Some(to_walk()))
            }
            P::ExprTooDeep => {
                beyond("an expression nests too deep; give parts of it names with `let`".to_owned())
            }
            P::TooManyFunctions => {
                beyond(format!("a script can have {} functions", self.limits.functions))
            }
            P::LiteralTooLarge(..) => {
                beyond(format!("a text of a script can have {} bytes", self.limits.text))
            }
            other => say(&lowercased(&other.to_string())),
        }
    }

    /// The problem of somebody who writes what another language would write.
    fn foreign(&self, error: &ParseErrorType, at: Position) -> Option<ScriptProblem> {
        use ParseErrorType as P;
        let rest = self.after(at);
        let letters = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
        let word = match error {
            P::UnknownOperator(symbol) | P::BadInput(LexError::ImproperSymbol(symbol, _)) => symbol,
            P::Reserved(symbol) | P::VariableUndefined(symbol) => symbol,
            P::MissingToken(..) => &rest[..letters],
            P::PropertyExpected => &rest[..letters],
            _ if rest.starts_with('#') => "#",
            _ => return None,
        };
        let (_, instead) = FOREIGN.iter().find(|(foreign, _)| *foreign == word)?;
        let problem =
            self.placed(Kind::ScriptSyntax, format!("`{word}` is not used in scripts"), at);
        Some(problem.help(Some(format!("write {instead}"))))
    }

    /// What somebody meant who names what is not there.
    fn meant(&self, name: &str, at: Position) -> Option<String> {
        let given = self.after(at).strip_prefix(name).map(str::trim_start);
        if self.variables().any(|known| known == name) {
            return Some(format!(
                "a function sees what it is given, `reading` and `parameters`: hand `{name}` to \
                 it as a value"
            ));
        }
        let near = did_you_mean(name, self.variables());
        let gives = given.is_some_and(is_single);
        near.or_else(|| gives.then(|| format!("write `let {name} = …` the first time")))
    }

    fn missing(&self, token: &str, why: &str, at: Position) -> ScriptProblem {
        let say = |message: &str| self.placed(Kind::ScriptSyntax, message, at);
        match token {
            ";" if self.after(at).trim().is_empty() => {
                let help = "close the last `{` above that is still open";
                say("a `}` is missing: the script ends inside a block").help(Some(help.to_owned()))
            }
            ";" => {
                let help = "put a `;` behind what stands before it".to_owned();
                say("a `;` is missing before this").help(Some(help))
            }
            "," => {
                let what = if why.contains("argument") { "`)`" } else { "`]` or `}`" };
                let help = format!("part values with `,`, and close them with {what}");
                say("a `,` or a closing bracket is missing before this").help(Some(help))
            }
            token => say(&format!("a `{token}` is missing {}", lowercased(why))),
        }
    }

    /// The text from a place on, to the end.
    fn after(&self, at: Position) -> &str {
        let Some(line) = at.line() else { return "" };
        let above: usize = self.text.split_inclusive('\n').take(line - 1).map(str::len).sum();
        let rest = &self.text[above..];
        let column = at.position().unwrap_or(1).saturating_sub(1);
        rest.char_indices().nth(column).map_or("", |(at, _)| &rest[at..])
    }

    /// Where the function that an error names is called, when that is in one place only; the error
    /// names it as in `argument #1 of function 'map'`.
    pub(super) fn only_call(&self, error: &str) -> Position {
        let Some(name) = error.split('\'').nth(1) else { return Position::NONE };
        let call = format!("{name}(");
        let mut calls = (1_u16..).zip(self.text.lines()).flat_map(|(line, text)| {
            text.match_indices(&call).map(move |(at, _)| (line, text[..at].chars().count() + 1))
        });
        match (calls.next(), calls.next()) {
            (Some((line, column)), None) => {
                u16::try_from(column).map_or(Position::NONE, |column| Position::new(line, column))
            }
            _ => Position::NONE,
        }
    }

    /// What the script itself names with `let`, `const`, `for` and `fn`, and what it is given.
    pub(super) fn variables(&self) -> impl Iterator<Item = &str> {
        let words = self.text.split(|c: char| !(c.is_alphanumeric() || c == '_'));
        let mut before = "";
        let named = words.filter(|word| !word.is_empty()).filter(move |word| {
            let names = matches!(before, "let" | "const" | "for" | "fn");
            before = word;
            names
        });
        named.chain(["reading", "parameters"])
    }
}

/// Whether a text begins with one `=`.
fn is_single(text: &str) -> bool {
    text.starts_with('=') && !text.starts_with("==")
}

/// How to import what is used under `name`.
pub(super) fn to_import(name: &str) -> String {
    let standard = format!("standard/{name}");
    let known = Library::standard().file(&standard).is_some();
    let path = if known { standard } else { format!("shared/{name}") };
    format!("write `import \"{path}\" as {name};` above")
}

/// What `for` can do.
pub(super) fn to_walk() -> String {
    "`for` walks through a list, a map or a range such as `0..3`".to_owned()
}
