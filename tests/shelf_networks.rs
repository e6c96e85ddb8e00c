//! Do the scripts about networks, saturation, disclosure and counterparts count as a hand does?

use std::path::Path;
use std::sync::atomic::AtomicBool;

use parallax_engine::check::check_folder;
use parallax_engine::shelf::script::{STANDARD_SCRIPTS, ScriptAnalysis};
use parallax_engine::shelf::{Body, Shelf};
use parallax_model::{Choices, Finding, Number, Outcome, Study, Value, Weight};
use serde_json::{Value as Json, json};

#[path = "shelf_networks/whatever.rs"]
mod whatever;

/// No run is stopped.
static RUNNING: AtomicBool = AtomicBool::new(false);

fn study(folder: &str) -> Study {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder);
    let checked = check_folder(&folder);
    checked.study.unwrap_or_else(|| panic!("{:?}", checked.problems))
}

fn seed() -> Study {
    study("studies/vso-internships")
}

fn outcome(study: &Study, id: &str, parameters: Json) -> Outcome {
    let (_, source) = STANDARD_SCRIPTS.iter().find(|(known, _)| *known == id).expect("a script");
    let script = ScriptAnalysis::load(id, source);
    let script = script.unwrap_or_else(|problem| panic!("{}", problem.render(source)));
    let mut shelf = Shelf::default();
    shelf.add(Body::Script(script)).expect("an empty shelf");
    let reading = study.reading(&Choices::default()).expect("the default reading is offered");
    let Json::Object(chosen) = parameters else { panic!("parameters are an object") };
    let ran = shelf.get(id).expect("was added").run(&reading, &chosen, 20_250_411, &RUNNING);
    match ran.outcome {
        Outcome::Failed(why) => panic!("{id}: {why}"),
        outcome => outcome,
    }
}

fn found(study: &Study, id: &str, parameters: Json) -> Vec<Finding> {
    match outcome(study, id, parameters) {
        Outcome::Found(findings) => findings,
        other => panic!("{id}: {other:?}"),
    }
}

fn about<'f>(findings: &'f [Finding], about: &str) -> &'f Finding {
    let found = findings.iter().find(|finding| finding.about == about);
    found.unwrap_or_else(|| panic!("nothing about {about}"))
}

fn shown(value: &Value) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        Value::Names(names) => names.join("+"),
        Value::Code(id) | Value::Role(id) | Value::Participant(id) | Value::Case(id) => id.clone(),
        Value::Source(id) | Value::Word(id) | Value::Text(id) => id.clone(),
        Value::Said { state, statements } => format!("{state}: {}", statements.join("+")),
    }
}

fn measure(finding: &Finding, name: &str) -> String {
    let found = finding.measures.iter().find(|measure| measure.name == name);
    found.unwrap_or_else(|| panic!("no {name}")).number.to_string()
}

fn rows(finding: &Finding, table: &str) -> Vec<String> {
    let found = finding.tables.iter().find(|known| known.name == table);
    let row = |row: &Vec<Value>| row.iter().map(shown).collect::<Vec<_>>().join(" ");
    found.unwrap_or_else(|| panic!("no table {table}")).rows.iter().map(row).collect()
}

fn cited(finding: &Finding, weight: Weight) -> Vec<&str> {
    let items = finding.evidence().iter().filter(|item| item.weight == weight);
    items.map(|item| item.id.as_str()).collect()
}

fn holds(finding: &Finding, expected: &[(&str, &str)]) {
    for (name, number) in expected {
        assert_eq!(measure(finding, name), *number, "{name} of {}", finding.about);
    }
}

