//! Which studies is a plugin put to? Invented ones, the same on every machine.
//!
//! Nobody said what stands in them. Everything a study can have is there, so that whatever an
//! analysis reads is read; and each part can be left out, one at a time.

use parallax_model::Reading;
use parallax_model::settings::{Aggregation, CoverageDefault, Unit};
use parallax_model::table::{NONE, Slice, Texts, TextsDraft};
use parallax_model::tables::{Bearer, Claims, Constraints, Coverage, Statements};

/// The roles: two whose people are interviewed, one within the second, and one that nobody has.
const ROLES: [&str; 4] = ["S", "L", "LM", "P"];

/// How a study is made another one.
type Change = fn(&mut Reading<'static>);

/// How large a study is.
#[derive(Clone, Copy)]
struct Size {
    people: usize,
    codes: usize,
    statements: usize,
}

/// A study of so many statements in which every table has rows and every column is there.
pub(super) fn rich(statements: usize) -> Reading<'static> {
    // About as many to a person as in a large study of interviews, so that no cell holds thousands.
    let many = (statements / 500).clamp(60, 2_000);
    let size = match statements {
        0..100 => Size { people: 9, codes: 7, statements },
        _ => Size { people: many, codes: (many / 10).clamp(21, 100), statements },
    };
    let mut reading = Reading { mapping: "M0".into(), is_default: true, ..Reading::default() };
    reading.conventions.coverage_default = CoverageDefault::Asked;
    people(&mut reading, size);
    codebook(&mut reading, size);
    sources(&mut reading, size);
    reading.statements = said(size);
    known(&mut reading);
    attributes(&mut reading);
    reading
}

/// A study in which nothing was said, by nobody: its tables have no rows.
pub(super) fn empty() -> Reading<'static> {
    let mut reading = Reading { mapping: "M0".into(), is_default: true, ..Reading::default() };
    reading.excerpts.code_offsets = vec![0].into();
    reading.sources.speaker_offsets = vec![0].into();
    reading.constraints.member_offsets = vec![0].into();
    reading.claims.code_offsets = vec![0].into();
    reading.codes.incompatible_offsets = vec![0].into();
    reading
}

/// The same twenty statements under every set of conventions.
pub(super) fn twenty() -> Vec<(&'static str, Reading<'static>)> {
    let with = |change: Change| {
        let mut reading = rich(20);
        change(&mut reading);
        reading
    };
    vec![
        ("as it is", rich(20)),
        ("each person apart", with(|reading| reading.conventions.unit = Unit::Participant)),
        ("when all do", with(|reading| reading.conventions.aggregation = Aggregation::All)),
        ("when most do", with(|reading| reading.conventions.aggregation = Aggregation::Majority)),
        (
            "nobody knows who was asked",
            with(|reading| reading.conventions.coverage_default = CoverageDefault::Unknown),
        ),
        (
            "nobody has a role",
            with(|reading| {
                reading.participants.roles = vec![NONE; reading.participants.len()].into();
            }),
        ),
        ("nobody speaks", with(|reading| reading.statements.speakers = vec![NONE; 20].into())),
    ]
}

