//! What holds of every study with several coders?

#[path = "toy/small.rs"]
mod small;

use intercoder_reliability::{Parameters, Uncoded, UnitChoice};
use parallax_plugin::model::document::{
    AnalysisKind, Came, FindingsDocument, Labels, ProblemCounts, ReadingSummary, StudySummary,
    Unworded, publish,
};
use parallax_plugin::model::row::StatementRow;
use parallax_plugin::model::settings::Language;
use parallax_plugin::model::{Basis, Outcome, StudyDraft};
use parallax_plugin::prelude::*;
use proptest::prelude::*;
use small::{about, says, study};

/// Statements of up to three coders on six excerpts.
fn statements() -> impl Strategy<Value = Vec<StatementRow>> {
    let modality = prop::sample::select(vec![Modality::Duty, Modality::Right, Modality::Enact]);
    let coder = prop::sample::select(vec!["ann", "bo", "cy"]);
    let code = prop::sample::select(vec!["k1", "k2"]);
    let stance = prop::sample::select(vec![Stance::Affirm, Stance::Deny]);
    let bearer = prop::sample::select(vec!["self", "R", "p2"]);
    let statement = (coder, 0..6_usize, code, modality, stance, bearer);
    prop::collection::vec(statement, 1..25).prop_map(|all| {
        let row = |(row, (coder, at, code, modality, stance, bearer)): (
            usize,
            (&str, usize, &str, _, _, &str),
        )| {
            StatementRow {
                id: format!("s{row:02}"),
                modality,
                stance,
                bearer: Some(bearer.to_owned()),
                value: Some(at as f64 / 2.0),
                ..says(coder, at, code)
            }
        };
        all.into_iter().enumerate().map(row).collect()
    })
}

fn parameters() -> impl Strategy<Value = Parameters> {
    let uncoded = prop::sample::select(vec![Uncoded::LeaveOut, Uncoded::Count]);
    let unit = prop::sample::select(vec![UnitChoice::Excerpt, UnitChoice::Speaker]);
    (uncoded, unit).prop_map(|(uncoded, unit)| Parameters {
        uncoded,
        unit,
        draws: 100,
        ..Parameters::default()
    })
}

/// The findings with evidence in the order of ids, or why there are none.
fn outcome(draft: StudyDraft, parameters: &Parameters) -> Result<Vec<Finding>, String> {
    let mut findings = small::analysed(draft, parameters).map_err(|no| no.to_string())?;
    for finding in &mut findings {
        if let Basis::Evidence { items } = &mut finding.basis {
            items.sort();
        }
    }
    Ok(findings)
}

fn written(found: &Result<Vec<Finding>, String>) -> String {
    serde_json::to_string(found).expect("can be written")
}

/// What a reader sees of findings.
fn worded(found: Vec<Finding>, language: Language) -> FindingsDocument {
    let manifest = include_str!("../src/manifest.json");
    let manifest = parallax_plugin::manifest::<Parameters>(manifest).expect("a manifest");
    let outcome = Outcome::Found(found);
    let ran = Unworded {
        manifest: &manifest,
        kind: AnalysisKind::Plugin,
        parameters: &serde_json::Map::new(),
        outcome: &outcome,
    };
    let study = StudySummary { language, ..StudySummary::default() };
    let reading = ReadingSummary { default: true, ..ReadingSummary::default() };
    publish(study, reading, ProblemCounts::default(), &Labels::default(), &[ran])
}

