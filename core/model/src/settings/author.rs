//! Who made a study?

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A person, as given and family name, or a body that has one name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Author {
    /// The given name of a person.
    #[serde(default)]
    pub given: Option<String>,
    /// The family name of a person, with what stands before it: `van den Berg`.
    #[serde(default)]
    pub family: Option<String>,
    /// The name of a body such as a research group, or of a person who has one name.
    #[serde(default)]
    pub name: Option<String>,
    /// The ORCID, such as `0000-0002-1825-0097` or with `https://orcid.org/` before it.
    #[serde(default)]
    pub orcid: Option<String>,
    /// Where a person works.
    #[serde(default)]
    pub affiliation: Option<String>,
}

impl Author {
    /// The name as readers write it; blank when there is none.
    #[must_use]
    pub fn full_name(&self) -> String {
        let parts = match &self.name {
            Some(name) => [Some(name), None],
            None => [self.given.as_ref(), self.family.as_ref()],
        };
        let parts = parts.into_iter().flatten().map(|part| part.trim());
        parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// Whether it is a person: a body has neither given nor family name, nor an ORCID.
    #[must_use]
    pub fn is_person(&self) -> bool {
        self.given.is_some() || self.family.is_some() || self.orcid.is_some()
    }

    /// The address of the ORCID, when it is one: sixteen digits, of which the last is a check digit
    /// that can be `X` (ISO 7064, mod 11-2).
    #[must_use]
    pub fn orcid_address(&self) -> Option<String> {
        let given = self.orcid.as_deref()?.trim();
        let id = given.rsplit('/').next()?;
        let digits: Vec<char> = id.chars().filter(|&sign| sign != '-').collect();
        let (last, rest) = digits.split_last()?;
        let value = |sign: &char| sign.to_digit(10);
        let total = rest.iter().try_fold(0, |sum, sign| Some((sum + value(sign)?) * 2))?;
        let check = (12 - total % 11) % 11;
        let is_right = if *last == 'X' { check == 10 } else { value(last) == Some(check) };
        let is_shaped = rest.len() == 15 && id.split('-').all(|part| part.len() == 4);
        (is_right && is_shaped).then(|| format!("https://orcid.org/{id}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_orcid(orcid: &str) -> Option<String> {
        Author { orcid: Some(orcid.to_owned()), ..Author::default() }.orcid_address()
    }

    #[test]
    fn an_orcid_has_a_check_digit() {
        let address = Some("https://orcid.org/0000-0002-1825-0097".to_owned());
        assert_eq!(with_orcid("0000-0002-1825-0097"), address);
        assert_eq!(with_orcid("https://orcid.org/0000-0002-1825-0097"), address);
        assert!(with_orcid("0000-0002-1694-233X").is_some());
        for wrong in ["0000-0002-1825-0098", "0000-0002-1825", "0000000218250097", "", "ada"] {
            assert_eq!(with_orcid(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_person_has_parts_and_a_body_has_a_name() {
        let person = Author {
            given: Some("Ada".to_owned()),
            family: Some("Lovelace".to_owned()),
            ..Author::default()
        };
        assert_eq!(person.full_name(), "Ada Lovelace");
        let body = Author { name: Some("The group".to_owned()), ..Author::default() };
        assert_eq!(body.full_name(), "The group");
        assert!(person.is_person() && !body.is_person());
    }
}
