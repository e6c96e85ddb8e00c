//! How does a report show how far findings depend on choices?

use parallax_model::document::{
    Across, Depth, FindingsDocument, PublishedChoice, PublishedFinding, RobustnessSummary,
    Standing, Steadiness,
};
use parallax_model::number::{Number, nine_digits};
use parallax_model::settings::Language;

use super::csv;
use super::words::{Word, counted};

/// Under how many readings everything was looked at, in a sentence.
pub(super) fn looked_at(summary: &RobustnessSummary, language: Language) -> String {
    let (all, different) = (summary.readings, summary.distinct);
    let mut text = match language {
        Language::En => format!(
            "Every finding was looked at under {all} readings, {different} of them different."
        ),
        Language::Nl => format!(
            "Elke bevinding is onder {all} lezingen bekeken, waarvan er {different} verschillen."
        ),
    };
    if summary.left_out > 0 && summary.depth == Depth::OneChange {
        let more = summary.left_out;
        text.push_str(&match language {
            Language::En => format!(
                " Each changes one choice; `parallax robustness` looks at {more} more, with several changes at once."
            ),
            Language::Nl => format!(
                " Elk verandert één keuze; `parallax robustness` bekijkt er nog {more}, met meer veranderingen tegelijk."
            ),
        });
    } else if summary.left_out > 0 {
        let more = summary.left_out;
        text.push_str(&match language {
            Language::En => format!(
                " {more} more, those with the most changes at once, are beyond the study's limit."
            ),
            Language::Nl => format!(
                " Nog {more}, die met de meeste veranderingen tegelijk, vallen buiten de grens van de studie."
            ),
        });
    }
    if summary.impossible > 0 {
        let none = summary.impossible;
        text.push_str(&match language {
            Language::En => format!(" Combinations that the study does not offer: {none}."),
            Language::Nl => format!(" Combinaties die de studie niet toelaat: {none}."),
        });
    }
    text
}

/// Whether reasons tell the options of a choice apart.
pub(super) fn standing(standing: Standing) -> Word {
    match standing {
        Standing::Principled => Word::Principled,
        Standing::Arbitrary => Word::Arbitrary,
    }
}

/// How a choice is varied.
pub(super) fn crossed(choice: &PublishedChoice) -> Word {
    if choice.crossed { Word::Crossed } else { Word::OneByOne }
}

/// The options of a choice in a few words: all of them, or the first and how many more.
pub(super) fn options(choice: &PublishedChoice, language: Language) -> String {
    const MOST: usize = 8;
    let mut named: Vec<String> =
        choice.options.iter().take(MOST).map(|option| option.label.clone()).collect();
    if choice.options.len() > MOST {
        named.push(format!(
            "+{} {}",
            choice.options.len() - MOST,
            Word::MoreOptions.text(language)
        ));
    }
    named.join("; ")
}

/// In how many of the readings a finding is the same: `9/12`; blank where it was not looked at.
pub(super) fn share(finding: &PublishedFinding) -> String {
    let steadiness = finding.robustness.as_ref();
    steadiness.map_or_else(String::new, |steady| format!("{}/{}", steady.same, steady.readings))
}

