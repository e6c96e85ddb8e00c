//! Do the standard scripts find what they should in the seed study?

use std::fmt::Write as _;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use parallax_engine::check::check_folder;
use parallax_engine::shelf::script::{STANDARD_SCRIPTS, ScriptAnalysis};
use parallax_engine::shelf::{Body, Ran, Shelf};
use parallax_model::document::{
    AnalysisKind, Counts, FindingsDocument, Labels, ProblemCounts, PublishedFigure,
    PublishedFinding, ReadingSummary, Shown, StudySummary, publish,
};
use parallax_model::settings::Language;
use parallax_model::{Basis, Choices, Finding, Fraction, Number, Outcome, Study, Value, Weight};
use serde_json::{Map, Value as Json};

/// The seed study.
fn seed() -> Study {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../studies/vso-internships");
    let checked = check_folder(&folder);
    checked.study.unwrap_or_else(|| panic!("{:?}", checked.problems))
}

/// The standard scripts.
fn shelf() -> Shelf {
    let mut shelf = Shelf::default();
    for (id, source) in STANDARD_SCRIPTS {
        let script = ScriptAnalysis::load(id, source);
        let script = script.unwrap_or_else(|problem| panic!("{}", problem.render(source)));
        shelf.add(Body::Script(script)).unwrap_or_else(|refused| panic!("{id}: {refused}"));
    }
    shelf
}

/// What the script `id` finds in the default reading of a study.
fn ran(study: &Study, shelf: &Shelf, id: &str, chosen: Json) -> Ran {
    let reading = study.reading(&Choices::default()).expect("the default reading is offered");
    let Json::Object(chosen) = chosen else { panic!("parameters are an object") };
    let script = shelf.get(id).unwrap_or_else(|| panic!("no script {id}"));
    script.run(&reading, &chosen, 0, &AtomicBool::new(false))
}

fn found(ran: &Ran) -> &[Finding] {
    match &ran.outcome {
        Outcome::Found(findings) => findings,
        other => panic!("{other:?}"),
    }
}

/// The findings as a reader of the report meets them.
fn published(study: &Study, shelf: &Shelf, id: &str, language: Language) -> FindingsDocument {
    let ran = ran(study, shelf, id, Json::Object(Map::new()));
    let manifest = shelf.get(id).map(|script| script.manifest()).expect("is on the shelf");
    let entry = parallax_model::document::Unworded {
        manifest,
        kind: AnalysisKind::Script,
        parameters: &ran.parameters,
        outcome: &ran.outcome,
    };
    let counts = Counts {
        participants: 0,
        roles: 0,
        cases: 0,
        sources: 0,
        codes: 0,
        statements: 0,
        excerpts: 0,
        constraints: 0,
    };
    let summary = StudySummary {
        id: "vso-internships".to_owned(),
        title: String::new(),
        language,
        citation: None,
        questions: Vec::new(),
        counts,
    };
    let reading = ReadingSummary {
        mapping: String::new(),
        default: true,
        why: String::new(),
        included: 0,
        excluded: 0,
        roles: Vec::new(),
        alternatives: Vec::new(),
    };
    let problems = ProblemCounts { errors: 0, warnings: 0 };
    publish(summary, reading, problems, &Labels::of(study), &[entry])
}

fn row(cells: &[Shown]) -> String {
    cells.iter().map(Shown::text).collect::<Vec<_>>().join(" | ")
}

/// On what a finding rests, or why on nothing.
fn basis(basis: &Basis) -> String {
    let items = match basis {
        Basis::Evidence { items } => items,
        Basis::None { reason } => return format!("no evidence: {reason}\n"),
    };
    let of = |weight: Weight| -> String {
        let ids = items.iter().filter(|item| item.weight == weight).map(|item| item.id.as_str());
        ids.collect::<Vec<_>>().join(" ")
    };
    let weights =
        [("for", Weight::Supporting), ("against", Weight::Contrary), ("beside", Weight::Context)];
    let lines = weights.map(|(name, weight)| format!("{name}: {}\n", of(weight)));
    lines.concat()
}

