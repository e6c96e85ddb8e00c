//! How far do two parties agree, think that they agree, and see each other rightly?

use parallax_plugin::model::Number;

/// With fewer items than this, counts are given and no rate.
pub const LEAST_ITEMS: usize = 3;

/// What two parties think of one item; `None` where it is not known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Views {
    /// What A thinks.
    pub a: Option<bool>,
    /// What B thinks.
    pub b: Option<bool>,
    /// What A thinks that B thinks.
    pub ab: Option<bool>,
    /// What B thinks that A thinks.
    pub ba: Option<bool>,
    /// What A thinks that B thinks that A thinks.
    pub aba: Option<bool>,
    /// What B thinks that A thinks that B thinks.
    pub bab: Option<bool>,
}

/// Where somebody stands on one item towards somebody else (Scheff 1967).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// They agree, and this one thinks so.
    Consensus = 0,
    /// They disagree, and this one thinks that they agree.
    FalseConsensus = 1,
    /// They agree, and this one thinks that they do not.
    PluralisticIgnorance = 2,
    /// They disagree, and this one knows it.
    RecognisedDisagreement = 3,
}

impl Class {
    /// Every class, by its number.
    pub const ALL: [Self; 4] = [
        Self::Consensus,
        Self::FalseConsensus,
        Self::PluralisticIgnorance,
        Self::RecognisedDisagreement,
    ];

    /// The word of the manifest for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Consensus => "consensus",
            Self::FalseConsensus => "false_consensus",
            Self::PluralisticIgnorance => "pluralistic_ignorance",
            Self::RecognisedDisagreement => "recognised_disagreement",
        }
    }

    /// Whether this one sees it wrongly: a negative case.
    #[must_use]
    pub fn is_negative(self) -> bool {
        matches!(self, Self::FalseConsensus | Self::PluralisticIgnorance)
    }
}

impl Views {
    /// The same with A and B in each other's place.
    #[must_use]
    pub fn swapped(self) -> Self {
        let Self { a, b, ab, ba, aba, bab } = self;
        Self { a: b, b: a, ab: ba, ba: ab, aba: bab, bab: aba }
    }

    /// Whether they agree.
    #[must_use]
    pub fn agree(self) -> Option<bool> {
        same(self.a, self.b)
    }

    /// Whether A thinks that they agree.
    #[must_use]
    pub fn congruent(self) -> Option<bool> {
        same(self.a, self.ab)
    }

    /// Whether A is right about B.
    #[must_use]
    pub fn accurate(self) -> Option<bool> {
        same(self.ab, self.b)
    }

    /// Whether A is right about what B thinks that A thinks.
    #[must_use]
    pub fn realised(self) -> Option<bool> {
        same(self.aba, self.ba)
    }

    /// Where A stands towards B.
    #[must_use]
    pub fn class(self) -> Option<Class> {
        Some(match (self.agree()?, self.congruent()?) {
            (true, true) => Class::Consensus,
            (false, true) => Class::FalseConsensus,
            (true, false) => Class::PluralisticIgnorance,
            (false, false) => Class::RecognisedDisagreement,
        })
    }

    /// Whether anything can be compared.
    #[must_use]
    pub fn is_comparable(self) -> bool {
        let one = |views: Self| views.congruent().is_some() || views.accurate().is_some();
        self.agree().is_some() || one(self) || one(self.swapped())
    }
}

fn same(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    Some(one? == other?)
}

/// On how many of so many items something is so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// Items on which it is so.
    pub hits: usize,
    /// Items on which it is known.
    pub of: usize,
}

impl Counted {
    fn add(&mut self, known: Option<bool>) {
        if let Some(hit) = known {
            self.hits += usize::from(hit);
            self.of += 1;
        }
    }

    /// Both counts together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self { hits: self.hits + other.hits, of: self.of + other.of }
    }

    /// The share, as counted; not available with fewer than [`LEAST_ITEMS`] items.
    #[must_use]
    pub fn rate(self) -> Number {
        match self.of {
            0 => Number::not_available("no item can be compared"),
            few if few < LEAST_ITEMS => {
                Number::not_available("fewer than three items can be compared: counts only")
            }
            of => Number::fraction(self.hits, of, "no item can be compared"),
        }
    }

    /// So many of so many, whatever the number of items.
    #[must_use]
    pub fn part(self) -> Number {
        Number::fraction(self.hits, self.of, "no item can be compared")
    }
}

/// How one party sees the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Side {
    /// Thinks that they agree: own view = perceived view.
    pub congruency: Counted,
    /// Is right: perceived view = the other's own view.
    pub accuracy: Counted,
    /// Feels understood: the view that it thinks the other perceives = own view.
    pub felt_understood: Counted,
    /// Realises how it is seen: the view that it thinks the other perceives = the one perceived.
    pub realisation: Counted,
    /// Items by [`Class`].
    pub classes: [usize; 4],
}

impl Side {
    /// Both sides together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        let mut classes = self.classes;
        for (class, more) in classes.iter_mut().zip(other.classes) {
            *class += more;
        }
        Self {
            congruency: self.congruency.plus(other.congruency),
            accuracy: self.accuracy.plus(other.accuracy),
            felt_understood: self.felt_understood.plus(other.felt_understood),
            realisation: self.realisation.plus(other.realisation),
            classes,
        }
    }

    fn add(&mut self, views: Views) {
        self.congruency.add(views.congruent());
        self.accuracy.add(views.accurate());
        self.felt_understood.add(same(views.aba, views.a));
        self.realisation.add(views.realised());
        if let Some(class) = views.class() {
            self.classes[class as usize] += 1;
        }
    }

    /// Whether anything that this party thinks of the other can be compared.
    #[must_use]
    pub fn is_comparable(&self) -> bool {
        self.congruency.of + self.accuracy.of > 0
    }
}

/// How two parties stand to each other over all items.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Own views that are the same.
    pub agreement: Counted,
    /// How A sees B.
    pub a: Side,
    /// How B sees A.
    pub b: Side,
}

impl Score {
    /// The score over these items (agreement, congruency and accuracy after McLeod & Chaffee 1973;
    /// feeling understood and realisation after Laing, Phillipson & Lee 1966).
    #[must_use]
    pub fn of(items: impl Iterator<Item = Views>) -> Self {
        let mut score = Self::default();
        for views in items {
            score.agreement.add(views.agree());
            score.a.add(views);
            score.b.add(views.swapped());
        }
        score
    }
}
