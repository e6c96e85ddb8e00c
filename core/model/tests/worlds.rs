//! Does what a claim is judged to be hold in every world that the data allow?

#[path = "claims/rows.rs"]
mod rows;

use parallax_model::claim::{Outcome, Truth};
use parallax_model::row::{
    ClaimKind, CodeRow, ConstraintRow, CoverageStatus, ParticipantRow, Stance,
};
use parallax_model::{Study, StudyDraft};
use proptest::prelude::*;

use rows::{asked, claim, constraint, judgement, person, settings, statement};

const PEOPLE: [&str; 6] = ["S1", "L1", "S2", "L2", "S3", "L3"];

/// What is drawn of each of these people.
#[derive(Clone, Copy, Debug)]
struct Drawn {
    /// 0 affirms, 1 denies, 2 both, 3 asked and silent, 4 not asked, 5 nobody knows.
    state: u8,
    /// Whether the column of a condition is blank.
    blank: bool,
}

/// A study and a claim, people as the bits of a number.
#[derive(Clone, Debug)]
struct Case {
    people: Vec<Drawn>,
    /// Of these people at least and at most so many say it.
    limits: Vec<(u32, u32, u32)>,
    kind: ClaimKind,
    scope: u32,
    /// Whether only those in the scope count whose column is not blank, or would not be.
    on_condition: bool,
    named: u32,
    amount: u32,
}

fn names(mask: u32) -> String {
    let named = (0..PEOPLE.len()).filter(|bit| mask & (1 << bit) != 0);
    named.map(|person| PEOPLE[person]).collect::<Vec<_>>().join(" ")
}

fn subsets(of: u32) -> impl Iterator<Item = u32> {
    (0..1_u32 << PEOPLE.len()).filter(move |some| some & !of == 0)
}

impl Case {
    fn who(&self, is: impl Fn(&Drawn) -> bool) -> u32 {
        let bits = (0..).zip(&self.people).filter(|(_, drawn)| is(drawn));
        bits.map(|(bit, _)| 1_u32 << bit).sum()
    }

    fn with(&self, states: &[u8]) -> u32 {
        self.who(|drawn| states.contains(&drawn.state))
    }

    fn tied(&self) -> u32 {
        self.limits.iter().fold(0, |all, (who, ..)| all | who)
    }

    /// Who may say it: nobody knows of them, or a constraint names them.
    fn open(&self) -> u32 {
        (self.with(&[5]) | self.tied()) & !self.with(&[0, 1, 2])
    }

    /// Those of the scope who may not meet its condition.
    fn doubtful(&self) -> u32 {
        if self.on_condition { self.who(|drawn| drawn.blank) & self.scope } else { 0 }
    }

    /// Who affirms it, in each world.
    fn worlds(&self) -> Vec<u32> {
        let (certain, mixed) = (self.with(&[0]), self.with(&[2]));
        let fits = |world: &u32| {
            self.limits
                .iter()
                .all(|&(who, min, max)| (min..=max).contains(&((world | mixed) & who).count_ones()))
        };
        subsets(self.open()).map(|more| certain | more).filter(fits).collect()
    }

    /// Whether the claim is true in some way to fill the gaps, and whether it is false in some.
    fn seen(&self, worlds: &[u32]) -> (bool, bool) {
        // Of whom constraints say that they did not say it, that is taken to have been asked.
        let ever = worlds.iter().fold(0, |all, world| all | world);
        let silent = self.with(&[3]) | (self.tied() & !ever);
        let mut seen = (false, false);
        for &does in worlds {
            for belong in subsets(self.doubtful()) {
                let scope = (self.scope & !self.doubtful()) | belong;
                let is_share = self.kind == ClaimKind::Share;
                // Who is unknown was asked or not; who says it was.
                let unsure = if is_share { self.open() & scope & !does & !silent } else { 0 };
                for unsure in subsets(unsure) {
                    let asked = self.with(&[0, 1, 2]) | silent | does | unsure;
                    match self.is_true(does & scope, scope, asked & scope) {
                        true => seen.0 = true,
                        false => seen.1 = true,
                    }
                }
            }
        }
        seen
    }

    fn is_true(&self, does: u32, scope: u32, asked: u32) -> bool {
        match self.kind {
            ClaimKind::Count => does.count_ones() == self.amount,
            ClaimKind::All => does == scope && scope != 0,
            ClaimKind::None => does == 0,
            ClaimKind::Exists => does != 0,
            ClaimKind::Set => does == self.named & self.scope,
            _ => asked != 0 && 2 * does.count_ones() == asked.count_ones(),
        }
    }

