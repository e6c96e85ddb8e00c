//! How much does each role say?
//!
//! One function from a reading and parameters to findings, and one line that exports it. What the
//! findings are called, in English and in Dutch, stands in `manifest.json`.

use parallax_plugin::prelude::*;

/// What a study can choose; the comments become the help of `parallax explain {id}`.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Parameters {
    /// Only roles with at least so many statements.
    #[schemars(range(min = 1))]
    pub at_least: usize,
}

impl Default for Parameters {
    fn default() -> Self {
        Self { at_least: 1 }
    }
}

/// One finding for each role that says enough, with its statements as evidence.
///
/// # Errors
/// Not available where no role says enough; cancelled when the run is to stop.
pub fn analyse(reading: &Reading<'_>, parameters: &Parameters, job: &Job<'_>) -> Found {
    let (statements, people) = (&reading.statements, &reading.participants);
    let mut said: Vec<Vec<Evidence>> = vec![Vec::new(); reading.roles.len()];
    for (row, &speaker) in statements.speakers.iter().enumerate() {
        if row % 65_536 == 0 {
            job.progress(row, statements.len())?;
        }
        // A document has no speaker, and who is left out no role: neither is a row of `said`.
        if let Some(own) = said.get_mut(people.role(speaker) as usize) {
            own.push(Evidence::statement(statements.ids.get(row), Weight::Supporting));
        }
    }
    let mut findings = Vec::new();
    for (role, evidence) in (0_u32..).zip(said) {
        if evidence.is_empty() || evidence.len() < parameters.at_least {
            continue;
        }
        let (id, count) = (reading.roles.ids.of(role), Number::count(evidence.len()));
        let finding = Finding::new(id, "role", evidence)?;
        findings.push(
            finding.value("role", Value::Role(id.to_owned())).measure("statements", count),
        );
    }
    if findings.is_empty() {
        return Err(NoFindings::not_available("no role says as much as `at_least` asks for"));
    }
    Ok(findings)
}

export_analysis!(parallax_plugin_{symbol}, include_str!("../manifest.json"), analyse);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_has_its_statements() {
        let people = [["A", "coach"], ["B", "teacher"], ["C", "teacher"]];
        let said = [["s1", "A", "logbook"], ["s2", "B", "logbook"], ["s3", "C", "visit"]];
        let reading = parallax_plugin::small::reading(&people, &said).expect("a sound study");
        let found = |at_least| analyse(&reading, &Parameters { at_least }, &Job::alone(0));
        let about = |findings: Vec<Finding>| -> Vec<(String, usize)> {
            findings.iter().map(|one| (one.about.clone(), one.evidence().len())).collect()
        };
        let (coach, teacher) = (("coach".to_owned(), 1), ("teacher".to_owned(), 2));
        assert_eq!(found(1).map(about), Ok(vec![coach, teacher.clone()]));
        assert_eq!(found(2).map(about), Ok(vec![teacher]));
        assert!(matches!(found(3), Err(NoFindings::NotAvailable(_))));
    }
}
