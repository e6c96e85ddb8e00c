//! At which cases does somebody say what stands under a code?

use parallax_plugin::prelude::*;

use super::{Outcomes, Saying, Subject, counts, weight};
use crate::cases::Cases;
use crate::split::Split;

/// What people say of themselves and of others under each code below `below`, at the cases where
/// somebody says it.
///
/// A case is decided when somebody there says it in every world that the constraints allow, or
/// nobody in any. Codes that some case leaves open are listed.
///
/// # Errors
/// Failed when there is no such code; cancelled when the run is to stop.
pub(crate) fn said(cases: &Cases<'_>, below: &str, job: &Job<'_>) -> Result<Outcomes, NoFindings> {
    let reading = cases.reading;
    let by_code = ByCode::of(reading);
    let codes = codes_below(reading, below)?;
    let (mut outcomes, mut sayings) = (Outcomes::default(), Vec::new());
    for (done, &code) in codes.iter().enumerate() {
        job.progress(done, codes.len())?;
        for ascription in [Ascription::Own, Ascription::Other] {
            let item = Item { ascription, ..Item::own(code, Modalities::ANY) };
            if !is_spoken_of(cases, &by_code, item) {
                continue;
            }
            let cells = Cells::of(reading, &by_code, item);
            let subject = Subject::Code(code, ascription);
            let counts: Vec<Interval> =
                cases.people.iter().map(|people| cells.mentions(people)).collect();
            let open = Split::of(cases.len(), |at| counts[at].lower == 0 && counts[at].upper > 0);
            if open.size() > 0 {
                outcomes.undecided.push((subject, open));
                continue;
            }
            let split = Split::of(cases.len(), |place| counts[place].lower > 0);
            sayings.push(saying(cases, &by_code, &cells, subject, split));
        }
    }
    outcomes.gather(sayings);
    Ok(outcomes)
}

/// The codes in use below the one with this id; all of them for an empty one.
fn codes_below(reading: &Reading<'_>, below: &str) -> Result<Vec<u32>, NoFindings> {
    let codes = &reading.codes;
    let top = match below {
        "" => None,
        id => Some(codes.ids.position(id).ok_or_else(|| {
            NoFindings::failed(format!("its parameter `below` names no code: `{id}`"))
        })?),
    };
    let in_use = |&code: &u32| codes.removed.get(code as usize) != Some(&1);
    let is_below =
        |&code: &u32| top.is_none_or(|top| codes.upward(code).skip(1).any(|above| above == top));
    let all = 0..u32::try_from(codes.len()).unwrap_or(NONE);
    Ok(all.filter(in_use).filter(is_below).collect())
}

/// Whether a statement is about it. A constraint that does not say whose part it counts is about
/// what people say of themselves, unless they speak of others only.
fn is_spoken_of(cases: &Cases<'_>, by_code: &ByCode, item: Item) -> bool {
    let reading = cases.reading;
    let rows = by_code.rows(item.code);
    let is_said = |item: Item| {
        rows.iter().any(|&row| counts(cases, row as usize) && item.takes(reading, row as usize))
    };
    if is_said(item) {
        return true;
    }
    let others = Item { ascription: Ascription::Other, ..item };
    let constraints = &reading.constraints;
    (0..constraints.len()).any(|row| {
        let says_whose = constraints.bearers.get(row).is_some_and(|&bearer| bearer != u8::MAX);
        let is_own = item.ascription == Ascription::Own && !is_said(others);
        item.takes_constraint(reading, row)
            && !constraints.members_of(row).is_empty()
            && (says_whose || is_own)
    })
}

fn saying(
    cases: &Cases<'_>,
    by_code: &ByCode,
    cells: &Cells,
    subject: Subject,
    split: Split,
) -> Saying {
    let reading = cases.reading;
    let rows = by_code.rows(cells.item.code).iter().copied();
    let taken =
        rows.filter(|&row| counts(cases, row as usize) && cells.item.takes(reading, row as usize));
    let statements = taken.map(|row| {
        let speaker = reading.statements.speakers[row as usize];
        let place = cases.place(reading.participants.case(speaker));
        let says = reading.statements.stance(row as usize) != Stance::Deny;
        (row, weight(place.is_some_and(|place| split.has(place)), says))
    });
    let statements = statements.collect();
    let all: Vec<u32> = cases.people.iter().flatten().copied().collect();
    let constraints = cells.constraints(reading, &all).into_iter().collect();
    Saying { subject, split, statements, constraints }
}
