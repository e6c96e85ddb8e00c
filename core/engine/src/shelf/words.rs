//! Which words does the language of scripts have, and what does each mean?
//!
//! Every word is registered together with its usage and its help, in one call, so that the
//! reference cannot say anything else than what runs.

mod agreement;
mod arithmetic;
mod borne;
mod cell;
mod choice;
mod claim;
mod column;
mod crosstab;
mod domain;
mod draft;
mod evidence;
mod finding;
mod language;
mod listed;
mod named;
mod number;
mod random;
mod reading;
mod rows;
mod saturation;
mod seen;
mod set;
mod shown;
mod states;
mod table;
mod tables;
mod test;
mod unit;
mod vocabulary;

use std::sync::{Arc, OnceLock};

use parallax_model::{Evidence, Number};
use rhai::{Dynamic, EvalAltResult, Module, Shared};

pub(crate) use draft::Draft;
pub(crate) use language::{LANGUAGE, name_in};
pub(crate) use listed::{ColumnOf, bearers, choices, columns, values_of};
pub(crate) use seen::Seen;
pub(crate) use states::COUNTED;
pub(crate) use vocabulary::Vocabulary;
pub use vocabulary::Word;

use crate::shelf::script::steady_names;

/// What a word gives, or what stops the script.
type Result<T> = std::result::Result<T, Box<EvalAltResult>>;

/// All words, built once.
pub(crate) fn all() -> &'static Vocabulary {
    static ALL: OnceLock<Vocabulary> = OnceLock::new();
    ALL.get_or_init(|| {
        steady_names();
        let mut words = Vocabulary::default();
        reading::register(&mut words);
        rows::register(&mut words);
        crosstab::register(&mut words);
        test::register(&mut words);
        named::register(&mut words);
        borne::register(&mut words);
        unit::register(&mut words);
        cell::register(&mut words);
        states::register(&mut words);
        agreement::register(&mut words);
        set::register(&mut words);
        saturation::register(&mut words);
        number::register(&mut words);
        arithmetic::register(&mut words);
        random::register(&mut words);
        evidence::register(&mut words);
        finding::register(&mut words);
        table::register(&mut words);
        claim::register(&mut words);
        words
    })
}

/// The number that a value of a script is, if it is one.
pub(crate) fn number(value: &Dynamic) -> Option<Number> {
    finding::to_number(value)
}

/// The evidence that a script hands over: evidence, rows or one row.
///
/// # Errors
/// When the value is no evidence.
pub(crate) fn evidence(value: &Dynamic) -> Result<Vec<Evidence>> {
    Ok(Arc::unwrap_or_clone(evidence::grounds(value)?.0))
}

/// Every word of the language, in the order of the reference.
#[must_use]
pub fn vocabulary() -> &'static [Word] {
    all().words()
}

/// The words as the engine takes them: one module for all scripts.
pub(crate) fn module() -> Shared<Module> {
    static MODULE: OnceLock<Shared<Module>> = OnceLock::new();
    Shared::clone(MODULE.get_or_init(|| all().module()))
}

/// A text with what messages call types in place of what the engine calls them.
pub(crate) fn in_plain_names(text: String) -> String {
    all().in_plain_names(text)
}

/// How `name` is used: one usage for each way there is; none for a word that does not exist.
pub(crate) fn usages(name: &str) -> Vec<&'static str> {
    let same = all().words().iter().filter(|word| word.name == name);
    same.map(|word| word.usage).collect()
}

/// What a value of a type has, by the name that messages give the type: `label`, `children()`.
pub(crate) fn of(owner: &str) -> Vec<&'static str> {
    let owner = owner.to_lowercase();
    let owner = if owner == "participant" { "person" } else { &owner };
    let usages = all().words().iter().filter_map(|word| word.usage.split_once('.'));
    let mut own: Vec<&str> = usages
        .filter(|(before, _)| *before == owner)
        .map(|(_, name)| name.split('(').next().unwrap_or(name))
        .collect();
    own.dedup();
    own
}

/// Every name a script can call, ours before those of the language.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    all().words().iter().map(|word| word.name).chain(language::names())
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;

    use parallax_model::{Outcome, Reading};
    use serde_json::Map;

    use crate::shelf::ScriptAnalysis;

    const PAGE: &str = include_str!("../../../../scripts/README.md");

    #[test]
    fn the_example_for_authors_loads_and_says_when_there_is_nothing_to_count() {
        let example = PAGE.split("```rhai\n").nth(1).and_then(|rest| rest.split("```").next());
        let example = example.expect("scripts/README.md shows a script");
        let script = ScriptAnalysis::load("duties-and-rights", example).expect("it loads");
        let outcome = script.run(&Reading::default(), &Map::new(), 0, &AtomicBool::new(false));
        assert!(matches!(outcome, Outcome::NotAvailable(_)), "{outcome:?}");
    }
}
