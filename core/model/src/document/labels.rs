//! What do readers call a code, a role, a case or a source?

use std::collections::BTreeMap;

use crate::study::Study;
use crate::table::Texts;
use crate::tables::Codes;

/// What readers call the things that findings name by id, in the language of the study.
///
/// An id that is not here is shown as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labels {
    /// Labels of codes, by id.
    pub codes: BTreeMap<String, String>,
    /// Labels of roles, by id.
    pub roles: BTreeMap<String, String>,
    /// Labels of cases, by id.
    pub cases: BTreeMap<String, String>,
    /// Labels of sources, by id.
    pub sources: BTreeMap<String, String>,
    /// The research questions that a code serves, by the code's id.
    pub questions: BTreeMap<String, Vec<String>>,
}

impl Labels {
    /// The labels of a study. A code without research questions of its own serves those of the
    /// code above it.
    #[must_use]
    pub fn of(study: &Study) -> Self {
        Self {
            codes: labelled(&study.codes().ids, &study.codes().labels),
            roles: labelled(&study.roles().ids, &study.roles().labels),
            cases: labelled(&study.cases().ids, &study.cases().labels),
            sources: labelled(&study.sources().ids, &study.sources().labels),
            questions: questions(study.codes()),
        }
    }
}

fn labelled(ids: &Texts<'_>, labels: &Texts<'_>) -> BTreeMap<String, String> {
    ids.iter().zip(labels.iter()).map(|(id, label)| (id.to_owned(), label.to_owned())).collect()
}

fn questions(codes: &Codes<'_>) -> BTreeMap<String, Vec<String>> {
    let served = |code: u32| {
        codes.upward(code).map(|above| codes.questions.of(above)).find(|asked| !asked.is_empty())
    };
    (0_u32..)
        .zip(codes.ids.iter())
        .filter_map(|(code, id)| {
            let questions = served(code)?.split_whitespace().map(str::to_owned).collect();
            Some((id.to_owned(), questions))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::NONE;

    #[test]
    fn a_code_serves_the_questions_of_the_code_above_it() {
        let codes = Codes {
            ids: ["P", "P.a", "Q"].into_iter().collect(),
            parents: vec![NONE, 0, NONE].into(),
            questions: ["RQ1 RQ2", "", ""].into_iter().collect(),
            ..Codes::default()
        };
        let questions = questions(&codes);
        assert_eq!(questions["P.a"], ["RQ1", "RQ2"]);
        assert!(!questions.contains_key("Q"));
    }
}
