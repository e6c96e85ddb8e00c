//! How do assessed claims stand in the published document?

use parallax_model::claim::{Check, Computed, Unit};
use parallax_model::document::{ComputedSet, PublishedClaim, PublishedNote};
use parallax_model::settings::Language;
use parallax_model::{Basis, Fraction, Interval, Number, Reading, Study};

use super::words::{Words, list};
use super::{Assessed, Claims, notes};

impl Claims<'_> {
    /// Assessed claims in words, in their order.
    #[must_use]
    pub fn publish(
        &self,
        assessed: &[Assessed<'_>],
        reading: &Reading<'static>,
    ) -> Vec<PublishedClaim> {
        let language = self.study.settings().language;
        let words = Words { study: self.study, reading, language };
        assessed.iter().map(|one| published(&words, one)).collect()
    }

    /// A row without an id.
    fn row_named(&self, row: usize) -> String {
        match self.study.settings().language {
            Language::En => format!("row {}", row + 2),
            Language::Nl => format!("rij {}", row + 2),
        }
    }

    /// That claims were not tested because something is wrong in their rows.
    #[must_use]
    pub fn untested(&self, assessed: &[Assessed<'_>]) -> Option<PublishedNote> {
        let tested: Vec<usize> = assessed.iter().map(|one| one.claim.row).collect();
        let rows = self.study.claim_rows().iter().enumerate();
        let left = rows.filter(|(row, _)| !tested.contains(row)).map(|(row, claim)| {
            // The header is the first row of a spreadsheet.
            if claim.id.trim().is_empty() { self.row_named(row) } else { claim.id.clone() }
        });
        let left: Vec<String> = left.collect();
        let named = list(&left, self.study.settings().language);
        let text = match self.study.settings().language {
            Language::En => format!("not tested, as something is wrong in their rows: {named}"),
            Language::Nl => format!("niet getoetst, omdat er iets mis is in hun rijen: {named}"),
        };
        (!left.is_empty()).then_some(PublishedNote { check: Check::Mistake, text })
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
        Computed::Value(_) => words.pick("counted by a script", "geteld door een script"),
        Computed::Nothing if one.claim.script.is_some() => {
            words.pick("its script names no statement", "het script noemt geen uitspraak")
        }
        Computed::Nothing => words.pick("no statement bears on it", "geen uitspraak gaat hierover"),
        Computed::Set { .. } if one.claim.unit == parallax_model::row::ClaimUnit::Code => words
            .pick(
                "read from codes.csv and the codes in use",
                "gelezen uit codes.csv en de codes in gebruik",
            ),
        _ => words.pick("counted in the tables", "geteld in de tabellen"),
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
        Computed::Value(value) => Some(value.clone()),
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
