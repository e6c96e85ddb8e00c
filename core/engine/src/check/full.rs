//! What does a problem look like on a terminal, with the line it stands on?

use annotate_snippets::renderer::DecorStyle;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet};
use parallax_model::Severity;

use crate::check::excerpt::{Excerpt, Shown, excerpt};
use crate::check::{Checked, Located, Somewhere};

/// How problems are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Whether to use colour.
    pub colour: bool,
    /// Whether to draw with ASCII characters only.
    pub ascii: bool,
    /// How many characters fit a line.
    pub width: usize,
}

impl Default for Look {
    fn default() -> Self {
        Self { colour: false, ascii: false, width: 110 }
    }
}

/// Every problem with its place, its line and what to do about it, one after another, each
/// followed by a blank line. Cells with somebody's words are shown as `…`.
#[must_use]
pub fn full(checked: &Checked, look: Look) -> String {
    each(checked, look).iter().map(|problem| format!("{problem}\n\n")).collect()
}

/// The same, one by one.
#[must_use]
pub fn each(checked: &Checked, look: Look) -> Vec<String> {
    let renderer = if look.colour { Renderer::styled() } else { Renderer::plain() };
    let decor = if look.ascii { DecorStyle::Ascii } else { DecorStyle::Unicode };
    let renderer = renderer.decor_style(decor).term_width(look.width);
    checked.shown().into_iter().map(|problem| draw(problem, checked, &renderer)).collect()
}

fn draw(located: &Located, checked: &Checked, renderer: &Renderer) -> String {
    let problem = &located.problem;
    let level = match located.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(located.sentence()).id(problem.kind.code());
    let mut group = Group::with_title(title);
    let shown = located.places.first();
    let shown = shown.and_then(|place| Some((place, self::shown(place, located, checked)?)));
    if let Some(place) = located.places.first() {
        group = place_in(group, place, shown.as_ref().map(|(_, e)| e), &problem.label, true);
    }
    if let Some((place, label)) = &located.related {
        let shown = self::shown(place, located, checked);
        group = place_in(group, place, shown.as_ref(), label, false);
    }
    let mut groups = vec![group];
    if let Some(help) = &problem.help {
        let patch =
            shown.as_ref().zip(problem.fix.as_ref()).filter(|((_, e), _)| !e.span.is_empty());
        match patch {
            Some(((place, excerpt), fix)) => {
                let line = place.place.as_ref().map_or(1, |place| place.line);
                let snippet = Snippet::source(excerpt.line.clone())
                    .line_start(line)
                    .patch(Patch::new(excerpt.span.clone(), fix.replacement.clone()));
                groups.push(Level::HELP.secondary_title(help.clone()).element(snippet));
            }
            None => {
                let last = groups.pop().unwrap_or_else(|| Group::with_level(Level::HELP));
                groups.push(last.element(Level::HELP.message(help.clone())));
            }
        }
    }
    let related = located.related.as_ref().map(|(place, _)| place);
    let places = located.places.first().into_iter().chain(related);
    places.fold(renderer.render(&groups), |drawn, place| {
        let excerpt = self::shown(place, located, checked);
        with_true_column(drawn, place, excerpt)
    })
}

/// Hidden cells make a line shorter, so the column that was counted in it is not the file's.
fn with_true_column(drawn: String, place: &Somewhere, excerpt: Option<Excerpt>) -> String {
    let (Some(at), Some(excerpt)) = (&place.place, excerpt) else { return drawn };
    let counted = excerpt.line[..excerpt.span.start].chars().count() + 1;
    let (file, line) = (&place.file, at.line);
    let header = |column: usize| format!(" {file}:{line}:{column}");
    let wrong = header(counted);
    match drawn.find(&wrong) {
        Some(start) if counted != at.column => {
            let end = start + wrong.len();
            format!("{}{}{}", &drawn[..start], header(at.column), &drawn[end..])
        }
        _ => drawn,
    }
}

fn shown(place: &Somewhere, located: &Located, checked: &Checked) -> Option<Excerpt> {
    let shown = if located.problem.kind.hides_rows() { Shown::Nobody } else { Shown::Cells };
    Some(excerpt(checked.source(place)?, place.place.as_ref()?, shown))
}

fn place_in<'g>(
    group: Group<'g>,
    place: &Somewhere,
    excerpt: Option<&Excerpt>,
    label: &str,
    primary: bool,
) -> Group<'g> {
    let (Some(excerpt), Some(at)) = (excerpt, &place.place) else {
        return group.element(Origin::path(place.file.clone()));
    };
    let kind = if primary { AnnotationKind::Primary } else { AnnotationKind::Context };
    let annotation = kind.span(excerpt.span.clone());
    let annotation = if label.is_empty() { annotation } else { annotation.label(label.to_owned()) };
    let snippet = Snippet::source(excerpt.line.clone())
        .path(place.file.clone())
        .line_start(at.line)
        .annotation(annotation);
    group.element(snippet)
}
