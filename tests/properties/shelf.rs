//! What does the whole shelf, as the program fills it, make of a study?

use std::sync::LazyLock;

use parallax_engine::robustness::{Question, Survey, survey};
use parallax_engine::run::{Planned, run};
use parallax_engine::shelf::Shelf;
use parallax_model::document::Depth;
use parallax_model::document::ProblemCounts;
use parallax_model::{Choices, FindingsDocument, Study};
use serde_json::Map;

use crate::tables::reading;

static SHELF: LazyLock<Shelf> = LazyLock::new(crate::standard::shelf);

/// The findings of every analysis, as the program publishes them.
pub(crate) fn document(study: &Study) -> FindingsDocument {
    let planned: Vec<Planned> = SHELF
        .iter()
        .map(|analysis| Planned { id: analysis.manifest().id.clone(), parameters: Map::new() })
        .collect();
    let problems = ProblemCounts { errors: 0, warnings: 0 };
    run(study, &Choices::default(), &reading(study), &SHELF, &planned, problems).document
}

/// The findings of two native analyses and two scripts, and how far they depend on choices, by so
/// many threads: the whole shelf would take too long.
pub(crate) fn surveyed(study: &Study, threads: usize) -> (FindingsDocument, Survey) {
    let few = ["duty-claims", "expectation-mismatch", "position-clusters", "unheard-roles"];
    let planned = few.map(|id| Planned { id: id.to_owned(), parameters: Map::new() });
    let choices = Choices::default();
    let problems = ProblemCounts { errors: 0, warnings: 0 };
    let mut document = run(study, &choices, &reading(study), &SHELF, &planned, problems).document;
    let question = Question {
        study,
        choices: &choices,
        shelf: &SHELF,
        planned: &planned,
        depth: Depth::Whole,
    };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    let survey = pool.install(|| survey(&question, &document, &|_, _, _| vec![], &|_, _| {}));
    let survey = survey.expect("the default reading is offered");
    survey.attach(&mut document);
    (document, survey)
}
