//! What does one row of claims mean, or what keeps it from meaning anything?

use super::Meanings;
use crate::claim::expected::{Expected, Other, Relation, decimal};
use crate::claim::scope::{Condition, Excluded, Scope, Term, words};
use crate::claim::{Claim, Quantity};
use crate::number::Fraction;
use crate::problem::{Kind, Problem, Spot, StudyFile};
use crate::row::{ClaimKind, ClaimRow, ClaimState, ClaimUnit, Stance};
use crate::study::Member;
use crate::study::gather::Gathered;
use crate::study::statements::Context;

/// One row, with what it is read against.
struct Row<'r> {
    row: usize,
    claim: &'r ClaimRow,
    context: &'r Context<'r>,
    meanings: &'r Meanings<'r>,
}

/// The claim of a row; `None`, or whatever it is, where a problem was added.
pub(super) fn read(
    (row, claim): (usize, &ClaimRow),
    codes: &[u32],
    context: &Context<'_>,
    meanings: &Meanings<'_>,
    gathered: &mut Gathered,
) -> Option<Claim> {
    let read = Row { row, claim, context, meanings };
    // An answer code stands for a stance on its question.
    let meant = |&code: &u32| meanings.codes.get(code as usize).copied().unwrap_or((code, None));
    let answer = codes.first().and_then(|code| meant(code).1);
    let state = claim.state.or(answer.map(|stance| match stance {
        Stance::Affirm => ClaimState::Affirm,
        Stance::Deny => ClaimState::Deny,
        Stance::Mixed => ClaimState::Mixed,
    }));
    let expected = read.expected(gathered)?;
    let unit = match &expected {
        Expected::Set(members) if members.iter().any(|m| matches!(m, Member::Case(_))) => {
            ClaimUnit::Case
        }
        _ => claim.unit.unwrap_or_default(),
    };
    let scope = read.scope(claim.scope.as_deref().unwrap_or(""), "scope", unit, gathered);
    let quantity = read.quantity(gathered);
    let read_claim = Claim {
        row,
        id: claim.id.clone(),
        kind: claim.kind,
        unit,
        scope,
        codes: codes.iter().map(|code| meant(code).0).collect(),
        modality: claim.modality,
        bearer: claim.bearer,
        state,
        expected,
        tolerance: tolerance(claim.tolerance),
        quantity,
        script: claim.script.clone(),
    };
    read.complete(&read_claim, gathered);
    Some(read_claim)
}

/// The tolerance as it is written, exactly.
fn tolerance(written: Option<f64>) -> Fraction {
    written.and_then(|number| decimal(&format!("{number}"))).unwrap_or(Fraction::ZERO)
}

