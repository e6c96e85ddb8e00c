//! How far do coders who gave the same code agree on one positioning field?

use parallax_plugin::prelude::*;

use super::{Desk, caveat, misfit, with_caveats};
use crate::agreement::{Agreement, Scale, coefficients, drawn};
use crate::coefficient::intervals;
use crate::compared::Compared;
use crate::field::{FIELDS, Field, FieldCompared};

/// A field's finding, and what the overview needs of it.
pub(crate) struct FieldFound {
    pub(crate) field: Field,
    pub(crate) agreement: Agreement,
    pub(crate) finding: Finding,
}

/// A finding for each field that two coders filled in under the same code.
///
/// # Errors
/// Cancelled when the run is to stop.
pub(crate) fn fields(desk: &Desk<'_>) -> Result<Vec<FieldFound>, NoFindings> {
    let mut found = Vec::new();
    for (place, field) in FIELDS.into_iter().enumerate() {
        let Some(compared) = FieldCompared::of(desk.material, field).map_err(misfit)? else {
            continue;
        };
        found.push(one(desk, &compared, place)?);
    }
    Ok(found)
}

fn one(desk: &Desk<'_>, field: &FieldCompared, place: usize) -> Result<FieldFound, NoFindings> {
    let (scale, of) = match field.field {
        Field::Value => (Scale::Ordered { measured: field.on_a_scale }, "value"),
        _ => (Scale::Nominal, "field"),
    };
    let Compared { ratings, blocks } = &field.compared;
    let go_on = desk.going_on(1 + place);
    let plan = desk.plan(1 + place as u64, &go_on);
    let spreads = drawn(intervals(ratings, blocks, &coefficients(scale), plan))?;
    let agreement = Agreement::of(ratings, (scale, blocks.units()), &spreads, desk.parameters);
    let word = field.field.word();
    let evidence = evidence(desk, field);
    let template = agreement.picture.template(of);
    let finding = Finding::new(&format!("field/{word}"), &template, evidence)?
        .value("field", Value::Word(word.to_owned()))
        .value("unit", desk.unit_word())
        .value("level", desk.level());
    let left_out = field.marks.len() - usize::try_from(agreement.pairable).unwrap_or(0);
    let finding = agreement
        .onto(finding, "comparisons")
        .measure("comparisons_left_out", Number::count(left_out))
        .measure("several", Number::count(field.several))
        .measure("missing", Number::count(field.missing))
        .measure("categories", Number::count(field.categories.len()));
    Ok(FieldFound {
        field: field.field,
        finding: explained(desk, finding, field, &agreement),
        agreement,
    })
}

fn evidence(desk: &Desk<'_>, field: &FieldCompared) -> Vec<Evidence> {
    let of_mark = |&mark: &u32| {
        let differs = desk.apart[mark as usize].differs_in(field.field);
        desk.evidence_of(&desk.material.marks[mark as usize], differs)
    };
    field.marks.iter().flat_map(of_mark).collect()
}

fn explained(
    desk: &Desk<'_>,
    finding: Finding,
    field: &FieldCompared,
    agreement: &Agreement,
) -> Finding {
    let mut finding = with_caveats(finding, agreement, desk).caveat("same_code_only");
    if matches!(field.field, Field::Bearer | Field::Counterparty) {
        let finding_with_blank = finding.measure("blank", Number::count(field.blank));
        finding = caveat(
            finding_with_blank,
            "observed_categories",
            &[("categories", Value::from(field.categories.len()))],
        );
    }
    if field.several > 0 {
        finding = caveat(finding, "several", &[("several", Value::from(field.several))]);
    }
    finding
}
