//! Are counts over partly known cells as tight as they can be, and never wrong?

use parallax_model::bounds::{EXACT_VARIABLES, Interval, Method};
use parallax_model::row::{CodeRow, ConstraintRow, ConstraintState, ParticipantRow, StatementRow};
use parallax_model::settings::{Aggregation, Role};
use parallax_model::{ByCode, Cells, Choices, Item, Reading, Settings, State, StudyDraft};
use proptest::prelude::*;

/// The people of the seed study by role; the digit is the case.
const PEOPLE: [&str; 16] = [
    "S1", "S2", "S3a", "S3b", "S4", "S5", "S6", "L1", "L3", "L4", "L5", "L6", "I1", "I2", "I5",
    "I6",
];

fn person(id: &str) -> ParticipantRow {
    ParticipantRow {
        id: id.into(),
        case: Some(id[1..2].into()),
        title: Some(id[..1].into()),
        ..ParticipantRow::default()
    }
}

fn constraint(id: &str, members: &str, min: Option<u32>, max: Option<u32>) -> ConstraintRow {
    ConstraintRow {
        id: id.into(),
        code: "k".into(),
        members: members.into(),
        min,
        max,
        ..ConstraintRow::default()
    }
}

fn draft(people: &[&str], said_by: &[&str], constraints: Vec<ConstraintRow>) -> StudyDraft {
    let role = |id: &str| Role { id: id.into(), ..Role::default() };
    let statements = said_by.iter().map(|speaker| StatementRow {
        id: format!("of-{speaker}"),
        speaker: (*speaker).into(),
        code: "k".into(),
        ..StatementRow::default()
    });
    StudyDraft {
        settings: Settings {
            title: "Bounds".into(),
            roles: ["S", "L", "I"].map(role).to_vec(),
            ..Settings::default()
        },
        participants: people.iter().map(|id| person(id)).collect(),
        codes: vec![CodeRow { id: "k".into(), ..CodeRow::default() }],
        statements: statements.collect(),
        constraints,
        ..StudyDraft::default()
    }
}

fn read(draft: StudyDraft) -> (Reading<'static>, Cells) {
    let checked = draft.check();
    let study = checked.study.unwrap_or_else(|| panic!("{:?}", checked.problems));
    let reading = study.reading(&Choices::default()).expect("a default reading");
    let cells = Cells::of(&reading, &ByCode::of(&reading), Item::any(0));
    (reading, cells)
}

fn of_role(reading: &Reading<'_>, role: u32) -> Vec<u32> {
    let roles = reading.participants.roles.iter();
    (0..).zip(roles).filter(|(_, own)| **own == role).map(|(person, _)| person).collect()
}

fn interval(lower: usize, upper: usize) -> Interval {
    Interval { lower, upper }
}

/// Theory C.3: who expects communication, with the six constraints k02 to k05.
#[test]
fn communication_has_the_bounds_and_worlds_of_the_theory() {
    let constraints = vec![
        constraint("k02", "S1 L1", Some(1), Some(1)),
        constraint("k03", "S6 L6", Some(1), Some(1)),
        constraint("k04", "S3a S3b L3", Some(1), Some(2)),
        constraint("k04b", "S3a L3", Some(0), Some(1)),
        constraint("k04c", "S3b L3", Some(0), Some(1)),
        constraint("k05", "I*", Some(0), Some(0)),
    ];
    let (reading, cells) = read(draft(&PEOPLE, &["S2", "S4", "S5", "L4", "L5"], constraints));
    let everybody: Vec<u32> = (0..16).collect();
    assert_eq!(cells.mentions(&of_role(&reading, 0)), interval(3, 7));
    assert_eq!(cells.mentions(&of_role(&reading, 1)), interval(2, 5));
    assert_eq!(cells.mentions(&of_role(&reading, 2)), interval(0, 0));
    assert_eq!(cells.mentions(&everybody), interval(8, 9));
    assert_eq!(cells.bounds.worlds(&everybody), Some(16));
    assert_eq!(cells.bounds.method(), Method::Exact);
    assert_eq!(cells.states[12], State::Silent);
    assert_eq!(cells.holds(&of_role(&reading, 2)), interval(0, 4));
}

/// Theory C.3: who expects cooperation, one of eleven open cells at least.
#[test]
fn cooperation_has_the_bounds_and_worlds_of_the_theory() {
    let constraints = vec![
        constraint("k06", "S2 I2 S4 L4", Some(0), Some(0)),
        constraint("k07", "*", Some(2), None),
    ];
    let (reading, cells) = read(draft(&PEOPLE, &["L3"], constraints));
    assert_eq!(cells.mentions(&of_role(&reading, 0)), interval(0, 5));
    assert_eq!(cells.mentions(&of_role(&reading, 1)), interval(1, 4));
    assert_eq!(cells.mentions(&of_role(&reading, 2)), interval(0, 3));
    assert_eq!(cells.bounds.worlds(&(0..16).collect::<Vec<_>>()), Some(2047));
}

#[test]
fn a_role_at_a_case_is_yes_when_it_is_in_every_world() {
    let one_of_two = vec![constraint("k01", "S3a S3b", Some(1), Some(1))];
    let (reading, cells) = read(draft(&PEOPLE, &["S2"], one_of_two));
    assert_eq!(cells.together(&reading, &[2, 3]), State::Yes);
    assert_eq!(cells.together(&reading, &[2]), State::Unknown);
    let units = [&[1_u32][..], &[2, 3]];
    let holding = cells.bounds.count_units(units.into_iter(), Aggregation::Any);
    assert_eq!(holding, interval(2, 2));
    let all = cells.bounds.count_units(units.into_iter(), Aggregation::All);
    assert_eq!(all, interval(1, 1));
}

