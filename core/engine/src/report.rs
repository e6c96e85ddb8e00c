//! How do findings become something to read?
//!
//! A report is made from the published findings and from what the study shows of their evidence;
//! it computes nothing of its own, so every number in it stands in `out/findings.json` too.

mod checklist;
mod csv;
mod exhibit;
mod figure;
mod html;
mod markdown;
mod outline;
mod people;
mod robustness;
mod summary;
mod told;
mod trace;
mod trust;
mod words;

use std::collections::BTreeMap;

use parallax_model::FindingsDocument;
use parallax_model::finding::EvidenceKind;
use parallax_model::row::{Modality, Stance, Strength};

pub use checklist::claim_texts;
pub use exhibit::exhibits;
pub use html::html;
pub use markdown::markdown;
pub use outline::cited_by_all;
pub use people::people;
pub use robustness::{robustness_csv, robustness_table};
pub use summary::{first_shown, summary};
pub use trace::{trace, trace_claim};
pub use trust::Trust;

/// Everything that a report shows.
#[derive(Clone, Debug)]
pub struct Report<'a> {
    /// What was found.
    pub document: &'a FindingsDocument,
    /// What the study shows of the evidence that findings and claims cite.
    pub exhibits: Exhibits,
    /// What each claim of `claims.csv` says, by its id.
    pub claims: BTreeMap<String, String>,
    /// How many people of each role were analysed at each case.
    pub people: People,
    /// What the check of the study warns of, one sentence each.
    pub warnings: Vec<String>,
    /// From what the report was made.
    pub provenance: Provenance,
    /// How it stands beside what was accepted; nothing where nothing was, or nobody looked.
    pub trust: Trust,
    /// For whom it is.
    pub edition: Edition,
}

/// For whom a report is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Edition {
    /// For those who made the study: it shows what people said.
    #[default]
    Full,
    /// For anybody: it was made from a copy to share.
    ToShare,
}

impl Report<'_> {
    /// The line that says whether the report can be passed on; none where nothing in it hinders.
    fn passing_on(&self) -> Option<words::Word> {
        let shows_words = self.exhibits.values().any(Exhibit::shows_words);
        match self.edition {
            Edition::ToShare => Some(words::Word::CopyToShare),
            Edition::Full => shows_words.then_some(words::Word::FullCopy),
        }
    }
}

impl Exhibit {
    /// Whether it holds what somebody said, in their own words or in others.
    fn shows_words(&self) -> bool {
        !self.text.is_empty() || !self.condition.is_empty()
    }
}

/// Evidence to show, by what it is and its id.
pub type Exhibits = BTreeMap<(EvidenceKind, String), Exhibit>;

/// What a report shows of one statement, excerpt or constraint; blank where it has nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exhibit {
    /// Who says it: a participant, or a document's label.
    pub speaker: String,
    /// The label of the speaker's role.
    pub role: String,
    /// The label of the speaker's case.
    pub case: String,
    /// The label of the code, or of several.
    pub code: String,
    /// What is ascribed.
    pub modality: Option<Modality>,
    /// To whom, as a reader calls them.
    pub bearer: String,
    /// Whose view the speaker takes it to be, as a sentence goes on; blank for the speaker's own.
    pub perceived: String,
    /// Whether it is affirmed.
    pub stance: Option<Stance>,
    /// When it holds.
    pub condition: String,
    /// How strong the evidence is.
    pub strength: Option<Strength>,
    /// A paraphrase or a quotation.
    pub text: String,
    /// Where it stands in the material.
    pub reference: String,
}

/// How many people of each role were analysed at each case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct People {
    /// The labels of the roles that have somebody.
    pub roles: Vec<String>,
    /// The label of each case and its people, in the order of the roles.
    pub cases: Vec<(String, Vec<usize>)>,
}

/// From what a report was made, without times, paths or names of machines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Provenance {
    /// The program and its version, such as `parallax 0.1.0`.
    pub program: String,
    /// The plugins that ran and do not come with the program.
    pub plugins: Vec<Plugin>,
    /// Each file of the study with its SHA-256, in lower-case hexadecimal.
    pub files: Vec<(String, String)>,
}

/// A plugin that does not come with the program, as a report names it: never where it stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plugin {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// SHA-256 of its library, in lower-case hexadecimal.
    pub sha256: String,
}

#[cfg(test)]
mod sample;

#[cfg(test)]
mod tests {
    use super::*;
    use parallax_model::Verdict;
    use parallax_model::settings::Language;

    fn page(language: Language) -> String {
        let document = sample::document(language);
        html(&sample::report(&document))
    }

