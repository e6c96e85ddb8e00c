//! How does a script ask what two collections share, and how often each thing comes?

use std::sync::Arc;

use indexmap::{IndexMap, IndexSet};
use parallax_model::Number;
use rhai::{Array, Dynamic, INT, Map};

use super::cell::Said;
use super::draft::Making;
use super::named::id_of;
use super::{Result, Vocabulary, shown};
use crate::shelf::script::did_you_mean;
use crate::shelf::script::fault::{stop, type_name};

/// Different texts, in the order in which they came.
#[derive(Clone, Default)]
pub(super) struct Set(Arc<IndexSet<String>>);

/// How often each text came, in the order in which they first came.
type Counter = Making<IndexMap<String, INT>>;

/// The words for sets and counters.
pub(super) fn register(words: &mut Vocabulary) {
    words.type_name::<Set>("Set");
    words.shown(|set: &Set| shown::list(set.0.iter().cloned(), set.0.len()));
    words.iterable::<Set>();
    words.function(
        "set",
        "set(list)",
        "The different texts or ids of a list.",
        r#"set(["a", "b", "a"]).count()  // 2"#,
        |list: Array| -> Result<Set> { list.iter().map(text_of).collect() },
    );
    words.function(
        "count",
        "set.count()",
        "How many there are.",
        r#"reading.participants().values("case").count()  // 3"#,
        |set: &mut Set| INT::try_from(set.0.len()).unwrap_or(INT::MAX),
    );
    words.function(
        "contains",
        "set.contains(text)",
        "Whether a text or an id is in it; also `text in set`.",
        r#""C1" in reading.statements().values("speaker")  // true"#,
        |set: &mut Set, value: Dynamic| -> Result<bool> { Ok(set.contains(&text_of(&value)?)) },
    );
    words.function(
        "join",
        "list.join(between)",
        "The texts and ids of a list as one text, with something between them.",
        r#"["a", "b", reading.code("logbook")].join(", ")  // a, b, logbook"#,
        |list: &mut Array, between: &str| -> Result<String> {
            let texts = list.iter().map(text_of).collect::<Result<Vec<String>>>()?;
            Ok(texts.join(between))
        },
    );
    words.function(
        "list",
        "set.list()",
        "Its texts as a list.",
        r#"reading.participants().values("case").list()[0]  // north"#,
        |set: &mut Set| -> Array { set.0.iter().map(|text| text.as_str().into()).collect() },
    );
    words.counted::<Set>();
    words.function(
        "pick",
        "map.pick(names)",
        "The values of a map under several names, in the order of the names: a part of a row of a \
         table.",
        r#"reading.cells(item("tailor", "own")).tally(reading.participants()).pick(["yes", "no"])  // [2, 1]"#,
        |map: &mut Map, names: Array| -> Result<Array> {
            let value = |name: &Dynamic| {
                let name = text_of(name)?;
                map.get(name.as_str()).cloned().ok_or_else(|| {
                    let near = did_you_mean(&name, map.keys().map(|key| key.as_str()));
                    stop(format!("the map has no `{name}`"), near)
                })
            };
            names.iter().map(value).collect()
        },
    );
    operators(words);
    counters(words);
}

fn operators(words: &mut Vocabulary) {
    words.describe(
        "&",
        "set & set",
        "What both have; `|` what either has; `-` what the first has and the second has not.",
        r#"(set(["a", "b"]) & set(["b", "c"])).list()[0]  // b"#,
    );
    words.also("&", |one: Set, other: Set| one.picked(|text| other.contains(text)));
    words.also("-", |one: Set, other: Set| one.picked(|text| !other.contains(text)));
    words.also("|", |one: Set, other: Set| {
        one.0.iter().chain(other.0.iter()).cloned().collect::<Set>()
    });
    words.also("==", |one: Set, other: Set| *one.0 == *other.0);
    words.function(
        "jaccard",
        "jaccard(set, set)",
        "How much of what either has both have, from 0 to 1 (Jaccard 1912); not available when \
         both are empty.",
        r#"jaccard(set(["a", "b"]), set(["b", "c"]))  // 1/3"#,
        |one: Set, other: Set| {
            let shared = one.0.iter().filter(|text| other.contains(text)).count();
            let either = one.0.len() + other.0.len() - shared;
            Number::fraction(shared, either, "both are empty")
        },
    );
}

