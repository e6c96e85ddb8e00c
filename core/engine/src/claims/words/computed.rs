//! How is what the data give said in a sentence?

use parallax_model::Interval;
use parallax_model::claim::{Computed, Expected, Unit};
use parallax_model::row::{ClaimKind, ClaimState, ClaimUnit};
use parallax_model::settings::Language;

use super::{Words, list};
use crate::claims::Assessed;

impl Words<'_> {
    /// What the data give, as a part of a sentence.
    pub(super) fn computed(&self, one: &Assessed<'_>) -> String {
        match &one.judgement.computed {
            Computed::Nothing => self.pick("so says its script", "zo zegt het script"),
            Computed::Value(value) => self
                .pick(&format!("its script gives {value}"), &format!("het script geeft {value}")),
            Computed::Count { count, of, mixed, silent } => {
                self.count(one, (*count, *of), *mixed, *silent)
            }
            Computed::Set { certain, possible } => self.set(certain, possible),
            Computed::Beside { own, of, others } => self.beside(one, (*own, *of), others),
            Computed::Agreement { agreement, known, of } => {
                let differ = match (one.claim.expected == Expected::No, self.language) {
                    (true, Language::En) => "people differ; ",
                    (true, Language::Nl) => "mensen verschillen; ",
                    (false, _) => "",
                };
                let share = agreement.map_or_else(
                    || self.pick("not available", "niet beschikbaar"),
                    |agreement| agreement.to_string(),
                );
                match self.language {
                    Language::En => format!(
                        "{differ}agreement over the pairs of people is {share} on average ({known} of {of} people known)"
                    ),
                    Language::Nl => format!(
                        "{differ}de overeenstemming over de paren van mensen is gemiddeld {share} ({known} van {of} mensen bekend)"
                    ),
                }
            }
            Computed::People { here, fits, interviewed } => self.people(*here, *fits, *interviewed),
            Computed::Mentions { sum, people } => self.mentions(*sum, *people),
        }
    }

    fn count(
        &self,
        one: &Assessed<'_>,
        (count, of): (Interval, Interval),
        mixed: usize,
        silent: usize,
    ) -> String {
        // What is counted is all there is of it: the whole says nothing more.
        let alone =
            one.claim.unit == ClaimUnit::Source || (one.claim.codes.is_empty() && count == of);
        if alone {
            let whole = self.counted(one.claim.unit, count.upper);
            return format!("{} {whole}", self.between(count));
        }
        let whole = self.counted(one.claim.unit, of.upper);
        let mut said = if of.lower < of.upper && !one.judgement.base_is_open {
            let base = self.between(of);
            format!("{} {} {base} {whole}", self.between(count), self.pick("of", "van de"))
        } else if of.lower < of.upper {
            let asked = self.pick("asked", "gevraagd");
            format!("{}; {} {whole} {asked}", self.between(count), self.between(of))
        } else {
            format!("{} {} {} {whole}", self.between(count), self.pick("of", "van de"), of.upper)
        };
        let is_whole = matches!(one.claim.kind, Some(ClaimKind::All | ClaimKind::Consensus));
        let affirmed = one.claim.state.unwrap_or_default() == ClaimState::Affirm;
        if mixed > 0 && affirmed && one.claim.unit == ClaimUnit::Person {
            said += &match self.language {
                Language::En => format!(", {mixed} more on a condition"),
                Language::Nl => format!(", nog {mixed} onder een voorwaarde"),
            };
        }
        if silent > 0 && is_whole {
            said += &match self.language {
                Language::En => format!(", {silent} asked and silent"),
                Language::Nl => format!(", {silent} gevraagd en zwijgend"),
            };
        }
        said
    }

    /// What is counted, for so many of them.
    fn counted(&self, unit: ClaimUnit, number: usize) -> &'static str {
        match (unit, number == 1, self.language) {
            (ClaimUnit::Case, true, Language::En) => "case",
            (ClaimUnit::Case, false, Language::En) => "cases",
            (ClaimUnit::Case, true, Language::Nl) => "casus",
            (ClaimUnit::Case, false, Language::Nl) => "casussen",
            (ClaimUnit::Source, true, Language::En) => "conversation",
            (ClaimUnit::Source, false, Language::En) => "conversations",
            (ClaimUnit::Source, true, Language::Nl) => "gesprek",
            (ClaimUnit::Source, false, Language::Nl) => "gesprekken",
            (_, true, Language::En) => "person",
            (_, false, Language::En) => "people",
            (_, true, Language::Nl) => "persoon",
            (_, false, Language::Nl) => "mensen",
        }
    }

    fn between(&self, count: Interval) -> String {
        if count.lower == count.upper {
            return count.lower.to_string();
        }
        format!("{} {} {}", count.lower, self.pick("to", "tot"), count.upper)
    }

    fn set(&self, certain: &[Unit], possible: &[Unit]) -> String {
        let number = |units: &[Unit]| match units.len() {
            0 => String::new(),
            // A set of many is told by its size first.
            len => format!(" ({len})"),
        };
        let sure = match certain {
            [] => self.pick("nobody for certain", "niemand met zekerheid"),
            certain => format!("{}{}", self.units(certain), number(certain)),
        };
        match possible {
            [] if certain.is_empty() => self.pick("none", "geen"),
            [] => sure,
            possible => {
                let names = self.units(possible);
                match self.language {
                    Language::En => format!("{sure}; of {names} it is not known"),
                    Language::Nl => format!("{sure}; van {names} is het niet bekend"),
                }
            }
        }
    }

    fn beside(
        &self,
        one: &Assessed<'_>,
        (own, of): (Interval, usize),
        others: &[(Option<u32>, Interval)],
    ) -> String {
        let scope = self.people_named(one.row.scope.as_deref().unwrap_or(""));
        let by_people = others.iter().any(|(code, _)| code.is_none());
        let own_name = if by_people { scope } else { self.code(one.claim.code()) };
        let colon = if by_people { ":" } else { "" };
        let mut parts = vec![format!("{own_name}{colon} {}", self.between(own))];
        for (code, count) in others {
            let name = match code {
                Some(code) => self.code(*code),
                None => {
                    let expected = one.row.expected.as_deref().unwrap_or("").trim();
                    self.people_named(expected.trim_start_matches(['<', '>', '=', ' ']))
                }
            };
            parts.push(format!("{name}{colon} {}", self.between(*count)));
        }
        if by_people {
            return parts.join(", ");
        }
        let compared = list(&parts, self.language);
        let whole = self.counted(one.claim.unit, of);
        match self.language {
            Language::En => format!("of {of} {whole} {compared}"),
            Language::Nl => format!("van de {of} {whole} {compared}"),
        }
    }

    fn people(&self, here: usize, fits: Option<i64>, interviewed: usize) -> String {
        let fits = match (fits, self.language) {
            (Some(people), Language::En) => format!("the sum fits {people} people"),
            (Some(people), Language::Nl) => format!("de som past bij {people} mensen"),
            (None, Language::En) => "the sum fits no number of people".to_owned(),
            (None, Language::Nl) => "de som past bij geen enkel aantal mensen".to_owned(),
        };
        match self.language {
            Language::En => format!("{fits}; {here} were analysed and {interviewed} interviewed"),
            Language::Nl => {
                format!("{fits}; {here} zijn geanalyseerd en {interviewed} geïnterviewd")
            }
        }
    }

    fn mentions(&self, sum: i64, people: i64) -> String {
        let several = sum - people;
        if several <= 0 {
            return self.pick(
                &format!("{sum} mentions by {people} people"),
                &format!("{sum} vermeldingen door {people} mensen"),
            );
        }
        match self.language {
            Language::En => format!(
                "{sum} mentions by {people} people, so that at least {several} of them are not the first of whoever made them"
            ),
            Language::Nl => format!(
                "{sum} vermeldingen door {people} mensen, zodat ten minste {several} ervan niet de eerste zijn van wie ze deed"
            ),
        }
    }
}
