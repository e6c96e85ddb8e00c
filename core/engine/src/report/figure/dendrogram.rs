//! How does a tree of merges look, with a strip that shows each leaf's group?

use maud::{Markup, html};
use parallax_model::document::Shown;
use parallax_model::finding::Merge;
use parallax_model::settings::Language;

use super::{at, frame, palette, units};
use crate::report::csv;
use crate::report::words::Word;

/// What a tree shows; the merges join all leaves, each node once, none before it is made.
pub(super) struct Tree<'a> {
    pub(super) title: &'a str,
    pub(super) leaves: &'a [String],
    pub(super) merges: &'a [Merge],
    pub(super) groups: &'a [Shown],
}

const ROW: f64 = 23.0;
const TOP: f64 = 14.0;
const BRANCHES: f64 = 460.0;
const CHARACTER: f64 = 7.2;

/// One group: its name, its letter and its colours.
struct Group<'a> {
    name: &'a str,
    letter: String,
    colours: (&'static str, &'static str),
}

pub(super) fn draw(tree: &Tree<'_>, id: &str, language: Language) -> Markup {
    let order = order(tree);
    let groups = groups(tree);
    let heights: Vec<f64> =
        tree.merges.iter().map(|merge| csv::value(&merge.height).unwrap_or_default()).collect();
    let highest = heights.iter().copied().fold(0.0, f64::max);
    let scale = if highest > 0.0 { BRANCHES / highest } else { 0.0 };
    let longest = tree.leaves.iter().map(|leaf| leaf.chars().count()).max().unwrap_or_default();
    let names = (units(longest) * CHARACTER + 16.0).max(40.0);
    let strip = names + 4.0;
    let start = strip + 30.0;
    let bottom = TOP + ROW * units(tree.leaves.len());
    let inner = html! {
        (axis(highest, (start, bottom), scale, language))
        @for branch in branches(tree, &order, &heights) {
            path fill="none" stroke=(palette::page("fg")) stroke-width="1.5" class="branch"
                d=(branch.path(start, scale)) {
                title { (format!("{} {}", Word::Distance.text(language), branch.height_text)) }
            }
        }
        @for (row, &leaf) in order.iter().enumerate() {
            (draw_leaf(tree, &groups, (row, leaf), (names, strip)))
        }
        (legend(&groups, bottom + 52.0))
    };
    let size = (start + BRANCHES + 30.0, bottom + 64.0);
    frame(id, size, tree.title, &description(tree, &order, language), &inner)
}

/// The leaves from top to bottom: those of the first branch, then those of the second.
fn order(tree: &Tree<'_>) -> Vec<usize> {
    let count = tree.leaves.len();
    let mut order = Vec::with_capacity(count);
    let mut open = vec![(count + tree.merges.len()).saturating_sub(1)];
    while let Some(node) = open.pop() {
        match node.checked_sub(count).and_then(|step| tree.merges.get(step)) {
            Some(merge) => open.extend([merge.right, merge.left]),
            None if node < count => order.push(node),
            None => {}
        }
    }
    order
}

/// The groups in the order in which the leaves name them.
fn groups<'a>(tree: &Tree<'a>) -> Vec<Group<'a>> {
    let mut seen: Vec<&Shown> = Vec::new();
    for group in tree.groups {
        if !seen.contains(&group) {
            seen.push(group);
        }
    }
    seen.sort_by_key(|group| group.id().unwrap_or_else(|| group.text()));
    let letters: Vec<String> = seen.iter().map(|group| letter(group, &seen)).collect();
    seen.iter()
        .zip(letters)
        .enumerate()
        .map(|(at, (group, letter))| Group {
            name: group.text(),
            letter,
            colours: palette::GROUPS[at.min(palette::GROUPS.len() - 1)],
        })
        .collect()
}

/// The first letter of a group's id, or more of it where two groups share the first one.
fn letter(group: &Shown, all: &[&Shown]) -> String {
    let name = |group: &Shown| group.id().unwrap_or_else(|| group.text()).to_uppercase();
    let own = name(group);
    (1..=3)
        .map(|length| own.chars().take(length).collect::<String>())
        .find(|start| all.iter().filter(|other| name(other).starts_with(start)).count() == 1)
        .unwrap_or_else(|| own.chars().take(3).collect())
}

/// One merge as a bracket: its two arms and where each of them starts.
struct Branch {
    rows: (f64, f64),
    starts: (f64, f64),
    height: f64,
    height_text: String,
}

