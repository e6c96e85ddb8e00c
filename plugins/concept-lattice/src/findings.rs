//! What can be said about bundles and rules, in numbers and with evidence?

mod apart;
mod bundle;
mod overall;
mod rule;

use parallax_plugin::prelude::*;

use crate::claim::Claims;
use crate::unit::case_id;

pub(crate) use apart::Apart;
pub(crate) use bundle::concepts;
pub(crate) use overall::overall;
pub(crate) use rule::rules;

/// What a reader must know before quoting any of these findings.
fn caveats(finding: Finding, claims: &Claims<'_>) -> Finding {
    let finding = finding.caveat("convenience_sample").caveat("silence");
    let several: Vec<String> = claims
        .units
        .iter()
        .filter(|unit| unit.members.len() > 1)
        .map(|unit| unit.name.clone())
        .collect();
    let finding = match several.is_empty() {
        true => finding,
        false => with(finding, "several_people", "several", Value::Names(several)),
    };
    if claims.open() > 0 { finding.caveat("two_contexts") } else { finding }
}

/// Adds a caveat that names something.
fn with(mut finding: Finding, template: &str, name: &str, value: Value) -> Finding {
    let values = [(name.to_owned(), value)].into();
    finding.caveats.push(Caveat { template: template.to_owned(), values });
    finding
}

fn words(words: &[&str]) -> Vec<Value> {
    words.iter().map(|word| Value::Word((*word).to_owned())).collect()
}

/// A unit with its role and case, as the first cells of a row.
fn placed(claims: &Claims<'_>, unit: usize) -> Vec<Value> {
    let one = &claims.units[unit];
    let name = match one.members.len() {
        1 => Value::Participant(one.name.clone()),
        _ => Value::Text(one.name.clone()),
    };
    let case = match case_id(claims.reading, one.case) {
        "" => Value::Word("no_case".to_owned()),
        id => Value::Case(id.to_owned()),
    };
    vec![name, Value::Role(claims.reading.roles.ids.of(one.role).to_owned()), case]
}
