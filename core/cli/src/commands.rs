//! Which verbs are there? One file each.

pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod copy;
pub(crate) mod explain;
pub(crate) mod export;
pub(crate) mod man;
pub(crate) mod new;
pub(crate) mod plugin;
pub(crate) mod report;
pub(crate) mod review;
pub(crate) mod robustness;
pub(crate) mod run;
pub(crate) mod script;
pub(crate) mod status;
pub(crate) mod trace;
pub(crate) mod verify;
pub(crate) mod watch;
pub(crate) mod withdraw;
