//! Which scripts of a study name somebody?

use std::collections::BTreeSet;

use super::names::Names;

/// The scripts, by name, in which somebody is named or a hidden name stands, and those that import
/// one of them.
pub(super) fn naming(scripts: &[(&str, &str)], names: &Names) -> BTreeSet<String> {
    let own = scripts.iter().filter(|(name, text)| {
        names.are_in_program(text) || names.has_person(name) || names.hides(name)
    });
    let mut naming: BTreeSet<String> = own.map(|(name, _)| (*name).to_owned()).collect();
    loop {
        let more = scripts.iter().find(|(name, text)| {
            !naming.contains(*name) && naming.iter().any(|other| imports(text, other))
        });
        match more {
            Some((name, _)) => naming.insert((*name).to_owned()),
            None => return naming,
        };
    }
}

/// Whether a script may import a file: its name stands in quotation marks.
fn imports(text: &str, file: &str) -> bool {
    let name = file.strip_prefix("scripts/").and_then(|name| name.strip_suffix(".rhai"));
    name.is_some_and(|name| text.contains(&format!("\"{name}\"")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::share::people::People;

    #[test]
    fn who_imports_a_file_that_names_somebody_goes_with_it() {
        let people = People::fixed([("S1".to_owned(), "p1".to_owned())].into(), BTreeSet::new());
        let names = Names::of(&[], &parallax_model::Settings::default(), &people);
        let scripts = [
            ("scripts/calm.rhai", "import \"shared/calm\" as calm;"),
            ("scripts/asks.rhai", "import \"shared/whom\" as whom;"),
            ("scripts/shared/calm.rhai", "fn all() { 1 }"),
            ("scripts/shared/whom.rhai", "fn who() { \"S1\" }"),
        ];
        let naming: Vec<String> = naming(&scripts, &names).into_iter().collect();
        assert_eq!(naming, ["scripts/asks.rhai", "scripts/shared/whom.rhai"]);
    }
}
