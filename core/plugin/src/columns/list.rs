//! Which table and column is each part of a reading?
//!
//! A column that refers to another table carries the ids of that table as its labels: it explains
//! itself, and its codes are checked on the way in. Names here are a promise to plugins
//! ([`MODEL_VERSION`](crate::abi::MODEL_VERSION)): columns may be added, never renamed.

use parallax_model::Reading;
use parallax_model::settings::{Aggregation, CoverageDefault, Unit};
use parallax_model::tables::{
    Attributes, Cases, Claims, Codes, Constraints, Conventions, Coverage, Excerpts, KnownCells,
    Participants, Roles, Sources, Statements,
};

use super::Malformed;
use super::way::Field::{Codes as Coded, F64, Lists, Name, Number, Rows, Texts as Text, U8, U32};
use super::way::Need::{Always, Optional};
use super::way::{To, Way};

/// Visits every part of a reading. Each struct is taken apart, so that a field nobody listed here
/// does not compile; what a column refers to comes before it.
pub(super) fn walk<'a>(reading: &mut Reading<'a>, way: &mut impl Way<'a>) -> Result<(), Malformed> {
    let Reading {
        mapping,
        is_default,
        conventions: choices,
        roles,
        cases,
        participants,
        codes,
        sources,
        statements,
        coverage,
        constraints,
        excerpts,
        attributes,
        claims,
        cells,
    } = reading;
    way.table("reading")?;
    conventions(mapping, is_default, choices, way)?;
    way.table("roles")?;
    roles_columns(roles, way)?;
    way.table("cases")?;
    cases_columns(cases, way)?;
    way.table("participants")?;
    let of_cases = ("cases", &cases.ids);
    people_columns(participants, ("roles", &roles.ids), of_cases, way)?;
    way.table("codes")?;
    codes_columns(codes, way)?;
    way.table("sources")?;
    sources_columns(sources, of_cases, ("participants", &participants.ids), way)?;
    let ids = Ids {
        roles: ("roles", &roles.ids),
        people: ("participants", &participants.ids),
        codes: ("codes", &codes.ids),
        sources: ("sources", &sources.ids),
    };
    way.table("excerpts")?;
    excerpts_columns(excerpts, &ids, way)?;
    way.table("statements")?;
    statements_columns(statements, &ids, ("excerpts", &excerpts.ids), way)?;
    way.table("coverage")?;
    coverage_columns(coverage, &ids, way)?;
    way.table("constraints")?;
    constraints_columns(constraints, &ids, way)?;
    way.table("attributes")?;
    attributes_columns(attributes, way)?;
    way.table("claims")?;
    claims_columns(claims, &ids, way)?;
    way.table("cells")?;
    cells_of_people(cells, &ids, way)
}

/// The ids of the tables that others refer to.
struct Ids<'f, 'a> {
    roles: To<'f, 'a>,
    people: To<'f, 'a>,
    codes: To<'f, 'a>,
    sources: To<'f, 'a>,
}

fn conventions<'a>(
    mapping: &mut String,
    is_default: &mut bool,
    conventions: &mut Conventions,
    way: &mut impl Way<'a>,
) -> Result<(), Malformed> {
    let Conventions { coverage_default, unit, aggregation } = conventions;
    way.column("mapping", Always, Name(mapping))?;
    let mut one = |name, mut number: u8| -> Result<u8, Malformed> {
        way.column(name, Always, Number(&mut number))?;
        Ok(number)
    };
    *is_default = one("is_default", (*is_default).into())? != 0;
    *coverage_default = match one("coverage_default", *coverage_default as u8)? {
        number if number == CoverageDefault::Asked as u8 => CoverageDefault::Asked,
        _ => CoverageDefault::Unknown,
    };
    *unit = match one("unit", *unit as u8)? {
        number if number == Unit::Participant as u8 => Unit::Participant,
        _ => Unit::RoleAtCase,
    };
    *aggregation = match one("aggregation", *aggregation as u8)? {
        number if number == Aggregation::All as u8 => Aggregation::All,
        number if number == Aggregation::Majority as u8 => Aggregation::Majority,
        _ => Aggregation::Any,
    };
    Ok(())
}

fn roles_columns<'a>(table: &mut Roles<'a>, way: &mut impl Way<'a>) -> Result<(), Malformed> {
    let Roles { ids, labels, kinds, within } = table;
    way.column("id", Always, Text(ids))?;
    way.column("label", Always, Text(labels))?;
    way.column("kind", Always, U8(kinds))?;
    way.column("within", Always, Rows(within, ("roles", &*ids)))
}

