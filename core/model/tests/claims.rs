//! Is a claim judged true, false or open just where it is?

#[path = "claims/rows.rs"]
mod rows;

use Truth::{False, Open, True};
use parallax_model::claim::{Computed, Judgement, Missing, Outcome, Truth};
use parallax_model::row::{
    ClaimKind, ClaimRow, ClaimState, ClaimUnit, CodeRow, CodeStatus, CoverageStatus, Stance,
};
use parallax_model::study::Edit;
use parallax_model::{Interval, Study, StudyDraft};

use rows::{asked, claim, constraint, judgement, person, settings, statement};

/// Two supervisors, two teachers, one counsellor at case 1, one who was left out.
///
/// - `all`: everybody affirms it.
/// - `some`: S1 and S2 affirm it, L1 denies it, L2 does both, of I1 nobody knows.
/// - `few`: everybody was asked, S1 says it.
/// - `one`: one of S1 and S2 says it, nobody else.
/// - `part`: S1 says it, L1 was asked and silent, L2 was not asked, of S2 and I1 nobody knows.
fn draft() -> StudyDraft {
    let code = |(id, parent): (&str, &str)| CodeRow {
        id: id.into(),
        parent: Some(parent.to_owned()).filter(|parent| !parent.is_empty()),
        ..CodeRow::default()
    };
    let codes = [
        ("top", ""),
        ("all", "top"),
        ("some", "top"),
        ("few", "top"),
        ("one", "top"),
        ("part", "top"),
        ("silent", "top"),
        ("gone", ""),
    ];
    let mut codes = codes.map(code).to_vec();
    codes[7].status = CodeStatus::Removed;
    let (yes, no) = (Stance::Affirm, Stance::Deny);
    let said = [
        ("S1", "all", yes),
        ("S2", "all", yes),
        ("L1", "all", yes),
        ("L2", "all", yes),
        ("I1", "all", yes),
        ("S1", "some", yes),
        ("S2", "some", yes),
        ("L1", "some", no),
        ("L2", "some", Stance::Mixed),
        ("S1", "few", yes),
        ("S1", "part", yes),
        ("O1", "few", yes),
    ];
    StudyDraft {
        settings: settings(),
        participants: [("S1", "F"), ("S2", "M"), ("L1", "F"), ("L2", ""), ("I1", "M"), ("O1", "F")]
            .map(|(id, gender)| person(id, gender))
            .to_vec(),
        codes,
        statements: said.into_iter().map(statement).collect(),
        coverage: vec![
            asked("*", "few", CoverageStatus::Asked),
            asked("*", "silent", CoverageStatus::Asked),
            asked("L1", "part", CoverageStatus::Asked),
            asked("L2", "part", CoverageStatus::NotAsked),
        ],
        constraints: vec![constraint("one", "S1 S2", 1, 1), constraint("one", "L* I*", 0, 0)],
        ..StudyDraft::default()
    }
}

fn checked(draft: StudyDraft) -> Study {
    let checked = draft.check();
    checked.study.unwrap_or_else(|| panic!("{:?}", checked.problems))
}

fn judged(row: ClaimRow) -> Judgement {
    let study = checked(StudyDraft { claims: vec![row], ..draft() });
    judgement(&study)
}

#[track_caller]
fn is(row: ClaimRow, truth: Truth) {
    let told = format!("{row:?}");
    let judgement = judged(row);
    assert_eq!(judgement.outcome, Outcome::Is(truth), "{told}\n{:?}", judgement.computed);
}

#[test]
fn counts_are_true_false_or_open() {
    use ClaimKind::Count;
    is(claim(Count, "", "all", "5"), True);
    is(claim(Count, "", "all", "4"), False);
    is(claim(Count, "", "some", "3"), Open);
    is(claim(Count, "", "some", "2..3"), True);
    is(claim(Count, "", "some", "4"), False);
    is(claim(Count, "S*", "some", "2"), True);
    is(claim(Count, "", "one", "1"), True);
    is(claim(Count, "S1", "one", "1"), Open);
    is(claim(Count, "", "all", "5/5"), True);
    is(claim(Count, "", "all", "5/6"), False);
    is(claim(Count, "", "some", "2/5"), Open);
    is(claim(Count, "", "", "5"), True);
}

