//! How far do people agree: are two of them in the same state, when nobody knows the state of some?
//!
//! Who is unknown said it, was silent or, where anybody denies it or a constraint counts who does,
//! denied it. Agreement is worked out for every way in which that may have been, and is an
//! interval between the least and the most.

use parallax_model::{Fraction, Number, State};
use rhai::Array;

use super::arithmetic::between;
use super::cell::CellsWord;
use super::choice::chosen;
use super::named::Participant;
use super::rows::Rows;
use super::seen::Unit;
use super::unit::{Asked, Units, groups_of};
use super::{Result, Vocabulary};

/// How agreement within a group is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Measure {
    /// The share of pairs of people who are in the same state.
    Pairs,
    /// The share of people who are in the state of the most.
    Largest,
    /// (2p - 1)², p being the share that says it without a condition.
    Squared,
}

/// The measures by their words.
pub(crate) const MEASURES: [(&str, Measure); 3] =
    [("pairs", Measure::Pairs), ("largest", Measure::Largest), ("squared", Measure::Squared)];

/// How many say it, say it on a condition or also deny it, deny it, and are silent.
type World = [i64; 4];

/// The words for agreement.
pub(super) fn register(words: &mut Vocabulary) {
    words.describe(
        "agreement",
        "cells.agreement(units, measure)",
        "How far some units or participants agree, without who was not asked: the share of \
         `\"pairs\"` in the same state (both say it, say it on a condition or also deny it, deny \
         it, are silent), of those in the `\"largest\"` state, or (2p - 1) `\"squared\"`, p being \
         the share that says it without a condition. Bounds where some are unknown; not available \
         below two.",
        r#"reading.cells(item("tailor", "own")).agreement(reading.participants(), "pairs")  // 2/20"#,
    );
    within::<Units>(words);
    within::<Unit>(words);
    within::<Rows>(words);
    within::<Participant>(words);
    words.function(
        "agreement_between",
        "cells.agreement_between(groups)",
        "Of all pairs of one from each of two groups of a list, the share in the same state. Bounds \
         where some are unknown; not available with one group.",
        r#"let of = |role| reading.participants().filter(col("role") == role); reading.cells(item("tailor", "own")).agreement_between(["coach", "teacher"].map(of))  // 1/6"#,
        |cells: &mut CellsWord, groups: Array| -> Result<Number> {
            let groups = groups.iter().map(groups_of).collect::<Result<Vec<_>>>()?;
            cells.agreement_between(&groups)
        },
    );
}

fn within<T: Asked>(words: &mut Vocabulary) {
    words.also("agreement", |cells: &mut CellsWord, whom: T, measure: &str| -> Result<Number> {
        let measure = chosen("agreement", &MEASURES, measure)?;
        cells.agreement(&whom.groups()?, measure)
    });
}

/// What is known of a group, and what is not.
struct Known {
    /// The known states; `mixed` among them says it too.
    states: World,
    unknown: i64,
    /// The least and the most who say it.
    said: (i64, i64),
    /// How many of those who are unknown may deny it.
    deniable: i64,
}

impl Known {
    fn of(cells: &CellsWord, groups: &[Vec<u32>]) -> Self {
        let tally = cells.tallied(groups);
        let of = |state: State| tally[state as usize];
        let states = [State::Yes, State::Mixed, State::No, State::Silent].map(of);
        let unknown = of(State::Unknown);
        if unknown == 0 {
            return Self { states, unknown, said: (0, 0), deniable: 0 };
        }
        let said = cells.mentions(groups);
        let whole = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let deniable = whole(cells.denials(groups).upper) - of(State::No);
        Self { states, unknown, said: (whole(said.lower), whole(said.upper)), deniable }
    }

    /// How many of those who are unknown do not say it, if so many say it in all.
    fn unsaid(&self, saying: i64) -> i64 {
        self.states[0] + self.states[1] + self.unknown - saying
    }

    /// The states, if so many say it in all and so many of the unknown deny it.
    fn world(&self, saying: i64, denying: i64) -> World {
        let [_, mixed, no, silent] = self.states;
        [saying - mixed, mixed, no + denying, silent + self.unsaid(saying) - denying]
    }

    /// Looks at every way in which those who are unknown may have spoken.
    fn each(&self, cells: &CellsWord, mut look: impl FnMut(&World) -> Result<()>) -> Result<()> {
        if self.unknown == 0 {
            return look(&self.states);
        }
        for saying in self.said.0..=self.said.1 {
            cells.seen.may_go_on()?;
            for denying in 0..=self.unsaid(saying).min(self.deniable) {
                look(&self.world(saying, denying))?;
            }
        }
        Ok(())
    }

