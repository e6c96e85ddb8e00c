//! Who decides, as the log names them?

/// The name that was given, or else the one that somebody is logged in with.
pub(crate) fn who(by: Option<&str>) -> String {
    let logged_in = || ["USER", "USERNAME"].into_iter().find_map(|name| std::env::var(name).ok());
    let name = by.map(str::to_owned).or_else(logged_in).filter(|name| !name.trim().is_empty());
    name.unwrap_or_else(|| "unknown".to_owned())
}