#[test]
fn a_percentage_has_to_come_from_its_part() {
    is(claim(ClaimKind::Count, "", "few", "1/5 20%"), True);
    is(claim(ClaimKind::Count, "", "few", "1/5 25%"), False);
    is(claim(ClaimKind::Share, "", "few", "1/5 (25%)"), False);
    is(claim(ClaimKind::Share, "S*", "few", "50%"), True);
}

#[test]
fn all_none_and_exists_are_true_false_or_open() {
    use ClaimKind::{All, Exists, None};
    is(claim(All, "", "all", ""), True);
    is(claim(All, "", "some", ""), False);
    is(claim(All, "S* I*", "some", ""), Open);
    is(claim(None, "L*", "few", ""), True);
    is(claim(None, "", "few", ""), False);
    is(claim(None, "I*", "some", ""), Open);
    is(claim(Exists, "S*", "one", ""), True);
    is(claim(Exists, "L*", "one", ""), False);
    is(claim(Exists, "I*", "some", ""), Open);
}

#[test]
fn sets_are_true_false_or_open() {
    use ClaimKind::{Only, Set};
    is(claim(Set, "", "few", "S1"), True);
    is(claim(Only, "", "few", "S1 S2"), False);
    is(claim(Set, "", "some", "S1 S2 I1"), Open);
    is(claim(Set, "", "one", "S2"), Open);
    // Each may have said it, but not both.
    is(claim(Set, "", "one", "S1 S2"), False);
    is(claim(Set, "", "few", "@1"), True);
}

#[test]
fn a_word_is_a_range_in_its_group() {
    let word = |scope: &str, code: &str, word: &str| ClaimRow {
        quantifier: Some(word.into()),
        ..claim(ClaimKind::Count, scope, code, "")
    };
    is(word("", "all", "most"), True);
    is(word("", "few", "most"), False);
    is(word("", "some", "most"), Open);
    is(word("S*", "some", "all"), True);
    is(word("", "few", "one"), True);
}

#[test]
fn more_than_anything_else_is_true_false_or_open() {
    use ClaimKind::Mainly;
    is(claim(Mainly, "", "all", ""), True);
    is(claim(Mainly, "", "few", ""), False);
    is(claim(Mainly, "I*", "some", ""), Open);
}

#[test]
fn comparisons_are_true_false_or_open() {
    use ClaimKind::Compare;
    is(claim(Compare, "", "all", "> few"), True);
    is(claim(Compare, "", "few", "> all"), False);
    is(claim(Compare, "S*", "some", "> L*"), True);
    is(claim(Compare, "I*", "some", "= L*"), Open);
    let near =
        |tolerance| ClaimRow { tolerance: Some(tolerance), ..claim(Compare, "S*", "all", "= I*") };
    is(near(0.0), False);
    is(near(1.0), True);
}

#[test]
fn consensus_is_true_false_or_open() {
    use ClaimKind::Consensus;
    is(claim(Consensus, "", "all", ""), True);
    is(claim(Consensus, "", "some", ""), False);
    is(claim(Consensus, "S* I*", "some", ""), Open);
    is(claim(Consensus, "", "some", "no"), True);
    let state = Some(ClaimState::Affirm);
    is(ClaimRow { state, ..claim(Consensus, "S*", "some", "") }, True);
    is(ClaimRow { state, ..claim(Consensus, "L*", "some", "") }, False);
}

#[test]
fn sums_are_true_of_a_number_of_people() {
    use ClaimKind::Denominator;
    is(claim(Denominator, "", "", "3+2=n"), True);
    is(claim(Denominator, "", "", "3+3=n"), False);
    is(claim(Denominator, "include_excluded", "", "3+3=n"), True);
    is(claim(Denominator, "", "", "4 of 3+2"), True);
    is(claim(Denominator, "", "", "6 of 3+2"), False);
    // L2 may be a woman.
    is(claim(Denominator, "gender=F", "", "2+1=n"), Open);
}

#[test]
fn who_denies_and_who_does_both_are_counted_apart() {
    let of = |state, expected: &str| ClaimRow {
        state: Some(state),
        ..claim(ClaimKind::Count, "L*", "some", expected)
    };
    is(of(ClaimState::Affirm, "0"), True);
    is(of(ClaimState::Deny, "1"), True);
    is(of(ClaimState::Mixed, "1"), True);
    is(of(ClaimState::Mixed, "2"), False);
    let open = ClaimRow { scope: Some("I*".into()), ..of(ClaimState::Deny, "1") };
    is(open, Open);
}

