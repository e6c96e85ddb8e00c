//! How does a text reach its reader, whatever stands in it and whoever stopped reading?
//!
//! `println!` panics when the other end of a pipe is closed, as `| head -1` does. What is written
//! here does not, and holds nothing that a terminal would obey.

use std::borrow::Cow;
use std::io::{self, ErrorKind, IsTerminal, Write};

use crate::Status;

/// What a command to a terminal begins with.
const ESCAPE: char = '\u{1b}';

/// What empties a terminal, with what was scrolled away, and begins at its top.
const CLEAR: &str = "\u{1b}[2J\u{1b}[3J\u{1b}[H";

/// Puts a result on standard output, and gives `status` back unless it could not be written.
///
/// Whoever stopped reading has seen enough: that is no failure.
pub(crate) fn result(text: &str, status: Status) -> Status {
    written(&harmless(text, |c| c.escape_unicode().to_string()), status)
}

/// Puts JSON on standard output, as [`result`] does; it stays JSON with the same values.
pub(crate) fn json(text: &str, status: Status) -> Status {
    written(&harmless(text, |c| format!("\\u{:04x}", u32::from(c))), status)
}

/// Puts a screen on standard output: in place of the one before on a terminal, and below it
/// anywhere else. Colours are kept.
pub(crate) fn screen(text: &str, status: Status) -> Status {
    let text = painted(text);
    match io::stdout().is_terminal() {
        true => written(&format!("{CLEAR}{text}"), status),
        false => written(&format!("{text}\n"), status),
    }
}

/// Puts a part of a conversation on standard output, without ending the line.
///
/// # Errors
/// When nobody can read it any longer.
pub(crate) fn asked(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(harmless(text, |c| c.escape_unicode().to_string()).as_bytes())?;
    out.flush()
}

/// Says something beside the result, on standard error, in whole lines.
pub(crate) fn aside(text: &str) {
    let text = harmless(text, |c| c.escape_unicode().to_string());
    // Nobody is left to be told that standard error is closed.
    let _unheard = io::stderr().write_all(ended(&text).as_bytes());
}

/// As [`aside`], for a text in colours: what changes a colour is left as it is.
pub(crate) fn painted_aside(text: &str) {
    let _unheard = io::stderr().write_all(ended(&painted(text)).as_bytes());
}

/// A text in which nothing but colours is left for a terminal to obey.
fn painted(text: &str) -> String {
    let spelled = |c: char| c.escape_unicode().to_string();
    let mut parts = text.split(ESCAPE);
    let mut shown = harmless(parts.next().unwrap_or_default(), spelled).into_owned();
    for part in parts {
        let numbers = |c: char| c == ';' || c.is_ascii_digit();
        let colour = part.strip_prefix('[').map(|rest| rest.trim_start_matches(numbers));
        match colour.is_some_and(|rest| rest.starts_with('m')) {
            true => shown.push(ESCAPE),
            false => shown.push_str(&spelled(ESCAPE)),
        }
        shown.push_str(&harmless(part, spelled));
    }
    shown
}

fn written(text: &str, status: Status) -> Status {
    let mut out = io::stdout().lock();
    let done = out.write_all(ended(text).as_bytes()).and_then(|()| out.flush());
    match done {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            aside(&format!("error: the result could not be written: {error}"));
            Status::Files
        }
        _ => status,
    }
}

fn ended(text: &str) -> Cow<'_, str> {
    match text.is_empty() || text.ends_with('\n') {
        true => text.into(),
        false => format!("{text}\n").into(),
    }
}

/// A text in which `spelled` takes the place of every character that a terminal obeys.
fn harmless(text: &str, spelled: impl Fn(char) -> String) -> Cow<'_, str> {
    if !text.contains(is_obeyed) {
        return text.into();
    }
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match is_obeyed(c) {
            true => shown.push_str(&spelled(c)),
            false => shown.push(c),
        }
    }
    shown.into()
}

/// Whether a terminal does something at this character instead of showing it: control characters
/// but for line ends and tabs, and those that turn the direction of what follows (Boucher and
/// Anderson 2023, Trojan Source).
fn is_obeyed(c: char) -> bool {
    let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns || c.is_control() && c != '\n' && c != '\t'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_spelled_out() {
        let spelled = |text| harmless(text, |c| c.escape_unicode().to_string()).into_owned();
        assert_eq!(spelled("a\u{1b}[2Jb\r\nc\td"), "a\\u{1b}[2Jb\\u{d}\nc\td");
        assert_eq!(spelled("\u{9b}31m \u{202e}x é"), "\\u{9b}31m \\u{202e}x é");
    }

    #[test]
    fn colours_are_all_that_is_left_in_a_painted_text() {
        let text = "\u{1b}[1;31mred\u{1b}[0m \u{1b}[2J \u{1b}]0;title\u{7}";
        let kept = "\u{1b}[1;31mred\u{1b}[0m \\u{1b}[2J \\u{1b}]0;title\\u{7}";
        assert_eq!(painted(text), kept);
    }

    #[test]
    fn json_keeps_its_values() {
        let text = "{\"id\":\"S\u{9b}1\u{7f}\"}";
        let shown = harmless(text, |c| format!("\\u{:04x}", u32::from(c)));
        assert_eq!(shown, "{\"id\":\"S\\u009b1\\u007f\"}");
        let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("is JSON");
        assert_eq!(value(&shown), value(text));
    }
}
