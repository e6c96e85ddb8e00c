//! Is the codebook a tree of codes with ids of their own, and what does each answer code mean?

use std::collections::BTreeMap;

use super::gather::{Gathered, cycles, index_ids};
use crate::problem::{Kind, Problem, Spot, StudyFile};
use crate::row::{CodeRow, CodeStatus, Stance};
use crate::settings::Settings;
use crate::table::NONE;
use crate::tables::Codes;

/// The codebook, checked.
pub(super) struct Codebook {
    pub(super) codes: Codes<'static>,
    /// For each code: the code it is an answer to and the stance it takes, or itself.
    pub(super) meanings: Vec<(u32, Option<Stance>)>,
    pub(super) index: BTreeMap<String, u32>,
}

pub(super) fn check(rows: &[CodeRow], settings: &Settings, gathered: &mut Gathered) -> Codebook {
    let spot = |row, column| Spot::cell(StudyFile::Codes, row, column);
    let ids = rows.iter().enumerate().map(|(row, code)| (code.id.as_str(), spot(row, "id")));
    let index = index_ids(gathered, ids, "code");
    let mut find = |wanted: &Option<String>, row, column| match wanted.as_deref() {
        None => NONE,
        Some(wanted) => index.get(wanted).copied().unwrap_or_else(|| {
            let label = "no code with this id in codes.csv";
            gathered.unknown(Kind::UnknownCode, "code", wanted, spot(row, column), label);
            NONE
        }),
    };
    let parents: Vec<u32> =
        rows.iter().enumerate().map(|(row, code)| find(&code.parent, row, "parent")).collect();
    let answers: Vec<u32> =
        rows.iter().enumerate().map(|(row, code)| find(&code.value_of, row, "value_of")).collect();
    refuse_cycles(rows, &parents, gathered);
    check_questions(rows, settings, gathered);
    let meanings = (0_u32..)
        .zip(rows.iter().zip(&answers))
        .map(|(row, (code, &answer))| match answer {
            NONE => (row, None),
            answer => (answer, Some(code.value.unwrap_or_default())),
        })
        .collect();
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let questions: Vec<String> = rows.iter().map(|row| questions(row).join(" ")).collect();
    let prompts: Vec<String> = rows.iter().map(|row| text(&row.prompt)).collect();
    let labels: Vec<String> =
        rows.iter().map(|row| row.label.clone().unwrap_or_else(|| row.id.clone())).collect();
    let incompatible = incompatible(&settings.incompatible, &index, rows.len());
    let codes = Codes {
        ids: rows.iter().map(|row| row.id.as_str()).collect(),
        labels: labels.iter().map(String::as_str).collect(),
        parents: parents.into(),
        removed: rows.iter().map(|row| u8::from(row.status == CodeStatus::Removed)).collect(),
        prompts: prompts.iter().map(String::as_str).collect(),
        questions: questions.iter().map(String::as_str).collect(),
        origins: rows.iter().map(|row| row.origin.map_or(u8::MAX, |from| from as u8)).collect(),
        incompatible_offsets: incompatible.0.into(),
        incompatible: incompatible.1.into(),
    };
    let index = index.into_iter().map(|(id, row)| (id.to_owned(), row)).collect();
    Codebook { codes, meanings, index }
}

/// Where the codes that each code cannot go together with start, and these codes.
fn incompatible(
    pairs: &[[String; 2]],
    index: &BTreeMap<&str, u32>,
    codes: usize,
) -> (Vec<i64>, Vec<u32>) {
    let mut both = Vec::new();
    for [one, other] in pairs {
        if let (Some(&one), Some(&other)) = (index.get(&**one), index.get(&**other)) {
            both.extend([(one, other), (other, one)]);
        }
    }
    both.sort_unstable();
    both.dedup();
    let start = |code| i64::try_from(both.partition_point(|pair| pair.0 < code)).unwrap_or(0);
    let offsets = (0..=u32::try_from(codes).unwrap_or(NONE)).map(start).collect();
    (offsets, both.iter().map(|pair| pair.1).collect())
}

/// The research questions a code serves.
fn questions(row: &CodeRow) -> Vec<&str> {
    let written = row.rq.as_deref().unwrap_or("");
    written.split(['/', ' ', ',', ';']).filter(|question| !question.is_empty()).collect()
}

fn refuse_cycles(rows: &[CodeRow], parents: &[u32], gathered: &mut Gathered) {
    for cycle in cycles(parents) {
        let names: Vec<&str> = cycle.iter().map(|&row| rows[row as usize].id.as_str()).collect();
        let spot = Spot::cell(StudyFile::Codes, cycle[0] as usize, "parent");
        let message = format!("the code `{}` stands below itself: {}", names[0], circle(&names));
        gathered.add(
            Problem::new(Kind::CyclicCodes, spot, message)
                .label("this parent leads back here")
                .help("give one of these codes another parent, or none"),
        );
    }
}

/// Names in a circle, as a reader follows them.
pub(super) fn circle(names: &[&str]) -> String {
    let mut path = names.to_vec();
    path.extend(names.first());
    path.join(" → ")
}

fn check_questions(rows: &[CodeRow], settings: &Settings, gathered: &mut Gathered) {
    if settings.questions.is_empty() {
        return;
    }
    for (row, code) in rows.iter().enumerate() {
        for question in questions(code) {
            if !settings.questions.contains_key(question) {
                let known: Vec<&str> = settings.questions.keys().map(String::as_str).collect();
                let spot = Spot::cell(StudyFile::Codes, row, "rq");
                let message = format!("unknown research question `{question}`");
                gathered.add(
                    Problem::new(Kind::UnknownQuestion, spot, message)
                        .label("not among `questions` in study.yaml")
                        .help(format!("use one of: {}", known.join(", "))),
                );
            }
        }
    }
}