/// A finding as plain text: what it says, its tables and figures, and on what it rests.
fn text(finding: &PublishedFinding) -> String {
    let mut text = format!("── {}\n{}\n{}\n", finding.id, finding.title, finding.sentence);
    for measure in &finding.measures {
        write!(text, "{}: {}; ", measure.label, measure.text).expect("a string takes any text");
    }
    for table in &finding.tables {
        write!(text, "\n{}\n{}\n", table.title, row(&table.columns)).expect("as above");
        table.rows.iter().for_each(|cells| text.push_str(&format!("{}\n", row(cells))));
    }
    for figure in &finding.figures {
        let PublishedFigure::Grid { title, rows, columns, cells, .. } = figure else { continue };
        write!(text, "\n{title}\n| {}\n", row(columns)).expect("as above");
        for (head, cells) in rows.iter().zip(cells) {
            text.push_str(&format!("{} | {}\n", head.text(), row(cells)));
        }
    }
    for caveat in &finding.caveats {
        text.push_str(&format!("! {}\n", caveat.text));
    }
    text + basis(&finding.basis).as_str()
}

#[test]
fn every_standard_script_says_of_the_seed_study_what_it_said() {
    let (study, shelf) = (seed(), shelf());
    for (id, _) in STANDARD_SCRIPTS {
        for language in [Language::En, Language::Nl] {
            let document = published(&study, &shelf, id, language);
            let text: Vec<String> = document.findings.iter().map(text).collect();
            insta::with_settings!({ omit_expression => true }, {
                insta::assert_snapshot!(format!("{id}_{}", language.code()), text.join("\n"));
            });
        }
    }
}

/// The numbers of one code in the matrix of an overview, role by role and in total.
fn in_matrix(findings: &[Finding], about: &str, code: &str) -> Vec<Number> {
    let overview = findings.iter().find(|finding| finding.about == about).expect("an overview");
    let rows = overview.tables.iter().flat_map(|table| &table.rows);
    let row = rows.into_iter().find(|row| match &row[0] {
        Value::Code(id) | Value::Word(id) => id == code,
        _ => false,
    });
    let numbers = row.unwrap_or_else(|| panic!("no row {code}")).iter().skip(1);
    let number = |value: &Value| match value {
        Value::Number(number) => number.clone(),
        other => panic!("{other:?} is no number"),
    };
    numbers.map(number).collect()
}

fn out_of(part: i64, whole: i64) -> Number {
    Fraction::new(part, whole).expect("a whole is 1 or more").into()
}

#[test]
fn tasks_by_role_at_a_case_are_those_of_the_report() {
    let (study, shelf) = (seed(), shelf());
    let ran = ran(&study, &shelf, "code-matrix", serde_json::json!({ "below": "P.task" }));
    // Rows of the theory's D7: supervisors, teachers, counsellors.
    let expected = [
        ("P.task.BEG", [4, 0, 0]),
        ("P.task.BEO", [3, 0, 0]),
        ("P.task.CON", [5, 0, 1]),
        ("P.task.MON", [0, 0, 2]),
        ("P.task.OND", [2, 5, 1]),
        ("P.task.VRB", [0, 3, 0]),
    ];
    for (code, [s, l, i]) in expected {
        let numbers = [out_of(s, 6), out_of(l, 5), out_of(i, 4), out_of(s + l + i, 15)];
        assert_eq!(in_matrix(found(&ran), "overview", code), numbers, "{code}");
    }
    // 26 ticks at roles at a case, over the six tasks and one that nobody names.
    let total = [out_of(14, 42), out_of(8, 35), out_of(4, 28), out_of(26, 105)];
    assert_eq!(in_matrix(found(&ran), "overview", "total"), total);
}

#[test]
fn a_position_that_only_a_constraint_gives_cites_the_constraint() {
    let (study, shelf) = (seed(), shelf());
    let ran = ran(&study, &shelf, "code-states", Json::Object(Map::new()));
    let guiding = found(&ran).iter().find(|finding| finding.about == "P.task.BEG");
    let cited: Vec<&str> =
        guiding.expect("a finding").evidence().iter().map(|item| item.id.as_str()).collect();
    assert_eq!(cited, ["s001", "s002", "s003", "k01"]);
}
