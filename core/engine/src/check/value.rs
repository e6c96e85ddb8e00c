//! Does one value have the form that dates, numbers and ids have?

/// Whether a text is a day that exists, written as YYYY-MM-DD.
#[must_use]
pub(crate) fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts[..] else { return false };
    if (year.len(), month.len(), day.len()) != (4, 2, 2) {
        return false;
    }
    day_exists(year, month, day)
}

fn day_exists(year: &str, month: &str, day: &str) -> bool {
    let number = |text: &str| match text.bytes().all(|byte| byte.is_ascii_digit()) {
        true => text.parse::<u32>().ok(),
        false => None,
    };
    let (Some(year), Some(month), Some(day)) = (number(year), number(month), number(day)) else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    (1..=days).contains(&day)
}

/// The date that a text in another order means, when it can mean only one.
#[must_use]
pub(crate) fn date_meant(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split(['-', '/', '.']).map(str::trim).collect();
    let [first, second, third] = parts[..] else { return None };
    let written = |year: &str, month: &str, day: &str| {
        let fits = year.len() == 4 && day_exists(year, month, day);
        fits.then(|| format!("{year}-{month:0>2}-{day:0>2}"))
    };
    if first.len() == 4 {
        return written(first, second, third);
    }
    match (written(third, second, first), written(third, first, second)) {
        (Some(one), Some(other)) => (one == other).then_some(one),
        (one, other) => one.or(other),
    }
}

/// A number written with a decimal comma, with a point instead.
#[must_use]
pub(crate) fn with_point(text: &str) -> Option<String> {
    let (whole, part) = text.split_once(',')?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let sound = digits(whole.strip_prefix('-').unwrap_or(whole)) && digits(part);
    sound.then(|| format!("{whole}.{part}"))
}

/// Whether an id looks as if a spreadsheet had turned it into a date: `2-jan`, `Mar-04`.
#[must_use]
pub(crate) fn is_spreadsheet_date(text: &str) -> bool {
    const MONTHS: [&str; 17] = [
        "jan", "feb", "mrt", "mar", "apr", "mei", "may", "jun", "jul", "aug", "sep", "sept", "okt",
        "oct", "nov", "dec", "dez",
    ];
    let short = |text: &str, most: usize| {
        (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let month = |text: &str| MONTHS.contains(&text.trim_end_matches('.').to_lowercase().as_str());
    let parts: Vec<&str> = text.split(['-', ' ']).collect();
    match parts[..] {
        [day, name] => (short(day, 2) && month(name)) || (month(day) && short(name, 4)),
        [day, name, year] => short(day, 2) && month(name) && short(year, 4),
        _ => false,
    }
}

/// Whether an id is a number as a spreadsheet counts days (30,000 is in 1982, 60,000 in 2064).
#[must_use]
pub(crate) fn is_day_number(text: &str) -> bool {
    text.len() == 5 && text.parse::<u32>().is_ok_and(|days| (30_000..60_000).contains(&days))
}

/// What keeps a text from being an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Unfit {
    /// A character that no id has.
    Holds(char),
    /// A character that no id begins with.
    Begins(char),
}

impl Unfit {
    /// What an id cannot do: "hold a space".
    pub(crate) fn refused(self) -> String {
        match self {
            Self::Holds(c) => format!("hold {}", called(c)),
            Self::Begins(c) => format!("begin with {}", called(c)),
        }
    }

    /// What this one does: "holds a space".
    pub(crate) fn done(self) -> String {
        match self {
            Self::Holds(c) => format!("holds {}", called(c)),
            Self::Begins(c) => format!("begins with {}", called(c)),
        }
    }
}

fn called(c: char) -> String {
    match c {
        '\u{a0}' => "a space that keeps words together".to_owned(),
        '\r' | '\n' => "a line break".to_owned(),
        c if c.is_whitespace() => "a space".to_owned(),
        c if c.is_control() => "a character that cannot be seen".to_owned(),
        c => format!("`{c}`"),
    }
}

/// What keeps a text from being an id, if anything does.
///
/// Ids are listed with spaces between them; `*`, `@` and `:` have a meaning beside ids, `/` and `>`
/// stand between them in the ids of findings, and `out/mappings/<mapping>` must not be a way out of `out`.
#[must_use]
pub(crate) fn unfit_for_id(text: &str) -> Option<Unfit> {
    let held =
        text.chars().find(|&c| c.is_whitespace() || c.is_control() || "*@:/\\>,;\"'`".contains(c));
    held.map(Unfit::Holds).or_else(|| text.starts_with('.').then_some(Unfit::Begins('.')))
}

/// Whether a text is made of nothing but letters, digits, points and underscores of ASCII, and
/// begins with no point: it can be an id, and no spreadsheet made a date of it.
#[must_use]
pub(crate) fn is_plain_id(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'_';
    text.bytes().all(plain) && !text.starts_with('.')
}

/// Whether a value is short enough to be a word of a vocabulary or an id, so that a message may
/// repeat it. Longer ones may be somebody's words, and some say who somebody is.
#[must_use]
pub(crate) fn may_be_shown(text: &str) -> bool {
    text.chars().count() <= 40
        && text.split_whitespace().count() <= 3
        && !text.contains(char::is_control)
        && !parallax_model::personal::any(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_exist_or_not() {
        assert!(is_date("2024-02-29") && is_date("2000-02-29") && is_date("2026-12-31"));
        for wrong in
            ["2023-02-29", "1900-02-29", "2026-13-01", "2026-1-1", "26-01-01", "2026-04-31"]
        {
            assert!(!is_date(wrong), "{wrong}");
        }
    }

    #[test]
    fn only_one_meaning_is_proposed() {
        assert_eq!(date_meant("30-06-2031").as_deref(), Some("2031-06-30"));
        assert_eq!(date_meant("5/5/2031").as_deref(), Some("2031-05-05"));
        assert_eq!(date_meant("2031/6/3").as_deref(), Some("2031-06-03"));
        assert_eq!(date_meant("03-06-2031"), None);
        assert_eq!(date_meant("31-02-2031"), None);
    }

    #[test]
    fn an_id_holds_nothing_that_stands_between_ids() {
        for id in ["S2", "P.task", "ø-é", "a_b", "t-mentor", "école", "1"] {
            assert_eq!(unfit_for_id(id), None, "{id}");
        }
        for id in ["a b", "a/b", "a\\b", "a>b", "a@b", "*", "a:b", "a\u{1b}[2J", "a\u{a0}b"] {
            assert!(matches!(unfit_for_id(id), Some(Unfit::Holds(_))), "{id:?}");
        }
        assert_eq!(unfit_for_id("..").map(Unfit::done).as_deref(), Some("begins with `.`"));
    }

    #[test]
    fn spreadsheets_leave_traces() {
        for date in ["2-jan", "Mar-04", "3-mrt-26", "12 okt"] {
            assert!(is_spreadsheet_date(date), "{date}");
        }
        for id in ["S2", "mar", "P.task", "2-1", "jan-piet"] {
            assert!(!is_spreadsheet_date(id), "{id}");
        }
        assert!(is_plain_id("s001.b_2") && !is_plain_id("2-jan") && !is_plain_id("12 okt"));
        assert!(!is_plain_id(".hidden"));
        assert!(is_day_number("45306") && !is_day_number("12") && !is_day_number("99999"));
    }

    #[test]
    fn a_decimal_comma_becomes_a_point() {
        assert_eq!(with_point("-3,5").as_deref(), Some("-3.5"));
        assert_eq!(with_point("3,"), None);
        assert_eq!(with_point("1,2,3"), None);
    }
}
