//! What does the report of the invented study claim, and what comes of it?

use std::collections::BTreeMap;

use parallax_model::document::{
    ComputedSet, Flip, PublishedClaim, PublishedNote, PublishedRepair, Steadiness,
};
use parallax_model::finding::Basis;
use parallax_model::row::ClaimKind;
use parallax_model::settings::Language;
use parallax_model::{Check, Evidence, Number, Verdict, Weight};

/// What each claim says; K12 has no words.
pub(super) fn texts() -> BTreeMap<String, String> {
    let texts = [
        ("K01", "Five people took part."),
        ("K02", "Two wards were studied."),
        ("K03", "All nurses say that the physician <b>sets</b> the date."),
        ("K04", "Three nurses set the date | and two plan the discharge."),
        ("K05", "Only N1 and D1 plan the discharge."),
        ("K06", "On both wards nurse and physician agree."),
        ("K07", "Most physicians want to be asked."),
        ("K08", "Families are content with the date."),
        ("K09", "Nurses often set the date."),
        ("K10", "An interview took 45 minutes."),
        ("K11", "=everybody(plans ahead)"),
    ];
    texts.map(|(id, text)| (id.to_owned(), text.to_owned())).into()
}

/// Twelve claims: every verdict, a fraction, a range, a set, notes, people to ask, other readings.
pub(super) fn claims(language: Language) -> Vec<PublishedClaim> {
    let claims = first().into_iter().chain(last());
    claims.map(|claim| PublishedClaim { word: word(&claim, language), ..claim }).collect()
}

fn word(claim: &PublishedClaim, language: Language) -> String {
    claim.verdict.in_language(language).to_owned()
}

/// A repair that breaks something, and one that does not.
pub(super) fn repairs() -> Vec<PublishedRepair> {
    let repair = |edit: &str, breaks: &[&str]| PublishedRepair {
        edits: vec![edit.to_owned()],
        reconciles: vec!["K02".to_owned()],
        breaks: breaks.iter().map(|&id| id.to_owned()).collect(),
        sentence: format!("If {edit}: K02 would no longer be contradicted."),
    };
    vec![
        repair("physician (ward 2) is missing from the table of participants", &[]),
        repair("D2, who was left out, was counted after all (as physician)", &["K01"]),
    ]
}

/// What was noticed about the claims as a whole.
pub(super) fn notes() -> Vec<PublishedNote> {
    vec![
        note(Check::UnreportedCode, "No claim speaks of “plan | the discharge”."),
        note(Check::Alias, "“RN” names two roles <at once>."),
        note(Check::UnreportedCode, "No claim speaks of “call the family”."),
    ]
}

fn note(check: Check, text: &str) -> PublishedNote {
    PublishedNote { check, text: text.to_owned() }
}

fn claim(id: &str, verdict: Verdict, sentence: &str) -> PublishedClaim {
    PublishedClaim {
        id: id.to_owned(),
        reference: String::new(),
        section: "Results".to_owned(),
        kind: None,
        verdict,
        word: String::new(),
        sentence: sentence.to_owned(),
        reported: String::new(),
        computed: None,
        set: None,
        notes: Vec::new(),
        open: Vec::new(),
        basis: Basis::None { reason: "it is about the sample".to_owned() },
        robustness: None,
    }
}

fn evidence(items: Vec<Evidence>) -> Basis {
    Basis::Evidence { items }
}

fn texts_of(ids: &[&str]) -> Vec<String> {
    ids.iter().map(|&id| id.to_owned()).collect()
}

fn first() -> Vec<PublishedClaim> {
    vec![
        PublishedClaim {
            kind: Some(ClaimKind::Count),
            reference: "p. 3".into(),
            section: "Method".into(),
            reported: "5".into(),
            computed: Some(Number::count(4)),
            notes: vec![note(Check::Denominator, "true of all 5, one of whom was left out")],
            robustness: Some(Steadiness {
                same: 9,
                readings: 12,
                counts: [("contradicted".to_owned(), 9), ("supported".to_owned(), 3)].into(),
                more_flips: 0,
                flips: vec![Flip {
                    options: vec!["inclusion=all".into()],
                    becomes: "supported".into(),
                    text: "supported when N4 is counted".into(),
                }],
                sentence: "Holds in 9 of 12 readings; supported when N4 is counted.".into(),
            }),
            ..claim("K01", Verdict::Contradicted, "4 people were analysed.")
        },
        claim("K02", Verdict::Supported, "There are 2 wards."),
        PublishedClaim {
            reported: "all".into(),
            computed: Some(Number::fraction(1, 3, "nobody")),
            basis: evidence(vec![
                Evidence::statement("s1", Weight::Supporting),
                Evidence::excerpt("e1", Weight::Contrary),
                Evidence::statement("lost", Weight::Contrary),
            ]),
            ..claim("K03", Verdict::Contradicted, "1 of 3 says so; N2 <b>denies</b> it.")
        },
        PublishedClaim {
            reported: "3/4".into(),
            computed: Some(Number::range(1, 3)),
            open: texts_of(&["N2", "N3"]),
            basis: evidence(vec![Evidence::constraint("c1", Weight::Supporting)]),
            ..claim("K04", Verdict::Undetermined, "Between 1 and 3 nurses set the date.")
        },
        PublishedClaim {
            reported: "N1 D1".into(),
            set: Some(ComputedSet { certain: texts_of(&["N1"]), possible: texts_of(&["D1"]) }),
            open: texts_of(&["D1"]),
            basis: evidence(vec![Evidence::statement("s1", Weight::Supporting)]),
            ..claim("K05", Verdict::Undetermined, "N1 plans it; of D1 it is not known.")
        },
        PublishedClaim {
            notes: vec![note(Check::Presupposition, "ward 2 has no physician")],
            ..claim("K06", Verdict::PresuppositionFailed, "No physician of ward 2 was analysed.")
        },
    ]
}

fn last() -> Vec<PublishedClaim> {
    let many = (1..=14).map(|n| Evidence::statement(&format!("m{n}"), Weight::Supporting));
    vec![
        claim("K07", Verdict::Unsupported, "No statement is about being asked."),
        PublishedClaim {
            section: String::new(),
            ..claim("K08", Verdict::NotCheckable, "The study has no families.")
        },
        PublishedClaim {
            reference: "p. 9, abstract".into(),
            notes: vec![note(Check::Drift, "stronger than in K03")],
            basis: evidence(many.collect()),
            ..claim("K09", Verdict::Drift, "Once “often”, once “all”.")
        },
        PublishedClaim {
            reported: "45; 45..60".into(),
            computed: Some(Number::not_available("two values")),
            ..claim("K10", Verdict::Drift, "Once 45, once 45 to 60 minutes.")
        },
        PublishedClaim {
            basis: evidence(vec![Evidence::statement("s1", Weight::Context)]),
            ..claim("K11", Verdict::AsEntered, "Everybody does, as entered from this sentence.")
        },
        PublishedClaim {
            reported: "@1 @2".into(),
            ..claim("K12", Verdict::Supported, "Both wards do.")
        },
    ]
}
