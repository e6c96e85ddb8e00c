//! Where does `study.yaml` name a participant, and how does the name leave it?
//!
//! Entries are cut out of the text, so that its comments and its layout stay.

use std::ops::Range;

use crate::text::yaml::{self, Content, Node};
use crate::withdraw::Ids;
use crate::withdraw::change::Part;

/// What is no longer there for `study.yaml` to name.
pub(super) struct Gone<'g> {
    pub(super) participant: &'g str,
    pub(super) sources: &'g Ids,
    pub(super) constraints: &'g Ids,
}

/// What has to go: the entry of the participant in `people` of each mapping, and what the choices of
/// `robustness` leave out that is no longer there.
pub(super) fn cuts(text: &str, gone: &Gone<'_>) -> Part {
    let mut part = Part::default();
    let Ok(tree) = yaml::read(text) else { return part };
    for mapping in list(&tree, "/mappings") {
        if let Some((_, Node { content: Content::Map(people), span })) = mapping.at("/people") {
            let entries: Vec<Range<usize>> = people
                .iter()
                .map(|entry| whole_key(text, entry.key_span.clone()).start..entry.value.span.end)
                .collect();
            let named = people.iter().zip(0..).filter(|(entry, _)| entry.key == gone.participant);
            for at in named.map(|(_, at)| at) {
                part.edit(without(text, span.start, &entries, at));
            }
        }
    }
    for choice in list(&tree, "/robustness/choices") {
        let Some(Content::Scalar(id)) = choice.at("/choice").map(|(_, node)| &node.content) else {
            continue;
        };
        let is_gone = |option: &str| match id.as_str() {
            Some("leave-out-participant") => option == gone.participant,
            Some("leave-out-source") => gone.sources.contains(option),
            _ => false,
        };
        let Some((_, Node { content: Content::List(options), span })) = choice.at("/options")
        else {
            continue;
        };
        let spans: Vec<Range<usize>> = options.iter().map(|option| option.span.clone()).collect();
        for (at, option) in options.iter().enumerate() {
            if let Content::Scalar(option) = &option.content
                && option.as_str().is_some_and(is_gone)
            {
                part.edit(without(text, span.start, &spans, at));
            }
        }
    }
    varied_constraints(text, &tree, gone, &mut part);
    part.cuts.sort_by_key(|cut| (cut.start, cut.end));
    let mut end = 0;
    part.cuts.retain(|cut| {
        let is_new = cut.start >= end;
        end = end.max(cut.end);
        is_new
    });
    part
}

/// A choice that varies the worlds of a constraint goes with the constraint, from what is crossed too.
fn varied_constraints(text: &str, tree: &Node, gone: &Gone<'_>, part: &mut Part) {
    let Some((_, list)) = tree.at("/robustness/choices") else { return };
    let Node { content: Content::List(choices), span: Range { start, .. } } = list else { return };
    let spans: Vec<Range<usize>> =
        choices.iter().map(|choice| choice.span.start..end_of(text, choice)).collect();
    for (at, choice) in choices.iter().enumerate() {
        let named = choice.at("/choice").map(|(_, node)| &node.content);
        let Some(Content::Scalar(id)) = named else { continue };
        if id.as_str().is_some_and(|id| gone.constraints.contains(id)) {
            part.edit(without(text, *start, &spans, at));
        }
    }
    let Some((_, list)) = tree.at("/robustness/crossed") else { return };
    let Node { content: Content::List(crossed), span: Range { start, .. } } = list else { return };
    let spans: Vec<Range<usize>> = crossed.iter().map(|choice| choice.span.clone()).collect();
    for (at, choice) in crossed.iter().enumerate() {
        let Content::Scalar(id) = &choice.content else { continue };
        if id.as_str().is_some_and(|id| gone.constraints.contains(id)) {
            part.edit(without(text, *start, &spans, at));
        }
    }
}

/// The byte behind what stands at a place, closing brackets included.
fn end_of(text: &str, node: &Node) -> usize {
    let start = node.span.start;
    let inside: Option<usize> = match &node.content {
        Content::Scalar(_) => return node.span.end,
        Content::List(nodes) => nodes.iter().map(|node| end_of(text, node)).max(),
        Content::Map(entries) => entries.iter().map(|entry| end_of(text, &entry.value)).max(),
    };
    let end = inside.unwrap_or(start);
    // Between the last entry and its bracket stand spaces and commas only.
    let closing = match text[start..].chars().next() {
        Some('{') => text[end..].find('}'),
        Some('[') => text[end..].find(']'),
        _ => None,
    };
    closing.map_or(end.max(start), |length| end + length + 1)
}

fn list<'n>(tree: &'n Node, pointer: &str) -> &'n [Node] {
    match tree.at(pointer) {
        Some((_, Node { content: Content::List(nodes), .. })) => nodes,
        _ => &[],
    }
}

