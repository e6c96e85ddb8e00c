//! What does a small report hold? An invented study of care, for the tests of the report.

mod claims;

use std::collections::BTreeMap;

use parallax_model::document::{
    Across, AnalysisKind, Counts, Depth, Flip, Labels, ProblemCounts, PublishedChoice,
    PublishedOption, Question, ReadingSummary, RobustnessSummary, RoleCount, Standing, Steadiness,
    StudySummary, Taken, Unworded, publish,
};
use parallax_model::finding::{EvidenceKind, Figure, Merge, Table, Value};
use parallax_model::row::{Modality, Stance, Strength};
use parallax_model::settings::Language;
use parallax_model::{
    Evidence, Finding, FindingsDocument, Fraction, Manifest, Number, Outcome, Weight,
};
use serde_json::{Map, json};

use crate::report::{Edition, Exhibit, Exhibits, People, Plugin, Provenance, Report, Trust};

/// A document with every figure, a table, evidence of every weight, all three outcomes and claims
/// with every verdict.
pub(super) fn document(language: Language) -> FindingsDocument {
    let labels = Labels {
        codes: [
            ("task.date".to_owned(), "set the date".to_owned()),
            ("task.plan".to_owned(), "plan | the discharge".to_owned()),
        ]
        .into(),
        roles: [("N".to_owned(), "nurse".to_owned()), ("D".to_owned(), "physician".to_owned())]
            .into(),
        cases: [("1".to_owned(), "Ward 1".to_owned())].into(),
        questions: [("task.date".to_owned(), vec!["RQ1".to_owned()])].into(),
        ..Labels::default()
    };
    let parameters = Map::from_iter([("linkage".to_owned(), json!("average"))]);
    let manifest = manifest();
    let outcomes = [
        Outcome::Found(findings()),
        Outcome::NotAvailable("nobody was asked".to_owned()),
        Outcome::Failed("the script stopped in line 3".to_owned()),
        Outcome::Found(Vec::new()),
    ];
    let manifests: Vec<Manifest> = ["expectations", "co-orientation", "broken", "empty"]
        .map(|id| Manifest { id: id.to_owned(), ..manifest.clone() })
        .to_vec();
    let ran: Vec<Unworded<'_>> = manifests
        .iter()
        .zip(&outcomes)
        .map(|(manifest, outcome)| Unworded {
            manifest,
            kind: AnalysisKind::Plugin,
            parameters: &parameters,
            outcome,
        })
        .collect();
    let problems = ProblemCounts { errors: 0, warnings: 2 };
    let mut document = FindingsDocument {
        claims: claims::claims(language),
        notes: claims::notes(),
        repairs: claims::repairs(),
        ..publish(study(language), reading(), problems, &labels, &ran)
    };
    look_at_others(&mut document);
    document
}

/// What other readings make of the findings: the second one flips, and its numbers change.
fn look_at_others(document: &mut FindingsDocument) {
    let option = |id: &str, label: &str| PublishedOption { id: id.into(), label: label.into() };
    document.robustness = Some(RobustnessSummary {
        readings: 12,
        distinct: 9,
        depth: Depth::Whole,
        left_out: 4,
        impossible: 0,
        choices: vec![PublishedChoice {
            id: "mapping".into(),
            label: "which titles make which role".into(),
            standing: Standing::Principled,
            why: "the report doubts it".into(),
            crossed: true,
            options: vec![option("M0", "under M0"), option("M4", "under M4 (clerks | apart)")],
        }],
    });
    for (at, finding) in document.findings.iter_mut().enumerate() {
        let flips = at == 1;
        let flip = Flip {
            options: vec!["mapping=M4".into()],
            becomes: "absent".into(),
            text: "under M4 (clerks | apart): there is no such finding".into(),
        };
        finding.robustness = Some(Steadiness {
            same: if flips { 9 } else { 12 },
            readings: 12,
            counts: BTreeMap::new(),
            flips: if flips { vec![flip] } else { Vec::new() },
            more_flips: 0,
            sentence: match flips {
                true => "Holds in 9 of 12 readings; flips when read under M4 (clerks | apart).",
                false => "Holds in all 12 readings.",
            }
            .into(),
        });
        for measure in &mut finding.measures {
            measure.across = flips.then(|| Across {
                least: measure.number.clone(),
                median: measure.number.clone(),
                most: measure.number.clone(),
                values: 2,
                readings: 9,
                missing: 3,
                text: "3/4 to 5/6, in the middle 3/4".into(),
            });
        }
    }
}

