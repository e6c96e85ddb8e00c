//! How often does each role speak of each code? One walk over all statements.

use parallax_plugin::prelude::*;

/// Counts statements by the speaker's role and by code; who has no role is not counted.
///
/// # Errors
/// When nobody has a role or there are no codes.
pub(crate) fn analyse(reading: &Reading<'_>, _: &NoParameters, job: &Job<'_>) -> Found {
    let (roles, codes) = (reading.roles.ids.len(), reading.codes.ids.len());
    if roles == 0 || codes == 0 {
        return Err(NoFindings::not_available("there are no roles or no codes"));
    }
    let statements = &reading.statements;
    let mut counts = vec![0_u32; roles * codes];
    for (&speaker, &code) in statements.speakers.iter().zip(statements.codes.iter()) {
        let role = reading.participants.roles.get(speaker as usize).copied().unwrap_or(NONE);
        let place =
            (role as usize).checked_mul(codes).and_then(|row| row.checked_add(code as usize));
        if let Some(count) = place.and_then(|place| counts.get_mut(place)) {
            *count += 1;
        }
    }
    job.progress(statements.len(), statements.len())?;
    let most = counts.iter().copied().max().unwrap_or(0);
    let total = counts.iter().map(|&count| count as usize).sum();
    let finding = Finding::without_evidence("all", "counted", "statements are counted, not shown");
    let finding = finding.measure("statements", Number::count(total));
    Ok(vec![finding.measure("most", Number::count(most as usize))])
}

export_analysis!(
    parallax_plugin_role_by_code,
    r#"{
        "id": "role-by-code", "version": "1.0.0", "title": "Roles and codes",
        "question": "How often does each role speak of each code?", "method": "Counting.",
        "templates": { "counted": { "title": "All", "sentence": "{statements} in all, {most} at most" } },
        "words": { "statements": "statements", "most": "most in one cell" }
    }"#,
    analyse
);
