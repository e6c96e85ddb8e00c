//! Which numbers does the seed study give?

use parallax_model::bounds::{Interval, people};
use parallax_model::{
    ByCode, Cells, Choices, Figure, Finding, Item, Modalities, Number, Reading, Study, Value,
};
use serde_json::json;

use super::{
    Told, about, cell, ends, found, found_under, heights, measure, number, plain, row, rows, study,
    text,
};

/// What comes of the seed study.
pub(crate) fn tell(told: &mut Told) {
    let seed = study("studies/vso-internships");
    sample(told, &seed);
    bounds(told, &seed);
    mismatch(told, &seed);
    clusters(told, &seed);
    mappings(told, &seed);
    lattice(told, &seed);
    consensus(told, &seed);
    cases(told, &seed);
    composition(told, &seed);
    duties(told, &seed);
    network(told, &seed);
    interviews(told, &seed);
}

fn sample(told: &mut Told, seed: &Study) {
    let reading = seed.reading(&Choices::default()).expect("the default reading");
    let everybody = people(&reading.participants, |_| true);
    number(told, "sample/rows", Number::count(reading.participants.len()));
    number(told, "sample/included", Number::count(everybody.len()));
    for role in ["S", "L", "I"] {
        let row = reading.roles.ids.position(role).expect("a role");
        let of = people(&reading.participants, |person| reading.participants.role(person) == row);
        number(told, &format!("sample/{role}"), Number::count(of.len()));
    }
    let by_code = ByCode::of(&reading);
    let mut ticks = 0;
    for task in ["BEG", "BEO", "CON", "MON", "OND", "VRB"] {
        let code = reading.codes.ids.position(&format!("P.task.{task}")).expect("a task");
        let own = Item::own(code, Modalities::DEONTIC);
        let Interval { lower, upper } = Cells::of(&reading, &by_code, own).mentions(&everybody);
        ticks += lower;
        number(told, &format!("sample/ticks_by_task/{task}"), Number::range(lower, upper));
    }
    number(told, "sample/ticks", Number::count(ticks));
    for letter in ["M", "F"] {
        let with = with_attribute(&reading, "gender", letter);
        let included = with.iter().filter(|&&person| reading.participants.is_in(person)).count();
        number(told, &format!("sample/gender_of_all/{letter}"), Number::count(with.len()));
        number(told, &format!("sample/gender_of_included/{letter}"), Number::count(included));
    }
}

/// The participants, in and out of the reading, who have this value in a column of their own.
fn with_attribute(reading: &Reading<'_>, column: &str, value: &str) -> Vec<u32> {
    let attributes = &reading.attributes;
    let column = attributes.column_names.position(column).expect("a column");
    let value = attributes.value_names.position(value).expect("a value");
    (0..attributes.rows.len())
        .filter(|&at| attributes.owners[at] == 0)
        .filter(|&at| (attributes.columns[at], attributes.values[at]) == (column, value))
        .map(|at| attributes.rows[at])
        .collect()
}

/// Who expects what of others, person by person, under what is known about groups.
fn bounds(told: &mut Told, seed: &Study) {
    let reading = seed.reading(&Choices::default()).expect("the default reading");
    let by_code = ByCode::of(&reading);
    let everybody = people(&reading.participants, |_| true);
    let names = [("own", "own"), ("communication", "comm"), ("cooperation", "coop")];
    for (name, code) in names {
        let code = reading.codes.ids.position(&format!("P.exp.{code}")).expect("a code");
        let cells = Cells::of(&reading, &by_code, Item::of_others(code, Modalities::ANY));
        for role in ["S", "L", "I"] {
            let row = reading.roles.ids.position(role).expect("a role");
            let of =
                people(&reading.participants, |person| reading.participants.role(person) == row);
            let Interval { lower, upper } = cells.mentions(&of);
            ends(told, &format!("bounds/{role}/{name}"), &Number::range(lower, upper));
        }
        let worlds =
            cells.bounds.worlds(&everybody).and_then(|worlds| usize::try_from(worlds).ok());
        if let Some(worlds) = worlds {
            number(told, &format!("bounds/worlds/{name}"), Number::count(worlds));
        }
        if name == "communication" {
            let Interval { lower, upper } = cells.mentions(&everybody);
            ends(told, "bounds/communication", &Number::range(lower, upper));
        }
    }
}

fn mismatch(told: &mut Told, seed: &Study) {
    let findings = found(seed, "expectation-mismatch", &json!({}));
    for role in ["S", "L", "I"] {
        let pair = about(&findings, &format!("documents/doc:theory>{role}"));
        let path = |name: &str| format!("mismatch_formal/{role}/{name}");
        number(told, &path("aligned"), measure(pair, "aligned"));
        number(told, &path("unrecognised"), measure(pair, "unrecognised"));
        number(told, &path("rate"), measure(pair, "mismatch_rate"));
    }
    let overall = about(&findings, "documents/overall");
    number(told, "mismatch_formal/unsolicited", measure(overall, "unsolicited"));
    number(told, "mismatch_formal/overall", measure(overall, "mismatch_rate"));
}

