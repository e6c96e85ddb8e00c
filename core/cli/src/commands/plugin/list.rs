//! Which plugins are there, and who trusts them?

use crate::Status;
use crate::args::Arguments;

pub(crate) fn list(_arguments: &Arguments) -> Status {
    Status::Usage
}
