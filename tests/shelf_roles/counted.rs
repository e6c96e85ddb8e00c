//! How far may people agree where a constraint counts who denies it, and no statement does?

use serde_json::json;

use super::changed::files;
use super::{about, found, is, span, study, write};

/// Of trust two teachers say that they see it; of the three others one or two deny it.
#[test]
fn who_is_unknown_may_be_among_those_who_are_counted_as_denying_it() {
    let mut counted = files("code-consensus");
    let constraint = "id,code,bearer,state,members,min,max\nk1,trust,self,deny,T3 T4 T5,1,2\n";
    counted.insert("constraints.csv".to_owned(), constraint.to_owned());
    let folder = write(&counted);
    let findings = found("code-consensus", &study(folder.path()), json!({}));
    let trust = about(&findings, "code/trust");
    // One of the three says it, one denies it and one is silent, or all are silent.
    is(trust, "groups", &["east"], "agreement", &span((0, 1), (1, 1)));
    // Two say it, one denies it and two are silent, or all say it.
    is(trust, "groups", &["teacher"], "agreement", &span((1, 5), (1, 1)));
}
