//! Which claims can a copy keep, and how does it name the people they are about?

use parallax_model::StudyFile;

use super::Study;
use super::names::Meant;

/// A word of a scope that counts those whom the analysis leaves out.
const OF_EXCLUDED: [&str; 2] = ["excluded", "include_excluded"];

impl Study<'_> {
    /// Whether a claim can stay: it names nobody who is gone and nobody in its script, and rests on
    /// no value that was made blank and on nobody who is left out.
    pub(super) fn keeps_claim(&self, row: usize) -> bool {
        let Some(table) = self.table(StudyFile::Claims) else { return false };
        let get = |column| table.get(row, column);
        let words = words(get("scope")).chain(words(get("expected")));
        let lacks_none = words.map(core_of).all(|word| {
            let counts_excluded = OF_EXCLUDED.contains(&word) || word.starts_with("status=");
            let blank = word.split_once('=').is_some_and(|(column, value)| {
                self.suppressed.has_anywhere(column, value.trim_matches('"'))
            });
            let lost = blank || (counts_excluded && self.people.lacks_excluded);
            self.names.meant(word) != Meant::Gone && !lost
        });
        let script = get("script");
        let rests_on_blank = self.suppressed.columns().any(|column| script.contains(column));
        let counts_everybody = get("kind") == "denominator" && self.people.lacks_excluded;
        lacks_none && !self.names.are_in_program(script) && !rests_on_blank && !counts_everybody
    }

    /// A scope, or what a claim expects, with new names for old ones. A number is somebody only
    /// where people are named.
    pub(super) fn claimed(&self, row: usize, column: &str, text: &str) -> String {
        let kind = self.table(StudyFile::Claims).map_or("", |table| table.get(row, "kind"));
        let names_people = column == "scope" || matches!(kind, "set" | "only" | "compare");
        let renamed = words(text).map(|word| {
            let core = core_of(word);
            let at = word.find(core).unwrap_or_default();
            let (before, after) = (&word[..at], &word[at + core.len()..]);
            let new = match (self.names.meant(core), core.split_once('=')) {
                (Meant::Person(name), _) if names_people => name.to_owned(),
                (Meant::Nobody, Some((column, value))) => {
                    format!("{column}={}", self.names.scrubbed(value))
                }
                _ => core.to_owned(),
            };
            format!("{before}{new}{after}")
        });
        renamed.collect()
    }
}

/// The words of a scope, each with the blanks behind it; quotation marks hold several together.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    text.split_inclusive(move |sign: char| {
        quoted ^= sign == '"';
        sign.is_whitespace() && !quoted
    })
}

/// A word without signs and blanks around it: `S1` of `> S1; `.
fn core_of(word: &str) -> &str {
    let around = |sign: char| {
        sign.is_whitespace() || matches!(sign, ';' | ',' | '>' | '<' | '=' | '≥' | '≤')
    };
    word.trim_matches(around)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_taken_apart_and_make_the_text_again() {
        let text = "S1 title=\"Vice principal\"  @3; >= L2";
        let cores: Vec<&str> = words(text).map(core_of).filter(|word| !word.is_empty()).collect();
        assert_eq!(cores, ["S1", "title=\"Vice principal\"", "@3", "L2"]);
        assert_eq!(words(text).collect::<String>(), text);
    }
}
