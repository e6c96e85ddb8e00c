//! Do the positions that people claim follow their formal roles?
//!
//! Each unit (a person, or a role at a case) is the set of duties, rights and acts that it claims
//! for itself. Units that claim alike are clustered, and the clusters compared with the formal
//! roles: by the adjusted Rand index (Hubert & Arabie 1985), by permutation, and by how much more
//! alike units of one role are than units of one case.

pub mod amount;
pub mod distance;
pub mod effect;
mod feature;
mod findings;
pub mod linkage;
pub mod parameters;
pub mod partition;
pub mod permutation;
mod positions;
pub mod profile;
pub mod stability;
#[cfg(test)]
mod studies;
mod unit;
mod worlds;

use parallax_plugin::prelude::*;

use findings::{cancelled, going_on};
pub use parameters::Parameters;
use positions::Positions;
use stability::leave_one_out;

/// Up to so many units, each is left out in turn; beyond, that would take too long.
const LEAVE_ONE_OUT_UNITS: usize = 300;

/// Clusters the units of a reading by what they claim, and compares the clusters with the formal
/// roles.
///
/// # Errors
/// Not available when the reading has too few units, a single role, no claims, or units that
/// cannot be compared; cancelled when the run is to stop.
pub fn analyse(reading: &Reading<'_>, parameters: &Parameters, job: &Job<'_>) -> Found {
    let positions = positions::positions(reading, parameters)?;
    let stability = if positions.units.len() > LEAVE_ONE_OUT_UNITS {
        None
    } else {
        let go_on = going_on(job, 1);
        let Positions { distances, roles, k, .. } = &positions;
        leave_one_out(distances, roles, parameters.linkage, *k, go_on).map_err(cancelled)?
    };
    let mut found = vec![
        findings::overall(&positions, parameters, job, stability.as_ref())?,
        findings::effect(&positions, parameters, job)?,
    ];
    found.extend(findings::clusters(&positions, stability.as_ref())?);
    found.extend(findings::roles(&positions, stability.as_ref())?);
    Ok(found)
}

