//! Does a library keep to everything that a plugin has to keep to?

use crate::Status;
use crate::args::{Arguments, PluginCheck};

pub(crate) fn check(_arguments: &Arguments, _check: &PluginCheck) -> Status {
    Status::Usage
}
