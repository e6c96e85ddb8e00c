//! Do the bounds of an incomplete study hold what a completed one gives?

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use parallax_model::document::{PublishedFigure, PublishedFinding, Shown};
use parallax_model::{FindingsDocument, Fraction, Number};

use crate::completed::Filled;
use crate::shelf::document;
use crate::sketch::{Asked, Code, Counted, Person, Said, Sketch};

/// Measures that say how many things a finding is about. Where a completed study has more of them
/// (codes that people now speak of), the finding sums up something else than before.
const SCOPE: [&str; 4] = ["codes", "features", "contents", "items"];

/// A number that the bounds before do not allow.
#[derive(Clone, Debug)]
pub(crate) struct Outside {
    pub(crate) finding: String,
    pub(crate) analysis: String,
    /// The measure, or the table and the column.
    pub(crate) name: String,
    pub(crate) before: Number,
    pub(crate) after: Number,
}

impl fmt::Display for Outside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { finding, name, before, after, .. } = self;
        write!(f, "{finding} {name}: {before} does not hold {after}")
    }
}

/// Where a number stands in a finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    /// The measure, or the table and the column.
    name: String,
    /// The heads of its row and its column.
    heads: Vec<String>,
    /// Over what it is summed up.
    over: Over,
}

/// What of all that a finding is about goes into a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Over {
    /// One code.
    Code,
    /// All codes, for a case, a role or somebody with a row of their own.
    Codes,
    /// Everything.
    All,
}

/// Every number of the completed study that its namesake of the incomplete study does not hold.
///
/// A number is looked at where its analysis gives bounds for it, or for another one of its name:
/// there a plain number says that nothing is open. What an analysis never bounds is a count of
/// what is on record (statements, cells in each state), which completing a study is to change.
pub(crate) fn outside(incomplete: &FindingsDocument, complete: &FindingsDocument) -> Vec<Outside> {
    let after: BTreeMap<&str, &PublishedFinding> =
        complete.findings.iter().map(|finding| (finding.id.as_str(), finding)).collect();
    let bounded = bounded(incomplete);
    let mut outside = Vec::new();
    for finding in &incomplete.findings {
        let Some(same) = after.get(finding.id.as_str()) else { continue };
        let (numbers, mut after) = (numbers(finding), numbers(same));
        let same_codes = scope(&numbers) == scope(&after) && codes(&numbers) == codes(&after);
        let same_rows = rows(&numbers) == rows(&after);
        // Who was not asked stays open: the number is then what filling that in gives, too.
        let still_open = filled_in(&after);
        after.extend(still_open);
        let filled_in = filled_in(&numbers);
        for (place, before) in numbers.into_iter().chain(filled_in) {
            let is_bounded = matches!(before, Number::Between { .. } | Number::Span { .. })
                || bounded.contains(&(finding.analysis.as_str(), place.name.clone()));
            let is_same = match place.over {
                Over::Code => true,
                Over::Codes => same_codes,
                Over::All => same_codes && same_rows,
            };
            let Some(after) = after.get(&place).filter(|_| is_bounded && is_same) else { continue };
            let (Some((least, most)), Some((low, high))) = (ends(&before), ends(after)) else {
                continue;
            };
            if low < least || high > most {
                outside.push(Outside {
                    finding: format!("{} {}", finding.id, place.heads.join(" ")),
                    analysis: finding.analysis.clone(),
                    name: place.name,
                    before,
                    after: after.clone(),
                });
            }
        }
    }
    outside
}

/// The bounds of a measure that stand as measures of their own, such as `ari_filled_in_least`.
fn filled_in(numbers: &BTreeMap<Place, Number>) -> Vec<(Place, Number)> {
    let named = |name: String| {
        let place = Place { name, heads: Vec::new(), over: Over::All };
        numbers.get(&place).and_then(ends)
    };
    let bounded = numbers.keys().filter_map(|place| {
        let name = place.name.strip_suffix("_filled_in_least")?;
        let (lower, _) = named(place.name.clone())?;
        let (_, upper) = named(format!("{name}_filled_in_most"))?;
        let place = Place { name: name.to_owned(), ..place.clone() };
        Some((place, Number::Span { lower, upper }))
    });
    bounded.collect()
}

/// What each analysis gives bounds for somewhere.
fn bounded(document: &FindingsDocument) -> BTreeSet<(&str, String)> {
    let of_finding = |finding: &'_ PublishedFinding| {
        let open = numbers(finding).into_iter().filter(|(_, number)| is_open(number));
        open.map(|(place, _)| place.name).collect::<Vec<_>>()
    };
    let findings = document.findings.iter();
    findings
        .flat_map(|finding| {
            of_finding(finding).into_iter().map(|name| (finding.analysis.as_str(), name))
        })
        .collect()
}

/// How many things a finding sums up.
fn scope(numbers: &BTreeMap<Place, Number>) -> Vec<(&str, &Number)> {
    let counts = numbers.iter().map(|(place, number)| (place.name.as_str(), number));
    counts.filter(|(name, _)| SCOPE.contains(name)).collect()
}

