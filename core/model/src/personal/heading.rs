//! Does the heading of a column say that it holds personal data?

use super::Personal;

/// Words that say what a column holds. Spelled in one: `e-mail` and `date of birth` are found too.
const KEYS: &[(&str, Personal)] = &[
    ("name", Personal::Name),
    ("names", Personal::Name),
    ("naam", Personal::Name),
    ("namen", Personal::Name),
    ("firstname", Personal::Name),
    ("lastname", Personal::Name),
    ("fullname", Personal::Name),
    ("surname", Personal::Name),
    ("forename", Personal::Name),
    ("voornaam", Personal::Name),
    ("voornamen", Personal::Name),
    ("achternaam", Personal::Name),
    ("tussenvoegsel", Personal::Name),
    ("roepnaam", Personal::Name),
    ("voorletters", Personal::Name),
    ("initials", Personal::Name),
    ("email", Personal::Email),
    ("mail", Personal::Email),
    ("emailaddress", Personal::Email),
    ("emailadres", Personal::Email),
    ("mailadres", Personal::Email),
    ("phone", Personal::Phone),
    ("telephone", Personal::Phone),
    ("tel", Personal::Phone),
    ("telefoon", Personal::Phone),
    ("telefoonnummer", Personal::Phone),
    ("mobile", Personal::Phone),
    ("mobiel", Personal::Phone),
    ("gsm", Personal::Phone),
    ("phonenumber", Personal::Phone),
    ("birthdate", Personal::BirthDate),
    ("birthday", Personal::BirthDate),
    ("dateofbirth", Personal::BirthDate),
    ("dob", Personal::BirthDate),
    ("geboortedatum", Personal::BirthDate),
    ("geboortedag", Personal::BirthDate),
    ("verjaardag", Personal::BirthDate),
    ("address", Personal::Address),
    ("adres", Personal::Address),
    ("street", Personal::Address),
    ("straat", Personal::Address),
    ("straatnaam", Personal::Address),
    ("huisnummer", Personal::Address),
    ("postcode", Personal::Address),
    ("postalcode", Personal::Address),
    ("zip", Personal::Address),
    ("zipcode", Personal::Address),
    ("bsn", Personal::CitizenNumber),
    ("burgerservicenummer", Personal::CitizenNumber),
    ("sofinummer", Personal::CitizenNumber),
    ("citizenservicenumber", Personal::CitizenNumber),
    ("ssn", Personal::CitizenNumber),
    ("iban", Personal::Account),
    ("rekeningnummer", Personal::Account),
    ("bankaccount", Personal::Account),
];

/// Words beside them that leave a column what it is: whose it is, or which of several.
const BESIDE: &[&str] = &[
    "1",
    "2",
    "3",
    "a",
    "an",
    "and",
    "client",
    "clients",
    "contact",
    "cliënt",
    "de",
    "eigen",
    "email",
    "employee",
    "en",
    "family",
    "first",
    "full",
    "given",
    "het",
    "home",
    "huis",
    "interviewee",
    "interviewees",
    "kind",
    "last",
    "leerling",
    "maiden",
    "mail",
    "medewerker",
    "middle",
    "mobiel",
    "mobile",
    "my",
    "no",
    "nr",
    "number",
    "nummer",
    "of",
    "or",
    "ouder",
    "own",
    "parent",
    "participant",
    "participants",
    "patient",
    "patiënt",
    "person",
    "persoon",
    "phone",
    "postal",
    "private",
    "prive",
    "privé",
    "pupil",
    "real",
    "respondent",
    "respondents",
    "second",
    "student",
    "tel",
    "telefoon",
    "the",
    "user",
    "van",
    "volledige",
    "work",
    "werk",
];

/// What a column with this heading holds, if its name says that it is personal data.
///
/// The heading has to consist of such a word and of words that leave it what it is: `name`,
/// `first_name` and `Naam respondent` are names of people, `role_name` and `school name` are names of
/// something else, and `phone_use` is no phone number. Years of birth are not looked for: with
/// nothing beside them they name nobody.
#[must_use]
pub fn heading(text: &str) -> Option<Personal> {
    let words = words(text);
    if words.is_empty() || words.len() > 6 {
        return None;
    }
    // Two or three words that are one: `e-mail`, `date of birth`, `voor naam`.
    for length in 1..=3.min(words.len()) {
        for start in 0..=words.len() - length {
            let joined = words[start..start + length].concat();
            let Some(&(_, found)) = KEYS.iter().find(|(key, _)| *key == joined) else { continue };
            let mut others = words[..start].iter().chain(&words[start + length..]);
            let is_neutral = |word: &String| {
                BESIDE.contains(&word.as_str()) || KEYS.iter().any(|(key, _)| key == word)
            };
            if others.all(is_neutral) {
                return Some(found);
            }
        }
    }
    None
}

/// The words of a heading in small letters: parted by signs, or by a capital behind a small letter.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut small = false;
    for c in text.chars() {
        if !c.is_alphanumeric() || (small && c.is_uppercase()) {
            words.push(String::new());
        }
        small = c.is_lowercase();
        if c.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(c.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_say_what_a_column_holds() {
        let named = |text| heading(text).map(Personal::what);
        for text in
            ["name", "Naam", "first_name", "voornaam", "Naam respondent", "firstName", "Surname"]
        {
            assert_eq!(named(text), Some("a person's name"), "{text}");
        }
        for text in ["e-mail", "Email", "E-mail address", "mailadres"] {
            assert_eq!(named(text), Some("an e-mail address"), "{text}");
        }
        for text in ["phone", "tel.", "Telefoon (mobiel)", "phone number 2", "mobiel"] {
            assert_eq!(named(text), Some("a phone number"), "{text}");
        }
        for text in ["dob", "Birth date", "date_of_birth", "geboortedatum kind"] {
            assert_eq!(named(text), Some("a date of birth"), "{text}");
        }
        for text in ["home address", "adres", "postcode", "zip code"] {
            assert_eq!(named(text), Some("an address"), "{text}");
        }
        assert_eq!(named("BSN"), Some("a citizen service number (BSN)"));
        assert_eq!(named("IBAN nummer"), Some("a bank account number (IBAN)"));
    }

    #[test]
    fn other_columns_are_left_alone() {
        for text in [
            "role_name",
            "code name",
            "school name",
            "phone_use",
            "gender",
            "years",
            "title",
            "id",
            "birth_year",
            "geboortejaar",
            "table1_column",
            "contract",
            "pupils",
            "kind",
            "preparation",
            "filename",
            "email frequency",
            "code",
            "first",
            "participant",
            "mobile_care",
            "",
        ] {
            assert_eq!(heading(text), None, "{text}");
        }
    }
}
