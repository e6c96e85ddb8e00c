//! How far do coders agree over all codes, and where does disagreement sit?

use parallax_plugin::prelude::*;

use super::code::{missing, with_other_choice};
use super::{CodeFound, Desk, FieldFound, caveat, with_caveats};
use crate::agreement::{Agreement, Drawn, Picture, Scale, number};
use crate::coefficient::{Coefficient, Metric, Ratings};
use crate::disagreement;
use crate::field::Field;

const NOMINAL: Coefficient = Coefficient::Alpha(Metric::Nominal);

/// The finding over all codes, with tables of codes, fields, pairs of coders and disagreements.
///
/// # Errors
/// Cancelled when the run is to stop.
pub(crate) fn overall(
    desk: &Desk<'_>,
    drawn: &Drawn,
    codes: &[CodeFound],
    fields: &[FieldFound],
) -> Result<Finding, NoFindings> {
    let ratings = &desk.decisions.pooled;
    let scale = (Scale::Code, desk.decisions.unit_count());
    let agreement = Agreement::of(ratings, scale, drawn, desk.parameters);
    let other = desk.other.pooled.measure(NOMINAL);
    let finding = named(desk, codes, fields, &agreement)?;
    let finding = agreement.onto(finding, "decisions").measure("missing", missing(ratings));
    let finding = with_other_choice(desk, finding, agreement.alpha, other);
    let finding = tables(desk, finding, codes, fields);
    Ok(caveats(desk, with_caveats(finding, &agreement, desk)))
}

fn named(
    desk: &Desk<'_>,
    codes: &[CodeFound],
    fields: &[FieldFound],
    agreement: &Agreement,
) -> Result<Finding, NoFindings> {
    let material = desk.material;
    let evidence = material
        .marks
        .iter()
        .zip(&desk.apart)
        .flat_map(|(mark, apart)| desk.evidence_of(mark, apart.count() > 0));
    let wording = match agreement.picture {
        Picture::Undefined => "overall_undefined",
        _ if !agreement.has_interval => "overall_no_interval",
        _ => "overall",
    };
    let template = format!("{wording}_{}", desk.uncoded_word());
    let coders = material.coders.iter().map(|&coder| coder.to_owned()).collect();
    Ok(Finding::new("overall", &template, evidence.collect())?
        .value("coders", Value::Names(coders))
        .value("unit", desk.unit_word())
        .value("level", desk.level())
        .value("worst_codes", worst_codes(desk, codes))
        .value("worst_field", worst_field(fields))
        .measure("coders_compared", Number::count(material.coders.len()))
        .measure("sources_compared", Number::count(material.sources))
        .measure("sources_left_out", Number::count(material.left_out.single_sources))
        .measure("units_compared", Number::count(units(desk)))
        .measure("codes_compared", Number::count(codes.len()))
        .measure("statements_left_out", Number::count(material.left_out.without_unit))
        .measure("statements_unnamed", Number::count(material.left_out.unnamed))
        .measure("self_overlaps", Number::count(material.left_out.self_overlaps)))
}

fn units(desk: &Desk<'_>) -> usize {
    usize::try_from(desk.decisions.unit_count()).unwrap_or(usize::MAX)
}

/// The codes on whose use coders differ in the most units.
fn worst_codes(desk: &Desk<'_>, codes: &[CodeFound]) -> Value {
    let most = codes.iter().map(|code| code.units[1]).max().unwrap_or(0);
    if most == 0 {
        return Value::Word("no_code".to_owned());
    }
    let ids = &desk.material.reading.codes.ids;
    let worst = codes.iter().filter(|code| code.units[1] == most);
    Value::Names(worst.map(|code| ids.of(code.code).to_owned()).collect())
}

/// The field with the least agreement.
fn worst_field(fields: &[FieldFound]) -> Value {
    let value = |found: &FieldFound| match &found.agreement.percent {
        Number::Fraction(fraction) => Some(*fraction),
        _ => None,
    };
    let least = fields.iter().filter_map(value).min();
    let worst: Vec<Field> =
        fields.iter().filter(|found| value(found) == least).map(|found| found.field).collect();
    Value::Word(match (least, worst.as_slice()) {
        (None, _) => "none_compared".to_owned(),
        (Some(least), _) if least == Fraction::ONE => "no_field".to_owned(),
        (_, [only]) => only.word().to_owned(),
        _ => "several_fields".to_owned(),
    })
}