/// A study of which one table after another has no rows, with the table's name.
pub(super) fn without_a_table() -> Vec<(&'static str, Reading<'static>)> {
    let without: [(&'static str, Change); 8] = [
        ("sources", |reading| {
            reading.sources = empty().sources;
            reading.statements.sources = vec![NONE; reading.statements.len()].into();
            reading.excerpts.sources = vec![NONE; reading.excerpts.ids.len()].into();
        }),
        ("excerpts", |reading| {
            reading.excerpts = empty().excerpts;
            reading.statements.excerpts = vec![NONE; reading.statements.len()].into();
        }),
        ("cases", |reading| {
            reading.cases = empty().cases;
            reading.participants.cases = vec![NONE; reading.participants.len()].into();
            reading.sources.cases = vec![NONE; reading.sources.ids.len()].into();
            reading.attributes = empty().attributes;
        }),
        ("statements", |reading| reading.statements = empty().statements),
        ("coverage", |reading| reading.coverage = empty().coverage),
        ("constraints", |reading| reading.constraints = empty().constraints),
        ("attributes", |reading| reading.attributes = empty().attributes),
        ("claims", |reading| reading.claims = empty().claims),
    ];
    let small = |change: Change| {
        let mut reading = rich(20);
        change(&mut reading);
        reading
    };
    without.into_iter().map(|(table, change)| (table, small(change))).collect()
}

fn people(reading: &mut Reading<'static>, size: Size) {
    reading.roles.ids = ROLES.into_iter().collect();
    reading.roles.labels = ["supervisor", "leraar, één", "mentor", ""].into_iter().collect();
    reading.roles.kinds = vec![0, 0, 0, 1].into();
    reading.roles.within = vec![NONE, NONE, 1, NONE].into();
    let cases = size.people.div_ceil(3);
    reading.cases.ids = numbered("case", cases);
    reading.cases.labels = numbered("school", cases);
    reading.cases.parents = (0..cases).map(|case| if case == 1 { 0 } else { NONE }).collect();
    let people = &mut reading.participants;
    people.ids = numbered("p", size.people);
    people.cases = turns(size.people, |at| small(at / 3));
    people.roles = turns(size.people, |at| if at % 7 == 6 { NONE } else { small(at % 3) });
    people.titles = turns(size.people, |at| if at % 5 == 4 { NONE } else { small(at % 2) });
    people.title_names = ["Mentor", "Head"].into_iter().collect();
    people.kinds = (0..size.people).map(|at| u8::from(at % 9 == 8)).collect();
    people.weights = (0..size.people).map(|at| if at % 2 == 0 { 1.0 } else { 0.5 }).collect();
}

fn codebook(reading: &mut Reading<'static>, size: Size) {
    let codes = &mut reading.codes;
    codes.ids = numbered("c", size.codes);
    codes.labels = numbered("code", size.codes);
    codes.parents = turns(size.codes, |at| if at % 7 == 0 { NONE } else { small(at - at % 7) });
    codes.removed = (0..size.codes).map(|at| u8::from(at % 11 == 10)).collect();
    codes.prompts = texts(size.codes, |at| if at % 2 == 0 { "What do you do?" } else { "" });
    codes.questions = texts(size.codes, |at| if at % 3 == 0 { "RQ1 RQ2" } else { "RQ2" });
    codes.origins = (0..size.codes).map(|at| if at % 4 == 3 { 255 } else { 1 }).collect();
    // The second and the third code cannot go together; each pair stands at both.
    codes.incompatible_offsets =
        (0..=i64::try_from(size.codes).unwrap_or(0)).map(|at| (at - 1).clamp(0, 2)).collect();
    codes.incompatible = vec![2, 1].into();
}

fn sources(reading: &mut Reading<'static>, size: Size) {
    let sources = &mut reading.sources;
    sources.ids = numbered("i", size.people);
    sources.labels = numbered("interview", size.people);
    sources.kinds = (0..size.people).map(|at| if at % 8 == 7 { 3 } else { 0 }).collect();
    sources.cases = turns(size.people, |at| small(at / 3));
    sources.waves = turns(size.people, |at| small(at % 3));
    sources.lengths = turns(size.people, |at| if at % 4 == 3 { 0 } else { 250_000 });
    sources.interviewers = turns(size.people, |at| if at % 4 == 3 { NONE } else { 0 });
    sources.interviewer_names = ["R"].into_iter().collect();
    sources.speaker_offsets = (0..=i64::try_from(size.people).unwrap_or(0)).collect();
    sources.speakers = turns(size.people, small);
    let excerpts = &mut reading.excerpts;
    excerpts.ids = numbered("e", 4);
    excerpts.sources = vec![0, 1, 2, 3].into();
    excerpts.speakers = vec![0, 1, NONE, 3].into();
    excerpts.roles = vec![NONE, NONE, 1, NONE].into();
    excerpts.code_offsets = vec![0, 1, 3, 3, 4].into();
    excerpts.codes = vec![0, 1, 2, 3].into();
}

fn said(size: Size) -> Statements<'static> {
    let mut chance = Chance(20_260_101);
    let count = size.statements;
    let below = |most: usize, chance: &mut Chance| chance.below(most);
    let mut drawn = |most: usize| turns(count, |_| small(below(most, &mut chance)));
    let (sources, speakers) = (drawn(size.people), drawn(size.people));
    let (codes, kinds, bearers) = (drawn(size.codes), drawn(7), drawn(ROLES.len()));
    let (others, starts) = (drawn(ROLES.len()), drawn(200_000));
    let narrow = |column: &Slice<'_, u32>, most: u32| -> Slice<'static, u8> {
        column.iter().map(|&number| u8::try_from(number % most).unwrap_or(0)).collect()
    };
    // A kind that names nobody has no row beside it.
    let whom = |kind: u32, row: u32| match kind {
        5 | 6 => Bearer::from_columns(u8::try_from(kind).unwrap_or(0), row).to_columns().1,
        _ => NONE,
    };
    Statements {
        ids: numbered("s", count),
        modalities: narrow(&starts, 9),
        bearer_kinds: narrow(&kinds, 7),
        bearers: kinds.iter().zip(bearers.iter()).map(|(&kind, &row)| whom(kind, row)).collect(),
        counterparty_kinds: vec![6; count].into(),
        counterparties: others,
        stances: narrow(&starts, 3),
        perspectives: starts.iter().map(|&at| u8::from(at % 20 == 0)).collect(),
        owner_kinds: starts.iter().map(|&at| if at % 20 == 0 { 6 } else { 0 }).collect(),
        owners: starts.iter().map(|&at| if at % 20 == 0 { at % 2 } else { NONE }).collect(),
        strengths: narrow(&starts, 5),
        values: starts.iter().map(|&at| if at % 2 == 0 { f64::NAN } else { 3.5 }).collect(),
        coders: starts.iter().map(|&at| at % 2).collect(),
        coder_names: ["A", "B"].into_iter().collect(),
        ends: starts.iter().map(|&at| at + 80).collect(),
        excerpts: starts.iter().map(|&at| if at % 5 == 0 { at % 4 } else { NONE }).collect(),
        moral_orders: starts.iter().map(|&at| if at % 3 == 0 { 255 } else { 1 }).collect(),
        storylines: starts.iter().map(|&at| if at % 3 == 0 { 0 } else { NONE }).collect(),
        storyline_names: ["the apprentice"].into_iter().collect(),
        // People's words cross to no plugin.
        notes: Texts::default(),
        conditions: Texts::default(),
        sources,
        speakers,
        codes,
        starts,
    }
}

