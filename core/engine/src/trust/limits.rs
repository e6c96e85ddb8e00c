//! What may plugins take on this computer, as its user says?

use std::fmt;

use toml::{Table, Value};

use crate::shelf::apart::Limits;

/// The section of the user's settings that is about plugins.
const SECTION: &str = "plugins";

/// A setting of the user's that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrongSetting {
    /// The key, with its section: `plugins.seconds`; blank where the text is no TOML.
    pub key: String,
    /// What is wrong with it.
    pub why: String,
}

/// The limits that the text of the user's settings sets; those that it leaves out are the usual ones.
///
/// # Errors
/// The first setting that cannot be used.
pub fn limits(text: &str) -> Result<Limits, WrongSetting> {
    let table: Table = text.parse().map_err(|error: toml::de::Error| {
        let before = error.span().map(|span| &text[..span.start.min(text.len())]);
        let line = before.map_or(1, |before| before.matches('\n').count() + 1);
        WrongSetting { key: String::new(), why: format!("line {line} is not written in TOML") }
    })?;
    let mut limits = Limits::default();
    for (key, value) in &table {
        let section = (key == SECTION).then_some(value).and_then(Value::as_table);
        match section {
            Some(section) => section.iter().try_for_each(|each| set(&mut limits, each))?,
            None if key == SECTION => return Err(wrong(key, "is no section of keys and values")),
            None => return Err(wrong(key, "is not known; the one section is `plugins`")),
        }
    }
    Ok(limits)
}

fn set(limits: &mut Limits, (key, value): (&String, &Value)) -> Result<(), WrongSetting> {
    let setting = match key.as_str() {
        "seconds" => &mut limits.seconds,
        "megabytes" => &mut limits.megabytes,
        "findings_megabytes" => &mut limits.findings_megabytes,
        _ => {
            let why = "is not known; the keys are `seconds`, `megabytes` and `findings_megabytes`";
            return Err(wrong(&format!("{SECTION}.{key}"), why));
        }
    };
    let number = value.as_integer().and_then(|number| u64::try_from(number).ok());
    let number = number.filter(|number| (1..=MOST).contains(number));
    *setting = number.ok_or_else(|| {
        let why = format!("must be a whole number from 1 to {MOST}");
        wrong(&format!("{SECTION}.{key}"), &why)
    })?;
    Ok(())
}

/// The largest number that a limit can be: thirty years, or a petabyte.
const MOST: u64 = 1_000_000_000;

fn wrong(key: &str, why: &str) -> WrongSetting {
    WrongSetting { key: key.to_owned(), why: why.to_owned() }
}

impl fmt::Display for WrongSetting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.key.is_empty() {
            true => f.write_str(&self.why),
            false => write!(f, "`{}` {}", self.key, self.why),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_as_usual() {
        let usual = Limits::default();
        assert_eq!(limits(""), Ok(usual));
        assert_eq!(limits("[plugins]\nseconds = 5"), Ok(Limits { seconds: 5, ..usual }));
        let all = "plugins = { seconds = 1, megabytes = 2, findings_megabytes = 3 }";
        assert_eq!(limits(all), Ok(Limits { seconds: 1, megabytes: 2, findings_megabytes: 3 }));
    }

    #[test]
    fn a_setting_that_cannot_be_used_is_named() {
        let texts = [
            "seconds = 5",
            "[plugins]\nsecond = 5",
            "[plugins]\nseconds = 0",
            "[plugins]\nmegabytes = -1",
            "[plugins]\nmegabytes = \"many\"",
            "[plugins]\nfindings_megabytes = 1.5",
            "[plugins]\nseconds = 99999999999",
            "plugins = 3",
            "[plugins]\n\nseconds: 3",
        ];
        let said = texts.map(|text| limits(text).expect_err(text).to_string());
        insta::assert_snapshot!(said.join("\n"), @"
        `seconds` is not known; the one section is `plugins`
        `plugins.second` is not known; the keys are `seconds`, `megabytes` and `findings_megabytes`
        `plugins.seconds` must be a whole number from 1 to 1000000000
        `plugins.megabytes` must be a whole number from 1 to 1000000000
        `plugins.megabytes` must be a whole number from 1 to 1000000000
        `plugins.findings_megabytes` must be a whole number from 1 to 1000000000
        `plugins.seconds` must be a whole number from 1 to 1000000000
        `plugins` is no section of keys and values
        line 3 is not written in TOML
        ");
    }
}
