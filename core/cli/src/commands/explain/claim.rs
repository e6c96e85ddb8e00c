//! What does a verdict on a claim of the report say, and what does a check look at?

use parallax_engine::model::settings::Language;
use parallax_engine::model::{Check, Verdict};

/// The words that can be asked for.
pub(crate) fn words<'w>() -> impl Iterator<Item = &'w str> {
    let verdicts = Verdict::ALL.into_iter().map(|verdict| verdict.word());
    verdicts.chain(Check::ALL.into_iter().map(|check| check.word()))
}

/// What there is to say of a verdict, a check or, for `drift`, both; in whichever of its languages
/// it is asked for, `presupposition failed` and `presupposition-failed` alike.
pub(super) fn page(subject: &str) -> Option<String> {
    let verdict = Verdict::ALL.into_iter().find(|&verdict| {
        is_meant(subject, verdict.word(), |language| verdict.in_language(language))
    });
    let check = Check::ALL
        .into_iter()
        .find(|&check| is_meant(subject, check.word(), |language| check.in_language(language)));
    let parts: Vec<String> =
        verdict.map(of_verdict).into_iter().chain(check.map(of_check)).collect();
    (!parts.is_empty()).then(|| parts.join("\n"))
}

fn is_meant(subject: &str, word: &str, name: impl Fn(Language) -> &'static str) -> bool {
    let plain = |text: &str| text.to_lowercase().replace(['-', '_'], " ");
    let subject = plain(subject);
    [word, name(Language::En), name(Language::Nl)].iter().any(|known| plain(known) == subject)
}

fn of_verdict(verdict: Verdict) -> String {
    format!(
        "{}  (a verdict on a claim of the report)\n\n{}\n\n{}\n",
        verdict.word(),
        verdict.meaning(Language::En),
        what_to_do(verdict)
    )
}

fn of_check(check: Check) -> String {
    format!(
        "{}  (a check of the claims of the report)\n\n{}\n\n\
         What it notices stands beside the verdict as a note, or below the claims where it is\n\
         about several of them.\n",
        check.word(),
        check.meaning(Language::En)
    )
}

/// What whoever wrote or reads the report can do about it.
fn what_to_do(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Supported => {
            "Nothing is to be done. `parallax trace` with the claim's id shows on which statements it\n\
             rests, and the report in how many other readings it holds."
        }
        Verdict::Contradicted => {
            "Either the sentence is wrong, or a row of the tables is, or the claim is written down in\n\
             claims.csv as something else than the sentence means. Look at the statements first:\n\
             `parallax trace` with the claim's id shows them, those against it too."
        }
        Verdict::Undetermined => {
            "The people of whom one would have to know more are named beside the verdict. Until they are\n\
             asked, or their interviews coded for it, the sentence says more than the data do."
        }
        Verdict::PresuppositionFailed => {
            "A role, a person or a case is missing from participants.csv, or was left out of the analysis,\n\
             or the sentence generalises to somebody whom no interview was held with."
        }
        Verdict::Unsupported => {
            "If there are statements about it, they are not coded, or under another code than claims.csv\n\
             names. If there are none, the sentence rests on something else than these interviews."
        }
        Verdict::Drift => {
            "Compare the places, and take over the wording that the data bear out. The note beside the\n\
             verdict names the other place."
        }
        Verdict::NotCheckable => {
            "This is no judgement of the sentence. It may be checked by hand, or with a script of the\n\
             study's own where the tables can be made to hold what it is about."
        }
        Verdict::AsEntered => {
            "A report that is coded into tables confirms itself. With the interviews coded instead of the\n\
             sentence, the claim can be tested."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verdict_is_known_by_each_of_its_names() {
        for name in
            ["presupposition_failed", "Presupposition-failed", "vooronderstelling klopt niet"]
        {
            let page = page(name).unwrap_or_default();
            assert!(page.starts_with("presupposition_failed  (a verdict"), "{name}: {page}");
        }
        assert!(words().all(|word| page(word).is_some()));
        let drift = page("drift").unwrap_or_default();
        assert!(drift.contains("(a verdict") && drift.contains("(a check"), "{drift}");
        assert_eq!(page("R201"), None);
    }
}
