//! How large is the difference between agreement within and between cases, over and over?
//!
//! It is worked out up to a million times, so the counts of a case and an item are one number: a
//! digit for each state, in a base that no count reaches. What follows from such a number is looked
//! up where the numbers are few.

use super::People;

/// Up to so many different numbers are looked up.
const LOOKED_UP: u64 = 1 << 20;

/// No case has a modal stance of this number.
const NONE: u8 = u8::MAX;

/// What follows from the counts of a case and an item.
#[derive(Clone, Copy)]
struct Cell {
    /// The share of pairs in the same state; 0 when there is no pair.
    agreement: f64,
    /// Whether there is a pair.
    has_pair: bool,
    /// The modal state, or [`NONE`].
    modal: u8,
}

/// Counts again and again without a new allocation.
pub(super) struct Counter<'p> {
    pub(super) people: &'p People,
    cases: usize,
    base: u64,
    /// What each person adds to the number of each item.
    adds: Vec<u64>,
    known: Vec<Cell>,
    counts: Vec<u64>,
    modes: Vec<u8>,
}

impl<'p> Counter<'p> {
    /// A counter for these people; `None` when a case has too many of them to count so.
    pub(super) fn of(people: &'p People) -> Option<Self> {
        let cases = people.case_count();
        let mut sizes = vec![0_u64; cases];
        people.cases.iter().for_each(|&case| sizes[case] += 1);
        let base = sizes.iter().max()? + 1;
        let numbers = base.checked_pow(4)?;
        let add = |&state: &u8| if state < 4 { base.pow(state.into()) } else { 0 };
        let adds = people.states.iter().map(add).collect();
        let known = if numbers <= LOOKED_UP {
            (0..numbers).map(|number| cell(number, base)).collect()
        } else {
            Vec::new()
        };
        let counts = vec![0; cases * people.items];
        Some(Self { people, cases, base, adds, known, counts, modes: Vec::new() })
    }

    /// W - B when the person at each place says what the one at that place of `order` says: the
    /// mean agreement within cases less the mean agreement of their modal stances. `None` when
    /// either does not exist.
    pub(super) fn difference(&mut self, order: &[usize]) -> Option<f64> {
        let items = self.people.items;
        self.counts.fill(0);
        for (&case, &person) in self.people.cases.iter().zip(order) {
            let counts = &mut self.counts[case * items..(case + 1) * items];
            let adds = &self.adds[person * items..(person + 1) * items];
            counts.iter_mut().zip(adds).for_each(|(count, add)| *count += add);
        }
        self.modes.clear();
        let mut within = Mean::default();
        for case in 0..self.cases {
            let mut own = Mean::default();
            for &number in &self.counts[case * items..(case + 1) * items] {
                let known = usize::try_from(number).ok().and_then(|at| self.known.get(at));
                let cell = known.copied().unwrap_or_else(|| cell(number, self.base));
                own.add_if(cell.has_pair, cell.agreement);
                self.modes.push(cell.modal);
            }
            within.add_some(own);
        }
        Some(within.value()? - self.between().value()?)
    }

    fn between(&self) -> Mean {
        let modes = |case: usize| &self.modes[case * self.people.items..][..self.people.items];
        let mut between = Mean::default();
        for one in 0..self.cases {
            for other in one + 1..self.cases {
                let (mut same, mut both) = (0_u32, 0_u32);
                for (&a, &b) in modes(one).iter().zip(modes(other)) {
                    let comparable = a != NONE && b != NONE;
                    both += u32::from(comparable);
                    same += u32::from(comparable && a == b);
                }
                between.add_some(Mean { sum: same.into(), count: both });
            }
        }
        between
    }
}

/// A mean on the way.
#[derive(Clone, Copy, Default)]
struct Mean {
    sum: f64,
    count: u32,
}

impl Mean {
    fn add_if(&mut self, exists: bool, value: f64) {
        self.sum += value;
        self.count += u32::from(exists);
    }

    fn add_some(&mut self, other: Self) {
        if let Some(value) = other.value() {
            self.add_if(true, value);
        }
    }

    fn value(self) -> Option<f64> {
        (self.count > 0).then(|| self.sum / f64::from(self.count))
    }
}

/// What follows from a number: its digits are how many are in each state.
fn cell(number: u64, base: u64) -> Cell {
    let digit = |state: u32| number / base.pow(state) % base;
    let counts = [digit(0), digit(1), digit(2), digit(3)];
    let people: u64 = counts.iter().sum();
    let pairs = |count: u64| count * count.saturating_sub(1);
    let has_pair = people > 1;
    #[expect(clippy::cast_precision_loss, reason = "pairs of people at one case are few")]
    let share = |part: u64, whole: u64| part as f64 / whole as f64;
    let agreeing = counts.iter().map(|&count| pairs(count)).sum();
    let most = counts.iter().copied().max().unwrap_or(0);
    let mut leading = (0_u8..4).zip(counts).filter(|&(_, count)| count == most);
    let modal = match (most, leading.next(), leading.next()) {
        (1.., Some((only, _)), None) => only,
        _ => NONE,
    };
    let agreement = if has_pair { share(agreeing, pairs(people)) } else { 0.0 };
    Cell { agreement, has_pair, modal }
}
