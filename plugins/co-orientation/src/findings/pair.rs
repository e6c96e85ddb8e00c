//! How do two parties see each other, item by item?

use parallax_plugin::prelude::*;

use super::{about, case, caveats, evidence, groups, joined, left_out, parts, side_counts, words};
use crate::pair::{Line, Pair};
use crate::score::{LEAST_ITEMS, Side, Views};

/// The finding about one pair. Where only one of the two perceives, that one comes first.
///
/// # Errors
/// When there is no statement behind the pair.
pub(crate) fn pair(reading: &Reading<'_>, pair: &Pair) -> Result<Finding, NoFindings> {
    let place = match pair.a.case {
        NONE => String::new(),
        case => format!("{}/", reading.cases.ids.of(case)),
    };
    let name = joined(pair.a.id(reading), pair.b.id(reading));
    let perceives = pair.perceives();
    let evidence = evidence(reading, std::iter::once(pair));
    let finding =
        Finding::new(&format!("pair/{place}{name}"), template(pair, perceives), evidence)?
            .value("a", pair.a.shown(reading))
            .value("b", pair.b.shown(reading))
            .value("case", case(reading, pair.a.case))
            .value("negatives", negatives(reading, pair));
    let finding = roles_of_one_side(finding, reading, pair, perceives);
    let score = &pair.score;
    let finding = finding
        .value("agreed", score.agreement.part())
        .measure("agreement", score.agreement.rate())
        .measure("congruency_a", score.a.congruency.rate())
        .measure("congruency_b", score.b.congruency.rate())
        .measure("accuracy_a", score.a.accuracy.rate())
        .measure("accuracy_b", score.b.accuracy.rate());
    let finding = parts(finding, "agreement", "", score.agreement);
    let finding = side_counts(side_counts(finding, &score.a, "_a"), &score.b, "_b");
    let finding = left_out(finding, &[pair]).table(items(reading, pair));
    let mut finding = finding;
    if has_negatives(pair) {
        finding = finding.table(negative_cases(reading, pair));
    }
    let few = |of: usize| of > 0 && of < LEAST_ITEMS;
    let counted = [score.agreement.of, score.a.accuracy.of, score.b.accuracy.of];
    if counted.into_iter().any(few) {
        finding = finding.caveat("few_items");
    }
    Ok(caveats(groups(finding, reading, &[pair]), &[pair]))
}

/// The values of the sentence: of both sides, or of the one that perceives.
fn roles_of_one_side(
    finding: Finding,
    reading: &Reading<'_>,
    pair: &Pair,
    perceives: [bool; 2],
) -> Finding {
    let (a, b) = (&pair.score.a, &pair.score.b);
    let (one, perceiver, perceived) = match perceives {
        [false, true] => (b, &pair.b, &pair.a),
        _ => (a, &pair.a, &pair.b),
    };
    finding
        .value("perceiver", perceiver.shown(reading))
        .value("perceived", perceived.shown(reading))
        .value("congruent", one.congruency.part())
        .value("accurate", one.accuracy.part())
        .value("congruent_a", a.congruency.part())
        .value("congruent_b", b.congruency.part())
        .value("accurate_a", a.accuracy.part())
        .value("accurate_b", b.accuracy.part())
}

/// The wording: by who perceives, and by whether every share can be given.
fn template(pair: &Pair, perceives: [bool; 2]) -> &'static str {
    let score = &pair.score;
    let whole = |side: &Side| side.congruency.of > 0 && side.accuracy.of > 0;
    let agreed = score.agreement.of > 0;
    match perceives {
        _ if !score.a.is_comparable() && !score.b.is_comparable() => "pair_unknown",
        [true, true] if agreed && whole(&score.a) && whole(&score.b) => "pair",
        [true, true] => "pair_partly",
        [true, false] if agreed && whole(&score.a) => "pair_one",
        [false, true] if agreed && whole(&score.b) => "pair_one",
        _ => "pair_one_partly",
    }
}

/// Both sides of a line, as each party sees it.
fn sides(line: &Line) -> [Views; 2] {
    [line.views, line.views.swapped()]
}

fn is_negative(views: Views) -> bool {
    views.class().is_some_and(|class| class.is_negative())
}

fn has_negatives(pair: &Pair) -> bool {
    pair.lines.iter().flat_map(sides).any(is_negative)
}

/// The codes on which one of the two is wrong about agreement.
fn negatives(reading: &Reading<'_>, pair: &Pair) -> Value {
    let wrong = pair.lines.iter().filter(|line| sides(line).into_iter().any(is_negative));
    let mut codes: Vec<String> =
        wrong.map(|line| reading.codes.ids.of(line.content.code).to_owned()).collect();
    codes.dedup();
    Value::Names(codes)
}

fn item(reading: &Reading<'_>, line: &Line) -> Vec<Value> {
    vec![
        Value::Code(reading.codes.ids.of(line.content.code).to_owned()),
        Value::Word(line.content.modality.word().to_owned()),
        about(reading, line.content),
    ]
}

/// Who thinks what of each item on which anything is perceived or compared.
fn items(reading: &Reading<'_>, pair: &Pair) -> Table {
    let (a, b) = (pair.a.id(reading), pair.b.id(reading));
    let twice =
        pair.lines.iter().any(|line| !(line.aba.rows.is_empty() && line.bab.rows.is_empty()));
    let arrow = |path: &[&str]| Value::Text(path.join(" → "));
    let mut columns = words(&["code", "modality", "about"]);
    columns.extend([pair.a.shown(reading), arrow(&[a, b]), pair.b.shown(reading), arrow(&[b, a])]);
    if twice {
        columns.extend([arrow(&[a, b, a]), arrow(&[b, a, b])]);
    }
    columns.extend(words(&["class_a", "class_b"]));
    let row = |line: &Line| {
        let mut row = item(reading, line);
        let state = |answer: &crate::said::Answer| Value::Word(answer.state.word().to_owned());
        row.extend([&line.a, &line.ab, &line.b, &line.ba].map(state));
        if twice {
            row.extend([&line.aba, &line.bab].map(state));
        }
        row.extend(sides(line).map(|views| {
            Value::Word(views.class().map_or("not_known", |class| class.word()).to_owned())
        }));
        row
    };
    Table {
        name: "items".to_owned(),
        columns,
        rows: pair.lines.iter().filter(|line| line.is_told()).map(row).collect(),
    }
}

/// Who is wrong about agreement on which item.
fn negative_cases(reading: &Reading<'_>, pair: &Pair) -> Table {
    let parties = [&pair.a, &pair.b];
    let rows = pair.lines.iter().flat_map(|line| {
        let of = move |(views, party): (Views, &crate::party::Party)| {
            let class = views.class().filter(|class| class.is_negative())?;
            let mut row = item(reading, line);
            row.extend([party.shown(reading), Value::Word(class.word().to_owned())]);
            Some(row)
        };
        sides(line).into_iter().zip(parties).filter_map(of).collect::<Vec<_>>()
    });
    Table {
        name: "negative_cases".to_owned(),
        columns: words(&["code", "modality", "about", "who", "class"]),
        rows: rows.collect(),
    }
}
