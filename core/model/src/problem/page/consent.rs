//! What helps somebody whose study says who people are, or whose participants' consent has ended?

use crate::problem::Kind;

/// The page of a kind of problem about consent and privacy.
pub(super) fn page(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::PersonalColumn => PERSONAL_COLUMN,
        Kind::PersonalValue => PERSONAL_VALUE,
        Kind::NameInText => NAME_IN_TEXT,
        Kind::ConsentExpired => CONSENT_EXPIRED,
        Kind::ConsentEnds => CONSENT_ENDS,
        Kind::WithdrawnWithRows => WITHDRAWN_WITH_ROWS,
        _ => return None,
    })
}

const PERSONAL_COLUMN: &str = r#"A study folder is copied, put under version control and shared. What says who somebody is
belongs in a key that lies elsewhere, where fewer people can open it. Take the column out, and
keep it there beside the pseudonym.

Wrong in participants.csv:
    id,case,title,first_name
    N1,north,Charge nurse,

Right in participants.csv:
    id,case,title,role_name
    N1,north,Charge nurse,head

A heading is such a column when it says so and nothing else: `name`, `voornaam`, `e-mail`,
`telefoon`, `date of birth`, `postcode`, `BSN`, `IBAN`. `role_name` and `school_name` name
something else and are left alone; so is `birth_year`. If a column only looks like one of them,
list it under `not_personal` in study.yaml, as `participants.csv/initials`."#;

const PERSONAL_VALUE: &str = r#"Messages never repeat such a value; they name its cell. Put a pseudonym or a vaguer word in its
place, the same one everywhere, and keep the key outside the study folder.

Wrong in participants.csv:
    id,case,title,reached_by
    N1,north,Charge nurse,n1@ward.example

Right in participants.csv:
    id,case,title,reached_by
    N1,north,Charge nurse,e-mail

Looked for are e-mail addresses, phone numbers, BSN (by the eleven test) and IBAN (by their check
digits), and in few words also names: a salutation, initials or a common first name before a
surname. A first name alone is the usual pseudonym and is left alone. What only looks personal is
listed under `not_personal` in study.yaml, as `participants.csv/device`.

Version control keeps what was there before: `git filter-repo` takes it out of the history. That
parallax finds nothing does not make the data anonymous."#;

const NAME_IN_TEXT: &str = r#"A salutation before a capital is most often somebody's name. It can be a pseudonym, too, so this
is a warning. Write a role in its place, or the id that the participant has in the study.

Wrong in statements.csv:
    id,speaker,code,modality,bearer,note
    s1,N1,care.plan,duty,self,asked Mrs Xylophone to sign

Right in statements.csv:
    id,speaker,code,modality,bearer,note
    s1,N1,care.plan,duty,self,asked the ward manager to sign

If the names in a column are pseudonyms, list it under `not_personal` in study.yaml, as
`statements.csv/note`. No finding depends on it."#;

const CONSENT_EXPIRED: &str = r#"`consent_expires` is the last day on which somebody's consent holds, and that day is past. No
finding changes by it; whether the data may still be used is for you to settle. Ask anew and
write the new last day, or remove what they said with `parallax withdraw`.

Wrong in participants.csv:
    id,case,title,consent_scope,consent_expires
    N1,north,Charge nurse,quote,2025-06-30

Right in participants.csv:
    id,case,title,consent_scope,consent_expires
    N1,north,Charge nurse,quote,2031-06-30

`consent_scope` says how far words may go: `analysis` (quoted to nobody), `quote` (in a report),
`share` (with the data); blank means that nobody said. `parallax check --today 2031-07-01` shows
how it stands on another day."#;

const CONSENT_ENDS: &str = r#"The last day of somebody's consent is at most 90 days away. There is time to ask them anew, or to
finish what they agreed to. No finding depends on it.

Wrong in participants.csv:
    id,case,title,consent_expires
    N1,north,Charge nurse,2026-02-28

Right in participants.csv:
    id,case,title,consent_expires
    N1,north,Charge nurse,2031-06-30

The example is wrong on the first day of 2026: `parallax check --today 2026-01-01` shows how a
study stands on another day."#;

const WITHDRAWN_WITH_ROWS: &str = r#"`status: withdrawn` keeps somebody out of every finding, and what they said is still in the
folder. `parallax withdraw N1 --dry-run` shows which rows would go and which findings change;
without `--dry-run` it removes them.

Given participants.csv:
    id,case,title,status,reason
    N1,north,Charge nurse,withdrawn,asked to be taken out
    D1,north,Registrar,,

Wrong in statements.csv:
    id,speaker,code,modality,bearer
    s1,N1,care.plan,duty,self

Right in statements.csv:
    id,speaker,code,modality,bearer
    s2,D1,care.plan,duty,self

findings/log.csv then says that a participant withdrew, and not who. Version control keeps what
was there before (`git filter-repo` takes it out of the history), and so does every copy."#;
