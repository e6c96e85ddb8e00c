//! Do the words of scripts say of the seed study what a count by hand says?

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use parallax_engine::check::check_folder;
use parallax_engine::shelf::script::{Expression, Library, ScriptAnalysis};
use parallax_engine::shelf::vocabulary;
use parallax_model::{Choices, NONE, Number, Outcome, Reading, Value};
use serde_json::Map;

const HEADER: &str = "//! How many? One number.\n//! ---\n//! version: 1.0.0\n//! title: Trial\n\
    //! templates:\n//!   row: { title: Row, sentence: \"{n} of them.\" }\n\
    //! caveats: { few: There are few. }\n//! words: { n: how many }\n";

fn seed() -> Reading<'static> {
    reading_of("vso-internships")
}

fn reading_of(study: &str) -> Reading<'static> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../studies").join(study);
    let checked = check_folder(&folder);
    let study = checked.study.unwrap_or_else(|| panic!("{:?}", checked.problems));
    study.reading(&Choices::default()).expect("the default reading is offered")
}

/// What an expression of the language gives, as a text shows it.
fn value(reading: &Reading<'static>, expression: &str) -> String {
    let body = format!(
        "let gives = {{ {expression} }};\nlet shown = finding(\"shown\", \"row\");\n\
         shown.value(\"n\", text(`${{gives}}`));\nshown.no_evidence(\"a trial\");\nshown"
    );
    let source = format!("{HEADER}{body}");
    let script = ScriptAnalysis::load("trial", &source)
        .unwrap_or_else(|problem| panic!("{}", problem.render(&source)));
    let outcome = script.findings(reading, &Map::new(), 0, &AtomicBool::new(false));
    match outcome.unwrap_or_else(|problem| panic!("{}", problem.render(&source))) {
        Outcome::Found(findings) => match &findings[0].values["n"] {
            Value::Text(text) => text.clone(),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

/// The number that the script of a claim gives, where another claim reports 2.
fn in_a_claim(reading: &Reading<'static>, text: &str) -> String {
    let claim = Expression::load(Library::standard(), "c2", text);
    let claim = claim.unwrap_or_else(|problem| panic!("{}", problem.render(text)));
    let reported = BTreeMap::from([("c1".to_owned(), Number::Count { value: 2 })]);
    let answer = claim.ask(reading, &reported, 0, &AtomicBool::new(false));
    let answer = answer.unwrap_or_else(|problem| panic!("{}", problem.render(text)));
    answer.value.expect("it gives a number").to_string()
}

/// Every expression gives its value.
fn hold(expressions: &[(&str, &str)]) {
    let reading = seed();
    for (expression, expected) in expressions {
        assert_eq!(&value(&reading, expression), expected, "{expression}");
    }
}

#[test]
fn statements_are_filtered_and_counted() {
    hold(&[
        ("reading.statements().count()", "115"),
        (r#"reading.statements().filter(col("modality") == "duty").count()"#, "45"),
        (r#"reading.statements().filter(col("modality") != "duty").count()"#, "70"),
        (
            r#"reading.statements().filter((col("modality") == "duty") & !(col("bearer") == "self")).count()"#,
            "19",
        ),
        (
            r#"reading.statements().filter((col("modality") == "right") | (col("modality") == "permission")).count()"#,
            "2",
        ),
        (r#"reading.statements().filter(col("stance").one_of(["deny", "mixed"])).count()"#, "10"),
        (r#"reading.statements().filter(col("bearer") == "L6").count()"#, "1"),
        (r#"reading.statements().filter(col("role") == reading.roles().list()[0]).count()"#, "46"),
        (r#"reading.statements().filter(col("code") == reading.code("P.task.CON")).count()"#, "9"),
        (r#"reading.statements().filter(col("speaker") == "S1").count()"#, "7"),
        (r#"reading.statements().filter(col("stance") == "deny").evidence().count()"#, "8"),
    ]);
}

#[test]
fn statements_are_grouped_and_crossed() {
    hold(&[
        (r#"reading.statements().by("role").L.count()"#, "34"),
        (r#"reading.statements().by("role").len()"#, "3"),
        (r#"reading.statements().by("bearer").others.count()"#, "9"),
        (r#"reading.statements().crosstab("role", "code").count("S", "P.task.CON")"#, "6"),
        (
            r#"reading.statements().crosstab("role", "code").count(reading.role("L"), "P.task.CON")"#,
            "0",
        ),
        (r#"reading.statements().crosstab("modality", "stance").count("view", "mixed")"#, "2"),
    ]);
}

#[test]
fn people_places_and_codes_are_those_of_the_study() {
    hold(&[
        ("reading.participants().count()", "16"),
        ("reading.roles().count()", "3"),
        ("reading.cases().count()", "6"),
        ("reading.units().count()", "18"),
        ("reading.units().occupied().count()", "15"),
        ("reading.units().of(reading.roles().list()[2]).occupied().count()", "4"),
        ("reading.units().of(reading.cases().list()[2]).list()[0].people().count()", "2"),
        (r#"reading.codes_below("P.task").count()"#, "7"),
        (r#"reading.code("P").children().count()"#, "4"),
        (r#"if reading.code("P.task.MON").is_below(reading.code("P")) { 1 } else { 0 }"#, "1"),
        (r#"if reading.code("P").is_below(reading.code("P")) { 1 } else { 0 }"#, "0"),
        (r#"reading.units().list().filter(|unit| unit.id == "S@3").len()"#, "1"),
        (r#"reading.code("V.design.broader").is_optional()"#, "true"),
        (r#"reading.code("E.skill").is_optional()"#, "false"),
        (r#"reading.claims().filter(col("id") == "K35").first().people().count()"#, "2"),
        (r#"reading.claims().filter(col("id") == "K61").first().people().count()"#, "1"),
        (r#"reading.claims().filter(col("id") == "K25").first().people().count()"#, "3"),
        (r#"reading.claims().filter(col("id") == "K80").first().people().count()"#, "7"),
        ("range(ratio(8, 20), ratio(20, 20))", "[2/5, 1/1]"),
        ("range(fraction(8, 20), fraction(20, 20))", "[8/20, 20/20]"),
        ("range(ratio(1, 0), ratio(1, 0))", "not available"),
    ]);
}

#[test]
fn cells_are_counted_with_bounds() {
    let comm = r#"reading.cells(item(reading.code("P.exp.comm"), "others"))"#;
    let of = |role: usize| {
        format!("{comm}.mentions(reading.units().of(reading.roles().list()[{role}]))")
    };
    let (s, l, i) = (of(0), of(1), of(2));
    let all = format!("{comm}.mentions(reading.units())");
    let begin = r#"reading.cells(item(reading.code("P.task.BEG"), "own"))"#;
    let said = format!("{begin}.mentions(reading.units())");
    let duty = r#"reading.cells(item(reading.code("P.task.BEG"), "own").as_a("right")).evidence(reading.units()).statements()"#;
    let below = r#"reading.cells(item(reading.code("P.task"), "own").and_below()).mentions(reading.units())"#;
    hold(&[
        (s.as_str(), "[3, 6]"),
        (l.as_str(), "[2, 5]"),
        (i.as_str(), "0"),
        (all.as_str(), "8"),
        (said.as_str(), "4"),
        (duty, "0"),
        (below, "15"),
        (&format!("{begin}.tally(reading.units()).vacant"), "3"),
        (&format!("fraction({begin}.mentions(reading.units()), 15)"), "4/15"),
        (&format!("fraction({s}, 6)"), "[3/6, 6/6]"),
        ("fraction(1, 0)", "not available"),
        ("range(2, 2)", "2"),
        ("decimal(power(2.0, 0.5), \"root\")", "1.414"),
    ]);
}

#[test]
fn every_example_of_the_reference_gives_what_it_says() {
    let reading = reading_of("logbook");
    let wrong = vocabulary().iter().filter_map(|word| {
        let (code, said) = word.example.split_once("  // ").expect("an example says its value");
        let gives = match word.name {
            "reported" => in_a_claim(&reading, code),
            _ => value(&reading, code),
        };
        (gives != said).then(|| format!("{}: it gives {gives}", word.example))
    });
    assert_eq!(wrong.collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn columns_that_refer_to_a_table_are_followed_and_looked_into() {
    hold(&[
        (r#"reading.statements().filter(col("speaker.gender") == "F").count()"#, "44"),
        (r#"reading.statements().filter(col("speaker.title") == "Mentor").count()"#, "12"),
        (r#"reading.statements().filter(col("code").is_within("P.task")).count()"#, "37"),
        (r#"reading.statements().filter(col("code").is_within("")).count()"#, "115"),
        (r#"reading.statements().filter(col("bearer").includes("L")).count()"#, "16"),
        (r#"reading.statements().filter((col("modality") == "duty") & false).count()"#, "0"),
        (r#"reading.statements().filter((col("modality") == "duty") | true).count()"#, "115"),
        (r#"reading.statements().filter(col("speaker").is_blank()).count()"#, "9"),
        (r#"reading.statements().filter(col("speaker") == ()).count()"#, "9"),
        (r#"reading.statements().filter(col("speaker") != ()).count()"#, "106"),
        (r#"reading.participants().values("title").count()"#, "6"),
        (r#"reading.participants().crosstab("role", "gender").count("S", "M")"#, "4"),
        (r#"reading.codes().filter(col("origin") == "inductive").count()"#, "4"),
        (r#"reading.claims().count()"#, "66"),
        (r#"reading.excerpts().by("case")["5"].count()"#, "7"),
        (r#"reading.constraints().filter(col("max") == 0).count()"#, "4"),
    ]);
}

#[test]
fn the_status_matrix_is_that_of_the_theory() {
    let formal = r#"reading.positions("documents")"#;
    let of = |role: &str, status: &str| {
        format!(
            r#"{formal}.filter((col("bearer") == "{role}") & (col("status") == "{status}")).count()"#
        )
    };
    hold(&[
        (&of("S", "aligned"), "14"),
        (&of("S", "unrecognised"), "10"),
        (&of("L", "aligned"), "8"),
        (&of("L", "unrecognised"), "7"),
        (&of("I", "aligned"), "2"),
        (&of("I", "unrecognised"), "6"),
        (&of("I", "unsolicited"), "2"),
    ]);
    let sent = r#"reading.positions("participants").filter((col("case") == "6") & (col("code") == "P.task.MON") & (col("bearer") == "L"))"#;
    hold(&[
        (&format!("{sent}.first().status"), "unrecognised"),
        (&format!("{sent}.first().holder.id"), "S"),
        (&format!("{sent}.first().elsewhere().first().id"), "I"),
    ]);
}

#[test]
fn sets_numbers_and_chance_are_exact_and_the_same_every_time() {
    let tasks = |who: &str| {
        format!(
            r#"reading.statements().filter((col("speaker") == "{who}") & (col("whose") == "own") & col("code").is_within("P.task")).values("code")"#
        )
    };
    hold(&[
        // The profiles of B.4: S1 {BEO, CON, OND}, S4 {CON, OND}, S5 {BEG}, I1 {CON}.
        (&format!("jaccard({}, {})", tasks("S1"), tasks("S4")), "2/3"),
        (&format!("jaccard({}, {})", tasks("S5"), tasks("S1")), "0/4"),
        (&format!("({} & {}).count()", tasks("S1"), tasks("I1")), "1"),
        (&format!("jaccard({}, {})", tasks("O4"), tasks("O4")), "not available"),
        ("mean([fraction(1, 3), fraction(1, 4), 1])", "19/36"),
        (r#"mean([not_available("none"), 2])"#, "2/1"),
        ("(ratio(1, 2) - ratio(1, 3)) * 6", "1/1"),
        ("ratio(1, 3) < ratio(1, 2)", "true"),
        ("range(fraction(1, 5), fraction(2, 5))", "[1/5, 2/5]"),
        (
            r#"reading.random("a").shuffle([1, 2, 3, 4, 5]) == reading.random("a").shuffle([1, 2, 3, 4, 5])"#,
            "true",
        ),
    ]);
}

#[test]
fn rows_are_visited_one_by_one() {
    hold(&[
        (
            r#"let n = 0; for s in reading.statements() { if s.modality == "duty" && s.bearer == "self" { n += 1; } } n"#,
            "26",
        ),
        (r#"let n = 0; for p in reading.participants() { if p.gender == "F" { n += 1; } } n"#, "6"),
        (r#"let n = 0; for s in reading.statements() { if s.speaker == () { n += 1; } } n"#, "9"),
        (r#"let n = 0; for u in reading.units() { if u.is_vacant { n += 1; } } n"#, "3"),
        (r#"reading.statement("s030").bearers().first().id"#, "L"),
    ]);
}

#[test]
fn among_people_without_a_case_no_role_is_missing() {
    let mut reading = seed();
    let mut cases = reading.participants.cases.to_vec();
    let counsellor = reading.participants.ids.position("I1").expect("a participant");
    cases[counsellor as usize] = NONE;
    reading.participants.cases = cases.into();
    // Three roles at six cases, and the one counsellor.
    assert_eq!(value(&reading, "reading.units().count()"), "19");
    let vacant = "let n = 0; for u in reading.units() { if u.is_vacant { n += 1; } } n";
    assert_eq!(value(&reading, vacant), "4");
}

/// What an expression gives in the seed study under another mapping.
fn under(mapping: &str, expression: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../studies/vso-internships");
    let study = check_folder(&folder).study.expect("the seed study is sound");
    let choices = Choices { mapping: Some(mapping.to_owned()), ..Choices::default() };
    value(&study.reading(&choices).expect("the mapping is offered"), expression)
}

#[test]
fn what_is_said_of_a_wide_role_is_said_of_those_within_it() {
    // Under M3, supervisors are coordinators (C) and others (B), both within S.
    let bearers = r#"reading.statement("d06").bearers().values("id").list().join(" ")"#;
    assert_eq!(under("M0", bearers), "S");
    assert_eq!(under("M3", bearers), "B C");
    let of = |role: &str| {
        format!(
            r#"reading.statements().filter(col("id").one_of(["d06", "s030"]) & col("bearer").includes("{role}")).count()"#
        )
    };
    assert_eq!(under("M0", &of("S")), "1");
    assert_eq!(under("M3", &of("C")), "1");
    assert_eq!(under("M3", &of("L")), "1");
}

#[test]
fn blank_cells_are_equal_to_nothing_but_nothing() {
    hold(&[
        // 115 statements, 9 of them by documents.
        (r#"reading.statements().filter(col("speaker") == ()).count()"#, "9"),
        (r#"reading.statements().filter(col("speaker") != ()).count()"#, "106"),
        (r#"reading.statements().filter(col("speaker") != "S1").count()"#, "108"),
        (r#"reading.statements().filter(!(col("speaker") == "S1")).count()"#, "108"),
        (r#"reading.statements().filter(col("value") == 3.5).count()"#, "0"),
        (r#"reading.statements().filter(col("perspective") == 0).count()"#, "115"),
        (r#"reading.statements().filter(col("speaker").one_of(["S1", ()])).count()"#, "16"),
        (r#"reading.cases().filter(col("id") == 3).count()"#, "1"),
        (r#"reading.statements().filter(col("id") == reading.statement("s030")).count()"#, "1"),
    ]);
}

#[test]
fn rows_keep_their_order_in_groups_and_texts_that_many_share_are_one_value() {
    hold(&[
        (r#"reading.codes().sort("label").by("prompt")["Q7"].first().label"#, "assess"),
        (r#"reading.codes().values("prompt").count()"#, "8"),
        (r#"reading.codes().crosstab("prompt", "origin").count("Q7", "inductive")"#, "2"),
        (r#"reading.participants().values("gender").list().join("")"#, "FM"),
    ]);
}

#[test]
fn counts_that_are_not_known_are_numbers_like_any_other() {
    let comm = r#"reading.cells(item("P.exp.comm", "others")).mentions(reading.participants().filter(col("role") == "L"))"#;
    hold(&[
        (comm, "[2, 5]"),
        (&format!("{comm}.lower"), "2"),
        (&format!("{comm} + 1"), "[3, 6]"),
        (&format!("{comm} - {comm}"), "[-3, 3]"),
        (&format!("sum([{comm}, 1]).upper"), "6"),
        (&format!("mean([{comm}, {comm}])"), "[2/1, 5/1]"),
        (&format!("fraction({comm}, 5)"), "[2/5, 5/5]"),
    ]);
}

#[test]
fn what_is_asked_of_many_at_once_is_what_is_asked_of_each() {
    let all = |wrong: &str| {
        format!(
            r#"let wrong = 0; let people = reading.participants();
            for code in reading.codes() {{
                for whose in ["own", "others", "any"] {{
                    let cells = reading.cells(item(code, whose));
                    let is_wrong = {{ {wrong} }};
                    if is_wrong {{ wrong += 1; }}
                }}
            }}
            wrong"#
        )
    };
    hold(&[
        (&all("cells.states(people) != people.list().map(|one| cells.state(one))"), "0"),
        (&all(r#"cells.who(people, "no").len() != cells.tally(people).no"#), "0"),
        (&all(r#"let no = cells.who(people, "no"); no.some(|one| cells.state(one) != "no")"#), "0"),
        (&all("cells.counts(people).silent != cells.tally(people).silent"), "0"),
        (
            &all("`${cells.counts(people).mentions}` != `${fraction(cells.mentions(people), 16)}`"),
            "0",
        ),
        (
            &all(
                r#"let t = cells.tally(people); t.unknown == 0 && cells.agreement(people, "largest").is_available() && cells.agreement(people, "largest") != ratio(most(t.pick(["yes", "mixed", "no", "silent"])), cells.counts(people).asked)"#,
            ),
            "0",
        ),
    ]);
}

/// What everybody says of the codes of the small study: of tailoring yes, yes, silent, mixed and no;
/// of trust it is unknown of T1 and T3.
#[test]
fn agreement_is_counted_by_hand_with_and_without_unknown_people() {
    let reading = reading_of("logbook");
    let of = |code: &str, rest: &str| {
        let cells = format!(r#"let cells = reading.cells(item("{code}", "own"));"#);
        value(&reading, &format!("{cells} let people = reading.participants(); cells.{rest}"))
    };
    assert_eq!(of("tailor", r#"agreement(people, "pairs")"#), "2/20");
    assert_eq!(of("tailor", r#"agreement(people, "largest")"#), "2/5");
    assert_eq!(of("tailor", r#"agreement(people, "squared")"#), "1/25");
    // One says it and two are silent: with two more who do or do not, 3 to 2 or 1 to 4 of five.
    assert_eq!(of("trust", r#"agreement(people, "pairs")"#), "[2/5, 3/5]");
    assert_eq!(of("trust", r#"agreement(reading.participant("C1"), "pairs")"#), "not available");
    assert_eq!(of("trust", "agreement_between([people])"), "not available");
    assert_eq!(of("trust", "unlike_most(people).len()"), "1");
    assert_eq!(value(&reading, "new_in_each([set([]), set([\"a\"]), set([\"a\"])])"), "[0, 1, 0]");
    assert_eq!(value(&reading, "saturated_after([4, 0, 1], 1, 1, 0)"), "1");
}
