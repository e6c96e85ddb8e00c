//! What does somebody read who gives a function the wrong values?

use super::fault::type_name;

/// How a function is written: the value before its dot, and what stands between its brackets.
struct Shape<'u> {
    owner: Option<&'u str>,
    takes: &'u str,
}

impl<'u> Shape<'u> {
    /// From `units.of(role)`.
    fn of(usage: &'u str) -> Option<Self> {
        let (before, rest) = usage.split_once('(')?;
        let takes = rest.rsplit_once(')').map_or(rest, |(takes, _)| takes);
        Some(Self { owner: before.rsplit_once('.').map(|(owner, _)| owner), takes: takes.trim() })
    }

    fn names(&self) -> Vec<&'u str> {
        let takes = self.takes.split(", ").map(str::trim).filter(|name| !name.is_empty());
        self.owner.into_iter().chain(takes).collect()
    }
}

/// What to do with what may be `()`.
pub(super) const LEFT_OPEN: &str = "what may be left open is joined with `all_of([…])` and \
    `any_of([…])`, and turned around with `negation(…)`";

/// What to do where `!` was given nothing.
pub(super) fn on_nothing(sign: &str, given: &[&str]) -> Option<String> {
    (sign == "!" && given == ["()"]).then(|| LEFT_OPEN.to_owned())
}

/// The usage that calls a function with so many values between its brackets, if there is one.
pub(super) fn shape_fits<'u>(
    mut usages: impl Iterator<Item = &'u str>,
    values: usize,
) -> Option<&'u str> {
    usages.find(|usage| {
        let shape = Shape::of(usage);
        shape
            .is_some_and(|shape| shape.names().len() - usize::from(shape.owner.is_some()) == values)
    })
}

/// The sentence about a function that is used in one of these ways and was given values of these
/// types, as the engine calls them.
pub(super) fn misused(name: &str, usages: &[&str], given: &[&str]) -> String {
    let shapes: Vec<Shape<'_>> = usages.iter().filter_map(|usage| Shape::of(usage)).collect();
    if shapes.is_empty() {
        return format!("`{name}` is no function: it is written without `(` and `)`");
    }
    let given: Vec<String> = given.iter().map(|name| type_name(name)).collect();
    let fitting: Vec<Vec<&str>> =
        shapes.iter().map(Shape::names).filter(|names| names.len() == given.len()).collect();
    let mut ways: Vec<String> = shapes.iter().map(|shape| format!("({})", shape.takes)).collect();
    ways.sort_unstable();
    ways.dedup();
    let takes = match &ways[..] {
        [none] if none == "()" => format!("`{name}` takes no value"),
        ways => format!("`{name}` takes {}", ways.join(" or ")),
    };
    if let ([shape], []) = (&shapes[..], &fitting[..]) {
        let count = given.len().saturating_sub(usize::from(shape.owner.is_some()));
        let values = if count == 1 { "value" } else { "values" };
        return format!("{takes}, and was given {count} {values}");
    }
    let [names] = &fitting[..] else {
        let owned = shapes.iter().all(|shape| shape.owner.is_some()) && given.len() > 1;
        let given = &given[usize::from(owned)..];
        let given = if given.is_empty() { "nothing".to_owned() } else { given.join(" and ") };
        return format!("{takes}, and was given {given}");
    };
    let described: Vec<String> = names
        .iter()
        .zip(&given)
        // The value before the dot is worth a word only when it is another than the name says.
        .filter(|(name, kind)| !kind.to_lowercase().ends_with(**name))
        .map(|(name, kind)| format!("{name} is {kind}"))
        .collect();
    match described.is_empty() {
        true => takes,
        false => format!("{takes}: {}", described.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_said_which_value_has_which_type() {
        let told = |usages: &[&str], given: &[&str]| misused("f", usages, given);
        let texts = [
            told(&["f(part, whole)"], &["string", "i64"]),
            told(&["f(part, whole)"], &["i64"]),
            told(&["f(part, whole)"], &[]),
            told(&["units.f(role)", "units.f(case)"], &["Units", "string"]),
            told(&["units.f(role)"], &["Units", "string"]),
            told(&["units.f(role)"], &["string", "Role"]),
            told(&["units.f()"], &["Units", "map"]),
            told(&["units.f()"], &["()"]),
        ];
        insta::assert_snapshot!(texts.join("\n"), @"
        `f` takes (part, whole): part is a text, whole is an integer
        `f` takes (part, whole), and was given 1 value
        `f` takes (part, whole), and was given 0 values
        `f` takes (case) or (role), and was given a text
        `f` takes (role): role is a text
        `f` takes (role): units is a text
        `f` takes no value, and was given 1 value
        `f` takes no value: units is nothing
        ");
    }
}
