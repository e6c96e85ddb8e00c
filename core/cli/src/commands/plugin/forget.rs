//! How does a plugin stop being trusted?

use crate::Status;
use crate::args::{Arguments, PluginForget};

pub(crate) fn forget(_arguments: &Arguments, _forget: &PluginForget) -> Status {
    Status::Usage
}
