//! How does a library become one that studies may ask for?

use crate::Status;
use crate::args::{Arguments, PluginTrust};

pub(crate) fn trust(_arguments: &Arguments, _trust: &PluginTrust) -> Status {
    Status::Usage
}
