//! What can be wrong with what a document says of other readings?

use parallax_model::document::{Across, PublishedFinding};
use parallax_model::{FindingsDocument, Fraction, Number};

/// Everything that does not fit: counts that do not add up, values outside their range, and a
/// finding that the reading of the document itself does not have.
pub(crate) fn faults(document: &FindingsDocument) -> Vec<String> {
    let Some(summary) = &document.robustness else { return vec!["no readings".to_owned()] };
    let mut faults = Vec::new();
    for finding in &document.findings {
        let mut fault = |what: &str| faults.push(format!("{}: {what}", finding.id));
        let Some(steady) = &finding.robustness else {
            fault("was not looked at");
            continue;
        };
        if steady.readings != summary.readings {
            fault("was not looked at under every reading");
        }
        if steady.same == 0 || steady.counts.values().sum::<usize>() != steady.readings {
            fault("has verdicts that do not add up");
        }
        if steady.flips.iter().any(|flip| flip.options.is_empty()) {
            fault("is another one where one starts");
        }
        if steady.flips.is_empty() != (steady.same == steady.readings) {
            fault("flips, and nothing flips it");
        }
        measures(finding, summary.readings, &mut fault);
    }
    faults
}

fn measures(finding: &PublishedFinding, readings: usize, fault: &mut impl FnMut(&str)) {
    for measure in &finding.measures {
        let Some(across) = &measure.across else {
            fault("has a number that was not looked at");
            continue;
        };
        if across.readings + across.missing != readings {
            fault("has a number of which some readings are missing");
        }
        if !is_within(&measure.number, across) {
            fault("has a number outside of its range");
        }
    }
}

fn is_within(number: &Number, across: &Across) -> bool {
    let Some((lower, upper)) = ends(number) else { return true };
    let (Some((least, _)), Some((_, most))) = (ends(&across.least), ends(&across.most)) else {
        return false;
    };
    least <= lower && upper <= most
}

/// The ends of a number, to nine digits or better.
fn ends(number: &Number) -> Option<(f64, f64)> {
    #[expect(clippy::cast_precision_loss, reason = "counts of small studies")]
    let count = |value: &i64| *value as f64;
    let both = |value: f64| Some((value, value));
    match number {
        Number::Count { value } => both(count(value)),
        Number::Fraction(of) | Number::Ratio(of) => both(of.to_f64()),
        Number::Range { lower, upper } => Some((count(lower), count(upper))),
        Number::Between { lower, upper } | Number::Span { lower, upper } => {
            Some((Fraction::to_f64(*lower), Fraction::to_f64(*upper)))
        }
        Number::Decimal { value, .. } => both(*value),
        Number::NotAvailable { .. } => None,
    }
}
