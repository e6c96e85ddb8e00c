//! Do the statuses, rates and sets of the theory's worked example come out?

use expectation_mismatch::{Ascribers, Parameters, analyse};
use parallax_plugin::model::row::{
    AscribedTo, CodeRow, ConstraintRow, CoverageRow, CoverageStatus, ParticipantRow, SourceKind,
    SourceRow, StatementRow,
};
use parallax_plugin::model::settings::Role;
use parallax_plugin::model::{Choices, Settings, StudyDraft};
use parallax_plugin::prelude::*;

fn role(id: &str) -> Role {
    Role { id: id.into(), ..Role::default() }
}

fn person(id: &str, case: &str, title: &str) -> ParticipantRow {
    ParticipantRow {
        id: id.into(),
        case: Some(case.into()),
        title: Some(title.into()),
        ..ParticipantRow::default()
    }
}

fn says(id: &str, speaker: &str, modality: Modality, bearer: &str, code: &str) -> StatementRow {
    StatementRow {
        id: id.into(),
        speaker: speaker.into(),
        code: code.into(),
        modality,
        bearer: Some(bearer.into()),
        ..StatementRow::default()
    }
}

fn denies(statement: StatementRow) -> StatementRow {
    StatementRow { stance: Stance::Deny, ..statement }
}

fn asked(participant: &str, code: &str) -> CoverageRow {
    CoverageRow {
        participant: participant.into(),
        code: Some(code.into()),
        status: CoverageStatus::Asked,
        ..CoverageRow::default()
    }
}

fn study(people: &[(&str, &str, &str)], statements: Vec<StatementRow>) -> StudyDraft {
    StudyDraft {
        settings: Settings {
            title: "Toy".into(),
            roles: ["X", "Y", "Z"].map(role).to_vec(),
            ..Settings::default()
        },
        participants: people.iter().map(|(id, case, title)| person(id, case, title)).collect(),
        codes: ["k1", "k2", "k3"]
            .map(|id| CodeRow { id: id.into(), ..CodeRow::default() })
            .to_vec(),
        statements: statements.into_iter().collect(),
        ..StudyDraft::default()
    }
}

fn found(draft: StudyDraft) -> Vec<Finding> {
    let checked = draft.check();
    let study = checked.study.unwrap_or_else(|| panic!("{:?}", checked.problems));
    let reading = study.reading(&Choices::default()).expect("a default reading");
    let parameters = Parameters { ascribers: Ascribers::Apart };
    analyse(&reading, &parameters, &Job::alone(0)).expect("findings")
}

fn about<'f>(findings: &'f [Finding], path: &str) -> &'f Finding {
    let named = findings.iter().find(|finding| finding.about == path);
    named.unwrap_or_else(|| {
        let paths: Vec<&str> = findings.iter().map(|finding| finding.about.as_str()).collect();
        panic!("no {path} among {paths:?}")
    })
}

fn number(finding: &Finding, name: &str) -> String {
    let measure = finding.measures.iter().find(|measure| measure.name == name);
    measure.unwrap_or_else(|| panic!("no {name}")).number.to_string()
}

/// Theory D1. Case c1: X expects k1 and k2 of Y, who affirms k1 and is silent on k2; Z expects k3
/// of Y, who denies it; X expects k1 of Z, who affirms the duty but does not do it. Case c2: X
/// expects k1 of Y, who was not asked, and k2 of a Z who is not there; Y affirms k3, on which X
/// was asked and silent.
fn worked_example() -> StudyDraft {
    use Modality::{Duty, Enact};
    let people = [
        ("x1", "c1", "X"),
        ("y1", "c1", "Y"),
        ("z1", "c1", "Z"),
        ("x2", "c2", "X"),
        ("y2", "c2", "Y"),
    ];
    let statements = vec![
        says("s1", "x1", Duty, "Y", "k1"),
        says("s2", "y1", Duty, "self", "k1"),
        says("s3", "x1", Duty, "Y", "k2"),
        says("s4", "z1", Duty, "Y", "k3"),
        denies(says("s5", "y1", Duty, "self", "k3")),
        says("s6", "x1", Duty, "Z", "k1"),
        says("s7", "z1", Duty, "self", "k1"),
        denies(says("s8", "z1", Enact, "self", "k1")),
        says("s9", "x2", Duty, "Y", "k1"),
        says("s10", "x2", Duty, "Z", "k2"),
        says("s11", "y2", Duty, "self", "k3"),
    ];
    StudyDraft {
        coverage: vec![
            asked("y1", "k2"),
            CoverageRow { status: CoverageStatus::NotAsked, ..asked("y2", "k1") },
            asked("x2", "k3"),
        ],
        ..study(&people, statements)
    }
}