#[test]
fn a_constraint_that_cannot_hold_is_a_problem() {
    let checked =
        draft(&PEOPLE, &["S1", "S2"], vec![constraint("k", "S1 S2", None, Some(1))]).check();
    assert!(checked.study.is_none());
    assert_eq!(checked.problems[0].kind.code(), "R221");
}

#[test]
fn a_large_group_is_propagated_and_says_so() {
    let ids: Vec<String> = (0..30).map(|index| format!("S{}x{index}", index % 9 + 1)).collect();
    let people: Vec<&str> = ids.iter().map(String::as_str).collect();
    let (reading, cells) = read(draft(&people, &[], vec![constraint("k", "*", Some(28), None)]));
    assert!(people.len() > EXACT_VARIABLES);
    assert_eq!(cells.bounds.method(), Method::Propagated);
    assert_eq!(cells.bounds.worlds(&[0]), None);
    assert_eq!(cells.mentions(&of_role(&reading, 0)), interval(28, 30));
    assert_eq!(cells.mentions(&[0, 1, 2]), interval(1, 3));
}

#[test]
fn propagation_decides_cells_that_a_limit_leaves_no_choice() {
    let ids: Vec<String> = (0..24).map(|index| format!("S1x{index}")).collect();
    let people: Vec<&str> = ids.iter().map(String::as_str).collect();
    let (_, cells) = read(draft(&people, &[], vec![constraint("k", "*", Some(24), None)]));
    assert!(cells.states.iter().all(|&state| state == State::Yes));
}

/// Constraints as `(members, min, max)` over eight people, two of each of four cases.
/// Who is unknown denies only what somebody denies or is counted as denying.
#[test]
fn denials_are_what_is_known_and_what_constraints_leave() {
    let people = ["S1", "S2", "S4", "L1"];
    let counted = |min, max| {
        let state = ConstraintState::Deny;
        vec![ConstraintRow { state, ..constraint("c", "S1 S2 S4", min, max) }]
    };
    let denied = |constraints| {
        let (reading, cells) = read(draft(&people, &["L1"], constraints));
        cells.denied(&of_role(&reading, 0))
    };
    assert_eq!(denied(Vec::new()), interval(0, 0));
    assert_eq!(denied(vec![constraint("c", "S1 S2 S4", Some(1), Some(2))]), interval(0, 0));
    assert_eq!(denied(counted(Some(0), Some(0))), interval(0, 0));
    // Who denies it may also say it, so at least none has only denied it.
    assert_eq!(denied(counted(Some(1), Some(2))), interval(0, 2));
    assert_eq!(denied(counted(Some(3), None)), interval(3, 3));
}

fn random_constraints() -> impl Strategy<Value = Vec<(u8, u32, u32)>> {
    prop::collection::vec((1_u8..=255, 0_u32..4, 0_u32..6), 0..4)
}

proptest! {
    /// Every completed world lies within the bounds, and both ends are reached.
    #[test]
    fn bounds_are_the_extremes_over_all_worlds(
        said in 0_u8..=255,
        limits in random_constraints(),
        group in 1_u8..=255,
    ) {
        let people = ["S1a", "S1b", "L2a", "L2b", "S3a", "S3b", "I4a", "I4b"];
        let in_mask = |mask: u8| (0..8_u32).filter(move |bit| mask & (1 << bit) != 0);
        let names = |mask: u8| in_mask(mask).map(|p| people[p as usize]).collect::<Vec<_>>();
        let constraints = limits.iter().enumerate().map(|(index, (members, min, max))| {
            constraint(&format!("k{index}"), &names(*members).join(" "), Some((*min).min(*max)), Some(*max))
        });
        // Without coverage every silent cell is open, named by a constraint or not.
        let worlds: Vec<u8> = (0..=255_u8)
            .filter(|world| world & said == said)
            .filter(|world| limits.iter().all(|(members, min, max)| {
                let count = (world & members).count_ones();
                (*min).min(*max) <= count && count <= *max
            }))
            .collect();
        let checked = draft(&people, &names(said), constraints.collect()).check();
        if worlds.is_empty() {
            prop_assert!(checked.study.is_none());
            return Ok(());
        }
        let study = checked.study.expect("a possible world makes a study");
        let reading = study.reading(&Choices::default()).expect("a default reading");
        let cells = Cells::of(&reading, &ByCode::of(&reading), Item::any(0));
        let members: Vec<u32> = in_mask(group).collect();
        let counts = || worlds.iter().map(|world| (world & group).count_ones() as usize);
        let extremes = interval(counts().min().unwrap_or(0), counts().max().unwrap_or(0));
        prop_assert_eq!(cells.mentions(&members), extremes);
        let everybody: Vec<u32> = (0..8).collect();
        prop_assert_eq!(cells.bounds.worlds(&everybody), Some(worlds.len() as u128));
        let units = [&[0_u32, 1][..], &[2, 3], &[4, 5], &[6, 7]];
        let holding = |world: &u8| units.iter().filter(|unit| unit.iter().any(|p| world & (1 << p) != 0)).count();
        let least = worlds.iter().map(holding).min().unwrap_or(0);
        let most = worlds.iter().map(holding).max().unwrap_or(0);
        let bounds = cells.bounds.count_units(units.into_iter(), Aggregation::Any);
        prop_assert!(bounds.lower <= least && most <= bounds.upper);
        let tied = limits.iter().filter(|(members, ..)| members.count_ones() > 1).count();
        if tied == 0 {
            prop_assert_eq!(bounds, interval(least, most));
        }
    }
}
