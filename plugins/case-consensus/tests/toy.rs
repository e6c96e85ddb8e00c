//! What comes of small studies at the edges, and what does not depend on how a study is written?

use case_consensus::{Parameters, Whose, analyse};
use parallax_plugin::model::row::{
    CaseRow, CodeRow, ConstraintRow, ConstraintState, CoverageRow, CoverageStatus, ParticipantRow,
    StatementRow,
};
use parallax_plugin::model::settings::{CoverageDefault, Role};
use parallax_plugin::model::{Choices, Settings, StudyDraft};
use parallax_plugin::prelude::*;
use proptest::prelude::*;

/// People named by role and case (`Xa1`), with a letter for what each says of the code: `y`, `m`,
/// `n`, `s` for silent, `-` for not asked, `?` for unknown.
fn study(said: &[(&str, char)]) -> StudyDraft {
    let person = |(id, _): &(&str, char)| ParticipantRow {
        id: (*id).into(),
        case: Some(id[1..2].into()),
        title: Some(id[..1].into()),
        ..ParticipantRow::default()
    };
    let covered = |(id, letter): &(&str, char)| CoverageRow {
        participant: (*id).into(),
        code: Some("k".into()),
        status: match letter {
            '-' => CoverageStatus::NotAsked,
            '?' => CoverageStatus::Unknown,
            _ => CoverageStatus::Asked,
        },
        ..CoverageRow::default()
    };
    let statements = said.iter().enumerate().filter_map(|(row, (id, letter))| {
        let stance = match letter {
            'y' => Stance::Affirm,
            'm' => Stance::Mixed,
            'n' => Stance::Deny,
            _ => return None,
        };
        Some(says(&format!("s{row:02}"), id, "k", stance))
    });
    StudyDraft {
        settings: Settings {
            title: "Toy".into(),
            roles: ["X", "Y"].map(|id| Role { id: id.into(), ..Role::default() }).to_vec(),
            coverage_default: CoverageDefault::Asked,
            ..Settings::default()
        },
        participants: said.iter().map(person).collect(),
        codes: ["k", "seen"].map(|id| CodeRow { id: id.into(), ..CodeRow::default() }).to_vec(),
        coverage: said.iter().map(covered).collect(),
        statements: statements.collect(),
        ..StudyDraft::default()
    }
}

fn says(id: &str, speaker: &str, code: &str, stance: Stance) -> StatementRow {
    StatementRow {
        id: id.into(),
        speaker: speaker.into(),
        code: code.into(),
        stance,
        condition: (stance == Stance::Mixed).then(|| "sometimes".into()),
        ..StatementRow::default()
    }
}

fn outcome(draft: StudyDraft, parameters: &Parameters) -> Found {
    let checked = draft.check();
    let study = checked.study.unwrap_or_else(|| panic!("{:?}", checked.problems));
    let reading = study.reading(&Choices::default()).expect("a default reading");
    analyse(&reading, parameters, &Job::alone(0))
}

/// The code, and nothing else.
fn only_k() -> Parameters {
    Parameters { codes: vec!["k".into()], ..Parameters::default() }
}

fn found(said: &[(&str, char)]) -> Vec<Finding> {
    outcome(study(said), &only_k()).expect("findings")
}

fn number<'f>(finding: &'f Finding, name: &str) -> &'f Number {
    let measure = finding.measures.iter().find(|measure| measure.name == name);
    &measure.unwrap_or_else(|| panic!("no {name}")).number
}

fn written(finding: &Finding, names: &[&str]) -> Vec<String> {
    names.iter().map(|name| number(finding, name).to_string()).collect()
}

#[test]
fn few_cases_few_people_and_nothing_said_are_not_available() {
    let refused = |said: &[(&str, char)]| outcome(study(said), &only_k()).expect_err("nothing");
    let reason = |reason: &str| NoFindings::NotAvailable(reason.into());
    assert_eq!(refused(&[("Xa1", 'y'), ("Xa2", 'y')]), reason("few_cases"));
    assert_eq!(refused(&[("Xa1", 'y'), ("Xb1", 'y')]), reason("all_alone"));
    assert_eq!(refused(&[("Xa1", 's'), ("Xa2", 's'), ("Xb1", 's')]), reason("nothing_said"));
    assert_eq!(refused(&[("Xa1", '-'), ("Xa2", '-'), ("Xb1", 'y')]), reason("nothing_said"));
}

#[test]
fn a_parameter_that_names_no_code_fails() {
    let failed = |parameters: Parameters| {
        outcome(study(&[("Xa1", 'y'), ("Xa2", 'y'), ("Xb1", 'y')]), &parameters).expect_err("fails")
    };
    let none = || "none".to_owned();
    let message =
        |name: &str| NoFindings::failed(format!("its parameter `{name}` names no code: `none`"));
    assert_eq!(failed(Parameters { below: none(), ..Parameters::default() }), message("below"));
    assert_eq!(
        failed(Parameters { codes: vec![none()], ..Parameters::default() }),
        message("codes")
    );
    assert_eq!(
        failed(Parameters { perceived: none(), ..Parameters::default() }),
        message("perceived")
    );
}

