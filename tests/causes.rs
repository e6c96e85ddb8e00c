//! Is a cause that is named one: does it make the difference by itself, and can no part be missed?
//!
//! Small studies are edited in several places at once. For each difference, the study as it was is
//! run with the named edits alone, and once more without each of them.

use std::collections::BTreeMap;

use parallax_engine::accept::{Accepted, Difference};
use parallax_engine::folder::{Folder, Found};
use parallax_engine::kept::{Edit, Kept, edits, mixed};
use parallax_engine::open::open_files;
use parallax_engine::shelf::script::{STANDARD_SCRIPTS, ScriptAnalysis};
use parallax_engine::shelf::{Body, Shelf};
use parallax_engine::since::{Because, Item, Now, causes, items};
use parallax_model::{Choices, StudyFile};
use proptest::prelude::*;
use proptest::sample::subsequence;
use proptest::test_runner::RngSeed;

/// The analyses that the study runs.
const ANALYSES: [&str; 3] = ["duty-map", "silence", "code-states"];

const FILES: [(StudyFile, &str); 5] = [
    (
        StudyFile::Study,
        "title: T\nlanguage: en\ncoverage_default: asked\nroles: [{ id: coach }, { id: teacher }]\n",
    ),
    (
        StudyFile::Participants,
        "id,case,title\nC1,n,coach\nT1,n,teacher\nC2,s,coach\nT2,s,teacher\n",
    ),
    (StudyFile::Codes, "id,label\nlog,watch the log\nvisit,visit the workplace\ntalk,talk\n"),
    (
        StudyFile::Statements,
        "id,speaker,code,modality,bearer,stance,note\ns1,C1,log,duty,self,affirm,x\ns2,T1,visit,duty,self,affirm,x\ns3,C2,talk,duty,self,affirm,x\ns4,T2,log,duty,self,deny,x\n",
    ),
    (StudyFile::Constraints, "id,code,bearer,members,min,max\nk1,talk,self,C1 T1,0,2\n"),
];

/// Edits that can be made together, each as a text in a file and what stands there instead.
const EDITS: [(StudyFile, &str, &str); 11] = [
    (StudyFile::Study, "coverage_default: asked", "coverage_default: unknown"),
    (StudyFile::Study, "title: T", "title: Another"),
    (StudyFile::Participants, "T2,s,teacher\n", "T2,s,teacher\nT3,s,teacher\n"),
    (StudyFile::Participants, "C2,s,coach", "C2,n,coach"),
    (StudyFile::Codes, "visit the workplace", "go to the workplace"),
    (StudyFile::Codes, "talk,talk\n", "talk,talk\nrest,take a rest\n"),
    (StudyFile::Statements, "s1,C1,log,duty,self,affirm,x\n", ""),
    (StudyFile::Statements, "s2,T1,visit,duty", "s2,T1,talk,duty"),
    (StudyFile::Statements, "s4,T2,log,duty,self,deny", "s4,T2,log,duty,self,affirm"),
    (
        StudyFile::Statements,
        "s3,C2,talk,duty,self,affirm,x",
        "s3,C2,talk,duty,self,affirm,said otherwise",
    ),
    (StudyFile::Constraints, "C1 T1,0,2", "C1 T1,1,1"),
];

fn shelf() -> Shelf {
    let mut shelf = Shelf::default();
    for (id, source) in STANDARD_SCRIPTS.iter().filter(|(id, _)| ANALYSES.contains(id)) {
        let script = ScriptAnalysis::load(id, source).expect("is a script");
        shelf.add(Body::Script(script)).expect("has an id of its own");
    }
    shelf
}

/// The study with these edits.
fn folder(made: &[usize]) -> Folder {
    let files = FILES.map(|(file, text)| {
        let own = made.iter().map(|&at| EDITS[at]).filter(|(of, ..)| *of == file);
        let text = own.fold(text.to_owned(), |text, (_, was, is)| {
            assert!(text.contains(was), "{was} is not there");
            text.replace(was, is)
        });
        Found { name: file.name().to_owned(), file: Some(file), bytes: text.into_bytes() }
    });
    Folder { files: files.to_vec(), ..Folder::default() }
}

/// What is kept of a study, and what it finds; nothing where it is none.
fn found(folder: Folder) -> Option<(Kept, Now)> {
    let opened = open_files(folder, shelf());
    let study = opened.checked.study.clone()?;
    let answered = opened.answer(&study, &Choices::default()).expect("the default reading");
    Some((Kept::of(&opened.checked)?, Now::of(&answered.document)))
}

/// What something is, as a text to compare; blank where it is not there.
fn is(item: &Item, found: Option<&BTreeMap<String, Accepted>>) -> String {
    let own = found.and_then(|found| found.get(&item.analysis));
    match &item.difference {
        Difference::Outcome { .. } | Difference::Parameter { .. } | Difference::Mapping { .. } => {
            own.map(|own| format!("{:?}", own.outcome)).unwrap_or_default()
        }
        _ => own
            .and_then(|own| own.finding(item.finding()?))
            .map(|finding| finding.to_string())
            .unwrap_or_default(),
    }
}

/// What each item is with some edits of those that were found.
fn with(was: &Kept, now: &Kept, all: &[Edit], made: &[usize], item: &Item) -> Option<String> {
    let mixed = mixed(was, now, made.iter().map(|&at| &all[at]));
    let (_, given) = found(mixed.folder())?;
    Some(is(item, Some(&given.found)))
}

/// The same studies each time, so that a change is told from chance; `PROPTEST_CASES` draws others.
fn studies(cases: u32) -> ProptestConfig {
    let standard = ProptestConfig::default();
    let is_chosen = std::env::var_os("PROPTEST_CASES").is_some();
    ProptestConfig {
        cases: if is_chosen { standard.cases } else { cases },
        rng_seed: if is_chosen { standard.rng_seed } else { RngSeed::Fixed(1) },
        failure_persistence: None,
        ..standard
    }
}

proptest! {
    #![proptest_config(studies(12))]

    #[test]
    fn a_cause_makes_its_difference_and_no_part_of_it_can_be_missed(
        made in subsequence((0..EDITS.len()).collect::<Vec<_>>(), 1..5),
    ) {
        let (was, before) = found(folder(&[])).expect("the study is sound");
        let Some((now, after)) = found(folder(&made)) else { return Ok(()) };
        let all = edits(&was, &now);
        prop_assert!(!all.is_empty());
        let items = items(&before.found, &after);
        let causes = causes((&was, &now), &all, &before.found, &items, false, &shelf(), &|_| {});
        prop_assert_eq!(items.len(), causes.len());
        for (item, cause) in items.iter().zip(&causes) {
            let target = is(item, Some(&after.found));
            prop_assert!(!cause.program);
            prop_assert_eq!(cause.because, Because::These, "{}", item.headline());
            prop_assert!(!cause.edits.is_empty());
            let alone = with(&was, &now, &all, &cause.edits, item);
            prop_assert_eq!(alone.as_ref(), Some(&target), "{}", item.headline());
            for left_out in &cause.edits {
                let fewer: Vec<usize> =
                    cause.edits.iter().copied().filter(|at| at != left_out).collect();
                let without = with(&was, &now, &all, &fewer, item);
                prop_assert_ne!(without.as_ref(), Some(&target), "{}: {}", item.headline(), all[*left_out]);
            }
        }
    }
}
