//! What is there to notice beside the verdicts?

use parallax_model::claim::{Check, Computed, Expected, Outcome, Truth};
use parallax_model::document::PublishedNote;
use parallax_model::row::{ClaimKind, ClaimState, CodeOrigin, CodeStatus, Inclusion};
use parallax_model::settings::Language;
use parallax_model::{Interval, NONE, Reading, Study};

use super::words::{Words, list};
use super::{Assessed, Claims};

/// What is to notice about one claim.
pub(super) fn about(words: &Words<'_>, one: &Assessed<'_>) -> Vec<PublishedNote> {
    let notes = [
        percentage(words, one),
        base(words, one),
        partition(words, one),
        union(words, one),
        silence(words, one),
    ];
    notes.into_iter().flatten().collect()
}

fn note(check: Check, text: String) -> Option<PublishedNote> {
    Some(PublishedNote { check, text })
}

/// Whether a printed percentage can come from its fraction, or from any number of the people.
fn percentage(words: &Words<'_>, one: &Assessed<'_>) -> Option<PublishedNote> {
    let said = match &one.claim.expected {
        Expected::Part { part, percent: Some(percent) } => {
            let fits = percent.is_of(*part);
            match (fits, words.language) {
                (true, Language::En) => {
                    format!("{part} is printed as {percent}, which it rounds to")
                }
                (true, Language::Nl) => {
                    format!("{part} staat er als {percent}, waar het op afrondt")
                }
                (false, Language::En) => {
                    format!("{part} is printed as {percent}, which it does not round to")
                }
                (false, Language::Nl) => {
                    format!("{part} staat er als {percent}, waar het niet op afrondt")
                }
            }
        }
        Expected::Percent(percent) => {
            let Computed::Count { of, .. } = one.judgement.computed else { return None };
            let fits = |n: usize| {
                let part = |k: usize| {
                    let (k, n) = (i64::try_from(k).ok()?, i64::try_from(n).ok()?);
                    parallax_model::Fraction::new(k, n)
                };
                (0..=n).any(|k| part(k).is_some_and(|part| percent.is_of(part)))
            };
            // From a hundred people on every whole percentage can come out.
            if of.upper == 0 || (of.lower.max(1)..=of.upper).any(fits) {
                return None;
            }
            let n = of.upper;
            match words.language {
                Language::En => format!("no number of {n} people rounds to {percent}"),
                Language::Nl => format!("geen aantal van {n} mensen rondt af op {percent}"),
            }
        }
        _ => return None,
    };
    note(Check::Percentage, said)
}

/// How many were interviewed, left out or not; who withdrew is in no count.
fn interviewed(words: &Words<'_>) -> usize {
    words.study.inclusions().iter().filter(|&&one| one != Inclusion::Withdrawn).count()
}

/// A number of people, or a part whose whole is another number of people than there are.
fn base(words: &Words<'_>, one: &Assessed<'_>) -> Option<PublishedNote> {
    if let Some(people) = one.claim.reported_sample() {
        return sample(words, one, people);
    }
    let (Expected::Part { part, .. }, Computed::Count { of, .. }) =
        (&one.claim.expected, &one.judgement.computed)
    else {
        return None;
    };
    let (whole, here) = (part.denominator(), *of);
    if here == (Interval { lower: here.upper, upper: here.upper })
        && usize::try_from(whole) == Ok(here.upper)
    {
        return None;
    }
    let is_everybody = usize::try_from(whole) == Ok(interviewed(words));
    let of_whom = match (is_everybody, words.language) {
        (true, Language::En) => ", which is everybody who was interviewed, left out or not",
        (true, Language::Nl) => {
            ", en dat is iedereen die is geïnterviewd, ook wie buiten de analyse blijft"
        }
        (false, _) => "",
    };
    let here = match here.lower == here.upper {
        true => here.upper.to_string(),
        false => format!("{}–{}", here.lower, here.upper),
    };
    let said = match words.language {
        Language::En => format!("it is out of {whole}{of_whom}; the data have {here}"),
        Language::Nl => format!("het is van de {whole}{of_whom}; de gegevens hebben {here}"),
    };
    note(Check::Denominator, said)
}

/// A number for the whole sample that counts those who were left out as well.
fn sample(words: &Words<'_>, one: &Assessed<'_>, people: i64) -> Option<PublishedNote> {
    let falls = one.judgement.outcome == Outcome::Is(Truth::False);
    if !falls || usize::try_from(people) != Ok(interviewed(words)) {
        return None;
    }
    let said = match words.language {
        Language::En => format!(
            "{people} is everybody who was interviewed; of a claim about the interviews, write `include_excluded` under scope"
        ),
        Language::Nl => format!(
            "{people} is iedereen die is geïnterviewd; gaat de bewering over de interviews, zet dan `include_excluded` onder scope"
        ),
    };
    note(Check::Denominator, said)
}

