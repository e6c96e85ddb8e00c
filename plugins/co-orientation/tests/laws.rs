//! Do the identities of co-orientation hold, whatever people think and in whatever order it is written?

use std::sync::atomic::AtomicBool;

use co_orientation::ENTRY;
use co_orientation::score::{Class, Score, Views};
use parallax_engine::shelf::{Body, NativeAnalysis, Shelf};
use parallax_plugin::model::row::{CodeRow, ParticipantRow, StatementRow};
use parallax_plugin::model::settings::Role;
use parallax_plugin::model::{Choices, Outcome, Settings, StudyDraft};
use parallax_plugin::prelude::*;
use proptest::prelude::*;
use serde_json::Map;

fn known() -> impl Strategy<Value = Option<bool>> {
    prop::option::of(any::<bool>())
}

fn views() -> impl Strategy<Value = Views> {
    (known(), known(), known(), known(), known(), known())
        .prop_map(|(a, b, ab, ba, aba, bab)| Views { a, b, ab, ba, aba, bab })
}

proptest! {
    /// Whoever sees agreement where there is some, or its lack where there is none, is right.
    #[test]
    fn accuracy_is_agreement_seen_as_it_is(views in views()) {
        if let (Some(agree), Some(congruent)) = (views.agree(), views.congruent()) {
            prop_assert_eq!(views.accurate(), Some(agree == congruent));
            let class = views.class().expect("both are known");
            prop_assert_eq!(class.is_negative(), agree != congruent);
            prop_assert_eq!(
                matches!(class, Class::Consensus | Class::PluralisticIgnorance),
                agree
            );
        }
    }

    #[test]
    fn the_parties_change_places(items in prop::collection::vec(views(), 0..12)) {
        let score = Score::of(items.iter().copied());
        let swapped = Score::of(items.iter().map(|views| views.swapped()));
        prop_assert_eq!(score.agreement, swapped.agreement);
        prop_assert_eq!((score.a, score.b), (swapped.b, swapped.a));
    }

    #[test]
    fn the_order_of_items_changes_nothing(items in prop::collection::vec(views(), 0..12)) {
        let backwards = Score::of(items.iter().rev().copied());
        prop_assert_eq!(Score::of(items.iter().copied()), backwards);
    }

    /// The four classes are the items on which agreement and congruency are known, and those that
    /// are no negative cases are the items on which the party is right.
    #[test]
    fn classes_add_up(items in prop::collection::vec(views(), 0..12)) {
        let whole: Vec<Views> = items.into_iter().filter(|views| views.class().is_some()).collect();
        let score = Score::of(whole.iter().copied());
        let [consensus, false_consensus, ignorance, recognised] = score.a.classes;
        prop_assert_eq!(score.a.classes.iter().sum::<usize>(), score.agreement.of);
        prop_assert_eq!(score.agreement.hits, consensus + ignorance);
        prop_assert_eq!(score.a.congruency.hits, consensus + false_consensus);
        prop_assert_eq!(score.a.accuracy.hits, consensus + recognised);
    }
}

/// Three people at one case and two at another who say things of each other, by number.
fn study(numbers: &[u32], rename: fn(&str) -> String, backwards: bool) -> StudyDraft {
    let people = ["A1", "B1", "B1b", "A2", "B2"];
    let codes = ["k1", "k2", "k3"];
    let statement = |(at, number): (usize, &u32)| {
        let pick = |all: &[&str], by: u32| all[(number / by) as usize % all.len()].to_owned();
        let perspective = u8::try_from(number / 60 % 3).expect("small");
        StatementRow {
            id: format!("s{at:02}"),
            speaker: rename(&pick(&people, 1)),
            code: rename(&pick(&codes, 5)),
            stance: if number / 15 % 2 == 0 { Stance::Affirm } else { Stance::Deny },
            perspective,
            attributed_to: (perspective > 0).then(|| {
                match pick(&["A1", "B1", "B1b", "A", "B"], 180) {
                    role if role.len() == 1 => role,
                    person => rename(&person),
                }
            }),
            ..StatementRow::default()
        }
    };
    let mut statements: Vec<StatementRow> = numbers.iter().enumerate().map(statement).collect();
    let mut participants: Vec<ParticipantRow> = people
        .iter()
        .map(|id| ParticipantRow {
            id: rename(id),
            title: Some(id[..1].to_owned()),
            case: Some(id[1..2].to_owned()),
            ..ParticipantRow::default()
        })
        .collect();
    if backwards {
        statements.reverse();
        participants.reverse();
    }
    StudyDraft {
        settings: Settings {
            title: "Any".into(),
            roles: ["A", "B"].map(|id| Role { id: id.into(), ..Role::default() }).to_vec(),
            ..Settings::default()
        },
        participants,
        codes: codes.iter().map(|id| CodeRow { id: rename(id), ..CodeRow::default() }).collect(),
        statements: statements.into_iter().collect(),
        ..StudyDraft::default()
    }
}

/// The findings as the program takes them: it refuses what cannot be worded.
fn findings(draft: StudyDraft) -> Option<Vec<Finding>> {
    let study = draft.check().study?;
    let reading = study.reading(&Choices::default()).expect("a default reading");
    let mut shelf = Shelf::default();
    shelf.add(Body::Native(NativeAnalysis::linked(ENTRY).expect("agrees"))).expect("holds");
    let analysis = shelf.get("co-orientation").expect("stands on the shelf");
    let ran = analysis.run(&reading, &Map::new(), 0, &AtomicBool::new(false));
    let mut findings = match ran.outcome {
        Outcome::Found(findings) => findings,
        Outcome::NotAvailable(_) => return None,
        Outcome::Failed(reason) => panic!("{reason}"),
    };
    for finding in &mut findings {
        if let Basis::Evidence { items } = &mut finding.basis {
            items.sort();
        }
    }
    Some(findings)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn the_order_of_rows_changes_nothing(numbers in prop::collection::vec(0_u32..900, 8..40)) {
        let same = |id: &str| id.to_owned();
        prop_assert_eq!(findings(study(&numbers, same, false)), findings(study(&numbers, same, true)));
    }

    #[test]
    fn other_names_change_names_only(numbers in prop::collection::vec(0_u32..900, 8..40)) {
        let plain = findings(study(&numbers, |id| id.to_owned(), false));
        let renamed = findings(study(&numbers, |id| format!("x{id}"), false));
        let measures = |found: &Option<Vec<Finding>>| -> Vec<Vec<Measure>> {
            found.iter().flatten().map(|finding| finding.measures.clone()).collect()
        };
        prop_assert_eq!(measures(&plain), measures(&renamed));
    }
}
