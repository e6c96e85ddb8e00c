//! Which small studies are drawn, and how do they get smaller?
//!
//! A sketch is nothing but small numbers: every reference is a number taken modulo the length of
//! what it points into. So any sketch is a study, and one with a row or a person less is one too.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

/// A study in small numbers.
#[derive(Clone, Debug)]
pub(crate) struct Sketch {
    /// How many roles; with four, the last one was not interviewed.
    pub(crate) roles: u8,
    /// How many cases.
    pub(crate) cases: u8,
    /// The people, in order.
    pub(crate) people: Vec<Person>,
    /// The codes: for each the code above it and whether a question asks for it.
    pub(crate) codes: Vec<Code>,
    /// What people and documents say.
    pub(crate) statements: Vec<Said>,
    /// Who was asked what.
    pub(crate) coverage: Vec<Asked>,
    /// Whose numbers are known, without their names.
    pub(crate) constraints: Vec<Counted>,
    /// How unknown cells are filled in, in turn.
    pub(crate) fillings: Vec<u8>,
    /// Whether everybody was asked where coverage says nothing.
    pub(crate) asked: bool,
    /// What is counted (a person or a role at a case), and when several people hold something.
    pub(crate) conventions: (bool, u8),
}

/// One person.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) case: u8,
    pub(crate) role: u8,
    /// 0 to 9; one in ten is left out, and one speaks in a joint interview.
    pub(crate) part: u8,
}

/// One code.
#[derive(Clone, Debug)]
pub(crate) struct Code {
    /// A code before it, if any.
    pub(crate) above: Option<u8>,
    /// The question that asks for it, if any.
    pub(crate) prompt: Option<u8>,
}

/// One statement.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    /// A person, or a document from 200 on.
    pub(crate) speaker: u8,
    pub(crate) code: u8,
    /// Half of the statements are about duties.
    pub(crate) modality: u8,
    /// `self` below 4, `others`, `all`, `we`, then roles and people.
    pub(crate) bearer: u8,
    pub(crate) counterparty: Option<u8>,
    /// Affirms below 4, denies below 6, else on a condition.
    pub(crate) stance: u8,
    /// The speaker's own view below 6, then what they think a role thinks.
    pub(crate) perspective: u8,
    pub(crate) owner: u8,
    pub(crate) value: Option<u8>,
    pub(crate) coder: u8,
    /// Where it stands in the source, and how long it is.
    pub(crate) span: Option<(u8, u8)>,
    pub(crate) excerpt: bool,
    pub(crate) strength: u8,
}

/// One row of coverage.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    /// A person; nobody is everybody.
    pub(crate) who: Option<u8>,
    pub(crate) code: u8,
    /// Whether the row names the question instead of the code.
    pub(crate) by_prompt: bool,
    pub(crate) bearer: u8,
    pub(crate) status: u8,
}

/// One constraint; its numbers are counted in the completed study.
#[derive(Clone, Debug)]
pub(crate) struct Counted {
    pub(crate) code: u8,
    pub(crate) modality: u8,
    pub(crate) others: bool,
    pub(crate) deny: bool,
    /// People in twos, a role or a case.
    pub(crate) members: (u8, u8, u8),
    /// How far below and above the true number its bounds lie.
    pub(crate) slack: (u8, u8),
}

/// Any small study.
pub(crate) fn sketches() -> impl Strategy<Value = Sketch> {
    let people = vec((0_u8..4, 0_u8..4, 0_u8..10), 2..=9)
        .prop_map(|people| each(people, |(case, role, part)| Person { case, role, part }));
    let codes = vec((option::weighted(0.4, 0_u8..7), option::of(0_u8..3)), 3..=7)
        .prop_map(|codes| each(codes, |(above, prompt)| Code { above, prompt }));
    let knowledge = (vec(asked(), 0..8), vec(counted(), 0..4), vec(0_u8..24, 1..40));
    let size = (2_u8..=4, 1_u8..=4, any::<bool>(), (any::<bool>(), 0_u8..6));
    (size, people, codes, vec(said(), 0..28), knowledge).prop_map(
        |((roles, cases, asked, conventions), people, codes, statements, known)| Sketch {
            roles,
            cases,
            people,
            codes,
            statements,
            coverage: known.0,
            constraints: known.1,
            fillings: known.2,
            asked,
            conventions,
        },
    )
}

fn said() -> impl Strategy<Value = Said> {
    let what = (prop_oneof![9 => 0_u8..9, 1 => 200_u8..202], 0_u8..7, 0_u8..16, 0_u8..20);
    let how = (option::weighted(0.2, 0_u8..20), 0_u8..7, 0_u8..8, 0_u8..20);
    let beside = (option::weighted(0.2, 1_u8..6), 0_u8..6, option::of((0_u8..40, 1_u8..20)));
    (what, how, beside, any::<bool>(), 0_u8..5).prop_map(
        |(what, how, beside, excerpt, strength)| Said {
            speaker: what.0,
            code: what.1,
            modality: what.2,
            bearer: what.3,
            counterparty: how.0,
            stance: how.1,
            perspective: how.2,
            owner: how.3,
            value: beside.0,
            coder: beside.1,
            span: beside.2,
            excerpt,
            strength,
        },
    )
}

fn asked() -> impl Strategy<Value = Asked> {
    (option::of(0_u8..9), 0_u8..7, prop::bool::weighted(0.2), 0_u8..4, 0_u8..5).prop_map(
        |(who, code, by_prompt, bearer, status)| Asked { who, code, by_prompt, bearer, status },
    )
}

fn counted() -> impl Strategy<Value = Counted> {
    let what = (0_u8..7, 0_u8..8, any::<bool>(), prop::bool::weighted(0.25));
    (what, (0_u8..12, 0_u8..9, 0_u8..9), (0_u8..2, 0_u8..3)).prop_map(|(what, members, slack)| {
        Counted { code: what.0, modality: what.1, others: what.2, deny: what.3, members, slack }
    })
}

fn each<A, B>(items: Vec<A>, make: impl Fn(A) -> B) -> Vec<B> {
    items.into_iter().map(make).collect()
}
