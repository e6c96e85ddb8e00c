//! Which analyses are there?