/// A key with its quotation marks.
fn whole_key(text: &str, key: Range<usize>) -> Range<usize> {
    let before = text[..key.start].ends_with(['"', '\'']);
    let inside = text[key.clone()].starts_with(['"', '\'']);
    if before && !inside { key.start - 1..key.end + 1 } else { key }
}

/// The bytes that have to go for one entry to be gone from a map or a list that starts at `start`.
fn without(text: &str, start: usize, entries: &[Range<usize>], at: usize) -> Range<usize> {
    let own = entries[at].clone();
    let in_brackets = text[start..].starts_with(['{', '[']);
    if !in_brackets {
        return line_start(text, own.start)..line_end(text, own.end);
    }
    match (at.checked_sub(1).map(|before| &entries[before]), entries.get(at + 1)) {
        (Some(before), _) => before.end..own.end,
        (None, Some(after)) => own.start..after.start,
        (None, None) => own,
    }
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

fn line_end(text: &str, at: usize) -> usize {
    // A text over several lines reaches up to what follows it.
    let at = text[..at].trim_end().len();
    text[at..].find('\n').map_or(text.len(), |length| at + length + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::withdraw::cut;

    fn left(text: &str) -> String {
        let sources = Ids::from(["int-O4".to_owned()]);
        let constraints = Ids::from(["k1".to_owned()]);
        let gone = Gone { participant: "O4", sources: &sources, constraints: &constraints };
        cut::text(text, &cuts(text, &gone).cuts)
    }

    #[test]
    fn an_entry_goes_and_the_layout_stays() {
        let flow = |people: &str| format!("mappings:\n  - id: m\n    people: {people} # said so\n");
        assert_eq!(left(&flow("{ O4: I, O5: I }")), flow("{ O5: I }"));
        assert_eq!(left(&flow("{ O3: I, \"O4\": I, O5: I }")), flow("{ O3: I, O5: I }"));
        assert_eq!(left(&flow("{ O4: I }")), flow("{  }"));
        let block =
            "mappings:\r\n  - id: m\r\n    people:\r\n      O4: I # a pilot\r\n      O5: I\r\n";
        assert_eq!(left(block), block.replace("      O4: I # a pilot\r\n", ""));
        let json = "{\n  \"mappings\": [\n    {\n      \"people\": {\n        \"O3\": \"I\",\n        \"O4\": \"I\"\n      }\n    }\n  ]\n}\n";
        assert_eq!(left(json), json.replace(",\n        \"O4\": \"I\"", ""));
    }

    #[test]
    fn what_is_varied_and_gone_is_not_varied() {
        let text = "robustness:\n  choices:\n    - choice: leave-out-participant\n      options: [O3, O4]\n    - choice: leave-out-source\n      options:\n        - int-O3\n        - int-O4\n    - choice: k1\n      why: two of them\n    - choice: k2\n";
        let expected = "robustness:\n  choices:\n    - choice: leave-out-participant\n      options: [O3]\n    - choice: leave-out-source\n      options:\n        - int-O3\n    - choice: k2\n";
        assert_eq!(left(text), expected);
        let json = "{\n \"robustness\": {\n  \"choices\": [\n   {\n    \"choice\": \"k1\"\n   },\n   {\n    \"choice\": \"k2\"\n   }\n  ]\n }\n}\n";
        assert_eq!(left(json), json.replace("{\n    \"choice\": \"k1\"\n   },\n   ", ""));
        let nested = "{\"robustness\": {\"choices\": [{\"choice\": \"k1\", \"options\": [\"a\"], \"why\": {\"en\": \"x\"} }, {\"choice\": \"k2\"}], \"crossed\": [\"k1\", \"k2\"]}}";
        assert_eq!(
            left(nested),
            "{\"robustness\": {\"choices\": [{\"choice\": \"k2\"}], \"crossed\": [\"k2\"]}}"
        );
        let folded = "robustness:\n  choices:\n    - choice: k2\n    - choice: k1\n      why: >-\n        one of\n        them\n  crossed: [mapping, k1, evidence]\n";
        let expected =
            "robustness:\n  choices:\n    - choice: k2\n  crossed: [mapping, evidence]\n";
        assert_eq!(left(folded), expected);
        let flow =
            "robustness:\n  choices:\n    - { choice: k2 }\n    - { choice: k1, why: two }\n";
        assert_eq!(left(flow), flow.replace("    - { choice: k1, why: two }\n", ""));
    }

    #[test]
    fn others_and_what_is_no_yaml_are_left_alone() {
        for text in ["mappings:\n  - people: { O40: I }\n", "a: [b", "title: O4\n"] {
            assert_eq!(left(text), text);
        }
    }
}
