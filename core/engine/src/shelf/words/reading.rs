//! What can a script ask of the reading: which tables are there, and where is one thing?

use parallax_model::Ascriber;
use parallax_model::table::{NONE, Texts};
use rhai::Dynamic;

use super::choice::chosen;
use super::rows::Rows;
use super::seen::Seen;
use super::tables::Table;
use super::{Result, Vocabulary, named};
use crate::shelf::script::did_you_mean;
use crate::shelf::script::fault::stop;

/// Whose expectations are compared, by the words of scripts.
pub(super) const ASCRIBERS: [(&str, Ascriber); 2] =
    [("participants", Ascriber::Participants), ("documents", Ascriber::Documents)];

/// The words for a reading.
pub(super) fn register(words: &mut Vocabulary) {
    words.type_name::<Seen>("Reading");
    register_people(words);
    register_everybody(words);
    register_codes(words);
    register_material(words);
    register_one(words);
}

fn register_people(words: &mut Vocabulary) {
    words.function(
        "roles",
        "reading.roles()",
        "The roles that somebody in the reading has, in the order of `study.yaml`.",
        "reading.roles().count()  // 2",
        |seen: &mut Seen| Rows::these(seen, Table::Roles, seen.roster().roles()),
    );
    words.function(
        "all_roles",
        "reading.all_roles()",
        "Every role of the study, those too that are only spoken of.",
        "reading.all_roles().count()  // 3",
        |seen: &mut Seen| Rows::first(seen, Table::Roles, seen.len(Table::Roles)),
    );
    words.function(
        "cases",
        "reading.cases()",
        "The cases where somebody in the reading is, in the order of `cases.csv`.",
        "reading.cases().count()  // 3",
        |seen: &mut Seen| {
            let cases = seen.roster().cases().into_iter().filter(|&case| case != NONE);
            Rows::these(seen, Table::Cases, cases.collect())
        },
    );
    words.function(
        "participants",
        "reading.participants()",
        "Everybody in the reading, in the order of `participants.csv`.",
        "reading.participants().count()  // 5",
        |seen: &mut Seen| {
            let people = &seen.reading().participants;
            let all = (0_u32..).take(people.len()).filter(|&row| people.is_in(row));
            Rows::these(seen, Table::Participants, all.collect())
        },
    );
}

/// Those too who are in no reading: their rows are published with the others.
fn register_everybody(words: &mut Vocabulary) {
    words.function(
        "everybody",
        "reading.everybody()",
        "Everybody in `participants.csv`, those too who are left out; their `role` is `()`.",
        "reading.everybody().count()  // 5",
        |seen: &mut Seen| Rows::first(seen, Table::Participants, seen.len(Table::Participants)),
    );
}

fn register_codes(words: &mut Vocabulary) {
    words.function(
        "codes",
        "reading.codes()",
        "The codes in use, in the order of `codes.csv`; removed ones are left out.",
        "reading.codes().count()  // 6",
        |seen: &mut Seen| codes(seen, |_| true),
    );
    words.function(
        "codes_below",
        "reading.codes_below(id)",
        "The codes below the one with this id, at any depth; all codes for \"\".",
        r#"reading.codes_below("task").count()  // 3"#,
        |seen: &mut Seen, id: &str| -> Result<Rows> {
            if id.is_empty() {
                return Ok(codes(seen, |_| true));
            }
            let top = row_of("code", &seen.reading().codes.ids, id)?;
            let tree = &seen.reading().codes;
            Ok(codes(seen, |row| tree.upward(row).skip(1).any(|above| above == top)))
        },
    );
}

fn register_material(words: &mut Vocabulary) {
    whole(
        words,
        Table::Statements,
        "statements",
        "reading.statements()",
        "The statements of everybody in the reading and of documents.",
        "reading.statements().count()  // 14",
    );
    whole(
        words,
        Table::Sources,
        "sources",
        "reading.sources()",
        "The conversations and documents.",
        "reading.sources().count()  // 5",
    );
    whole(
        words,
        Table::Excerpts,
        "excerpts",
        "reading.excerpts()",
        "The passages that were quoted or coded, without their words.",
        "reading.excerpts().count()  // 3",
    );
    whole(
        words,
        Table::Claims,
        "claims",
        "reading.claims()",
        "What a report says about the material, without its words.",
        "reading.claims().count()  // 2",
    );
    whole(
        words,
        Table::Constraints,
        "constraints",
        "reading.constraints()",
        "What is known of groups and of nobody in particular.",
        "reading.constraints().count()  // 1",
    );
    words.function(
        "positions",
        "reading.positions(ascriber)",
        "The status matrix: what `\"participants\"` or `\"documents\"` say of a role at a case, \
         beside what its people say of themselves, and what comes of it.",
        r#"reading.positions("participants").filter(col("status") == "unrecognised").count()  // 2"#,
        |seen: &mut Seen, ascriber: &str| -> Result<Rows> {
            let table = Table::Positions(chosen("positions", &ASCRIBERS, ascriber)?);
            Ok(Rows::first(seen, table, seen.len(table)))
        },
    );
}

fn whole(
    words: &mut Vocabulary,
    table: Table,
    name: &'static str,
    usage: &'static str,
    help: &'static str,
    example: &'static str,
) {
    words.function(name, usage, help, example, move |seen: &mut Seen| {
        Rows::first(seen, table, seen.len(table))
    });
}

/// One thing by its id.
fn register_one(words: &mut Vocabulary) {
    let one = [
        (
            Table::Roles,
            "role",
            "reading.role(id)",
            r#"reading.role("coach").label  // internship coach"#,
        ),
        (Table::Cases, "case", "reading.case(id)", r#"reading.case("north").label  // North"#),
        (
            Table::Participants,
            "participant",
            "reading.participant(id)",
            r#"reading.participant("C1").years  // 12"#,
        ),
        (Table::Codes, "code", "reading.code(id)", r#"reading.code("visit").origin  // inductive"#),
        (
            Table::Sources,
            "source",
            "reading.source(id)",
            r#"reading.source("i1").type  // interview"#,
        ),
        (
            Table::Statements,
            "statement",
            "reading.statement(id)",
            r#"reading.statement("s1").modality  // duty"#,
        ),
    ];
    let help = [
        "The role with this id.",
        "The case with this id.",
        "The participant with this id.",
        "The code with this id.",
        "The source with this id.",
        "The statement with this id.",
    ];
    for ((table, name, usage, example), help) in one.into_iter().zip(help) {
        words.function(
            name,
            usage,
            help,
            example,
            move |seen: &mut Seen, id: &str| -> Result<Dynamic> {
                let ids = seen.ids(table);
                let row = ids.map(|ids| row_of(table.one(), ids, id)).transpose()?;
                Ok(row.map_or(Dynamic::UNIT, |row| named::thing(seen, table, row)))
            },
        );
    }
}

/// Codes that were not removed and that `wanted` accepts.
fn codes(seen: &Seen, wanted: impl Fn(u32) -> bool) -> Rows {
    let table = &seen.reading().codes;
    let kept = (0_u32..)
        .take(table.len())
        .filter(|&row| table.removed.get(row as usize) != Some(&1) && wanted(row));
    Rows::these(seen, Table::Codes, kept.collect())
}

/// The row of `id`, or what is wrong with it.
pub(super) fn row_of(what: &str, ids: &Texts<'_>, id: &str) -> Result<u32> {
    ids.position(id).ok_or_else(|| {
        stop(format!("the study has no {what} `{id}`"), did_you_mean(id, ids.iter()))
    })
}
