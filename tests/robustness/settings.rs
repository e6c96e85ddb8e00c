//! Does each mistake in `robustness` of `study.yaml` give one problem, where it stands?

use parallax_engine::check::{check_folder, short};
use parallax_engine::model::document::Depth;

use crate::seed_with;

/// The problems of a study with this `robustness`, without the two warnings of the seed study.
fn problems(robustness: &str) -> String {
    let checked = check_folder(seed_with(robustness).path());
    let told = short(&checked);
    let own = told.lines().filter(|line| !line.contains("warning["));
    let own: Vec<&str> = own.collect();
    assert_eq!(own.len(), 1, "{robustness}\n{told}");
    assert!(checked.study.is_none(), "{robustness}");
    let (place, message) = own[0].split_once(": ").expect("a place and a message");
    assert!(place.starts_with("study.yaml:"), "{place}");
    message.to_owned()
}

#[test]
fn each_mistake_is_one_problem() {
    let choice = |choice: &str| format!("robustness:\n  choices:\n    - {{ {choice} }}");
    let wrong = [
        choice("choice: maping"),
        "robustness:\n  choices: [{ choice: evidence }, { choice: evidence }]".to_owned(),
        choice("choice: mapping, options: [M0, M9]"),
        choice("choice: mapping, options: [[M0, M1]]"),
        choice("choice: inclusion, options: [O4]"),
        choice("choice: inclusion, options: [{ O5: I }]"),
        choice("choice: inclusion, options: [{ O4: J }]"),
        choice("choice: evidence, options: [weak]"),
        choice("choice: beo, options: [L]"),
        choice("choice: k01, options: [S3c]"),
        choice("choice: k01, options: [[S3a, S3b]]"),
        choice("choice: k09"),
        choice("choice: leave-out-participant, options: [S9]"),
        choice("choice: leave-out-case, options: [7]"),
        choice("choice: leave-out-source, options: [int-X]"),
        choice("choice: leave-out-coder, options: [nobody]"),
        "robustness:\n  crossed: [mapping, nothing]".to_owned(),
        "robustness:\n  crossed: [mapping, k01]".to_owned(),
        "robustness:\n  limit: 0".to_owned(),
        choice("choice: evidence, standing: sound"),
        "robustness:\n  choice: [mapping]".to_owned(),
    ];
    let told: Vec<String> = wrong.iter().map(|wrong| problems(wrong)).collect();
    insta::assert_snapshot!(told.join("\n"), @"
    error[R240]: unknown choice `maping`; did you mean `mapping`?
    error[R210]: the choice `evidence` is there twice; put the options of both into one list
    error[R207]: unknown mapping `M9`; the study has M0, M1, M2, M3, M4, M5, M6
    error[R240]: an option of `mapping` is not in the form it takes; write one id
    error[R240]: an option of `inclusion` is not in the form it takes; write a person and a role, such as `O4: I`
    error[R203]: unknown participant `O5`; correct the spelling, or add it where the study defines it
    error[R201]: unknown role `J`; correct the spelling, or add it where the study defines it
    error[R240]: unknown strength `weak`; use some of: quoted, reported, implicit, inferred, reconstructed
    error[R208]: the alternatives `beo` have no option `L`; use one of: S, I
    error[R203]: unknown member `S3c`; correct the spelling, or add it where the study defines it
    error[R240]: `k01` cannot mean: S3a, S3b; it can mean [S3a], [S3b]
    error[R240]: `k09` has more than 64 worlds, too many to go through; name those to look at under `options`, each as a list of members
    error[R203]: unknown participant `S9`; correct the spelling, or add it where the study defines it
    error[R204]: unknown case `7`; the study has 1, 2, 3, 4, 5, 6
    error[R205]: unknown source `int-X`; correct the spelling, or add it where the study defines it
    error[R240]: unknown coder `nobody`; correct the spelling, or add it where the study defines it
    error[R240]: unknown choice `nothing`; use one of: mapping, inclusion, evidence, leave-out-participant, leave-out-case, leave-out-source, leave-out-coder, beo; or the id of a constraint
    error[R240]: the choice `k01` is combined with others and never varied; add `- choice: k01` under `choices`, or take it out here
    error[S107]: `limit` must be between 1 and 1000000; correct the number
    error[S103]: `sound` is not a value of `standing`; write one of these words, or leave the setting out for the default
    error[S102]: study.yaml has no setting `choice` here; did you mean `choices`?
    ");
}

#[test]
fn everything_that_can_be_said_is_understood() {
    let robustness = "robustness:
  choices:
    - { choice: mapping, options: [M2, M3] }
    - { choice: inclusion, options: [{ O4: I }], why: { en: she was heard, nl: zij is gehoord } }
    - { choice: evidence, options: [reconstructed, [inferred, reconstructed]], standing: arbitrary }
    - { choice: beo }
    - { choice: k01 }
    - { choice: leave-out-case, options: [5, '6'] }
    - { choice: leave-out-source, options: [] }
  crossed: [mapping, inclusion]
  limit: 40";
    let folder = seed_with(robustness);
    let opened = crate::opened(folder.path());
    let study = opened.checked.study.as_ref().expect("is sound");
    let start = parallax_model::Choices::default();
    // Crossed: 3 × 2. Alone: 2 + 1 + 2 + 16 + 2.
    assert_eq!(parallax_engine::robustness::readings(study, &start, Depth::Whole), 6 + 23);
}
