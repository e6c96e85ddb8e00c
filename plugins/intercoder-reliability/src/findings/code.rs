//! How far do coders agree on one code?

use parallax_plugin::prelude::*;

use super::{Desk, caveat, with_caveats};
use crate::agreement::{Agreement, Drawn, Scale, number};
use crate::coefficient::{Amount, Coefficient, Metric, Ratings, Undefined};

/// A code's finding, and what the overview needs of it.
pub(crate) struct CodeFound {
    pub(crate) code: u32,
    pub(crate) agreement: Agreement,
    /// Units to which all coders gave it, only some, none.
    pub(crate) units: [u64; 3],
    pub(crate) finding: Finding,
}

/// A finding for each code that was given in compared sources.
///
/// # Errors
/// Cancelled when the run is to stop.
pub(crate) fn codes(desk: &Desk<'_>, drawn: &[Drawn]) -> Result<Vec<CodeFound>, NoFindings> {
    let places = desk.by_code.iter().enumerate();
    places.map(|(place, code)| one(desk, place, code, &drawn[place])).collect()
}

fn one(
    desk: &Desk<'_>,
    place: usize,
    (code, marks): &(u32, Vec<u32>),
    drawn: &Drawn,
) -> Result<CodeFound, NoFindings> {
    let ratings = &desk.decisions.codes[place];
    let scale = (Scale::Code, desk.decisions.unit_count());
    let agreement = Agreement::of(ratings, scale, drawn, desk.parameters);
    let other = desk.other.codes[place].measure(Coefficient::Alpha(Metric::Nominal));
    let units = by_agreement(desk, marks);
    let finding = finding(desk, *code, marks, &agreement)?;
    let finding =
        agreement.onto(counted(finding, units), "units").measure("missing", missing(ratings));
    let finding = with_other_choice(desk, finding, agreement.alpha, other);
    let finding = with_caveats(finding, &agreement, desk);
    Ok(CodeFound { code: *code, agreement, units, finding })
}

fn finding(
    desk: &Desk<'_>,
    code: u32,
    marks: &[u32],
    agreement: &Agreement,
) -> Result<Finding, NoFindings> {
    let id = desk.material.reading.codes.ids.of(code);
    let evidence = marks.iter().flat_map(|&mark| {
        let differs = desk.apart[mark as usize].code;
        desk.evidence_of(&desk.material.marks[mark as usize], differs)
    });
    let template = agreement.picture.template("code");
    Ok(Finding::new(&format!("code/{id}"), &template, evidence.collect())?
        .value("code", Value::Code(id.to_owned()))
        .value("unit", desk.unit_word())
        .value("level", desk.level()))
}

/// Decisions that nobody made, because the coder did not code the source.
pub(super) fn missing(ratings: &Ratings) -> Number {
    Number::count(usize::try_from(ratings.missing()).unwrap_or(usize::MAX))
}

/// Units to which all coders of their source gave the code, only some, none.
fn by_agreement(desk: &Desk<'_>, marks: &[u32]) -> [u64; 3] {
    let some = marks.iter().filter(|&&mark| desk.apart[mark as usize].code).count() as u64;
    let all = marks.len() as u64 - some;
    [all, some, desk.decisions.unit_count() - all - some]
}

fn counted(finding: Finding, units: [u64; 3]) -> Finding {
    let names = ["given_by_all", "given_by_some", "given_by_none"];
    names.into_iter().zip(units).fold(finding, |finding, (name, units)| {
        finding.measure(name, Number::count(usize::try_from(units).unwrap_or(usize::MAX)))
    })
}

/// How much the choice about uncoded units changes α.
pub(super) fn with_other_choice(
    desk: &Desk<'_>,
    finding: Finding,
    alpha: Result<Amount, Undefined>,
    other: Result<Amount, Undefined>,
) -> Finding {
    let change = alpha.and_then(|alpha| other.map(|other| other - alpha));
    let finding = finding
        .measure("uncoded_units", Number::count(desk.uncoded()))
        .measure("alpha_other", number(other))
        .measure("alpha_change", number(change));
    let values = [
        ("uncoded_units", Value::from(desk.uncoded())),
        ("alpha_other", number(other).into()),
        ("alpha_change", number(change).into()),
    ];
    match desk.uncoded_word() {
        "all_coded" => finding.caveat("all_coded"),
        word => caveat(finding, word, &values),
    }
}
