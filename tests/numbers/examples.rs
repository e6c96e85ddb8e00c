//! Which numbers do the theory's worked examples give?

use parallax_model::{Choices, Number};
use serde_json::json;

use super::{
    Told, about, cell, found, found_under, heights, measure, number, row, rows, study, text,
};

/// What comes of every worked example.
pub(crate) fn tell(told: &mut Told) {
    mismatch(told);
    clusters(told);
    co_orientation(told);
    consensus(told);
    conflict(told);
    network(told);
    saturation(told);
    passages(told);
    coders(told);
}

fn mismatch(told: &mut Told) {
    let findings = found(&study("tests/numbers/mismatch"), "expectation-mismatch", &json!({}));
    let overall = about(&findings, "participants/overall");
    for status in
        ["aligned", "unrecognised", "contested", "unmet", "unknown", "vacant", "unsolicited"]
    {
        number(told, &format!("mismatch_example/{status}"), measure(overall, status));
    }
    number(told, "mismatch_example/rate", measure(overall, "mismatch_rate"));
    let Number::Between { lower, upper } = measure(overall, "mismatch_bounds") else {
        panic!("one expectation is unknown")
    };
    number(told, "mismatch_example/lower", lower.into());
    number(told, "mismatch_example/upper", upper.into());
    let congruence = row(about(&findings, "participants/X>Y"), "congruence", &[("case", "c1")]);
    number(told, "mismatch_example/jaccard", cell(&congruence, "jaccard"));
}

fn clusters(told: &mut Told) {
    let study = study("tests/numbers/clusters");
    for mapping in ["RRRQQ", "RRQQQ"] {
        let choices = Choices { mapping: Some(mapping.to_owned()), ..Choices::default() };
        let findings = found_under(&study, &choices, "position-clusters", &json!({}));
        let overall = about(&findings, "overall");
        number(told, &format!("clusters_example/ari_{mapping}"), measure(overall, "ari"));
        if mapping == "RRQQQ" {
            number(told, "clusters_example/p_RRQQQ", measure(overall, "p"));
            number(told, "clusters_example/silhouette", measure(overall, "silhouette"));
            for (at, height) in heights(overall).into_iter().enumerate() {
                number(told, &format!("clusters_example/heights/{at}"), height);
            }
        }
    }
}

fn co_orientation(told: &mut Told) {
    let findings = found(&study("tests/numbers/co-orientation"), "co-orientation", &json!({}));
    let pair = about(&findings, "pair/c/a-b");
    let mut tell = |name: &str| {
        number(told, &format!("co_orientation_example/{name}"), measure(pair, name));
    };
    tell("agreement");
    for share in [
        "congruency",
        "accuracy",
        "consensus",
        "false_consensus",
        "pluralistic_ignorance",
        "recognised_disagreement",
    ] {
        tell(&format!("{share}_a"));
        tell(&format!("{share}_b"));
    }
}

fn consensus(told: &mut Told) {
    let findings = found(&study("tests/numbers/consensus"), "role-consensus", &json!({}));
    let agreement = row(about(&findings, "all"), "by_role", &[("code", "k")]);
    for (path, role) in
        [("four_to_one", "nurse"), ("one_to_one", "physician"), ("alone", "pharmacist")]
    {
        number(told, &format!("consensus/{path}"), cell(&agreement, role));
    }
}

fn conflict(told: &mut Told) {
    let findings = found(&study("scripts/role-conflict"), "role-conflict", &json!({}));
    let teacher =
        row(about(&findings, "all"), "targets", &[("case", "north"), ("role", "teacher")]);
    for (path, column) in
        [("inter_sender", "inter"), ("person_role", "denied"), ("overload", "load")]
    {
        number(told, &format!("role_conflict_example/{path}"), cell(&teacher, column));
    }
    let findings = found(&study("scripts/role-ambiguity"), "role-ambiguity", &json!({}));
    let visits = row(about(&findings, "all"), "bearers", &[("case", "south"), ("code", "visit")]);
    number(told, "ambiguity_example", cell(&visits, "ambiguity"));
}

fn network(told: &mut Told) {
    let parameters = json!({ "actors": "participants" });
    let findings = found(&study("scripts/content-agreement"), "content-agreement", &parameters);
    for pair in rows(about(&findings, "all"), "pairs") {
        let name = format!("{} {}", super::plain(&pair["one"]), super::plain(&pair["other"]));
        for (path, column) in
            [("congruence", "agree"), ("conflict", "conflict"), ("normalised", "normalised")]
        {
            number(told, &format!("network_example/{path}/{name}"), cell(&pair, column));
        }
    }
}

fn saturation(told: &mut Told) {
    let findings = found(&study("scripts/saturation"), "saturation", &json!({}));
    let all = about(&findings, "all");
    let curve = rows(all, "curve");
    number(told, "saturation_example/base", cell(&curve[3], "codes"));
    // The runs of two end at the sixth and at the seventh interview.
    for (at, place) in [5, 6].into_iter().enumerate() {
        number(told, &format!("saturation_example/runs/{at}"), cell(&curve[place], "share"));
    }
    text(told, "saturation_example/reached", super::plain(&all.values["point"]));
}

fn passages(told: &mut Told) {
    let findings = found(&study("tests/numbers/passages"), "unitizing-reliability", &json!({}));
    let overall = about(&findings, "overall");
    for name in ["iou", "percent_agreement", "kappa", "alpha", "ac1"] {
        number(told, &format!("passages_example/{name}"), measure(overall, name));
    }
}

fn coders(told: &mut Told) {
    let examples = [
        ("ten", "tests/numbers/coders", "code/k", &["percent", "cohen", "ac1", "alpha"][..]),
        ("paradox", "tests/numbers/paradox", "code/k", &["percent", "cohen", "ac1", "alpha"]),
        ("gaps", "tests/numbers/four-coders", "field/bearer", &["alpha"]),
        ("gaps", "tests/numbers/four-coders", "field/value", &["alpha_ordinal", "alpha_interval"]),
    ];
    for (example, folder, place, names) in examples {
        let counted = json!({ "uncoded": "count" });
        let findings = found(&study(folder), "intercoder-reliability", &counted);
        for name in names {
            let found = measure(about(&findings, place), name);
            number(told, &format!("coders_example/{example}/{name}"), found);
        }
    }
}
