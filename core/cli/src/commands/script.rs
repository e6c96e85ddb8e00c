//! What can be done with scripts?

pub(crate) mod test;

use crate::Status;
use crate::args::{Arguments, ScriptVerb};

pub(crate) fn script(arguments: &Arguments, what: &ScriptVerb) -> Status {
    match what {
        ScriptVerb::Test(test) => test::test(arguments, test),
    }
}
