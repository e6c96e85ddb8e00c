//! Who keeps to one rule, who is an exception to it, and for whom is it open?

use parallax_plugin::prelude::*;

use super::apart::Apart;
use super::{caveats, placed, with, words};
use crate::claim::{Claim, Claims};
use crate::lattice::Rule;
use crate::name;

/// The id of the finding about a rule.
pub(super) fn path(claims: &Claims<'_>, rule: &Rule) -> String {
    let sides = [&rule.premise, &rule.conclusion].map(|set| name::joined(claims, set));
    format!("implication/{}=>{}", sides[0], sides[1])
}

/// One finding for each rule that has one of its own.
///
/// # Errors
/// When a finding could not be built.
pub(crate) fn rules(claims: &Claims<'_>, apart: &Apart<'_>) -> Result<Vec<Finding>, NoFindings> {
    apart.rules.iter().map(|rule| one_rule(claims, rule)).collect()
}

fn one_rule(claims: &Claims<'_>, rule: &Rule) -> Result<Finding, NoFindings> {
    let about = path(claims, rule);
    let having = rule.supporters.len() + rule.exceptions.len();
    let finding = begin(claims, rule, &about)?
        .value("premise", name::shown(claims, &rule.premise))
        .value("conclusion", name::shown(claims, &rule.conclusion))
        .value("members", name::units(claims, rule.supporters.iter().copied()))
        .value("exceptions", name::units(claims, rule.exceptions.iter().copied()))
        .value("open", name::units(claims, rule.undecided.iter().copied()))
        .value("maybe", name::units(claims, rule.maybe.iter().copied()))
        .value("context", Value::Word(rule.holds.word().to_owned()))
        .measure("support", Number::range(rule.supporters.len(), rule.most))
        .measure(
            "confidence",
            Number::fraction(rule.supporters.len(), having, "no unit is known to claim the left"),
        )
        .measure("exceptions_count", Number::count(rule.exceptions.len()))
        .measure("undecided", Number::count(rule.undecided.len()));
    let mut finding = finding;
    if !rule.exceptions.is_empty() {
        finding = finding.table(units(claims, rule, "negative_cases", &rule.exceptions));
    }
    if !rule.undecided.is_empty() {
        finding = finding.table(units(claims, rule, "undecided_units", &rule.undecided));
        let open = name::units(claims, rule.undecided.iter().copied());
        finding = with(finding, "undecided", "open", open);
    }
    if rule.supporters.len() < 3 {
        finding = finding.caveat("few_units");
    }
    Ok(caveats(finding, claims))
}

/// The finding with its template and evidence; what only may be claimed can rest on no statement.
fn begin(claims: &Claims<'_>, rule: &Rule, about: &str) -> Result<Finding, NoFindings> {
    let evidence = evidence(claims, rule);
    if evidence.is_empty() {
        let reason = "no statement says that a unit claims either side";
        return Ok(Finding::without_evidence(about, template(rule), reason));
    }
    Ok(Finding::new(about, template(rule), evidence)?)
}

/// The wording: by how many keep to it, by exceptions, by what is unknown, and by who keeps to it
/// whether or not they claim the premise.
fn template(rule: &Rule) -> &'static str {
    let everybody = rule.premise.is_clear();
    let (open, maybe) = (!rule.undecided.is_empty(), !rule.maybe.is_empty());
    match (rule.exceptions.len(), rule.supporters.len()) {
        (0, 0) if everybody => "everybody_possible",
        (0, 0) if open => "implication_possible",
        (0, 0) => "implication_none_known",
        (0, _) if everybody && open => "everybody_open",
        (0, _) if everybody => "everybody",
        (0, 1) if open => "implication_one_open",
        (0, 1) if maybe => "implication_one_known",
        (0, 1) => "implication_one",
        (0, _) if open => "implication_open",
        (0, _) if maybe => "implication_known",
        (0, _) => "implication",
        _ if everybody && open => "almost_everybody_open",
        _ if everybody => "almost_everybody",
        _ if open => "almost_open",
        _ if maybe => "almost_known",
        _ => "almost",
    }
}

/// What supporters say is for the rule; what exceptions say, also in denying the right-hand side,
/// is against it.
fn evidence(claims: &Claims<'_>, rule: &Rule) -> Vec<Evidence> {
    let of = |units: &[usize], weight: Weight| -> Vec<(usize, usize, Weight)> {
        let both = || rule.premise.ones().chain(rule.conclusion.ones());
        units.iter().flat_map(|&unit| both().map(move |one| (one, unit, weight))).collect()
    };
    let mut cells = of(&rule.supporters, Weight::Supporting);
    cells.extend(of(&rule.undecided, Weight::Context));
    // Of what an exception claims on the right, nothing speaks against the rule.
    cells.extend(of(&rule.exceptions, Weight::Contrary).into_iter().map(|(one, unit, weight)| {
        let claims_it = claims.attributes[one].of(unit) == Claim::Yes;
        let beside = rule.conclusion.contains(one) && claims_it;
        (one, unit, if beside { Weight::Context } else { weight })
    }));
    claims.evidence(cells.into_iter())
}

/// Units with what is known of each code of the rule: silence stays apart from denial.
fn units(claims: &Claims<'_>, rule: &Rule, name: &str, units: &[usize]) -> Table {
    let codes: Vec<usize> = rule.premise.ones().chain(rule.conclusion.ones()).collect();
    let row = |&unit: &usize| {
        let state = |&one: &usize| claims.attributes[one].states[unit].word().to_owned();
        placed(claims, unit).into_iter().chain(codes.iter().map(state).map(Value::Word)).collect()
    };
    let mut columns = words(&["unit", "role", "case"]);
    columns.extend(codes.iter().map(|&one| name::head(claims, one)));
    Table { name: name.to_owned(), columns, rows: units.iter().map(row).collect() }
}
