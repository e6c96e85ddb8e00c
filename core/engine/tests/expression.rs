//! Does the script of a claim say of the seed study what a count by hand says, and where it is wrong?

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use parallax_engine::check::check_folder;
use parallax_engine::shelf::script::{Answer, Expression, Library, Limits, Names, ScriptProblem};
use parallax_model::{Choices, Kind, Number, Reading, Study};

fn seed() -> Study {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../studies/vso-internships");
    let checked = check_folder(&folder);
    checked.study.unwrap_or_else(|| panic!("{:?}", checked.problems))
}

fn under(mapping: &str) -> Reading<'static> {
    let choices = Choices { mapping: Some(mapping.to_owned()), ..Choices::default() };
    seed().reading(&choices).expect("the mapping is offered")
}

/// What theory.md C.1 says that these claims report.
fn reported() -> BTreeMap<String, Number> {
    let numbers = [("K01", 17), ("K08", 15), ("K20", 16), ("K24", 15)];
    numbers.into_iter().map(|(id, value)| (id.to_owned(), Number::Count { value })).collect()
}

fn library() -> Library {
    let counting = "//! How are roles counted?\n\n\
        fn has(school, role) {\n    let there = reading.participants().filter(\n        \
        (col(\"case\") == school) & col(\"role\").is_within(role)\n    );\n    \
        there.count() > 0\n}\n\nfn broken(list) {\n    list[9]\n}\n";
    let (library, problems) = Library::with_own([("counting", counting)]);
    assert_eq!(problems, []);
    library
}

fn asked(reading: &Reading<'static>, text: &str) -> Result<Answer, Box<ScriptProblem>> {
    asked_within(Limits::STANDARD, reading, text)
}

fn asked_within(
    limits: Limits,
    reading: &Reading<'static>,
    text: &str,
) -> Result<Answer, Box<ScriptProblem>> {
    let expression = Expression::load_within(limits, &library(), "K00", text)?;
    expression.ask(reading, &reported(), 1, &AtomicBool::new(false))
}

fn holds(reading: &Reading<'static>, text: &str) -> Option<bool> {
    let answer = asked(reading, text).unwrap_or_else(|problem| panic!("{}", problem.render(text)));
    assert!(!answer.by_value, "{text} gives a number: {answer:?}");
    answer.holds
}

/// "One supervisor, one teacher and one counsellor at each school turned out not to be possible."
const K12: &str = r#"
let complete = reading.cases().list().filter(|school| ["S", "L", "I"].all(|role|
    reading.participants().filter((col("case") == school) & col("role").is_within(role)).count() > 0
));
#{ holds: complete.len() < reading.cases().count(), value: complete.len() }
"#;

/// "Every school offers preparation."
const K21: &str = r#"
all_of(reading.cases().list().map(|school| switch school.preparation {
    () | "little said" => (),
    _ => true
}))
"#;

#[test]
fn complete_schools_are_counted_under_every_mapping() {
    for (mapping, complete) in [("M0", 3), ("M1", 4), ("M2", 3), ("M3", 3), ("M6", 5)] {
        let answer = asked(&under(mapping), K12).expect("it can be asked");
        assert_eq!(answer.holds, Some(true), "{mapping}");
        assert_eq!(answer.value, Some(Number::Count { value: complete }), "{mapping}");
    }
    let shared = r#"
        import "shared/counting" as counting;
        !reading.cases().list().all(|school|
            ["S", "L", "I"].all(|role| counting::has(school, role)))
    "#;
    assert_eq!(holds(&under("M0"), shared), Some(true));
}

#[test]
fn one_school_that_says_little_leaves_a_claim_about_all_open() {
    assert_eq!(holds(&under("M0"), K21), None);
    let named =
        r#"all_of(reading.cases().list().map(|school| school.preparation != "little said"))"#;
    assert_eq!(holds(&under("M0"), named), Some(false), "little is not nothing");
    let without_cases = ["2".to_owned()].into();
    let choices = Choices { without_cases, ..Choices::default() };
    let without = seed().reading(&choices).expect("a case can be left out");
    assert_eq!(holds(&without, K21), Some(true));
}