/// The report of a document, with what the study shows.
pub(super) fn report(document: &FindingsDocument) -> Report<'_> {
    Report {
        document,
        exhibits: exhibits(),
        claims: claims::texts(),
        people: People {
            roles: vec!["nurse".into(), "physician".into()],
            cases: vec![("Ward 1".into(), vec![2, 1]), ("Ward 2".into(), vec![1, 0])],
        },
        warnings: vec!["`RN` names two roles <at once>".into()],
        provenance: Provenance {
            program: "parallax 0.1.0".into(),
            plugins: vec![Plugin {
                id: "word-count".into(),
                version: "1.0.0".into(),
                sha256: "c0de".repeat(16),
            }],
            files: vec![("study.yaml".into(), "9f2c".repeat(16))],
        },
        trust: Trust::default(),
        edition: Edition::Full,
    }
}

fn study(language: Language) -> StudySummary {
    StudySummary {
        id: "discharge".into(),
        title: "Discharge <script>alert(1)</script> & \"home\"".into(),
        language,
        citation: Some("Example, invented (https://example.org/study)".into()),
        questions: vec![Question { id: "RQ1".into(), text: "Who sets the date?".into() }],
        counts: Counts { participants: 5, roles: 2, cases: 2, statements: 14, ..Counts::default() },
    }
}

fn reading() -> ReadingSummary {
    let role =
        |id: &str, label: &str, people| RoleCount { id: id.into(), label: label.into(), people };
    ReadingSummary {
        mapping: "report".into(),
        default: true,
        why: "as reported".into(),
        included: 4,
        excluded: 1,
        roles: vec![role("N", "nurse", 3), role("D", "physician", 1)],
        alternatives: vec![Taken {
            group: "row4".into(),
            option: "N".into(),
            default: true,
            why: "the tick stands between two columns".into(),
        }],
    }
}

fn manifest() -> Manifest {
    let text = |en: &str, nl: &str| json!({ "en": en, "nl": nl });
    serde_json::from_value(json!({
        "id": "expectations", "version": "1.0.0",
        "title": text("Expectations", "Verwachtingen"),
        "question": text("Who expects what of whom?", "Wie verwacht wat van wie?"),
        "method": text("What others say is compared with what people say.", "Vergelijking."),
        "edge_cases": [text("Nobody in a role is vacant.", "Niemand in een rol is vacant.")],
        "references": ["Author, A. (2000). A <work>. A journal, 1(2), 3-4."],
        "templates": {
            "overall": {
                "title": text("All expectations", "Alle verwachtingen"),
                "sentence": text("{rate} of the expectations are not met.", "{rate} komt niet uit."),
            },
            "one": {
                "title": text("{case}: {code}", "{case}: {code}"),
                "sentence": text("{holder} expects “{code}” of {bearer}: {status}.",
                    "{holder} verwacht “{code}” van {bearer}: {status}."),
            },
        },
        "caveats": { "silence": text("Silence is no refusal.", "Zwijgen is geen weigering.") },
        "words": {
            "rate": text("mismatch rate", "verschil"),
            "index": text("Rand index", "Rand-index"),
            "met": text("met", "nagekomen"), "unmet": text("unmet", "niet nagekomen"),
            "yes": text("yes", "ja"), "silent": text("silent", "stil"),
            "mixed": text("mixed", "gemengd"),
            "who_expects": text("Who expects what?", "Wie verwacht wat?"),
            "who_says": text("Who says what?", "Wie zegt wat?"),
            "who_is_near": text("Who stands close to whom?", "Wie staat dicht bij wie?"),
            "per_case": text("Case by case", "Plek voor plek"),
            "case": text("case", "casus"), "shared": text("shared", "gedeeld"),
        },
    }))
    .expect("a manifest")
}

