//! Which outcomes and which features were laid beside one another?

use parallax_plugin::prelude::*;

use super::{Scan, ids, words};
use crate::feature::{Kind, focal};
use crate::outcome::{Outcome, Subject};
use crate::split::Split;

impl Scan<'_> {
    /// Each outcome with its cases, what else is said of them, and who says the contrary.
    pub(super) fn outcome_table(&self) -> Table {
        let reading = self.cases.reading;
        let row = |outcome: &Outcome| {
            let saying = outcome.first();
            let same = outcome.others(true).map(|other| other.subject);
            let rest = outcome.others(false).map(|other| other.subject);
            vec![
                saying.subject.named(reading),
                whose(saying.subject),
                self.cases.names(&saying.split),
                ids(same, reading),
                ids(rest, reading),
                Value::Names(saying.against(reading)),
            ]
        };
        Table {
            name: "outcomes_compared".to_owned(),
            columns: words(&["outcome", "about", "cases", "same_cases", "other_cases", "against"]),
            rows: self.outcomes.all.iter().map(row).collect(),
        }
    }

    /// Each feature with the cases where it holds, equal sets under one another.
    pub(super) fn feature_table(&self) -> Table {
        let reading = self.cases.reading;
        let rows = self.features.all.iter().enumerate().flat_map(|(number, feature)| {
            feature.kinds.iter().map(move |&(kind, of_split)| {
                let what = match kind {
                    Kind::EveryRole => self.every_role(),
                    _ => {
                        let [_, what, _] = kind.worded(true, reading);
                        what
                    }
                };
                let split = &feature.split;
                let holds = Split::of(split.cases(), |at| split.has(at) == of_split);
                vec![Value::from(number + 1), kind.word(), what, self.cases.names(&holds)]
            })
        });
        Table {
            name: "features_compared".to_owned(),
            columns: words(&["number", "feature", "value", "cases"]),
            rows: rows.collect(),
        }
    }

    fn every_role(&self) -> Value {
        let roles = focal(self.cases).into_iter();
        Value::Names(roles.map(|role| self.cases.reading.roles.ids.of(role).to_owned()).collect())
    }

    /// The codes of which some case leaves open whether anybody says it; none, no table.
    pub(super) fn undecided_table(&self) -> Option<Table> {
        let reading = self.cases.reading;
        let rows = self.outcomes.undecided.iter().map(|(subject, open)| {
            vec![subject.named(reading), whose(*subject), self.cases.names(open)]
        });
        let rows: Vec<Vec<Value>> = rows.collect();
        (!rows.is_empty()).then(|| Table {
            name: "undecided_codes".to_owned(),
            columns: words(&["outcome", "about", "open_cases"]),
            rows,
        })
    }
}

fn whose(subject: Subject) -> Value {
    Value::Word(subject.whose().unwrap_or("claim").to_owned())
}
