//! Where does an e-mail address, a phone number, a BSN or an IBAN stand in a text?

use std::ops::Range;

use super::Personal;

/// The fewest digits of a phone number or a BSN, and of an account.
const FEWEST_DIGITS: usize = 8;
const FEWEST_OF_ACCOUNT: usize = 10;

/// The first of them in a text, with its bytes.
pub(super) fn find(text: &str) -> Option<(Range<usize>, Personal)> {
    let bytes = text.as_bytes();
    // Millions of texts hold nothing of the kind, and what follows is worth doing for few.
    let has_at = bytes.contains(&b'@');
    let digits = match bytes.len() {
        FEWEST_DIGITS.. => bytes.iter().filter(|byte| byte.is_ascii_digit()).count(),
        _ => 0,
    };
    if !has_at && digits < FEWEST_DIGITS {
        return None;
    }
    let email = has_at.then(|| email(text)).flatten().map(|span| (span, Personal::Email));
    let has_number = digits >= FEWEST_DIGITS && has_stretch(bytes);
    let number = has_number.then(|| number(text)).flatten();
    let account = (digits >= FEWEST_OF_ACCOUNT).then(|| account(text)).flatten();
    let account = account.map(|span| (span, Personal::Account));
    // Part of an account number looks like another number.
    [account, email, number].into_iter().flatten().min_by_key(|(span, _)| span.start)
}

/// Whether enough digits stand together, with nothing but signs between them.
fn has_stretch(bytes: &[u8]) -> bool {
    let mut digits = 0;
    bytes.iter().any(|byte| {
        match byte {
            b'0'..=b'9' => digits += 1,
            b' ' | b'-' | b'.' | b'/' | b'(' | b')' => {}
            _ => digits = 0,
        }
        digits >= FEWEST_DIGITS
    })
}

fn email(text: &str) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let of_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"._%+-".contains(byte);
    let of_host = |byte: &u8| byte.is_ascii_alphanumeric() || b".-".contains(byte);
    text.match_indices('@').find_map(|(at, _)| {
        let before = bytes[..at].iter().rev().take_while(|byte| of_name(byte)).count();
        let after = bytes[at + 1..].iter().take_while(|byte| of_host(byte)).count();
        let host = text[at + 1..at + 1 + after].trim_end_matches(['.', '-']);
        let (name, top) = host.rsplit_once('.')?;
        let is_top = top.len() >= 2 && top.bytes().all(|byte| byte.is_ascii_alphabetic());
        let sound = before > 0 && !name.is_empty() && !name.starts_with('.') && is_top;
        sound.then(|| at - before..at + 1 + host.len())
    })
}

/// A phone number or a BSN.
fn number(text: &str) -> Option<(Range<usize>, Personal)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let begins = bytes[at].is_ascii_digit() || bytes[at] == b'+' || bytes[at] == b'(';
        if !begins || !stands_free(text, at) {
            at += 1;
            continue;
        }
        let end = stretch_end(bytes, at);
        let stretch = &text[at..end];
        if !goes_on(text, end) {
            if is_phone(stretch) {
                return Some((at..end, Personal::Phone));
            }
            if is_citizen_number(stretch) {
                return Some((at..end, Personal::CitizenNumber));
            }
            if let Some(found) = among(text, at..end) {
                return Some(found);
            }
        }
        at = end.max(at + 1);
    }
    None
}

/// A number of its own among others that spaces part: `12 123456782`.
fn among(text: &str, stretch: Range<usize>) -> Option<(Range<usize>, Personal)> {
    let mut start = stretch.start;
    for part in text[stretch].split(' ') {
        let span = start..start + part.len();
        start = span.end + 1;
        if is_citizen_number(part) {
            return Some((span, Personal::CitizenNumber));
        }
        if is_phone(part) {
            return Some((span, Personal::Phone));
        }
    }
    None
}

/// Whether nothing before a number makes it a part of something longer: a word, a decimal, a path.
fn stands_free(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    before.is_none_or(|c| !c.is_alphanumeric() && !"._-/=#+:&%".contains(c))
}

/// Whether something behind a number makes it a part of something longer.
fn goes_on(text: &str, end: usize) -> bool {
    let mut after = text[end..].chars();
    match after.next() {
        Some(c) if c.is_alphanumeric() || "_/=%@:".contains(c) => true,
        Some(',' | '.' | '-') => after.next().is_some_and(|c| c.is_ascii_digit()),
        _ => false,
    }
}

