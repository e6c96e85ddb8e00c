//! What differs between accepted findings and those of now?

use std::collections::{BTreeMap, BTreeSet};

use parallax_model::document::{
    Came, PublishedCaveat, PublishedFigure, PublishedFinding, PublishedMeasure, PublishedTable,
    Shown,
};
use parallax_model::finding::{EvidenceKind, Weight};
use parallax_model::{Basis, Evidence, Number};
use serde::Serialize;
use serde_json::Value as Json;

use crate::accept::settle::{head, name};
use crate::accept::{Accepted, Change, Difference, EvidenceChange, Exhibit};

/// What differs between what was accepted and what is found now: how the study was read, then the
/// findings by id. Empty exactly when accepting would write the same bytes.
#[must_use]
pub fn compare(accepted: &Accepted, now: &Accepted) -> Vec<Difference> {
    let now = now.clone().in_digits_of(accepted);
    let mut differences = Vec::new();
    if accepted.mapping != now.mapping {
        let (was, is) = (accepted.mapping.clone(), now.mapping.clone());
        differences.push(Difference::Mapping { was, is });
    }
    for name in union(accepted.parameters.keys(), now.parameters.keys()) {
        let (was, is) = (accepted.parameters.get(name), now.parameters.get(name));
        if was != is {
            let [was, is] = [was, is].map(|value| value.map(Json::to_string));
            differences.push(Difference::Parameter { name: name.clone(), was, is });
        }
    }
    // That there are more findings is said by the findings.
    let found = |outcome: &Came| matches!(outcome, Came::Found { .. });
    let both_found = found(&accepted.outcome) && found(&now.outcome);
    if accepted.outcome != now.outcome && !both_found {
        let (was, is) = (Some(accepted.outcome.clone()), Some(now.outcome.clone()));
        differences.push(Difference::Outcome { was, is });
    }
    let was = by_id(&accepted.findings);
    let is = by_id(&now.findings);
    for id in union(was.keys(), is.keys()) {
        differences.extend(match (was.get(id), is.get(id)) {
            (None, Some(is)) => {
                Some(Difference::New { id: (*id).to_owned(), sentence: is.sentence.clone() })
            }
            (Some(was), None) => {
                Some(Difference::Gone { id: (*id).to_owned(), sentence: was.sentence.clone() })
            }
            (Some(was), Some(is)) => {
                let changes = changes(was, is);
                (!changes.is_empty()).then(|| Difference::Changed { id: (*id).to_owned(), changes })
            }
            (None, None) => None,
        });
    }
    differences
}

fn by_id(findings: &[PublishedFinding]) -> BTreeMap<&str, &PublishedFinding> {
    findings.iter().map(|finding| (finding.id.as_str(), finding)).collect()
}

fn union<T: Ord>(a: impl Iterator<Item = T>, b: impl Iterator<Item = T>) -> BTreeSet<T> {
    a.chain(b).collect()
}

/// Whether two things are written the same: fractions can be equal and counted differently.
fn same<T: Serialize>(a: &T, b: &T) -> bool {
    serde_json::to_value(a).ok() == serde_json::to_value(b).ok()
}

fn changes(was: &PublishedFinding, is: &PublishedFinding) -> Vec<Change> {
    if same(was, is) {
        return Vec::new();
    }
    let mut changes = measures(was, is);
    if was.sentence != is.sentence {
        changes.push(Change::Sentence { was: was.sentence.clone(), is: is.sentence.clone() });
    }
    if was.title != is.title {
        changes.push(Change::Title { was: was.title.clone(), is: is.title.clone() });
    }
    changes.extend(basis(&was.basis, &is.basis));
    changes.extend(caveats(&was.caveats, &is.caveats));
    changes.extend(tables(&was.tables, &is.tables));
    changes.extend(figures(&was.figures, &is.figures));
    // What readers do not see, where nothing that they see says that the finding is another.
    if changes.is_empty() {
        let differs = [
            ("the template", was.template != is.template),
            ("a value behind the sentence", !same(&was.values, &is.values)),
            ("its research questions", was.research_questions != is.research_questions),
        ];
        changes.extend(
            differs
                .into_iter()
                .filter(|(_, differs)| *differs)
                .map(|(what, _)| Change::Other { what: what.to_owned() }),
        );
    }
    if changes.is_empty() {
        changes.push(Change::Other { what: "how it is written down".to_owned() });
    }
    changes
}

