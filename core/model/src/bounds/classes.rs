//! How many of those who stand under the same limits say it, in each world the limits allow?
//!
//! Cells under exactly the same limits are interchangeable: a world is known, up to who is who,
//! by how many of each class say it.

use std::collections::BTreeMap;

use super::{Interval, Limit};

/// A group of up to so many unknown cells that constraints tie together is always solved exactly.
///
/// A larger one is too, as long as the cells in exactly the same constraints are alike enough:
/// there are at most `2^EXACT_VARIABLES` ways to say how many of each such class are 1.
pub const EXACT_VARIABLES: usize = 20;

/// Up to so many ways to say how many of each class are 1 are looked at.
pub(super) const MOST_WORLDS: usize = 1 << EXACT_VARIABLES;

/// Cells that stand under the same limits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Class {
    /// How many; at least one.
    pub(super) size: u32,
    /// Where their count stands in the number of a world.
    shift: u32,
    mask: u64,
}

impl Class {
    /// How many of the class are 1 in a world.
    fn count(&self, world: u64) -> usize {
        // A count is at most the size, which is a `u32`.
        usize::try_from((world >> self.shift) & self.mask).unwrap_or(usize::MAX)
    }

    /// The world in which `count` of the class are 1, and none of any other.
    pub(super) fn world(&self, count: u32) -> u64 {
        u64::from(count) << self.shift
    }
}

/// The classes of a group, and the worlds its limits allow.
#[derive(Clone, Debug)]
pub(super) struct Classes {
    /// The class of each variable of the group.
    pub(super) of: Vec<u32>,
    pub(super) classes: Vec<Class>,
    /// The counts of all classes side by side in one number each.
    pub(super) worlds: Vec<u64>,
}

impl Classes {
    /// The classes of so many variables under limits on the variables at these places; `None` when
    /// there are too many worlds to look at.
    pub(super) fn solve(variables: usize, limits: &[(Vec<usize>, &Limit)]) -> Option<Self> {
        let of = kinds(variables, limits.iter().map(|(places, _)| places.as_slice()));
        let classes = classes(&of)?;
        let mut search = Search::new(&of, &classes, limits);
        search.complete(0, 0);
        let worlds = search.worlds;
        Some(Self { of, classes, worlds })
    }

    /// Least and most of a variable of each class: 0 or 1.
    pub(super) fn ends(&self) -> Vec<(u8, u8)> {
        let ends = |class: &Class| {
            let all = self.worlds.iter().all(|&world| class.count(world) == class.size as usize);
            let any = self.worlds.iter().any(|&world| class.count(world) > 0);
            (u8::from(all), u8::from(any))
        };
        self.classes.iter().map(ends).collect()
    }

    /// How many of some variables are 1, which are so many of each class.
    pub(super) fn count(&self, inside: &[u32]) -> Interval {
        // Most classes are one variable, whose count is its bit.
        let mut single = 0;
        let mut several = Vec::new();
        for (class, &inside) in self.classes.iter().zip(inside) {
            match (class.size, inside) {
                (_, 0) => {}
                (1, _) => single |= class.world(1),
                (size, inside) => {
                    let outside = size.saturating_sub(inside) as usize;
                    several.push((class, inside as usize, outside));
                }
            }
        }
        let counts = self.worlds.iter().map(|&world| {
            let alone = Interval::exactly((world & single).count_ones() as usize);
            several.iter().fold(alone, |sum, &(class, inside, outside)| {
                let count = class.count(world);
                sum.plus(Interval {
                    lower: count.saturating_sub(outside),
                    upper: count.min(inside),
                })
            })
        });
        counts.reduce(Interval::or).unwrap_or_default()
    }

    /// By number, whether in some world so many of some variables are 1, which are so many of each
    /// class.
    pub(super) fn counts(&self, inside: &[u32]) -> Vec<bool> {
        let all: usize = inside.iter().map(|&inside| inside as usize).sum();
        let mut counts = vec![false; all + 1];
        for &world in &self.worlds {
            let mut sum = Interval::default();
            for (class, &inside) in self.classes.iter().zip(inside) {
                let outside = class.size.saturating_sub(inside) as usize;
                let count = class.count(world);
                sum = sum.plus(Interval {
                    lower: count.saturating_sub(outside),
                    upper: count.min(inside as usize),
                });
            }
            counts[sum.lower..=sum.upper].fill(true);
        }
        counts
    }

    /// Whether in some world all of some variables are 1 and none of others, which are so many of
    /// each class.
    pub(super) fn allows(&self, yes: &[u32], no: &[u32]) -> bool {
        let counts = || self.classes.iter().zip(yes.iter().zip(no));
        self.worlds.iter().any(|&world| {
            counts().all(|(class, (&yes, &no))| {
                let count = class.count(world);
                yes as usize <= count && count + no as usize <= class.size as usize
            })
        })
    }

    /// In how many ways the variables can be filled; `None` when they are too many to count.
    pub(super) fn ways(&self) -> Option<u128> {
        let choices: Vec<Vec<Option<u128>>> =
            self.classes.iter().map(|class| choices(class.size)).collect();
        self.worlds.iter().try_fold(0_u128, |sum, &world| {
            let of_each = self.classes.iter().zip(&choices);
            let ways = of_each.map(|(class, choices)| *choices.get(class.count(world))?);
            sum.checked_add(ways.into_iter().try_fold(1_u128, |all, ways| all.checked_mul(ways?))?)
        })
    }
}