#[test]
fn the_worked_example_has_each_status_once() {
    let findings = found(worked_example());
    let overall = about(&findings, "participants/overall");
    for status in
        ["aligned", "unrecognised", "contested", "unmet", "unknown", "vacant", "unsolicited"]
    {
        assert_eq!(number(overall, status), "1", "{status}");
    }
    assert_eq!(number(overall, "mismatch_rate"), "3/4");
    assert_eq!(number(overall, "mismatch_bounds"), "[3/5, 4/5]");
    assert_eq!(about(&findings, "c2/others>y2/k3").template, "unsolicited");
    assert_eq!(about(&findings, "c2/x2>Z/k2").template, "vacant");
}

/// Of two people of a role one claims the duty and says that she does not do it; nobody knows
/// whether the other was asked. When it is known that he was, and is silent, it is unmet.
#[test]
fn bounds_hold_that_a_claimed_duty_turns_out_to_be_unmet() {
    use Modality::{Duty, Enact};
    let people = [("x1", "c1", "X"), ("y1", "c1", "Y"), ("y2", "c1", "Y")];
    let statements = vec![
        says("s1", "x1", Duty, "Y", "k1"),
        says("s2", "y1", Duty, "self", "k1"),
        denies(says("s3", "y1", Enact, "self", "k1")),
        says("s4", "x1", Duty, "Y", "k2"),
        says("s5", "y1", Duty, "self", "k2"),
    ];
    let open = study(&people, statements);
    let known = StudyDraft { coverage: vec![asked("*", "k1")], ..open.clone() };
    let (open, known) = (found(open), found(known));
    let bounds = |findings| number(about(findings, "participants/X>Y"), "mismatch_bounds");
    assert_eq!((bounds(&open), bounds(&known)), ("[0/2, 1/2]".to_owned(), "1/2".to_owned()));
    assert_eq!(about(&open, "c1/x1>Y/k1").template, "unknown_done");
    assert_eq!(about(&known, "c1/x1>Y/k1").template, "unmet");
    assert_eq!(about(&open, "c1/x1>Y/k2").template, "aligned");
}

/// Everybody was asked of the duty and is silent, and one of two is known to do it: who does so
/// claims it, whoever that is.
#[test]
fn bounds_hold_that_who_is_silent_on_a_duty_turns_out_to_do_it() {
    let people = [("x1", "c1", "X"), ("y1", "c1", "Y"), ("z1", "c1", "Z")];
    let one_of_them = ConstraintRow {
        id: "n1".into(),
        code: "k1".into(),
        modality: Some(Modality::Enact),
        bearer: Some(AscribedTo::Own),
        members: "y1 z1".into(),
        min: Some(1),
        ..ConstraintRow::default()
    };
    let expected = says("s1", "x1", Modality::Duty, "Y", "k1");
    let asked = || vec![asked("*", "k1")];
    let open = StudyDraft {
        coverage: asked(),
        constraints: vec![one_of_them],
        ..study(&people, vec![expected.clone()])
    };
    let bounds = |draft| number(about(&found(draft), "participants/X>Y"), "mismatch_bounds");
    assert_eq!(bounds(open), "[0/1, 1/1]");
    for (does, mismatch) in [("y1", "0/1"), ("z1", "1/1")] {
        let done = says("s2", does, Modality::Enact, "self", "k1");
        let known = study(&people, vec![expected.clone(), done]);
        assert_eq!(bounds(StudyDraft { coverage: asked(), ..known }), mismatch);
    }
}

#[test]
fn the_worked_example_has_a_congruence_of_one_half() {
    let findings = found(worked_example());
    let table = &about(&findings, "participants/X>Y").tables[0];
    let row = table.rows.iter().find(|row| row[0] == Value::Case("c1".into())).expect("c1");
    assert_eq!(row[3], Value::Number(Number::fraction(1, 2, "")));
}

/// Theory D1, oracle (c): in each case with an L, L expects support of S and of I.
#[test]
fn expectations_of_absent_people_are_vacant_and_out_of_the_rate() {
    let with_s = ["1", "3", "4", "5", "6"];
    let with_i = ["1", "5", "6"];
    let mut people = Vec::new();
    let mut statements = Vec::new();
    let ids: Vec<[String; 3]> =
        with_s.iter().map(|case| ["x", "y", "z"].map(|role| format!("{role}{case}"))).collect();
    for (case, [x, y, z]) in with_s.iter().zip(&ids) {
        people.push((x.as_str(), *case, "X"));
        people.push((y.as_str(), *case, "Y"));
        if with_i.contains(case) {
            people.push((z.as_str(), *case, "Z"));
        }
        for bearer in ["Y", "Z"] {
            let id = format!("{x}-{bearer}");
            statements.push(says(&id, x, Modality::Duty, bearer, "k1"));
        }
    }
    for holder in ["y1", "y4", "z5"] {
        statements.push(says(&format!("own-{holder}"), holder, Modality::Duty, "self", "k1"));
    }
    let draft = StudyDraft { coverage: vec![asked("*", "k1")], ..study(&people, statements) };
    let overall = found(draft);
    let overall = about(&overall, "participants/overall");
    assert_eq!(number(overall, "mismatch_rate"), "5/8");
    assert_eq!(number(overall, "aligned"), "3");
    assert_eq!(number(overall, "unrecognised"), "5");
    assert_eq!(number(overall, "vacant"), "2");
}