export_analysis!(parallax_plugin_position_clusters, include_str!("manifest.json"), analyse);

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use parallax_plugin::model::Manifest;

    use super::*;
    use crate::parameters::UnitChoice;
    use crate::studies::reading::{self, Said};

    fn manifest() -> Manifest {
        parallax_plugin::manifest::<Parameters>(include_str!("manifest.json")).expect("a manifest")
    }

    /// The sentence of a finding, its values written out as a report would.
    fn sentence(finding: &Finding, language: &str) -> String {
        let manifest = manifest();
        let template = &manifest.templates[&finding.template];
        let mut values: BTreeMap<&str, String> = BTreeMap::new();
        for (name, value) in &finding.values {
            let text = match value {
                Value::Number(number) => number.to_string(),
                Value::Names(names) => names.join(", "),
                Value::Word(word) => manifest.words[word].in_language(language).to_owned(),
                Value::Role(text) | Value::Text(text) => text.clone(),
                other => panic!("no sentence shows {other:?}"),
            };
            values.insert(name, text);
        }
        for measure in &finding.measures {
            values.insert(&measure.name, measure.number.to_string());
        }
        let wording = template.sentence.in_language(language);
        values.into_iter().fold(wording.to_owned(), |text, (name, value)| {
            text.replace(&format!("{{{name}}}"), &value)
        })
    }

    fn number(finding: &Finding, name: &str) -> String {
        let found = finding.measures.iter().find(|measure| measure.name == name);
        found.expect("a measure").number.to_string()
    }

    fn seed() -> Vec<Finding> {
        analyse(&reading::seed(), &Parameters::default(), &Job::alone(0)).expect("findings")
    }

    #[test]
    fn the_seed_study_reads_like_this() {
        let sentences: Vec<String> =
            seed().iter().map(|f| format!("{}: {}", f.about, sentence(f, "en"))).collect();
        insta::assert_snapshot!(sentences.join("\n"), @r#"
        overall: Positions largely follow formal roles (ARI = 1583/2423): 15 units, clustered into 3 by the 6 things that they claim for themselves, are grouped much as their formal roles group them. Units that sit with another role: I1, I5. Of the ways counted to deal the same roles out again, 63/630630 agree at least as well (within cases only: 4/1728); this describes these interviews and is not a population test.
        effect: Units of the same role at different cases claim more alike (mean similarity 57/124, pairs: 31) than units of different roles at the same case (17/144, pairs: 12); units that share neither stand at 25/186 (pairs: 62). The role statistic (mean similarity of pairs of the same role less that of pairs of different roles) is 3009/9176; of the ways counted to deal the roles out again within cases, 4/1728 reach it. This describes these interviews and is not a population test.
        cluster/1: Cluster 1 (guide, keep contact) holds I1, S1, S2, S@3, S4, S5, S6; 6 of its 7 units have the role S, with another role: I1. What all of them claim: nothing.
        cluster/2: Cluster 2 (monitor) holds I2, I6; all have the role I. What all of them claim: monitor.
        cluster/3: Cluster 3 (support) holds I5, L1, L3, L4, L5, L6; 5 of its 6 units have the role L, with another role: I5. What all of them claim: support.
        role/I: The 4 units with the role I take 3 positions; more of them (2/4) take this one than any other: monitor. In another position: I1, I5. When each unit is left out in turn, pairs of units of this role that stay together or stay apart: 77/78.
        role/L: All 5 units with the role L take one position: support. When each unit is left out in turn, pairs of units of this role that stay together or stay apart: 130/130.
        role/S: All 6 units with the role S take one position: guide, keep contact. When each unit is left out in turn, pairs of units of this role that stay together or stay apart: 183/195.
        "#);
    }

    #[test]
    fn the_seed_study_reads_like_this_in_dutch() {
        let sentences: Vec<String> =
            seed().iter().map(|f| format!("{}: {}", f.about, sentence(f, "nl"))).collect();
        insta::assert_snapshot!(sentences.join("\n"), @r#"
        overall: Posities volgen grotendeels de formele rollen (ARI = 1583/2423): 15 eenheden, in 3 clusters verdeeld naar de 6 zaken die zij zichzelf toeschrijven, zijn grotendeels zo gegroepeerd als hun formele rollen dat doen. Eenheden die bij een andere rol zitten: I1, I5. Van de getelde manieren om dezelfde rollen opnieuw te verdelen komt 63/630630 minstens zo goed overeen (alleen binnen casussen: 4/1728); dit beschrijft deze interviews en is geen toets over een populatie.
        effect: Eenheden van dezelfde rol bij verschillende casussen schrijven zichzelf meer van hetzelfde toe (gemiddelde gelijkenis 57/124, paren: 31) dan eenheden van verschillende rollen bij dezelfde casus (17/144, paren: 12); eenheden die geen van beide delen staan op 25/186 (paren: 62). De rolmaat (gemiddelde gelijkenis van paren van dezelfde rol min die van paren van verschillende rollen) is 3009/9176; van de getelde manieren om de rollen binnen casussen opnieuw te verdelen haalt 4/1728 die maat. Dit beschrijft deze interviews en is geen toets over een populatie.
        cluster/1: Cluster 1 (guide, keep contact) bestaat uit I1, S1, S2, S@3, S4, S5, S6; 6 van de 7 eenheden hebben de rol S, met een andere rol: I1. Wat allen zichzelf toeschrijven: niets.
        cluster/2: Cluster 2 (monitor) bestaat uit I2, I6; allen hebben de rol I. Wat allen zichzelf toeschrijven: monitor.
        cluster/3: Cluster 3 (support) bestaat uit I5, L1, L3, L4, L5, L6; 5 van de 6 eenheden hebben de rol L, met een andere rol: I5. Wat allen zichzelf toeschrijven: support.
        role/I: De 4 eenheden met de rol I nemen 3 posities in; meer van hen (2/4) nemen deze in dan elke andere: monitor. In een andere positie: I1, I5. Als elke eenheid om de beurt wordt weggelaten: paren eenheden van deze rol die samen of apart blijven: 77/78.
        role/L: Alle 5 eenheden met de rol L nemen één positie in: support. Als elke eenheid om de beurt wordt weggelaten: paren eenheden van deze rol die samen of apart blijven: 130/130.
        role/S: Alle 6 eenheden met de rol S nemen één positie in: guide, keep contact. Als elke eenheid om de beurt wordt weggelaten: paren eenheden van deze rol die samen of apart blijven: 183/195.
        "#);
    }

    #[test]
    fn the_seed_study_gives_the_numbers_of_the_oracle() {
        let findings = seed();
        let shown: Vec<String> = findings[..2]
            .iter()
            .flat_map(|finding| &finding.measures)
            .map(|measure| format!("{} {}", measure.name, measure.number))
            .collect();
        insta::assert_snapshot!(shown.join("\n"), @r#"
        ari 1583/2423
        p 63/630630
        p_within_cases 4/1728
        k 3
        units 15
        features 6
        unknown_cells 0
        vacant 3
        misplaced_units 2
        ari_case -52/473
        silhouette 3333937/6227100
        silhouette_roles 44042/148995
        silhouette_cases -119807/321300
        stability 262/273
        same_role_other_case 57/124
        same_role_pairs 31
        same_case_other_role 17/144
        same_case_pairs 12
        both_different 25/186
        different_pairs 62
        role_statistic 3009/9176
        p_within_cases 4/1728
        "#);
    }

    #[test]
    fn the_constraint_that_makes_a_claim_certain_is_evidence() {
        let findings = seed();
        let constraint = Evidence::constraint("k01", Weight::Supporting);
        assert!(findings[0].evidence().contains(&constraint));
        let statements = |finding: &Finding| {
            let kind = |item: &&Evidence| item.kind == EvidenceKind::Statement;
            finding.evidence().iter().filter(kind).count()
        };
        assert_eq!(statements(&findings[0]), 26);
        // I1 and I5 sit with another role: their two statements are the negative cases.
        let contrary = findings[0].evidence().iter().filter(|e| e.weight == Weight::Contrary);
        assert_eq!(contrary.count(), 2);
        let cited = |findings: &[Finding]| findings.iter().map(statements).sum::<usize>();
        let (clusters, roles) = findings[2..].split_at(3);
        assert_eq!((cited(clusters), cited(roles)), (26, 26));
    }

    #[test]
    fn who_belongs_to_no_case_leaves_no_role_vacant() {
        let said = ["S1", "S2", "L1"].map(|person| Said(person, "OND", Stance::Affirm));
        let mut reading = reading::reading(&["S1", "S2", "L1"], &said);
        let of_the_case = analyse(&reading, &Parameters::default(), &Job::alone(0));
        assert_eq!(number(&of_the_case.expect("findings")[0], "vacant"), "1");
        reading.participants.cases = vec![NONE; 3].into();
        let parameters = Parameters { unit: UnitChoice::Participant, ..Parameters::default() };
        let findings = analyse(&reading, &parameters, &Job::alone(0)).expect("findings");
        assert_eq!(number(&findings[0], "vacant"), "0");
    }

    #[test]
    fn people_can_be_the_units() {
        let parameters = Parameters { unit: UnitChoice::Participant, ..Parameters::default() };
        let findings = analyse(&reading::seed(), &parameters, &Job::alone(0)).expect("findings");
        assert_eq!(number(&findings[0], "units"), "16");
        assert_eq!(number(&findings[0], "unknown_cells"), "2");
        assert!(findings[0].caveats.iter().any(|caveat| caveat.template == "unknown_left_out"));
        // With the two cells left out, units at school 3 stand apart from everybody else who
        // guides; filled in either way, they do not.
        assert_eq!(number(&findings[0], "ari"), "317/4037");
        assert_eq!(number(&findings[0], "ari_filled_in_least"), "553/808");
        insta::assert_snapshot!(sentence(&findings[0], "en"), @r#"How far positions follow formal roles depends on what is unknown: 16 units are clustered into 3 by the 6 things that they claim for themselves, and 2 cells are unknown. Left out of every comparison, they give ARI = 317/4037; filled in, in each of the 2 ways that are possible, they give an ARI of 553/808. With the cells left out, 1794/10000 of the ways counted to deal the same roles out again agree at least as well (within cases only: 720/2592); this describes these interviews and is not a population test."#);
    }

    #[test]
    fn who_claims_nothing_is_named() {
        let said = [Said("S1", "BEG", Stance::Affirm), Said("L1", "OND", Stance::Affirm)];
        let reading = reading::reading(&["S1", "L1", "I1", "I2"], &said);
        let findings = analyse(&reading, &Parameters::default(), &Job::alone(0)).expect("findings");
        let caveats = &findings[0].caveats;
        let named = caveats.iter().find(|caveat| caveat.template == "claims_nothing");
        let units = named.map(|caveat| caveat.values["units"].clone());
        assert_eq!(units, Some(Value::Names(vec!["I1".into(), "I2".into()])));
        assert!(caveats.iter().any(|caveat| caveat.template == "both_empty"));
        // The two who claim nothing merge at distance 0; their cluster has no statement.
        let without: Vec<&str> = findings
            .iter()
            .filter(|finding| finding.evidence().is_empty())
            .map(|finding| finding.about.as_str())
            .collect();
        assert_eq!(without, ["cluster/1", "role/I"]);
    }

    #[test]
    fn the_order_of_rows_changes_nothing() {
        let people = ["I1", "L1", "S1", "I2", "L2", "S2"];
        let said = |order: &[usize]| {
            let all = [
                ("I1", "MON"),
                ("L1", "OND"),
                ("S1", "BEG"),
                ("I2", "OND"),
                ("L2", "OND"),
                ("S2", "BEG"),
                ("S2", "CON"),
            ];
            order
                .iter()
                .map(|&row| Said(all[row].0, all[row].1, Stance::Affirm))
                .collect::<Vec<_>>()
        };
        let mut turned = people;
        turned.reverse();
        let parameters = Parameters::default();
        let one = analyse(
            &reading::reading(&people, &said(&[0, 1, 2, 3, 4, 5, 6])),
            &parameters,
            &Job::alone(0),
        );
        let other = analyse(
            &reading::reading(&turned, &said(&[6, 5, 4, 3, 2, 1, 0])),
            &parameters,
            &Job::alone(0),
        );
        let (mut one, mut other) = (one.expect("findings"), other.expect("findings"));
        for finding in one.iter_mut().chain(&mut other) {
            // Ids of statements are numbered by row here, so the rows behind differ by design.
            finding.basis = Basis::None { reason: String::new() };
        }
        assert_eq!(one, other);
    }

    #[test]
    fn what_cannot_be_clustered_says_why() {
        let all = |people: &[&'static str], parameters: &Parameters| {
            let said: Vec<Said> =
                people.iter().map(|person| Said(person, "OND", Stance::Affirm)).collect();
            analyse(&reading::reading(people, &said), parameters, &Job::alone(0))
                .map_err(|no| no.to_string())
        };
        let default = Parameters::default();
        let refusals = [
            all(&["S1", "L1"], &default),
            all(&["S1", "S2", "S3"], &default),
            all(&["S1", "L1", "I1"], &default),
            all(&["S1", "S2", "L1"], &Parameters { k: Some(3), ..default.clone() }),
            analyse(&reading::reading(&["S1", "S2", "L1"], &[]), &default, &Job::alone(0))
                .map_err(|no| no.to_string()),
            {
                let mut unasked =
                    reading::reading(&["S1", "S2", "L1"], &[Said("S1", "OND", Stance::Affirm)]);
                unasked.coverage = Default::default();
                analyse(&unasked, &default, &Job::alone(0)).map_err(|no| no.to_string())
            },
        ];
        let reasons: Vec<String> = refusals.into_iter().map(|r| r.expect_err("refused")).collect();
        insta::assert_snapshot!(reasons.join("\n"), @r#"
        clustering needs at least three units, this reading has 2
        all units have the same role, so there is nothing for positions to follow
        3 clusters of 3 units would say nothing: there must be at least one and fewer than there are units
        3 clusters of 3 units would say nothing: there must be at least one and fewer than there are units
        nobody in this reading claims a duty, right or act of the chosen modalities for themselves
        L1 and S1 cannot be compared: nothing is known of both
        "#);
    }

    #[test]
    fn every_parameter_has_the_default_that_the_analysis_takes() {
        let schema = manifest().parameters;
        let properties = schema["properties"].as_object().expect("properties");
        let defaults: Vec<String> =
            properties.iter().map(|(name, of)| format!("{name} {}", of["default"])).collect();
        insta::assert_snapshot!(defaults.join("\n"), @r#"
        distance "jaccard"
        k null
        linkage "average"
        modalities ["duty","right","permission","prohibition","enact"]
        permutations 9999
        unit "study"
        "#);
    }

    #[test]
    fn every_word_and_template_that_findings_use_is_in_the_manifest() {
        let manifest = manifest();
        for finding in seed() {
            assert!(manifest.templates.contains_key(&finding.template), "{}", finding.template);
            for caveat in &finding.caveats {
                assert!(manifest.caveats.contains_key(&caveat.template), "{}", caveat.template);
            }
            let tables = finding.tables.iter();
            let headings = tables.clone().flat_map(|table| &table.columns);
            let cells = tables.clone().flat_map(|table| table.rows.iter().flatten());
            let in_words = headings.chain(cells).filter_map(|value| match value {
                Value::Word(word) => Some(word.clone()),
                _ => None,
            });
            let names = finding.measures.iter().map(|measure| measure.name.clone());
            let names = names.chain(tables.clone().map(|table| table.name.clone())).chain(in_words);
            for word in names {
                assert!(manifest.words.contains_key(&word), "{word}");
            }
            for language in ["en", "nl"] {
                assert!(!sentence(&finding, language).contains('{'), "{}", finding.about);
            }
            assert!(finding.measures.iter().all(|m| !matches!(m.number, Number::Decimal { .. })));
        }
    }
}