#[test]
fn reflexive_ties_of_the_seed_are_those_of_the_task_table() {
    let findings = found(&seed(), "positioning-network", json!({ "below": "P.task" }));
    let all = about(&findings, "all");
    // Claims: 15, 8 and 4. One of the 15 is only known of two people together (k01), so that there
    // are 14 statements for it. Beside them S6 speaks of L6, and S5 of the coordinators.
    assert_eq!(rows(all, "by_role"), ["S 7/7 14 15 2 0", "L 5/5 8 8 0 1", "I 4/4 4 4 0 0"]);
    assert!(all.evidence().iter().any(|item| item.id == "k01"));
    let ties = rows(all, "ties");
    assert_eq!(
        ties,
        [
            "S S 14 14 7 14 0 0",
            "S L 1 0 1 1 0 0",
            "S C 1 0 1 1 0 0",
            "L L 8 8 5 8 0 0",
            "I I 4 4 4 4 0 0"
        ]
    );
    // 26 own task duties and the one of L6.
    let balance = found(&seed(), "deontic-balance", json!({ "below": "P.task" }));
    holds(about(&balance, "all"), &[("duty", "27"), ("permission", "1"), ("share", "1/28")]);
}

#[test]
fn all_ties_of_the_seed_are_those_of_a_count_by_hand() {
    let findings = found(&seed(), "positioning-network", json!({}));
    let all = about(&findings, "all");
    holds(all, &[("speakers", "16/16"), ("statements", "38"), ("own", "26"), ("others", "12")]);
    holds(all, &[("reciprocity", "6/6")]);
    assert_eq!(rows(all, "pairs"), ["S L 3 3 0/6", "S I 2 3 1/5", "L I 1 2 1/3"]);
    // Pupils (by L5) and coordinators (by S5) are positioned and not heard: the two permissions.
    let unheard = found(&seed(), "unheard-roles", json!({}));
    let ids: Vec<&str> = unheard.iter().map(|finding| finding.about.as_str()).collect();
    assert_eq!(ids, ["all", "role/C", "role/pupil"]);
    assert_eq!(cited(about(&unheard, "role/C"), Weight::Supporting), ["s070"]);
    assert_eq!(cited(about(&unheard, "role/pupil"), Weight::Supporting), ["s069"]);
    let balance = found(&seed(), "deontic-balance", json!({}));
    let balance = about(&balance, "all");
    holds(balance, &[("duty", "36"), ("right", "0"), ("permission", "2"), ("share", "2/38")]);
    assert!(balance.caveats.iter().any(|caveat| caveat.template == "guide"));
}

#[test]
fn denied_ties_and_those_to_colleagues_stay_apart() {
    let all = &found(&study("scripts/positioning-network"), "positioning-network", json!({}))[0];
    let ties = rows(all, "ties");
    // Three statements within the role, two of them about oneself; one denies that N2 has a duty.
    assert_eq!(ties[0], "nurse nurse 3 2 2 2 1 0");
    assert_eq!(ties[1], "nurse doctor 2 0 2 1 1 0");
    assert_eq!(cited(all, Weight::Contrary), ["s3", "s5"]);
    // What N1 thinks that the doctor thinks is no tie.
    assert!(!all.evidence().iter().any(|item| item.id == "s11"));
}

#[test]
fn what_another_role_speaks_of_as_its_own_may_be_a_roles_own_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let small = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scripts/positioning-network");
    for name in ["study.yaml", "participants.csv", "codes.csv", "statements.csv"] {
        let text = std::fs::read_to_string(small.join(name)).expect("the small study");
        let unasked = text.replace("coverage_default: asked\n", "");
        std::fs::write(folder.path().join(name), unasked).expect("can be written");
    }
    let checked = check_folder(folder.path());
    let study = checked.study.unwrap_or_else(|| panic!("{:?}", checked.problems));
    let all = &found(&study, "positioning-network", json!({}))[0];
    // Both nurses watch and may decide, the doctor decides and may watch, and of the student
    // nobody knows either.
    let by_role = rows(all, "by_role");
    let claims: Vec<&str> = by_role.iter().map(|row| &row[..row.len() - 4]).collect();
    assert_eq!(claims, ["nurse 2/2 2 [2, 4]", "doctor 1/1 1 [1, 2]", "student 0/1 0 [0, 2]"]);
}

