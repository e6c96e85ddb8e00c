//! Which features does a unit claim, not claim, or leave unknown?

/// What is known of one feature of one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feature {
    /// The unit claims it.
    Yes,
    /// The unit denies it or was asked and did not mention it.
    No,
    /// Nobody can tell.
    Unknown,
}

/// The features of one unit, one bit each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    features: usize,
    yes: Vec<u64>,
    unknown: Vec<u64>,
}

/// How two profiles compare on the features that are known for both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overlap {
    /// Features that both claim.
    pub both: usize,
    /// Features that exactly one of them claims.
    pub one: usize,
    /// Features that neither claims.
    pub neither: usize,
}

impl Overlap {
    /// The number of features known for both.
    #[must_use]
    pub fn known(self) -> usize {
        self.both + self.one + self.neither
    }
}

impl Profile {
    /// A profile over `features`, in the order that all units share.
    #[must_use]
    pub fn new(features: &[Feature]) -> Self {
        let words = features.len().div_ceil(64);
        let mut profile =
            Self { features: features.len(), yes: vec![0; words], unknown: vec![0; words] };
        for (place, feature) in features.iter().enumerate() {
            let bit = 1 << (place % 64);
            match feature {
                Feature::Yes => profile.yes[place / 64] |= bit,
                Feature::Unknown => profile.unknown[place / 64] |= bit,
                Feature::No => {}
            }
        }
        profile
    }

    /// What is known of feature `place`.
    #[must_use]
    pub fn feature(&self, place: usize) -> Feature {
        let bit = 1 << (place % 64);
        if self.yes[place / 64] & bit != 0 {
            Feature::Yes
        } else if self.unknown[place / 64] & bit != 0 {
            Feature::Unknown
        } else {
            Feature::No
        }
    }

    /// The number of features that are unknown.
    #[must_use]
    pub fn unknown(&self) -> usize {
        self.unknown.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Compares two profiles over the same features; what is unknown of either is left out.
    #[must_use]
    pub fn overlap(&self, other: &Self) -> Overlap {
        let (mut both, mut one, mut unknown) = (0, 0, 0);
        for word in 0..self.yes.len() {
            let hidden = self.unknown[word] | other.unknown[word];
            both += (self.yes[word] & other.yes[word] & !hidden).count_ones() as usize;
            one += ((self.yes[word] ^ other.yes[word]) & !hidden).count_ones() as usize;
            unknown += hidden.count_ones() as usize;
        }
        Overlap { both, one, neither: self.features - unknown - both - one }
    }
}

/// Profiles from strings such as `+-?`: claimed, not claimed, unknown.
#[cfg(test)]
pub(crate) fn drawn(rows: &[&str]) -> Vec<Profile> {
    rows.iter()
        .map(|row| {
            let features: Vec<Feature> = row
                .chars()
                .map(|sign| match sign {
                    '+' => Feature::Yes,
                    '?' => Feature::Unknown,
                    _ => Feature::No,
                })
                .collect();
            Profile::new(&features)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unknown_of_either_is_left_out() {
        let profiles = drawn(&["++-?", "+-?-"]);
        let overlap = profiles[0].overlap(&profiles[1]);
        assert_eq!(overlap, Overlap { both: 1, one: 1, neither: 0 });
        assert_eq!(profiles[0].unknown(), 1);
        assert_eq!(profiles[1].feature(2), Feature::Unknown);
    }

    #[test]
    fn more_features_than_a_word_has_bits() {
        let long = "-".repeat(70) + "+";
        let profiles = drawn(&[&long, &long]);
        assert_eq!(profiles[0].overlap(&profiles[1]), Overlap { both: 1, one: 0, neither: 70 });
        assert_eq!(profiles[0].feature(70), Feature::Yes);
    }
}
