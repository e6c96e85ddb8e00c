//! How is a study cited? `CITATION.cff`, version 1.2.0 of its format.

use parallax_model::settings::Author;

use super::{Contents, is_address};
use crate::text::yaml::Node;

/// The fields of the file, in order.
pub(super) fn tree(contents: &Contents<'_>) -> Node {
    let text = |text: &str| Node::scalar(text);
    let mut fields = vec![
        ("cff-version", text("1.2.0")),
        ("message", text("If you use this study, please cite it.")),
        ("type", text("dataset")),
        ("title", text(contents.title())),
        ("abstract", text(&contents.description())),
        ("authors", Node::list(contents.settings.authors.iter().map(author).collect())),
        ("date-released", text(&contents.day.to_string())),
    ];
    let (addresses, ids): (Vec<&str>, Vec<&str>) =
        contents.licenses().into_iter().partition(|license| is_address(license));
    match ids[..] {
        [] => {}
        [id] => fields.push(("license", text(id))),
        _ => fields.push(("license", Node::list(ids.into_iter().map(text).collect()))),
    }
    // The format has room for one address.
    fields.extend(addresses.first().map(|address| ("license-url", text(address))));
    Node::map(fields)
}

/// A person has a family name or a given one; whoever has one name only stands as a body.
fn author(author: &Author) -> Node {
    let text = |value: &Option<String>| {
        let value = value.as_deref().map(str::trim).filter(|value| !value.is_empty());
        value.map(Node::scalar)
    };
    let name = author.full_name();
    let is_named = author.name.is_some();
    let fields = [
        ("family-names", text(&author.family).filter(|_| !is_named)),
        ("given-names", text(&author.given).filter(|_| !is_named)),
        ("name", is_named.then(|| Node::scalar(name))),
        ("affiliation", text(&author.affiliation).filter(|_| !is_named)),
        ("orcid", author.orcid_address().map(Node::scalar)),
    ];
    Node::map(fields.into_iter().filter_map(|(key, value)| Some((key, value?))).collect())
}
