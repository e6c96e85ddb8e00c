//! Which characters does a span hold, and how much do two spans share?
//!
//! A span is half open: `[10, 40)` holds the characters 10 to 39. Lists of spans that the functions
//! call *joined* are ascending and neither overlap nor touch, as [`join`] leaves them.

use std::ops::Range;

/// The characters from `start` up to, but not with, `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: u64,
    end: u64,
}

impl Span {
    /// The characters from `start` to before `end`; `None` when there are none.
    #[must_use]
    pub fn new(start: u64, end: u64) -> Option<Self> {
        (start < end).then_some(Self { start, end })
    }

    /// The first character.
    #[must_use]
    pub fn start(self) -> u64 {
        self.start
    }

    /// The character behind the last.
    #[must_use]
    pub fn end(self) -> u64 {
        self.end
    }

    /// How many characters it holds; at least 1.
    #[must_use]
    pub fn length(self) -> u64 {
        self.end - self.start
    }

    /// How many characters two spans share.
    #[must_use]
    pub fn shared(self, other: Self) -> u64 {
        self.end.min(other.end).saturating_sub(self.start.max(other.start))
    }

    /// Intersection over union (Jaccard 1912): the characters that two spans share, out of those
    /// that at least one of them holds.
    #[must_use]
    pub fn iou(self, other: Self) -> (u64, u64) {
        let shared = self.shared(other);
        (shared, self.length() + other.length() - shared)
    }
}

/// One stretch of text without a gap, and which of the spans it was joined from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joined {
    /// All its characters.
    pub span: Span,
    /// The spans it was joined from, by their places in the list.
    pub from: Range<usize>,
}

/// How often the spans of one coder and one code met.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Meetings {
    /// Spans that share characters with one before them: coded twice by the same coder.
    pub overlapping: u64,
    /// Spans that begin where one before them ends.
    pub touching: u64,
}

/// Joins spans, ascending by start, where they overlap or touch, so that a character coded twice
/// by one coder counts once, and a passage marked in two pieces is one passage.
#[must_use]
pub fn join(spans: &[Span]) -> (Vec<Joined>, Meetings) {
    let mut joined: Vec<Joined> = Vec::new();
    let mut meetings = Meetings::default();
    for (at, &span) in spans.iter().enumerate() {
        match joined.last_mut() {
            Some(last) if span.start <= last.span.end => {
                match span.start < last.span.end {
                    true => meetings.overlapping += 1,
                    false => meetings.touching += 1,
                }
                last.span.end = last.span.end.max(span.end);
                last.from.end = at + 1;
            }
            _ => joined.push(Joined { span, from: at..at + 1 }),
        }
    }
    (joined, meetings)
}

/// The union of any spans, joined.
#[must_use]
pub fn union(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    join(&spans).0.into_iter().map(|joined| joined.span).collect()
}

/// How many characters joined spans hold.
#[must_use]
pub fn characters(spans: &[Span]) -> u64 {
    spans.iter().map(|span| span.length()).sum()
}

/// How many characters of `span` are held by joined spans.
#[must_use]
pub fn shared_with(span: Span, joined: &[Span]) -> u64 {
    let first = joined.partition_point(|other| other.end <= span.start);
    let within = joined[first..].iter().take_while(|other| other.start < span.end);
    within.map(|other| span.shared(*other)).sum()
}

/// How many characters two lists of joined spans share.
#[must_use]
pub fn shared(first: &[Span], second: &[Span]) -> u64 {
    overlaps(first, second).map(|(left, right)| first[left].shared(second[right])).sum()
}

/// The places of all pairs of spans that share characters, along the text; at most as many as
/// there are spans in both lists.
pub(crate) fn overlaps<'s>(
    first: &'s [Span],
    second: &'s [Span],
) -> impl Iterator<Item = (usize, usize)> + 's {
    let (mut left, mut right) = (0, 0);
    std::iter::from_fn(move || {
        loop {
            let (a, b) = (first.get(left)?, second.get(right)?);
            let pair = (left, right);
            // Whichever ends first meets nothing more; both end here when they end together.
            left += usize::from(a.end <= b.end);
            right += usize::from(b.end <= a.end);
            if a.shared(*b) > 0 {
                return Some(pair);
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: u64, end: u64) -> Span {
        Span::new(start, end).expect("some characters")
    }

    #[test]
    fn the_worked_example_shares_five_eighths() {
        // Theory D9, oracle (4).
        assert_eq!(span(10, 40).iou(span(15, 50)), (25, 40));
        assert_eq!(span(10, 20).iou(span(20, 30)), (0, 20));
        assert_eq!(Span::new(5, 5), None);
    }

    #[test]
    fn what_one_coder_marked_twice_counts_once() {
        let spans = [span(0, 5), span(3, 8), span(8, 9), span(8, 10), span(12, 13)];
        let (joined, meetings) = join(&spans);
        let stretches: Vec<_> = joined.iter().map(|j| (j.span, j.from.clone())).collect();
        assert_eq!(stretches, [(span(0, 10), 0..4), (span(12, 13), 4..5)]);
        assert_eq!(meetings, Meetings { overlapping: 2, touching: 1 });
        assert_eq!(characters(&union(spans.to_vec())), 11);
    }

    #[test]
    fn overlaps_are_found_along_the_text() {
        let first = [span(0, 10), span(20, 30)];
        let second = [span(5, 22), span(24, 25), span(29, 40)];
        let found: Vec<_> = overlaps(&first, &second).collect();
        assert_eq!(found, [(0, 0), (1, 0), (1, 1), (1, 2)]);
        assert_eq!(shared(&first, &second), 5 + 2 + 1 + 1);
        assert_eq!(shared_with(span(20, 30), &second), 4);
        assert_eq!(shared_with(span(22, 24), &second), 0);
    }
}