fn known(reading: &mut Reading<'static>) {
    reading.coverage = Coverage {
        participants: vec![NONE, 0, 1].into(),
        codes: vec![0, 1, 2].into(),
        bearers: vec![255, 0, 1].into(),
        statuses: vec![0, 1, 3].into(),
    };
    reading.constraints = Constraints {
        ids: ["k1", "k2"].into_iter().collect(),
        codes: vec![0, 1].into(),
        modalities: vec![255, 0].into(),
        bearers: vec![255, 0].into(),
        states: vec![0, 1].into(),
        minimums: vec![1, 0].into(),
        maximums: vec![NONE, 1].into(),
        member_offsets: vec![0, 3, 5].into(),
        members: vec![0, 1, 2, 3, 4].into(),
    };
    reading.claims = Claims {
        ids: ["q1", "q2"].into_iter().collect(),
        references: ["L12", "p. 3"].into_iter().collect(),
        sections: ["Results", ""].into_iter().collect(),
        kinds: vec![0, 255].into(),
        scopes: ["*", "S"].into_iter().collect(),
        code_offsets: vec![0, 1, 2].into(),
        codes: vec![0, 1].into(),
        modalities: vec![255, 0].into(),
        states: vec![0, 255].into(),
        expected: ["2", ""].into_iter().collect(),
        quantifiers: ["several", ""].into_iter().collect(),
    };
}

fn attributes(reading: &mut Reading<'static>) {
    let attributes = &mut reading.attributes;
    attributes.owners = vec![0, 0, 1].into();
    attributes.rows = vec![0, 1, 0].into();
    attributes.columns = vec![0, 0, 1].into();
    attributes.column_names = ["years", "sector"].into_iter().collect();
    attributes.values = vec![0, 1, 2].into();
    attributes.value_names = ["3", "12", "public"].into_iter().collect();
}

fn numbered(name: &str, count: usize) -> Texts<'static> {
    let mut names = TextsDraft::with_room(count, count * (name.len() + 8));
    for at in 0..count {
        names.push(&format!("{name}{at}"));
    }
    names.into()
}

fn texts(count: usize, text: fn(usize) -> &'static str) -> Texts<'static> {
    (0..count).map(text).collect()
}

fn turns(count: usize, number: impl FnMut(usize) -> u32) -> Slice<'static, u32> {
    (0..count).map(number).collect()
}

/// A number that is small enough by the sizes above.
fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(NONE)
}

/// Numbers that look drawn: a linear congruential generator (Knuth's constants for 64 bits).
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % most.max(1)
    }
}

#[cfg(test)]
mod tests {
    use parallax_plugin::columns::tables;

    use super::*;

    #[test]
    fn the_rich_study_has_rows_in_every_table_and_the_empty_one_in_none() {
        let tables = |reading: &Reading<'static>| tables(reading).expect("is whole");
        for table in tables(&rich(20).with_cells()) {
            assert!(table.rows > 0, "{}", table.name);
        }
        let empty = tables(&empty());
        let with_rows = empty.iter().filter(|table| table.rows > 0).map(|table| table.name);
        assert_eq!(with_rows.collect::<Vec<_>>(), ["reading"]);
        assert_eq!(rich(100).statements.len(), 100);
    }

    #[test]
    fn what_is_left_out_is_what_the_name_says_and_the_rest_holds_together() {
        let full = tables(&rich(20)).expect("is whole");
        for (name, reading) in without_a_table() {
            let tables = tables(&reading).expect("is whole");
            let of = |tables: &[parallax_plugin::columns::Table<'_>]| {
                tables.iter().find(|table| table.name == name).map(|table| table.rows)
            };
            assert_eq!(of(&tables), Some(0), "{name}");
            assert_ne!(of(&full), Some(0), "{name}");
            assert!(parallax_plugin::columns::reading(&tables).is_ok(), "{name}");
        }
    }
}
