//! How do findings become something to read?
