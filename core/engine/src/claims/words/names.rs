//! What is a reader told of a person, a case, a code, or several of them?

use parallax_model::NONE;
use parallax_model::claim::Unit;
use parallax_model::claim::scope::words;
use parallax_model::settings::Language;

use super::Words;

/// Beyond so many names a list says how many more there are.
const MOST_NAMES: usize = 8;

impl Words<'_> {
    /// The label of a case.
    pub(in crate::claims) fn case(&self, case: u32) -> String {
        let cases = self.study.cases();
        let label = cases.labels.of(case);
        if label.is_empty() { cases.ids.of(case) } else { label }.to_owned()
    }

    /// The label of a code.
    pub(in crate::claims) fn code(&self, code: u32) -> String {
        if code == NONE { String::new() } else { self.study.codes().labels.of(code).to_owned() }
    }

    /// A person's id, the label of a case or a code.
    pub(super) fn unit(&self, unit: Unit) -> String {
        match unit {
            Unit::Person(person) => self.reading.participants.ids.of(person).to_owned(),
            Unit::Case(case) => self.case(case),
            Unit::Code(code) => self.code(code),
        }
    }

    /// The people or cases that a scope or a set names, as a reader knows them.
    pub(super) fn people_named(&self, text: &str) -> String {
        let names: Vec<String> = words(text).iter().map(|word| self.named(word)).collect();
        match &names[..] {
            [] => self.pick("everybody", "iedereen"),
            names => list(names, self.language),
        }
    }

    /// One word of a scope: `S*`, `S@3`, `@3` and `*` in words, anything else as it is.
    fn named(&self, word: &str) -> String {
        let roles = self.study.roles();
        let role = |id: &str| roles.ids.position(id).map(|role| roles.labels.of(role));
        let case = |id: &str| self.study.cases().ids.position(id).map(|case| self.case(case));
        let read = match (word, word.split_once('@')) {
            ("*", _) => Some(self.pick("everybody", "iedereen")),
            (_, Some(("", at))) => case(at),
            (_, Some((of, "*"))) => role(of).map(str::to_owned),
            (_, Some((of, at))) => {
                role(of).zip(case(at)).map(|(role, case)| format!("{role} ({case})"))
            }
            _ => word.strip_suffix('*').and_then(role).map(str::to_owned),
        };
        read.unwrap_or_else(|| word.to_owned())
    }

    /// Several of them.
    pub(super) fn units(&self, units: &[Unit]) -> String {
        let names: Vec<String> = units.iter().map(|&unit| self.unit(unit)).collect();
        list(&names, self.language)
    }
}

/// `a`, `a and b`, `a, b and c`; of many only the first.
pub(in crate::claims) fn list(names: &[String], language: Language) -> String {
    let (and, more) = match language {
        Language::En => ("and", "more"),
        Language::Nl => ("en", "meer"),
    };
    let rest = names.len().saturating_sub(MOST_NAMES);
    match names {
        [] => String::new(),
        [only] => only.clone(),
        names if rest > 1 => {
            format!("{} {and} {rest} {more}", names[..MOST_NAMES].join(", "))
        }
        [before @ .., last] => format!("{} {and} {last}", before.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_written_as_a_sentence_has_them() {
        let names = |count: usize| -> Vec<String> { (1..=count).map(|n| n.to_string()).collect() };
        assert_eq!(list(&names(0), Language::En), "");
        assert_eq!(list(&names(2), Language::Nl), "1 en 2");
        assert_eq!(list(&names(3), Language::En), "1, 2 and 3");
        assert_eq!(list(&names(12), Language::En), "1, 2, 3, 4, 5, 6, 7, 8 and 4 more");
    }
}
