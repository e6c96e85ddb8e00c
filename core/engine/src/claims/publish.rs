//! How do assessed claims stand in the published document?

use parallax_model::claim::{Computed, Unit};
use parallax_model::document::{ComputedSet, PublishedClaim};
use parallax_model::{Basis, Fraction, Interval, Number, Reading, Study};

use super::words::Words;
use super::{Assessed, Claims, notes};

impl Claims<'_> {
    /// Every claim in words, in the order of `claims.csv`.
    #[must_use]
    pub fn publish(&self, reading: &Reading<'static>) -> Vec<PublishedClaim> {
        let language = self.study.settings().language;
        let words = Words { study: self.study, reading, language };
        self.assess(reading).iter().map(|one| published(&words, one)).collect()
    }
}

fn published(words: &Words<'_>, one: &Assessed<'_>) -> PublishedClaim {
    let text = |text: &Option<String>| text.as_deref().unwrap_or("").trim().to_owned();
    let told = [text(&one.row.expected), text(&one.row.quantifier)];
    let told: Vec<String> = told.into_iter().filter(|text| !text.is_empty()).collect();
    let ids = &words.reading.participants.ids;
    PublishedClaim {
        id: one.claim.id.clone(),
        reference: text(&one.row.reference),
        section: text(&one.row.section),
        kind: one.claim.kind,
        verdict: one.verdict,
        word: one.verdict.in_language(words.language).to_owned(),
        sentence: words.sentence(one),
        reported: told.join(", "),
        computed: number(&one.judgement.computed),
        set: set(words.study, &one.judgement.computed),
        notes: notes::about(words, one),
        open: one.judgement.open.iter().map(|&row| ids.of(row).to_owned()).collect(),
        basis: basis(words, one),
        robustness: None,
    }
}

fn basis(words: &Words<'_>, one: &Assessed<'_>) -> Basis {
    if !one.judgement.evidence.is_empty() {
        return Basis::Evidence { items: one.judgement.evidence.clone() };
    }
    let reason = match &one.judgement.computed {
        Computed::Nothing => words.pick("no statement bears on it", "geen uitspraak gaat hierover"),
        Computed::Set { .. } if one.claim.unit == parallax_model::row::ClaimUnit::Code => words
            .pick(
                "read from codes.csv and the codes in use",
                "gelezen uit codes.csv en de codes in gebruik",
            ),
        _ => words.pick(
            "counted in the tables of people, cases and conversations",
            "geteld in de tabellen van mensen, casussen en gesprekken",
        ),
    };
    Basis::None { reason }
}

/// What the data give, where that is one number.
fn number(computed: &Computed) -> Option<Number> {
    match computed {
        Computed::Count { count, of, .. } => Some(part(*count, *of)),
        Computed::Beside { own, .. } => Some(Number::range(own.lower, own.upper)),
        Computed::Agreement { agreement, .. } => agreement.map(Number::Ratio),
        Computed::People { here, .. } => Some(Number::count(*here)),
        Computed::Mentions { sum, .. } => Some(Number::Count { value: *sum }),
        Computed::Set { certain, possible } => {
            Some(Number::range(certain.len(), certain.len() + possible.len()))
        }
        Computed::Nothing => None,
    }
}

/// A part of a whole where the whole is one number, else the count alone.
fn part(count: Interval, of: Interval) -> Number {
    let end = |k: usize| Fraction::new(i64::try_from(k).ok()?, i64::try_from(of.upper).ok()?);
    match (end(count.lower), end(count.upper)) {
        (Some(lower), Some(upper)) if of.lower == of.upper => match count.lower == count.upper {
            true => Number::Fraction(lower),
            false => Number::Between { lower, upper },
        },
        _ => Number::range(count.lower, count.upper),
    }
}

fn set(study: &Study, computed: &Computed) -> Option<ComputedSet> {
    let Computed::Set { certain, possible } = computed else { return None };
    let id = |unit: &Unit| match *unit {
        Unit::Person(person) => study.participants().ids.of(person).to_owned(),
        Unit::Case(case) => format!("@{}", study.cases().ids.of(case)),
        Unit::Code(code) => study.codes().ids.of(code).to_owned(),
    };
    let ids = |units: &[Unit]| units.iter().map(id).collect();
    Some(ComputedSet { certain: ids(certain), possible: ids(possible) })
}
