//! Which name did a researcher mean where a reference points nowhere?

use std::collections::BTreeMap;

use parallax_model::row::Strength;
use parallax_model::settings::Fixed;
use parallax_model::{Kind, Problem, StudyDraft, StudyFile};

use crate::check::suggest::suggestion;

/// The names of a study, by the kind of problem that a wrong one gives.
pub(crate) struct Words(BTreeMap<Kind, Vec<String>>);

impl Words {
    /// The names in a draft.
    pub(crate) fn of(draft: &StudyDraft) -> Self {
        let ids = |ids: &mut dyn Iterator<Item = &String>| ids.cloned().collect::<Vec<_>>();
        let settings = &draft.settings;
        let mut roles = Vec::new();
        for role in &settings.roles {
            roles.push(role.id.clone());
            roles.extend(role.aliases.iter().cloned());
            roles.extend(role.label.wordings().map(str::to_owned));
        }
        let participants = ids(&mut draft.participants.iter().map(|row| &row.id));
        let mut bearers: Vec<String> = ["self", "we", "others", "all"].map(str::to_owned).to_vec();
        bearers.extend(roles.iter().chain(&participants).cloned());
        let cases = match &draft.cases {
            Some(cases) => ids(&mut cases.iter().map(|row| &row.id)),
            None => ids(&mut draft.participants.iter().filter_map(|row| row.case.as_ref())),
        };
        let sources = draft.sources.as_ref();
        let mut choices: Vec<String> =
            Fixed::ALL.iter().map(|choice| choice.id().to_owned()).collect();
        choices.extend(Strength::ALL.iter().map(|strength| strength.name().to_owned()));
        choices.extend(settings.alternatives.iter().map(|group| group.group.clone()));
        choices.extend(draft.constraints.iter().map(|row| row.id.clone()));
        Self(BTreeMap::from([
            (Kind::UnknownRole, roles),
            (Kind::UnknownCode, ids(&mut draft.codes.iter().map(|row| &row.id))),
            (Kind::UnknownParticipant, participants),
            (Kind::UnknownCase, cases),
            (Kind::UnknownSource, ids(&mut sources.into_iter().flatten().map(|row| &row.id))),
            (Kind::UnknownExcerpt, ids(&mut draft.excerpts.iter().map(|row| &row.id))),
            (Kind::UnknownMapping, ids(&mut settings.mappings.iter().map(|mapping| &mapping.id))),
            (Kind::UnknownBearer, bearers),
            (Kind::UnknownEvent, ids(&mut draft.events.iter().map(|row| &row.id))),
            (Kind::UnknownChoice, choices),
            (Kind::UnknownQuestion, settings.questions.keys().cloned().collect()),
        ]))
    }

    /// The problem with the name that was meant, when one is likely, and the wrong name itself.
    pub(crate) fn suggest(&self, problem: Problem) -> (Problem, Option<String>) {
        let Some(known) = self.0.get(&problem.kind) else { return (problem, None) };
        let Some(wrong) = wrong_name(&problem.message).map(str::to_owned) else {
            return (problem, None);
        };
        if problem.fix.is_some() {
            return (problem, Some(wrong));
        }
        let mut names: Vec<&str> =
            known.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
        names.sort_unstable();
        names.dedup();
        let meant = suggestion(&wrong, names.iter().copied());
        let unhelped = meant.is_none() && problem.help.is_none();
        let problem = problem.suggest(meant);
        let problem = match names.len() {
            _ if !unhelped => problem,
            1..=12 => problem.help(format!("the study has {}", names.join(", "))),
            _ => problem.help("correct the spelling, or add it where the study defines it"),
        };
        (problem, Some(wrong))
    }
}

/// The problem of a misnamed file with the name that was meant, when one is likely.
pub(crate) fn name_meant(name: &str, problem: Problem) -> Problem {
    let likely = (problem.kind == Kind::UnknownFile)
        .then(|| suggestion(name, StudyFile::ALL.into_iter().map(StudyFile::name)));
    match likely.flatten() {
        Some(likely) => problem.help(format!("did you mean `{likely}`? Then rename the file")),
        None => problem,
    }
}

/// The name in a message such as "unknown code `P.tsk`".
fn wrong_name(message: &str) -> Option<&str> {
    let (_, rest) = message.strip_prefix("unknown ")?.split_once('`')?;
    rest.rsplit_once('`').map(|(name, _)| name)
}

#[cfg(test)]
mod tests {
    use parallax_model::Spot;
    use parallax_model::row::CodeRow;

    use super::*;

    #[test]
    fn a_wrong_code_gets_the_likely_one() {
        let codes =
            ["P.task.MON", "P.task.BEG"].map(|id| CodeRow { id: id.into(), ..CodeRow::default() });
        let words = Words::of(&StudyDraft { codes: codes.to_vec(), ..StudyDraft::default() });
        let spot = Spot::cell(StudyFile::Statements, 0, "code");
        let problem = Problem::new(Kind::UnknownCode, spot, "unknown code `P.tsk.MON`");
        let (problem, wrong) = words.suggest(problem);
        assert_eq!(wrong.as_deref(), Some("P.tsk.MON"));
        assert_eq!(problem.fix.map(|fix| fix.replacement).as_deref(), Some("P.task.MON"));
    }
}
