//! Which analyses does a study ask for, and does the shelf have them?

mod asked;

use parallax_model::settings::Use;
use parallax_model::{Kind, Problem, Settings, Severity, Spot};
use serde_json::{Map, Value as Json};

use crate::shelf::Shelf;

/// One analysis to run, with the parameters that were chosen for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Planned {
    /// The analysis's id.
    pub id: String,
    /// The chosen parameters; the others take their defaults.
    pub parameters: Map<String, Json>,
}

/// The analyses a study asks for, in its order; everything on the shelf when it asks for none. What is
/// offered beside the shelf joins it when the study asks for it by name, and only then.
///
/// Analyses that do not exist or are not what is asked for, and parameters that are not allowed, are
/// problems of the study; the others are planned all the same.
#[must_use]
pub fn plan(settings: &Settings, shelf: &mut Shelf) -> (Vec<Planned>, Vec<Problem>) {
    let Some(wanted) = &settings.analyses else {
        let everything = shelf
            .iter()
            .map(|analysis| Planned { id: analysis.manifest().id.clone(), parameters: Map::new() });
        return (everything.collect(), Vec::new());
    };
    let (mut planned, mut problems): (Vec<Planned>, Vec<Problem>) = (Vec::new(), Vec::new());
    for (row, wanted) in wanted.iter().enumerate() {
        let mut found = check(row, wanted, shelf);
        if let Some(first) = planned.iter().position(|planned| planned.id == wanted.analysis) {
            found.push(asked_twice(row, first, wanted));
        }
        if found.iter().all(|problem| problem.severity() == Severity::Warning) {
            planned.push(Planned {
                id: wanted.analysis.clone(),
                parameters: wanted.parameters.clone(),
            });
        }
        problems.extend(found);
    }
    (planned, problems)
}

/// What is wrong with one entry. The analysis that it asks for joins the shelf where it is offered.
fn check(row: usize, wanted: &Use, shelf: &mut Shelf) -> Vec<Problem> {
    let mut problems = asked::check(row, wanted, shelf);
    let Some(analysis) = shelf.get(&wanted.analysis) else { return problems };
    for wrong in analysis.parameters(&wanted.parameters).err().unwrap_or_default() {
        let message = format!("the analysis `{}` cannot run: {wrong}", wanted.analysis);
        let spot = Spot::Setting(format!("/analyses/{row}/parameters"));
        problems.push(
            Problem::new(Kind::BadParameters, spot, message)
                .label("not what this analysis takes")
                .help("compare with the parameters that the analysis describes"),
        );
    }
    problems
}

fn asked_twice(row: usize, first: usize, wanted: &Use) -> Problem {
    let message = format!("the analysis `{}` is asked for twice", wanted.analysis);
    Problem::new(Kind::DuplicateId, Spot::Setting(format!("/analyses/{row}/use")), message)
        .label("the same analysis again")
        .related(Spot::Setting(format!("/analyses/{first}/use")), "it is here first")
        .help("keep one of the two")
}
