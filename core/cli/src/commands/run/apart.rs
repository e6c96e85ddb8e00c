//! What did it take to run analyses in processes of their own?

use std::time::Duration;

use parallax_engine::shelf::apart::Spent;
use parallax_engine::shelf::{Body, Shelf};

/// A line for each analysis that ran in a process of its own.
pub(super) fn told(shelf: &Shelf) -> String {
    let outside = shelf.iter().filter_map(|analysis| match analysis.body() {
        Body::Outside(outside) if outside.spent().runs > 0 => {
            Some(line(&analysis.manifest().id, outside.spent()))
        }
        _ => None,
    });
    outside.collect()
}

fn line(id: &str, spent: Spent) -> String {
    let runs = match spent.runs {
        1 => "a process".to_owned(),
        runs => format!("{runs} processes"),
    };
    let (all, own) = (seconds(spent.time), seconds(spent.analysis));
    format!("{id} ran in {runs} of its own: {all} s, of which {own} s the analysis itself\n")
}

fn seconds(time: Duration) -> String {
    format!("{:.3}", time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_spent_is_told_in_seconds() {
        let spent = |runs| Spent {
            runs,
            time: Duration::from_micros(31_400),
            analysis: Duration::from_nanos(12),
        };
        let said = [line("word-count", spent(1)), line("word-count", spent(52))].concat();
        insta::assert_snapshot!(said, @"
        word-count ran in a process of its own: 0.031 s, of which 0.000 s the analysis itself
        word-count ran in 52 processes of its own: 0.031 s, of which 0.000 s the analysis itself
        ");
    }
}
