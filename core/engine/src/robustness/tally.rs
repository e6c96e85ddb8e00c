//! What was something in how many readings, and which are the smallest changes that change it?

use std::collections::BTreeMap;

use parallax_model::Number;
use parallax_model::document::{Across, Flip, Steadiness};
use parallax_model::settings::Language;

use super::spread::Spread;
use super::words;

/// The smallest changes that are named; the others are counted.
pub(super) const MOST_FLIPS: usize = 3;
/// So many different verdicts are counted by name; beyond, they are counted together.
const MOST_VERDICTS: usize = 64;
/// The name of all verdicts beyond.
const OTHER: &str = "other";

/// A reading that was computed, and how many others are the same.
#[derive(Clone, Debug)]
pub(super) struct Computed {
    /// The options that differ from where one starts, each as `choice=option`.
    pub(super) options: Vec<String>,
    /// The change, as "read …" goes on.
    pub(super) change: String,
    /// How many readings are the same, this one included.
    pub(super) readings: usize,
}

/// How often one finding, or one claim, is what.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    verdict: String,
    same: usize,
    readings: usize,
    counts: BTreeMap<String, usize>,
    flips: Vec<(String, Flip)>,
    /// How many changes the smallest flips have.
    smallest: usize,
    more: usize,
    measures: Vec<(String, Spread)>,
}

impl Tally {
    /// Of something that has this verdict, and these measures, where one starts.
    pub(super) fn of<'m>(verdict: &str, measures: impl Iterator<Item = &'m str>) -> Self {
        Self {
            verdict: verdict.to_owned(),
            same: 0,
            readings: 0,
            counts: BTreeMap::new(),
            flips: Vec::new(),
            smallest: 0,
            more: 0,
            measures: measures.map(|name| (name.to_owned(), Spread::default())).collect(),
        }
    }

    /// Adds what it is in a reading. Readings come with the fewest changes first; `said` words what
    /// becomes of it and is asked only when it is kept.
    pub(super) fn add(
        &mut self,
        computed: &Computed,
        verdict: &str,
        number: impl Fn(&str) -> Option<Number>,
        said: impl FnOnce() -> String,
    ) {
        self.readings += computed.readings;
        let room = self.counts.len() < MOST_VERDICTS || self.counts.contains_key(verdict);
        let name = if room { verdict } else { OTHER };
        *self.counts.entry(name.to_owned()).or_default() += computed.readings;
        for (name, spread) in &mut self.measures {
            spread.add(number(name).as_ref(), computed.readings);
        }
        if verdict == self.verdict {
            self.same += computed.readings;
            return;
        }
        let changes = computed.options.len();
        if self.flips.is_empty() {
            self.smallest = changes;
        }
        match self.flips.len() {
            _ if changes > self.smallest => {}
            MOST_FLIPS.. => self.more += 1,
            _ => {
                let flip = Flip {
                    options: computed.options.clone(),
                    becomes: verdict.to_owned(),
                    text: format!("{}: {}", computed.change, said()),
                };
                self.flips.push((computed.change.clone(), flip));
            }
        }
    }

    /// The values of each measure, by its name.
    pub(super) fn measures(&self, language: Language) -> BTreeMap<String, Across> {
        let each = self.measures.iter();
        each.map(|(name, spread)| (name.clone(), spread.across(language))).collect()
    }

    /// What the document says of it.
    pub(super) fn steadiness(
        &self,
        measures: &BTreeMap<String, Across>,
        language: Language,
    ) -> Steadiness {
        let changes: Vec<String> = self.flips.iter().map(|(change, _)| change.clone()).collect();
        let changing = measures.values().filter(|across| across.values > 1).count();
        let sentence = words::holds(
            (self.same, self.readings),
            &changes,
            self.more,
            (changing, measures.len()),
            language,
        );
        Steadiness {
            same: self.same,
            readings: self.readings,
            counts: self.counts.clone(),
            flips: self.flips.iter().map(|(_, flip)| flip.clone()).collect(),
            more_flips: self.more,
            sentence,
        }
    }

    /// How much is kept: verdicts, flips and values.
    #[cfg(test)]
    fn kept(&self) -> usize {
        let values: usize = self.measures.iter().map(|(_, spread)| spread.kept()).sum();
        self.counts.len() + self.flips.len() + values
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn computed(options: &[&str], readings: usize) -> Computed {
        let options: Vec<String> = options.iter().map(|&option| option.to_owned()).collect();
        Computed { change: format!("under {}", options.join(" and ")), options, readings }
    }

    fn add(tally: &mut Tally, options: &[&str], verdict: &str, readings: usize) {
        let value = |_: &str| Some(Number::count(options.len()));
        tally.add(&computed(options, readings), verdict, value, || verdict.to_owned());
    }

    #[test]
    fn the_smallest_changes_are_named_and_the_others_counted() {
        let mut tally = Tally::of("largely", ["ari"].into_iter());
        add(&mut tally, &[], "largely", 2);
        add(&mut tally, &["a=1"], "largely", 1);
        for option in ["b=1", "b=2", "b=3", "b=4"] {
            add(&mut tally, &[option], "partly", 1);
        }
        add(&mut tally, &["a=1", "b=1"], "hardly", 5);
        let measures = tally.measures(Language::En);
        let steady = tally.steadiness(&measures, Language::En);
        assert_eq!((steady.same, steady.readings, steady.more_flips), (3, 12, 1));
        assert_eq!(steady.counts["hardly"], 5);
        assert_eq!(steady.flips[2].options, ["b=3"]);
        assert_eq!(steady.flips[0].text, "under b=1: partly");
        assert_eq!(measures["ari"].readings, 12);
    }

    #[test]
    fn what_is_kept_does_not_grow_with_readings() {
        let kept = |readings: usize| {
            let mut tally = Tally::of("v0", ["n"].into_iter());
            for at in 0..readings {
                let option = format!("a={at}");
                add(&mut tally, &[&option], &format!("v{}", at % 200), 1);
            }
            tally.kept()
        };
        assert_eq!(kept(1_000), kept(20_000));
        assert!(kept(20_000) < 100);
    }
}
