//! What helps somebody who meets a kind of problem for the first time?
//!
//! A page says in plain words what goes wrong in the findings, and how to mend it. Its examples
//! stand four spaces to the right below a line that names their file: `Given cases.csv:`,
//! `Wrong in participants.csv:`, `Right in participants.csv:`. A test puts them into a small study:
//! the wrong one gives this kind of problem and no other, the right one gives none. A file that is
//! shown takes the place of the study's own, and a setting that of the same setting.

use super::Kind;

mod accepted;
mod consent;
mod files;
mod references;
mod rules;
mod scripts;
mod shape;

/// The pages of each family, for those kinds that belong to it.
const FAMILIES: [fn(Kind) -> Option<&'static str>; 7] = [
    files::page,
    shape::page,
    references::page,
    rules::page,
    consent::page,
    scripts::page,
    accepted::page,
];

impl Kind {
    /// What the kind means for the findings and how to do it right, with an example. Blank for no
    /// kind, as a test makes sure.
    #[must_use]
    pub fn page(self) -> &'static str {
        FAMILIES.iter().find_map(|family| family(self)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Longest page, in lines: more do not fit on a screen beside the meaning.
    const LONGEST: usize = 22;

    #[test]
    fn every_kind_has_a_page_of_one_family_with_an_example() {
        for kind in Kind::ALL {
            let (code, page) = (kind.code(), kind.page());
            let families = FAMILIES.iter().filter(|family| family(*kind).is_some()).count();
            assert_eq!(families, 1, "{code} has {families} pages");
            assert!(page.lines().any(|line| line.starts_with("    ")), "{code} has no example");
            assert!(page.ends_with('.'), "{code} ends with no sentence");
            assert!(page.lines().count() <= LONGEST, "{code} is longer than a screen");
            let widest = page.lines().map(|line| line.chars().count()).max();
            assert!(widest <= Some(100), "{code} is wider than a screen: {widest:?}");
        }
    }
}
