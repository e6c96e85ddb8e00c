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

fn of_one_case(count: usize) -> Vec<String> {
    (10..10 + count).map(|index| format!("S1x{index}")).collect()
}

#[test]
fn many_cells_under_the_same_constraint_are_exact() {
    let ids = of_one_case(200);
    let people: Vec<&str> = ids.iter().map(String::as_str).collect();
    assert!(people.len() > EXACT_VARIABLES);
    let all_but_two = vec![constraint("k", "*", Some(198), None)];
    let (reading, cells) = read(draft(&people, &[], all_but_two));
    assert_eq!(cells.bounds.method(), Method::Exact);
    assert_eq!(cells.bounds.worlds(&[0]), Some(1 + 200 + 200 * 199 / 2));
    assert_eq!(cells.mentions(&of_role(&reading, 0)), interval(198, 200));
    assert_eq!(cells.mentions(&[0, 1, 2]), interval(1, 3));
    let half = vec![constraint("k", "*", Some(100), Some(100))];
    let (_, cells) = read(draft(&people, &[], half));
    // Two hundred choose one hundred is about 9 * 10^58.
    assert_eq!(cells.bounds.worlds(&[0]), None);
}

#[test]
fn the_worlds_of_a_class_are_counted_as_far_as_there_are_numbers() {
    let ids = of_one_case(131);
    let worlds = |people: usize| {
        let people: Vec<&str> = ids[..people].iter().map(String::as_str).collect();
        let half = u32::try_from(people.len() / 2).ok();
        let (_, cells) = read(draft(&people, &[], vec![constraint("k", "*", half, half)]));
        cells.bounds.worlds(&[0])
    };
    assert_eq!(worlds(22), Some(705_432));
    assert_eq!(worlds(130), Some(95_067_625_827_960_698_145_584_333_020_095_113_100));
    assert_eq!(worlds(131), Some(188_694_833_082_770_476_622_296_176_145_946_360_850));
}

#[test]
fn two_classes_are_shared_out_among_units() {
    let ids = of_one_case(30);
    let people: Vec<&str> = ids.iter().map(String::as_str).collect();
    let first = ids[..20].join(" ");
    let constraints = vec![
        constraint("k1", "*", Some(0), Some(12)),
        constraint("k2", &first, Some(10), Some(11)),
    ];
    let (_, cells) = read(draft(&people, &[], constraints));
    assert_eq!(cells.bounds.method(), Method::Exact);
    let pairs: Vec<Vec<u32>> = (0..15).map(|pair| vec![2 * pair, 2 * pair + 1]).collect();
    let holding =
        |aggregation| cells.bounds.count_units(pairs.iter().map(Vec::as_slice), aggregation);
    // Ten of twenty in five pairs, nobody else; or each in another pair, with two of the others.
    assert_eq!(holding(Aggregation::Any), interval(5, 12));
    assert_eq!(holding(Aggregation::All), interval(0, 6));
    assert_eq!(holding(Aggregation::Majority), interval(0, 6));
    let alone: Vec<Vec<u32>> = (0..30).map(|person| vec![person]).collect();
    let alone = alone.iter().map(Vec::as_slice);
    assert_eq!(cells.bounds.count_units(alone, Aggregation::Any), interval(10, 12));
}

/// One constraint on each two neighbours: everybody stands under other ones.
fn chain(ids: &[String]) -> Vec<ConstraintRow> {
    let pair = |(at, pair): (usize, &[String])| {
        constraint(&format!("k{at}"), &pair.join(" "), Some(1), None)
    };
    ids.windows(2).enumerate().map(pair).collect()
}

#[test]
fn a_large_group_of_many_classes_is_propagated_and_says_so() {
    let ids = of_one_case(EXACT_VARIABLES + 1);
    let people: Vec<&str> = ids.iter().map(String::as_str).collect();
    let (reading, cells) = read(draft(&people, &[], chain(&ids)));
    assert_eq!(cells.bounds.method(), Method::Propagated);
    assert_eq!(cells.bounds.worlds(&[0]), None);
    assert_eq!(cells.mentions(&of_role(&reading, 0)), interval(1, 21));
    assert_eq!(cells.mentions(&[0, 1]), interval(1, 2));
    let (reading, cells) = read(draft(&people[..20], &[], chain(&ids[..20])));
    assert_eq!(cells.bounds.method(), Method::Exact);
    assert_eq!(cells.bounds.worlds(&[0]), Some(17_711));
    assert_eq!(cells.mentions(&of_role(&reading, 0)), interval(10, 20));
}

