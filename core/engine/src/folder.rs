//! Which files does a study folder hold?
