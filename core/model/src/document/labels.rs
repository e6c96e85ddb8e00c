//! What do readers call a code, a role, a case or a source?

use std::collections::BTreeMap;

use crate::row::{CaseRow, CodeRow, SourceRow};
use crate::settings::{Language, Settings};

/// What readers call the things that findings name by id, in one language.
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
    /// The labels of a study's rows in `language`. A code without research questions of its own
    /// serves those of the code above it.
    #[must_use]
    pub fn new(
        settings: &Settings,
        codes: &[CodeRow],
        cases: &[CaseRow],
        sources: &[SourceRow],
        language: Language,
    ) -> Self {
        let roles = settings.roles.iter().map(|role| {
            (role.id.clone(), Some(role.label.in_language(language.code()).to_owned()))
        });
        Self {
            codes: labelled(codes.iter().map(|code| (code.id.clone(), code.label.clone()))),
            roles: labelled(roles),
            cases: labelled(cases.iter().map(|case| (case.id.clone(), case.label.clone()))),
            sources: labelled(
                sources.iter().map(|source| (source.id.clone(), source.label.clone())),
            ),
            questions: questions(codes),
        }
    }
}

fn labelled(pairs: impl Iterator<Item = (String, Option<String>)>) -> BTreeMap<String, String> {
    pairs
        .filter_map(|(id, label)| Some((id, label.filter(|label| !label.trim().is_empty())?)))
        .collect()
}

fn questions(codes: &[CodeRow]) -> BTreeMap<String, Vec<String>> {
    let by_id: BTreeMap<&str, &CodeRow> =
        codes.iter().map(|code| (code.id.as_str(), code)).collect();
    codes.iter().filter_map(|code| Some((code.id.clone(), questions_of(code, &by_id)?))).collect()
}

fn questions_of(code: &CodeRow, by_id: &BTreeMap<&str, &CodeRow>) -> Option<Vec<String>> {
    let mut at = code;
    // A cycle in the code tree is a problem of the study; here it only must not go on for ever.
    for _ in 0..=by_id.len() {
        let own: Vec<String> = at
            .rq
            .iter()
            .flat_map(|rq| rq.split(['/', ' ', ',', ';']))
            .filter(|id| !id.is_empty())
            .map(str::to_owned)
            .collect();
        if !own.is_empty() {
            return Some(own);
        }
        at = by_id.get(at.parent.as_deref()?)?;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(id: &str, parent: Option<&str>, rq: Option<&str>) -> CodeRow {
        CodeRow {
            id: id.into(),
            parent: parent.map(Into::into),
            rq: rq.map(Into::into),
            ..CodeRow::default()
        }
    }

    #[test]
    fn a_code_serves_the_questions_of_the_code_above_it() {
        let codes =
            [code("P", None, Some("RQ1/RQ2")), code("P.a", Some("P"), None), code("Q", None, None)];
        let labels = Labels::new(&Settings::default(), &codes, &[], &[], Language::En);
        assert_eq!(labels.questions["P.a"], ["RQ1", "RQ2"]);
        assert!(!labels.questions.contains_key("Q"));
    }

    #[test]
    fn a_cycle_of_codes_ends() {
        let codes = [code("a", Some("b"), None), code("b", Some("a"), None)];
        let labels = Labels::new(&Settings::default(), &codes, &[], &[], Language::Nl);
        assert!(labels.questions.is_empty());
    }
}