#[test]
fn cases_codes_and_conversations_are_counted() {
    let of = |unit, scope: &str, code: &str, expected: &str| ClaimRow {
        unit: Some(unit),
        ..claim(ClaimKind::Count, scope, code, expected)
    };
    is(of(ClaimUnit::Case, "", "", "2"), True);
    is(of(ClaimUnit::Case, "", "few", "1"), True);
    is(of(ClaimUnit::Case, "", "one", "1"), True);
    is(of(ClaimUnit::Case, "L* I*", "some", "1"), Open);
    is(of(ClaimUnit::Case, "L* I*", "some", "2"), False);
    is(of(ClaimUnit::Code, "", "top", "5"), True);
    is(of(ClaimUnit::Code, "status=removed", "", "1"), True);
    is(of(ClaimUnit::Source, "", "", "5"), True);
    is(of(ClaimUnit::Source, "include_excluded", "", "5"), False);
    is(claim(ClaimKind::Set, "", "few", "@1"), True);
}

/// S1 says it just where S2 does, as L1 says it where neither does.
#[test]
fn a_number_that_no_world_has_is_not_left_open() {
    let count = |scope: &str, expected: &str| {
        let claims = vec![claim(ClaimKind::Count, scope, "tied", expected)];
        let mut draft = StudyDraft { claims, ..draft() };
        draft.codes.push(CodeRow { id: "tied".into(), ..CodeRow::default() });
        let tied = [constraint("tied", "S1 L1", 1, 1), constraint("tied", "S2 L1", 1, 1)];
        draft.constraints.extend(tied);
        judgement(&checked(draft)).outcome
    };
    assert_eq!(count("S*", "1"), Outcome::Is(False));
    assert_eq!(count("S*", "0"), Outcome::Is(Open));
    assert_eq!(count("S*", "2"), Outcome::Is(Open));
    // I1, of whom nobody knows, fills the gap.
    assert_eq!(count("S* I*", "1"), Outcome::Is(Open));
}

/// L2 has no gender: a woman who affirms and denies, or none of the women.
#[test]
fn whose_cell_is_blank_may_belong_or_not() {
    use ClaimKind::{All, Count, None, Set, Share};
    is(claim(Count, "gender=F", "", "2"), Open);
    is(claim(Count, "gender=F", "", "4"), False);
    is(claim(Count, "gender=F", "all", "2..3"), True);
    is(claim(Count, "gender=F", "all", "2/2"), Open);
    is(claim(All, "gender=F", "all", ""), True);
    // S1 affirms it; if L2 were no man, one of the men would not.
    is(claim(Share, "S1 L2 gender=F", "few", "100%"), Open);
    is(claim(All, "S1 L2 gender=F", "few", ""), Open);
    is(claim(None, "L2 gender=F", "few", ""), True);
    is(claim(All, "L2 gender=F", "all", ""), Open);
    is(claim(Set, "gender=F", "all", "S1 L1"), Open);
}

#[test]
fn those_who_were_left_out_count_where_the_claim_says_so() {
    use ClaimKind::Count;
    is(claim(Count, "include_excluded", "", "6"), True);
    is(claim(Count, "excluded", "", "1"), True);
    is(claim(Count, "excluded gender=M", "", "0"), True);
    is(claim(Count, "O1", "", "1"), True);
    let judgement = judged(claim(Count, "include_excluded", "", "7"));
    assert!(matches!(
        judgement.computed,
        Computed::Count { count: Interval { lower: 6, upper: 6 }, .. }
    ));
}

#[test]
fn who_is_not_there_cannot_bear_a_claim_out() {
    let missing = |scope: &str| judged(claim(ClaimKind::All, scope, "all", "")).outcome;
    assert_eq!(missing("I@*"), Outcome::Missing(vec![Missing::RoleAtCase(2, 1)]));
    assert_eq!(missing("I@2"), Outcome::Missing(vec![Missing::RoleAtCase(2, 1)]));
    assert_eq!(missing("W*"), Outcome::Missing(vec![Missing::Role(3)]));
    assert_eq!(missing("S@*"), Outcome::Is(True));
}