    /// The values of an attribute, in order.
    fn values<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
        let start = format!(" {attribute}=\"");
        page.split(&start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
    }

    #[test]
    fn every_finding_and_verdict_is_on_the_page_in_both_languages() {
        for language in [Language::En, Language::Nl] {
            let document = sample::document(language);
            assert_eq!(document.findings.len(), 9);
            let report = sample::report(&document);
            let (page, plain) = (html(&report), markdown(&report));
            for finding in &document.findings {
                assert!(page.contains(&finding.sentence), "{}", finding.id);
            }
            for verdict in Verdict::ALL {
                assert!(document.claims.iter().any(|claim| claim.verdict == verdict));
                assert!(page.contains(verdict.in_language(language)), "{verdict:?}");
                assert!(plain.contains(verdict.in_language(language)), "{verdict:?}");
            }
            assert!(page.contains(&format!("<html lang=\"{}\">", language.code())));
            assert!(plain.lines().all(|line| !line.starts_with('|') || line.ends_with('|')));
        }
    }

    #[test]
    fn no_two_places_have_one_name_and_no_link_leads_nowhere() {
        let page = page(Language::En);
        let ids = values(&page, "id");
        let different: std::collections::BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(different.len(), ids.len());
        let links: Vec<&str> = values(&page, "href");
        assert!(links.len() > 20);
        for link in links {
            match link.strip_prefix('#') {
                Some(target) => assert!(different.contains(target), "{link} leads nowhere"),
                None => assert!(link.starts_with("data:text/csv"), "{link} leaves the page"),
            }
        }
        for named in ["aria-labelledby"] {
            for target in values(&page, named).iter().flat_map(|names| names.split(' ')) {
                assert!(different.contains(target), "{target} is nowhere");
            }
        }
    }

    #[test]
    fn nothing_of_a_study_can_become_part_of_the_page() {
        let page = page(Language::Nl);
        assert!(!page.contains("<script"));
        assert!(!page.contains("<b>decides"));
        assert!(!page.contains("<b>sets") && !page.contains("<at once>"));
        assert!(page.contains("Discharge &lt;script&gt;alert(1)&lt;/script&gt;"));
        assert!(page.contains("default-src 'none'"));
        for loads in [" src=", "url(", "@import", "<link", "<iframe", "<img", "<object"] {
            assert!(!page.contains(loads), "{loads} would load something");
        }
    }

    #[test]
    fn every_element_that_opens_closes() {
        let page = page(Language::En);
        let (_, page) = page.split_once("</style>").expect("a style sheet");
        let mut open = vec!["html", "head"];
        for tag in page.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
            let name = tag.split(' ').next().unwrap_or_default();
            match name.strip_prefix('/') {
                Some(name) => assert_eq!(open.pop(), Some(name), "</{name}>"),
                None => open.push(name),
            }
        }
        assert!(open.is_empty(), "{open:?} stay open");
    }

    #[test]
    fn every_picture_has_a_name_and_a_description() {
        let page = page(Language::En);
        let pictures = page.matches("<svg ").count();
        assert_eq!(pictures, 3);
        assert_eq!(page.matches("<desc ").count(), pictures);
        assert_eq!(page.matches("<table").count(), page.matches("<caption").count());
    }

    #[test]
    fn the_table_of_readings_stays_as_it_was_read() {
        let document = sample::document(Language::Nl);
        let (table, csv) = (robustness_table(&document), robustness_csv(&document));
        assert!(csv.lines().all(|line| line.split(',').count() >= 17), "{csv}");
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("report/snapshots");
        settings.set_prepend_module_to_snapshot(false);
        settings.bind(|| insta::assert_snapshot!("robustness", format!("{table}\n{csv}")));
    }

    #[test]
    fn pages_stay_as_they_were_read() {
        let (english, dutch) = (sample::document(Language::En), sample::document(Language::Nl));
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("report/snapshots");
        settings.set_prepend_module_to_snapshot(false);
        let _bound = settings.bind_to_scope();
        insta::assert_binary_snapshot!("page.html", html(&sample::report(&english)).into_bytes());
        insta::assert_snapshot!("markdown", markdown(&sample::report(&dutch)));
        insta::assert_snapshot!("summary", summary(&sample::report(&english)));
        let report = sample::report(&dutch);
        let traced = dutch.claims.iter().map(|claim| {
            let said = report.claims.get(&claim.id).map_or("", String::as_str);
            let id = format!("claims/{}", claim.id);
            trace_claim(&id, claim, said, &report.exhibits, Language::Nl)
        });
        let traced: Vec<String> = traced.collect();
        insta::assert_snapshot!("traced-claims", traced.join("\n"));
    }
}
