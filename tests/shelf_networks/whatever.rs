//! Does what the scripts find depend on anything but what was said?

use std::collections::BTreeMap;

use parallax_model::row::{CaseRow, CodeRow, Modality, ParticipantRow, Stance, StatementRow};
use parallax_model::settings::{CoverageDefault, Role};
use parallax_model::{Basis, Figure, Outcome, Settings, Study, StudyDraft};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value as Json, json};

use super::{about, outcome, rows};

const SCRIPTS: [&str; 9] = [
    "positioning-network",
    "unheard-roles",
    "deontic-balance",
    "content-agreement",
    "content-conflict",
    "saturation",
    "saturation-orders",
    "disclosure",
    "unmet-counterparts",
];

/// Who says what: a person, a code, a modality, a bearer and a stance.
type Said = (usize, usize, usize, usize, usize);

const MODALITIES: [Modality; 5] =
    [Modality::Duty, Modality::Right, Modality::Permission, Modality::Enact, Modality::View];
const STANCES: [Stance; 2] = [Stance::Affirm, Stance::Deny];

/// A study of eight people in two roles at two cases, whose ids open with `mark`.
fn made(said: &[Said], order: &[usize], mark: &str) -> Study {
    checked(draft(said, order, mark))
}

fn checked(draft: StudyDraft) -> Study {
    let checked = draft.check();
    checked.study.unwrap_or_else(|| panic!("{:?}", checked.problems))
}

fn draft(said: &[Said], order: &[usize], mark: &str) -> StudyDraft {
    let person = |at: usize| ParticipantRow {
        id: format!("{mark}P{at}"),
        case: Some(format!("{mark}K{}", at % 2)),
        title: Some(["coach", "teacher"][at / 4].to_owned()),
        ..ParticipantRow::default()
    };
    let statement = |&at: &usize| {
        let (who, code, modality, bearer, stance) = said[at];
        let modality = MODALITIES[modality];
        let bearers = ["self", "others", "coach", "teacher", "pupil"];
        StatementRow {
            id: format!("{mark}s{at:03}"),
            speaker: format!("{mark}P{who}"),
            code: format!("{mark}c{code}"),
            modality,
            bearer: (modality != Modality::View).then(|| bearers[bearer].to_owned()),
            counterparty: (modality == Modality::Right).then(|| "others".to_owned()),
            stance: STANCES[stance],
            ..StatementRow::default()
        }
    };
    let role = |id: &str| Role { id: id.into(), ..Role::default() };
    StudyDraft {
        settings: Settings {
            title: "Made up".into(),
            roles: ["coach", "teacher", "pupil"].map(role).to_vec(),
            coverage_default: CoverageDefault::Asked,
            ..Settings::default()
        },
        cases: Some(
            (0..2).map(|at| CaseRow { id: format!("{mark}K{at}"), ..CaseRow::default() }).collect(),
        ),
        participants: (0..8).map(person).collect(),
        codes: (0..4)
            .map(|at| CodeRow { id: format!("{mark}c{at}"), ..CodeRow::default() })
            .collect(),
        statements: order.iter().map(statement).collect(),
        ..StudyDraft::default()
    }
}

/// Everything the scripts find, with evidence in the order of ids.
fn everything(study: &Study) -> String {
    let texts = SCRIPTS.iter().map(|id| match outcome(study, id, chosen(id)) {
        Outcome::Found(mut findings) => {
            for finding in &mut findings {
                if let Basis::Evidence { items } = &mut finding.basis {
                    items.sort();
                }
            }
            serde_json::to_string_pretty(&findings).expect("findings are JSON")
        }
        other => format!("{other:?}"),
    });
    texts.collect()
}

/// Few random orders, which are the same work again and again.
fn chosen(id: &str) -> Json {
    if id == "saturation-orders" { json!({ "orders": 12 }) } else { json!({}) }
}