/// Parts and the number of people that they sum to.
fn partition(words: &Words<'_>, one: &Assessed<'_>) -> Option<PublishedNote> {
    let (Expected::Sum(sum), Computed::People { here, fits, .. }) =
        (&one.claim.expected, &one.judgement.computed)
    else {
        return None;
    };
    let fits = (*fits)?;
    let everybody = words.study.participants().len();
    // A sum that takes off the number of people is about interviews with several at once.
    let takes_off = |side: &str| side.contains('n') && side.contains('-');
    let check = if sum.people != 0 && one.row.expected.as_deref()?.split('=').any(takes_off) {
        Check::JointInterview
    } else {
        Check::Partition
    };
    let said = match words.language {
        Language::En => format!(
            "true of {fits} people: the scope has {here}, the table of participants {everybody}"
        ),
        Language::Nl => format!(
            "klopt voor {fits} mensen: het bereik heeft er {here}, de tabel van deelnemers {everybody}"
        ),
    };
    note(check, said)
}

fn union(words: &Words<'_>, one: &Assessed<'_>) -> Option<PublishedNote> {
    let Expected::Union { people, parts } = &one.claim.expected else { return None };
    let (sum, most) = (parts.iter().sum::<i64>(), parts.iter().max()?);
    let said = match words.language {
        Language::En => format!(
            "between {most} and {sum} people can have made these mentions; the report says {people}"
        ),
        Language::Nl => format!(
            "tussen {most} en {sum} mensen kunnen deze vermeldingen hebben gedaan; het verslag zegt {people}"
        ),
    };
    note(Check::Union, said)
}

/// Silence that a claim of everybody counts as an answer.
fn silence(words: &Words<'_>, one: &Assessed<'_>) -> Option<PublishedNote> {
    let of_all = matches!(one.claim.kind, Some(ClaimKind::All | ClaimKind::Consensus));
    let falls = one.judgement.outcome == Outcome::Is(Truth::False);
    let Computed::Count { count, of, .. } = &one.judgement.computed else { return None };
    let denied =
        one.judgement.evidence.iter().any(|e| e.weight == parallax_model::Weight::Contrary);
    let silent = of.upper.saturating_sub(count.upper);
    let affirms = one.claim.state.unwrap_or_default() == ClaimState::Affirm;
    if !affirms || !of_all || !falls || denied || silent == 0 || one.claim.codes.is_empty() {
        return None;
    }
    let said = match words.language {
        Language::En => format!(
            "nobody denies it; at least {silent} did not say it, which a claim of everybody counts as assent"
        ),
        Language::Nl => format!(
            "niemand ontkent het; het aantal dat het niet zei is ten minste {silent}, wat een bewering over iedereen als instemming telt"
        ),
    };
    note(Check::Silence, said)
}

impl Claims<'_> {
    /// What is to notice about the claims, the codes and the names of a study as a whole.
    ///
    /// `texts` are the files of the study, by name, but for study.yaml, which lists the hidden
    /// names.
    #[must_use]
    pub fn about_all<'t>(
        &self,
        reading: &Reading<'static>,
        texts: impl Iterator<Item = (&'t str, &'t str)>,
    ) -> Vec<PublishedNote> {
        let study = self.study;
        let words = Words { study, reading, language: study.settings().language };
        let mut notes = aliases(&words);
        notes.extend(codes(&words, Check::RemovedCode, &removed_in_use(study)));
        notes.extend(codes(&words, Check::UncodebookedCode, &uncodebooked(study)));
        notes.extend(codes(&words, Check::UnreportedCode, &unreported(study)));
        notes.extend(texts.filter_map(|(file, text)| leak(&words, file, text)));
        notes
    }
}

/// A file in which names stand that the study says are hidden; the names are not repeated.
fn leak(words: &Words<'_>, file: &str, text: &str) -> Option<PublishedNote> {
    let hidden = &words.study.settings().hidden;
    let names = hidden.iter().map(|name| name.trim().to_lowercase()).filter(|n| !n.is_empty());
    let names: Vec<String> = names.collect();
    if names.is_empty() {
        return None;
    }
    let lines = (1..).zip(text.lines());
    let found = lines.filter(|(_, line)| names.iter().any(|name| has_word(line, name)));
    let lines: Vec<String> = found.map(|(number, _)| number.to_string()).collect();
    if lines.is_empty() {
        return None;
    }
    let at = list(&lines, words.language);
    let said = match words.language {
        Language::En => format!("a name that the study says is hidden stands in {file}, line {at}"),
        Language::Nl => {
            format!("een naam die volgens het onderzoek verborgen is staat in {file}, regel {at}")
        }
    };
    note(Check::Identifier, said)
}

