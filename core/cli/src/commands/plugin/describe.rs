//! What is known of one plugin?

use crate::Status;
use crate::args::{Arguments, PluginDescribe};

pub(crate) fn describe(_arguments: &Arguments, _describe: &PluginDescribe) -> Status {
    Status::Usage
}
