//! Which tables could there be? What properties of columns are tried on.

use parallax_model::Reading;
use parallax_model::table::{NONE, Texts};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};

use super::{Column, Table};

/// How a property is tried: on the same tables each time, so that a change is told from chance;
/// fewer times by the interpreter that looks for undefined behaviour.
pub(super) fn tried() -> Config {
    let cases = if cfg!(miri) { 4 } else { 256 };
    let rng_seed = RngSeed::Fixed(5);
    Config { cases, rng_seed, failure_persistence: None, ..Config::default() }
}

/// A table of up to twenty rows with a column of each kind, some cells without a value.
pub(super) fn table() -> impl Strategy<Value = Table<'static>> {
    (0_usize..20).prop_flat_map(|rows| {
        let columns = [
            vec(any::<u8>(), rows).prop_map(|values| Column::U8(values.into())).boxed(),
            vec(gap_or(any::<u32>()), rows).prop_map(|values| Column::U32(values.into())).boxed(),
            vec(any::<i64>(), rows).prop_map(|values| Column::I64(values.into())).boxed(),
            vec(decimal(), rows).prop_map(|values| Column::F64(values.into())).boxed(),
            texts(rows).prop_map(Column::Texts).boxed(),
            codes(rows).boxed(),
            lists(rows).boxed(),
        ];
        columns.to_vec().prop_map(move |columns| {
            let named = ["u8", "u32", "i64", "f64", "texts", "codes", "lists"];
            Table { name: "any", rows, columns: named.into_iter().zip(columns).collect() }
        })
    })
}

fn gap_or(values: impl Strategy<Value = u32>) -> impl Strategy<Value = u32> {
    prop_oneof![2 => Just(NONE), 3 => values]
}

fn decimal() -> impl Strategy<Value = f64> {
    prop_oneof![Just(f64::NAN), Just(f64::MIN_POSITIVE / 4.0), any::<f64>()]
}

fn texts(rows: usize) -> impl Strategy<Value = Texts<'static>> {
    vec("[aé€]{0,3}", rows)
        .prop_map(|texts| texts.iter().map(String::as_str).collect::<Texts<'static>>())
}

fn labels() -> impl Strategy<Value = Texts<'static>> {
    (1_usize..5).prop_flat_map(texts)
}

fn codes(rows: usize) -> impl Strategy<Value = Column<'static>> {
    labels().prop_flat_map(move |labels| {
        let known = u32::try_from(labels.len()).expect("few");
        vec(gap_or(0..known), rows).prop_map(move |codes| Column::Codes {
            codes: codes.into(),
            labels: labels.clone(),
            of: "roles",
        })
    })
}

fn lists(rows: usize) -> impl Strategy<Value = Column<'static>> {
    labels().prop_flat_map(move |labels| {
        let known = u32::try_from(labels.len()).expect("few");
        vec(vec(0..known, 0..3), rows).prop_map(move |lists| {
            let ends = lists.iter().scan(0, |end: &mut i64, list| {
                *end += i64::try_from(list.len()).expect("few");
                Some(*end)
            });
            Column::Lists {
                offsets: std::iter::once(0).chain(ends).collect(),
                codes: lists.concat().into(),
                labels: labels.clone(),
                of: "",
            }
        })
    })
}

/// A reading in which every table that is looked at has rows, some cells without a value.
pub(super) fn full() -> Reading<'static> {
    let ids = |ids: &[&'static str]| ids.iter().copied().collect::<Texts<'static>>();
    let mut reading = Reading { mapping: "report".into(), ..Reading::default() };
    reading.roles.ids = ids(&["S", "L"]);
    reading.roles.labels = ids(&["supervisor", ""]);
    reading.roles.kinds = vec![0, 1].into();
    reading.roles.within = vec![NONE, 0].into();
    reading.cases.ids = ids(&["1"]);
    reading.cases.labels = ids(&["één"]);
    reading.cases.parents = vec![NONE].into();
    reading.participants.ids = ids(&["S1", "L1"]);
    reading.participants.cases = vec![0, 0].into();
    reading.participants.roles = vec![0, NONE].into();
    reading.participants.titles = vec![NONE, 0].into();
    reading.participants.title_names = ids(&["Mentor"]);
    reading.participants.kinds = vec![0, 1].into();
    reading.codes.ids = ids(&["P"]);
    reading.codes.labels = ids(&["position"]);
    reading.codes.parents = vec![NONE].into();
    reading.codes.removed = vec![0].into();
    reading.codes.prompts = ids(&[""]);
    reading.codes.questions = ids(&["RQ1"]);
    reading.codes.origins = vec![1].into();
    reading.codes.incompatible_offsets = vec![0, 1].into();
    reading.codes.incompatible = vec![0].into();
    reading.claims.ids = ids(&["c1"]);
    reading.claims.references = ids(&["p. 3"]);
    reading.claims.sections = ids(&["Results"]);
    reading.claims.kinds = vec![0].into();
    reading.claims.scopes = ids(&["*"]);
    reading.claims.code_offsets = vec![0, 1].into();
    reading.claims.codes = vec![0].into();
    reading.claims.modalities = vec![255].into();
    reading.claims.states = vec![0].into();
    reading.claims.expected = ids(&["2"]);
    reading.claims.quantifiers = ids(&["several"]);
    reading.constraints.ids = ids(&["k1"]);
    reading.constraints.codes = vec![0].into();
    reading.constraints.modalities = vec![255].into();
    reading.constraints.bearers = vec![255].into();
    reading.constraints.states = vec![0].into();
    reading.constraints.minimums = vec![1].into();
    reading.constraints.maximums = vec![NONE].into();
    reading.constraints.member_offsets = vec![0, 2].into();
    reading.constraints.members = vec![0, 1].into();
    reading.excerpts.code_offsets = vec![0].into();
    reading.sources.speaker_offsets = vec![0].into();
    reading
}
