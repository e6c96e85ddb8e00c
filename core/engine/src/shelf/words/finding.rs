//! How does a script say what it found, and on what it rests?

use std::collections::BTreeMap;
use std::sync::Arc;

use parallax_model::{Caveat, Manifest, Measure, Number, Value};
use rhai::{Array, Dynamic, EvalAltResult, INT, NativeCallContext};

use super::cell::Said;
use super::draft::{Draft, Parts};
use super::named::{Case, Code, Named, Participant, Role, id_of};
use super::set::Set;
use super::table::{Grid, Sheet};
use super::{Result, Vocabulary, evidence, rows};
use crate::shelf::script::fault::{stop, type_name};
use crate::shelf::script::{Running, did_you_mean};

/// What a reader sees where a row has nothing, such as the case of people without one.
const BLANK: &str = "–";

/// Text as it is, not a word of the header.
#[derive(Clone)]
struct Verbatim(String);

/// The words for findings.
pub(super) fn register(words: &mut Vocabulary) {
    words.type_name::<Draft>("Finding");
    words.type_name::<Verbatim>("Verbatim");
    words.function(
        "finding",
        "finding(about, template)",
        "A finding about something, such as the id of a code, worded by a template of the header.",
        r#"let f = finding("all", "row"); f.measure("n", 1); f.no_evidence("an example")  // "#,
        |context: NativeCallContext, about: &str, template: &str| -> Result<Draft> {
            let manifest = manifest(&context)?;
            known("template", template, manifest.templates.keys())?;
            let at = (context.call_source().map(str::to_owned), context.call_position());
            Ok(Draft::new(Parts::new(about, template, at)))
        },
    );
    words.function(
        "text",
        "text(words)",
        "A text as it is, where otherwise a word of the header is looked up.",
        r#"let f = finding("all", "row"); f.value("n", text("as it is"))  // "#,
        |text: &str| Verbatim(text.to_owned()),
    );
    register_parts(words);
    register_basis(words);
}

fn register_parts(words: &mut Vocabulary) {
    words.function(
        "value",
        "finding.value(name, value)",
        "What `{name}` of the template stands for: a number, a code, a role, a word of the header.",
        r#"let f = finding("all", "row"); f.value("n", reading.code("logbook"))  // "#,
        |context: NativeCallContext, draft: &mut Draft, name: &str, value: Dynamic| -> Result<()> {
            let value = to_value(&context, &value)?;
            draft.change(|parts| parts.values.insert(name.to_owned(), value));
            Ok(())
        },
    );
    words.function(
        "measure",
        "finding.measure(name, number)",
        "A number to read, under a word of the header; the template can show it as `{name}`.",
        r#"let f = finding("all", "row"); f.measure("n", fraction(2, 3))  // "#,
        |context: NativeCallContext, draft: &mut Draft, name: &str, value: Dynamic| -> Result<()> {
            known("word", name, manifest(&context)?.words.keys())?;
            let number = to_number(&value).ok_or_else(|| no_number(&value))?;
            draft.change(|parts| parts.measures.push(Measure { name: name.to_owned(), number }));
            Ok(())
        },
    );
    words.function(
        "table",
        "finding.table(table)",
        "Shows a table with the finding.",
        r#"let f = finding("all", "row"); f.table(table("n", ["n"]))  // "#,
        |draft: &mut Draft, table: Sheet| draft.change(|parts| parts.tables.push(table)),
    );
    words.function(
        "figure",
        "finding.figure(grid)",
        "Draws a grid with the finding.",
        r#"let f = finding("all", "row"); f.figure(grid("n", ["n"]))  // "#,
        |draft: &mut Draft, grid: Grid| draft.change(|parts| parts.figures.push(grid)),
    );
    words.function(
        "caveat",
        "finding.caveat(name)",
        "What a reader must know before quoting it: a caveat of the header.",
        r#"let f = finding("all", "row"); f.caveat("few")  // "#,
        |context: NativeCallContext, draft: &mut Draft, name: &str| -> Result<()> {
            known("caveat", name, manifest(&context)?.caveats.keys())?;
            let caveat = Caveat { template: name.to_owned(), values: BTreeMap::new() };
            draft.change(|parts| parts.caveats.push(caveat));
            Ok(())
        },
    );
}

fn register_basis(words: &mut Vocabulary) {
    words.function(
        "evidence",
        "finding.evidence(evidence)",
        "What it rests on: evidence, rows of statements, excerpts, constraints or positions, or \
         one of them; more can be added.",
        r#"let f = finding("all", "row"); f.evidence(reading.statement("s1"))  // "#,
        |draft: &mut Draft, on: Dynamic| -> Result<()> {
            let grounds = evidence::grounds(&on)?;
            draft.change(|parts| parts.rest_on(&grounds.0));
            Ok(())
        },
    );
    words.function(
        "no_evidence",
        "finding.no_evidence(reason)",
        "Why it rests on nothing, where there can be no evidence.",
        r#"let f = finding("all", "row"); f.no_evidence("nobody was asked")  // "#,
        |draft: &mut Draft, reason: &str| {
            draft.change(|parts| parts.reason = Some(reason.to_owned()));
        },
    );
}