/// Every id of the study with `z-` before it.
fn renamed(mut draft: StudyDraft, statements: Vec<StatementRow>) -> StudyDraft {
    let new = |id: &str| format!("z-{id}");
    let each = |ids: &mut Option<String>| *ids = ids.as_deref().map(new);
    for person in &mut draft.participants {
        person.id = new(&person.id);
    }
    draft.codes.iter_mut().for_each(|code| code.id = new(&code.id));
    for source in draft.sources.iter_mut().flatten() {
        source.id = new(&source.id);
        each(&mut source.participants);
    }
    for excerpt in &mut draft.excerpts {
        excerpt.id = new(&excerpt.id);
        each(&mut excerpt.source);
        each(&mut excerpt.speaker);
    }
    let rename = |mut row: StatementRow| {
        row.id = new(&row.id);
        row.speaker = new(&row.speaker);
        row.code = new(&row.code);
        for ids in [&mut row.source, &mut row.coder, &mut row.excerpt] {
            each(ids);
        }
        row.bearer = row.bearer.map(|bearer| if bearer == "p2" { new("p2") } else { bearer });
        row
    };
    draft.statements = statements.into_iter().map(rename).collect();
    draft
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_order_of_rows_does_not_matter(
        (rows, turned) in statements().prop_flat_map(|rows| {
            (Just(rows.clone()), Just(rows).prop_shuffle())
        }),
        parameters in parameters(),
    ) {
        let (one, other) = (study(8, rows), study(8, turned));
        prop_assert_eq!(outcome(one, &parameters), outcome(other, &parameters));
    }

    #[test]
    fn the_order_of_people_sources_and_excerpts_does_not_matter(
        rows in statements(),
        parameters in parameters(),
    ) {
        let one = study(8, rows.clone());
        let mut other = study(8, rows);
        other.participants.reverse();
        other.excerpts.reverse();
        other.sources.iter_mut().for_each(|sources| sources.reverse());
        prop_assert_eq!(outcome(one, &parameters), outcome(other, &parameters));
    }

    #[test]
    fn other_ids_change_ids_only(rows in statements(), parameters in parameters()) {
        let plain = outcome(study(8, rows.clone()), &parameters);
        let other = outcome(renamed(study(8, Vec::new()), rows), &parameters);
        prop_assert_eq!(written(&plain), written(&other).replace("z-", ""));
    }

    #[test]
    fn every_finding_has_words_in_both_languages(
        rows in statements(),
        parameters in parameters(),
    ) {
        let Ok(found) = outcome(study(8, rows), &parameters) else { return Ok(()) };
        for language in [Language::En, Language::Nl] {
            let document = worded(found.clone(), language);
            let came = &document.analyses[0].outcome;
            prop_assert_eq!(came, &Came::Found { findings: found.len() });
        }
    }

    #[test]
    fn both_choices_about_uncoded_units_name_each_other(
        rows in statements(),
        parameters in parameters(),
    ) {
        let other = Parameters { uncoded: parameters.uncoded.other(), ..parameters.clone() };
        let one = outcome(study(8, rows.clone()), &parameters);
        let two = outcome(study(8, rows), &other);
        let (Ok(one), Ok(two)) = (one, two) else { return Ok(()) };
        let value = |found: &[Finding], name: &str| {
            let measures = &about(found, "overall").measures;
            measures.iter().find(|measure| measure.name == name).map(|found| found.number.clone())
        };
        prop_assert_eq!(value(&one, "alpha"), value(&two, "alpha_other"));
        prop_assert_eq!(value(&two, "alpha"), value(&one, "alpha_other"));
        let fields = |found: &[Finding]| {
            let of_fields = found.iter().filter(|finding| finding.about.starts_with("field/"));
            of_fields.cloned().collect::<Vec<_>>()
        };
        prop_assert_eq!(fields(&one), fields(&two));
    }

    #[test]
    fn a_second_coder_who_copies_agrees_throughout(
        rows in statements(),
        parameters in parameters(),
    ) {
        let of = |coder: &str, row: &StatementRow| StatementRow {
            id: format!("{coder}-{}", row.id),
            coder: Some(coder.to_owned()),
            ..row.clone()
        };
        let both: Vec<StatementRow> =
            rows.iter().flat_map(|row| [of("ann", row), of("bo", row)]).collect();
        for finding in outcome(study(8, both), &parameters).expect("two coders") {
            let contrary = finding.evidence().iter().filter(|item| item.weight == Weight::Contrary);
            prop_assert_eq!(contrary.count(), 0);
            let percent = finding.measures.iter().find(|measure| measure.name == "percent");
            let Some(Number::Fraction(percent)) = percent.map(|measure| &measure.number) else {
                panic!("no share in {}", finding.about);
            };
            prop_assert_eq!(percent.reduced().to_string(), "1/1");
        }
    }
}
