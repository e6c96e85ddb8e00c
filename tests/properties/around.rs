//! What does the program's own list of analyses need around it, where it only fills the shelf?

pub(crate) mod args {
    pub(crate) struct Arguments {
        pub(crate) study: Option<std::path::PathBuf>,
    }

    #[derive(Clone, Copy, PartialEq)]
    pub(crate) enum Isolation {
        None,
    }
}

pub(crate) struct Status;

pub(crate) mod say {
    use std::path::Path;

    use super::Status;

    pub(crate) fn no_folder(_: &Path) -> Status {
        unreachable!("no folder is looked for")
    }

    pub(crate) fn no_study() -> Status {
        unreachable!("no study is looked for")
    }

    pub(crate) fn no_scripts() -> Status {
        unreachable!("no scripts are looked for")
    }
}

pub(crate) mod terminal {
    /// The shelf says only what is wrong with it.
    pub(crate) fn aside(text: &str) {
        panic!("{text}");
    }
}

/// Nobody trusts anything here.
pub(crate) mod user {
    use parallax_engine::shelf::Offer;

    pub(crate) fn offers() -> Vec<Offer> {
        Vec::new()
    }
}
