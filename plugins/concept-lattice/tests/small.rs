//! What becomes of denials, conditions, open cells and studies that are too small or too large?

use std::sync::atomic::AtomicBool;

use concept_lattice::{ENTRY, Parameters, analyse};
use parallax_engine::shelf::{Body, NativeAnalysis, Shelf};
use parallax_plugin::model::row::{CodeRow, ParticipantRow, StatementRow};
use parallax_plugin::model::settings::{CoverageDefault, Role};
use parallax_plugin::model::{Choices, Outcome, Settings, StudyDraft};
use parallax_plugin::prelude::*;
use proptest::prelude::*;

/// In which order the rows of the tables stand.
#[derive(Clone, Copy, PartialEq)]
enum Order {
    Forwards,
    Backwards,
}

/// What each of several people says of the codes a, b, c, …: `+` claims it, `~` on a condition,
/// `-` denies it, `.` is silent.
fn study(rows: &[&str], silence: CoverageDefault) -> StudyDraft {
    ordered(rows, silence, Order::Forwards)
}

fn ordered(rows: &[&str], silence: CoverageDefault, order: Order) -> StudyDraft {
    let says = |unit: usize, code: usize, sign: char| StatementRow {
        id: format!("s{unit}-{code}"),
        speaker: format!("u{unit}"),
        code: name(code),
        modality: Modality::Duty,
        bearer: Some("self".into()),
        stance: match sign {
            '-' => Stance::Deny,
            '~' => Stance::Mixed,
            _ => Stance::Affirm,
        },
        condition: (sign == '~').then(|| "at times".to_owned()),
        ..StatementRow::default()
    };
    let statements = rows.iter().enumerate().flat_map(|(unit, row)| {
        let said = row.chars().enumerate().filter(|(_, sign)| *sign != '.');
        said.map(move |(code, sign)| says(unit, code, sign))
    });
    let people = (0..rows.len()).map(|unit| ParticipantRow {
        id: format!("u{unit}"),
        case: Some(format!("c{unit}")),
        title: Some("R".into()),
        ..ParticipantRow::default()
    });
    let codes = rows.iter().map(|row| row.len()).max().unwrap_or(0);
    let mut statements: Vec<StatementRow> = statements.collect();
    let mut participants: Vec<ParticipantRow> = people.collect();
    if order == Order::Backwards {
        statements.reverse();
        participants.reverse();
    }
    StudyDraft {
        settings: Settings {
            title: "Small".into(),
            roles: vec![Role { id: "R".into(), ..Role::default() }],
            coverage_default: silence,
            ..Settings::default()
        },
        participants,
        codes: (0..codes).map(|code| CodeRow { id: name(code), ..CodeRow::default() }).collect(),
        statements: statements.into_iter().collect(),
        ..StudyDraft::default()
    }
}

fn name(code: usize) -> String {
    char::from_u32('a' as u32 + u32::try_from(code).expect("few")).expect("a letter").to_string()
}

fn outcome(draft: StudyDraft, parameters: &Parameters) -> Result<Vec<Finding>, NoFindings> {
    let checked = draft.check();
    let study = checked.study.unwrap_or_else(|| panic!("{:?}", checked.problems));
    let reading = study.reading(&Choices::default()).expect("a default reading");
    can_be_worded(&reading, parameters);
    analyse(&reading, parameters, &Job::alone(0))
}

/// The program refuses findings that it could not word.
fn can_be_worded(reading: &Reading<'static>, parameters: &Parameters) {
    let mut shelf = Shelf::default();
    shelf.add(Body::Native(NativeAnalysis::linked(ENTRY).expect("agrees"))).expect("holds");
    let analysis = shelf.get("concept-lattice").expect("stands on the shelf");
    let Ok(serde_json::Value::Object(chosen)) = serde_json::to_value(parameters) else {
        panic!("parameters are an object");
    };
    if let Outcome::Failed(reason) =
        analysis.run(reading, &chosen, 0, &AtomicBool::new(false)).outcome
    {
        panic!("{reason}");
    }
}