/// Where digits with single signs between them end.
fn stretch_end(bytes: &[u8], start: usize) -> usize {
    let (mut end, mut at) = (start, start);
    let mut signs = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'0'..=b'9' => {
                signs = 0;
                end = at + 1;
            }
            b'+' if at == start => {}
            b' ' | b'-' | b'.' | b'/' | b'(' | b')' if signs < 2 => signs += 1,
            _ => break,
        }
        at += 1;
    }
    end
}

fn is_phone(stretch: &str) -> bool {
    let digits: String = stretch.chars().filter(char::is_ascii_digit).collect();
    let groups: Vec<usize> = stretch
        .split(|c: char| !c.is_ascii_digit())
        .map(str::len)
        .filter(|&length| length > 0)
        .collect();
    let Some(&first) = groups.first() else { return false };
    let many = digits.len();
    if stretch.starts_with('+') {
        return (9..=15).contains(&many) && !digits.starts_with('0');
    }
    if let Some(abroad) = digits.strip_prefix("00") {
        return (11..=15).contains(&many) && !abroad.starts_with('0') && first > 2;
    }
    // In the Netherlands: an area of three or four digits, or 06, and ten digits in all.
    let national = many == 10 && digits.starts_with('0') && !digits.starts_with("00");
    let area = match first {
        10 => true,
        2 => digits.starts_with("06"),
        3 | 4 => true,
        _ => false,
    };
    national && area && !has_date(&groups)
}

/// Whether groups of digits hold a day, a month and a year.
fn has_date(groups: &[usize]) -> bool {
    groups.windows(3).any(|three| matches!(three, [1..=2, 1..=2, 4] | [4, 1..=2, 1..=2]))
        && groups != [4, 2, 2, 2]
}

/// Nine digits, or eight for those whose first is 0, that pass the eleven test; no date.
fn is_citizen_number(stretch: &str) -> bool {
    let plain = stretch.bytes().all(|byte| byte.is_ascii_digit());
    // As it used to be printed: 1234.56.782.
    let groups: Vec<usize> = stretch.split('.').map(str::len).collect();
    let dotted = groups == [4, 2, 3] && stretch.bytes().all(|b| b == b'.' || b.is_ascii_digit());
    if !(plain || dotted) {
        return false;
    }
    let digits: Vec<u32> = stretch.chars().filter_map(|c| c.to_digit(10)).collect();
    let digits = match digits.len() {
        9 => digits,
        8 if !is_packed_date(stretch) => [vec![0], digits].concat(),
        _ => return false,
    };
    let weights = [9, 8, 7, 6, 5, 4, 3, 2];
    let sum: u32 = weights.iter().zip(&digits).map(|(weight, digit)| weight * digit).sum();
    let significant = digits.iter().skip(1).any(|&digit| digit > 0);
    significant && sum % 11 == digits[8] % 11
}

/// Whether eight digits are a date without signs, `20240131` or `31012024`.
fn is_packed_date(digits: &str) -> bool {
    let part = |from: usize, to: usize| digits[from..to].parse::<u32>().unwrap_or(0);
    let fits = |year: u32, month: u32, day: u32| {
        (1900..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day)
    };
    fits(part(0, 4), part(4, 6), part(6, 8)) || fits(part(4, 8), part(2, 4), part(0, 2))
}

/// Two letters, two digits and up to thirty more, in groups of four or not, that leave 1 when
/// divided by 97 in the way of ISO 7064.
fn account(text: &str) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    (0..bytes.len().saturating_sub(14)).find_map(|start| {
        let [a, b, c, d] = bytes[start..start + 4] else { return None };
        let opens = a.is_ascii_alphabetic() && b.is_ascii_alphabetic();
        let free = start == 0 || !bytes[start - 1].is_ascii_alphanumeric();
        if !(opens && free && c.is_ascii_digit() && d.is_ascii_digit()) {
            return None;
        }
        let (mut kept, mut at) = (Vec::with_capacity(34), start);
        while let Some(&byte) = bytes.get(at) {
            let space = byte == b' ' && bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
            if byte.is_ascii_alphanumeric() && kept.len() < 34 {
                kept.push(byte.to_ascii_uppercase());
            } else if !space {
                break;
            }
            at += 1;
            let ends = bytes.get(at).is_none_or(|next| !next.is_ascii_alphanumeric());
            if ends && kept.len() >= 15 && leaves_one(&kept) {
                return Some(start..at);
            }
        }
        None
    })
}

