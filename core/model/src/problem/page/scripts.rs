//! What helps somebody whose script is not as the program reads it?

use crate::problem::Kind;

/// The page of a kind of problem about a script.
pub(super) fn page(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::ScriptHeader => SCRIPT_HEADER,
        Kind::ScriptSyntax => SCRIPT_SYNTAX,
        Kind::ScriptStopped => SCRIPT_STOPPED,
        Kind::ScriptLimit => SCRIPT_LIMIT,
        Kind::ScriptForbidden => SCRIPT_FORBIDDEN,
        Kind::ScriptImport => SCRIPT_IMPORT,
        Kind::ScriptCall => SCRIPT_CALL,
        Kind::ScriptProperty => SCRIPT_PROPERTY,
        Kind::ScriptUndeclared => SCRIPT_UNDECLARED,
        Kind::ScriptName => SCRIPT_NAME,
        Kind::ScriptUnfilled => SCRIPT_UNFILLED,
        Kind::ScriptEnding => SCRIPT_ENDING,
        Kind::ScriptUnused => SCRIPT_UNUSED,
        Kind::ScriptLanguage => SCRIPT_LANGUAGE,
        Kind::ScriptUnreachable => SCRIPT_UNREACHABLE,
        _ => return None,
    })
}

const SCRIPT_HEADER: &str = r#"A script opens with `//!` lines: its question up to the first `?` or `.`, then how it is
answered, then a line `//! ---`, then YAML with `version`, `title`, `templates` and, where
they are needed, `parameters`, `caveats` and `words`. A file in `scripts/shared` opens with a
sentence and needs nothing else.

    //! How many duties has each role? Statements are counted by the role of the speaker.
    //! ---
    //! version: 1.0.0
    //! title: Duties by role
    //! templates: { role: { title: "{role}", sentence: "{role} has {n} duties." } }

A template shows a value where its name stands in braces; texts with `{` or `:` stand
between quotation marks."#;

const SCRIPT_SYNTAX: &str = r#"Nothing of the script was run. The place shown is the first at which it cannot go on; what is
wrong may stand just before it, such as a `;` at the end of the line above.

    let n = 3;                  a name is given with `let`, and the line ends with `;`
    if n == 3 { … }             `==` compares, `=` gives a value
    fn half(n) { n / 2.0 }      a function sees only what it is given
    // how many                 a comment
    "text"                      double quotation marks

A function sees `reading`, `parameters` and the values between its brackets; whatever else it
needs is handed to it."#;

const SCRIPT_STOPPED: &str = r#"The line is the one that was being run. Below it stands who called it: the innermost call
comes first. The other analyses of the study are not touched.

    reading.rolls()             there is no function `rolls`: did you mean `roles`?
    fraction("3", 4)            `fraction` takes (part, whole): part is a text
    reading.code("P.tsak")      the study has no code `P.tsak`: did you mean `P.task`?

To see a value on the way, write `print(value)` and run with `-v`: it stands in the log, never
in the report. Where the data do not allow an answer, end with `not_available("why")`: that is
an answer, and no error."#;

const SCRIPT_LIMIT: &str = r#"Steps, time, memory, the length of lists, maps and texts, and how deep functions call each
other are bounded, for every script alike. Most often a loop never ends, or a script
goes over statements one by one where a word does it in one step.

    let n = 0;
    for s in all { if … { n += 1; } }         slow: some steps for each statement
    all.filter(col("modality") == "duty")     quick: one step for all

A list that grows value by value gets slower the longer it is: count with `crosstab` and `by`
instead of gathering statements in lists."#;

const SCRIPT_FORBIDDEN: &str = r#"A script sees `reading`, `parameters` and what it imports by name, so that anybody can run
the script of somebody else, and the same study gives the same findings on any day and any
machine. It cannot read or write files, wait, see the clock, or run a text as a script.

    import "../counting" as counting;         leads out of the study
    import "shared/counting" as counting;     scripts/shared/counting.rhai of the study

