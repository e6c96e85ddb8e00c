//! What can be done with scripts? One file for each verb.

pub(crate) mod check;
pub(crate) mod docs;
pub(crate) mod new;
pub(crate) mod test;

use crate::Status;
use crate::args::{Arguments, ScriptVerb};

pub(crate) fn script(arguments: &Arguments, what: &ScriptVerb) -> Status {
    match what {
        ScriptVerb::Check(check) => check::check(arguments, check),
        ScriptVerb::Docs(docs) => docs::docs(arguments, docs),
        ScriptVerb::New(new) => new::new(arguments, new),
        ScriptVerb::Test(test) => test::test(arguments, test),
    }
}
