//! What can a script ask of units: which roles at which cases are counted, and who is in them?

use std::sync::Arc;

use parallax_model::settings::Unit as Counted;
use rhai::{Array, Dynamic, INT};

use super::Vocabulary;
use super::named::{Case, Participant, Role, case_of};
use super::seen::{Place, Seen, Unit};

/// Some of the units of a reading, in their order.
#[derive(Clone)]
pub(super) struct Units {
    pub(super) seen: Seen,
    pub(super) indices: Arc<Vec<usize>>,
}

/// The words for units.
pub(super) fn register(words: &mut Vocabulary) {
    words.type_name::<Units>("Units");
    words.function(
        "units",
        "reading.units()",
        "What the study counts: every role at every case, vacant ones too, or every participant.",
        |seen: &mut Seen| {
            let indices = Arc::new((0..seen.places().len()).collect());
            Units { seen: seen.clone(), indices }
        },
    );
    words.property(
        "unit",
        "reading.unit",
        "The word for what the study counts: `role_at_case` or `participant`.",
        |seen: &mut Seen| match seen.reading().conventions.unit {
            Counted::RoleAtCase => "role_at_case",
            Counted::Participant => "participant",
        },
    );
    words.function(
        "of",
        "units.of(role)",
        "Those of one role.",
        |units: &mut Units, role: Role| units.filter(|place| place.role == role.row),
    );
    words.function(
        "of",
        "units.of(case)",
        "Those at one case.",
        |units: &mut Units, case: Case| units.filter(|place| place.case == case.row),
    );
    words.function(
        "occupied",
        "units.occupied()",
        "Those that have somebody.",
        |units: &mut Units| units.filter(|place| !place.members.is_empty()),
    );
    words.function("count", "units.count()", "How many there are.", |units: &mut Units| {
        INT::try_from(units.indices.len()).unwrap_or(INT::MAX)
    });
    words.function(
        "list",
        "units.list()",
        "The units one by one, to walk through with `for` or `map`.",
        |units: &mut Units| -> Array { units.iter().map(Dynamic::from).collect() },
    );
    register_one(words);
}

fn register_one(words: &mut Vocabulary) {
    words.property("role", "unit.role", "The role of a unit.", |unit: &mut Unit| Role {
        seen: unit.seen.clone(),
        row: unit.place().role,
    });
    words.property(
        "case",
        "unit.case",
        "The case of a unit; `()` where there are no cases.",
        |unit: &mut Unit| case_of(&unit.seen, unit.place().case),
    );
    words.property(
        "is_vacant",
        "unit.is_vacant",
        "Whether nobody has the role at the case.",
        |unit: &mut Unit| unit.place().members.is_empty(),
    );
    words.function("people", "unit.people()", "The participants of a unit.", |unit: &mut Unit| {
        let people = unit.place().members.iter();
        let people = people.map(|&row| Participant { seen: unit.seen.clone(), row });
        people.map(Dynamic::from).collect::<Array>()
    });
}

impl Units {
    fn filter(&self, keeps: impl Fn(&Place) -> bool) -> Self {
        let places = self.seen.places();
        let kept = self.indices.iter().copied().filter(|&index| keeps(&places[index]));
        Self { seen: self.seen.clone(), indices: Arc::new(kept.collect()) }
    }

    /// The units one by one.
    pub(super) fn iter(&self) -> impl Iterator<Item = Unit> {
        self.indices.iter().map(|&index| Unit { seen: self.seen.clone(), index })
    }

    /// The people of each unit that has somebody.
    pub(super) fn members(&self) -> impl Iterator<Item = &[u32]> {
        let all = self.indices.iter().map(|&index| &self.seen.places()[index].members[..]);
        all.filter(|members| !members.is_empty())
    }
}
