//! How is a verdict said to a reader, in English and in Dutch?

mod computed;
mod names;

use parallax_model::claim::expected::Other;
use parallax_model::claim::{Expected, Missing, Outcome, Truth};
use parallax_model::settings::{CoverageDefault, Language};
use parallax_model::{Reading, Study};

use super::{Assessed, Because};

pub(super) use names::list;

/// Says verdicts in the language of a study.
pub(super) struct Words<'w> {
    pub(super) study: &'w Study,
    pub(super) reading: &'w Reading<'static>,
    pub(super) language: Language,
}

impl Words<'_> {
    /// English or Dutch.
    pub(super) fn pick(&self, english: &str, dutch: &str) -> String {
        match self.language {
            Language::En => english.to_owned(),
            Language::Nl => dutch.to_owned(),
        }
    }

    /// What the data say of a claim, in a sentence or two.
    pub(super) fn sentence(&self, one: &Assessed<'_>) -> String {
        let data = self.computed(one);
        let told = self.told(one);
        if let Some(problem) = &one.stopped {
            let stopped = self.pick("Its script stopped", "Het script is gestopt");
            return format!("{stopped}: {}.", problem.message);
        }
        match (&one.because, &one.judgement.outcome) {
            (Because::Entered(rows), _) => self.entered(*rows, &data),
            (Because::Drift { other, says, stronger }, _) => {
                self.drift((other, says), *stronger, one)
            }
            (Because::TwoValues, _) => self.two_values(one),
            (Because::OtherNumber { other, people }, _) => self.other_number(other, *people, &data),
            (Because::Data, Outcome::Missing(missing)) => self.missing(missing),
            (Because::Data, Outcome::Removed(code)) => self.removed(*code),
            (Because::Data, Outcome::Nothing) => self.nothing(one),
            (Because::Data, Outcome::NoCheck) if one.claim.kind.is_none() => self.pick(
                "Its row names no kind of test: nothing in the tables stands for it.",
                "De rij noemt geen soort toets: niets in de tabellen staat hiervoor.",
            ),
            (Because::Data, Outcome::NoCheck | Outcome::Script) => self.pick(
                "The tables of the study hold nothing that it could be compared with.",
                "De tabellen van het onderzoek bevatten niets waarmee dit te vergelijken is.",
            ),
            (Because::Data, Outcome::Is(truth)) => self.is(*truth, one, &data, &told),
        }
    }

    /// What the data give, and what the report says instead where they do not bear it out.
    fn is(&self, truth: Truth, one: &Assessed<'_>, data: &str, told: &str) -> String {
        let data = sentence_start(data);
        let said = match told {
            "" => format!("{data}."),
            _ if truth == Truth::True => format!("{data}."),
            told => format!("{data}; {} {told}.", self.pick("the report says", "het verslag zegt")),
        };
        if truth == Truth::Open && one.judgement.base_is_open {
            let base = self.pick(
                "It is not known of everybody whether they were asked.",
                "Niet van iedereen is bekend of het gevraagd is.",
            );
            return format!("{said} {base}");
        }
        if truth == Truth::Open && !one.claim.codes.is_empty() && self.nobody_says_who_was_asked() {
            let unasked = self.pick(
                "The study does not say who was asked: coverage.csv could, or `coverage_default` in study.yaml.",
                "Het onderzoek zegt niet aan wie wat is gevraagd: dat kan in coverage.csv, of met `coverage_default` in study.yaml.",
            );
            return format!("{said} {unasked}");
        }
        said
    }

    /// Whether a silence means nothing anywhere in the study: there is no coverage at all.
    fn nobody_says_who_was_asked(&self) -> bool {
        let settings = self.study.settings();
        settings.coverage_default == CoverageDefault::Unknown
            && self.study.coverage().codes.is_empty()
    }

    fn entered(&self, rows: usize, data: &str) -> String {
        let (english, dutch) = match rows {
            1 => (
                "The row behind it was entered from this sentence, and confirms nothing".to_owned(),
                "De rij hierachter is uit deze zin ingevoerd, en bevestigt niets".to_owned(),
            ),
            rows => (
                format!(
                    "The {rows} rows behind it were entered from this sentence, and confirm nothing"
                ),
                format!(
                    "De {rows} rijen hierachter zijn uit deze zin ingevoerd, en bevestigen niets"
                ),
            ),
        };
        let only = self.pick("only the interviews could", "alleen de interviews kunnen dat");
        format!("{}. {}; {only}.", sentence_start(data), self.pick(&english, &dutch))
    }

    fn drift(&self, (other, says): (&str, &str), stronger: bool, one: &Assessed<'_>) -> String {
        let here = self.told(one);
        let data = self.computed(one);
        match (self.language, stronger) {
            (Language::En, true) => {
                format!(
                    "It says {here} where {other} says {says}: more than that. The data give {data}."
                )
            }
            (Language::En, false) => {
                format!(
                    "It says {here} where {other} says {says}: less than that. The data give {data}."
                )
            }
            (Language::Nl, true) => format!(
                "Dit zegt {here} waar {other} {says} zegt: meer dan dat. De gegevens geven {data}."
            ),
            (Language::Nl, false) => format!(
                "Dit zegt {here} waar {other} {says} zegt: minder dan dat. De gegevens geven {data}."
            ),
        }
    }

    fn two_values(&self, one: &Assessed<'_>) -> String {
        let Expected::Twice(first, second) = &one.claim.expected else { return String::new() };
        match self.language {
            Language::En => format!("The report gives two values: {first} and {second}."),
            Language::Nl => format!("Het verslag geeft twee waarden: {first} en {second}."),
        }
    }

    fn other_number(&self, other: &str, people: i64, data: &str) -> String {
        match self.language {
            Language::En => format!(
                "It does not fit the {people} people of {other}, though it fits the data: {data}."
            ),
            Language::Nl => format!(
                "Dit past niet bij de {people} mensen van {other}, al past het bij de gegevens: {data}."
            ),
        }
    }

    fn missing(&self, missing: &[Missing]) -> String {
        let named: Vec<String> = missing.iter().map(|&one| self.missing_one(one)).collect();
        let named = list(&named, self.language);
        match self.language {
            Language::En => format!("It speaks of people who are not in the sample: {named}."),
            Language::Nl => {
                format!("Dit gaat over mensen die niet in de steekproef zijn: {named}.")
            }
        }
    }

    fn missing_one(&self, missing: Missing) -> String {
        let role = |role: u32| self.study.roles().labels.of(role).to_owned();
        match missing {
            Missing::Role(of) => role(of),
            Missing::RoleAtCase(of, case) => format!("{} ({})", role(of), self.case(case)),
            Missing::Case(case) => self.case(case),
            Missing::Everybody => self.pick("those whom it names", "wie het noemt"),
        }
    }

    fn removed(&self, code: u32) -> String {
        let label = self.code(code);
        match self.language {
            Language::En => format!(
                "It rests on the code “{label}”, which the study removed from its codebook."
            ),
            Language::Nl => format!(
                "Dit rust op de code “{label}”, die het onderzoek uit zijn codeboek heeft gehaald."
            ),
        }
    }

    fn nothing(&self, one: &Assessed<'_>) -> String {
        if one.claim.codes.is_empty() {
            return self.pick(
                "No code of the study stands for it: nothing in the data can bear it out.",
                "Geen code van het onderzoek staat hiervoor: niets in de gegevens kan dit steunen.",
            );
        }
        let codes: Vec<String> = one.claim.codes.iter().map(|&code| self.code(code)).collect();
        let codes = list(&codes, self.language);
        match self.language {
            Language::En => {
                format!("No statement and no constraint of the study is about it ({codes}).")
            }
            Language::Nl => format!(
                "Geen uitspraak en geen beperking in het onderzoek gaat hierover ({codes})."
            ),
        }
    }

    /// What the report says, as far as it is a number or a word for one.
    fn told(&self, one: &Assessed<'_>) -> String {
        let row = one.row;
        let expected = row.expected.as_deref().unwrap_or("").trim();
        let word = row.quantifier.as_deref().unwrap_or("").trim();
        match (&one.claim.expected, word) {
            (Expected::No, _) => {
                self.pick("that there is no consensus", "dat er geen consensus is")
            }
            (Expected::Nothing, "") => String::new(),
            (Expected::Nothing, word) => format!("“{word}”"),
            (Expected::Set(_), _) => self.people_named(expected),
            (Expected::Codes(codes), _) => {
                list(&codes.iter().map(|&code| self.code(code)).collect::<Vec<_>>(), self.language)
            }
            (Expected::Than(relation, _), _) => self.told_than(one, relation.sign(), expected),
            (Expected::Part { part, percent: Some(percent) }, _) => format!("{part} ({percent})"),
            _ => expected.to_owned(),
        }
    }

    /// A comparison with both its sides.
    fn told_than(&self, one: &Assessed<'_>, sign: &str, expected: &str) -> String {
        let scope = self.people_named(one.row.scope.as_deref().unwrap_or(""));
        let other = self.people_named(expected.trim_start_matches(['<', '>', '=', ' ']));
        match &one.claim.expected {
            Expected::Than(_, Other::Code(code)) => {
                format!("{} {sign} {}", self.code(one.claim.code()), self.code(*code))
            }
            _ => format!("{scope} {sign} {other}"),
        }
    }
}

/// The text with a capital letter in front, unless it starts with a word of claims.csv.
fn sentence_start(text: &str) -> String {
    if text.split(' ').next().is_some_and(|word| word.contains(['=', '*', '@'])) {
        return text.to_owned();
    }
    let mut signs = text.chars();
    signs.next().map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect())
}