fn leaves_one(account: &[u8]) -> bool {
    let turned = account[4..].iter().chain(&account[..4]);
    let rest = turned.fold(0_u32, |rest, byte| match byte {
        b'0'..=b'9' => (rest * 10 + u32::from(byte - b'0')) % 97,
        _ => (rest * 100 + u32::from(byte - b'A') + 10) % 97,
    });
    rest == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str) -> Option<Personal> {
        find(text).map(|(_, kind)| kind)
    }

    #[test]
    fn addresses_are_told_from_other_uses_of_the_sign() {
        for text in ["a@b.nl", "write to jan.de-vries+x@mail.school.nl.", "(x_1@y.org)"] {
            assert_eq!(kind(text), Some(Personal::Email), "{text}");
        }
        for text in ["S@3", "role@case", "@3", "a@b", "a@.nl", "at @home.now", "doc@1.2"] {
            assert_eq!(kind(text), None, "{text}");
        }
    }

    #[test]
    fn signs_without_a_digit_are_no_number() {
        for text in ["(", "+", "(+)", "let f(", "+ +", "let sum = (+", "a ( b"] {
            assert_eq!(kind(text), None, "{text}");
        }
    }

    #[test]
    fn phone_numbers_have_many_spellings() {
        let phones = [
            "0612345678",
            "06-12345678",
            "06 12 34 56 78",
            "06-1234 5678",
            "010-1234567",
            "(010) 123 45 67",
            "0341 123456",
            "+31 6 12345678",
            "+31 (0)6 1234 5678",
            "0031612345678",
            "+44 20 7946 0958",
            "+90 532 123 45 67",
            "call 06-12345678, or mail",
            "06-12345678.",
        ];
        for text in phones {
            assert_eq!(kind(text), Some(Personal::Phone), "{text}");
        }
        let others = [
            "2019-2020 and 2021-2022",
            "01-02-2024 10:30",
            "06-02-2024 10",
            "2031-06-30",
            "L549-562 and L1023-1044",
            "00:12:34-00:15:10",
            "p. 12-14, 33-35, 101-103",
            "0.0612345678",
            "doi 10.1177/1609406915621381",
            "4294967295",
            "s0612345678",
            "1 2 3 4 5 6 7 8 9 10 11",
            "100000 200000 300000",
            "3.14159265358979",
        ];
        for text in others {
            assert_eq!(kind(text), None, "{text}");
        }
    }

    #[test]
    fn the_eleven_test_decides_on_citizen_numbers() {
        // Made up for tests: 111222333 and 123456782 pass, as do 12345672 and 1234.56.782.
        for text in ["111222333", "123456782", "her bsn 123456782.", "1234.56.782", "12345672"] {
            assert_eq!(kind(text), Some(Personal::CitizenNumber), "{text}");
        }
        for text in ["123456789", "000000000", "1234567820", "0.123456782", "20240131", "31012024"]
        {
            assert_eq!(kind(text), None, "{text}");
        }
    }

    #[test]
    fn accounts_are_checked_by_their_own_digits() {
        for text in
            ["NL91ABNA0417164300", "nl91 abna 0417 1643 00 at the bank", "DE89370400440532013000"]
        {
            assert_eq!(kind(text), Some(Personal::Account), "{text}");
        }
        for text in ["NL92ABNA0417164300", "AB12CDEF34567890"] {
            assert_eq!(kind(text), None, "{text}");
        }
    }

    #[test]
    fn of_several_the_first_is_found_and_whole() {
        let span = |text: &str| find(text).map(|(span, _)| text[span].to_owned());
        assert_eq!(span("x a@b.nl 06-12345678").as_deref(), Some("a@b.nl"));
        assert_eq!(span("é 06-12345678!").as_deref(), Some("06-12345678"));
        assert_eq!(span("NL91 ABNA 0417 1643 00").as_deref(), Some("NL91 ABNA 0417 1643 00"));
        assert_eq!(span("school 3, 123456782").as_deref(), Some("123456782"));
        assert_eq!(span("12 123456782").as_deref(), Some("123456782"));
    }
}
