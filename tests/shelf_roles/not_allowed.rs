//! Do the scripts about roles say why, where the data do not allow an answer?

use parallax_model::{Outcome, Study};
use serde_json::json;

use super::changed::files;
use super::{outcome, study, write};

#[test]
fn what_the_data_do_not_allow_is_said_and_why() {
    let mut without_cases = files("duty-map");
    let people = "id,title\nC1,coach\nT1,teacher\nT2,teacher\nC3,coach\nC4,coach\nT3,teacher\n";
    without_cases.insert("participants.csv".to_owned(), people.to_owned());
    let folder = write(&without_cases);
    let all = study(folder.path());
    for (id, reason) in [
        ("duty-map", "no_cases"),
        ("duty-claims", "no_cases"),
        ("role-conflict", "no_demands"),
        // It has no quotations either.
        ("evidence-balance", "none"),
        // Its people name two roles, and no duty twice at a case.
        ("role-ambiguity", "too_few"),
    ] {
        assert_eq!(why_not(id, &all), reason, "{id}");
    }

    // All are coaches and speak of themselves: there is no other role to take theirs for.
    let mut one_role = files("role-ambiguity");
    let people = "id,case,title\nC1,a,coach\nC2,a,coach\n";
    let said = "id,speaker,code,modality,bearer\n\
                s1,C1,logbook,duty,self\n\
                s2,C2,logbook,duty,self\n";
    one_role.insert("participants.csv".to_owned(), people.to_owned());
    one_role.insert("statements.csv".to_owned(), said.to_owned());
    assert_eq!(why_not("role-ambiguity", &study(write(&one_role).path())), "one_role");
}

fn why_not(id: &str, study: &Study) -> String {
    match outcome(id, study, json!({})) {
        Outcome::NotAvailable(why) => why,
        other => panic!("{id}: {other:?}"),
    }
}
