//! Which words of participants do the tables of a study hold, and which values of attributes does a
//! copy leave?

use std::collections::BTreeMap;
use std::fs;

use parallax_engine::check::{Checked, check_folder, holds_words};
use parallax_engine::share::{Terms, Words, copy};
use parallax_model::StudyFile;
use proptest::prelude::*;

/// A table as maps from columns to cells.
fn rows(bytes: &[u8]) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(bytes);
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

/// Every cell of several words in a column of words, without those of codes and documents.
pub(crate) fn words(checked: &Checked) -> Vec<String> {
    let of_people = |file: &StudyFile| *file != StudyFile::Study && *file != StudyFile::Codes;
    let mut words = Vec::new();
    for source in &checked.sources {
        let Some(file) = source.file.filter(of_people) else { continue };
        let spoken = |row: &BTreeMap<String, String>| {
            row.get("speaker").is_none_or(|speaker| !speaker.starts_with("doc:"))
        };
        for row in rows(source.text.as_bytes()).into_iter().filter(spoken) {
            let told = row.into_iter().filter(|(column, _)| holds_words(file, column));
            words.extend(told.map(|(_, cell)| cell).filter(|cell| cell.contains(' ')));
        }
    }
    words
}

/// People with the case they belong to and two attributes, and cases with one.
fn people() -> impl Strategy<Value = (Vec<(u8, u8, u8)>, Vec<u8>, u32)> {
    let person = (0_u8..4, 0_u8..5, 0_u8..3);
    (prop::collection::vec(person, 1..24), prop::collection::vec(0_u8..4, 4), 1_u32..5)
}

fn value(of: u8) -> String {
    if of == 0 { String::new() } else { format!("value {of}") }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]
    #[test]
    fn every_value_that_is_left_is_shared_and_no_blank_one_can_be_counted(
        (people, cases, min_cell) in people()
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: String| {
            fs::write(folder.path().join(name), text).expect("written");
        };
        write("study.yaml", format!("title: T\nroles: [{{ id: T }}]\nmin_cell: {min_cell}\n"));
        write("codes.csv", "id\nplan\n".to_owned());
        write("statements.csv", "id,speaker,code\ns1,A0,plan\n".to_owned());
        let rows_of_cases = (1..).zip(&cases).map(|(n, &of)| format!("case{n},{}\n", value(of)));
        write("cases.csv", format!("id,climate\n{}", rows_of_cases.collect::<String>()));
        let rows_of_people = (0..).zip(&people).map(|(n, &(case, one, other))| {
            format!("A{n},case{},T,{},{}\n", case + 1, value(one), value(other))
        });
        let header = "id,case,title,shift,gender\n";
        write("participants.csv", format!("{header}{}", rows_of_people.collect::<String>()));

        let checked = check_folder(folder.path());
        let terms = Terms { words: Words::None, today: "2026-11-27".parse().expect("a day"), license: None };
        let copy = copy(&checked, terms).expect("a copy");
        let table = |name: &str| {
            let found = copy.folder.files.iter().find(|found| found.name == name);
            rows(&found.expect("a table").bytes)
        };
        let (after, climates) = (table("participants.csv"), table("cases.csv"));
        let climate: BTreeMap<String, String> =
            climates.iter().map(|row| (row["id"].clone(), row["climate"].clone())).collect();
        prop_assert_eq!(after.len(), people.len());
        for column in ["shift", "gender", "climate"] {
            let of = |row: &BTreeMap<String, String>| match column {
                "climate" => climate[&row["case"]].clone(),
                column => row[column].clone(),
            };
            let was = people.iter().filter(|(case, one, other)| match column {
                "climate" => cases[usize::from(*case)] != 0,
                "shift" => *one != 0,
                _ => *other != 0,
            });
            let was = was.count();
            let mut shared: BTreeMap<String, usize> = BTreeMap::new();
            for value in after.iter().map(of).filter(|value| !value.is_empty()) {
                *shared.entry(value).or_default() += 1;
            }
            let left: usize = shared.values().sum();
            let least = min_cell as usize;
            prop_assert!(shared.values().all(|&people| people >= least), "{:?}", shared);
            let taken = was - left;
            prop_assert!(taken == 0 || taken >= least || left == 0, "{} of {}", taken, was);
        }
    }
}