    /// The outermost of these ways, between which every other one lies.
    fn outermost(&self) -> Vec<World> {
        let (least, most) = self.said;
        if self.unknown == 0 {
            return vec![self.states];
        }
        if self.deniable == 0 {
            return vec![self.world(least, 0), self.world(most, 0)];
        }
        // Where one more who says it begins to leave one less who may deny it.
        let turn = most.min(self.unsaid(self.deniable)).max(least);
        let at = |saying: i64| {
            let denying = self.unsaid(saying).min(self.deniable);
            [self.world(saying, 0), self.world(saying, denying)]
        };
        [least, turn, most].into_iter().flat_map(at).collect()
    }
}

/// Agreement in one world, by a measure; `None` below two people.
fn index(world: &World, measure: Measure) -> Option<Fraction> {
    let people: i64 = world.iter().sum();
    if people < 2 {
        return None;
    }
    match measure {
        Measure::Pairs => {
            let same = world.iter().map(|count| count * (count - 1)).sum();
            Fraction::new(same, people * (people - 1))
        }
        Measure::Largest => Fraction::new(world.iter().copied().max().unwrap_or(0), people),
        Measure::Squared => {
            let first = 2 * world[0] - people;
            Fraction::new(first * first, people * people)
        }
    }
}

/// In how many pairs of one from each of two groups both are in the same state: least and most.
fn alike(some: &[World], others: &[World]) -> (i64, i64) {
    let pairs = |a: &World, b: &World| a.iter().zip(b).map(|(a, b)| a * b).sum::<i64>();
    let all = some.iter().flat_map(|a| others.iter().map(move |b| pairs(a, b)));
    all.fold((i64::MAX, 0), |(least, most), found| (least.min(found), most.max(found)))
}

/// A number between two bounds, which are in lowest terms so that they are not read as shares of
/// the same whole; the number as it was counted when they are equal.
fn interval(least: Fraction, most: Fraction) -> Number {
    match least == most {
        true => Number::Ratio(least),
        false => between(least.reduced(), most.reduced()),
    }
}

impl CellsWord {
    fn agreement(&self, groups: &[Vec<u32>], measure: Measure) -> Result<Number> {
        let mut found: Option<(Fraction, Fraction)> = None;
        Known::of(self, groups).each(self, |world| {
            if let Some(one) = index(world, measure) {
                let (least, most) = found.unwrap_or((one, one));
                found = Some((
                    if one < least { one } else { least },
                    if one > most { one } else { most },
                ));
            }
            Ok(())
        })?;
        Ok(found.map_or_else(
            || Number::not_available("agreement takes at least two people"),
            |(least, most)| interval(least, most),
        ))
    }

    fn agreement_between(&self, groups: &[Vec<Vec<u32>>]) -> Result<Number> {
        let known: Vec<Vec<World>> =
            groups.iter().map(|group| Known::of(self, group).outermost()).collect();
        let people = |worlds: &[World]| worlds[0].iter().sum::<i64>();
        let (mut fewest, mut largest, mut pairs) = (0, 0, 0);
        for (place, some) in known.iter().enumerate() {
            self.seen.may_go_on()?;
            for others in &known[place + 1..] {
                let (least, most) = alike(some, others);
                fewest += least;
                largest += most;
                pairs += people(some) * people(others);
            }
        }
        let ends = Fraction::new(fewest, pairs).zip(Fraction::new(largest, pairs));
        Ok(ends.map_or_else(
            || Number::not_available("out of none"),
            |(least, most)| interval(least, most),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_measure_is_worked_out_as_its_formula_says() {
        let world = [3, 1, 0, 2];
        let of = |measure| index(&world, measure).map(|found| found.to_string());
        assert_eq!(of(Measure::Pairs).as_deref(), Some("8/30"));
        assert_eq!(of(Measure::Largest).as_deref(), Some("3/6"));
        assert_eq!(of(Measure::Squared).as_deref(), Some("0/36"));
        assert_eq!(index(&[0, 0, 0, 1], Measure::Pairs), None, "nobody to agree with");
    }

    #[test]
    fn the_outermost_ways_bound_what_any_way_gives() {
        let others = [[2, 0, 1, 1], [1, 1, 0, 2]];
        for deniable in 0..=3 {
            let known = Known { states: [2, 1, 1, 1], unknown: 3, said: (3, 5), deniable };
            let mut all = Vec::new();
            for saying in 3..=5 {
                for denying in 0..=known.unsaid(saying).min(deniable) {
                    all.push(known.world(saying, denying));
                }
            }
            assert_eq!(alike(&known.outermost(), &others), alike(&all, &others), "{deniable}");
        }
    }
}
