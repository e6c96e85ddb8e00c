//! How does a recorded study become a folder, and what does the program find in it?

use std::collections::BTreeMap;
use std::fs;
use std::sync::atomic::AtomicBool;

use parallax_engine::open::{Opened, open};
use parallax_engine::shelf::script::{STANDARD_SCRIPTS, ScriptAnalysis};
use parallax_engine::shelf::{Body, NativeAnalysis, Shelf};
use parallax_model::{Choices, Figure, Finding, Fraction, Number, Outcome, Value};
use serde_json::Value as Json;
use tempfile::TempDir;

/// One statement: who says what, and of whom.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub(crate) person: usize,
    pub(crate) code: usize,
    /// Modality, bearer, stance and condition as a table writes them.
    rest: String,
}

impl Said {
    /// A duty that a person claims.
    pub(crate) fn claim(person: usize, code: usize) -> Self {
        Self { person, code, rest: "duty,self,affirm,".to_owned() }
    }

    /// A duty that a person ascribes to a role.
    pub(crate) fn duty_of(person: usize, code: usize, role: usize) -> Self {
        Self { person, code, rest: format!("duty,r{role},affirm,") }
    }

    /// A view: affirmed (0), denied (1), on a condition (2), or nothing (3).
    pub(crate) fn view(person: usize, code: usize, state: usize) -> Option<Self> {
        let rest = ["view,,affirm,", "view,,deny,", "view,,mixed,it depends"].get(state)?;
        Some(Self { person, code, rest: (*rest).to_owned() })
    }
}

/// A study in a folder of its own.
pub(crate) struct Written {
    opened: Opened,
    _folder: TempDir,
}

impl Written {
    /// People with their role and case, so many codes, and what is said; everybody was asked
    /// everything.
    pub(crate) fn new(people: &[(usize, usize)], codes: usize, said: &[Said]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: String| {
            fs::write(folder.path().join(name), text).expect("can be written");
        };
        let roles = people.iter().map(|(role, _)| role + 1).max().unwrap_or(0);
        let roles: String = (0..roles).map(|role| format!("  - {{ id: r{role} }}\n")).collect();
        write("study.yaml", format!("title: Drawn\nunit: participant\nroles:\n{roles}"));
        let rows = people.iter().enumerate();
        let rows: String =
            rows.map(|(at, (role, case))| format!("p{at:02},c{case},r{role}\n")).collect();
        write("participants.csv", format!("id,case,title\n{rows}"));
        let each = |prefix: &str, rest: &str| -> String {
            (0..codes).map(|code| format!("{prefix}k{code}{rest}\n")).collect()
        };
        write("codes.csv", format!("id,prompt\n{}", each("", ",1")));
        write("coverage.csv", format!("participant,code,status\n{}", each("*,", ",asked")));
        let rows = said.iter().enumerate();
        let rows: String = rows
            .map(|(at, said)| format!("s{at},p{:02},k{},{}\n", said.person, said.code, said.rest))
            .collect();
        write(
            "statements.csv",
            format!("id,speaker,code,modality,bearer,stance,condition\n{rows}"),
        );
        let opened = open(folder.path(), shelf());
        assert!(opened.checked.study.is_some(), "{:?}", opened.checked.problems);
        Self { opened, _folder: folder }
    }

    /// What an analysis finds, by what it is about; nothing where it is not available.
    pub(crate) fn found(&self, id: &str, parameters: Json) -> Option<BTreeMap<String, Finding>> {
        let study = self.opened.checked.study.as_ref().expect("was looked at");
        let reading = study.reading(&Choices::default()).expect("a default reading");
        let Json::Object(parameters) = parameters else { panic!("parameters are an object") };
        let analysis = self.opened.shelf.get(id).expect("stands on the shelf");
        match analysis.run(&reading, &parameters, 0, &AtomicBool::new(false)).outcome {
            Outcome::Found(findings) => {
                Some(findings.into_iter().map(|one| (one.about.clone(), one)).collect())
            }
            Outcome::NotAvailable(_) => None,
            Outcome::Failed(reason) => panic!("{id}: {reason}"),
        }
    }
}

/// The analyses that have a second opinion.
fn shelf() -> Shelf {
    let mut shelf = Shelf::default();
    let native = NativeAnalysis::linked(position_clusters::ENTRY).expect("a plugin");
    shelf.add(Body::Native(native)).expect("the shelf is empty");
    for (id, source) in STANDARD_SCRIPTS {
        if ["code-consensus", "role-ambiguity"].contains(id) {
            let script = ScriptAnalysis::load(id, source).expect("is a script");
            shelf.add(Body::Script(script)).expect("has an id of its own");
        }
    }
    shelf
}

/// A number as floating point; nothing where there is none.
fn of(number: &Number) -> Option<f64> {
    match number {
        Number::Count { value } => Fraction::new(*value, 1).map(Fraction::to_f64),
        Number::Fraction(fraction) | Number::Ratio(fraction) => Some(fraction.to_f64()),
        Number::Decimal { value, .. } => Some(*value),
        Number::NotAvailable { .. } => None,
        Number::Range { .. } | Number::Between { .. } | Number::Span { .. } => {
            panic!("all is known, and not {number}")
        }
    }
}

/// A cell as a number.
pub(crate) fn cell(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => of(number),
        other => panic!("no number: {other:?}"),
    }
}

/// A measure of a finding.
pub(crate) fn measure(finding: &Finding, name: &str) -> Option<f64> {
    let measure = finding.measures.iter().find(|measure| measure.name == name);
    of(&measure.unwrap_or_else(|| panic!("no measure {name}")).number)
}

/// The rows of a table of a finding.
pub(crate) fn rows<'f>(finding: &'f Finding, table: &str) -> &'f [Vec<Value>] {
    let table = finding.tables.iter().find(|one| one.name == table);
    &table.expect("the table is there").rows
}

/// The heights of the merges of a dendrogram, in order.
pub(crate) fn merge_heights(finding: &Finding) -> Vec<f64> {
    let merges = finding.figures.iter().find_map(|figure| match figure {
        Figure::Dendrogram { merges, .. } => Some(merges),
        Figure::Grid { .. } => None,
    });
    let heights = merges.expect("a tree").iter().map(|merge| of(&merge.height));
    heights.map(|height| height.expect("a height")).collect()
}
