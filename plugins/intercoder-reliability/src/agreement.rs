//! Which numbers say how far coders agree, and what do they say together?

use parallax_plugin::prelude::*;

use crate::coefficient::{Amount, Coefficient, Metric, Ratings, Spread, Undefined, Unsampled};
use crate::compared::GIVEN;
use crate::parameters::Parameters;

/// What the categories are, which decides the coefficients.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scale {
    /// A code given or not given.
    Code,
    /// Words without an order.
    Nominal,
    /// Answers in an order, and at measured distances where that is so.
    Ordered { measured: bool },
}

/// What the numbers say together; it chooses the wording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Picture {
    /// Coders agree throughout, and on more than one category.
    Agreed,
    /// Percent agreement is high and κ low, because nearly everything is in one category.
    Paradox,
    /// Only one category was used: chance alone gives full agreement.
    Undefined,
    /// Anything else, with an interval.
    Plain,
    /// Anything else; no interval could be drawn.
    NoInterval,
}

/// The numbers of one set of ratings.
#[derive(Clone, Debug)]
pub(crate) struct Agreement {
    pub(crate) picture: Picture,
    pub(crate) percent: Number,
    pub(crate) alpha: Result<Amount, Undefined>,
    /// Decisions that two coders made.
    pub(crate) pairable: u64,
    /// Units that are drawn as one.
    pub(crate) units: u64,
    /// Whether there is an interval for α.
    pub(crate) has_interval: bool,
    /// Resamples over which α had no value.
    pub(crate) undefined: u32,
    measures: Vec<(String, Number)>,
}

/// The intervals of the coefficients of a scale, in their order; or why there are none, as a word
/// of the manifest.
pub(crate) type Drawn = Result<Vec<Spread>, &'static str>;

impl Agreement {
    /// Works out every coefficient that fits the scale, over ratings of so many units.
    pub(crate) fn of(
        ratings: &Ratings,
        (scale, units): (Scale, u64),
        drawn: &Drawn,
        parameters: &Parameters,
    ) -> Self {
        let metric =
            if let Scale::Ordered { .. } = scale { Metric::Ordinal } else { Metric::Nominal };
        let alpha = ratings.measure(Coefficient::Alpha(metric));
        let mut measures = vec![("percent".to_owned(), percent(ratings))];
        for (place, (name, coefficient)) in named(scale).into_iter().enumerate() {
            let value = measured(scale, coefficient).then(|| ratings.measure(coefficient));
            let number = value.map_or_else(|| unavailable("undefined_unmeasured"), number);
            measures.push((name.to_owned(), number));
            let spread = drawn.as_ref().map(|spreads| spreads[place]);
            measures.extend(ends(name, spread.map_err(|why| *why), parameters));
        }
        measures.extend(without_interval(ratings, scale));
        measures.extend(shares(ratings, scale));
        let spread = drawn.as_ref().ok().map(|spreads| spreads[0]);
        let has_interval = spread.is_some_and(|spread| spread.ends.is_some());
        Self {
            picture: picture(ratings, scale, alpha, has_interval),
            percent: percent(ratings),
            alpha,
            pairable: ratings.pairable(),
            units,
            has_interval,
            undefined: spread.map_or(0, |spread| spread.undefined),
            measures,
        }
    }

    /// Adds the numbers to a finding; `decisions` names what two coders decided on.
    pub(crate) fn onto(&self, finding: Finding, decisions: &str) -> Finding {
        let count = Number::count(usize::try_from(self.pairable).unwrap_or(usize::MAX));
        let finding = finding.measure(decisions, count);
        self.measures
            .iter()
            .fold(finding, |finding, (name, number)| finding.measure(name, number.clone()))
    }

    /// One of the numbers, by name.
    pub(crate) fn number(&self, name: &str) -> Number {
        let found = self.measures.iter().find(|measure| measure.0 == name);
        found.map_or_else(|| unavailable("undefined_elsewhere"), |measure| measure.1.clone())
    }
}

/// The coefficients of a scale that have an interval, by the names that readers see; α first.
fn named(scale: Scale) -> Vec<(&'static str, Coefficient)> {
    match scale {
        Scale::Ordered { .. } => vec![
            ("alpha_ordinal", Coefficient::Alpha(Metric::Ordinal)),
            ("alpha_interval", Coefficient::Alpha(Metric::Interval)),
        ],
        Scale::Code | Scale::Nominal => vec![
            ("alpha", Coefficient::Alpha(Metric::Nominal)),
            ("cohen", Coefficient::Cohen),
            ("fleiss", Coefficient::Fleiss),
            ("ac1", Coefficient::Ac1),
        ],
    }
}

/// The same without their names: what is to be drawn.
pub(crate) fn coefficients(scale: Scale) -> Vec<Coefficient> {
    named(scale).into_iter().map(|named| named.1).collect()
}

fn without_interval(ratings: &Ratings, scale: Scale) -> Vec<(String, Number)> {
    let two_by_two = scale == Scale::Code && ratings.coders() == 2;
    let wanted = [
        ("pabak", Coefficient::Pabak, !matches!(scale, Scale::Ordered { .. })),
        ("prevalence_index", Coefficient::PrevalenceIndex, two_by_two),
        ("bias_index", Coefficient::BiasIndex, two_by_two),
    ];
    wanted
        .into_iter()
        .filter(|&(_, _, applies)| applies)
        .map(|(name, coefficient, _)| (name.to_owned(), number(ratings.measure(coefficient))))
        .collect()
}

fn measured(scale: Scale, coefficient: Coefficient) -> bool {
    let interval = coefficient == Coefficient::Alpha(Metric::Interval);
    !(interval && scale == Scale::Ordered { measured: false })
}