impl Row<'_> {
    fn spot(&self, column: &'static str) -> Spot {
        Spot::cell(StudyFile::Claims, self.row, column)
    }

    /// What the report says, as its kind has it; `None` where that cannot be read.
    fn expected(&self, gathered: &mut Gathered) -> Option<Expected> {
        let text = self.claim.expected.as_deref().unwrap_or("").trim();
        if text.is_empty() {
            return Some(Expected::Nothing);
        }
        let twice = text.split_once(';').map(|(first, second)| (first.trim(), second.trim()));
        if let Some((first, second)) = twice.filter(|(a, b)| !a.is_empty() && !b.is_empty()) {
            return Some(Expected::Twice(first.to_owned(), second.to_owned()));
        }
        let read = match self.claim.kind {
            Some(ClaimKind::Set | ClaimKind::Only) => return self.set(text, gathered),
            Some(ClaimKind::Compare) => return self.than(text, gathered),
            Some(ClaimKind::Denominator) => Expected::sum(text)
                .or_else(|| Expected::union(text))
                .or_else(|| Expected::amount(text).filter(|e| matches!(e, Expected::Part { .. }))),
            Some(ClaimKind::Consensus) if text == "no" => Some(Expected::No),
            Some(ClaimKind::Share) => Expected::share(text),
            _ => Expected::amount(text),
        };
        let Some(read) = read else {
            self.refuse(
                "expected",
                "is written in no form that can be read",
                self.forms(),
                gathered,
            );
            return None;
        };
        self.within_one(read, gathered)
    }

    /// A part is no more than its whole.
    fn within_one(&self, read: Expected, gathered: &mut Gathered) -> Option<Expected> {
        let is_share = self.claim.kind == Some(ClaimKind::Share);
        let above = match &read {
            Expected::Part { part, .. } => *part > Fraction::ONE,
            Expected::Percent(percent) => percent.digits > 10_i64.pow(percent.decimals.min(6) + 2),
            Expected::Amount(allowed) if is_share => {
                [allowed.from, allowed.to].into_iter().flatten().any(|end| end > Fraction::ONE)
            }
            _ => false,
        };
        if !above {
            return Some(read);
        }
        let message =
            format!("the claim `{}` expects a part that is larger than the whole", self.claim.id);
        gathered.add(
            Problem::new(Kind::OutOfRange, self.spot("expected"), message)
                .label("more than 1, or more than 100%")
                .help("write a part of a whole, such as 9/17, 53% or 0.53"),
        );
        None
    }

    fn forms(&self) -> &'static str {
        match self.claim.kind {
            Some(ClaimKind::Denominator) => {
                "write a sum over the number of people, such as 13+4=n or n-1=15, a union such as \
                 14 of 11+2+2+2, or a fraction"
            }
            Some(ClaimKind::Consensus) => "write `no` where the report says that there is none",
            _ => {
                "write a number (15), a range (12..18), a fraction (9/17), a percentage (53%), or \
                 both (9/17 53%); a word for a quantity goes under `quantifier`"
            }
        }
    }

    fn refuse(&self, column: &'static str, what: &str, help: &str, gathered: &mut Gathered) {
        let message = format!("what the claim `{}` has under `{column}` {what}", self.claim.id);
        gathered.add(
            Problem::new(Kind::NotAllowed, self.spot(column), message)
                .label("cannot be read")
                .help(help),
        );
    }

    /// Cases, each as `@3`, or people as in a scope, never both.
    fn set(&self, text: &str, gathered: &mut Gathered) -> Option<Expected> {
        if self.claim.unit == Some(ClaimUnit::Code) {
            let codes = text.split_whitespace();
            let code = |code| self.context.code(code, || self.spot("expected"), gathered);
            return Some(Expected::Codes(codes.map(code).collect()));
        }
        let mut members = Vec::new();
        for word in text.split_whitespace() {
            members.extend(self.context.member(word, || self.spot("expected"), gathered));
        }
        let is_case = |member: &Member| matches!(member, Member::Case(_));
        if members.iter().any(is_case) && !members.iter().all(is_case) {
            let message = "a claim expects a set of people and of cases at once";
            gathered.add(
                Problem::new(Kind::NotAllowed, self.spot("expected"), message)
                    .label("some of these are people, some are cases")
                    .help("name people only, or cases only, each as `@3`"),
            );
            return None;
        }
        Some(Expected::Set(members))
    }

    /// A sign, and a code or a scope.
    fn than(&self, text: &str, gathered: &mut Gathered) -> Option<Expected> {
        let Some((relation, rest)) = Relation::parse(text).filter(|(_, rest)| !rest.is_empty())
        else {
            let help = "write a sign and with what is compared: another code (`> P.exp.coop`) or \
                        other people (`> L* I*`, `= gender=F`)";
            self.refuse("expected", "is no comparison", help, gathered);
            return None;
        };
        if let Some(&code) = self.context.codes.get(rest) {
            return Some(Expected::Than(relation, Other::Code(code)));
        }
        let scope = self.scope(rest, "expected", ClaimUnit::Person, gathered);
        Some(Expected::Than(relation, Other::People(scope)))
    }

    fn quantity(&self, gathered: &mut Gathered) -> Option<Quantity> {
        let word = self.claim.quantifier.as_deref().map(str::trim).filter(|w| !w.is_empty())?;
        // A range that is none is a problem of study.yaml, told there.
        Quantity::of(word, &self.context.settings.quantifiers).unwrap_or_default().or_else(|| {
            // Of a claim with a number the word is only told.
            let needs = matches!(self.claim.kind, Some(ClaimKind::Count | ClaimKind::Share))
                && self.claim.expected.as_deref().unwrap_or("").trim().is_empty();
            if needs {
                let words: Vec<&str> = Quantity::words().filter(|word| word.is_ascii()).collect();
                let message =
                    format!("the claim `{}` counts by a word that has no range", self.claim.id);
                gathered.add(
                    Problem::new(Kind::NotAllowed, self.spot("quantifier"), message)
                        .label("not a word of the lexicon")
                        .help(format!(
                            "give it a range under `quantifiers` in study.yaml, such as `2..`, or \
                             use one of: {}",
                            words.join(", ")
                        )),
                );
            }
            None
        })
    }

    fn scope(
        &self,
        text: &str,
        column: &'static str,
        unit: ClaimUnit,
        gathered: &mut Gathered,
    ) -> Scope {
        let mut scope = Scope::default();
        let mut everybody = false;
        for word in words(text) {
            match word.as_str() {
                "*" | "@*" => everybody = true,
                "include_excluded" => scope.excluded = Excluded::Too,
                "excluded" => scope.excluded = Excluded::Only,
                _ => self.term(&word, column, unit, &mut scope, gathered),
            }
        }
        if everybody && !scope.terms.is_empty() {
            // `*` and a name: everybody, and that person even when the reading leaves them out.
            scope.terms.insert(0, Term::Member(Member::Everybody));
        }
        scope
    }

    fn term(
        &self,
        word: &str,
        column: &'static str,
        unit: ClaimUnit,
        scope: &mut Scope,
        gathered: &mut Gathered,
    ) {
        if let Some((name, value)) = word.split_once('=') {
            if self.has_column(name, unit) {
                let (column, value) = (name.to_owned(), value.to_owned());
                scope.conditions.push(Condition { column, value });
                return;
            }
            let message =
                format!("the claim `{}` asks for a column that is not there", self.claim.id);
            gathered.add(
                Problem::new(Kind::UnknownField, self.spot(column), message)
                    .label("no column of this name in the table of what is counted")
                    .help(self.columns(unit)),
            );
        } else if let Some(role) = word.strip_suffix("@*") {
            let role = self.context.role(role, || self.spot(column), gathered);
            scope.terms.push(Term::RoleAtEveryCase(role));
        } else {
            let member = self.context.member(word, || self.spot(column), gathered);
            scope.terms.extend(member.map(Term::Member));
        }
    }

    fn has_column(&self, name: &str, unit: ClaimUnit) -> bool {
        match unit {
            ClaimUnit::Code => matches!(name, "origin" | "status"),
            _ => {
                matches!(name, "title" | "status")
                    || self.meanings.attributes.column_names.position(name).is_some()
            }
        }
    }

    fn columns(&self, unit: ClaimUnit) -> String {
        match unit {
            ClaimUnit::Code => "codes have `origin` and `status`".to_owned(),
            _ => {
                let own = self.meanings.attributes.column_names.iter();
                let names: Vec<String> =
                    ["title", "status"].into_iter().chain(own).map(|n| format!("`{n}`")).collect();
                format!("people and cases have {}", names.join(", "))
            }
        }
    }

    /// What a claim of its kind cannot do without.
    fn complete(&self, claim: &Claim, gathered: &mut Gathered) {
        match claim.unit {
            ClaimUnit::Source if !claim.codes.is_empty() => {
                let help = "leave it blank: conversations are counted by who speaks in them";
                self.refuse("code", "does not go with the unit `source`", help, gathered);
            }
            ClaimUnit::Code if !claim.scope.terms.is_empty() => {
                let help = "leave it to conditions such as `origin=inductive`: codes are counted \
                            whoever speaks under them";
                self.refuse("scope", "does not go with the unit `code`", help, gathered);
            }
            _ => {}
        }
        let without_number = claim.expected == Expected::Nothing && claim.quantity.is_none();
        let without_expected = claim.expected == Expected::Nothing;
        let (column, help) = match claim.kind {
            Some(ClaimKind::Count | ClaimKind::Share)
                if without_number && self.claim.quantifier.is_none() =>
            {
                ("expected", "say how many, or give the report's word under `quantifier`")
            }
            Some(ClaimKind::Set | ClaimKind::Only) if without_expected => {
                ("expected", "name the people, or the cases as `@3`")
            }
            Some(ClaimKind::Compare) if without_expected => {
                ("expected", "say with what, such as `> P.exp.coop` or `= gender=F`")
            }
            Some(ClaimKind::Denominator) if without_expected => {
                ("expected", "say which sum, such as `13+4=n`")
            }
            Some(ClaimKind::Mainly | ClaimKind::Consensus) if claim.codes.is_empty() => {
                ("code", "name the code that it is about")
            }
            Some(ClaimKind::All | ClaimKind::None)
                if claim.codes.is_empty() && claim.scope.conditions.is_empty() =>
            {
                ("code", "name the code, or a condition in the scope such as `gender=F`")
            }
            Some(ClaimKind::Custom) if claim.script.is_none() => {
                ("script", "write an expression, such as `reading.participants().len() == 16`")
            }
            _ => return,
        };
        let message =
            format!("the claim `{}` has nothing under `{column}`, which its kind needs", claim.id);
        gathered.add(
            Problem::new(Kind::MissingField, self.spot(column), message).label("blank").help(help),
        );
    }
}