fn cases_columns<'a>(table: &mut Cases<'a>, way: &mut impl Way<'a>) -> Result<(), Malformed> {
    let Cases { ids, labels, parents } = table;
    way.column("id", Always, Text(ids))?;
    way.column("label", Always, Text(labels))?;
    way.column("parent", Always, Rows(parents, ("cases", &*ids)))
}

fn people_columns<'a>(
    table: &mut Participants<'a>,
    of_roles: To<'_, 'a>,
    of_cases: To<'_, 'a>,
    way: &mut impl Way<'a>,
) -> Result<(), Malformed> {
    let Participants { ids, cases, roles, titles, title_names, kinds, weights } = table;
    way.column("id", Always, Text(ids))?;
    way.column("case", Always, Rows(cases, of_cases))?;
    way.column("role", Always, Rows(roles, of_roles))?;
    way.column("title", Always, Coded(titles, title_names))?;
    way.column("kind", Always, U8(kinds))?;
    way.column("weight", Optional, F64(weights))
}

fn codes_columns<'a>(table: &mut Codes<'a>, way: &mut impl Way<'a>) -> Result<(), Malformed> {
    let Codes {
        ids,
        labels,
        parents,
        removed,
        prompts,
        questions,
        origins,
        incompatible_offsets,
        incompatible,
    } = table;
    way.column("id", Always, Text(ids))?;
    way.column("label", Always, Text(labels))?;
    way.column("parent", Always, Rows(parents, ("codes", &*ids)))?;
    way.column("removed", Always, U8(removed))?;
    way.column("prompt", Always, Text(prompts))?;
    way.column("questions", Always, Text(questions))?;
    way.column("origin", Optional, U8(origins))?;
    way.column(
        "incompatible",
        Optional,
        Lists(incompatible_offsets, incompatible, ("codes", &*ids)),
    )
}

fn sources_columns<'a>(
    table: &mut Sources<'a>,
    of_cases: To<'_, 'a>,
    of_people: To<'_, 'a>,
    way: &mut impl Way<'a>,
) -> Result<(), Malformed> {
    let Sources {
        ids,
        labels,
        kinds,
        cases,
        waves,
        lengths,
        interviewers,
        interviewer_names,
        speaker_offsets,
        speakers,
    } = table;
    way.column("id", Always, Text(ids))?;
    way.column("label", Always, Text(labels))?;
    way.column("kind", Always, U8(kinds))?;
    way.column("case", Always, Rows(cases, of_cases))?;
    way.column("wave", Always, U32(waves))?;
    way.column("characters", Optional, U32(lengths))?;
    way.column("interviewer", Optional, Coded(interviewers, interviewer_names))?;
    way.column("participants", Always, Lists(speaker_offsets, speakers, of_people))
}

fn excerpts_columns<'a>(
    table: &mut Excerpts<'a>,
    to: &Ids<'_, 'a>,
    way: &mut impl Way<'a>,
) -> Result<(), Malformed> {
    let Excerpts { ids, sources, speakers, roles, code_offsets, codes } = table;
    way.column("id", Always, Text(ids))?;
    way.column("source", Always, Rows(sources, to.sources))?;
    way.column("speaker", Always, Rows(speakers, to.people))?;
    way.column("role", Always, Rows(roles, to.roles))?;
    way.column("codes", Always, Lists(code_offsets, codes, to.codes))
}

