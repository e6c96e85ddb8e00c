//! Which functions of the language could grow beyond all bounds in one step?
//!
//! The engine counts what a step has made when it is made. These functions multiply, so that one
//! step could take all the memory there is: each is replaced by one that looks first.

use std::fmt::{self, Write};

use rhai::{
    Array, Dynamic, Engine, EvalAltResult, FuncRegistration, INT, ImmutableString, Map, Position,
    format_map_as_json,
};

use super::nested;
use super::sandbox::Limits;

type Result<T> = std::result::Result<T, Box<EvalAltResult>>;

/// Puts the functions that look first in place of those that do not.
pub(super) fn give(engine: &mut Engine, limits: &Limits) {
    let Limits { text: most, list, .. } = *limits;
    let replace = move |text: &mut ImmutableString, part: &str, other: &str| {
        replaced(text, part, other, most).map(|new| *text = new)
    };
    FuncRegistration::new("replace").register_into_engine(engine, replace);
    let replace = move |text: &mut ImmutableString, part: char, other: &str| {
        replaced(text, part.encode_utf8(&mut [0; 4]), other, most).map(|new| *text = new)
    };
    FuncRegistration::new("replace").register_into_engine(engine, replace);
    let pad = move |values: &mut Array, length: INT, value: Dynamic| {
        let length = usize::try_from(length).unwrap_or(0);
        padded(values, length, &value, list)
    };
    FuncRegistration::new("pad").register_into_engine(engine, pad);
    nested::give(engine, most);
    let json = move |map: &mut Map| -> Result<String> {
        nested::is_shallow(map.values())?;
        let mut room = Room { text: String::new(), left: most };
        write!(room, "{map:?}").map_err(|_| too_large("string"))?;
        Ok(format_map_as_json(map))
    };
    FuncRegistration::new("to_json").with_purity(true).register_into_engine(engine, json);
}

/// A value as a text of at most so many bytes, cut short behind them.
pub(super) fn short(value: &Dynamic, most: usize) -> String {
    let mut room = Room { text: String::new(), left: most };
    let end = if write!(room, "{value}").is_ok() { "" } else { "…" };
    // What the language calls functions without a name.
    let mut parts = room.text.split("anon$");
    let first = parts.next().unwrap_or_default().to_owned();
    let text = parts
        .fold(first, |text, part| text + part.trim_start_matches(|c: char| c.is_ascii_hexdigit()));
    text + end
}

fn too_large(what: &str) -> Box<EvalAltResult> {
    Box::new(EvalAltResult::ErrorDataTooLarge(what.to_owned(), Position::NONE))
}

fn replaced(text: &str, part: &str, other: &str, most: usize) -> Result<ImmutableString> {
    let times = text.matches(part).count();
    let kept = text.len() - times * part.len();
    match kept.saturating_add(times.saturating_mul(other.len())) > most {
        true => Err(too_large("string")),
        false => Ok(text.replace(part, other).into()),
    }
}

fn padded(values: &mut Array, length: usize, value: &Dynamic, most: usize) -> Result<()> {
    let more = length.saturating_sub(values.len());
    let all = values.len().saturating_add(more.saturating_mul(count(value)));
    match all > most {
        true => Err(too_large("array")),
        false => {
            values.extend(std::iter::repeat_n(value, more).cloned());
            Ok(())
        }
    }
}

/// How many values there are in a value, itself included.
fn count(value: &Dynamic) -> usize {
    let list = value.read_lock::<Array>().map(|list| list.iter().map(count).sum::<usize>());
    let within =
        list.or_else(|| value.read_lock::<Map>().map(|map| map.values().map(count).sum::<usize>()));
    within.unwrap_or(0).saturating_add(1)
}

/// A text with room for so many bytes more.
pub(super) struct Room {
    pub(super) text: String,
    pub(super) left: usize,
}

impl Write for Room {
    fn write_str(&mut self, more: &str) -> fmt::Result {
        let fits = more.floor_char_boundary(self.left);
        self.text.push_str(&more[..fits]);
        self.left -= fits;
        if fits < more.len() { Err(fmt::Error) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_replaced_is_counted_before() {
        assert_eq!(replaced("abab", "a", "é", 6).expect("fits"), "ébéb");
        assert!(replaced("abab", "a", "é", 5).is_err());
        assert!(replaced("", "", "abc", 2).is_err());
        assert_eq!(replaced("ab", "", "-", 9).expect("fits"), "-a-b-");
    }

    #[test]
    fn a_list_is_filled_up_with_what_fits() {
        let mut list = vec![Dynamic::ONE];
        let nested: Dynamic = vec![Dynamic::ONE; 63].into();
        assert!(padded(&mut list, 1 << 58, &nested, 1_000).is_err());
        assert!(padded(&mut list, 3, &nested, 1_000).is_ok());
        assert_eq!(list.len(), 3);
        padded(&mut list, 2, &nested, 1_000).expect("nothing to do");
        assert_eq!(list.len(), 3);
    }

    #[test]
    fn a_text_is_cut_where_a_letter_ends() {
        assert_eq!(short(&Dynamic::from("éé"), 3), "é…");
        assert_eq!(short(&Dynamic::from("éé"), 4), "éé");
    }
}