    /// The study, where its constraints can hold.
    fn study(&self) -> Option<Study> {
        let of_each = || PEOPLE.into_iter().zip(&self.people);
        let stance = |state: u8| match state {
            0 => Some(Stance::Affirm),
            1 => Some(Stance::Deny),
            2 => Some(Stance::Mixed),
            _ => None,
        };
        let coverage = |state: u8| match state {
            3 => Some(CoverageStatus::Asked),
            4 => Some(CoverageStatus::NotAsked),
            _ => None,
        };
        let participant = |(id, drawn): (&str, &Drawn)| -> ParticipantRow {
            person(id, if drawn.blank { "" } else { "F" })
        };
        let limits = (0..).zip(&self.limits);
        let draft = StudyDraft {
            settings: settings(),
            participants: of_each().map(participant).collect(),
            codes: vec![CodeRow { id: "k".into(), ..CodeRow::default() }],
            statements: of_each()
                .filter_map(|(id, drawn)| Some(statement((id, "k", stance(drawn.state)?))))
                .collect(),
            coverage: of_each()
                .filter_map(|(id, drawn)| Some(asked(id, "k", coverage(drawn.state)?)))
                .collect(),
            constraints: limits
                .map(|(at, &(who, min, max)): (i32, _)| ConstraintRow {
                    id: format!("c{at}"),
                    ..constraint("k", &names(who), min, max)
                })
                .collect(),
            claims: vec![claim(self.kind, &self.scope_in_words(), "k", &self.expected())],
            ..StudyDraft::default()
        };
        draft.check().study
    }

    fn scope_in_words(&self) -> String {
        names(self.scope) + if self.on_condition { " gender=F" } else { "" }
    }

    fn expected(&self) -> String {
        match self.kind {
            ClaimKind::Count => self.amount.to_string(),
            ClaimKind::Set => names(self.named & self.scope),
            ClaimKind::Share => "1/2".to_owned(),
            _ => String::new(),
        }
    }
}

fn case() -> impl Strategy<Value = Case> {
    use ClaimKind::{All, Count, Exists, None, Set, Share};
    let drawn = (0_u8..10, prop::bool::weighted(0.2))
        .prop_map(|(state, blank)| Drawn { state: state.min(5), blank });
    let limit = (1_u32..64, 0_u32..4, 0_u32..4).prop_map(|(who, a, b)| (who, a.min(b), a.max(b)));
    (
        prop::collection::vec(drawn, PEOPLE.len()),
        prop::collection::vec(limit, 0..4),
        prop::sample::select(vec![All, Count, Exists, None, Set, Share]),
        (1_u32..64, any::<bool>(), 0_u32..64, 0_u32..5),
    )
        .prop_map(|(people, limits, kind, (scope, on_condition, named, amount))| {
            // Where every cell is blank there is no column to ask for.
            let on_condition = on_condition && people.iter().any(|drawn| !drawn.blank);
            Case { people, limits, kind, scope, on_condition, named, amount }
        })
        .prop_filter("a set has members", |case| case.kind != Set || case.named & case.scope != 0)
}

proptest! {
    /// What is true (false) is so in every world. What is open is true in one world and false in
    /// another, unless constraints tie those who may not belong to the scope to others, or it is
    /// open of those whom they name whether they were asked.
    #[test]
    fn a_verdict_is_what_every_world_says(case in case()) {
        let worlds = case.worlds();
        let Some(study) = case.study() else {
            prop_assert!(worlds.is_empty());
            return Ok(());
        };
        let judged = judgement(&study);
        let Outcome::Is(truth) = judged.outcome else {
            prop_assert_eq!(judged.outcome, Outcome::Nothing);
            return Ok(());
        };
        let seen = case.seen(&worlds);
        match truth {
            Truth::True => prop_assert!(!seen.1, "{:?}", judged.computed),
            Truth::False => prop_assert!(!seen.0, "{:?}", judged.computed),
            Truth::Open if case.kind == ClaimKind::Share => {}
            Truth::Open if case.doubtful() & case.tied() != 0 => {}
            Truth::Open => prop_assert_eq!(seen, (true, true), "{:?}", judged.computed),
        }
    }
}
