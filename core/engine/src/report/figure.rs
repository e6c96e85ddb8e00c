//! How is a figure drawn as SVG, in colours that everybody can tell apart?

mod dendrogram;
mod grid;
pub(super) mod palette;
mod symbol;

use maud::{Markup, html};
use parallax_model::document::PublishedFigure;
use parallax_model::settings::Language;

/// A figure as SVG, with a title and a description for those who do not see it.
///
/// Every colour is an attribute, so that the picture can stand alone, and a class, so that a page
/// can change it; `id` names the picture's parts and must differ between figures of one page.
pub(super) fn draw(figure: &PublishedFigure, id: &str, language: Language) -> Markup {
    match figure {
        PublishedFigure::Grid { title, rows, columns, cells, .. } => {
            grid::draw(&grid::Grid { title, rows, columns, cells }, id, language)
        }
        PublishedFigure::Dendrogram { title, leaves, merges, groups, .. } => {
            let tree = dendrogram::Tree { title, leaves, merges, groups };
            dendrogram::draw(&tree, id, language)
        }
    }
}

/// How to read a figure of this kind, in one sentence.
pub(super) fn reading_aid(figure: &PublishedFigure, language: Language) -> &'static str {
    use crate::report::words::Word;
    let word = match figure {
        PublishedFigure::Grid { cells, .. } if grid::is_symbolic(cells) => Word::ReadSymbols,
        PublishedFigure::Grid { .. } => Word::ReadGrid,
        PublishedFigure::Dendrogram { .. } => Word::ReadTree,
    };
    word.text(language)
}

/// A coordinate with one decimal, the same on every machine.
fn at(coordinate: f64) -> String {
    let text = format!("{coordinate:.1}");
    text.strip_suffix(".0").map_or_else(|| text.clone(), str::to_owned)
}

/// A number of things as a coordinate.
#[expect(clippy::cast_precision_loss, reason = "no picture is so large that this loses a digit")]
fn units(count: usize) -> f64 {
    count as f64
}

/// The frame of a picture: its size, title and description.
fn frame(id: &str, size: (f64, f64), title: &str, description: &str, inner: &Markup) -> Markup {
    let (width, height) = (at(size.0), at(size.1));
    html! {
        svg role="img" viewBox=(format!("0 0 {width} {height}")) width=(width) height=(height)
            font-family="system-ui, sans-serif" font-size="13"
            aria-labelledby=(format!("{id}-title {id}-desc")) {
            title id=(format!("{id}-title")) { (title) }
            desc id=(format!("{id}-desc")) { (description) }
            (inner)
        }
    }
}

/// `text` in at most `most` lines of about `width` characters, broken between words.
fn wrapped(text: &str, width: usize, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            last.push('…');
        }
    }
    lines
        .into_iter()
        .map(|line| match line.char_indices().nth(width + 6) {
            Some((at, _)) => format!("{}…", &line[..at]),
            None => line,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_broken_between_words() {
        assert_eq!(wrapped("internship supervisor", 12, 3), ["internship", "supervisor"]);
        assert_eq!(wrapped("a b c d e f", 1, 2), ["a", "b…"]);
        assert_eq!(wrapped("", 5, 2), Vec::<String>::new());
        assert_eq!(wrapped("unbelievablylongword", 5, 1), ["unbelievabl…"]);
    }

    #[test]
    fn coordinates_have_one_decimal_at_most() {
        assert_eq!([at(3.0), at(2.71), at(0.05)], ["3", "2.7", "0.1"]);
    }
}