fn clusters(told: &mut Told, seed: &Study) {
    let findings = found(seed, "position-clusters", &json!({}));
    let overall = about(&findings, "overall");
    for (at, height) in heights(overall).into_iter().enumerate() {
        number(told, &format!("clusters/heights/{at}"), height);
    }
    for cluster in 1..=3 {
        let members = plain(&about(&findings, &format!("cluster/{cluster}")).values["members"]);
        text(told, &format!("clusters/members/{}", cluster - 1), members);
    }
    for k in rows(overall, "by_k") {
        let count = plain(&k["k"]);
        number(told, &format!("clusters/ari/{count}"), cell(&k, "ari"));
        number(told, &format!("clusters/silhouette/{count}"), cell(&k, "silhouette"));
    }
    let nine = found(seed, "position-clusters", &json!({ "k": 9 }));
    number(told, "clusters/ari/9", measure(about(&nine, "overall"), "ari"));
    number(told, "clusters/silhouette/9", measure(about(&nine, "overall"), "silhouette"));
    let complete = found(seed, "position-clusters", &json!({ "linkage": "complete" }));
    number(told, "clusters/complete_linkage_ari", measure(about(&complete, "overall"), "ari"));
    for (path, name) in [
        ("p", "p"),
        ("p_within_cases", "p_within_cases"),
        ("ari_case", "ari_case"),
        ("silhouette_of_roles", "silhouette_roles"),
        ("silhouette_of_cases", "silhouette_cases"),
    ] {
        number(told, &format!("clusters/{path}"), measure(overall, name));
    }
    effect(told, about(&findings, "effect"));
}

/// Whether units of one role or of one case claim more alike.
fn effect(told: &mut Told, effect: &Finding) {
    for (path, name) in [
        ("similarity/same_role_other_case", "same_role_other_case"),
        ("similarity/same_case_other_role", "same_case_other_role"),
        ("similarity/neither", "both_different"),
        ("role_statistic", "role_statistic"),
        ("role_statistic_p_within_cases", "p_within_cases"),
    ] {
        number(told, &format!("clusters/{path}"), measure(effect, name));
    }
    for pair in rows(effect, "between_roles") {
        let roles = format!("{} {}", plain(&pair["role"]), plain(&pair["other_role"]));
        number(told, &format!("clusters/similarity_of_roles/{roles}"), cell(&pair, "similarity"));
    }
    for case in rows(effect, "within_cases") {
        let path = format!("clusters/similarity_at_cases/{}", plain(&case["case"]));
        number(told, &path, cell(&case, "similarity"));
    }
}

/// The index under each mapping of titles, person by person.
fn mappings(told: &mut Told, seed: &Study) {
    for mapping in ["M0", "M2", "M3", "M4"] {
        let choices = Choices { mapping: Some(mapping.to_owned()), ..Choices::default() };
        let parameters = json!({ "unit": "participant" });
        let findings = found_under(seed, &choices, "position-clusters", &parameters);
        let overall = about(&findings, "overall");
        number(told, &format!("mappings/{mapping}/0"), measure(overall, "ari_filled_in_least"));
        number(told, &format!("mappings/{mapping}/1"), measure(overall, "ari_filled_in_most"));
    }
}

fn consensus(told: &mut Told, seed: &Study) {
    let findings = found(seed, "code-consensus", &json!({}));
    let agreement = |code: &str, group: &str| {
        cell(&row(about(&findings, code), "groups", &[("group", group)]), "agreement")
    };
    for (path, group) in [("S", "S"), ("L", "L"), ("I", "I"), ("case 5", "5")] {
        number(told, &format!("consensus/tailoring/{path}"), agreement("code/D.tail", group));
    }
    let cases = measure(about(&findings, "code/D.tail"), "in_cases");
    number(told, "consensus/tailoring/cases", cases);
    number(told, "consensus/own_role_I", agreement("of-others/P.exp.own", "I"));
    ends(told, "consensus/communication_L", &agreement("of-others/P.exp.comm", "L"));
}

/// How far the people of each school agree on tailoring, and where they see differences.
fn cases(told: &mut Told, seed: &Study) {
    let chosen = json!({ "codes": ["D.tail"], "perceived": "V.diff" });
    let findings = found(seed, "case-consensus", &chosen);
    for case in ["1", "2", "3", "4", "5", "6"] {
        let within = measure(about(&findings, &format!("case/{case}")), "w");
        number(told, &format!("cases/tailoring/{case}"), within);
    }
    number(told, "cases/tailoring/mean", measure(about(&findings, "overall"), "w"));
    let perceived = about(&findings, "perceived");
    number(told, "cases/perceived/matches", measure(perceived, "accuracy"));
    for place in ["both", "only_perceived", "only_actual", "neither"] {
        text(told, &format!("cases/perceived/{place}"), plain(&perceived.values[place]));
    }
}