impl Branch {
    fn path(&self, start: f64, scale: f64) -> String {
        let x = |height: f64| at(start + height * scale);
        let y = |row: f64| at(TOP + ROW * (row + 0.5));
        format!(
            "M{} {}H{}V{}H{}",
            x(self.starts.0),
            y(self.rows.0),
            x(self.height),
            y(self.rows.1),
            x(self.starts.1)
        )
    }
}

fn branches(tree: &Tree<'_>, order: &[usize], heights: &[f64]) -> Vec<Branch> {
    let count = tree.leaves.len();
    let mut places = vec![(0.0, 0.0); count + tree.merges.len()];
    for (row, &leaf) in order.iter().enumerate() {
        places[leaf] = (units(row), 0.0);
    }
    tree.merges
        .iter()
        .zip(heights)
        .enumerate()
        .map(|(step, (merge, &height))| {
            let ((a, from_a), (b, from_b)) = (places[merge.left], places[merge.right]);
            places[count + step] = ((a + b) / 2.0, height);
            Branch {
                rows: (a, b),
                starts: (from_a, from_b),
                height,
                height_text: merge.height.to_string(),
            }
        })
        .collect()
}

fn draw_leaf(
    tree: &Tree<'_>,
    groups: &[Group<'_>],
    place: (usize, usize),
    columns: (f64, f64),
) -> Markup {
    let (row, leaf) = place;
    let top = TOP + ROW * units(row);
    let text = tree.groups.get(leaf).map(Shown::text).unwrap_or_default();
    let group = groups.iter().find(|group| group.name == text);
    html! {
        text x=(at(columns.0 - 4.0)) y=(at(top + ROW / 2.0 + 4.5)) text-anchor="end" class="label"
            fill=(palette::page("fg")) { (tree.leaves[leaf]) }
        @if let Some(group) = group { (mark(group, (columns.1, top + 2.0))) }
    }
}

/// The coloured letter of a group.
fn mark(group: &Group<'_>, place: (f64, f64)) -> Markup {
    let (x, y) = place;
    html! {
        g {
            title { (group.name) }
            rect x=(at(x)) y=(at(y)) width="24" height=(at(ROW - 4.0)) rx="3"
                fill=(group.colours.0) {}
            text x=(at(x + 12.0)) y=(at(y + ROW / 2.0 + 2.0)) text-anchor="middle" font-size="11"
                font-weight="700" fill=(group.colours.1) { (group.letter) }
        }
    }
}

fn legend(groups: &[Group<'_>], y: f64) -> Markup {
    let mut left = 8.0;
    let places: Vec<f64> = groups
        .iter()
        .map(|group| {
            let place = left;
            left += units(group.name.chars().count()) * CHARACTER + 50.0;
            place
        })
        .collect();
    html! {
        @for (group, x) in groups.iter().zip(places) {
            (mark(group, (x, y - 14.0)))
            text x=(at(x + 30.0)) y=(at(y)) class="label" fill=(palette::page("fg")) {
                (group.name)
            }
        }
    }
}

fn axis(highest: f64, place: (f64, f64), scale: f64, language: Language) -> Markup {
    let (start, bottom) = place;
    let step = [0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .find(|step| highest / step <= 6.0)
        .unwrap_or(highest / 5.0);
    let ticks: Vec<f64> =
        (0..=6).map(|n| step * f64::from(n)).filter(|&tick| tick <= highest + 1e-9).collect();
    let mark = |tick: f64| {
        let text = format!("{tick:.2}");
        let text = text.trim_end_matches('0').trim_end_matches('.').to_owned();
        if language == Language::Nl { text.replace('.', ",") } else { text }
    };
    html! {
        @for tick in ticks {
            @let x = at(start + tick * scale);
            line x1=(x) x2=(x) y1=(at(TOP)) y2=(at(bottom)) stroke=(palette::page("rule"))
                class="axis" {}
            text x=(x) y=(at(bottom + 16.0)) text-anchor="middle" font-size="11" class="quiet"
                fill=(palette::page("muted")) { (mark(tick)) }
        }
        text x=(at(start + BRANCHES + 16.0)) y=(at(bottom + 32.0)) text-anchor="end" font-size="11"
            class="quiet" fill=(palette::page("muted")) { (Word::Distance.text(language)) }
    }
}

fn description(tree: &Tree<'_>, order: &[usize], language: Language) -> String {
    let leaves: Vec<String> = order
        .iter()
        .map(|&leaf| {
            let group = tree.groups.get(leaf).map(Shown::text).unwrap_or_default();
            format!("{} ({group})", tree.leaves[leaf])
        })
        .collect();
    let mut text = leaves.join(", ");
    if let Some(last) = tree.merges.last() {
        text.push_str(&format!(". {} {}.", Word::LastJoin.text(language), last.height));
    }
    text
}
