//! Does what findings rest on stand in the reading that they are about?

use std::collections::BTreeMap;

use parallax_model::{EvidenceKind, Finding, Reading};

/// Whether everything that findings rest on is there in the reading that they are about.
///
/// # Errors
/// The first finding that names something else, and what.
pub fn grounded(reading: &Reading<'_>, findings: &[Finding]) -> Result<(), String> {
    let kinds = [
        (EvidenceKind::Statement, &reading.statements.ids, "a statement"),
        (EvidenceKind::Excerpt, &reading.excerpts.ids, "an excerpt"),
        (EvidenceKind::Constraint, &reading.constraints.ids, "a constraint"),
    ];
    for (kind, ids, what) in kinds {
        let mut sought: BTreeMap<&str, &str> = BTreeMap::new();
        for finding in findings {
            sought.extend(
                finding
                    .evidence()
                    .iter()
                    .filter(|e| e.kind == kind)
                    .map(|e| (e.id.as_str(), finding.about.as_str())),
            );
        }
        // What is cited is held, and not the study, which may have millions of rows.
        let mut rows = ids.iter();
        while !sought.is_empty() {
            let Some(id) = rows.next() else { break };
            sought.remove(id);
        }
        if let Some((_, about)) = sought.first_key_value() {
            return Err(format!(
                "its finding about `{about}` rests on {what} that is not in the study"
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use parallax_model::{Evidence, Weight};

    use super::*;

    #[test]
    fn evidence_of_each_kind_has_to_be_there() {
        let mut reading = Reading::default();
        reading.statements.ids = ["s1", "s2"].into_iter().collect();
        reading.constraints.ids = ["k1"].into_iter().collect();
        let about = |evidence: Vec<Evidence>| {
            let finding = Finding::new("a", "t", evidence).expect("has evidence");
            let reasoned = Finding::without_evidence("b", "t", "nobody was asked");
            grounded(&reading, &[finding, reasoned])
        };
        let statement = |id| Evidence::statement(id, Weight::Supporting);
        let constraint = |id| Evidence::constraint(id, Weight::Context);
        assert_eq!(about(vec![statement("s2"), statement("s2"), constraint("k1")]), Ok(()));
        let said = [
            about(vec![statement("s2"), statement("s3")]),
            about(vec![Evidence::excerpt("s1", Weight::Contrary)]),
            about(vec![constraint("s1")]),
        ];
        let said = said.map(|refused| refused.expect_err("is refused"));
        insta::assert_snapshot!(said.join("\n"), @"
        its finding about `a` rests on a statement that is not in the study
        its finding about `a` rests on an excerpt that is not in the study
        its finding about `a` rests on a constraint that is not in the study
        ");
    }
}
