//! Does an analysis that an author wrote with the kit come through the border as it should?

use std::sync::atomic::AtomicBool;

use parallax_engine::shelf::{Body, NativeAnalysis, Ran, Shelf};
use parallax_model::Outcome;
use parallax_plugin::prelude::*;
use serde_json::{Map, Value as Json, json};

/// An analysis that does what its parameter says.
mod obedient {
    use super::*;

    #[derive(Deserialize, Serialize, JsonSchema)]
    #[serde(deny_unknown_fields)]
    pub(crate) struct Parameters {
        /// What to do.
        #[serde(default)]
        act: String,
        /// How many findings to give.
        #[serde(default)]
        count: u32,
    }

    struct Bomb;

    impl Drop for Bomb {
        fn drop(&mut self) {
            panic!("dropped");
        }
    }

    pub(crate) fn analyse(reading: &Reading<'_>, parameters: &Parameters, job: &Job<'_>) -> Found {
        match parameters.act.as_str() {
            "panic" => panic!("plainly"),
            "panic with text" => panic!("at row {}", parameters.count),
            "panic with a bomb" => std::panic::panic_any(Bomb),
            "refuse" => return Err(NoFindings::not_available("nobody was asked")),
            "fail" => return Err(NoFindings::failed("it lost count")),
            "go on" => (0..10).try_for_each(|step| job.progress(step, 10))?,
            _ => {}
        }
        let template = if parameters.act == "misname" { "tale" } else { "told" };
        let finding = |number: u32| {
            Finding::without_evidence(&format!("{}/{number}", reading.mapping), template, "made up")
                .measure("count", Number::count(reading.participants.len()))
                .value("who", Value::Names(vec![reading.participants.ids.of(0).to_owned()]))
        };
        Ok((0..parameters.count).rev().map(finding).collect())
    }

    parallax_plugin::export_analysis!(
        parallax_plugin_obedient_one,
        r#"{
            "id": "obedient-one", "version": "1.0.0", "title": "T", "question": "Q?", "method": "M",
            "templates": { "told": { "title": "T", "sentence": "{who} of {count}" } },
            "words": { "count": "how many" }
        }"#,
        analyse
    );
}

/// An analysis whose manifest belongs to another one.
mod impostor {
    parallax_plugin::export_analysis!(
        parallax_plugin_impostor,
        r#"{
            "id": "obedient-one", "version": "1.0.0", "title": "T", "question": "Q?", "method": "M",
            "templates": {}
        }"#,
        super::obedient::analyse
    );
}

/// An analysis with a manifest that is none.
mod mute {
    parallax_plugin::export_analysis!(parallax_plugin_mute, "mute", super::obedient::analyse);
}

fn shelf() -> Shelf {
    let mut shelf = Shelf::default();
    let native = NativeAnalysis::linked(obedient::ENTRY).expect("agrees");
    shelf.add(Body::Native(native)).expect("holds");
    shelf
}

fn reading() -> Reading<'static> {
    let mut reading = Reading { mapping: "report".into(), ..Reading::default() };
    reading.participants.ids = ["S1"].into_iter().collect();
    reading.participants.cases = vec![NONE].into();
    reading.participants.roles = vec![NONE].into();
    reading.participants.titles = vec![NONE].into();
    reading.participants.kinds = vec![0].into();
    reading.excerpts.code_offsets = vec![0].into();
    reading.sources.speaker_offsets = vec![0].into();
    reading.constraints.member_offsets = vec![0].into();
    reading
}

fn ran(chosen: &Json, cancel: bool) -> Ran {
    let chosen: Map<String, Json> = chosen.as_object().cloned().expect("is an object");
    let shelf = shelf();
    let analysis = shelf.get("obedient-one").expect("stands on the shelf");
    analysis.run(&reading(), &chosen, 0, &AtomicBool::new(cancel))
}

fn failed(chosen: &Json, cancel: bool) -> String {
    match ran(chosen, cancel).outcome {
        Outcome::Failed(reason) => reason,
        other => panic!("should have failed: {other:?}"),
    }
}

#[test]
fn findings_come_through_in_order_and_as_they_are_called_directly() {
    let through = ran(&json!({ "count": 2 }), false);
    assert_eq!(Json::Object(through.parameters), json!({ "act": "", "count": 2 }));
    let parameters = serde_json::from_value(json!({ "count": 2 })).expect("reads");
    let mut direct =
        obedient::analyse(&reading(), &parameters, &Job::alone(0)).expect("finds something");
    direct.reverse();
    assert_eq!(through.outcome, Outcome::Found(direct));
    assert_eq!(ran(&json!({ "count": 2 }), false).outcome, through.outcome);
}

#[test]
fn a_panic_costs_the_analysis_and_nothing_else() {
    let place = |text: String| text.rsplit_once(':').map(|(most, _)| most.to_owned());
    let said = ["panic", "panic with text", "panic with a bomb"].map(|act| {
        let text = failed(&json!({ "act": act, "count": 3 }), false);
        place(text).and_then(place).expect("has a place")
    });
    insta::assert_snapshot!(said.join("\n"), @"
    it panicked: plainly, at core/engine/tests/shelf.rs
    it panicked: at row 3, at core/engine/tests/shelf.rs
    it panicked: a panic without text, at core/engine/tests/shelf.rs
    ");
    assert!(matches!(ran(&json!({}), false).outcome, Outcome::Found(_)), "it still runs");
}

#[test]
fn an_analysis_can_refuse_fail_and_be_cancelled() {
    let refused = Outcome::NotAvailable("nobody was asked".into());
    assert_eq!(ran(&json!({ "act": "refuse" }), false).outcome, refused);
    assert_eq!(failed(&json!({ "act": "fail" }), false), "it lost count");
    assert_eq!(failed(&json!({ "act": "go on" }), true), "the analysis was cancelled");
    assert!(matches!(ran(&json!({ "act": "go on" }), false).outcome, Outcome::Found(_)));
}

#[test]
fn findings_and_parameters_that_do_not_fit_are_refused() {
    let unknown = failed(&json!({ "act": "misname", "count": 1 }), false);
    assert_eq!(unknown, "its finding about `report/0` uses a template `tale` that is not there");
    let wrong = failed(&json!({ "counts": 1 }), false);
    assert_eq!(wrong, "there is no parameter `counts`: it takes `act`, `count`");
}

#[test]
fn an_analysis_stands_on_the_shelf_once_and_under_its_own_id() {
    let twin = NativeAnalysis::linked(obedient::ENTRY).expect("agrees");
    let said = [
        shelf().add(Body::Native(twin)),
        NativeAnalysis::linked(impostor::ENTRY).map(drop),
        NativeAnalysis::linked(mute::ENTRY).map(drop),
    ]
    .map(|refused| refused.expect_err("is refused").to_string());
    insta::assert_snapshot!(said.join("\n"), @"
    there are two analyses with the id `obedient-one`
    the plugin behind `parallax_plugin_impostor` says that its id is `obedient-one`, which belongs to `parallax_plugin_obedient_one`
    the manifest cannot be used: expected value at line 1 column 1
    ");
}