What an analysis needs to know stands in the tables of the study, or in a parameter."#;

const SCRIPT_IMPORT: &str = r#"A study's scripts share what stands below its `scripts/shared`; what comes with the program is
imported as `standard/…`. Names have letters a to z, digits, `-` and `_`, with `/` between
folders, and no ending.

    import "shared/counting" as counting;         scripts/shared/counting.rhai
    import "standard/agreement" as agreement;     comes with the program
    let same = agreement::pairwise([3, 2]);

Two files that import each other never come to an end: move what both need into a third."#;

const SCRIPT_CALL: &str = r#"Nothing was run: the call was seen in the text. `parallax script docs` lists every word with its
usage and an example, `parallax script docs filter` shows one.

    reading.statements().filter(test)     stands behind a point, and takes one value
    fraction(3, 17)                       stands by itself, and takes two
    agreement::pairwise([3, 2])           was imported under the name `agreement`

A function of your own takes exactly as many values as stand between its brackets."#;

const SCRIPT_PROPERTY: &str = r#"What is written behind a point without brackets is a column of the row, or a key of a map.
This name is neither, and one letter away from a name that is.

    statement.modality        a column of statements
    person.gender             a column that only this study's participants.csv has
    unit.is_vacant            a property of a unit

What is counted or made has brackets: `rows.count()`."#;

const SCRIPT_UNDECLARED: &str = r#"The words that readers see stand in the header, in each language; the script says only their
names.

    //! templates: { row: { title: "{role}", sentence: "{role} has {n} duties." } }
    //! caveats: { few: There are few. }
    //! words: { n: duties }

    let f = finding("all", "row");     a template
    f.measure("n", 3);                 a word
    f.caveat("few");                   a caveat

A parameter is declared below `parameters` and read as `parameters.name`."#;

const SCRIPT_NAME: &str = r#"The name stands in the script and not in the study, or not in the list that a column has.

    col("modality") == "duty"       a column of statements, and one of its words
    reading.code("P.task")          an id of codes.csv
    item(code, "own")               `own`, `others` or `any`

Where a script is to work for other studies too, take the name from a parameter."#;

const SCRIPT_UNFILLED: &str = r#"A template shows a value where its name stands in braces, and a finding that lacks it is refused.

    //! templates: { row: { title: "{role}", sentence: "{role} has {n} duties." } }

    f.value("role", role);     fills `{role}`
    f.measure("n", count);     fills `{n}`, and shows it as a number to read

Every place needs its value in every finding that uses the template."#;

const SCRIPT_ENDING: &str = r#"What stands on the last line is what the script found.

    f                                       one finding
    findings                                a list of findings
    not_available("nobody was asked")       the data do not allow an answer

The script of a claim, in the column `script` of `claims.csv`, ends with whether it holds.

    n == 15                                 it holds, or does not
    at_least(n, 15)                         `()` where the data leave it open
    n                                       a number, held against the column `expected`
    #{ holds: n > 3, value: n }             both, and evidence where there is some

A line that ends with `let` or a loop gives nothing."#;

const SCRIPT_UNUSED: &str = r#"It does no harm, and often it is the trace of a slip: a template that was renamed in the script
and not in the header, a parameter that is asked for and changes nothing.

    //! parameters: { least: { type: integer, default: 2, help: At least so many. } }

    let least = parameters.least;     read here, and it would be used

Remove what is not needed, or use it."#;

const SCRIPT_LANGUAGE: &str = r#"A reader in that language would read this text in English, in the middle of others.

    //! title: { en: Duties by role, nl: Plichten per rol }

English is needed everywhere; other languages everywhere or nowhere."#;

const SCRIPT_UNREACHABLE: &str = r#"The line above ends the script, the function or the loop, whatever happens.

    return f;
    findings += f;     never runs

Where it ends only sometimes, the `return` belongs into an `if`."#;