fn findings() -> Vec<Finding> {
    let role = |id: &str| Value::Role(id.into());
    let code = |id: &str| Value::Code(id.into());
    let word = |id: &str| Value::Word(id.into());
    let third = Fraction::new(1, 3).expect("a fraction");
    let overall = Finding::new(
        "overall",
        "overall",
        vec![
            Evidence::statement("s1", Weight::Supporting),
            Evidence::excerpt("e1", Weight::Contrary),
            Evidence::constraint("c1", Weight::Context),
            Evidence::statement("lost", Weight::Context),
        ],
    )
    .expect("has evidence")
    .measure("rate", Number::fraction(5, 12, "nobody"))
    .measure("index", Number::Ratio(third))
    .figure(Figure::Grid {
        name: "who_expects".into(),
        rows: vec![role("N"), role("D")],
        columns: vec![role("N"), role("D")],
        cells: vec![
            vec![Number::not_available("nobody was asked").into(), third.into_value()],
            vec![Number::fraction(7, 12, "nobody").into(), word("met")],
        ],
    })
    .figure(Figure::Grid {
        name: "who_says".into(),
        rows: vec![code("task.date"), code("task.plan")],
        columns: vec![Value::Participant("N1".into()), Value::Participant("D1".into())],
        cells: vec![vec![word("yes"), word("silent")], vec![word("mixed"), word("yes")]],
    })
    .figure(Figure::Dendrogram {
        name: "who_is_near".into(),
        leaves: vec!["N1".into(), "N2".into(), "D1".into()],
        merges: vec![
            Merge { left: 0, right: 1, height: Number::Ratio(third) },
            Merge { left: 3, right: 2, height: Number::count(1) },
        ],
        groups: vec![role("N"), role("N"), role("D")],
    })
    .table(Table {
        name: "per_case".into(),
        columns: vec![word("case"), word("shared")],
        rows: vec![
            vec![Value::Case("1".into()), third.into_value()],
            vec![Value::Case("2".into()), Number::range(1, 3).into()],
        ],
    })
    .caveat("silence");
    let unasked = Finding::without_evidence("other", "overall", "nobody was asked")
        .measure("rate", Number::not_available("nobody was asked"));
    let rows = (1..=7).map(|n| {
        let (status, weight) =
            if n == 3 { ("unmet", Weight::Contrary) } else { ("met", Weight::Supporting) };
        Finding::new(
            &format!("1/N{n}>D1/task.date"),
            "one",
            vec![Evidence::statement("s1", weight)],
        )
        .expect("has evidence")
        .value("case", Value::Case("1".into()))
        .value("holder", Value::Participant(format!("N{n}")))
        .value("bearer", Value::Participant("D1".into()))
        .value("code", code("task.date"))
        .value("status", word(status))
    });
    [overall, unasked].into_iter().chain(rows).collect()
}

/// A fraction as a value of a table.
trait IntoValue {
    fn into_value(self) -> Value;
}

impl IntoValue for Fraction {
    fn into_value(self) -> Value {
        Number::from(self).into()
    }
}

fn exhibits() -> Exhibits {
    let statement = Exhibit {
        speaker: "N1".into(),
        role: "nurse".into(),
        case: "Ward 1".into(),
        code: "set the date".into(),
        modality: Some(Modality::Duty),
        bearer: "D1".into(),
        perceived: String::new(),
        stance: Some(Stance::Mixed),
        condition: "on weekdays".into(),
        strength: Some(Strength::Quoted),
        text: "thinks that the physician <b>decides</b>".into(),
        reference: "p. 12".into(),
    };
    let excerpt =
        Exhibit { speaker: "D1".into(), code: "set the date".into(), ..Exhibit::default() };
    let constraint = Exhibit { speaker: "1–2 of N1, D1".into(), ..excerpt.clone() };
    BTreeMap::from([
        ((EvidenceKind::Statement, "s1".to_owned()), statement),
        ((EvidenceKind::Excerpt, "e1".to_owned()), excerpt),
        ((EvidenceKind::Constraint, "c1".to_owned()), constraint),
    ])
}