/// Which variables stand in the same of these sets of places: a number for each variable, in the
/// order in which they first occur.
pub(super) fn kinds<'p>(variables: usize, sets: impl Iterator<Item = &'p [usize]>) -> Vec<u32> {
    let mut kinds = vec![0_u32; variables];
    let mut next = 1;
    for places in sets {
        // Whoever stands in the set parts from those of their kind who do not.
        let mut parted: BTreeMap<u32, u32> = BTreeMap::new();
        for &place in places {
            kinds[place] = *parted.entry(kinds[place]).or_insert_with(|| {
                next += 1;
                next - 1
            });
        }
    }
    let mut order: BTreeMap<u32, u32> = BTreeMap::new();
    for kind in &mut kinds {
        let first = u32::try_from(order.len()).unwrap_or(u32::MAX);
        *kind = *order.entry(*kind).or_insert(first);
    }
    kinds
}

/// How many there are of each kind.
pub(super) fn sizes(kinds: &[u32]) -> Vec<u32> {
    let mut sizes = Vec::new();
    for &kind in kinds {
        if kind as usize == sizes.len() {
            sizes.push(0);
        }
        sizes[kind as usize] += 1;
    }
    sizes
}

/// The classes with these kinds of variables, unless there are too many worlds to look at.
fn classes(kinds: &[u32]) -> Option<Vec<Class>> {
    let sizes = sizes(kinds);
    at_most(MOST_WORLDS, &sizes)?;
    let mut shift = 0;
    let class = |size: u32| {
        // At most twice twenty bits together: no class takes more than twice its logarithm.
        let bits = u32::BITS - size.leading_zeros();
        let class = Class { size, shift, mask: (1 << bits) - 1 };
        shift += bits;
        class
    };
    Some(sizes.into_iter().map(class).collect())
}

/// In how many ways one can say how many of each kind it is, if they are not more than `most`.
pub(super) fn at_most(most: usize, sizes: &[u32]) -> Option<usize> {
    let ways = sizes
        .iter()
        .try_fold(1_usize, |ways, &size| ways.checked_mul(usize::try_from(size).ok()? + 1))?;
    (ways <= most).then_some(ways)
}

/// In how many ways 0, 1, … and all of `size` can be chosen; `None` where they are too many.
fn choices(size: u32) -> Vec<Option<u128>> {
    let mut ways = Some(1_u128);
    let mut fewer = vec![ways];
    for chosen in 1..=u128::from(size / 2) {
        // Shortened first, so that nothing is too large but the result.
        ways = ways.and_then(|ways| {
            let common = common_divisor(ways, chosen);
            let others = u128::from(size) + 1 - chosen;
            (ways / common).checked_mul(others / (chosen / common))
        });
        fewer.push(ways);
    }
    // Whoever chooses some leaves the others.
    let more = (size / 2 + 1..=size).map(|chosen| fewer[(size - chosen) as usize]);
    let more: Vec<Option<u128>> = more.collect();
    fewer.extend(more);
    fewer
}

fn common_divisor(one: u128, other: u128) -> u128 {
    if other == 0 { one } else { common_divisor(other, one % other) }
}

/// A search through the counts of one class after the other.
struct Search<'s> {
    classes: &'s [Class],
    /// The limits that each class stands under.
    limits_of: Vec<Vec<usize>>,
    /// What each limit still asks for, and how many variables it still has.
    open: Vec<Open>,
    worlds: Vec<u64>,
}

struct Open {
    minimum: i64,
    maximum: i64,
    variables: i64,
}

impl<'s> Search<'s> {
    fn new(of: &[u32], classes: &'s [Class], limits: &[(Vec<usize>, &Limit)]) -> Self {
        let mut limits_of = vec![Vec::new(); classes.len()];
        let mut open = Vec::new();
        for (at, (places, limit)) in limits.iter().enumerate() {
            let mut here: Vec<u32> = places.iter().map(|&place| of[place]).collect();
            here.sort_unstable();
            here.dedup();
            here.into_iter().for_each(|class| limits_of[class as usize].push(at));
            let variables = i64::try_from(places.len()).unwrap_or(i64::MAX);
            open.push(Open { minimum: limit.minimum, maximum: limit.maximum, variables });
        }
        Self { classes, limits_of, open, worlds: Vec::new() }
    }

    /// Fills the classes from this one on, in every way that leaves each limit a chance.
    fn complete(&mut self, at: usize, world: u64) {
        let classes = self.classes;
        let Some(class) = classes.get(at) else {
            self.worlds.push(world);
            return;
        };
        let size = i64::from(class.size);
        self.change(at, |open| open.variables -= size);
        for count in 0..=class.size {
            let chosen = i64::from(count);
            let can_hold = self.limits_of[at].iter().all(|&limit| {
                let open = &self.open[limit];
                chosen <= open.maximum && chosen + open.variables >= open.minimum
            });
            if !can_hold {
                continue;
            }
            let take = |open: &mut Open, by: i64| {
                open.minimum -= by;
                open.maximum -= by;
            };
            self.change(at, |open| take(open, chosen));
            self.complete(at + 1, world | class.world(count));
            self.change(at, |open| take(open, -chosen));
        }
        self.change(at, |open| open.variables += size);
    }

    fn change(&mut self, at: usize, change: impl Fn(&mut Open)) {
        for &limit in &self.limits_of[at] {
            change(&mut self.open[limit]);
        }
    }
}