/// What came of drawing, for [`Agreement::of`].
///
/// # Errors
/// Cancelled when the run is to stop.
pub(crate) fn drawn<T>(
    spreads: Result<T, Unsampled>,
) -> Result<Result<T, &'static str>, NoFindings> {
    match spreads {
        Ok(spreads) => Ok(Ok(spreads)),
        Err(Unsampled::TooMany) => Ok(Err("undefined_too_many")),
        Err(Unsampled::Stopped) => Err(NoFindings::Cancelled),
    }
}

fn ends(
    name: &str,
    spread: Result<Spread, &'static str>,
    parameters: &Parameters,
) -> [(String, Number); 2] {
    let rule = format!(
        "percentile bootstrap over units, {} resamples, {}% (Efron & Tibshirani 1993)",
        parameters.draws, parameters.level
    );
    let numbers = match spread {
        Err(why) => [unavailable(why), unavailable(why)],
        Ok(Spread { ends: None, .. }) => ["undefined_resamples_all"; 2].map(unavailable),
        Ok(Spread { ends: Some((lower, upper)), .. }) => {
            [lower, upper].map(|end| Number::decimal(end, &rule))
        }
    };
    let [lower, upper] = numbers;
    [(format!("{name}_lower"), lower), (format!("{name}_upper"), upper)]
}

/// What is agreed out of how much, as it was counted where two coders make it countable.
fn percent(ratings: &Ratings) -> Number {
    let value = ratings.measure(Coefficient::Percent);
    let counted = ratings.agreed_units().and_then(|(part, whole)| {
        Fraction::new(i64::try_from(part).ok()?, i64::try_from(whole).ok()?)
    });
    match (value, counted) {
        (Ok(_), Some(fraction)) => Number::Fraction(fraction),
        (Ok(amount), None) => match number(Ok(amount)) {
            Number::Ratio(fraction) => Number::Fraction(fraction),
            other => other,
        },
        (Err(why), _) => unavailable(reason(why)),
    }
}

/// The share of decisions in the category that matters: the code given, and the commonest.
fn shares(ratings: &Ratings, scale: Scale) -> Vec<(String, Number)> {
    let used = ratings.used();
    let all: u64 = used.iter().sum();
    let share = |part: u64| {
        let part = usize::try_from(part).unwrap_or(usize::MAX);
        Number::fraction(part, usize::try_from(all).unwrap_or(usize::MAX), "undefined_no_pair")
    };
    let commonest = ("commonest".to_owned(), share(used.iter().copied().max().unwrap_or(0)));
    match scale {
        Scale::Code => {
            let given = used.get(GIVEN as usize).copied().unwrap_or(0);
            vec![("prevalence".to_owned(), share(given))]
        }
        Scale::Nominal => vec![commonest],
        Scale::Ordered { .. } => Vec::new(),
    }
}

/// What the numbers say together. The wording of a paradox is a convention: agreement of at least
/// 4/5, κ of at most 2/5, at least 4/5 of the decisions in one category.
fn picture(
    ratings: &Ratings,
    scale: Scale,
    alpha: Result<Amount, Undefined>,
    has_interval: bool,
) -> Picture {
    let used = ratings.used();
    let (all, most) = (used.iter().sum::<u64>(), used.iter().copied().max().unwrap_or(0));
    let at_most = |coefficient, limit: f64| {
        ratings.measure(coefficient).is_ok_and(|value| value.value() <= limit)
    };
    let percent = ratings.measure(Coefficient::Percent);
    let high = percent.is_ok_and(|value| value.value() >= 0.8);
    let lopsided = u128::from(most) * 5 >= u128::from(all) * 4;
    match alpha {
        Err(_) => Picture::Undefined,
        Ok(value) if value == Amount::ONE => Picture::Agreed,
        Ok(_)
            if !matches!(scale, Scale::Ordered { .. })
                && high
                && lopsided
                && at_most(Coefficient::Fleiss, 0.4) =>
        {
            Picture::Paradox
        }
        Ok(_) if has_interval => Picture::Plain,
        Ok(_) => Picture::NoInterval,
    }
}

impl Picture {
    /// The template for it.
    pub(crate) fn template(self, of: &str) -> String {
        match self {
            Self::Plain => of.to_owned(),
            Self::NoInterval => format!("{of}_no_interval"),
            Self::Undefined => format!("{of}_undefined"),
            Self::Paradox => format!("{of}_paradox"),
            Self::Agreed => format!("{of}_agreed"),
        }
    }
}

/// A coefficient: exact where it fits, else a decimal number with its rule.
pub(crate) fn number(value: Result<Amount, Undefined>) -> Number {
    match value {
        Err(why) => unavailable(reason(why)),
        Ok(amount) => {
            let fraction = amount.fraction().and_then(|(part, whole)| Fraction::new(part, whole));
            let rule = "rounded, because the exact fraction needs more than 64 bits";
            fraction.map_or_else(|| Number::decimal(amount.value(), rule), Number::Ratio)
        }
    }
}

fn unavailable(reason: &str) -> Number {
    Number::not_available(reason)
}

/// The word of the manifest for a reason.
fn reason(why: Undefined) -> &'static str {
    match why {
        Undefined::OneCoder => "undefined_one_coder",
        Undefined::NoPair => "undefined_no_pair",
        Undefined::OneCategory => "undefined_one_category",
        Undefined::OneDeclared => "undefined_one_declared",
        Undefined::NotTwoCoders => "undefined_not_two_coders",
        Undefined::NotTwoCategories => "undefined_not_two_categories",
    }
}