fn asked(rows: &[&str]) -> Vec<Finding> {
    outcome(study(rows, CoverageDefault::Asked), &Parameters::default()).expect("findings")
}

fn about<'f>(findings: &'f [Finding], path: &str) -> &'f Finding {
    findings.iter().find(|finding| finding.about == path).unwrap_or_else(|| {
        let paths: Vec<&str> = findings.iter().map(|finding| finding.about.as_str()).collect();
        panic!("no {path} among {paths:?}")
    })
}

fn measure<'f>(finding: &'f Finding, name: &str) -> &'f Number {
    let measure = finding.measures.iter().find(|measure| measure.name == name);
    &measure.unwrap_or_else(|| panic!("no {name}")).number
}

#[test]
fn a_claim_on_a_condition_counts_and_a_denial_does_not() {
    let findings = asked(&["++", "~+", "-+"]);
    let all = about(&findings, "implication/=>b");
    assert_eq!(
        (all.template.as_str(), measure(all, "support").to_string().as_str()),
        ("everybody", "3")
    );
    assert_eq!(measure(about(&findings, "concept/everything"), "claiming").to_string(), "2");
    let overall = about(&findings, "overall");
    assert_eq!(measure(overall, "denied").to_string(), "1");
    let denial = Evidence::statement("s2-0", Weight::Context);
    assert!(overall.evidence().contains(&denial));
}

#[test]
fn a_denial_speaks_against_a_rule_that_most_follow() {
    let draft = study(&["++.", "++.", "+-.", "..+"], CoverageDefault::Asked);
    let parameters = Parameters { exceptions: 1, ..Parameters::default() };
    let findings = outcome(draft, &parameters).expect("findings");
    let rule = about(&findings, "implication/a=>b");
    for id in ["s2-0", "s2-1"] {
        assert!(rule.evidence().contains(&Evidence::statement(id, Weight::Contrary)), "{id}");
    }
    assert_eq!(measure(rule, "confidence").to_string(), "2/3");
}

#[test]
fn what_is_open_keeps_a_rule_from_being_sure() {
    let draft = study(&["++", "++", "..", "-+"], CoverageDefault::Unknown);
    let findings = outcome(draft, &Parameters::default()).expect("findings");
    let rule = about(&findings, "implication/=>b");
    assert_eq!(rule.template, "everybody_open");
    assert_eq!(rule.values["open"], Value::Names(vec!["u2".to_owned()]));
    assert_eq!(measure(about(&findings, "overall"), "implications_sure").to_string(), "0");
    assert_eq!(about(&findings, "concept/nothing").template, "nothing_open");
}

