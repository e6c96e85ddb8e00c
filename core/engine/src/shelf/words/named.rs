//! What can a script ask of a code, a role, a case, a participant or a unit?

use parallax_model::table::{NONE, Texts};
use rhai::{Array, Dynamic};

use super::Vocabulary;
use super::seen::{Seen, Unit};

macro_rules! named {
    ($($(#[doc = $doc:literal])* $name:ident from $table:ident;)*) => {
        $($(#[doc = $doc])*
        #[derive(Clone)]
        pub(crate) struct $name {
            /// The reading it belongs to.
            pub(crate) seen: Seen,
            /// Its row.
            pub(crate) row: u32,
        }

        impl Named for $name {
            const TYPE: &'static str = stringify!($name);

            fn id(&self) -> String {
                self.seen.reading().$table.ids.of(self.row).to_owned()
            }

            fn is(&self, other: &Self) -> bool {
                self.row == other.row && self.seen.is(&other.seen)
            }
        })*
    };
}

named! {
    /// A code of the codebook.
    Code from codes;
    /// A role that somebody has.
    Role from roles;
    /// A case, such as a school.
    Case from cases;
    /// Somebody who is part of the reading.
    Participant from participants;
}

/// What every named thing of a study has.
pub(crate) trait Named: Clone + Send + Sync + 'static {
    /// What messages call it.
    const TYPE: &'static str;

    /// Its id.
    fn id(&self) -> String;

    /// Whether it is the same.
    fn is(&self, other: &Self) -> bool;
}

impl Named for Unit {
    const TYPE: &'static str = "Unit";

    fn id(&self) -> String {
        Self::id(self)
    }

    fn is(&self, other: &Self) -> bool {
        self.index == other.index && self.seen.is(&other.seen)
    }
}

/// The words for named things.
pub(super) fn register(words: &mut Vocabulary) {
    identify::<Code>(words, "code.id", "The id of a code, such as `P.task.MON`.");
    identify::<Role>(words, "role.id", "The id of a role.");
    identify::<Case>(words, "case.id", "The id of a case.");
    identify::<Participant>(words, "person.id", "The id of a participant.");
    identify::<Unit>(words, "unit.id", "The id of a unit: `S@1`, or that of its only person.");
    labels(words);
    tree(words);
    places(words);
}

fn identify<T: Named>(words: &mut Vocabulary, usage: &'static str, help: &'static str) {
    words.type_name::<T>(T::TYPE);
    words.property("id", usage, help, |thing: &mut T| thing.id());
    words.also("to_string", |thing: &mut T| thing.id());
    words.also("==", |one: T, other: T| one.is(&other));
    words.also("!=", |one: T, other: T| !one.is(&other));
}

fn labels(words: &mut Vocabulary) {
    words.property(
        "label",
        "code.label",
        "What readers call it; the id without a label.",
        |code: &mut Code| label(&code.seen.reading().codes.labels, code.row, code.id()),
    );
    words.property(
        "label",
        "role.label",
        "What readers call it; the id without a label.",
        |role: &mut Role| label(&role.seen.reading().roles.labels, role.row, role.id()),
    );
    words.property(
        "label",
        "case.label",
        "What readers call it; the id without a label.",
        |case: &mut Case| label(&case.seen.reading().cases.labels, case.row, case.id()),
    );
}

fn label(labels: &Texts<'_>, row: u32, id: String) -> String {
    match labels.of(row) {
        "" => id,
        label => label.to_owned(),
    }
}

/// The tree of codes.
fn tree(words: &mut Vocabulary) {
    words.function(
        "children",
        "code.children()",
        "The codes directly below a code, in the order of the codebook.",
        |code: &mut Code| -> Array {
            let parents = &code.seen.reading().codes.parents;
            let below = (0_u32..).zip(parents.iter()).filter(|&(_, &parent)| parent == code.row);
            below.map(|(row, _)| Dynamic::from(Code { seen: code.seen.clone(), row })).collect()
        },
    );
    words.function(
        "is_below",
        "code.is_below(other)",
        "Whether a code stands below another, at any depth; a code is not below itself.",
        |code: Code, other: Code| {
            let mut upward = code.seen.reading().codes.upward(code.row).skip(1);
            code.seen.is(&other.seen) && upward.any(|above| above == other.row)
        },
    );
}

fn places(words: &mut Vocabulary) {
    words.property(
        "role",
        "person.role",
        "The role of a participant in this reading.",
        |person: &mut Participant| {
            let row = person.seen.reading().participants.role(person.row);
            Role { seen: person.seen.clone(), row }
        },
    );
    words.property(
        "case",
        "person.case",
        "The case of a participant; `()` without one.",
        |person: &mut Participant| {
            case_of(&person.seen, person.seen.reading().participants.case(person.row))
        },
    );
}

/// The case of a row, or nothing.
pub(super) fn case_of(seen: &Seen, row: u32) -> Dynamic {
    match row {
        NONE => Dynamic::UNIT,
        row => Dynamic::from(Case { seen: seen.clone(), row }),
    }
}
