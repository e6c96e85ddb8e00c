//! Is what an analysis says of itself and of a study well-formed?
//!
//! Findings come from code that the engine did not write. What a report would stumble over is
//! refused here, with the finding and the word that is wrong; no text of a finding is quoted.

mod evidence;

use std::collections::BTreeSet;

use parallax_model::{Basis, Caveat, Figure, Finding, Manifest, Merge, Number, Table, Text, Value};

pub use evidence::grounded;

/// What the claims of a report are kept under, beside the analyses.
pub const CLAIMS: &str = "claims";
/// How many characters a version has at most.
const LONGEST_VERSION: usize = 64;
/// How many characters a finding is known by at most.
const LONGEST_NAME: usize = 500;

/// Findings as the report can take them, in the order of what they are about.
///
/// # Errors
/// The first finding that does not fit the manifest or itself.
pub fn check(manifest: &Manifest, mut findings: Vec<Finding>) -> Result<Vec<Finding>, String> {
    findings.sort_by(|a, b| a.about.cmp(&b.about));
    for pair in findings.windows(2) {
        if pair[0].about == pair[1].about {
            return Err(format!("two findings are about `{}`", pair[0].about));
        }
    }
    if findings.iter().any(|finding| finding.about.chars().count() > LONGEST_NAME) {
        return Err(format!(
            "one of its findings is known by a name of more than {LONGEST_NAME} characters"
        ));
    }
    for finding in &findings {
        check_finding(manifest, finding)
            .map_err(|what| format!("its finding about `{}` {what}", finding.about))?;
    }
    Ok(findings)
}

/// Whether a manifest has an id, a version, and an English wording of everything.
///
/// # Errors
/// The first thing that is wrong.
pub fn check_manifest(manifest: &Manifest) -> Result<(), String> {
    let Manifest {
        id,
        version,
        title,
        question,
        method,
        edge_cases,
        references,
        templates,
        caveats,
        words,
        parameters: _,
    } = manifest;
    if !is_id(id) {
        return Err(format!(
            "its id `{id}` is not made of small letters, digits and hyphens after a letter"
        ));
    }
    if id == CLAIMS {
        return Err(format!("its id `{CLAIMS}` is that of the claims of a report"));
    }
    if version.is_empty() {
        return Err("it has no version".to_owned());
    }
    if version.len() > LONGEST_VERSION {
        return Err(format!("its version is longer than {LONGEST_VERSION} characters"));
    }
    let own = [("title", title), ("question", question), ("method", method)];
    let own = own.into_iter().map(|(name, text)| (name.to_owned(), text));
    let worded = templates.iter().flat_map(|(name, template)| {
        [
            (format!("templates/{name}/title"), &template.title),
            (format!("templates/{name}/sentence"), &template.sentence),
        ]
    });
    if references.iter().any(|work| work.trim().is_empty()) {
        return Err("one of its `references` is empty".to_owned());
    }
    let edges = (0..).zip(edge_cases).map(|(at, text)| (format!("edge_cases/{at}"), text));
    let named = caveats.iter().map(|(name, text)| (format!("caveats/{name}"), text));
    let words = words.iter().map(|(name, text)| (format!("words/{name}"), text));
    for (name, text) in own.chain(edges).chain(worded).chain(named).chain(words) {
        let english = match text {
            Text::By(wordings) => wordings.get("en").map_or("", String::as_str),
            text => text.in_language("en"),
        };
        if english.is_empty() {
            return Err(format!("its `{name}` has no English wording"));
        }
    }
    Ok(())
}

/// Whether an id is one that an analysis can have: small letters, digits and hyphens after a letter.
/// It is also a file's stem and, with underscores, a symbol.
#[must_use]
pub fn is_id(id: &str) -> bool {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    id.starts_with(|c: char| c.is_ascii_lowercase()) && id.chars().all(allowed)
}

/// Whether one finding fits the manifest and itself; else what is wrong with it, behind its name.
pub(crate) fn check_finding(manifest: &Manifest, finding: &Finding) -> Result<(), String> {
    if finding.about.is_empty() {
        return Err("has no name to be known by".to_owned());
    }
    let template = manifest
        .templates
        .get(&finding.template)
        .ok_or_else(|| format!("uses a template `{}` that is not there", finding.template))?;
    let mut given: BTreeSet<&str> = finding.values.keys().map(String::as_str).collect();
    given.extend(finding.measures.iter().map(|measure| measure.name.as_str()));
    for text in [&template.title, &template.sentence] {
        filled(text, &given)?;
    }
    for caveat in &finding.caveats {
        check_caveat(manifest, caveat, &given)?;
    }
    for value in finding.values.values() {
        check_value(manifest, value)?;
    }
    for measure in &finding.measures {
        known(manifest, &measure.name)?;
        check_number(&measure.number)?;
    }
    for table in &finding.tables {
        check_table(manifest, table)?;
    }
    for figure in &finding.figures {
        check_figure(manifest, figure)?;
    }
    match &finding.basis {
        Basis::Evidence { items } if items.is_empty() => {
            Err("has no evidence, and no reason for having none".to_owned())
        }
        Basis::None { reason } if reason.is_empty() => {
            Err("has no evidence, and no reason for having none".to_owned())
        }
        _ => Ok(()),
    }
}