#[test]
fn what_cannot_be_compared_says_why() {
    let reason = |rows: &[&str], parameters: &Parameters| {
        let outcome = outcome(study(rows, CoverageDefault::Asked), parameters);
        outcome.expect_err("not available").to_string()
    };
    let default = Parameters::default();
    let few = Parameters { most_concepts: 3, ..default.clone() };
    let below = Parameters { below: "z".into(), ..default.clone() };
    insta::assert_snapshot!([
        reason(&["++"], &default),
        reason(&["+.", "+-"], &default),
        reason(&["+..", ".+.", "..+"], &few),
        reason(&["++", "++"], &below),
    ].join("\n"), @"
    bundles need at least two units to be compared
    fewer than two codes are claimed here, and it takes two to go together
    there are more concepts or rules than `most_concepts` allows: look at fewer codes with `below`, or allow more
    the code that `below` names is not in the codebook
    ");
}

#[test]
fn rows_in_another_order_give_the_same_findings() {
    let rows = ["++.+", "+..+", "-++.", "~..+"];
    let parameters = Parameters { exceptions: 2, ..Parameters::default() };
    let [one, other] = [Order::Forwards, Order::Backwards].map(|order| {
        let draft = ordered(&rows, CoverageDefault::Unknown, order);
        let mut findings = outcome(draft, &parameters).expect("findings");
        for finding in &mut findings {
            if let Basis::Evidence { items } = &mut finding.basis {
                items.sort();
            }
        }
        findings
    });
    assert_eq!(one, other);
}

#[test]
fn other_names_change_names_only() {
    let rows = ["++.+", "+..+", "-++.", "~..+"];
    let measures = |rename: fn(&mut StudyDraft)| -> Vec<Vec<Measure>> {
        let mut draft = study(&rows, CoverageDefault::Unknown);
        rename(&mut draft);
        let findings = outcome(draft, &Parameters::default()).expect("findings");
        findings.into_iter().map(|finding| finding.measures).collect()
    };
    let renamed = measures(|draft| {
        for person in &mut draft.participants {
            person.case = person.case.as_deref().map(|case| format!("school-{case}"));
        }
        draft.settings.roles[0].id = "Z".into();
        for person in &mut draft.participants {
            person.title = Some("Z".into());
        }
    });
    assert_eq!(measures(|_| {}), renamed);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// However the open cells are filled in: counts stay within their bounds, and what is sure
    /// holds.
    #[test]
    fn every_completed_study_lies_within_the_bounds(
        cells in prop::collection::vec(0_usize..3, 12),
        world in any::<u16>(),
    ) {
        let sign = |cell: &usize| ['+', '-', '.'][*cell];
        let rows: Vec<String> =
            cells.chunks(3).map(|row| row.iter().map(sign).collect()).collect();
        let filled: Vec<String> = cells
            .chunks(3)
            .enumerate()
            .map(|(unit, row)| {
                let bit = |code: usize| world >> (3 * unit + code) & 1 == 1;
                let cell = |(code, cell): (usize, &usize)| match (sign(cell), bit(code)) {
                    ('.', true) => '+',
                    ('.', false) => '-',
                    (known, _) => known,
                };
                row.iter().enumerate().map(cell).collect()
            })
            .collect();
        let as_rows = |rows: &[String]| -> Vec<&'static str> {
            rows.iter().map(|row| &*row.clone().leak()).collect()
        };
        let all_of_them = Parameters { least_units: 0, ..Parameters::default() };
        let open = outcome(study(&as_rows(&rows), CoverageDefault::Unknown), &all_of_them);
        let Ok(open) = open else { return Ok(()) };
        let has = |unit: &str, code: &str| unit.as_bytes()[usize::from(code.as_bytes()[0] - b'a')] == b'+';
        let all = |unit: &str, value: &Value| match value {
            Value::Names(codes) => codes.iter().all(|code| has(unit, code)),
            _ => false,
        };
        for finding in &open {
            let (count, bounds) = if finding.about.starts_with("concept/") {
                let units = filled.iter().filter(|unit| all(unit, &finding.values["intent"]));
                (units.count(), measure(finding, "claiming"))
            } else if finding.about.starts_with("implication/") {
                let (premise, conclusion) = (&finding.values["premise"], &finding.values["conclusion"]);
                let having = filled.iter().filter(|unit| all(unit, premise));
                let both = having.clone().filter(|unit| all(unit, conclusion)).count();
                let having = having.count();
                let sure = [
                    "implication",
                    "implication_known",
                    "implication_one",
                    "implication_one_known",
                    "implication_none_known",
                    "everybody",
                ];
                if sure.contains(&finding.template.as_str()) {
                    prop_assert_eq!(having, both, "{} is sure", finding.about);
                }
                if finding.template == "implication_one" {
                    prop_assert_eq!(having, 1, "{}: the only unit", finding.about);
                }
                (both, measure(finding, "support"))
            } else {
                continue;
            };
            let count = i64::try_from(count).expect("few");
            let within = match bounds {
                Number::Count { value } => count == *value,
                Number::Range { lower, upper } => (*lower..=*upper).contains(&count),
                _ => false,
            };
            prop_assert!(within, "{}: {} in {}", finding.about, count, bounds);
        }
    }
}
