//! How does JSON stand in a file whose differences a person reads?

use serde_json::Value as Json;

/// How many characters a line should hold at most.
const WIDTH: usize = 100;

/// JSON in lines: what fits on one line stands on one, so that a changed cell of a table is a changed
/// line and not a place between brackets.
pub(super) fn lines(value: &Json) -> String {
    let mut text = String::new();
    write(value, 0, 0, &mut text);
    text.push('\n');
    text
}

/// Writes a value whose first line starts with `before` characters of its own and of `depth` levels.
fn write(value: &Json, depth: usize, before: usize, text: &mut String) {
    let short = value.to_string();
    let fits = 2 * depth + before + short.chars().count() < WIDTH;
    let inner = "  ".repeat(depth + 1);
    match value {
        Json::Array(items) if !fits && !items.is_empty() => {
            for (at, item) in items.iter().enumerate() {
                text.push_str(if at == 0 { "[\n" } else { ",\n" });
                text.push_str(&inner);
                write(item, depth + 1, 0, text);
            }
            text.push_str(&format!("\n{}]", "  ".repeat(depth)));
        }
        Json::Object(map) if depth == 0 || !fits && !map.is_empty() => {
            for (at, (key, item)) in map.iter().enumerate() {
                text.push_str(if at == 0 { "{\n" } else { ",\n" });
                let key = Json::from(key.as_str()).to_string();
                text.push_str(&format!("{inner}{key}: "));
                write(item, depth + 1, key.chars().count() + 2, text);
            }
            text.push_str(&format!("\n{}}}", "  ".repeat(depth)));
        }
        _ => text.push_str(&short),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_the_same_json() {
        let long = "word ".repeat(30);
        let value = serde_json::json!({
            "a \"quoted\" key": [1, 2.5, null, true], "empty": [[], {}],
            "long": [long, { "x": long, "y": [] }],
        });
        let text = lines(&value);
        assert_eq!(serde_json::from_str::<Json>(&text).ok(), Some(value));
        assert!(text.contains("\n  \"a \\\"quoted\\\" key\": [1,2.5,null,true],\n"), "{text}");
        assert!(text.ends_with("}\n") && text.lines().count() > 8, "{text}");
    }
}