#[test]
fn a_document_speaks_of_a_role_at_every_case() {
    let people = [("x1", "c1", "X"), ("y1", "c1", "Y"), ("y2", "c2", "Y")];
    let statements = vec![
        says("d1", "doc:policy", Modality::Duty, "Y", "k1"),
        says("s1", "y2", Modality::Duty, "self", "k1"),
    ];
    let draft = StudyDraft {
        coverage: vec![asked("*", "k1")],
        sources: Some(vec![SourceRow {
            id: "policy".into(),
            kind: SourceKind::Document,
            ..SourceRow::default()
        }]),
        ..study(&people, statements)
    };
    let findings = found(draft);
    assert_eq!(number(about(&findings, "documents/overall"), "mismatch_rate"), "1/2");
    assert_eq!(about(&findings, "c2/doc:policy>y2/k1").template, "aligned");
    assert_eq!(about(&findings, "c1/doc:policy>y1/k1").template, "unrecognised");
}

#[test]
fn people_without_a_case_are_said_to_have_none() {
    let nowhere = |id: &str, title: &str| ParticipantRow { case: None, ..person(id, "", title) };
    let mut draft = study(&[], vec![says("s1", "x1", Modality::Duty, "Y", "k1")]);
    draft.participants = vec![nowhere("x1", "X"), nowhere("y1", "Y")];
    let findings = found(draft);
    let expected = about(&findings, "x1>y1/k1");
    assert_eq!(expected.values["case"], Value::Word("no_case".to_owned()));
    let pair = about(&findings, "participants/X>Y");
    assert_eq!(pair.tables[0].rows[0][0], Value::Word("no_case".to_owned()));
}

#[test]
fn others_spread_over_every_other_role_at_the_case() {
    let people = [("x1", "c1", "X"), ("y1", "c1", "Y"), ("z1", "c1", "Z"), ("y2", "c2", "Y")];
    let findings = found(study(&people, vec![says("s1", "x1", Modality::Duty, "others", "k1")]));
    for bearer in ["y1", "z1"] {
        let finding = about(&findings, &format!("c1/x1>{bearer}/k1"));
        assert_eq!(number(finding, "spread"), "2");
    }
    assert!(findings.iter().all(|finding| !finding.about.starts_with("c2/")));
}

#[test]
fn senders_who_disagree_are_marked() {
    let people = [("x1", "c1", "X"), ("y1", "c1", "Y"), ("z1", "c1", "Z")];
    let statements = vec![
        says("s1", "x1", Modality::Duty, "Y", "k1"),
        denies(says("s2", "z1", Modality::Duty, "Y", "k1")),
        says("s3", "y1", Modality::Duty, "self", "k1"),
    ];
    let findings = found(study(&people, statements));
    let conflict = |path: &str| {
        about(&findings, path).caveats.iter().any(|c| c.template == "inter_sender_conflict")
    };
    assert!(conflict("c1/x1>y1/k1") && conflict("c1/z1>y1/k1"));
    assert_eq!(about(&findings, "c1/z1>y1/k1").template, "contested");
}

#[test]
fn a_study_without_expectations_is_told_so() {
    let people = [("x1", "c1", "X")];
    let draft = study(&people, vec![says("s1", "x1", Modality::Duty, "self", "k1")]);
    let study = draft.check().study.expect("sound");
    let reading = study.reading(&Choices::default()).expect("a default reading");
    let outcome = analyse(&reading, &Parameters::default(), &Job::alone(0));
    assert!(matches!(outcome, Err(NoFindings::NotAvailable(_))), "{outcome:?}");
}

#[test]
fn holders_from_several_cases_go_by_their_role_in_any_order() {
    let people = [("x1", "1", "X"), ("x2", "2", "X"), ("x2b", "2", "X"), ("y3", "3", "Y")];
    let said = |id, speaker| says(id, speaker, Modality::Duty, "y3", "k1");
    let named = |statements| {
        let found = found(study(&people, statements));
        let paths: Vec<String> = found.iter().map(|finding| finding.about.clone()).collect();
        paths.into_iter().find(|path| path.starts_with("3/")).expect("an expectation of y3")
    };
    assert_eq!(named(vec![said("a", "x1"), said("b", "x2")]), "3/X>y3/k1");
    assert_eq!(named(vec![said("b", "x2"), said("a", "x1")]), "3/X>y3/k1");
    assert_eq!(named(vec![said("a", "x1")]), "3/x1>y3/k1");
}
