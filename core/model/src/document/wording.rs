//! How do a template, its values and the words of an analysis become a sentence?

use std::collections::BTreeMap;

use crate::analysis::Manifest;
use crate::document::{Labels, Shown, shown};
use crate::finding::{Measure, Value};
use crate::number::{Number, nine_digits};
use crate::settings::Language;

/// The words of one analysis in one language, and the labels of the study.
#[derive(Clone, Copy)]
pub(super) struct Wording<'a> {
    pub(super) manifest: &'a Manifest,
    pub(super) labels: &'a Labels,
    pub(super) language: Language,
}

impl Wording<'_> {
    /// A word of the manifest.
    ///
    /// # Errors
    /// When the manifest has no such word.
    pub(super) fn word(&self, name: &str) -> Result<String, String> {
        self.manifest
            .words
            .get(name)
            .map(|word| word.in_language(self.language.code()).to_owned())
            .ok_or_else(|| format!("its manifest has no word `{name}`"))
    }

    /// A reason: a word of the manifest where there is one of that name, else as it stands.
    pub(super) fn reason(&self, reason: &str) -> String {
        self.word(reason).unwrap_or_else(|_| reason.to_owned())
    }

    /// A value with the text a reader sees.
    ///
    /// # Errors
    /// When it is a word that the manifest lacks.
    pub(super) fn show(&self, value: &Value) -> Result<Shown, String> {
        let label =
            |labels: &BTreeMap<String, String>, id: &String| labels.get(id).unwrap_or(id).clone();
        Ok(match value {
            Value::Number(number) => {
                let (number, text) = self.number(number);
                Shown::Number { number, text }
            }
            Value::Code(id) => Shown::Code { text: label(&self.labels.codes, id), id: id.clone() },
            Value::Role(id) => Shown::Role { text: label(&self.labels.roles, id), id: id.clone() },
            Value::Participant(id) => Shown::Participant { text: id.clone(), id: id.clone() },
            Value::Case(id) => Shown::Case { text: label(&self.labels.cases, id), id: id.clone() },
            Value::Source(id) => {
                Shown::Source { text: label(&self.labels.sources, id), id: id.clone() }
            }
            Value::Names(ids) => Shown::Names { text: self.list(ids), ids: ids.clone() },
            Value::Word(name) => Shown::Word { text: self.word(name)?, id: name.clone() },
            Value::Said { state, statements } => Shown::Said {
                text: self.word(state)?,
                state: state.clone(),
                statements: statements.clone(),
            },
            Value::Text(text) => Shown::Text { text: text.clone() },
        })
    }

    /// A number as it is published, with the text a reader sees.
    pub(super) fn number(&self, number: &Number) -> (Number, String) {
        let number = match number {
            Number::Decimal { value, rule } if value.is_finite() => {
                Number::Decimal { value: nine_digits(*value), rule: rule.clone() }
            }
            Number::Decimal { .. } => Number::not_available("the value is not a finite number"),
            Number::NotAvailable { reason } => Number::not_available(&self.reason(reason)),
            other => other.clone(),
        };
        let reason = match &number {
            Number::NotAvailable { reason } => reason.as_str(),
            _ => "",
        };
        let text = shown::number(&number, self.language, reason);
        (number, text)
    }

    /// Ids as a sentence lists them; those of codes and roles by their labels.
    fn list(&self, ids: &[String]) -> String {
        let named: Vec<&str> = ids
            .iter()
            .map(|id| {
                let known = self.labels.codes.get(id).or_else(|| self.labels.roles.get(id));
                known.unwrap_or(id).as_str()
            })
            .collect();
        let (none, and) = match self.language {
            Language::En => ("none", "and"),
            Language::Nl => ("geen", "en"),
        };
        match named.as_slice() {
            [] => none.to_owned(),
            [only] => (*only).to_owned(),
            [first @ .., last] => format!("{} {and} {last}", first.join(", ")),
        }
    }

    /// `text` with every `{name}` replaced: by a value of that name, else by a measure.
    /// `{{` and `}}` stand for braces.
    ///
    /// # Errors
    /// When a name stands for nothing, or a brace has no partner.
    pub(super) fn fill(
        &self,
        text: &str,
        values: &[&BTreeMap<String, Value>],
        measures: &[Measure],
    ) -> Result<String, String> {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            filled.push_str(&rest[..at]);
            let brace = &rest[at..=at];
            rest = &rest[at + 1..];
            if let Some(after) = rest.strip_prefix(brace) {
                filled.push_str(brace);
                rest = after;
                continue;
            }
            let end = rest.find('}').filter(|_| brace == "{");
            let end = end.ok_or("a brace in one of its templates has no partner")?;
            filled.push_str(&self.named(&rest[..end], values, measures)?);
            rest = &rest[end + 1..];
        }
        filled.push_str(rest);
        Ok(filled)
    }

    /// [`Self::fill`], with a capital where a label of the study opens the text. Ids of people
    /// keep their case.
    ///
    /// # Errors
    /// As [`Self::fill`].
    pub(super) fn sentence(
        &self,
        text: &str,
        values: &BTreeMap<String, Value>,
        measures: &[Measure],
    ) -> Result<String, String> {
        let filled = self.fill(text, &[values], measures)?;
        let first = text.strip_prefix('{').and_then(|rest| rest.split('}').next());
        let is_label = matches!(
            first.and_then(|name| values.get(name)),
            Some(
                Value::Code(_)
                    | Value::Role(_)
                    | Value::Case(_)
                    | Value::Source(_)
                    | Value::Word(_)
            )
        );
        let mut letters = filled.chars();
        Ok(match letters.next() {
            Some(letter) if is_label => letter.to_uppercase().chain(letters).collect(),
            _ => filled,
        })
    }

    fn named(
        &self,
        name: &str,
        values: &[&BTreeMap<String, Value>],
        measures: &[Measure],
    ) -> Result<String, String> {
        if let Some(value) = values.iter().find_map(|values| values.get(name)) {
            return Ok(self.show(value)?.text().to_owned());
        }
        measures
            .iter()
            .find(|measure| measure.name == name)
            .map(|measure| self.number(&measure.number).1)
            .ok_or_else(|| format!("a template asks for `{{{name}}}`, which the finding lacks"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values() -> BTreeMap<String, Value> {
        BTreeMap::from([
            ("task".to_owned(), Value::Code("P.MON".into())),
            ("who".to_owned(), Value::Names(vec!["S1".into(), "L5".into(), "I6".into()])),
            ("one".to_owned(), Value::Participant("s1".into())),
            ("status".to_owned(), Value::Word("silent".into())),
            ("nobody".to_owned(), Value::Names(Vec::new())),
            ("odd".to_owned(), Value::Word("missing".into())),
        ])
    }

    fn with_wording<T>(language: Language, use_it: impl FnOnce(&Wording<'_>) -> T) -> T {
        let manifest: Manifest = serde_json::from_value(serde_json::json!({
            "id": "a", "version": "1.0.0", "title": "A", "question": "Q?", "method": "M",
            "templates": {}, "words": { "silent": { "en": "silent", "nl": "stil" } },
        }))
        .expect("a manifest");
        let labels = Labels {
            codes: BTreeMap::from([("P.MON".into(), "monitoring".into())]),
            ..Labels::default()
        };
        use_it(&Wording { manifest: &manifest, labels: &labels, language })
    }

    fn filled(text: &str, language: Language) -> Result<String, String> {
        let measures = [Measure { name: "rate".into(), number: Number::fraction(3, 4, "none") }];
        with_wording(language, |wording| wording.fill(text, &[&values()], &measures))
    }

    fn sentence(text: &str) -> String {
        with_wording(Language::En, |wording| wording.sentence(text, &values(), &[]))
            .expect("a sentence")
    }

    #[test]
    fn names_stand_for_values_and_then_for_measures() {
        let text = "{who}: {task} is {status} ({rate}); {nobody} {{as is}}";
        let english = "S1, L5 and I6: monitoring is silent (3/4); none {as is}";
        assert_eq!(filled(text, Language::En).as_deref(), Ok(english));
        let dutch = "S1, L5 en I6: monitoring is stil (3/4); geen {as is}";
        assert_eq!(filled(text, Language::Nl).as_deref(), Ok(dutch));
    }

    #[test]
    fn a_sentence_that_a_label_opens_has_a_capital() {
        assert_eq!(sentence("{task} by {who}"), "Monitoring by S1, L5 and I6");
        assert_eq!(sentence("{one} and {task}"), "s1 and monitoring");
        assert_eq!(sentence("of {task}"), "of monitoring");
    }

    #[test]
    fn what_a_template_gets_wrong_is_an_error() {
        for wrong in ["{missing}", "{odd}", "{task", "task}", "{}", "é{"] {
            assert!(filled(wrong, Language::En).is_err(), "{wrong} is wrong");
        }
    }

    #[test]
    fn reasons_can_be_words() {
        let reasons = |wording: &Wording<'_>| ["silent", "because"].map(|it| wording.reason(it));
        assert_eq!(with_wording(Language::Nl, reasons), ["stil", "because"]);
    }
}