#[test]
fn claims_are_held_against_what_other_claims_report() {
    let reading = under("M0");
    // 17 people in 15 conversations, two of them together; 16 would fit.
    assert_eq!(holds(&reading, r#"reported("K01") - 1 == 15"#), Some(false));
    assert_eq!(holds(&reading, r#"reported("K20") - 1 == reported("K08")"#), Some(true));
    assert_eq!(holds(&reading, r#"reported("K24") <= reading.participants().count()"#), Some(true));
    let excluded = "reading.everybody().filter(col(\"role\") == ()).count()";
    let answer = asked(&reading, excluded).expect("it can be asked");
    assert_eq!((answer.value, answer.by_value), (Some(Number::Count { value: 1 }), true));
    assert_eq!((answer.holds, answer.evidence.len()), (None, 0));
}

#[test]
fn bounds_are_compared_and_joined_in_three_values() {
    let reading = under("M0");
    // Of the teachers 2 to 5 expect communication, of the supervisors 3 to 6 (theory.md C.3).
    let of = |role: &str| {
        format!(
            r#"reading.cells(item("P.exp.comm", "others")).mentions(reading.units().of(reading.role("{role}")))"#
        )
    };
    let (s, l) = (of("S"), of("L"));
    let cases = [
        (format!("at_least({l}, 2)"), Some(true)),
        (format!("at_least({l}, 3)"), None),
        (format!("at_least({l}, 6)"), Some(false)),
        (format!("at_most({l}, 5)"), Some(true)),
        (format!("equals({l}, {s})"), None),
        (format!("equals({l}, 6)"), Some(false)),
        (format!("all_of([at_least({l}, 3), at_least({s}, 7)])"), Some(false)),
        (format!("any_of([at_least({l}, 3), at_least({s}, 3)])"), Some(true)),
        (format!("negation(at_least({l}, 3))"), None),
        (format!("#{{ holds: at_least({l}, 3), value: {l} }}"), None),
        ("all_of([])".to_owned(), Some(true)),
        ("any_of([])".to_owned(), Some(false)),
    ];
    for (text, expected) in &cases {
        assert_eq!(holds(&reading, text), *expected, "{text}");
    }
    let answer = asked(&reading, &format!("#{{ holds: (), value: {l} }}")).expect("it can be");
    assert_eq!(answer.value, Some(Number::Range { lower: 2, upper: 5 }));
    assert!(!answer.by_value, "it was said that it is open");
    let answer = asked(&reading, &l).expect("it can be asked");
    assert!(answer.by_value && answer.holds.is_none());
}

#[test]
fn evidence_is_handed_over_as_it_is_to_a_finding() {
    let reading = under("M0");
    let rows = r#"reading.statements().filter(col("stance") == "deny")"#;
    for evidence in [rows.to_owned(), format!("{rows}.evidence()")] {
        let text = format!("#{{ holds: {rows}.count() > 0, evidence: {evidence} }}");
        let answer = asked(&reading, &text).expect("it can be asked");
        assert_eq!((answer.holds, answer.evidence.len()), (Some(true), 8));
    }
    let text = r#"#{ value: not_available("nobody was asked") }"#;
    let answer = asked(&reading, text).expect("it can be asked");
    assert_eq!(answer.value, Some(Number::not_available("nobody was asked")));
}

#[test]
fn what_is_wrong_is_told_where_it_stands_in_the_cell() {
    let wrong = [
        "",
        "// nothing but a remark",
        "let n = 3;",
        "print(3)",
        "n = = 3",
        "reading.cases().cuont() == 6",
        "count == 6",
        r#"reading.code("P.tusk").label == "task""#,
        r#"reported("K02")"#,
        r#"reported("K99")"#,
        r#"reported("KO1")"#,
        "\"yes\"",
        "0.5",
        "col(\"role\") == \"S\"",
        "#{ hold: true }",
        "#{ holds: 3 }",
        "#{ holds: true, value: \"many\" }",
        "#{ holds: true, evidence: 3 }",
        "#{ }",
        "let n = 3;\nparameters.least == n",
        "loop { }",
        "import \"shared/countings\" as counting;\ntrue",
        "import \"shared/counting\" as counting;\nlet a = 1;\n  counting::broken([a]) == a",
        "!at_least(range(2, 5), 3)",
        "let n = 3;\nat_least(range(2, 5), 3) && n > 2",
        "range(2, 5) > 3",
        "at_least(\"many\", 3)",
        "all_of([1, true])",
        "sleep(5) == 1",
        "throw \"stop\"",
    ];
    let limits = Limits { operations: 10_000, ..Limits::STANDARD };
    let reading = under("M0");
    let told = wrong.map(|text| match asked_within(limits, &reading, text) {
        Ok(answer) => panic!("{text} gives {answer:?}"),
        Err(problem) => {
            let at = Expression::place(text, &problem);
            let code = problem.kind.code();
            format!("── {text}\n{code} {at:?} `{}`\n{problem}", &text[at.clone()])
        }
    });
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!(told.join("\n"));
    });
}

#[test]
fn slips_are_seen_before_any_reading_is_asked() {
    let names = Names::of(&seed());
    let seen = |text: &str| {
        let expression = Expression::load(&library(), "K00", text).expect("it can be read");
        let problems = expression.problems(Some(&names));
        problems
            .iter()
            .map(|problem| format!("{} {problem}", problem.kind.code()))
            .collect::<Vec<_>>()
    };
    let none: Vec<String> = Vec::new();
    for text in [K12, K21, "true", r#"reported("K01") - 1 == 15"#, "()", "#{ holds: true }"] {
        assert_eq!(seen(text), none, "{text}");
    }
    let told = [
        r#"reading.statements().filter(col("modalty") == "duty").count() > 3"#,
        r#"reading.code("P.tusk") == ()"#,
        "reading.cases().cuont() == 6",
        "parameters.least == 3",
    ]
    .map(|text| seen(text).join("\n"));
    insta::assert_snapshot!(told.join("\n"), @"
    P414 claims.csv (script of K00):1:33: no table has a column `modalty`; did you mean `modality`?
    P414 claims.csv (script of K00):1:14: the study has no code `P.tusk`; did you mean `P.task`?
    P411 claims.csv (script of K00):1:17: there is no function `cuont`; did you mean `count`?
    P413 claims.csv (script of K00):1:12: the script of a claim has no header that could declare this; findings, words and parameters belong to an analysis in `scripts`
    ");
}

#[test]
fn an_answer_is_the_same_every_time_and_the_seed_decides_chance() {
    let text = r#"reading.random("dice").whole(1, 1000000)"#;
    let expression = Expression::load(&library(), "K00", text).expect("it can be read");
    let (reading, never) = (under("M0"), AtomicBool::new(false));
    let drawn = |seed| expression.ask(&reading, &reported(), seed, &never).expect("it draws");
    assert_eq!(drawn(1), drawn(1));
    assert_ne!(drawn(1), drawn(2));
    let other = Expression::load(&library(), "K01", text).expect("it can be read");
    assert_ne!(other.ask(&reading, &reported(), 1, &never).expect("it draws"), drawn(1));
}

#[test]
fn many_threads_can_ask_at_once() {
    let expression = Expression::load(&library(), "K12", K12).expect("it can be read");
    let (reading, reported, never) = (under("M0"), reported(), AtomicBool::new(false));
    let ask = || expression.ask(&reading, &reported, 1, &never).expect("it can be asked");
    let first = ask();
    std::thread::scope(|threads| {
        let asking: Vec<_> = (0..4).map(|_| threads.spawn(ask)).collect();
        for asked in asking {
            assert_eq!(asked.join().expect("it ends"), first);
        }
    });
}

#[test]
fn a_claim_that_is_cancelled_stops() {
    let expression = Expression::load(&library(), "K00", "loop { }\ntrue").expect("it can be read");
    let cancelled = expression.ask(&under("M0"), &reported(), 1, &AtomicBool::new(true));
    assert_eq!(cancelled.map_err(|problem| problem.kind), Err(Kind::ScriptLimit));
}
