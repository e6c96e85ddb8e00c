//! Which sets of cases coincide with who was analysed, and how surprising is that?

mod hit;
mod tables;

use std::collections::{BTreeMap, BTreeSet};

use parallax_plugin::prelude::*;

use crate::cases::Cases;
use crate::chance::{Chance, at_least, expected, one_pair};
use crate::feature::{Feature, Features, Kind};
use crate::outcome::{Outcome, Outcomes, Subject};
use crate::parameters::Parameters;
use crate::split::Split;

/// Where outcomes come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// What the report says.
    Report,
    /// What people say under each code.
    Codes,
}

/// The outcomes of one sort beside the features of the cases.
pub(crate) struct Scan<'s> {
    pub(crate) cases: &'s Cases<'s>,
    pub(crate) features: &'s Features,
    pub(crate) outcomes: &'s Outcomes,
    pub(crate) sort: Sort,
}

/// An outcome that coincides with a feature.
struct Hit<'s> {
    outcome: &'s Outcome,
    feature: &'s Feature,
    /// What is true at the cases of the outcome, or untrue at exactly these.
    kind: Kind,
    holds: bool,
}

const TOO_LARGE: &str = "too_large";
const TOO_LONG: &str = "too_long";

impl<'s> Scan<'s> {
    /// The outcomes that coincide with a feature, in order.
    fn coinciding(&self) -> Vec<Hit<'s>> {
        let known: BTreeMap<Split, &Feature> =
            self.features.all.iter().map(|feature| (feature.split.either_way(), feature)).collect();
        let hit = |outcome: &'s Outcome| {
            let feature = *known.get(&outcome.split().either_way())?;
            let same = feature.split == *outcome.split();
            // What is true at the very cases reads better than what is untrue at the others.
            let true_here = feature.kinds.iter().find(|&&(_, of_split)| of_split == same);
            let (kind, of_split) = true_here.or(feature.kinds.first()).copied()?;
            Some(Hit { outcome, feature, kind, holds: of_split == same })
        };
        self.outcomes.all.iter().filter_map(hit).collect()
    }

    /// The finding about all pairs of an outcome and a feature.
    ///
    /// # Errors
    /// When the run is to stop.
    pub(crate) fn overall(
        &self,
        parameters: &Parameters,
        job: &Job<'_>,
    ) -> Result<Finding, NoFindings> {
        let hits = self.coinciding();
        let (outcomes, features) = (self.outcomes.splits(), self.feature_splits());
        let chance = self.chance([&outcomes, &features], parameters, job)?;
        let share = chance.and_then(|chance| {
            let counts = (i64::try_from(chance.reached).ok()?, i64::try_from(chance.of).ok()?);
            Fraction::new(counts.0, counts.1)
        });
        let mean = expected(&outcomes, &features);
        let finding = self
            .begin(hits.len())
            .value("coinciding", Value::Names(self.names(&hits)))
            .value("against", Value::Names(self.against()))
            .measure("cases", Number::count(self.cases.len()))
            .measure("people", Number::count(self.cases.persons()))
            .measure("outcomes", Number::count(outcomes.len()))
            .measure("features", Number::count(features.len()))
            .measure("pairs", Number::count(outcomes.len() * features.len()))
            .measure("hits", Number::count(hits.len()))
            .measure(
                "expected",
                mean.map_or_else(|| Number::not_available(TOO_LARGE), Number::Ratio),
            )
            .measure("p", share.map_or_else(|| Number::not_available(TOO_LONG), Number::Fraction))
            .measure("uniform", Number::count(self.outcomes.uniform.len()))
            .measure("unknown_interviewers", Number::count(self.features.undecided))
            .measure("vacant", Number::count(self.vacant()));
        let finding = match self.sort {
            Sort::Report => finding,
            // A claim is made or it is not; what is said under a code can be unknown.
            Sort::Codes => finding.measure("unknown", Number::count(self.outcomes.undecided.len())),
        };
        let finding = [self.outcome_table(), self.feature_table()]
            .into_iter()
            .chain(self.undecided_table())
            .fold(finding, Finding::table);
        let drawn = chance.is_some_and(|chance| !chance.exact);
        Ok(self.caveats(finding, drawn, &hits))
    }

    /// The finding of all pairs with its evidence, or the reason for having none.
    fn begin(&self, hits: usize) -> Finding {
        let about = match self.sort {
            Sort::Report => "report",
            Sort::Codes => "codes",
        };
        let how_many = match hits {
            0 => "none",
            1 => "one",
            _ => "some",
        };
        let template = format!("{about}_{how_many}");
        let sayings = self.outcomes.all.iter().flat_map(|outcome| &outcome.sayings);
        // A statement can be for one outcome and against another: against is what is shown.
        let mut statements: BTreeMap<u32, Weight> = BTreeMap::new();
        let mut constraints: BTreeSet<u32> = BTreeSet::new();
        for saying in sayings {
            for (&row, &weight) in &saying.statements {
                let known = statements.entry(row).or_insert(weight);
                *known = heavier(*known, weight);
            }
            constraints.extend(&saying.constraints);
        }
        let reading = self.cases.reading;
        let statements = statements
            .iter()
            .map(|(&row, &weight)| Evidence::statement(reading.statements.ids.of(row), weight));
        let constraints = constraints
            .iter()
            .map(|&row| Evidence::constraint(reading.constraints.ids.of(row), Weight::Context));
        let evidence: Vec<Evidence> = statements.chain(constraints).collect();
        Finding::new(about, &template, evidence)
            .unwrap_or_else(|_| Finding::without_evidence(about, &template, "report_says_so"))
    }

    fn feature_splits(&self) -> Vec<Split> {
        self.features.all.iter().map(|feature| feature.split.clone()).collect()
    }

    /// The ids of the claims or codes that coincide with something.
    fn names(&self, hits: &[Hit<'_>]) -> Vec<String> {
        let subjects = hits.iter().map(|hit| hit.outcome.first().subject);
        subjects.map(|subject| subject.id(self.cases.reading).to_owned()).collect()
    }

    /// Whoever says the contrary of an outcome, in the order of `participants.csv`.
    fn against(&self) -> Vec<String> {
        let reading = self.cases.reading;
        let sayings = self.outcomes.all.iter().flat_map(|outcome| &outcome.sayings);
        let names: BTreeSet<String> = sayings.flat_map(|saying| saying.against(reading)).collect();
        let ids = reading.participants.ids.iter();
        ids.filter(|id| names.contains(*id)).map(str::to_owned).collect()
    }

    /// How many of the roles that somebody has have nobody at a case.
    fn vacant(&self) -> usize {
        let participants = &self.cases.reading.participants;
        let roles = self.cases.roles();
        let filled =
            |role: &u32| self.cases.with(|person| participants.role(person) == *role).size();
        roles.len() * self.cases.len() - roles.iter().map(filled).sum::<usize>()
    }

    /// The share of relabellings with as many coincidences. Cases are drawn in the order of their ids:
    /// which of them comes where must not depend on the order of rows in a file.
    fn chance(
        &self,
        splits: [&[Split]; 2],
        parameters: &Parameters,
        job: &Job<'_>,
    ) -> Result<Option<Chance>, NoFindings> {
        let order = self.cases.by_id();
        let [outcomes, features] = splits
            .map(|splits| splits.iter().map(|split| split.relabelled(&order)).collect::<Vec<_>>());
        at_least(&outcomes, &features, parameters.permutations, self.stream(), job)
    }

    /// Each sort draws numbers of its own.
    fn stream(&self) -> u64 {
        match self.sort {
            Sort::Report => 1,
            Sort::Codes => 2,
        }
    }

    fn caveats(&self, finding: Finding, drawn: bool, hits: &[Hit<'_>]) -> Finding {
        let of_people = |hit: &Hit<'_>| {
            let mut kinds = hit.feature.kinds.iter();
            kinds.any(|(kind, _)| matches!(kind, Kind::People(_) | Kind::EveryRole))
        };
        let apply = [
            (true, "rival"),
            (true, "descriptive"),
            (drawn, "drawn"),
            (hits.iter().any(of_people), "exposure"),
            (!self.outcomes.undecided.is_empty(), "undecided"),
            (self.sort == Sort::Codes, "said"),
        ];
        apply
            .into_iter()
            .filter(|(applies, _)| *applies)
            .fold(finding, |finding, (_, caveat)| finding.caveat(caveat))
    }
}

/// Contrary before supporting before context.
fn heavier(one: Weight, other: Weight) -> Weight {
    match (one, other) {
        (Weight::Contrary, _) | (_, Weight::Contrary) => Weight::Contrary,
        (Weight::Supporting, _) | (_, Weight::Supporting) => Weight::Supporting,
        _ => Weight::Context,
    }
}

/// The ids of claims or codes.
fn ids(subjects: impl Iterator<Item = Subject>, reading: &Reading<'_>) -> Value {
    Value::Names(subjects.map(|subject| subject.id(reading).to_owned()).collect())
}

fn words(words: &[&str]) -> Vec<Value> {
    words.iter().map(|word| Value::Word((*word).to_owned())).collect()
}

/// The share of relabellings that would coincide as well.
fn share(split: &Split) -> Number {
    one_pair(split.cases(), split.size())
        .map_or_else(|| Number::not_available(TOO_LARGE), Number::Fraction)
}