/// Whether a name stands in a line as a word of its own, in capitals or not.
fn has_word(line: &str, name: &str) -> bool {
    let line = line.to_lowercase();
    line.match_indices(name).any(|(at, _)| {
        let is_letter = |sign: Option<char>| sign.is_some_and(char::is_alphanumeric);
        !is_letter(line[..at].chars().next_back())
            && !is_letter(line[at + name.len()..].chars().next())
    })
}

fn aliases(words: &Words<'_>) -> Vec<PublishedNote> {
    let roles = &words.study.settings().roles;
    let language = words.language.code();
    let mut found = Vec::new();
    for (at, role) in roles.iter().enumerate() {
        for other in &roles[at + 1..] {
            for alias in role.aliases.iter().filter(|alias| other.aliases.contains(alias)) {
                let (a, b) = (role.label.in_language(language), other.label.in_language(language));
                let said = match words.language {
                    Language::En => format!("“{alias}” names two roles: {a} and {b}"),
                    Language::Nl => format!("“{alias}” is de naam van twee rollen: {a} en {b}"),
                };
                found.extend(note(Check::Alias, said));
            }
        }
    }
    found
}

fn codes(words: &Words<'_>, check: Check, found: &[u32]) -> Option<PublishedNote> {
    if found.is_empty() {
        return None;
    }
    let names: Vec<String> = found.iter().map(|&code| words.code(code)).collect();
    let names = list(&names, words.language);
    let said = match (check, words.language) {
        (Check::RemovedCode, Language::En) => {
            format!("used though removed from the codebook: {names}")
        }
        (Check::RemovedCode, Language::Nl) => {
            format!("gebruikt hoewel uit het codeboek gehaald: {names}")
        }
        (Check::UncodebookedCode, Language::En) => {
            format!("used though the published codebook does not have them: {names}")
        }
        (Check::UncodebookedCode, Language::Nl) => {
            format!("gebruikt hoewel het gepubliceerde codeboek ze niet heeft: {names}")
        }
        (_, Language::En) => format!("codes of which no claim speaks: {names}"),
        (_, Language::Nl) => format!("codes waarover geen bewering gaat: {names}"),
    };
    note(check, said)
}

/// Removed codes under which people speak, or on which claims rest.
fn removed_in_use(study: &Study) -> Vec<u32> {
    let used = used(study);
    let claimed = |code: u32| {
        let tests = |claim: &&parallax_model::claim::Claim| claim.codes.contains(&code);
        study.claims().iter().flatten().any(|claim| tests(&claim))
    };
    let codes = (0_u32..).zip(study.code_rows());
    let removed = codes.filter(|(_, row)| row.status == CodeStatus::Removed);
    removed.map(|(code, _)| code).filter(|&code| used[code as usize] || claimed(code)).collect()
}

/// Codes in use that only a table or the running text of the report has.
fn uncodebooked(study: &Study) -> Vec<u32> {
    let used = used(study);
    let codes = (0_u32..).zip(study.code_rows());
    let absent = codes
        .filter(|(_, row)| matches!(row.origin, Some(CodeOrigin::TableOnly | CodeOrigin::Prose)));
    absent.map(|(code, _)| code).filter(|&code| used[code as usize]).collect()
}

/// Codes of the codebook, without codes below, of which no claim speaks: not of them, and not of
/// what stands above them.
fn unreported(study: &Study) -> Vec<u32> {
    let codes = study.codes();
    let claimed: Vec<u32> =
        study.claims().iter().flatten().flat_map(|claim| claim.codes.iter().copied()).collect();
    let is_parent = |code: u32| codes.parents.contains(&code);
    let spoken_of = |code: u32| codes.upward(code).any(|above| claimed.contains(&above));
    let active = |code: u32| codes.removed.get(code as usize) != Some(&1);
    if claimed.is_empty() {
        return Vec::new();
    }
    (0_u32..)
        .take(codes.len())
        .filter(|&code| active(code) && !is_parent(code) && !spoken_of(code))
        .collect()
}

/// Whether people speak under each code, or a constraint counts it.
fn used(study: &Study) -> Vec<bool> {
    let mut used = vec![false; study.codes().len()];
    let constraints = study.constraints().iter().map(|constraint| constraint.code);
    for code in study.statements().codes.iter().copied().chain(constraints) {
        if code != NONE && (code as usize) < used.len() {
            used[code as usize] = true;
        }
    }
    used
}