#[test]
fn one_person_alone_has_no_agreement_and_a_stance() {
    let found = found(&[("Xa1", 'y'), ("Ya1", 'y'), ("Xb1", 'n')]);
    assert_eq!(found[0].values["alone"], Value::Names(vec!["b".into()]));
    let names = ["w", "b", "cases", "alone_cases", "ties"];
    assert_eq!(written(&found[0], &names), ["1/1", "0/1", "1", "1", "0"]);
    let abouts: Vec<&str> = found.iter().map(|finding| finding.about.as_str()).collect();
    assert_eq!(abouts, ["overall", "case/a"]);
    assert!(found[0].caveats.iter().any(|caveat| caveat.template == "alone"));
}

#[test]
fn where_several_lead_a_case_is_not_compared() {
    let found = found(&[("Xa1", 'y'), ("Ya1", 'n'), ("Xb1", 'y'), ("Yb1", 'y')]);
    let names = ["w", "b", "difference", "ties", "p"];
    let told = written(&found[0], &names);
    assert_eq!(told, ["1/2", "not available", "not available", "1", "not available"]);
    assert_eq!(found[0].template, "within_only");
    assert_eq!(found[0].values["apart"], Value::Names(Vec::new()));
}

#[test]
fn silence_is_no_denial_and_who_was_not_asked_does_not_count() {
    let apart = found(&[("Xa1", 's'), ("Ya1", 'n'), ("Xb1", 'y'), ("Yb1", 'y')]);
    assert_eq!(written(&apart[0], &["w"]), ["1/2"]);
    let silent = found(&[("Xa1", 's'), ("Ya1", 's'), ("Xa2", '-'), ("Xb1", 'y'), ("Yb1", 'y')]);
    let names = ["w", "b", "silent_pairs", "not_asked"];
    assert_eq!(written(&silent[0], &names), ["1/1", "0/1", "1/2", "1"]);
    let case = silent.iter().find(|finding| finding.about == "case/a").expect("a case");
    assert_eq!(case.basis, Basis::None { reason: "all_silent".into() });
}

#[test]
fn what_is_said_of_others_is_another_item() {
    let mut draft = study(&[("Xa1", 'y'), ("Ya1", 'y'), ("Xb1", 'y'), ("Yb1", 'n')]);
    let duty = |id: &str, speaker: &str| StatementRow {
        modality: Modality::Duty,
        bearer: Some("others".into()),
        ..says(id, speaker, "k", Stance::Affirm)
    };
    let more = [says("t1", "Xa1", "k", Stance::Affirm), duty("t2", "Xa1"), duty("t3", "Ya1")];
    draft.statements = more.into_iter().collect();
    let with = |whose| {
        let parameters = Parameters { whose, ..only_k() };
        written(&outcome(draft.clone(), &parameters).expect("findings")[0], &["items", "w"])
    };
    assert_eq!(with(Whose::Own), ["1", "1/2"]);
    assert_eq!(with(Whose::Others), ["1", "1/1"]);
    assert_eq!(with(Whose::Both), ["2", "3/4"]);
}

#[test]
fn who_is_counted_as_denying_it_may_be_anybody_unknown() {
    let said = [("Xa1", '?'), ("Xa2", '?'), ("Ya1", '?'), ("Xb1", 'y'), ("Yb1", 'y')];
    let with = |state| {
        let mut draft = study(&said);
        draft.constraints = vec![ConstraintRow {
            id: "c".into(),
            code: "k".into(),
            state,
            members: "Xa1 Xa2 Ya1".into(),
            min: Some(0),
            max: Some(1),
            ..ConstraintRow::default()
        }];
        let found = outcome(draft, &only_k()).expect("findings");
        let case = found.iter().find(|finding| finding.about == "case/a").expect("a case");
        number(case, "w").to_string()
    };
    // At most one says it and the others are silent; one who denies it can be a third state.
    assert_eq!(with(ConstraintState::Affirm), "[1/3, 1/1]");
    assert_eq!(with(ConstraintState::Deny), "[0/1, 1/1]");
}

#[test]
fn what_nobody_knows_is_perceived_nowhere() {
    let mut draft = study(&[("Xa1", 'y'), ("Ya1", 'n'), ("Xb1", 'y'), ("Yb1", 'y')]);
    draft.coverage.clear();
    let parameters = Parameters { perceived: "seen".into(), ..only_k() };
    let found = outcome(draft, &parameters).expect("findings");
    let perceived = found.last().expect("some");
    assert_eq!(
        (perceived.about.as_str(), perceived.template.as_str()),
        ("perceived", "perceived_open")
    );
    assert_eq!(written(perceived, &["accuracy", "cases", "unknown"]), ["not available", "0", "2"]);
}