/// The numbers of every finding but those of saturation, which has an order of its own.
fn numbers(study: &Study) -> BTreeMap<String, String> {
    let mut numbers = BTreeMap::new();
    for id in SCRIPTS.iter().filter(|id| **id != "saturation") {
        let findings = match outcome(study, id, chosen(id)) {
            Outcome::Found(findings) => findings,
            _ => Vec::new(),
        };
        for finding in findings {
            let said = finding.measures.iter().map(|m| format!("{} {}", m.name, m.number));
            numbers.insert(format!("{id}/{}", finding.about), said.collect::<Vec<_>>().join("; "));
        }
    }
    numbers
}

/// Where random orders reach the threshold of saturation, when that can be told.
fn drawn(study: &Study) -> Option<Vec<String>> {
    match outcome(study, "saturation-orders", chosen("saturation-orders")) {
        Outcome::Found(findings) => Some(rows(about(&findings, "all"), "by_order")),
        _ => None,
    }
}

fn said() -> impl Strategy<Value = Vec<Said>> {
    prop::collection::vec((0..8_usize, 0..2_usize, 0..5_usize, 0..5_usize, 0..2_usize), 1..32)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn neither_the_order_of_statements_nor_the_ids_change_what_is_found(
        said in said(), swaps in prop::collection::vec(any::<(Index, Index)>(), 32),
    ) {
        let listed: Vec<usize> = (0..said.len()).collect();
        let mut mixed = listed.clone();
        swaps.iter().for_each(|(one, other)| mixed.swap(one.index(said.len()), other.index(said.len())));
        let before = everything(&made(&said, &listed, ""));
        prop_assert_eq!(&before, &everything(&made(&said, &mixed, "")));
        prop_assert_eq!(&before, &everything(&made(&said, &listed, "Q7")).replace("Q7", ""));
    }

    #[test]
    fn the_order_of_people_and_codes_changes_no_number(said in said()) {
        let order: Vec<usize> = (0..said.len()).collect();
        let mut turned = draft(&said, &order, "");
        turned.participants.reverse();
        turned.codes.reverse();
        let (listed, turned) = (made(&said, &order, ""), checked(turned));
        prop_assert_eq!(numbers(&listed), numbers(&turned));
        // The order of interviews decides where the threshold lies, but not what is drawn.
        if let (Some(one), Some(other)) = (drawn(&listed), drawn(&turned)) {
            prop_assert_eq!(one, other);
        }
    }

    #[test]
    fn agreement_goes_both_ways(said in said()) {
        let order: Vec<usize> = (0..said.len()).collect();
        let study = made(&said, &order, "");
        let chosen = json!({ "actors": "participants" });
        let Outcome::Found(findings) = outcome(&study, "content-agreement", chosen) else {
            return Ok(()); // Nobody speaks of what another speaks of.
        };
        let Some(Figure::Grid { cells, .. }) = about(&findings, "all").figures.first() else {
            panic!("a grid")
        };
        for (at, row) in cells.iter().enumerate() {
            for (other, value) in row.iter().enumerate() {
                prop_assert_eq!(value, &cells[other][at]);
            }
        }
    }

    #[test]
    fn every_expected_or_claimed_thing_has_one_outcome(said in said()) {
        let order: Vec<usize> = (0..said.len()).collect();
        let study = made(&said, &order, "");
        for id in ["unmet-counterparts", "claimed-rights"] {
            let Outcome::Found(findings) = outcome(&study, id, json!({})) else { continue };
            let count = |name: &str| {
                let measure = findings[0].measures.iter().find(|measure| measure.name == name);
                measure.map_or(0, |measure| measure.number.to_string().parse::<i64>().expect("a count"))
            };
            let outcomes = ["met", "elsewhere", "silent", "denied", "unknown", "vacant"];
            prop_assert_eq!(outcomes.map(count).iter().sum::<i64>(), count("all"));
        }
    }
}