fn statements_columns<'a>(
    table: &mut Statements<'a>,
    to: &Ids<'_, 'a>,
    of_excerpts: To<'_, 'a>,
    way: &mut impl Way<'a>,
) -> Result<(), Malformed> {
    let Statements {
        ids,
        sources,
        speakers,
        codes,
        modalities,
        bearer_kinds,
        bearers,
        counterparty_kinds,
        counterparties,
        stances,
        perspectives,
        owner_kinds,
        owners,
        strengths,
        values,
        coders,
        coder_names,
        starts,
        ends,
        excerpts,
        moral_orders,
        storylines,
        storyline_names,
        notes,
        conditions,
    } = table;
    way.column("id", Always, Text(ids))?;
    way.column("source", Always, Rows(sources, to.sources))?;
    way.column("speaker", Always, Rows(speakers, to.people))?;
    way.column("code", Always, Rows(codes, to.codes))?;
    way.column("modality", Always, U8(modalities))?;
    way.column("bearer_kind", Always, U8(bearer_kinds))?;
    way.column("bearer", Always, U32(bearers))?;
    way.column("counterparty_kind", Optional, U8(counterparty_kinds))?;
    way.column("counterparty", Optional, U32(counterparties))?;
    way.column("stance", Always, U8(stances))?;
    way.column("perspective", Optional, U8(perspectives))?;
    way.column("owner_kind", Optional, U8(owner_kinds))?;
    way.column("owner", Optional, U32(owners))?;
    way.column("strength", Always, U8(strengths))?;
    way.column("value", Optional, F64(values))?;
    way.column("coder", Optional, Coded(coders, coder_names))?;
    way.column("start", Optional, U32(starts))?;
    way.column("end", Optional, U32(ends))?;
    way.column("excerpt", Optional, Rows(excerpts, of_excerpts))?;
    way.column("moral_order", Optional, U8(moral_orders))?;
    way.column("storyline", Optional, Coded(storylines, storyline_names))?;
    way.column("note", Optional, Text(notes))?;
    way.column("condition", Optional, Text(conditions))
}

fn coverage_columns<'a>(
    table: &mut Coverage<'a>,
    to: &Ids<'_, 'a>,
    way: &mut impl Way<'a>,
) -> Result<(), Malformed> {
    let Coverage { participants, codes, bearers, statuses } = table;
    way.column("participant", Always, Rows(participants, to.people))?;
    way.column("code", Always, Rows(codes, to.codes))?;
    way.column("bearer", Always, U8(bearers))?;
    way.column("status", Always, U8(statuses))
}

fn constraints_columns<'a>(
    table: &mut Constraints<'a>,
    to: &Ids<'_, 'a>,
    way: &mut impl Way<'a>,
) -> Result<(), Malformed> {
    let Constraints {
        ids,
        codes,
        modalities,
        bearers,
        states,
        minimums,
        maximums,
        member_offsets,
        members,
    } = table;
    way.column("id", Always, Text(ids))?;
    way.column("code", Always, Rows(codes, to.codes))?;
    way.column("modality", Always, U8(modalities))?;
    way.column("bearer", Always, U8(bearers))?;
    way.column("state", Always, U8(states))?;
    way.column("minimum", Always, U32(minimums))?;
    way.column("maximum", Always, U32(maximums))?;
    way.column("members", Always, Lists(member_offsets, members, to.people))
}

fn claims_columns<'a>(
    table: &mut Claims<'a>,
    to: &Ids<'_, 'a>,
    way: &mut impl Way<'a>,
) -> Result<(), Malformed> {
    let Claims {
        ids,
        references,
        sections,
        kinds,
        scopes,
        code_offsets,
        codes,
        modalities,
        states,
        expected,
        quantifiers,
    } = table;
    way.column("id", Always, Text(ids))?;
    way.column("ref", Always, Text(references))?;
    way.column("section", Always, Text(sections))?;
    way.column("kind", Always, U8(kinds))?;
    way.column("scope", Always, Text(scopes))?;
    way.column("codes", Always, Lists(code_offsets, codes, to.codes))?;
    way.column("modality", Always, U8(modalities))?;
    way.column("state", Always, U8(states))?;
    way.column("expected", Always, Text(expected))?;
    way.column("quantifier", Always, Text(quantifiers))
}

fn attributes_columns<'a>(
    table: &mut Attributes<'a>,
    way: &mut impl Way<'a>,
) -> Result<(), Malformed> {
    let Attributes { owners, rows, columns, column_names, values, value_names } = table;
    way.column("owner", Always, U8(owners))?;
    way.column("row", Always, U32(rows))?;
    way.column("column", Always, Coded(columns, column_names))?;
    way.column("value", Always, Coded(values, value_names))
}

fn cells_of_people<'a>(
    table: &mut KnownCells<'a>,
    to: &Ids<'_, 'a>,
    way: &mut impl Way<'a>,
) -> Result<(), Malformed> {
    let KnownCells { participants, codes, modalities, ascriptions, states, least, most } = table;
    way.column("participant", Always, Rows(participants, to.people))?;
    way.column("code", Always, Rows(codes, to.codes))?;
    way.column("modality", Always, U8(modalities))?;
    way.column("ascription", Always, U8(ascriptions))?;
    way.column("state", Always, U8(states))?;
    way.column("least", Always, U8(least))?;
    way.column("most", Always, U8(most))
}