#[test]
fn propagation_decides_cells_that_a_limit_leaves_no_choice() {
    let ids = of_one_case(24);
    let people: Vec<&str> = ids.iter().map(String::as_str).collect();
    let everybody = constraint("k", "*", Some(24), None);
    for others in [Vec::new(), chain(&ids)] {
        let constraints = [vec![everybody.clone()], others].concat();
        let (_, cells) = read(draft(&people, &[], constraints));
        assert!(cells.states.iter().all(|&state| state == State::Yes));
    }
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
    /// Cells that stand under the same constraints are taken together; worlds are still worlds.
    #[test]
    fn classes_have_the_extremes_of_their_worlds(
        blocks in prop::collection::vec(0_usize..4, 10),
        limits in prop::collection::vec((1_u8..16, 0_u32..6, 0_u32..11), 0..4),
        group in 1_u16..1024,
        of_unit in prop::collection::vec(0_usize..5, 10),
        shared in prop::option::of(0_u32..10),
        aggregation in prop::sample::select(vec![
            Aggregation::Any, Aggregation::All, Aggregation::Majority,
        ]),
    ) {
        let people = of_one_case(10);
        let people: Vec<&str> = people.iter().map(String::as_str).collect();
        // A limit takes whole blocks of people; one that is none ties everybody together.
        let masks = limits.iter().map(|&(taken, min, max)| {
            let of_block = |person: &usize| taken & (1 << blocks[*person]) != 0;
            let members = (0..10).filter(of_block).fold(0_u16, |mask, person| mask | 1 << person);
            (members, min.min(max), max)
        });
        let masks: Vec<(u16, u32, u32)> =
            masks.filter(|(members, ..)| *members != 0).chain([(1023, 0, 10)]).collect();
        let constraints = masks.iter().enumerate().map(|(index, (members, min, max))| {
            let names = (0..10).filter(|person| members & (1 << person) != 0);
            let names: Vec<&str> = names.map(|person: usize| people[person]).collect();
            constraint(&format!("k{index}"), &names.join(" "), Some(*min), Some(*max))
        });
        let worlds: Vec<u16> = (0..1024_u16)
            .filter(|world| masks.iter().all(|(members, min, max)| {
                (*min..=*max).contains(&(world & members).count_ones())
            }))
            .collect();
        let checked = draft(&people, &[], constraints.collect()).check();
        prop_assert_eq!(checked.study.is_some(), !worlds.is_empty());
        let Some(study) = checked.study else { return Ok(()) };
        let reading = study.reading(&Choices::default()).expect("a default reading");
        let cells = Cells::of(&reading, &ByCode::of(&reading), Item::any(0));
        let everybody: Vec<u32> = (0..10).collect();
        prop_assert_eq!(cells.bounds.worlds(&everybody), Some(worlds.len() as u128));
        let extremes = |count: &dyn Fn(u16) -> usize| {
            let counts = || worlds.iter().map(|&world| count(world));
            interval(counts().min().unwrap_or(0), counts().max().unwrap_or(0))
        };
        let members: Vec<u32> = (0..10).filter(|person| group & (1 << person) != 0).collect();
        let counted = extremes(&|world| (world & group).count_ones() as usize);
        prop_assert_eq!(cells.mentions(&members), counted);
        for person in 0..10_u32 {
            let own = extremes(&|world| usize::from(world & (1 << person) != 0));
            let (least, most) = cells.bounds.of_one(person as usize);
            prop_assert_eq!(interval(least.into(), most.into()), own);
        }
        let in_unit = |unit: usize| -> Vec<u32> {
            let own = everybody.iter().copied().filter(|&p| of_unit[p as usize] == unit);
            let guest = shared.filter(|&p| unit == 0 && of_unit[p as usize] != 0);
            own.chain(guest).collect()
        };
        let units: Vec<Vec<u32>> = (0..4).map(in_unit).filter(|unit| !unit.is_empty()).collect();
        let held = extremes(&|world| {
            let holds = |unit: &&Vec<u32>| {
                let said = unit.iter().filter(|&&person| world & (1 << person) != 0).count();
                match aggregation {
                    Aggregation::Any => said > 0,
                    Aggregation::All => said == unit.len(),
                    Aggregation::Majority => 2 * said > unit.len(),
                }
            };
            units.iter().filter(holds).count()
        });
        let bounds = cells.bounds.count_units(units.iter().map(Vec::as_slice), aggregation);
        prop_assert_eq!(bounds, held);
    }
}