#[test]
fn agreement_in_the_toy_is_that_of_the_theory() {
    let toy = study("scripts/content-agreement");
    let findings = found(&toy, "content-agreement", json!({ "actors": "participants" }));
    let pairs = rows(about(&findings, "all"), "pairs");
    // One, other, w+, w−, subtracted, normalised (2/3, 1/2, 1/2), divided, only one speaks.
    assert_eq!(pairs, ["A B 2 1 1 4/6 0 0", "A C 1 0 1 2/4 0 2", "B C 1 0 1 2/4 0 2"]);
    let findings = found(
        &study("scripts/content-conflict"),
        "content-conflict",
        json!({ "actors": "participants" }),
    );
    let conflict = about(&findings, "content/c2/view");
    assert_eq!(cited(conflict, Weight::Contrary), ["s5"]);
    holds(conflict, &[("silent", "1/3")]);
}

#[test]
fn roles_of_the_seed_agree_as_a_count_by_hand_says() {
    let findings = found(&seed(), "content-agreement", json!({}));
    let all = about(&findings, "all");
    // They speak of 14, 14 and 12 contents. All agree on types and effect; S and L expect the
    // counsellor to communicate; L and I deny the influence that S affirms. Divided on tailoring
    // are L and I, on differences S and L.
    assert_eq!(
        rows(all, "pairs"),
        ["S L 3 1 2 6/28 2 16", "S I 2 1 1 4/26 2 16", "L I 3 0 3 6/26 2 16"]
    );
    holds(all, &[("divided", "4"), ("shared", "6/29")]);
    let findings = found(&seed(), "content-conflict", json!({}));
    let conflict = about(&findings, "content/V.infl/view");
    assert_eq!(shown(&conflict.values["affirm"]), "S");
    assert_eq!(shown(&conflict.values["deny"]), "L+I");
}

