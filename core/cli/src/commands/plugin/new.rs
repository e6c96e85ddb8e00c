//! How does a plugin begin?

use crate::Status;
use crate::args::{Arguments, PluginNew};

pub(crate) fn new(_arguments: &Arguments, _new: &PluginNew) -> Status {
    Status::Usage
}
