//! How many units hold the item, when cells of several units are tied together?

use std::collections::BTreeMap;

use super::classes::{self, Class, Classes, MOST_WORLDS};
use super::{Bounds, Group, Interval, reaches};
use crate::settings::Aggregation;

/// Up to so many steps are taken to share a group's cells out among units: as many as every world
/// of [`EXACT_VARIABLES`](super::EXACT_VARIABLES) cells can need.
const MOST_STEPS: usize = 2 * MOST_WORLDS;

/// How many units hold the item.
///
/// A group of tied cells that lies within several units is shared out among them in every way, as
/// long as no other group and no free cell plays a part in those units.
pub(super) fn count(bounds: &Bounds, units: &[&[u32]], aggregation: Aggregation) -> Interval {
    let mut left: Vec<&[u32]> = units.to_vec();
    let mut total = Interval::default();
    for (index, group) in bounds.groups.iter().enumerate() {
        let Some(classes) = group.classes() else { continue };
        let (mine, others): (Vec<_>, Vec<_>) = left
            .iter()
            .copied()
            .partition(|unit| unit.iter().any(|&member| group.contains(member)));
        // What a unit of its own holds needs no sharing out.
        if mine.len() < 2 || !is_alone(bounds, index, &mine) {
            continue;
        }
        if let Some(held) = (Sharing { bounds, group, classes, aggregation }).count(&mine) {
            total = total.plus(held);
            left = others;
        }
    }
    left.into_iter().fold(total, |total, unit| {
        let (always, ever) = bounds.of_unit(unit, aggregation);
        total.plus(Interval { lower: always.into(), upper: ever.into() })
    })
}

/// Whether nothing but this group leaves anything open in the units. What another group decides is
/// not open.
fn is_alone(bounds: &Bounds, index: usize, units: &[&[u32]]) -> bool {
    units.iter().copied().flatten().all(|&member| {
        let free = bounds.of_one(member as usize) == (0, 1);
        bounds.groups[index].contains(member) || !free
    })
}

/// How one group is shared out among the units it lies within.
struct Sharing<'b> {
    bounds: &'b Bounds,
    group: &'b Group,
    classes: &'b Classes,
    aggregation: Aggregation,
}

/// Some units that no other unit shares a cell with, and where their members stand in the group.
struct Block {
    /// By unit: the places of its cells in the group.
    units: Vec<Vec<usize>>,
    /// By unit: members who say it in each world, and all members.
    known: Vec<(usize, usize)>,
}

/// How many units hold it, by how many of each class are used up, as the number of a world.
type Held = Vec<(u64, Interval)>;