#[test]
fn saturation_of_the_toy_is_that_of_the_theory() {
    let findings = found(&study("scripts/saturation"), "saturation", json!({}));
    let all = about(&findings, "all");
    let fresh: Vec<String> = rows(all, "curve")
        .iter()
        .map(|row| row.split(' ').skip(2).collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(
        fresh,
        ["6 6 –", "3 9 –", "2 11 –", "1 12 –", "1 13 –", "0 13 1/12", "0 13 0/1", "1 14 1/12"]
    );
    assert_eq!(shown(&all.values["point"]), "5+2");
    holds(all, &[("share", "0/1"), ("late", "1/14")]);
    assert_eq!(cited(all, Weight::Contrary), ["s28"]);
    // Reached only where the two interviews without a code of their own come one after the other
    // among the last four: 3 · 2 · 6! of 8! orders, 3/28.
    let orders =
        found(&study("scripts/saturation-orders"), "saturation-orders", json!({ "orders": 2000 }));
    let all = about(&orders, "all");
    let reached = all.measures.iter().find(|measure| measure.name == "reached").expect("is told");
    let Number::Fraction(share) = reached.number else { panic!("{reached:?}") };
    assert!((share.to_f64() - 3.0 / 28.0).abs() < 0.03, "{share}");
    // Six parents: 12 codes in the base and 1 in the only run. Two teachers are too few.
    let parents = about(&findings, "role/parent");
    holds(parents, &[("codes", "13")]);
    holds(about(&orders, "role/parent"), &[("reached", "0/2000")]);
    assert_eq!(rows(about(&findings, "all"), "too_few"), ["teacher not available"]);
}

#[test]
fn codes_of_the_codebook_count_when_asked_for() {
    let toy = study("scripts/saturation");
    let findings = found(&toy, "saturation", json!({ "deductive": true }));
    holds(about(&findings, "all"), &[("codes", "15"), ("share", "0/1")]);
    let Outcome::NotAvailable(_) = outcome(&toy, "saturation", json!({ "base": 7 })) else {
        panic!("nine interviews are needed and there are eight")
    };
}

#[test]
fn saturation_of_the_seed_comes_too_early() {
    let findings = found(&seed(), "saturation", json!({}));
    let all = about(&findings, "all");
    assert_eq!(shown(&all.values["point"]), "4+2");
    // SEARCH (s070), resources, broader and extra assistants come after the first six interviews.
    holds(all, &[("codes", "9"), ("late", "4/9")]);
    assert_eq!(cited(all, Weight::Contrary), ["s070", "s103", "s104", "s105"]);
    assert_eq!(rows(all, "too_few"), ["L not available", "I not available"]);
}

#[test]
fn unique_people_are_counted_with_and_without_those_left_out() {
    let findings = found(&seed(), "disclosure", json!({ "attributes": ["gender"] }));
    let all = about(&findings, "all");
    // The theory's 15 of 17 has the orthopedagogue among them, who is in no reading; S3a and S3b
    // share a cell.
    holds(all, &[("unique", "15/17"), ("unique_here", "14/16"), ("smallest", "1")]);
    let alone = rows(all, "alone");
    assert!(alone.iter().any(|row| row.starts_with("O4 ")));
    assert!(!alone.iter().any(|row| row.starts_with("S3")));
    let toy =
        found(&study("scripts/disclosure"), "disclosure", json!({ "attributes": ["gender"] }));
    assert_eq!(
        rows(&toy[0], "steps"),
        ["case 2 3 0/7 0/6", "case, role 4 1 2/7 1/6", "case, role, gender 6 1 5/7 4/6"]
    );
    holds(&toy[0], &[("blank", "1/7")]);
}

#[test]
fn the_logbook_of_the_seed_is_watched_by_another() {
    let findings = found(&seed(), "unmet-counterparts", json!({}));
    let duties = about(&findings, "all");
    // Twelve expectations ask for what nobody was asked about themselves.
    holds(duties, &[("all", "13"), ("met", "0"), ("elsewhere", "1"), ("unknown", "12")]);
    holds(duties, &[("silent", "0"), ("denied", "0"), ("vacant", "0"), ("share", "0/1")]);
    assert!(rows(duties, "duties").contains(&"6 L P.task.MON S elsewhere".to_owned()));
    assert_eq!(cited(duties, Weight::Contrary), ["s030", "s015"]);
    // Nobody in the seed study claims a right.
    let rights = outcome(&seed(), "claimed-rights", json!({}));
    assert!(matches!(&rights, Outcome::NotAvailable(why) if why == "no_rights"), "{rights:?}");
}

#[test]
fn positions_are_taken_up_assigned_challenged_or_assumed() {
    let findings = found(&seed(), "second-order-positioning", json!({}));
    let orders = about(&findings, "all");
    holds(orders, &[("statements", "38"), ("own", "26"), ("others", "12"), ("given", "16")]);
    // L6 was asked about tasks and does not mention the logbook; the rest nobody knows.
    holds(orders, &[("assigned", "1"), ("taken_up", "0"), ("challenged", "0"), ("withheld", "0")]);
    holds(orders, &[("unknown", "13"), ("vacant", "2"), ("assumed", "0")]);
    assert_eq!(rows(orders, "by_person")[5], "L3 L 1 1 S");

    let findings =
        found(&study("scripts/second-order-positioning"), "second-order-positioning", json!({}));
    let orders = about(&findings, "all");
    holds(orders, &[("taken_up", "1"), ("assigned", "1"), ("challenged", "1"), ("withheld", "1")]);
    holds(orders, &[("given", "8"), ("unknown", "1"), ("vacant", "2"), ("assumed", "1")]);
    // Two coaches at one case do not agree: nothing is taken up, whatever the teacher claims.
    holds(orders, &[("divided", "1")]);
    assert_eq!(
        rows(orders, "disputes"),
        ["south coach teacher logbook duty challenged", "east coach teacher logbook duty divided"]
    );
    assert_eq!(cited(orders, Weight::Contrary), ["s3", "s4", "s14", "s15", "s16"]);
}

#[test]
fn every_way_to_meet_no_counterpart_is_told_apart() {
    let toy = study("scripts/unmet-counterparts");
    let findings = found(&toy, "unmet-counterparts", json!({}));
    assert_eq!(
        rows(about(&findings, "all"), "duties"),
        [
            "north teacher log coach silent",
            "north teacher plan coach met",
            "north head visit teacher elsewhere",
            "south coach call teacher unknown",
            "south teacher log coach denied",
            "south head report coach vacant",
        ]
    );
    let rights = found(&study("scripts/claimed-rights"), "claimed-rights", json!({}));
    assert_eq!(
        rows(about(&rights, "all"), "rights"),
        [
            "north teacher feedback coach met",
            "south teacher feedback coach silent",
            "north coach hours nobody unknown",
            "south coach hours head vacant",
        ]
    );
}