/// Whether every `{name}` of every wording is given.
fn filled(text: &Text, given: &BTreeSet<&str>) -> Result<(), String> {
    for wording in text.wordings() {
        for name in placeholders(wording) {
            if !given.contains(name) {
                return Err(format!("gives no value for `{{{name}}}`"));
            }
        }
    }
    Ok(())
}

/// The names in braces, in order.
fn placeholders(wording: &str) -> impl Iterator<Item = &str> {
    wording.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name)
}

fn check_caveat(
    manifest: &Manifest,
    caveat: &Caveat,
    given: &BTreeSet<&str>,
) -> Result<(), String> {
    let text = manifest
        .caveats
        .get(&caveat.template)
        .ok_or_else(|| format!("uses a caveat `{}` that is not there", caveat.template))?;
    let mut given = given.clone();
    given.extend(caveat.values.keys().map(String::as_str));
    caveat.values.values().try_for_each(|value| check_value(manifest, value))?;
    filled(text, &given)
}

fn known(manifest: &Manifest, word: &str) -> Result<(), String> {
    if manifest.words.contains_key(word) {
        return Ok(());
    }
    Err(format!("uses a word `{word}` that is not there"))
}

fn check_value(manifest: &Manifest, value: &Value) -> Result<(), String> {
    match value {
        Value::Word(word) | Value::Said { state: word, .. } => known(manifest, word),
        Value::Number(number) => check_number(number),
        _ => Ok(()),
    }
}

fn check_number(number: &Number) -> Result<(), String> {
    let upside_down = match number {
        Number::Range { lower, upper } => lower > upper,
        Number::Between { lower, upper } | Number::Span { lower, upper } => lower > upper,
        _ => false,
    };
    if upside_down { Err("has bounds that stand upside down".to_owned()) } else { Ok(()) }
}

fn check_values<'v>(
    manifest: &Manifest,
    mut values: impl Iterator<Item = &'v Value>,
) -> Result<(), String> {
    values.try_for_each(|value| check_value(manifest, value))
}

fn check_table(manifest: &Manifest, table: &Table) -> Result<(), String> {
    known(manifest, &table.name)?;
    if table.rows.iter().any(|row| row.len() != table.columns.len()) {
        return Err(format!("has a table `{}` with a row of another length", table.name));
    }
    check_values(manifest, table.columns.iter().chain(table.rows.iter().flatten()))
}

fn check_figure(manifest: &Manifest, figure: &Figure) -> Result<(), String> {
    match figure {
        Figure::Grid { name, rows, columns, cells } => {
            known(manifest, name)?;
            if cells.len() != rows.len() || cells.iter().any(|row| row.len() != columns.len()) {
                return Err(format!("has a figure `{name}` with cells that do not fit its heads"));
            }
            check_values(manifest, rows.iter().chain(columns).chain(cells.iter().flatten()))
        }
        Figure::Dendrogram { name, leaves, merges, groups } => {
            known(manifest, name)?;
            if groups.len() != leaves.len() {
                return Err(format!("has a figure `{name}` with leaves of no group"));
            }
            if !is_tree(leaves.len(), merges) {
                return Err(format!("has a figure `{name}` whose merges make no tree"));
            }
            check_values(manifest, groups.iter())
        }
    }
}