/// What the header of the running script says.
fn manifest(context: &NativeCallContext<'_>) -> Result<Arc<Manifest>> {
    let running = Running::of(context).map(|running| running.manifest);
    running.ok_or_else(|| stop("findings are made while a script runs", None))
}

/// Stops a script that names what its header does not have.
pub(super) fn known<'n>(
    what: &str,
    name: &str,
    mut names: impl Iterator<Item = &'n String> + Clone,
) -> Result<()> {
    let all = names.clone().map(String::as_str);
    if names.any(|known| known == name) {
        return Ok(());
    }
    let help = did_you_mean(name, all);
    let help = help.unwrap_or_else(|| format!("add it to `{what}s` in the header"));
    Err(stop(format!("the header has no {what} `{name}`"), Some(help)))
}

/// A word of the header.
pub(super) fn word(context: &NativeCallContext<'_>, name: &str) -> Result<()> {
    known("word", name, manifest(context)?.words.keys())
}

/// What a value of a script says in a finding.
pub(super) fn to_value(context: &NativeCallContext<'_>, value: &Dynamic) -> Result<Value> {
    if value.is_unit() {
        return Ok(Value::Text(BLANK.to_owned()));
    }
    if let Some(number) = to_number(value) {
        return Ok(Value::Number(number));
    }
    if let Some(name) = value.clone().try_cast::<Verbatim>() {
        return Ok(Value::Text(name.0));
    }
    if let Some(Said { state, statements }) = value.clone().try_cast::<Said>() {
        word(context, state)?;
        return Ok(Value::Said { state: state.to_owned(), statements });
    }
    if let Some(named) = to_named(value) {
        return Ok(named);
    }
    if let Some(names) = to_names(value) {
        return names.map(Value::Names);
    }
    let Some(name) = value.clone().try_cast::<rhai::ImmutableString>() else {
        return Err(no_number(value));
    };
    word(context, &name).map_err(|_| {
        let help = "add it to `words` in the header, or write `text(…)` for a text as it is";
        stop(format!("the header has no word `{name}`"), Some(help.to_owned()))
    })?;
    Ok(Value::Word(name.to_string()))
}

fn to_named(value: &Dynamic) -> Option<Value> {
    fn id<T: Named>(value: &Dynamic) -> Option<String> {
        value.read_lock::<T>().map(|thing| thing.id())
    }
    (id::<Code>(value).map(Value::Code))
        .or_else(|| id::<Role>(value).map(Value::Role))
        .or_else(|| id::<Case>(value).map(Value::Case))
        .or_else(|| id::<Participant>(value).map(Value::Participant))
        .or_else(|| id_of(value).map(Value::Text))
}

/// The ids of several things.
fn to_names(value: &Dynamic) -> Option<Result<Vec<String>>> {
    if let Some(set) = value.read_lock::<Set>() {
        return Some(Ok(set.texts()));
    }
    if let Some(rows) = value.read_lock::<rows::Rows>() {
        return Some(rows.clone().into_iter().map(|row| to_id(&row)).collect());
    }
    let list = value.read_lock::<Array>()?;
    Some(list.iter().map(to_id).collect())
}

fn to_id(value: &Dynamic) -> Result<String> {
    let text = value.read_lock::<Verbatim>().map(|text| text.0.clone());
    id_of(value).or(text).ok_or_else(|| {
        let help = "write a text with `text(…)`".to_owned();
        stop("a list in a finding holds codes, roles, cases, participants or units", Some(help))
    })
}

pub(super) fn to_number(value: &Dynamic) -> Option<Number> {
    if let Ok(count) = value.as_int() {
        return Some(Number::Count { value: count as INT });
    }
    value.clone().try_cast::<Number>()
}

fn no_number(value: &Dynamic) -> Box<EvalAltResult> {
    let help = match value.type_name() {
        "f64" => "say by which rule it was found, with `decimal(value, rule)`",
        _ => "numbers are whole, or come from `fraction`, `range`, `decimal` or `not_available`",
    };
    let message = match value.type_name() {
        "f64" => "a decimal number stands in no finding by itself".to_owned(),
        "()" => "nothing was given where a number or a word belongs".to_owned(),
        other => format!("{} cannot stand in a finding", type_name(other)),
    };
    stop(message, Some(help.to_owned()))
}