impl Sharing<'_> {
    /// How many of the units hold it; `None` when there are too many ways to share.
    fn count(&self, units: &[&[u32]]) -> Option<Interval> {
        if let Some(people) = people(units) {
            return Some(self.group.count(&self.bounds.values, &people));
        }
        let mut held: Held = vec![(0, Interval::default())];
        for block in self.blocks(units) {
            let more = self.ways(&block)?;
            if held.len().saturating_mul(more.len()) > MOST_STEPS {
                return None;
            }
            let pairs = held.iter().flat_map(|&(used, held)| {
                more.iter().map(move |&(here, more)| (used + here, held.plus(more)))
            });
            held = merged(pairs.collect());
        }
        let of_world = |world: &u64| {
            let at = held.binary_search_by_key(world, |&(used, _)| used).ok()?;
            held.get(at).map(|&(_, held)| held)
        };
        self.classes.worlds.iter().filter_map(of_world).reduce(Interval::or)
    }

    /// The units one by one, or all together where some share a cell; then what is in none.
    fn blocks(&self, units: &[&[u32]]) -> Vec<Block> {
        let mut uses = vec![0_usize; self.classes.of.len()];
        let one = |unit: &&[u32]| {
            let places: Vec<usize> =
                unit.iter().filter_map(|&member| self.group.place(member)).collect();
            places.iter().for_each(|&place| uses[place] += 1);
            let is_certain =
                |member: &&u32| !self.group.contains(**member) && self.says_always(**member);
            let certain = unit.iter().filter(is_certain).count();
            Block { units: vec![places], known: vec![(certain, unit.len())] }
        };
        let mut blocks: Vec<Block> = units.iter().map(one).collect();
        if uses.iter().any(|&uses| uses > 1) {
            let (units, known): (Vec<_>, Vec<_>) =
                blocks.into_iter().map(|block| (block.units, block.known)).unzip();
            blocks = vec![Block { units: units.concat(), known: known.concat() }];
        }
        let outside = (0..uses.len()).filter(|&place| uses[place] == 0).collect();
        blocks.push(Block { units: vec![outside], known: Vec::new() });
        blocks
    }

    fn says_always(&self, member: u32) -> bool {
        self.bounds.of_one(member as usize) == (1, 1)
    }

    /// What the units and the classes can tell apart in a block.
    fn parts(&self, block: &Block) -> Parts<'_> {
        let mut places: Vec<usize> = block.units.concat();
        places.sort_unstable();
        places.dedup();
        let mut by_class: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (at, &place) in places.iter().enumerate() {
            by_class.entry(self.classes.of[place]).or_default().push(at);
        }
        let at = |place: &usize| places.binary_search(place).ok();
        let units: Vec<Vec<usize>> =
            block.units.iter().map(|unit| unit.iter().filter_map(at).collect()).collect();
        let kinds =
            classes::kinds(places.len(), units.iter().chain(by_class.values()).map(Vec::as_slice));
        let mut parts = Parts { sizes: classes::sizes(&kinds), ..Parts::default() };
        for (&place, &kind) in places.iter().zip(&kinds) {
            // Kinds are numbered as they first occur.
            if kind as usize == parts.classes.len() {
                parts.classes.push(&self.classes.classes[self.classes.of[place] as usize]);
            }
        }
        for (unit, &(certain, members)) in units.iter().zip(&block.known) {
            let mut inside: Vec<usize> = unit.iter().map(|&at| kinds[at] as usize).collect();
            inside.sort_unstable();
            inside.dedup();
            parts.units.push(Unit { inside, certain, members });
        }
        parts
    }

    /// Every way to say how many of the block's cells are 1.
    fn ways(&self, block: &Block) -> Option<Held> {
        let parts = self.parts(block);
        let ways = classes::at_most(MOST_WORLDS, &parts.sizes)?;
        let mut counts = vec![0_u32; parts.sizes.len()];
        let mut held = Vec::with_capacity(ways);
        loop {
            let classes = parts.classes.iter().zip(&counts);
            let used = classes.map(|(class, &count)| class.world(count)).sum();
            let holds = |unit: &&Unit| {
                let said = unit.inside.iter().map(|&kind| counts[kind] as usize);
                reaches(unit.certain + said.sum::<usize>(), unit.members, self.aggregation)
            };
            held.push((used, Interval::exactly(parts.units.iter().filter(holds).count())));
            if !advance(&mut counts, &parts.sizes) {
                return Some(merged(held));
            }
        }
    }
}

/// The cells of a block by kind: those of one class that lie in the same units.
#[derive(Default)]
struct Parts<'c> {
    /// How many cells are of each kind.
    sizes: Vec<u32>,
    /// The class of each kind.
    classes: Vec<&'c Class>,
    units: Vec<Unit>,
}

/// The people of a unit.
struct Unit {
    /// The kinds of those whose cells are tied.
    inside: Vec<usize>,
    /// How many others say it in each world.
    certain: usize,
    /// How many there are.
    members: usize,
}

/// The people, where each unit is one of them.
fn people(units: &[&[u32]]) -> Option<Vec<u32>> {
    let mut people = units.concat();
    people.sort_unstable();
    people.dedup();
    (people.len() == units.len() && units.iter().all(|unit| unit.len() == 1)).then_some(people)
}

/// The next counts; none after the last.
fn advance(counts: &mut [u32], sizes: &[u32]) -> bool {
    for (count, &size) in counts.iter_mut().zip(sizes) {
        if *count < size {
            *count += 1;
            return true;
        }
        *count = 0;
    }
    false
}

/// One entry for each way to use classes up, in ascending order.
fn merged(mut held: Held) -> Held {
    held.sort_unstable_by_key(|&(used, _)| used);
    held.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 = kept.1.or(next.1);
        }
        same
    });
    held
}
