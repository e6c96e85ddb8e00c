//! What can be done with plugins? One file for each verb.

pub(crate) mod check;
pub(crate) mod describe;
pub(crate) mod forget;
pub(crate) mod list;
pub(crate) mod new;
mod shown;
pub(crate) mod trust;

use crate::Status;
use crate::args::{Arguments, PluginVerb};

pub(crate) fn plugin(arguments: &Arguments, what: &PluginVerb) -> Status {
    match what {
        PluginVerb::New(new) => new::new(arguments, new),
        PluginVerb::List => list::list(arguments),
        PluginVerb::Describe(describe) => describe::describe(arguments, describe),
        PluginVerb::Trust(trust) => trust::trust(arguments, trust),
        PluginVerb::Forget(forget) => forget::forget(arguments, forget),
        PluginVerb::Check(check) => check::check(arguments, check),
    }
}