fn measures(was: &PublishedFinding, is: &PublishedFinding) -> Vec<Change> {
    let find = |finding: &PublishedFinding, name: &str| {
        finding.measures.iter().find(|measure| measure.name == name).cloned()
    };
    let names = union(
        was.measures.iter().map(|measure| measure.name.as_str()),
        is.measures.iter().map(|measure| measure.name.as_str()),
    );
    let changed = names.into_iter().filter_map(|name| {
        let (was, is) = (find(was, name), find(is, name));
        if same(&was, &is) {
            return None;
        }
        let label = is.as_ref().or(was.as_ref())?.label.clone();
        let number =
            |measure: &Option<PublishedMeasure>| measure.as_ref().map(|m| m.number.clone());
        let text = |measure: &Option<PublishedMeasure>| measure.as_ref().map(|m| m.text.clone());
        if same(&number(&was), &number(&is)) && text(&was) == text(&is) {
            return Some(Change::Other {
                what: format!("what the measure “{label}” is called")
            });
        }
        // Values that are written alike are told apart by all their digits.
        let (was, is) = match text(&was) == text(&is) {
            true => (number(&was).map(|n| digits(&n)), number(&is).map(|n| digits(&n))),
            false => (text(&was), text(&is)),
        };
        Some(Change::Measure { label, was, is })
    });
    changed.collect()
}

/// A number with all the digits that the file has.
fn digits(number: &Number) -> String {
    match number {
        Number::Decimal { value, rule } => format!("{value} ({rule})"),
        other => other.to_string(),
    }
}

fn basis(was: &Basis, is: &Basis) -> Vec<Change> {
    let reason = |basis: &Basis| match basis {
        Basis::None { reason } => Some(reason.clone()),
        Basis::Evidence { .. } => None,
    };
    let mut changes = Vec::new();
    if reason(was) != reason(is) {
        changes.push(Change::Reason { was: reason(was), is: reason(is) });
    }
    let evidence = evidence(&weights(was), &weights(is));
    if evidence != EvidenceChange::default() {
        changes.push(Change::Evidence(evidence));
    }
    changes
}

type Weights<'b> = BTreeMap<(EvidenceKind, &'b str, usize), Weight>;

/// The weight of each piece of evidence; of one that is named several times, one by one.
fn weights(basis: &Basis) -> Weights<'_> {
    let mut weights = Weights::new();
    if let Basis::Evidence { items } = basis {
        for item in items {
            let again = (0..).find(|n| !weights.contains_key(&(item.kind, item.id.as_str(), *n)));
            weights.insert((item.kind, &item.id, again.unwrap_or_default()), item.weight);
        }
    }
    weights
}

fn evidence(was: &Weights<'_>, is: &Weights<'_>) -> EvidenceChange {
    let mut change = EvidenceChange::default();
    for key in union(was.keys(), is.keys()) {
        let item = |weight| Evidence { kind: key.0, id: key.1.to_owned(), weight };
        match (was.get(key).copied(), is.get(key).copied()) {
            (None, Some(weight)) => change.new.push(item(weight)),
            (Some(weight), None) => change.gone.push(item(weight)),
            (Some(was), Some(is)) if was != is => change.turned.push((item(is), was)),
            _ => {}
        }
    }
    change
}

fn caveats(was: &[PublishedCaveat], is: &[PublishedCaveat]) -> Vec<Change> {
    let texts = |caveats: &[PublishedCaveat], name: &str| -> Vec<String> {
        caveats.iter().filter(|c| c.name == name).map(|c| c.text.clone()).collect()
    };
    let names = union(was.iter().map(|c| c.name.as_str()), is.iter().map(|c| c.name.as_str()));
    let mut changes = Vec::new();
    for name in names {
        let (was, is) = (texts(was, name), texts(is, name));
        for at in 0..was.len().max(is.len()) {
            let (was, is) = (was.get(at).cloned(), is.get(at).cloned());
            if was != is {
                changes.push(Change::Caveat { was, is });
            }
        }
    }
    changes
}