/// Which codes have a row of their own, each as one's own part or as that of others: as many may be
/// other ones.
fn codes(numbers: &BTreeMap<Place, Number>) -> BTreeSet<&[String]> {
    let rows = numbers.keys().filter(|place| place.over == Over::Code);
    rows.filter_map(|place| place.heads.split_last()).map(|(_, row)| row).collect()
}

/// Which things that a finding sums up have a row of their own.
fn rows(numbers: &BTreeMap<Place, Number>) -> BTreeSet<Option<&String>> {
    let rows = numbers.keys().filter(|place| place.over != Over::All);
    rows.map(|place| place.heads.first()).collect()
}

/// The measures of a finding, and the numbers of its tables and grids.
fn numbers(finding: &PublishedFinding) -> BTreeMap<Place, Number> {
    let mut numbers: BTreeMap<Place, Option<Number>> = BTreeMap::new();
    let mut add = |place: Place, number: &Number| {
        // Two rows with the same heads cannot be told apart.
        numbers.entry(place).and_modify(|known| *known = None).or_insert(Some(number.clone()));
    };
    for measure in &finding.measures {
        let name = measure.name.clone();
        add(Place { name, heads: Vec::new(), over: Over::All }, &measure.number);
    }
    for table in &finding.tables {
        for row in &table.rows {
            let heads = row.iter().take_while(|cell| !matches!(cell, Shown::Number { .. }));
            let heads: Vec<&Shown> = heads.collect();
            for (column, cell) in table.columns.iter().zip(row) {
                if let Shown::Number { number, .. } = cell {
                    add(place(&table.name, &heads, column), number);
                }
            }
        }
    }
    for figure in &finding.figures {
        let PublishedFigure::Grid { name, rows, columns, cells, .. } = figure else { continue };
        for (row, cells) in rows.iter().zip(cells) {
            for (column, cell) in columns.iter().zip(cells) {
                if let Shown::Number { number, .. } = cell {
                    add(place(name, &[row], column), number);
                }
            }
        }
    }
    numbers.into_iter().filter_map(|(place, number)| Some((place, number?))).collect()
}

/// Where the number in a row and a column stands; columns for roles or cases are one of a kind.
fn place(table: &str, row: &[&Shown], column: &Shown) -> Place {
    let kind = match column {
        Shown::Word { id, .. } => id.as_str(),
        _ => "each",
    };
    let heads = row.iter().copied().chain([column]).map(head).collect();
    let over = match row.first() {
        None | Some(Shown::Word { .. }) => Over::All,
        Some(Shown::Code { .. }) => Over::Code,
        Some(_) => Over::Codes,
    };
    Place { name: format!("{table}/{kind}"), heads, over }
}

/// The id of a head, or its text where it has none.
fn head(shown: &Shown) -> String {
    shown.id().unwrap_or(shown.text()).to_owned()
}

/// Whether a number is only known between two bounds.
fn is_open(number: &Number) -> bool {
    matches!(number, Number::Range { .. } | Number::Between { .. } | Number::Span { .. })
}

/// The least and the most that a number can be; nothing for a decimal and for what is not available.
fn ends(number: &Number) -> Option<(Fraction, Fraction)> {
    let whole = |value: &i64| Fraction::new(*value, 1);
    match number {
        Number::Count { value } => Some((whole(value)?, whole(value)?)),
        Number::Fraction(value) | Number::Ratio(value) => Some((*value, *value)),
        Number::Range { lower, upper } => Some((whole(lower)?, whole(upper)?)),
        Number::Between { lower, upper } | Number::Span { lower, upper } => Some((*lower, *upper)),
        Number::Decimal { .. } | Number::NotAvailable { .. } => None,
    }
}

/// A group is counted for one code, and when everything is known nobody speaks of that one but of
/// another: a mean over as many codes is then one over other ones.
#[test]
fn numbers_over_as_many_codes_that_are_other_ones_are_not_compared() {
    let person = |(case, role)| Person { case, role, part: 0 };
    let said = Said {
        speaker: 0,
        code: 2,
        modality: 0,
        bearer: 0,
        counterparty: None,
        stance: 0,
        perspective: 0,
        owner: 0,
        value: None,
        coder: 0,
        span: None,
        excerpt: false,
        strength: 0,
    };
    let asked = Asked { who: None, code: 1, by_prompt: false, bearer: 2, status: 0 };
    let members = (8, 1, 0);
    let counted =
        Counted { code: 1, modality: 0, others: false, deny: false, members, slack: (0, 0) };
    let sketch = Sketch {
        roles: 2,
        cases: 2,
        people: [(0, 0), (0, 0), (0, 1), (0, 1), (1, 0)].map(person).to_vec(),
        codes: vec![Code { above: None, prompt: None }; 3],
        statements: vec![said],
        coverage: vec![asked],
        constraints: vec![counted],
        fillings: [[16, 0, 0, 0, 0], [0; 5], [0; 5]].concat(),
        asked: false,
        conventions: (false, 0),
    };
    let pair = sketch.pair("", Filled::OwnOnly);
    let [before, after] =
        [&pair.incomplete, &pair.complete].map(|tables| document(&tables.study()));
    let found = outside(&before, &after);
    let found: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}