/// Everything for a terminal: the readings, the choices, and each finding with its measures.
#[must_use]
pub fn robustness_table(document: &FindingsDocument) -> String {
    let language = document.study.language;
    let word = |word: Word| word.text(language);
    let Some(summary) = &document.robustness else { return String::new() };
    let mut page = format!("{}\n{}\n\n", document.study.title, looked_at(summary, language));
    page.push_str(&format!("{}\n", word(Word::Varied)));
    for choice in &summary.choices {
        let (standing, crossed) = (word(standing(choice.standing)), word(crossed(choice)));
        page.push_str(&format!("  {}: {} · {standing} · {crossed}\n", choice.id, choice.label));
        if !choice.why.is_empty() {
            page.push_str(&format!("    {}\n", choice.why));
        }
        for (at, option) in choice.options.iter().enumerate() {
            let here = if at == 0 { "*" } else { " " };
            page.push_str(&format!("  {here} {}: {}\n", option.id, option.label));
        }
    }
    page.push_str(&format!("\n{}\n", word(Word::Findings)));
    for finding in &document.findings {
        let Some(steady) = &finding.robustness else { continue };
        page.push_str(&format!("{}\n  {}\n", finding.id, steady.sentence));
        for flip in &steady.flips {
            page.push_str(&format!("    {}\n", flip.text));
        }
        for measure in &finding.measures {
            let Some(across) = &measure.across else { continue };
            let range = match across.text.as_str() {
                "" => String::new(),
                text => format!(" · {text}"),
            };
            let missing = match across.missing {
                0 => String::new(),
                missing => format!(" ({} {})", missing, word(Word::WithoutValue)),
            };
            page.push_str(&format!("  {}: {}{range}{missing}\n", measure.label, measure.text));
        }
    }
    for claim in &document.claims {
        let Some(steady) = &claim.robustness else { continue };
        page.push_str(&format!("{}: {}\n  {}\n", claim.id, claim.word, steady.sentence));
        for flip in &steady.flips {
            page.push_str(&format!("    {}\n", flip.text));
        }
    }
    let number = document.findings.iter().filter(|finding| finding.robustness.is_some()).count();
    let number = counted(number, Word::FindingOne, Word::FindingMany, language);
    page.push_str(&format!("\n{number}\n"));
    page
}

/// Everything as CSV: one row for each finding with its flips, one for each of its measures, and one
/// for each claim.
///
/// Numbers stand exactly (`23/47`, `[3, 7]`) and, but for intervals, as decimals. Fields are
/// separated by commas, and nothing in them is taken for a formula.
#[must_use]
pub fn robustness_csv(document: &FindingsDocument) -> String {
    let heads = [
        "finding",
        "measure",
        "label",
        "value",
        "least",
        "median",
        "most",
        "least_decimal",
        "median_decimal",
        "most_decimal",
        "different_values",
        "with_value",
        "without_value",
        "same",
        "readings",
        "flips",
        "more_flips",
    ];
    let mut lines = vec![heads.map(str::to_owned).to_vec()];
    for finding in &document.findings {
        let Some(steady) = &finding.robustness else { continue };
        let mut line = vec![finding.id.clone(), String::new(), csv::harmless(&finding.title)];
        line.resize(heads.len() - 4, String::new());
        line.extend(held(steady));
        lines.push(line);
        for measure in &finding.measures {
            let Some(across) = &measure.across else { continue };
            let mut line = vec![
                finding.id.clone(),
                measure.name.clone(),
                csv::harmless(&measure.label),
                exact(&measure.number),
            ];
            line.extend(ranged(across));
            line.resize(heads.len(), String::new());
            lines.push(line);
        }
    }
    for claim in &document.claims {
        let Some(steady) = &claim.robustness else { continue };
        let mut line = vec![csv::harmless(&claim.id), String::new(), claim.word.clone()];
        line.resize(heads.len() - 4, String::new());
        line.extend(held(steady));
        lines.push(line);
    }
    csv::written(lines.into_iter())
}

/// In how many readings something is the same, and what changes it.
fn held(steady: &Steadiness) -> [String; 4] {
    let flips = steady.flips.iter();
    let flips = flips.map(|flip| format!("{} -> {}", flip.options.join(" + "), flip.becomes));
    let flips: Vec<String> = flips.collect();
    [
        steady.same.to_string(),
        steady.readings.to_string(),
        csv::harmless(&flips.join("; ")),
        steady.more_flips.to_string(),
    ]
}

fn ranged(across: &Across) -> Vec<String> {
    let numbers = [&across.least, &across.median, &across.most];
    let decimal = |number: &&Number| {
        csv::value(number).map_or_else(String::new, |value| nine_digits(value).to_string())
    };
    let exactly = numbers.iter().map(|number| exact(number));
    let counts = [across.values, across.readings, across.missing];
    let mut fields: Vec<String> = exactly.collect();
    fields.extend(numbers.iter().map(decimal));
    fields.extend(counts.iter().map(usize::to_string));
    fields
}

/// A number as it was counted; blank where there is none.
fn exact(number: &Number) -> String {
    match number {
        Number::NotAvailable { .. } => String::new(),
        Number::Decimal { value, .. } => nine_digits(*value).to_string(),
        number => number.to_string(),
    }
}