#[test]
fn what_nobody_speaks_of_is_about_nothing() {
    let outcome = |code| judged(claim(ClaimKind::Exists, "", code, "")).outcome;
    assert_eq!(outcome("gone"), Outcome::Removed(7));
    assert_eq!(outcome(""), Outcome::Nothing);
    // Everybody was asked, and nobody says it.
    assert_eq!(outcome("silent"), Outcome::Is(False));
    let no_kind = ClaimRow { kind: None, ..claim(ClaimKind::All, "", "all", "") };
    assert_eq!(judged(no_kind).outcome, Outcome::NoCheck);
}

/// S1 of S1 and L1 who were asked; S2 and I1 may have been, and said it if they did.
#[test]
fn a_share_is_out_of_those_who_were_asked() {
    let share = |expected: &str| claim(ClaimKind::Share, "", "part", expected);
    let judgement = judged(share("1/2"));
    assert_eq!(judgement.outcome, Outcome::Is(Open));
    assert!(judgement.base_is_open);
    assert_eq!(judgement.open, [1, 4]);
    is(share("3/4"), Open);
    is(share("1/4"), Open);
    is(share("1"), False);
    // Two of two would take that L1, who kept silent, was not asked.
    is(share("2/2"), False);
    is(claim(ClaimKind::Share, "S1 L1 L2", "part", "50%"), True);
}

#[test]
fn a_tolerance_makes_room_at_both_ends() {
    let near = |expected: &str, tolerance| ClaimRow {
        tolerance: Some(tolerance),
        ..claim(ClaimKind::Count, "", "all", expected)
    };
    is(near("4", 0.0), False);
    is(near("4", 1.0), True);
    is(near("6", 1.0), True);
    is(near("7", 1.5), False);
}

#[test]
fn of_somebody_who_is_missing_nothing_is_known() {
    let study =
        checked(StudyDraft { claims: vec![claim(ClaimKind::All, "I@*", "few", "")], ..draft() });
    let edited = study.edited(&Edit::Missing { role: 2, case: 1 });
    assert_eq!(judgement(&edited).outcome, Outcome::Is(False), "I1 was asked, and is silent");
    let study =
        checked(StudyDraft { claims: vec![claim(ClaimKind::Exists, "I@2", "few", "")], ..draft() });
    assert!(matches!(judgement(&study).outcome, Outcome::Missing(_)));
    let edited = study.edited(&Edit::Missing { role: 2, case: 1 });
    assert_eq!(judgement(&edited).outcome, Outcome::Is(Open), "whatever everybody was asked");
}

#[test]
fn a_scope_whose_conditions_nobody_meets_is_about_nobody() {
    let nobody = Outcome::Missing(vec![Missing::Everybody]);
    assert_eq!(judged(claim(ClaimKind::None, "S* gender=X", "all", "")).outcome, nobody);
    assert_eq!(judged(claim(ClaimKind::All, "S* gender=X", "all", "")).outcome, nobody);
    is(claim(ClaimKind::Count, "S* gender=X", "", "0"), True);
}

#[test]
fn nothing_beside_it_makes_no_plurality() {
    let only = |draft: StudyDraft| StudyDraft {
        codes: vec![CodeRow { id: "few".into(), ..CodeRow::default() }],
        statements: [("S1", "few", Stance::Affirm)].into_iter().map(statement).collect(),
        coverage: vec![asked("*", "few", CoverageStatus::Asked)],
        constraints: Vec::new(),
        claims: vec![claim(ClaimKind::Mainly, "", "few", "")],
        ..draft
    };
    assert_eq!(judgement(&checked(only(draft()))).outcome, Outcome::Is(False));
}

#[test]
fn that_nobody_says_what_was_removed_is_no_claim_that_rests_on_it() {
    assert_eq!(judged(claim(ClaimKind::None, "", "gone", "")).outcome, Outcome::Nothing);
    assert!(matches!(
        judged(claim(ClaimKind::Exists, "", "gone", "")).outcome,
        Outcome::Removed(_)
    ));
}

#[test]
fn one_person_agrees_with_nobody() {
    let unsaid = ClaimRow { state: None, ..claim(ClaimKind::Consensus, "S1", "few", "") };
    is(unsaid, Open);
}

#[test]
fn a_share_is_as_exact_as_it_is_printed() {
    is(claim(ClaimKind::Share, "S* L1", "few", "0.33"), True);
    is(claim(ClaimKind::Share, "S* L1", "few", "0.34"), False);
    let near = ClaimRow { tolerance: Some(0.05), ..claim(ClaimKind::Share, "S* L1", "few", "30%") };
    is(near, True);
}
