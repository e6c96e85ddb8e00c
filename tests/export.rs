//! Is what is deposited a crate that others can read, and is it written whole?