/// How often what the report says of schools coincides with who was analysed there.
fn composition(told: &mut Told, seed: &Study) {
    let findings = found(seed, "composition-scan", &json!({}));
    let report = about(&findings, "report");
    for name in ["pairs", "hits", "expected", "p"] {
        number(told, &format!("composition/{name}"), measure(report, name));
    }
    for hit in ["K50/role/I", "K42/people/3", "K57/every-role"] {
        let finding = about(&findings, &format!("hit/report/{hit}"));
        let claim = &hit[..3];
        number(told, &format!("composition/{claim}/p"), measure(finding, "p"));
        text(told, &format!("composition/{claim}/where"), plain(&finding.values["named"]));
    }
    let choices = Choices { mapping: Some("M1".into()), ..Choices::default() };
    let findings = found_under(seed, &choices, "composition-scan", &json!({}));
    number(told, "composition/M1/hits", measure(about(&findings, "report"), "hits"));
}

fn duties(told: &mut Told, seed: &Study) {
    let findings = found(seed, "duty-map", &json!({}));
    let all = about(&findings, "all");
    for name in ["gap", "single", "overlap", "uncertain"] {
        let Number::Fraction(share) = measure(all, name) else { panic!("{name} is a share") };
        number(told, &format!("duties/{name}"), Number::Count { value: share.numerator() });
    }
    let mut firm = 0;
    for (path, word) in
        [("uncertain_where", "uncertain"), ("firm_where", "gap"), ("overlap_where", "overlap")]
    {
        let places = places(all, word);
        if word == "gap" {
            firm = places.len();
        }
        text(told, &format!("duties/{path}"), places.join(" "));
    }
    number(told, "duties/firm", Number::count(firm));
}

/// Where the map of duties has this word: `BEG4` for guiding at school 4.
fn places(all: &Finding, word: &str) -> Vec<String> {
    let Some(Figure::Grid { rows, columns, cells, .. }) = all.figures.first() else {
        panic!("no map of duties")
    };
    let mut places = Vec::new();
    for (code, cells) in rows.iter().zip(cells) {
        for (case, cell) in columns.iter().zip(cells) {
            if matches!(cell, Value::Word(is) if is == word) {
                places.push(format!("{}{}", plain(code).replace("P.task.", ""), plain(case)));
            }
        }
    }
    places.sort_unstable();
    places
}

fn network(told: &mut Told, seed: &Study) {
    let findings = found(seed, "positioning-network", &json!({ "below": "P.task" }));
    for role in rows(about(&findings, "all"), "by_role") {
        number(told, &format!("network/{}", plain(&role["role"])), cell(&role, "claims"));
    }
    let findings = found(seed, "unheard-roles", &json!({}));
    text(told, "network/unheard", plain(&about(&findings, "all").values["who"]));
}

/// Who can be recognised, and whose words are quoted.
fn interviews(told: &mut Told, seed: &Study) {
    let findings = found(seed, "disclosure", &json!({ "attributes": ["gender"] }));
    number(told, "disclosure/unique", measure(about(&findings, "all"), "unique"));
    let findings = found(seed, "evidence-balance", &json!({}));
    let all = about(&findings, "all");
    number(told, "quotations/all", measure(all, "quotations"));
    number(told, "quotations/without_speaker", measure(all, "unattributed"));
    text(told, "quotations/never", plain(&all.values["never"]));
    for role in rows(all, "by_role") {
        let path = format!("quotations/roles/{}", plain(&role["role"]));
        number(told, &path, cell(&role, "quotations"));
    }
    for case in rows(all, "by_case") {
        let path = format!("quotations/cases/{}", plain(&case["case"]));
        number(told, &path, cell(&case, "quotations"));
    }
}

/// Which tasks go together, by unit.
fn lattice(told: &mut Told, seed: &Study) {
    let findings = found(seed, "concept-lattice", &json!({}));
    let overall = about(&findings, "overall");
    for (path, name) in [
        ("units", "units"),
        ("concepts", "concepts"),
        ("base", "base"),
        ("supported", "implications"),
    ] {
        number(told, &format!("lattice/{path}"), measure(overall, name));
    }
    text(told, "lattice/never_combined", plain(&overall.values["alone"]));
    // Bundles of few units stand in the table only.
    for bundle in rows(overall, "bundles") {
        let tasks = plain(&bundle["intent"]).replace("P.task.", "");
        let mut tasks: Vec<&str> = tasks.split_whitespace().collect();
        tasks.sort_unstable();
        let name = match tasks.len() {
            0 => "nothing".to_owned(),
            6 => "everything".to_owned(),
            _ => tasks.join("+"),
        };
        number(told, &format!("lattice/bundles/{name}"), cell(&bundle, "claiming"));
    }
    for finding in &findings {
        let tasks = finding.about.replace("P.task.", "");
        if let Some(rule) = tasks.strip_prefix("implication/") {
            number(told, &format!("lattice/rules/{rule}"), measure(finding, "support"));
        }
    }
}
