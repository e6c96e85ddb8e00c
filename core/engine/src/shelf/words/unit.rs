//! What can a script ask of units: which roles at which cases are counted, and who is in them?

use std::sync::Arc;

use parallax_model::settings::Unit as Counted;
use rhai::{Array, Dynamic, INT};

use super::named::{Case, Participant, Role, case_of, thing};
use super::rows::Rows;
use super::seen::{Place, Seen, Unit};
use super::tables::Table;
use super::{Result, Vocabulary, shown};
use crate::shelf::script::fault::{stop, type_name};

/// Some of the units of a reading, in their order.
#[derive(Clone)]
pub(super) struct Units {
    pub(super) seen: Seen,
    pub(super) indices: Arc<Vec<usize>>,
}

/// The words for units.
pub(super) fn register(words: &mut Vocabulary) {
    words.type_name::<Units>("Units");
    words.shown(|units: &Units| {
        let unit = |&index: &usize| Unit { seen: units.seen.clone(), index }.id();
        shown::list(units.indices.iter().map(unit), units.indices.len())
    });
    words.iterable::<Units>();
    words.function(
        "units",
        "reading.units()",
        "What the study counts: every role at every case, vacant ones too, or every participant.",
        "reading.units().count()  // 6",
        |seen: &mut Seen| {
            let indices = Arc::new((0..seen.places().len()).collect());
            Units { seen: seen.clone(), indices }
        },
    );
    words.property(
        "unit",
        "reading.unit",
        "The word for what the study counts: `role_at_case` or `participant`.",
        "reading.unit  // role_at_case",
        |seen: &mut Seen| match seen.reading().conventions.unit {
            Counted::RoleAtCase => "role_at_case",
            Counted::Participant => "participant",
        },
    );
    words.function(
        "of",
        "units.of(role)",
        "Those of one role.",
        r#"reading.units().of(reading.role("coach")).count()  // 3"#,
        |units: &mut Units, role: Role| units.filter(|place| place.role == role.row),
    );
    words.function(
        "of",
        "units.of(case)",
        "Those at one case.",
        r#"reading.units().of(reading.case("east")).count()  // 2"#,
        |units: &mut Units, case: Case| units.filter(|place| place.case == case.row),
    );
    words.function(
        "occupied",
        "units.occupied()",
        "Those that have somebody.",
        "reading.units().occupied().count()  // 5",
        |units: &mut Units| units.filter(|place| !place.members.is_empty()),
    );
    words.function(
        "count",
        "units.count()",
        "How many there are.",
        r#"reading.units().of(reading.case("east")).count()  // 2"#,
        |units: &mut Units| INT::try_from(units.indices.len()).unwrap_or(INT::MAX),
    );
    words.function(
        "list",
        "units.list()",
        "The units as a list, to `map` or to join with `+`; to walk through them, `for unit in \
         units` is enough.",
        "reading.units().list()[0].id  // coach@north",
        |units: &mut Units| -> Array { units.clone().into_iter().collect() },
    );
    words.counted::<Units>();
    register_one(words);
}

fn register_one(words: &mut Vocabulary) {
    words.property(
        "role",
        "unit.role",
        "The role of a unit.",
        "reading.units().list()[0].role.id  // coach",
        |unit: &mut Unit| thing(&unit.seen, Table::Roles, unit.place().role),
    );
    words.property(
        "case",
        "unit.case",
        "The case of a unit; `()` where there are no cases.",
        "reading.units().list()[0].case.id  // north",
        |unit: &mut Unit| case_of(&unit.seen, unit.place().case),
    );
    words.property(
        "id",
        "unit.id",
        "The id of a unit: `coach@north`, or that of its only person where participants are \
         counted.",
        "reading.units().list()[1].id  // coach@south",
        |unit: &mut Unit| unit.id(),
    );
    words.property(
        "is_vacant",
        "unit.is_vacant",
        "Whether nobody has the role at the case.",
        "reading.units().list()[2].is_vacant  // true",
        |unit: &mut Unit| unit.place().members.is_empty(),
    );
    words.function(
        "people",
        "unit.people()",
        "The participants of a unit.",
        "reading.units().list()[0].people().first().id  // C1",
        |unit: &mut Unit| {
            Rows::these(&unit.seen, Table::Participants, unit.place().members.clone())
        },
    );
}

impl Units {
    fn filter(&self, keeps: impl Fn(&Place) -> bool) -> Self {
        let places = self.seen.places();
        let kept = self.indices.iter().copied().filter(|&index| keeps(&places[index]));
        Self { seen: self.seen.clone(), indices: Arc::new(kept.collect()) }
    }
}

/// The units one by one.
impl IntoIterator for Units {
    type Item = Dynamic;
    type IntoIter = std::vec::IntoIter<Dynamic>;

    fn into_iter(self) -> Self::IntoIter {
        let unit = |&index: &usize| Dynamic::from(Unit { seen: self.seen.clone(), index });
        self.indices.iter().map(unit).collect::<Vec<_>>().into_iter()
    }
}

/// Whom cells are asked about: groups of people who count as one, and single people.
pub(super) trait Asked: Clone + Send + Sync + 'static {
    /// The people of each; nobody where a role is vacant.
    ///
    /// # Errors
    /// When these are no people.
    fn groups(&self) -> Result<Vec<Vec<u32>>>;

    /// The same as things of a script, one for each group.
    fn things(&self) -> Vec<Dynamic>;
}

/// The groups of what stands in a list: units, participants, or one of them.
pub(super) fn groups_of(value: &Dynamic) -> Result<Vec<Vec<u32>>> {
    fn found<T: Asked>(value: &Dynamic) -> Option<Result<Vec<Vec<u32>>>> {
        value.read_lock::<T>().map(|whom| whom.groups())
    }
    (found::<Rows>(value))
        .or_else(|| found::<Units>(value))
        .or_else(|| found::<Unit>(value))
        .or_else(|| found::<Participant>(value))
        .unwrap_or_else(|| {
            let given = type_name(value.type_name());
            let help = "a group is some units or participants".to_owned();
            Err(stop(format!("cells are not asked about {given}"), Some(help)))
        })
}

impl Asked for Units {
    fn groups(&self) -> Result<Vec<Vec<u32>>> {
        let places = self.seen.places();
        Ok(self.indices.iter().map(|&index| places[index].members.clone()).collect())
    }

    fn things(&self) -> Vec<Dynamic> {
        self.clone().into_iter().collect()
    }
}

impl Asked for Unit {
    fn groups(&self) -> Result<Vec<Vec<u32>>> {
        Ok(vec![self.place().members.clone()])
    }

    fn things(&self) -> Vec<Dynamic> {
        vec![Dynamic::from(self.clone())]
    }
}

impl Asked for Participant {
    fn groups(&self) -> Result<Vec<Vec<u32>>> {
        Ok(vec![vec![self.row]])
    }

    fn things(&self) -> Vec<Dynamic> {
        vec![Dynamic::from(self.clone())]
    }
}

/// Each participant counts for themselves.
impl Asked for Rows {
    fn groups(&self) -> Result<Vec<Vec<u32>>> {
        match self.table {
            Table::Participants => Ok(self.iter().map(|row| vec![row]).collect()),
            table => {
                let message = format!("cells are not asked about {}", table.name());
                Err(stop(message, Some("ask about units or participants".to_owned())))
            }
        }
    }

    fn things(&self) -> Vec<Dynamic> {
        self.clone().into_iter().collect()
    }
}