fn tables(was: &[PublishedTable], is: &[PublishedTable]) -> Vec<Change> {
    let find = |tables: &[PublishedTable], name: &str| {
        tables.iter().find(|table| table.name == name).cloned()
    };
    let names = union(was.iter().map(|t| t.name.as_str()), is.iter().map(|t| t.name.as_str()));
    let changed = names.into_iter().flat_map(|name| match (find(was, name), find(is, name)) {
        (Some(was), Some(is)) if same(&was, &is) => Vec::new(),
        (Some(was), Some(is)) => {
            let place = Exhibit::Table(is.title.clone());
            let comparable = was.title == is.title && same(&was.columns, &is.columns);
            let cells = comparable.then(|| cells(&place, &is.columns, &was.rows, &is.rows));
            told(place, cells.unwrap_or_default())
        }
        (was, is) => {
            let title = is.as_ref().or(was.as_ref()).map(|table| table.title.clone());
            let place = Exhibit::Table(title.unwrap_or_default());
            vec![Change::Whole { place, was: was.is_some(), is: is.is_some() }]
        }
    });
    changed.collect()
}

fn figures(was: &[PublishedFigure], is: &[PublishedFigure]) -> Vec<Change> {
    let find = |figures: &[PublishedFigure], wanted: &str| {
        figures.iter().find(|figure| name(figure) == wanted).cloned()
    };
    let changed = union(was.iter().map(name), is.iter().map(name)).into_iter().flat_map(|name| {
        let (was, is) = (find(was, name), find(is, name));
        if same(&was, &is) {
            return Vec::new();
        }
        let title = is.as_ref().or(was.as_ref()).map_or("", |figure| figure.title()).to_owned();
        let place = Exhibit::Figure(title);
        match (&was, &is) {
            (Some(was), Some(is)) => told(place.clone(), grid(&place, was, is)),
            _ => vec![Change::Whole { place, was: was.is_some(), is: is.is_some() }],
        }
    });
    changed.collect()
}

/// The changes of a table or figure that is there as before; it is another one as a whole where its
/// cells do not say why.
fn told(place: Exhibit, cells: Vec<Change>) -> Vec<Change> {
    match cells.is_empty() {
        true => vec![Change::Whole { place, was: true, is: true }],
        false => cells,
    }
}

fn grid(place: &Exhibit, was: &PublishedFigure, is: &PublishedFigure) -> Vec<Change> {
    let PublishedFigure::Grid { rows: heads, columns: before, cells: were, .. } = was else {
        return Vec::new();
    };
    let PublishedFigure::Grid { rows, columns, cells: are, .. } = is else { return Vec::new() };
    if was.title() != is.title() || !same(before, columns) {
        return Vec::new();
    }
    // A grid has its heads apart; a table has them in its first column.
    let headed = |heads: &[Shown], cells: &[Vec<Shown>]| -> Vec<Vec<Shown>> {
        let rows = heads.iter().zip(cells);
        rows.map(|(head, row)| std::iter::once(head).chain(row).cloned().collect()).collect()
    };
    let corner = Shown::Text { text: String::new() };
    let columns: Vec<Shown> = std::iter::once(&corner).chain(columns).cloned().collect();
    cells(place, &columns, &headed(heads, were), &headed(rows, are))
}

/// What differs in rows with their heads; nothing where two rows have the same head.
fn cells(place: &Exhibit, columns: &[Shown], was: &[Vec<Shown>], is: &[Vec<Shown>]) -> Vec<Change> {
    let (Some(before), Some(after)) = (by_head(was), by_head(is)) else { return Vec::new() };
    let label = |row: &Vec<Shown>| row.first().map_or("", Shown::text).to_owned();
    let only = |here: &[Vec<Shown>], there: &BTreeMap<&str, &Vec<Shown>>| -> Vec<String> {
        let missing = here
            .iter()
            .filter(|row| row.first().is_some_and(|first| !there.contains_key(head(first))));
        missing.map(label).collect()
    };
    let mut changes = Vec::new();
    let (new, gone) = (only(is, &before), only(was, &after));
    if !new.is_empty() || !gone.is_empty() {
        changes.push(Change::Rows { place: place.clone(), new, gone });
    }
    for (key, row) in &after {
        let Some(was) = before.get(key) else { continue };
        for ((column, was), is) in columns.iter().zip(was.iter()).zip(row.iter()) {
            if !same(was, is) {
                changes.push(Change::Cell {
                    place: place.clone(),
                    row: label(row),
                    column: column.text().to_owned(),
                    was: was.text().to_owned(),
                    is: is.text().to_owned(),
                });
            }
        }
    }
    changes
}

fn by_head(rows: &[Vec<Shown>]) -> Option<BTreeMap<&str, &Vec<Shown>>> {
    let mut headed = BTreeMap::new();
    for row in rows {
        if headed.insert(head(row.first()?), row).is_some() {
            return None;
        }
    }
    Some(headed)
}