#[test]
fn drawn_shares_do_not_follow_the_order_of_people_and_cases() {
    // Half of 24 people say it: too many ways to deal them out to count them all.
    let ids = |case: &'static str| (0..8).map(move |person| format!("X{case}{person}"));
    let ids: Vec<String> = ["a", "b", "c"].into_iter().flat_map(ids).collect();
    let letters = "yyyyysssyysyssssyyysyyss".chars();
    let said: Vec<(&str, char)> = ids.iter().map(String::as_str).zip(letters).collect();
    let share = |turned: bool, draft: &StudyDraft| {
        let mut draft = draft.clone();
        let case = |id: &str| CaseRow { id: id.into(), ..CaseRow::default() };
        let mut cases = ["a", "b", "c"].map(case).to_vec();
        if turned {
            cases.reverse();
            draft.participants.rotate_left(11);
        }
        let parameters = Parameters { permutations: 999, ..only_k() };
        let found = outcome(StudyDraft { cases: Some(cases), ..draft }, &parameters);
        number(&found.expect("findings")[0], "p").to_string()
    };
    let draft = study(&said);
    let one = share(false, &draft);
    assert!(one.ends_with("/1000"), "{one} was drawn");
    assert_eq!(one, share(true, &draft));
}

fn letters() -> impl Strategy<Value = Vec<char>> {
    prop::collection::vec(prop::sample::select(vec!['y', 'm', 'n', 's', '-', '?']), 6)
}

const PEOPLE: [&str; 6] = ["Xa1", "Ya1", "Xa2", "Xb1", "Yb1", "Yc1"];

fn of(letters: &[char]) -> Vec<(&'static str, char)> {
    PEOPLE.iter().copied().zip(letters.iter().copied()).collect()
}

fn ends(number: &Number) -> Option<(Fraction, Fraction)> {
    match number {
        Number::Ratio(value) => Some((*value, *value)),
        Number::Span { lower, upper } => Some((*lower, *upper)),
        _ => None,
    }
}

/// Every way to fill in what is unknown: said, silent, or denied where somebody denies it.
fn completed(letters: &[char]) -> Vec<Vec<char>> {
    let can: &[char] = if letters.contains(&'n') { &['y', 's', 'n'] } else { &['y', 's'] };
    let Some(at) = letters.iter().position(|&letter| letter == '?') else {
        return vec![letters.to_vec()];
    };
    let with = |&state: &char| {
        let mut filled = letters.to_vec();
        filled[at] = state;
        filled
    };
    can.iter().map(with).flat_map(|filled| completed(&filled)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn bounds_hold_the_value_of_every_completed_study(letters in letters()) {
        let Ok(open) = outcome(study(&of(&letters)), &only_k()) else { return Ok(()) };
        let overall = &open[0];
        for filled in completed(&letters) {
            let Ok(closed) = outcome(study(&of(&filled)), &only_k()) else { continue };
            for name in ["w", "b", "difference"] {
                let Some((value, _)) = ends(number(&closed[0], name)) else { continue };
                let Some((lower, upper)) = ends(number(overall, name)) else {
                    prop_assert!(false, "{name} exists in a completed study only");
                    continue;
                };
                prop_assert!(lower <= value && value <= upper, "{name}: {lower} {value} {upper}");
            }
        }
    }

    #[test]
    fn the_order_of_statements_does_not_matter(letters in letters()) {
        let draft = study(&of(&letters));
        let mut turned = draft.clone();
        let mut rows: Vec<StatementRow> = of(&letters)
            .iter()
            .enumerate()
            .filter_map(|(row, (id, letter))| {
                let stance = match letter {
                    'y' => Stance::Affirm,
                    'm' => Stance::Mixed,
                    'n' => Stance::Deny,
                    _ => return None,
                };
                Some(says(&format!("s{row:02}"), id, "k", stance))
            })
            .collect();
        rows.reverse();
        turned.statements = rows.into_iter().collect();
        let told = |draft: StudyDraft| match outcome(draft, &only_k()) {
            Ok(mut found) => {
                for finding in &mut found {
                    if let Basis::Evidence { items } = &mut finding.basis {
                        items.sort();
                    }
                }
                serde_json::to_string(&found).expect("can be written")
            }
            Err(reason) => reason.to_string(),
        };
        prop_assert_eq!(told(draft), told(turned));
    }

    #[test]
    fn names_in_the_same_order_change_names_only(letters in letters()) {
        let renamed: Vec<(String, char)> =
            of(&letters).iter().map(|(id, letter)| (format!("{id}-new"), *letter)).collect();
        let renamed: Vec<(&str, char)> =
            renamed.iter().map(|(id, letter)| (id.as_str(), *letter)).collect();
        let told = |said: &[(&str, char)]| match outcome(study(said), &only_k()) {
            Ok(found) => serde_json::to_string(&found).expect("can be written"),
            Err(reason) => reason.to_string(),
        };
        prop_assert_eq!(told(&of(&letters)), told(&renamed).replace("-new", ""));
    }
}