fn counters(words: &mut Vocabulary) {
    words.type_name::<Counter>("Counter");
    words.shown(|counter: &Counter| {
        counter.change(|counts| {
            let each = counts.iter().map(|(key, count)| (key.clone(), count.to_string()));
            shown::pairs(each, counts.len())
        })
    });
    words.function(
        "counter",
        "counter()",
        "Counts how often each text or id comes, for what cannot be asked with `by` or `crosstab`; \
         it may grow larger than a map of the language.",
        r#"let c = counter(); c.add("a"); c.add("a"); c.count("a")  // 2"#,
        || Counter::new(IndexMap::new()),
    );
    words.function(
        "add",
        "counter.add(key)",
        "One more of a text or an id.",
        r#"let c = counter(); c.add("a"); c.count("b")  // 0"#,
        |counter: &mut Counter, key: Dynamic| add(counter, &key, 1),
    );
    words.function(
        "add",
        "counter.add(key, times)",
        "So many more.",
        r#"let c = counter(); c.add("a", 3); c.count("a")  // 3"#,
        |counter: &mut Counter, key: Dynamic, times: INT| add(counter, &key, times),
    );
    words.function(
        "add_all",
        "counter.add_all(list)",
        "One more of each text or id of a list; of what is said in a cell, of its state.",
        r#"let c = counter(); c.add_all(["a", "b", "a"]); c.count("a")  // 2"#,
        |counter: &mut Counter, list: Array| -> Result<()> {
            list.iter().try_for_each(|key| add(counter, key, 1))
        },
    );
    words.function(
        "count",
        "counter.count(key)",
        "How often it came.",
        r#"let c = counter(); for s in reading.statements() { c.add(s.code); } c.count("tailor")  // 5"#,
        |counter: &mut Counter, key: Dynamic| -> Result<INT> {
            let key = text_of(&key)?;
            Ok(counter.change(|counts| counts.get(&key).copied().unwrap_or(0)))
        },
    );
    words.function(
        "keys",
        "counter.keys()",
        "What came, in the order in which it first came: a set.",
        r#"let c = counter(); c.add("b"); c.add("a"); c.keys().list()[0]  // b"#,
        |counter: &mut Counter| -> Set {
            counter.change(|counts| counts.keys().cloned().collect())
        },
    );
}

fn add(counter: &Counter, key: &Dynamic, times: INT) -> Result<()> {
    let state = key.read_lock::<Said>().map(|said| said.state.to_owned());
    let key = state.map_or_else(|| text_of(key), Ok)?;
    counter.change(|counts| {
        let count = counts.entry(key).or_insert(0);
        *count = count
            .checked_add(times)
            .ok_or_else(|| stop("a count became larger than a number can be", None))?;
        Ok(())
    })
}

/// The text, the whole number or the id that a value is.
pub(super) fn text_of(value: &Dynamic) -> Result<String> {
    let text = id_of(value).or_else(|| value.clone().into_string().ok());
    text.or_else(|| value.as_int().ok().map(|number| number.to_string())).ok_or_else(|| {
        let given = type_name(value.type_name());
        stop(format!("a text, a whole number or an id belongs here, not {given}"), None)
    })
}

impl Set {
    /// Its texts one by one, in their order.
    pub(super) fn each(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Its texts, in their order.
    pub(super) fn texts(&self) -> Vec<String> {
        self.0.iter().cloned().collect()
    }

    fn contains(&self, text: &str) -> bool {
        self.0.contains(text)
    }

    fn picked(&self, wanted: impl Fn(&str) -> bool) -> Self {
        self.0.iter().filter(|text| wanted(text)).cloned().collect()
    }
}

impl FromIterator<String> for Set {
    fn from_iter<I: IntoIterator<Item = String>>(texts: I) -> Self {
        Self(Arc::new(texts.into_iter().collect()))
    }
}

impl IntoIterator for Set {
    type Item = Dynamic;
    type IntoIter = std::vec::IntoIter<Dynamic>;

    fn into_iter(self) -> Self::IntoIter {
        let texts: Vec<Dynamic> = self.0.iter().map(|text| text.as_str().into()).collect();
        texts.into_iter()
    }
}
