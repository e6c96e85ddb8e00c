//! Is what a study asks for by name, version and SHA-256 what there is?

use parallax_model::settings::Use;
use parallax_model::{Kind, Problem, Spot};

use crate::shelf::offer::{NotTaken, is_sha256, is_version};
use crate::shelf::{Analysis, Body, Offer, Shelf};

/// What is wrong with what one entry asks for. Where it is offered beside the shelf, it joins it.
pub(super) fn check(row: usize, wanted: &Use, shelf: &mut Shelf) -> Vec<Problem> {
    if let Some(analysis) = shelf.get(&wanted.analysis) {
        let mut problems: Vec<Problem> = of_another(row, wanted, analysis).into_iter().collect();
        let hides =
            analysis.library_sha256().is_none() && shelf.offered(&wanted.analysis).next().is_some();
        problems.extend(hides.then(|| hidden(row, wanted, analysis)));
        return problems;
    }
    let offers: Vec<&Offer> = shelf.offered(&wanted.analysis).collect();
    if offers.is_empty() {
        return vec![unknown(row, wanted, shelf)];
    }
    let taken = match offers.iter().find(|offer| offer.fits(wanted)) {
        None => Err(NotTaken::Other),
        Some(offer) => offer.unchanged().map(|()| (*offer).clone()),
    };
    match taken {
        Err(why) => vec![not_taken(row, wanted, &offers, &why)],
        Ok(offer) => {
            let added = offer
                .body()
                .and_then(|body| shelf.add(body).map_err(|refused| refused.to_string()));
            let message = |why| format!("the plugin `{}` cannot be used: {why}", wanted.analysis);
            let told = added.map_err(|why| other(row, "use", message(why)));
            told.err().into_iter().collect()
        }
    }
}

fn at(row: usize, key: &str) -> Spot {
    Spot::Setting(format!("/analyses/{row}/{key}"))
}

fn other(row: usize, key: &str, message: String) -> Problem {
    Problem::new(Kind::OtherAnalysis, at(row, key), message).label("not what is there")
}

/// Nothing is called so, and nobody trusts anything that is.
fn unknown(row: usize, wanted: &Use, shelf: &Shelf) -> Problem {
    let known: Vec<&str> = shelf.iter().map(|a| a.manifest().id.as_str()).collect();
    let message = format!("unknown analysis `{}`", wanted.analysis);
    Problem::new(Kind::UnknownAnalysis, at(row, "use"), message)
        .label("no plugin and no script is called this")
        .help(format!(
            "use one of: {}; a plugin of somebody else is there once you trust it: `parallax plugin \
             trust <library>`",
            known.join(", ")
        ))
}

/// An analysis that is there, and is not the one that is asked for.
fn of_another(row: usize, wanted: &Use, analysis: &Analysis) -> Option<Problem> {
    let (id, is) = (&wanted.analysis, &analysis.manifest().version);
    let without = match analysis.body() {
        Body::Script(_) => Some("is a script, which has none to ask for"),
        Body::Native(_) => Some("comes with the program, which has one version of it"),
        // One that joined the shelf is the one that was asked for.
        Body::Outside(_) => None,
    };
    if let (Some(why), Some(_)) = (without, &wanted.sha256) {
        let message = format!("the analysis `{id}` is asked for by SHA-256, and {why}");
        let help =
            "remove `sha256`; what was found is held on to by accepting it: `parallax review`";
        return Some(other(row, "sha256", message).help(help));
    }
    let asked = wanted.version.as_ref().filter(|version| *version != is)?;
    let message = format!("the analysis `{id}` is asked for in {}, and is {is}", version(asked));
    let help = "correct or remove `version`; an analysis that comes with the program has one version, \
                and a script the one in its header";
    Some(other(row, "version", message).help(help))
}

/// A plugin that somebody trusts, and an analysis of the same id that needs no trust.
fn hidden(row: usize, wanted: &Use, analysis: &Analysis) -> Problem {
    let id = &wanted.analysis;
    let what = match analysis.body() {
        Body::Script(_) => "a script with that id",
        _ => "an analysis of the program with that id",
    };
    let message = format!("the plugin `{id}` that you trust is not used: {what} runs");
    Problem::new(Kind::HiddenPlugin, at(row, "use"), message)
        .label("two analyses are called this")
        .help(format!("give one of the two another id, or `parallax plugin forget {id}`"))
}

/// A plugin that is trusted, and cannot be what the study gets.
fn not_taken(row: usize, wanted: &Use, offers: &[&Offer], why: &NotTaken) -> Problem {
    let id = &wanted.analysis;
    let again = "get the library that was trusted, and `parallax plugin trust <library>` again";
    match why {
        NotTaken::Changed { trusted, found } => other(
            row,
            "use",
            format!(
                "the copy of the plugin `{id}` is not what you trusted: its SHA-256 was {trusted}, \
                 and is {found}"
            ),
        )
        .help(format!("nothing of it was run; {again}")),
        NotTaken::Unreadable(reason) => {
            other(row, "use", format!("the copy of the plugin `{id}` cannot be read: {reason}"))
                .help(again)
        }
        NotTaken::Other => {
            let there: Vec<String> = offers
                .iter()
                .map(|offer| format!("{} (SHA-256 {})", offer.manifest.version, offer.sha256))
                .collect();
            let (key, asked) = asked(wanted);
            let message = format!(
                "the plugin `{id}` is asked for {asked}, and you trust {}",
                there.join(" and ")
            );
            other(row, key, message).help(
                "trust the one that is asked for, `parallax plugin trust <library>`, or correct what \
                 is asked for",
            )
        }
    }
}

/// What an entry asks for beside the id, and the key of it that comes first.
fn asked(wanted: &Use) -> (&'static str, String) {
    let sha256 = wanted.sha256.as_ref().map(|sha256| match is_sha256(sha256) {
        true => format!("with the SHA-256 {}", sha256.to_ascii_lowercase()),
        false => "with a SHA-256 that is none (64 digits and letters a to f)".to_owned(),
    });
    let version = wanted.version.as_ref().map(|asked| format!("in {}", version(asked)));
    let key = if sha256.is_some() { "sha256" } else { "version" };
    (key, [version, sha256].into_iter().flatten().collect::<Vec<_>>().join(" "))
}

/// A version as it is shown: what can be none may be somebody's words.
fn version(asked: &str) -> String {
    match is_version(asked) {
        true => format!("version {asked}"),
        false => "a version that is none".to_owned(),
    }
}
