//! What can be asked of plugins?

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

#[derive(Debug, Subcommand)]
pub(crate) enum PluginVerb {
    /// Begin a plugin: a folder that builds, passes the check and runs
    New(PluginNew),
    /// List the plugins there are, and who trusts them
    List,
    /// Say everything that is known of one plugin, without running it
    Describe(PluginDescribe),
    /// Check a library, keep a copy of it, and let studies that ask for it have it
    Trust(PluginTrust),
    /// Trust a plugin no longer, and remove its copy
    Forget(PluginForget),
    /// Try whether a library keeps to everything that a plugin has to keep to
    Check(PluginCheck),
}

#[derive(Args, Debug)]
pub(crate) struct PluginNew {
    /// Its id: small letters, digits and hyphens
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// The language it is written in
    #[arg(long, value_enum, default_value_t = PluginLanguage::Rust)]
    pub(crate) language: PluginLanguage,
    /// Where to make its folder [default: here]
    #[arg(long, value_name = "DIR")]
    pub(crate) to: Option<PathBuf>,
    /// The folder of the kit, `core/plugin` of a checkout of parallax, for a plugin in Rust
    #[arg(long, value_name = "DIR")]
    pub(crate) kit: Option<PathBuf>,
}

/// The languages there are templates for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PluginLanguage {
    // With the kit
    Rust,
    // With the header alone
    C,
}

#[derive(Args, Debug)]
pub(crate) struct PluginDescribe {
    /// The id of a plugin, or a library
    #[arg(value_name = "ID|LIBRARY")]
    pub(crate) what: String,
}

#[derive(Args, Debug)]
pub(crate) struct PluginTrust {
    /// The library, named after its id: libword_count.so for word-count
    #[arg(value_name = "LIBRARY")]
    pub(crate) library: PathBuf,
}

#[derive(Args, Debug)]
pub(crate) struct PluginForget {
    /// The id of the plugin
    #[arg(value_name = "ID")]
    pub(crate) id: String,
}

#[derive(Args, Debug)]
pub(crate) struct PluginCheck {
    /// The library, named after its id: libword_count.so for word-count
    #[arg(value_name = "LIBRARY")]
    pub(crate) library: PathBuf,
    /// Put ten million statements to it as well; takes minutes and several gigabytes
    #[arg(long)]
    pub(crate) full: bool,
}
