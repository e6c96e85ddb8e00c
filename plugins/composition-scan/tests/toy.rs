//! What comes of small studies at the edges, and what does not depend on how a study is written?

use composition_scan::{Parameters, analyse};
use parallax_plugin::model::row::{
    CaseRow, ClaimKind, ClaimRow, ClaimState, CodeRow, ParticipantRow, SourceRow, StatementRow,
};
use parallax_plugin::model::settings::{CoverageDefault, Role};
use parallax_plugin::model::{Choices, Settings, StudyDraft};
use parallax_plugin::prelude::*;
use proptest::prelude::*;

/// People named by role and case (`Xa`), all asked for everything.
fn study(people: &[&str]) -> StudyDraft {
    let person = |id: &&str| ParticipantRow {
        id: (*id).into(),
        case: Some(id[1..2].into()),
        title: Some(id[..1].into()),
        ..ParticipantRow::default()
    };
    let case = |id: &str| CaseRow { id: id.into(), ..CaseRow::default() };
    StudyDraft {
        settings: Settings {
            title: "Toy".into(),
            roles: ["X", "Y"].map(|id| Role { id: id.into(), ..Role::default() }).to_vec(),
            coverage_default: CoverageDefault::Asked,
            ..Settings::default()
        },
        cases: Some(["a", "b", "c", "d"].map(case).to_vec()),
        participants: people.iter().map(person).collect(),
        codes: ["k", "l"].map(|id| CodeRow { id: id.into(), ..CodeRow::default() }).to_vec(),
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

fn claim(id: &str, expected: &str) -> ClaimRow {
    ClaimRow {
        id: id.into(),
        kind: Some(ClaimKind::Set),
        code: Some("k".into()),
        state: Some(ClaimState::Affirm),
        expected: Some(expected.into()),
        ..ClaimRow::default()
    }
}

fn outcome(draft: StudyDraft, parameters: &Parameters) -> Found {
    let checked = draft.check();
    let study = checked.study.unwrap_or_else(|| panic!("{:?}", checked.problems));
    let reading = study.reading(&Choices::default()).expect("a default reading");
    analyse(&reading, parameters, &Job::alone(0))
}

fn found(draft: StudyDraft) -> Vec<Finding> {
    outcome(draft, &Parameters::default()).expect("findings")
}

fn refused(draft: StudyDraft) -> NoFindings {
    outcome(draft, &Parameters::default()).expect_err("no findings")
}

fn abouts(found: &[Finding]) -> Vec<&str> {
    found.iter().map(|finding| finding.about.as_str()).collect()
}

fn rows(finding: &Finding, table: &str) -> Vec<String> {
    let table = finding.tables.iter().find(|one| one.name == table).expect("a table");
    let cell = |value: &Value| match value {
        Value::Names(names) => names.join(" "),
        Value::Number(number) => number.to_string(),
        Value::Word(text) | Value::Text(text) | Value::Role(text) | Value::Code(text) => {
            text.clone()
        }
        other => panic!("unexpected {other:?}"),
    };
    table.rows.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join("|")).collect()
}

#[test]
fn few_cases_no_difference_and_no_outcome_are_not_available() {
    let reason = |reason: &str| NoFindings::NotAvailable(reason.into());
    let two = StudyDraft { claims: vec![claim("c1", "@a")], ..study(&["Xa", "Yb"]) };
    assert_eq!(refused(two), reason("few_cases"));
    let alike = StudyDraft { claims: vec![claim("c1", "@a")], ..study(&["Xa", "Xb", "Xc"]) };
    assert_eq!(refused(alike), reason("same_everywhere"));
    let silent = StudyDraft {
        // One names every case, the other a person whose case has nobody else's difference.
        claims: vec![claim("c1", "@a @b @c")],
        ..study(&["Xa", "Xb", "Yc"])
    };
    assert_eq!(refused(silent), reason("no_outcome"));
    let below = Parameters { below: "m".into(), ..Parameters::default() };
    let failed = outcome(study(&["Xa", "Xb", "Yc"]), &below).expect_err("no such code");
    assert_eq!(failed, NoFindings::failed("its parameter `below` names no code: `m`"));
}

#[test]
fn a_claim_that_nothing_is_about_says_that_the_report_says_so() {
    let found = found(StudyDraft { claims: vec![claim("c1", "@c")], ..study(&["Xa", "Xb", "Yc"]) });
    assert_eq!(abouts(&found), ["report", "hit/report/c1/role/Y"]);
    for finding in &found {
        assert_eq!(finding.basis, Basis::None { reason: "report_says_so".into() });
    }
}

#[test]
fn equal_sets_and_sets_that_leave_one_another_count_once() {
    let mut only = claim("c2", "Yc");
    only.kind = Some(ClaimKind::Only);
    let claims = vec![claim("c1", "@a @b"), only, claim("c3", "X*")];
    let found = found(StudyDraft { claims, ..study(&["Xa", "Xb", "Yc"]) });
    let report = &found[0];
    assert_eq!(rows(report, "outcomes_compared"), ["c1|claim|a b|c3|c2|"]);
    // Where somebody has the one role, nobody has the other.
    assert_eq!(rows(report, "features_compared"), ["1|role|X|a b", "1|role|Y|c"]);
    assert_eq!(abouts(&found)[1], "hit/report/c1/role/X");
    assert_eq!(found[1].template, "hit_claims");
}

#[test]
fn who_says_the_contrary_is_named() {
    let statements = vec![
        says("s1", "Yc", "k", Stance::Affirm),
        says("s2", "Xa", "k", Stance::Mixed),
        says("s3", "Xb", "k", Stance::Deny),
        says("s4", "Yd", "k", Stance::Deny),
    ];
    let claims = vec![claim("c1", "@c @d")];
    let found = found(StudyDraft {
        statements: statements.into_iter().collect(),
        claims,
        ..study(&["Xa", "Xb", "Yc", "Yd"])
    });
    let hit = found.iter().find(|f| f.about == "hit/report/c1/role/Y").expect("a hit");
    let weights: Vec<Weight> = hit.evidence().iter().map(|evidence| evidence.weight).collect();
    use Weight::{Contrary, Supporting};
    assert_eq!(weights, [Supporting, Contrary, Supporting, Contrary]);
    assert_eq!(hit.values["against"], Value::Names(vec!["Xa".into(), "Yd".into()]));
    // The code itself is said at a and c.
    let codes = found.iter().find(|f| f.about == "codes").expect("codes");
    assert_eq!(rows(codes, "outcomes_compared"), ["k|own|a c|||"]);
}

#[test]
fn a_case_of_which_nobody_knows_leaves_a_code_undecided() {
    let mut draft = study(&["Xa", "Xb", "Yc"]);
    draft.settings.coverage_default = CoverageDefault::Unknown;
    draft.statements = vec![
        says("s1", "Xa", "k", Stance::Affirm),
        says("s2", "Xa", "l", Stance::Affirm),
        says("s3", "Xb", "l", Stance::Affirm),
        says("s4", "Yc", "l", Stance::Deny),
    ]
    .into_iter()
    .collect();
    let found = found(draft);
    assert_eq!(abouts(&found), ["codes", "hit/codes/l/own/role/X"]);
    assert_eq!(rows(&found[0], "undecided_codes"), ["k|own|b c"]);
    assert!(found[0].caveats.iter().any(|caveat| caveat.template == "undecided"));
}

#[test]
fn who_asked_counts_where_every_case_says_so() {
    let source = |who: &str, by: Option<&str>| SourceRow {
        id: format!("talk-{who}"),
        participants: Some(who.into()),
        interviewer: by.map(Into::into),
        ..SourceRow::default()
    };
    let with = |last: Option<&str>| {
        let sources = vec![source("Xa", Some("P")), source("Xb", Some("Q")), source("Xc", last)];
        let claims = vec![claim("c1", "@b @c")];
        outcome(
            StudyDraft { sources: Some(sources), claims, ..study(&["Xa", "Xb", "Xc"]) },
            &Parameters::default(),
        )
    };
    let all = with(Some("Q")).expect("findings");
    assert_eq!(abouts(&all), ["report", "hit/report/c1/interviewer/Q"]);
    assert_eq!(
        rows(&all[0], "features_compared"),
        ["1|by_interviewer|P|a", "1|by_interviewer|Q|b c"]
    );
    // Without the last, nobody knows who asked at c: neither P nor Q is decided; and so where
    // somebody stands in no source.
    assert_eq!(with(None).expect_err("none"), NoFindings::not_available("same_everywhere"));
    let sources = vec![source("Xa", Some("P")), source("Xb", Some("Q"))];
    let claims = vec![claim("c1", "@b @c")];
    let unheard = StudyDraft { sources: Some(sources), claims, ..study(&["Xa", "Xb", "Xc"]) };
    let refused = outcome(unheard, &Parameters::default()).expect_err("none");
    assert_eq!(refused, NoFindings::not_available("same_everywhere"));
}

#[test]
fn equally_common_titles_all_count() {
    let mut draft = study(&["Xa", "Xb", "Xc", "Xd"]);
    draft.settings.roles[0].aliases = vec!["head".into(), "deputy".into()];
    for (person, title) in draft.participants.iter_mut().zip(["head", "head", "deputy", "deputy"]) {
        person.title = Some(title.into());
    }
    draft.claims = vec![claim("c1", "@c")];
    let found = found(draft);
    assert_eq!(rows(&found[0], "features_compared"), ["1|title|head|a b", "1|title|deputy|c d"]);
    assert_eq!(found[0].template, "report_none");
}

/// Five people at four cases say something about two codes, which are called `codes`.
fn drawn(said: &[(usize, usize, usize)], codes: [&str; 2], turned: bool) -> StudyDraft {
    let people = ["Xa", "Xb", "Yb", "Yc", "Xd"];
    let stances = [Stance::Affirm, Stance::Deny, Stance::Mixed];
    let statements = said.iter().enumerate().map(|(row, &(person, code, stance))| {
        says(&format!("s{row:02}"), people[person], codes[code], stances[stance])
    });
    let mut statements: Vec<StatementRow> = statements.collect();
    if turned {
        statements.reverse();
    }
    let claims = [claim("c1", "@b @c"), claim("c2", "Xa Yb")];
    StudyDraft {
        codes: codes.map(|id| CodeRow { id: id.into(), ..CodeRow::default() }).to_vec(),
        statements: statements.into_iter().collect(),
        claims: claims.map(|claim| ClaimRow { code: Some(codes[0].into()), ..claim }).to_vec(),
        ..study(&people)
    }
}

#[test]
fn drawn_shares_do_not_follow_the_order_of_people_and_cases() {
    // Twelve cases are too many to count all relabellings.
    let ids: Vec<String> = ('a'..='l').map(|case| format!("X{case}")).collect();
    let others = ["Yb", "Yd", "Yi"];
    let people: Vec<&str> = ids.iter().map(String::as_str).chain(others).collect();
    let share = |turned: bool| {
        let case = |id: char| CaseRow { id: id.to_string(), ..CaseRow::default() };
        let mut cases: Vec<CaseRow> = ('a'..='l').map(case).collect();
        let mut draft = study(&people);
        if turned {
            cases.reverse();
            draft.participants.rotate_left(5);
        }
        let claims = vec![claim("c1", "@b @d @i"), claim("c2", "@a @c @e")];
        let draft = StudyDraft { cases: Some(cases), claims, ..draft };
        let parameters = Parameters { permutations: 9999, ..Parameters::default() };
        let found = outcome(draft, &parameters).expect("findings");
        let p = found[0].measures.iter().find(|measure| measure.name == "p");
        p.expect("a share").number.to_string()
    };
    let one = share(false);
    assert!(one.ends_with("/10000"), "{one} was drawn");
    assert_eq!(one, share(true));
}

/// Findings as text, their evidence in the order of its ids.
fn written(mut found: Vec<Finding>) -> String {
    for finding in &mut found {
        if let Basis::Evidence { items } = &mut finding.basis {
            items.sort();
        }
    }
    serde_json::to_string(&found).expect("can be written")
}

proptest! {
    #[test]
    fn the_order_of_statements_and_what_codes_are_called_do_not_matter(
        said in prop::collection::vec((0..5_usize, 0..2_usize, 0..3_usize), 0..10),
    ) {
        let first = written(found(drawn(&said, ["k-one", "k-two"], false)));
        prop_assert_eq!(&first, &written(found(drawn(&said, ["k-one", "k-two"], true))));
        let renamed = written(found(drawn(&said, ["one-more", "two-more"], false)));
        let back = renamed.replace("one-more", "k-one").replace("two-more", "k-two");
        prop_assert_eq!(&first, &back);
    }
}