fn tables(
    desk: &Desk<'_>,
    finding: Finding,
    codes: &[CodeFound],
    fields: &[FieldFound],
) -> Finding {
    let listed = desk.parameters.most_rows as usize;
    let (disagreements, all) = disagreement::table(desk.material, &desk.apart, listed);
    let shown = disagreements.as_ref().map_or(0, |table| table.rows.len());
    let mut finding = finding
        .measure("disagreements_all", Number::count(all))
        .measure("disagreements_not_listed", Number::count(all - shown))
        .table(code_table(desk, codes));
    if !fields.is_empty() {
        finding = finding.table(field_table(fields));
    }
    if desk.material.coders.len() > 2 {
        finding = finding.table(pair_table(desk, &desk.decisions.pooled));
    }
    match disagreements {
        Some(table) => finding.table(table),
        None => finding,
    }
}

fn heads(words: &[&str]) -> Vec<Value> {
    words.iter().map(|&word| Value::Word(word.to_owned())).collect()
}

fn code_table(desk: &Desk<'_>, codes: &[CodeFound]) -> Table {
    let ids = &desk.material.reading.codes.ids;
    let kappa = if desk.material.coders.len() == 2 { "cohen" } else { "fleiss" };
    let numbers = ["percent", "alpha", "alpha_lower", "alpha_upper", kappa, "ac1", "prevalence"];
    let row = |found: &CodeFound| {
        let counts = found.units.map(|units| Value::from(usize::try_from(units).unwrap_or(0)));
        let numbers = numbers.map(|name| found.agreement.number(name).into());
        let code = Value::Code(ids.of(found.code).to_owned());
        std::iter::once(code).chain(counts).chain(numbers).collect()
    };
    let mut columns = heads(&["code", "given_by_all", "given_by_some", "given_by_none"]);
    columns.extend(heads(&numbers));
    Table { name: "codes".to_owned(), columns, rows: codes.iter().map(row).collect() }
}

fn field_table(fields: &[FieldFound]) -> Table {
    let row = |found: &FieldFound| {
        let alpha = if found.field == Field::Value { "alpha_ordinal" } else { "alpha" };
        let numbers = ["percent".to_owned(), alpha.to_owned()]
            .into_iter()
            .chain(["lower", "upper"].map(|end| format!("{alpha}_{end}")));
        let units = usize::try_from(found.agreement.pairable).unwrap_or(usize::MAX);
        let mut row = vec![Value::Word(found.field.word().to_owned()), units.into()];
        row.extend(numbers.map(|name| found.agreement.number(&name).into()));
        row.push(found.agreement.number("ac1").into());
        row
    };
    Table {
        name: "fields".to_owned(),
        columns: heads(&[
            "field",
            "comparisons",
            "percent",
            "alpha",
            "alpha_lower",
            "alpha_upper",
            "ac1",
        ]),
        rows: fields.iter().map(row).collect(),
    }
}

/// Each two of more than two coders.
fn pair_table(desk: &Desk<'_>, ratings: &Ratings) -> Table {
    let coders = &desk.material.coders;
    let mut rows = Vec::new();
    for second in 1..coders.len() {
        for first in 0..second {
            let pair = ratings.of_two(first, second);
            let value = |coefficient| Value::from(number(pair.measure(coefficient)));
            let name = |coder: usize| Value::Text(coders[coder].to_owned());
            let decisions = usize::try_from(pair.pairable()).unwrap_or(usize::MAX);
            let mut row = vec![name(first), name(second), decisions.into()];
            let coefficients =
                [Coefficient::Percent, NOMINAL, Coefficient::Cohen, Coefficient::Ac1];
            row.extend(coefficients.map(value));
            rows.push(row);
        }
    }
    let columns = ["coder", "other_coder", "decisions", "percent", "alpha", "cohen", "ac1"];
    Table { name: "pairs".to_owned(), columns: heads(&columns), rows }
}

fn caveats(desk: &Desk<'_>, finding: Finding) -> Finding {
    let left_out = desk.material.left_out;
    let mut finding = finding.caveat("who_coded").caveat("independent");
    let counted = [
        ("self_overlap", "times", left_out.self_overlaps),
        ("single_sources", "sources", left_out.single_sources),
        ("without_unit", "statements", left_out.without_unit),
        ("unnamed_coder", "statements", left_out.unnamed),
    ];
    for (template, name, count) in counted.into_iter().filter(|&(_, _, count)| count > 0) {
        finding = caveat(finding, template, &[(name, Value::from(count))]);
    }
    finding
}