/// Whether every merge joins two different nodes that were not joined before.
fn is_tree(leaves: usize, merges: &[Merge]) -> bool {
    let mut joined = BTreeSet::new();
    merges.iter().enumerate().all(|(index, merge)| {
        [merge.left, merge.right]
            .into_iter()
            .all(|node| node < leaves + index && joined.insert(node))
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use parallax_model::{Evidence, Template, Weight};

    use super::*;

    fn manifest() -> Manifest {
        let template = Template { title: "On {who}".into(), sentence: "{who}: {rate}".into() };
        Manifest {
            id: "a-b1".into(),
            version: "1.0.0".into(),
            title: "A".into(),
            question: "Q?".into(),
            method: "M".into(),
            edge_cases: vec!["Nobody: none.".into()],
            references: vec!["A. Author (2000). A work.".to_owned()],
            parameters: serde_json::Value::Null,
            templates: BTreeMap::from([("t".into(), template)]),
            caveats: BTreeMap::from([("few".into(), "Only {rate} of {all}.".into())]),
            words: BTreeMap::from([("rate".into(), "rate".into())]),
        }
    }

    fn finding(about: &str) -> Finding {
        Finding::new(about, "t", vec![Evidence::statement("s1", Weight::Supporting)])
            .expect("has evidence")
            .value("who", Value::Participant("S1".into()))
            .measure("rate", Number::count(1))
    }

    fn refused(finding: Finding) -> String {
        check(&manifest(), vec![finding]).expect_err("is refused")
    }

    #[test]
    fn findings_are_put_in_order() {
        let found = check(&manifest(), vec![finding("b"), finding("a")]).expect("is fine");
        let order: Vec<&str> = found.iter().map(|finding| finding.about.as_str()).collect();
        assert_eq!(order, ["a", "b"]);
        let twice = check(&manifest(), vec![finding("a"), finding("a")]);
        assert_eq!(twice, Err("two findings are about `a`".to_owned()));
    }

    #[test]
    fn what_a_report_would_stumble_over_is_refused() {
        let names = |names: &[&str]| -> Vec<Value> {
            names.iter().map(|&name| Value::Text(name.to_owned())).collect()
        };
        let merge = |left, right| Merge { left, right, height: Number::count(1) };
        let tree = |merges| Figure::Dendrogram {
            name: "rate".into(),
            leaves: vec!["a".into(), "b".into(), "c".into()],
            merges,
            groups: names(&["S", "S", "L"]),
        };
        let without = Finding { basis: Basis::Evidence { items: vec![] }, ..finding("a") };
        let said = [
            refused(finding("")),
            refused(Finding { template: "u".into(), ..finding("a") }),
            refused(Finding { measures: vec![], ..finding("a") }),
            refused(finding("a").measure("share", Number::count(1))),
            refused(finding("a").measure("rate", Number::Range { lower: 2, upper: 1 })),
            refused(finding("a").value("who", Value::Word("nobody".into()))),
            refused(finding("a").caveat("many")),
            refused(finding("a").caveat("few")),
            refused(finding("a").table(Table {
                name: "rate".into(),
                columns: names(&["x", "y"]),
                rows: vec![names(&["1"])],
            })),
            refused(finding("a").figure(Figure::Grid {
                name: "rate".into(),
                rows: names(&["x"]),
                columns: names(&["y"]),
                cells: vec![],
            })),
            refused(finding("a").figure(tree(vec![merge(0, 1), merge(1, 2)]))),
            refused(finding("a").figure(tree(vec![merge(0, 4)]))),
            refused(without),
        ];
        insta::assert_snapshot!(said.join("\n"), @"
        its finding about `` has no name to be known by
        its finding about `a` uses a template `u` that is not there
        its finding about `a` gives no value for `{rate}`
        its finding about `a` uses a word `share` that is not there
        its finding about `a` has bounds that stand upside down
        its finding about `a` uses a word `nobody` that is not there
        its finding about `a` uses a caveat `many` that is not there
        its finding about `a` gives no value for `{all}`
        its finding about `a` has a table `rate` with a row of another length
        its finding about `a` has a figure `rate` with cells that do not fit its heads
        its finding about `a` has a figure `rate` whose merges make no tree
        its finding about `a` has a figure `rate` whose merges make no tree
        its finding about `a` has no evidence, and no reason for having none
        ");
        let sound = finding("a").figure(tree(vec![merge(0, 1), merge(2, 3)]));
        assert!(check(&manifest(), vec![sound]).is_ok());
    }

    #[test]
    fn a_manifest_needs_an_id_a_version_and_english() {
        assert_eq!(check_manifest(&manifest()), Ok(()));
        let dutch = Text::By(BTreeMap::from([("nl".into(), "T".into())]));
        let said = [
            Manifest { id: "A_b".into(), ..manifest() },
            Manifest { version: String::new(), ..manifest() },
            Manifest { question: Text::Absent, ..manifest() },
            Manifest { words: BTreeMap::from([("rate".into(), dutch)]), ..manifest() },
        ];
        let said = said.map(|manifest| check_manifest(&manifest).expect_err("is refused"));
        insta::assert_snapshot!(said.join("\n"), @"
        its id `A_b` is not made of small letters, digits and hyphens after a letter
        it has no version
        its `question` has no English wording
        its `words/rate` has no English wording
        ");
    }
}
